//! Mends a rota that people know already: somebody falls ill, and as few others as can be are touched.
//!
//! What stood before is kept wherever the law still allows. For each place that is open then, everybody is
//! tried who may take it, those first who are touched anyway; whoever cannot may hand on one duty of their
//! own, a few times in a row. Of all ways the one is kept that leaves least open, then touches the fewest
//! people, then moves the fewest duties, then is the fairest. Within its budget of work the search leaves
//! out only what cannot be better, and longer rows of hand-overs.

use std::collections::BTreeSet;

use domain::PersonId;
use serde::{Deserialize, Serialize};

use super::state::State;
use super::timeline::Model;
use super::{Budget, Penalty, greedy, legal};
use crate::problem::{Problem, Rota};

/// How many duties may be handed on to make room.
const MOST_HANDED_ON: usize = 3;

/// A mended rota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repaired {
    /// Who stands where now.
    pub rota: Rota,
    /// Who has other duties than before, without those who could not keep theirs; in the order of people.
    pub touched: Vec<PersonId>,
    /// What it costs.
    pub penalty: Penalty,
    /// Whether everything was tried, rather than the budget spent.
    pub complete: bool,
    /// Units of work spent.
    pub work: u64,
}

/// Mends the presets of `problem`, of which some can no longer stand.
pub fn repair(problem: &Problem, budget: Budget) -> Repaired {
    let model = Model::of(problem);
    let mut state = State::pinned(&model);
    let work = greedy::keep_presets(&model, &mut state);
    let open = model.open.iter().copied();
    let pending: Vec<usize> = open.filter(|place| state.holder(*place).is_none()).collect();
    let excused = pending.iter().filter_map(|place| model.spots[*place].preset).collect();
    let (kept, places) = (state.clone(), pending.len());
    let mut mender =
        Mender { model: &model, state, excused, best: None, handed_on: 0, work, budget: budget.work };
    mender.mend(&pending, 0);
    let Mender { best, work, .. } = mender;
    let (key, state) = best.unwrap_or((Key { open: i64::MAX, touched: 0, moved: places }, kept));
    let mut rota = problem.preset();
    for place in &model.open {
        rota[*place] = state.holder(*place).map(|person| problem.candidates[person].person);
    }
    let before: BTreeSet<PersonId> =
        pending.iter().filter_map(|place| problem.places[*place].preset).collect();
    let changed = problem.places.iter().zip(&rota).filter(|(place, now)| place.preset != **now);
    let concerned: BTreeSet<PersonId> =
        changed.flat_map(|(place, now)| [place.preset, *now]).flatten().collect();
    let known = |person: &PersonId| problem.candidate(*person).is_some() && !before.contains(person);
    debug_assert!(key.open == i64::MAX || key.moved <= model.open.len());
    Repaired {
        touched: concerned.into_iter().filter(known).collect(),
        penalty: state.penalty(),
        complete: work < budget.work,
        rota,
        work,
    }
}

/// How good a way is: the less the better, in the order of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    open: i64,
    touched: usize,
    moved: usize,
}

struct Mender<'a> {
    model: &'a Model,
    state: State,
    /// Those who could not keep a duty: touched in any case.
    excused: BTreeSet<usize>,
    best: Option<(Key, State)>,
    handed_on: usize,
    work: u64,
    budget: u64,
}

impl Mender<'_> {
    /// Fills the `pending` places one after the other, what stays `open` having cost so much.
    fn mend(&mut self, pending: &[usize], open: i64) {
        let key = self.key(pending, open);
        let Some((place, rest)) = pending.split_first() else { return self.finish(key) };
        let known = self.best.as_ref().map(|(known, _)| *known);
        // With one place left, ways as good are looked at too: one of them may be fairer.
        let tried = known.is_some_and(|known| key > known || key == known && !rest.is_empty());
        if tried || self.work >= self.budget {
            return;
        }
        for person in self.takers(*place) {
            self.state.put(self.model, *place, Some(person));
            if self.stands(person, *place) {
                self.mend(rest, open);
            } else if self.handed_on < MOST_HANDED_ON {
                self.hand_on(person, *place, rest, open);
            }
            self.state.put(self.model, *place, None);
        }
        self.mend(rest, open + self.model.spots[*place].cover);
    }

    /// Somebody who has just taken `place` hands on one of the duties they had before.
    fn hand_on(&mut self, person: usize, place: usize, rest: &[usize], open: i64) {
        let spots = &self.model.spots;
        let had = |duty: &usize| !spots[*duty].pinned && spots[*duty].preset == Some(person);
        let duties: Vec<usize> = self.state.duties(person).iter().copied().filter(had).collect();
        self.handed_on += 1;
        for duty in duties.into_iter().filter(|duty| *duty != place) {
            self.state.put(self.model, duty, None);
            if self.stands(person, place) && self.stands(person, duty) {
                let pending: Vec<usize> = rest.iter().copied().chain([duty]).collect();
                self.mend(&pending, open);
            }
            self.state.put(self.model, duty, Some(person));
        }
        self.handed_on -= 1;
    }

    fn finish(&mut self, key: Key) {
        let better = self
            .best
            .as_ref()
            .is_none_or(|(known, state)| (key, self.state.penalty()) < (*known, state.penalty()));
        if better {
            self.best = Some((key, self.state.clone()));
        }
    }

    fn stands(&mut self, person: usize, place: usize) -> bool {
        self.work += 1;
        legal::stands(self.model, &self.state, person, place)
    }

    /// Who may take `place`: those first who are touched anyway, then whoever it is fairest to.
    fn takers(&mut self, place: usize) -> Vec<usize> {
        let touched = self.touched();
        let spot = &self.model.spots[place];
        let handed_on = |person: usize| spot.preset == Some(person) && !self.excused.contains(&person);
        let mut takers: Vec<(bool, Penalty, usize)> = Vec::new();
        for person in spot.eligible.iter().copied().filter(|person| !handed_on(*person)) {
            self.state.put(self.model, place, Some(person));
            let new = !touched.contains(&person) && !self.excused.contains(&person);
            takers.push((new, self.state.penalty(), person));
        }
        self.state.put(self.model, place, None);
        self.work += takers.len() as u64 / 8;
        takers.sort_unstable();
        takers.into_iter().map(|(_, _, person)| person).collect()
    }

    /// Who holds other duties than before.
    fn touched(&self) -> BTreeSet<usize> {
        let places = self.model.open.iter();
        let changed = places.filter(|place| self.state.holder(**place) != self.model.spots[**place].preset);
        let concerned =
            changed.flat_map(|place| [self.state.holder(*place), self.model.spots[*place].preset]);
        concerned.flatten().collect()
    }

    fn key(&self, pending: &[usize], open: i64) -> Key {
        let touched = self.touched().iter().filter(|person| !self.excused.contains(person)).count();
        let moved = self.model.open.iter().filter(|place| {
            let before = self.model.spots[**place].preset;
            self.state.holder(**place) != before && !pending.contains(place)
        });
        Key { open, touched, moved: moved.count() }
    }
}
