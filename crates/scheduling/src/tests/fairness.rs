//! Fair parts by example: who owes which place.

use domain::Language;

use super::town::*;
use crate::Problem;
use crate::fair::parts;

/// Two evenings of two hours, the second in English, and two people of whom one speaks it.
fn two_evenings() -> Problem {
    let mut english = lead("2026-06-03 18:00", "20:00");
    english.slot.languages = vec![Language::EN];
    let mut speaks = french(1);
    speaks.languages = vec![Language::EN];
    problem(vec![lead("2026-06-02 18:00", "20:00"), english], vec![speaks, french(2)])
}

#[test]
fn a_place_is_owed_by_those_who_could_stand_in_it() {
    assert_eq!(parts(&two_evenings()), [Some(60 + 120), Some(60)]);
}

#[test]
fn nothing_is_owed_on_a_day_of_exemption_or_before_the_first_day_of_work() {
    let mut exempt = two_evenings();
    exempt.candidates[0].exempt = vec![(day("2026-06-02"), day("2026-06-02"))];
    assert_eq!(parts(&exempt), [Some(120), Some(120)]);
    let mut new = two_evenings();
    new.candidates[1].employments[0].from = day("2026-06-03");
    assert_eq!(parts(&new), [Some(240), Some(0)]);
    // What nobody owes is in nobody's part.
    let mut nobody = two_evenings();
    nobody.candidates[0].languages.clear();
    assert_eq!(parts(&nobody), [Some(60), Some(60)]);
}

#[test]
fn half_a_contract_owes_half_and_what_was_given_is_settled() {
    let mut half = two_evenings();
    half.places.pop();
    half.candidates[1].share_bp = 5_000;
    assert_eq!(parts(&half), [Some(80), Some(40)]);
    half.candidates[1].balance = 30;
    assert_eq!(parts(&half), [Some(100), Some(50 - 30)]);
    half.candidates[0].share_bp = 0;
    assert_eq!(parts(&half), [None, Some(120)]);
}

#[test]
fn all_parts_together_are_all_that_somebody_owes() {
    let mut all = two_evenings();
    all.candidates.extend((3..=9).map(french));
    all.candidates[3].balance = 77;
    let sum: i64 = parts(&all).into_iter().flatten().sum();
    assert!((240 - 9..=240).contains(&sum), "{sum}");
}
