//! Minutes are real on the nights on which clocks change: days, weeks, maxima and rests of records
//! are compared with a count of every minute by what the clocks showed.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Span, time};
use proptest::prelude::*;

use super::anybody::ZONES;
use super::town::*;
use crate::law::Term;
use crate::record::{Record, length};
use crate::rules::{daily_rest, maxima};
use crate::{Place, judge};

/// The instants of a year at which the clocks of `zone` change.
fn changes(zone: Tz, year: i32) -> Vec<DateTime<Utc>> {
    let first = Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
    let offset = |at: DateTime<Utc>| at.with_timezone(&zone).offset().fix();
    let hours = (0..366 * 24).map(|hour| first + Duration::hours(hour));
    hours.filter(|at| offset(*at) != offset(*at - Duration::hours(1))).collect()
}

/// Minutes of `work` on each day, by looking at the clock every minute.
fn counted(work: &[Span], zone: Tz) -> BTreeMap<NaiveDate, i64> {
    let mut days = BTreeMap::new();
    for span in work {
        let mut at = span.start();
        while at < span.end() {
            *days.entry(at.with_timezone(&zone).date_naive()).or_default() += 1;
            at += Duration::minutes(1);
        }
    }
    days
}

#[test]
fn each_of_five_zones_changes_its_clocks_twice_a_year() {
    for zone in ZONES {
        assert_eq!(changes(zone, 2026).len(), 2, "{zone}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn days_and_weeks_hold_the_minutes_that_the_clocks_showed(
        zone in prop::sample::select(ZONES.to_vec()), autumn in any::<bool>(),
        stretches in prop::collection::vec((-3000_i64..3000, 1_i64..900), 1..8),
    ) {
        let change = changes(zone, 2026)[usize::from(autumn)];
        let spans = stretches.iter().map(|(from, length)| {
            let start = change + Duration::minutes(*from);
            Span::new(start, start + Duration::minutes(*length)).unwrap()
        });
        let record = Record::new(spans.collect(), zone);
        let days: BTreeMap<NaiveDate, i64> =
            record.days().iter().map(|(day, worked)| (*day, length(worked).num_minutes())).collect();
        let counted = counted(record.work(), zone);
        prop_assert_eq!(&days, &counted);
        let mut weeks: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for (day, minutes) in &counted {
            *weeks.entry(time::monday_of(*day)).or_default() += minutes;
        }
        let ours: BTreeMap<NaiveDate, i64> =
            record.weeks().iter().map(|(monday, worked)| (*monday, worked.num_minutes())).collect();
        prop_assert_eq!(ours, weeks);
        let over: Vec<i64> = counted.values().copied().filter(|minutes| *minutes > 600).collect();
        let found: Vec<i64> = maxima::days(&record, 600).into_iter().map(|breach| breach.measured).collect();
        prop_assert_eq!(found, over);
    }

    #[test]
    fn the_rest_over_a_change_is_as_long_as_the_minutes_between(
        zone in prop::sample::select(ZONES.to_vec()), autumn in any::<bool>(),
        before in 0_i64..600, rest in 300_i64..900,
    ) {
        let change = changes(zone, 2026)[usize::from(autumn)];
        let evening = change - Duration::minutes(before);
        let morning = evening + Duration::minutes(rest);
        let span = |from, until| Span::new(from, until).unwrap();
        let work = [
            span(evening - Duration::hours(4), evening),
            // Long enough that no rest begins after it within the day.
            span(morning, morning + Duration::hours(15)),
        ];
        let found = daily_rest::breaches(&work, zone, 660);
        let measured: Vec<i64> = found.iter().map(|breach| breach.measured).collect();
        if rest < 660 {
            prop_assert_eq!(measured.first(), Some(&rest));
        } else {
            prop_assert_eq!(measured.first(), Some(&540), "only the last work's day has too little rest");
        }
    }

    /// The same hours by the clock, on the night of a change and a week before.
    #[test]
    fn a_duty_by_the_clock_is_judged_by_its_real_length(
        zone in prop::sample::select(ZONES.to_vec()), autumn in any::<bool>(), length in 3_i64..6,
    ) {
        let change = changes(zone, 2026)[usize::from(autumn)];
        let day = time::day(change - Duration::minutes(1), zone);
        let midnight = time::civil_day(day, zone).start();
        // Two stretches with half an hour between them: no pause is missed, only the day may be long.
        let first = Span::new(midnight, midnight + Duration::hours(length)).unwrap();
        let rest_of_day = time::civil_day(day, zone).end() - first.end() - Duration::minutes(30);
        let second = Span::new(first.end() + Duration::minutes(30), first.end() + Duration::minutes(30) + rest_of_day.min(Duration::hours(6))).unwrap();
        let place = |span: Span| {
            let mut place: Place = lead("2026-06-02 18:00", "22:00");
            place.slot.span = span;
            place.slot.day = day;
            place
        };
        let mut one = under(domain::Law::FrancePublic, 1);
        one.zone = zone;
        let found = judge(&problem(vec![place(first), place(second)], vec![one]), &[Some(person(1)); 2]);
        let minutes = counted(&[first, second], zone)[&day];
        let over = found.iter().find(|finding| finding.rule == Term::DailyMaximum.rule());
        prop_assert_eq!(over.map(|finding| finding.measured), (minutes > 600).then_some(minutes));
    }
}
