//! The rota board where no rota covers today or later: says so, and asks which days to build.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::{
    components::{csrf, page_head},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;
use domain::{RotaId, time};

/// How many weeks the form proposes.
const WEEKS: u64 = 4;

/// The page: proposes the four weeks from the Monday after next. `last` is the newest rota of days that are over.
pub fn render(reader: &Reader, frame: &Frame, last: Option<RotaId>) -> Markup {
    let words = reader.words();
    let (from, until) = proposed(reader.today());
    let (title, why) = if last.is_some() {
        ("rota-next-title", "rota-next-why")
    } else {
        ("rota-first-title", "rota-first-why")
    };
    let main = html! {
        (page_head("", &words.say(title), html! {}))
        section.card aria-labelledby="first-why" {
            p #first-why {
                (words.say(why))
                @if let Some(last) = last { " " a href=(format!("/rota/{last}")) { (words.say("rota-next-last")) } }
            }
            form.stack method="post" action="/rota" {
                (csrf(reader))
                div.two {
                    div.field {
                        label for="first-from" { (words.say("rota-other-from")) }
                        input #first-from type="date" name="from" value=(from) required;
                    }
                    div.field {
                        label for="first-until" { (words.say("rota-other-until")) }
                        input #first-until type="date" name="until" value=(until) required;
                    }
                }
                div.row { button.btn.primary { (icon(Icon::Play)) (words.say("rota-first-do")) } }
            }
        }
    };
    shell::page(reader, frame, &words.say(title), main)
}

/// A fortnight ahead at least, so that everybody is told in time; whole weeks.
fn proposed(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let from = time::monday_of(today + Days::new(20));
    (from, from + Days::new(7 * WEEKS - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rota_starts_on_a_monday_at_least_a_fortnight_ahead() {
        for day in NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().iter_days().take(14) {
            let (from, until) = proposed(day);
            assert_eq!(time::monday_of(from), from);
            assert!((from - day).num_days() >= 14, "{day}: {from}");
            assert_eq!((until - from).num_days(), 27);
        }
    }
}
