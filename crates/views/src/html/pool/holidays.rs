//! Which public holidays a pool keeps: the choice, and this year's days with the statute of each.

use chrono::Datelike;
use domain::{Calendar, PoolId};
use maud::{Markup, html};

use crate::{
    Reader,
    html::{
        components::{csrf, hidden},
        forms::{Choice, Filled, Form, calendar_key},
    },
};

/// What opens the days and the choice.
pub(super) fn part(reader: &Reader, (id, kept): (PoolId, Calendar), filled: &Filled) -> Markup {
    let words = reader.words();
    let year = reader.today().year();
    let mut days: Vec<_> =
        kept.holidays().filter_map(|holiday| Some((kept.day_of(holiday, year)?, holiday))).collect();
    days.sort_unstable_by_key(|(day, _)| *day);
    let form = Form::new(reader, "calendar", filled).numbered(id.0.as_u128());
    let choice = |calendar: Calendar| Choice {
        value: calendar.word().to_owned(),
        label: words.say(calendar_key(calendar)),
        chosen: calendar == kept,
    };
    let said = [("calendar", words.say(calendar_key(kept)).into()), ("count", days.len().into())];
    html! {
        details.more {
            summary { (words.say_with("pool-holidays", &said)) }
            ul.lines {
                @for (day, holiday) in &days {
                    li {
                        span.grow { strong { (words.day(*day)) } " " (words.holiday(*holiday)) }
                        span.muted { (kept.source(*holiday)) }
                    }
                }
            }
            form.stack method="post" action="/pool/calendar" {
                (csrf(reader))
                (hidden("pool", id))
                (form.choose("calendar", &words.say("form-calendar"), &Calendar::ALL.map(choice)))
                p.hint { (words.say("pool-holidays-effect")) }
                @if kept.is_swiss() { p.hint { (words.say("pool-holidays-cantons")) } }
                button.btn { (words.say("pool-holidays-do")) }
            }
        }
    }
}
