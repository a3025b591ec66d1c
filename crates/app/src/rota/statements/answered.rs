//! Interventions from what somebody does on standby: taking up a conversation of the pool, and each
//! answer. It is a job of the transaction that did it, so that no answer is without it, and keeps the
//! same however often it runs, and in whatever order.

use chrono::{DateTime, Days, Duration, Utc};
use domain::{DutyKind, Employment, Intervention, OrganisationId, PersonId, Shift, Source, Span, time};
use scheduling::{needs::Period, statements as rule};
use storage::{Tx, audit, employments, interventions, organisations, people, pools, scope, shifts};

use crate::{
    App, Error,
    rota::{ledger::employers::Employers, scene},
    topics,
};

/// Around what was done one looks for interventions it continues: longer than any of them is.
const AROUND: Duration = Duration::hours(25);

/// Keeps that `person` took a conversation up, or answered one, at `at`. Nothing comes of it where they
/// were neither on standby nor intervened a moment before, or where it was their ordinary office hours.
///
/// # Errors
/// If the database refuses.
pub(crate) async fn keep(app: &App, person: PersonId, at: DateTime<Utc>) -> Result<(), Error> {
    let tx = app.write(scope::Person(person)).await?;
    // Two answers at once are kept one after the other.
    people::held(&tx, person).await?;
    let act = rule::minute(at);
    let around = Span::new(act.start() - AROUND, act.end() + AROUND).expect("later is later");
    let known = interventions::of_people(&tx, &[person], around).await?;
    let duties = shifts::of_people(&tx, &[person], act).await?;
    let standby = duties.iter().find(|shift| shift.kind == DutyKind::Standby && shift.span.contains(at));
    let employer = match standby {
        Some(shift) => employed_by(&tx, person, shift).await?,
        // An answer after the end still belongs to what began before it.
        None if duties.is_empty() => continued(act, &known),
        None => None,
    };
    let Some(employer) = employer else { return Ok(()) };
    if at_the_office(&tx, person, employer, at).await? {
        return Ok(());
    }
    let known: Vec<Intervention> = known.into_iter().filter(|one| one.organisation == employer).collect();
    let joined = rule::joined_with(act, &known);
    if known.iter().any(|one| joined.of == [one.id] && joined.span == one.span) {
        return Ok(());
    }
    let one = grown(app, &tx, (person, employer), &joined, &known).await?;
    tx.signal(topics::shifts(person));
    if joined.of.is_empty() {
        audit::add(&tx, entry(&one)).await?;
    }
    Ok(tx.commit().await?)
}

/// One intervention in the place of all it is made of.
async fn grown(
    app: &App,
    tx: &Tx<scope::Person>,
    (person, organisation): (PersonId, OrganisationId),
    joined: &rule::Joined,
    known: &[Intervention],
) -> Result<Intervention, Error> {
    let said = |one: &Intervention| joined.of.contains(&one.id) && one.source == Source::Said;
    let source = if known.iter().any(said) { Source::Said } else { Source::Answers };
    let mut parts = joined.of.iter().copied();
    let first = parts.next();
    let one =
        Intervention { id: first.unwrap_or(app.mint()), person, organisation, span: joined.span, source };
    for part in parts {
        interventions::remove(tx, part).await?;
    }
    match first {
        Some(_) => interventions::change(tx, &one).await?,
        None => interventions::add(tx, &one).await?,
    }
    Ok(one)
}

/// For whom somebody is on this duty.
async fn employed_by(
    tx: &Tx<scope::Person>,
    person: PersonId,
    shift: &Shift,
) -> Result<Option<OrganisationId>, Error> {
    let Some(pool) = pools::by_id(tx, shift.pool).await? else { return Ok(None) };
    let employers = Employers::of_people(tx, &[person]).await?;
    Ok(employers.on(person, pool.id, time::day(shift.span.start(), pool.zone)))
}

/// For whom they intervened a moment before.
fn continued(act: Span, known: &[Intervention]) -> Option<OrganisationId> {
    let near = rule::joined_with(act, known).of;
    known.iter().find(|one| near.contains(&one.id)).map(|one| one.organisation)
}

/// Whether it was done in their ordinary hours at that employer: these are work as they are.
async fn at_the_office(
    tx: &Tx<scope::Person>,
    person: PersonId,
    employer: OrganisationId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let Some(organisation) = organisations::get(tx, employer).await? else { return Ok(false) };
    let day = time::day(at, organisation.zone);
    let all = employments::of_people(tx, &[person]).await?;
    let employed: Vec<&Employment> = all.iter().filter(|one| one.organisation == employer).collect();
    let period = Period { from: day - Days::new(1), until: day };
    let held = shifts::of_people(tx, &[person], scene::whole(period, organisation.zone)).await?;
    let hours = super::office(tx, &organisation, &employed, person, period, &held).await?;
    Ok(hours.iter().any(|span| span.contains(at)))
}

fn entry(one: &Intervention) -> audit::Entry {
    audit::Entry {
        organisation: Some(one.organisation),
        person: Some(one.person),
        verb: "keep_intervention",
        object_kind: "intervention",
        object: Some(one.id.0),
        detail: None,
    }
}
