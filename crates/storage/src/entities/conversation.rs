//! One visitor's thread with one office.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::Json;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `conversations`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub channel_account_id: Uuid,
    pub channel: String,
    pub visitor_id: Uuid,
    pub pool_id: Option<Uuid>,
    pub status: String,
    pub language: Option<String>,
    pub subject: Option<String>,
    pub snippet: String,
    pub assigned_to: Option<Uuid>,
    pub decision: Option<Json>,
    pub considered: Option<Json>,
    pub opened_at: DateTime<Utc>,
    pub first_answer_at: Option<DateTime<Utc>>,
    pub last_message_at: DateTime<Utc>,
    pub token_hash: Option<String>,
    pub version: i32,
    pub anonymised_at: Option<DateTime<Utc>>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
