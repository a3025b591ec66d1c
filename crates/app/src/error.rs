//! Why a verb did not do what it was asked.

use storage::StoreError;

use crate::checks::{Fault, Wrong};

/// One enum for all verbs; only `api` knows about status codes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none, or it is somebody else's: we never say which.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Nobody is signed in, or the session has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// The caller lacks the role; where several would do, they are listed.
    #[error("this needs the role {0}")]
    RoleMissing(&'static str),
    /// What was asked cannot be done, for a reason the person can act on.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Fields that are missing or wrong, each of them.
    #[error("fields are wrong: {0:?}")]
    Invalid(Vec<Fault>),
    /// Others still name it: it is ended, not removed.
    #[error("the {0} is in use")]
    InUse(&'static str),
    /// Somebody else was faster.
    #[error("somebody else changed it first")]
    Stale,
    /// Too often in too short a time.
    #[error("too many tries, the next one in {seconds} s")]
    TooMany {
        /// Until the next try.
        seconds: u64,
    },
    /// The tables.
    #[error("{}", told(.0))]
    Store(StoreError),
    /// Keys, seals, tokens.
    #[error("{0}")]
    Secret(&'static str),
    /// A real house is not opened on a demo's database.
    #[error("this database belongs to a demo: it has a clock of its own, and its rota is invented")]
    DemoDatabase,
    /// It cannot be done, and trying again will not help.
    #[error("could not {doing}, and never will: {because}")]
    Hopeless {
        /// As in "could not …".
        doing: &'static str,
        /// Why.
        because: String,
    },
    /// A provider, a disk, a peer: the words say what was being done.
    #[error("could not {doing}: {because}")]
    Outside {
        /// As in "could not …".
        doing: &'static str,
        /// In the other side's words.
        because: String,
    },
}

/// Reasons a person can act on. `views` has the sentences, under `refusal-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The code is not the one we sent.
    CodeIsWrong,
    /// The code is used, too old, or was tried too often.
    CodeIsSpent,
    /// Not an e-mail address.
    EmailIsWrong,
    /// The message is empty or too long.
    MessageIsEmpty,
    /// The message is longer than we take.
    MessageIsTooLong,
    /// Not a day, or not in order.
    PeriodIsWrong,
    /// The period is longer than thirteen weeks.
    PeriodIsTooLong,
    /// The rota is not a draft (any more).
    NotADraft,
    /// The rota is still being built.
    StillBuilding,
    /// Law, an absence or "can't" forbids it.
    RuleForbids,
    /// What may be accepted is accepted only with a reason.
    ReasonIsMissing,
    /// The past is read-only.
    InThePast,
    /// The offer is closed, or the office has it already.
    CannotOrder,
    /// The pool has no need that would make a slot.
    NoNeeds,
    /// Somebody else has the conversation.
    TakenByAnother,
    /// The message neither failed nor is its outcome unknown.
    NothingToSend,
    /// You are not on duty and the desk is not open.
    NotOnDuty,
    /// A name, price or window is missing or wrong.
    FieldIsWrong,
    /// A conversation is held, and must be let go first.
    OnHold,
    /// The invitation was accepted, taken back, or is too old.
    InvitationIsSpent,
    /// The duty is on offer already.
    AlreadyOffered,
    /// Somebody else was faster and has the duty, or asked the planner for it.
    HandoverIsTaken,
    /// It was withdrawn or refused, or the duty was changed otherwise.
    HandoverIsOver,
    /// A duty is swapped for one of the colleague's own, in the same pool.
    SwapIsWrong,
    /// The duty begins soon: it is handed over, not given back.
    TooLateToGiveBack,
    /// Wishes for that day are closed.
    WishesAreClosed,
    /// Nobody else there could do it: somebody must come first.
    LastOne,
}

/// An error with everything that caused it, for logs and operators.
pub fn told(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let more = without_their_line(next.to_string());
        // Some libraries say their cause themselves.
        if !words.ends_with(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        cause = next.source();
    }
    words
}

/// PostgreSQL's answers end in a line of its own source, which looks like one of the reader's.
fn without_their_line(mut words: String) -> String {
    if let Some(at) = words.rfind(" at line ")
        && words[at + 9..].bytes().all(|byte| byte.is_ascii_digit())
    {
        words.truncate(at);
    }
    words
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            StoreError::TwoPlaces => Self::Refused(Refusal::RuleForbids),
            StoreError::Unkeepable(_) => Self::Refused(Refusal::FieldIsWrong),
            StoreError::NoSuchPage => Self::Invalid(vec![Fault::new("cursor", Wrong::Cursor)]),
            StoreError::OutOfSight(_) => Self::NotFound("row"),
            other => Self::Store(other),
        }
    }
}

impl Error {
    /// What a refused removal means: where other rows name the row, that it is in use.
    pub(crate) fn in_use(what: &'static str) -> impl Fn(StoreError) -> Self {
        move |error| if error.is_named_elsewhere() { Self::InUse(what) } else { error.into() }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
