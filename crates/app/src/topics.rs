//! Topics: what a signal says has changed. Written down once, so that who signals and who listens agree.
//!
//! A topic names whose business it is before what it is about: a stream lets through what its
//! session may hear without asking the database.
//!
//! | topic | who may hear it |
//! |---|---|
//! | `inbox/{office}` | staff of the office; advisors of a pool the office is a member of |
//! | `desk/{person}` | that person alone: something came to them, or left them |
//! | `conversation/{office}/{conversation}` | as the office's inbox, and the conversation's visitor |
//! | `rota/{pool}/{rota}` | planners of the pool's board |
//! | `shifts/{person}` | that person |
//! | `today/{pool}`, `coverage/{pool}` | staff of the pool's board and offices |
//! | `session/{session}` | that browser |
//! | `clock`, `mailbox` | everybody, in the demo |
//! | `jobs` | workers |

use domain::{ConversationId, OrganisationId, PersonId, PoolId, RotaId, SessionId};

/// A job wants doing.
pub const JOBS: &str = storage::jobs::TOPIC;
/// The demo's clock was set.
pub const CLOCK: &str = storage::clock::TOPIC;
/// A letter came into the demo's mailbox.
pub const MAILBOX: &str = storage::letters::TOPIC;
/// The line to other nodes was down: anything may have been missed.
pub const RESYNC: &str = "resync";

/// The list of an office's conversations.
pub fn inbox(office: OrganisationId) -> String {
    format!("inbox/{office}")
}

/// One conversation of an office: messages, who has it, who writes.
pub fn conversation(office: OrganisationId, conversation: ConversationId) -> String {
    format!("conversation/{office}/{conversation}")
}

/// Something came to a person, or left them.
pub fn desk(person: PersonId) -> String {
    format!("desk/{person}")
}

/// A rota of a pool: its draft, its building.
pub fn rota(pool: PoolId, rota: RotaId) -> String {
    format!("rota/{pool}/{rota}")
}

/// Somebody's shifts.
pub fn shifts(person: PersonId) -> String {
    format!("shifts/{person}")
}

/// Who is on duty in a pool, and what needs its planner.
pub fn today(pool: PoolId) -> String {
    format!("today/{pool}")
}

/// What a pool's offices bought.
pub fn coverage(pool: PoolId) -> String {
    format!("coverage/{pool}")
}

/// A browser was signed out, or wears another role.
pub fn session(session: SessionId) -> String {
    format!("session/{session}")
}
