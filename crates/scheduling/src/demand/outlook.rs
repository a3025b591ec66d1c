//! From when visitors wrote to how many people a week's hours want, and what nobody watches today.
//!
//! Messages are counted by kind of day (seven weekdays and public holidays) and half hour. Hours that
//! are watched are looked at kind by kind; hours that nobody watches, over all kinds of day that are
//! watched alike, because there is less to go by. A planning aid: it knows the past, and no festival.

use std::{collections::BTreeMap, ops::Range};

use chrono::{DateTime, Days as CivilDays, Duration, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use domain::{Calendar, Days, DemandTerms, Minutes, Need, Outlook, Proposal, Reception, Window, time};

use super::{chat, erlang};
use crate::needs::Period;

/// Half hours of a day.
const HALVES: usize = 48;
/// Fewer messages in a stretch say more about people than about hours.
const FEWEST: u32 = 5;
/// An unwatched stretch without a message for so many half hours is two.
const QUIET: usize = 4;
/// More people at once are not proposed.
const MOST: u8 = 8;
/// What each chat takes longer for each further one held beside it, in percent: an assumption.
const SLOWER: u32 = 25;
/// As many chats one person holds at once.
const CHATS: u32 = 3;

/// What the messages of `period` say of the hours that `needs` watch in the days after it. Messages
/// on other days must not be handed in. Nothing is proposed while there are too few of them.
pub fn outlook(
    arrivals: &[DateTime<Utc>],
    period: Period,
    needs: &[Need],
    (zone, calendar): (Tz, Calendar),
    terms: DemandTerms,
) -> Outlook {
    let kinds: Vec<Kind> = (0..8_u8)
        .map(|bit| Kind::of(Days(1 << bit), arrivals, period, needs, (zone, calendar)))
        .filter(|kind| kind.days > 0)
        .collect();
    let mut found = Outlook {
        from: period.from,
        until: period.until,
        terms,
        messages: kinds.iter().map(|kind| kind.messages.iter().sum::<u32>()).sum(),
        missed: kinds.iter().map(Kind::missed).sum(),
        proposals: Vec::new(),
    };
    if found.is_founded() {
        found.proposals.extend(short(&kinds, terms));
        found.proposals.extend(unwatched(&kinds, terms));
        found
            .proposals
            .sort_by_key(|one| (std::cmp::Reverse(one.messages), one.window.days.0, one.window.from));
    }
    found
}

/// A kind of day: what came on such days, and who is asked to answer.
#[derive(Clone, Debug)]
struct Kind {
    which: Days,
    days: u32,
    messages: [u32; HALVES],
    people: [u8; HALVES],
}

impl Kind {
    fn of(
        which: Days,
        arrivals: &[DateTime<Utc>],
        period: Period,
        needs: &[Need],
        (zone, calendar): (Tz, Calendar),
    ) -> Self {
        let mut messages = [0; HALVES];
        for at in arrivals {
            let wall = time::wall(*at, zone);
            if which.hold(wall.date(), calendar) {
                messages[(wall.hour() * 2 + wall.minute() / 30) as usize] += 1;
            }
        }
        let days = period.days().filter(|day| which.hold(*day, calendar)).count();
        let next = period.until.iter_days().skip(1).take(366).find(|day| which.hold(*day, calendar));
        let people = next.map_or([0; HALVES], |day| asked(day, needs, zone, calendar));
        Self { which, days: u32::try_from(days).unwrap_or(u32::MAX), messages, people }
    }

    fn missed(&self) -> u32 {
        self.messages
            .iter()
            .zip(&self.people)
            .filter(|(_, people)| **people == 0)
            .map(|(count, _)| count)
            .sum()
    }
}

/// How many are asked to answer first in each half hour of `day`.
fn asked(day: NaiveDate, needs: &[Need], zone: Tz, calendar: Calendar) -> [u8; HALVES] {
    let mut people = [0_u8; HALVES];
    let starts = [day - CivilDays::new(1), day];
    for need in needs {
        let running = starts.into_iter().filter(|start| need.applies_on(*start, calendar));
        for open in running.filter_map(|start| need.window.on(start, zone)) {
            for (half, there) in people.iter_mut().enumerate() {
                let wall = day.and_time(NaiveTime::MIN) + Duration::minutes(30 * half as i64);
                if open.contains(time::to_utc(wall, zone)) {
                    *there = there.saturating_add(need.leads);
                }
            }
        }
    }
    people
}

/// Watched hours in which those asked for do not answer enough in time; weekdays that want the same
/// are one.
fn short(kinds: &[Kind], terms: DemandTerms) -> impl Iterator<Item = Proposal> {
    let mut found: BTreeMap<(usize, usize, u8, u8), Vec<&Kind>> = BTreeMap::new();
    for kind in kinds {
        for halves in stretches(&kind.people).filter(|halves| kind.people[halves.start] > 0) {
            let now = kind.people[halves.start];
            let load = Load::of(&[kind], halves.clone());
            if let Some(people) = load.enough(now, terms).filter(|people| *people > now) {
                found.entry((halves.start, halves.end, now, people)).or_default().push(kind);
            }
        }
    }
    found
        .into_iter()
        .map(move |((start, end, now, people), kinds)| proposal(&kinds, start..end, now, people, terms))
}

/// Hours that nobody watches though somebody writes on every other day.
fn unwatched(kinds: &[Kind], terms: DemandTerms) -> impl Iterator<Item = Proposal> {
    let mut alike: BTreeMap<[u8; HALVES], Vec<&Kind>> = BTreeMap::new();
    for kind in kinds {
        alike.entry(kind.people).or_default().push(kind);
    }
    let mut found = Vec::new();
    for (people, kinds) in alike {
        for gap in stretches(&people).filter(|halves| people[halves.start] == 0) {
            for halves in busy(&kinds, gap) {
                let load = Load::of(&kinds, halves.clone());
                if load.messages >= FEWEST && load.messages * 2 >= load.days {
                    let people = load.enough(1, terms).unwrap_or(MOST);
                    found.push(proposal(&kinds, halves, 0, people, terms));
                }
            }
        }
    }
    found.into_iter()
}

/// Half hours in a row with as many people.
fn stretches(people: &[u8; HALVES]) -> impl Iterator<Item = Range<usize>> {
    let cuts = (1..HALVES).filter(|half| people[*half] != people[half - 1]);
    let cuts: Vec<usize> = [0].into_iter().chain(cuts).chain([HALVES]).collect();
    (1..cuts.len()).map(move |at| cuts[at - 1]..cuts[at])
}

/// The parts of `gap` in which somebody wrote, in whole hours as far as the gap goes.
fn busy(kinds: &[&Kind], gap: Range<usize>) -> Vec<Range<usize>> {
    let wrote = |half: &usize| kinds.iter().any(|kind| kind.messages[*half] > 0);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for half in gap.clone().filter(wrote) {
        let (from, until) = ((half / 2 * 2).max(gap.start), (half / 2 * 2 + 2).min(gap.end));
        match parts.last_mut() {
            Some(last) if from < last.end + QUIET => last.end = until,
            _ => parts.push(from..until),
        }
    }
    parts
}

fn proposal(kinds: &[&Kind], halves: Range<usize>, now: u8, people: u8, terms: DemandTerms) -> Proposal {
    let load = Load::of(kinds, halves.clone());
    let days = kinds.iter().fold(Days(0), |days, kind| days.and(kind.which));
    Proposal {
        window: Window { days, from: clock(halves.start), until: clock(halves.end) },
        now,
        people,
        messages: load.messages,
        days: load.days,
        before: (now > 0).then(|| load.effect(now, terms)),
        after: load.effect(people, terms),
    }
}

/// The time at which a half hour begins; midnight for the end of the day.
fn clock(half: usize) -> NaiveTime {
    let minutes = i64::try_from(half % HALVES).unwrap_or_default() * 30;
    NaiveTime::MIN + Duration::minutes(minutes)
}

/// Messages of a stretch, by half hour.
struct Load {
    messages: u32,
    days: u32,
    /// Messages in each half hour, where there are any.
    counts: Vec<u32>,
}

impl Load {
    fn of(kinds: &[&Kind], halves: Range<usize>) -> Self {
        let count = |half: usize| kinds.iter().map(|kind| kind.messages[half]).sum::<u32>();
        let counts: Vec<u32> = halves.map(count).filter(|count| *count > 0).collect();
        let days = kinds.iter().map(|kind| kind.days).sum();
        Self { messages: counts.iter().sum(), days, counts }
    }

    /// Messages a minute in a half hour that had `count` of them.
    fn rate(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.days.max(1)) / 30.0
    }

    /// The mean of what each message meets.
    fn mean(&self, met: impl Fn(f64) -> f64) -> f64 {
        let all: f64 = self.counts.iter().map(|count| met(self.rate(*count)) * f64::from(*count)).sum();
        all / f64::from(self.messages.max(1))
    }

    fn answered(&self, people: u8, terms: DemandTerms) -> f64 {
        let (handling, within) = (minutes(terms.handling), minutes(terms.within));
        self.mean(|rate| erlang::answered_within(rate * handling, people.into(), within, handling))
    }

    /// The fewest people, `least` of them at least, who answer enough in time; nothing where too
    /// little is known, or too many are wanted.
    fn enough(&self, least: u8, terms: DemandTerms) -> Option<u8> {
        let share = f64::from(terms.percent) / 100.0;
        let known = self.messages >= FEWEST;
        (least..=MOST).find(|people| known && self.answered(*people, terms) >= share)
    }

    fn effect(&self, people: u8, terms: DemandTerms) -> Reception {
        let (handling, patience) = (minutes(terms.handling), minutes(terms.patience));
        let giving_up =
            self.mean(|rate| erlang::impatient(rate * handling, people.into(), handling, patience).giving_up);
        Reception {
            answered_bp: basis_points(self.answered(people, terms)),
            giving_up_bp: basis_points(giving_up),
            chats_at_once_bp: self.chats_at_once(people, terms).map(basis_points),
        }
    }

    /// The share of chats that find somebody with a hand free, in the busiest half hour.
    fn chats_at_once(&self, people: u8, terms: DemandTerms) -> Option<f64> {
        let slower = |beside: u32| f64::from(100 + SLOWER * beside) / 100.0;
        let handling: Vec<f64> = (0..CHATS).map(|beside| minutes(terms.handling) * slower(beside)).collect();
        let desk = chat::Desk {
            arrivals: self.rate(self.counts.iter().copied().max()?),
            handling: &handling,
            patience: minutes(terms.patience),
            people: people.into(),
        };
        chat::service(&desk).map(|met| 1.0 - met.waiting)
    }
}

fn minutes(minutes: Minutes) -> f64 {
    f64::from(minutes.0)
}

fn basis_points(share: f64) -> u32 {
    // Between 0 and 10 000 by clamping, so the cast keeps every digit.
    (share.clamp(0.0, 1.0) * 10_000.0).round() as u32
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;
