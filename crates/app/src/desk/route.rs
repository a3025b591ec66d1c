//! Decides who answers a conversation that waits, keeps the decision with its reasons, and answers
//! the visitor truthfully when nobody is there.
//!
//! May run any number of times: the same desk gives the same decision, and then nothing changes.

use chrono::{DateTime, Duration, Utc};
use domain::{
    Because, ConversationId, ConversationStatus, Decision, Delivery, Direction, OrganisationId, time,
};
use routing::{Arrival, Tell};
use storage::{
    Tx, channel_accounts,
    conversations::{self, Conversation},
    desks, messages,
    messages::Message,
    scope::Home,
    waiting::{self, Waiting},
};

use super::{situation, situation::Situation, take_in::may_be_answered_by_itself, topics};
use crate::{
    App, Error,
    jobs::{Job, enqueue},
};

/// Somebody who has a conversation and shows no sign of life does not keep it longer than this.
const LOOK_AFTER: Duration = Duration::minutes(2);
/// Where nobody could take it, looked at again sooner.
const LOOK_SOON: Duration = Duration::minutes(1);
/// A conversation that waits for an opening is looked at this often, whatever the opening.
const LOOK_WHILE_HELD: Duration = Duration::minutes(5);
/// One that waits at the own desk, likewise.
const LOOK_AT_OWN_DESK: Duration = Duration::minutes(15);

/// What made a decision necessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A visitor wrote. `may_answer`: whether the house may say by itself that nobody is there.
    Message {
        /// False for mails that no machine may answer.
        may_answer: bool,
    },
    /// Time passed, or somebody came or went. Whoever had somebody to answer them and has nobody any more
    /// is told.
    Time,
}

/// Decides who answers `conversation` of `organisation`, if it waits.
///
/// # Errors
/// If the database fails; then nothing is decided and it may be called again.
pub async fn route(
    app: &App,
    organisation: OrganisationId,
    conversation: ConversationId,
    cause: Cause,
) -> Result<(), Error> {
    let tx = app.write(Home(organisation)).await?;
    let Some(known) = conversations::one(&tx, conversation).await? else { return Ok(()) };
    let may_tell = match cause {
        Cause::Message { may_answer } => may_answer,
        Cause::Time => was_cared_for(&known),
    };
    if may_tell {
        // One visitor may write twice at once and is answered by the house once: turns are taken at
        // the account, and everywhere before the conversation, so that nobody waits in a circle.
        channel_accounts::hold(&tx, known.account).await?;
    }
    let Some(mut conversation) = conversations::hold(&tx, conversation).await? else { return Ok(()) };
    if conversation.status != ConversationStatus::Waiting {
        waiting::over(&tx, conversation.id).await?;
        return Ok(tx.commit().await?);
    }
    let kept = waiting::one(&tx, conversation.id).await?;
    let before = conversation.clone();
    let stands = situation::of(&tx, &conversation).await?;
    let arrival =
        Arrival { language: conversation.language, load_halves: conversation.channel.load_halves() };
    let verdict = routing::weigh(&stands.desk, &arrival, tx.now());
    settle(&tx, &mut conversation, &stands, &verdict, kept.as_ref()).await?;
    let news = match cause {
        Cause::Message { .. } => true,
        Cause::Time => was_cared_for(&before) && may_be_told(&tx, &conversation).await?,
    };
    if may_tell && news && verdict.tell.contains(&Tell::Visitor) {
        answer_by_itself(app, &tx, &conversation, &stands, &verdict.decision).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether somebody was to answer, by the last decision, or gave it back since: if nobody is any more, the
/// visitor is told.
fn was_cared_for(conversation: &Conversation) -> bool {
    let held = matches!(conversation.decision, Some(Decision::Hold { .. }));
    !held && conversation.status == ConversationStatus::Waiting
}

/// Whether the house may answer what the visitor wrote last.
async fn may_be_told(tx: &Tx<Home>, conversation: &Conversation) -> Result<bool, Error> {
    let said = messages::of(tx, conversation.id, 200).await?;
    let last = said.iter().rfind(|message| message.direction == Direction::In);
    Ok(last.is_some_and(may_be_answered_by_itself))
}

/// Keeps the decision, if it is another than before, and tells whom it concerns.
async fn settle(
    tx: &Tx<Home>,
    conversation: &mut Conversation,
    stands: &Situation,
    verdict: &routing::Verdict,
    kept: Option<&Waiting>,
) -> Result<(), Error> {
    let before = (conversation.assigned_to, conversation.pool);
    conversation.pool = match &verdict.decision {
        Decision::Assign { .. } => stands.desk.covered,
        Decision::OwnDesk => None,
        Decision::Hold { pool, .. } => *pool,
    };
    conversation.assigned_to = match &verdict.decision {
        Decision::Assign { to, .. } => Some(*to),
        // Whoever of the office took it keeps it; an advisor of the pool's night does not.
        Decision::OwnDesk => desks::staff_among(tx, conversation.organisation, before.0).await?.pop(),
        Decision::Hold { .. } => None,
    };
    let now = tx.now();
    let waits = Waiting {
        conversation: conversation.id,
        organisation: conversation.organisation,
        pool: conversation.pool,
        assigned_to: conversation.assigned_to,
        load_halves: conversation.channel.load_halves(),
        since: kept.map_or(conversation.last_message_at, |kept| kept.since),
        look_at: Some(look_at(&verdict.decision, stands, now)),
    };
    waiting::put(tx, &waits, kept).await?;
    let moved = before != (conversation.assigned_to, conversation.pool);
    if moved || !is_same(conversation, &verdict.decision) {
        conversation.decision = Some(verdict.decision.clone());
        conversation.considered.clone_from(&verdict.considered);
        conversations::save(tx, conversation).await?;
        topics::changed(tx, conversation);
        for person in [before.0, conversation.assigned_to].into_iter().flatten() {
            tx.signal(topics::desk(person));
        }
        if verdict.tell.contains(&Tell::Planner)
            && let Some(pool) = conversation.pool
        {
            tx.signal(topics::today(pool));
        }
    }
    Ok(())
}

/// Whether `after` decides the same: the first reason for a person stays while they keep it, and so
/// does their having taken it at the own desk.
fn is_same(conversation: &Conversation, after: &Decision) -> bool {
    match (&conversation.decision, after) {
        (Some(Decision::Assign { to: had, .. }), Decision::Assign { to: has, .. }) => had == has,
        (Some(Decision::Assign { to, .. }), Decision::OwnDesk) => conversation.assigned_to == Some(*to),
        (Some(before), after) => before == after,
        (None, _) => false,
    }
}

/// When to look again: when the next thing may happen that changes the decision.
fn look_at(decision: &Decision, stands: &Situation, now: DateTime<Utc>) -> DateTime<Utc> {
    let soon = match decision {
        Decision::Assign { because: Because::FirstToRing | Because::EverybodyIsFull, .. } => now + LOOK_SOON,
        Decision::Assign { .. } => now + LOOK_AFTER,
        Decision::OwnDesk => now + LOOK_AT_OWN_DESK,
        Decision::Hold { .. } => now + LOOK_WHILE_HELD,
    };
    let change = match decision {
        Decision::Assign { to, .. } => {
            [stands.until.get(to).copied(), stands.desk.own_desk_opens_at].into_iter().flatten().min()
        }
        Decision::OwnDesk => stands.own_desk_until,
        Decision::Hold { opens_at, .. } => *opens_at,
    };
    change.filter(|change| *change > now).map_or(soon, |change| change.min(soon))
}

/// Says once a day to each visitor that nobody is there, and when somebody will be.
async fn answer_by_itself(
    app: &App,
    tx: &Tx<Home>,
    conversation: &Conversation,
    stands: &Situation,
    decision: &Decision,
) -> Result<(), Error> {
    let Decision::Hold { opens_at, .. } = decision else { return Ok(()) };
    let today = time::day(tx.now(), stands.office.zone);
    let since = time::civil_day(today, stands.office.zone).start();
    let theirs = conversations::of_visitor(tx, conversation.visitor).await?;
    let theirs = theirs.iter().filter(|one| one.account == conversation.account).map(|one| one.id);
    if messages::automatic_since(tx, theirs, since).await? {
        return Ok(());
    }
    let said = super::words::nobody_is_there(stands, conversation, *opens_at, tx.now());
    let message = Message {
        id: app.mint(),
        conversation: conversation.id,
        organisation: conversation.organisation,
        direction: Direction::Automatic,
        author: None,
        body: said.body,
        subject: said.subject,
        provider_id: None,
        in_reply_to: None,
        at: tx.now(),
        delivery: Delivery::Waiting,
        read_at: None,
        client_key: Some(format!("automatic/{today}")),
    };
    if messages::add(tx, &message).await? {
        let job = Job::Deliver { organisation: conversation.organisation, message: message.id, again: 0 };
        enqueue(app, tx, &job).await?;
        topics::changed(tx, conversation);
    }
    Ok(())
}

/// Puts right every conversation whose time to be looked at has come; says how many there were.
///
/// A tick: finds out by itself what is due, and may run twice.
///
/// # Errors
/// If the database cannot be read. What fails for one conversation is logged and tried again.
pub async fn route_due(app: &App) -> Result<usize, Error> {
    let tx = app.read(storage::scope::System).await?;
    let due = waiting::due(&tx, 200).await?;
    drop(tx);
    for one in &due {
        if let Err(error) = route(app, one.organisation, one.conversation, Cause::Time).await {
            tracing::warn!(conversation = %one.conversation, %error, "could not decide who answers");
        }
    }
    Ok(due.len())
}

/// Something changed for these offices (they bought coverage, a rota was published): whatever waits
/// there is decided anew by the next tick, which is woken. Call it after the change is committed.
///
/// # Errors
/// If the database fails.
pub async fn look_again(app: &App, organisations: &[OrganisationId]) -> Result<(), Error> {
    let tx = app.write(storage::scope::System).await?;
    waiting::look_again(&tx, organisations.iter().copied()).await?;
    tx.signal(crate::topics::JOBS);
    Ok(tx.commit().await?)
}

#[cfg(test)]
#[path = "route_tests.rs"]
mod tests;
