//! Organisations: the tenants. Boards organise, offices answer.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Language, OrganisationId};

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// A regional or departmental board: organises a pool.
    Board,
    /// A tourist office: has visitors, and advisors.
    Office,
}

impl OrganisationKind {
    /// The word stored in tables and shown in links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Office => "office",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Board, Self::Office].into_iter().find(|kind| kind.word() == word)
    }
}

/// An organisation's public face: what its neighbours in a pool may know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Board or office.
    pub kind: OrganisationKind,
    /// The name people know, such as "Vieux-Port".
    pub name: String,
    /// The short name in links, such as `vieux-port`; unique.
    pub slug: String,
    /// Where its wall clocks hang.
    pub zone: Tz,
    /// Which public holidays it keeps.
    pub calendar: crate::holidays::Calendar,
    /// The language it writes in when it does not know the reader's.
    pub language: Language,
    /// Which of the eight office colours it wears (0 to 7).
    pub colour: u8,
    /// Within how many minutes it promises a first answer in covered hours.
    pub promise: crate::Minutes,
}
