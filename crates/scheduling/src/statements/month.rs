//! The on-call statement of a month (Code du travail, R3121-2): each duty, its standby and its work,
//! and what is owed for it.
//!
//! A duty belongs to the month of the day it starts on. Of several rates that apply to a minute the
//! dearest holds, in money and in rest each for itself: rates are not added to each other.

use domain::{
    Basis, Cents, DutyKind, DutyLine, Intervention, Minutes, Month, Owed, Rate, Shift, Span, Statement, time,
};

use crate::{
    ledger::{Clocks, pieces},
    record::joined,
};

/// The statement of `month` for the duties of one person at one employer, whose `clocks` and `rates`
/// these are. Cancelled shifts and those of other months are left out.
pub fn statement(
    month: Month,
    shifts: &[Shift],
    interventions: &[Intervention],
    rates: &[Rate],
    clocks: Clocks,
) -> Statement {
    let in_month = |shift: &&Shift| {
        let day = time::day(shift.span.start(), clocks.zone);
        shift.cancelled_at.is_none() && month.first() <= day && day <= month.last()
    };
    let mut held: Vec<&Shift> = shifts.iter().filter(in_month).collect();
    held.sort_by_key(|shift| (shift.span, shift.id));
    let lines: Vec<DutyLine> =
        held.into_iter().map(|shift| line(shift, interventions, rates, clocks)).collect();
    Statement {
        standby: lines.iter().map(|line| line.standby).sum(),
        work: lines.iter().map(|line| line.work).sum(),
        owed: lines.iter().map(|line| line.owed).sum(),
        lines,
    }
}

/// What is owed for these duties of one person at one employer, whatever months they lie in.
pub fn owed(shifts: &[Shift], interventions: &[Intervention], rates: &[Rate], clocks: Clocks) -> Owed {
    let held = shifts.iter().filter(|shift| shift.cancelled_at.is_none());
    held.map(|shift| line(shift, interventions, rates, clocks).owed).sum()
}

fn line(shift: &Shift, interventions: &[Intervention], rates: &[Rate], clocks: Clocks) -> DutyLine {
    let day = time::day(shift.span.start(), clocks.zone);
    let within = interventions.iter().filter(|one| one.person == shift.person);
    let within = joined(within.filter_map(|one| one.span.common(&shift.span)).collect());
    let (waiting, working) = match shift.kind {
        DutyKind::Active => (Vec::new(), vec![shift.span]),
        DutyKind::Standby => (without(shift.span, &within), within.clone()),
    };
    let length = |spans: &[Span]| spans.iter().map(Span::length).sum();
    let due = |basis: Basis, spans: &[Span]| -> (i64, i64) {
        let rates: Vec<&Rate> = rates.iter().filter(|rate| rate.basis == basis && rate.from <= day).collect();
        spans.iter().fold((0, 0), |sum, span| {
            let (money, rest) = hourly(*span, &newest(&rates), clocks);
            (sum.0 + money, sum.1 + rest)
        })
    };
    let (waited, worked) = (due(Basis::Standby, &waiting), due(Basis::Work, &working));
    DutyLine {
        shift: shift.id,
        day,
        span: shift.span,
        rung: shift.rung,
        kind: shift.kind,
        standby: length(&waiting),
        work: length(&working),
        interventions: if shift.kind == DutyKind::Standby { within } else { Vec::new() },
        owed: Owed {
            money: Cents(an_hour(waited.0 + worked.0)),
            rest: Minutes(u32::try_from(an_hour(waited.1 + worked.1)).unwrap_or(u32::MAX)),
        },
    }
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
