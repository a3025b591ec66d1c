//! Prices of cover, and with them a bound on what any roster costs (Lagrangian relaxation).
//!
//! If cover is bought at a price instead of being counted, everybody's best row can be found alone,
//! and the sum of them is no dearer than any roster. Prices are raised where too few work and lowered
//! where too many do, along a mean of the last directions (the volume algorithm of Barahona and
//! Anbil), in whole millionths, so that the bound is exact.

use super::{
    best::Finder,
    model::{MILLION, Model},
};

/// Prices that can be stepped.
#[derive(Debug)]
pub struct Prices<'m> {
    model: &'m Model,
    finder: Finder<'m>,
    prices: Vec<i64>,
    best: Vec<i64>,
    bound: Option<i64>,
    direction: Vec<f64>,
    stride: f64,
    failed: u32,
    impossible: bool,
    work: Vec<i64>,
}

impl<'m> Prices<'m> {
    /// Begins with every missing person at half their weight.
    pub fn new(model: &'m Model) -> Self {
        let prices: Vec<i64> = model.cover.iter().map(|cover| cover.under * MILLION / 4).collect();
        Self {
            model,
            finder: Finder::new(model),
            best: prices.clone(),
            direction: vec![0.0; prices.len()],
            prices,
            bound: None,
            stride: 1.0,
            failed: 0,
            impossible: false,
            work: Vec::new(),
        }
    }

    /// What any roster costs at least; `None` before the first step.
    pub fn bound(&self) -> Option<i64> {
        self.bound.map(|bound| bound.div_euclid(MILLION) + i64::from(bound.rem_euclid(MILLION) > 0))
    }

    /// Whether somebody has no legal row at all.
    pub fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// The prices of the best bound, in millionths, day by day and kind by kind.
    pub fn at_best(&self) -> &[i64] {
        &self.best
    }

    /// Work done so far.
    pub fn work(&self) -> u64 {
        self.finder.work()
    }

    /// Improves the bound until `work` more is done; `known` is what some roster costs.
    pub fn step(&mut self, work: u64, known: i64) {
        let until = self.finder.work() + work;
        while self.finder.work() < until && !self.impossible && self.bound() != Some(known) {
            self.once(known * MILLION);
        }
    }

    fn once(&mut self, known: i64) {
        let mut bound = self.model.base * MILLION;
        let mut there = vec![0_i64; self.prices.len()];
        for (person, who) in self.model.people.iter().enumerate() {
            self.work.clear();
            self.work.extend(who.price.iter().zip(&self.prices).map(|(own, price)| own * MILLION - price));
            let Some((cost, row)) = self.finder.best(person, &self.work, None) else {
                self.impossible = true;
                return;
            };
            bound += cost;
            for (day, code) in row.into_iter().enumerate().filter(|(_, code)| *code > 0) {
                there[self.model.at(day, usize::from(code) - 1)] += 1;
            }
        }
        let cover = self.model.cover.iter().zip(&self.prices);
        bound += cover.map(|(cover, price)| price * i64::from(cover.wanted)).sum::<i64>();
        let missing =
            self.model.cover.iter().zip(&there).map(|(cover, there)| i64::from(cover.wanted) - there);
        self.turn(missing.map(|missing| missing as f64).collect(), bound);
        self.walk(known);
    }

    /// Takes note of what was learnt at the prices: the bound there, and where it rises.
    fn turn(&mut self, rises: Vec<f64>, bound: i64) {
        let first = self.bound.is_none();
        let better = self.bound.is_none_or(|known| bound > known);
        let share = if first { 1.0 } else { 0.1 };
        for (direction, rise) in self.direction.iter_mut().zip(&rises) {
            *direction = share * rise + (1.0 - share) * *direction;
        }
        if better {
            let along: f64 = self.direction.iter().zip(&rises).map(|(one, other)| one * other).sum();
            self.bound = Some(bound);
            self.best.clone_from(&self.prices);
            self.failed = 0;
            if along > 0.0 {
                self.stride = (self.stride * 1.1).min(2.0);
            }
        } else {
            self.failed += 1;
            if self.failed.is_multiple_of(12) {
                self.stride = (self.stride * 0.66).max(0.002);
            }
        }
    }

    /// From the best prices along the mean direction, as far as the gap and the stride say.
    fn walk(&mut self, known: i64) {
        let norm: f64 = self.direction.iter().map(|one| one * one).sum();
        let gap = (known - self.bound.unwrap_or(0)).max(MILLION) as f64;
        let far = if norm > 0.0 { self.stride * gap / norm } else { 0.0 };
        for (at, cover) in self.model.cover.iter().enumerate() {
            let price = self.best[at] + (far * self.direction[at]) as i64;
            // Beyond these the bound would be no bound: a missing person costs no more than that.
            self.prices[at] = price.clamp(-cover.over * MILLION, cover.under * MILLION);
        }
    }
}
