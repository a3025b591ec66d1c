//! Who holds what while the search goes on, and what it costs at this moment.

use domain::WishKind;

use super::penalty::{MISSED_WISH, Penalty, RATHER_NOT, unfairness};
use super::timeline::Model;

/// A rota under construction. Its penalty is kept up to date with every change.
#[derive(Clone, Debug)]
pub(super) struct State {
    holder: Vec<Option<usize>>,
    duties: Vec<Vec<usize>>,
    load: Vec<i64>,
    penalty: Penalty,
}

impl State {
    /// All places empty but the pinned ones.
    pub(super) fn pinned(model: &Model) -> Self {
        let mut state = Self {
            holder: vec![None; model.spots.len()],
            duties: vec![Vec::new(); model.people.len()],
            load: vec![0; model.people.len()],
            penalty: Penalty::default(),
        };
        for person in &model.people {
            state.penalty.fairness +=
                if person.counted { unfairness(person.target, model.tolerance) } else { 0 };
            state.penalty.wishes += wishes(person.wishes.values());
        }
        for (place, spot) in model.spots.iter().enumerate() {
            if !spot.stranger {
                state.penalty.cover += spot.cover;
            }
            if !spot.pinned && spot.preset.is_some() {
                state.penalty.stability += 1;
            }
            if spot.pinned && spot.preset.is_some() {
                state.put(model, place, spot.preset);
            }
        }
        state
    }

    pub(super) fn penalty(&self) -> Penalty {
        self.penalty
    }

    pub(super) fn holder(&self, place: usize) -> Option<usize> {
        self.holder[place]
    }

    pub(super) fn duties(&self, person: usize) -> &[usize] {
        &self.duties[person]
    }

    /// By how much they are over (or, below zero, under) their fair share.
    pub(super) fn deviation(&self, model: &Model, person: usize) -> i64 {
        self.load[person] - model.people[person].target
    }

    /// Gives `place` to `person`, or leaves it open, whoever held it.
    pub(super) fn put(&mut self, model: &Model, place: usize, person: Option<usize>) {
        if self.holder[place] == person {
            return;
        }
        let spot = &model.spots[place];
        if let Some(before) = self.holder[place].take() {
            self.reckon(model, before, place, -1);
            self.duties[before].retain(|duty| *duty != place);
            self.penalty.cover += spot.cover;
            self.penalty.stability += i64::from(!spot.pinned && spot.preset == Some(before));
        }
        if let Some(after) = person {
            self.reckon(model, after, place, 1);
            let at = self.duties[after].partition_point(|duty| *duty < place);
            self.duties[after].insert(at, place);
            self.penalty.cover -= spot.cover;
            self.penalty.stability -= i64::from(!spot.pinned && spot.preset == Some(after));
        }
        self.holder[place] = person;
    }

    /// Fairness and wishes of `person` as `place` comes (`sign` 1) or goes (−1); their list of
    /// duties is as it is without it when it comes, with it when it goes.
    fn reckon(&mut self, model: &Model, person: usize, place: usize, sign: i64) {
        let (spot, someone) = (&model.spots[place], &model.people[person]);
        if someone.counted {
            self.penalty.fairness -= unfairness(self.deviation(model, person), model.tolerance);
        }
        self.load[person] += sign * spot.worth;
        if someone.counted {
            self.penalty.fairness += unfairness(self.deviation(model, person), model.tolerance);
        }
        match someone.wishes.get(&spot.day) {
            Some(WishKind::RatherNot) => self.penalty.wishes += sign * RATHER_NOT,
            Some(WishKind::Wish) => {
                let same_day = |duty: &&usize| **duty != place && model.spots[**duty].day == spot.day;
                if !self.duties[person].iter().any(|duty| same_day(&duty)) {
                    self.penalty.wishes -= sign * MISSED_WISH;
                }
            }
            Some(WishKind::Cant) | None => {}
        }
    }
}

/// What wishes cost while nobody has any duty.
fn wishes<'a>(kinds: impl Iterator<Item = &'a WishKind>) -> i64 {
    kinds.filter(|kind| **kind == WishKind::Wish).map(|_| MISSED_WISH).sum()
}
