//! Somebody's ordinary hours at the office: a dated weekly pattern.

use chrono::{NaiveDate, NaiveTime};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

/// A row of `office_hours`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "office_hours")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub employment_id: Uuid,
    pub days: i32,
    pub from_time: NaiveTime,
    pub until_time: NaiveTime,
    pub break_minutes: i32,
    pub duty_from: Option<NaiveTime>,
    pub duty_until: Option<NaiveTime>,
    pub duty_break_minutes: Option<i32>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
