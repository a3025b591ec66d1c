//! Taking what was offered, and saying no to it. Whoever takes is judged again, and the first one has
//! it.

use domain::{
    Acceptance, Finding, Gravity, Handover, HandoverId, HandoverKind, HandoverStatus, PersonId, Rung, WhyNot,
};
use storage::{Tx, acceptances, handovers, pools, scope, shifts};

use super::{
    Hand, around_handover,
    ask::shifts_of,
    carry::{self, entry, settled},
    eligible::{masked, rest_of},
    ground::Ground,
    letters::{self, Letter},
    stands, tell_pages, the_handover,
    transfer::{Agreed, Deal, back},
};
use crate::{
    App, Error, Refusal,
    kept::{Kept, Seen},
    rota::{
        accepted::{self, Of, Reasons},
        publish::Plan,
        the_pool,
    },
};

/// What became of the taking.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// The duty has changed hands, or waits for the planner.
    Done(Box<Kept<Handover>>),
    /// The law, an absence or another duty forbids it, for these reasons. Nothing was changed.
    Refused(Vec<WhyNot>),
}

/// Takes what was offered, for oneself.
///
/// # Errors
/// If it is not offered to them, somebody else was faster, or it is over.
pub async fn accept(app: &App, hand: &Hand, id: HandoverId, seen: &Seen) -> Result<Accepted, Error> {
    take(app, hand, id, seen, hand.person(), "").await
}

/// The planner writes down that somebody takes what is open to anybody; what the law lets a named person
/// accept is kept with their `reason`.
///
/// # Errors
/// As [`accept`]; or if they do not plan the pool.
pub async fn assign(
    app: &App,
    hand: &Hand,
    id: HandoverId,
    seen: &Seen,
    taker: PersonId,
    reason: &str,
) -> Result<Accepted, Error> {
    if !hand.plans() {
        return Err(Error::NotFound("handover"));
    }
    take(app, hand, id, seen, taker, reason).await
}

async fn take(
    app: &App,
    hand: &Hand,
    id: HandoverId,
    seen: &Seen,
    taker: PersonId,
    reason: &str,
) -> Result<Accepted, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let one = seen.check(seen_by(&tx, scope, hand, id).await?)?;
    if one.person == taker || one.to.is_some_and(|to| to != taker) {
        return Err(Error::NotFound("handover"));
    }
    match one.status {
        HandoverStatus::Open => {}
        HandoverStatus::Done | HandoverStatus::AwaitingApproval => {
            return Err(Refusal::HandoverIsTaken.into());
        }
        _ => return Err(Refusal::HandoverIsOver.into()),
    }
    let drawn = match taker == hand.person() {
        true => drawn_up(app, &tx, &one, taker).await?,
        false => drawn_up_for(app, &tx, &one, taker).await?,
    };
    let (ground, plan, reasons) = match drawn {
        Drawn::Up(ground, plan, reasons) => (ground, plan, reasons),
        Drawn::Void(why) => return void(tx, hand, one, why).await,
    };
    if !ground.people().any(|person| person == taker) {
        return Err(Error::NotFound("person"));
    }
    let of = of(hand, &plan, &one)?;
    let Some(accepted) = explained(app, hand, &ground, of, &reasons, reason)? else {
        return Ok(Accepted::Refused(told(reasons, hand, taker)));
    };
    acceptances::add_all(&tx, &accepted).await?;
    let one = Handover { taken_by: Some(taker), ..one };
    if waits(&tx, hand, &one).await? {
        let one = Handover { status: HandoverStatus::AwaitingApproval, ..one };
        handovers::change(&tx, &one).await?;
        carry::note(&tx, entry(hand, "take_handover", &one)).await?;
        tell_pages(&tx, &one);
        tx.commit().await?;
        return Ok(Accepted::Done(Box::new(Kept::of(one))));
    }
    carry::out(app, tx, hand, one, &ground, &plan).await.map(|one| Accepted::Done(Box::new(Kept::of(one))))
}

/// What the planner accepts of what stands against a plan: nothing where nothing does; `None` where it may
/// not be accepted, or nobody says why.
pub(super) fn explained(
    app: &App,
    hand: &Hand,
    ground: &Ground,
    of: Of,
    against: &[WhyNot],
    reason: &str,
) -> Result<Option<Vec<Acceptance>>, Error> {
    if against.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let findings: Option<Vec<&Finding>> = against
        .iter()
        .map(|why| match why {
            WhyNot::Rule { finding } if finding.gravity == Gravity::Overridable => Some(finding),
            _ => None,
        })
        .collect();
    let (Some(findings), true) = (findings, hand.plans() && !reason.trim().is_empty()) else {
        return Ok(None);
    };
    accepted::accept(app, &ground.scene, of, &findings, &Reasons::for_all(reason)).map(Some)
}

/// For what the planner accepts something: the handover, and the rota in which its duty stands.
fn of(hand: &Hand, plan: &Plan, one: &Handover) -> Result<Of, Error> {
    let rota = plan.add.iter().chain(&plan.restore).chain(&plan.cancel).map(|shift| shift.rota).next();
    let rota = rota.ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    Ok(Of { rota, handover: Some(one.id), by: hand.person() })
}

/// The handover, as far as whoever takes it may see it: who was too late for it still learns that.
async fn seen_by(
    tx: &Tx<scope::Pool>,
    scope: scope::Pool,
    hand: &Hand,
    id: HandoverId,
) -> Result<Handover, Error> {
    let found = handovers::get(tx, id).await?.ok_or(Error::NotFound("handover"))?;
    let was_offered = Handover { status: HandoverStatus::Open, ..found.clone() };
    if hand.sees(tx, scope.viewer, &was_offered).await? {
        Ok(found)
    } else {
        Err(Error::NotFound("handover"))
    }
}

/// What a handover would do, or why it cannot do anything any more.
pub(super) enum Drawn {
    /// What it is judged on, what it would do, and what stands against it.
    Up(Box<Ground>, Plan, Vec<WhyNot>),
    /// It came to nothing.
    Void(Refusal),
}

/// Draws up what a handover does to the shifts if `taker` takes it, on what there is now.
pub(super) async fn drawn_up(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    taker: PersonId,
) -> Result<Drawn, Error> {
    drawn(app, tx, one, taker, Agreed { taker: true, holder: !one.is_on_behalf() }).await
}

/// The same if somebody else decides that `taker` has it: notice counts from now.
pub(super) async fn drawn_up_for(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    taker: PersonId,
) -> Result<Drawn, Error> {
    drawn(app, tx, one, taker, Agreed { taker: false, holder: !one.is_on_behalf() }).await
}

async fn drawn(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    taker: PersonId,
    agreed: Agreed,
) -> Result<Drawn, Error> {
    let now = tx.now();
    if one.deadline() <= now {
        return Ok(Drawn::Void(Refusal::InThePast));
    }
    if let Some(done) = one.gives_back {
        let done = handovers::get(tx, done).await?.ok_or(Error::NotFound("handover"))?;
        let Some(plan) = back(&done.moved, &shifts_of(tx, &done).await?, now) else {
            return Ok(Drawn::Void(Refusal::HandoverIsOver));
        };
        let spans: Vec<_> = done.moved.iter().flat_map(|moved| moved.before.or(moved.after)).collect();
        let ground = Ground::load(tx, one.pool, &spans).await?;
        let people: std::collections::BTreeSet<PersonId> = plan.effects().into_keys().collect();
        let mut reasons: Vec<WhyNot> =
            people.into_iter().flat_map(|person| ground.against(person, &plan)).collect();
        // What somebody accepted when they had it before stays accepted.
        reasons.retain(|reason| match reason {
            WhyNot::Rule { finding } => !ground.scene.accepted.iter().any(|one| one.covers(finding)),
            _ => true,
        });
        return Ok(Drawn::Up(Box::new(ground), plan, reasons));
    }
    let shift = shifts::get(tx, one.shift).await?.filter(|shift| stands(one, Some(shift)));
    let Some(shift) = shift else { return Ok(Drawn::Void(Refusal::HandoverIsOver)) };
    let counter = match one.counter {
        Some(counter) => {
            let theirs = shifts::get(tx, counter).await?.filter(|counter| {
                counter.cancelled_at.is_none() && Some(counter.person) == one.to && now < counter.span.start()
            });
            if theirs.is_none() {
                return Ok(Drawn::Void(Refusal::HandoverIsOver));
            }
            theirs
        }
        None => None,
    };
    let Some(part) = rest_of(one.span, now) else { return Ok(Drawn::Void(Refusal::InThePast)) };
    let spans: Vec<_> = std::iter::once(part).chain(counter.as_ref().map(|one| one.span)).collect();
    let ground = Ground::load(tx, one.pool, &spans).await?;
    let absent = one.kind == HandoverKind::Absence;
    let deal = Deal { shift: &shift, part, counter: counter.as_ref(), taker, agreed, absent };
    let plan = deal.plan(ground.published(), now, || app.mint());
    let reasons = ground.against_deal(&deal, &plan);
    Ok(Drawn::Up(Box::new(ground), plan, reasons))
}

/// Nothing can come of it: that is written down, and whoever tried is told.
async fn void(tx: Tx<scope::Pool>, hand: &Hand, one: Handover, why: Refusal) -> Result<Accepted, Error> {
    settled(&tx, hand, one, HandoverStatus::Lapsed, "lapse_handover").await?;
    tx.commit().await?;
    Err(why.into())
}

/// Whether the planner has a word in it: as the pool wishes, but never where somebody cannot come, where
/// something is only given back, or where the planner does it.
async fn waits(tx: &Tx<scope::Pool>, hand: &Hand, one: &Handover) -> Result<bool, Error> {
    let ordinary = matches!(one.kind, HandoverKind::GiveAway | HandoverKind::Swap);
    Ok(ordinary && !hand.plans() && the_pool(tx, one.pool).await?.approval)
}

/// What the taker may know of the reasons: all of their own, of the holder's only what the rota shows.
pub(super) fn told(reasons: Vec<WhyNot>, hand: &Hand, taker: PersonId) -> Vec<WhyNot> {
    if hand.plans() {
        return reasons;
    }
    masked(domain::Eligibility { person: taker, reasons, is_backup: false, over_with: 0 }, taker).reasons
}

/// The planner says yes to what two people agreed on; judged again. What the law lets a named person accept
/// is kept with their `reason`.
///
/// # Errors
/// If they do not plan the pool, somebody saw an older state, or it does not wait (any more).
pub async fn approve(
    app: &App,
    hand: &Hand,
    id: HandoverId,
    seen: &Seen,
    reason: &str,
) -> Result<Accepted, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let one = seen.check(the_handover(&tx, scope.viewer, hand, id).await?)?;
    if !hand.plans() {
        return Err(Error::NotFound("handover"));
    }
    let waiting = one.taken_by.filter(|_| one.status == HandoverStatus::AwaitingApproval);
    let taker = waiting.ok_or(Error::Refused(Refusal::HandoverIsOver))?;
    match drawn_up(app, &tx, &one, taker).await? {
        Drawn::Void(why) => void(tx, hand, one, why).await,
        Drawn::Up(ground, plan, reasons) => {
            let of = of(hand, &plan, &one)?;
            let Some(accepted) = explained(app, hand, &ground, of, &reasons, reason)? else {
                return Ok(Accepted::Refused(reasons));
            };
            acceptances::add_all(&tx, &accepted).await?;
            carry::out(app, tx, hand, one, &ground, &plan)
                .await
                .map(|one| Accepted::Done(Box::new(Kept::of(one))))
        }
    }
}

/// Says no: the colleague to what they alone were asked, the planner to what waits for them.
///
/// # Errors
/// If it is not theirs to refuse, somebody saw an older state, or it is over.
pub async fn refuse(app: &App, hand: &Hand, id: HandoverId, seen: &Seen) -> Result<Kept<Handover>, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let one = seen.check(the_handover(&tx, scope.viewer, hand, id).await?)?;
    let asked = one.status == HandoverStatus::Open && one.to == Some(hand.person());
    let planner = one.status == HandoverStatus::AwaitingApproval && hand.plans();
    match (asked || planner, one.status.is_under_way()) {
        (true, _) => {}
        (false, true) => return Err(Error::NotFound("handover")),
        (false, false) => return Err(Refusal::HandoverIsOver.into()),
    }
    let one = settled(&tx, hand, one, HandoverStatus::Refused, "refuse_handover").await?;
    let rung = shifts::get(&tx, one.shift).await?.map_or(Rung::Lead, |shift| shift.rung);
    letters::write(app, &tx, &one, rung, one.person, Letter::Refused).await?;
    if let Some(taker) = one.taken_by {
        letters::write(app, &tx, &one, rung, taker, Letter::Refused).await?;
    }
    tx.commit().await?;
    Ok(Kept::of(one))
}
