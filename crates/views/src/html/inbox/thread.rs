//! The open conversation: its head, why it came here, and what was said.

use domain::{ConversationStatus, Delivery, Direction};
use maud::{Markup, html};

use super::{Attachment, Holder, Message, Open, short_length, standing_words, visitor_name, why};
use crate::{
    Reader,
    html::{
        components::{csrf, hidden, language_badge, machine, pill},
        icons::{Icon, icon},
    },
};

/// Head and messages; a fragment of its own.
pub(super) fn render(reader: &Reader, open: &Open) -> Markup {
    html! {
        div #thread .thread data-live=(format!("conversation:{}", open.row.id)) data-conversation=(open.row.id) {
            (head(reader, open))
            @if let Some(last) = open.messages.iter().rfind(|message| message.direction == Direction::In) {
                // Belongs to the reply, and is renewed with the messages: what was seen when it was sent.
                input type="hidden" name="seen" value=(last.id) form="reply";
            }
            ol.messages tabindex="0" aria-label=(reader.words().say("inbox-messages")) {
                @for (at, message) in open.messages.iter().enumerate() {
                    @let day = reader.day(message.at);
                    @if at == 0 || reader.day(open.messages[at - 1].at) != day {
                        li.event { (reader.near_day(message.at)) }
                    }
                    (said(reader, open, message))
                    @if at == 0 { (reason(reader, open)) }
                }
                @if open.messages.is_empty() { (reason(reader, open)) }
                (writing(reader, open))
            }
        }
    }
}

fn head(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    let row = &open.row;
    html! {
        header.thread-head {
            a.btn.icon.quiet.only-phone href="/inbox" aria-label=(words.say("inbox-back")) { (icon(Icon::Left)) }
            div.thread-who {
                h1 { (visitor_name(reader, row)) @if let Some(language) = row.language { " " (language_badge(reader, language)) } }
                p.muted { (row.office.name) @if let Some(from) = &open.came_from { " · " (words.say_with("inbox-from", &[("place", (&**from).into())])) } }
                @if let Some(subject) = &open.subject { p.thread-subject { (subject) } }
            }
            a.btn.sm.quiet.sheet-link href="#notebook" { (icon(Icon::Book)) (words.say("inbox-notebook-short")) }
            @if open.may_reply { (note_form(reader, open)) (closing(reader, open)) }
        }
    }
}

/// Taking it, closing it, and opening it again.
fn closing(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    let action = |verb: &str| format!("/inbox/{}/{verb}", open.row.id);
    html! {
        @if open.status == ConversationStatus::Done {
            form method="post" action=(action("reopen")) data-frag="thread list" {
                (csrf(reader)) (hidden("version", open.version))
                button.btn.sm { (icon(Icon::Undo)) (words.say("inbox-reopen")) }
            }
        } @else {
            @if open.holder != Holder::Me {
                form.take method="post" action=(action("take")) data-frag="thread list" {
                    (csrf(reader)) (hidden("version", open.version))
                    button.btn.sm { (words.say("inbox-take")) }
                }
            }
            form method="post" action=(action("done")) data-frag="thread list" {
                (csrf(reader)) (hidden("version", open.version))
                button #done .btn.sm data-key="e" { (icon(Icon::Check)) (words.say("inbox-done")) " " kbd aria-hidden="true" { "E" } }
            }
        }
    }
}

fn note_form(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    html! {
        details.note-box {
            summary.btn.sm.quiet data-key="n" { (icon(Icon::Note)) span { (words.say_with("inbox-note-for", &[("office", (&*open.row.office.name).into())])) } }
            form method="post" action=(format!("/inbox/{}/note", open.row.id)) data-frag="thread" {
                (csrf(reader))
                div.field {
                    label for="note-body" { (words.say("inbox-note-label")) }
                    textarea #note-body name="body" required maxlength="4000" {}
                }
                button.btn.primary.sm { (words.say("inbox-note-save")) }
            }
        }
    }
}

/// Why it came to whom it came, and on request everybody who was weighed.
fn reason(reader: &Reader, open: &Open) -> Markup {
    let Some(reason) = &open.reason else { return html! {} };
    let sentence = why(reader, &open.row, reason);
    html! {
        li.event {
            @if reason.considered.is_empty() { (sentence) }
            @else {
                details.why {
                    summary { (sentence) }
                    ul { @for (name, standing) in &reason.considered {
                        li { strong { (name) } ": " (standing_words(reader, *standing, open.row.language)) }
                    } }
                }
            }
        }
    }
}

fn said(reader: &Reader, open: &Open, message: &Message) -> Markup {
    match message.direction {
        Direction::In => bubble(reader, open, message, "theirs"),
        Direction::Out => bubble(reader, open, message, "ours"),
        Direction::Automatic => bubble(reader, open, message, "automatic"),
        Direction::Note => note(reader, message),
    }
}

fn bubble(reader: &Reader, open: &Open, message: &Message, side: &str) -> Markup {
    html! {
        li class=(format!("said {side}")) id=(format!("message-{}", message.id)) {
            div.bubble lang=[message.language] { (paragraphs(&message.body)) (attachments(reader, &message.attachments)) }
            p.said-line { (line(reader, message)) }
            (choices(reader, open, message))
        }
    }
}

fn note(reader: &Reader, message: &Message) -> Markup {
    let words = reader.words();
    html! {
        li.said.note id=(format!("message-{}", message.id)) {
            (icon(Icon::Note))
            div {
                (paragraphs(&message.body))
                p.said-line { (author(reader, message)) " · " (time(reader, message)) " · " (words.say("inbox-note-seen")) }
            }
        }
    }
}

/// Time, who, and what became of it.
fn line(reader: &Reader, message: &Message) -> Markup {
    let words = reader.words();
    html! {
        (time(reader, message))
        @if message.direction == Direction::Automatic { " · " span.pill { (words.say("inbox-automatic")) } }
        @if message.direction == Direction::Out && message.author.is_some() { " · " (author(reader, message)) }
        @if message.direction != Direction::In { (delivery(reader, message)) }
        @if let Some(waited) = message.answered_after {
            " · " (words.say_with("inbox-answered-after", &[("length", short_length(reader, waited).into())]))
        }
    }
}

fn time(reader: &Reader, message: &Message) -> Markup {
    html! { time datetime=(machine(message.at)) { (reader.time(message.at)) } }
}

fn author(reader: &Reader, message: &Message) -> String {
    message.author.clone().unwrap_or_else(|| reader.words().say("inbox-you"))
}

fn delivery(reader: &Reader, message: &Message) -> Markup {
    let words = reader.words();
    let state = match (&message.delivery, message.read_at) {
        (_, Some(at)) => words.say_with("inbox-read", &[("time", reader.time(at).into())]),
        (Delivery::None, None) => return html! {},
        (Delivery::Waiting | Delivery::Sending { .. }, None) => words.say("inbox-sending"),
        (Delivery::Sent { .. }, None) => words.say("inbox-sent"),
        (Delivery::Failed { because }, None) => {
            return html! { " " span.trouble { (icon(Icon::Warn)) (words.say_with("inbox-failed", &[("because", (&**because).into())])) } };
        }
        (Delivery::Unknown, None) => {
            return html! { " " span.trouble { (icon(Icon::Warn)) (words.say("inbox-unknown")) } };
        }
    };
    html! { " · " span.delivery { (state) } }
}

/// What one may do about a message that failed or whose fate is unknown.
fn choices(reader: &Reader, open: &Open, message: &Message) -> Markup {
    let words = reader.words();
    if !matches!(message.delivery, Delivery::Failed { .. } | Delivery::Unknown) || message.read_at.is_some() {
        return html! {};
    }
    let form = |verb: &str, label: String| {
        html! {
            form method="post" action=(format!("/inbox/{}/{verb}", open.row.id)) data-frag="thread" {
                (csrf(reader)) (hidden("message", message.id)) (hidden("version", open.version))
                button.btn.sm { (label) }
            }
        }
    };
    html! { div.row.choices { (form("resend", words.say("inbox-resend"))) (form("drop", words.say("inbox-drop"))) } }
}

fn attachments(reader: &Reader, attachments: &[Attachment]) -> Markup {
    html! {
        @for file in attachments {
            a.file href=(file.href) download { (icon(Icon::Clip)) span { (file.name) } span.muted { (size(reader, file.size)) } }
        }
    }
}

/// "12 kB", "1.4 MB".
fn size(reader: &Reader, bytes: u64) -> String {
    let (unit, mega) = if reader.words().french() { ("ko", "Mo") } else { ("kB", "MB") };
    let point = if reader.words().french() { ',' } else { '.' };
    match bytes {
        0..1_000_000 => format!("{}\u{a0}{unit}", bytes.div_ceil(1000)),
        _ => format!("{}{point}{}\u{a0}{mega}", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Text with its line breaks, and its web addresses as links.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! { p.text { @for part in split_links(text) { @if part.starts_with("https://") { a href=(part) rel="noopener noreferrer nofollow" target="_blank" { (part) } } @else { (part) } } } }
}

/// `text` in parts, each web address a part of its own.
fn split_links(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("https://") {
        let (before, link) = rest.split_at(start);
        let end =
            link.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(link.len());
        let trimmed = link[..end].trim_end_matches(['.', ',', ')', ';', '!', '?', ':']).len();
        parts.extend([before, &link[..trimmed]]);
        rest = &link[trimmed..];
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

fn writing(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    html! {
        @if let Some(name) = &open.writing {
            li.event.writing { span role="status" { (pill("lagoon", &words.say_with("inbox-writing", &[("name", (&**name).into())]))) } }
        }
        @if open.visitor_writing {
            li.event.writing { span role="status" { (words.say_with("inbox-writing", &[("name", visitor_name(reader, &open.row).into())])) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_become_links_and_nothing_else_does() {
        assert_eq!(
            split_links("See https://lacs.example/boat, or javascript:alert(1)."),
            ["See ", "https://lacs.example/boat", ", or javascript:alert(1)."]
        );
        let shown = paragraphs("<script> https://a.example/\"onclick=x").into_string();
        assert!(!shown.contains("<script>") && !shown.contains("\"onclick"), "{shown}");
    }
}
