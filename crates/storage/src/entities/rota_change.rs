//! What was changed by hand in a draft, so that it can be undone.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `rota_changes`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rota_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub rota_id: Uuid,
    pub pool_id: Uuid,
    pub assignment_id: Uuid,
    pub from_person: Option<Uuid>,
    pub to_person: Option<Uuid>,
    pub from_pinned: bool,
    pub to_pinned: bool,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
    pub made_with: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
