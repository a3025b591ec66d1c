//! Opening hours: whether an office's own desk is open, whether an hour is covered, and when the
//! next moment comes at which somebody will be there.

use chrono::{DateTime, Days, Duration, Utc};
use chrono_tz::Tz;
use domain::{Calendar, ChannelKind, Coverage, Span, Window};

/// Weekly hours with the zone and the holidays they are read in.
#[derive(Clone, Copy, Debug)]
pub struct Hours<'a> {
    /// The hours, as wall clocks show them.
    pub windows: &'a [Window],
    /// Where those clocks hang.
    pub zone: Tz,
    /// Which public holidays they keep.
    pub calendar: Calendar,
}

impl Hours<'_> {
    /// Whether they run at `at`.
    pub fn open_at(&self, at: DateTime<Utc>) -> bool {
        self.stretch_at(at).is_some()
    }

    /// The stretch that runs at `at`; of several, the one that ends last.
    pub fn stretch_at(&self, at: DateTime<Utc>) -> Option<Span> {
        self.windows
            .iter()
            .filter_map(|window| window.open_at(at, self.zone, self.calendar))
            .max_by_key(|open| open.end())
    }

    /// When they open next, strictly after `at`, within four weeks; a window that opens while
    /// another one runs is no opening.
    pub fn next_opening(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut after = at;
        loop {
            let next = self
                .windows
                .iter()
                .filter_map(|window| window.next_opening(after, self.zone, self.calendar))
                .min()?;
            let before = next - Duration::microseconds(1);
            if !self.open_at(before) {
                return Some(next);
            }
            if next > at + Days::new(28) {
                return None;
            }
            after = next;
        }
    }

    /// How much of `span` lies inside them, each minute once; the end of a stretch is outside.
    pub fn covered(&self, span: Span) -> Duration {
        let inside = self.stretches_in(span).into_iter().filter_map(|open| open.common(&span));
        inside.map(|open| open.end() - open.start()).sum()
    }

    /// The instant at which `promise` of covered time has passed since `since`; at the very end of
    /// a stretch if it is used up there. `None` if that is more than four hundred days ahead.
    pub fn due(&self, since: DateTime<Utc>, promise: Duration) -> Option<DateTime<Utc>> {
        let mut left = promise;
        // Week by week: a promise is rarely longer than an evening.
        for week in 0..57 {
            let from = since + Duration::weeks(week);
            let span = Span::new(from, from + Duration::weeks(1)).expect("a week later is later");
            for open in self.stretches_in(span).into_iter().filter_map(|open| open.common(&span)) {
                let length = open.end() - open.start();
                if left <= length {
                    return Some(open.start() + left);
                }
                left -= length;
            }
        }
        None
    }

    /// Their stretches that share time with `span`, in order; those that touch or overlap are one.
    pub fn stretches_in(&self, span: Span) -> Vec<Span> {
        let mut open: Vec<Span> =
            self.windows.iter().flat_map(|window| window.spans_in(span, self.zone, self.calendar)).collect();
        open.sort();
        let mut joined: Vec<Span> = Vec::with_capacity(open.len());
        for next in open {
            match joined.last_mut() {
                Some(last) if next.start() <= last.end() => {
                    *last = Span::new(last.start(), last.end().max(next.end()))
                        .expect("a span that grows still ends after it starts");
                }
                _ => joined.push(next),
            }
        }
        joined
    }
}

/// The coverage that runs for `channel` at `at`: the one that was ordered first, if several do.
///
/// Windows are read in the office's `zone` and `calendar`.
pub fn covering(
    coverages: &[Coverage],
    channel: ChannelKind,
    zone: Tz,
    calendar: Calendar,
    at: DateTime<Utc>,
) -> Option<&Coverage> {
    coverages
        .iter()
        .filter(|coverage| coverage.runs_at(at) && coverage.channels.contains(&channel))
        .filter(|coverage| Hours { windows: &coverage.windows, zone, calendar }.open_at(at))
        .min_by_key(|coverage| (coverage.from, coverage.id))
}

/// The first instant, `now` or later, at which one of `duties` meets hours covered for `channel`.
///
/// `duties` are the published duties of the pools that cover the office, in any order.
pub fn next_duty(
    coverages: &[Coverage],
    channel: ChannelKind,
    zone: Tz,
    calendar: Calendar,
    duties: &[(domain::PoolId, Span)],
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let bought = coverages.iter().filter(|coverage| coverage.channels.contains(&channel));
    bought.flat_map(|coverage| meetings(coverage, zone, calendar, duties, now)).min()
}

/// The instants at which `duties` begin to meet the hours of one coverage.
fn meetings(
    coverage: &Coverage,
    zone: Tz,
    calendar: Calendar,
    duties: &[(domain::PoolId, Span)],
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let hours = Hours { windows: &coverage.windows, zone, calendar };
    let runs = |span: Span| {
        let end = coverage.until.map_or(span.end(), |until| until.min(span.end()));
        Span::new(span.start().max(coverage.from).max(now), end).ok()
    };
    duties
        .iter()
        .filter(|(pool, _)| *pool == coverage.pool)
        .filter_map(|(_, duty)| runs(*duty))
        .flat_map(|duty| hours.stretches_in(duty).into_iter().filter_map(move |open| open.common(&duty)))
        .map(|met| met.start())
        .collect()
}
