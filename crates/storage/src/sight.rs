//! The first lock: for every table, which rows a transaction may see and change.
//!
//! One line a table, in the tables' order. The second lock is PostgreSQL's
//! (`migrations/src/m0005_locks.sql`), written apart from this one on purpose: each must hold alone.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::scope::{Set, Sets};

/// One way to be visible.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sight<C> {
    /// The column's id lies in one of the transaction's sets.
    In(C, Set),
    /// The transaction belongs to the house itself.
    System,
}

/// A table whose rows belong to somebody.
pub(crate) trait Scoped: EntityTrait {
    /// Ways in which a row is visible.
    fn seen() -> Vec<Sight<Self::Column>>;
    /// Ways in which a row may be added, changed or removed.
    fn changed() -> Vec<Sight<Self::Column>>;
    /// Whether any transaction may add a row it cannot read back (jobs, signals, the audit log).
    const ADDED_BY_ANYBODY: bool = false;
}

/// The condition that lets through the rows which `sights` make visible under `sets`.
pub(crate) fn condition<C: ColumnTrait>(sights: &[Sight<C>], sets: &Sets) -> Condition {
    if sets.unlocked {
        return Condition::all();
    }
    let mut any = Condition::any();
    for sight in sights {
        match sight {
            Sight::System if sets.system => return Condition::all(),
            Sight::System => {}
            Sight::In(column, set) => match sets.of(*set) {
                [] => {}
                ids => any = any.add(column.is_in(ids.iter().copied())),
            },
        }
    }
    // A word more in an "or" and SQLite uses no index: nothing is said only where nothing else is.
    if any.is_empty() { any.add(Expr::val(1).eq(0)) } else { any }
}

macro_rules! sight {
    ($table:ident, see [$($see:expr),*], change [$($change:expr),*] $(, added by $anybody:ident)?) => {
        impl Scoped for crate::entities::$table::Entity {
            fn seen() -> Vec<Sight<Self::Column>> {
                #[allow(unused_imports, reason = "not every table has a set of each kind")]
                use {crate::entities::$table::Column, Set::*, Sight::*};
                vec![$($see),*]
            }
            fn changed() -> Vec<Sight<Self::Column>> {
                #[allow(unused_imports, reason = "not every table has a set of each kind")]
                use {crate::entities::$table::Column, Set::*, Sight::*};
                vec![$($change),*]
            }
            $(const ADDED_BY_ANYBODY: bool = { let $anybody = true; $anybody };)?
        }
    };
}

sight!(organisation, see [In(Column::Id, Home), In(Column::Id, Members), System], change [In(Column::Id, Home), System]);
sight!(person, see [In(Column::Id, Own), In(Column::Id, People), System], change [In(Column::Id, Own), In(Column::Id, Staff), System]);
sight!(skill, see [In(Column::PersonId, Own), In(Column::PersonId, People), System], change [In(Column::PersonId, Own), In(Column::PersonId, Staff), System]);
sight!(employment, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::OrganisationId, Home), System], change [In(Column::OrganisationId, Home), System]);
sight!(role, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::OrganisationId, Home), System], change [In(Column::OrganisationId, Home), System]);
sight!(office_hours, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::PersonId, Staff)], change [In(Column::PersonId, Staff)]);
sight!(opening_hours, see [In(Column::OrganisationId, Home), In(Column::OrganisationId, Members), System], change [In(Column::OrganisationId, Home), System]);
sight!(absence, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::PersonId, Staff)], change [In(Column::PersonId, Own), In(Column::PersonId, Staff)]);
sight!(absence_reason, see [In(Column::PersonId, Own), In(Column::OrganisationId, Home)], change [In(Column::PersonId, Own), In(Column::OrganisationId, Home)]);
sight!(wish, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered)], change [In(Column::PersonId, Own)]);
sight!(pool, see [In(Column::Id, Pools), In(Column::OrganisationId, Home), System], change [In(Column::Id, Planned), System]);
sight!(membership, see [In(Column::PoolId, Pools), In(Column::OrganisationId, Home), System], change [In(Column::PoolId, Planned), System]);
sight!(need, see[In(Column::PoolId, Pools)], change[In(Column::PoolId, Planned)]);
sight!(school_holidays, see [In(Column::OrganisationId, Home), In(Column::OrganisationId, Members)], change [In(Column::OrganisationId, Home)]);
sight!(rota, see[In(Column::PoolId, Planned)], change[In(Column::PoolId, Planned)]);
sight!(assignment, see[In(Column::PoolId, Planned)], change[In(Column::PoolId, Planned)]);
sight!(rota_change, see[In(Column::PoolId, Planned)], change[In(Column::PoolId, Planned)]);
sight!(shift, see [In(Column::PoolId, Watched), In(Column::PersonId, Own), In(Column::PersonId, Rostered)], change [In(Column::PoolId, Planned)]);
sight!(notice, see [In(Column::PoolId, Planned), In(Column::PersonId, Own)], change [In(Column::PoolId, Planned), In(Column::PersonId, Own)]);
sight!(handover, see [In(Column::PoolId, Planned), In(Column::PersonId, Own), In(Column::ToPerson, Own)], change [In(Column::PoolId, Planned)]);
sight!(offer, see[In(Column::PoolId, Pools)], change[In(Column::PoolId, Planned)]);
sight!(coverage, see [In(Column::PoolId, Watched), In(Column::OrganisationId, Home)], change [In(Column::OrganisationId, Home), In(Column::PoolId, Planned)]);
sight!(channel_account, see [In(Column::OrganisationId, Home), System], change [In(Column::OrganisationId, Home), System]);
sight!(arrival, see[System], change[System]);
sight!(visitor, see [In(Column::OrganisationId, Desks), In(Column::Id, Visitors)], change [In(Column::OrganisationId, Desks), In(Column::Id, Visitors)]);
sight!(conversation, see [In(Column::OrganisationId, Desks), In(Column::Id, Conversations)], change [In(Column::OrganisationId, Desks), In(Column::Id, Conversations)]);
sight!(message, see [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)], change [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)]);
sight!(attachment, see [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)], change [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)]);
sight!(waiting, see [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations), In(Column::AssignedTo, People), System], change [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations), System]);
sight!(writer, see [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)], change [In(Column::OrganisationId, Desks), In(Column::ConversationId, Conversations)]);
sight!(note, see [In(Column::OrganisationId, Home), In(Column::OrganisationId, Notebooks)], change [In(Column::OrganisationId, Home)]);
sight!(note_text, see [In(Column::OrganisationId, Home), In(Column::OrganisationId, Notebooks)], change [In(Column::OrganisationId, Home)]);
sight!(presence, see [In(Column::PersonId, Own), In(Column::PersonId, People)], change [In(Column::PersonId, Own)]);
sight!(session, see [In(Column::PersonId, Own), System], change [In(Column::PersonId, Own), System]);
sight!(sign_in_code, see[System], change[System]);
sight!(calendar_feed, see [In(Column::PersonId, Own), System], change [In(Column::PersonId, Own), System]);
sight!(invitation, see [In(Column::OrganisationId, Home), System], change [In(Column::OrganisationId, Home), System]);
sight!(job, see [System], change [System], added by anybody);
sight!(signal, see [System], change [System], added by anybody);
sight!(letter, see[System], change[System]);
sight!(api_token, see [In(Column::PersonId, Own), System], change [In(Column::PersonId, Own), System]);
sight!(answer, see [In(Column::PersonId, Own), System], change [In(Column::PersonId, Own), System]);
sight!(audit, see [In(Column::OrganisationId, Home), In(Column::PersonId, Own), System], change [], added by anybody);
sight!(retention, see[In(Column::OrganisationId, Home)], change[In(Column::OrganisationId, Home)]);
sight!(legal_hold, see[In(Column::OrganisationId, Home)], change[In(Column::OrganisationId, Home)]);
sight!(access, see [In(Column::OrganisationId, Home), In(Column::PersonId, Own)], change [In(Column::PersonId, Own)]);
sight!(share_weights, see[In(Column::PoolId, Pools)], change[In(Column::PoolId, Planned)]);
sight!(ledger_terms, see[In(Column::PoolId, Pools)], change[In(Column::PoolId, Planned)]);
sight!(exemption, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::OrganisationId, Home)], change [In(Column::OrganisationId, Home)]);
sight!(compensation, see[In(Column::OrganisationId, Home)], change[In(Column::OrganisationId, Home)]);
sight!(intervention, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::OrganisationId, Home)], change [In(Column::PersonId, Own), In(Column::OrganisationId, Home)]);
sight!(register_line, see [In(Column::PersonId, Own), In(Column::OrganisationId, Home)], change [In(Column::OrganisationId, Home)]);
sight!(erasure, see[In(Column::OrganisationId, Home)], change[In(Column::OrganisationId, Home)]);
sight!(agreement, see [In(Column::OrganisationId, Home), In(Column::OrganisationId, Members)], change [In(Column::OrganisationId, Home)]);
sight!(acceptance, see [In(Column::PoolId, Planned), In(Column::PersonId, Own)], change [In(Column::PoolId, Planned)]);
sight!(outside_hours, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered), In(Column::PersonId, Staff)], change [In(Column::PersonId, Own)]);
sight!(opening, see[In(Column::PoolId, Planned)], change[In(Column::PoolId, Planned)]);
sight!(taking, see [In(Column::PoolId, Planned), In(Column::PersonId, Own)], change [In(Column::PoolId, Planned)]);
sight!(wish_repeat, see [In(Column::PersonId, Own), In(Column::PersonId, Rostered)], change [In(Column::PersonId, Own)]);
sight!(wish_round, see[In(Column::PoolId, Pools)], change[In(Column::PoolId, Planned)]);
