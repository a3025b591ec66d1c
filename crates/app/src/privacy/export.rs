//! Export: everything an office has of a visitor, in one ZIP: a page to read, the same for machines (JSON),
//! and the files that came with messages.

use std::io::{Cursor, Write};

use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::{Direction, PersonId, VisitorId};
use serde::Serialize;
use serde_json::json;
use storage::{attachments, audit, messages, organisations, scope::Home};
use views::html::dossier;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{Access, access, find, names};
use crate::{App, Caller, Error, Manager};

/// More messages than a conversation ever has.
const ALL: u64 = 1_000_000;
/// The longest name of a file in the ZIP, in characters: some systems take 255 bytes.
const LONGEST_NAME: usize = 60;

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
    /// Who answered.
    #[serde(skip)]
    pub author: Option<PersonId>,
    /// Their given name.
    pub by: Option<String>,
    /// The text.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Its name, as the sender says.
    pub name: String,
    /// Its type, as the sender says.
    pub mime: String,
    /// Where it lies in the ZIP.
    pub place: String,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
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
    let mut number = 0;
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
                number += 1;
                let place = place(number, &file.name);
                files.push((file.message, File { name: file.name, mime: file.mime, place, bytes }));
            }
            for message in messages::of(&tx, conversation.id, ALL).await? {
                if message.direction == Direction::Note {
                    continue;
                }
                let own = files.iter().filter(|(of, _)| *of == message.id).map(|(_, file)| file.clone());
                thread.messages.push(Said {
                    at: message.at,
                    direction: message.direction.word().to_owned(),
                    author: message.author,
                    by: None,
                    text: message.body,
                    files: own.collect(),
                });
            }
            dossier.conversations.push(thread);
        }
    }
    drop(tx);
    dossier.name_authors(app).await?;
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
    async fn name_authors(&mut self, app: &App) -> Result<(), Error> {
        let said = || self.conversations.iter().flat_map(|thread| &thread.messages);
        let people = names::of(app, said().filter_map(|said| said.author)).await?;
        for said in self.conversations.iter_mut().flat_map(|thread| &mut thread.messages) {
            let author = said.author.and_then(|author| people.get(&author));
            said.by = author.map(|author| author.given_name.clone());
        }
        Ok(())
    }

    /// The ZIP: `page` to read, which names the files as [`Dossier::model`] does, data, and the files.
    ///
    /// # Panics
    /// Never: only a file beyond 4 GiB would not fit, and a mail has 30 MiB at most.
    pub fn zip(&self, page: &str) -> Vec<u8> {
        self.zipped(page).expect("memory takes what is written into it")
    }

    fn zipped(&self, page: &str) -> Result<Vec<u8>, ZipError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Pictures and PDFs, which are most of it, are dense already.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = stored.last_modified_time(dos_time(self.at)).unix_permissions(0o600);
        zip.start_file("visitor.html", options)?;
        zip.write_all(page.as_bytes())?;
        zip.start_file("visitor.json", options)?;
        zip.write_all(self.json().as_bytes())?;
        let said = self.conversations.iter().flat_map(|thread| &thread.messages);
        for file in said.flat_map(|said| &said.files) {
            zip.start_file(&*file.place, options)?;
            zip.write_all(&file.bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

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
                .map(|file| dossier::File { name: file.name.clone(), place: file.place.clone() })
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

/// Where the file called `name` lies in the ZIP: under a number, because two may have one name, and
/// without anything that could lead out of the folder or that some system does not take.
fn place(number: u32, name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let letters: Vec<char> = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    // The end of a long name stays: it says what kind of file it is.
    let end = &letters[letters.len().saturating_sub(LONGEST_NAME)..];
    format!("files/{number}-{}", end.iter().collect::<String>())
}

/// The moment as ZIPs write it: without a zone, which is UTC here, and in steps of two seconds.
fn dos_time(at: DateTime<Utc>) -> zip::DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    zip::DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or(0),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_keeps_its_name_as_far_as_folders_take_it() {
        assert_eq!(place(1, "carte d'accès.pdf"), "files/1-carte_d_accès.pdf");
        assert_eq!(place(2, "../../etc/passwd"), "files/2-.._.._etc_passwd");
        assert_eq!(place(3, ""), "files/3-");
        assert!(place(4, &"long".repeat(100)).chars().count() < 70);
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_the_folder(number in 1_u32.., name in ".*") {
            let place = place(number, &name);
            let inside = place.strip_prefix("files/").unwrap();
            prop_assert!(!inside.contains(['/', '\\', ':', '\0']), "{place}");
            prop_assert!(inside.starts_with(|letter: char| letter.is_ascii_digit()), "{place}");
        }
    }
}
