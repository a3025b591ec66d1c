//! Standby and notice by example, as the judge says it.

use domain::finding::Rule;
use domain::{Calendar, Cure, Gravity, Law, Unit};

use super::saying::*;
use super::town::*;
use crate::law::Term;
use crate::{Candidate, Work, notes};

#[test]
fn standby_is_told_fifteen_days_ahead_and_one_clear_day_in_exceptional_circumstances() {
    let told = |date: &str| {
        let mut problem = problem(vec![standby("2026-06-20 18:00", "22:00")], vec![french(1)]);
        problem.told = Some(day(date));
        judged(&problem, &[Some(person(1))])
    };
    assert_eq!(told("2026-06-05"), []);
    let late = told("2026-06-06");
    assert_eq!(short(&late), [(Rule::Notice, "L3121-12", 14, 15)]);
    assert_eq!((late[0].gravity, late[0].unit), (Gravity::Overridable, Unit::Days));
    assert_eq!(told("2026-06-18")[0].gravity, Gravity::Overridable);
    let too_late = told("2026-06-19");
    assert_eq!(short(&too_late), [(Rule::Notice, "L3121-12", 0, 1)]);
    assert_eq!(too_late[0].gravity, Gravity::Absolute);
}

#[test]
fn whoever_was_told_before_need_not_be_told_again() {
    let mut place = standby("2026-06-20 18:00", "22:00").with(Some(person(1)));
    place.told = Some(day("2026-06-01"));
    let mut problem = problem(vec![place], vec![french(1), french(2)]);
    problem.told = Some(day("2026-06-19"));
    assert_eq!(judged(&problem, &[Some(person(1))]), []);
    assert_eq!(judged(&problem, &[Some(person(2))])[0].rule, Rule::Notice);
}

#[test]
fn whoever_took_it_themselves_needs_no_notice_and_whoever_gets_it_from_them_does() {
    let mut place = standby("2026-06-20 18:00", "22:00").with(Some(person(1)));
    place.agreed = true;
    let mut problem = problem(vec![place], vec![french(1), french(2)]);
    problem.told = Some(day("2026-06-19"));
    assert_eq!(judged(&problem, &[Some(person(1))]), []);
    assert_eq!(judged(&problem, &[Some(person(2))])[0].rule, Rule::Notice);
}

#[test]
fn work_that_was_said_twice_is_one_call_in_the_risk() {
    let night = [span("2026-06-20 18:00", "22:00")];
    let call = span("2026-06-20 19:00", "19:15");
    let once = crate::rules::standby::risk(&night, &[call], None);
    assert_eq!(crate::rules::standby::risk(&night, &[call, call], None), once);
    let more = crate::rules::standby::risk(&night, &[call, span("2026-06-20 20:00", "20:15")], None);
    assert!(more.unwrap().per_ten_hours > once.unwrap().per_ten_hours);
}

#[test]
fn part_timers_have_seven_working_days_and_quebec_five_days() {
    let told = |mut one: Candidate, date: &str| {
        one.employments[0].calendar = Some(Calendar::France);
        let mut problem = problem(vec![lead("2026-07-16 18:00", "20:00")], vec![one]);
        problem.told = Some(day(date));
        judged(&problem, &[Some(person(1))])
    };
    // 14 July, a Tuesday, is no working day.
    assert_eq!(told(part_time(Law::FrancePrivate, 24), "2026-07-03"), []);
    let late = told(part_time(Law::FrancePrivate, 24), "2026-07-06");
    assert_eq!(short(&late), [(Rule::Notice, "L3123-31", 6, 7)]);
    assert_eq!(late[0].gravity, Gravity::Absolute);
    assert_eq!(told(french(1), "2026-07-15"), []);
    assert_eq!(told(under(Law::Quebec, 1), "2026-07-11"), []);
    let refusable = told(under(Law::Quebec, 1), "2026-07-12");
    assert_eq!(short(&refusable), [(Rule::Notice, "LNT, art. 59.0.1, 3°", 4, 5)]);
    assert_eq!(refusable[0].gravity, Gravity::Warning);
}

#[test]
fn switzerland_closes_at_eleven_and_on_sundays_and_knows_no_standby_for_messages() {
    let swiss = |places| said(under(Law::Switzerland, 1), places);
    assert_eq!(swiss(vec![lead("2026-06-02 19:00", "23:00")]), []);
    assert_eq!(
        short(&swiss(vec![lead("2026-06-02 20:00", "23:30")])),
        [(Rule::NightWork, "LTr, art. 10", 30, 0)]
    );
    assert_eq!(
        short(&swiss(vec![lead("2026-06-07 09:00", "13:00")])),
        [(Rule::Sunday, "LTr, art. 18", 240, 0)]
    );
    let piquet = swiss(vec![standby("2026-06-02 18:00", "22:00")]);
    assert_eq!(short(&piquet), [(Rule::StandbyKind, "OLT 1, art. 14, al. 1", 1, 0)]);
    let span = swiss(vec![lead("2026-06-02 07:00", "08:00"), lead("2026-06-02 19:00", "21:30")]);
    assert_eq!(short(&span), [(Rule::DailySpan, "LTr, art. 10, al. 3", 870, 840)]);
}

#[test]
fn piquet_is_seven_days_in_four_weeks() {
    let piquet = || agreed(under(Law::Switzerland, 1), Term::StandbyKind, 1);
    let days =
        |count: u32| (1..=count).map(|date| standby(&format!("2026-06-{date:02} 18:00"), "22:00")).collect();
    assert_eq!(said(piquet(), days(7)), []);
    let findings = said(piquet(), days(8));
    assert_eq!(short(&findings), [(Rule::StandbyDays, "OLT 1, art. 14, al. 2", 8, 7)]);
    assert_eq!(findings[0].cure, Cure::GiveAway(span("2026-06-08 18:00", "22:00")));
    // What stands already counts; standby four weeks ago does not.
    let mut before = piquet();
    before.standby = (1..=7).map(|date| span(&format!("2026-05-{date:02} 18:00"), "22:00")).collect();
    assert_eq!(said(before.clone(), days(1)), []);
    before.standby.iter_mut().for_each(|one| {
        *one = span(
            &format!("2026-05-{} 18:00", 20 + one.start().format("%d").to_string().parse::<u32>().unwrap()),
            "22:00",
        )
    });
    assert_eq!(said(before, days(1))[0].measured, 8);
}

#[test]
fn an_answer_on_standby_breaks_a_french_rest_and_spares_a_swiss_one_of_four_hours() {
    let answered = |mut one: Candidate, from: &str, until: &str| {
        one.interventions.push(span(from, until).into());
        said(one, vec![lead("2026-06-02 17:00", "21:00"), lead("2026-06-03 09:00", "13:00")])
    };
    let swiss = || under(Law::Switzerland, 1);
    assert_eq!(answered(french(1), "2026-06-02 21:30", "21:40"), []);
    let french = answered(french(1), "2026-06-03 02:00", "02:10");
    assert_eq!(short(&french), [(Rule::DailyRest, "L3131-1", 410, 660)]);
    assert_eq!(answered(swiss(), "2026-06-03 02:00", "02:10"), []);
    // Four hours are left after the last answer, or before the first.
    let mut early = swiss();
    early.interventions.push(span("2026-06-03 00:30", "00:40").into());
    assert_eq!(answered(early, "2026-06-03 03:00", "03:10"), []);
    let mut often = swiss();
    often
        .interventions
        .extend([span("2026-06-03 00:30", "00:40"), span("2026-06-03 04:30", "04:40")].map(Work::from));
    let findings = answered(often, "2026-06-03 06:00", "06:10");
    assert_eq!(short(&findings), [(Rule::StandbyRest, "OLT 1, art. 19, al. 3", 170, 660)]);
}

#[test]
fn overtime_and_late_notice_that_is_paid_are_notes_and_no_findings() {
    let mut desk = under(Law::FrancePublic, 1);
    for date in 1..=5 {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("10:30", "12:30"), ("13:00", "18:00")]);
    }
    let mut asked =
        problem(vec![lead("2026-06-02 18:30", "21:30"), standby("2026-06-03 18:30", "21:30")], vec![desk]);
    asked.told = Some(day("2026-06-01"));
    let rota = [Some(person(1)); 2];
    assert_eq!(judged(&asked, &rota), []);
    let noted = notes(&asked, &rota);
    assert_eq!(
        short(&noted),
        [
            (Rule::Notice, "arrêté du 3 novembre 2015", 2, 15),
            (Rule::Overtime, "décret 2000-815, art. 1", 38 * 60, 35 * 60),
        ]
    );
    assert!(noted.iter().all(|one| one.gravity == Gravity::Note));
}

#[test]
fn standby_that_is_called_all_the_time_is_a_risk_to_be_seen() {
    let mut called = french(1);
    called.standby = vec![span("2026-05-20 18:00", "22:00")];
    let next = || vec![standby("2026-06-02 18:00", "22:00")];
    assert_eq!(said(called.clone(), next()), []);
    called.interventions =
        [span("2026-05-20 18:10", "18:40"), span("2026-05-20 20:00", "20:40")].map(Work::from).to_vec();
    let findings = said(called, next());
    assert_eq!(short(&findings), [(Rule::StandbyRisk, "Cass. soc. 26 oct. 2022, 21-14.178", 29, 12)]);
    assert_eq!((findings[0].gravity, findings[0].unit), (Gravity::Warning, Unit::Percent));
}

#[test]
fn after_seven_days_of_piquet_two_weeks_are_free_of_it() {
    let piquet = || agreed(under(Law::Switzerland, 1), Term::StandbyKind, 1);
    let waits = |date: &str| standby(&format!("{date} 18:00"), "22:00");
    let mut before = piquet();
    // Seven days of June, from the 1st to the 22nd: four weeks end with the 28th.
    before.standby =
        [1, 2, 3, 15, 16, 21, 22].map(|date| span(&format!("2026-06-{date:02} 18:00"), "22:00")).into();
    let next = |date: &str| said(before.clone(), vec![waits(date)]);
    assert_eq!(short(&next("2026-06-28")), [(Rule::StandbyDays, "OLT 1, art. 14, al. 2", 8, 7)]);
    let soon = next("2026-06-29");
    assert_eq!(short(&soon), [(Rule::StandbyPause, "OLT 1, art. 14, al. 2", 6, 14)]);
    assert_eq!((soon[0].unit, soon[0].gravity), (Unit::Days, Gravity::Absolute));
    assert_eq!(soon[0].cure, Cure::GiveAway(span("2026-06-29 18:00", "22:00")));
    assert_eq!(short(&next("2026-07-06")), [(Rule::StandbyPause, "OLT 1, art. 14, al. 2", 13, 14)]);
    assert_eq!(next("2026-07-07"), [], "fourteen whole days have passed");
    // Six days do not use four weeks up.
    before.standby.pop();
    assert_eq!(said(before, vec![waits("2026-06-29")]), []);
}

#[test]
fn a_belgian_sunday_is_followed_by_a_free_day_within_six() {
    let one = || agreed(under(Law::Belgium, 1), Term::SundayWork, 10 * 60);
    // From Sunday 7 June on, three hours each day.
    let days = |dates: &[u32]| {
        let duty = |date: &u32| lead(&format!("2026-06-{date:02} 15:00"), "18:00");
        dates.iter().map(duty).collect::<Vec<_>>()
    };
    let rest = |dates: &[u32]| {
        let mut findings = said(one(), days(dates));
        findings.retain(|finding| finding.rule == Rule::SundayRest);
        findings
    };
    assert_eq!(rest(&[7, 8, 9, 10, 11, 12]), [], "Saturday is free");
    assert_eq!(rest(&[8, 9, 10, 11, 12, 13]), [], "no Sunday was worked");
    let none = rest(&[7, 8, 9, 10, 11, 12, 13]);
    assert_eq!(short(&none), [(Rule::SundayRest, "loi du 16 mars 1971, art. 16", 7, 6)]);
    assert_eq!((none[0].unit, none[0].gravity), (Unit::Days, Gravity::Absolute));
}
