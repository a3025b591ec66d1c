//! What a roster costs and which rules it breaks, read off the rows themselves. Shares nothing with
//! the search but the model.

use super::model::{Model, Person, Row};

/// What is to be said of a roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Rules broken, in words for whoever writes a solver.
    pub broken: Vec<String>,
    /// What it costs: wishes, and people missing or too many.
    pub penalty: i64,
}

/// Judges `rows`, one a person in the model's order.
pub fn evaluate(model: &Model, rows: &[Row]) -> Verdict {
    let mut verdict = Verdict { penalty: model.base, ..Verdict::default() };
    if rows.len() != model.people.len() || rows.iter().any(|row| row.len() != model.days) {
        verdict.broken.push("the roster has another size than the model".into());
        return verdict;
    }
    for (person, row) in model.people.iter().zip(rows) {
        verdict
            .broken
            .extend(broken(model, person, row).into_iter().map(|what| format!("{}: {what}", person.name)));
        verdict.penalty += worked(row).map(|(day, kind)| person.price[model.at(day, kind)]).sum::<i64>();
    }
    for day in 0..model.days {
        for kind in 0..model.kinds.len() {
            let cover = model.cover[model.at(day, kind)];
            let there = rows.iter().filter(|row| usize::from(row[day]) == kind + 1).count();
            let missing = i64::from(cover.wanted) - i64::try_from(there).expect("a model has few people");
            verdict.penalty += if missing > 0 { missing * cover.under } else { -missing * cover.over };
        }
    }
    verdict
}

/// Whether a person may work so.
pub(super) fn is_legal(model: &Model, person: usize, row: &Row) -> bool {
    broken(model, &model.people[person], row).is_empty()
}

fn worked(row: &Row) -> impl Iterator<Item = (usize, usize)> {
    row.iter().enumerate().filter(|(_, code)| **code > 0).map(|(day, code)| (day, usize::from(*code) - 1))
}

fn broken(model: &Model, person: &Person, row: &Row) -> Vec<String> {
    let mut broken = Vec::new();
    for (day, pair) in row.windows(2).enumerate() {
        if pair[0] > 0
            && pair[1] > 0
            && model.kinds[usize::from(pair[0]) - 1].never_before.contains(&(usize::from(pair[1]) - 1))
        {
            broken.push(format!("day {}: may not follow the day before", day + 1));
        }
    }
    for (kind, most) in person.at_most.iter().enumerate() {
        let count = worked(row).filter(|(_, worked)| *worked == kind).count();
        if count > *most as usize {
            broken.push(format!("{count} of kind {kind}, at most {most}"));
        }
    }
    let minutes: u32 = worked(row).map(|(_, kind)| model.kinds[kind].minutes).sum();
    if minutes < person.minutes.0 || minutes > person.minutes.1 {
        broken.push(format!("{minutes} minutes, {} to {}", person.minutes.0, person.minutes.1));
    }
    let mut from = 0;
    while from < row.len() {
        let works = row[from] > 0;
        let until = (from..row.len()).find(|day| (row[*day] > 0) != works).unwrap_or(row.len());
        let (length, inside) = ((until - from) as u32, from > 0 && until < row.len());
        if works && (length > person.run.1 || (inside && length < person.run.0)) {
            broken.push(format!("day {from}: {length} days in a row"));
        }
        if !works && inside && length < person.rest {
            broken.push(format!("day {from}: {length} free days in a row"));
        }
        from = until;
    }
    let busy = |day: &usize| row[*day] > 0 || row.get(day + 1).is_some_and(|sunday| *sunday > 0);
    let weekends = (5..row.len()).step_by(7).filter(busy).count();
    if weekends > person.weekends as usize {
        broken.push(format!("{weekends} weekends, at most {}", person.weekends));
    }
    broken.extend(person.away.iter().filter(|day| row[**day] > 0).map(|day| format!("day {day}: away")));
    broken
}
