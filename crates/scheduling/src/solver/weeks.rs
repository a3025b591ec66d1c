//! What the law of a civil week leaves of somebody's days: an automaton that reads the days of a week in
//! order, and lets pass every week that the law may let pass.
//!
//! It counts hours, hours for each employer, worked days, and looks for the weekly rest. Of the weeks beside
//! only the work is seen that stands there whatever is chosen, and of duties only what lies in their own
//! civil day: with less work no week is refused that the law allows, so bounds may rest on it. States from
//! which the same may follow are one, so that most people have one or two on most days.

use std::collections::{BTreeMap, BTreeSet};

use super::laws::Asked;
use super::someone::{Employer, Ordinary, Someone};
use super::state::State;
use super::timeline::{DAY, Model, Stretch, shared};
use super::view::{Worked, merged};

/// From a state before a day, spending it in a way of this class, to a state after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) from: u8,
    pub(super) class: u8,
    pub(super) to: u8,
}

/// A day on which something may be chosen.
#[derive(Clone, Debug)]
pub(super) struct Day {
    /// Of which class each way to spend it is; `None` if none of its weeks is lawful. The first way is to
    /// take nothing.
    pub(super) classes: Vec<Option<u8>>,
    pub(super) arcs: Vec<Arc>,
    /// How many states there are after it. Weeks begin and end with one.
    pub(super) after: usize,
}

/// One way to spend a day: the duties, and how many grains they are worth at least.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) places: Vec<usize>,
    pub(super) grains: usize,
}

/// More states than this are not told apart: then the week is let pass whatever it holds.
const MOST_STATES: usize = 200;

/// Weeks that have been read: most are like those of other people, or like the week before.
#[derive(Clone, Debug, Default)]
pub(super) struct Weeks(BTreeMap<Reader, Vec<Day>>);

impl Weeks {
    /// The days of one civil week, each with its number and the ways to spend it besides taking nothing, as
    /// the law of that week lets them follow each other for somebody who holds no more grains than `most`.
    pub(super) fn days(
        &mut self,
        model: &Model,
        pinned: &State,
        person: usize,
        ways: &[(i32, Vec<Way>)],
        most: usize,
    ) -> Vec<Day> {
        let all_free = || ways.iter().map(free).collect();
        let Some(reader) = Reader::of(model, pinned, person, ways, most) else { return all_free() };
        if let Some(known) = self.0.get(&reader) {
            return known.clone();
        }
        let days = reader.read().unwrap_or_else(all_free);
        self.0.insert(reader, days.clone());
        days
    }
}

/// A day on which everything is allowed.
fn free((_, ways): &(i32, Vec<Way>)) -> Day {
    Day { classes: vec![Some(0); ways.len() + 1], arcs: vec![Arc { from: 0, class: 0, to: 0 }], after: 1 }
}

/// What one law has counted since Monday; what it does not ask stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Count {
    minutes: i64,
    own: Own,
    days: i64,
    /// When work ended last, while the weekly rest is still to come.
    since: Option<i64>,
}

/// Work for one employer, and whether a duty of this rota is of it: a contract asks nothing of a week without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Own {
    minutes: i64,
    duty: bool,
}

/// All laws' counts, and whether a duty of this rota was chosen: without one, nothing is our business.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    duty: bool,
    counts: Vec<Count>,
}

/// The work of one civil day if it is spent in some way, in minutes since Monday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spent {
    duty: bool,
    work: Vec<Stretch>,
    /// For each law, what is for its employer.
    own: Vec<Own>,
}

fn length(work: &[Stretch]) -> i64 {
    work.iter().map(|work| work.1 - work.0).sum()
}

/// What one law asks of the week.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rule {
    most: i64,
    own_most: i64,
    working_days: Option<i64>,
    weekly: Option<(i64, i64)>,
    /// Which of minutes, own minutes and days it may come to refuse.
    binding: (bool, bool, bool),
}

/// Reads one week.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reader {
    rules: Vec<Rule>,
    /// Minutes of the week.
    length: i64,
    /// For each civil day of the week its ways, and whether something may be chosen.
    days: Vec<(Vec<Spent>, bool)>,
    /// The last end of work before the week, and the first start after it, that stand whatever is chosen.
    before: i64,
    after: i64,
}

impl Reader {
    /// `None` where no law asks anything of the week.
    fn of(
        model: &Model,
        pinned: &State,
        person: usize,
        ways: &[(i32, Vec<Way>)],
        most: usize,
    ) -> Option<Self> {
        let someone = &model.people[person];
        let first = someone.civil(ways.first()?.0)?;
        let week = first / 7;
        let laws: Vec<&Asked> = someone.laws.iter().filter(|law| law.weeks[week].runs).collect();
        let civil = someone.week(week);
        let worker = Worker { model, pinned, person, someone, laws: &laws };
        let mut days: Vec<(Vec<Spent>, bool)> = Vec::new();
        let mut grains: Vec<Vec<usize>> = Vec::new();
        for day in week * 7..week * 7 + 7 {
            let open = ways.iter().find(|(number, _)| someone.civil(*number) == Some(day));
            let nothing = [Way { places: Vec::new(), grains: 0 }];
            let all = || nothing.iter().chain(open.iter().flat_map(|(_, ways)| ways));
            days.push((all().map(|way| worker.spent(day, &way.places)).collect(), open.is_some()));
            grains.push(all().map(|way| way.grains).collect());
        }
        let most_of = |value: &dyn Fn(&Spent) -> i64| {
            let days = days.iter().zip(&grains);
            most_in_all(days.map(|((ways, _), grains)| ways.iter().map(value).zip(grains)), most)
        };
        let rule = |(number, law): (usize, &&Asked)| Rule {
            most: law.weeks[week].most,
            own_most: law.weeks[week].own_most,
            working_days: law.working_days,
            weekly: law.weekly,
            binding: (
                most_of(&|spent| length(&spent.work)) > law.weeks[week].most,
                most_of(&|spent| spent.own[number].minutes) > law.weeks[week].own_most,
                law.working_days
                    .is_some_and(|most| most_of(&|spent| i64::from(!spent.work.is_empty())) > most),
            ),
        };
        let rules = laws.iter().enumerate().map(rule).collect();
        let (before, after) = worker.around(week);
        Some(Self { rules, length: civil.1 - civil.0, days, before, after })
    }

    /// The automaton; `None` if it would have too many states.
    fn read(&self) -> Option<Vec<Day>> {
        let start = |rule: &Rule| Count {
            minutes: 0,
            own: Own::default(),
            days: 0,
            since: rule.weekly.map(|_| self.before),
        };
        let start = Stand { duty: false, counts: self.rules.iter().map(start).collect() };
        // The stands that may be reached before each day, and after the last.
        let mut reached = vec![BTreeSet::from([start])];
        for (ways, _) in &self.days {
            let now = reached.last()?;
            let next: BTreeSet<Stand> =
                now.iter().flat_map(|stand| ways.iter().map(|spent| self.after(stand, spent))).collect();
            if next.len() > MOST_STATES {
                return None;
            }
            reached.push(next);
        }
        Some(self.merge(&reached))
    }

    /// Makes one of stands from which the same may follow, from Sunday backwards.
    fn merge(&self, reached: &[BTreeSet<Stand>]) -> Vec<Day> {
        let last = reached.last().expect("there is a first stand");
        let mut known: BTreeMap<&Stand, Option<u8>> =
            last.iter().map(|stand| (stand, self.lawful(stand).then_some(0))).collect();
        let mut after = 1;
        let mut days = Vec::new();
        for ((ways, open), stands) in self.days.iter().zip(reached).rev() {
            if !open {
                let then = |stand| (stand, known[&self.after(stand, &ways[0])]);
                known = stands.iter().map(then).collect();
                continue;
            }
            let mut rows: BTreeMap<Vec<Option<u8>>, u8> = BTreeMap::new();
            let mut merged = BTreeMap::new();
            for stand in stands {
                let row: Vec<Option<u8>> =
                    ways.iter().map(|spent| known[&self.after(stand, spent)]).collect();
                let number = u8::try_from(rows.len()).expect("stands are few");
                let dead = row.iter().all(Option::is_none);
                merged.insert(stand, (!dead).then(|| *rows.entry(row).or_insert(number)));
            }
            known = merged;
            days.push(merged_day(ways.len(), &rows, after));
            after = rows.len();
        }
        days.reverse();
        days
    }

    /// What is counted after a day spent like that.
    fn after(&self, stand: &Stand, spent: &Spent) -> Stand {
        let count = |number: usize| {
            let (rule, mut count) = (&self.rules[number], stand.counts[number]);
            let (minutes, own, days) = rule.binding;
            count.minutes += if minutes { length(&spent.work) } else { 0 };
            if own {
                count.own.minutes += spent.own[number].minutes;
                count.own.duty |= spent.own[number].duty;
            }
            count.days += i64::from(days && !spent.work.is_empty());
            for work in &spent.work {
                count.since = count.since.filter(|since| !self.rests(rule, *since, work.0)).map(|_| work.1);
            }
            count
        };
        Stand { duty: stand.duty || spent.duty, counts: (0..self.rules.len()).map(count).collect() }
    }

    /// Whether a gap between work is the weekly rest.
    fn rests(&self, rule: &Rule, since: i64, until: i64) -> bool {
        rule.weekly.is_some_and(|(rest, inside)| {
            until - since >= rest && until.min(self.length) - since.max(0) >= inside
        })
    }

    fn lawful(&self, stand: &Stand) -> bool {
        let mut counts = self.rules.iter().zip(&stand.counts);
        !stand.duty
            || counts.all(|(rule, count)| {
                count.minutes <= rule.most
                    && (!count.own.duty || count.own.minutes <= rule.own_most)
                    && rule.working_days.is_none_or(|most| count.days <= most)
                    && count.since.is_none_or(|since| self.rests(rule, since, self.after))
            })
    }
}

/// The day whose states before it have those rows: for each way the state after it.
fn merged_day(ways: usize, rows: &BTreeMap<Vec<Option<u8>>, u8>, after: usize) -> Day {
    let mut classes: Vec<Vec<Option<u8>>> = Vec::new();
    let mut arcs = Vec::new();
    let mut class_of = |way: usize| {
        let column: Vec<Option<u8>> = rows.keys().map(|row| row[way]).collect();
        if column.iter().all(Option::is_none) {
            return None;
        }
        let known = classes.iter().position(|other| *other == column).unwrap_or(classes.len());
        let class = u8::try_from(known).ok()?;
        if known == classes.len() {
            for (from, to) in rows.values().zip(&column) {
                arcs.extend(to.map(|to| Arc { from: *from, class, to }));
            }
            classes.push(column);
        }
        Some(class)
    };
    let classes = (0..ways).map(&mut class_of).collect();
    Day { classes, arcs, after }
}

/// The most that days may come to, one way for each, with no more grains than `most`.
fn most_in_all<'b>(
    days: impl Iterator<Item = impl Iterator<Item = (i64, &'b usize)> + Clone>,
    most: usize,
) -> i64 {
    let mut best = vec![0; most + 1];
    for ways in days {
        for held in (0..=most).rev() {
            let here = ways.clone().filter(|(_, grains)| **grains <= held);
            let values = here.map(|(value, grains)| best[held - grains] + value);
            best[held] = values.max().unwrap_or(best[held]);
        }
    }
    best[most]
}

/// Finds somebody's work in single days.
struct Worker<'a> {
    model: &'a Model,
    pinned: &'a State,
    person: usize,
    someone: &'a Someone,
    laws: &'a [&'a Asked],
}

impl Worker<'_> {
    /// The work of a civil day on which `places` are taken besides pinned ones.
    fn spent(&self, day: usize, places: &[usize]) -> Spent {
        let (someone, number) = (self.someone, self.someone.number(day));
        let held = self.pinned.duties(self.person).iter().chain(places);
        let held: Vec<usize> = held.copied().filter(|duty| self.model.spots[*duty].day == number).collect();
        let mut work = self.fixed();
        for hours in someone.office_on(number) {
            let applies = if held.is_empty() { &hours.usual } else { &hours.on_duty };
            work.extend(applies.iter().map(|open| (*open, hours.employer)));
        }
        let spots = held.iter().map(|duty| &self.model.spots[*duty]).filter(|spot| spot.work);
        work.extend(spots.map(|spot| (spot.time, someone.hired_on(spot.day))));
        let (civil, monday) = (someone.day(day), someone.week(day / 7).0);
        let cut = |work: &[Worked]| {
            let inside = work.iter().filter(|(work, _)| shared(*work, civil));
            let inside = inside.map(|(work, _)| (work.0.max(civil.0), work.1.min(civil.1)));
            merged(inside.map(|work| (work.0 - monday, work.1 - monday)).collect())
        };
        let within =
            |place: &&usize| self.model.spots[**place].work && shared(self.model.spots[**place].time, civil);
        let duties: Vec<usize> = places.iter().filter(within).copied().collect();
        let own = |law: &&Asked| {
            let whose = |employer: Employer| !someone.divided || employer == law.employer;
            let theirs: Vec<Worked> = work.iter().copied().filter(|(_, employer)| whose(*employer)).collect();
            let hired = |place: &usize| whose(someone.hired_on(self.model.spots[*place].day));
            Own { minutes: length(&cut(&theirs)), duty: duties.iter().any(hired) }
        };
        Spent { duty: !duties.is_empty(), own: self.laws.iter().map(own).collect(), work: cut(&work) }
    }

    fn fixed(&self) -> Vec<Worked> {
        self.someone.busy.iter().chain(&self.someone.interventions).copied().collect()
    }

    /// When work ends last before the week, and begins first after it, whatever is chosen there; in minutes
    /// since Monday.
    fn around(&self, week: usize) -> (i64, i64) {
        let civil = self.someone.week(week);
        let mut work: Vec<Stretch> = self.fixed().into_iter().map(|(work, _)| work).collect();
        let (first, last) = (self.someone.number(week * 7), self.someone.number(week * 7 + 6));
        let days = (first - AROUND..first).chain(last + 1..=last + AROUND);
        work.extend(days.flat_map(|day| self.someone.office_on(day)).flat_map(certain));
        let held = self.pinned.duties(self.person).iter().map(|duty| &self.model.spots[*duty]);
        work.extend(held.filter(|spot| spot.work).map(|spot| spot.time));
        let before = work.iter().filter(|work| work.0 < civil.0).map(|work| work.1.min(civil.0)).max();
        let after = work.iter().filter(|work| work.1 > civil.1).map(|work| work.0.max(civil.1)).min();
        // Further than any rest is long is far enough.
        let far = i64::from(AROUND) * DAY;
        let since_monday = |at: Option<i64>, far: i64| at.map_or(far, |at| at - civil.0);
        let (before, after) = (since_monday(before, -far), since_monday(after, civil.1 - civil.0 + far));
        (before.max(-far), after.min(civil.1 - civil.0 + far))
    }
}

/// So many days beside a week are looked at: more than a weekly rest is long.
const AROUND: i32 = 4;

/// The hours at the desk that stand whether or not a duty begins on the day.
fn certain(hours: &Ordinary) -> Vec<Stretch> {
    let both = hours.usual.iter().flat_map(|usual| {
        let together = hours.on_duty.iter().filter(|other| shared(**other, *usual));
        together.map(|other| (usual.0.max(other.0), usual.1.min(other.1)))
    });
    both.collect()
}

#[cfg(test)]
mod tests {
    use domain::{Calendar, Days, Minutes, Window};

    use super::*;
    use crate::needs::{Period, office_days};
    use crate::tests::town::{PARIS, day, french, hour, lead, problem};

    /// Evenings from Monday to Friday and mornings of the weekend, for one person with a contract of so many
    /// hours a week, who is at the desk on working days.
    fn week(contract: u32, desk: (&str, &str)) -> (Model, Vec<Day>) {
        let evenings = (1..6).map(|date| lead(&format!("2026-06-0{date} 18:00"), "22:00"));
        let mornings = (6..8).map(|date| lead(&format!("2026-06-0{date} 09:00"), "13:00"));
        let mut one = french(1);
        one.employments[0].weekly = Some(Minutes::hours(contract));
        let open = Window { days: Days::WORKDAYS, from: hour(desk.0), until: hour(desk.1) };
        let around = Period { from: day("2026-05-18"), until: day("2026-06-20") };
        one.office = office_days(&[open], None, around, PARIS, Calendar::France);
        let model = Model::of(&problem(evenings.chain(mornings).collect(), vec![one]));
        let ways: Vec<(i32, Vec<Way>)> = (0..7)
            .map(|place| (model.spots[place].day, vec![Way { places: vec![place], grains: 1 }]))
            .collect();
        let days = Weeks::default().days(&model, &State::pinned(&model), 0, &ways, 7);
        (model, days)
    }

    /// The weeks that are let pass; a duty on the day `n` is bit `n`.
    fn passing(days: &[Day]) -> Vec<usize> {
        let passes = |week: &usize| {
            let step = |at: u8, (number, day): (usize, &Day)| {
                let class = day.classes[week >> number & 1];
                day.arcs.iter().find(|arc| arc.from == at && Some(arc.class) == class).map(|arc| arc.to)
            };
            days.iter().enumerate().try_fold(0, step).is_some()
        };
        (0..1 << days.len()).filter(passes).collect()
    }

    #[test]
    fn what_passes_is_what_the_law_lets_stand() {
        let legal = |model: &Model, week: usize| {
            let places: Vec<usize> = (0..7).filter(|place| week >> place & 1 == 1).collect();
            super::super::legal::all_of(model, &mut State::pinned(model), 0, &places)
        };
        for (contract, desk) in [(35, ("11:00", "16:00")), (18, ("13:00", "16:00")), (24, ("12:00", "16:00"))]
        {
            let (model, days) = week(contract, desk);
            let passing = passing(&days);
            let stands: Vec<usize> = (0..128).filter(|week| legal(&model, *week)).collect();
            assert_eq!(passing, stands, "{contract} hours");
            assert!(passing.len() > 1 && passing.len() < 128);
        }
    }

    #[test]
    fn where_the_law_does_not_bind_there_is_one_state() {
        let (_, days) = week(35, ("09:00", "10:00"));
        assert!(days[..4].iter().all(|day| day.after == 1), "{days:?}");
    }
}
