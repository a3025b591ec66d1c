//! One person's work as the law reads it: real time, cut by civil days and weeks of their zone.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Span, time};

/// Work that was done or is planned: office hours, active duties, interventions on standby, with
/// every employer together. Waiting on standby is rest and does not stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    work: Vec<Span>,
    planned: Vec<Span>,
    interventions: Vec<Span>,
    days: BTreeMap<NaiveDate, Vec<Span>>,
    midnights: BTreeMap<NaiveDate, DateTime<Utc>>,
    weeks: BTreeMap<NaiveDate, Duration>,
    zone: Tz,
}

impl Record {
    /// `work` in any order; what touches or overlaps is one stretch. Days are counted in `zone`.
    pub fn new(work: Vec<Span>, zone: Tz) -> Self {
        Self::with_interventions(work, Vec::new(), zone)
    }

    /// The same, with answers given on standby, which are work too.
    pub fn with_interventions(planned: Vec<Span>, interventions: Vec<Span>, zone: Tz) -> Self {
        let planned = joined(planned);
        let interventions = joined(interventions);
        let work = match interventions.is_empty() {
            true => planned.clone(),
            false => joined(planned.iter().chain(&interventions).copied().collect()),
        };
        let (days, midnights) = by_day(&work, zone);
        let mut weeks: BTreeMap<NaiveDate, Duration> = BTreeMap::new();
        for (day, worked) in &days {
            *weeks.entry(time::monday_of(*day)).or_default() += length(worked);
        }
        Self { work, planned, interventions, days, midnights, weeks, zone }
    }

    /// Stretches of work, in order, none touching the next.
    pub fn work(&self) -> &[Span] {
        &self.work
    }

    /// The same without interventions on standby.
    pub fn planned(&self) -> &[Span] {
        &self.planned
    }

    /// Interventions on standby, in order, none touching the next.
    pub fn interventions(&self) -> &[Span] {
        &self.interventions
    }

    /// Where its days are counted.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Work of each civil day that has any, in order.
    pub fn days(&self) -> &BTreeMap<NaiveDate, Vec<Span>> {
        &self.days
    }

    /// When a civil day with work begins; `None` of other days.
    pub fn midnight(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        self.midnights.get(&day).copied()
    }

    /// How much was worked in each civil week that has any work, by its Monday.
    pub fn weeks(&self) -> &BTreeMap<NaiveDate, Duration> {
        &self.weeks
    }

    /// The civil week that begins on `monday`.
    pub fn civil_week(&self, monday: NaiveDate) -> Span {
        self.civil_days_from(monday, 7)
    }

    /// So many civil days from the midnight on which `first` begins.
    pub fn civil_days_from(&self, first: NaiveDate, days: u64) -> Span {
        let last = first + Days::new(days - 1);
        let (from, until) = (time::civil_day(first, self.zone), time::civil_day(last, self.zone));
        Span::new(from.start(), until.end()).expect("days end after they start")
    }
}

/// Work cut at the midnights of `zone`, and when the days that hold it begin.
fn by_day(work: &[Span], zone: Tz) -> (BTreeMap<NaiveDate, Vec<Span>>, BTreeMap<NaiveDate, DateTime<Utc>>) {
    let (mut days, mut midnights): (BTreeMap<NaiveDate, Vec<Span>>, _) = (BTreeMap::new(), BTreeMap::new());
    let mut known: Option<(NaiveDate, Span)> = None;
    for work in work {
        let first = match known {
            Some((day, civil)) if civil.contains(work.start()) => day,
            _ => time::day(work.start(), zone),
        };
        for day in first.iter_days() {
            let civil = match known {
                Some((known, civil)) if known == day => civil,
                _ => time::civil_day(day, zone),
            };
            known = Some((day, civil));
            midnights.insert(day, civil.start());
            days.entry(day).or_default().extend(work.common(&civil));
            if work.end() <= civil.end() {
                break;
            }
        }
    }
    (days, midnights)
}

/// Stretches free of `work` within `span`, cut at its ends, in order; empty ones left out.
///
/// `work` is in order, none touching the next.
pub fn rests(work: &[Span], span: Span) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut rests = Vec::new();
    let mut since = span.start();
    let first = work.partition_point(|work| work.end() <= span.start());
    for work in work[first..].iter().take_while(|work| work.start() < span.end()) {
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

/// The longest stretch free of `work` that begins and ends within `span`.
pub fn longest_rest(work: &[Span], span: Span) -> Duration {
    rests(work, span).into_iter().map(|(from, to)| to - from).max().unwrap_or_default()
}

/// How long the stretches are together.
pub fn length(spans: &[Span]) -> Duration {
    spans.iter().map(|span| span.end() - span.start()).sum()
}

/// From the first start to the last end of `spans`, which are in order; `None` if there are none.
pub fn whole(spans: &[Span]) -> Option<Span> {
    let (first, last) = (spans.first()?, spans.last()?);
    Some(Span::new(first.start(), last.end()).expect("the last work ends after the first starts"))
}

/// The civil days that `span` touches, in order.
pub fn civil_days(span: Span, zone: Tz) -> impl Iterator<Item = NaiveDate> {
    let last = time::day(span.end() - Duration::microseconds(1), zone);
    time::day(span.start(), zone).iter_days().take_while(move |day| *day <= last)
}

/// What is left of `spans`, which may overlap, outside `gone`.
pub fn without(spans: &[Span], gone: &[Span]) -> Vec<Span> {
    let mut left: Vec<Span> = spans.to_vec();
    let cuts = |gone: &&Span| spans.iter().any(|span| span.overlaps(gone));
    for gone in gone.iter().filter(cuts) {
        let parts = |span: Span| {
            let before = Span::new(span.start(), span.end().min(gone.start()));
            let after = Span::new(span.start().max(gone.end()), span.end());
            before.into_iter().chain(after)
        };
        left = left.into_iter().flat_map(parts).collect();
    }
    left
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
