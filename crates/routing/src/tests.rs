//! Decisions by example and by chance.

use chrono::{DateTime, Duration, Utc};
use domain::{Because, Decision, Held, Language, PersonId, PoolId, Rung, Standing};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{Arrival, Desk, OnDuty, Tell, decide, weigh};

fn pool() -> PoolId {
    PoolId(Uuid::from_u128(100))
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn now() -> DateTime<Utc> {
    "2026-07-04T19:00:00Z".parse().unwrap()
}

fn lead(number: u128) -> OnDuty {
    OnDuty { languages: vec![Language::FR], ..OnDuty::new(person(number), Rung::Lead) }
}

fn backup(number: u128) -> OnDuty {
    OnDuty { rung: Rung::Backup, ..lead(number) }
}

fn covered(on_duty: Vec<OnDuty>) -> Desk {
    Desk { covered: Some(pool()), on_duty, ..Desk::default() }
}

const CHAT: Arrival = Arrival { language: Some(Language::FR), load_halves: 2 };
const MAIL: Arrival = Arrival { language: None, load_halves: 1 };

fn assigned(desk: Desk) -> (u128, Because) {
    match decide(&desk, &CHAT, now()) {
        Decision::Assign { to, because } => (to.0.as_u128(), because),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_own_desk_answers_while_it_is_open_even_if_the_hour_is_covered() {
    let desk = Desk { own_desk_open: true, ..covered(vec![lead(1)]) };
    let verdict = weigh(&desk, &CHAT, now());
    assert_eq!(verdict.decision, Decision::OwnDesk);
    assert_eq!(verdict.tell, [Tell::OwnDesk]);
}

#[test]
fn the_lead_has_it() {
    assert_eq!(assigned(covered(vec![backup(1), lead(2)])), (2, Because::Leads));
}

#[test]
fn whoever_is_in_the_conversation_keeps_it() {
    let busier = OnDuty { in_conversation: true, load_halves: 4, ..lead(2) };
    assert_eq!(assigned(covered(vec![lead(1), busier.clone()])), (2, Because::InThisConversation));
    let stands_behind = OnDuty { rung: Rung::Backup, ..busier.clone() };
    assert_eq!(assigned(covered(vec![lead(1), stands_behind])), (2, Because::InThisConversation));
    let gone = OnDuty { present: false, ..busier };
    assert_eq!(assigned(covered(vec![lead(1), gone])).0, 1);
}

#[test]
fn whoever_knows_the_visitor_comes_before_whoever_speaks_the_language() {
    let knows = OnDuty { knows_visitor: true, languages: Vec::new(), ..lead(2) };
    assert_eq!(assigned(covered(vec![lead(1), knows])), (2, Because::KnowsTheVisitor));
}

#[test]
fn whoever_speaks_the_language_comes_before_whoever_is_less_busy() {
    let speaks = OnDuty { load_halves: 3, ..lead(2) };
    let idle = OnDuty { languages: vec![Language::EN], ..lead(1) };
    assert_eq!(assigned(covered(vec![idle, speaks])), (2, Because::SpeaksTheLanguage));
}

#[test]
fn a_language_nobody_knows_sets_nobody_apart() {
    let idle = lead(2);
    let busy = OnDuty { load_halves: 1, ..lead(1) };
    let decision = decide(&covered(vec![busy, idle]), &MAIL, now());
    assert_eq!(decision, Decision::Assign { to: person(2), because: Because::LeastBusy });
}

#[test]
fn ids_decide_between_equals() {
    assert_eq!(assigned(covered(vec![lead(3), lead(1), lead(2)])), (1, Because::Leads));
}

#[test]
fn a_full_lead_gives_way_to_a_backup_with_room() {
    let full = OnDuty { load_halves: 6, ..lead(1) };
    assert_eq!(assigned(covered(vec![full.clone(), backup(2)])), (2, Because::LeadsAreFull));
    let nearly = OnDuty { load_halves: 5, ..lead(1) };
    assert_eq!(assigned(covered(vec![nearly.clone(), backup(2)])), (2, Because::LeadsAreFull));
    // A mail takes half a place.
    let decision = decide(&covered(vec![nearly, backup(2)]), &MAIL, now());
    assert_eq!(decision, Decision::Assign { to: person(1), because: Because::Leads });
}

#[test]
fn when_everybody_is_full_the_lead_keeps_it_in_sight() {
    let full = |one: OnDuty| OnDuty { load_halves: 6, ..one };
    assert_eq!(assigned(covered(vec![full(backup(1)), full(lead(2))])), (2, Because::EverybodyIsFull));
}

#[test]
fn a_lead_who_is_away_gives_way_to_a_backup_who_is_here() {
    let away = OnDuty { present: false, ..lead(1) };
    assert_eq!(assigned(covered(vec![away, backup(2)])), (2, Because::LeadsAreAway));
}

#[test]
fn with_nobody_present_the_first_rung_is_rung_and_not_skipped() {
    let away = |one: OnDuty| OnDuty { present: false, ..one };
    let desk = covered(vec![away(backup(1)), away(lead(2))]);
    assert_eq!(weigh(&desk, &CHAT, now()).tell, [Tell::Ring(person(2))]);
    assert_eq!(assigned(desk), (2, Because::FirstToRing));
    assert_eq!(assigned(covered(vec![away(backup(1))])), (1, Because::FirstToRing));
}

#[test]
fn a_covered_hour_with_nobody_on_duty_is_told_to_the_planner() {
    let soon = now() + Duration::hours(2);
    let desk = Desk {
        next_duty_at: Some(soon),
        own_desk_opens_at: Some(now() + Duration::hours(14)),
        ..covered(vec![])
    };
    let verdict = weigh(&desk, &CHAT, now());
    let because = Held::NobodyOnDuty;
    assert_eq!(verdict.decision, Decision::Hold { because, pool: Some(pool()), opens_at: Some(soon) });
    assert_eq!(verdict.tell, [Tell::Planner, Tell::Visitor]);
}

#[test]
fn outside_all_hours_it_waits_for_whichever_comes_first() {
    let morning = now() + Duration::hours(14);
    let evening = now() + Duration::hours(23);
    let desk = Desk {
        on_duty: vec![lead(1)],
        next_duty_at: Some(evening),
        own_desk_opens_at: Some(morning),
        ..Desk::default()
    };
    let verdict = weigh(&desk, &CHAT, now());
    assert_eq!(
        verdict.decision,
        Decision::Hold { because: Held::Closed, pool: None, opens_at: Some(morning) }
    );
    assert_eq!(verdict.tell, [Tell::Visitor]);
}

#[test]
fn an_opening_that_is_past_or_unknown_is_not_promised() {
    let desk = Desk { own_desk_opens_at: Some(now() - Duration::hours(1)), ..Desk::default() };
    let decision = decide(&desk, &CHAT, now());
    assert_eq!(decision, Decision::Hold { because: Held::Closed, pool: None, opens_at: None });
}

#[test]
fn everybody_on_duty_is_named_with_what_set_them_back() {
    let away = OnDuty { present: false, ..lead(4) };
    let full = OnDuty { load_halves: 6, ..lead(3) };
    let english = OnDuty { languages: vec![Language::EN], ..lead(5) };
    let busy = OnDuty { load_halves: 2, ..lead(6) };
    let verdict = weigh(&covered(vec![away, full, backup(7), english, busy, lead(2)]), &CHAT, now());
    let told: Vec<(u128, Standing)> =
        verdict.considered.iter().map(|one| (one.person.0.as_u128(), one.standing)).collect();
    assert_eq!(
        told,
        [
            (2, Standing::Chosen),
            (6, Standing::Busier),
            (3, Standing::Full),
            (5, Standing::DoesNotSpeakTheLanguage),
            (7, Standing::BehindTheLead),
            (4, Standing::Away),
        ]
    );
}

fn anybody(number: u128) -> impl Strategy<Value = OnDuty> {
    (any::<[bool; 5]>(), 0_u32..9, 0_u32..8).prop_map(
        move |([leads, present, speaks, knows, in_it], load, capacity)| OnDuty {
            person: person(number),
            rung: if leads { Rung::Lead } else { Rung::Backup },
            present,
            load_halves: load,
            capacity_halves: capacity,
            languages: if speaks { vec![Language::FR] } else { Vec::new() },
            knows_visitor: knows,
            in_conversation: in_it,
        },
    )
}

fn any_desk() -> impl Strategy<Value = Desk> {
    let people = (1_u128..8).map(anybody).collect::<Vec<_>>();
    let opening =
        || prop::option::of((-100_i64..5_000).prop_map(|minutes| now() + Duration::minutes(minutes)));
    (prop::bool::weighted(0.1), prop::bool::weighted(0.8), people, 0_usize..8, opening(), opening()).prop_map(
        |(own_desk_open, watched, mut on_duty, count, next_duty_at, own_desk_opens_at)| {
            on_duty.truncate(count);
            Desk { own_desk_open, covered: watched.then(pool), on_duty, next_duty_at, own_desk_opens_at }
        },
    )
}

fn any_arrival() -> impl Strategy<Value = Arrival> {
    prop::sample::select(vec![CHAT, MAIL])
}

proptest! {
    #[test]
    fn it_always_decides_and_only_for_somebody_on_duty(desk in any_desk(), arrival in any_arrival()) {
        let verdict = weigh(&desk, &arrival, now());
        prop_assert!(!verdict.tell.is_empty());
        match verdict.decision {
            Decision::OwnDesk => prop_assert!(desk.own_desk_open),
            Decision::Hold { because: Held::Closed, opens_at, .. } => {
                prop_assert!(desk.covered.is_none() && !desk.own_desk_open);
                prop_assert!(opens_at.is_none_or(|at| at >= now()));
            }
            Decision::Hold { because: Held::NobodyOnDuty, pool, .. } => {
                prop_assert!(desk.on_duty.is_empty());
                prop_assert_eq!(pool, desk.covered);
            }
            Decision::Assign { to, because } => {
                prop_assert!(desk.covered.is_some() && !desk.own_desk_open);
                let chosen = desk.on_duty.iter().find(|one| one.person == to).unwrap();
                // Somebody away is only rung when nobody is here.
                prop_assert_eq!(!chosen.present, because == Because::FirstToRing);
                prop_assert!(chosen.present || desk.on_duty.iter().all(|one| !one.present));
                prop_assert_eq!(verdict.considered.len(), desk.on_duty.len());
                prop_assert_eq!(verdict.considered[0].person, to);
                let chosen_ones = verdict.considered.iter().filter(|one| one.standing == Standing::Chosen);
                prop_assert_eq!(chosen_ones.count(), 1);
            }
        }
    }

    #[test]
    fn a_person_with_room_who_is_here_is_never_passed_over_for_one_without(
        desk in any_desk(), arrival in any_arrival(),
    ) {
        if let Decision::Assign { to, because } = decide(&desk, &arrival, now()) {
            let room = |one: &OnDuty| {
                let asked = if one.in_conversation { 0 } else { arrival.load_halves };
                one.present && one.load_halves + asked <= one.capacity_halves
            };
            let chosen = desk.on_duty.iter().find(|one| one.person == to).unwrap();
            prop_assert!(room(chosen) || !desk.on_duty.iter().any(room), "{:?}", because);
            let leads_with_room = desk.on_duty.iter().any(|one| one.rung == Rung::Lead && room(one));
            if leads_with_room && chosen.rung == Rung::Backup {
                prop_assert_eq!(because, Because::InThisConversation);
            }
        }
    }

    #[test]
    fn the_order_in_which_people_are_listed_decides_nothing(
        desk in any_desk(), arrival in any_arrival(), turn in 0_usize..8, mirrored in any::<bool>(),
    ) {
        let mut other = desk.clone();
        if !other.on_duty.is_empty() {
            let by = turn % other.on_duty.len();
            other.on_duty.rotate_left(by);
        }
        if mirrored {
            other.on_duty.reverse();
        }
        prop_assert_eq!(weigh(&desk, &arrival, now()), weigh(&other, &arrival, now()));
    }

    #[test]
    fn a_verdict_survives_being_stored(desk in any_desk(), arrival in any_arrival()) {
        let verdict = weigh(&desk, &arrival, now());
        let stored = serde_json::to_string(&verdict).unwrap();
        prop_assert_eq!(serde_json::from_str::<crate::Verdict>(&stored).unwrap(), verdict);
    }
}
