//! What a linear program leaves half-way, and the two sides of deciding it.

use std::sync::Arc;

use super::{
    branch::Decision,
    program::{Cut, Program, Slack},
};

/// Nearer to a whole number than this is whole.
const WHOLE: f64 = 0.02;
/// So many of each sort are tried.
const OF_A_SORT: usize = 4;

/// Decisions to choose from, each with both its sides: slack over all, over kinds, weeks and days,
/// and in single cells; then what people do on single days.
pub(super) fn candidates(program: &Program<'_>, taken: &[Decision]) -> Vec<[Decision; 2]> {
    let mut found = Vec::new();
    for slack in [Slack::Under, Slack::Over] {
        for groups in groups(program) {
            let sums = groups.into_iter().map(|cells| {
                let sum: f64 = cells.iter().map(|at| program.slack(*at, slack)).sum();
                (sum, cells)
            });
            let mut half: Vec<(f64, Vec<usize>)> = sums.filter(|(sum, _)| is_half_way(*sum)).collect();
            half.sort_by(|one, other| off(one.0).total_cmp(&off(other.0)));
            for (sum, cells) in half.into_iter().take(OF_A_SORT) {
                found.push(sides(cells, slack, sum.floor() as i64));
            }
        }
    }
    found.extend(codes(program, taken));
    found
}

fn sides(cells: Vec<usize>, slack: Slack, floor: i64) -> [Decision; 2] {
    let cut = |at_least: bool, value: i64| {
        Decision::Slack(Arc::new(Cut { cells: cells.clone(), slack, at_least, value }))
    };
    [cut(false, floor), cut(true, floor + 1)]
}

fn is_half_way(value: f64) -> bool {
    (value - value.round()).abs() > WHOLE
}

/// How far from half-way.
fn off(value: f64) -> f64 {
    (value - value.floor() - 0.5).abs()
}

/// Cells to be looked at together, sort by sort.
fn groups(program: &Program<'_>) -> Vec<Vec<Vec<usize>>> {
    let (days, width) = (program.model.days, program.model.kinds.len());
    let at = |day: usize, kind: usize| program.model.at(day, kind);
    let all = (0..days * width).collect();
    let kinds = (0..width).map(|kind| (0..days).map(|day| at(day, kind)).collect()).collect();
    let weeks = (0..days.div_ceil(7)).map(|week| {
        let days = 7 * week..days.min(7 * week + 7);
        days.flat_map(|day| (0..width).map(move |kind| at(day, kind))).collect()
    });
    let single_days = (0..days).map(|day| (0..width).map(|kind| at(day, kind)).collect()).collect();
    let cells = (0..days * width).map(|at| vec![at]).collect();
    let mut sorts: Vec<Vec<Vec<usize>>> = vec![vec![all], kinds, weeks.collect()];
    if width > 1 {
        sorts.push(single_days);
    }
    sorts.push(cells);
    sorts
}

/// What somebody does on a day: works or not, and if that is clear, which kind.
fn codes(program: &Program<'_>, taken: &[Decision]) -> Vec<[Decision; 2]> {
    let (days, width) = (program.model.days, program.model.kinds.len() + 1);
    let mut shares = vec![0.0; program.model.people.len() * days * width];
    for pooled in &program.pool {
        let value = program.linear.value(pooled.column);
        if value > 1e-9 {
            for (day, code) in pooled.row.iter().enumerate() {
                shares[(pooled.person * days + day) * width + usize::from(*code)] += value;
            }
        }
    }
    let mut half: Vec<(f64, usize)> = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        if *share > 1e-4 && *share < 1.0 - 1e-4 {
            // Working or not splits more evenly than one kind of many.
            half.push((off(*share) + if at % width == 0 { 0.0 } else { 0.1 }, at));
        }
    }
    half.sort_by(|one, other| one.0.total_cmp(&other.0));
    let decide = |at: usize, has: bool| Decision::Code {
        person: at / width / days,
        day: at / width % days,
        code: (at % width) as u8,
        has,
    };
    let few = if taken.len() > 12 { OF_A_SORT / 2 } else { OF_A_SORT };
    half.into_iter().take(2 * few).map(|(_, at)| [decide(at, false), decide(at, true)]).collect()
}
