//! What an advisor sees of the desk: who waits, who was answered, and one conversation with
//! everything that helps to answer it.

mod open;
mod rows;

use std::collections::HashSet;

use chrono::Duration;
use domain::{ConversationId, Language, NoteId, OrganisationId, PersonId, Shift};
use storage::{
    Tx,
    conversations::{self, Conversation, Which},
    desks, organisations, people,
    scope::{Duty, Home, Scope},
    shifts,
};
use views::html::inbox::{Duty as DutyShown, Model, Office};

use super::seat::{self, Standing, Watcher};
use crate::{App, Error};

/// How long what was answered or closed stays in the list, for people and for programs: reading a list
/// leaves no line in the access log, so it must not lead through an office's past.
pub(super) const EARLIER: Duration = Duration::hours(24);
/// How many conversations a list holds.
const MOST: u64 = 200;

/// What somebody asks of the inbox.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words to find in the list.
    pub find: String,
    /// The conversation to open.
    pub conversation: Option<ConversationId>,
    /// Words to find in the notebook.
    pub search: String,
    /// A fact to put into the reply box, and in which language.
    pub insert: Option<(NoteId, Option<Language>)>,
    /// What could not be sent, to be shown again.
    pub draft: Option<String>,
    /// The reader's own language, for facts.
    pub language: Option<Language>,
}

/// The inbox as `who` may see it now.
///
/// # Errors
/// [`Error::NotFound`] if a conversation was asked for that is out of sight.
pub async fn inbox(app: &App, who: impl Into<Watcher>, asked: &Asked) -> Result<Model, Error> {
    let who = who.into();
    let standing = seat::standing(app, &who).await?;
    let gathered = gather(app, &who, &standing).await?;
    let wanted = asked.find.trim().to_lowercase();
    let found = |row: &&rows::Listed| rows::mentions(row, &wanted);
    let mut waiting: Vec<&rows::Listed> =
        gathered.rows.iter().filter(|row| row.waits).filter(found).collect();
    waiting.sort_by_key(|row| (row.due_at, row.row.id));
    let mut earlier: Vec<&rows::Listed> =
        gathered.rows.iter().filter(|row| !row.waits).filter(found).collect();
    earlier.sort_by_key(|row| (std::cmp::Reverse(row.last_message_at), row.row.id));
    let open = match asked.conversation {
        Some(conversation) => Some(open::open(app, &who, &standing, conversation, asked).await?),
        None => None,
    };
    Ok(Model {
        duty: duty(&standing, &gathered, &who),
        promise: gathered
            .offices
            .iter()
            .map(|office| office.promise)
            .min()
            .unwrap_or(standing.own.office.promise),
        offices: gathered.offices.iter().map(office).collect(),
        search: asked.find.clone(),
        waiting: waiting.into_iter().map(|listed| listed.row.clone()).collect(),
        earlier: earlier.into_iter().map(|listed| listed.row.clone()).collect(),
        open,
        answers: gathered.answers,
    })
}

/// How many conversations wait for `who`: theirs, and those nobody has yet.
///
/// # Errors
/// If the database fails.
pub async fn waiting_count(app: &App, who: impl Into<Watcher>) -> Result<u32, Error> {
    let who = who.into();
    let standing = seat::standing(app, &who).await?;
    let mut waiting: HashSet<ConversationId> = HashSet::new();
    for pool in who.pools(standing.duty.as_ref()) {
        let tx = app.read(Duty { pool, person: who.person }).await?;
        waiting.extend(conversations::waiting_for(&tx, who.person, false).await?);
    }
    let at_desk = who.may_see_own(standing.own_desk_until.is_some(), None);
    let tx = app.read(Home(who.office)).await?;
    waiting.extend(conversations::waiting_for(&tx, who.person, !at_desk).await?);
    Ok(u32::try_from(waiting.len()).unwrap_or(u32::MAX))
}

/// Everything the lists are made of.
#[derive(Default)]
struct Gathered {
    rows: Vec<rows::Listed>,
    /// The offices answered for.
    offices: Vec<domain::Organisation>,
    /// The others on duty.
    with: Vec<(String, domain::Rung)>,
    /// How long visitors waited for the reader's answers in this duty.
    answers: Vec<Duration>,
}

/// Looks through every pool, and at the own office's desk.
async fn gather(app: &App, who: &Watcher, standing: &Standing) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    for pool in who.pools(standing.duty.as_ref()) {
        let tx = app.read(Duty { pool, person: who.person }).await?;
        add(&tx, who, &mut gathered, Which { since: Some(tx.now() - EARLIER), ..Which::default() }).await?;
        let Some(shift) = standing.duty.as_ref().filter(|shift| shift.pool == pool) else { continue };
        gathered.with = colleagues(&tx, who.person, shift).await?;
        gathered.answers = rows::waits_ended_by(&tx, who.person, shift.span.start()).await?;
        let covered = desks::answered_for(&tx);
        let offices = organisations::all_in_sight(&tx).await?;
        gathered.offices.extend(offices.into_iter().filter(|office| covered.contains(&office.id)));
    }
    let tx = app.read(Home(who.office)).await?;
    let at_desk = who.may_see_own(standing.own_desk_until.is_some(), None);
    let only_mine = (!at_desk).then_some(who.person);
    let which = Which { since: Some(tx.now() - EARLIER), assigned_to: only_mine, ..Which::default() };
    add(&tx, who, &mut gathered, which).await?;
    if at_desk && !gathered.offices.iter().any(|office| office.id == who.office) {
        gathered.offices.push(standing.own.office.clone());
    }
    Ok(gathered)
}

/// Adds what one scope shows, unless another showed it already.
async fn add<S: Scope>(
    tx: &Tx<S>,
    who: &Watcher,
    gathered: &mut Gathered,
    which: Which,
) -> Result<(), Error> {
    let mut listed: Vec<Conversation> = conversations::list(tx, which, MOST).await?;
    listed.retain(|one| !gathered.rows.iter().any(|row| row.row.id == one.id));
    gathered.rows.extend(rows::of(tx, who, listed).await?);
    Ok(())
}

async fn colleagues(
    tx: &Tx<Duty>,
    me: PersonId,
    shift: &Shift,
) -> Result<Vec<(String, domain::Rung)>, Error> {
    let running = shifts::running_at(tx, shift.pool, tx.now()).await?;
    let others: Vec<&Shift> = running.iter().filter(|other| other.person != me).collect();
    let ids: Vec<PersonId> = others.iter().map(|other| other.person).collect();
    let known = people::named(tx, &ids).await?;
    let name = |id| known.iter().find(|person| person.id == id).map(|person| person.given_name.clone());
    Ok(others.into_iter().filter_map(|other| Some((name(other.person)?, other.rung))).collect())
}

fn duty(standing: &Standing, gathered: &Gathered, who: &Watcher) -> DutyShown {
    match (&standing.duty, standing.own_desk_until) {
        (Some(shift), _) if who.may_answer => {
            DutyShown::On { span: shift.span, rung: shift.rung, with: gathered.with.clone() }
        }
        (_, until) if until.is_some() || !who.may_answer => DutyShown::OwnDesk { until },
        _ => DutyShown::Off { next: standing.next.as_ref().map(|shift| shift.span) },
    }
}

/// An office as a dot and a name.
pub(super) fn office(office: &domain::Organisation) -> Office {
    Office { slug: office.slug.clone(), name: office.name.clone(), colour: office.colour }
}

/// An office that is not in sight any more, which a list must still name somehow.
fn unknown_office(id: OrganisationId) -> Office {
    Office { slug: id.to_string(), name: String::new(), colour: 0 }
}
