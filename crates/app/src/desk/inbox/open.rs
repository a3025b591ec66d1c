//! One conversation, open: what was said, why it came here, and what the office knows.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use domain::{ConversationId, Decision, Direction, OrganisationId, PersonId};
use storage::{
    Tx, attachments,
    conversations::{self, Conversation},
    messages, notes, people,
    scope::Scope,
    visitors, writers,
};
use uuid::Uuid;
use views::html::{
    inbox::{Attachment, Holder, Message, Open, Reason, Why},
    notebook,
};

use super::{Asked, rows};
use crate::{
    App, Error,
    desk::{
        notebook::{best, shown},
        seat::{self, Standing, Watcher, at},
        take_in::language_of,
        topics,
        writing::WRITING_FOR,
    },
    privacy::{self, Access},
};

/// How many messages of a long conversation are shown, the newest.
const MOST: u64 = 300;

/// The conversation as `who` sees it. Whoever has it, or could take it, has thereby read it.
pub(super) async fn open(
    app: &App,
    who: &Watcher,
    standing: &Standing,
    conversation: ConversationId,
    asked: &Asked,
) -> Result<Open, Error> {
    let seat = seat::find_from(app, who, standing, conversation).await?;
    at!(seat, scope => {
        note_read(app, scope, who, conversation).await?;
        let (open, office) = open_in(app, &app.read(scope).await?, who, conversation, asked).await?;
        privacy::note(app, office, who.person, Access::Opened(conversation)).await?;
        Ok(open)
    })
}

/// Notes that the visitor's messages were read, if they were not yet and the reader answers them.
async fn note_read<S: Scope>(
    app: &App,
    scope: S,
    who: &Watcher,
    conversation: ConversationId,
) -> Result<(), Error> {
    let tx = app.read(scope).await?;
    let Some(one) = conversations::one(&tx, conversation).await? else { return Ok(()) };
    let theirs = who.may_answer && one.assigned_to.is_none_or(|holder| holder == who.person);
    if !theirs || !messages::any_unseen(&tx, conversation).await? {
        return Ok(());
    }
    drop(tx);
    let tx = app.write(scope).await?;
    if messages::seen(&tx, conversation).await? > 0 {
        tx.signal(topics::conversation(one.organisation, conversation));
    }
    Ok(tx.commit().await?)
}

async fn open_in<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    who: &Watcher,
    conversation: ConversationId,
    asked: &Asked,
) -> Result<(Open, OrganisationId), Error> {
    let one = conversations::one(tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let visitor = visitors::one(tx, one.visitor).await?;
    let said = messages::of(tx, one.id, MOST).await?;
    let files = attachments::of(tx, one.id).await?;
    let writing = writers::since(tx, one.id, tx.now() - WRITING_FOR).await?;
    let facts = notes::of(tx, one.organisation).await?;
    let mut ids: Vec<PersonId> = said.iter().filter_map(|message| message.author).collect();
    ids.extend(writing.iter().filter_map(|writer| writer.person));
    ids.extend(one.considered.iter().map(|considered| considered.person));
    ids.extend(one.assigned_to);
    ids.extend(facts.iter().filter_map(|fact| fact.checked_by));
    if let Some(Decision::Assign { to, .. }) = &one.decision {
        ids.push(*to);
    }
    let names: HashMap<PersonId, String> =
        people::named(tx, &ids).await?.into_iter().map(|person| (person.id, person.given_name)).collect();
    let row = rows::of(tx, who, vec![one.clone()]).await?.pop().ok_or(Error::NotFound("conversation"))?.row;
    let others = |id: PersonId| (id != who.person).then(|| names.get(&id).cloned()).flatten();
    let asking = last_question(&said);
    let found = best(facts, &asked.search, &asking);
    let notes: Vec<notebook::Note> = found.iter().map(|fact| shown(fact, &row.office, &names)).collect();
    let open = Open {
        version: one.version,
        status: one.status,
        subject: one.subject.clone(),
        email: visitor.as_ref().and_then(|visitor| visitor.email.clone()),
        came_from: visitor.and_then(|visitor| visitor.came_from),
        holder: holder(&one, who.person, &names),
        reason: reason(&one, who.person, &names),
        messages: shown_messages(&one, said, &files, others),
        writing: writing.iter().filter_map(|writer| writer.person).find_map(others),
        visitor_writing: writing.iter().any(|writer| writer.person.is_none()),
        draft: draft(asked, &notes, row.language),
        key: app.mint::<Uuid>().to_string(),
        may_reply: who.may_answer,
        search: asked.search.clone(),
        notes,
        kept_until: None,
        row,
    };
    Ok((open, one.organisation))
}

/// What the visitor wrote since they were last answered: what facts are looked for.
fn last_question(said: &[messages::Message]) -> String {
    let newest = said.iter().rev().take_while(|message| message.direction != Direction::Out);
    let theirs = newest.filter(|message| message.direction == Direction::In);
    theirs.map(|message| message.body.as_str()).collect::<Vec<_>>().join("\n")
}

fn draft(asked: &Asked, notes: &[notebook::Note], visitor: Option<domain::Language>) -> String {
    if let Some(draft) = &asked.draft {
        return draft.clone();
    }
    let Some((wanted, language)) = asked.insert else { return String::new() };
    let Some(note) = notes.iter().find(|note| note.id == wanted && !note.team_only) else {
        return String::new();
    };
    let languages: Vec<_> = language.into_iter().chain(visitor).chain(asked.language).collect();
    note.text_in(&languages).map(|text| text.body.clone()).unwrap_or_default()
}

fn holder(one: &Conversation, me: PersonId, names: &HashMap<PersonId, String>) -> Holder {
    match one.assigned_to {
        None => Holder::Nobody,
        Some(person) if person == me => Holder::Me,
        Some(person) => Holder::Colleague(names.get(&person).cloned().unwrap_or_default()),
    }
}

fn reason(one: &Conversation, me: PersonId, names: &HashMap<PersonId, String>) -> Option<Reason> {
    let why = match one.decision.as_ref()? {
        Decision::Assign { to, because } => {
            let name = (*to != me).then(|| names.get(to).cloned().unwrap_or_default());
            Why::To { name, because: *because }
        }
        Decision::OwnDesk => Why::OwnDesk,
        Decision::Hold { because, opens_at, .. } => Why::Held { because: *because, opens_at: *opens_at },
    };
    let named = |considered: &domain::Considered| {
        names.get(&considered.person).map(|name| (name.clone(), considered.standing))
    };
    Some(Reason { why, considered: one.considered.iter().filter_map(named).collect() })
}

fn shown_messages(
    one: &Conversation,
    said: Vec<messages::Message>,
    files: &[attachments::Attachment],
    others: impl Fn(PersonId) -> Option<String>,
) -> Vec<Message> {
    let mut waiting: Option<DateTime<Utc>> = None;
    let mut shown = Vec::with_capacity(said.len());
    for message in said {
        let mut answered_after: Option<Duration> = None;
        match message.direction {
            Direction::In => waiting = waiting.or(Some(message.at)),
            Direction::Out => answered_after = waiting.take().map(|since| message.at - since),
            Direction::Automatic | Direction::Note => {}
        }
        let own = files.iter().filter(|file| file.message == message.id);
        shown.push(Message {
            id: message.id,
            direction: message.direction,
            author: message.author.and_then(&others),
            language: language_of(&message.body),
            body: message.body,
            at: message.at,
            delivery: message.delivery,
            read_at: message.read_at.filter(|_| message.direction != Direction::In),
            answered_after,
            attachments: own.map(|file| attachment(one.id, file)).collect(),
        });
    }
    shown
}

fn attachment(conversation: ConversationId, file: &attachments::Attachment) -> Attachment {
    Attachment {
        name: file.name.clone(),
        size: u64::from(file.size),
        href: format!("/inbox/{conversation}/attachments/{}", file.id),
    }
}
