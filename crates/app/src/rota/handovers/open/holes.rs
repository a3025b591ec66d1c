//! Holes: places to come, in what is published for each day last, that nobody fills.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{Assignment, HandoverStatus, PoolId, Rota, RotaId, RotaStatus, Shift, Taking, time};
use scheduling::needs::Period;
use storage::{Tx, assignments, rotas, scope, shifts, takings};

use crate::{
    Error,
    rota::{build::take_shift, scene, the_pool},
};

/// How far ahead open duties are offered.
const AHEAD: Duration = Duration::days(35);

/// The holes in what is published, those whose hours run among them, soonest first; `published` are the
/// shifts of the period.
pub(in crate::rota) async fn within(
    tx: &Tx<scope::Pool>,
    published: &[Shift],
    all: &[Rota],
    Period { from, until }: Period,
) -> Result<Vec<Assignment>, Error> {
    let mut rotas: Vec<&Rota> = all
        .iter()
        .filter(|rota| rota.status == RotaStatus::Published && rota.from <= until && from <= rota.until)
        .collect();
    rotas.sort_by_key(|rota| std::cmp::Reverse(rota.published_at));
    let mut shifts: Vec<&Shift> = published.iter().collect();
    let mut said: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut holes = Vec::new();
    for rota in rotas {
        let places = assignments::of_rota(tx, rota.id).await?;
        if is_of_the_past(rota, &places) {
            continue;
        }
        let ours = |Assignment { slot, .. }: &Assignment| {
            slot.rung.covers() && from <= slot.day && slot.day <= until && !said.contains(&slot.day)
        };
        for place in places.into_iter().filter(ours) {
            let filled = take_shift(&mut shifts, &place.slot).is_some();
            if !filled && tx.now() < place.slot.span.end() {
                holes.push(place);
            }
        }
        said.extend(rota.from.iter_days().take_while(|day| *day <= rota.until));
    }
    holes.sort_by_key(|place| (place.slot.span, place.slot.rung, place.id));
    Ok(holes)
}

/// Whether a rota only holds duties that were stood before this house knew of them: nobody published it,
/// and of the day it was written down on it says nothing.
fn is_of_the_past(rota: &Rota, places: &[Assignment]) -> bool {
    let over = |place: &Assignment| rota.published_at.is_some_and(|at| place.slot.span.end() <= at);
    rota.published_by.is_none() && places.iter().all(over)
}

/// The holes that are on offer now: those somebody has asked the planner for are not, nor those that have
/// begun.
pub(super) async fn on_offer(tx: &Tx<scope::Pool>, pool: PoolId) -> Result<Vec<Assignment>, Error> {
    let zone = the_pool(tx, pool).await?.zone;
    let day = |at: DateTime<Utc>| time::day(at, zone);
    let mut holes = of_days(tx, pool, Period { from: day(tx.now()), until: day(tx.now() + AHEAD) }).await?;
    holes.retain(|hole| tx.now() < hole.slot.span.start());
    Ok(without_asked(holes, &takings::of_pool(tx, pool, HandoverStatus::AwaitingApproval).await?))
}

/// The holes of some days.
async fn of_days(tx: &Tx<scope::Pool>, pool: PoolId, period: Period) -> Result<Vec<Assignment>, Error> {
    let zone = the_pool(tx, pool).await?.zone;
    let published = shifts::of_pool(tx, pool, scene::whole(period, zone)).await?;
    within(tx, &published, &rotas::of_pool(tx, pool).await?, period).await
}

/// Each taking that waits keeps one hole of its hours from the others.
fn without_asked(mut holes: Vec<Assignment>, asked: &[Taking]) -> Vec<Assignment> {
    for taking in asked {
        if let Some(at) = holes.iter().position(|hole| is_of(taking, hole)) {
            holes.remove(at);
        }
    }
    holes
}

/// Whether somebody takes what this hole asks for.
pub(super) fn is_of(taking: &Taking, hole: &Assignment) -> bool {
    (taking.rota, taking.need, taking.rung, taking.span)
        == (hole.rota, hole.slot.need, hole.slot.rung, hole.slot.span)
}

/// How a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It is open, and on offer.
    Open,
    /// Somebody has it, or asked the planner for it.
    Filled,
    /// It has begun.
    Over,
    /// It is not published, or something else was published for its day since.
    Unseen,
}

/// Looks whether a place is open.
pub(super) async fn find(tx: &Tx<scope::Pool>, pool: PoolId, place: &Assignment) -> Result<Found, Error> {
    let day = place.slot.day;
    if newest_of(tx, pool, day).await?.is_none_or(|rota| rota != place.rota) {
        return Ok(Found::Unseen);
    }
    if place.slot.span.start() <= tx.now() {
        return Ok(Found::Over);
    }
    let holes = of_days(tx, pool, Period { from: day, until: day }).await?;
    let asked = takings::of_pool(tx, pool, HandoverStatus::AwaitingApproval).await?;
    let open = without_asked(holes, &asked).iter().any(|hole| hole.id == place.id);
    Ok(if open { Found::Open } else { Found::Filled })
}

/// What was published last for a day.
async fn newest_of(tx: &Tx<scope::Pool>, pool: PoolId, day: NaiveDate) -> Result<Option<RotaId>, Error> {
    let mut all = rotas::of_pool(tx, pool).await?;
    all.retain(|rota| rota.status == RotaStatus::Published && rota.from <= day && day <= rota.until);
    all.sort_by_key(|rota| std::cmp::Reverse(rota.published_at));
    for rota in all {
        let by_nobody = rota.published_by.is_none();
        if !by_nobody || !is_of_the_past(&rota, &assignments::of_rota(tx, rota.id).await?) {
            return Ok(Some(rota.id));
        }
    }
    Ok(None)
}

/// A hole that fits a taking which waits, if there still is one.
pub(super) async fn for_taking(tx: &Tx<scope::Pool>, taking: &Taking) -> Result<Option<Assignment>, Error> {
    let zone = the_pool(tx, taking.pool).await?.zone;
    let day = time::day(taking.span.start(), zone);
    let holes = of_days(tx, taking.pool, Period { from: day, until: day }).await?;
    Ok(holes.into_iter().find(|hole| is_of(taking, hole)))
}
