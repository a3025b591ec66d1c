//! An office's notebook: facts, checked and dated, in several languages.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Language, NoteId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::{note, note_text},
    error::unreadable,
    page::{self, Ask, Page},
    scope::Scope,
};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The office whose it is.
    pub organisation: OrganisationId,
    /// Whether only the team may know it: it is never offered for inserting.
    pub team_only: bool,
    /// On which day somebody last checked it.
    pub checked_on: NaiveDate,
    /// Who did.
    pub checked_by: Option<PersonId>,
    /// Counts its changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// Its words, in each language it has, sorted by language.
    pub texts: Vec<Text>,
}

/// A fact's words in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The language.
    pub language: Language,
    /// What it is about.
    pub title: String,
    /// What there is to know.
    pub body: String,
}

impl Note {
    /// Its words in `language`, or else in the first of `or` it has, or else in any.
    pub fn text(&self, language: Language, or: &[Language]) -> Option<&Text> {
        let wanted = std::iter::once(&language).chain(or);
        let found =
            wanted.into_iter().find_map(|wanted| self.texts.iter().find(|text| text.language == *wanted));
        found.or_else(|| self.texts.first())
    }
}

/// Writes a fact down; `text_ids` are for its texts, one each.
///
/// # Errors
/// If the office is not the transaction's own.
pub async fn add<S: Scope>(tx: &Tx<S>, note: &Note, text_ids: &[Uuid]) -> Result<(), StoreError> {
    let row = note::ActiveModel {
        id: Set(note.id.0),
        organisation_id: Set(note.organisation.0),
        team_only: Set(note.team_only),
        checked_on: Set(note.checked_on),
        checked_by: Set(note.checked_by.map(|person| person.0)),
        version: Set(note.version),
        created_at: Set(note.created_at),
    };
    tx.add::<note::Entity, _>(row, "write a fact down").await?;
    word(tx, note, text_ids).await
}

/// Writes a fact anew, if nobody changed it since it was read in version `seen`; says its new version.
///
/// # Errors
/// [`StoreError::Stale`] if somebody was faster, or it is not the transaction's own.
pub async fn rewrite<S: Scope>(
    tx: &Tx<S>,
    note: &Note,
    seen: i32,
    text_ids: &[Uuid],
) -> Result<i32, StoreError> {
    let row = note::ActiveModel {
        id: Set(note.id.0),
        team_only: Set(note.team_only),
        checked_on: Set(note.checked_on),
        checked_by: Set(note.checked_by.map(|person| person.0)),
        version: Set(seen + 1),
        ..Default::default()
    };
    let unchanged = note::Column::Version.eq(seen);
    if tx.change_where::<note::Entity, _>(row, unchanged, "write a fact anew").await? == 0 {
        return Err(StoreError::Stale);
    }
    let words = note_text::Column::NoteId.eq(note.id.0);
    tx.remove::<note_text::Entity>(words, "forget a fact's old words").await?;
    word(tx, note, text_ids).await?;
    Ok(seen + 1)
}

/// Writes a fact's words down.
async fn word<S: Scope>(tx: &Tx<S>, note: &Note, text_ids: &[Uuid]) -> Result<(), StoreError> {
    for (id, text) in text_ids.iter().zip(&note.texts) {
        let row = note_text::ActiveModel {
            id: Set(*id),
            note_id: Set(note.id.0),
            organisation_id: Set(note.organisation.0),
            language: Set(text.language.code().to_owned()),
            title: Set(text.title.clone()),
            body: Set(text.body.clone()),
        };
        tx.add::<note_text::Entity, _>(row, "write a fact's words down").await?;
    }
    Ok(())
}

/// Notes that `person` found it still true on `day`; false if it is not the transaction's own.
///
/// # Errors
/// If the database refuses.
pub async fn checked<S: Scope>(
    tx: &Tx<S>,
    id: NoteId,
    person: PersonId,
    day: NaiveDate,
) -> Result<bool, StoreError> {
    let row = note::ActiveModel {
        id: Set(id.0),
        checked_on: Set(day),
        checked_by: Set(Some(person.0)),
        ..Default::default()
    };
    tx.change::<note::Entity, _>(row, "note that a fact was checked").await
}

/// The fact, if in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, id: NoteId) -> Result<Option<Note>, StoreError> {
    let row = tx.visible::<note::Entity>().filter(note::Column::Id.eq(id.0)).one("read a fact").await?;
    Ok(with_texts(tx, row.into_iter().collect()).await?.pop())
}

/// The facts of one office, those checked last first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(tx: &Tx<S>, organisation: OrganisationId) -> Result<Vec<Note>, StoreError> {
    let rows = tx.visible::<note::Entity>().filter(note::Column::OrganisationId.eq(organisation.0));
    let rows = rows.order_by_desc(note::Column::CheckedOn).order_by_desc(note::Column::Id).limit(1_000);
    with_texts(tx, rows.all("read a notebook").await?).await
}

/// The facts in sight, of one office or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn page<S: Scope>(
    tx: &Tx<S>,
    organisation: Option<OrganisationId>,
    ask: &Ask,
) -> Result<Page<Note>, StoreError> {
    let mut rows = tx.visible::<note::Entity>();
    if let Some(office) = organisation {
        rows = rows.filter(note::Column::OrganisationId.eq(office.0));
    }
    let Page { items, next } = page::of(rows, ask, "list facts", Ok).await?;
    Ok(Page { items: with_texts(tx, items).await?, next })
}

/// Removes a fact with its words, if nobody changed it since it was read in version `seen`.
///
/// # Errors
/// [`StoreError::Stale`] if somebody was faster, or it is not the transaction's own.
pub async fn remove<S: Scope>(tx: &Tx<S>, id: NoteId, seen: i32) -> Result<(), StoreError> {
    tx.remove::<note_text::Entity>(note_text::Column::NoteId.eq(id.0), "remove a fact's words").await?;
    let unchanged = Condition::all().add(note::Column::Id.eq(id.0)).add(note::Column::Version.eq(seen));
    match tx.remove::<note::Entity>(unchanged, "remove a fact").await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// Every fact of one office, however many, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn whole<S: Scope>(tx: &Tx<S>, organisation: OrganisationId) -> Result<Vec<Note>, StoreError> {
    let rows = tx.visible::<note::Entity>().filter(note::Column::OrganisationId.eq(organisation.0));
    with_texts(tx, rows.order_by_asc(note::Column::Id).all("read a whole notebook").await?).await
}

/// The facts of all offices in sight, those checked last first.
///
/// # Errors
/// If the database cannot be read.
pub async fn all<S: Scope>(tx: &Tx<S>) -> Result<Vec<Note>, StoreError> {
    let rows = tx.visible::<note::Entity>();
    let rows = rows.order_by_desc(note::Column::CheckedOn).order_by_desc(note::Column::Id).limit(1_000);
    with_texts(tx, rows.all("read the notebooks").await?).await
}

async fn with_texts<S: Scope>(tx: &Tx<S>, rows: Vec<note::Model>) -> Result<Vec<Note>, StoreError> {
    let ids = note_text::Column::NoteId.is_in(rows.iter().map(|row| row.id));
    let mut texts: HashMap<Uuid, Vec<Text>> = HashMap::new();
    let found = tx.visible::<note_text::Entity>().filter(ids).order_by_asc(note_text::Column::Language);
    for row in found.all("read the words of facts").await? {
        let language = Language::parse(&row.language)
            .ok_or_else(|| unreadable("note_texts", "language", &row.language))?;
        texts.entry(row.note_id).or_default().push(Text { language, title: row.title, body: row.body });
    }
    let note = |row: note::Model| Note {
        texts: texts.remove(&row.id).unwrap_or_default(),
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        team_only: row.team_only,
        checked_on: row.checked_on,
        checked_by: row.checked_by.map(Into::into),
        version: row.version,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(note).collect())
}
