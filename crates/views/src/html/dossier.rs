//! A dossier: everything an office has of a visitor, as a page to be read. No style sheet, no script; the
//! files that came with messages lie beside it.

use chrono::{DateTime, Utc};
use domain::ChannelKind;
use maud::{DOCTYPE, Markup, html};

use super::coverage::channel_words;
use crate::Reader;

/// What is known of somebody.
#[derive(Clone, Debug)]
pub struct Known {
    /// What they call themselves.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The poster or page they came from.
    pub came_from: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, as the sender says.
    pub name: String,
    /// Where it lies, seen from the page.
    pub place: String,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Said {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the visitor wrote it.
    pub theirs: bool,
    /// Who answered; nobody where the house did.
    pub by: Option<String>,
    /// The text.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<File>,
}

/// One conversation.
#[derive(Clone, Debug)]
pub struct Thread {
    /// By which channel.
    pub channel: Option<ChannelKind>,
    /// The subject, of mails.
    pub subject: Option<String>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// What was said, oldest first.
    pub messages: Vec<Said>,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Model {
    /// The office.
    pub office: String,
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// What is known, one entry a channel.
    pub visitors: Vec<Known>,
    /// What was said.
    pub conversations: Vec<Thread>,
}

/// The file.
pub fn render(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let moment = |at| format!("{}, {}", words.date_year(reader.day(at)), reader.time(at));
    let title = words.say_with("dossier-title", &[("office", (&*model.office).into())]);
    html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head { meta charset="utf-8"; title { (title) } meta name="viewport" content="width=device-width, initial-scale=1"; }
            body {
                h1 { (title) }
                p { (words.say_with("dossier-at", &[("moment", moment(model.at).into())])) }
                h2 { (words.say("dossier-known")) }
                ul {
                    @for one in &model.visitors {
                        li {
                            (words.say_with("dossier-since", &[("moment", moment(one.since).into())]))
                            @for fact in [&one.name, &one.email, &one.came_from].into_iter().flatten() { " · " (fact) }
                        }
                    }
                }
                @for thread in &model.conversations {
                    h2 {
                        @if let Some(channel) = thread.channel { (channel_words(reader, channel)) ", " }
                        (moment(thread.opened_at))
                    }
                    @if let Some(subject) = &thread.subject { p { strong { (subject) } } }
                    @for said in &thread.messages {
                        h3 {
                            @if said.theirs { (words.say("dossier-visitor")) }
                            @else if let Some(by) = &said.by { (by) }
                            @else { (words.say("dossier-house")) }
                            ", " (moment(said.at))
                        }
                        @for line in said.text.lines() { p { (line) } }
                        @for file in &said.files { p { a href=(file.place) { (file.name) } } }
                    }
                }
            }
        }
    }
}
