//! Places in a rota: a person, or nobody yet, in a slot.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::Json;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `assignments`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assignments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub rota_id: Uuid,
    pub pool_id: Uuid,
    pub need_id: Uuid,
    pub day: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub rung: String,
    pub place: i32,
    pub languages: Json,
    pub skills: Option<Json>,
    pub person_id: Option<Uuid>,
    pub pinned: bool,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
