//! What goes from one year into the next: balances within a cap, and newcomers at the average.
//!
//! Years are calendar years, so that what is carried into a day does not hang on the period somebody
//! looks at, and the end of a year stays what it was: [`closed`] takes the end of the year before and
//! one year's accounts to the end of that year, however many years there were.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{Account, LedgerTerms, PersonId};

use crate::needs::Period;

/// What each person holds more, or below zero less, than their share at the end of a year, in
/// worth-minutes.
pub type Balances = BTreeMap<PersonId, i64>;

/// The calendar years from the one of `first` to the day before `until`, the last one cut short; none
/// where `first` is no earlier than `until`.
pub fn years(first: NaiveDate, until: NaiveDate) -> Vec<Period> {
    let year = |year: i32| {
        let from = NaiveDate::from_yo_opt(year, 1)?;
        let last = NaiveDate::from_yo_opt(year + 1, 1)?.pred_opt()?.min(until.pred_opt()?);
        (from <= last).then_some(Period { from, until: last })
    };
    if until <= first { Vec::new() } else { (first.year()..=until.year()).filter_map(year).collect() }
}

/// The balances at the end of a year: what was there `before` it, and what its `accounts` add, cut to
/// the cap. Whoever took no part in that year keeps what they had.
pub fn closed(before: &Balances, accounts: &[Account], terms: &LedgerTerms) -> Balances {
    let cap = i64::from(terms.cap.0);
    let shared: Vec<&Account> = accounts.iter().filter(|account| account.share_bp > 0).collect();
    let people: Vec<(PersonId, u32)> =
        shared.iter().map(|account| (account.person, account.share_bp)).collect();
    let brought = carried(before, &people, terms);
    let ends = shared.into_iter().map(|account| {
        let brought = brought.get(&account.person).copied().unwrap_or(0);
        (account.person, (brought + account.whole.over()).clamp(-cap, cap))
    });
    let mut after = before.clone();
    after.extend(ends);
    after
}

/// What each of `people` (who, and their share from now on in basis points) brings from `before`.
///
/// A balance beyond the cap is cut to it. Whoever had none is given the average of the others' balances
/// for their share: they neither owe nor are owed, compared with their colleagues.
pub fn carried(before: &Balances, people: &[(PersonId, u32)], terms: &LedgerTerms) -> Balances {
    let cap = i64::from(terms.cap.0);
    let known = |person: &PersonId| before.get(person).map(|balance| (*balance).clamp(-cap, cap));
    let of_known = people.iter().filter_map(|(person, share)| Some((known(person)?, *share)));
    let (sum, shares) =
        of_known.fold((0, 0), |(sum, shares), (balance, share)| (sum + balance, shares + i64::from(share)));
    let average = |share: u32| match shares {
        0 => 0,
        _ => (sum * i64::from(share) / shares).clamp(-cap, cap),
    };
    people.iter().map(|(person, share)| (*person, known(person).unwrap_or(average(*share)))).collect()
}
