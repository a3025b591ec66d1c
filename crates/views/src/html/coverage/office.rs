//! Coverage as a manager sees it: what runs and what it brought, and what may be ordered.

use maud::{Markup, html};

use super::{Bought, Effect, OfferCard, Office, price, what};
use crate::{
    Reader,
    html::{
        components::{csrf, empty, hidden, page_head, pill, track},
        icons::{Icon, icon},
    },
};

pub(super) fn page(reader: &Reader, office: &Office) -> Markup {
    let words = reader.words();
    html! {
        (page_head(&office.office, &words.say("coverage-title"), html! { a.btn href="/shares" { (icon(Icon::Chart)) (words.say("shares-link")) } }))
        div.coverage {
            section #running data-live="coverage" aria-labelledby="running-title" {
                h2.section-title #running-title { (words.say("coverage-running")) }
                @if office.running.is_empty() { div.card { (empty(Icon::Shield, &words.say("coverage-none"), None)) } }
                @for bought in &office.running { (running(reader, office, bought)) }
                @if !office.ended.is_empty() {
                    details.ended {
                        summary { (words.say_with("coverage-ended", &[("count", office.ended.len().into())])) }
                        @for bought in &office.ended { (ended(reader, bought)) }
                    }
                }
            }
            section #offers data-live="coverage" aria-labelledby="offers-title" {
                h2.section-title #offers-title { (words.say("coverage-offers")) }
                @if office.offers.is_empty() { div.card { (empty(Icon::Shield, &words.say("coverage-offers-none"), None)) } }
                @for card in &office.offers { (offer(reader, office.currency, card)) }
            }
        }
    }
}

fn running(reader: &Reader, office: &Office, bought: &Bought) -> Markup {
    let words = reader.words();
    let coverage = &bought.coverage;
    let begun = coverage.from <= reader.now;
    let from = words.date_year(reader.day(coverage.from));
    html! {
        article.card.bought {
            div.card-head {
                h3.grow { (bought.name) }
                @if begun { (pill("moss", &words.say_with("coverage-since", &[("day", from.into())]))) }
                @else { (pill("lagoon", &words.say_with("coverage-from", &[("day", from.into())]))) }
            }
            (what(reader, &coverage.windows, &coverage.channels))
            @if begun { (brought(reader, office, bought)) }
            div.row.bought-foot {
                strong { (price(reader, coverage.monthly, office.currency)) }
                span.grow {}
                @match coverage.until {
                    Some(end) => {
                        (pill("", &words.say_with("coverage-until", &[
                            ("day", words.date(reader.day(end)).into()), ("time", reader.time(end).into()),
                        ])))
                    }
                    None => {
                        form method="post" action=(format!("/coverage/{}/end", coverage.id)) data-frag="running offers" {
                            (csrf(reader))
                            button.btn.sm { (words.say("coverage-end")) }
                        }
                    }
                }
            }
            @if coverage.until.is_none() { p.hint { (words.say("coverage-end-effect")) } }
        }
    }
}

/// One sentence first, then the share answered and the share within the promise.
fn brought(reader: &Reader, office: &Office, bought: &Bought) -> Markup {
    let words = reader.words();
    let brought = &bought.brought;
    let share = |part: u32| words.percent(part as usize, brought.visitors as usize);
    html! {
        @if brought.visitors == 0 { p.muted { (words.say("coverage-brought-nothing")) } }
        @else {
            p.brought {
                (words.say_with("coverage-brought", &[
                    ("visitors", brought.visitors.into()),
                    ("share", share(brought.within).into()),
                    ("promise", words.length(office.promise).into()),
                ]))
            }
            (track("done", brought.within, brought.visitors))
            p.muted {
                (words.say_with("coverage-answered", &[("answered", brought.answered.into()), ("visitors", brought.visitors.into())]))
                @if let Some(median) = brought.median {
                    " " (words.say_with("coverage-median", &[("time", words.length(median).into())]))
                }
            }
        }
    }
}

fn ended(reader: &Reader, bought: &Bought) -> Markup {
    let words = reader.words();
    let from = reader.day(bought.coverage.from);
    let until = bought.coverage.until.map_or(from, |end| reader.day(end));
    html! {
        div.card.ended-card {
            strong { (bought.name) }
            p.muted {
                (words.date_year(from)) " – " (words.date_year(until)) " · "
                (words.say_with("coverage-answered", &[
                    ("answered", bought.brought.answered.into()), ("visitors", bought.brought.visitors.into()),
                ]))
            }
        }
    }
}

fn offer(reader: &Reader, currency: &str, card: &OfferCard) -> Markup {
    let words = reader.words();
    let offer = &card.offer;
    html! {
        article.card.offer-card {
            div.card-head {
                h3.grow { (offer.name) }
                strong.price { (price(reader, offer.monthly, currency)) }
            }
            p { (offer.summary) }
            (what(reader, &offer.windows, &offer.channels))
            p.effect { (icon(Icon::Chart)) span { (effect(reader, card.effect)) } }
            @if card.running { (pill("moss", &words.say("coverage-have"))) }
            @else {
                form method="post" action="/coverage/order" data-frag="running offers" {
                    (csrf(reader)) (hidden("offer", offer.id)) (hidden("seen", &card.seen))
                    button.btn.primary { (words.say("coverage-order")) }
                    span.hint { (words.say("coverage-order-effect")) }
                }
            }
        }
    }
}

/// What the offer would have covered in the last weeks.
fn effect(reader: &Reader, effect: Effect) -> String {
    let weeks = ("weeks", effect.weeks.into());
    if effect.visitors == 0 {
        return reader.words().say_with("coverage-effect-none", &[weeks]);
    }
    reader.words().say_with(
        "coverage-effect",
        &[weeks, ("visitors", effect.visitors.into()), ("unanswered", effect.unanswered.into())],
    )
}
