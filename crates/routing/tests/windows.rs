//! Opening hours, coverage, and the next moment at which somebody will be there.

#![allow(clippy::unwrap_used, reason = "a helper of tests may fail as loudly as a test")]

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Europe::Paris;
use domain::{Calendar, Cents, ChannelKind, Coverage, Days, PoolId, Span, Window, to_utc};
use proptest::prelude::*;
use routing::Hours;
use routing::windows::{covering, next_duty};
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    to_utc(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), Paris)
}

fn window(days: Days, from: &str, until: &str) -> Window {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    Window { days, from: time(from), until: time(until) }
}

fn hours(windows: &[Window]) -> Hours<'_> {
    Hours { windows, zone: Paris, calendar: Calendar::France }
}

/// Evenings of weekdays, all day on free days.
fn watch() -> Vec<Window> {
    vec![window(Days::WORKDAYS, "18:00", "22:00"), window(Days::FREE, "09:00", "22:00")]
}

fn coverage(number: u128, from: &str, channels: &[ChannelKind]) -> Coverage {
    Coverage {
        id: Uuid::from_u128(number).into(),
        pool: pool(),
        organisation: Uuid::from_u128(2).into(),
        offer: Uuid::from_u128(3).into(),
        windows: watch(),
        channels: channels.to_vec(),
        monthly: Cents(12_900),
        from: at(from),
        until: None,
    }
}

fn pool() -> PoolId {
    Uuid::from_u128(1).into()
}

fn duty(from: &str, until: &str) -> (PoolId, Span) {
    (pool(), Span::new(at(from), at(until)).unwrap())
}

#[test]
fn a_desk_is_open_in_its_hours_and_closed_on_holidays() {
    let desk = [window(Days::WORKDAYS, "09:00", "12:30"), window(Days::WORKDAYS, "13:30", "17:00")];
    let open = |text| hours(&desk).open_at(at(text));
    assert!(open("2026-07-13 09:00"));
    assert!(!open("2026-07-13 12:30"));
    assert!(open("2026-07-13 16:59"));
    assert!(!open("2026-07-13 17:00"));
    assert!(!open("2026-07-14 10:00"));
}

#[test]
fn the_next_opening_is_after_the_break_or_after_the_holiday() {
    let desk = [window(Days::WORKDAYS, "09:00", "12:30"), window(Days::WORKDAYS, "13:30", "17:00")];
    let next = |text| hours(&desk).next_opening(at(text));
    assert_eq!(next("2026-07-13 12:45"), Some(at("2026-07-13 13:30")));
    assert_eq!(next("2026-07-13 17:00"), Some(at("2026-07-15 09:00")));
    assert_eq!(hours(&[]).next_opening(at("2026-07-13 17:00")), None);
}

#[test]
fn a_window_that_opens_while_another_runs_is_no_opening() {
    let desk = [window(Days::ALL, "09:00", "14:00"), window(Days::ALL, "13:00", "17:00")];
    assert_eq!(hours(&desk).next_opening(at("2026-07-13 10:00")), Some(at("2026-07-14 09:00")));
    let round_the_clock = [window(Days::ALL, "00:00", "00:00")];
    assert_eq!(hours(&round_the_clock).next_opening(at("2026-07-13 10:00")), None);
}

#[test]
fn coverage_runs_from_the_instant_it_was_ordered_on_its_channels_in_its_hours() {
    let bought = [coverage(1, "2026-07-06 19:00", &[ChannelKind::WebChat])];
    let covers = |channel, text| {
        covering(&bought, channel, Paris, Calendar::France, at(text)).map(|coverage| coverage.id.0.as_u128())
    };
    assert_eq!(covers(ChannelKind::WebChat, "2026-07-06 18:59"), None);
    assert_eq!(covers(ChannelKind::WebChat, "2026-07-06 19:00"), Some(1));
    assert_eq!(covers(ChannelKind::Email, "2026-07-06 19:00"), None);
    assert_eq!(covers(ChannelKind::WebChat, "2026-07-06 22:00"), None);
    // The national day is watched from nine.
    assert_eq!(covers(ChannelKind::WebChat, "2026-07-14 10:00"), Some(1));
    assert_eq!(covers(ChannelKind::WebChat, "2026-07-15 10:00"), None);
}

#[test]
fn of_two_coverages_the_first_ordered_counts() {
    let both = [
        coverage(2, "2026-06-01 00:00", &[ChannelKind::WebChat]),
        coverage(1, "2026-07-01 00:00", &[ChannelKind::WebChat]),
    ];
    let running =
        covering(&both, ChannelKind::WebChat, Paris, Calendar::France, at("2026-07-06 19:00")).unwrap();
    assert_eq!(running.id.0.as_u128(), 2);
}

#[test]
fn the_next_duty_is_where_a_shift_meets_covered_hours() {
    let bought = [coverage(1, "2026-07-01 00:00", &[ChannelKind::WebChat])];
    let next = |duties: &[(PoolId, Span)], now| {
        next_duty(&bought, ChannelKind::WebChat, Paris, Calendar::France, duties, at(now))
    };
    // The shift begins at noon for others; this office is covered from six.
    assert_eq!(
        next(&[duty("2026-07-06 12:00", "2026-07-06 22:00")], "2026-07-06 10:00"),
        Some(at("2026-07-06 18:00"))
    );
    // Within the duty, now.
    assert_eq!(
        next(&[duty("2026-07-06 18:00", "2026-07-06 22:00")], "2026-07-06 19:30"),
        Some(at("2026-07-06 19:30"))
    );
    // A hole on Monday: it waits for Tuesday.
    assert_eq!(
        next(&[duty("2026-07-07 18:00", "2026-07-07 22:00")], "2026-07-06 19:30"),
        Some(at("2026-07-07 18:00"))
    );
    assert_eq!(next(&[duty("2026-07-06 12:00", "2026-07-06 17:00")], "2026-07-06 10:00"), None);
    let elsewhere = (Uuid::from_u128(9).into(), duty("2026-07-06 18:00", "2026-07-06 22:00").1);
    assert_eq!(next(&[elsewhere], "2026-07-06 10:00"), None);
}

#[test]
fn a_duty_after_the_end_of_the_coverage_is_not_promised() {
    let ends = Coverage {
        until: Some(at("2026-07-06 18:00")),
        ..coverage(1, "2026-07-01 00:00", &[ChannelKind::Email])
    };
    let duties = [duty("2026-07-06 18:00", "2026-07-06 22:00")];
    let next =
        next_duty(&[ends], ChannelKind::Email, Paris, Calendar::France, &duties, at("2026-07-06 10:00"));
    assert_eq!(next, None);
}

fn any_windows() -> impl Strategy<Value = Vec<Window>> {
    let time =
        || (0_u32..96).prop_map(|quarter| NaiveTime::from_hms_opt(quarter / 4, quarter % 4 * 15, 0).unwrap());
    let window =
        (1_u8.., time(), time()).prop_map(|(days, from, until)| Window { days: Days(days), from, until });
    prop::collection::vec(window, 0..4)
}

proptest! {
    #[test]
    fn at_the_next_opening_a_closed_door_opens(windows in any_windows(), quarter in 0_i64..96 * 700) {
        let now = at("2026-01-01 00:00") + Duration::minutes(15 * quarter);
        if let Some(next) = hours(&windows).next_opening(now) {
            prop_assert!(next > now);
            prop_assert!(hours(&windows).open_at(next));
            prop_assert!(!hours(&windows).open_at(next - Duration::seconds(1)));
        }
    }

    #[test]
    fn stretches_are_apart_and_hold_exactly_the_open_hours(windows in any_windows(), quarter in 0_i64..96 * 700) {
        let now = at("2026-01-01 00:00") + Duration::minutes(15 * quarter);
        let around = Span::new(now - Duration::days(2), now + Duration::days(2)).unwrap();
        let stretches = hours(&windows).stretches_in(around);
        prop_assert!(stretches.windows(2).all(|pair| pair[0].end() < pair[1].start()));
        prop_assert_eq!(stretches.iter().any(|span| span.contains(now)), hours(&windows).open_at(now));
    }
}
