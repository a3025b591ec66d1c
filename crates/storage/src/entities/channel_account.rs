//! Mailboxes, web chats and other ways to write to one office. The secret is sealed.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::Json;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `channel_accounts`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub kind: String,
    pub address: String,
    pub settings: Json,
    pub secret: Option<Vec<u8>>,
    pub active: bool,
    pub mark: Option<Json>,
    pub checked_at: Option<DateTime<Utc>>,
    pub trouble: Option<String>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
