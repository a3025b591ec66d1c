//! What a handover does to the shifts there are: as a publication does it, cancel one and add one.

use chrono::{DateTime, Utc};
use domain::{Moved, PersonId, Rung, Shift, ShiftId, Span};

use crate::rota::publish::Plan;

/// Who takes what, and what the holder gets for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deal<'a> {
    /// The duty.
    pub shift: &'a Shift,
    /// Which part of it.
    pub part: Span,
    /// The taker's own duty that the holder gets for it.
    pub counter: Option<&'a Shift>,
    /// Who takes it.
    pub taker: PersonId,
    /// Who of the two agreed to what they get.
    pub agreed: Agreed,
    /// Whether the holder cannot come: then what it leaves them is no reason against it.
    pub absent: bool,
}

/// Who agreed to what they get. Notice protects from what others decide: whoever did not agree is told
/// now, and the law says whether that is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Agreed {
    /// Whoever takes the duty.
    pub taker: bool,
    /// Whoever had it, to what they get for it.
    pub holder: bool,
}

impl Agreed {
    /// Both did.
    pub(super) const BOTH: Self = Self { taker: true, holder: true };
}

impl Deal<'_> {
    /// What becomes of the shifts, given what is `published` around them. A backup who takes the lead
    /// leaves their own place, as far as the hours are the same.
    pub(super) fn plan(
        &self,
        published: &[Shift],
        now: DateTime<Utc>,
        mut mint: impl FnMut() -> ShiftId,
    ) -> Plan {
        let mut plan = Plan::default();
        let told = |agreed: bool| (!agreed).then_some(now);
        let taken = (self.taker, told(self.agreed.taker));
        hand(&mut plan, self.shift, self.part, taken, now, &mut mint);
        if let Some(counter) = self.counter {
            let got = (self.shift.person, told(self.agreed.holder));
            hand(&mut plan, counter, counter.span, got, now, &mut mint);
        }
        if self.shift.rung == Rung::Lead {
            for own in published.iter().filter(|one| self.is_own_backup(one)) {
                if let Some(common) = own.span.common(&self.part) {
                    cut(&mut plan, own, common, now, &mut mint);
                }
            }
        }
        plan
    }

    /// Whether `one` is the taker's place behind this duty.
    fn is_own_backup(&self, one: &Shift) -> bool {
        one.person == self.taker
            && one.pool == self.shift.pool
            && one.rung == Rung::Backup
            && one.cancelled_at.is_none()
            && self.counter.is_none_or(|counter| counter.id != one.id)
    }
}

/// What becomes of the holder's duty if somebody takes `part` of it, whoever that is.
pub(super) fn given(
    shift: &Shift,
    part: Span,
    now: DateTime<Utc>,
    mut mint: impl FnMut() -> ShiftId,
) -> Plan {
    let mut plan = Plan::default();
    cut(&mut plan, shift, part, now, &mut mint);
    plan
}

/// Takes `part` out of `shift` and gives it to somebody as a shift of their own, who was told of it then
/// or agreed to it.
fn hand(
    plan: &mut Plan,
    shift: &Shift,
    part: Span,
    (to, told_at): (PersonId, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
    mint: &mut impl FnMut() -> ShiftId,
) {
    cut(plan, shift, part, now, mint);
    plan.add.push(Shift { person: to, span: part, told_at, ..fresh(shift, mint(), now) });
}

/// Takes `part` out of `shift`: nothing is left of it, or a shorter shift, or one before and one after.
fn cut(plan: &mut Plan, shift: &Shift, part: Span, now: DateTime<Utc>, mint: &mut impl FnMut() -> ShiftId) {
    let before = Span::new(shift.span.start(), part.start()).ok();
    let after = Span::new(part.end(), shift.span.end()).ok();
    let mut left = before.into_iter().chain(after);
    let sequence = shift.sequence + 1;
    match left.next() {
        None => {
            plan.cancel.push(Shift { sequence, changed_at: now, cancelled_at: Some(now), ..shift.clone() })
        }
        Some(span) => {
            plan.change.push((shift.clone(), Shift { span, sequence, changed_at: now, ..shift.clone() }));
        }
    }
    for span in left {
        plan.add.push(Shift { span, ..fresh(shift, mint(), now) });
    }
}

/// A new shift in the place of another, of which its holder was told when they were told of the other.
fn fresh(shift: &Shift, id: ShiftId, now: DateTime<Utc>) -> Shift {
    Shift { id, sequence: 0, changed_at: now, cancelled_at: None, ..shift.clone() }
}

/// What a plan does, shift by shift, as it is kept.
pub(super) fn moved(plan: &Plan) -> Vec<Moved> {
    let one = |shift: &Shift, before, after| Moved {
        shift: shift.id,
        person: shift.person,
        before,
        after,
        sequence: shift.sequence,
    };
    let made = plan.add.iter().chain(&plan.restore).map(|shift| one(shift, None, Some(shift.span)));
    let changed = plan.change.iter().map(|(old, new)| one(new, Some(old.span), Some(new.span)));
    let gone = plan.cancel.iter().map(|shift| one(shift, Some(shift.span), None));
    made.chain(changed).chain(gone).collect()
}

/// What makes undone what was `moved`; nothing if one of the shifts was changed since, or has begun. A duty
/// that stands again is one of which its holder was told as long ago as before.
pub(super) fn back(moved: &[Moved], shifts: &[Shift], now: DateTime<Utc>) -> Option<Plan> {
    let mut plan = Plan::default();
    for one in moved {
        let shift = shifts.iter().find(|shift| shift.id == one.shift)?;
        let begun = one.before.into_iter().chain(one.after).any(|span| span.start() <= now);
        if shift.sequence != one.sequence || begun {
            return None;
        }
        let next = Shift { sequence: shift.sequence + 1, changed_at: now, ..shift.clone() };
        match (one.before, one.after) {
            (None, _) => plan.cancel.push(Shift { cancelled_at: Some(now), ..next }),
            (Some(span), None) => plan.restore.push(Shift { span, cancelled_at: None, ..next }),
            (Some(span), Some(_)) => plan.change.push((shift.clone(), Shift { span, ..next })),
        }
    }
    (!moved.is_empty()).then_some(plan)
}
