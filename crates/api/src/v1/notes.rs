//! Notes: the checked, dated facts of offices' notebooks. Those of your own office are yours to keep; on
//! duty you read those of the offices you answer for.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App, Ask,
    desk::keep_notebook::{self, Fact, Note, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::NoteId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    conversations::watcher,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Tongue,
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("checked_on", "checked_on")];

/// A note's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// The language.
    pub language: Tongue,
    /// What it is about.
    #[schema(min_length = 1, max_length = 120)]
    pub title: String,
    /// What there is to know.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// A note, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteShown {
    /// Its id.
    pub id: Uuid,
    /// The office whose it is.
    pub organisation: Uuid,
    /// Whether only the team may know it: it is never offered for inserting.
    pub team_only: bool,
    /// Its words, once a language.
    pub texts: Vec<NoteText>,
    /// On which day somebody last checked it.
    pub checked_on: NaiveDate,
    /// Who did.
    pub checked_by: Option<Uuid>,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
}

input! {
    /// A note as it shall stand from now on, checked today by you.
    pub struct NoteBody {
        /// Whether only the team may know it.
        pub team_only: bool,
        /// Its words, once a language.
        #[schema(min_items = 1, max_items = 20)]
        pub texts: Vec<NoteText>,
    }
}

impl From<NoteBody> for Fact {
    fn from(body: NoteBody) -> Self {
        let text = |text: NoteText| Text { language: text.language.0, title: text.title, body: text.text };
        Self { team_only: body.team_only, texts: body.texts.into_iter().map(text).collect() }
    }
}

impl From<Note> for NoteShown {
    fn from(note: Note) -> Self {
        let text =
            |text: Text| NoteText { language: Tongue(text.language), title: text.title, text: text.body };
        Self {
            id: note.id.0,
            organisation: note.organisation.0,
            team_only: note.team_only,
            texts: note.texts.into_iter().map(text).collect(),
            checked_on: note.checked_on,
            checked_by: note.checked_by.map(|person| person.0),
            created_at: note.created_at,
        }
    }
}

/// The notes of your office's notebook, and on duty those of the offices you answer for.
#[utoipa::path(get, path = "/api/v1/notes", tag = "notes",
    params(("organisation" = Option<Uuid>, Query, description = "Of this office alone")),
    responses((status = 200, description = "A page of notes", body = Listed<NoteShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let office = asked.id("organisation");
    let list = async |ask: &Ask| keep_notebook::list(&app, watcher(&session)?, office, ask).await;
    asked.list::<NoteShown, _>(SORTS, list).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/notes/{note}", tag = "notes", params(("note" = Uuid, Path)),
    responses((status = 200, description = "The note", body = NoteShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<NoteId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<NoteShown, _>(keep_notebook::get(&app, watcher(&session)?, *id).await?))
}

/// Writes a note into your office's notebook, checked today.
#[utoipa::path(post, path = "/api/v1/notes", tag = "notes", request_body = NoteBody,
    responses((status = 201, description = "The note", body = NoteShown)))]
pub async fn write(
    app: Data<App>,
    As(advisor): As<Advisor>,
    Body(new): Body<NoteBody>,
) -> Result<Answer, Problem> {
    let made = keep_notebook::write(&app, &advisor, new.into()).await?;
    Ok(reply::made::<NoteShown, _>(&format!("/api/v1/notes/{}", made.is.id), made))
}

/// Writes a note of your office anew, checked today: sent as it stands, it says that it is still true.
#[utoipa::path(put, path = "/api/v1/notes/{note}", tag = "notes", params(("note" = Uuid, Path)),
    request_body = NoteBody, responses((status = 200, description = "The note", body = NoteShown)))]
pub async fn change(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<NoteId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<NoteBody>,
) -> Result<Answer, Problem> {
    let done = keep_notebook::change(&app, &advisor, *id, &seen, body.into()).await;
    reply::changed::<NoteShown, _>(done, keep_notebook::get(&app, &advisor, *id)).await
}

/// Removes a note of your office.
#[utoipa::path(delete, path = "/api/v1/notes/{note}", tag = "notes", params(("note" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<NoteId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = keep_notebook::remove(&app, &advisor, *id, &seen).await;
    reply::removed::<NoteShown, _>(done, keep_notebook::get(&app, &advisor, *id)).await
}
