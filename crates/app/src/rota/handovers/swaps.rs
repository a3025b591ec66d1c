//! Swaps: colleagues' duties that somebody could have for theirs, as far as the law lets both have them the
//! other way round.

use chrono::{DateTime, Duration, Utc};
use domain::{Shift, ShiftId, Span};
use scheduling::aside;

use super::{
    Hand, around_shift,
    eligible::live,
    ground::Ground,
    transfer::{Agreed, Deal},
};
use crate::{App, Error};

/// How far ahead colleagues' duties are looked through for a swap.
const WITHIN: Duration = Duration::days(28);

/// The duties that could be had for one that is to come, soonest first: asked by whoever may speak for its
/// holder. There are none once it has begun.
///
/// # Errors
/// If it is not theirs.
pub async fn list(app: &App, hand: &Hand, id: ShiftId) -> Result<Vec<Shift>, Error> {
    let scope = around_shift(app, hand, id).await?;
    let tx = app.read(scope).await?;
    let shift = live(&tx, id).await?;
    if !hand.speaks_for(&tx, scope.viewer, shift.person).await? {
        return Err(Error::NotFound("shift"));
    }
    if shift.span.start() <= tx.now() {
        return Ok(Vec::new());
    }
    let horizon = horizon(&shift, tx.now());
    let ground = Ground::load(&tx, scope.pool, &[shift.span, horizon]).await?;
    drop(tx);
    Ok(swaps(|| app.mint(), &ground, &shift, hand).into_iter().cloned().collect())
}

/// In which hours colleagues' duties are looked through.
pub(super) fn horizon(shift: &Shift, now: DateTime<Utc>) -> Span {
    Span::new(now, now.max(shift.span.start()) + WITHIN).expect("later is later")
}

/// Colleagues' duties that the law lets both have the other way round, soonest first, where `hand` asks.
/// Whoever asks agrees for themselves; for somebody else, notice of what they get counts from now.
pub(super) fn swaps<'g>(
    mint: impl Fn() -> ShiftId + Sync,
    ground: &'g Ground,
    shift: &Shift,
    hand: &Hand,
) -> Vec<&'g Shift> {
    let now = ground.scene.now;
    let within = horizon(shift, now);
    let agreed = Agreed { taker: true, holder: shift.person == hand.person() };
    let mut theirs: Vec<&Shift> = ground.published().iter().collect();
    theirs.retain(|one| {
        one.person != shift.person
            && one.rung.covers()
            && within.start() < one.span.start()
            && one.span.start() < within.end()
    });
    theirs.sort_by_key(|one| (one.span, one.id));
    let allowed = aside::each(&theirs, |counter| {
        let deal = Deal {
            shift,
            part: shift.span,
            counter: Some(counter),
            taker: counter.person,
            agreed,
            absent: false,
        };
        ground.allows(&deal, &deal.plan(ground.published(), now, &mint))
    });
    theirs.into_iter().zip(allowed).filter_map(|(one, allowed)| allowed.then_some(one)).collect()
}
