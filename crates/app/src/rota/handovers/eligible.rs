//! Who may take a duty, and why the others may not: asked of the judge with the change made, so that
//! what is offered is accepted.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::{Eligibility, PersonId, Shift, ShiftId, Span, WhyNot};
use scheduling::aside;
use storage::{Tx, scope, shifts};

use super::{
    Hand, around_shift,
    ground::Ground,
    transfer::{Agreed, Deal, given},
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
    // Of a duty that has begun the rest is given away by whoever cannot come, and by nobody else.
    let how = How::WILLINGLY.where_absent(shift.span.start() <= tx.now());
    let list = judged(how, || app.mint(), &ground, (&shift, part), &people);
    Ok(list.into_iter().map(|one| if hand.plans() { one } else { masked(one, hand.person()) }).collect())
}

/// Under which circumstances a duty would change hands.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Who agreed to what they get: where it is not the taker, somebody else decides, and notice counts from
    /// now.
    pub agreed: Agreed,
    /// Whether the holder cannot come.
    pub absent: bool,
}

impl How {
    /// Whoever takes it does so of their own will.
    pub(super) const WILLINGLY: Self = Self { agreed: Agreed::BOTH, absent: false };
    /// Somebody else decides who has it.
    pub(super) const TOLD: Self = Self { agreed: Agreed { taker: false, holder: true }, absent: false };

    /// The same where the holder cannot come.
    pub(super) fn where_absent(self, absent: bool) -> Self {
        Self { absent, ..self }
    }
}

/// These people, judged as if each took the part, and in order.
pub(super) fn judged(
    How { agreed, absent }: How,
    mint: impl Fn() -> ShiftId + Sync,
    ground: &Ground,
    (shift, part): (&Shift, Span),
    people: &[PersonId],
) -> Vec<Eligibility> {
    let overs = ground.over_with(shift, part);
    // What it leaves the holder is the same whoever takes it.
    let leaves = match absent {
        true => Vec::new(),
        false => ground.against_rest(shift, &given(shift, part, ground.scene.now, &mint)),
    };
    let one = |person: &PersonId| {
        let person = *person;
        let deal = Deal { shift, part, counter: None, taker: person, agreed, absent };
        let reasons = if person == shift.person {
            vec![WhyNot::Holds]
        } else {
            let plan = deal.plan(ground.published(), ground.scene.now, &mint);
            let mut reasons = ground.against_taking(&deal, &plan);
            reasons.extend(leaves.iter().cloned());
            reasons
        };
        let over = overs.iter().find(|(known, _)| *known == person).map_or(0, |(_, over)| *over);
        let is_backup = ground.is_backup(person, shift, part);
        Eligibility { person, reasons, is_backup, over_with: over }
    };
    let mut list: Vec<Eligibility> = aside::each(people, one);
    list.sort_by_key(|one| (!one.may(), !one.is_backup, one.over_with, one.person));
    list
}

/// What `reader` may know of these reasons: all of their own; of another's skills and the published rota, no
/// more.
pub(super) fn masked(one: Eligibility, reader: PersonId) -> Eligibility {
    let mut reasons: Vec<WhyNot> = Vec::new();
    for reason in one.reasons {
        let told = match reason {
            WhyNot::Rule { finding } if finding.person == reader => WhyNot::Rule { finding },
            // Of what the duty would leave whoever has it.
            WhyNot::Rule { finding } if finding.person != one.person => WhyNot::Holder,
            // Which skills they have, colleagues know of each other anyway.
            WhyNot::Rule { finding } if !finding.rule.is_skill() => WhyNot::NotFree,
            other => other,
        };
        if !reasons.contains(&told) {
            reasons.push(told);
        }
    }
    let over_with = if one.person == reader { one.over_with } else { 0 };
    Eligibility { reasons, over_with, ..one }
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
