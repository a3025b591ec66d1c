//! What a duty asks for: languages at a level, destinations known, channels answered on. By example; and by
//! chance that the judge and the solver, who share no code, mean the same.

use domain::finding::{Gravity, Rule};
use domain::{ChannelKind, Language, Level, OrganisationId, Rung, Skill, Skills, Slot};
use proptest::prelude::*;
use uuid::Uuid;

use super::town::*;
use crate::explain::why_not;
use crate::skills::brings;
use crate::{
    Budget, Candidate, Employed, Place, Quiet, Seed, Standing, judge, score, solve, ways_to_fill, who_could,
};

const EVENING: (&str, &str) = ("2026-06-02 18:00", "22:00");

fn german() -> Language {
    Language::parse("de").unwrap()
}

fn office(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

fn evening(asked: Skills) -> Place {
    let mut place = lead(EVENING.0, EVENING.1);
    if !asked.levels.is_empty() {
        place.slot.languages = asked.levels.keys().copied().collect();
    }
    place.slot.skills = asked;
    place
}

fn at_level(level: Level) -> Skills {
    Skills { levels: [(german(), level)].into(), ..Skills::default() }
}

fn knowing(number: u128) -> Skills {
    Skills { destinations: [office(number)].into(), ..Skills::default() }
}

fn answering(channel: ChannelKind) -> Skills {
    Skills { channels: [channel].into(), ..Skills::default() }
}

fn with(number: u128, skills: Skills) -> Candidate {
    Candidate { languages: skills.levels.keys().copied().collect(), skills, ..french(number) }
}

/// What person 1 lacks for `place`, rule by rule, as the judge says; the solver must agree.
fn lacks(place: &Place, one: &Candidate) -> Vec<(Rule, Vec<Skill>)> {
    let mut question = problem(vec![place.clone()], vec![one.clone()]);
    question.names = [(office(7), "Riquewihr".to_owned())].into();
    let findings = judge(&question, &[Some(one.person)]);
    let skills = findings.into_iter().filter(|finding| !finding.lacks.is_empty());
    let found: Vec<_> = skills
        .map(|finding| {
            assert_eq!(finding.gravity, Gravity::Overridable);
            assert_eq!(finding.measured, i64::try_from(finding.lacks.len()).unwrap());
            (finding.rule, finding.lacks)
        })
        .collect();
    assert_eq!(brings(one, &place.slot), found.is_empty(), "the solver means the same");
    found
}

#[test]
fn a_level_that_is_asked_is_had_by_whoever_has_it_or_more_or_says_none() {
    let asked = evening(at_level(Level::B2));
    let missing = |spoken| vec![Skill::Language { language: german(), level: Some(Level::B2), spoken }];
    for (level, enough) in [(Level::A1, false), (Level::B1, false), (Level::B2, true), (Level::C2, true)] {
        let expected = if enough { vec![] } else { vec![(Rule::Language, missing(Some(level)))] };
        assert_eq!(lacks(&asked, &with(1, at_level(level))), expected, "{level:?}");
    }
    let mut fluent = french(1);
    fluent.languages = vec![german()];
    assert_eq!(lacks(&asked, &fluent), [], "a language without a level is sufficient");
    assert_eq!(lacks(&asked, &french(1)), [(Rule::Language, missing(None))], "not speaking it is not");
}

#[test]
fn a_need_that_names_no_level_takes_anybody_who_speaks_the_language() {
    let mut asked = evening(Skills::default());
    asked.slot.languages = vec![german()];
    assert_eq!(lacks(&asked, &with(1, at_level(Level::A1))), []);
}

#[test]
fn a_destination_is_known_by_whoever_says_so_or_works_there_that_day() {
    let asked = evening(knowing(7));
    let name = Skill::Destination { office: office(7), name: "Riquewihr".to_owned() };
    assert_eq!(lacks(&asked, &french(1)), [(Rule::Destination, vec![name.clone()])]);
    assert_eq!(lacks(&asked, &with(1, knowing(7))), []);
    let works = |from: &str, until: Option<&str>| {
        let mut one = french(1);
        let employed = Employed::new(day(from), until.map(day), domain::Law::FrancePrivate, false);
        one.employments.push(Employed { employer: Some(office(7)), ..employed });
        one
    };
    assert_eq!(lacks(&asked, &works("2026-06-02", None)), []);
    for (from, until) in [("2020-01-01", Some("2026-06-01")), ("2026-06-03", None)] {
        assert_eq!(lacks(&asked, &works(from, until)), [(Rule::Destination, vec![name.clone()])]);
    }
}

#[test]
fn whoever_names_no_channel_answers_on_all() {
    let asked = evening(answering(ChannelKind::WebChat));
    assert_eq!(lacks(&asked, &french(1)), []);
    assert_eq!(lacks(&asked, &with(1, answering(ChannelKind::WebChat))), []);
    assert_eq!(
        lacks(&asked, &with(1, answering(ChannelKind::Email))),
        [(Rule::Channel, vec![Skill::Channel { channel: ChannelKind::WebChat }])]
    );
}

#[test]
fn everything_that_is_missing_is_named() {
    let both: std::collections::BTreeSet<_> = ChannelKind::ALL.into();
    let mut asked = evening(Skills {
        channels: both,
        destinations: [office(7), office(8)].into(),
        ..at_level(Level::C1)
    });
    asked.slot.languages.push(Language::EN);
    let one = with(1, Skills { destinations: [office(7)].into(), ..answering(ChannelKind::Email) });
    let found = lacks(&asked, &one);
    let counts: Vec<_> = found.iter().map(|(rule, lacks)| (*rule, lacks.len())).collect();
    assert_eq!(counts, [(Rule::Language, 2), (Rule::Destination, 1), (Rule::Channel, 1)]);
    assert!(matches!(&found[1].1[0], Skill::Destination { name, .. } if name.is_empty()), "{found:?}");
}

#[test]
fn the_duty_goes_to_whoever_brings_all_of_it_and_stays_open_where_nobody_does() {
    let asked = Skills { destinations: [office(7)].into(), ..at_level(Level::B2) };
    let half = with(1, at_level(Level::C1));
    let other = with(2, knowing(7));
    let all = with(3, Skills { destinations: [office(7), office(8)].into(), ..at_level(Level::B2) });
    let solved = |people: Vec<Candidate>| {
        let question = problem(vec![evening(asked.clone())], people);
        (solve(&question, Budget::of_work(300), Seed(1), &mut Quiet).rota, question)
    };
    assert_eq!(solved(vec![half.clone(), other.clone(), all]).0, [Some(person(3))]);
    let (rota, question) = solved(vec![half, other]);
    assert_eq!(rota, [None]);
    let said = who_could(&question, &rota, 0);
    assert!(said.iter().all(|one| matches!(one.standing, Standing::WithReason { .. })), "{said:?}");
    let rules: Vec<_> = [1, 2].map(|one| why_not(&question, &rota, 0, person(one)).unwrap().rule).into();
    assert_eq!(rules, [Rule::Destination, Rule::Language]);
    let ways = ways_to_fill(&question, &rota, 0);
    assert!(!ways.is_empty() && ways.iter().all(|way| way.accepted.is_some()), "{ways:?}");
}

#[test]
fn a_duty_is_owed_by_those_who_bring_what_it_asks_for() {
    let people = vec![with(1, knowing(7)), french(2)];
    let question = problem(vec![evening(knowing(7))], people);
    let fair: Vec<i64> = score(&question, &[None]).shares.iter().map(|share| share.fair).collect();
    assert_eq!(fair, [240, 0]);
}

#[test]
fn backups_are_asked_nothing() {
    let need = domain::Need {
        id: domain::NeedId(Uuid::nil()),
        pool: domain::PoolId(Uuid::nil()),
        window: domain::Window { days: domain::Days::ALL, from: hour("18:00"), until: hour("22:00") },
        leads: 2,
        backups: 1,
        languages: vec![german()],
        skills: Skills { destinations: [office(7)].into(), ..at_level(Level::B2) },
        kind: domain::DutyKind::Active,
        from: day("2026-01-01"),
        until: None,
        season: domain::Season::default(),
    };
    let period = crate::needs::Period { from: day("2026-06-02"), until: day("2026-06-02") };
    let slots = crate::needs::slots(std::slice::from_ref(&need), period, PARIS, domain::Calendar::France);
    let asks = |slot: &Slot| (slot.rung, slot.skills == need.skills, slot.skills == Skills::default());
    assert_eq!(
        slots.iter().map(asks).collect::<Vec<_>>(),
        [(Rung::Lead, true, false), (Rung::Lead, true, false), (Rung::Backup, false, true)]
    );
}

fn languages() -> impl Strategy<Value = (Vec<Language>, Skills)> {
    let level = prop::option::of(prop::sample::select(Level::ALL.to_vec()));
    let one = (prop::sample::select(vec![german(), Language::EN, Language::FR]), level);
    prop::collection::vec(one, 0..3).prop_map(|all| {
        Skills::of_spoken(all.into_iter().map(|(language, level)| domain::Spoken { language, level }))
    })
}

fn anything() -> impl Strategy<Value = (Vec<Language>, Skills)> {
    let offices = prop::collection::btree_set((6_u128..9).prop_map(office), 0..3);
    let channels = prop::collection::btree_set(prop::sample::select(ChannelKind::ALL.to_vec()), 0..3);
    (languages(), offices, channels).prop_map(|((languages, levels), destinations, channels)| {
        (languages, Skills { destinations, channels, ..levels })
    })
}

proptest! {
    #[test]
    fn the_judge_finds_something_missing_exactly_where_the_solver_does(
        asked in anything(), brought in anything(), employer in prop::option::of(6_u128..9), runs: bool,
    ) {
        let mut place = lead(EVENING.0, EVENING.1);
        (place.slot.languages, place.slot.skills) = asked;
        let mut one = french(1);
        (one.languages, one.skills) = brought;
        one.employments[0].employer = employer.map(office);
        if !runs {
            one.employments[0].until = Some(day("2026-06-01"));
        }
        let _ = lacks(&place, &one);
    }
}
