//! The head of the board: period, status, views, actions, and the figures of the whole rota.

use chrono::Days;
use domain::RotaStatus;
use maud::{Markup, html};

use super::{Model, Progress, View};
use crate::{
    Reader,
    html::{
        components::{csrf, hidden, pill},
        icons::{Icon, icon},
    },
};

pub(super) fn head(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let shown = model.shown();
    let last = shown.last().copied().unwrap_or(model.from);
    html! {
        header.head.rota-head {
            div.titles {
                p.above {
                    (words.say_with("rota-above", &[("pool", (&*model.pool).into()), ("offices", model.offices.len().into())]))
                }
                h1 { (words.days(model.from, last)) }
            }
            (periods(reader, model))
            span #status data-live=(format!("rota:{}", model.rota)) { (status(reader, model)) }
            div.actions {
                (views(reader, model))
                (undo(reader, model))
                button.btn.icon.quiet type="button" data-print aria-label=(words.say("rota-print")) title=(words.say("rota-print")) { (icon(Icon::Print)) }
                @if model.status == RotaStatus::Draft {
                    a.btn href=(model.action("compare")) { (words.say("rota-compare")) }
                    a.btn.primary href=(format!("{}#publish", model.action("compare"))) { (words.say("rota-publish")) }
                } @else if model.status == RotaStatus::Published {
                    (new_draft(reader, model))
                }
            }
        }
        (figures(reader, model))
    }
}

fn periods(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let earlier = model.from.checked_sub_days(Days::new(14)).filter(|_| model.from > model.days.0);
    let later = model.from.checked_add_days(Days::new(14)).filter(|day| *day <= model.days.1);
    let link = |day: chrono::NaiveDate| format!("/rota/{}?view={}&from={day}", model.rota, model.view.word());
    html! {
        div.row.periods {
            @for (day, drawing, label, key) in
                [(earlier, Icon::Left, words.say("rota-earlier"), "["), (later, Icon::Right, words.say("rota-later"), "]")] {
                @match day {
                    Some(day) => a.btn.icon.sm href=(link(day)) aria-label=(label) title=(label) data-key=(key) { (icon(drawing)) },
                    None => span.btn.icon.sm aria-disabled="true" role="link" aria-label=(label) { (icon(drawing)) },
                }
            }
        }
    }
}

fn status(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    match model.status {
        RotaStatus::Building if model.progress.as_ref().is_some_and(Progress::waits) => {
            pill("lagoon", &words.say("rota-waiting"))
        }
        RotaStatus::Building => pill("lagoon", &words.say("rota-building")),
        RotaStatus::Draft => {
            pill("dashed", &words.say_with("rota-draft", &[("number", model.number.into())]))
        }
        RotaStatus::Published => pill("moss", &words.say("rota-published")),
        RotaStatus::Superseded => pill("", &words.say("rota-superseded")),
        RotaStatus::Discarded => pill("", &words.say("rota-discarded")),
    }
}

fn views(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        nav.seg aria-label=(words.say("rota-view")) {
            @for view in View::ALL {
                a href=(format!("/rota/{}?view={}&from={}", model.rota, view.word(), model.from))
                    aria-current=[(view == model.view).then_some("true")] {
                    @match view {
                        View::Advisor => (words.say("rota-by-advisor")),
                        View::Shift => (words.say("rota-by-shift")),
                        View::Office => (words.say("rota-by-office")),
                    }
                }
            }
        }
    }
}

fn undo(reader: &Reader, model: &Model) -> Markup {
    let label = reader.words().say("shell-undo");
    html! {
        @if model.editable() {
            form #undo method="post" action=(model.action("undo")) data-frag="board figures look undo days" data-undo-last {
                (csrf(reader))
                @if let Some(change) = model.undo { (hidden("change", change)) }
                button.btn.icon.quiet aria-label=(label) title=(label) disabled[model.undo.is_none()] { (icon(Icon::Undo)) }
            }
        }
    }
}

/// A published plan is changed by a draft that starts from it, or by one that stands as an earlier version.
fn new_draft(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        @if !model.earlier.is_empty() {
            details.more {
                summary.btn { (words.say("rota-bring-back")) }
                p.hint { (words.say("rota-bring-back-effect")) }
                @for (rota, number, at) in &model.earlier {
                    form method="post" action=(format!("/rota/{rota}/bring-back")) {
                        (csrf(reader))
                        button.btn.sm { (words.say_with("rota-version", &[("number", (*number).into()), ("day", words.date(reader.day(*at)).into())])) }
                    }
                }
            }
        }
        form method="post" action="/rota" {
            (csrf(reader))
            (hidden("from", model.days.0))
            (hidden("until", model.days.1))
            button.btn.primary { (reader.words().say("rota-new-draft")) }
        }
    }
}

fn figures(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let score = &model.score;
    let gap = words.decimal_hours(i64::from(score.fairness_gap.0));
    html! {
        ul #figures .figures data-live=(format!("rota:{}", model.rota)) {
            li {
                (ring(score.led, score.duties))
                span { strong { (words.say_with("rota-led", &[("led", score.led.into()), ("duties", score.duties.into())])) } " " (words.say("rota-led-by")) }
            }
            li .moss[score.broken == 0] .coral[score.broken > 0] {
                (icon(if score.broken == 0 { Icon::Check } else { Icon::Warn }))
                span { strong { (score.broken) } " " (words.say_with("rota-broken", &[("count", score.broken.into())])) }
            }
            li { (icon(Icon::Heart)) span { strong { (words.percent(score.wishes.0, score.wishes.1)) } " " (words.say("rota-wishes")) } }
            li { (icon(Icon::People)) span { (words.say("rota-gap")) " " strong { (gap) } " " (words.say("rota-gap-between")) } }
            @if model.status == RotaStatus::Draft {
                li.notice {
                    (icon(Icon::Clock))
                    span {
                        @match model.notice {
                            Some(days) => (words.say_with("rota-notice", &[("told", model.told.into()), ("days", days.into())])),
                            None => (words.say_with("rota-told", &[("told", model.told.into())])),
                        }
                    }
                }
            }
        }
    }
}

/// A ring that closes when every duty has a lead.
fn ring(part: usize, whole: usize) -> Markup {
    let turn = 534;
    let done = (turn * part).checked_div(whole).unwrap_or(0);
    html! {
        svg.ring viewBox="0 0 22 22" aria-hidden="true" {
            circle.well cx="11" cy="11" r="8.5" {}
            circle.done cx="11" cy="11" r="8.5" stroke-dasharray=(format!("{}.{} 53.4", done / 10, done % 10)) transform="rotate(-90 11 11)" {}
        }
    }
}
