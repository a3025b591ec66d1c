//! What the past says of the people that a week's hours want. A planning aid: it knows no festival.

use chrono::NaiveDate;

use crate::{Minutes, Window};

/// What is reckoned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandTerms {
    /// How long an answer takes.
    pub handling: Minutes,
    /// Within which time an answer is meant to begin.
    pub within: Minutes,
    /// How long visitors wait on average before they give up.
    pub patience: Minutes,
    /// Which share of visitors that is to hold for, in percent.
    pub percent: u32,
}

impl Default for DemandTerms {
    /// Six minutes an answer, four of five within five minutes, ten minutes of patience.
    fn default() -> Self {
        Self { handling: Minutes(6), within: Minutes(5), patience: Minutes(10), percent: 80 }
    }
}

/// What the past says of the hours of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// First day that was looked at.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// What was reckoned with.
    pub terms: DemandTerms,
    /// Messages in all.
    pub messages: u32,
    /// Those that came in hours in which nobody is asked to answer.
    pub missed: u32,
    /// Hours that want more people, most messages first.
    pub proposals: Vec<Proposal>,
}

impl Outlook {
    /// With fewer messages than this nothing is proposed.
    pub const FEWEST: u32 = 30;

    /// Whether there are enough messages to propose anything.
    pub fn is_founded(&self) -> bool {
        self.messages >= Self::FEWEST
    }
}

/// Hours that want more people than are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Which hours.
    pub window: Window,
    /// How many are asked for now; none where nobody watches.
    pub now: u8,
    /// How many it wants.
    pub people: u8,
    /// Messages it rests on.
    pub messages: u32,
    /// On how many days these came.
    pub days: u32,
    /// What visitors meet now; nothing where nobody watches.
    pub before: Option<Reception>,
    /// What they would meet.
    pub after: Reception,
}

/// What visitors meet, in basis points of all who write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Answered within the time (Erlang C: nobody gives up).
    pub answered_bp: u32,
    /// Who gives up before an answer (Erlang A).
    pub giving_up_bp: u32,
    /// If all of it were chats, of which one person holds three at once: who is answered without a
    /// wait. Nothing where the chain is too large to be solved.
    pub chats_at_once_bp: Option<u32>,
}
