//! What goes from one period into the next: balances within a cap, and newcomers at the average.

use std::collections::BTreeMap;

use domain::{Account, LedgerTerms, PersonId};

/// What each of `people` (who, and their share from now on in basis points) carries out of `before`.
///
/// A balance beyond the cap is cut to it. Whoever had no share before is given the average of the
/// others' balances for their share: they neither owe nor are owed, compared with their colleagues.
pub fn carried(
    before: &[Account],
    people: &[(PersonId, u32)],
    terms: &LedgerTerms,
) -> BTreeMap<PersonId, i64> {
    let cap = i64::from(terms.cap.0);
    let known: BTreeMap<PersonId, i64> = before
        .iter()
        .filter(|account| account.share_bp > 0)
        .map(|account| (account.person, account.balance().clamp(-cap, cap)))
        .collect();
    let of_known = people.iter().filter_map(|(person, share)| Some((*known.get(person)?, *share)));
    let (sum, shares) =
        of_known.fold((0, 0), |(sum, shares), (balance, share)| (sum + balance, shares + i64::from(share)));
    let average = |share: u32| match shares {
        0 => 0,
        _ => (sum * i64::from(share) / shares).clamp(-cap, cap),
    };
    let one =
        |(person, share): &(PersonId, u32)| (*person, known.get(person).copied().unwrap_or(average(*share)));
    people.iter().map(one).collect()
}
