//! Coverage as a planner sees it: the pool's offers, who bought them, and a new one.

use maud::{Markup, html};

use super::{Draft, Pool, PoolOffer, Unwatched, Wrong, price, what, window_words};
use crate::{
    Reader,
    html::{
        components::{csrf, empty, office_class, page_head, pill},
        icons::{Icon, icon},
    },
};

pub(super) fn page(reader: &Reader, pool: &Pool) -> Markup {
    let words = reader.words();
    html! {
        (page_head(&pool.pool, &words.say("coverage-title"), html! { a.btn href="/shares" { (icon(Icon::Chart)) (words.say("shares-link")) } }))
        div.coverage {
            div.stack {
                @if !pool.unwatched.is_empty() { (unwatched(reader, &pool.unwatched)) }
                section #offers data-live="coverage" aria-labelledby="offers-title" {
                    h2.section-title #offers-title { (words.say("coverage-pool-offers")) }
                    @if pool.offers.is_empty() { div.card { (empty(Icon::Shield, &words.say("coverage-pool-none"), None)) } }
                    @for offer in &pool.offers { (card(reader, pool.currency, offer)) }
                    @if !pool.without.is_empty() {
                        p.without { span.muted { (words.say("coverage-without")) } @for office in &pool.without { " " (office_pill(office)) } }
                    }
                }
            }
            (define(reader, pool))
        }
    }
}

fn office_pill((name, colour): &(String, u8)) -> Markup {
    html! { span.pill { i class=(format!("dot {}", office_class(*colour))) {} (name) } }
}

fn unwatched(reader: &Reader, all: &[Unwatched]) -> Markup {
    let words = reader.words();
    html! {
        section #unwatched .card.unwatched data-live="coverage" aria-labelledby="unwatched-title" {
            div.card-head { (icon(Icon::Warn)) h2 #unwatched-title { (words.say("coverage-unwatched")) } }
            p { (words.say("coverage-unwatched-why")) }
            ul.facts {
                @for one in all {
                    li {
                        i class=(format!("dot {}", office_class(one.colour))) {}
                        strong { (one.office) }
                        (one.windows.iter().map(|window| window_words(reader, window)).collect::<Vec<_>>().join(", "))
                    }
                }
            }
        }
    }
}

fn card(reader: &Reader, currency: &str, one: &PoolOffer) -> Markup {
    let words = reader.words();
    let offer = &one.offer;
    html! {
        article.card.offer-card {
            div.card-head {
                h3.grow { (offer.name) }
                @if !offer.open { (pill("", &words.say("coverage-closed"))) }
                strong.price { (price(reader, offer.monthly, currency)) }
            }
            p { (offer.summary) }
            (what(reader, &offer.windows, &offer.channels))
            p {
                @if one.bought_by.is_empty() { span.muted { (words.say("coverage-bought-by-none")) } }
                @else { span.muted { (words.say("coverage-bought-by")) } @for office in &one.bought_by { " " (office_pill(office)) } }
            }
            @if offer.open {
                form method="post" action=(format!("/coverage/offers/{}/close", offer.id)) data-frag="offers" {
                    (csrf(reader))
                    button.btn.sm { (words.say("coverage-close")) }
                    span.hint { (words.say("coverage-close-effect")) }
                }
            }
        }
    }
}

fn define(reader: &Reader, pool: &Pool) -> Markup {
    let words = reader.words();
    let draft = &pool.draft;
    let wrong = |what: Wrong| draft.wrong == Some(what);
    html! {
        section #define .card aria-labelledby="define-title" {
            h2 #define-title { (words.say("coverage-define")) }
            form.stack method="post" action="/coverage/offers" {
                (csrf(reader))
                (field("name", &words.say("coverage-name"), &draft.name, "text", wrong(Wrong::Name).then(|| words.say("coverage-wrong-name"))))
                (field("summary", &words.say("coverage-summary"), &draft.summary, "text", None))
                (days(reader, draft))
                div.two {
                    (field("from", &words.say("coverage-from-time"), &draft.from, "time", None))
                    (field("until", &words.say("coverage-until-time"), &draft.until, "time", wrong(Wrong::Hours).then(|| words.say("coverage-wrong-hours"))))
                }
                (field("monthly", &words.say_with("coverage-price", &[("currency", pool.currency.into())]), &draft.monthly, "text",
                    wrong(Wrong::Price).then(|| words.say("coverage-wrong-price"))))
                button.btn.primary { (icon(Icon::Plus)) (words.say("coverage-define-do")) }
            }
        }
    }
}

fn days(reader: &Reader, draft: &Draft) -> Markup {
    let words = reader.words();
    html! {
        div.field {
            label for="f-days" { (words.say("coverage-days")) }
            select #f-days name="days" {
                @for (value, label) in [
                    ("workdays", words.say("days-workdays")),
                    ("free", words.say("days-free")),
                    ("all", words.say("days-all")),
                ] { option value=(value) selected[draft.days == value] { (label) } }
            }
        }
    }
}

/// A labelled field; `wrong` is the sentence under it.
fn field(name: &str, label: &str, value: &str, kind: &str, wrong: Option<String>) -> Markup {
    let id = format!("f-{name}");
    let wrong_id = format!("f-{name}-wrong");
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) name=(name) type=(kind) value=(value) required[name != "summary"] inputmode=[(name == "monthly").then_some("decimal")]
                aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[wrong.as_ref().map(|_| &wrong_id)];
            @if let Some(wrong) = &wrong { p.wrong id=(wrong_id) { (icon(Icon::Warn)) (wrong) } }
        }
    }
}
