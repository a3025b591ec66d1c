//! The on-call statement of a month (Code du travail, R3121-2): each duty, its standby and its work,
//! and what is owed for it.
//!
//! A duty belongs to the month of the day it starts on. Of several rates that apply to a minute the
//! dearest holds, in money and in rest each for itself: rates are not added to each other.

use chrono::NaiveDate;
use domain::{
    Apart, Basis, Cents, DutyKind, DutyLine, Intervention, Minutes, Month, Owed, Rate, Shift, Span,
    Statement, time,
};

use crate::{
    ledger::{Clocks, pieces},
    record::joined,
};

/// The statement of `month` for the duties of one person at one employer, whose `clocks` and `rates`
/// these are. Cancelled shifts and those of other months are left out.
///
/// An intervention belongs, all of it, to the duty it begins in, also where it goes on after the duty's
/// end; one that begins in none stands [apart](Apart). No minute counts twice: what an intervention takes
/// of an active duty is work already, and what it takes of another standby is waiting no more.
pub fn statement(
    month: Month,
    shifts: &[Shift],
    interventions: &[Intervention],
    rates: &[Rate],
    clocks: Clocks,
) -> Statement {
    let called = Called::of(shifts, interventions);
    let pay = Pay { rates, clocks };
    let in_month = |span: Span| {
        let day = time::day(span.start(), clocks.zone);
        month.first() <= day && day <= month.last()
    };
    let lines = called.held.iter().filter(|shift| in_month(shift.span));
    let lines: Vec<DutyLine> = lines.map(|shift| line(shift, &called, &pay)).collect();
    let apart = called.told.iter().filter(|span| called.within(**span).is_none() && in_month(**span));
    let apart: Vec<Apart> = apart.map(|span| alone(*span, &called, &pay)).collect();
    Statement::of(lines, apart)
}

/// Somebody's duties in order, and their interventions: those that touch or overlap are one.
struct Called<'s> {
    held: Vec<&'s Shift>,
    told: Vec<Span>,
}

impl<'s> Called<'s> {
    fn of(shifts: &'s [Shift], interventions: &[Intervention]) -> Self {
        let mut held: Vec<&Shift> = shifts.iter().filter(|shift| shift.cancelled_at.is_none()).collect();
        held.sort_by_key(|shift| (shift.span, shift.id));
        Self { held, told: joined(interventions.iter().map(|one| one.span).collect()) }
    }

    /// The duty an intervention begins in.
    fn within(&self, told: Span) -> Option<&Shift> {
        self.held.iter().find(|shift| shift.span.contains(told.start())).copied()
    }

    /// What of an intervention is not work already.
    fn work(&self, told: Span) -> Vec<Span> {
        let active = self.held.iter().filter(|shift| shift.kind == DutyKind::Active);
        without(told, &joined(active.map(|shift| shift.span).collect()))
    }
}

/// What is owed for these duties of one person at one employer, whatever months they lie in. Interventions
/// outside them are left out.
pub fn owed(shifts: &[Shift], interventions: &[Intervention], rates: &[Rate], clocks: Clocks) -> Owed {
    let called = Called::of(shifts, interventions);
    let pay = Pay { rates, clocks };
    called.held.iter().map(|shift| line(shift, &called, &pay).owed).sum()
}

/// What an hour gives, and by which clocks.
struct Pay<'r> {
    rates: &'r [Rate],
    clocks: Clocks,
}

impl Pay<'_> {
    /// What is owed for what was waited and worked on a duty of that day.
    fn owed(&self, day: NaiveDate, waited: &[Span], worked: &[Span]) -> Owed {
        let due = |basis: Basis, spans: &[Span]| -> (i64, i64) {
            let known = self.rates.iter().filter(|rate| rate.basis == basis && rate.from <= day);
            let rates = newest(&known.collect::<Vec<_>>());
            spans.iter().fold((0, 0), |sum, span| {
                let (money, rest) = hourly(*span, &rates, self.clocks);
                (sum.0 + money, sum.1 + rest)
            })
        };
        let (waited, worked) = (due(Basis::Standby, waited), due(Basis::Work, worked));
        Owed {
            money: Cents(an_hour(waited.0 + worked.0)),
            rest: Minutes(u32::try_from(an_hour(waited.1 + worked.1)).unwrap_or(u32::MAX)),
        }
    }
}

fn line(shift: &Shift, called: &Called<'_>, pay: &Pay<'_>) -> DutyLine {
    let day = time::day(shift.span.start(), pay.clocks.zone);
    let own = called.told.iter().copied();
    let own = own.filter(|told| called.within(*told).is_some_and(|one| one.id == shift.id));
    let called_for: Vec<Span> = own.flat_map(|told| called.work(told)).collect();
    let (waiting, working) = match shift.kind {
        DutyKind::Active => (Vec::new(), joined(called_for.iter().copied().chain([shift.span]).collect())),
        DutyKind::Standby => (without(shift.span, &called.told), called_for.clone()),
    };
    DutyLine {
        shift: shift.id,
        day,
        span: shift.span,
        rung: shift.rung,
        kind: shift.kind,
        standby: length(&waiting),
        work: length(&working),
        interventions: called_for,
        owed: pay.owed(day, &waiting, &working),
    }
}

/// An intervention outside every duty.
fn alone(told: Span, called: &Called<'_>, pay: &Pay<'_>) -> Apart {
    let day = time::day(told.start(), pay.clocks.zone);
    let working = called.work(told);
    Apart { day, span: told, work: length(&working), owed: pay.owed(day, &[], &working) }
}

fn length(spans: &[Span]) -> Minutes {
    spans.iter().map(Span::length).sum()
}

/// Of rates for the same category, the one that began last.
fn newest<'r>(rates: &[&'r Rate]) -> Vec<&'r Rate> {
    let later = |one: &Rate| {
        rates
            .iter()
            .any(|other| other.category == one.category && (other.from, other.id) > (one.from, one.id))
    };
    rates.iter().filter(|one| !later(one)).copied().collect()
}

/// Minutes times what an hour of each gives: in cents, and in minutes of rest.
fn hourly(span: Span, rates: &[&Rate], clocks: Clocks) -> (i64, i64) {
    pieces(span, clocks).into_iter().fold((0, 0), |sum, (piece, categories)| {
        let applies = |rate: &&&Rate| rate.category.is_none_or(|one| categories.contains(&one));
        let money = rates.iter().filter(applies).map(|rate| rate.hourly.0).max().unwrap_or(0);
        let rest = rates.iter().filter(applies).map(|rate| i64::from(rate.rest.0)).max().unwrap_or(0);
        let minutes = i64::from(piece.length().0);
        (sum.0 + minutes * money, sum.1 + minutes * rest)
    })
}

/// Sixtieths to the nearest whole, a half upwards: rounded once a duty.
fn an_hour(sixtieths: i64) -> i64 {
    (sixtieths + 30).div_euclid(60)
}

/// What is left of `span` without `others`, which are in order and do not touch.
pub fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut since = span.start();
    for other in others.iter().filter(|other| other.overlaps(&span)) {
        left.extend(Span::new(since, other.start()));
        since = other.end();
    }
    left.extend(Span::new(since, span.end()));
    left
}
