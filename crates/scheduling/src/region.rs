//! Regions made up from a seed, as large as wanted: for measuring, and for tests by chance.
//!
//! Offices under three laws in their own zones of the clock, advisors with a desk of seven hours (or
//! half of it) and a late start on duty days, leave, wishes, duties of the twelve weeks before and what they
//! owe each other from last year. Nothing here is data about anybody.

use chrono::{Days as CivilDays, NaiveDate, NaiveTime};
use chrono_tz::{America, Europe, Tz};
use domain::{
    Calendar, Days, DutyKind, Language, Law, Minutes, Need, NeedId, PersonId, PoolId, Season, Skills, Span,
    Window, WishKind, time,
};
use uuid::Uuid;

use crate::needs::{Period, around, office_days, slots};
use crate::solver::random::Dice;
use crate::{Candidate, Employed, Place, Problem, Wish, Work};

/// Where the pool's own clocks hang.
const ZONE: Tz = Europe::Paris;
/// So many weeks before are known, as far as averages look back.
const BEFORE: u64 = 12;
/// From this many advisors on, two people lead together.
const MANY: usize = 100;

/// How large a region is, and which one of that size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// How many offices share the watch; at least 1.
    pub offices: usize,
    /// How many advisors they employ together.
    pub advisors: usize,
    /// For how many weeks a rota is made; at least 1.
    pub weeks: u32,
    /// Which region of this size.
    pub seed: u64,
}

impl Region {
    /// The question: who watches over this region, from a Monday in January 2027 on.
    pub fn problem(&self) -> Problem {
        let from = NaiveDate::from_ymd_opt(2027, 1, 4).expect("a day of the calendar");
        let period = Period { from, until: from + CivilDays::new(u64::from(self.weeks) * 7 - 1) };
        let mut dice = Dice::new(self.seed);
        let places =
            slots(&self.needs(), period, ZONE, Calendar::France).into_iter().map(Place::open).collect();
        let people = (0..self.advisors).map(|number| self.advisor(number, period, &mut dice)).collect();
        Problem::new(ZONE, places, people)
    }

    /// A lead and a backup on weekday evenings, three duties on free days.
    fn needs(&self) -> Vec<Need> {
        let leads = if self.advisors < MANY { 1 } else { 2 };
        let need = |number, days, from, until, backups| Need {
            id: NeedId(Uuid::from_u128(number)),
            pool: PoolId(Uuid::from_u128(1)),
            window: Window { days, from: hour(from), until: hour(until) },
            leads,
            backups,
            languages: vec![Language::EN],
            skills: Skills::default(),
            kind: DutyKind::Active,
            from: NaiveDate::MIN,
            until: None,
            season: Season::default(),
        };
        vec![
            need(1, Days::WORKDAYS, 18, 22, 1),
            need(2, Days::FREE, 9, 13, 0),
            need(3, Days::FREE, 13, 18, 1),
            need(4, Days::FREE, 18, 22, 0),
        ]
    }

    fn advisor(&self, number: usize, period: Period, dice: &mut Dice) -> Candidate {
        let (law, calendar, zone) = office(number % self.offices, self.offices);
        let half = dice.roll(5) == 0;
        let id = PersonId(Uuid::from_u128(number as u128 + 1));
        let weekly = Minutes(if half { 17 * 60 + 30 } else { 35 * 60 });
        let employed = Employed {
            weekly: Some(weekly),
            calendar: Some(calendar),
            ..Employed::new(NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day"), None, law, true)
        };
        let mut one = Candidate::new(id, zone, vec![employed]);
        one.languages = vec![Language::FR];
        if dice.roll(5) > 0 {
            one.languages.push(Language::EN);
        }
        one.share_bp = if half { 5_000 } else { 10_000 };
        one.office = desk(half, period, zone, calendar);
        one.absences = leave(period, zone, dice);
        one.wishes = wishes(period, dice);
        one.busy = before(period, number, &one, dice).into_iter().map(Work::from).collect();
        one.balance = i64::try_from(dice.roll(481)).unwrap_or(0) - 240;
        one
    }
}

/// Seven offices of ten are private, two of a town; of ten, the last lies in Quebec. Where there are fewer
/// than ten, one is of a town, and the last lies in Quebec all the same.
fn office(number: usize, of: usize) -> (Law, Calendar, Tz) {
    let number = match number {
        1 if of < 10 => 3,
        last if of < 10 && last > 1 && last + 1 == of => 9,
        other => other,
    };
    match number % 10 {
        3 | 6 => (Law::FrancePublic, Calendar::France, ZONE),
        9 => (Law::Quebec, Calendar::Quebec, America::Toronto),
        _ => (Law::FrancePrivate, Calendar::France, ZONE),
    }
}

/// Ordinary hours: mornings alone for a half contract; who has a duty starts two hours later.
fn desk(half: bool, period: Period, zone: Tz, calendar: Calendar) -> Vec<crate::OfficeDay> {
    let window = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let (morning, afternoon) = (window(9, 12), window(13, 17));
    let (usual, on_duty) = if half {
        (vec![morning], vec![window(14, 17)])
    } else {
        (vec![morning, afternoon], vec![window(11, 13), window(14, 17)])
    };
    let known = Period { from: period.from - CivilDays::new(BEFORE * 7), ..around(period) };
    office_days(&usual, Some(&on_duty), known, zone, calendar)
}

/// Up to one week away in a quarter of a year.
fn leave(period: Period, zone: Tz, dice: &mut Dice) -> Vec<Span> {
    let weeks = (period.until - period.from).num_days() / 7 + 1;
    let quarters = usize::try_from(weeks / 13 + 1).unwrap_or(1);
    let mut away = Vec::new();
    for _ in 0..dice.roll(quarters + 1) {
        let first = some_day(period, dice);
        let (from, until) = (time::civil_day(first, zone), time::civil_day(first + CivilDays::new(6), zone));
        away.extend(Span::new(from.start(), until.end()));
    }
    away
}

/// Something said of one day in ten, each day once.
fn wishes(period: Period, dice: &mut Dice) -> Vec<Wish> {
    let said = |day, dice: &mut Dice| {
        let kind = match dice.roll(40) {
            0 => WishKind::Cant,
            1 | 2 => WishKind::RatherNot,
            3 => WishKind::Wish,
            _ => return None,
        };
        Some(Wish { day, kind })
    };
    period.days().filter_map(|day| said(day, dice)).collect()
}

/// An evening every third week, and one or two in the ten days before, where the desk left room.
fn before(period: Period, number: usize, one: &Candidate, dice: &mut Dice) -> Vec<Span> {
    let evening = Window { days: Days::ALL, from: hour(18), until: hour(22) };
    let weeks = (2..BEFORE).filter(|week| (number as u64 + week).is_multiple_of(3)).map(|week| 7 * week);
    let late = (0..dice.roll(3)).map(|_| 3 + dice.roll(3) as u64 * 3);
    let days = weeks.chain(late.collect::<Vec<_>>());
    days.filter_map(|ago| evening.on(period.from - CivilDays::new(ago), ZONE))
        .filter(|span| {
            let mut office = one.office.iter().flat_map(|day| &day.usual);
            !office.any(|hours| hours.overlaps(span))
        })
        .collect()
}

fn some_day(period: Period, dice: &mut Dice) -> NaiveDate {
    let days = usize::try_from((period.until - period.from).num_days() + 1).unwrap_or(1);
    period.from + CivilDays::new(dice.roll(days) as u64)
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day")
}
