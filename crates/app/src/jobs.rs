//! Jobs: outward effects and slow work, written in the transaction that caused them.
//!
//! Every job may run twice: its verb finds out by itself whether there is still something to do.

use domain::{ArrivalId, ConversationId, MessageId, OrganisationId, PersonId, PoolId, RotaId};
use serde::{Deserialize, Serialize};

use crate::{App, Error};

/// The version written into every job, so that a later program can read an older one's.
pub const VERSION: i32 = 1;

/// Everything that is done outside the transaction that asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "job")]
pub enum Job {
    /// Make a conversation of what a provider delivered.
    TakeIn {
        /// The raw arrival.
        arrival: ArrivalId,
    },
    /// Decide who answers.
    Route {
        /// The office.
        organisation: OrganisationId,
        /// The conversation.
        conversation: ConversationId,
        /// What made it necessary; part of the key, so that each cause routes once.
        because: String,
    },
    /// Send a message to its visitor.
    Deliver {
        /// The office that answers.
        organisation: OrganisationId,
        /// The message.
        message: MessageId,
    },
    /// Send a letter of the house itself: a sign-in code, a changed shift.
    Post {
        /// To which address.
        to: String,
        /// The subject.
        subject: String,
        /// The text.
        text: String,
        /// The id that is its Message-ID, so that repeating it is recognised.
        letter: uuid::Uuid,
    },
    /// Fill a draft.
    BuildRota {
        /// The pool.
        pool: PoolId,
        /// The draft.
        rota: RotaId,
        /// Which build of it.
        seed: i64,
    },
    /// Tell somebody of a publication.
    TellPublication {
        /// The pool.
        pool: PoolId,
        /// What was published.
        rota: RotaId,
        /// Whom to tell.
        person: PersonId,
    },
}

impl Job {
    /// The kind, as a word: for logs and figures.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TakeIn { .. } => "take_in",
            Self::Route { .. } => "route",
            Self::Deliver { .. } => "deliver",
            Self::Post { .. } => "post",
            Self::BuildRota { .. } => "build_rota",
            Self::TellPublication { .. } => "tell_publication",
        }
    }

    /// What makes it the same job: adding it again is harmless.
    pub fn key(&self) -> String {
        match self {
            Self::TakeIn { arrival } => format!("take_in/{arrival}"),
            Self::Route { conversation, because, .. } => format!("route/{conversation}/{because}"),
            Self::Deliver { message, .. } => format!("deliver/{message}"),
            Self::Post { letter, .. } => format!("post/{letter}"),
            Self::BuildRota { rota, seed, .. } => format!("build_rota/{rota}/{seed}"),
            Self::TellPublication { rota, person, .. } => format!("tell_publication/{rota}/{person}"),
        }
    }
}

/// Does `job`. An error means: not done, try again later.
pub async fn run(app: &App, job: &Job) -> Result<(), Error> {
    let _ = (app, job);
    Ok(())
}
