//! Who may take an open duty: law, leave and their other duties, as for a handover; and while there is
//! time, those below their fair share before those above it.

use chrono::{DateTime, Duration, Utc};
use domain::{Assignment, PersonId, Shift, ShiftId, WhyNot};

use super::super::ground::Ground;
use crate::rota::publish::Plan;

/// From so shortly before a duty on, anybody takes it who lawfully may, and nobody simply gives it back.
pub(super) const FIRM: Duration = Duration::hours(48);

/// The duty that a hole becomes once `person` has it: what its need asks for. Who did not take it
/// themselves was told of it at `told_at`.
pub(in super::super) fn duty(
    ground: &Ground,
    hole: &Assignment,
    person: PersonId,
    id: ShiftId,
    told_at: Option<DateTime<Utc>>,
) -> Shift {
    Shift {
        id,
        pool: ground.scene.pool.id,
        rota: hole.rota,
        need: hole.slot.need,
        person,
        rung: hole.slot.rung,
        kind: ground.scene.kind_of(hole.slot.need),
        span: hole.slot.span,
        sequence: 0,
        changed_at: ground.scene.now,
        told_at,
        cancelled_at: None,
    }
}

/// What law, leave and other duties say against `person`'s taking a hole.
pub(in super::super) fn against(ground: &Ground, hole: &Assignment, person: PersonId) -> Vec<WhyNot> {
    judged(ground, hole, person, None)
}

/// The same where somebody else decides it: notice counts from now.
pub(in super::super) fn against_if_told(ground: &Ground, hole: &Assignment, person: PersonId) -> Vec<WhyNot> {
    judged(ground, hole, person, Some(ground.scene.now))
}

fn judged(
    ground: &Ground,
    hole: &Assignment,
    person: PersonId,
    told_at: Option<DateTime<Utc>>,
) -> Vec<WhyNot> {
    // Ids of shifts are minted when it is taken; until then one stands for all.
    let new = duty(ground, hole, person, ShiftId(uuid::Uuid::nil()), told_at);
    ground.against(person, &Plan { add: vec![new], ..Plan::default() })
}

/// The same, and whether others come first: somebody who would be over their share of these days waits
/// for those who would not be, until two days before.
pub(in super::super) fn against_now(ground: &Ground, hole: &Assignment, person: PersonId) -> Vec<WhyNot> {
    let reasons = against(ground, hole, person);
    if reasons.is_empty() { others_first(ground, hole, person).into_iter().collect() } else { reasons }
}

fn others_first(ground: &Ground, hole: &Assignment, person: PersonId) -> Option<WhyNot> {
    let until = hole.slot.span.start() - FIRM;
    if until <= ground.scene.now {
        return None;
    }
    let overs = overs(ground, hole);
    let over = overs.iter().find(|(known, _)| *known == person).map_or(0, |(_, over)| *over);
    let below = overs.iter().filter(|(other, over)| *over <= 0 && *other != person);
    let mut could = below.filter(|(other, _)| against(ground, hole, *other).is_empty());
    (0 < over && could.next().is_some()).then_some(WhyNot::OthersFirst { until })
}

/// By how many worth-minutes each would be over their share of these days with the hole.
pub(super) fn overs(ground: &Ground, hole: &Assignment) -> Vec<(PersonId, i64)> {
    let nobodys = PersonId(uuid::Uuid::nil());
    let new = duty(ground, hole, nobodys, ShiftId(uuid::Uuid::nil()), None);
    ground.over_with(&new, hole.slot.span)
}
