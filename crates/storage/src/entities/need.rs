//! How many people a pool wants in a window of local time.

use chrono::{NaiveDate, NaiveTime};
use sea_orm::entity::prelude::Json;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `needs`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "needs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pool_id: Uuid,
    pub days: i32,
    pub from_time: NaiveTime,
    pub until_time: NaiveTime,
    pub leads: i32,
    pub backups: i32,
    pub languages: Json,
    pub skills: Option<Json>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub version: i32,
    pub kind: String,
    pub season: Option<Json>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
