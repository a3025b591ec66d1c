//! Ways out of a duty that the law lets everybody stand: somebody takes it, somebody gives one of theirs for
//! it, or three people pass theirs round. Ranked by what the rota costs then.
//!
//! What somebody may take and give depends on their own duties alone, so each such question is asked once,
//! however many circles it closes.

use std::collections::BTreeMap;

use domain::PersonId;
use serde::{Deserialize, Serialize};

use super::state::State;
use super::timeline::Model;
use super::{Budget, Penalty, legal};
use crate::problem::Problem;

/// One way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Who takes which place, the first the one that was asked about. Each person gives the place that comes
    /// next; the last is its holder, who gives the first. In a gift there is nobody but who takes it.
    pub moves: Vec<(usize, PersonId)>,
    /// What the rota costs then.
    pub penalty: Penalty,
}

/// All ways that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanges {
    /// What the rota costs as it is; what somebody holds who is no candidate counts as open.
    pub before: Penalty,
    /// The cheapest first, of those that cost the same the ones with fewer people.
    pub found: Vec<Exchange>,
    /// Whether everything was tried, rather than the budget spent.
    pub complete: bool,
    /// Units of work spent.
    pub work: u64,
}

/// The ways out of `place` as `rota` has it, against duties at most so many `days` away from it. Pinned
/// places stay as they are. There are no ways for a place that is pinned, or that nobody holds, or somebody who
/// is no candidate.
///
/// # Panics
/// If the problem has no such place, or fewer places than the rota.
pub fn swaps(
    problem: &Problem,
    rota: &[Option<PersonId>],
    place: usize,
    days: u16,
    budget: Budget,
) -> Exchanges {
    let model = Model::of(problem);
    let mut state = State::pinned(&model);
    let number = |person| problem.candidates.iter().position(|candidate| candidate.person == person);
    for (place, person) in rota.iter().enumerate() {
        state.put(&model, place, person.and_then(number));
    }
    let before = state.penalty();
    let near = |other: &usize| (model.spots[*other].day - model.spots[place].day).abs() <= i32::from(days);
    let others = model.open.iter().copied().filter(|other| *other != place).filter(near).collect();
    let holder = state.holder(place).filter(|_| !model.spots[place].pinned);
    let mut circles = Circles { model: &model, state, known: BTreeMap::new(), work: 0, budget: budget.work };
    let ways = holder.map_or_else(Vec::new, |holder| circles.out_of(place, holder, others));
    let priced = ways.into_iter().map(|moves| {
        let penalty = circles.price(&moves);
        let named = moves.iter().map(|(place, person)| (*place, problem.candidates[*person].person));
        Exchange { moves: named.collect(), penalty }
    });
    let mut found: Vec<Exchange> = priced.collect();
    found.sort_by(|one, other| {
        let key = |way: &Exchange| (way.penalty, way.moves.len());
        key(one).cmp(&key(other)).then_with(|| one.moves.cmp(&other.moves))
    });
    Exchanges { before, found, complete: circles.work < circles.budget, work: circles.work }
}

/// Who takes which place.
type Moves = Vec<(usize, usize)>;

struct Circles<'a> {
    model: &'a Model,
    state: State,
    /// Whether a person may take one place and give another.
    known: BTreeMap<(usize, usize, Option<usize>), bool>,
    work: u64,
    budget: u64,
}

impl Circles<'_> {
    fn out_of(&mut self, place: usize, holder: usize, others: Vec<usize>) -> Vec<Moves> {
        let mut ways = Vec::new();
        let spots = &self.model.spots;
        if self.may_give(holder, place) {
            let takers = spots[place].eligible.iter().filter(|taker| **taker != holder);
            let free: Vec<usize> =
                takers.copied().filter(|taker| self.may_take(*taker, place, None)).collect();
            ways.extend(free.into_iter().map(|taker| vec![(place, taker)]));
        }
        let held: Vec<(usize, usize)> =
            others.iter().filter_map(|other| Some((*other, self.state.holder(*other)?))).collect();
        let theirs: Vec<(usize, usize)> = held.into_iter().filter(|(_, whose)| *whose != holder).collect();
        // Who would take the duty for one of theirs, and which duties its holder would take for it.
        let mut give = theirs.clone();
        give.retain(|(other, whose)| self.may_take(*whose, place, Some(*other)));
        let mut get = theirs;
        get.retain(|(other, _)| self.may_take(holder, *other, Some(place)));
        for (given, taker) in give {
            for (got, third) in &get {
                if given == *got {
                    ways.push(vec![(place, taker), (given, holder)]);
                } else if taker != *third && self.may_take(*third, given, Some(*got)) {
                    ways.push(vec![(place, taker), (given, *third), (*got, holder)]);
                }
            }
        }
        ways
    }

    /// Whether they keep the law once they took one place and gave another.
    fn may_take(&mut self, person: usize, place: usize, given: Option<usize>) -> bool {
        if self.model.spots[place].eligible.binary_search(&person).is_err() || self.work >= self.budget {
            return false;
        }
        if let Some(known) = self.known.get(&(person, place, given)) {
            return *known;
        }
        let whose = self.state.holder(place);
        self.state.put(self.model, place, Some(person));
        given.iter().for_each(|given| self.state.put(self.model, *given, None));
        self.work += 1 + u64::from(given.is_some());
        let stands = |place: &usize| legal::stands(self.model, &self.state, person, *place);
        let may = stands(&place) && given.iter().all(stands);
        given.iter().for_each(|given| self.state.put(self.model, *given, Some(person)));
        self.state.put(self.model, place, whose);
        self.known.insert((person, place, given), may);
        may
    }

    /// Whether they keep the law without a place.
    fn may_give(&mut self, person: usize, place: usize) -> bool {
        self.state.put(self.model, place, None);
        self.work += 1;
        let may = legal::stands(self.model, &self.state, person, place);
        self.state.put(self.model, place, Some(person));
        may
    }

    fn price(&mut self, moves: &Moves) -> Penalty {
        let undo: Vec<(usize, Option<usize>)> =
            moves.iter().map(|(place, _)| (*place, self.state.holder(*place))).collect();
        moves.iter().for_each(|(place, person)| self.state.put(self.model, *place, Some(*person)));
        let penalty = self.state.penalty();
        undo.iter().for_each(|(place, person)| self.state.put(self.model, *place, *person));
        penalty
    }
}
