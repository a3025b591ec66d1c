//! Two drafts side by side: how good each is, and who has what in one and not in the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{PersonId, Rota, RotaId, RotaStatus};
use scheduling::{Score, Share, score};
use storage::rotas;
use views::html::{
    beside::{Draft, Model, Person},
    compare::Duty,
};

use super::{Sheet, board, compare, draft::expect_draft, scope_of, sheet};
use crate::{App, Caller, Error, Planner, Refusal};

/// Two drafts of one pool, over the days they share.
///
/// # Errors
/// If there is no such draft of the pool, or they share no day.
pub async fn beside(
    app: &App,
    planner: &Caller<Planner>,
    one: RotaId,
    other: RotaId,
) -> Result<Model, Error> {
    let scope = scope_of(app, planner, one).await?;
    let (one, other) = (sheet(app, scope, one).await?, sheet(app, scope, other).await?);
    expect_draft(&one.rota)?;
    expect_draft(&other.rota)?;
    let days = (one.rota.from.max(other.rota.from), one.rota.until.min(other.rota.until));
    if days.1 < days.0 {
        return Err(Refusal::PeriodIsWrong.into());
    }
    Ok(model(&one, &other, days))
}

/// The other drafts that share a day with a rota, newest first.
pub(super) async fn others(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Vec<Rota>, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    let this = super::the_rota(&tx, rota).await?;
    let mut all = rotas::of_pool(&tx, this.pool).await?;
    all.retain(|one| {
        one.id != this.id
            && one.status == RotaStatus::Draft
            && one.from <= this.until
            && this.from <= one.until
    });
    Ok(all)
}

fn model(one: &Sheet, other: &Sheet, days: (NaiveDate, NaiveDate)) -> Model {
    let scores = [scored(one), scored(other)];
    let held = [held(one, days), held(other, days)];
    let mut faces = other.scene.faces();
    faces.extend(one.scene.faces());
    let everybody: BTreeSet<PersonId> = held.iter().flat_map(|held| held.keys().copied()).collect();
    let over = |at: usize, person: PersonId| {
        let share = scores[at].shares.iter().find(|share| share.person == person);
        share.map_or(0, Share::over)
    };
    let none = Vec::new();
    let mut people: Vec<Person> = everybody
        .into_iter()
        .map(|person| {
            let [first, second] = [0, 1].map(|at| held[at].get(&person).unwrap_or(&none));
            let (only_first, both) = split(first, second);
            let (only_second, _) = split(second, first);
            let face = compare::face(&faces, person);
            Person { face, only_first, only_second, both, over: (over(0, person), over(1, person)) }
        })
        .collect();
    people.sort_by(|one, other| one.face.name.cmp(&other.face.name));
    let drafts = [(one, &scores[0]), (other, &scores[1])].map(|(sheet, score)| Draft {
        rota: sheet.rota.id,
        number: sheet.rota.number,
        days: (sheet.rota.from, sheet.rota.until),
        score: board::figures(score),
        open: sheet.places.iter().filter(|place| place.person.is_none()).count(),
    });
    Model { pool: one.scene.pool.name.clone(), days, drafts, people }
}

fn scored(sheet: &Sheet) -> Score {
    let (problem, holders) = sheet.problem();
    score(&problem, &holders)
}

/// Who holds what on these days, in the order of time.
fn held(sheet: &Sheet, (from, until): (NaiveDate, NaiveDate)) -> BTreeMap<PersonId, Vec<Duty>> {
    let mut all: BTreeMap<PersonId, Vec<Duty>> = BTreeMap::new();
    for place in sheet.places.iter().filter(|place| from <= place.slot.day && place.slot.day <= until) {
        if let Some(person) = place.person {
            let duty = Duty { span: place.slot.span, rung: place.slot.rung };
            all.entry(person).or_default().push(duty);
        }
    }
    for duties in all.values_mut() {
        duties.sort_by_key(|duty| (duty.span, duty.rung));
    }
    all
}

/// The duties of `own` that `others` does not hold, and how many both do.
fn split(own: &[Duty], others: &[Duty]) -> (Vec<Duty>, usize) {
    let mut left: Vec<&Duty> = others.iter().collect();
    let mut only = Vec::new();
    for duty in own {
        match left.iter().position(|other| *other == duty) {
            Some(at) => drop(left.remove(at)),
            None => only.push(*duty),
        }
    }
    let both = own.len() - only.len();
    (only, both)
}
