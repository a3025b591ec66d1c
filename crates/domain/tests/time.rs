//! The bridge between wall clocks and instants, on both odd nights of the year.

#![allow(clippy::unwrap_used, reason = "a helper of tests may fail as loudly as a test")]

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use chrono_tz::America::Montreal;
use chrono_tz::Australia::Lord_Howe;
use chrono_tz::Europe::Paris;
use chrono_tz::Tz;
use domain::time::{civil_day, day as day_at, monday_of, to_micros, wall};
use domain::{Calendar, Cents, Days, Language, Minutes, Span, Window, to_utc};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn window(days: Days, from: &str, until: &str) -> Window {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    Window { days, from: time(from), until: time(until) }
}

fn length(window: Window, on: &str, zone: Tz) -> Option<u32> {
    window.on(day(on), zone).map(|span| span.length().0)
}

#[test]
fn an_ordinary_wall_clock_is_one_instant() {
    assert_eq!(to_utc(clock("2026-07-14 18:00"), Paris), utc("2026-07-14T16:00:00Z"));
    assert_eq!(to_utc(clock("2026-01-14 18:00"), Montreal), utc("2026-01-14T23:00:00Z"));
    assert_eq!(to_utc(clock("2026-07-14 18:00"), Lord_Howe), utc("2026-07-14T07:30:00Z"));
}

#[test]
fn in_the_spring_gap_the_clock_is_read_as_if_it_had_not_changed() {
    assert_eq!(to_utc(clock("2026-03-29 02:30"), Paris), to_utc(clock("2026-03-29 03:30"), Paris));
    assert_eq!(to_utc(clock("2026-03-29 02:30"), Paris), utc("2026-03-29T01:30:00Z"));
    assert_eq!(to_utc(clock("2026-03-08 02:00"), Montreal), utc("2026-03-08T07:00:00Z"));
    // Half an hour on Lord Howe Island: 02:15 becomes 02:45.
    assert_eq!(to_utc(clock("2026-10-04 02:15"), Lord_Howe), to_utc(clock("2026-10-04 02:45"), Lord_Howe));
}

#[test]
fn in_the_autumn_fold_the_first_of_the_two_is_meant() {
    assert_eq!(to_utc(clock("2026-10-25 02:30"), Paris), utc("2026-10-25T00:30:00Z"));
    assert_eq!(to_utc(clock("2026-11-01 01:30"), Montreal), utc("2026-11-01T05:30:00Z"));
    assert_eq!(to_utc(clock("2026-04-05 01:45"), Lord_Howe), utc("2026-04-04T14:45:00Z"));
}

#[test]
fn a_day_that_was_skipped_altogether_still_has_an_answer() {
    // Samoa had no 30 December 2011.
    let apia: Tz = "Pacific/Apia".parse().unwrap();
    assert_eq!(to_utc(clock("2011-12-30 12:00"), apia), to_utc(clock("2011-12-31 12:00"), apia));
}

#[test]
fn a_civil_day_is_as_long_as_it_really_is() {
    let hours = |on, zone| civil_day(day(on), zone).length();
    assert_eq!(hours("2026-03-28", Paris), Minutes::hours(24));
    assert_eq!(hours("2026-03-29", Paris), Minutes::hours(23));
    assert_eq!(hours("2026-10-25", Paris), Minutes::hours(25));
    assert_eq!(hours("2026-10-04", Lord_Howe), Minutes(23 * 60 + 30));
    assert_eq!(hours("2026-04-05", Lord_Howe), Minutes(24 * 60 + 30));
}

#[test]
fn a_window_past_midnight_ends_on_the_next_day() {
    let night = window(Days::ALL, "22:00", "06:00");
    assert_eq!(length(night, "2026-06-10", Paris), Some(8 * 60));
    assert_eq!(length(night, "2026-03-28", Paris), Some(7 * 60));
    assert_eq!(length(night, "2026-10-24", Paris), Some(9 * 60));
    assert_eq!(length(night, "2026-10-31", Montreal), Some(9 * 60));
    assert_eq!(length(night, "2026-10-03", Lord_Howe), Some(7 * 60 + 30));
    assert_eq!(length(window(Days::ALL, "00:00", "00:00"), "2026-10-25", Paris), Some(25 * 60));
}

#[test]
fn a_window_ends_at_its_civil_time_and_not_after_its_usual_length() {
    let evening = window(Days::ALL, "20:00", "02:00").on(day("2026-10-24"), Paris).unwrap();
    assert_eq!(wall(evening.end(), Paris), clock("2026-10-25 02:00"));
    let morning = window(Days::ALL, "01:00", "09:00").on(day("2026-03-29"), Paris).unwrap();
    assert_eq!(wall(morning.end(), Paris), clock("2026-03-29 09:00"));
    assert_eq!(morning.length(), Minutes::hours(7));
}

#[test]
fn hours_the_clocks_jump_over_do_not_open() {
    let gap = window(Days::ALL, "02:00", "03:00");
    assert_eq!(length(gap, "2026-03-29", Paris), None);
    assert_eq!(length(gap, "2026-03-28", Paris), Some(60));
    // The clocks show these hours twice; they open once, until the second showing of their end.
    assert_eq!(length(gap, "2026-10-25", Paris), Some(120));
}

#[test]
fn a_holiday_is_not_its_weekday() {
    let weekdays = window(Days::WORKDAYS, "18:00", "22:00");
    let free = window(Days::FREE, "09:00", "22:00");
    let at = utc("2026-07-14T17:00:00Z");
    assert_eq!(weekdays.open_at(at, Paris, Calendar::France), None);
    assert!(free.open_at(at, Paris, Calendar::France).is_some());
    assert!(weekdays.open_at(at, Paris, Calendar::Quebec).is_some());
    assert!(free.open_at(at, Paris, Calendar::Quebec).is_none());
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    // 13 July is a Monday; the night runs into the national day all the same.
    let night = window(Days::of(Weekday::Mon), "20:00", "02:00");
    assert!(night.open_at(to_utc(clock("2026-07-14 01:59"), Paris), Paris, Calendar::France).is_some());
    assert!(night.open_at(to_utc(clock("2026-07-14 02:00"), Paris), Paris, Calendar::France).is_none());
}

#[test]
fn the_next_opening_lies_strictly_ahead_and_skips_the_days_that_do_not_count() {
    let weekdays = window(Days::WORKDAYS, "09:00", "17:00");
    let next = |from| {
        weekdays.next_opening(to_utc(clock(from), Paris), Paris, Calendar::France).map(|at| wall(at, Paris))
    };
    assert_eq!(next("2026-07-10 08:59"), Some(clock("2026-07-10 09:00")));
    assert_eq!(next("2026-07-10 09:00"), Some(clock("2026-07-13 09:00")));
    assert_eq!(next("2026-07-13 09:00"), Some(clock("2026-07-15 09:00")));
    let never = window(Days(0), "09:00", "17:00");
    assert_eq!(never.next_opening(utc("2026-07-10T00:00:00Z"), Paris, Calendar::France), None);
}

#[test]
fn yesterdays_night_is_among_the_stretches_of_today() {
    let night = window(Days::ALL, "22:00", "06:00");
    let today = civil_day(day("2026-06-10"), Paris);
    let stretches = night.spans_in(today, Paris, Calendar::France);
    let starts: Vec<_> = stretches.iter().map(|span| wall(span.start(), Paris)).collect();
    assert_eq!(starts, [clock("2026-06-09 22:00"), clock("2026-06-10 22:00")]);
}

#[test]
fn a_span_is_never_empty_and_never_runs_backwards() {
    let (one, two) = (utc("2026-06-10T10:00:00Z"), utc("2026-06-10T11:00:00Z"));
    assert!(Span::new(one, one).is_err());
    assert!(Span::new(two, one).is_err());
    let span = Span::new(one, two).unwrap();
    assert!(span.contains(one) && !span.contains(two));
    let touching = Span::new(two, two + Duration::hours(1)).unwrap();
    assert!(!span.overlaps(&touching));
    assert_eq!(span.common(&touching), None);
}

#[test]
fn the_monday_of_a_week_is_its_first_day() {
    assert_eq!(monday_of(day("2026-06-14")), day("2026-06-08"));
    assert_eq!(monday_of(day("2026-06-08")), day("2026-06-08"));
}

#[test]
fn days_are_the_kinds_they_hold() {
    assert_eq!(Days::WORKDAYS.and(Days::FREE), Days::ALL);
    assert!(Days::FREE.has(Days::HOLIDAYS));
    assert!(!Days::WORKDAYS.has(Days::HOLIDAYS));
    assert_eq!(format!("{:?}", Days::WORKDAYS), "MTWTF---");
}

#[test]
fn a_language_is_the_first_two_letters_of_its_tag() {
    let code = |tag| Language::parse(tag).map(|language| language.to_string());
    assert_eq!(code("fr").as_deref(), Some("fr"));
    assert_eq!(code(" DE-at ").as_deref(), Some("de"));
    assert_eq!(code("zh_Hans").as_deref(), Some("zh"));
    assert_eq!(code("en;q=0.8").as_deref(), Some("en"));
    for wrong in ["", "f", "fra", "f1", "1f", "é", "*"] {
        assert_eq!(code(wrong), None, "{wrong}");
    }
    assert_eq!(Language::FR.badge(), "FR");
}

#[test]
fn cents_are_written_as_units_and_cents() {
    assert_eq!(Cents(-507).parts(), (true, 5, 7));
    assert_eq!(Cents(12_900).parts(), (false, 129, 0));
    assert_eq!(Cents(i64::MIN).parts(), (true, 92_233_720_368_547_758, 8));
    assert_eq!([Cents(1), Cents(2), Cents(-4)].into_iter().sum::<Cents>(), Cents(-1));
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![Paris, Montreal, Lord_Howe])
}

/// Any minute of fifteen years.
fn any_minute() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..15 * 366 * 24 * 60).prop_map(|minutes| utc("2020-01-01T00:00:00Z") + Duration::minutes(minutes))
}

fn any_window() -> impl Strategy<Value = Window> {
    let minute =
        || (0_u32..24 * 60).prop_map(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap());
    (1_u8.., minute(), minute()).prop_map(|(days, from, until)| Window { days: Days(days), from, until })
}

proptest! {
    #[test]
    fn what_the_clock_shows_is_the_instant_again_or_its_twin_before(at in any_minute(), zone in any_zone()) {
        let back = to_utc(wall(at, zone), zone);
        prop_assert!(back == at || (back < at && wall(back, zone) == wall(at, zone)));
        prop_assert!(at - back <= Duration::hours(1));
    }

    #[test]
    fn later_clocks_never_mean_earlier_instants_but_for_the_length_of_a_gap(
        at in any_minute(), zone in any_zone(), ahead in 0_i64..3000,
    ) {
        let clock = wall(at, zone);
        let later = to_utc(clock + Duration::minutes(ahead), zone);
        prop_assert!(later >= to_utc(clock, zone) - Duration::hours(1));
    }

    #[test]
    fn civil_days_follow_each_other_without_a_hole(at in any_minute(), zone in any_zone()) {
        let today = day_at(at, zone);
        let (one, two) = (civil_day(today, zone), civil_day(today.succ_opt().unwrap(), zone));
        prop_assert_eq!(one.end(), two.start());
        prop_assert!(one.contains(at));
        prop_assert!((23 * 60..=25 * 60).contains(&one.length().0));
    }

    #[test]
    fn a_window_is_open_exactly_within_its_stretches(window in any_window(), at in any_minute(), zone in any_zone()) {
        let around = Span::new(at - Duration::hours(1), at + Duration::hours(1)).unwrap();
        let listed = window.spans_in(around, zone, Calendar::France).iter().any(|span| span.contains(at));
        prop_assert_eq!(window.open_at(at, zone, Calendar::France).is_some(), listed);
    }

    #[test]
    fn the_next_opening_opens(window in any_window(), at in any_minute(), zone in any_zone()) {
        if let Some(next) = window.next_opening(at, zone, Calendar::Quebec) {
            prop_assert!(next > at);
            let open = window.open_at(next, zone, Calendar::Quebec).unwrap();
            // On the night with two 02:30, a stretch of the day before may still be running.
            prop_assert!(open.contains(next));
        }
    }

    #[test]
    fn a_stretch_starts_and_ends_as_the_clocks_say_outside_the_odd_nights(
        window in any_window(), at in any_minute(), zone in any_zone(),
    ) {
        let date = day_at(at, zone);
        let ordinary = [date, date.succ_opt().unwrap()].iter().all(|one| civil_day(*one, zone).length() == Minutes::hours(24));
        prop_assume!(ordinary);
        let span = window.on(date, zone).unwrap();
        prop_assert_eq!(wall(span.start(), zone), date.and_time(window.from));
        prop_assert_eq!(wall(span.end(), zone).time(), window.until);
        prop_assert!(span.length() <= Minutes::hours(24));
    }

    #[test]
    fn what_two_spans_share_lies_in_both(a in any_minute(), b in any_minute(), c in 1_i64..5000, d in 1_i64..5000) {
        let one = Span::new(a, a + Duration::minutes(c)).unwrap();
        let two = Span::new(b, b + Duration::minutes(d)).unwrap();
        prop_assert_eq!(one.common(&two), two.common(&one));
        prop_assert_eq!(one.common(&two).is_some(), one.overlaps(&two));
        if let Some(both) = one.common(&two) {
            prop_assert!(both.start() >= one.start() && both.end() <= two.end());
            prop_assert!(both.length() <= one.length() && both.length() <= two.length());
        }
    }

    #[test]
    fn every_day_is_of_exactly_one_kind(at in any_minute()) {
        let date = at.date_naive();
        for calendar in Calendar::ALL {
            let kinds = (0..8).filter(|bit| Days(1 << bit).hold(date, calendar)).count();
            prop_assert_eq!(kinds, 1);
        }
        prop_assert_eq!(monday_of(date).weekday(), Weekday::Mon);
        prop_assert!((date - monday_of(date)).num_days() < 7);
    }

    #[test]
    fn an_instant_cut_to_microseconds_is_at_most_one_earlier(nanos in 0_i64..i64::MAX / 2) {
        let at = DateTime::from_timestamp_nanos(nanos);
        let cut = to_micros(at);
        prop_assert!(cut <= at && at - cut < Duration::microseconds(1));
    }

    #[test]
    fn parsing_a_language_never_fails_on_what_it_wrote(letters in "[a-zA-Z]{2}") {
        let language = Language::parse(&letters).unwrap();
        prop_assert_eq!(Language::parse(language.code()), Some(language));
        prop_assert_eq!(language.badge(), letters.to_ascii_uppercase());
    }

    #[test]
    fn any_text_at_all_can_be_asked_for_its_language(text in ".*") {
        let _ = Language::parse(&text);
    }
}
