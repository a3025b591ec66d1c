//! Undoing a publication: an earlier version comes back as a draft that stands as that version stood. It is
//! judged anew, shown beside what is published, and published like any other, with dated notice to those
//! for whom something changes. What has begun stays as it was.

use std::collections::BTreeSet;

use domain::{Assignment, Built, Need, Rota, RotaId, RotaStatus, Rung, Shift, Slot, time};
use scheduling::needs;
use serde_json::json;
use storage::{assignments, audit, pools, rotas};

use super::{build, period, scene, scene::Scene, scope_of, tell_board, tell_today, the_pool, the_rota};
use crate::{App, Caller, Error, Planner, Refusal};

/// A new draft that stands as `rota` stood when it was replaced, as far as its days are to come and its
/// needs still ask for it.
///
/// # Errors
/// If it was never published, or its days are over.
pub async fn bring_back(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<RotaId, Error> {
    let scope = scope_of(app, planner, rota).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let old = the_rota(&tx, rota).await?;
    if !matches!(old.status, RotaStatus::Published | RotaStatus::Superseded) {
        return Err(Error::NotFound("published rota"));
    }
    let pool = the_pool(&tx, scope.pool).await?;
    if old.until < time::day(tx.now(), pool.zone) {
        return Err(Refusal::InThePast.into());
    }
    let scene = scene::load(&tx, pool, period(&old)).await?;
    let draft = Rota {
        id: app.mint(),
        number: rotas::next_number(&tx, scope.pool).await?,
        status: RotaStatus::Draft,
        outcome: Some(Built::default()),
        message: None,
        created_by: Some(planner.person()),
        created_at: tx.now(),
        published_by: None,
        published_at: None,
        version: 1,
        ..old
    };
    rotas::add(&tx, &draft).await?;
    let places = places(app, &draft, &scene, &assignments::of_rota(&tx, rota).await?);
    assignments::settle(&tx, draft.id, scope.pool, &places).await?;
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb: "bring_back_rota",
        object_kind: "rota",
        object: Some(draft.id.0),
        detail: Some(json!({ "from": rota })),
    };
    audit::add(&tx, entry).await?;
    tell_board(&tx, scope.pool, draft.id);
    tell_today(&tx, scope.pool);
    tx.commit().await?;
    Ok(draft.id)
}

/// Earlier versions of what is published for the days of a rota, newest first: those that may be brought
/// back in its place.
pub(super) fn earlier<'r>(rota: &Rota, all: &'r [Rota]) -> Vec<&'r Rota> {
    let lies_in = |one: &&Rota| {
        one.status == RotaStatus::Superseded && rota.from <= one.from && one.until <= rota.until
    };
    let mut earlier: Vec<&Rota> = all.iter().filter(lies_in).collect();
    earlier.retain(|one| one.published_at < rota.published_at);
    earlier.sort_by_key(|one| std::cmp::Reverse(one.published_at));
    earlier
}

/// The places of the draft: what has begun as it is published, the rest as `old` had it.
fn places(app: &App, draft: &Rota, scene: &Scene, old: &[Assignment]) -> Vec<Assignment> {
    let begun = |slot: &Slot| slot.span.start() <= scene.now;
    let needs: Vec<Need> = scene.needs.clone();
    let slots = needs::slots(&needs, scene.period, scene.pool.zone, scene.pool.calendar);
    let led: BTreeSet<_> =
        slots.iter().filter(|slot| slot.rung == Rung::Lead).map(|slot| (slot.need, slot.day)).collect();
    let (past, coming): (Vec<Slot>, Vec<Slot>) = slots.into_iter().partition(begun);
    let mut shifts: Vec<&Shift> = scene.published.iter().collect();
    let place = |slot, person, pinned| Assignment { id: app.mint(), rota: draft.id, slot, person, pinned };
    let mut places: Vec<Assignment> = build::in_published_parts(past, &scene.published)
        .into_iter()
        .map(|slot| {
            let person = build::take_shift(&mut shifts, &slot);
            place(slot, person, true)
        })
        .collect();
    for slot in coming {
        places.extend(as_before(&slot, old).into_iter().map(|(slot, person)| place(slot, person, false)));
    }
    let learns = |one: &&Assignment| !one.slot.rung.covers();
    let still = |one: &&Assignment| !begun(&one.slot) && led.contains(&(one.slot.need, one.slot.day));
    let learners = old.iter().filter(learns).filter(still);
    places.extend(learners.map(|one| place(one.slot.clone(), one.person, true)));
    places.extend(build::begun_learners(scene).map(|(slot, person)| place(slot, Some(person), true)));
    places
}

/// Who stood in a slot in the old version: several where they shared its hours.
fn as_before(slot: &Slot, old: &[Assignment]) -> Vec<(Slot, Option<domain::PersonId>)> {
    let mut own: Vec<&Assignment> = old.iter().filter(|one| build::is_same(&one.slot, slot)).collect();
    own.sort_by_key(|one| one.slot.span);
    let meet = own.windows(2).all(|pair| pair[0].slot.span.end() == pair[1].slot.span.start());
    let ends = own.first().zip(own.last());
    let whole = ends.is_some_and(|(first, last)| {
        (first.slot.span.start(), last.slot.span.end()) == (slot.span.start(), slot.span.end())
    });
    match own.as_slice() {
        _ if meet && whole => own.iter().map(|one| (one.slot.clone(), one.person)).collect(),
        // The hours of the need have changed since: whoever stood there stands there.
        [alone] => vec![(slot.clone(), alone.person)],
        _ => vec![(slot.clone(), None)],
    }
}
