//! Tonight's line: who is on from when to when, when visitors wrote, and where we are now.

use chrono::{DateTime, Duration, Utc};
use domain::{Rung, Span};
use maud::{Markup, html};

use super::{Duty, Model};
use crate::{
    Reader,
    html::{
        components::{empty, part_of_day, percent, rung_name},
        icons::Icon,
    },
};

/// The height of one lane of duties, and of the hours below.
const LANE: usize = 38;
const AXIS: usize = 24;

/// The card with the line, and the same as a table.
pub(super) fn tonight(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #tonight .card data-live="today clock shifts" aria-labelledby="tonight-title" {
            div.card-head {
                h2 #tonight-title { (words.say("today-line")) }
                span.muted {
                    (words.say_with("today-wrote", &[("count", model.arrivals.len().into()), ("answered", model.answered.into())]))
                }
            }
            @match shown(model) {
                Some(span) => { (line(reader, model, span)) (table(reader, model)) }
                None => (empty(Icon::Moon, &words.say("today-line-empty"), None)),
            }
        }
    }
}

/// An hour before the first watched hour to an hour after the last.
fn shown(model: &Model) -> Option<Span> {
    let spans = || model.watched.iter().copied().chain(model.duties.iter().map(|duty| duty.span));
    let first = spans().map(|span| span.start()).min()?;
    let last = spans().map(|span| span.end()).max()?;
    Span::new(first - Duration::hours(1), last + Duration::hours(1)).ok()
}

/// Duties in as few lanes as they need, leads above backups.
fn lanes(duties: &[Duty]) -> Vec<Vec<&Duty>> {
    let mut lanes: Vec<Vec<&Duty>> = Vec::new();
    let leads_first = [Rung::Lead, Rung::Backup]
        .into_iter()
        .flat_map(|rung| duties.iter().filter(move |duty| duty.rung == rung));
    for duty in leads_first {
        let free = |lane: &Vec<&Duty>| {
            lane.iter().all(|other| other.rung == duty.rung && !other.span.overlaps(&duty.span))
        };
        match lanes.iter_mut().find(|lane| free(lane)) {
            Some(lane) => lane.push(duty),
            None => lanes.push(vec![duty]),
        }
    }
    lanes
}

fn line(reader: &Reader, model: &Model, span: Span) -> Markup {
    let lanes = lanes(&model.duties);
    let whole = i64::from(span.length().0);
    let at = |instant: DateTime<Utc>| percent((instant - span.start()).num_minutes(), whole);
    let wide = |part: Span| percent(i64::from(part.length().0), whole);
    let floor = LANE * lanes.len().max(1);
    html! {
        svg.chart.timeline role="img" height=(floor + AXIS + 16) aria-labelledby="line-title" {
            title #line-title { (reader.words().say("today-line-title")) }
            @for watched in &model.watched {
                rect.watched x=(at(watched.start())) width=(wide(*watched)) y="0" height=(floor + 16) {}
            }
            @for (lane, duties) in lanes.iter().enumerate() {
                @for duty in duties {
                    g class=(format!("{} {}", part_of_day(reader, duty.span), duty.rung.word())) {
                        rect.duty x=(at(duty.span.start())) width=(wide(duty.span)) y=(lane * LANE + 4) height=(LANE - 8) rx="6" {}
                        text x=(at(duty.span.start())) dx="10" y=(lane * LANE + 24) { (duty.face.given_name) }
                    }
                }
            }
            @for arrival in model.arrivals.iter().filter(|arrival| span.contains(**arrival)) {
                circle.arrival cx=(at(*arrival)) cy=(floor + 8) r="3.5" {}
            }
            @for hour in hours(span) {
                text.hour x=(at(hour)) y=(floor + AXIS + 10) text-anchor="middle" { (reader.time(hour)) }
            }
            @if span.contains(reader.now) {
                line.now x1=(at(reader.now)) x2=(at(reader.now)) y1="0" y2=(floor + 16) {}
            }
        }
    }
}

/// The full hours inside `span`, every second or third one when it is long.
fn hours(span: Span) -> Vec<DateTime<Utc>> {
    let step = if span.length().0 > 8 * 60 { 3 } else { 1 };
    (1..)
        .step_by(step)
        .map(|hour| span.start() + Duration::hours(hour))
        .take_while(|hour| *hour < span.end())
        .collect()
}

fn table(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        details.as-table {
            summary { (words.say("as-table")) }
            table {
                thead { tr { th scope="col" { (words.say("today-hours")) } th scope="col" { (words.say("today-who")) } th scope="col" { (words.say("today-as")) } } }
                tbody {
                    @for duty in &model.duties {
                        tr { td { (reader.hours(duty.span)) } td { (duty.face.name) } td { (rung_name(reader, duty.rung)) } }
                    }
                }
            }
        }
    }
}
