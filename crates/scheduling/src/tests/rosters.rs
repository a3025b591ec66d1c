//! Rosters of one person under French private law, each with what must be found in it, its longest
//! day and its fullest week: own cases of the kind that outside ones are.

use chrono::Duration;
use domain::finding::Rule;
use domain::{DutyKind, Span};

use super::town::*;
use crate::record::{Record, length};
use crate::{Candidate, Place, Work, judge};

use Rule::{AverageMaximum, Break, DailyMaximum, DailyRest, WeeklyMaximum, WeeklyRest, WorkingDays};

struct Roster {
    name: &'static str,
    /// By the clocks of Paris, to the next day if need be.
    work: Vec<(String, &'static str)>,
    /// Waiting, and answers in it.
    standby: Vec<(String, &'static str)>,
    answers: Vec<(String, &'static str)>,
    found: &'static [Rule],
    day: i64,
    week: i64,
}

fn roster(
    name: &'static str,
    work: &[(&str, &'static str)],
    found: &'static [Rule],
    day: i64,
    week: i64,
) -> Roster {
    let work = work.iter().map(|(from, until)| ((*from).to_owned(), *until)).collect();
    Roster { name, work, standby: Vec::new(), answers: Vec::new(), found, day, week }
}

/// The same hours on each of those days of June 2026.
fn daily(days: &[u32], hours: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    let on = |day: &u32| {
        hours.iter().map(|(from, until)| (format!("2026-06-{day:02} {from}"), *until)).collect::<Vec<_>>()
    };
    days.iter().flat_map(on).collect()
}

/// Weeks of five days from Monday 1 June: eight hours, and so many minutes more on each day.
fn weeks(count: u64, more: i64) -> Vec<(String, &'static str)> {
    let until = ["17:48", "17:49"][usize::from(more > 48)];
    let days = (0..count * 7).map(|later| day("2026-06-01") + chrono::Days::new(later));
    let work = days.filter(|day| domain::Days::WORKDAYS.hold(*day, domain::Calendar::Switzerland));
    work.flat_map(|day| [(format!("{day} 08:00"), "12:00"), (format!("{day} 13:00"), until)]).collect()
}

fn rosters() -> Vec<Roster> {
    let office = [("09:00", "12:00"), ("14:00", "17:00")];
    let evening = [("18:00", "22:00")];
    let of = |name, work, found, day, week| Roster { work, ..roster(name, &[], found, day, week) };
    let mut all = vec![
        roster(
            "ten hours in a day",
            &[("2026-06-02 08:00", "13:00"), ("2026-06-02 14:00", "19:00")],
            &[],
            600,
            600,
        ),
        roster(
            "ten hours and a minute",
            &[("2026-06-02 08:00", "13:00"), ("2026-06-02 14:00", "19:01")],
            &[DailyMaximum],
            601,
            601,
        ),
        roster(
            "eleven hours between",
            &[("2026-06-02 18:00", "22:00"), ("2026-06-03 09:00", "12:00")],
            &[],
            240,
            420,
        ),
        roster(
            "autumn night, ten by the clock",
            &[("2026-10-24 18:00", "22:00"), ("2026-10-25 08:00", "12:00")],
            &[],
            240,
            480,
        ),
        roster(
            "autumn night, nine by the clock",
            &[("2026-10-24 18:00", "22:00"), ("2026-10-25 07:59", "12:00")],
            &[DailyRest],
            241,
            481,
        ),
        roster(
            "spring night, twelve by the clock",
            &[("2026-03-28 18:00", "22:00"), ("2026-03-29 10:00", "12:00")],
            &[],
            240,
            360,
        ),
        roster("spring night at work", &[("2026-03-28 22:00", "04:00")], &[], 180, 300),
        roster("six hours and a minute on end", &[("2026-06-02 14:00", "20:01")], &[Break], 361, 361),
        roster(
            "a pause of twenty minutes",
            &[("2026-06-02 14:00", "17:00"), ("2026-06-02 17:20", "20:45")],
            &[],
            205 + 180,
            385,
        ),
        roster("a run over midnight is one", &[("2026-06-02 20:00", "03:00")], &[Rule::Break], 240, 420),
        roster(
            "thirteen hours from start to end",
            &[("2026-06-02 09:00", "13:00"), ("2026-06-02 18:00", "22:00")],
            &[],
            480,
            480,
        ),
        roster(
            "thirteen hours and a minute",
            &[("2026-06-02 08:59", "13:00"), ("2026-06-02 18:00", "22:00")],
            &[DailyRest],
            481,
            481,
        ),
        of("six evenings", daily(&[1, 2, 3, 4, 5, 6], &evening), &[], 240, 1440),
        of(
            "twelve evenings in a row",
            daily(&[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], &evening),
            &[],
            240,
            1440,
        ),
        of(
            "thirteen evenings",
            daily(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], &evening),
            &[WeeklyRest, WorkingDays],
            240,
            1680,
        ),
        of(
            "seven days with a rest of thirty-five hours",
            {
                let mut days = daily(&[1], &[("00:00", "02:00")]);
                days.extend(daily(&[3, 4, 5, 6, 7], &evening));
                days.extend(daily(&[2], &[("23:00", "23:30")]));
                days
            },
            &[WorkingDays],
            240,
            120 + 30 + 1200,
        ),
        of(
            "Saturday evening to Monday morning",
            {
                let mut days = daily(&[1, 2, 3, 4, 5, 6], &evening);
                days.extend(daily(&[8], &[("08:59", "12:00")]));
                days
            },
            &[WeeklyRest],
            240,
            1440,
        ),
        of(
            "forty-eight hours",
            daily(&[1, 2, 3, 4, 5, 6], &[("08:00", "12:00"), ("13:00", "17:00")]),
            &[],
            480,
            2880,
        ),
        of(
            "office and two evenings",
            {
                let mut days = daily(&[1, 2, 3, 4, 5], &office);
                days.extend(daily(&[2, 4], &evening));
                days
            },
            &[],
            600,
            30 * 60 + 480,
        ),
        of(
            "a desk of seven hours and an evening",
            daily(&[2], &[("09:00", "12:00"), ("14:00", "18:00"), ("18:00", "22:00")]),
            &[DailyMaximum, Break],
            660,
            660,
        ),
        of("twelve weeks of forty-four hours", weeks(12, 48), &[], 528, 2640),
        of("twelve weeks of forty-four and five minutes", weeks(12, 49), &[AverageMaximum], 529, 2645),
        of("eleven weeks of forty-four and five minutes", weeks(11, 49), &[], 529, 2645),
        of(
            "more than forty-eight hours",
            {
                let mut days = daily(&[1, 2, 3, 4, 5], &[("08:00", "12:00"), ("12:20", "17:20")]);
                days.extend(daily(&[6], &[("09:00", "12:01")]));
                days
            },
            &[WeeklyMaximum],
            540,
            2700 + 181,
        ),
    ];
    let waiting = vec![("2026-06-05 18:00".to_owned(), "08:00")];
    all.push(Roster {
        standby: waiting.clone(),
        ..of("waiting all night is rest", daily(&[5, 6], &office), &[], 360, 720)
    });
    all.push(Roster {
        standby: waiting.clone(),
        answers: vec![("2026-06-05 21:00".to_owned(), "21:10")],
        ..of("an answer that leaves eleven hours", daily(&[5, 6], &office), &[], 370, 730)
    });
    all.push(Roster {
        standby: waiting,
        answers: vec![("2026-06-05 23:00".to_owned(), "23:10")],
        ..of("an answer at eleven in the evening", daily(&[5, 6], &office), &[DailyRest], 370, 730)
    });
    all
}

fn spans(all: &[(String, &'static str)]) -> Vec<Span> {
    all.iter().map(|(from, until)| span(from, until)).collect()
}

/// Everything as duties of the rota, answers as they were recorded.
fn found(roster: &Roster) -> Vec<Rule> {
    let place =
        |kind: DutyKind| move |(from, until): &(String, &'static str)| Place { kind, ..lead(from, until) };
    let work = roster.work.iter().map(place(DutyKind::Active));
    let places: Vec<Place> = work.chain(roster.standby.iter().map(place(DutyKind::Standby))).collect();
    let answers = spans(&roster.answers).into_iter().map(Work::from).collect();
    let who: Candidate = Candidate { interventions: answers, ..french(1) };
    let rota = vec![Some(person(1)); places.len()];
    let forbidden = judge(&problem(places, vec![who]), &rota).into_iter().filter(|one| one.gravity.blocks());
    let mut rules: Vec<Rule> = forbidden.map(|one| one.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn every_roster_breaks_what_it_should_and_nothing_else() {
    for roster in rosters() {
        let mut wanted = roster.found.to_vec();
        wanted.sort_unstable();
        assert_eq!(found(&roster), wanted, "{}", roster.name);
        let work = spans(&roster.work).into_iter().chain(spans(&roster.answers)).collect();
        let record = Record::new(work, PARIS);
        let longest = record.days().values().map(|worked| length(worked)).max().unwrap_or_default();
        let fullest = record.weeks().values().copied().max().unwrap_or_default();
        assert_eq!(
            (longest, fullest),
            (Duration::minutes(roster.day), Duration::minutes(roster.week)),
            "{}",
            roster.name
        );
    }
}
