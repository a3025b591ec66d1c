//! What each office would bear of a pool's months, by every key; hours given and owed; and the
//! payments that settle it. Cents are exact: shares sum to what is shared, balances to zero.
//!
//! An office owes either a price or a key's share, never both: of days on which it paid a price it bears
//! nothing by any key, and what prices bring in is not shared again.

use chrono::{DateTime, Utc};
use domain::{Cents, HourBalance, KeyFigures, OrganisationId, Payment, ShareKey, ShareLine};

use crate::{
    Fraction, netting,
    shares::{self, Unshared},
    time_bank::{self, Category, Weights},
};

/// One office as far as sharing looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Which.
    pub office: OrganisationId,
    /// Days on which it was a member and paid no price.
    pub days: u32,
    /// Its size.
    pub figures: KeyFigures,
    /// How many visitors wrote to it on these days.
    pub visitors: u32,
    /// The half hours of a watched place that it takes part in without a price: when each begins, and the
    /// place's number.
    pub watched: Vec<(DateTime<Utc>, u8)>,
    /// What it owes at a price for its other days.
    pub charged: Cents,
    /// What duties of its people cost it, if that is known in the pool's currency.
    pub duties: Option<Cents>,
    /// Hours its people gave, by when; a backup's weighed already.
    pub given: Vec<(Category, Fraction)>,
}

/// Every office's line, and the payments between offices and the board, which spent `standing`.
///
/// A key that knows too little shares nothing; the hours are then reckoned alike.
pub fn share(
    parties: &[Party],
    standing: Cents,
    key: ShareKey,
    weights: &Weights,
) -> (Vec<ShareLine>, Vec<Payment>) {
    let columns: Vec<Option<Vec<Cents>>> =
        ShareKey::ALL.into_iter().map(|key| by_key(parties, standing, key).ok()).collect();
    let chosen = ShareKey::ALL.iter().position(|one| *one == key).and_then(|at| columns[at].as_ref());
    let banks = banks(parties, standing, key, weights);
    let line = |(at, party): (usize, &Party)| ShareLine {
        office: party.office,
        days: party.days,
        figures: party.figures,
        visitors: party.visitors,
        watched: u32::try_from(party.watched.len()).unwrap_or(u32::MAX),
        duties: party.duties,
        charged: party.charged,
        shares: columns.iter().map(|column| column.as_ref().map(|cents| cents[at])).collect(),
        balance: chosen.map(|cents| Cents(cost(party).0 - party.charged.0 - cents[at].0)),
        bank: banks[at],
    };
    let lines: Vec<ShareLine> = parties.iter().enumerate().map(line).collect();
    let payments = if chosen.is_some() { payments(&lines) } else { Vec::new() };
    (lines, payments)
}

fn cost(party: &Party) -> Cents {
    party.duties.unwrap_or(Cents(0))
}

fn all_duties(parties: &[Party]) -> Cents {
    parties.iter().map(cost).sum()
}

/// What is left to share, and the part of it that stands whoever uses the watch: prices pay for that part
/// last. What they bring in beyond the cost is the board's.
fn shared(parties: &[Party], standing: Cents) -> (Cents, Cents) {
    let charged: Cents = parties.iter().map(|party| party.charged).sum();
    let total = Cents((standing.0 + all_duties(parties).0 - charged.0).max(0));
    (total, standing.min(total))
}

/// What each party bears by `key`.
fn by_key(parties: &[Party], standing: Cents, key: ShareKey) -> Result<Vec<Cents>, Unshared> {
    let (total, standing) = shared(parties, standing);
    if !parties.is_empty() && parties.iter().all(|party| party.days == 0) {
        // Everybody pays a price: nothing is borne by a key, and what prices do not cover is the board's.
        return Ok(vec![Cents(0); parties.len()]);
    }
    match key {
        ShareKey::TwoPart => shares::two_part(
            total,
            standing,
            &weights(parties, ShareKey::Equal)?,
            &weights(parties, ShareKey::Usage)?,
        ),
        _ => shares::by_weight(total, &weights(parties, key)?),
    }
}

/// The weight of each party in `key`; a figure that one office lacks makes the key unusable.
fn weights(parties: &[Party], key: ShareKey) -> Result<Vec<Fraction>, Unshared> {
    let number = |number: u32| Fraction::from(i128::from(number));
    let of_size = |figure: fn(&KeyFigures) -> Option<u32>| {
        // How large an office is that pays a price all the time matters to nobody.
        let weight = |party: &Party| match party.days {
            0 => Some(Fraction::ZERO),
            days => Some(number(figure(&party.figures)?) * number(days)),
        };
        parties.iter().map(weight).collect::<Option<Vec<_>>>().ok_or(Unshared::NoWeight)
    };
    match key {
        ShareKey::Equal => Ok(parties.iter().map(|party| number(party.days)).collect()),
        ShareKey::Population => of_size(|figures| figures.population),
        ShareKey::OvernightStays => of_size(|figures| figures.overnight_stays),
        ShareKey::Usage | ShareKey::TwoPart => {
            Ok(parties.iter().map(|party| number(party.visitors)).collect())
        }
        ShareKey::Need => {
            let asked: Vec<Vec<(DateTime<Utc>, u8)>> =
                parties.iter().map(|party| party.watched.clone()).collect();
            Ok(shares::slot_union(&asked, number(1)))
        }
    }
}

/// Each party's hours: given, and due by the share it bears.
fn banks(parties: &[Party], standing: Cents, key: ShareKey, weights: &Weights) -> Vec<HourBalance> {
    let parts = parts(parties, standing, key)
        .or_else(|_| parts(parties, standing, ShareKey::Equal))
        .unwrap_or_else(|_| vec![Fraction::ZERO; parties.len()]);
    let given: Vec<Vec<(Category, Fraction)>> = parties.iter().map(|party| party.given.clone()).collect();
    let accounts = time_bank::accounts(&given, &parts, weights);
    let minutes = |hours: Fraction| hours * Fraction::from(60);
    let rounded = |of: &dyn Fn(&time_bank::Account) -> Fraction| -> Vec<i64> {
        shares::rounded(&accounts.iter().map(of).collect::<Vec<_>>())
    };
    let given = rounded(&|account| minutes(account.contributed));
    let balances = rounded(&|account| minutes(account.balance()));
    let worth = worth(&balances, all_duties(parties), given.iter().sum());
    let bank = |at: usize| HourBalance {
        given: given[at],
        due: given[at] - balances[at],
        balance: balances[at],
        worth: Cents(worth[at]),
    };
    (0..parties.len()).map(bank).collect()
}

/// What balances of minutes are worth where all that were given cost `duties`.
fn worth(balances: &[i64], duties: Cents, given: i64) -> Vec<i64> {
    let worth = |minutes: &i64| {
        let cents = i128::from(*minutes) * i128::from(duties.0);
        Fraction::new(cents, i128::from(given)).unwrap_or(Fraction::ZERO)
    };
    shares::rounded(&balances.iter().map(worth).collect::<Vec<_>>())
}

/// The part of the whole that each party bears by `key`; parts sum to one.
fn parts(parties: &[Party], standing: Cents, key: ShareKey) -> Result<Vec<Fraction>, Unshared> {
    let all = |weights: Vec<Fraction>| -> Result<Vec<Fraction>, Unshared> {
        let sum: Fraction = weights.iter().copied().sum();
        weights.into_iter().map(|weight| weight.checked_div(sum).ok_or(Unshared::NoWeight)).collect()
    };
    let (total, standing) = shared(parties, standing);
    if key != ShareKey::TwoPart || total == Cents(0) {
        return all(weights(parties, key)?);
    }
    let (alike, used) = (all(weights(parties, ShareKey::Equal)?)?, all(weights(parties, ShareKey::Usage)?)?);
    let stands = Fraction::new(i128::from(standing.0), i128::from(total.0)).ok_or(Unshared::NoWeight)?;
    let rest = Fraction::from(1) - stands;
    Ok(alike.into_iter().zip(used).map(|(one, other)| stands * one + rest * other).collect())
}

/// What settles every balance; the board has what the offices lack.
fn payments(lines: &[ShareLine]) -> Vec<Payment> {
    let mut balances: Vec<Cents> = lines.iter().map(|line| line.balance.unwrap_or_default()).collect();
    let offices: Cents = balances.iter().copied().sum();
    balances.push(Cents(-offices.0));
    let whose = |at: usize| lines.get(at).map(|line| line.office);
    let settled = netting::settle(&balances).expect("the board's balance is what makes them sum to zero");
    settled
        .into_iter()
        .map(|one| Payment { from: whose(one.from), to: whose(one.to), amount: one.amount })
        .collect()
}
