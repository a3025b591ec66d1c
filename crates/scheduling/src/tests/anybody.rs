//! Pools in which anything may be: any laws, contracts, agreements, zones, nights, standby, answers
//! on it, hours elsewhere, history. Drawn by dice, so that a seed tells a whole pool.

use chrono::{Days as CivilDays, Duration, NaiveDate};
use chrono_tz::Tz;
use domain::{
    Agreement, Calendar, ChannelKind, Days, DutyKind, Language, Law, Level, Minutes, Need, NeedId,
    OrganisationId, PoolId, Skills, Span, Window, WishKind,
};
use uuid::Uuid;

use super::town::*;
use crate::law::{Setting, Term};
use crate::needs::{Period, around, office_days, slots};
use crate::solver::random::Dice;
use crate::{Candidate, Employed, Place, Problem, Wish, Work};

/// Zones whose clocks change on different nights, by an hour and by half of one.
pub const ZONES: [Tz; 5] = [
    PARIS,
    chrono_tz::America::Montreal,
    chrono_tz::Europe::Zurich,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::America::Santiago,
];

/// A pool of two or three people over ten to sixteen days.
pub fn any_problem(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let zone = ZONES[dice.roll(ZONES.len())];
    let starts = ["2026-03-02", "2026-03-23", "2026-04-24", "2026-06-01", "2026-10-19", "2026-12-18"];
    let from = day(starts[dice.roll(starts.len())]);
    let length = 10 + dice.roll(7) as u64;
    let period = Period { from, until: from + CivilDays::new(length - 1) };
    let places = any_places(&mut dice, period, zone);
    let people = 2 + dice.roll(2) as u128;
    let candidates = (1..=people).map(|number| anybody(&mut dice, number, zone, period)).collect();
    let mut problem = Problem::new(zone, places, candidates);
    problem.told = (dice.roll(3) == 0).then(|| from - CivilDays::new(dice.roll(18) as u64));
    problem
}

fn any_places(dice: &mut Dice, period: Period, zone: Tz) -> Vec<Place> {
    let windows = [
        (Days::ALL, "18:00", "22:00"),
        (Days::FREE, "09:00", "13:00"),
        (Days::FREE, "13:00", "18:00"),
        (Days::WORKDAYS, "12:00", "14:00"),
        (Days::ALL, "22:00", "06:00"),
        (Days::ALL, "20:00", "02:30"),
        (Days::ALL, "06:00", "12:30"),
    ];
    let mut needs = Vec::new();
    for number in 0..2 + dice.roll(3) {
        let (days, from, until) = windows[dice.roll(windows.len())];
        needs.push(Need {
            id: NeedId(Uuid::from_u128(number as u128)),
            pool: PoolId(Uuid::from_u128(1)),
            window: Window { days, from: hour(from), until: hour(until) },
            leads: 1,
            backups: 0,
            languages: if dice.roll(6) == 0 { vec![Language::EN] } else { Vec::new() },
            skills: skills(dice, 6),
            kind: domain::DutyKind::Active,
            from: day("2020-01-01"),
            until: None,
            season: domain::Season::default(),
        });
    }
    let mut places: Vec<Place> =
        slots(&needs, period, zone, Calendar::France).into_iter().map(Place::open).collect();
    let standby = dice.roll(4);
    for place in &mut places {
        if dice.roll(4) < standby {
            place.kind = DutyKind::Standby;
        }
    }
    places
}

/// A level of English, destinations, channels: each once in so many times.
fn skills(dice: &mut Dice, rare: usize) -> Skills {
    let mut now = || dice.roll(rare) == 0;
    let (level, known, channels) = (now(), now(), now());
    let office = OrganisationId(Uuid::from_u128(dice.roll(3) as u128));
    Skills {
        levels: level.then(|| (Language::EN, Level::ALL[dice.roll(6)])).into_iter().collect(),
        destinations: known.then_some(office).into_iter().collect(),
        channels: channels.then(|| ChannelKind::ALL[dice.roll(2)]).into_iter().collect(),
    }
}

fn anybody(dice: &mut Dice, number: u128, zone: Tz, period: Period) -> Candidate {
    let mut one = under(Law::FrancePrivate, number);
    one.zone = if dice.roll(4) == 0 { ZONES[dice.roll(ZONES.len())] } else { zone };
    one.employments = vec![employment(dice, true)];
    if dice.roll(3) == 0 {
        let in_pool = dice.roll(2) == 0;
        let employed = employment(dice, in_pool);
        one.employments.extend(in_parts(dice, &employed, period));
    }
    one.languages = if dice.roll(4) > 0 { vec![Language::EN] } else { Vec::new() };
    one.skills = skills(dice, 2);
    one.office = desk(dice, period, one.zone);
    one.born = (dice.roll(8) == 0).then(|| period.from - CivilDays::new(18 * 365 - 1));
    if dice.roll(3) == 0 {
        one.busy.extend(full_weeks(period.from, one.zone).into_iter().map(Work::from));
    }
    let history = if dice.roll(2) == 0 { 90 } else { 12 };
    for ago in 0..history {
        let date = period.from - CivilDays::new(ago);
        match dice.roll(12) {
            0 => one.busy.extend(stretch(dice, date, one.zone).map(Work::from)),
            1 if dice.roll(3) == 0 => one.elsewhere.extend(stretch(dice, date, one.zone)),
            2 if dice.roll(3) == 0 => {
                let wait = stretch(dice, date, one.zone);
                one.interventions.extend(wait.and_then(|wait| part(dice, wait)).map(Work::from));
                one.standby.extend(wait);
            }
            _ => {}
        }
    }
    for date in period.days() {
        match dice.roll(20) {
            0 => one.wishes.push(Wish { day: date, kind: WishKind::ALL[dice.roll(3)] }),
            1 => one.absences.push(domain::time::civil_day(date, zone)),
            2 => one.busy.extend(stretch(dice, date, one.zone).map(Work::from)),
            3 => one.elsewhere.extend(stretch(dice, date, one.zone)),
            4 => {
                let answer = stretch(dice, date, one.zone).and_then(|all| part(dice, all));
                one.interventions.extend(answer.map(Work::from));
            }
            _ => {}
        }
    }
    if dice.roll(2) == 0 {
        name_employers(dice, &mut one);
    }
    one
}

/// Says for whom everything is: one of two employers, or one that employs them nowhere else.
fn name_employers(dice: &mut Dice, one: &mut Candidate) {
    let mut any = || Some(OrganisationId(Uuid::from_u128(1 + dice.roll(3).min(1 + dice.roll(2)) as u128)));
    let (first, second) = (any(), any());
    let mut parts = one.employments.iter_mut();
    parts.next().into_iter().for_each(|employed| employed.employer = first);
    parts.for_each(|employed| employed.employer = second);
    for work in one.busy.iter_mut().chain(&mut one.interventions) {
        work.employer = any();
    }
    let desk = any();
    one.office.iter_mut().for_each(|hours| hours.employer = desk);
}

/// Fourteen weeks of eight hours on five days, until the day before `from`.
fn full_weeks(from: NaiveDate, zone: Tz) -> Vec<Span> {
    let open = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let before = Period { from: from - CivilDays::new(98), until: from - CivilDays::new(1) };
    let days =
        office_days(&[open("08:00", "12:00"), open("13:00", "17:00")], None, before, zone, Calendar::France);
    days.into_iter().flat_map(|day| day.usual).collect()
}

/// A few hours of a day, full hours by the clock.
fn stretch(dice: &mut Dice, date: NaiveDate, zone: Tz) -> Option<Span> {
    let from = dice.roll(22) as u32;
    let until = (from + 1 + dice.roll(6) as u32) % 24;
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Window { days: Days::ALL, from: time(from), until: time(until) }.on(date, zone)
}

/// Ten minutes or so of `whole`.
fn part(dice: &mut Dice, whole: Span) -> Option<Span> {
    let length = i64::from(whole.length().0);
    let start = whole.start() + Duration::minutes(dice.roll(usize::try_from(length).ok()?) as i64);
    Span::new(start, start + Duration::minutes(5 + dice.roll(30) as i64)).ok()
}

fn employment(dice: &mut Dice, in_pool: bool) -> Employed {
    let law = Law::ALL[dice.roll(Law::ALL.len())];
    let (from, until) = match dice.roll(5) {
        0 => (day("2026-03-05"), None),
        1 => (day("2020-01-01"), Some(day("2026-10-28"))),
        _ => (day("2020-01-01"), None),
    };
    let mut one = Employed::new(from, until, law, in_pool);
    one.weekly =
        [None, Some(Minutes::hours(35)), Some(Minutes::hours(24)), Some(Minutes::hours(28))][dice.roll(4)];
    one.tourist_office = dice.roll(6) > 0;
    one.calendar = (dice.roll(2) == 0).then_some(Calendar::France);
    for (term, amount) in [
        (Term::DailyRest, 9 * 60),
        (Term::DailyMaximum, 11 * 60),
        (Term::AverageMaximum, 30 * 60),
        (Term::ExtraHours, 3_334),
        (Term::Interruptions, 2),
        (Term::InterruptionLength, 5 * 60),
        (Term::ConsecutiveDays, 4),
        (Term::SundaysInYear, 2),
        (Term::SundayWork, 10 * 60),
        (Term::NightWork, 4 * 60),
        (Term::StandbyKind, 1),
        (Term::StandbyDays, 3),
        (Term::StandbyPause, 20),
        (Term::OvertimeMonth, 10 * 60),
        (Term::NightAverage, 20 * 60),
    ] {
        if dice.roll(4) == 0 {
            let document = "accord".to_owned();
            one.settings.push(Setting { term, amount, document, from: day("2026-01-01") });
        }
    }
    one
}

/// The same, now and then cut where an agreement on longer days begins and ends.
fn in_parts(dice: &mut Dice, one: &Employed, period: Period) -> Vec<Employed> {
    if dice.roll(3) > 0 {
        return vec![one.clone()];
    }
    let from = period.from + CivilDays::new(dice.roll(10) as u64);
    let until = Some(from + CivilDays::new(3));
    let longer =
        Agreement { from, until, ..agreement(None, Term::DailyMaximum, 11 * 60, "2026-01-01", None) };
    one.under(&[&longer])
}

fn desk(dice: &mut Dice, period: Period, zone: Tz) -> Vec<crate::OfficeDay> {
    let desk = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let patterns: [(Vec<Window>, Option<Vec<Window>>); 4] = [
        (Vec::new(), None),
        (vec![desk("09:00", "12:00"), desk("14:00", "17:00")], None),
        (vec![desk("08:00", "12:00"), desk("13:00", "16:00")], Some(vec![desk("10:00", "16:00")])),
        (vec![desk("09:30", "12:00")], Some(vec![desk("14:00", "17:30")])),
    ];
    let (usual, on_duty) = &patterns[dice.roll(patterns.len())];
    office_days(usual, on_duty.as_deref(), around(period), zone, Calendar::France)
}
