//! Hours outside, on My shifts: what the reader works for employers who are not here, and a form to say so.

use domain::OutsideHours;
use maud::{Markup, html};

use super::{
    components::{careful, csrf},
    coverage::window_words,
    forms::{Filled, Form},
    icons::{Icon, icon},
};
use crate::Reader;

/// The names of the boxes of the weekdays, from Monday.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What the reader said.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Their hours, those that are over left out.
    pub hours: Vec<OutsideHours>,
    /// The form that was sent and refused, if it was.
    pub filled: Filled,
}

/// The card; closed until somebody has something to say.
pub fn card(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "outside", &model.filled);
    html! {
        section #outside .card aria-labelledby="outside-title" {
            h2 #outside-title { (icon(Icon::Clock)) (words.say("outside-title")) }
            p { (words.say("outside-lead")) }
            ul.lines { @for hours in &model.hours { li { (line(reader, hours)) } } }
            details.more open[form.was_refused()] {
                summary.btn.sm { (icon(Icon::Plus)) (words.say("outside-add")) }
                (form.refused())
                form.stack method="post" action="/shifts/outside" {
                    (csrf(reader))
                    (form.boxes("days", &words.say("coverage-days"), &weekdays(reader)))
                    div.two {
                        (form.input("from_time", "time", &words.say("coverage-from-time"), ""))
                        (form.input("until_time", "time", &words.say("coverage-until-time"), ""))
                    }
                    div.two {
                        (form.input("from", "date", &words.say("form-from"), &reader.today().to_string()))
                        (form.optional("until", "date", &words.say("outside-until"), ""))
                    }
                    button.btn.primary { (words.say("outside-do")) }
                }
            }
        }
    }
}

fn weekdays(reader: &Reader) -> Vec<(&'static str, String, bool)> {
    let named = WEEKDAYS.into_iter().zip(reader.words().weekdays());
    named.map(|(name, day)| (name, day.to_owned(), false)).collect()
}

fn line(reader: &Reader, hours: &OutsideHours) -> Markup {
    let words = reader.words();
    let when = window_words(reader, &hours.window);
    let days = match hours.until {
        Some(until) => words.days(hours.from, until),
        None => words.say_with("agreements-since", &[("day", words.date_year(hours.from).into())]),
    };
    html! {
        div.grow { strong { (when) } p.muted { (days) } }
        (careful(&words.say("outside-remove"), &when, html! {
            form.stack method="post" action=(format!("/shifts/outside/{}/remove", hours.id)) {
                (csrf(reader))
                p { (words.say("outside-remove-effect")) }
                button.btn.danger { (words.say("outside-remove-do")) }
            }
        }))
    }
}
