//! A mail: threaded, told apart from machines' mails, its files kept.

use channels::email::{
    self, Incoming,
    loops::{self, Bounce, Origin},
    threading::{self, Hint},
};
use chrono::Duration;
use domain::{ChannelKind, ConversationStatus, Delivery, Direction};
use storage::{
    Tx,
    arrivals::Arrival,
    attachments::{self, Attachment},
    channel_accounts::{self, ChannelAccount},
    conversations::{self, Conversation},
    messages::{self, Message},
    scope::Home,
    visitors::{self, Visitor},
};

use super::{Outcome, language_of, now_waits, opened, snippet};
use crate::{App, Error, desk::topics};

/// A mail under the same subject continues a conversation so long after its last message, if it
/// calls itself an answer.
const SUBJECT_ANSWERS: Duration = Duration::days(30);
/// And so long if it does not.
const SUBJECT_REPEATS: Duration = Duration::days(3);

/// Puts it where it belongs. `ours` are all mailboxes of the house.
pub(super) async fn take_in(
    app: &App,
    account: &ChannelAccount,
    arrival: &Arrival,
    ours: &[ChannelAccount],
) -> Result<Outcome, Error> {
    let mail = match email::parse(arrival.raw.as_deref().unwrap_or_default()) {
        Ok(mail) => mail,
        Err(error) => return Ok(Outcome::Unreadable(error.to_string())),
    };
    match &mail.origin {
        // Our own mail came back to us; we have it already.
        Origin::Own { .. } => Ok(Outcome::Noted),
        Origin::Bounce(bounce) => bounced(app, account, bounce, &mail).await,
        Origin::Person | Origin::Automatic(_) => {
            let ours: Vec<&str> = ours.iter().map(|account| account.address.as_str()).collect();
            keep(app, account, arrival, &mail, &ours).await
        }
    }
}

/// A mail server could not deliver what we sent: the message says so where it was written.
async fn bounced(
    app: &App,
    account: &ChannelAccount,
    bounce: &Bounce,
    mail: &Incoming,
) -> Result<Outcome, Error> {
    if !bounce.permanent {
        // It is late and still being tried; the server will tell if it gives up.
        return Ok(Outcome::Noted);
    }
    let tx = app.write(Home(account.organisation)).await?;
    for hint in threading::thread_hint(mail) {
        let Hint::Ours(ids) = hint else { continue };
        let Some(mut conversation) = conversations::hold(&tx, ids.conversation).await? else { continue };
        let Some(message) = messages::one(&tx, ids.message).await? else { continue };
        if message.conversation != conversation.id {
            continue;
        }
        let failed = Delivery::Failed { because: because(bounce) };
        if message.delivery != failed
            && messages::deliver(&tx, message.id, &message.delivery, &failed).await?
        {
            conversations::save(&tx, &mut conversation).await?;
            topics::changed(&tx, &conversation);
            tx.commit().await?;
        }
        return Ok(Outcome::Noted);
    }
    Ok(Outcome::Noted)
}

fn because(bounce: &Bounce) -> String {
    let said = bounce.said.clone().or_else(|| bounce.status.clone());
    match (&bounce.recipient, said) {
        (Some(recipient), Some(said)) => format!("{recipient}: {said}"),
        (Some(recipient), None) => recipient.clone(),
        (None, said) => said.unwrap_or_default(),
    }
}

/// A person's mail opens a conversation or continues one, and waits. A machine's is kept beside what
/// it belongs to, and changes nothing.
async fn keep(
    app: &App,
    account: &ChannelAccount,
    arrival: &Arrival,
    mail: &Incoming,
    ours: &[&str],
) -> Result<Outcome, Error> {
    let tx = app.write(Home(account.organisation)).await?;
    // Two mails of one sender must not make two visitors.
    channel_accounts::hold(&tx, account.id).await?;
    let own_address = [account.address.as_str()];
    let by_person = mail.origin == Origin::Person && !loops::is_one_of(&mail.from, &own_address);
    let may_answer = by_person && loops::automatic_answer(mail, ours).is_ok();
    let visitor = visitor(&tx, account, arrival, mail).await?;
    let thread = thread(&tx, account, mail, &visitor).await?;
    let begins = thread.is_none();
    let mut conversation = match thread {
        Some(thread) => conversations::hold(&tx, thread.id).await?.unwrap_or(thread),
        None => open(&tx, account, arrival, mail, (&visitor, by_person)).await?,
    };
    let body = body(mail);
    let message = message(account, arrival, mail, &conversation, &body);
    if messages::add(&tx, &message).await? {
        keep_files(app, &tx, &message, mail).await?;
        if by_person {
            conversation.language = language_of(&body).or(conversation.language).or(visitor.language);
            now_waits(&tx, &mut conversation, arrival, &body).await?;
        } else {
            if begins {
                conversation.snippet = snippet(&body);
            }
            conversations::save(&tx, &mut conversation).await?;
            topics::changed(&tx, &conversation);
        }
        tx.commit().await?;
    }
    let outcome = Outcome::Message { conversation: conversation.id, may_answer };
    Ok(if by_person { outcome } else { Outcome::Noted })
}

/// Who wrote: whoever an answer would reach.
async fn visitor(
    tx: &Tx<Home>,
    account: &ChannelAccount,
    arrival: &Arrival,
    mail: &Incoming,
) -> Result<Visitor, Error> {
    let answer_to = mail.answer_to();
    let address = answer_to.address.trim().to_lowercase();
    if let Some(known) = visitors::by_email(tx, account.organisation, &address).await? {
        return Ok(known);
    }
    let visitor = Visitor {
        id: arrival.id.0.into(),
        organisation: account.organisation,
        name: answer_to.name.clone().or_else(|| mail.from.name.clone()),
        email: Some(address),
        language: language_of(&mail.fresh),
        came_from: None,
        created_at: arrival.received_at,
    };
    visitors::add(tx, &visitor).await?;
    Ok(visitor)
}

/// The conversation it continues. Anybody may write any header: it must be one of this visitor's.
async fn thread(
    tx: &Tx<Home>,
    account: &ChannelAccount,
    mail: &Incoming,
    visitor: &Visitor,
) -> Result<Option<Conversation>, Error> {
    for hint in threading::thread_hint(mail) {
        let found = match hint {
            Hint::Ours(ids) => match messages::one(tx, ids.message).await? {
                Some(message) if message.conversation == ids.conversation => {
                    conversations::one(tx, ids.conversation).await?
                }
                _ => None,
            },
            Hint::ReplyAddress(id) => conversations::one(tx, id).await?,
            Hint::Refers(id) => match messages::by_provider_id(tx, account.organisation, &id).await? {
                Some(message) => conversations::one(tx, message.conversation).await?,
                None => None,
            },
            Hint::SameSubject { subject, is_reply, .. } => {
                same_subject(tx, visitor, &subject, is_reply).await?
            }
        };
        if let Some(found) = found.filter(|found| found.visitor == visitor.id) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn same_subject(
    tx: &Tx<Home>,
    visitor: &Visitor,
    subject: &str,
    is_reply: bool,
) -> Result<Option<Conversation>, Error> {
    let recent = tx.now() - if is_reply { SUBJECT_ANSWERS } else { SUBJECT_REPEATS };
    let theirs = conversations::of_visitor(tx, visitor.id).await?;
    Ok(theirs.into_iter().find(|one| {
        let same = one.subject.as_deref().map(threading::normalised_subject).as_deref() == Some(subject);
        one.channel == ChannelKind::Email && one.last_message_at >= recent && same
    }))
}

async fn open(
    tx: &Tx<Home>,
    account: &ChannelAccount,
    arrival: &Arrival,
    mail: &Incoming,
    (visitor, by_person): (&Visitor, bool),
) -> Result<Conversation, Error> {
    let opened = Conversation {
        subject: Some(mail.subject.clone()).filter(|subject| !subject.is_empty()),
        // What a machine sends waits for nobody.
        status: if by_person { ConversationStatus::Waiting } else { ConversationStatus::Done },
        ..opened(account, arrival, visitor.id)
    };
    conversations::add(tx, &opened).await?;
    Ok(opened)
}

/// The text, with the names of files that were too large to keep.
fn body(mail: &Incoming) -> String {
    let mut body = if mail.fresh.trim().is_empty() { mail.text.trim() } else { mail.fresh.trim() }.to_owned();
    for file in &mail.left_out {
        body.push_str(&format!("\n[{} · {} MB]", file.name, file.bytes.div_ceil(1024 * 1024)));
    }
    if body.is_empty() { mail.subject.clone() } else { body.trim_start().to_owned() }
}

fn message(
    account: &ChannelAccount,
    arrival: &Arrival,
    mail: &Incoming,
    conversation: &Conversation,
    body: &str,
) -> Message {
    Message {
        id: arrival.id.0.into(),
        conversation: conversation.id,
        organisation: account.organisation,
        direction: Direction::In,
        author: None,
        body: body.to_owned(),
        subject: Some(mail.subject.clone()).filter(|subject| !subject.is_empty()),
        provider_id: Some(mail.message_id.clone()),
        in_reply_to: mail.in_reply_to.first().cloned(),
        at: arrival.received_at,
        delivery: Delivery::None,
        read_at: None,
        client_key: Some(format!("mail/{}", mail.message_id)),
    }
}

async fn keep_files(app: &App, tx: &Tx<Home>, message: &Message, mail: &Incoming) -> Result<(), Error> {
    for file in &mail.attachments {
        let kept = Attachment {
            id: app.mint(),
            message: message.id,
            name: file.name.clone(),
            mime: file.mime.clone(),
            size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
        };
        attachments::add(tx, message.organisation, message.conversation, &kept, file.bytes.clone()).await?;
    }
    Ok(())
}
