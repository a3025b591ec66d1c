//! Values of single laws by example: notice of a change, short contracts, lending, the night by agreement,
//! piquet of the quiet, Belgium's ceiling.

use domain::finding::Rule;
use domain::{Gravity, Law, OrganisationId};
use uuid::Uuid;

use super::saying::*;
use super::town::*;
use crate::law::Term;
use crate::{Candidate, Work};

#[test]
fn published_hours_change_seven_days_ahead_in_france_and_first_ones_need_none() {
    let told = |one: Candidate, on: &str, published: bool| {
        let mut kept = lead("2026-06-12 18:00", "20:00").with(Some(person(2)));
        kept.told = published.then(|| day("2026-05-20"));
        let mut asked = problem(vec![lead("2026-06-11 18:00", "20:00"), kept], vec![one, french(2)]);
        asked.told = Some(day(on));
        judged(&asked, &[Some(person(1)), Some(person(2))])
    };
    assert_eq!(told(french(1), "2026-06-04", true), []);
    let late = told(french(1), "2026-06-05", true);
    assert_eq!(short(&late), [(Rule::Notice, "L3121-47", 6, 7)]);
    assert_eq!(late[0].gravity, Gravity::Overridable);
    assert_eq!(told(agreed(french(1), Term::ChangeNotice, 3), "2026-06-05", true), []);
    assert_eq!(told(french(1), "2026-06-05", false), []);
    assert_eq!(told(under(Law::FrancePublic, 1), "2026-06-05", true), []);
}

#[test]
fn a_contract_under_twenty_four_hours_is_a_warning_once() {
    let two = || vec![lead("2026-06-02 18:00", "19:00"), lead("2026-06-03 18:00", "19:00")];
    let findings = said(part_time(Law::FrancePrivate, 20), two());
    assert_eq!(short(&findings), [(Rule::ShortContract, "L3123-27", 20 * 60, 24 * 60)]);
    assert_eq!(findings[0].gravity, Gravity::Warning);
    assert_eq!(said(part_time(Law::FrancePrivate, 24), two()), []);
    assert_eq!(said(agreed(part_time(Law::FrancePrivate, 20), Term::PartTimeMinimum, 17 * 60), two()), []);
}

#[test]
fn whoever_answers_for_other_offices_needs_a_recorded_frame() {
    let office = |number| OrganisationId(Uuid::from_u128(number));
    let asked = |one: Candidate, offices: &[u128]| {
        let mut asked =
            problem(vec![lead("2026-06-02 18:00", "22:00"), standby("2026-06-03 18:00", "22:00")], vec![one]);
        asked.offices = offices.iter().map(|number| office(*number)).collect();
        judged(&asked, &[Some(person(1)); 2])
    };
    let mut ours = french(1);
    ours.employments[0].employer = Some(office(1));
    assert_eq!(asked(ours.clone(), &[1]), []);
    let findings = asked(ours.clone(), &[1, 2]);
    assert_eq!(short(&findings), [(Rule::Lending, "L8241-1", 1, 0)]);
    assert_eq!(findings[0].gravity, Gravity::Warning);
    assert_eq!(asked(agreed(ours.clone(), Term::Lending, 1), &[1, 2]), []);
    ours.employments[0].law = Law::Quebec;
    assert_eq!(asked(ours, &[1, 2]), []);
}

#[test]
fn an_agreement_may_let_the_night_begin_at_ten_and_end_at_seven() {
    // Three hours from nine to midnight are two after ten: no night worker, nine hours are no matter.
    let places = || {
        let nights = [2, 3].map(|date| lead(&format!("2026-06-{date:02} 20:00"), "00:00"));
        nights.into_iter().chain([lead("2026-06-05 18:30", "20:30")]).collect::<Vec<_>>()
    };
    let desk = || french(1).at_the_desk("2026-06-05", &[("09:00", "13:00"), ("14:00", "17:00")]);
    assert_eq!(short(&said(desk(), places())), [(Rule::NightMaximum, "L3122-6", 540, 480)]);
    assert_eq!(said(agreed(desk(), Term::NightBegins, 22 * 60), places()), []);
    // From ten to seven it is nine hours: an early morning from four to seven counts.
    let mornings = || {
        let early = [2, 3].map(|date| lead(&format!("2026-06-{date:02} 04:00"), "07:00"));
        early.into_iter().chain([lead("2026-06-05 18:30", "20:30")]).collect::<Vec<_>>()
    };
    assert_eq!(said(desk(), mornings()), []);
    let found = said(agreed(desk(), Term::NightBegins, 22 * 60), mornings());
    assert_eq!(short(&found), [(Rule::NightMaximum, "L3122-6", 540, 480)]);
}

#[test]
fn other_employers_are_warned_of_a_sunday_in_france() {
    let mut hub = french(1);
    hub.employments[0].tourist_office = false;
    let found = said(hub, vec![lead("2026-06-07 09:00", "13:00")]);
    assert_eq!(
        (short(&found), found[0].gravity),
        (vec![(Rule::Sunday, "L3132-3", 240, 0)], Gravity::Warning)
    );
}

#[test]
fn hours_beyond_thirty_five_are_a_warning_in_france() {
    let mut desk = french(1);
    for date in 1..=5 {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("10:30", "12:30"), ("13:00", "18:00")]);
    }
    let found = said(desk, vec![lead("2026-06-02 18:30", "20:30")]);
    assert_eq!(short(&found), [(Rule::Overtime, "L3121-27", 37 * 60, 35 * 60)]);
    assert_eq!(found[0].gravity, Gravity::Warning);
}

#[test]
fn fourteen_days_of_piquet_are_for_those_who_are_seldom_called() {
    let piquet = |answers: u32| {
        let mut one = agreed(agreed(under(Law::Switzerland, 1), Term::StandbyKind, 1), Term::StandbyDays, 14);
        one.interventions = (1..=answers)
            .map(|number| {
                Work::from(span(
                    &format!("2026-06-02 {:02}:00", 9 + number),
                    &format!("{:02}:05", 9 + number),
                ))
            })
            .collect();
        let days = (1..=10).map(|date| standby(&format!("2026-06-{date:02} 18:00"), "22:00")).collect();
        said(one, days)
    };
    assert_eq!(piquet(5), []);
    let found = piquet(6);
    assert_eq!(
        found.iter().map(|one| (one.rule, one.limit)).next(),
        Some((Rule::StandbyDays, 7)),
        "{found:?}"
    );
    assert_eq!(found[0].measured, 10);
}

#[test]
fn belgium_works_forty_hours_in_any_week() {
    let mut desk = under(Law::Belgium, 1);
    for date in 1..=5 {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("08:00", "12:00"), ("13:00", "16:00")]);
    }
    let saturday = |until| vec![lead("2026-06-06 09:00", until)];
    assert_eq!(said(desk.clone(), saturday("14:00")), []);
    let found = said(desk, saturday("14:01"));
    assert_eq!(short(&found), [(Rule::WeeklyMaximum, "loi du 16 mars 1971, art. 19", 2401, 2400)]);
}

#[test]
fn the_branch_of_tourist_offices_may_ask_for_two_days_of_rest_on_end() {
    // IDCC 1909, art. 19 of 1996, replaced since: a setting of the house and nothing else.
    let rested = |one: Candidate| {
        let days = [1, 2, 3, 4, 6].map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00"));
        said(one, days.to_vec())
    };
    assert_eq!(rested(french(1)), []);
    let found = rested(agreed(french(1), Term::WeeklyRest, 48 * 60));
    assert_eq!(short(&found), []);
    let mut monday = agreed(french(1), Term::WeeklyRest, 48 * 60);
    monday = monday.at_the_desk("2026-06-08", &[("09:00", "12:00")]);
    assert_eq!(short(&rested(monday)), [(Rule::WeeklyRest, "Accord d'entreprise", 44 * 60, 48 * 60)]);
}
