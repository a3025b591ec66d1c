//! Who wrote a mail: a person, a machine, a mail server returning ours, or ourselves.
//!
//! A machine is never answered, never rings anybody and never reopens a conversation (RFC 3834): two
//! machines that answer each other send thousands of mails in a night. The other mistake is as bad, a
//! visitor taken for a machine and never answered; so a mark must be one that people's mails do not bear.

use domain::MessageId;
use mail_parser::{Message, MimeHeaders, PartType};

use super::{
    Contact, Incoming, OWN_MARK,
    inbound::{Headers, ids_of, inner_message_id},
    threading,
};

/// Who or what wrote a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person, as far as one can tell.
    Person,
    /// We did; it came back to a mailbox we read.
    Own {
        /// The message it carries.
        message: MessageId,
    },
    /// A machine: keep it, but do not answer, ring or reopen.
    Automatic(Automatic),
    /// A mail server says what became of a mail of ours.
    Bounce(Bounce),
}

/// How one can tell that a machine wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// `Auto-Submitted` is there and not `no`.
    AutoSubmitted,
    /// `Precedence` is bulk, junk, list or auto_reply.
    Precedence,
    /// A mailing list or newsletter (`List-…`).
    List,
    /// A header that only responders write (`X-Autoreply` and its kin).
    Autoresponder,
    /// The envelope has no sender, so that nobody can be told.
    EmptyReturnPath,
    /// From a mail server's own address.
    MailServer,
    /// The subject is one that responders write.
    Subject,
    /// Says that a mail was read, or delivered.
    Receipt,
}

/// What a mail server says about a mail of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Which mail, by its Message-ID without angle brackets.
    pub original_message_id: Option<String>,
    /// The status of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// Whether the server has given up; if not, it is late and still trying.
    pub permanent: bool,
    /// The address that could not be reached.
    pub recipient: Option<String>,
    /// What the other server said, in its words.
    pub said: Option<String>,
}

/// Why a mail gets no automatic answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// No person wrote it.
    NotAPerson,
    /// The sender asks for none.
    NotWanted,
    /// The answer would go to one of our own addresses.
    OurOwnAddress,
    /// The answer would go to an address that nobody reads.
    NobodyThere,
}

/// To whom an automatic answer may go, if one may: only to a person, never to one of `ours`.
///
/// That each sender gets at most one a day and mailbox is for the caller to see to; it takes a memory.
pub fn automatic_answer<'a>(mail: &'a Incoming, ours: &[&str]) -> Result<&'a Contact, Silence> {
    let to = mail.answer_to();
    if mail.origin != Origin::Person {
        return Err(Silence::NotAPerson);
    }
    if mail.no_automatic_answer {
        return Err(Silence::NotWanted);
    }
    if is_one_of(to, ours) || is_one_of(&mail.from, ours) {
        return Err(Silence::OurOwnAddress);
    }
    if is_unread(&to.address) {
        return Err(Silence::NobodyThere);
    }
    Ok(to)
}

/// Whether `who` is one of our own addresses, with or without a `+token`.
pub fn is_one_of(who: &Contact, ours: &[&str]) -> bool {
    let bare = threading::without_token(&who.address);
    ours.iter().any(|own| who.same_address(own) || Contact::address(bare.as_str()).same_address(own))
}

/// `no-reply@…` and mail servers' own addresses.
fn is_unread(address: &str) -> bool {
    let local = local_part(address).replace(['-', '_', '.'], "");
    ["noreply", "donotreply", "nepasrepondre", "nepasrépondre"].iter().any(|word| local.starts_with(word))
        || is_mail_server(address)
}

fn is_mail_server(address: &str) -> bool {
    matches!(local_part(address).as_str(), "mailer-daemon" | "mailerdaemon" | "postmaster" | "mail-daemon")
}

fn local_part(address: &str) -> String {
    address.split('@').next().unwrap_or_default().trim_matches(['"', ' ']).to_lowercase()
}

/// What [`origin`] judges by.
pub(super) struct Evidence<'a> {
    pub(super) mail: &'a Message<'a>,
    pub(super) headers: &'a Headers,
    pub(super) from: &'a Contact,
    pub(super) subject: &'a str,
    pub(super) message_id: &'a str,
    pub(super) text: &'a str,
}

/// Who wrote it. Our own mark first: a mail of ours is ours whatever else it says.
pub(super) fn origin(mail: &Evidence<'_>) -> Origin {
    if let Some(message) = own(mail) {
        return Origin::Own { message };
    }
    unmarked(mail)
}

/// Who wrote it, our own mark left aside.
pub(super) fn unmarked(mail: &Evidence<'_>) -> Origin {
    match report(mail) {
        Some(Report::Failure(bounce)) => return Origin::Bounce(bounce),
        Some(Report::Receipt) => return Origin::Automatic(Automatic::Receipt),
        None => {}
    }
    if let Some(bounce) = plain_bounce(mail) {
        return Origin::Bounce(bounce);
    }
    automatic(mail).map_or(Origin::Person, Origin::Automatic)
}

fn own(mail: &Evidence<'_>) -> Option<MessageId> {
    let mark = mail.headers.first(&OWN_MARK.to_lowercase()).and_then(|value| value.parse().ok());
    mark.or_else(|| threading::own_ids(mail.message_id).map(|ids| ids.message))
}

fn automatic(mail: &Evidence<'_>) -> Option<Automatic> {
    let headers = mail.headers;
    let word = |name: &str| headers.first(name).map(|value| first_word(value).to_lowercase());
    if word("auto-submitted").is_some_and(|value| value != "no") {
        return Some(Automatic::AutoSubmitted);
    }
    if word("precedence")
        .is_some_and(|value| ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&&*value))
    {
        return Some(Automatic::Precedence);
    }
    if headers.any_named("list-") {
        return Some(Automatic::List);
    }
    let responder = |name: &&str| word(name).is_some_and(|value| !["no", "false", "0"].contains(&&*value));
    if RESPONDERS.iter().any(responder) {
        return Some(Automatic::Autoresponder);
    }
    if headers.first("return-path").is_some_and(|path| path.replace(' ', "") == "<>") {
        return Some(Automatic::EmptyReturnPath);
    }
    if is_mail_server(&mail.from.address) {
        return Some(Automatic::MailServer);
    }
    is_responders_subject(mail.subject).then_some(Automatic::Subject)
}

/// Headers that only responders write.
const RESPONDERS: [&str; 7] = [
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autogenerated",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-autoreply-from",
];

fn first_word(value: &str) -> &str {
    value.split([';', ' ', '(', ',']).find(|word| !word.is_empty()).unwrap_or_default()
}

/// `X-Auto-Response-Suppress` with a value that means automatic answers (the others mean receipts).
pub(super) fn asks_for_no_automatic_answer(headers: &Headers) -> bool {
    headers.all("x-auto-response-suppress").any(|value| {
        value.split([',', ' ', ';']).any(|word| {
            let word = word.trim().to_lowercase();
            matches!(word.as_str(), "all" | "oof" | "autoreply")
        })
    })
}

/// Phrases that begin a responder's subject, whatever follows as a new word.
const PLAIN_PHRASES: [&str; 14] = [
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "automated reply",
    "réponse automatique",
    "reponse automatique",
    "abwesenheitsnotiz",
    "automatische antwort",
    "risposta automatica",
    "respuesta automática",
    "respuesta automatica",
    "resposta automática",
    "automatisch antwoord",
];

/// Phrases that also begin what people write ("Out of office hours, is the castle open?"): they count
/// only alone or before a colon, a dash, a bracket or a reply mark.
const PHRASES_BEFORE_A_MARK: [&str; 13] = [
    "out of office",
    "out of the office",
    "ooo",
    "oof",
    "abwesenheit",
    "abwesend",
    "absence du bureau",
    "message d'absence",
    "notification d'absence",
    "absent du bureau",
    "fuori ufficio",
    "fuera de la oficina",
    "afwezig",
];

fn is_responders_subject(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase().replace('’', "'");
    let after = |phrase: &&str| subject.strip_prefix(*phrase).map(str::to_owned);
    let new_word = |rest: String| !rest.starts_with(char::is_alphanumeric);
    let mark = |rest: String| {
        let rest = rest.trim_start();
        rest.is_empty()
            || rest.starts_with([':', '-', '–', '—', '(', '[', '：'])
            || ["re:", "aw:", "autoreply", "auto-reply", "reply", "message"]
                .iter()
                .any(|word| rest.starts_with(word))
    };
    PLAIN_PHRASES.iter().filter_map(after).any(new_word)
        || PHRASES_BEFORE_A_MARK.iter().filter_map(after).any(mark)
}

enum Report {
    Failure(Bounce),
    Receipt,
}

/// Reads a `multipart/report` (RFC 6522): of delivery (RFC 3464) or of reading (RFC 8098).
fn report(mail: &Evidence<'_>) -> Option<Report> {
    let kind = mail.mail.content_type()?;
    if !mail.mail.is_content_type("multipart", "report") {
        return None;
    }
    let status = mail.mail.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status")
            || part.is_content_type("message", "global-delivery-status")
    });
    let Some(status) = status else {
        let about = kind.attribute("report-type").unwrap_or_default().to_lowercase();
        return (about == "disposition-notification").then_some(Report::Receipt);
    };
    let fields = String::from_utf8_lossy(status.contents()).into_owned();
    let field = |name: &str| report_field(&fields, name);
    let action = field("action").map(|action| first_word(&action).to_lowercase()).unwrap_or_default();
    if ["delivered", "relayed", "expanded"].contains(&action.as_str()) {
        return Some(Report::Receipt);
    }
    let status = field("status").map(|status| first_word(&status).to_owned());
    let permanent = match action.as_str() {
        "failed" => true,
        "delayed" => false,
        _ => status.as_deref().is_none_or(|status| status.starts_with('5')),
    };
    Some(Report::Failure(Bounce {
        original_message_id: original_id(mail),
        permanent,
        recipient: field("original-recipient")
            .or_else(|| field("final-recipient"))
            .map(|value| after_type(&value)),
        said: field("diagnostic-code").map(|value| after_type(&value)),
        status,
    }))
}

/// A field of a report, its folded lines joined; the last one given, which is the recipient's.
fn report_field(fields: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let mut inside = false;
    for line in fields.lines() {
        if line.starts_with([' ', '\t']) {
            if let (true, Some(value)) = (inside, found.as_mut()) {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        inside = line.split_once(':').is_some_and(|(field, _)| field.trim().eq_ignore_ascii_case(name));
        if inside && let Some((_, value)) = line.split_once(':') {
            found = Some(super::inbound::one_line(value));
        }
    }
    found.filter(|value| !value.is_empty())
}

/// `rfc822; ana@example.org` without its type.
fn after_type(value: &str) -> String {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned()
}

/// The Message-ID of the mail that came back: in the returned mail or its returned headers; or else
/// one of ours anywhere in the text, since some servers return only words.
fn original_id(mail: &Evidence<'_>) -> Option<String> {
    let returned = mail.mail.parts.iter().find_map(|part| {
        inner_message_id(part).or_else(|| {
            let headers = part.is_content_type("text", "rfc822-headers")
                || part.is_content_type("message", "global-headers");
            headers
                .then(|| report_field(&String::from_utf8_lossy(part.contents()), "message-id"))
                .flatten()
                .and_then(|value| ids_of(&value).into_iter().next())
        })
    });
    returned.or_else(|| own_id_in(mail))
}

fn own_id_in(mail: &Evidence<'_>) -> Option<String> {
    let attached = mail.mail.parts.iter().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    std::iter::once(mail.text).chain(attached).find_map(threading::own_id_within)
}

/// Some mail servers report in words only. It counts as a bounce if one of our own ids is in it.
fn plain_bounce(mail: &Evidence<'_>) -> Option<Bounce> {
    if !is_mail_server(&mail.from.address) {
        return None;
    }
    let original = own_id_in(mail).or_else(|| mail.mail.parts.iter().find_map(inner_message_id))?;
    threading::own_ids(&original)?;
    let status = mail.text.split([' ', '\n', '(', ')', '[', ']', '#', ',', ';']).find(|word| is_status(word));
    Some(Bounce {
        original_message_id: Some(original),
        permanent: status.is_none_or(|status| status.starts_with('5')),
        status: status.map(str::to_owned),
        recipient: None,
        said: None,
    })
}

/// Whether it looks like `5.1.1`.
fn is_status(word: &str) -> bool {
    let mut numbers = word.split('.');
    let class = numbers.next();
    let rest: Vec<&str> = numbers.collect();
    matches!(class, Some("4" | "5"))
        && rest.len() == 2
        && rest.iter().all(|n| (1..=3).contains(&n.len()) && n.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
#[path = "loops_tests.rs"]
mod tests;
