//! Leaving an organisation: the employment ends, roles and hats go at once, what somebody held at the
//! desk goes back to the queue, and their duties to come are open places.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use domain::{OrganisationId, PersonId, PoolId, Role, Shift, Span, time};
use storage::{
    Tx, api_tokens, audit, employments, memberships, organisations, pools,
    roles::{self, Held},
    scope::{self, Home, System},
    sessions, shifts,
};

use super::invite::Head;
use crate::{
    App, Error, Refusal, desk,
    jobs::{self, Job},
    rota::build::board_scope,
    topics,
};

/// How far ahead duties are looked for.
const AHEAD: Duration = Duration::days(800);

/// Ends somebody's work for the head's organisation, as of today.
///
/// # Errors
/// [`Refusal::LastOne`] if nobody else could do what they do there; [`Error::NotFound`] if they do not
/// work there.
pub async fn leave(app: &App, head: &Head, person: PersonId) -> Result<(), Error> {
    let organisation = head.organisation;
    let tx = app.write(Home(organisation)).await?;
    // Two who leave at the same moment come one after the other: somebody stays.
    organisations::hold(&tx, organisation).await?;
    let held: Vec<Held> = roles::in_organisation(&tx, organisation).await?;
    let theirs = |held: &&Held| held.person == person;
    if held.iter().filter(theirs).any(|held| held.role == head.role) {
        let successor = held.iter().any(|held| held.person != person && held.role == head.role);
        if !successor {
            return Err(Refusal::LastOne.into());
        }
    }
    let home = organisations::get(&tx, organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let today = time::day(tx.now(), home.zone);
    let ended = employments::end(&tx, person, organisation, today).await?;
    let mut taken = 0;
    for role in Role::ALL {
        taken += u64::from(roles::revoke(&tx, Held { person, organisation, role }).await?);
    }
    if ended + taken == 0 {
        return Err(Error::NotFound("person"));
    }
    let entry = audit::Entry {
        organisation: Some(organisation),
        person: Some(head.person),
        verb: "leave",
        object_kind: "person",
        object: Some(person.0),
        ..audit::Entry::default()
    };
    audit::add(&tx, entry).await?;
    jobs::enqueue(app, &tx, &Job::ClearUp { organisation, person, at: tx.now().timestamp() }).await?;
    tx.commit().await?;
    // At once, and by the job where this is cut short.
    clear_up(app, organisation, person).await
}

/// What follows: live streams and the programs of roles they lost end, duties to come are open, what they
/// held goes to the queue. Does nothing where it was done already.
///
/// # Errors
/// If the database refuses.
pub(crate) async fn clear_up(app: &App, organisation: OrganisationId, person: PersonId) -> Result<(), Error> {
    let tx = app.write(System).await?;
    for session in sessions::of_person(&tx, person).await? {
        tx.signal(topics::session(session.id));
    }
    let here =
        roles::of_person(&tx, person).await?.into_iter().filter(|held| held.organisation == organisation);
    let here: Vec<Role> = here.map(|held| held.role).collect();
    api_tokens::end_without_role(&tx, person, organisation, &here).await?;
    let kept = pools_left_to(&tx, person, None).await?;
    let now = tx.now();
    tx.commit().await?;
    open_duties(app, person, &kept, now).await?;
    desk::release_all(app, person, organisation, &kept).await
}

/// The pools somebody may still stand watch for through an employer other than `but`.
pub(super) async fn pools_left_to(
    tx: &Tx<System>,
    person: PersonId,
    but: Option<OrganisationId>,
) -> Result<BTreeSet<PoolId>, Error> {
    let mut pools = BTreeSet::new();
    for held in roles::of_person(tx, person).await? {
        if held.role == Role::Advisor && Some(held.organisation) != but {
            let theirs = memberships::of_organisation(tx, held.organisation).await?;
            pools.extend(theirs.into_iter().map(|membership| membership.pool));
        }
    }
    Ok(pools)
}

/// Cancels their duties after `from`, and ends then the one that runs; the places show as open to the
/// planner.
pub(super) async fn open_duties(
    app: &App,
    person: PersonId,
    kept: &BTreeSet<PoolId>,
    from: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = app.read(scope::Person(person)).await?;
    let ahead = Span::new(from, from + AHEAD).expect("later is later");
    let coming = shifts::of_people(&tx, &[person], ahead).await?;
    drop(tx);
    let pools: BTreeSet<PoolId> = coming.iter().map(|shift| shift.pool).collect();
    for pool in pools.difference(kept) {
        let Some(scope) = board_scope(app, *pool).await? else { continue };
        let tx = app.write(scope).await?;
        pools::hold(&tx, *pool).await?;
        // Read again now that nobody else changes the pool's duties: one may just have been taken over.
        for id in coming.iter().filter(|shift| shift.pool == *pool).map(|shift| shift.id) {
            let Some(shift) = shifts::get(&tx, id).await? else { continue };
            if shift.person == person && shift.cancelled_at.is_none() && from < shift.span.end() {
                shifts::change(&tx, &ended(&shift, from, tx.now())).await?;
            }
        }
        tx.signal(topics::today(*pool));
        tx.signal(topics::shifts(person));
        tx.commit().await?;
    }
    Ok(())
}

/// A duty as it ends at `from`: what lies before stays, what begins after is cancelled.
fn ended(shift: &Shift, from: DateTime<Utc>, now: DateTime<Utc>) -> Shift {
    let changed = Shift { sequence: shift.sequence + 1, changed_at: now, ..shift.clone() };
    match Span::new(shift.span.start(), from) {
        Ok(worked) => Shift { span: worked, ..changed },
        Err(_) => Shift { cancelled_at: Some(now), ..changed },
    }
}
