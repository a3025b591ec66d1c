//! Who answers a message, and why: a value that is stored and shown in any language.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{PersonId, PoolId};

/// Who takes a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "decision")]
pub enum Decision {
    /// Somebody has it now.
    Assign {
        /// Who.
        to: PersonId,
        /// The first reason that set them apart.
        because: Because,
    },
    /// The office's own desk is open: anybody of the office takes it.
    OwnDesk,
    /// It waits; its clock runs if the hour is covered.
    Hold {
        /// Why nobody has it.
        because: Held,
        /// The pool that covers the hour, if one does.
        pool: Option<PoolId>,
        /// When somebody will be there, if that is known: the next duty or the office's opening.
        opens_at: Option<DateTime<Utc>>,
    },
}

/// The first reason that set the chosen person apart from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Already in this conversation, and on duty.
    InThisConversation,
    /// Answered this visitor before.
    KnowsTheVisitor,
    /// The only one who speaks the visitor's language.
    SpeaksTheLanguage,
    /// The lead, with room.
    Leads,
    /// Fewest conversations waiting.
    LeastBusy,
    /// The leads are full; the backup has room.
    LeadsAreFull,
    /// No lead has shown a sign of life; the backup has.
    LeadsAreAway,
    /// Everybody is full; the lead keeps it in sight.
    EverybodyIsFull,
    /// Nobody has shown a sign of life; the first rung is rung.
    FirstToRing,
    /// Took it by hand.
    TookIt,
}

/// Why a message waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Outside every covered hour and the office's own hours.
    Closed,
    /// Covered, but the rota has a hole.
    NobodyOnDuty,
}

/// Somebody who was on duty when a decision was taken, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// Who.
    pub person: PersonId,
    /// Chosen, or why not.
    pub standing: Standing,
}

/// Why somebody on duty was chosen or passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Has the conversation now.
    Chosen,
    /// No sign of life within the last minute, or set to away.
    Away,
    /// No room for another conversation.
    Full,
    /// A backup, while a lead can take it.
    BehindTheLead,
    /// Somebody else is already in this conversation.
    NotInThisConversation,
    /// Somebody else answered this visitor before.
    DoesNotKnowTheVisitor,
    /// Somebody else speaks the visitor's language.
    DoesNotSpeakTheLanguage,
    /// Somebody else has fewer conversations waiting.
    Busier,
    /// As good as the chosen one; the order of ids decided.
    AsGood,
}
