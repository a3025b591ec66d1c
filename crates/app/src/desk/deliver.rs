//! Carries an answer to its visitor. The network is asked between two transactions, never within one.
//!
//! Before the first byte goes out, the message is committed as *being sent*. Whoever finds it so
//! later knows that somebody died while the provider was answering: nobody can tell whether it went,
//! so it becomes *unknown* and a person decides. It is never sent again by itself.

use channels::{
    Secret,
    email::{
        Contact, Outgoing,
        smtp::{self, SendError, SmtpAccount},
        threading::{self, OwnIds},
    },
};
use chrono::{DateTime, Duration, Utc};
use domain::{ChannelKind, Delivery, Direction, MessageId, OrganisationId};
use storage::{
    StoreError, Tx,
    channel_accounts::{self, ChannelAccount},
    conversations::{self, Conversation},
    messages::{self, Message},
    organisations, people,
    scope::Home,
    visitors,
};

use super::{accounts::MailSettings, take_in::came_by_mail, topics, words};
use crate::{
    App, Error,
    jobs::{Job, enqueue_at},
};

/// What cannot be sent for so long is given up, in words a person sees.
const GIVE_UP_AFTER: Duration = Duration::hours(24);
/// A page that did not show an answer for so long is taken for closed: it goes by mail too, if the
/// visitor left an address.
const PAGE_CLOSED_AFTER: Duration = Duration::minutes(5);
/// The try that looks whether a page showed an answer.
const BY_MAIL_INSTEAD: i64 = 1;

/// How often it is tried to note what became of an answer, and how long between: a minute and more, as
/// long as a database takes to start again or another one to take its place.
const TRIES_TO_NOTE: u32 = 60;
const BETWEEN_NOTES: std::time::Duration = std::time::Duration::from_secs(1);

/// What is to be done for a message.
enum Way {
    /// Nothing (any more).
    Nothing,
    /// The page shows it by itself.
    Page,
    /// By mail.
    Mail(Box<Parcel>),
}

/// A mail and the account it leaves through.
struct Parcel {
    account: SmtpAccount,
    mail: Outgoing,
}

/// Sends a message that waits. Harmless if it was sent already.
///
/// # Errors
/// If the provider could not be reached and it is worth trying again, or the database fails.
pub async fn deliver(
    app: &App,
    organisation: OrganisationId,
    message: MessageId,
    again: i64,
) -> Result<(), Error> {
    let parcel = match begin(app, organisation, message, again).await? {
        Way::Nothing | Way::Page => return Ok(()),
        Way::Mail(parcel) => parcel,
    };
    let outcome = smtp::send(&parcel.account, &parcel.mail).await.map(drop);
    // What is known now nobody can find out later: a database that is away for a while is waited for.
    let mut tries = TRIES_TO_NOTE;
    loop {
        match end(app, organisation, message, again, outcome.clone()).await {
            Err(Error::Store(error @ StoreError::Database { .. })) if tries > 0 => {
                tracing::warn!(%message, %error, "could not note what became of an answer, trying again");
                tries -= 1;
                tokio::time::sleep(BETWEEN_NOTES).await;
            }
            other => return other,
        }
    }
}

/// Nothing will send this message any more: whoever wrote it sees why, and may send it again. What was
/// perhaps sent stays unknown.
///
/// # Errors
/// If the database fails.
pub(crate) async fn give_up(
    app: &App,
    organisation: OrganisationId,
    id: MessageId,
    because: &str,
) -> Result<(), Error> {
    let tx = app.write(Home(organisation)).await?;
    let Some(message) = messages::one(&tx, id).await? else { return Ok(()) };
    let Some(mut conversation) = conversations::hold(&tx, message.conversation).await? else { return Ok(()) };
    let Some(message) = messages::one(&tx, id).await? else { return Ok(()) };
    let next = match message.delivery {
        Delivery::Waiting => Delivery::Failed { because: because.to_owned() },
        Delivery::Sending { .. } => Delivery::Unknown,
        _ => return Ok(()),
    };
    move_on(tx, &mut conversation, &message, &next).await
}

/// Decides how it goes, and commits that it is being sent.
async fn begin(app: &App, organisation: OrganisationId, id: MessageId, again: i64) -> Result<Way, Error> {
    let tx = app.write(Home(organisation)).await?;
    let Some(message) = messages::one(&tx, id).await? else { return Ok(Way::Nothing) };
    let Some(mut conversation) = conversations::hold(&tx, message.conversation).await? else {
        return Ok(Way::Nothing);
    };
    // Read again: whoever held the conversation before us may have moved it on.
    let Some(message) = messages::one(&tx, id).await? else { return Ok(Way::Nothing) };
    let way = match &message.delivery {
        Delivery::Waiting => way(app, &tx, &conversation, &message, again).await,
        // The page had it; nobody has looked at the page since.
        Delivery::Sent { .. } if again == BY_MAIL_INSTEAD && message.read_at.is_none() => {
            by_mail(app, &tx, &conversation, &message).await
        }
        Delivery::Sending { .. } => {
            let unknown = Delivery::Unknown;
            move_on(tx, &mut conversation, &message, &unknown).await?;
            return Ok(Way::Nothing);
        }
        _ => return Ok(Way::Nothing),
    };
    let (next, way) = match way {
        Ok(Way::Mail(parcel)) => (Delivery::Sending { since: tx.now() }, Way::Mail(parcel)),
        Ok(Way::Nothing) => return Ok(Way::Nothing),
        Ok(Way::Page) => (Delivery::Sent { at: tx.now() }, Way::Page),
        Err(Error::Outside { because, .. }) => (Delivery::Failed { because }, Way::Nothing),
        Err(other) => return Err(other),
    };
    if let Way::Mail(parcel) = &way {
        messages::known_as(&tx, id, &parcel.mail.message_id).await?;
    }
    move_on(tx, &mut conversation, &message, &next).await?;
    Ok(way)
}

/// Notes what became of it. Where it is to be tried again that is an error each time it is noted, so that
/// the job goes on.
pub(super) async fn end(
    app: &App,
    organisation: OrganisationId,
    id: MessageId,
    again: i64,
    outcome: Result<(), SendError>,
) -> Result<(), Error> {
    let tx = app.write(Home(organisation)).await?;
    let Some(message) = messages::one(&tx, id).await? else { return Ok(()) };
    let Some(mut conversation) = conversations::hold(&tx, message.conversation).await? else { return Ok(()) };
    let Some(message) = messages::one(&tx, id).await? else { return Ok(()) };
    let late = tx.now() - begun(&message, again) > GIVE_UP_AFTER;
    let because = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let next = after(outcome, tx.now(), late);
    // It waits already where this was noted before and only the database's word for it was lost.
    let noted = matches!((&message.delivery, &next), (Delivery::Waiting, Delivery::Waiting));
    if may_become(&message.delivery, &next) {
        move_on(tx, &mut conversation, &message, &next).await?;
    } else if !noted {
        return Ok(());
    }
    match next {
        Delivery::Waiting => Err(Error::Outside { doing: "send an answer", because }),
        _ => Ok(()),
    }
}

/// Whether the outcome of a try may be noted: while it is being sent, and where nobody knew, if now we
/// do know. What somebody decided meanwhile stays.
fn may_become(now: &Delivery, next: &Delivery) -> bool {
    let definite = matches!(next, Delivery::Sent { .. } | Delivery::Failed { .. });
    match now {
        Delivery::Sending { .. } => true,
        Delivery::Unknown => definite,
        _ => false,
    }
}

/// Since when it is being tried: since it was written, or since somebody wished it sent again.
fn begun(message: &Message, again: i64) -> DateTime<Utc> {
    let wished = (again > BY_MAIL_INSTEAD).then(|| DateTime::from_timestamp_micros(again)).flatten();
    wished.map_or(message.at, |wished| wished.max(message.at))
}

/// What a try makes of a delivery. `late`: it has been tried for long enough.
fn after(outcome: Result<(), SendError>, now: DateTime<Utc>, late: bool) -> Delivery {
    match outcome {
        Ok(()) => Delivery::Sent { at: now },
        Err(SendError::OutcomeUnknown { .. }) => Delivery::Unknown,
        Err(SendError::Invalid(error)) => Delivery::Failed { because: error.to_string() },
        Err(SendError::Refused { permanent: true, said }) => Delivery::Failed { because: said },
        Err(error) if late => Delivery::Failed { because: error.to_string() },
        Err(SendError::Refused { .. } | SendError::Credentials { .. } | SendError::Unreachable { .. }) => {
            Delivery::Waiting
        }
    }
}

/// What was said a day ago leaves the lists. That it did not arrive is news: the conversation comes back
/// to whoever may do something about it.
pub(super) fn brought_back(conversation: &mut Conversation, now: DateTime<Utc>) {
    conversation.last_message_at = conversation.last_message_at.max(now);
}

async fn move_on(
    tx: Tx<Home>,
    conversation: &mut Conversation,
    message: &Message,
    to: &Delivery,
) -> Result<(), Error> {
    if messages::deliver(&tx, message.id, &message.delivery, to).await? {
        if matches!(to, Delivery::Failed { .. } | Delivery::Unknown) {
            brought_back(conversation, tx.now());
        }
        conversations::save(&tx, conversation).await?;
        topics::changed(&tx, conversation);
        tx.commit().await?;
    }
    Ok(())
}

/// How a message of `conversation` reaches its visitor: a chat's page shows it by itself, and if it
/// did not after a while, it goes by mail. What has once been on its way by mail stays so, and what
/// somebody sends again goes by mail too, unless the page has shown it since.
async fn way(
    app: &App,
    tx: &Tx<Home>,
    conversation: &Conversation,
    message: &Message,
    again: i64,
) -> Result<Way, Error> {
    if conversation.channel == ChannelKind::Email {
        return by_mail(app, tx, conversation, message).await;
    }
    let was_mailed = message.provider_id.is_some();
    if asked_by_mail(tx, conversation).await? || (again != 0 || was_mailed) && message.read_at.is_none() {
        return Ok(match by_mail(app, tx, conversation, message).await? {
            Way::Nothing => Way::Page,
            way => way,
        });
    }
    if message.direction == Direction::Out {
        let (organisation, message) = (message.organisation, message.id);
        let later = Job::Deliver { organisation, message, again: BY_MAIL_INSTEAD };
        enqueue_at(app, tx, &later, tx.now() + PAGE_CLOSED_AFTER).await?;
    }
    Ok(Way::Page)
}

/// By mail, if there is an account to write from and an address to write to.
async fn by_mail(
    app: &App,
    tx: &Tx<Home>,
    conversation: &Conversation,
    message: &Message,
) -> Result<Way, Error> {
    let visitor = visitors::one(tx, conversation.visitor).await?.ok_or(Error::NotFound("visitor"))?;
    if conversation.channel == ChannelKind::Email {
        refuse_claimed(tx, conversation).await?;
    }
    let account = match conversation.channel {
        ChannelKind::Email => channel_accounts::one(tx, conversation.account).await?,
        ChannelKind::WebChat => channel_accounts::in_use(tx, ChannelKind::Email).await?.into_iter().next(),
    };
    let (Some(account), Some(address)) = (account, visitor.email) else {
        return match conversation.channel {
            ChannelKind::WebChat => Ok(Way::Nothing),
            ChannelKind::Email => Err(Error::Outside {
                doing: "send an answer",
                because: "there is no mailbox to send from, or no address to send to".to_owned(),
            }),
        };
    };
    let to = Contact { name: visitor.name, address };
    parcel(app, tx, conversation, message, (account, to)).await.map(|parcel| Way::Mail(Box::new(parcel)))
}

/// Whether the visitor of a chat last wrote by mail, in answer to one of ours: then they are not at the
/// page.
async fn asked_by_mail(tx: &Tx<Home>, conversation: &Conversation) -> Result<bool, Error> {
    let said = messages::of(tx, conversation.id, 200).await?;
    let last = said.iter().rfind(|message| message.direction == Direction::In);
    Ok(last.is_some_and(came_by_mail))
}

/// Mails are answered where they came from. In a chat a visitor may claim any address; should the same
/// visitor ever stand behind both, nobody is answered by mail at an address that was only claimed.
async fn refuse_claimed(tx: &Tx<Home>, conversation: &Conversation) -> Result<(), Error> {
    let theirs = conversations::of_visitor(tx, conversation.visitor).await?;
    if theirs.iter().any(|one| one.channel == ChannelKind::WebChat) {
        return Err(Error::Outside {
            doing: "send an answer",
            because: "the address may be another person's: it was given in a chat".to_owned(),
        });
    }
    Ok(())
}

async fn parcel(
    app: &App,
    tx: &Tx<Home>,
    conversation: &Conversation,
    message: &Message,
    (account, to): (ChannelAccount, Contact),
) -> Result<Parcel, Error> {
    let settings = MailSettings::of(&account)?;
    let office = organisations::get(tx, conversation.organisation).await?.ok_or(Error::NotFound("office"))?;
    let said = messages::of(tx, conversation.id, 200).await?;
    let subject = conversation.subject.clone().unwrap_or_default();
    let letter = match message.direction {
        Direction::Automatic => views::mail::Letter {
            subject: message.subject.clone().unwrap_or(subject),
            text: message.body.clone(),
            html: None,
        },
        _ => views::mail::reply(&views::mail::Reply {
            language: words::language(conversation, office.language),
            office: office.name.clone(),
            given_name: author(tx, message).await?,
            body: message.body.clone(),
            subject,
        }),
    };
    let domain = account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let ids = OwnIds { message: message.id, conversation: conversation.id };
    let mail = Outgoing {
        message_id: message.provider_id.clone().unwrap_or_else(|| threading::message_id(ids, domain)),
        date: message.at,
        from: Contact::named(office.name.clone(), account.address.clone()),
        reply_to: settings.plus.then(|| {
            Contact::named(office.name, threading::reply_address(&account.address, conversation.id))
        }),
        to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        in_reply_to: message.in_reply_to.clone().or_else(|| last_incoming(&said)),
        references: thread(&said, message),
        auto_submitted: message.direction == Direction::Automatic,
        x_veilleuse_message: message.id,
    };
    let password = Secret::new(super::accounts::password(app, &account)?);
    Ok(Parcel { account: settings.completed(app, &password).smtp, mail })
}

async fn author(tx: &Tx<Home>, message: &Message) -> Result<String, Error> {
    let people = people::named(tx, &Vec::from_iter(message.author)).await?;
    Ok(people.into_iter().next().map(|person| person.given_name).unwrap_or_default())
}

fn last_incoming(said: &[Message]) -> Option<String> {
    said.iter()
        .rev()
        .filter(|message| message.direction == Direction::In)
        .find_map(|message| message.provider_id.clone())
}

/// The ids of the mails before `message`, oldest first.
fn thread(said: &[Message], message: &Message) -> Vec<String> {
    let before = said.iter().filter(|other| other.id != message.id && other.at <= message.at);
    before.filter_map(|other| other.provider_id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-12-04T20:00:00Z".parse().unwrap()
    }

    fn said(words: &str) -> String {
        words.to_owned()
    }

    #[test]
    fn what_the_server_took_is_sent_and_what_it_refused_for_good_failed_in_its_words() {
        assert_eq!(after(Ok(()), now(), false), Delivery::Sent { at: now() });
        let refused = SendError::Refused { permanent: true, said: said("550 no such user") };
        assert_eq!(after(Err(refused), now(), false), Delivery::Failed { because: said("550 no such user") });
    }

    #[test]
    fn what_never_left_is_tried_again_until_it_is_late() {
        let unreachable = || SendError::Unreachable { why: said("refused") };
        assert_eq!(after(Err(unreachable()), now(), false), Delivery::Waiting);
        assert!(matches!(after(Err(unreachable()), now(), true), Delivery::Failed { .. }));
        let for_now = SendError::Refused { permanent: false, said: said("451 later") };
        assert_eq!(after(Err(for_now), now(), false), Delivery::Waiting);
    }

    #[test]
    fn an_outcome_settles_what_is_being_sent_or_unknown_and_nothing_that_was_decided_since() {
        let (sent, failed) = (Delivery::Sent { at: now() }, Delivery::Failed { because: said("550") });
        let sending = Delivery::Sending { since: now() };
        for next in [&sent, &failed, &Delivery::Unknown, &Delivery::Waiting] {
            assert!(may_become(&sending, next), "{next:?}");
        }
        assert!(may_become(&Delivery::Unknown, &sent) && may_become(&Delivery::Unknown, &failed));
        assert!(!may_become(&Delivery::Unknown, &Delivery::Waiting), "a person has been asked");
        assert!(!may_become(&Delivery::Waiting, &sent) && !may_become(&failed, &sent));
    }

    #[test]
    fn what_may_have_left_is_unknown_however_late_it_is() {
        for late in [false, true] {
            let lost = SendError::OutcomeUnknown { why: said("reset") };
            assert_eq!(after(Err(lost), now(), late), Delivery::Unknown);
        }
    }
}
