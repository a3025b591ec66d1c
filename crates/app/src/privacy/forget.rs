//! Forgetting one conversation: first the house's own traces, then the office's rows, and its visitor
//! with the last of them. A crash between the two leaves it due, and the next run finds less to do.

use chrono::{DateTime, Utc};
use domain::{ConversationId, OrganisationId};
use storage::{
    Tx,
    conversations::{self, Conversation},
    forgetting::{self, Forgotten},
    legal_holds, messages,
    scope::{Home, System},
    visitors,
};

use crate::{App, Error, topics};

/// More messages than a conversation ever has.
const ALL: u64 = 1_000_000;

/// Forgets a conversation of an office, unless it is held, or was spoken in since `before`: then nothing
/// is said of what was removed.
pub(super) async fn conversation(
    app: &App,
    office: OrganisationId,
    id: ConversationId,
    before: Option<DateTime<Utc>>,
) -> Result<Option<Forgotten>, Error> {
    let tx = app.read(Home(office)).await?;
    let Some(one) = conversations::one(&tx, id).await? else { return Ok(Some(Forgotten::default())) };
    let is_held = async |tx: &Tx<Home>| -> Result<bool, Error> {
        Ok(legal_holds::all(tx).await?.iter().any(|hold| hold.conversation == id))
    };
    let spoken_in = |one: &Conversation| before.is_some_and(|before| one.last_message_at >= before);
    if spoken_in(&one) || is_held(&tx).await? {
        return Ok(None);
    }
    let said = messages::of(&tx, id, ALL).await?;
    let address = visitors::one(&tx, one.visitor).await?.and_then(|visitor| visitor.email);
    drop(tx);
    let ids: Vec<_> = said.iter().map(|message| message.id).collect();
    let tx = app.write(System).await?;
    let traces = forgetting::traces(&tx, id, &ids, address.as_deref()).await?;
    tx.commit().await?;

    let tx = app.write(Home(office)).await?;
    let Some(one) = conversations::hold(&tx, id).await? else { return Ok(Some(traces)) };
    if spoken_in(&one) || is_held(&tx).await? {
        return Ok(None);
    }
    let rows = forgetting::conversation(&tx, id).await?;
    let visitor = forgetting::visitor(&tx, one.visitor).await?;
    tx.signal(topics::inbox(office));
    tx.signal(topics::conversation(office, id));
    tx.commit().await?;
    Ok(Some(traces.and(rows).and(visitor)))
}
