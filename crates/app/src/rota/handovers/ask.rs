//! Asking: a duty is offered, a swap proposed, an absence told; and taking it back.

use domain::{
    Handover, HandoverId, HandoverKind, HandoverStatus, PersonId, Rung, Shift, ShiftId, Span, WhyNot,
};
use storage::{Tx, handovers, pools, scope, shifts};

use super::{
    Hand, around_handover, around_shift, call,
    carry::{entry, settled},
    eligible::{live, part_of},
    ground::Ground,
    letters::{self, Letter},
    tell_pages, the_handover,
    transfer::{Agreed, Deal, back, given},
};
use crate::{
    App, Error, Refusal,
    jobs::{self, Job},
    kept::{Kept, Seen},
};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// What is asked of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Somebody else shall have it, or a part of it.
    GiveAway {
        /// Which part; all of it if none is named.
        part: Option<Span>,
    },
    /// A named colleague shall have it, for one of theirs.
    Swap {
        /// Who.
        with: PersonId,
        /// Which of theirs.
        counter: ShiftId,
    },
    /// The holder cannot come.
    Absence,
}

/// What became of the asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// It is offered.
    Done(Box<Kept<Handover>>),
    /// A swap that the law or an absence forbids, or a duty without which the law forbids what it would leave
    /// the holder, for these reasons. Nothing was asked.
    Refused(Vec<WhyNot>),
}

/// Offers a duty: by its holder, or by a manager of their employer or the planner on their behalf.
///
/// # Errors
/// If the duty is not theirs to offer, has begun (an absence may be told until it ends) or is offered
/// already.
pub async fn ask(app: &App, hand: &Hand, shift: ShiftId, wish: Wish, note: &str) -> Result<Asked, Error> {
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Refusal::MessageIsTooLong.into());
    }
    let scope = around_shift(app, hand, shift).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let shift = live(&tx, shift).await?;
    if !hand.speaks_for(&tx, scope.viewer, shift.person).await? {
        return Err(Error::NotFound("shift"));
    }
    let handover = handover(app, &tx, hand, &shift, &wish, note)?;
    refuse_what_is_offered(&tx, &handover).await?;
    if let Wish::Swap { counter, .. } = wish {
        let counter = counter_of(&tx, &handover, counter).await?;
        let ground = Ground::load(&tx, scope.pool, &[shift.span, counter.span]).await?;
        let taker = counter.person;
        let agreed = Agreed { taker: true, holder: shift.person == hand.person() };
        let deal =
            Deal { shift: &shift, part: shift.span, counter: Some(&counter), taker, agreed, absent: false };
        let reasons = ground.against_deal(&deal, &deal.plan(ground.published(), tx.now(), || app.mint()));
        if !reasons.is_empty() {
            return Ok(Asked::Refused(reasons));
        }
    }
    if handover.kind == HandoverKind::GiveAway {
        let ground = Ground::load(&tx, scope.pool, &[shift.span]).await?;
        let reasons = ground.against_rest(&shift, &given(&shift, handover.span, tx.now(), || app.mint()));
        if !reasons.is_empty() {
            return Ok(Asked::Refused(reasons));
        }
    }
    begin(app, &tx, hand, &handover, &shift).await?;
    tx.commit().await?;
    Ok(Asked::Done(Box::new(Kept::of(handover))))
}

/// What is kept of the asking.
fn handover(
    app: &App,
    tx: &Tx<scope::Pool>,
    hand: &Hand,
    shift: &Shift,
    wish: &Wish,
    note: &str,
) -> Result<Handover, Error> {
    let now = tx.now();
    let (kind, part, counter, to) = match wish {
        Wish::GiveAway { part } => (HandoverKind::GiveAway, *part, None, None),
        Wish::Swap { with, counter } => (HandoverKind::Swap, None, Some(*counter), Some(*with)),
        Wish::Absence => (HandoverKind::Absence, None, None, None),
    };
    let span = part_of(shift, part, now)?;
    if kind != HandoverKind::Absence && part.unwrap_or(shift.span).start() <= now {
        return Err(Refusal::InThePast.into());
    }
    Ok(Handover {
        id: app.mint(),
        pool: shift.pool,
        shift: shift.id,
        person: shift.person,
        kind,
        span,
        counter,
        to,
        asked_by: hand.person(),
        note: note.to_owned(),
        asked_at: now,
        status: HandoverStatus::Open,
        taken_by: None,
        settled_by: None,
        settled_at: None,
        moved: Vec::new(),
        called: Vec::new(),
        all_called: false,
        gives_back: None,
    })
}

/// The colleague's duty that is wanted for it.
async fn counter_of(tx: &Tx<scope::Pool>, one: &Handover, counter: ShiftId) -> Result<Shift, Error> {
    let wrong = || Error::from(Refusal::SwapIsWrong);
    let is_one = |shift: &Shift| shift.pool == one.pool && shift.rung.covers();
    let counter = shifts::get(tx, counter).await?.filter(is_one);
    let counter = counter.ok_or(Error::NotFound("shift"))?;
    let theirs = Some(counter.person) == one.to && counter.person != one.person;
    if !theirs || counter.cancelled_at.is_some() || counter.span.start() <= tx.now() {
        return Err(wrong());
    }
    Ok(counter)
}

/// One hour of a duty is offered once.
async fn refuse_what_is_offered(tx: &Tx<scope::Pool>, new: &Handover) -> Result<(), Error> {
    let under_way = handovers::under_way(tx, &[new.shift]).await?;
    let same = |one: &Handover| one.shift == new.shift && one.span.overlaps(&new.span);
    if under_way.iter().any(same) { Err(Refusal::AlreadyOffered.into()) } else { Ok(()) }
}

/// Keeps it, tells whom it concerns, and says when it will come to nothing.
async fn begin(
    app: &App,
    tx: &Tx<scope::Pool>,
    hand: &Hand,
    one: &Handover,
    shift: &Shift,
) -> Result<(), Error> {
    handovers::add(tx, one).await?;
    crate::rota::handovers::carry::note(tx, entry(hand, "ask_handover", one)).await?;
    if let Some(to) = one.to {
        letters::write(app, tx, one, shift.rung, to, Letter::asking(one)).await?;
    }
    if one.is_on_behalf() {
        letters::write(app, tx, one, shift.rung, one.person, Letter::OnBehalf).await?;
    }
    let lapse = Job::LapseHandover { pool: one.pool, handover: one.id };
    jobs::enqueue_at(app, tx, &lapse, one.deadline()).await?;
    if one.kind == HandoverKind::Absence {
        call::soon(app, tx, one).await?;
    }
    tell_pages(tx, one);
    Ok(())
}

/// Offers to give back what was handed over: only whoever had it before need accept, and only while
/// nothing of it has begun or was changed since. Either side of a swap may ask.
///
/// # Errors
/// If it is not theirs, was changed since, or has begun.
pub async fn give_back(app: &App, hand: &Hand, id: HandoverId, note: &str) -> Result<Kept<Handover>, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let done = the_handover(&tx, scope.viewer, hand, id).await?;
    let taker = done.taken_by.filter(|_| done.status == HandoverStatus::Done);
    let taker = taker.ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    let from = if hand.speaks_for(&tx, scope.viewer, taker).await? {
        taker
    } else if done.counter.is_some() && hand.speaks_for(&tx, scope.viewer, done.person).await? {
        done.person
    } else {
        return Err(Error::NotFound("handover"));
    };
    let to = if from == taker { done.person } else { taker };
    let shifts = shifts_of(&tx, &done).await?;
    back(&done.moved, &shifts, tx.now()).ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    let held = done.moved.iter().find(|one| one.person == from && one.before.is_none());
    let shift = held.and_then(|held| shifts.iter().find(|shift| shift.id == held.shift));
    let shift = shift.ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    let asked = handover(app, &tx, hand, shift, &Wish::GiveAway { part: None }, note.trim())?;
    let asked = Handover { kind: HandoverKind::GiveBack, to: Some(to), gives_back: Some(done.id), ..asked };
    refuse_what_is_offered(&tx, &asked).await?;
    begin(app, &tx, hand, &asked, shift).await?;
    tx.commit().await?;
    Ok(Kept::of(asked))
}

/// The shifts a handover moved, as they are now.
pub(super) async fn shifts_of(tx: &Tx<scope::Pool>, one: &Handover) -> Result<Vec<Shift>, Error> {
    let mut all = Vec::new();
    for moved in &one.moved {
        all.extend(shifts::get(tx, moved.shift).await?);
    }
    Ok(all)
}

/// Takes back what was asked, while nothing has come of it.
///
/// # Errors
/// If it is not theirs, somebody saw an older state, or it is over.
pub async fn withdraw(app: &App, hand: &Hand, id: HandoverId, seen: &Seen) -> Result<Kept<Handover>, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let one = the_handover(&tx, scope.viewer, hand, id).await?;
    let asked = one.asked_by == hand.person();
    if !asked && !hand.speaks_for(&tx, scope.viewer, one.person).await? {
        return Err(Error::NotFound("handover"));
    }
    let one = seen.check(one)?;
    if !one.status.is_under_way() {
        return Err(Refusal::HandoverIsOver.into());
    }
    let one = settled(&tx, hand, one, HandoverStatus::Withdrawn, "withdraw_handover").await?;
    let rung = shifts::get(&tx, one.shift).await?.map_or(Rung::Lead, |shift| shift.rung);
    for waits in one.to.into_iter().chain(one.taken_by) {
        letters::write(app, &tx, &one, rung, waits, Letter::Withdrawn).await?;
    }
    tx.commit().await?;
    Ok(Kept::of(one))
}
