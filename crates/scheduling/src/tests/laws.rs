//! Laws as data, and what agreements may and may not change of them.

use domain::{Gravity, Law, Rule};

use super::town::*;
use crate::{
    Employed,
    law::{Refused, Setting, Source, Term, latitude, profile},
};

fn setting(term: Term, amount: u32) -> Setting {
    Setting { term, amount, document: "Accord du 20 mai 2021".to_owned(), from: day("2021-06-01") }
}

#[test]
fn every_value_names_its_article_or_is_a_rule_of_the_house() {
    for law in Law::ALL {
        let profile = profile(law);
        assert_eq!(profile.law, law);
        for (term, limit) in profile.limits() {
            assert!(!limit.article.is_empty() || limit.source == Source::House, "{law:?} {term:?}");
        }
        assert!(profile.breaks.iter().all(|due| !due.pause.article.is_empty()), "{law:?}");
    }
}

#[test]
fn alsace_and_moselle_ask_what_france_asks_but_on_sundays_and_holidays() {
    let (local, france) = (profile(Law::AlsaceMoselle), profile(Law::FrancePrivate));
    let other: Vec<Term> =
        Term::ALL.into_iter().filter(|term| local.limit(*term) != france.limit(*term)).collect();
    assert_eq!(other, [Term::SundayWork, Term::SundayWorkElsewhere, Term::HolidayWork, Term::FeastWork]);
}

#[test]
fn an_agreement_goes_as_far_as_the_law_lets_it() {
    let rest = profile(Law::FrancePrivate).with(&setting(Term::DailyRest, 9 * 60)).unwrap();
    let limit = rest.limit(Term::DailyRest).unwrap();
    assert_eq!((limit.amount, limit.article.as_ref()), (540, "D3131-6"));
    assert_eq!(limit.gravity, Gravity::Absolute);
}

#[test]
fn an_agreement_that_goes_further_is_refused_in_words() {
    let said = |law, term, amount| setting(term, amount).check(law).unwrap_err().to_string();
    assert_eq!(
        said(Law::FrancePrivate, Term::DailyRest, 8 * 60 + 30),
        "the daily rest may be 9 h by agreement (D3131-6), not 8 h 30"
    );
    assert_eq!(
        said(Law::FrancePrivate, Term::ExtraHours, 5_000),
        "a part-timer's extra hours may be 33.34 % by agreement (L3123-20), not 50 %"
    );
    assert_eq!(
        said(Law::FrancePublic, Term::DailySpan, 13 * 60),
        "no agreement may change the span of a day: 12 h (décret 2000-815, art. 3)"
    );
    assert_eq!(
        said(Law::FrancePrivate, Term::WorkingDays, 7),
        "no agreement may change the working days of a week: 6 days (L3132-1)"
    );
    let unnamed = Setting { document: "  ".to_owned(), ..setting(Term::DailyRest, 600) };
    assert_eq!(unnamed.check(Law::FrancePrivate), Err(Refused::NoDocument { term: Term::DailyRest }));
}

#[test]
fn an_agreement_may_always_give_more_than_the_law_and_then_its_document_is_named() {
    let more = profile(Law::FrancePrivate).with(&setting(Term::WeeklyRest, 48 * 60)).unwrap();
    let limit = more.limit(Term::WeeklyRest).unwrap();
    assert_eq!((limit.amount, limit.article.as_ref()), (2880, "Accord du 20 mai 2021"));
    // Quebec asks for no rest between days; a house may ask it of itself, and bend it with a reason.
    let house = profile(Law::Quebec).with(&setting(Term::DailyRest, 11 * 60)).unwrap();
    assert_eq!(house.limit(Term::DailyRest).unwrap().gravity, Gravity::Overridable);
}

#[test]
fn an_agreement_names_its_article_and_where_there_is_none_its_document() {
    let article = |law, term, amount| {
        profile(law).with(&setting(term, amount)).unwrap().limit(term).unwrap().article.clone().into_owned()
    };
    assert_eq!(article(Law::Quebec, Term::RefusableWeek, 60 * 60), "LNT, art. 59.0.1, 2°");
    assert_eq!(article(Law::FrancePrivate, Term::MayDayWork, 8 * 60), "Accord du 20 mai 2021");
    let beyond = setting(Term::MayDayWork, 11 * 60).check(Law::FrancePrivate).unwrap_err().to_string();
    assert_eq!(beyond, "work on 1 May may be 10 h by agreement, not 11 h");
}

#[test]
fn a_longer_pause_is_a_setting_too() {
    let longer = profile(Law::FrancePrivate).with(&setting(Term::Pause, 45)).unwrap();
    assert_eq!(longer.breaks[0].pause.amount, 45);
    assert!(setting(Term::Pause, 15).check(Law::FrancePrivate).is_err());
}

#[test]
fn a_setting_holds_from_its_day_and_what_the_law_forbids_never_does() {
    let settings = [setting(Term::DailyRest, 9 * 60), setting(Term::WorkingDays, 7)];
    let on = |date| profile(Law::FrancePrivate).with_all(&settings, day(date));
    assert_eq!(on("2021-05-31").amount(Term::DailyRest), Some(660));
    assert_eq!(on("2021-06-01").amount(Term::DailyRest), Some(540));
    assert_eq!(on("2021-06-01").amount(Term::WorkingDays), Some(6));
}

#[test]
fn the_last_agreement_counts_and_is_measured_against_the_law_alone() {
    let later = Setting { from: day("2024-01-01"), ..setting(Term::DailyMaximum, 11 * 60) };
    let all = profile(Law::FrancePrivate)
        .with_all(&[later, setting(Term::DailyMaximum, 9 * 60)], day("2026-01-01"));
    let limit = all.limit(Term::DailyMaximum).unwrap();
    assert_eq!((limit.amount, limit.article.as_ref()), (660, "L3121-19"));
}

#[test]
fn how_far_a_law_says_it_goes_is_how_far_it_lets_an_agreement_go() {
    for (law, term) in Law::ALL.into_iter().flat_map(|law| Term::ALL.map(|term| (law, term))) {
        let Some(latitude) = latitude(law, term) else {
            assert!(setting(term, 1).check(law).is_ok(), "{law:?} asks nothing of {term:?}");
            continue;
        };
        let edges = [latitude.amount, latitude.bound.as_ref().map_or(0, |(bound, _)| *bound)];
        for amount in edges.into_iter().flat_map(|edge| [edge.saturating_sub(1), edge, edge + 1]) {
            let allowed = setting(term, amount).check(law).is_ok();
            assert_eq!(latitude.allows(amount), allowed, "{law:?} {term:?} {amount}");
        }
    }
}

#[test]
fn an_employment_is_read_under_the_agreements_of_each_of_its_days() {
    let employed = Employed::new(day("2020-01-01"), None, Law::FrancePrivate, true);
    let summer = agreement(None, Term::DailyMaximum, 720, "2026-07-01", Some("2026-08-31"));
    let public = agreement(Some(Law::FrancePublic), Term::ShortDuty, 180, "2026-01-01", None);
    let parts = employed.under(&[&summer, &public]);
    let days: Vec<_> = parts.iter().map(|part| (part.from, part.until, part.settings.len())).collect();
    assert_eq!(
        days,
        [
            (day("2020-01-01"), Some(day("2026-06-30")), 0),
            (day("2026-07-01"), Some(day("2026-08-31")), 1),
            (day("2026-09-01"), None, 0),
        ]
    );
    assert_eq!(employed.under(&[]), [employed]);
}

#[test]
fn an_agreement_that_begins_within_a_rota_holds_from_its_day_on() {
    let longer = agreement(None, Term::DailyMaximum, 720, "2026-06-03", None);
    let mut one = french(1);
    one.employments = one.employments[0].under(&[&longer]);
    let eleven_hours = |date: &str| lead(&format!("{date} 08:00"), "19:00");
    let rota = problem(vec![eleven_hours("2026-06-02"), eleven_hours("2026-06-04")], vec![one]);
    let found = crate::judge(&rota, &[Some(person(1)); 2]);
    let long: Vec<_> = found.iter().filter(|one| one.rule == Rule::DailyMaximum).collect();
    assert_eq!(long.len(), 1, "{found:?}");
    assert!(long[0].span.overlaps(&span("2026-06-02 08:00", "19:00")));
}
