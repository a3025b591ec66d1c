//! The desk: channels, conversations and what becomes of a message.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A way to write to an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// The visitor page and the widget.
    WebChat,
    /// A mailbox of the office.
    Email,
}

impl ChannelKind {
    /// Every channel there is.
    pub const ALL: [Self; 2] = [Self::WebChat, Self::Email];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::WebChat => "web_chat",
            Self::Email => "email",
        }
    }

    /// The channel written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How much of a person's room an unanswered conversation takes, in halves:
    /// a chat fills a whole place, a mail half of one.
    pub fn load_halves(self) -> u32 {
        match self {
            Self::WebChat => 2,
            Self::Email => 1,
        }
    }
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStatus {
    /// The visitor awaits an answer.
    Waiting,
    /// We answered last.
    Answered,
    /// Somebody closed it; a new message opens it again.
    Done,
}

impl ConversationStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Done];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Done => "done",
        }
    }

    /// The status written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// Who says a message to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A visitor wrote.
    In,
    /// A person of the desk answered.
    Out,
    /// The house said something by itself; never counted as an answer.
    Automatic,
    /// A note among colleagues; visitors never see it.
    Note,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 4] = [Self::In, Self::Out, Self::Automatic, Self::Note];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Automatic => "automatic",
            Self::Note => "note",
        }
    }

    /// The direction written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.word() == word)
    }
}

/// What became of a message we send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Delivery {
    /// Nothing to deliver: it came in, or is a note.
    None,
    /// A job will send it.
    Waiting,
    /// A job is talking to the provider; if this stays, the outcome is unknown.
    Sending {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// The provider took it.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// The provider refused it for good.
    Failed {
        /// What it said, in its words.
        because: String,
    },
    /// A crash came while the provider was answering: it may have gone or not. A person decides.
    Unknown,
}
