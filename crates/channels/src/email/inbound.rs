//! A mail's bytes become what the desk needs: who writes, what is new in it, what it answers.
//!
//! Mails are odd: charsets of the nineties, parts that end too early, names full of control
//! characters, no Message-ID. Parsing therefore refuses almost nothing; what cannot be read is left
//! out, and the bytes themselves stay with whoever called.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use mail_parser::{Address, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use thiserror::Error;

use super::{Contact, html, loops, loops::Origin, quoted, threading};

/// How many bytes of attachments are taken with one mail.
pub const ATTACHED_BYTES: usize = 25 * 1024 * 1024;
/// How many files are taken with one mail.
pub const ATTACHED_FILES: usize = 20;
/// How many bytes of text are kept; a mail of a person is far below.
pub const TEXT_BYTES: usize = 1024 * 1024;

/// Stands first in what is kept of a mail too large to fetch.
const TOO_LARGE: &str = "X-Veilleuse-Too-Large";

/// What stands where a sender left part of the text out for good.
const CUT: &str = "\n[…]";

/// A mail, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Its Message-ID without the angle brackets. One is made of a hash of the bytes where it is
    /// missing, so that the same bytes fetched twice still are one mail.
    pub message_id: String,
    /// Who wrote it.
    pub from: Contact,
    /// Where answers shall go, if not to `from`.
    pub reply_to: Vec<Contact>,
    /// To whom it is addressed.
    pub to: Vec<Contact>,
    /// Who gets a copy.
    pub cc: Vec<Contact>,
    /// The addresses it was delivered for, as mail servers noted them (`Delivered-To`, `X-Original-To`, `Envelope-To`).
    pub delivered_to: Vec<String>,
    /// The subject, on one line; empty if there is none.
    pub subject: String,
    /// When its sender says it was written.
    pub date: Option<DateTime<Utc>>,
    /// The whole text; made readable from HTML where there is no other.
    pub text: String,
    /// The text without the mail it answers and without the signature. Never empty while `text` is not.
    pub fresh: String,
    /// The ids it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The ids of its thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Files that were too many or too large.
    pub left_out: Vec<LeftOut>,
    /// Who or what wrote it.
    pub origin: Origin,
    /// The same if the mark of our own mails in it is not believed: anybody may write any header.
    pub unmarked: Origin,
    /// The mail's size in bytes, if it was too large to fetch and these are its headers only.
    pub too_large: Option<u64>,
    /// The sender asks for no automatic answer (`X-Auto-Response-Suppress`), though a person may well
    /// have written: Exchange puts it on ordinary mail too.
    pub no_automatic_answer: bool,
}

impl Incoming {
    /// To whom an answer goes: the first `Reply-To`, or else the sender.
    pub fn answer_to(&self) -> &Contact {
        self.reply_to.first().unwrap_or(&self.from)
    }
}

/// A file that came with a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without any folder; made up where it had none.
    pub name: String,
    /// Its type as the sender says, such as `image/jpeg`: a claim, not a fact.
    pub mime: String,
    /// The id by which an HTML text shows it, for pictures within the text.
    pub content_id: Option<String>,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, mime, bytes, .. } = self;
        write!(f, "Attachment({name:?}, {mime}, {} bytes)", bytes.len())
    }
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Its type as the sender says.
    pub mime: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// Why bytes are not a mail we can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ParseError {
    /// No header in it.
    #[error("these bytes are not a mail")]
    NotAMail,
    /// Nobody to answer: neither From nor Sender nor Return-Path holds an address.
    #[error("the mail says nowhere who sent it")]
    NoSender,
}

/// Reads a mail.
pub fn parse(raw: &[u8]) -> Result<Incoming, ParseError> {
    let mail = MessageParser::default().parse(raw).ok_or(ParseError::NotAMail)?;
    if mail.headers().is_empty() {
        return Err(ParseError::NotAMail);
    }
    let headers = Headers::of(&mail);
    let from = sender(&mail, &headers).ok_or(ParseError::NoSender)?;
    let subject = one_line(mail.subject().unwrap_or_default());
    let message_id = headers.ids("message-id").into_iter().next().unwrap_or_else(|| made_up_id(raw));
    let text = body(&mail, raw);
    let fresh = quoted::fresh(&text, threading::is_forward(&subject));
    let (attachments, left_out) = attachments(&mail, raw);
    let evidence = loops::Evidence {
        mail: &mail,
        headers: &headers,
        from: &from,
        subject: &subject,
        message_id: &message_id,
        text: &text,
    };
    let (origin, unmarked) = (loops::origin(&evidence), loops::unmarked(&evidence));
    Ok(Incoming {
        reply_to: contacts(mail.reply_to()),
        to: mail.all_to().flat_map(|list| contacts(Some(list))).collect(),
        cc: contacts(mail.cc()),
        delivered_to: delivered_to(&headers),
        date: mail.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        in_reply_to: headers.ids("in-reply-to"),
        references: headers.ids("references"),
        no_automatic_answer: loops::asks_for_no_automatic_answer(&headers),
        message_id,
        from,
        subject,
        text,
        fresh,
        attachments,
        left_out,
        origin,
        unmarked,
        too_large: headers.too_large(),
    })
}

/// The headers of a mail of `size` bytes that was too large to fetch whole, as [`parse`] knows them again.
pub fn headers_only(headers: &[u8], size: u32) -> Vec<u8> {
    let mut raw = format!("{TOO_LARGE}: {size}\r\n").into_bytes();
    raw.extend_from_slice(headers);
    raw
}

/// The header fields as written, unfolded, names in lower case.
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    fn of(mail: &Message<'_>) -> Self {
        Self(mail.headers_raw().map(|(name, value)| (name.trim().to_lowercase(), one_line(value))).collect())
    }

    /// Every value of the field called `name` (in lower case), in order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of the field called `name` (in lower case).
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field's name begins so (in lower case).
    pub(super) fn any_named(&self, start: &str) -> bool {
        self.0.iter().any(|(field, _)| field.starts_with(start))
    }

    /// What [`headers_only`] put first: only there, since a sender may write it further down.
    fn too_large(&self) -> Option<u64> {
        let (name, value) = self.0.first()?;
        name.eq_ignore_ascii_case(TOO_LARGE).then(|| value.parse().ok())?
    }

    /// The message ids in the field called `name`, without angle brackets; also of programs that forget them.
    fn ids(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(ids_of).collect()
    }
}

/// The ids in a header value: what stands in angle brackets, or else each word.
pub(super) fn ids_of(value: &str) -> Vec<String> {
    let mut ids: Vec<String> = value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(id, _)| tidy_id(id))
        .collect();
    if ids.is_empty() {
        ids =
            value.split([' ', ',', '<', '>']).filter(|word| word.contains('@')).filter_map(tidy_id).collect();
    }
    ids
}

/// An id without blanks; a very long one (indexes have limits) is shortened to its hash.
fn tidy_id(id: &str) -> Option<String> {
    let tidy: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match tidy.len() {
        0 => None,
        1..=512 => Some(tidy),
        _ => Some(made_up_id(tidy.as_bytes())),
    }
}

fn made_up_id(bytes: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, bytes);
    let hex: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@no-message-id.invalid")
}

/// `text` on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sender(mail: &Message<'_>, headers: &Headers) -> Option<Contact> {
    let return_path = || headers.first("return-path").and_then(|path| ids_of(path).into_iter().next());
    contacts(mail.from())
        .into_iter()
        .chain(contacts(mail.sender()))
        .next()
        .or_else(|| return_path().map(Contact::address))
}

fn contacts(list: Option<&Address<'_>>) -> Vec<Contact> {
    let Some(list) = list else { return Vec::new() };
    list.iter()
        .filter_map(|addr| {
            let address = one_line(addr.address.as_deref()?);
            let name = addr.name.as_deref().map(one_line).filter(|name| !name.is_empty() && *name != address);
            (!address.is_empty()).then_some(Contact { name, address })
        })
        .collect()
}

fn delivered_to(headers: &Headers) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"] {
        for value in headers.all(name) {
            for word in value.split([',', ' ', '<', '>']).filter(|word| word.contains('@')) {
                if !found.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                    found.push(word.to_owned());
                }
            }
        }
    }
    found
}

/// The text of a mail: its plain parts, or its HTML made readable where the plain ones are blank.
fn body(mail: &Message<'_>, raw: &[u8]) -> String {
    let not_blank = |text: &String| !text.trim().is_empty();
    let text = Some(joined(mail, &mail.text_body))
        .filter(not_blank)
        .or_else(|| Some(joined(mail, &mail.html_body)).filter(not_blank))
        .or_else(|| before_the_parts(mail, raw))
        .unwrap_or_default();
    shortened(text.trim().to_owned())
}

/// What stands before the first part of a mail in parts. Nothing of meaning should; some programs put
/// the whole text there all the same, and a visitor's words are not to be lost.
fn before_the_parts(mail: &Message<'_>, raw: &[u8]) -> Option<String> {
    let boundary = mail.content_type()?.attribute("boundary")?;
    let body = raw.get(mail.root_part().raw_body_offset() as usize..)?;
    let text = String::from_utf8_lossy(body);
    let (before, _) = text.split_once(&format!("--{boundary}"))?;
    let before = tidy_text(before);
    let usual = before.trim().to_lowercase().starts_with("this is a multi") || before.contains("MIME");
    (!usual && !before.trim().is_empty()).then_some(before)
}

fn joined(mail: &Message<'_>, parts: &[u32]) -> String {
    let texts = parts.iter().filter_map(|id| mail.part(*id)).filter_map(|part| match &part.body {
        PartType::Text(text) => Some(tidy_text(&unflowed(part, text))),
        PartType::Html(html) => Some(tidy_text(&html::to_text(html))),
        _ => None,
    });
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn shortened(mut text: String) -> String {
    if text.len() > TEXT_BYTES {
        text.truncate(text.floor_char_boundary(TEXT_BYTES));
        text.push_str(CUT);
    }
    text
}

/// Line breaks as `\n`, no control characters, no blanks at line ends (but `-- ` stays what it is).
fn tidy_text(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let lines = unified.split('\n').map(|line| {
        let kept: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        if kept == "-- " { kept } else { kept.trim_end().to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Joins the lines that the sender's program broke only for width (`format=flowed`, RFC 3676).
fn unflowed(part: &MessagePart<'_>, text: &str) -> String {
    let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
    if !attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
        return text.to_owned();
    }
    let drop_space = attribute("delsp").is_some_and(|yes| yes.eq_ignore_ascii_case("yes"));
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None; // the quote depth of a line that goes on
    for line in text.lines() {
        let depth = line.chars().take_while(|c| *c == '>').count();
        let inner = &line[depth..];
        let inner = inner.strip_prefix(' ').unwrap_or(inner);
        let signature = inner == "-- ";
        if open != Some(depth) || signature {
            if !out.is_empty() {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&">".repeat(depth));
                out.push(' ');
            }
        }
        let flows = inner.ends_with(' ') && !signature;
        out.push_str(if flows && drop_space { inner.trim_end_matches(' ') } else { inner });
        open = flows.then_some(depth);
    }
    out
}

fn attachments(mail: &Message<'_>, raw: &[u8]) -> (Vec<Attachment>, Vec<LeftOut>) {
    let (mut taken, mut left_out) = (Vec::<Attachment>::new(), Vec::new());
    let mut total = 0_usize;
    for (place, part) in mail.attachments().enumerate() {
        let bytes = contents(part, raw);
        if bytes.is_empty() && part.attachment_name().is_none() {
            continue;
        }
        let mime = mime(part);
        let name = file_name(part, place, &mime);
        if taken.len() >= ATTACHED_FILES || total.saturating_add(bytes.len()) > ATTACHED_BYTES {
            left_out.push(LeftOut { name, mime, bytes: bytes.len() });
            continue;
        }
        total += bytes.len();
        let content_id = part.content_id().map(one_line).filter(|id| !id.is_empty());
        taken.push(Attachment { name, mime, content_id, bytes: bytes.to_vec() });
    }
    (taken, left_out)
}

/// What the part holds; of a mail within the mail, that mail's bytes.
fn contents<'a>(part: &'a MessagePart<'_>, raw: &'a [u8]) -> &'a [u8] {
    match &part.body {
        PartType::Message(inner) => {
            let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
            let whole = part.encoding == mail_parser::Encoding::None;
            if whole { raw.get(range).unwrap_or_default() } else { inner.raw_message() }
        }
        PartType::Multipart(_) => &[],
        _ => part.contents(),
    }
}

fn mime(part: &MessagePart<'_>) -> String {
    let said = part.content_type().map(|kind| {
        let subtype = kind.subtype().unwrap_or("octet-stream");
        one_line(&format!("{}/{}", kind.ctype(), subtype)).to_lowercase()
    });
    said.filter(|mime| is_mime(mime)).unwrap_or_else(|| match part.body {
        PartType::Text(_) => "text/plain".to_owned(),
        PartType::Html(_) => "text/html".to_owned(),
        PartType::Message(_) => "message/rfc822".to_owned(),
        _ => "application/octet-stream".to_owned(),
    })
}

/// Whether it has the form of a type and may stand in a header again.
fn is_mime(mime: &str) -> bool {
    let token = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    mime.len() <= 100 && mime.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

fn file_name(part: &MessagePart<'_>, place: usize, mime: &str) -> String {
    let said = part.attachment_name().map(one_line).unwrap_or_default();
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !is_direction_mark(*c)).take(150).collect();
    let kept = kept.trim().trim_start_matches('.').to_owned();
    if !kept.is_empty() {
        return kept;
    }
    let ending = match mime {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "message/rfc822" => ".eml",
        _ => "",
    };
    format!("attachment-{}{ending}", place + 1)
}

/// Marks that turn the text after them, so that `photo…gpj.exe` is shown as `photoexe.jpg`.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text of a part's own header, for parts that are mails.
pub(super) fn inner_message_id(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Message(inner) => inner
            .header_raw(HeaderName::MessageId)
            .and_then(|value| ids_of(&one_line(value)).into_iter().next()),
        _ => None,
    }
}

#[cfg(test)]
#[path = "inbound_tests.rs"]
mod tests;
