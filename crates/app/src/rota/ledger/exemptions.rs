//! Exemptions: an employer says on which days somebody owes the ledger nothing. Why is not asked: a
//! planner who sees that somebody was exempt learns of no illness.

use chrono::NaiveDate;
use domain::{Exemption, ExemptionId, PersonId, Role};
use storage::{
    audit, employments, exemptions,
    page::{Ask, Page},
    scope,
};

use crate::{
    Anybody, App, Caller, Error, Keeper, Session,
    checks::Checks,
    kept::{Kept, Seen},
};

/// An advisor's own exemptions, or those a keeper said of their staff.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    session: &Session,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<Exemption>, Error> {
    let employer = session.caller::<Anybody>()?.organisation();
    if own_alone(session) {
        let tx = app.read(scope::Person(session.person.id)).await?;
        return Ok(exemptions::list(&tx, employer, person, ask).await?);
    }
    let tx = app.read(scope::Home(session.caller::<Keeper>()?.organisation())).await?;
    Ok(exemptions::list(&tx, employer, person, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, session: &Session, id: ExemptionId) -> Result<Kept<Exemption>, Error> {
    let found = if own_alone(session) {
        exemptions::get(&app.read(scope::Person(session.person.id)).await?, id).await?
    } else {
        let home = session.caller::<Keeper>()?.organisation();
        exemptions::get(&app.read(scope::Home(home)).await?, id).await?
    };
    let employer = session.caller::<Anybody>()?.organisation();
    let found = found.filter(|one| one.organisation == employer);
    Ok(Kept::of(found.ok_or(Error::NotFound("exemption"))?))
}

/// Says that one of one's staff owes nothing on some days, both ends included.
///
/// # Errors
/// If the person is not theirs, or a field is wrong.
pub async fn add(
    app: &App,
    keeper: &Caller<Keeper>,
    person: PersonId,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Kept<Exemption>, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let ours = employments::of_people(&tx, &[person]).await?;
    if !ours.iter().any(|one| one.organisation == keeper.organisation()) {
        return Err(Error::NotFound("person of yours"));
    }
    let mut checks = Checks::default();
    checks.days(from, Some(until));
    checks.done()?;
    let exemption = Exemption { id: app.mint(), person, organisation: keeper.organisation(), from, until };
    exemptions::add(&tx, &exemption).await?;
    audit::add(&tx, entry(keeper, "add_exemption", exemption.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(exemption))
}

/// Takes an exemption back.
///
/// # Errors
/// If it is not theirs, or somebody else changed it.
pub async fn remove(app: &App, keeper: &Caller<Keeper>, id: ExemptionId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    seen.check(exemptions::hold(&tx, id).await?)?;
    exemptions::remove(&tx, id).await?;
    audit::add(&tx, entry(keeper, "remove_exemption", id)).await?;
    Ok(tx.commit().await?)
}

/// Whether somebody looks for themselves: advisors do.
fn own_alone(session: &Session) -> bool {
    session.hat().is_some_and(|hat| hat.role == Role::Advisor)
}

fn entry(keeper: &Caller<Keeper>, verb: &'static str, exemption: ExemptionId) -> audit::Entry {
    audit::Entry {
        organisation: Some(keeper.organisation()),
        person: Some(keeper.person()),
        verb,
        object_kind: "exemption",
        object: Some(exemption.0),
        detail: None,
    }
}
