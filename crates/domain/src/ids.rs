//! Ids, told apart by their types so that a person's never stands where an office's belongs.
//!
//! All are UUIDs of version 7 (RFC 9562): they sort by the time they were minted, which keeps
//! indexes compact. They are minted in `app` and nowhere else.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )+};
}

ids! {
    /// A tenant: a board or an office.
    OrganisationId,
    /// Somebody who works here, for one or several organisations.
    PersonId,
    /// A person's work for one organisation, from a date to a date.
    EmploymentId,
    /// A co-operation of offices under one organising board.
    PoolId,
    /// An office's place in a pool.
    MembershipId,
    /// A letter that asks somebody to join an organisation.
    InvitationId,
    /// A window of local time a pool wants covered.
    NeedId,
    /// A time during which somebody is away.
    AbsenceId,
    /// Days on which somebody owes the ledger nothing.
    ExemptionId,
    /// What an employer gives for an hour of duty.
    RateId,
    /// Work during standby.
    InterventionId,
    /// What an organisation's agreement or permit changes of the law.
    AgreementId,
    /// A finding that somebody accepted, with the reason they gave.
    AcceptanceId,
    /// Hours somebody works for an employer who is not here.
    OutsideId,
    /// What somebody wishes, or does not, of a day.
    WishId,
    /// What somebody says of a weekday.
    WishRepeatId,
    /// Until when wishes of some days are taken.
    WishRoundId,
    /// A plan of assignments for a period.
    RotaId,
    /// A place in a rota: one person (or nobody yet) for one slot.
    AssignmentId,
    /// A change made by hand in a draft, or a single one to what is published.
    ChangeId,
    /// The proof that somebody was told of a publication.
    NoticeId,
    /// A dated weekly pattern of somebody's office hours, or of an office's desk.
    HoursId,
    /// A published duty of one person.
    ShiftId,
    /// A published duty on its way from one person to another.
    HandoverId,
    /// An open duty that somebody takes.
    TakingId,
    /// What a board sells to its offices.
    OfferId,
    /// What an office bought.
    CoverageId,
    /// A mailbox, a web chat or another way to write to one office.
    ChannelAccountId,
    /// A message as the provider delivered it, before anybody read it.
    ArrivalId,
    /// Somebody who wrote to an office.
    VisitorId,
    /// One visitor's thread with one office.
    ConversationId,
    /// One message of a conversation.
    MessageId,
    /// A file that came with a message.
    AttachmentId,
    /// One checked fact of an office's notebook.
    NoteId,
    /// The secret address of somebody's calendar.
    FeedId,
    /// One signed-in browser.
    SessionId,
    /// The proof that everything of a visitor was removed.
    ErasureId,
    /// A token with which a program acts for somebody.
    ApiTokenId,
    /// One piece of work to be done outside a transaction.
    JobId,
}
