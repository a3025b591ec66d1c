//! Taking an open duty, the planner's word on it, and giving it back.

use chrono::Duration;
use domain::{Assignment, AssignmentId, HandoverStatus, PersonId, Shift, Taking, TakingId, WhyNot};
use serde_json::json;
use storage::{Tx, acceptances, audit, pools, scope, takings};
use views::mail::{By, Single};

use super::{
    super::{
        Hand,
        accept::{explained, told},
        eligible::live,
        ground::Ground,
        letters::{self, Letter},
        single,
    },
    around_place, around_taking,
    fair::{self, FIRM},
    holes, read, the_hole,
};
use crate::{
    App, Error, Refusal,
    kept::{Kept, Seen},
    rota::{accepted::Of, publish::Plan, tell_today, the_pool},
    topics,
};

/// For how long somebody may think better of what they took, however soon it begins.
const SECOND_THOUGHT: Duration = Duration::minutes(10);

/// What became of the taking.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// The duty is theirs, or waits for the planner.
    Done(Box<Kept<Taking>>),
    /// The law, an absence, another duty or somebody else's share stands against it. Nothing was changed.
    Refused(Vec<WhyNot>),
}

/// Takes an open duty for oneself.
///
/// # Errors
/// If it is not on offer, somebody else was faster, or it has begun.
pub async fn take(app: &App, hand: &Hand, id: AssignmentId) -> Result<Taken, Error> {
    give(app, hand, id, hand.person, "").await
}

/// Takes it, as planner, for somebody: notice counts from now, and what the law lets a named person accept
/// is kept with their `reason`.
///
/// # Errors
/// As [`take`]; or if they do not plan the pool.
pub async fn give(
    app: &App,
    hand: &Hand,
    id: AssignmentId,
    taker: PersonId,
    reason: &str,
) -> Result<Taken, Error> {
    if taker != hand.person && !hand.plans() {
        return Err(Error::NotFound("person"));
    }
    let scope = around_place(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let hole = the_hole(&tx, scope, id).await?;
    let ground = Ground::load(&tx, scope.pool, &[hole.slot.span]).await?;
    if !ground.people().any(|person| person == taker) {
        return Err(Error::NotFound("person"));
    }
    let themselves = taker == hand.person;
    // The planner may give it to whom the law lets have it: what is fair is theirs to weigh.
    let judged = match (hand.plans(), themselves) {
        (false, _) => fair::against_now,
        (true, true) => fair::against,
        (true, false) => fair::against_if_told,
    };
    let reasons = judged(&ground, &hole, taker);
    let of = Of { rota: hole.rota, handover: None, by: hand.person };
    let Some(accepted) = explained(app, hand, &ground, of, &reasons, reason)? else {
        return Ok(Taken::Refused(told(reasons, hand, taker)));
    };
    acceptances::add_all(&tx, &accepted).await?;
    let taking = new(app, &tx, scope, &hole, taker);
    if !hand.plans() && the_pool(&tx, scope.pool).await?.approval {
        takings::add(&tx, &taking).await?;
        note(&tx, hand, "ask_for_open_duty", &taking).await?;
        tx.commit().await?;
        return Ok(done(taking));
    }
    let told_at = (!themselves).then(|| tx.now());
    let shift = fair::duty(&ground, &hole, taker, app.mint(), told_at);
    carried_out(app, tx, hand, &ground, shift, taking, takings::add).await
}

fn new(app: &App, tx: &Tx<scope::Pool>, scope: scope::Pool, hole: &Assignment, taker: PersonId) -> Taking {
    Taking {
        id: app.mint(),
        pool: scope.pool,
        rota: hole.rota,
        need: hole.slot.need,
        rung: hole.slot.rung,
        span: hole.slot.span,
        person: taker,
        asked_at: tx.now(),
        status: HandoverStatus::AwaitingApproval,
        shift: None,
        settled_by: None,
        settled_at: None,
    }
}

fn done(taking: Taking) -> Taken {
    Taken::Done(Box::new(Kept::of(taking)))
}

/// Adds the shift that the hole becomes, keeps the taking as `keep` says, and tells whoever it concerns.
async fn carried_out(
    app: &App,
    tx: Tx<scope::Pool>,
    hand: &Hand,
    ground: &Ground,
    shift: Shift,
    taking: Taking,
    keep: impl AsyncFnOnce(&Tx<scope::Pool>, &Taking) -> Result<(), storage::StoreError>,
) -> Result<Taken, Error> {
    let plan = Plan { add: vec![shift.clone()], ..Plan::default() };
    single::write(app, &tx, ground, &plan, By::Single(Single::Taken)).await?;
    let taking = Taking { shift: Some(shift.id), ..settled(&tx, hand, taking, HandoverStatus::Done) };
    keep(&tx, &taking).await?;
    note(&tx, hand, "take_open_duty", &taking).await?;
    single::finished(app, tx, ground).await?;
    Ok(done(taking))
}

fn settled(tx: &Tx<scope::Pool>, hand: &Hand, taking: Taking, status: HandoverStatus) -> Taking {
    Taking { status, settled_by: Some(hand.person), settled_at: Some(tx.now()), ..taking }
}

/// Says it to the audit log and to the pages that show it.
async fn note(tx: &Tx<scope::Pool>, hand: &Hand, verb: &'static str, taking: &Taking) -> Result<(), Error> {
    tx.signal(topics::shifts(taking.person));
    tell_today(tx, taking.pool);
    let entry = audit::Entry {
        organisation: Some(hand.organisation),
        person: Some(hand.person),
        verb,
        object_kind: "taking",
        object: Some(taking.id.0),
        detail: Some(json!({ "person": taking.person, "shift": taking.shift })),
    };
    Ok(audit::add(tx, entry).await?)
}

/// The planner says yes to somebody who asked for an open duty; judged again.
///
/// # Errors
/// If they do not plan the pool, somebody saw an older state, or it does not wait (any more).
pub async fn approve(app: &App, hand: &Hand, id: TakingId, seen: &Seen) -> Result<Taken, Error> {
    let (tx, taking) = waiting(app, hand, id, seen).await?;
    let hole = holes::for_taking(&tx, &taking).await?;
    let Some(hole) = hole.filter(|_| tx.now() < taking.span.start()) else {
        let lapsed = settled(&tx, hand, taking, HandoverStatus::Lapsed);
        takings::change(&tx, &lapsed).await?;
        note(&tx, hand, "lapse_taking", &lapsed).await?;
        tx.commit().await?;
        return Err(Refusal::HandoverIsOver.into());
    };
    let ground = Ground::load(&tx, taking.pool, &[taking.span]).await?;
    let reasons = fair::against(&ground, &hole, taking.person);
    if !reasons.is_empty() {
        return Ok(Taken::Refused(reasons));
    }
    // Whoever asked for it agreed to it.
    let shift = fair::duty(&ground, &hole, taking.person, app.mint(), None);
    carried_out(app, tx, hand, &ground, shift, taking, takings::change).await
}

/// The planner says no.
///
/// # Errors
/// As [`approve`].
pub async fn refuse(app: &App, hand: &Hand, id: TakingId, seen: &Seen) -> Result<Kept<Taking>, Error> {
    let (tx, taking) = waiting(app, hand, id, seen).await?;
    let taking = settled(&tx, hand, taking, HandoverStatus::Refused);
    takings::change(&tx, &taking).await?;
    letters::about_open(app, &tx, &taking, Letter::NotGiven).await?;
    note(&tx, hand, "refuse_taking", &taking).await?;
    tx.commit().await?;
    Ok(Kept::of(taking))
}

/// A taking that waits for the planner, in a transaction that holds its pool.
async fn waiting(
    app: &App,
    hand: &Hand,
    id: TakingId,
    seen: &Seen,
) -> Result<(Tx<scope::Pool>, Taking), Error> {
    let scope = around_taking(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let taking = seen.check(read::the_taking(&tx, scope, hand, id).await?)?;
    if !hand.plans() {
        return Err(Error::NotFound("taking"));
    }
    if taking.status != HandoverStatus::AwaitingApproval {
        return Err(Refusal::HandoverIsOver.into());
    }
    Ok((tx, taking))
}

/// Takes back what one asked for, or gives back what one took: it is open again. A duty that begins
/// within two days is handed over instead, for somebody must have it; but whoever took it a moment ago
/// may think better of it.
///
/// # Errors
/// If it is not theirs, somebody saw an older state, it was changed since, or it is too late.
pub async fn give_back(app: &App, hand: &Hand, id: TakingId, seen: &Seen) -> Result<Kept<Taking>, Error> {
    let scope = around_taking(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let taking = seen.check(read::the_taking(&tx, scope, hand, id).await?)?;
    if !hand.speaks_for(&tx, scope.viewer, taking.person).await? {
        return Err(Error::NotFound("taking"));
    }
    match taking.status {
        HandoverStatus::AwaitingApproval => {
            let taking = settled(&tx, hand, taking, HandoverStatus::Withdrawn);
            takings::change(&tx, &taking).await?;
            note(&tx, hand, "withdraw_taking", &taking).await?;
            tx.commit().await?;
            Ok(Kept::of(taking))
        }
        HandoverStatus::Done => given_back(app, tx, hand, taking).await,
        _ => Err(Refusal::HandoverIsOver.into()),
    }
}

async fn given_back(
    app: &App,
    tx: Tx<scope::Pool>,
    hand: &Hand,
    taking: Taking,
) -> Result<Kept<Taking>, Error> {
    let shift = standing(&tx, &taking).await?.ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    if !may_still(&taking, tx.now()) {
        return Err(Refusal::TooLateToGiveBack.into());
    }
    let ground = Ground::load(&tx, taking.pool, &[taking.span]).await?;
    let now = tx.now();
    let gone = Shift { sequence: shift.sequence + 1, changed_at: now, cancelled_at: Some(now), ..shift };
    let plan = Plan { cancel: vec![gone], ..Plan::default() };
    single::write(app, &tx, &ground, &plan, By::Single(Single::GivenBack)).await?;
    let taking = settled(&tx, hand, taking, HandoverStatus::Withdrawn);
    takings::change(&tx, &taking).await?;
    note(&tx, hand, "give_back_open_duty", &taking).await?;
    single::finished(app, tx, &ground).await?;
    Ok(Kept::of(taking))
}

/// The duty that was taken, as long as it is as it was then.
pub(super) async fn standing(tx: &Tx<scope::Pool>, taking: &Taking) -> Result<Option<Shift>, Error> {
    let Some(id) = taking.shift else { return Ok(None) };
    let shift = match live(tx, id).await {
        Err(Error::NotFound(_)) => None,
        other => Some(other?),
    };
    Ok(shift.filter(|shift| (shift.person, shift.span) == (taking.person, taking.span)))
}

/// Whether it is early enough to give it back, or was taken a moment ago.
pub(super) fn may_still(taking: &Taking, now: chrono::DateTime<chrono::Utc>) -> bool {
    let begins = taking.span.start();
    let early = now <= begins - FIRM;
    let lately = taking.settled_at.is_some_and(|at| now <= at + SECOND_THOUGHT);
    now < begins && (early || lately)
}
