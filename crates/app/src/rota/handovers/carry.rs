//! Carrying a handover out: shifts, places, notices and letters in one transaction. And ending those
//! that nothing can come of any more.

use std::collections::BTreeSet;

use domain::{ChangeId, Handover, HandoverId, HandoverStatus, Notice, ShiftId, time};
use serde_json::json;
use storage::{Tx, audit, handovers, notices, scope, shifts};
use views::mail::By;

use super::{Hand, follow, ground::Ground, letters, stands, tell_pages, transfer::moved};
use crate::{
    App, Error,
    rota::publish::{self, Plan, clear_days, look_again, save_shifts},
    topics,
};

/// Does what `plan` says and tells everybody for whom something changes.
pub(super) async fn out(
    app: &App,
    tx: Tx<scope::Pool>,
    hand: &Hand,
    one: Handover,
    ground: &Ground,
    plan: &Plan,
) -> Result<Handover, Error> {
    save_shifts(&tx, plan).await?;
    follow::places(app, &tx, &ground.scene, plan).await?;
    let one = Handover { moved: moved(plan), ..one };
    let one = settled(&tx, hand, one, HandoverStatus::Done, "hand_over").await?;
    notify(app, &tx, Cause::Handover(one.id), ground, plan).await?;
    let by = By::HandedOver {
        from: ground.name(one.person),
        to: one.taken_by.map(|taker| ground.name(taker)).unwrap_or_default(),
    };
    letters::changes(app, &tx, ground, plan, by, &one.note).await?;
    end_what_no_longer_stands(&tx, plan).await?;
    tx.commit().await?;
    look_again(app, &ground.scene).await?;
    Ok(one)
}

/// What a notice is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cause {
    /// A duty that changed hands.
    Handover(HandoverId),
    /// Anything else that changed by itself.
    Change(ChangeId),
}

/// The dated proof for those for whom something changes.
pub(super) async fn notify(
    app: &App,
    tx: &Tx<scope::Pool>,
    cause: Cause,
    ground: &Ground,
    plan: &Plan,
) -> Result<(), Error> {
    let zone = ground.scene.pool.zone;
    let rota = plan.add.iter().chain(&plan.restore).chain(&plan.cancel).map(|shift| shift.rota).next();
    let Some(rota) = rota else { return Ok(()) };
    for (person, effect) in plan.effects() {
        let Some(first) = effect.first() else { continue };
        let clear = clear_days(time::day(tx.now(), zone), time::day(first, zone));
        let notice = Notice {
            id: app.mint(),
            pool: ground.scene.pool.id,
            rota,
            handover: if let Cause::Handover(id) = cause { Some(id) } else { None },
            change: if let Cause::Change(id) = cause { Some(id) } else { None },
            person,
            told_at: tx.now(),
            clear_days: i32::try_from(clear).unwrap_or(i32::MAX),
            seen_at: None,
            confirmed_at: None,
        };
        notices::add(tx, &notice).await?;
        tx.signal(topics::shifts(person));
    }
    Ok(())
}

/// Keeps how a handover ended, and says so to the pages and the audit log.
pub(super) async fn settled(
    tx: &Tx<scope::Pool>,
    hand: &Hand,
    one: Handover,
    status: HandoverStatus,
    verb: &'static str,
) -> Result<Handover, Error> {
    let one = Handover { status, settled_by: Some(hand.person()), settled_at: Some(tx.now()), ..one };
    handovers::change(tx, &one).await?;
    note(tx, entry(hand, verb, &one)).await?;
    tell_pages(tx, &one);
    Ok(one)
}

/// A line of the audit log about a handover.
pub(super) fn entry(hand: &Hand, verb: &'static str, one: &Handover) -> audit::Entry {
    audit::Entry {
        organisation: Some(hand.organisation),
        person: Some(hand.person),
        verb,
        object_kind: "handover",
        object: Some(one.id.0),
        detail: Some(json!({
            "kind": one.kind.word(), "shift": one.shift, "on_behalf_of": one.is_on_behalf().then_some(one.person),
            "taken_by": one.taken_by,
        })),
    }
}

/// Writes it down.
pub(super) async fn note(tx: &Tx<scope::Pool>, entry: audit::Entry) -> Result<(), Error> {
    Ok(audit::add(tx, entry).await?)
}

/// Ends, after a change of shifts, what was offered of duties that are nobody's or somebody else's now.
pub(crate) async fn end_what_no_longer_stands(
    tx: &Tx<scope::Pool>,
    plan: &publish::Plan,
) -> Result<(), Error> {
    let touched = plan.cancel.iter().chain(plan.change.iter().map(|(_, new)| new));
    let ids: Vec<ShiftId> = touched.map(|shift| shift.id).collect::<BTreeSet<_>>().into_iter().collect();
    for one in handovers::under_way(tx, &ids).await? {
        let shift = shifts::get(tx, one.shift).await?;
        let counter = match one.counter {
            Some(counter) => shifts::get(tx, counter).await?.filter(|shift| shift.cancelled_at.is_none()),
            None => None,
        };
        if stands(&one, shift.as_ref()) && counter.is_some() == one.counter.is_some() {
            continue;
        }
        let one = Handover { status: HandoverStatus::Lapsed, settled_at: Some(tx.now()), ..one };
        handovers::change(tx, &one).await?;
        tell_pages(tx, &one);
    }
    Ok(())
}
