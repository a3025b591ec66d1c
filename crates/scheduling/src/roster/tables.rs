//! One person's rules as a small automaton and counters, made once a person.
//!
//! The automaton's state says what yesterday was: so many days of work in a row, ending with a kind
//! of some class (kinds that forbid the same followers are one class), or so many free days. Counters
//! are minutes, weekends, and shifts of those limited kinds that are asked to be counted: most limits
//! are never reached, and a counter for each of them would multiply the states for nothing.

use super::model::{Model, Person};

/// No such step.
pub(super) const NEVER: u16 = u16::MAX;

/// Kinds that can stand for one another in the automaton: same class, length and followers.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The kinds; on each day the cheapest of them is taken.
    pub kinds: Vec<usize>,
    /// Length in units.
    pub units: u16,
    /// What it adds to the packed counters of limited kinds, and its limit there.
    pub limited: Option<Limited>,
}

/// A counter among the packed ones: `packed / step % (most + 2)`, the last value being one too many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limited {
    pub step: u32,
    pub most: u32,
}

/// A person's automaton.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub groups: Vec<Group>,
    /// The group of each kind; none for kinds that the person never works.
    pub group_of: Vec<Option<u16>>,
    /// How many states.
    pub states: usize,
    /// From a state through a free day.
    pub off: Vec<u16>,
    /// From a state through a group: `state * groups + group`.
    pub on: Vec<u16>,
    /// States that stand for a day of work.
    pub works: Vec<bool>,
    /// The state before day 0, reached by nothing.
    pub start: u16,
    /// Units: at least and at most.
    pub units: (u32, u32),
    /// Weekends at most.
    pub weekends: u32,
    /// Size of the packed counters.
    pub packed: u32,
    /// Days on which they never work.
    pub away: Vec<bool>,
    /// The most units that can follow from a state before a day: `day * states + state`; below zero
    /// where the state cannot go on to the end.
    pub ahead: Vec<i32>,
}

impl Tables {
    /// Counting the kinds named in `counted`.
    pub(super) fn new(model: &Model, person: &Person, counted: &[bool]) -> Self {
        let unit = model.kinds.iter().fold(0, |unit, kind| divisor(unit, kind.minutes)).max(1);
        let (classes, class_of) = classes(model, person);
        let (groups, packed) = groups(model, person, unit, &class_of, counted);
        let (run, rest) = (person.run, person.rest.max(1));
        // Work states: class × (1 ..= longest run, then runs from day 0 still shorter than the shortest).
        let exempt = run.0.saturating_sub(1).min(run.1);
        let per_class = run.1 + exempt;
        let states = classes as u32 * per_class + rest + 1;
        let group_of = |kind: usize| groups.iter().position(|group| group.kinds.contains(&kind));
        let group_of = (0..model.kinds.len()).map(|kind| group_of(kind).map(|at| at as u16)).collect();
        let mut tables = Self {
            groups,
            group_of,
            states: states as usize,
            off: vec![NEVER; states as usize],
            on: Vec::new(),
            works: (0..states).map(|state| state < classes as u32 * per_class).collect(),
            start: u16::try_from(states - 1).expect("an automaton has some hundred states"),
            units: (person.minutes.0.div_ceil(unit), person.minutes.1 / unit),
            weekends: person.weekends,
            packed,
            away: (0..model.days).map(|day| person.away.contains(&day)).collect(),
            ahead: Vec::new(),
        };
        let shape = Shape { run, rest, exempt, per_class, classes: classes as u32 };
        tables.wire(model, &shape, &class_of);
        tables.look_ahead(model.days);
        tables
    }

    /// The most units that a day can have.
    pub(super) fn steepest(&self) -> u32 {
        self.groups.iter().map(|group| u32::from(group.units)).max().unwrap_or(0)
    }

    /// From a state through a day of this code; `None` where the automaton forbids it.
    pub(super) fn next(&self, state: u16, code: u8) -> Option<u16> {
        let next = match code {
            0 => self.off[usize::from(state)],
            _ => {
                let group = self.group_of[usize::from(code) - 1]?;
                self.on[usize::from(state) * self.groups.len() + usize::from(group)]
            }
        };
        (next != NEVER).then_some(next)
    }

    fn wire(&mut self, model: &Model, shape: &Shape, class_of: &[usize]) {
        self.on = vec![NEVER; self.states * self.groups.len()];
        for state in 0..self.states as u32 {
            let from = shape.read(state);
            self.off[state as usize] = shape.off(from).map_or(NEVER, |next| next as u16);
            for (at, group) in self.groups.iter().enumerate() {
                let kind = group.kinds[0];
                let follows = match from {
                    At::Work { class, .. } => {
                        let last = class_of.iter().position(|one| *one == class).expect("a class has kinds");
                        !model.kinds[last].never_before.contains(&kind)
                    }
                    _ => true,
                };
                if let Some(next) = shape.on(from, class_of[kind]).filter(|_| follows) {
                    self.on[state as usize * self.groups.len() + at] = next as u16;
                }
            }
        }
    }

    /// The most units from each state before each day, whatever the weekends and limits.
    fn look_ahead(&mut self, days: usize) {
        let width = self.groups.len();
        self.ahead = vec![0; (days + 1) * self.states];
        for day in (0..days).rev() {
            for state in 0..self.states {
                let after =
                    |next: u16| (next != NEVER).then(|| self.ahead[(day + 1) * self.states + next as usize]);
                let free = after(self.off[state]);
                let working = (0..width).filter(|_| !self.away[day]).filter_map(|group| {
                    let ahead = after(self.on[state * width + group]).filter(|ahead| *ahead >= 0)?;
                    Some(ahead + i32::from(self.groups[group].units))
                });
                let best = working.chain(free).max().unwrap_or(-1);
                self.ahead[day * self.states + state] = best;
            }
        }
    }
}

/// What a state's number means.
#[derive(Clone, Copy)]
enum At {
    Start,
    Work { class: usize, run: u32, from_start: bool },
    Free { days: u32 },
}

struct Shape {
    run: (u32, u32),
    rest: u32,
    exempt: u32,
    per_class: u32,
    classes: u32,
}

impl Shape {
    fn read(&self, state: u32) -> At {
        let work = self.classes * self.per_class;
        if state < work {
            let (class, place) = ((state / self.per_class) as usize, state % self.per_class);
            let from_start = place >= self.run.1;
            let run = if from_start { place - self.run.1 + 1 } else { place + 1 };
            At::Work { class, run, from_start }
        } else if state < work + self.rest {
            At::Free { days: state - work + 1 }
        } else {
            At::Start
        }
    }

    fn work(&self, class: usize, run: u32, from_start: bool) -> Option<u32> {
        // Once it is long enough, a run from day 0 is like any other.
        let place =
            if from_start && run <= self.exempt && run < self.run.0 { self.run.1 + run - 1 } else { run - 1 };
        (run <= self.run.1).then_some(class as u32 * self.per_class + place)
    }

    fn free(&self, days: u32) -> u32 {
        self.classes * self.per_class + days.min(self.rest) - 1
    }

    fn off(&self, from: At) -> Option<u32> {
        match from {
            At::Start => Some(self.free(self.rest)),
            At::Free { days } => Some(self.free(days + 1)),
            At::Work { run, from_start, .. } => (from_start || run >= self.run.0).then(|| self.free(1)),
        }
    }

    fn on(&self, from: At, class: usize) -> Option<u32> {
        match from {
            At::Start => self.work(class, 1, true),
            At::Free { days } if days >= self.rest => self.work(class, 1, false),
            At::Free { .. } => None,
            At::Work { run, from_start, .. } => self.work(class, run + 1, from_start),
        }
    }
}

/// Kinds that forbid the same followers, told apart as far as this person may work them.
fn classes(model: &Model, person: &Person) -> (usize, Vec<usize>) {
    let mut seen: Vec<Vec<usize>> = Vec::new();
    let usable = |kind: &usize| person.at_most[*kind] > 0;
    let class_of = model.kinds.iter().map(|kind| {
        let mut never: Vec<usize> = kind.never_before.iter().copied().filter(usable).collect();
        never.sort_unstable();
        seen.iter().position(|one| *one == never).unwrap_or_else(|| {
            seen.push(never);
            seen.len() - 1
        })
    });
    let class_of = class_of.collect();
    (seen.len(), class_of)
}

fn groups(
    model: &Model,
    person: &Person,
    unit: u32,
    class_of: &[usize],
    counted: &[bool],
) -> (Vec<Group>, u32) {
    let mut groups: Vec<(Vec<usize>, Group)> = Vec::new();
    let mut packed = 1;
    for (number, kind) in model.kinds.iter().enumerate().filter(|(number, _)| person.at_most[*number] > 0) {
        let most = person.at_most[number];
        let before: Vec<usize> = (0..model.kinds.len())
            .filter(|other| model.kinds[*other].never_before.contains(&number))
            .collect();
        let units = u16::try_from(kind.minutes / unit).expect("a shift is some hundred units at most");
        let limited = counted[number].then(|| {
            let limited = Limited { step: packed, most };
            packed *= most + 2;
            limited
        });
        let same = |(other, group): &&mut (Vec<usize>, Group)| {
            limited.is_none()
                && group.limited.is_none()
                && *other == before
                && group.units == units
                && class_of[group.kinds[0]] == class_of[number]
        };
        match groups.iter_mut().find(same) {
            Some((_, group)) => group.kinds.push(number),
            None => groups.push((before, Group { kinds: vec![number], units, limited })),
        }
    }
    (groups.into_iter().map(|(_, group)| group).collect(), packed)
}

fn divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { divisor(other, one % other) }
}
