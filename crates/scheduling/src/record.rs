//! One person's work as the law reads it: real time, cut by civil days and weeks of their zone.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Span, time};

/// Work that was done or is planned: office hours, active duties, interventions on standby, with
/// every employer together. Waiting on standby is rest and does not stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    work: Vec<Span>,
    zone: Tz,
}

impl Record {
    /// `work` in any order; what touches or overlaps is one stretch. Days are counted in `zone`.
    pub fn new(work: Vec<Span>, zone: Tz) -> Self {
        Self { work: joined(work), zone }
    }

    /// Stretches of work, in order, none touching the next.
    pub fn work(&self) -> &[Span] {
        &self.work
    }

    /// Where its days are counted.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Work of each civil day that has any, in order.
    pub fn days(&self) -> BTreeMap<NaiveDate, Vec<Span>> {
        let mut days: BTreeMap<NaiveDate, Vec<Span>> = BTreeMap::new();
        for work in &self.work {
            for day in civil_days(*work, self.zone) {
                days.entry(day).or_default().extend(work.common(&time::civil_day(day, self.zone)));
            }
        }
        days
    }

    /// How much was worked in each civil week that has any work, by its Monday.
    pub fn weeks(&self) -> BTreeMap<NaiveDate, Duration> {
        let mut weeks: BTreeMap<NaiveDate, Duration> = BTreeMap::new();
        for (day, worked) in self.days() {
            *weeks.entry(time::monday_of(day)).or_default() += length(&worked);
        }
        weeks
    }

    /// The civil week that begins on `monday`.
    pub fn civil_week(&self, monday: NaiveDate) -> Span {
        let sunday = monday + chrono::Days::new(6);
        let (from, until) = (time::civil_day(monday, self.zone), time::civil_day(sunday, self.zone));
        Span::new(from.start(), until.end()).expect("a week ends after it starts")
    }

    /// The longest stretch free of work that begins and ends within `span`.
    pub fn longest_rest(&self, span: Span) -> Duration {
        self.rests(span).into_iter().map(|(from, to)| to - from).max().unwrap_or_default()
    }

    /// Stretches free of work within `span`, cut at its ends, in order; empty ones left out.
    pub fn rests(&self, span: Span) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let mut rests = Vec::new();
        let mut since = span.start();
        for work in self.work.iter().filter(|work| work.overlaps(&span)) {
            if work.start() > since {
                rests.push((since, work.start()));
            }
            since = work.end();
        }
        if since < span.end() {
            rests.push((since, span.end()));
        }
        rests
    }
}

/// How long the stretches are together.
pub fn length(spans: &[Span]) -> Duration {
    spans.iter().map(|span| span.end() - span.start()).sum()
}

/// The civil days that `span` touches, in order.
pub fn civil_days(span: Span, zone: Tz) -> impl Iterator<Item = NaiveDate> {
    let last = time::day(span.end() - Duration::microseconds(1), zone);
    time::day(span.start(), zone).iter_days().take_while(move |day| *day <= last)
}

/// Spans in order, those that touch or overlap made one.
pub fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if span.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(span.end()))
                    .expect("a span that grows still ends after it starts");
            }
            _ => all.push(span),
        }
    }
    all
}
