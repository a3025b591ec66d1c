//! Who may take a duty, and why the others may not: asked of the judge with the change made, so that
//! what is offered is accepted.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::{Eligibility, PersonId, Rule, Shift, ShiftId, Span, WhyNot};
use storage::{Tx, scope, shifts};

use super::{
    Hand, around_shift,
    ground::Ground,
    transfer::{Agreed, Deal},
};
use crate::{App, Error, Refusal};

/// Every colleague of the pool: those who may take the duty first, its backup before the others, then
/// whoever is furthest below their fair share.
///
/// Whoever may not speak for the holder is told of themselves alone. Why somebody is away or busy is for
/// them and the planner to know.
///
/// # Errors
/// If there is no such duty in sight, or it is over.
pub async fn eligible(
    app: &App,
    hand: &Hand,
    shift: ShiftId,
    part: Option<Span>,
) -> Result<Vec<Eligibility>, Error> {
    let scope = around_shift(app, hand, shift).await?;
    let tx = app.read(scope).await?;
    let shift = live(&tx, shift).await?;
    let part = part_of(&shift, part, tx.now())?;
    let all = hand.speaks_for(&tx, scope.viewer, shift.person).await?;
    let ground = Ground::load(&tx, scope.pool, &[part]).await?;
    let people: Vec<PersonId> = ground.people().filter(|person| all || *person == hand.person()).collect();
    let list = judged(|| app.mint(), &ground, &shift, part, &people);
    Ok(list.into_iter().map(|one| if hand.plans() { one } else { masked(one, hand.person()) }).collect())
}

/// These people, judged as if each took it themselves, and in order.
pub(super) fn judged(
    mint: impl FnMut() -> ShiftId,
    ground: &Ground,
    shift: &Shift,
    part: Span,
    people: &[PersonId],
) -> Vec<Eligibility> {
    judged_as(Agreed::BOTH, mint, ground, (shift, part), people)
}

/// The same, as if somebody else decided who has it: notice counts from now.
pub(super) fn judged_if_told(
    mint: impl FnMut() -> ShiftId,
    ground: &Ground,
    shift: &Shift,
    part: Span,
    people: &[PersonId],
) -> Vec<Eligibility> {
    judged_as(Agreed { taker: false, holder: true }, mint, ground, (shift, part), people)
}

fn judged_as(
    agreed: Agreed,
    mut mint: impl FnMut() -> ShiftId,
    ground: &Ground,
    (shift, part): (&Shift, Span),
    people: &[PersonId],
) -> Vec<Eligibility> {
    let overs = ground.over_with(shift, part);
    let mut one = |person: PersonId| {
        let deal = Deal { shift, part, counter: None, taker: person, agreed };
        let reasons = if person == shift.person {
            vec![WhyNot::Holds]
        } else {
            let plan = deal.plan(ground.published(), ground.scene.now, &mut mint);
            ground.against_deal(&deal, &plan)
        };
        let over = overs.iter().find(|(known, _)| *known == person).map_or(0, |(_, over)| *over);
        let is_backup = ground.is_backup(person, shift, part);
        Eligibility { person, reasons, is_backup, over_with: over }
    };
    let mut list: Vec<Eligibility> = people.iter().copied().map(&mut one).collect();
    list.sort_by_key(|one| (!one.may(), !one.is_backup, one.over_with, one.person));
    list
}

/// What a colleague may know of another's reasons: skills and the published rota, no more.
pub(super) fn masked(one: Eligibility, reader: PersonId) -> Eligibility {
    if one.person == reader {
        return one;
    }
    let mut reasons: Vec<WhyNot> = Vec::new();
    for reason in one.reasons {
        let told = match reason {
            WhyNot::Rule { finding } if !is_skill(finding.rule) => WhyNot::NotFree,
            other => other,
        };
        if !reasons.contains(&told) {
            reasons.push(told);
        }
    }
    Eligibility { reasons, over_with: 0, ..one }
}

/// What colleagues know of each other anyway: which languages they speak, destinations they know and
/// channels they answer on.
fn is_skill(rule: Rule) -> bool {
    matches!(rule, Rule::Language | Rule::Destination | Rule::Channel)
}

/// The duty of that id, if it stands. A learner's is none that could change hands.
pub(super) async fn live(tx: &Tx<scope::Pool>, id: ShiftId) -> Result<Shift, Error> {
    let stands = |shift: &Shift| shift.cancelled_at.is_none() && shift.rung.covers();
    let shift = shifts::get(tx, id).await?.filter(stands);
    shift.ok_or(Error::NotFound("shift"))
}

/// The part of a duty that is meant, as far as it is to come: whole minutes, inside the duty.
pub(super) fn part_of(shift: &Shift, wanted: Option<Span>, now: DateTime<Utc>) -> Result<Span, Error> {
    let wanted = wanted.unwrap_or(shift.span);
    let inside = wanted.common(&shift.span) == Some(wanted);
    let whole = [wanted.start(), wanted.end()].iter().all(|at| whole_minute(*at) == *at);
    if !inside || !whole && wanted != shift.span {
        return Err(Refusal::PeriodIsWrong.into());
    }
    rest_of(wanted, now).ok_or(Error::Refused(Refusal::InThePast))
}

/// What is left of `span` from the next whole minute on; nothing once it is over.
pub(super) fn rest_of(span: Span, now: DateTime<Utc>) -> Option<Span> {
    if now <= span.start() {
        return Some(span);
    }
    let floor = whole_minute(now);
    let next = if floor < now { floor + TimeDelta::minutes(1) } else { now };
    Span::new(next, span.end()).ok()
}

fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}
