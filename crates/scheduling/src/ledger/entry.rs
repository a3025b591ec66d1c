//! One duty, weighed: its real minutes in each category, by the pool's clocks and holidays.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::{
    Calendar, Category, DutyKind, Entry, Feast, Language, LedgerTerms, Minutes, OrganisationId, PersonId,
    Rung, ShiftId, Skills, Span, Window, time,
};

use crate::record::civil_days;

/// A duty as it was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Which.
    pub shift: ShiftId,
    /// Who held it.
    pub person: PersonId,
    /// For whom they worked that day, if it is known.
    pub employer: Option<OrganisationId>,
    /// Lead or backup.
    pub rung: Rung,
    /// Active or standby; both weigh the same here.
    pub kind: DutyKind,
    /// From when to when.
    pub span: Span,
    /// Languages that whoever holds it must speak.
    pub languages: Vec<Language>,
    /// What else they must bring.
    pub skills: Skills,
}

/// By which clocks and holidays a pool counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// Where its wall clocks hang.
    pub zone: Tz,
    /// Which public holidays it keeps.
    pub calendar: Calendar,
}

/// The line of `duty` in the ledger.
pub fn entry(duty: &Duty, clocks: Clocks, terms: &LedgerTerms) -> Entry {
    let parts = Category::ALL.into_iter().map(|category| (category, minutes(duty.span, category, clocks)));
    Entry {
        shift: duty.shift,
        person: duty.person,
        employer: duty.employer,
        rung: duty.rung,
        kind: duty.kind,
        span: duty.span,
        day: time::day(duty.span.start(), clocks.zone),
        languages: duty.languages.clone(),
        skills: duty.skills.clone(),
        worth: terms.worth(duty.span.length(), duty.rung),
        parts: parts.filter(|(_, minutes)| minutes.0 > 0).collect(),
        feasts: civil_days(duty.span, clocks.zone).filter_map(Feast::on).collect(),
    }
}

/// `span` cut where it enters or leaves a category, with the categories of each piece.
pub fn pieces(span: Span, clocks: Clocks) -> Vec<(Span, Vec<Category>)> {
    let first = time::day(span.start(), clocks.zone) - Days::new(1);
    let last = time::day(span.end(), clocks.zone);
    let around: Vec<(Category, Span)> = first
        .iter_days()
        .take_while(|day| *day <= last)
        .flat_map(|day| {
            Category::ALL.into_iter().filter_map(move |one| Some((one, stretch(day, one, clocks)?)))
        })
        .filter_map(|(category, open)| Some((category, open.common(&span)?)))
        .collect();
    let mut cuts = vec![span.start(), span.end()];
    cuts.extend(around.iter().flat_map(|(_, open)| [open.start(), open.end()]));
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |(from, until): (&_, &_)| {
        let piece = Span::new(*from, *until).ok()?;
        let mut categories: Vec<Category> =
            around.iter().filter(|(_, open)| open.contains(*from)).map(|(category, _)| *category).collect();
        categories.sort_unstable();
        categories.dedup();
        Some((piece, categories))
    };
    cuts.iter().zip(cuts.iter().skip(1)).filter_map(piece).collect()
}

/// How many real minutes of `span` lie in `category`.
fn minutes(span: Span, category: Category, clocks: Clocks) -> Minutes {
    let first = time::day(span.start(), clocks.zone) - Days::new(1);
    let days = first.iter_days().take_while(|day| *day <= time::day(span.end(), clocks.zone));
    days.filter_map(|day| stretch(day, category, clocks)?.common(&span)).map(|part| part.length()).sum()
}

/// The time of `category` that begins on `day`, if there is any.
fn stretch(day: NaiveDate, category: Category, Clocks { zone, calendar }: Clocks) -> Option<Span> {
    let is = match category {
        Category::Evening => return hours(18, 22).on(day, zone),
        Category::Night => return hours(22, 6).on(day, zone),
        Category::Saturday => day.weekday() == Weekday::Sat && !calendar.is_holiday(day),
        Category::Sunday => day.weekday() == Weekday::Sun && !calendar.is_holiday(day),
        Category::Holiday => calendar.is_holiday(day),
        Category::Feast => Feast::on(day).is_some(),
    };
    is.then(|| time::civil_day(day, zone))
}

fn hours(from: u32, until: u32) -> Window {
    let wall = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
    Window { days: domain::Days::ALL, from: wall(from), until: wall(until) }
}
