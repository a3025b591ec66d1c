//! From where somebody looks at the desk: on duty for a pool, or at their own office's desk.
//!
//! Everything an advisor does to a conversation happens in the scope in which they see it; what they
//! see in no scope does not exist for them.

use chrono::{DateTime, Utc};
use domain::{ConversationId, DutyKind, OrganisationId, PersonId, PoolId, Shift};
use storage::{
    Tx, conversations,
    desks::{self, Desk},
    scope::{self, Duty, Home},
};

use super::situation;
use crate::{
    Advisor, App, Caller, Error, Manager,
    jobs::{Job, enqueue},
};

/// Who looks at the desk.
#[derive(Debug, Clone)]
pub struct Watcher {
    pub(crate) person: PersonId,
    pub(crate) office: OrganisationId,
    pub(crate) pools: Vec<PoolId>,
    /// Managers read what their office's visitors wrote, and answer nobody.
    pub(crate) may_answer: bool,
}

impl From<&Caller<Advisor>> for Watcher {
    fn from(caller: &Caller<Advisor>) -> Self {
        let pools = caller.pools().to_vec();
        Self { person: caller.person(), office: caller.organisation(), pools, may_answer: true }
    }
}

impl From<&Caller<Manager>> for Watcher {
    fn from(caller: &Caller<Manager>) -> Self {
        Self { person: caller.person(), office: caller.organisation(), pools: Vec::new(), may_answer: false }
    }
}

/// The scope in which somebody sees a conversation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seat {
    /// Through a pool, on active duty.
    Duty(Duty),
    /// Through a pool, on standby or with a conversation not handed over yet: what is done there may be
    /// an intervention.
    Standby(Duty),
    /// At the own office.
    Own(Home),
}

/// Runs `$do` with the scope of a seat, whichever it is.
macro_rules! at {
    ($seat:expr, $scope:ident => $do:expr) => {
        match $seat {
            $crate::desk::seat::Seat::Duty($scope) => $do,
            $crate::desk::seat::Seat::Standby($scope) => $do,
            $crate::desk::seat::Seat::Own($scope) => $do,
        }
    };
}
pub(crate) use at;

impl Seat {
    /// Writes down, with what is done in `tx`, that somebody in this seat took a conversation up or
    /// answered it, where that may be an intervention.
    pub(crate) async fn acted<S: scope::Scope>(
        self,
        app: &App,
        tx: &Tx<S>,
        person: PersonId,
    ) -> Result<(), Error> {
        if let Self::Standby(_) = self {
            enqueue(app, tx, &Job::KeepIntervention { person, at: tx.now() }).await?;
        }
        Ok(())
    }
}

/// What is true of somebody at the desk now.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Their running duty, the lead's if there are two.
    pub(crate) duty: Option<Shift>,
    /// Their next duty.
    pub(crate) next: Option<Shift>,
    /// Their office's desk.
    pub(crate) own: Desk,
    /// Until when their own office's desk is open, if it is.
    pub(crate) own_desk_until: Option<DateTime<Utc>>,
}

/// How somebody stands at the desk now.
pub(crate) async fn standing(app: &App, who: &Watcher) -> Result<Standing, Error> {
    let tx = app.read(scope::Person(who.person)).await?;
    let duties = desks::duties_of(&tx, who.person).await?;
    let now = tx.now();
    drop(tx);
    let tx = app.read(Home(who.office)).await?;
    let own = desks::hours_of(&tx, who.office).await?.ok_or(Error::NotFound("office"))?;
    drop(tx);
    let running = duties.iter().filter(|shift| shift.span.contains(now));
    Ok(Standing {
        duty: running.min_by_key(|shift| shift.rung).cloned(),
        next: duties.iter().find(|shift| shift.span.start() > now).cloned(),
        own_desk_until: situation::own_desk_until(&own, now),
        own,
    })
}

impl Watcher {
    /// The pools to look through: those of the office, the one they are on duty for first.
    pub(crate) fn pools(&self, duty: Option<&Shift>) -> Vec<PoolId> {
        if !self.may_answer {
            return Vec::new();
        }
        let mut pools: Vec<PoolId> = duty.map(|shift| shift.pool).into_iter().collect();
        pools.extend(self.pools.iter().filter(|pool| duty.is_none_or(|shift| shift.pool != **pool)));
        pools
    }

    /// Whether a conversation of their own office is theirs to see at the own desk.
    pub(crate) fn may_see_own(&self, desk_is_open: bool, assigned_to: Option<PersonId>) -> bool {
        !self.may_answer || desk_is_open || assigned_to == Some(self.person)
    }
}

/// The seat from which `who` sees a conversation.
///
/// # Errors
/// [`Error::NotFound`] if they do not.
pub(crate) async fn find(app: &App, who: &Watcher, conversation: ConversationId) -> Result<Seat, Error> {
    let standing = standing(app, who).await?;
    find_from(app, who, &standing, conversation).await
}

/// [`find`] for somebody whose standing is known.
pub(crate) async fn find_from(
    app: &App,
    who: &Watcher,
    standing: &Standing,
    conversation: ConversationId,
) -> Result<Seat, Error> {
    for pool in who.pools(standing.duty.as_ref()) {
        let seat = Duty { pool, person: who.person };
        if conversations::one(&app.read(seat).await?, conversation).await?.is_some() {
            let active = standing.duty.as_ref().is_some_and(|shift| shift.kind == DutyKind::Active);
            return Ok(if active { Seat::Duty(seat) } else { Seat::Standby(seat) });
        }
    }
    let home = Home(who.office);
    let own = conversations::one(&app.read(home).await?, conversation).await?;
    let open = standing.own_desk_until.is_some();
    match own {
        Some(own) if who.may_see_own(open, own.assigned_to) => Ok(Seat::Own(home)),
        _ => Err(Error::NotFound("conversation")),
    }
}
