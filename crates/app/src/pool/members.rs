//! Memberships: which offices a board's pool holds together, from a day to a day.

use chrono::NaiveDate;
use domain::{Membership, MembershipId, OrganisationId, OrganisationKind, PoolId};
use storage::{
    Tx, audit, memberships, organisations,
    page::{Ask, Page},
    scope,
};

use crate::{
    Anybody, App, Caller, Error, Planner,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    rota::planned,
    topics,
};

/// The memberships of the pools one is part of, or of one of them; ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    anybody: &Caller<Anybody>,
    pool: Option<PoolId>,
    ask: &Ask,
) -> Result<Page<Membership>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(memberships::list(&tx, pool, ask).await?)
}

/// One membership.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: MembershipId) -> Result<Kept<Membership>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(memberships::get(&tx, id).await?.ok_or(Error::NotFound("membership"))?))
}

/// Makes an office that the board knows a member of a pool of theirs.
///
/// # Errors
/// If the pool or the office is not in their sight, or it is a member on one of these days.
pub async fn admit(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    office: OrganisationId,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Result<Kept<Membership>, Error> {
    let tx = app.read(scope::Home(planner.organisation())).await?;
    let known = organisations::get(&tx, office).await?.ok_or(Error::NotFound("organisation"))?;
    drop(tx);
    let tx = app.write(planned(planner, pool)?).await?;
    let member = Membership { id: app.mint(), pool, organisation: office, from, until };
    let mut checks = Checks::default();
    if known.kind != OrganisationKind::Office {
        checks.refuse("organisation", Wrong::NotA("an office: only offices are members"));
    }
    check(&tx, checks, &member).await?;
    memberships::add(&tx, &member).await?;
    audit::add(&tx, entry(planner, "admit_member", member.id)).await?;
    told(&tx, &member);
    tx.commit().await?;
    Ok(Kept::of(member))
}

/// Changes a membership's first and last day; its last day ends it.
///
/// # Errors
/// If it is not theirs, the days are wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    planner: &Caller<Planner>,
    id: MembershipId,
    seen: &Seen,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Result<Kept<Membership>, Error> {
    let tx = app.read(scope::Home(planner.organisation())).await?;
    let pool = memberships::get(&tx, id).await?.ok_or(Error::NotFound("membership"))?.pool;
    drop(tx);
    let tx = app.write(planned(planner, pool)?).await?;
    let before = seen.check(memberships::hold(&tx, id).await?)?;
    let member = Membership { from, until, ..before };
    check(&tx, Checks::default(), &member).await?;
    memberships::change(&tx, &member).await?;
    audit::add(&tx, entry(planner, "change_membership", id)).await?;
    told(&tx, &member);
    tx.commit().await?;
    Ok(Kept::of(member))
}

async fn check(tx: &Tx<scope::Pool>, mut checks: Checks, member: &Membership) -> Result<(), Error> {
    checks.days(member.from, member.until);
    let others = memberships::of_pool(tx, member.pool).await?;
    let meets = |other: &Membership| {
        other.until.is_none_or(|last| member.from <= last)
            && member.until.is_none_or(|last| other.from <= last)
    };
    let own = |other: &&Membership| other.organisation == member.organisation && other.id != member.id;
    if others.iter().filter(own).any(meets) {
        checks.refuse("from", Wrong::NotA("free: the office is a member on one of these days already"));
    }
    checks.done()
}

fn told(tx: &Tx<scope::Pool>, member: &Membership) {
    tx.signal(topics::coverage(member.pool));
    tx.signal(topics::today(member.pool));
    tx.signal(topics::inbox(member.organisation));
}

fn entry(planner: &Caller<Planner>, verb: &'static str, member: MembershipId) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "membership",
        object: Some(member.0),
        detail: None,
    }
}
