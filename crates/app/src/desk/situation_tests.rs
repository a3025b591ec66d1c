//! What is known of a desk at a moment, by example.

use chrono::NaiveTime;
use domain::{Calendar, Days, Language, Minutes, OrganisationId, OrganisationKind};
use uuid::Uuid;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn office() -> Organisation {
    Organisation {
        id: OrganisationId(Uuid::from_u128(1)),
        kind: OrganisationKind::Office,
        name: "Vieux-Port".to_owned(),
        slug: "vieux-port".to_owned(),
        zone: domain::Tz::Europe__Paris,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 0,
        promise: Minutes(5),
    }
}

fn hours(from: &str, until: &str, first: &str, last: Option<&str>) -> OpeningHours {
    let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    OpeningHours {
        organisation: office().id,
        window: Window { days: Days::WORKDAYS, from: clock(from), until: clock(until) },
        from: first.parse().unwrap(),
        until: last.map(|day| day.parse().unwrap()),
    }
}

fn desk(opening: Vec<OpeningHours>) -> Desk {
    Desk { office: office(), opening, coverages: Vec::new(), duties: Vec::new() }
}

#[test]
fn own_hours_run_from_their_first_minute_and_end_before_their_last() {
    let desk = desk(vec![hours("09:00", "17:00", "2026-01-01", None)]);
    assert_eq!(own_desk_until(&desk, at("2026-12-04T08:59:59+01:00")), None);
    assert_eq!(own_desk_until(&desk, at("2026-12-04T09:00:00+01:00")), Some(at("2026-12-04T17:00:00+01:00")));
    assert_eq!(own_desk_until(&desk, at("2026-12-04T17:00:00+01:00")), None);
}

#[test]
fn two_windows_that_touch_are_one_stretch() {
    let desk =
        desk(vec![hours("09:00", "12:00", "2026-01-01", None), hours("12:00", "18:00", "2026-01-01", None)]);
    assert_eq!(own_desk_until(&desk, at("2026-12-04T10:00:00+01:00")), Some(at("2026-12-04T18:00:00+01:00")));
}

#[test]
fn a_desk_opens_next_on_monday_and_not_on_a_holiday() {
    let desk = desk(vec![hours("09:00", "17:00", "2026-01-01", None)]);
    assert_eq!(
        own_desk_opens_at(&desk, at("2026-12-04T19:00:00+01:00")),
        Some(at("2026-12-07T09:00:00+01:00"))
    );
    assert_eq!(
        own_desk_opens_at(&desk, at("2026-12-24T19:00:00+01:00")),
        Some(at("2026-12-28T09:00:00+01:00"))
    );
}

#[test]
fn hours_that_begin_next_month_open_then_and_hours_that_ended_never() {
    let now = at("2026-12-04T19:00:00+01:00");
    let later = desk(vec![hours("10:00", "12:00", "2027-01-04", None)]);
    assert_eq!(own_desk_opens_at(&later, now), Some(at("2027-01-04T10:00:00+01:00")));
    assert_eq!(own_desk_until(&later, at("2026-12-04T11:00:00+01:00")), None);
    let past = desk(vec![hours("10:00", "12:00", "2026-01-01", Some("2026-12-04"))]);
    assert_eq!(own_desk_opens_at(&past, now), None);
}

#[test]
fn a_desk_opens_at_nine_by_the_clock_on_the_monday_after_the_clocks_change() {
    let desk = desk(vec![hours("09:00", "17:00", "2026-01-01", None)]);
    assert_eq!(
        own_desk_opens_at(&desk, at("2026-03-28T12:00:00+01:00")),
        Some(at("2026-03-30T09:00:00+02:00"))
    );
    assert_eq!(
        own_desk_opens_at(&desk, at("2026-10-24T12:00:00+02:00")),
        Some(at("2026-10-26T09:00:00+01:00"))
    );
}
