//! A mail: threaded, told apart from machines' mails, its files kept.

use channels::email::{
    self, Incoming,
    loops::{self, Bounce, Origin},
    threading::{self, Hint},
};
use chrono::Duration;
use domain::{ChannelKind, ConversationStatus, Delivery, Direction, MessageId, VisitorId};
use storage::{
    Tx,
    arrivals::Arrival,
    attachments::{self, Attachment},
    channel_accounts::{self, ChannelAccount},
    conversations::{self, Conversation},
    messages::{self, Message},
    organisations,
    scope::Home,
    visitors::{self, Visitor},
};

use super::{Outcome, language_of, now_waits, opened, snippet};
use crate::{
    App, Error,
    desk::{deliver::brought_back, topics},
};

/// A mail under the same subject continues a conversation so long after its last message, if it
/// calls itself an answer.
const SUBJECT_ANSWERS: Duration = Duration::days(30);
/// And so long if it does not.
const SUBJECT_REPEATS: Duration = Duration::days(3);

/// Puts it where it belongs. `ours` are all mailboxes of the house: none of
/// them is ever answered by itself.
pub(super) async fn take_in(
    app: &App,
    account: &ChannelAccount,
    arrival: &Arrival,
    ours: &[ChannelAccount],
) -> Result<Outcome, Error> {
    let mut mail = match email::parse(arrival.raw.as_deref().unwrap_or_default()) {
        Ok(mail) => mail,
        Err(error) => return Ok(Outcome::Unreadable(error.to_string())),
    };
    let mut marked = false;
    if let Origin::Own { message } = mail.origin {
        if is_ours(app, account, message, &mail).await? {
            // Our own mail came back to us; we have it already.
            return Ok(Outcome::Noted);
        }
        // Somebody else's mail with our mark: it is read as if it had none, and no machine answers it.
        marked = true;
        mail.origin = mail.unmarked.clone();
    }
    if let Origin::Bounce(bounce) = &mail.origin
        && bounced(app, account, bounce, &mail).await?
    {
        return Ok(Outcome::Noted);
    }
    let ours: Vec<&str> = ours.iter().map(|account| account.address.as_str()).collect();
    let may_answer = !marked && loops::automatic_answer(&mail, &ours).is_ok();
    keep(app, account, arrival, &mail, may_answer).await
}

/// Whether it is a mail that this mailbox sent. A header alone proves nothing: the message must be there.
async fn is_ours(
    app: &App,
    account: &ChannelAccount,
    message: MessageId,
    mail: &Incoming,
) -> Result<bool, Error> {
    if !loops::is_one_of(&mail.from, &[account.address.as_str()]) {
        return Ok(false);
    }
    let tx = app.read(Home(account.organisation)).await?;
    let sent = messages::one(&tx, message).await?;
    Ok(sent.is_some_and(|sent| matches!(sent.direction, Direction::Out | Direction::Automatic)))
}

/// A mail server could not deliver what we sent: the message says so where it was written. False if it
/// is about nothing of ours.
async fn bounced(
    app: &App,
    account: &ChannelAccount,
    bounce: &Bounce,
    mail: &Incoming,
) -> Result<bool, Error> {
    let tx = app.write(Home(account.organisation)).await?;
    for hint in threading::thread_hint(mail) {
        let Hint::Ours(ids) = hint else { continue };
        let Some(mut conversation) = conversations::hold(&tx, ids.conversation).await? else { continue };
        let Some(message) = messages::one(&tx, ids.message).await? else { continue };
        if message.conversation != conversation.id {
            continue;
        }
        if !bounce.permanent {
            // It is late and still being tried; the server will tell if it gives up.
            return Ok(true);
        }
        let failed = Delivery::Failed { because: because(bounce) };
        if message.delivery != failed
            && messages::deliver(&tx, message.id, &message.delivery, &failed).await?
        {
            brought_back(&mut conversation, tx.now());
            conversations::save(&tx, &mut conversation).await?;
            topics::changed(&tx, &conversation);
            tx.commit().await?;
        }
        return Ok(true);
    }
    Ok(false)
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
    may_answer: bool,
) -> Result<Outcome, Error> {
    let tx = app.write(Home(account.organisation)).await?;
    // Two mails of one sender must not make two visitors.
    channel_accounts::hold(&tx, account.id).await?;
    // A form of the office's own site writes as the office, for whoever it names in Reply-To.
    let by_person =
        mail.origin == Origin::Person && !loops::is_one_of(mail.answer_to(), &[account.address.as_str()]);
    let may_answer = by_person && may_answer;
    let address = mail.answer_to().address.trim().to_lowercase();
    let known = visitors::who_mails(&tx, account.organisation, &address).await?;
    let thread = thread(&tx, account, mail, (known.as_ref(), &address)).await?;
    let begins = thread.is_none();
    let mut conversation = match thread {
        Some(thread) => conversations::hold(&tx, thread.id).await?.unwrap_or(thread),
        None => {
            let visitor = match &known {
                Some(known) => known.id,
                None => add_visitor(&tx, account, arrival, (mail, &address)).await?,
            };
            open(&tx, account, arrival, mail, (visitor, by_person)).await?
        }
    };
    let body = body(&tx, account, mail).await?;
    let message = message(account, arrival, mail, &conversation, (&body, may_answer));
    if messages::add(&tx, &message).await? {
        keep_files(app, &tx, &message, mail).await?;
        if by_person {
            let before = conversation.language.or(known.and_then(|known| known.language));
            conversation.language = language_of(&mail.fresh).or(before);
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

/// Who wrote: whoever an answer would reach. Whoever writes mails is never the same visitor as somebody
/// in a chat: there one may claim any address, and the answers to mails must not follow such a claim.
async fn add_visitor(
    tx: &Tx<Home>,
    account: &ChannelAccount,
    arrival: &Arrival,
    (mail, address): (&Incoming, &str),
) -> Result<VisitorId, Error> {
    let visitor = Visitor {
        id: arrival.id.0.into(),
        organisation: account.organisation,
        name: mail.answer_to().name.clone().or_else(|| mail.from.name.clone()),
        email: Some(address.to_owned()),
        language: language_of(&mail.fresh),
        came_from: None,
        created_at: arrival.received_at,
    };
    visitors::add(tx, &visitor).await?;
    Ok(visitor.id)
}

/// The conversation it continues. Anybody may write any header: it must be one of this visitor's. Of a
/// chat, whoever answers what we mailed to the address left there: only that mail says which it is.
async fn thread(
    tx: &Tx<Home>,
    account: &ChannelAccount,
    mail: &Incoming,
    (known, address): (Option<&Visitor>, &str),
) -> Result<Option<Conversation>, Error> {
    for hint in threading::thread_hint(mail) {
        let answers_ours = matches!(hint, Hint::Ours(_) | Hint::ReplyAddress(_));
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
            Hint::SameSubject { subject, is_reply, .. } => match known {
                Some(known) => same_subject(tx, known.id, &subject, is_reply).await?,
                None => None,
            },
        };
        let Some(found) = found else { continue };
        let theirs = known.is_some_and(|known| known.id == found.visitor);
        if theirs || (answers_ours && has_address(tx, found.visitor, address).await?) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn has_address(tx: &Tx<Home>, visitor: VisitorId, address: &str) -> Result<bool, Error> {
    let visitor = visitors::one(tx, visitor).await?;
    Ok(visitor.is_some_and(|visitor| visitor.email.as_deref() == Some(address)))
}

async fn same_subject(
    tx: &Tx<Home>,
    visitor: VisitorId,
    subject: &str,
    is_reply: bool,
) -> Result<Option<Conversation>, Error> {
    let recent = tx.now() - if is_reply { SUBJECT_ANSWERS } else { SUBJECT_REPEATS };
    let theirs = conversations::of_visitor(tx, visitor).await?;
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
    (visitor, by_person): (VisitorId, bool),
) -> Result<Conversation, Error> {
    let opened = Conversation {
        subject: Some(mail.subject.clone()).filter(|subject| !subject.is_empty()),
        // What a machine sends waits for nobody.
        status: if by_person { ConversationStatus::Waiting } else { ConversationStatus::Done },
        ..opened(account, arrival, visitor)
    };
    conversations::add(tx, &opened).await?;
    Ok(opened)
}

/// The text, with what was too large to keep, in words of the office's language.
async fn body(tx: &Tx<Home>, account: &ChannelAccount, mail: &Incoming) -> Result<String, Error> {
    let Some(bytes) = mail.too_large else { return Ok(text(mail)) };
    let office = organisations::get(tx, account.organisation).await?.ok_or(Error::NotFound("office"))?;
    let said = views::mail::too_large(office.language, bytes.div_ceil(1024 * 1024));
    Ok(if mail.subject.is_empty() { said } else { format!("{}\n\n{said}", mail.subject) })
}

/// The text, with the names of files that were too large to keep.
fn text(mail: &Incoming) -> String {
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
    (body, may_answer): (&str, bool),
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
        client_key: Some(key(&mail.message_id, may_answer)),
    }
}

/// What begins the key of every mail that came in.
const MAIL: &str = "mail/";
/// And that of one that no machine may answer.
const QUIET: &str = "mail/quiet/";

/// The key of a mail that came in: known again by its id, and whether a machine may answer it.
fn key(message_id: &str, may_answer: bool) -> String {
    format!("{}{message_id}", if may_answer { MAIL } else { QUIET })
}

/// Whether a message came by mail.
pub(in crate::desk) fn came_by_mail(message: &Message) -> bool {
    message.client_key.as_deref().is_some_and(|key| key.starts_with(MAIL))
}

/// Whether the house may answer a visitor's message by itself.
pub(in crate::desk) fn may_be_answered_by_itself(message: &Message) -> bool {
    !message.client_key.as_deref().is_some_and(|key| key.starts_with(QUIET))
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
