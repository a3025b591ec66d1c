//! Interventions of a month: what answers on standby told, and what was said by hand; each corrected or
//! taken back here.

use chrono_tz::Tz;
use domain::{InterventionId, Month, PersonId, Source, Span};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, empty, hidden, page_head, pill},
    forms::{Choice, Filled, Form, NOTHING_SENT},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// Where the page stands.
pub const HERE: &str = "/interventions";

/// One intervention.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: InterventionId,
    /// Whose; nothing where they are all the reader's.
    pub name: Option<String>,
    /// From when to when.
    pub span: Span,
    /// Where it is known from.
    pub source: Source,
}

/// A month's interventions at one employer.
#[derive(Clone, Debug)]
pub struct Model {
    /// The employer.
    pub organisation: String,
    /// By whose clocks times are said.
    pub zone: Tz,
    /// The month.
    pub month: Month,
    /// The month before it.
    pub before: Month,
    /// The month after it, if that has begun.
    pub after: Option<Month>,
    /// What began in it, soonest first.
    pub lines: Vec<Line>,
    /// For whom the reader may say it besides themselves; nobody for an advisor.
    pub people: Vec<(PersonId, String)>,
    /// The form that was sent and refused, if it was.
    pub filled: Filled,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let address = |month: Month| format!("{HERE}?month={month}");
    let main = html! {
        (page_head(&model.organisation, &words.say("interventions-title"), html! {
            a.btn href=(address(model.before)) { (icon(Icon::Left)) (words.month_year(model.before.first())) }
            @if let Some(after) = model.after { a.btn href=(address(after)) { (words.month_year(after.first())) (icon(Icon::Right)) } }
        }))
        div.split {
            section.card aria-labelledby="month-title" {
                h2 #month-title { (words.month_year(model.month.first())) }
                p { (words.say("interventions-why")) }
                @if model.lines.is_empty() { (empty(Icon::Moon, &words.say("interventions-none"), None)) }
                @else { ul.lines { @for one in &model.lines { li { (line(reader, model, one)) } } } }
            }
            (say(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("interventions-title"), main)
}

fn line(reader: &Reader, model: &Model, one: &Line) -> Markup {
    let words = reader.words();
    let when = format!("{} {}", words.day_short(reader.day(one.span.start())), reader.hours(one.span));
    let told = match one.source {
        Source::Answers => pill("lagoon", &words.say("interventions-answers")),
        Source::Said => pill("", &words.say("interventions-said")),
    };
    html! {
        div.grow {
            strong { (when) }
            ", " (words.length(one.span.length())) " " (told)
            @if let Some(name) = &one.name { p.muted { (name) } }
            (correct(reader, model, one, &when))
        }
        (careful(&words.say("interventions-remove"), &when, html! {
            form.stack method="post" action=(format!("{HERE}/{}/remove", one.id)) {
                (csrf(reader))
                p { (words.say("interventions-remove-effect")) }
                button.btn.danger { (words.say("interventions-remove-do")) }
            }
        }))
    }
}

/// The form that says anew when it was.
fn correct(reader: &Reader, model: &Model, one: &Line, when: &str) -> Markup {
    let words = reader.words();
    let refused = Form::new(reader, "correct", &model.filled).holds("intervention", &one.id.to_string());
    let form = Form::new(reader, "correct", if refused { &model.filled } else { &NOTHING_SENT });
    let form = form.numbered(one.id.0.as_u128());
    html! {
        details.more open[refused] {
            summary.btn.sm.quiet { (words.say("interventions-correct")) span.vh { " " (when) } }
            (form.refused())
            form.stack method="post" action=(format!("{HERE}/correct")) {
                (csrf(reader))
                (hidden("intervention", one.id))
                (times(reader, form, Some(one.span)))
                button.btn.primary { (words.say("interventions-correct-do")) span.vh { " " (when) } }
            }
        }
    }
}

/// The form that says one by hand.
fn say(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "intervention", &model.filled);
    let one = |(id, name): &(PersonId, String)| Choice {
        value: id.to_string(),
        label: name.clone(),
        chosen: false,
    };
    let people: Vec<Choice> = model.people.iter().map(one).collect();
    html! {
        section.card aria-labelledby="say-title" {
            h2 #say-title { (icon(Icon::Plus)) (words.say("interventions-add")) }
            p.muted { (words.say("interventions-lead")) }
            (form.refused())
            form.stack method="post" action=(HERE) {
                (csrf(reader))
                @if !people.is_empty() { (form.choose("person", &words.say("interventions-who"), &people)) }
                (times(reader, form, None))
                button.btn.primary { (words.say("interventions-do")) }
            }
        }
    }
}

fn times(reader: &Reader, form: Form<'_>, known: Option<Span>) -> Markup {
    let words = reader.words();
    let day = known.map_or(reader.today(), |span| reader.day(span.start()));
    let (from, until) =
        known.map(|span| (reader.time(span.start()), reader.time(span.end()))).unwrap_or_default();
    html! {
        (form.input("day", "date", &words.say("interventions-day"), &day.to_string()))
        div.two {
            (form.input("from_time", "time", &words.say("interventions-from"), &from))
            (form.input("until_time", "time", &words.say("interventions-until"), &until))
        }
    }
}
