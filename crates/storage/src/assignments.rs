//! Assignments: the places of a rota, each with a person or nobody yet.

use std::collections::BTreeSet;

use domain::{Assignment, AssignmentId, NeedId, PersonId, PoolId, RotaId, Rung, Slot};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::{assignment as table, rota_change},
    one,
    page::{self, Ask, Page},
    scope::Pool,
};

/// The places of a rota, in the order of time, leads before backups.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_rota(tx: &Tx<Pool>, rota: RotaId) -> Result<Vec<Assignment>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::RotaId.eq(rota.0))
        .order_by_asc(table::Column::StartsAt)
        .order_by_asc(table::Column::EndsAt);
    let mut places: Vec<Assignment> =
        rows.all("list a rota's places").await?.into_iter().map(from_row).collect::<Result<_, _>>()?;
    places.sort_by_key(|one| {
        let slot = &one.slot;
        (slot.span.start(), slot.span.end(), slot.rung, slot.need, slot.place)
    });
    Ok(places)
}

/// Which places of a rota a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Which {
    /// Those this person stands in.
    pub person: Option<PersonId>,
    /// Those nobody stands in, or those somebody does.
    pub open: Option<bool>,
}

/// The places of a rota, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    tx: &Tx<Pool>,
    rota: RotaId,
    which: &Which,
    ask: &Ask,
) -> Result<Page<Assignment>, StoreError> {
    let mut rows = tx.visible::<table::Entity>().filter(table::Column::RotaId.eq(rota.0));
    if let Some(person) = which.person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    rows = match which.open {
        Some(true) => rows.filter(table::Column::PersonId.is_null()),
        Some(false) => rows.filter(table::Column::PersonId.is_not_null()),
        None => rows,
    };
    page::of(rows, ask, "list places", from_row).await
}

/// The place of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get(tx: &Tx<Pool>, id: AssignmentId) -> Result<Option<Assignment>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a place", from_row).await
}

/// Gives a place to somebody, or opens it.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such place.
pub async fn give(tx: &Tx<Pool>, id: AssignmentId, person: Option<PersonId>) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        person_id: Set(person.map(|person| person.0)),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "give a place to somebody").await
}

/// Adds a place.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, pool: PoolId, place: &Assignment) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(place, pool), "add a place").await
}

/// Removes a place that no change made by hand names.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such place.
pub async fn remove(tx: &Tx<Pool>, id: AssignmentId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove a place").await
}

/// Pins a place, or lets it go.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such place.
pub async fn pin(tx: &Tx<Pool>, id: AssignmentId, pinned: bool) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: Set(id.0), pinned: Set(pinned), ..Default::default() };
    one::change::<table::Entity, _>(tx, row, "pin a place").await
}

/// Makes `places` the places of `rota`: those that stay are changed, the others come and go.
///
/// Changes made by hand before can no longer be undone.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn settle(
    tx: &Tx<Pool>,
    rota: RotaId,
    pool: PoolId,
    places: &[Assignment],
) -> Result<(), StoreError> {
    let before = of_rota(tx, rota).await?;
    tx.remove::<rota_change::Entity>(rota_change::Column::RotaId.eq(rota.0), "forget changes before a build")
        .await?;
    let stay: BTreeSet<AssignmentId> = places.iter().map(|place| place.id).collect();
    let gone: Vec<uuid::Uuid> =
        before.iter().filter(|old| !stay.contains(&old.id)).map(|old| old.id.0).collect();
    if !gone.is_empty() {
        tx.remove::<table::Entity>(table::Column::Id.is_in(gone), "remove places that are gone").await?;
    }
    let mut new = Vec::new();
    for place in places {
        match before.iter().find(|old| old.id == place.id) {
            None => new.push(row(place, pool)),
            Some(old) if old == place => {}
            Some(_) => {
                tx.change::<table::Entity, _>(row(place, pool), "change a place").await?;
            }
        }
    }
    tx.add_all::<table::Entity, _>(new, "add the places of a rota").await
}

fn row(place: &Assignment, pool: PoolId) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(place.id.0),
        rota_id: Set(place.rota.0),
        pool_id: Set(pool.0),
        need_id: Set(place.slot.need.0),
        day: Set(place.slot.day),
        starts_at: Set(place.slot.span.start()),
        ends_at: Set(place.slot.span.end()),
        rung: Set(place.slot.rung.word().to_owned()),
        place: Set(i32::from(place.slot.place)),
        languages: Set(columns::json(&place.slot.languages)),
        skills: Set(columns::some_skills(&place.slot.skills)),
        person_id: Set(place.person.map(|person| person.0)),
        pinned: Set(place.pinned),
        version: Set(1),
    }
}

fn from_row(row: table::Model) -> Result<Assignment, StoreError> {
    Ok(Assignment {
        id: AssignmentId(row.id),
        rota: RotaId(row.rota_id),
        slot: Slot {
            need: NeedId(row.need_id),
            day: row.day,
            span: columns::span("assignments", row.starts_at, row.ends_at)?,
            rung: columns::word("assignments", &row.rung, Rung::from_word)?,
            place: columns::number("assignments", row.place)?,
            languages: columns::value("assignments", row.languages)?,
            skills: columns::skills("assignments", row.skills)?,
        },
        person: row.person_id.map(PersonId),
        pinned: row.pinned,
    })
}
