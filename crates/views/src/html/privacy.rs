//! Privacy, for an office's manager: how long is kept, what a visitor may ask for, who looked; and for
//! everybody: what oneself looked at.

use chrono::{DateTime, Utc};
use domain::{ChannelKind, ConversationId, ErasureId, VisitorId};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, empty, hidden, machine, page_head, pill},
    coverage::channel_words,
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// A visitor found under an address.
#[derive(Clone, Debug)]
pub struct Match {
    /// Who.
    pub visitor: VisitorId,
    /// What they call themselves.
    pub name: Option<String>,
    /// Whether mails came from the address; otherwise somebody typed it into a web chat.
    pub proven: bool,
    /// How they wrote.
    pub channels: Vec<ChannelKind>,
    /// How many conversations they have.
    pub conversations: usize,
    /// When they first wrote.
    pub first: DateTime<Utc>,
    /// When they were last spoken with.
    pub last: DateTime<Utc>,
    /// Whether one of their conversations is held.
    pub held: bool,
}

/// A conversation that is kept.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub conversation: ConversationId,
    /// Who decided so.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// A certificate of erasure.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Its number.
    pub id: ErasureId,
    /// Who erased.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its keyed hash.
    pub hash: String,
}

/// What somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// They opened a conversation.
    Opened(ConversationId),
    /// They saved a file of it.
    Saved(ConversationId),
    /// They exported everything of a visitor.
    Exported(VisitorId),
}

/// A line of the access log.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; on one's own page the office.
    pub who: String,
    /// At what.
    pub looked: Looked,
}

/// What a manager sees.
#[derive(Clone, Debug)]
pub struct Model {
    /// The office.
    pub office: String,
    /// After how many months a conversation is anonymised.
    pub months: u32,
    /// After how many days a file is removed.
    pub days: u32,
    /// The address looked for.
    pub address: String,
    /// Whether it was none.
    pub refused: bool,
    /// Whether something was to be done to visitors, and none of those found was ticked.
    pub unticked: bool,
    /// Who was found, if somebody was looked for.
    pub found: Option<Vec<Match>>,
    /// The conversation somebody may want to keep.
    pub keep: Option<ConversationId>,
    /// What is kept longer.
    pub held: Vec<Held>,
    /// What was erased.
    pub proofs: Vec<Proof>,
    /// Who looked.
    pub log: Vec<Line>,
}

/// The manager's page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.office, &words.say("privacy-title"), html! {}))
        div.split {
            div.stack {
                (visitor(reader, model))
                (held(reader, model))
                (proofs(reader, &model.proofs))
            }
            div.stack {
                (retention(reader, model))
                section.card aria-labelledby="log-title" {
                    h2 #log-title { (icon(Icon::User)) (words.say("privacy-log")) }
                    p.hint { (words.say("privacy-log-why")) }
                    (log(reader, &model.log))
                }
            }
        }
    };
    shell::page(reader, frame, &words.say("privacy-title"), main)
}

/// Everybody's own page: what they looked at.
pub fn render_mine(reader: &Reader, frame: &Frame, lines: &[Line]) -> Markup {
    let words = reader.words();
    let title = words.say("privacy-mine");
    let main = html! {
        (page_head(&words.say("privacy-title"), &title, html! {}))
        div.column {
            section.card { p.hint { (words.say("privacy-mine-why")) } (log(reader, lines)) }
        }
    };
    shell::page(reader, frame, &title, main)
}

fn retention(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let number = |name: &str, label: String, value: u32, most: u32| {
        let id = format!("f-{name}");
        html! {
            div.field {
                label for=(id) { (label) }
                input id=(id) name=(name) type="number" min="1" max=(most) value=(value) required;
            }
        }
    };
    html! {
        section.card aria-labelledby="retention-title" {
            h2 #retention-title { (icon(Icon::Clock)) (words.say("privacy-retention")) }
            p { (words.say("privacy-retention-why")) }
            form.stack method="post" action="/privacy/retention" {
                (csrf(reader))
                div.two {
                    (number("months", words.say("privacy-months"), model.months, 60))
                    (number("days", words.say("privacy-days"), model.days, 1830))
                }
                div.row { button.btn.primary { (words.say("privacy-retention-do")) } }
            }
        }
    }
}

fn visitor(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="visitor-title" {
            h2 #visitor-title { (icon(Icon::Search)) (words.say("privacy-visitor")) }
            p { (words.say("privacy-visitor-why")) }
            form.stack method="post" action="/privacy/visitors" {
                (csrf(reader))
                div.field {
                    label for="f-address" { (words.say("privacy-address")) }
                    input #f-address name="address" type="email" value=(model.address) autocomplete="off" required
                        aria-invalid=[model.refused.then_some("true")] aria-describedby=[model.refused.then_some("f-address-wrong")];
                    @if model.refused { p.hint.wrong #f-address-wrong { (words.say("refusal-email-is-wrong")) } }
                }
                div.row { button.btn { (words.say("privacy-find")) } }
            }
            @if let Some(found) = &model.found { (matches(reader, model, found)) }
        }
    }
}

/// Which of them belong to whoever asks is the manager's to say: none is chosen beforehand but those
/// whose address is proven.
fn matches(reader: &Reader, model: &Model, found: &[Match]) -> Markup {
    let words = reader.words();
    html! {
        @if found.is_empty() { (empty(Icon::People, &words.say("privacy-nobody"), None)) }
        @else {
            form.stack method="post" action="/privacy/export" {
                (csrf(reader))
                (hidden("address", &model.address))
                @if model.unticked { p.hint.wrong role="alert" { (words.say("privacy-untouched")) } }
                ul.lines {
                    @for one in found { li { (a_match(reader, one)) } }
                }
                div.row {
                    button.btn { (words.say("privacy-export")) }
                }
                // Export is harmless, erasing is for good: its button stands behind a second step.
                (careful(&words.say("privacy-erase-open"), "", html! {
                    p { (words.say("privacy-erase-effect")) }
                    button.btn.danger formaction="/privacy/erase" { (icon(Icon::Warn)) (words.say("privacy-erase")) }
                }))
            }
        }
    }
}

fn a_match(reader: &Reader, one: &Match) -> Markup {
    let words = reader.words();
    let name = one.name.clone().unwrap_or_else(|| words.say("privacy-unnamed"));
    let channels: Vec<String> = one.channels.iter().map(|channel| channel_words(reader, *channel)).collect();
    html! {
        label.check.grow {
            input type="checkbox" name="visitor" value=(one.visitor) checked[one.proven];
            span {
                strong { (name) } " · " (channels.join(", "))
                br;
                span.muted {
                    (words.say_with("privacy-match", &[
                        ("count", one.conversations.into()),
                        ("first", words.date_year(reader.day(one.first)).into()),
                        ("last", words.date_year(reader.day(one.last)).into()),
                    ]))
                }
            }
        }
        @if one.held { (pill("coral", &words.say("privacy-held-mark"))) }
        @if one.proven { (pill("moss", &words.say("privacy-proven"))) } @else { (pill("", &words.say("privacy-claimed"))) }
    }
}

fn held(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="held-title" {
            h2 #held-title { (icon(Icon::Pin)) (words.say("privacy-held")) }
            p.hint { (words.say("privacy-held-why")) }
            @if let Some(conversation) = model.keep {
                form.stack method="post" action="/privacy/holds" {
                    (csrf(reader))
                    (hidden("conversation", conversation))
                    div.field {
                        label for="f-reason" { (words.say("privacy-reason")) }
                        input #f-reason name="reason" maxlength="300" required;
                    }
                    div.row { button.btn { (words.say("privacy-keep")) } }
                }
            }
            @if !model.held.is_empty() {
                ul.lines {
                    @for hold in &model.held {
                        li {
                            div.grow {
                                a href=(format!("/inbox/{}", hold.conversation)) { strong { (hold.reason) } }
                                p.muted { (hold.by) " · " (moment(reader, hold.at)) }
                            }
                            (careful(&words.say("privacy-release"), &hold.reason, html! {
                                form.stack method="post" action=(format!("/privacy/holds/{}/release", hold.conversation)) {
                                    (csrf(reader))
                                    p { (words.say("privacy-release-effect")) }
                                    button.btn.danger { (words.say("privacy-release-do")) }
                                }
                            }))
                        }
                    }
                }
            }
        }
    }
}

fn proofs(reader: &Reader, proofs: &[Proof]) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="proofs-title" {
            h2 #proofs-title { (icon(Icon::Check)) (words.say("privacy-proofs")) }
            @if proofs.is_empty() { p.hint { (words.say("privacy-proofs-none")) } }
            @else {
                p.hint { (words.say("privacy-proofs-why")) }
                ul.lines {
                    @for proof in proofs {
                        li {
                            div.grow {
                                a href=(format!("/privacy/erasures/{}", proof.id)) { (moment(reader, proof.at)) }
                                p.muted { (proof.by) " · " code { (proof.hash.chars().take(16).collect::<String>()) "…" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn log(reader: &Reader, lines: &[Line]) -> Markup {
    let words = reader.words();
    html! {
        @if lines.is_empty() { p.muted { (words.say("privacy-log-empty")) } }
        @else {
            ul.lines {
                @for line in lines {
                    li {
                        div.grow {
                            strong { (line.who) }
                            p.muted { (looked(reader, line.looked)) }
                        }
                        time.muted datetime=(machine(line.at)) { (moment(reader, line.at)) }
                    }
                }
            }
        }
    }
}

fn looked(reader: &Reader, looked: Looked) -> Markup {
    let words = reader.words();
    // The id's end tells conversations of one minute apart.
    let short = |id: String| id[id.len() - 8..].to_owned();
    let (sentence, id) = match looked {
        Looked::Opened(id) => (words.say("privacy-opened"), short(id.to_string())),
        Looked::Saved(id) => (words.say("privacy-saved"), short(id.to_string())),
        Looked::Exported(id) => (words.say("privacy-exported"), short(id.to_string())),
    };
    html! { (sentence) " " code { (id) } }
}

fn moment(reader: &Reader, at: DateTime<Utc>) -> String {
    format!("{}, {}", reader.words().date_year(reader.day(at)), reader.time(at))
}
