//! Needs become slots, weekly hours become dated ones.

use chrono::Datelike;
use chrono_tz::Tz;
use domain::{
    Calendar, Days, DutyKind, Language, Minutes, Need, NeedId, PoolId, Rung, Season, Skills, Window, YearDay,
    YearPart, time,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::town::*;
use crate::needs::{Period, office_days, slots};

fn need(number: u128, days: Days, from: &str, until: &str) -> Need {
    Need {
        id: NeedId(Uuid::from_u128(number)),
        pool: PoolId(Uuid::from_u128(1)),
        window: Window { days, from: hour(from), until: hour(until) },
        leads: 1,
        backups: 1,
        languages: vec![Language::EN],
        skills: Skills::default(),
        kind: DutyKind::Active,
        from: day("2020-01-01"),
        until: None,
        season: domain::Season::default(),
    }
}

fn period(from: &str, until: &str) -> Period {
    Period { from: day(from), until: day(until) }
}

#[test]
fn a_holiday_makes_the_slots_of_a_holiday() {
    let needs = [need(1, Days::WORKDAYS, "18:00", "22:00"), need(2, Days::FREE, "09:00", "13:00")];
    // 14 July 2026 is a Tuesday; in Quebec it is just that.
    let of = |calendar| -> Vec<u128> {
        slots(&needs, period("2026-07-13", "2026-07-15"), PARIS, calendar)
            .iter()
            .filter(|slot| slot.rung == Rung::Lead)
            .map(|slot| slot.need.0.as_u128())
            .collect()
    };
    assert_eq!(of(Calendar::France), [1, 2, 1]);
    assert_eq!(of(Calendar::Quebec), [1, 1, 1]);
}

#[test]
fn only_leads_must_speak_the_languages_of_a_need() {
    let slots = slots(
        &[need(1, Days::ALL, "18:00", "22:00")],
        period("2026-07-01", "2026-07-01"),
        PARIS,
        Calendar::France,
    );
    let of: Vec<_> = slots.iter().map(|slot| (slot.rung, slot.languages.len())).collect();
    assert_eq!(of, [(Rung::Lead, 1), (Rung::Backup, 0)]);
}

#[test]
fn places_of_a_rung_are_numbered() {
    let three = Need { leads: 3, backups: 2, ..need(1, Days::ALL, "18:00", "22:00") };
    let slots = slots(&[three], period("2026-07-01", "2026-07-01"), PARIS, Calendar::France);
    let of: Vec<_> = slots.iter().map(|slot| (slot.rung, slot.place)).collect();
    use Rung::{Backup, Lead};
    assert_eq!(of, [(Lead, 0), (Lead, 1), (Lead, 2), (Backup, 0), (Backup, 1)]);
}

#[test]
fn a_need_begins_and_ends_on_its_days() {
    let season = Need {
        from: day("2026-07-02"),
        until: Some(day("2026-07-03")),
        ..need(1, Days::ALL, "18:00", "22:00")
    };
    let slots = slots(&[season], period("2026-07-01", "2026-07-05"), PARIS, Calendar::France);
    let days: Vec<_> = slots.iter().map(|slot| slot.day.to_string()).collect();
    assert_eq!(days, ["2026-07-02", "2026-07-02", "2026-07-03", "2026-07-03"]);
}

#[test]
fn a_season_a_dated_exception_and_other_hours_that_day_make_the_slots_of_a_year() {
    let part = YearPart::Yearly { from: "06-15".parse().unwrap(), until: "09-15".parse().unwrap() };
    let summer = Need {
        season: Season { part, except: vec![day("2026-07-14")] },
        ..need(1, Days::ALL, "18:00", "22:00")
    };
    let fireworks = Need {
        from: day("2026-07-14"),
        until: Some(day("2026-07-14")),
        ..need(2, Days::ALL, "20:00", "01:00")
    };
    let slots = slots(&[summer, fireworks], period("2026-06-14", "2027-06-15"), PARIS, Calendar::France);
    let leads: Vec<_> = slots.iter().filter(|slot| slot.rung == Rung::Lead).collect();
    assert_eq!(leads.len(), 16 + 31 + 31 + 15 + 1, "of 2026, and the first day of 2027");
    let national: Vec<_> = leads.iter().filter(|slot| slot.day == day("2026-07-14")).collect();
    assert_eq!(
        national.iter().map(|slot| slot.span).collect::<Vec<_>>(),
        [span("2026-07-14 20:00", "01:00")]
    );
}

#[test]
fn school_holidays_of_a_zone_open_a_need_and_close_another() {
    let known = vec![(day("2026-02-07"), day("2026-02-22"))];
    let school = |inside| Need {
        season: Season {
            part: YearPart::School { zone: "B".to_owned(), inside, known: known.clone() },
            except: Vec::new(),
        },
        ..need(1 + u128::from(inside), Days::ALL, "18:00", "22:00")
    };
    let slots =
        slots(&[school(true), school(false)], period("2026-02-06", "2026-02-23"), PARIS, Calendar::France);
    let inside: Vec<bool> = slots
        .iter()
        .filter(|slot| slot.rung == Rung::Lead)
        .map(|slot| slot.need == school(true).id)
        .collect();
    assert_eq!(inside.len(), 18);
    assert!(!inside[0] && !inside[17] && inside[1..17].iter().all(|inside| *inside));
}

/// Five zones with their holidays, and both nights on which their clocks change in 2026.
const CLOCKS: [(Tz, Calendar, [&str; 2]); 5] = [
    (Tz::Europe__Paris, Calendar::AlsaceMoselle, ["2026-03-28", "2026-10-24"]),
    (Tz::Europe__London, Calendar::France, ["2026-03-28", "2026-10-24"]),
    (Tz::America__Toronto, Calendar::Quebec, ["2026-03-07", "2026-10-31"]),
    (Tz::Australia__Lord_Howe, Calendar::France, ["2026-10-03", "2026-04-04"]),
    (Tz::America__Santiago, Calendar::France, ["2026-09-05", "2026-04-04"]),
];

#[test]
fn nights_are_as_long_as_they_really_are() {
    let night = [need(1, Days::ALL, "22:00", "06:00")];
    let of = |date: &str| slots(&night, period(date, date), PARIS, Calendar::France)[0].span.length();
    assert_eq!(of("2026-03-27"), Minutes::hours(8));
    assert_eq!(of("2026-03-28"), Minutes::hours(7));
    assert_eq!(of("2026-10-24"), Minutes::hours(9));
}

#[test]
fn hours_the_clocks_jump_over_make_no_slot() {
    let gap = [need(1, Days::ALL, "02:00", "03:00")];
    assert_eq!(slots(&gap, period("2026-03-29", "2026-03-29"), PARIS, Calendar::France), []);
    assert_eq!(slots(&gap, period("2026-03-28", "2026-03-28"), PARIS, Calendar::France).len(), 2);
}

#[test]
fn office_hours_leave_out_days_off_and_keep_the_variant_of_duty_days() {
    let window = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let usual = [window("09:00", "12:00"), window("13:00", "17:00")];
    let late = [window("11:00", "17:00")];
    let days = office_days(&usual, Some(&late), period("2026-07-10", "2026-07-14"), PARIS, Calendar::France);
    // Saturday, Sunday and the national day are free.
    assert_eq!(
        days.iter().map(|office| office.day.to_string()).collect::<Vec<_>>(),
        ["2026-07-10", "2026-07-13"]
    );
    assert_eq!(days[0].usual, [span("2026-07-10 09:00", "12:00"), span("2026-07-10 13:00", "17:00")]);
    assert_eq!(days[0].on_duty, [span("2026-07-10 11:00", "17:00")]);
    let plain = office_days(&usual, None, period("2026-07-10", "2026-07-10"), PARIS, Calendar::France);
    assert_eq!(plain[0].usual, plain[0].on_duty);
}

proptest! {
    #[test]
    fn windows_make_slots_that_are_right_on_both_nights_of_changing_clocks(
        zone in 0_usize..5, night in 0_usize..2, from in 0_i64..1_440, lasts in 1_i64..=1_440,
        days in 1_u8..=255, first in 0_u32..366, length in 0_u32..366, except in any::<bool>(),
    ) {
        let (zone, calendar, nights) = CLOCKS[zone];
        let (eve, wall) = (day(nights[night]), |minutes: i64| chrono::NaiveTime::MIN + chrono::Duration::minutes(minutes));
        let year_day = |at: u32| YearDay::of(day("2026-01-01") + chrono::Days::new(u64::from(at % 365)));
        let season = Season {
            part: YearPart::Yearly { from: year_day(first), until: year_day(first + length) },
            except: if except { vec![eve] } else { Vec::new() },
        };
        let asked = Need {
            window: Window { days: Days(days), from: wall(from), until: wall((from + lasts) % 1_440) },
            season: season.clone(),
            ..need(1, Days::ALL, "18:00", "22:00")
        };
        let around = Period { from: eve - chrono::Days::new(1), until: eve + chrono::Days::new(1) };
        let made = slots(std::slice::from_ref(&asked), around, zone, calendar);
        for today in around.days() {
            let spans: Vec<_> = made.iter().filter(|slot| slot.day == today && slot.rung == Rung::Lead).map(|slot| slot.span).collect();
            let kind = if calendar.is_holiday(today) { 7 } else { today.weekday().num_days_from_monday() };
            let runs = days >> kind & 1 == 1 && season.runs_on(today);
            let (start, end) = (today.and_time(wall(0)) + chrono::Duration::minutes(from), today.and_time(wall(0)) + chrono::Duration::minutes(from + lasts));
            let (start, end) = (time::to_utc(start, zone), time::to_utc(end, zone));
            // No slot where the clocks jump over all of it, and real minutes everywhere.
            let expected: Vec<_> = (runs && start < end).then_some((start, end)).into_iter().collect();
            prop_assert_eq!(spans.iter().map(|span| (span.start(), span.end())).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn slots_come_in_order_whatever_the_order_of_needs(seed in any::<u64>(), start in 0_u64..400) {
        let mut needs = vec![
            need(1, Days::WORKDAYS, "18:00", "22:00"),
            need(2, Days::FREE, "09:00", "13:00"),
            need(3, Days::ALL, "22:00", "06:00"),
            need(4, Days::ALL, "18:00", "22:00"),
        ];
        let from = day("2026-01-01") + chrono::Days::new(start);
        let period = Period { from, until: from + chrono::Days::new(14) };
        let first = slots(&needs, period, PARIS, Calendar::France);
        prop_assert!(first.is_sorted_by_key(|slot| slot.span.start()));
        let (one, two) = (usize::try_from(seed % 4).unwrap(), usize::try_from(seed / 4 % 4).unwrap());
        needs.swap(one, two);
        prop_assert_eq!(slots(&needs, period, PARIS, Calendar::France), first);
    }
}
