//! The judge, rule by rule.

use domain::finding::{Cure, Rule};
use domain::{DutyKind, Gravity, Language, Law, WishKind};

use super::town::*;
use crate::solver::agreeing::accepts;
use crate::{Candidate, Employed, Place, judge};

/// The rules that person 1 breaks by holding all of `places`; the search agrees, or the test fails.
fn broken(candidate: Candidate, places: Vec<Place>) -> Vec<Rule> {
    let rota = vec![Some(candidate.person); places.len()];
    let problem = problem(places, vec![candidate]);
    let findings = judge(&problem, &rota);
    assert_eq!(accepts(&problem, &rota), findings.iter().all(|finding| !finding.gravity.blocks()));
    findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn an_evening_after_six_hours_at_the_desk_is_a_full_day() {
    let full = french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("14:00", "17:00")]);
    assert_eq!(broken(full, vec![lead("2026-06-02 18:00", "22:00")]), []);
    let more = french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("14:00", "17:01")]);
    let places = vec![lead("2026-06-02 18:00", "22:00")];
    let findings = judge(&problem(places, vec![more]), &[Some(person(1))]);
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!((finding.rule, finding.measured, finding.limit), (Rule::DailyMaximum, 601, 600));
    assert_eq!(finding.article, "L3121-18");
    assert_eq!(finding.gravity, Gravity::Absolute);
    assert_eq!(finding.cure, Cure::GiveAway(span("2026-06-02 18:00", "22:00")));
    assert_eq!(finding.span, span("2026-06-02 09:00", "22:00"));
}

#[test]
fn a_shorter_desk_on_duty_days_makes_room_for_the_evening() {
    let usual = [("09:00", "12:30"), ("13:30", "17:00")];
    let late =
        french(1).at_the_desk("2026-06-02", &usual).but_when_on_duty("2026-06-02", &[("11:00", "17:00")]);
    assert_eq!(broken(late, vec![lead("2026-06-02 18:00", "22:00")]), []);
    assert_eq!(
        broken(french(1).at_the_desk("2026-06-02", &usual), vec![lead("2026-06-02 18:00", "22:00")]),
        [Rule::DailyMaximum]
    );
}

#[test]
fn a_backup_works_as_long_as_a_lead_in_law() {
    let seven = french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("13:00", "17:00")]);
    assert_eq!(broken(seven, vec![backup("2026-06-02 18:00", "22:00")]), [Rule::DailyMaximum]);
}

#[test]
fn standby_is_rest_but_keeps_a_person_in_one_place() {
    let seven = || french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("13:00", "17:00")]);
    let standby = |from, until| Place { kind: DutyKind::Standby, ..lead(from, until) };
    assert_eq!(broken(seven(), vec![standby("2026-06-02 18:00", "22:00")]), []);
    assert_eq!(broken(seven(), vec![standby("2026-06-02 16:00", "22:00")]), [Rule::Overlap]);
}

#[test]
fn the_morning_after_an_evening_starts_eleven_hours_later() {
    let nine = french(1).at_the_desk("2026-06-03", &[("09:00", "12:00")]);
    assert_eq!(broken(nine, vec![lead("2026-06-02 18:00", "22:00")]), []);
    let early = french(1).at_the_desk("2026-06-03", &[("08:59", "12:00")]);
    let findings = judge(&problem(vec![lead("2026-06-02 18:00", "22:00")], vec![early]), &[Some(person(1))]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].measured, findings[0].limit), (Rule::DailyRest, 659, 660));
    assert_eq!(findings[0].article, "L3131-1");
}

#[test]
fn one_short_night_hides_no_other() {
    // Published elsewhere until 23:00 and from 9:00 on; then of this rota until 22:00 and from 8:00 on.
    let published = || french(1).busy("2026-06-02 20:00", "23:00").busy("2026-06-03 09:00", "12:00");
    let findings = |morning: &str| {
        let places = vec![lead("2026-06-03 20:00", "22:00"), lead(&format!("2026-06-04 {morning}"), "12:00")];
        let found = judge(&problem(places.clone(), vec![published()]), &[Some(person(1)); 2]);
        assert_eq!(accepts(&problem(places, vec![published()]), &[Some(person(1)); 2]), found.is_empty());
        found.iter().map(|one| (one.rule, one.measured, one.span.start())).collect::<Vec<_>>()
    };
    assert_eq!(findings("09:00"), []);
    assert_eq!(findings("08:00"), [(Rule::DailyRest, 600, at("2026-06-03 09:00"))]);
}

#[test]
fn eleven_hours_on_the_clock_are_ten_when_it_jumps_forward() {
    let weekend = |saturday: &str, sunday: &str| {
        broken(
            french(1),
            vec![lead(&format!("{saturday} 18:00"), "22:00"), lead(&format!("{sunday} 09:00"), "13:00")],
        )
    };
    assert_eq!(weekend("2026-03-21", "2026-03-22"), []);
    assert_eq!(weekend("2026-03-28", "2026-03-29"), [Rule::DailyRest]);
}

#[test]
fn ten_hours_on_the_clock_are_eleven_when_it_goes_back() {
    let weekend = |saturday: &str, sunday: &str| {
        broken(
            french(1),
            vec![lead(&format!("{saturday} 18:00"), "22:00"), lead(&format!("{sunday} 08:00"), "12:00")],
        )
    };
    assert_eq!(weekend("2026-10-17", "2026-10-18"), [Rule::DailyRest]);
    assert_eq!(weekend("2026-10-24", "2026-10-25"), []);
}

#[test]
fn a_night_of_ten_hours_is_eleven_hours_of_work_when_the_clock_goes_back() {
    // Ten and a half hours by the clock, half an hour of them free.
    let night = |day: &str| {
        let (first, second) =
            (lead(&format!("{day} 00:00"), "05:00"), lead(&format!("{day} 05:30"), "10:30"));
        broken(under(Law::FrancePublic, 1), vec![first, second])
    };
    assert_eq!(night("2026-10-18"), []);
    assert_eq!(night("2026-10-25"), [Rule::DailyMaximum]);
}

#[test]
fn a_week_needs_thirty_five_hours_on_end() {
    let evenings = |days: &[&str]| days.iter().map(|day| lead(&format!("{day} 18:00"), "22:00")).collect();
    let week = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-06"];
    assert_eq!(broken(french(1), evenings(&week)), []);
    let with_sunday: Vec<&str> = week.into_iter().chain(["2026-06-07"]).collect();
    let findings = judge(&problem(evenings(&with_sunday), vec![french(1)]), &[Some(person(1)); 7]);
    // Sunday 22:00 to the week after is free for ever, yet only two hours of it lie in this week.
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert_eq!((findings[0].rule, findings[0].measured, findings[0].limit), (Rule::WeeklyRest, 1200, 2100));
    assert_eq!((findings[1].rule, findings[1].measured, findings[1].limit), (Rule::WorkingDays, 7, 6));
    // Any of the seven cures both; the last is named.
    assert!(findings.iter().all(|one| one.cure == Cure::GiveAway(span("2026-06-07 18:00", "22:00"))));
    assert_eq!(findings[0].span, span("2026-06-01 00:00", "00:00").start_to(at("2026-06-08 00:00")));
}

trait StartTo {
    fn start_to(self, end: chrono::DateTime<chrono::Utc>) -> Self;
}

impl StartTo for domain::Span {
    fn start_to(self, end: chrono::DateTime<chrono::Utc>) -> Self {
        Self::new(self.start(), end).unwrap()
    }
}

#[test]
fn a_rest_may_lean_over_the_border_of_the_week() {
    let mut desk = french(1);
    for day in ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-08"] {
        desk = desk.at_the_desk(day, &[("09:00", "12:00"), ("14:00", "17:00")]);
    }
    // Saturday 22:00 to Monday 9:00 is 35 hours, 26 of them in the week.
    assert_eq!(broken(desk.clone(), vec![lead("2026-06-06 18:00", "22:00")]), []);
    let monday = desk.office.last_mut().unwrap();
    monday.usual = vec![span("2026-06-08 08:59", "12:00")];
    monday.on_duty = monday.usual.clone();
    assert_eq!(broken(desk, vec![lead("2026-06-06 18:00", "22:00")]), [Rule::WeeklyRest]);
}

#[test]
fn quebec_asks_for_thirty_two_hours_a_week_and_no_rest_between_days() {
    let quebec = || under(Law::Quebec, 1);
    let short_night = vec![lead("2026-06-02 18:00", "23:00"), lead("2026-06-03 06:00", "11:00")];
    assert_eq!(broken(quebec(), short_night), []);
    let mut daily = Vec::new();
    for number in 1..=7 {
        daily.push(lead(&format!("2026-06-{number:02} 09:00"), "14:00"));
    }
    let findings = judge(&problem(daily.clone(), vec![quebec()]), &[Some(person(1)); 7]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].limit), (Rule::WeeklyRest, 32 * 60));
    assert_eq!(findings[0].article, "LNT, art. 78");
    daily.remove(5);
    assert_eq!(broken(quebec(), daily), []);
}

#[test]
fn a_civil_servants_day_spans_twelve_hours_at_most() {
    let places = || vec![lead("2026-06-06 09:00", "13:00"), lead("2026-06-06 18:00", "22:00")];
    assert_eq!(broken(french(1), places()), []);
    assert_eq!(broken(under(Law::FrancePublic, 1), places()), [Rule::DailySpan]);
}

#[test]
fn every_employers_law_binds_at_once() {
    let mut both = under(Law::Quebec, 1);
    both.employments.push(Employed::new(day("2026-06-03"), None, Law::FrancePrivate, false));
    let short_night = |day: &str, next: &str| {
        vec![lead(&format!("{day} 18:00"), "23:00"), lead(&format!("{next} 07:00"), "12:00")]
    };
    assert_eq!(broken(both.clone(), short_night("2026-06-02", "2026-06-03")), []);
    assert_eq!(broken(both, short_night("2026-06-03", "2026-06-04")), [Rule::DailyRest]);
}

#[test]
fn nobody_works_for_a_pool_before_joining_or_after_leaving_it() {
    let employed = Employed::new(day("2026-06-02"), Some(day("2026-06-03")), Law::FrancePrivate, true);
    let on = |date: &str| {
        broken(
            Candidate::new(person(1), PARIS, vec![employed.clone()]),
            vec![lead(&format!("{date} 18:00"), "22:00")],
        )
    };
    assert_eq!(on("2026-06-01"), [Rule::NotEmployed]);
    assert_eq!(on("2026-06-02"), []);
    assert_eq!(on("2026-06-03"), []);
    assert_eq!(on("2026-06-04"), [Rule::NotEmployed]);
    let elsewhere = Employed { in_pool: false, ..employed.clone() };
    assert_eq!(
        broken(Candidate::new(person(1), PARIS, vec![elsewhere]), vec![lead("2026-06-02 18:00", "22:00")]),
        [Rule::NotEmployed]
    );
}

#[test]
fn somebody_who_is_no_candidate_is_not_employed() {
    let findings =
        judge(&problem(vec![lead("2026-06-02 18:00", "22:00")], vec![french(1)]), &[Some(person(9))]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].person), (Rule::NotEmployed, person(9)));
}

#[test]
fn leave_and_cant_refuse_every_duty_they_touch() {
    let away = french(1).away("2026-06-02 21:00", "23:00");
    assert_eq!(broken(away, vec![lead("2026-06-02 18:00", "22:00")]), [Rule::Absence]);
    let touching = french(1).away("2026-06-02 22:00", "23:00");
    assert_eq!(broken(touching, vec![lead("2026-06-02 18:00", "22:00")]), []);
    let cant = || french(1).says("2026-06-03", WishKind::Cant);
    assert_eq!(broken(cant(), vec![lead("2026-06-03 18:00", "22:00")]), [Rule::Absence]);
    assert_eq!(broken(cant(), vec![lead("2026-06-02 20:00", "00:00")]), []);
    assert_eq!(broken(cant(), vec![lead("2026-06-02 20:00", "02:00")]), [Rule::Absence]);
    let unwilling = french(1).says("2026-06-03", WishKind::RatherNot);
    assert_eq!(broken(unwilling, vec![lead("2026-06-03 18:00", "22:00")]), []);
}

#[test]
fn nobody_is_in_two_places_at_once() {
    let twice = vec![lead("2026-06-02 18:00", "22:00"), backup("2026-06-02 21:00", "23:00")];
    assert_eq!(broken(french(1), twice), [Rule::Overlap]);
    let touching = vec![lead("2026-06-02 18:00", "20:00"), backup("2026-06-02 20:00", "22:00")];
    assert_eq!(broken(french(1), touching), []);
    let desk = french(1).at_the_desk("2026-06-02", &[("16:00", "18:30")]);
    assert_eq!(broken(desk, vec![lead("2026-06-02 18:00", "22:00")]), [Rule::Overlap]);
    let busy = french(1).busy("2026-06-02 21:30", "23:00");
    assert_eq!(broken(busy, vec![lead("2026-06-02 18:00", "22:00")]), [Rule::Overlap]);
}

#[test]
fn standby_that_stands_elsewhere_is_another_place() {
    let mut waiting = french(1);
    waiting.standby.push(span("2026-06-02 21:00", "23:00"));
    assert_eq!(broken(waiting, vec![lead("2026-06-02 18:00", "22:00")]), [Rule::Overlap]);
}

#[test]
fn whoever_is_on_leave_is_at_no_desk() {
    let evening = || vec![lead("2026-06-02 18:00", "22:00")];
    let seven = french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("13:00", "17:00")]);
    assert_eq!(broken(seven.clone(), evening()), [Rule::DailyMaximum]);
    assert_eq!(broken(seven.clone().away("2026-06-02 16:00", "17:00"), evening()), []);
    assert_eq!(broken(seven.away("2026-06-02 09:00", "09:59"), evening()), [Rule::DailyMaximum]);
    // A fortnight of leave leaves room for the week's evenings.
    let mut desk = french(1);
    for date in (1..=6).chain(8..=13) {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("09:00", "13:00"), ("14:00", "18:00")]);
    }
    let away = desk.clone().away("2026-06-01 00:00", "23:59").away("2026-06-02 00:00", "23:59");
    let sunday = || vec![lead("2026-06-07 18:00", "22:00")];
    assert!(broken(desk, sunday()).contains(&Rule::WeeklyRest));
    assert_eq!(broken(away, sunday()), [Rule::Overtime]);
}

#[test]
fn a_language_that_is_missing_can_be_accepted_with_a_reason() {
    let mut place = lead("2026-06-02 18:00", "22:00");
    place.slot.languages = vec![Language::FR, Language::EN];
    let mut one = french(1);
    one.languages = vec![Language::FR];
    let findings = judge(&problem(vec![place.clone()], vec![one.clone()]), &[Some(person(1))]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].gravity), (Rule::Language, Gravity::Overridable));
    one.languages.push(Language::EN);
    assert_eq!(broken(one, vec![place]), []);
}

#[test]
fn what_is_wrong_without_the_rota_is_not_the_rotas_fault() {
    let overworked = french(1)
        .busy("2026-06-01 06:00", "20:00")
        .at_the_desk("2026-06-02", &[("05:00", "12:00"), ("13:00", "19:00")]);
    assert_eq!(broken(overworked.clone(), vec![lead("2026-06-04 18:00", "22:00")]), []);
    let more = broken(overworked, vec![lead("2026-06-02 20:00", "21:00")]);
    assert!(more.contains(&Rule::DailyMaximum), "{more:?}");
}
