//! What was said in a conversation.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub conversation_id: Uuid,
    pub organisation_id: Uuid,
    pub direction: String,
    pub author_id: Option<Uuid>,
    pub body: String,
    pub subject: Option<String>,
    pub provider_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub at: DateTime<Utc>,
    pub delivery: String,
    pub delivery_at: Option<DateTime<Utc>>,
    pub delivery_said: Option<String>,
    pub read_at: Option<DateTime<Utc>>,
    pub client_key: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
