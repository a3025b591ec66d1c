//! Signs of life of people at the desk. Only the last one is kept: there is no history of presence.

use chrono::{DateTime, Utc};
use domain::PersonId;
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::presence::{ActiveModel, Column, Entity},
    scope::Scope,
};

/// When somebody was last there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// The last sign of life.
    pub seen_at: DateTime<Utc>,
    /// Whether they said they are away.
    pub away: bool,
}

/// Notes a sign of life of `person`, whose transaction it must be; `away` as they say, or as before.
///
/// # Errors
/// If it is not their own transaction.
pub async fn seen<S: Scope>(tx: &Tx<S>, person: PersonId, away: Option<bool>) -> Result<(), StoreError> {
    let doing = "note a sign of life";
    let mut row = ActiveModel { person_id: Set(person.0), seen_at: Set(tx.now()), ..Default::default() };
    if let Some(away) = away {
        row.away = Set(away);
    }
    if !tx.change::<Entity, _>(row.clone(), doing).await? {
        row.away = Set(away.unwrap_or_default());
        tx.add_once::<Entity, _>(row, doing).await?;
    }
    Ok(())
}

/// The last signs of life of these people.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(
    tx: &Tx<S>,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Presence>, StoreError> {
    let ids = people.into_iter().map(|person| person.0);
    let rows = tx.visible::<Entity>().filter(Column::PersonId.is_in(ids)).all("read who is there").await?;
    let seen = |row: crate::entities::presence::Model| Presence {
        person: row.person_id.into(),
        seen_at: row.seen_at,
        away: row.away,
    };
    Ok(rows.into_iter().map(seen).collect())
}
