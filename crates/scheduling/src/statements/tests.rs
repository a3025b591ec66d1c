//! What must be true of statements and of the register.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    Basis, Calendar, Category, Cents, DutyKind, Intervention, InterventionId, Minutes, Month, NeedId,
    OrganisationId, Owed, PersonId, PoolId, Rate, RateId, RotaId, Rung, Shift, ShiftId, Source, Span,
    WorkedDay, to_utc,
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::{ledger::Clocks, needs::Period, record::joined};

const PARIS: Tz = chrono_tz::Europe::Paris;
const CLOCKS: Clocks = Clocks { zone: PARIS, calendar: Calendar::France };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    to_utc(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), PARIS)
}

fn span(from: &str, until: &str) -> Span {
    Span::new(at(from), at(until)).unwrap()
}

fn shift(number: u128, kind: DutyKind, span: Span) -> Shift {
    let nil = Uuid::nil();
    Shift {
        id: ShiftId(Uuid::from_u128(number)),
        pool: PoolId(nil),
        rota: RotaId(nil),
        need: NeedId(nil),
        person: PersonId(nil),
        rung: Rung::Lead,
        kind,
        span,
        sequence: 0,
        changed_at: span.start(),
        told_at: None,
        cancelled_at: None,
    }
}

fn intervention(span: Span) -> Intervention {
    let nil = Uuid::nil();
    let (id, person, organisation) = (InterventionId(nil), PersonId(nil), OrganisationId(nil));
    Intervention { id, person, organisation, span, source: Source::Said }
}

fn rate(basis: Basis, category: Option<Category>, hourly: i64, rest: u32, from: &str) -> Rate {
    Rate {
        id: RateId(Uuid::nil()),
        organisation: OrganisationId(Uuid::nil()),
        basis,
        category,
        hourly: Cents(hourly),
        rest: Minutes(rest),
        from: day(from),
        source: "Agreement of 1 March 2026".to_owned(),
    }
}

fn july() -> Month {
    Month::parse("2026-07").unwrap()
}

fn owed(money: i64, rest: u32) -> Owed {
    Owed { money: Cents(money), rest: Minutes(rest) }
}

#[test]
fn waiting_and_intervening_on_standby_are_paid_apart() {
    let night = shift(1, DutyKind::Standby, span("2026-07-06 18:00", "2026-07-06 22:00"));
    let rates =
        [rate(Basis::Standby, None, 300, 0, "2026-01-01"), rate(Basis::Work, None, 1_500, 30, "2026-01-01")];
    let told = [
        intervention(span("2026-07-06 19:00", "2026-07-06 19:20")),
        intervention(span("2026-07-06 19:10", "2026-07-06 19:40")),
        intervention(span("2026-07-06 21:50", "2026-07-06 22:30")),
    ];
    let said = statement(july(), &[night], &told, &rates, CLOCKS);
    let line = &said.lines[0];
    assert_eq!((line.standby, line.work, line.interventions.len()), (Minutes(190), Minutes(80), 2));
    // 190 min at 3 € and 80 min at 15 €: 9.50 € and 20 €; half an hour of rest for an hour of work.
    assert_eq!(said.owed, owed(2_950, 40));
}

#[test]
fn work_that_begins_on_standby_is_paid_to_its_end_and_takes_from_the_next_standby() {
    let first = shift(1, DutyKind::Standby, span("2026-07-06 18:00", "2026-07-06 22:00"));
    let second = shift(2, DutyKind::Standby, span("2026-07-06 22:00", "2026-07-07 02:00"));
    let told = [intervention(span("2026-07-06 21:30", "2026-07-06 22:30"))];
    let rates = [rate(Basis::Work, None, 600, 0, "2026-01-01")];
    let said = statement(july(), &[second, first], &told, &rates, CLOCKS);
    let of = |at: usize| (said.lines[at].standby, said.lines[at].work, said.lines[at].owed.money);
    assert_eq!(of(0), (Minutes(210), Minutes(60), Cents(600)));
    assert_eq!(of(1), (Minutes(210), Minutes(0), Cents(0)));
}

#[test]
fn work_that_begins_in_no_duty_stands_apart_and_is_paid() {
    let night = shift(1, DutyKind::Standby, span("2026-07-06 18:00", "2026-07-06 22:00"));
    let told = [
        intervention(span("2026-06-30 23:30", "2026-07-01 00:30")),
        intervention(span("2026-07-06 23:00", "2026-07-06 23:45")),
    ];
    let rates = [rate(Basis::Work, None, 600, 0, "2026-01-01")];
    let said = statement(july(), &[night], &told, &rates, CLOCKS);
    let [apart] = &said.apart[..] else { panic!("{said:?}") };
    assert_eq!((apart.day, apart.span, apart.work), (day("2026-07-06"), told[1].span, Minutes(45)));
    assert_eq!((said.work, said.owed), (Minutes(45), owed(450, 0)));
}

#[test]
fn work_that_goes_on_after_an_active_duty_is_paid_and_no_minute_of_it_twice() {
    let evening = shift(1, DutyKind::Active, span("2026-07-06 18:00", "2026-07-06 22:00"));
    let night = shift(2, DutyKind::Standby, span("2026-07-06 14:00", "2026-07-06 18:00"));
    let told = [
        intervention(span("2026-07-06 21:00", "2026-07-06 22:20")),
        intervention(span("2026-07-06 17:30", "2026-07-06 18:30")),
    ];
    let said = statement(july(), &[evening, night], &told, &[], CLOCKS);
    let works = said.lines.iter().map(|line| line.work.0).collect::<Vec<_>>();
    assert_eq!((works, said.standby), (vec![30, 260], Minutes(210)));
}

#[test]
fn of_several_rates_the_dearest_holds_and_a_newer_one_replaces_an_older_one() {
    let evening = shift(1, DutyKind::Active, span("2026-07-05 20:00", "2026-07-05 23:00"));
    let rates = [
        rate(Basis::Work, None, 100, 0, "2026-01-01"),
        rate(Basis::Work, Some(Category::Sunday), 600, 0, "2026-01-01"),
        rate(Basis::Work, Some(Category::Night), 900, 0, "2026-01-01"),
        rate(Basis::Work, Some(Category::Night), 1_200, 0, "2026-07-05"),
        rate(Basis::Work, Some(Category::Night), 9_900, 0, "2026-07-06"),
        rate(Basis::Standby, None, 9_900, 0, "2026-01-01"),
    ];
    let said = statement(july(), &[evening], &[], &rates, CLOCKS);
    assert_eq!(said.owed, owed(2 * 600 + 1_200, 0));
}

#[test]
fn a_duty_belongs_to_the_month_it_starts_in_and_a_cancelled_one_to_none() {
    let over = shift(1, DutyKind::Active, span("2026-07-31 22:00", "2026-08-01 02:00"));
    let before = shift(2, DutyKind::Active, span("2026-06-30 22:00", "2026-07-01 02:00"));
    let off = Shift { cancelled_at: Some(at("2026-07-01 08:00")), ..shift(3, DutyKind::Active, over.span) };
    let said = statement(july(), &[before, off, over], &[], &[], CLOCKS);
    assert_eq!(said.lines.iter().map(|line| line.shift.0.as_u128()).collect::<Vec<_>>(), [1]);
    assert_eq!((said.work, said.owed), (Minutes(240), Owed::default()));
}

#[test]
fn a_night_on_which_the_clocks_go_back_is_paid_an_hour_more() {
    let night = shift(1, DutyKind::Active, span("2026-10-24 22:00", "2026-10-25 06:00"));
    let rates = [rate(Basis::Work, Some(Category::Night), 600, 0, "2026-01-01")];
    let said = statement(Month::parse("2026-10").unwrap(), &[night], &[], &rates, CLOCKS);
    assert_eq!((said.work, said.owed), (Minutes(540), owed(9 * 600, 0)));
}

#[test]
fn the_register_cuts_work_at_midnight_and_counts_no_minute_twice() {
    let worked = Worked {
        office: vec![
            span("2026-07-06 09:00", "2026-07-06 12:00"),
            span("2026-07-06 13:00", "2026-07-06 17:00"),
        ],
        duty: vec![
            span("2026-07-06 16:00", "2026-07-06 20:00"),
            span("2026-07-12 22:00", "2026-07-13 02:00"),
        ],
    };
    let period = Period { from: day("2026-07-06"), until: day("2026-07-13") };
    let (days, weeks) = register(&worked, period, PARIS);
    let monday =
        WorkedDay { day: day("2026-07-06"), office: Minutes(420), duty: Minutes(240), total: Minutes(600) };
    assert_eq!((days.len(), days[0], days[6].total, days[7].total), (8, monday, Minutes(120), Minutes(120)));
    assert_eq!(weeks.iter().map(|week| week.total.0).collect::<Vec<_>>(), [720, 120]);
}

proptest! {
    #[test]
    fn every_minute_on_duty_or_at_work_counts_once(
        starts in vec((0..31_i64 * 48, 1..48_i64, any::<bool>()), 0..12),
        told in vec((0..31_i64 * 48, 1..10_i64), 0..20),
    ) {
        let half_hours = |(from, long): (i64, i64)| {
            let start = at("2026-10-01 00:00") + chrono::Duration::minutes(30 * from);
            Span::new(start, start + chrono::Duration::minutes(30 * long)).unwrap()
        };
        let mut shifts: Vec<Shift> = Vec::new();
        for (number, (from, long, standby)) in (0..).zip(starts) {
            let kind = if standby { DutyKind::Standby } else { DutyKind::Active };
            let new = shift(number, kind, half_hours((from, long)));
            // Nobody is in two places at once.
            if shifts.iter().all(|one| !one.span.overlaps(&new.span)) {
                shifts.push(new);
            }
        }
        let told: Vec<Intervention> = told.into_iter().map(|one| intervention(half_hours(one))).collect();
        let rates = [rate(Basis::Standby, None, 60, 0, "2026-01-01"), rate(Basis::Work, None, 60, 0, "2026-01-01")];
        let said = statement(Month::parse("2026-10").unwrap(), &shifts, &told, &rates, CLOCKS);
        let all = shifts.iter().map(|one| one.span).chain(told.iter().map(|one| one.span));
        let length: u32 = joined(all.collect()).iter().map(|span| span.length().0).sum();
        prop_assert_eq!(said.standby.0 + said.work.0, length);
        // A cent a minute: what is owed is what was done.
        prop_assert_eq!(said.owed.money.0, i64::from(length));
    }

    #[test]
    fn what_is_owed_for_duties_of_a_quarter_is_what_the_statements_of_its_months_say(
        starts in vec((0..92_i64 * 48, 1..48_i64, any::<bool>()), 0..16),
        told in vec((0..92_i64 * 48, 1..10_i64), 0..20),
    ) {
        let half_hours = |from: i64, long: i64| {
            let start = at("2026-10-01 00:00") + chrono::Duration::minutes(30 * from);
            Span::new(start, start + chrono::Duration::minutes(30 * long)).unwrap()
        };
        let duty = |(number, (from, long, standby)): (u128, &(i64, i64, bool))| {
            let kind = if *standby { DutyKind::Standby } else { DutyKind::Active };
            shift(number, kind, half_hours(*from, *long))
        };
        let shifts: Vec<Shift> = (0..).zip(&starts).map(duty).collect();
        let told: Vec<Intervention> =
            told.into_iter().map(|(from, long)| intervention(half_hours(from, long))).collect();
        let rates = [
            rate(Basis::Standby, None, 333, 7, "2026-01-01"),
            rate(Basis::Work, Some(Category::Sunday), 1_111, 0, "2026-11-15"),
        ];
        let months = ["2026-10", "2026-11", "2026-12"].map(|month| Month::parse(month).unwrap());
        // What stands apart belongs to no duty.
        let by_month: Owed = months
            .into_iter()
            .flat_map(|month| statement(month, &shifts, &told, &rates, CLOCKS).lines)
            .map(|line| line.owed)
            .sum();
        prop_assert_eq!(super::owed(&shifts, &told, &rates, CLOCKS), by_month);
    }
}
