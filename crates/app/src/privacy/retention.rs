//! How long is kept: the manager's decision, the holds that go before it, and the tick that keeps to it.

use chrono::{Duration, Months};
use domain::{ConversationId, OrganisationId};
use serde_json::json;
use storage::{
    audit, conversations, forgetting, legal_holds,
    legal_holds::LegalHold,
    organisations,
    retention::{self as table, Retention},
    scope::{Home, System},
};

use super::forget;
use crate::{App, Caller, Error, Manager, Refusal};

/// How many conversations of an organisation are looked up at one go.
const AT_ONCE: u64 = 200;
/// The longest a manager may choose.
const MOST_MONTHS: u32 = 60;
/// The longest a manager may choose for files.
const MOST_DAYS: u32 = 1_830;
/// The longest reason of a hold.
const LONGEST_REASON: usize = 300;

/// Decides how long the caller's office keeps.
///
/// # Errors
/// [`Refusal::FieldIsWrong`] for less than one month or day, or more than five years.
pub async fn decide(app: &App, caller: &Caller<Manager>, months: u32, days: u32) -> Result<(), Error> {
    if !(1..=MOST_MONTHS).contains(&months) || !(1..=MOST_DAYS).contains(&days) {
        return Err(Refusal::FieldIsWrong.into());
    }
    let office = caller.organisation();
    let tx = app.write(Home(office)).await?;
    let decided = Retention { conversation_months: months, attachment_days: days };
    table::decide(&tx, office, caller.person(), decided).await?;
    let entry = audit::Entry {
        organisation: Some(office),
        person: Some(caller.person()),
        verb: "decide_retention",
        object_kind: "organisation",
        object: Some(office.0),
        detail: Some(json!({ "months": months, "days": days })),
    };
    audit::add(&tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Keeps a conversation until it is let go: neither time nor a visitor's wish removes it.
///
/// # Errors
/// [`Error::NotFound`] if it is not the office's, [`Refusal::FieldIsWrong`] without a reason.
pub async fn keep(
    app: &App,
    caller: &Caller<Manager>,
    conversation: ConversationId,
    reason: &str,
) -> Result<(), Error> {
    let office = caller.organisation();
    let tx = app.write(Home(office)).await?;
    conversations::one(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON || reason.contains('\0') {
        return Err(Refusal::FieldIsWrong.into());
    }
    let hold = LegalHold { conversation, person: caller.person(), reason: reason.to_owned(), at: tx.now() };
    if legal_holds::keep(&tx, office, &hold).await? {
        audit::add(&tx, entry(caller, "keep_conversation", conversation)).await?;
    }
    Ok(tx.commit().await?)
}

/// Lets a kept conversation go: from now on it is forgotten when it is old enough.
///
/// # Errors
/// [`Error::NotFound`] if it is not kept.
pub async fn release(app: &App, caller: &Caller<Manager>, conversation: ConversationId) -> Result<(), Error> {
    let tx = app.write(Home(caller.organisation())).await?;
    if !legal_holds::release(&tx, conversation).await? {
        return Err(Error::NotFound("conversation"));
    }
    audit::add(&tx, entry(caller, "release_conversation", conversation)).await?;
    Ok(tx.commit().await?)
}

fn entry(caller: &Caller<Manager>, verb: &'static str, conversation: ConversationId) -> audit::Entry {
    audit::Entry {
        organisation: Some(caller.organisation()),
        person: Some(caller.person()),
        verb,
        object_kind: "conversation",
        object: Some(conversation.0),
        detail: None,
    }
}

/// Forgets what is old enough, in every organisation. May run twice: what is forgotten is not due.
///
/// # Errors
/// The last of those that stopped an organisation's; the others are gone through all the same.
pub async fn enforce(app: &App) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let all = organisations::all_in_sight(&tx).await?;
    drop(tx);
    let mut outcome = Ok(());
    for organisation in all {
        if let Err(error) = enforce_at(app, organisation.id).await {
            tracing::warn!(organisation = %organisation.id, error = crate::told(&error), "could not forget what is old");
            outcome = Err(error);
        }
    }
    outcome
}

async fn enforce_at(app: &App, organisation: OrganisationId) -> Result<(), Error> {
    let tx = app.read(Home(organisation)).await?;
    let keeps = table::of(&tx, organisation).await?;
    let oldest = tx.now().checked_sub_months(Months::new(keeps.conversation_months)).unwrap_or_default();
    drop(tx);
    let tx = app.write(Home(organisation)).await?;
    let files_before = tx.now() - Duration::days(i64::from(keeps.attachment_days));
    let mut gone = forgetting::Forgotten {
        attachments: forgetting::old_attachments(&tx, files_before).await?,
        ..Default::default()
    };
    tx.commit().await?;
    // Raw arrivals are the house's own until they are taken in; what nobody can read is kept like a file.
    let tx = app.write(System).await?;
    gone.arrivals = forgetting::unread_arrivals(&tx, organisation, files_before, oldest).await?;
    tx.commit().await?;
    // One that cannot be forgotten keeps no other from it.
    let mut outcome = Ok(());
    loop {
        let tx = app.read(Home(organisation)).await?;
        let due = forgetting::due(&tx, oldest, AT_ONCE).await?;
        drop(tx);
        let mut forgotten = 0;
        for (conversation, _) in &due {
            match forget::conversation(app, organisation, *conversation, Some(oldest)).await {
                Ok(Some(more)) => {
                    gone = gone.and(more);
                    forgotten += 1;
                }
                Ok(None) => {}
                Err(error) => outcome = Err(error),
            }
        }
        // Where nothing could be forgotten, looking again finds the same.
        if due.len() < AT_ONCE as usize || forgotten == 0 {
            break;
        }
    }
    if gone == forgetting::Forgotten::default() {
        return outcome;
    }
    let tx = app.write(Home(organisation)).await?;
    let entry = audit::Entry {
        organisation: Some(organisation),
        verb: "forget_old",
        object_kind: "organisation",
        object: Some(organisation.0),
        detail: serde_json::to_value(gone).ok(),
        ..Default::default()
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    outcome
}
