//! Sharing a cost between offices: who bears which part, exact to the cent.
//!
//! Keys (equal, population, overnight stays, usage) are weights; a two-part tariff adds a fixed and a
//! used part; need-based sharing is Shapley's value of the game in which a group costs the slots it
//! asked for, "each slot's cost split equally among the offices that asked for it"; serial sharing
//! (Moulin and Shenker) lets nobody pay for another's growth. Every way: shares sum to the total.

use std::collections::{BTreeMap, BTreeSet};

use domain::Cents;

use crate::fraction::Fraction;

/// Nobody to share with, or a key that gives nobody a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unshared {
    /// All weights are zero, or there is nobody.
    #[error("a cost can only be shared among offices of which at least one has a weight above zero")]
    NoWeight,
    /// A weight, demand or cost below zero.
    #[error("weights, demands and costs are zero or more")]
    BelowZero,
}

/// `total` by `weights`, in whole cents by the largest remainder; among equal remainders the
/// earlier office gets the cent. A total below zero (a refund) is shared alike.
///
/// # Errors
/// If no weight is above zero, or one is below.
pub fn by_weight(total: Cents, weights: &[Fraction]) -> Result<Vec<Cents>, Unshared> {
    if weights.iter().any(|weight| *weight < Fraction::ZERO) {
        return Err(Unshared::BelowZero);
    }
    let all: Fraction = weights.iter().copied().sum();
    let amount = Fraction::from(i128::from(total.0.unsigned_abs()));
    let part = |weight: &Fraction| (amount * *weight).checked_div(all).ok_or(Unshared::NoWeight);
    let exact: Vec<Fraction> = weights.iter().map(part).collect::<Result<_, _>>()?;
    if exact.is_empty() {
        return Err(Unshared::NoWeight);
    }
    let cents = rounded(&exact);
    let sign = if total.0 < 0 { -1 } else { 1 };
    Ok(cents.into_iter().map(|cents| Cents(sign * cents)).collect())
}

/// Exact parts of a whole number of cents, rounded so that they sum to it.
///
/// Everybody gets the whole cents of their part; what is left goes, a cent each, to the largest
/// remainders, the earlier first among equals.
pub fn rounded(exact: &[Fraction]) -> Vec<i64> {
    let mut cents: Vec<i128> = exact.iter().map(|part| part.floor()).collect();
    let left = exact.iter().copied().sum::<Fraction>().floor() - cents.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(exact[*at].rest()));
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        cents[at] += 1;
    }
    cents.into_iter().map(|cents| i64::try_from(cents).expect("a part is no larger than the whole")).collect()
}

/// A two-part tariff: `fixed` by one key, the rest of `total` by another.
///
/// # Errors
/// As [`by_weight`], for either part.
pub fn two_part(
    total: Cents,
    fixed: Cents,
    standing: &[Fraction],
    used: &[Fraction],
) -> Result<Vec<Cents>, Unshared> {
    let one = by_weight(fixed, standing)?;
    let other = by_weight(Cents(total.0 - fixed.0), used)?;
    Ok(one.into_iter().zip(other).map(|(one, other)| one + other).collect())
}

/// Shapley's value where a group costs as much as its dearest member alone (an airport's runway):
/// each stretch between two costs is shared equally by those who need it.
pub fn airport(standalone: &[Fraction]) -> Vec<Fraction> {
    let steps: BTreeSet<Fraction> = standalone.iter().copied().collect();
    let mut shares = vec![Fraction::ZERO; standalone.len()];
    let mut paid = Fraction::ZERO;
    for step in steps {
        let need: Vec<usize> = (0..standalone.len()).filter(|at| standalone[*at] >= step).collect();
        let part = (step - paid).among(count(need.len()));
        for at in need {
            shares[at] = shares[at] + part;
        }
        paid = step;
    }
    shares
}

/// Shapley's value where a group costs `price` for each slot that any of it asked for: each slot's
/// price split equally among the offices that asked for it.
pub fn slot_union<S: Ord>(asked: &[Vec<S>], price: Fraction) -> Vec<Fraction> {
    let asked: Vec<BTreeSet<&S>> = asked.iter().map(|slots| slots.iter().collect()).collect();
    let mut by_slot: BTreeMap<&S, u32> = BTreeMap::new();
    for slot in asked.iter().flatten().copied() {
        *by_slot.entry(slot).or_default() += 1;
    }
    let share = |slots: &BTreeSet<&S>| slots.iter().map(|slot| price.among(by_slot[*slot])).sum();
    asked.iter().map(share).collect()
}

/// Serial sharing: those with small demands share what everybody would cost at their size, and pay
/// nothing for what others want beyond it. `cost` says what a total demand costs; zero costs nothing.
pub fn serial(demands: &[Fraction], cost: impl Fn(Fraction) -> Fraction) -> Vec<Fraction> {
    let mut order: Vec<usize> = (0..demands.len()).collect();
    order.sort_by_key(|at| demands[*at]);
    let mut shares = vec![Fraction::ZERO; demands.len()];
    let (mut share, mut before, mut smaller) = (Fraction::ZERO, Fraction::ZERO, Fraction::ZERO);
    for (rank, at) in order.iter().enumerate() {
        let left = count(demands.len() - rank);
        let size = smaller + demands[*at] * Fraction::from(i128::from(left));
        let now = if size == Fraction::ZERO { Fraction::ZERO } else { cost(size) };
        share = share + (now - before).among(left);
        shares[*at] = share;
        before = now;
        smaller = smaller + demands[*at];
    }
    shares
}

fn count(offices: usize) -> u32 {
    u32::try_from(offices).expect("a region has fewer than four thousand million offices")
}
