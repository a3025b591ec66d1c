//! Why somebody is away: for them and their employer only.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `absence_reasons`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "absence_reasons")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub absence_id: Uuid,
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    pub reason: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
