//! The privacy page of an office's manager.

use domain::{ConversationId, Person, PersonId};
use storage::{
    access_log,
    erasures::{self, Erasure},
    legal_holds::{self, LegalHold},
    organisations, retention,
    scope::Home,
};
use views::html::privacy::{Held, Line, Model, Proof};

use super::{access, find, names};
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
    let holds = legal_holds::all(&tx).await?;
    let certificates = erasures::newest(&tx, access::MOST).await?;
    let lines = access_log::newest(&tx, access::MOST).await?;
    if let Some(conversation) = conversation {
        find::who_wrote(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    }
    drop(tx);
    let people = holds.iter().map(|hold| hold.person);
    let people = people.chain(certificates.iter().map(|one| one.person));
    let people = names::of(app, people.chain(lines.iter().map(|line| line.person))).await?;
    let wanted = !address.trim().is_empty();
    let (found, refused) = match wanted {
        false => (None, false),
        true => match find::found(app, caller, address).await {
            Ok(found) => (Some(found), false),
            Err(Error::Refused(_)) => (None, true),
            Err(other) => return Err(other),
        },
    };
    let name_of = |id: PersonId| people.get(&id).map(Person::full_name).unwrap_or_default();
    let held = |one: LegalHold| {
        let by = name_of(one.person);
        Held { conversation: one.conversation, by, reason: one.reason, at: one.at }
    };
    let proof = |one: Erasure| Proof { id: one.id, by: name_of(one.person), at: one.at, hash: one.hash };
    let line = |one: access_log::Line| Line {
        at: one.at,
        who: name_of(one.person),
        looked: access::looked(one.access),
    };
    Ok(Model {
        office: name,
        months: keeps.conversation_months,
        days: keeps.attachment_days,
        address: address.trim().to_owned(),
        refused,
        unticked: false,
        found,
        keep: conversation,
        held: holds.into_iter().map(held).collect(),
        proofs: certificates.into_iter().map(proof).collect(),
        log: lines.into_iter().map(line).collect(),
    })
}
