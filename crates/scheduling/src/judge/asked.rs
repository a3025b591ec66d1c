//! Asks the rules of one law: which value of the law is which rule's, and which duties have a part.

use std::collections::BTreeMap;

use chrono::{Days, Duration, NaiveDate};
use domain::{DutyKind, Span, Unit, time};

use super::case::Case;
use crate::bonds::Bond;
use crate::law::{Limit, Term};
use crate::problem::{Place, changes};
use crate::rules::{
    Breach, average, breaks, closed, daily_rest, maxima, night, notice, overtime, part_time, refusal, runs,
    standby, weekly_rest,
};

/// Every place where the law of `bond` is broken over `term`, if a duty of this rota has a part in it,
/// each with the limit that is missed, in the unit of what is [measured](unit()).
pub(super) fn broken(case: &Case<'_>, bond: &Bond, term: Term) -> Vec<(Breach, Limit)> {
    let mut found: Vec<(Breach, Limit)> = match (term, bond.profile.limit(term)) {
        (Term::Pause, _) => pauses(case, bond),
        (_, None) => Vec::new(),
        (_, Some(limit)) => {
            let breaches = breaches(case, bond, term, limit.amount).into_iter();
            breaches.map(|breach| (breach.clone(), missed(bond, term, limit, &breach))).collect()
        }
    };
    found.retain(|(breach, _)| bond.runs(breach.days.0, breach.days.1) && concerns(case, bond, term, breach));
    found
}

/// The limit that `breach` misses: of a part-timer's week, its contract and the part of it that may
/// be added.
fn missed(bond: &Bond, term: Term, limit: &Limit, breach: &Breach) -> Limit {
    if let Some((days, _)) = bond.profile.quiet_standby.filter(|_| term == Term::StandbyDays) {
        // Fewer than an agreement would allow: too many interventions left the days of the law.
        let amount = if breach.measured > i64::from(limit.amount) { limit.amount } else { days };
        return Limit { amount, ..limit.clone() };
    }
    let contract = bond.part_time(breach.days.0, breach.days.1).filter(|_| term == Term::ExtraHours);
    let amount = contract.map_or(limit.amount, |contract| part_time::allowed(contract, limit.amount));
    Limit { amount, ..limit.clone() }
}

/// What is measured of `term`: minutes, where its limit is a part of a contract.
pub(super) fn unit(term: Term) -> Unit {
    if term == Term::ExtraHours { Unit::Minutes } else { term.unit() }
}

/// Whether a duty of this rota has a part in `breach`.
fn concerns(case: &Case<'_>, bond: &Bond, term: Term, breach: &Breach) -> bool {
    part_in(case, bond, term).iter().any(|place| place.slot.span.overlaps(&breach.reach))
}

/// The duties that may have a part in what the law of `bond` asks of `term`.
pub(super) fn part_in<'a>(case: &Case<'a>, bond: &Bond, term: Term) -> Vec<&'a Place> {
    if of_one_contract(term) {
        case.held_for(bond.employer, kind(term)).collect()
    } else {
        case.held(kind(term)).collect()
    }
}

/// Whether `term` measures what is worked for one employer, by the contract with them; everything else
/// is asked of all employers' work together.
fn of_one_contract(term: Term) -> bool {
    matches!(
        term,
        Term::FullTime
            | Term::ExtraHours
            | Term::Interruptions
            | Term::InterruptionLength
            | Term::PartTimeNotice
            | Term::PartTimeMinimum
            | Term::Lending
            | Term::ShortDuty
            | Term::OvertimeWeek
            | Term::OvertimeMonth
            | Term::OvertimeYear
    )
}

/// Which duties have a part in what `term` is about.
pub(super) fn kind(term: Term) -> Option<DutyKind> {
    match term {
        Term::StandbyDays | Term::StandbyPause | Term::StandbyKind | Term::StandbyNotice => {
            Some(DutyKind::Standby)
        }
        Term::Age | Term::Lending | Term::PartTimeMinimum => None,
        _ => Some(DutyKind::Active),
    }
}

/// Pauses that are missing; of several steps that a day misses, the last, which asks for the most.
fn pauses(case: &Case<'_>, bond: &Bond) -> Vec<(Breach, Limit)> {
    let mut missing: BTreeMap<Span, (Breach, Limit)> = BTreeMap::new();
    for due in &bond.profile.breaks {
        let by = if due.whole_day { breaks::in_a_day } else { breaks::in_a_run };
        // What is measured is the work, so the limit is the work after which the pause is due.
        let limit = Limit { amount: due.after.0, ..due.pause.clone() };
        for breach in by(&case.record, due.after.0, due.pause.amount) {
            missing.insert(breach.span, (breach, limit.clone()));
        }
    }
    missing.into_values().collect()
}

fn breaches(case: &Case<'_>, bond: &Bond, term: Term, amount: u32) -> Vec<Breach> {
    let record = if of_one_contract(term) { case.work_for(bond.employer) } else { &case.record };
    let profile = &bond.profile;
    let contract = |monday: NaiveDate| bond.part_time(monday, monday + Days::new(6));
    let part_time = |day: NaiveDate| bond.part_time(day, day).is_some();
    match term {
        Term::DailyRest => {
            let work = if profile.spared_rest.is_some() { record.planned() } else { record.work() };
            daily_rest::breaches(work, record.zone(), amount)
        }
        Term::DailyMaximum => maxima::days(record, amount),
        Term::DailySpan => maxima::day_spans(record, amount),
        Term::WeeklyRest => weekly_rest::breaches(record, amount, profile.weekly_rest_inside.0),
        Term::WeeklyMaximum => maxima::weeks(record, |_| Some(Duration::minutes(i64::from(amount)))),
        Term::AverageMaximum => average::breaches(record, profile.average_weeks, amount),
        Term::WorkingDays => maxima::working_days(record, amount),
        Term::ConsecutiveDays => runs::consecutive_days(record, amount),
        Term::NightMaximum => profile.night.map_or_else(Vec::new, |night| night::days(record, night, amount)),
        Term::NightAverage => profile
            .night
            .map_or_else(Vec::new, |night| night::averages(record, night, profile.average_weeks, amount)),
        Term::NightWork => profile.closed.map_or_else(Vec::new, |hours| night::closed(record, hours, amount)),
        Term::SundayWork | Term::SundayWorkElsewhere => closed::sundays(record, amount),
        Term::SundayRest => closed::sundays_without_rest(record, amount),
        Term::SundaysInYear => runs::sundays(record, amount),
        Term::HolidayWork => {
            bond.calendar.map_or_else(Vec::new, |calendar| closed::holidays(record, calendar, amount))
        }
        Term::FeastWork => closed::feasts(record, amount),
        Term::MayDayWork => closed::may_day(record, amount),
        Term::FullTime => part_time::reaching_full_time(record, amount, contract),
        Term::ExtraHours => part_time::extra_hours(record, amount, contract),
        Term::Interruptions => {
            // The pause that the law grants within a day is no interruption of it.
            let pause = profile.breaks.first().map_or(0, |due| due.pause.amount);
            part_time::interruptions(record, amount, pause, part_time)
        }
        Term::InterruptionLength => part_time::long_interruptions(record, amount, part_time),
        Term::NightBegins => Vec::new(),
        Term::StandbyDays => {
            standby::days(&case.standby(), record.zone(), |weeks| days_of(case, bond, amount, weeks))
        }
        Term::StandbyPause => profile
            .amount(Term::StandbyDays)
            .map_or_else(Vec::new, |used| standby::pauses(&case.standby(), record.zone(), used, amount)),
        Term::StandbyRest => {
            let spared = profile.spared_rest.map_or(0, |spared| spared.0);
            standby::rests(record, spared, amount)
        }
        Term::RefusableExtra => refusal::beyond_usual(record, amount, |day| case.usual(day)),
        Term::RefusableDay => refusal::within_24_hours(record, amount),
        Term::RefusableWeek => maxima::weeks(record, |_| Some(Duration::minutes(i64::from(amount)))),
        Term::OvertimeWeek => overtime::weeks(record, amount),
        Term::OvertimeMonth => {
            ordinary(bond).map_or_else(Vec::new, |week| overtime::months(record, week, amount))
        }
        Term::OvertimeYear => {
            ordinary(bond).map_or_else(Vec::new, |week| overtime::years(record, week, amount))
        }
        Term::PartTimeNotice
        | Term::StandbyNotice
        | Term::DutyNotice
        | Term::ChangeNotice
        | Term::StandbyKind
        | Term::ShortDuty
        | Term::Age => of_duties(case, bond, term, amount),
        // Once for all duties: none of them is more to blame than another.
        Term::PartTimeMinimum | Term::Lending => {
            of_duties(case, bond, term, amount).into_iter().take(1).collect()
        }
        Term::Pause => unreachable!("pauses are asked one by one"),
    }
}

/// How many days of standby within `weeks` the law of `bond` allows, given the interventions in them.
fn days_of(case: &Case<'_>, bond: &Bond, amount: u32, weeks: Span) -> u32 {
    let answers = case.candidate.interventions.iter().filter(|one| weeks.contains(one.span.start())).count();
    match bond.profile.quiet_standby {
        Some((days, often)) if answers > often => amount.min(days),
        _ => amount,
    }
}

fn ordinary(bond: &Bond) -> Option<u32> {
    bond.profile.amount(Term::OvertimeWeek)
}

/// What the law asks of each duty by itself: those that `measure` less (or more) than is asked.
fn of_duties(case: &Case<'_>, bond: &Bond, term: Term, amount: u32) -> Vec<Breach> {
    let broken = |place: &Place| {
        let measured = measure(case, bond, term, place)?;
        let amount = i64::from(amount);
        let missed = if term.is_least() { measured < amount } else { measured > amount };
        let day = time::day(place.slot.span.start(), case.candidate.zone);
        // How old somebody is, is nobody's business beyond that they are too young.
        let measured = if term == Term::Age { amount - 1 } else { measured };
        missed.then_some(Breach { span: place.slot.span, measured, reach: place.slot.span, days: (day, day) })
    };
    part_in(case, bond, term).into_iter().filter_map(broken).collect()
}

/// How long the period of work is that holds a duty: what touches it, for the same employer, is one with
/// it (Belgium, Act of 1971, art. 21).
fn period(case: &Case<'_>, bond: &Bond, place: &Place) -> i64 {
    let worked = case.work_for(bond.employer).planned();
    let whole = worked.iter().find(|work| work.overlaps(&place.slot.span)).unwrap_or(&place.slot.span);
    i64::from(whole.length().0)
}

/// What `term` measures of one duty; `None` where that is not known, or not asked.
fn measure(case: &Case<'_>, bond: &Bond, term: Term, place: &Place) -> Option<i64> {
    let day = place.slot.day;
    let told = || case.problem.told_on(place, case.candidate.person);
    match term {
        Term::PartTimeNotice => {
            bond.part_time(day, day)?;
            Some(notice::working_days(told()?, day, bond.calendar))
        }
        Term::StandbyNotice | Term::DutyNotice => Some(notice::days(told()?, day)),
        Term::ChangeNotice => told()
            .filter(|_| changes(case.all, place, case.candidate.person))
            .map(|told| notice::days(told, day)),
        Term::PartTimeMinimum => bond.part_time(day, day).map(i64::from),
        Term::Lending => {
            let others = case.problem.offices.iter().filter(|office| Some(**office) != bond.employer);
            Some(i64::from(others.count() > 0))
        }
        Term::StandbyKind => Some(1),
        Term::ShortDuty => Some(period(case, bond, place)),
        Term::Age => case.candidate.born.and_then(|born| day.years_since(born)).map(i64::from),
        _ => None,
    }
}
