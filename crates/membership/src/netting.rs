//! Netting: as few payments as a simple rule gives between balances that sum to zero.

use domain::Cents;

/// One payment, by positions in the list of balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Who pays.
    pub from: usize,
    /// Who is paid.
    pub to: usize,
    /// How much, above zero.
    pub amount: Cents,
}

/// Balances do not sum to zero: somebody's money is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("balances must sum to zero before they are netted, and these sum to {0} cents")]
pub struct Unbalanced(pub i128);

/// Payments that settle `balances` (above zero: is owed; below: owes): again and again the largest
/// debtor pays the largest creditor what both can settle; of equals, the earlier. At most one
/// payment fewer than there are balances.
///
/// # Errors
/// If they do not sum to zero.
pub fn settle(balances: &[Cents]) -> Result<Vec<Transfer>, Unbalanced> {
    let mut left: Vec<i128> = balances.iter().map(|balance| i128::from(balance.0)).collect();
    let sum: i128 = left.iter().sum();
    if sum != 0 {
        return Err(Unbalanced(sum));
    }
    let mut transfers = Vec::new();
    loop {
        let from = (0..left.len()).min_by_key(|at| (left[*at], *at));
        let to = (0..left.len()).min_by_key(|at| (-left[*at], *at));
        let (Some(from), Some(to)) = (from, to) else { break };
        let amount = left[to].min(-left[from]);
        if amount == 0 {
            break;
        }
        left[from] += amount;
        left[to] -= amount;
        let amount = Cents(i64::try_from(amount).expect("a payment is no larger than a balance"));
        transfers.push(Transfer { from, to, amount });
    }
    Ok(transfers)
}
