//! Export: everything an office has of a visitor, for machines (JSON) and for reading (a page).

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use domain::{Direction, VisitorId};
use serde::Serialize;
use serde_json::json;
use storage::{attachments, audit, messages, organisations, people, scope::Home};
use views::html::dossier;

use super::{Access, access, find};
use crate::{App, Caller, Error, Manager};

/// More messages than a conversation ever has.
const ALL: u64 = 1_000_000;

/// Everything, as it is written down.
#[derive(Clone, Debug, Serialize)]
pub struct Dossier {
    /// The office that has it.
    pub office: String,
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// What is known of the person, one entry a channel they came by.
    pub visitors: Vec<Known>,
    /// What was said.
    pub conversations: Vec<Thread>,
}

/// What is known of somebody.
#[derive(Clone, Debug, Serialize)]
pub struct Known {
    /// The id.
    pub id: VisitorId,
    /// What they call themselves.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// What they write in.
    pub language: Option<String>,
    /// The poster or page they came from.
    pub came_from: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// One conversation.
#[derive(Clone, Debug, Serialize)]
pub struct Thread {
    /// By which channel.
    pub channel: String,
    /// The subject, of mails.
    pub subject: Option<String>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// Every message but notes among colleagues, oldest first.
    pub messages: Vec<Said>,
}

/// One message.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// When.
    pub at: DateTime<Utc>,
    /// `in`, `out` or `automatic`.
    pub direction: String,
    /// The given name of whoever answered.
    pub by: Option<String>,
    /// The text.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its type, as the sender says.
    pub mime: String,
    /// Its bytes, in base64.
    pub base64: String,
}

/// Writes down what the caller's office has of these visitors, and that it did.
///
/// Notes among colleagues are left out: they are the office's own thoughts, and may speak of others.
///
/// # Errors
/// [`Error::NotFound`] if one of them is not the office's.
pub async fn export(app: &App, caller: &Caller<Manager>, ids: &[VisitorId]) -> Result<Dossier, Error> {
    let office = caller.organisation();
    let tx = app.read(Home(office)).await?;
    let name = organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))?.name;
    let found = find::chosen(&tx, ids).await?;
    let mut dossier = Dossier { office: name, at: tx.now(), visitors: Vec::new(), conversations: Vec::new() };
    for one in found {
        let visitor = one.visitor;
        dossier.visitors.push(Known {
            id: visitor.id,
            name: visitor.name,
            email: visitor.email,
            language: visitor.language.map(|language| language.code().to_owned()),
            came_from: visitor.came_from,
            since: visitor.created_at,
        });
        for conversation in one.conversations {
            let mut thread = Thread {
                channel: conversation.channel.word().to_owned(),
                subject: conversation.subject,
                opened_at: conversation.opened_at,
                messages: Vec::new(),
            };
            let mut files = Vec::new();
            for file in attachments::of(&tx, conversation.id).await? {
                let Some((file, bytes)) = attachments::one(&tx, conversation.id, file.id).await? else {
                    continue;
                };
                let base64 = STANDARD.encode(bytes);
                files.push((file.message, File { name: file.name, mime: file.mime, base64 }));
            }
            for message in messages::of(&tx, conversation.id, ALL).await? {
                if message.direction == Direction::Note {
                    continue;
                }
                let by = match message.author {
                    Some(author) => people::get(&tx, author).await?.map(|person| person.given_name),
                    None => None,
                };
                let own = files.iter().filter(|(of, _)| *of == message.id).map(|(_, file)| file.clone());
                thread.messages.push(Said {
                    at: message.at,
                    direction: message.direction.word().to_owned(),
                    by,
                    text: message.body,
                    files: own.collect(),
                });
            }
            dossier.conversations.push(thread);
        }
    }
    drop(tx);
    for id in ids {
        access::note(app, office, caller.person(), Access::Exported(*id)).await?;
    }
    let tx = app.write(Home(office)).await?;
    let entry = audit::Entry {
        organisation: Some(office),
        person: Some(caller.person()),
        verb: "export_visitor",
        object_kind: "visitor",
        object: ids.first().map(|id| id.0),
        detail: Some(json!({ "visitors": ids.len(), "conversations": dossier.conversations.len() })),
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    Ok(dossier)
}

impl Dossier {
    /// For machines.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a dossier has string keys and no floats, so it is JSON")
    }

    /// For reading, the same as a page.
    pub fn model(&self) -> dossier::Model {
        let known = |one: &Known| dossier::Known {
            name: one.name.clone(),
            email: one.email.clone(),
            came_from: one.came_from.clone(),
            since: one.since,
        };
        let said = |one: &Said| dossier::Said {
            at: one.at,
            theirs: one.direction == Direction::In.word(),
            by: one.by.clone(),
            text: one.text.clone(),
            files: one
                .files
                .iter()
                .map(|file| {
                    (file.name.clone(), format!("data:application/octet-stream;base64,{}", file.base64))
                })
                .collect(),
        };
        let thread = |one: &Thread| dossier::Thread {
            channel: domain::ChannelKind::from_word(&one.channel),
            subject: one.subject.clone(),
            opened_at: one.opened_at,
            messages: one.messages.iter().map(said).collect(),
        };
        dossier::Model {
            office: self.office.clone(),
            at: self.at,
            visitors: self.visitors.iter().map(known).collect(),
            conversations: self.conversations.iter().map(thread).collect(),
        }
    }
}
