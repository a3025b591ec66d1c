//! The privacy page of an office's manager.

use std::collections::HashMap;

use domain::{ConversationId, PersonId};
use storage::{Tx, access_log, erasures, legal_holds, organisations, people, retention, scope::Home};
use views::html::privacy::{Held, Line, Model, Proof};

use super::{access, find};
use crate::{App, Caller, Error, Manager};

/// What the page shows: how long is kept, what is held, what was erased, who looked; with `address`
/// whoever is found under it, and with `conversation` who wrote it.
///
/// # Errors
/// [`Error::NotFound`] if the conversation is not the office's.
pub async fn page(
    app: &App,
    caller: &Caller<Manager>,
    address: &str,
    conversation: Option<ConversationId>,
) -> Result<Model, Error> {
    let office = caller.organisation();
    let tx = app.read(Home(office)).await?;
    let name = organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))?.name;
    let keeps = retention::of(&tx, office).await?;
    let mut held = Vec::new();
    let mut names = HashMap::new();
    for hold in legal_holds::all(&tx).await? {
        let by = named(&tx, &mut names, hold.person).await?;
        held.push(Held { conversation: hold.conversation, by, reason: hold.reason, at: hold.at });
    }
    let mut proofs = Vec::new();
    for erasure in erasures::newest(&tx, access::MOST).await? {
        let by = named(&tx, &mut names, erasure.person).await?;
        proofs.push(Proof { id: erasure.id, by, at: erasure.at, hash: erasure.hash });
    }
    let mut log = Vec::new();
    for line in
        access_log::newest(&tx, access::MOST).await?.into_iter().filter(|line| line.organisation == office)
    {
        let who = named(&tx, &mut names, line.person).await?;
        log.push(Line { at: line.at, who, looked: access::looked(line.access) });
    }
    if let Some(conversation) = conversation {
        find::who_wrote(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    }
    drop(tx);
    let wanted = !address.trim().is_empty();
    let (found, refused) = match wanted {
        false => (None, false),
        true => match find::found(app, caller, address).await {
            Ok(found) => (Some(found), false),
            Err(Error::Refused(_)) => (None, true),
            Err(other) => return Err(other),
        },
    };
    Ok(Model {
        office: name,
        months: keeps.conversation_months,
        days: keeps.attachment_days,
        address: address.trim().to_owned(),
        refused,
        found,
        keep: conversation,
        held,
        proofs,
        log,
    })
}

/// A colleague's name, or of somebody on duty for the office, as far as it is in sight.
async fn named(
    tx: &Tx<Home>,
    known: &mut HashMap<PersonId, String>,
    person: PersonId,
) -> Result<String, Error> {
    if let Some(name) = known.get(&person) {
        return Ok(name.clone());
    }
    let name = people::get(tx, person).await?.map(|person| person.full_name()).unwrap_or_default();
    known.insert(person, name.clone());
    Ok(name)
}
