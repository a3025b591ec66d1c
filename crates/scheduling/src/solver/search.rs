//! The search: a greedy start, then small changes that never cost more, now and then a stretch of
//! the rota taken apart and filled anew, and, once prices are found, dives from them.

use std::sync::Arc;

use super::dive::{Dive, Found};
use super::random::Dice;
use super::state::State;
use super::timeline::Model;
use super::{Penalty, Seed, greedy, moves};
use crate::problem::{Problem, Rota};

/// How many small changes are tried for each stretch that is taken apart.
const SMALL_CHANGES: u32 = 60;

/// How many quarters of its work go into a dive, while there is one.
const DIVING: u64 = 3;
/// How many small changes are tried on what a dive gave, and ten more for each place.
const POLISH: usize = 2_000;

/// A search that can be continued. Its rota is legal at every moment.
#[derive(Clone, Debug)]
pub struct Search {
    model: Arc<Model>,
    state: State,
    /// Places that nobody has been looked for yet, the last first.
    unseen: Vec<usize>,
    dice: Dice,
    tried: u32,
    work: u64,
    people: Vec<domain::PersonId>,
    dive: Option<Dive>,
    /// What a dive gave, and how many small changes are still to be tried on it.
    trial: Option<(State, usize)>,
    /// The rota as it was handed in: what is pinned stays in it.
    rota: Rota,
}

impl Search {
    /// Keeps the presets that are legal; that work counts.
    pub fn new(problem: &Problem, seed: Seed) -> Self {
        Self::of(problem, Arc::new(Model::of(problem)), seed)
    }

    pub(super) fn of(problem: &Problem, model: Arc<Model>, seed: Seed) -> Self {
        let mut state = State::pinned(&model);
        let work = greedy::keep_presets(&model, &mut state);
        let open = model.open.iter().copied();
        let mut unseen: Vec<usize> = open.filter(|place| state.holder(*place).is_none()).collect();
        greedy::scarcest_last(&model, &mut unseen);
        let mut search = Self {
            model,
            state,
            unseen,
            dice: Dice::new(seed.0),
            tried: 0,
            work,
            people: problem.candidates.iter().map(|candidate| candidate.person).collect(),
            dive: None,
            trial: None,
            rota: problem.preset(),
        };
        search.read_out();
        search
    }

    /// Works on for about `units` units.
    pub fn step(&mut self, units: u64) {
        let until = self.work.saturating_add(units);
        if self.model.open.is_empty() {
            self.work = until;
        }
        self.begin(until);
        if !self.unseen.is_empty() {
            self.read_out();
            return;
        }
        self.work_on_the_trial(until);
        self.work_on_the_dive(units.saturating_mul(DIVING) / 4);
        while self.work < until {
            self.tried += 1;
            self.work += if self.tried.is_multiple_of(SMALL_CHANGES) {
                self.rebuild_a_stretch()
            } else {
                let changes = moves::propose(&self.model, &self.state, &mut self.dice);
                moves::attempt(&self.model, &mut self.state, &changes).1
            };
        }
        self.work += fill_holes(&self.model, &mut self.state);
        self.read_out();
    }

    /// Fills places for the first time, until the work is done.
    fn begin(&mut self, until: u64) {
        while self.work < until
            && let Some(place) = self.unseen.pop()
        {
            self.work += greedy::fill(&self.model, &mut self.state, &[place], None);
        }
    }

    /// Whether somebody has been looked for for every place.
    pub(super) fn is_begun(&self) -> bool {
        self.unseen.is_empty()
    }

    /// Leaves no place unseen, however much work that is.
    pub(super) fn finish(&mut self) {
        self.begin(u64::MAX);
        self.work += fill_holes(&self.model, &mut self.state);
        self.read_out();
    }

    /// Takes up a dive, if it has none in hand.
    pub(super) fn dive(&mut self, dive: Dive) {
        self.dive.get_or_insert(dive);
    }

    fn work_on_the_dive(&mut self, units: u64) {
        let Some(dive) = self.dive.as_mut().filter(|_| self.trial.is_none()) else { return };
        let (found, work) = dive.step(&self.model, &self.state, units);
        self.work += work;
        match found {
            Found::Nothing => {}
            Found::Rota(mut rota) => {
                self.work += fill_holes(&self.model, &mut rota);
                if rota.penalty() < self.state.penalty() {
                    self.state = rota.clone();
                }
                self.trial = Some((rota, POLISH + 10 * self.model.open.len()));
            }
            Found::Over => self.dive = None,
        }
    }

    /// Makes the best of another rota with small changes, and keeps it if it is no worse.
    fn work_on_the_trial(&mut self, until: u64) {
        while self.work < until
            && let Some((trial, left)) = &mut self.trial
        {
            let changes = moves::propose(&self.model, trial, &mut self.dice);
            self.work += moves::attempt(&self.model, trial, &changes).1;
            *left -= 1;
            if *left == 0 {
                self.work += fill_holes(&self.model, trial);
                let (trial, _) = self.trial.take().expect("it was there");
                if trial.penalty() <= self.state.penalty() {
                    self.state = trial;
                }
            }
        }
    }

    /// The best rota so far.
    pub fn rota(&self) -> &Rota {
        &self.rota
    }

    /// The best rota so far, as the search sees it.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// What it costs.
    pub fn penalty(&self) -> Penalty {
        self.state.penalty()
    }

    /// Units of work spent.
    pub fn work(&self) -> u64 {
        self.work
    }

    fn read_out(&mut self) {
        for place in &self.model.open {
            self.rota[*place] = self.state.holder(*place).map(|person| self.people[person]);
        }
    }

    /// Takes a few days, or a few people, out of the rota and fills them again; keeps the result
    /// if it costs no more.
    fn rebuild_a_stretch(&mut self) -> u64 {
        let (model, state, dice) = (&self.model, &mut self.state, &mut self.dice);
        let Some(centre) = dice.pick(&model.open) else { return 1 };
        let open: Vec<usize> = if dice.roll(2) == 0 {
            let days = 1 + i32::try_from(dice.roll(6)).expect("a die of six sides");
            let first = model.spots[centre].day;
            let near = |place: &usize| (first..first + days).contains(&model.spots[*place].day);
            model.open.iter().copied().filter(near).collect()
        } else {
            let few: Vec<usize> =
                (0..2 + dice.roll(2)).map(|_| dice.roll(model.people.len().max(1))).collect();
            let theirs = |place: &usize| state.holder(*place).is_none_or(|person| few.contains(&person));
            model.open.iter().copied().filter(theirs).collect()
        };
        let before = state.clone();
        let undo: Vec<moves::Change> = open.iter().map(|place| (*place, state.holder(*place))).collect();
        for place in &open {
            state.put(model, *place, None);
        }
        let filled = greedy::fill(model, state, &open, Some(dice));
        // Those whose office hours went back to the usual ones must stand the law as well.
        let (legal, checked) = if state.penalty() <= before.penalty() {
            moves::all_stand(model, state, &undo)
        } else {
            (false, 0)
        };
        if !legal {
            *state = before;
        }
        1 + filled + checked
    }
}

/// Leaves no place open that somebody could take as things stand.
fn fill_holes(model: &Model, state: &mut State) -> u64 {
    let mut work = 0;
    loop {
        let before = state.penalty().cover;
        let open = model.open.iter().copied();
        let holes: Vec<usize> = open.filter(|place| state.holder(*place).is_none()).collect();
        work += greedy::fill(model, state, &holes, None);
        // A duty can change office hours and so make room for another one.
        if state.penalty().cover == before {
            return work;
        }
    }
}
