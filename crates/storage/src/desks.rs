//! Who answers for an office: its own hours, what it bought, who is on duty and what they speak.

use chrono::Duration;
use domain::{Coverage, OpeningHours, Organisation, OrganisationId, PersonId, PoolId, Shift, Span};
use sea_orm::{ColumnTrait, QuerySelect, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx, coverage,
    entities::employment,
    opening_hours, organisations,
    scope::{Scope, Set},
    shifts,
};

/// How far ahead duties are read: as far as windows are searched for their next opening.
const AHEAD: Duration = Duration::days(28);

/// What is known of an office's desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The office.
    pub office: Organisation,
    /// When its own desk is open.
    pub opening: Vec<OpeningHours>,
    /// What it bought and that has not ended.
    pub coverages: Vec<Coverage>,
    /// Duties of the pools that cover it, running or to come within four weeks, first come first.
    pub duties: Vec<Shift>,
}

/// The office's desk, if the office is in sight: in `Home`, and while on duty for it.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(tx: &Tx<S>, office: OrganisationId) -> Result<Option<Desk>, StoreError> {
    let Some(desk) = hours_of(tx, office).await? else { return Ok(None) };
    let mut pools: Vec<PoolId> = desk.coverages.iter().map(|coverage| coverage.pool).collect();
    pools.sort_unstable();
    pools.dedup();
    let duties = duties(tx, &pools).await?;
    Ok(Some(Desk { duties, ..desk }))
}

/// The office's desk without its duties: enough to say which hours it keeps and which are covered.
///
/// # Errors
/// If the database cannot be read.
pub async fn hours_of<S: Scope>(tx: &Tx<S>, office: OrganisationId) -> Result<Option<Desk>, StoreError> {
    let Some(office) = organisations::get(tx, office).await? else { return Ok(None) };
    let opening = opening_hours::of_organisations(tx, &[office.id]).await?;
    let mut coverages = coverage::of_organisation(tx, office.id).await?;
    coverages.retain(|coverage| coverage.until.is_none_or(|end| end > tx.now()));
    Ok(Some(Desk { office, opening, coverages, duties: Vec::new() }))
}

/// The offices this transaction answers for: the own one, and while on duty those that are covered now.
pub fn answered_for<S: Scope>(tx: &Tx<S>) -> Vec<OrganisationId> {
    let own = tx.sets.of(Set::Desks).iter();
    own.chain(tx.sets.of(Set::Notebooks)).copied().map(OrganisationId).collect()
}

/// Those of these people who work for `office`, whose transaction it must be.
///
/// # Errors
/// If the database cannot be read.
pub async fn staff_among<S: Scope>(
    tx: &Tx<S>,
    office: OrganisationId,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<PersonId>, StoreError> {
    let today = tx.now().date_naive();
    let until = employment::Column::UntilDate;
    let ids: Vec<(Uuid,)> = tx
        .visible::<employment::Entity>()
        .filter(employment::Column::OrganisationId.eq(office.0))
        .filter(employment::Column::PersonId.is_in(people.into_iter().map(|person| person.0)))
        .filter(until.is_null().or(until.gte(today - Duration::days(1))))
        .with(|rows| rows.select_only().column(employment::Column::PersonId))
        .tuples("look up who works for an office")
        .await?;
    Ok(ids.into_iter().map(|(id,)| id.into()).collect())
}

/// Duties of these pools, running or to come within four weeks, first come first; learners cover nothing.
///
/// # Errors
/// If the database cannot be read.
pub async fn duties<S: Scope>(tx: &Tx<S>, pools: &[PoolId]) -> Result<Vec<Shift>, StoreError> {
    let mut duties = Vec::new();
    for pool in pools {
        duties.extend(shifts::of_pool(tx, *pool, ahead(tx)).await?);
    }
    duties.retain(|shift| shift.rung.covers());
    duties.sort_by_key(|shift| (shift.span, shift.rung, shift.id));
    Ok(duties)
}

/// The duties of one person that run now or have not ended, first come first; those of the own
/// transaction, in any pool. Learning is no duty here.
///
/// # Errors
/// If the database cannot be read.
pub async fn duties_of<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<Vec<Shift>, StoreError> {
    let mut duties = shifts::of_people(tx, &[person], ahead(tx)).await?;
    duties.retain(|shift| shift.rung.covers());
    Ok(duties)
}

fn ahead<S: Scope>(tx: &Tx<S>) -> Span {
    Span::new(tx.now(), tx.now() + AHEAD).expect("four weeks on is later")
}
