//! What the past proposes: by example, and what holds whatever came.

use chrono::TimeDelta;
use domain::{NeedId, PoolId, Skills};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const PARIS: (Tz, Calendar) = (Tz::Europe__Paris, Calendar::France);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Eight weeks of autumn with one public holiday, a Tuesday.
fn autumn() -> Period {
    Period { from: day("2025-09-29"), until: day("2025-11-23") }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap()
}

fn need(days: Days, from: u32, until: u32, leads: u8) -> Need {
    Need {
        id: NeedId(Uuid::nil()),
        pool: PoolId(Uuid::nil()),
        window: Window { days, from: hour(from), until: hour(until) },
        leads,
        backups: 0,
        languages: Vec::new(),
        skills: Skills::default(),
        kind: domain::DutyKind::Active,
        from: day("2025-01-01"),
        until: None,
        season: domain::Season::default(),
    }
}

/// `count` messages at a quarter past `at` on every day of `days`.
fn written(days: Days, at: u32, count: usize) -> Vec<DateTime<Utc>> {
    let on = autumn().days().filter(|day| days.hold(*day, PARIS.1));
    let at = |day: NaiveDate| time::to_utc(day.and_time(hour(at)) + TimeDelta::minutes(15), PARIS.0);
    on.flat_map(|day| std::iter::repeat_n(at(day), count)).collect()
}

fn seen(arrivals: &[DateTime<Utc>], needs: &[Need]) -> Outlook {
    outlook(arrivals, autumn(), needs, PARIS, DemandTerms::default())
}

#[test]
fn hours_that_nobody_watches_are_proposed_in_whole_hours_and_what_came_is_missed() {
    let evenings = written(Days::WORKDAYS, 22, 1);
    let found = seen(&evenings, &[need(Days::WORKDAYS, 18, 22, 1)]);
    assert_eq!((found.messages, found.missed), (39, 39), "forty weekdays but the 11th of November");
    let [one] = &found.proposals[..] else { panic!("one proposal: {found:?}") };
    assert_eq!(one.window, Window { days: Days::WORKDAYS, from: hour(22), until: hour(23) });
    assert_eq!((one.now, one.people, one.messages, one.days, one.before), (0, 1, 39, 39, None));
}

#[test]
fn a_second_person_is_proposed_where_one_answers_too_few_in_time() {
    // Three messages in one half hour, six minutes each: a load of 0.6.
    let busy = written(Days::WORKDAYS, 18, 3);
    let found = seen(&busy, &[need(Days::WORKDAYS, 18, 22, 1)]);
    let [one] = &found.proposals[..] else { panic!("one proposal: {found:?}") };
    assert_eq!((one.window.days, one.now, one.people), (Days::WORKDAYS, 1, 2));
    let answered = (one.before.unwrap().answered_bp, one.after.answered_bp);
    assert_eq!(answered, (5_701, 9_569), "1 − 0.6·e^(−1/3), and the second case of the table at 0.6");
    assert!(one.after.giving_up_bp < one.before.unwrap().giving_up_bp);
    assert!(one.after.chats_at_once_bp > one.before.unwrap().chats_at_once_bp);
    assert_eq!(found.missed, 0);
}

#[test]
fn a_weekday_that_is_busier_than_the_others_is_proposed_alone() {
    let friday = Days::of(chrono::Weekday::Fri);
    let mut all = written(Days::WORKDAYS, 18, 1);
    all.extend(written(friday, 18, 3));
    let found = seen(&all, &[need(Days::WORKDAYS, 18, 22, 1)]);
    let days: Vec<Days> = found.proposals.iter().map(|one| one.window.days).collect();
    assert_eq!(days, [friday]);
}

#[test]
fn a_morning_and_a_night_without_watch_are_two_proposals_and_a_quiet_hour_between_is_none() {
    let mut all = written(Days::ALL, 8, 1);
    all.extend(written(Days::ALL, 13, 1));
    let found = seen(&all, &[]);
    let mut hours: Vec<_> = found.proposals.iter().map(|one| (one.window.from, one.window.until)).collect();
    hours.sort_unstable();
    assert_eq!(hours, [(hour(8), hour(9)), (hour(13), hour(14))]);
}

#[test]
fn a_window_past_midnight_watches_the_next_morning_too() {
    let night = [need(Days::ALL, 20, 2, 1)];
    assert_eq!(seen(&written(Days::ALL, 1, 1), &night).missed, 0);
    assert_eq!(seen(&written(Days::ALL, 2, 1), &night).missed, 56);
}

#[test]
fn hardly_a_message_proposes_nothing_and_is_missed_all_the_same() {
    let few: Vec<_> = written(Days::WORKDAYS, 3, 1).into_iter().take(29).collect();
    let found = seen(&few, &[]);
    assert_eq!((found.missed, found.proposals.len()), (29, 0));
    assert_eq!(seen(&written(Days::WORKDAYS, 3, 1), &[]).proposals.len(), 1);
}

proptest! {
    #[test]
    fn more_people_never_answer_less_and_a_proposal_reaches_what_it_promises(
        weights in prop::collection::vec((0_u32..24, 1_usize..4), 1..8),
        leads in 0_u8..3,
        percent in 50_u32..99,
    ) {
        let arrivals: Vec<_> = weights.iter().flat_map(|(at, count)| written(Days::ALL, *at, *count)).collect();
        let needs = [need(Days::ALL, 16, 23, leads)];
        let terms = DemandTerms { percent, ..DemandTerms::default() };
        let found = outlook(&arrivals, autumn(), &needs, PARIS, terms);
        prop_assert_eq!(found.messages as usize, arrivals.len());
        for one in found.proposals {
            prop_assert!(one.now < one.people && one.people <= MOST);
            prop_assert!(one.people == MOST || one.after.answered_bp + 1 >= percent * 100);
            if let Some(before) = one.before {
                prop_assert!(before.answered_bp < percent * 100 + 1);
                prop_assert!(before.answered_bp <= one.after.answered_bp);
            }
        }
    }
}
