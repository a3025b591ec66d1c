//! The register of working time: numbered lines of an employer, only ever added to.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Minutes, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx, columns,
    entities::register_line::{ActiveModel, Column, Entity, Model},
    scope::Home,
};

/// What a line sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A civil day.
    Day,
    /// A civil week, named by its Monday.
    Week,
}

impl Kind {
    /// The word in the table and in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Day, Self::Week].into_iter().find(|kind| kind.word() == word)
    }
}

/// What a line is about. Of several lines about the same the last one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    /// The day; a week's Monday.
    pub day: NaiveDate,
    /// A day or a week.
    pub kind: Kind,
    /// Who worked.
    pub person: PersonId,
}

/// What was worked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worked {
    /// Minutes of ordinary office hours.
    pub office: Minutes,
    /// Minutes of duty, those within office hours too.
    pub duty: Minutes,
    /// All of it; what lies in both counts once.
    pub total: Minutes,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Its place in the employer's register, from 1 on.
    pub number: i64,
    /// What it is about.
    pub about: About,
    /// What was worked, as it was known when it was written.
    pub worked: Worked,
    /// The line about the same that it takes the place of.
    pub corrects: Option<i64>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// A keyed hash of itself and of the line before.
    pub seal: String,
}

/// Adds lines after the last one.
///
/// # Errors
/// If the scope may not, another line has that number ([`StoreError::is_conflict`]), or the database
/// refuses.
pub async fn add_all(tx: &Tx<Home>, employer: OrganisationId, lines: &[Line]) -> Result<(), StoreError> {
    const TABLE: &str = "register_lines";
    let row = |line: &Line| {
        Ok(ActiveModel {
            id: Set(line.id),
            organisation_id: Set(employer.0),
            number: Set(line.number),
            kind: Set(line.about.kind.word().to_owned()),
            person_id: Set(line.about.person.0),
            day: Set(line.about.day),
            office_minutes: Set(columns::number(TABLE, line.worked.office.0)?),
            duty_minutes: Set(columns::number(TABLE, line.worked.duty.0)?),
            total_minutes: Set(columns::number(TABLE, line.worked.total.0)?),
            corrects: Set(line.corrects),
            written_at: Set(line.written_at),
            seal: Set(line.seal.clone()),
        })
    };
    let rows: Vec<ActiveModel> = lines.iter().map(row).collect::<Result<_, StoreError>>()?;
    tx.add_all::<Entity, _>(rows, "write lines of the register").await
}

/// The lines about days and weeks that begin from `from` to `until`, both included, in their order.
///
/// # Errors
/// If the database cannot be read.
pub async fn between(
    tx: &Tx<Home>,
    employer: OrganisationId,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Line>, StoreError> {
    let rows = tx
        .visible::<Entity>()
        .filter(Column::OrganisationId.eq(employer.0))
        .filter(Column::Day.gte(from))
        .filter(Column::Day.lte(until))
        .order_by_asc(Column::Number);
    rows.all("read lines of the register").await?.into_iter().map(from_row).collect()
}

/// The lines after number `after`, in their order, `most` of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn after(
    tx: &Tx<Home>,
    employer: OrganisationId,
    after: i64,
    most: u64,
) -> Result<Vec<Line>, StoreError> {
    let rows = tx
        .visible::<Entity>()
        .filter(Column::OrganisationId.eq(employer.0))
        .filter(Column::Number.gt(after))
        .order_by_asc(Column::Number)
        .limit(most);
    rows.all("read on in the register").await?.into_iter().map(from_row).collect()
}

/// The last line.
///
/// # Errors
/// If the database cannot be read.
pub async fn last(tx: &Tx<Home>, employer: OrganisationId) -> Result<Option<Line>, StoreError> {
    let rows =
        tx.visible::<Entity>().filter(Column::OrganisationId.eq(employer.0)).order_by_desc(Column::Number);
    rows.one("read the last line of the register").await?.map(from_row).transpose()
}

fn from_row(row: Model) -> Result<Line, StoreError> {
    const TABLE: &str = "register_lines";
    let minutes = |minutes: i32| Ok::<_, StoreError>(Minutes(columns::number(TABLE, minutes)?));
    Ok(Line {
        id: row.id,
        number: row.number,
        about: About {
            day: row.day,
            kind: columns::word(TABLE, &row.kind, Kind::from_word)?,
            person: PersonId(row.person_id),
        },
        worked: Worked {
            office: minutes(row.office_minutes)?,
            duty: minutes(row.duty_minutes)?,
            total: minutes(row.total_minutes)?,
        },
        corrects: row.corrects,
        written_at: row.written_at,
        seal: row.seal,
    })
}
