//! What each row is worth where each is to have a column of its own in the cheapest way (Kuhn, 1955; by
//! shortest paths after Jonker and Volgenant, 1987).

/// What costs so much must not be. Sums of a few thousand of them still fit.
pub(super) const NEVER: i128 = i128::MAX >> 24;

/// The dual values of the rows of `costs`, each `columns` long: no row costs more than its worth, less what
/// its column could save elsewhere. A row may stay without a column: that costs `without`.
pub(super) fn worths(costs: &[i128], columns: usize, without: i128) -> Vec<i128> {
    let rows = costs.len().checked_div(columns).unwrap_or(0);
    let mut table = Table {
        costs,
        columns,
        without,
        rows: vec![0; rows + 1],
        prices: vec![0; columns + rows + 1],
        holder: vec![0; columns + rows + 1],
        way: vec![0; columns + rows + 1],
    };
    for row in 1..=rows {
        table.add(row);
    }
    table.rows.split_off(1)
}

/// Rows and columns count from 1; column 0 holds the row that is being added. Behind the columns stand as
/// many nobodies as there are rows, one for each.
struct Table<'a> {
    costs: &'a [i128],
    columns: usize,
    without: i128,
    rows: Vec<i128>,
    prices: Vec<i128>,
    holder: Vec<usize>,
    way: Vec<usize>,
}

impl Table<'_> {
    fn cost(&self, row: usize, column: usize) -> i128 {
        if column <= self.columns {
            self.costs[(row - 1) * self.columns + column - 1]
        } else if column - self.columns == row {
            self.without
        } else {
            NEVER
        }
    }

    fn add(&mut self, row: usize) {
        let all = self.prices.len() - 1;
        self.holder[0] = row;
        let mut at = 0;
        let mut least = vec![i128::MAX; all + 1];
        let mut used = vec![false; all + 1];
        while self.holder[at] != 0 {
            used[at] = true;
            let here = self.holder[at];
            let (mut delta, mut next) = (i128::MAX, 0);
            for column in (1..=all).filter(|column| !used[*column]) {
                let now = self.cost(here, column) - self.rows[here] - self.prices[column];
                if now < least[column] {
                    (least[column], self.way[column]) = (now, at);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            for column in 0..=all {
                if used[column] {
                    self.rows[self.holder[column]] += delta;
                    self.prices[column] -= delta;
                } else if column > 0 {
                    least[column] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            self.holder[at] = self.holder[self.way[at]];
            at = self.way[at];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_worth_what_it_costs_to_have_it() {
        // One column for two rows: whoever has it, the other stays without.
        assert_eq!(worths(&[3, 5], 1, 20), [18, 20]);
        assert_eq!(worths(&[3, 9, 5, 6], 2, 20), [4, 6]);
    }
}
