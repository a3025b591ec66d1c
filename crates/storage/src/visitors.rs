//! People who wrote to an office.

use chrono::{DateTime, Utc};
use domain::{ChannelKind, Language, OrganisationId, VisitorId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::Query};

use crate::{
    StoreError, Tx,
    entities::{
        conversation,
        visitor::{ActiveModel, Column, Entity, Model},
    },
    scope::Scope,
};

/// Somebody who wrote to an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Their id.
    pub id: VisitorId,
    /// The office they wrote to.
    pub organisation: OrganisationId,
    /// What they call themselves.
    pub name: Option<String>,
    /// Where mail reaches them, in lower case.
    pub email: Option<String>,
    /// What they write in.
    pub language: Option<Language>,
    /// The poster or page they came from, as a word.
    pub came_from: Option<String>,
    /// When they first wrote.
    pub created_at: DateTime<Utc>,
}

/// Adds a visitor unless they are there already; says whether they were added.
///
/// # Errors
/// If the office is not in sight.
pub async fn add<S: Scope>(tx: &Tx<S>, visitor: &Visitor) -> Result<bool, StoreError> {
    tx.add_once(row_of(visitor), "add a visitor").await
}

/// Changes what is known of them.
///
/// # Errors
/// If they are not in sight.
pub async fn save<S: Scope>(tx: &Tx<S>, visitor: &Visitor) -> Result<(), StoreError> {
    let doing = "change what is known of a visitor";
    let changed = tx.change::<Entity, _>(row_of(visitor), doing).await?;
    if changed { Ok(()) } else { Err(StoreError::OutOfSight(doing)) }
}

/// The visitor, if in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, id: VisitorId) -> Result<Option<Visitor>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read a visitor").await?;
    Ok(row.map(from_row))
}

/// Those of these ids that are in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn these<S: Scope>(
    tx: &Tx<S>,
    ids: impl IntoIterator<Item = VisitorId>,
) -> Result<Vec<Visitor>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::Id.is_in(ids.into_iter().map(|id| id.0)));
    Ok(rows.all("read visitors").await?.into_iter().map(from_row).collect())
}

/// Whoever wrote mails to an office from `email` (in lower case); the first, if several.
///
/// Nobody who wrote in a web chat: there everybody may claim any address, and claim another tomorrow.
///
/// # Errors
/// If the database cannot be read.
pub async fn who_mails<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
    email: &str,
) -> Result<Option<Visitor>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::OrganisationId.eq(organisation.0));
    let writers = |channel: ChannelKind| {
        Query::select()
            .column(conversation::Column::VisitorId)
            .from(conversation::Entity)
            .and_where(conversation::Column::OrganisationId.eq(organisation.0))
            .and_where(conversation::Column::Channel.eq(channel.word()))
            .to_owned()
    };
    let rows = rows
        .filter(Column::Id.in_subquery(writers(ChannelKind::Email)))
        .filter(Column::Id.not_in_subquery(writers(ChannelKind::WebChat)));
    let rows = rows.filter(Column::Email.eq(email)).order_by_asc(Column::CreatedAt);
    Ok(rows.one("look up a visitor by address").await?.map(from_row))
}

/// Everybody in sight with this address (in lower case), whoever claims it; first come first.
///
/// # Errors
/// If the database cannot be read.
pub async fn with_address<S: Scope>(tx: &Tx<S>, email: &str) -> Result<Vec<Visitor>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::Email.eq(email)).order_by_asc(Column::CreatedAt);
    Ok(rows.all("look for visitors by address").await?.into_iter().map(from_row).collect())
}

fn row_of(visitor: &Visitor) -> ActiveModel {
    ActiveModel {
        id: Set(visitor.id.0),
        organisation_id: Set(visitor.organisation.0),
        name: Set(visitor.name.clone()),
        email: Set(visitor.email.clone()),
        language: Set(visitor.language.map(|language| language.code().to_owned())),
        came_from: Set(visitor.came_from.clone()),
        created_at: Set(visitor.created_at),
    }
}

fn from_row(row: Model) -> Visitor {
    Visitor {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        name: row.name,
        email: row.email,
        language: row.language.as_deref().and_then(Language::parse),
        came_from: row.came_from,
        created_at: row.created_at,
    }
}
