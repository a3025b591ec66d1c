//! Conversations that await us: whose, since when, and when to look again. No content, so that the
//! house itself may look.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use domain::{ConversationId, OrganisationId, PersonId, PoolId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, QuerySelect,
};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::waiting::{ActiveModel, Column, Entity, Model},
    scope::{Scope, System},
};

/// Nothing is put off for longer; what is was put off by a clock that has since gone back (the demo's).
const FARTHEST: Duration = Duration::hours(1);

/// One conversation that awaits us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// The office.
    pub organisation: OrganisationId,
    /// The pool whose hour it waits in, if one covers it.
    pub pool: Option<PoolId>,
    /// Who has it in hand.
    pub assigned_to: Option<PersonId>,
    /// How much of their room it takes, in halves.
    pub load_halves: u32,
    /// Since when the visitor waits.
    pub since: DateTime<Utc>,
    /// When to look at it again, whatever happens.
    pub look_at: Option<DateTime<Utc>>,
}

/// How many conversations await us, and since when the first does.
///
/// # Errors
/// If the database refuses.
pub async fn figures(tx: &Tx<System>) -> Result<(u64, Option<DateTime<Utc>>), StoreError> {
    let doing = "count who waits";
    let count = tx.visible::<Entity>().count(doing).await?;
    let first = tx.visible::<Entity>().order_by_asc(Column::Since).one(doing).await?;
    Ok((count, first.map(|row| row.since)))
}

/// Notes that a conversation awaits us, or how it does so now. `before` is how it waited when the caller
/// began to think: if somebody asked meanwhile to look again, that stays asked for.
///
/// # Errors
/// If it is not in sight.
pub async fn put<S: Scope>(
    tx: &Tx<S>,
    waiting: &Waiting,
    before: Option<&Waiting>,
) -> Result<(), StoreError> {
    let mut row = ActiveModel {
        conversation_id: Set(waiting.conversation.0),
        organisation_id: Set(waiting.organisation.0),
        pool_id: Set(waiting.pool.map(|pool| pool.0)),
        assigned_to: Set(waiting.assigned_to.map(|person| person.0)),
        load_halves: Set(i32::try_from(waiting.load_halves).unwrap_or(i32::MAX)),
        since: Set(waiting.since),
        look_at: Set(waiting.look_at),
    };
    let doing = "note that a conversation waits";
    if let Some(before) = before {
        let unasked = match before.look_at {
            Some(look_at) => Column::LookAt.eq(look_at),
            None => Column::LookAt.is_null(),
        };
        if tx.change_where::<Entity, _>(row.clone(), unasked, doing).await? > 0 {
            return Ok(());
        }
        row.look_at = NotSet;
    }
    if !tx.change::<Entity, _>(row.clone(), doing).await? {
        row.look_at = Set(waiting.look_at);
        tx.add_once::<Entity, _>(row, doing).await?;
    }
    Ok(())
}

/// The conversation awaits us no more.
///
/// # Errors
/// If the database refuses.
pub async fn over<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<(), StoreError> {
    let doing = "note that a conversation waits no more";
    tx.remove::<Entity>(Column::ConversationId.eq(conversation.0), doing).await.map(|_| ())
}

/// How the conversation waits, if it does.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<Option<Waiting>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    Ok(rows.one("read how a conversation waits").await?.map(from_row))
}

/// Those of these conversations that await us.
///
/// # Errors
/// If the database cannot be read.
pub async fn these<S: Scope>(
    tx: &Tx<S>,
    conversations: impl IntoIterator<Item = ConversationId>,
) -> Result<HashMap<ConversationId, Waiting>, StoreError> {
    let ids = conversations.into_iter().map(|id| id.0);
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.is_in(ids));
    let rows = rows.all("read which conversations wait").await?;
    Ok(rows.into_iter().map(from_row).map(|waiting| (waiting.conversation, waiting)).collect())
}

/// What these people have in hand, in halves, over all offices.
///
/// # Errors
/// If the database cannot be read.
pub async fn loads<S: Scope>(
    tx: &Tx<S>,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, u32>, StoreError> {
    let pairs: Vec<(Option<Uuid>, i32)> = tx
        .visible::<Entity>()
        .filter(Column::AssignedTo.is_in(people.into_iter().map(|person| person.0)))
        .with(|rows| rows.select_only().column(Column::AssignedTo).column(Column::LoadHalves))
        .tuples("read what people have in hand")
        .await?;
    let mut loads = HashMap::new();
    for (person, halves) in pairs {
        if let Some(person) = person {
            *loads.entry(PersonId(person)).or_default() += u32::try_from(halves).unwrap_or_default();
        }
    }
    Ok(loads)
}

/// How many conversations wait in somebody's hand.
///
/// # Errors
/// If the database cannot be read.
pub async fn count_of<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<u64, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::AssignedTo.eq(person.0));
    rows.count("count what somebody has in hand").await
}

/// What waits in somebody's hand, over all offices in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn in_hand_of<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<Vec<Waiting>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::AssignedTo.eq(person.0));
    Ok(rows.all("list what somebody has in hand").await?.into_iter().map(from_row).collect())
}

/// Those that must be looked at by now, the longest overdue first.
///
/// # Errors
/// If the database cannot be read.
pub async fn due(tx: &Tx<System>, most: u64) -> Result<Vec<Waiting>, StoreError> {
    let put_off =
        Condition::any().add(Column::LookAt.lte(tx.now())).add(Column::LookAt.gt(tx.now() + FARTHEST));
    let rows = tx.visible::<Entity>().filter(put_off);
    let rows = rows.order_by_asc(Column::LookAt).limit(most).all("list what must be looked at").await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Something changed for these offices (coverage, a rota): everything that waits there is looked at now.
///
/// # Errors
/// If the database refuses.
pub async fn look_again<S: Scope>(
    tx: &Tx<S>,
    organisations: impl IntoIterator<Item = OrganisationId>,
) -> Result<u64, StoreError> {
    let row = ActiveModel { look_at: Set(Some(tx.now())), ..Default::default() };
    let theirs = Column::OrganisationId.is_in(organisations.into_iter().map(|id| id.0));
    tx.change_where::<Entity, _>(row, theirs, "look again at what waits").await
}

fn from_row(row: Model) -> Waiting {
    Waiting {
        conversation: row.conversation_id.into(),
        organisation: row.organisation_id.into(),
        pool: row.pool_id.map(Into::into),
        assigned_to: row.assigned_to.map(Into::into),
        load_halves: u32::try_from(row.load_halves).unwrap_or_default(),
        since: row.since,
        look_at: row.look_at,
    }
}
