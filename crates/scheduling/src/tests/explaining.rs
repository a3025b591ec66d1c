//! Why somebody can or cannot, what a change would bring, and the figures of the board.

use domain::finding::Rule;
use domain::{Language, Minutes, WishKind};

use super::town::*;
use crate::explain::why_not;
use crate::score::shares;
use crate::{Filled, HoleReason, Problem, Standing, hole_reason, score, what_if, who_could};

/// Tuesday evening is open; Wednesday and Thursday are taken by the first.
fn evenings() -> (Problem, Vec<Option<domain::PersonId>>) {
    let mut places = vec![
        lead("2026-06-02 18:00", "22:00"),
        lead("2026-06-03 18:00", "22:00"),
        lead("2026-06-04 18:00", "22:00"),
    ];
    places[0].slot.languages = vec![Language::EN];
    let seven = [("09:00", "12:00"), ("13:00", "17:00")];
    let mut people = vec![
        french(1),
        french(2).says("2026-06-02", WishKind::Cant),
        french(3).at_the_desk("2026-06-02", &seven),
        french(4).says("2026-06-02", WishKind::RatherNot),
        french(5),
        french(6).says("2026-06-02", WishKind::Wish),
    ];
    for person in &mut people {
        person.languages = vec![Language::FR, Language::EN];
    }
    people[4].languages = vec![Language::FR];
    let first = Some(person(1));
    (problem(places, people), vec![None, first, first])
}

#[test]
fn everybody_is_named_with_the_first_rule_in_the_way() {
    let (problem, rota) = evenings();
    let all = who_could(&problem, &rota, 0);
    let order: Vec<u128> = all.iter().map(|one| one.person.0.as_u128()).collect();
    // Whoever wishes, whoever does not mind, whoever would rather not; then a reason; then no.
    assert_eq!(order, [6, 1, 4, 5, 3, 2]);
    let rules: Vec<Option<Rule>> = all
        .iter()
        .map(|one| match &one.standing {
            Standing::WithReason { finding } | Standing::Blocked { finding } => Some(finding.rule),
            Standing::Free | Standing::Holds => None,
        })
        .collect();
    use Rule::{Absence, DailyMaximum, Language};
    assert_eq!(rules, [None, None, None, Some(Language), Some(DailyMaximum), Some(Absence)]);
    assert!(matches!(all[3].standing, Standing::WithReason { .. }));
    assert!(matches!(all[5].standing, Standing::Blocked { .. }));
}

#[test]
fn what_no_reason_can_cure_is_named_before_what_one_could() {
    let (mut problem, rota) = evenings();
    problem.candidates[4].wishes.push(crate::Wish { day: day("2026-06-02"), kind: WishKind::Cant });
    assert_eq!(why_not(&problem, &rota, 0, person(5)).map(|finding| finding.rule), Some(Rule::Absence));
}

#[test]
fn a_hole_says_who_is_free_and_what_keeps_the_others() {
    let (problem, rota) = evenings();
    let reason = hole_reason(&problem, &rota, 0);
    assert_eq!(
        reason,
        HoleReason {
            free: vec![person(6), person(1), person(4)],
            with_reason: vec![person(5)],
            blocked: vec![(Rule::Absence, 1), (Rule::Language, 1), (Rule::DailyMaximum, 1)],
            pinned: false,
        }
    );
}

#[test]
fn a_change_is_told_before_it_is_made() {
    let (problem, rota) = evenings();
    let told = what_if(&problem, &rota, 1, Some(person(6)));
    assert!(!told.refused());
    assert_eq!(told.new, []);
    let (before, after) = told.taker.unwrap();
    assert_eq!((before.worth, after.worth), (0, 240));
    let (before, after) = told.giver.unwrap();
    assert_eq!((before.worth, after.worth), (480, 240));
    let refused = what_if(&problem, &rota, 0, Some(person(2)));
    assert!(refused.refused());
    assert_eq!(refused.wish, Some(WishKind::Cant));
}

#[test]
fn taking_a_duty_away_cures_what_it_broke() {
    let (problem, mut rota) = evenings();
    rota[0] = Some(person(3));
    let told = what_if(&problem, &rota, 0, None);
    assert_eq!(told.cured.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::DailyMaximum]);
    assert_eq!(told.taker, None);
}

#[test]
fn the_board_counts_places_wishes_and_parts() {
    let (mut problem, mut rota) = evenings();
    problem.places.push(backup("2026-06-04 18:00", "22:00"));
    rota.push(Some(person(4)));
    let figures = score(&problem, &rota);
    assert_eq!(figures.leads, Filled { filled: 2, of: 3 });
    assert_eq!(figures.backups, Filled { filled: 1, of: 1 });
    assert_eq!((figures.absolute, figures.overridable, figures.warnings), (0, 0, 0));
    assert_eq!(figures.wishes, Filled { filled: 0, of: 1 });
    assert_eq!(figures.spared, Filled { filled: 1, of: 1 });
    let first = &figures.shares[0];
    assert_eq!((first.duties, first.lead, first.backup), (2, Minutes(480), Minutes(0)));
    // Three leads of 240 and a backup worth half, among six; one lead among the five who speak English.
    assert_eq!((first.worth, first.fair, first.over()), (480, 148, 332));
    assert_eq!(figures.shares[3].worth, 120);
    assert_eq!(figures.gap, 480);
}

#[test]
fn a_half_share_is_half_and_a_debt_is_owed() {
    let (mut problem, rota) = evenings();
    problem.candidates.truncate(2);
    problem.candidates[0].share_bp = 5_000;
    let parts = shares(&problem, &rota);
    assert_eq!((parts[0].fair, parts[1].fair), (240, 480));
    problem.candidates[1].balance = -300;
    let parts = shares(&problem, &rota);
    assert_eq!((parts[0].fair, parts[1].fair), (140, 580));
}
