//! The facts of notebooks, as programs keep them: read those of the own office and, on duty, of the
//! offices one answers for; write down, change and remove the own office's.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use domain::{NoteId, OrganisationId, time};
pub use storage::notes::{Note, Text};
use storage::{
    audit, notes, organisations,
    page::{Ask, Page},
    scope::{Duty, Home},
};
use uuid::Uuid;

use super::{
    merged::Merged,
    seat::{self, Watcher},
};
use crate::{
    Advisor, App, Caller, Error,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// The longest text, in characters.
const LONGEST_BODY: usize = 2_000;
/// In how many languages a fact may stand.
const MOST_TEXTS: usize = 20;

/// What is to stand in a notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Whether only the team may know it.
    pub team_only: bool,
    /// Its words, once a language.
    pub texts: Vec<Text>,
}

impl Fact {
    fn checked(self) -> Result<Self, Error> {
        let mut checks = Checks::default();
        match self.texts.len() {
            0 => checks.refuse("texts", Wrong::Empty),
            count if count > MOST_TEXTS => checks.refuse("texts", Wrong::TooLong { most: MOST_TEXTS }),
            _ => {}
        }
        let mut languages = BTreeSet::new();
        let mut texts = Vec::with_capacity(self.texts.len());
        for (number, text) in self.texts.into_iter().enumerate() {
            if !languages.insert(text.language.code().to_owned()) {
                checks.refuse(&format!("texts/{number}/language"), Wrong::Taken);
            }
            let title = checks.name(&format!("texts/{number}/title"), &text.title, LONGEST_TITLE);
            let body = text.body.replace("\r\n", "\n").trim().to_owned();
            let field = format!("texts/{number}/text");
            if body.is_empty() {
                checks.refuse(&field, Wrong::Empty);
            } else if body.chars().count() > LONGEST_BODY {
                checks.refuse(&field, Wrong::TooLong { most: LONGEST_BODY });
            }
            texts.push(Text { title, body, ..text });
        }
        checks.done()?;
        texts.sort_by(|one, other| one.language.code().cmp(other.language.code()));
        Ok(Self { texts, ..self })
    }
}

/// The facts somebody may read now, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    who: impl Into<Watcher>,
    office: Option<OrganisationId>,
    ask: &Ask,
) -> Result<Page<Note>, Error> {
    let who = who.into();
    let mut merged = Merged::new();
    if let Some(duty) = duty(app, &who).await? {
        merged.add(notes::page(&app.read(duty).await?, office, ask).await?);
    }
    merged.add(notes::page(&app.read(Home(who.office)).await?, office, ask).await?);
    let place = |one: &Note| {
        let checked = one.checked_on.and_time(NaiveTime::MIN).and_utc();
        ((ask.sort == "checked_on").then_some(checked), one.id.0)
    };
    let text = |one: &Note| match ask.sort {
        "checked_on" => one.checked_on.to_string(),
        _ => one.id.to_string(),
    };
    Ok(merged.page(ask, place, text))
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] if it is none of them.
pub async fn get(app: &App, who: impl Into<Watcher>, id: NoteId) -> Result<Kept<Note>, Error> {
    let who = who.into();
    if let Some(found) = notes::one(&app.read(Home(who.office)).await?, id).await? {
        return Ok(kept(found));
    }
    let found = match duty(app, &who).await? {
        Some(duty) => notes::one(&app.read(duty).await?, id).await?,
        None => None,
    };
    found.map(kept).ok_or(Error::NotFound("fact"))
}

/// The scope of the duty that runs, if one does.
async fn duty(app: &App, who: &Watcher) -> Result<Option<Duty>, Error> {
    if !who.may_answer {
        return Ok(None);
    }
    let running = seat::standing(app, who).await?.duty;
    Ok(running.map(|shift| Duty { pool: shift.pool, person: who.person }))
}

/// Writes a fact into the notebook of the caller's own office, checked today.
///
/// # Errors
/// [`Error::Invalid`] with every field that is wrong.
pub async fn write(app: &App, caller: &Caller<Advisor>, fact: Fact) -> Result<Kept<Note>, Error> {
    let Fact { team_only, texts } = fact.checked()?;
    let tx = app.write(Home(caller.organisation())).await?;
    let own = organisations::get(&tx, caller.organisation()).await?.ok_or(Error::NotFound("office"))?;
    let note = Note {
        id: app.mint(),
        organisation: own.id,
        team_only,
        checked_on: time::day(tx.now(), own.zone),
        checked_by: Some(caller.person()),
        version: 1,
        created_at: tx.now(),
        texts,
    };
    notes::add(&tx, &note, &text_ids(app, &note)).await?;
    audit::add(&tx, entry(caller, "add_fact", note.id)).await?;
    tx.signal(topics::inbox(own.id));
    tx.commit().await?;
    Ok(kept(note))
}

/// Writes a fact of the own office anew, checked today.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, [`Error::Stale`] if somebody changed it, [`Error::Invalid`].
pub async fn change(
    app: &App,
    caller: &Caller<Advisor>,
    id: NoteId,
    seen: &Seen,
    fact: Fact,
) -> Result<Kept<Note>, Error> {
    let tx = app.write(Home(caller.organisation())).await?;
    let own = organisations::get(&tx, caller.organisation()).await?.ok_or(Error::NotFound("office"))?;
    let before = notes::one(&tx, id).await?.filter(|note| note.organisation == own.id);
    let before = before.ok_or(Error::NotFound("fact"))?;
    seen.check((before.id, before.version))?;
    let Fact { team_only, texts } = fact.checked()?;
    let (checked_on, checked_by) = (time::day(tx.now(), own.zone), Some(caller.person()));
    let mut note = Note { team_only, texts, checked_on, checked_by, ..before };
    note.version = notes::rewrite(&tx, &note, note.version, &text_ids(app, &note)).await?;
    audit::add(&tx, entry(caller, "change_fact", id)).await?;
    tx.signal(topics::inbox(own.id));
    tx.commit().await?;
    Ok(kept(note))
}

/// Removes a fact of the own office.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, [`Error::Stale`] if somebody changed it.
pub async fn remove(app: &App, caller: &Caller<Advisor>, id: NoteId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(Home(caller.organisation())).await?;
    let own = caller.organisation();
    let before = notes::one(&tx, id).await?.filter(|note| note.organisation == own);
    let before = before.ok_or(Error::NotFound("fact"))?;
    let (_, version) = seen.check((before.id, before.version))?;
    notes::remove(&tx, id, version).await?;
    audit::add(&tx, entry(caller, "remove_fact", id)).await?;
    tx.signal(topics::inbox(own));
    Ok(tx.commit().await?)
}

fn text_ids(app: &App, note: &Note) -> Vec<Uuid> {
    note.texts.iter().map(|_| app.mint()).collect()
}

fn kept(note: Note) -> Kept<Note> {
    Kept { tag: Kept::of((note.id, note.version)).tag, is: note }
}

fn entry(caller: &Caller<Advisor>, verb: &'static str, note: NoteId) -> audit::Entry {
    audit::Entry {
        organisation: Some(caller.organisation()),
        person: Some(caller.person()),
        verb,
        object_kind: "note",
        object: Some(note.0),
        detail: None,
    }
}
