//! Public holidays: chosen years by hand, laws by chance, and the tables of the statutes where
//! they are at hand.

#![allow(clippy::unwrap_used, reason = "a helper of tests may fail as loudly as a test")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate, Weekday};
use domain::holidays::{Calendar, Holiday, easter};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of_year(calendar: Calendar, year: i32) -> Vec<String> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let days = first.iter_days().take_while(|day| day.year() == year);
    days.filter(|day| calendar.is_holiday(*day)).map(|day| day.format("%m-%d").to_string()).collect()
}

#[test]
fn easter_falls_where_the_church_put_it() {
    // Both ends of its range, both exceptions of the reckoning (1954, 1981), and this decade.
    for sunday in [
        "1818-03-22",
        "1943-04-25",
        "2038-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2049-04-18",
        "2076-04-19",
    ] {
        let sunday = day(sunday);
        assert_eq!(easter(sunday.year()), Some(sunday));
    }
}

#[test]
fn france_keeps_eleven_days() {
    let days =
        ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"];
    assert_eq!(of_year(Calendar::France, 2026), days);
}

#[test]
fn quebec_keeps_eight_days_with_good_friday_for_easter() {
    let days = ["01-01", "04-03", "05-18", "06-24", "07-01", "09-07", "10-12", "12-25"];
    assert_eq!(of_year(Calendar::Quebec, 2026), days);
}

#[test]
fn canada_day_is_kept_on_the_second_when_the_first_is_a_sunday() {
    assert!(!Calendar::Quebec.is_holiday(day("2029-07-01")));
    assert_eq!(Calendar::Quebec.holiday_on(day("2029-07-02")), Some(Holiday::CanadaDay));
    assert!(!Calendar::Quebec.is_holiday(day("2030-07-02")));
}

#[test]
fn patriots_day_is_the_monday_before_the_twenty_fifth_of_may() {
    // In 2026 the 25th is a Monday itself.
    assert_eq!(Calendar::Quebec.holiday_on(day("2026-05-18")), Some(Holiday::PatriotsDay));
    assert!(!Calendar::Quebec.is_holiday(day("2026-05-25")));
    // In 2027 the Monday before is the 24th.
    assert_eq!(Calendar::Quebec.holiday_on(day("2027-05-24")), Some(Holiday::PatriotsDay));
}

#[test]
fn saint_john_stays_on_its_day_even_on_a_sunday() {
    assert_eq!(Calendar::Quebec.holiday_on(day("2029-06-24")), Some(Holiday::NationalDay));
    assert!(!Calendar::Quebec.is_holiday(day("2029-06-25")));
}

#[test]
fn who_rests_on_sundays_has_saint_john_on_monday() {
    assert!(Calendar::Quebec.in_lieu_on(day("2029-06-25")));
    assert!(!Calendar::Quebec.in_lieu_on(day("2030-06-25")));
    assert!(!Calendar::France.in_lieu_on(day("2029-06-25")));
}

#[test]
fn good_friday_is_a_matter_of_the_commune_in_alsace() {
    assert!(Calendar::AlsaceMoselleGoodFriday.is_holiday(day("2026-04-03")));
    assert!(!Calendar::AlsaceMoselle.is_holiday(day("2026-04-03")));
    assert!(Calendar::AlsaceMoselle.is_holiday(day("2026-12-26")));
    assert!(!Calendar::France.is_holiday(day("2026-12-26")));
}

#[test]
fn neighbours_and_islands_keep_their_own_days() {
    for (calendar, own) in [
        (Calendar::Belgium, "2026-07-21"),
        (Calendar::Luxembourg, "2026-06-23"),
        (Calendar::Luxembourg, "2026-05-09"),
        (Calendar::Switzerland, "2026-08-01"),
        (Calendar::Guadeloupe, "2026-05-27"),
        (Calendar::Martinique, "2026-05-22"),
        (Calendar::Guyane, "2026-06-10"),
        (Calendar::Reunion, "2026-12-20"),
        (Calendar::Mayotte, "2026-04-27"),
        (Calendar::SaintBarthelemy, "2026-10-09"),
        (Calendar::QuebecEasterMonday, "2026-04-06"),
    ] {
        assert!(calendar.is_holiday(day(own)), "{calendar:?}");
        let keeps = |one: &Calendar| one.is_holiday(day(own));
        assert!(!keeps(&Calendar::Quebec) && (own == "2026-04-06" || !keeps(&Calendar::France)), "{own}");
    }
}

#[test]
fn cantons_keep_their_own_days_beside_the_four_of_all() {
    for (calendar, days) in [
        (Calendar::Bern, "01-01 01-02 04-03 04-06 05-14 05-25 08-01 12-25 12-26"),
        (Calendar::Fribourg, "01-01 04-03 05-14 06-04 08-01 08-15 11-01 12-08 12-25"),
        (Calendar::Geneva, "01-01 04-03 04-06 05-14 05-25 08-01 09-10 12-25 12-31"),
        (Calendar::Jura, "01-01 01-02 04-03 04-06 05-01 05-14 05-25 06-04 06-23 08-01 08-15 11-01 12-25"),
        (Calendar::Neuchatel, "01-01 03-01 04-03 05-01 05-14 08-01 12-25"),
        (Calendar::Valais, "01-01 03-19 05-14 06-04 08-01 08-15 11-01 12-08 12-25"),
        (Calendar::Vaud, "01-01 01-02 04-03 04-06 05-14 05-25 08-01 09-21 12-25"),
    ] {
        assert_eq!(of_year(calendar, 2026).join(" "), days, "{calendar:?}");
        assert!(calendar.is_swiss());
    }
    // In 2022 Christmas is a Sunday in Neuchâtel too, and in 2023 New Year's Day.
    assert!(
        Calendar::Neuchatel.is_holiday(day("2022-12-26"))
            && Calendar::Neuchatel.is_holiday(day("2023-01-02"))
    );
}

#[test]
fn every_day_names_its_statute() {
    let source = |calendar: Calendar, holiday| calendar.source(holiday);
    assert_eq!(source(Calendar::AlsaceMoselle, Holiday::StStephen), "Code du travail, L3134-13");
    assert_eq!(source(Calendar::AlsaceMoselle, Holiday::Christmas), "Code du travail, L3133-1");
    assert_eq!(source(Calendar::Mayotte, Holiday::Abolition), "Code du travail, L3422-2");
    assert_eq!(
        source(Calendar::Quebec, Holiday::NationalDay),
        "Loi sur la fête nationale (RLRQ, F-1.1), art. 2"
    );
    assert_eq!(source(Calendar::Vaud, Holiday::NationalDay), "Constitution fédérale, art. 110 al. 3");
}

#[test]
fn two_holidays_on_one_day_are_one_day() {
    // Ascension on 1 May 2008 and on 8 May 2059.
    assert_eq!(of_year(Calendar::France, 2008).len(), 10);
    assert_eq!(Calendar::France.holiday_on(day("2008-05-01")), Some(Holiday::LabourDay));
    assert_eq!(Calendar::France.holiday_on(day("2059-05-08")), Some(Holiday::VictoryDay));
}

#[test]
fn words_are_told_apart() {
    let words: BTreeSet<&str> =
        Calendar::ALL.iter().flat_map(|one| one.holidays()).map(|one| one.word()).collect();
    assert_eq!(words.len(), 27);
    for calendar in Calendar::ALL {
        assert_eq!(Calendar::from_word(calendar.word()), Some(calendar));
    }
}

/// The days of a table, those left out that a note says are another choice.
fn table(file: &str) -> Option<BTreeSet<NaiveDate>> {
    let Some(folder) = std::env::var_os("VEILLEUSE_CASES") else {
        // Past the capture of test output: a run without cases must be seen.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT RUN: holidays/{file}: VEILLEUSE_CASES names no folder of outside cases ***\n"
        );
        return None;
    };
    let path = PathBuf::from(folder).join("holidays").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let not_ours = |line: &&str| !line.contains("option B") && !line.contains("only for employees");
    Some(text.lines().skip(1).filter(not_ours).map(|line| day(&line[..10])).collect())
}

#[test]
fn every_day_is_as_the_tables_of_the_statutes_say() {
    for (calendar, file) in [(Calendar::France, "FR.csv"), (Calendar::Quebec, "CA_QC_lnt.csv")] {
        let Some(table) = table(file) else { return };
        let days = day("2024-01-01").iter_days().take_while(|day| day.year() < 2031);
        let ours: BTreeSet<NaiveDate> = days.filter(|day| calendar.is_holiday(*day)).collect();
        assert_eq!(ours, table);
        println!("{file}: {} days agree", table.len());
    }
}

proptest! {
    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april(year in 1583_i32..9999) {
        let sunday = easter(year).unwrap();
        prop_assert_eq!(sunday.weekday(), Weekday::Sun);
        let (first, last) = (NaiveDate::from_ymd_opt(year, 3, 22).unwrap(), NaiveDate::from_ymd_opt(year, 4, 25).unwrap());
        prop_assert!(first <= sunday && sunday <= last);
    }

    #[test]
    fn every_year_holds_every_holiday_once(year in 1990_i32..2200) {
        for calendar in Calendar::ALL {
            // Neuchâtel has two that fall only after a Sunday.
            let kept: Vec<_> = calendar.holidays().filter_map(|one| calendar.day_of(one, year)).collect();
            let left_out = calendar.holidays().count() - kept.len();
            prop_assert!(left_out == 0 || calendar == Calendar::Neuchatel);
            let days: BTreeSet<_> = kept.iter().collect();
            let count = of_year(calendar, year).len();
            prop_assert_eq!(days.len(), count);
            prop_assert!(count >= kept.len() - 1);
            prop_assert!(calendar.holidays().all(|one| !calendar.source(one).is_empty()));
        }
    }
}
