//! When an office is covered by what it bought.

use domain::{Coverage, Organisation, Span};
use routing::Hours;

/// The hours within `span` that `bought` covers for `office`, in its zone and holidays, in order.
pub(crate) fn stretches(bought: &Coverage, office: &Organisation, span: Span) -> Vec<Span> {
    let hours = Hours { windows: &bought.windows, zone: office.zone, calendar: office.calendar };
    let end = bought.until.map_or(span.end(), |until| until.min(span.end()));
    let Ok(runs) = Span::new(bought.from.max(span.start()), end) else { return Vec::new() };
    hours.stretches_in(runs).into_iter().filter_map(|open| open.common(&runs)).collect()
}
