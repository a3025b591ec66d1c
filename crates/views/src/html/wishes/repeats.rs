//! Wishes that come again each week, and until when wishes are taken.

use chrono::{Datelike, Months, NaiveDate};
use domain::{WishKind, WishRepeat, WishRound};
use maud::{Markup, html};

use super::{drawing, look, name};
use crate::{
    Reader,
    html::{
        components::{banner, csrf},
        icons::Icon,
    },
};

/// A sentence for each round: until when, or that it is closed.
pub(super) fn rounds(reader: &Reader, rounds: &[WishRound]) -> Markup {
    let words = reader.words();
    let values = |round: &WishRound| {
        [("days", words.days(round.from, round.until).into()), ("day", words.day(round.closes_on).into())]
    };
    html! {
        @for round in rounds {
            @if round.closes_on < reader.today() {
                (banner("", Icon::Clock, &words.say_with("wishes-are-closed", &values(round))))
            } @else {
                (banner("", Icon::Clock, &words.say_with("wishes-are-open", &values(round))))
            }
        }
    }
}

/// What is said of weekdays, and the form that says more.
pub(super) fn card(reader: &Reader, repeats: &[WishRepeat]) -> Markup {
    let words = reader.words();
    html! {
        section #wishes-repeats .card aria-labelledby="repeats-title" {
            h2 #repeats-title { (words.say("wishes-repeats")) }
            @if repeats.is_empty() { p.muted { (words.say("wishes-repeats-none")) } }
            ul.lines { @for repeat in repeats { (line(reader, repeat)) } }
            details.more {
                summary.btn.sm { (words.say("wishes-repeat-add")) }
                (form(reader))
            }
        }
    }
}

/// "Every Tuesday, until 29 December".
fn line(reader: &Reader, repeat: &WishRepeat) -> Markup {
    let words = reader.words();
    let every = words.say_with(
        "wishes-every",
        &[("weekday", words.weekday(any(repeat)).into()), ("day", words.date_year(repeat.until).into())],
    );
    html! {
        li {
            span.wish-mark.(look(Some(repeat.kind))) { (drawing(Some(repeat.kind))) }
            span.grow { strong { (every) } " " span.muted { (name(reader, Some(repeat.kind))) } }
            form method="post" action=(format!("/wishes/repeats/{}/remove", repeat.id)) {
                (csrf(reader))
                button.btn.sm.quiet { (words.say("wishes-repeat-remove")) span.vh { " " (every) } }
            }
        }
    }
}

/// A day of its weekday.
fn any(repeat: &WishRepeat) -> NaiveDate {
    let days = repeat.from.iter_days();
    days.take(7).find(|day| day.weekday() == repeat.weekday).unwrap_or(repeat.from)
}

fn form(reader: &Reader) -> Markup {
    let words = reader.words();
    let (today, kinds) = (reader.today(), [WishKind::Cant, WishKind::RatherNot, WishKind::Wish]);
    html! {
        form.stack method="post" action="/wishes/repeats" {
            (csrf(reader))
            div.two {
                div.field {
                    label for="repeat-kind" { (words.say("wishes-brush")) }
                    select #repeat-kind name="kind" {
                        @for kind in kinds { option value=(kind.word()) { (name(reader, Some(kind))) } }
                    }
                }
                div.field {
                    label for="repeat-weekday" { (words.say("wishes-repeat-weekday")) }
                    select #repeat-weekday name="weekday" {
                        @for (number, weekday) in (1..).zip(words.weekdays()) { option value=(number) { (weekday) } }
                    }
                }
            }
            div.two {
                div.field {
                    label for="repeat-from" { (words.say("wishes-repeat-from")) }
                    input #repeat-from type="date" name="from" value=(today) min=(today) required;
                }
                div.field {
                    label for="repeat-until" { (words.say("wishes-repeat-until")) }
                    input #repeat-until type="date" name="until" value=(today + Months::new(3)) min=(today) max=(today + Months::new(18)) required;
                }
            }
            button.btn.primary.sm { (words.say("wishes-repeat-do")) }
        }
    }
}
