//! What the desk signals when a conversation changes.

use storage::{Tx, conversations::Conversation, scope::Scope};

use crate::topics::inbox;
pub(crate) use crate::topics::{conversation, desk, today};

/// Says that a conversation changed, and with it its office's inbox and its holder's desk.
pub(crate) fn changed<S: Scope>(tx: &Tx<S>, changed: &Conversation) {
    tx.signal(inbox(changed.organisation));
    tx.signal(conversation(changed.organisation, changed.id));
    if let Some(holder) = changed.assigned_to {
        tx.signal(desk(holder));
    }
}
