//! Which conversation a mail continues.
//!
//! Every mail we send bears our ids in its Message-ID, `<message.conversation@domain>`, which mail
//! programs repeat in `In-Reply-To` and `References`; where they do not, the address answered to may
//! hold the conversation (`office+token@domain`). Ids of others help when the visitor writes again
//! before anybody answered; the subject is the last resort.
//!
//! These are hints: anybody may write any header. Whoever uses them checks that the conversation
//! belongs to the mailbox's office, and looks at who wrote.

use domain::{ConversationId, MessageId};

use super::{Contact, Incoming, loops::Origin};

/// What speaks for a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It answers (or, as a bounce, is about) this message of ours.
    Ours(OwnIds),
    /// It was sent to the conversation's own reply address.
    ReplyAddress(ConversationId),
    /// It refers to a mail with this id, perhaps one that came in before.
    Refers(String),
    /// The same sender may have written under the same subject before. Look only at recent conversations.
    SameSubject {
        /// The sender's address, in lower case.
        from: String,
        /// The subject after [`normalised_subject`].
        subject: String,
        /// Whether the mail calls itself an answer (`Re:` and its kin).
        is_reply: bool,
    },
}

/// The ids in a Message-ID of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnIds {
    /// The message that was sent.
    pub message: MessageId,
    /// Its conversation.
    pub conversation: ConversationId,
}

/// The Message-ID of a mail of ours, without angle brackets.
pub fn message_id(ids: OwnIds, domain: &str) -> String {
    format!("{}.{}@{domain}", ids.message, ids.conversation)
}

/// Our ids, if `message_id` (with or without angle brackets) is one of ours.
pub fn own_ids(message_id: &str) -> Option<OwnIds> {
    let (local, domain) = message_id.trim().trim_matches(['<', '>']).split_once('@')?;
    let (message, conversation) = local.split_once('.')?;
    if domain.is_empty() || message.len() != 36 || conversation.len() != 36 {
        return None;
    }
    Some(OwnIds { message: message.parse().ok()?, conversation: conversation.parse().ok()? })
}

/// The first Message-ID of ours within a text.
pub(super) fn own_id_within(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[]\"',;".contains(c));
    words.filter(|word| word.len() > 73 && own_ids(word).is_some()).map(str::to_owned).next()
}

/// The address under which answers to `conversation` come back to the mailbox `address`.
///
/// Only for mailboxes that take `+` addresses; most do, and it is a setting of the mailbox.
pub fn reply_address(address: &str, conversation: ConversationId) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+{}@{domain}", conversation.0.simple()),
        None => address.to_owned(),
    }
}

/// The conversation whose [`reply_address`] this is.
pub fn reply_token(address: &str) -> Option<ConversationId> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.rsplit_once('+')?;
    (token.len() == 32).then(|| token.parse().ok()).flatten()
}

/// `address` without its conversation's token.
pub(super) fn without_token(address: &str) -> String {
    match (reply_token(address), address.rsplit_once('@')) {
        (Some(_), Some((local, domain))) => {
            let (bare, _) = local.rsplit_once('+').unwrap_or((local, ""));
            format!("{bare}@{domain}")
        }
        _ => address.to_owned(),
    }
}

/// What speaks for which conversation, best first.
pub fn thread_hint(mail: &Incoming) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut add = |hint: Hint| {
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    };
    if let Origin::Bounce(bounce) = &mail.origin {
        bounce
            .original_message_id
            .as_deref()
            .and_then(own_ids)
            .map(Hint::Ours)
            .into_iter()
            .for_each(&mut add);
        return hints;
    }
    // The id answered comes first, then the thread from its newest mail back.
    let referred: Vec<&str> =
        mail.in_reply_to.iter().chain(mail.references.iter().rev()).map(String::as_str).collect();
    referred.iter().filter_map(|id| own_ids(id)).map(Hint::Ours).for_each(&mut add);
    let addressed = mail.to.iter().chain(&mail.cc).map(|contact| contact.address.as_str());
    let addressed = addressed.chain(mail.delivered_to.iter().map(String::as_str));
    addressed.filter_map(reply_token).map(Hint::ReplyAddress).for_each(&mut add);
    referred
        .iter()
        .filter(|id| own_ids(id).is_none())
        .map(|id| Hint::Refers((*id).to_owned()))
        .for_each(&mut add);
    same_subject(&mail.from, &mail.subject).into_iter().for_each(&mut add);
    hints
}

fn same_subject(from: &Contact, subject: &str) -> Option<Hint> {
    let normalised = normalised_subject(subject);
    let is_reply = without_prefix(subject.trim().to_lowercase().as_str()).is_some();
    let from = from.address.to_lowercase();
    (!normalised.is_empty()).then_some(Hint::SameSubject { from, subject: normalised, is_reply })
}

/// A subject for comparing: without `Re:`, `AW:`, `TR:`, `Fwd:` and their kin, in lower case, blanks single.
pub fn normalised_subject(subject: &str) -> String {
    let lower = subject.to_lowercase();
    let single = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = single.as_str();
    while let Some(shorter) = without_prefix(rest) {
        rest = shorter;
    }
    rest.to_owned()
}

/// Whether the subject says that the mail passes another one on.
pub fn is_forward(subject: &str) -> bool {
    let lower = subject.trim().to_lowercase();
    let mut rest = lower.as_str();
    while let Some((word, shorter)) = prefix(rest) {
        if FORWARDS.contains(&word) {
            return true;
        }
        rest = shorter;
    }
    false
}

/// What mail programs put before the subject of an answer, in lower case: English and most, French,
/// German, Scandinavian, Dutch, Italian, Spanish and Portuguese, Polish, Turkish, Chinese.
const ANSWERS: [&str; 21] = [
    "re", "ré", "rép", "rep", "ref", "réf", "aw", "antw", "antwort", "sv", "vs", "ang", "r", "rif", "res",
    "odp", "ynt", "回复", "答复", "回覆", "返信",
];

/// The same for a mail passed on.
const FORWARDS: [&str; 14] =
    ["fwd", "fw", "tr", "wg", "wtr", "doorst", "i", "rv", "enc", "pd", "vl", "转发", "轉寄", "転送"];

fn without_prefix(lower: &str) -> Option<&str> {
    prefix(lower).map(|(_, rest)| rest)
}

/// Splits `re[2] : rest` into `re` and `rest`.
fn prefix(lower: &str) -> Option<(&str, &str)> {
    let (head, rest) = lower.split_once([':', '：'])?;
    let head = head.trim();
    let word = head.split(['[', '(']).next().unwrap_or_default().trim_end();
    let count = head[word.len()..].trim_matches(['[', ']', '(', ')', ' ']);
    let known = ANSWERS.contains(&word) || FORWARDS.contains(&word);
    (known && count.chars().all(|c| c.is_ascii_digit())).then(|| (word, rest.trim_start()))
}

#[cfg(test)]
#[path = "threading_tests.rs"]
mod tests;
