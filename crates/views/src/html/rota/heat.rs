//! When visitors write: seven days by hour, in five steps, with the watched hours outlined.

use maud::{Markup, html};

use super::Heat;
use crate::{Reader, html::components::pill};

/// The first and one past the last hour drawn.
const HOURS: (usize, usize) = (8, 23);
/// Size of one cell.
const WIDE: usize = 34;
const HIGH: usize = 11;

pub(super) fn card(reader: &Reader, heat: &Heat) -> Markup {
    let words = reader.words();
    html! {
        section.card.no-print aria-labelledby="heat-title" {
            div.card-head {
                h2 #heat-title { (words.say("rota-heat")) }
                span.muted { (words.say_with("rota-heat-weeks", &[("weeks", heat.weeks.into())])) }
            }
            (drawing(reader, heat))
            p.hint { (words.say("rota-heat-outline")) }
            (table(reader, heat))
        }
    }
}

fn drawing(reader: &Reader, heat: &Heat) -> Markup {
    let words = reader.words();
    let most = heat.messages.iter().flatten().copied().max().unwrap_or(0).max(1);
    let height = (HOURS.1 - HOURS.0) * HIGH;
    html! {
        svg.chart.heat viewBox=(format!("0 0 280 {}", height + 20)) role="img" aria-labelledby="heat-said" {
            title #heat-said { (said(reader, heat)) }
            @for (day, name) in words.weekdays_short().into_iter().enumerate() {
                @for hour in HOURS.0..HOURS.1 {
                    rect class=(format!("h{}", step(heat.messages[day][hour], most))) x=(28 + day * WIDE + 1) y=((hour - HOURS.0) * HIGH + 1)
                        width=(WIDE - 2) height=(HIGH - 2) rx="2" {}
                }
                text x=(28 + day * WIDE + WIDE / 2) y=(height + 15) text-anchor="middle" { (name) }
            }
            @for hour in (9..HOURS.1).step_by(3) {
                text x="22" y=((hour - HOURS.0) * HIGH + 10) text-anchor="end" { (hour) }
            }
            path.outline d=(outline(heat)) {}
        }
    }
}

/// The step of a count: 0 for none, else 1 to 5.
fn step(count: u32, most: u32) -> u32 {
    if count == 0 { 0 } else { (count * 5).div_ceil(most).clamp(1, 5) }
}

/// The edges between watched and unwatched hours.
fn outline(heat: &Heat) -> String {
    let watched = |day: i32, hour: i32| {
        let (day, hour) = (usize::try_from(day), usize::try_from(hour));
        matches!((day, hour), (Ok(day), Ok(hour)) if day < 7 && (HOURS.0..HOURS.1).contains(&hour) && heat.covered[day][hour])
    };
    let (first, end) = (HOURS.0 as i32, HOURS.1 as i32);
    let (wide, high) = (WIDE as i32, HIGH as i32);
    let mut path = String::new();
    for day in 0..=7 {
        for hour in first..=end {
            let (x, y) = (28 + day * wide, (hour - first) * high);
            if watched(day, hour) != watched(day - 1, hour) {
                path.push_str(&format!("M{x} {y}v{high}"));
            }
            if watched(day, hour) != watched(day, hour - 1) {
                path.push_str(&format!("M{x} {y}h{wide}"));
            }
        }
    }
    path
}

/// The busiest hour, in a sentence.
fn said(reader: &Reader, heat: &Heat) -> String {
    let words = reader.words();
    let cells = (0..7).flat_map(|day| (0..24).map(move |hour| (heat.messages[day][hour], day, hour)));
    let (count, day, hour) =
        cells.max_by_key(|(count, day, hour)| (*count, 7 - day, 24 - hour)).unwrap_or_default();
    words.say_with(
        "rota-heat-said",
        &[("day", words.weekdays()[day].into()), ("hour", hour.into()), ("count", count.into())],
    )
}

fn table(reader: &Reader, heat: &Heat) -> Markup {
    let words = reader.words();
    let days = words.weekdays_short();
    html! {
        details.as-table {
            summary { (words.say("as-table")) }
            table {
                thead { tr { th scope="col" { (words.say("rota-hour")) } @for day in days { th.num scope="col" { (day) } } } }
                tbody {
                    @for hour in HOURS.0..HOURS.1 {
                        tr {
                            th scope="row" { (hour) }
                            @for day in 0..7 {
                                td.num {
                                    @if heat.covered[day][hour] { strong { (heat.messages[day][hour]) } } @else { (heat.messages[day][hour]) }
                                }
                            }
                        }
                    }
                }
            }
            p.hint { (pill("", &words.say("rota-heat-bold"))) }
        }
    }
}
