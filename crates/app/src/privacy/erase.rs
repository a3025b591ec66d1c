//! Erasure: everything an office has of a visitor goes, on every channel, and a certificate says so.

use chrono::{DateTime, Duration, Utc};
use domain::{ConversationId, ErasureId, OrganisationId, PersonId, VisitorId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{
    audit,
    erasures::{self, Erasure},
    forgetting::{self, Forgotten},
    organisations,
    scope::Home,
};

use super::{find, forget};
use crate::{
    App, Caller, Error, Manager, Refusal,
    jobs::{Job, enqueue_at},
    secrets::Purpose,
};

/// When whoever is at work looks whether an erasure was ended.
const ENDED_AFTER: Duration = Duration::minutes(2);

/// Proof of an erasure, without a word of what was erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Its number.
    pub id: ErasureId,
    /// The office.
    pub office: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: PersonId,
    /// The visitors, by ids that name nobody any more.
    pub visitors: Vec<VisitorId>,
    /// Their addresses as keyed hashes: an address can be held against it, none can be read off it.
    pub addresses: Vec<String>,
    /// What was removed, by table.
    pub removed: Forgotten,
    /// Conversations that an earlier try had emptied, before it was broken off: `removed` counts none of
    /// what was in them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub emptied_before: usize,
    /// Conversations that stay, because somebody kept them while the others were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<ConversationId>,
    /// What is left: when, on which channel, how fast; no text, name or address.
    pub kept: String,
    /// What is not reached: copies in backups, until they end.
    pub backups: String,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

const KEPT: &str = "that conversations were, when, on which channel, in which language, when they were answered; \
     the provider's number of each mail, so that it is not taken in again";
const BACKUPS: &str = "copies in backups end with the backups (docs/PRIVACY.md); \
     after a restore of an older one the erasure is done again from this certificate";

/// What a manager decided: written down before anything is removed, so that an erasure which is broken
/// off is ended all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The number its certificate will have.
    pub id: ErasureId,
    /// Whose visitors.
    pub office: OrganisationId,
    /// Who decided.
    pub by: PersonId,
    /// The visitors.
    pub visitors: Vec<VisitorId>,
    /// Their addresses as keyed hashes.
    pub addresses: Vec<String>,
}

/// Erases what the caller's office has of these visitors; returns the proof.
///
/// # Errors
/// [`Error::NotFound`] if one of them is not the office's; [`Refusal::OnHold`] if a conversation is
/// held: then nothing is erased.
pub async fn erase(app: &App, caller: &Caller<Manager>, ids: &[VisitorId]) -> Result<Erasure, Error> {
    let order = order(app, caller, ids).await?;
    carry_out(app, order).await
}

/// Writes down what is to be erased, with the job that ends it if this process does not.
async fn order(app: &App, caller: &Caller<Manager>, ids: &[VisitorId]) -> Result<Order, Error> {
    let tx = app.write(Home(caller.organisation())).await?;
    let found = find::chosen(&tx, ids).await?;
    if found.iter().any(|one| one.held) {
        return Err(Refusal::OnHold.into());
    }
    let hashed = |address: &String| app.secrets.hash(Purpose::Certificate, &format!("address {address}"));
    let order = Order {
        id: app.mint(),
        office: caller.organisation(),
        by: caller.person(),
        visitors: ids.to_vec(),
        addresses: found.iter().filter_map(|one| one.visitor.email.as_ref()).map(hashed).collect(),
    };
    let job = Job::Erase { order: order.clone() };
    enqueue_at(app, &tx, &job, tx.now() + ENDED_AFTER).await?;
    tx.commit().await?;
    Ok(order)
}

/// Does what was ordered, as far as it is not done, and writes the certificate. What an earlier try had
/// emptied before it was broken off is not gone through again, and told apart.
///
/// # Errors
/// If the database fails.
pub(crate) async fn carry_out(app: &App, order: Order) -> Result<Erasure, Error> {
    let office = order.office;
    let tx = app.read(Home(office)).await?;
    if let Some(done) = erasures::one(&tx, order.id).await? {
        return Ok(done);
    }
    let name = organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))?.name;
    let found = find::chosen(&tx, &order.visitors).await?;
    let all: Vec<_> = found.iter().flat_map(|one| &one.conversations).map(|one| one.id).collect();
    let left = forgetting::left(&tx, &all).await?;
    drop(tx);
    let mut removed = Forgotten::default();
    let mut held = Vec::new();
    for conversation in &left {
        match forget::conversation(app, office, *conversation, None).await? {
            Some(gone) => removed = removed.and(gone),
            None => held.push(*conversation),
        }
    }
    let tx = app.write(Home(office)).await?;
    // Whoever never wrote has a row all the same.
    for one in found.iter().filter(|one| one.conversations.is_empty()) {
        removed = removed.and(forgetting::visitor(&tx, one.visitor.id).await?);
    }
    tx.commit().await?;
    let emptied_before = all.len() - left.len();
    match certify(app, &order, name, (removed, emptied_before, held)).await {
        // The job and whoever asked may end it together: one certificate, of whoever was first.
        Err(Error::Store(error)) if error.is_conflict() => {
            let tx = app.read(Home(office)).await?;
            erasures::one(&tx, order.id).await?.ok_or(Error::Store(error))
        }
        certified => certified,
    }
}

async fn certify(
    app: &App,
    order: &Order,
    office: String,
    (removed, emptied_before, held): (Forgotten, usize, Vec<ConversationId>),
) -> Result<Erasure, Error> {
    let tx = app.write(Home(order.office)).await?;
    let certificate = Certificate {
        id: order.id,
        office,
        at: tx.now(),
        by: order.by,
        visitors: order.visitors.clone(),
        addresses: order.addresses.clone(),
        removed,
        emptied_before,
        held,
        kept: KEPT.to_owned(),
        backups: BACKUPS.to_owned(),
    };
    let value = serde_json::to_value(&certificate).unwrap_or_default();
    let erasure = Erasure {
        id: order.id,
        organisation: order.office,
        person: order.by,
        at: tx.now(),
        hash: seal(app, &value),
        certificate: value,
    };
    erasures::add(&tx, &erasure).await?;
    let entry = audit::Entry {
        organisation: Some(order.office),
        person: Some(order.by),
        verb: "erase_visitor",
        object_kind: "erasure",
        object: Some(erasure.id.0),
        detail: Some(json!({ "visitors": order.visitors.len(), "hash": erasure.hash })),
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    Ok(erasure)
}

/// A certificate of the caller's office as a file: what it says, its hash, and whether that proves it. One
/// made with a key that was lost since is handed out all the same: it is the only trace of what was removed.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn certificate(app: &App, caller: &Caller<Manager>, id: ErasureId) -> Result<String, Error> {
    let tx = app.read(Home(caller.organisation())).await?;
    let erasure = erasures::one(&tx, id).await?.ok_or(Error::NotFound("certificate"))?;
    let proven = seal(app, &erasure.certificate) == erasure.hash;
    let proof = if proven {
        "the hash proves it"
    } else {
        "made with another key, or changed since: the hash proves nothing"
    };
    let file = json!({ "certificate": erasure.certificate, "hash": erasure.hash, "proof": proof });
    serde_json::to_string_pretty(&file).map_err(|_| Error::Secret("could not write a certificate down"))
}

/// The keyed hash of what a certificate says. Both engines give JSON back in an order of their own, so
/// it is read into the certificate first.
fn seal(app: &App, certificate: &Value) -> String {
    let text = serde_json::from_value::<Certificate>(certificate.clone())
        .ok()
        .and_then(|certificate| serde_json::to_string(&certificate).ok())
        .unwrap_or_default();
    app.secrets.hash(Purpose::Certificate, &text)
}
