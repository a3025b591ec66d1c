//! Who answers for an office: its own hours, what it bought, who is on duty and what they speak.

use chrono::Duration;
use domain::{
    Coverage, Language, OpeningHours, Organisation, OrganisationId, Person, PersonId, PoolId, Shift, Span, Tz,
};
use sea_orm::{ColumnTrait, QuerySelect, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx, coverage,
    entities::{employment, organisation, person, skill},
    error::unreadable,
    opening_hours,
    scope::Scope,
    shifts,
};

/// How far ahead duties are read: as far as windows are searched for their next opening.
const AHEAD: Duration = Duration::days(28);

/// What is known of an office's desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The office.
    pub office: Organisation,
    /// Whom its visitors call when it burns, as the office wrote it.
    pub emergency: String,
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
    let Some((office, emergency)) = organisation_with_emergency(tx, office).await? else { return Ok(None) };
    let opening = opening_hours::of_organisations(tx, &[office.id]).await?;
    let mut coverages = coverage::of_organisation(tx, office.id).await?;
    coverages.retain(|coverage| coverage.until.is_none_or(|end| end > tx.now()));
    let mut pools: Vec<PoolId> = coverages.iter().map(|coverage| coverage.pool).collect();
    pools.sort_unstable();
    pools.dedup();
    let duties = duties(tx, &pools).await?;
    Ok(Some(Desk { office, emergency, opening, coverages, duties }))
}

/// An organisation's public face, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn organisation<S: Scope>(
    tx: &Tx<S>,
    id: OrganisationId,
) -> Result<Option<Organisation>, StoreError> {
    Ok(organisation_with_emergency(tx, id).await?.map(|(organisation, _)| organisation))
}

async fn organisation_with_emergency<S: Scope>(
    tx: &Tx<S>,
    id: OrganisationId,
) -> Result<Option<(Organisation, String)>, StoreError> {
    let rows = tx.visible::<organisation::Entity>().filter(organisation::Column::Id.eq(id.0));
    let row = rows.one("read an organisation").await?;
    row.map(|row| Ok((organisation_from(&row)?, row.emergency))).transpose()
}

/// Every organisation in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn organisations<S: Scope>(tx: &Tx<S>) -> Result<Vec<Organisation>, StoreError> {
    let rows = tx.visible::<organisation::Entity>().order_by_asc(organisation::Column::Name);
    rows.all("list organisations").await?.iter().map(organisation_from).collect()
}

/// The offices whose conversations this transaction sees.
pub fn answered_for<S: Scope>(tx: &Tx<S>) -> Vec<OrganisationId> {
    tx.sets.of(crate::scope::Set::Desks).iter().copied().map(OrganisationId).collect()
}

/// These people as far as they are in sight, with their languages, best first.
///
/// # Errors
/// If the database cannot be read.
pub async fn people<S: Scope>(
    tx: &Tx<S>,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Person>, StoreError> {
    let ids: Vec<Uuid> = ids.into_iter().map(|id| id.0).collect();
    let rows = tx.visible::<person::Entity>().filter(person::Column::Id.is_in(ids.clone()));
    let rows = rows.all("read who people are").await?;
    let spoken = tx
        .visible::<skill::Entity>()
        .filter(skill::Column::PersonId.is_in(ids))
        .filter(skill::Column::Kind.eq("language"))
        .order_by_asc(skill::Column::Rank)
        .all("read what people speak")
        .await?;
    let languages = |of: Uuid| {
        let own = spoken.iter().filter(|skill| skill.person_id == of);
        own.filter_map(|skill| Language::parse(&skill.value)).collect()
    };
    let person = |row: person::Model| Person {
        id: row.id.into(),
        languages: languages(row.id),
        given_name: row.given_name,
        family_name: row.family_name,
    };
    Ok(rows.into_iter().map(person).collect())
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

/// Duties of these pools, running or to come within four weeks, first come first.
///
/// # Errors
/// If the database cannot be read.
pub async fn duties<S: Scope>(tx: &Tx<S>, pools: &[PoolId]) -> Result<Vec<Shift>, StoreError> {
    let mut duties = Vec::new();
    for pool in pools {
        duties.extend(shifts::of_pool(tx, *pool, ahead(tx)).await?);
    }
    duties.sort_by_key(|shift| (shift.span, shift.rung, shift.id));
    Ok(duties)
}

/// The duties of one person that run now or have not ended, first come first; those of the own
/// transaction, in any pool.
///
/// # Errors
/// If the database cannot be read.
pub async fn duties_of<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<Vec<Shift>, StoreError> {
    shifts::of_people(tx, &[person], ahead(tx)).await
}

fn ahead<S: Scope>(tx: &Tx<S>) -> Span {
    Span::new(tx.now(), tx.now() + AHEAD).expect("four weeks on is later")
}

fn organisation_from(row: &organisation::Model) -> Result<Organisation, StoreError> {
    let unread = |column: &str, value: &str| unreadable("organisations", column, value);
    Ok(Organisation {
        id: row.id.into(),
        kind: domain::OrganisationKind::from_word(&row.kind).ok_or_else(|| unread("kind", &row.kind))?,
        name: row.name.clone(),
        slug: row.slug.clone(),
        zone: row.zone.parse::<Tz>().map_err(|_| unread("zone", &row.zone))?,
        calendar: domain::Calendar::from_word(&row.calendar)
            .ok_or_else(|| unread("calendar", &row.calendar))?,
        language: Language::parse(&row.language).ok_or_else(|| unread("language", &row.language))?,
        colour: u8::try_from(row.colour).map_err(|_| unread("colour", &row.colour.to_string()))?,
        promise: domain::Minutes(u32::try_from(row.promise_minutes).unwrap_or_default()),
    })
}
