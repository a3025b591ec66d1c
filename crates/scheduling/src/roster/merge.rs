//! Puts together what two sides changed in the same roster: on days that only one of them touched,
//! a row is as that one left it.

use super::{
    evaluate::is_legal,
    model::{Model, Row},
    program::cost_of,
};

/// `first` with what `second` changed of `base`, and what it costs. Where both changed a day, `first`
/// counts; where a row would break a rule, it is as `first` has it.
pub(super) fn merge(model: &Model, base: &[Row], first: &[Row], second: &[Row]) -> (Vec<Row>, i64) {
    let mut rows: Vec<Row> = first.to_vec();
    for (person, row) in rows.iter_mut().enumerate() {
        if second[person] == base[person] || second[person] == first[person] {
            continue;
        }
        if first[person] == base[person] {
            row.clone_from(&second[person]);
            continue;
        }
        for (day, code) in row.iter_mut().enumerate() {
            if *code == base[person][day] {
                *code = second[person][day];
            }
        }
        if !is_legal(model, person, row) {
            row.clone_from(&first[person]);
        }
    }
    let cost = cost_of(model, &rows);
    (rows, cost)
}
