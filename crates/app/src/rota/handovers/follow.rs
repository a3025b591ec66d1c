//! The places of rotas follow the shifts: those of the publication the shifts stand in, so that its
//! board is right, and those of open drafts of the same days, so that the next publication does not
//! undo a handover by mistake. A draft that is being built follows too: its build begins again from there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    Assignment, AssignmentId, NeedId, PersonId, Rota, RotaId, RotaStatus, Rung, Shift, Span, Tz, time,
};
use storage::{Tx, assignments, rotas, scope};

use crate::{
    App, Error,
    rota::{publish::Plan, scene::Scene, tell_board},
};

/// Lets the places follow `plan`.
pub(super) async fn places(app: &App, tx: &Tx<scope::Pool>, scene: &Scene, plan: &Plan) -> Result<(), Error> {
    let zone = scene.pool.zone;
    let moves = Moves::of(plan, zone);
    let published: BTreeSet<RotaId> = moves.shifts.iter().map(|shift| shift.rota).collect();
    for rota in rotas::of_pool(tx, scene.pool.id).await? {
        let open = is_open(&rota) && moves.days().any(|day| rota.from <= day && day <= rota.until);
        if !open && !published.contains(&rota.id) {
            continue;
        }
        let before = assignments::of_rota(tx, rota.id).await?;
        let Some(after) = moves.followed_by(&before, || app.mint()) else { continue };
        assignments::settle(tx, rota.id, scene.pool.id, &after).await?;
        changed(tx, &rota).await?;
    }
    Ok(())
}

/// Whether a rota is a draft, or will be one once it is built.
pub(super) fn is_open(rota: &Rota) -> bool {
    matches!(rota.status, RotaStatus::Draft | RotaStatus::Building)
}

/// Says that the places of a rota are others now. What is being built keeps its version: nobody can be
/// too late for it, and whether it shall stop is not ours to say.
pub(super) async fn changed(tx: &Tx<scope::Pool>, rota: &Rota) -> Result<(), Error> {
    if rota.status != RotaStatus::Building {
        rotas::change(tx, rota).await?;
    }
    tell_board(tx, rota.pool, rota.id);
    Ok(())
}

/// Where places belong together: a need, a rung, and the day on which the duty they are parts of begins. A
/// part may begin on the day after.
type Group = (NeedId, Rung, NaiveDate);

/// Who stood where before a plan, and who stands where since.
pub(super) struct Moves {
    shifts: Vec<Shift>,
    old: BTreeMap<Group, Vec<(Span, PersonId)>>,
    new: BTreeMap<Group, Vec<(Span, PersonId)>>,
}

impl Moves {
    pub(super) fn of(plan: &Plan, zone: Tz) -> Self {
        let changed = plan.change.iter();
        let old: Vec<&Shift> = changed.clone().map(|(old, _)| old).chain(&plan.cancel).collect();
        let new: Vec<&Shift> = changed.map(|(_, new)| new).chain(&plan.add).chain(&plan.restore).collect();
        let shifts: Vec<Shift> = old.iter().chain(&new).map(|shift| (*shift).clone()).collect();
        let whole = whole(&shifts);
        let group = |shift: &Shift| -> Group {
            let inside = |(need, rung, span): &&(NeedId, Rung, Span)| {
                (*need, *rung) == (shift.need, shift.rung) && span.contains(shift.span.start())
            };
            let begins = whole.iter().find(inside).map_or(shift.span, |(_, _, span)| *span).start();
            (shift.need, shift.rung, time::day(begins, zone))
        };
        let mut moves = Self { old: BTreeMap::new(), new: BTreeMap::new(), shifts: Vec::new() };
        for shift in old {
            moves.old.entry(group(shift)).or_default().push((shift.span, shift.person));
        }
        for shift in new {
            moves.new.entry(group(shift)).or_default().push((shift.span, shift.person));
        }
        Self { shifts, ..moves }
    }

    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.old.keys().chain(self.new.keys()).map(|(_, _, day)| *day)
    }

    /// The places of a rota after it; nothing if none of them is concerned.
    pub(super) fn followed_by(
        &self,
        before: &[Assignment],
        mut mint: impl FnMut() -> AssignmentId,
    ) -> Option<Vec<Assignment>> {
        let mut all = before.to_vec();
        let groups: BTreeSet<Group> = self.old.keys().chain(self.new.keys()).copied().collect();
        let mut concerned = false;
        for group in groups {
            let old = self.old.get(&group).map_or(&[][..], Vec::as_slice);
            let mut new = self.new.get(&group).cloned().unwrap_or_default();
            let taken = self.taken(&all, group, old, &new);
            if taken.is_empty() {
                continue;
            }
            concerned = true;
            let mut ours: Vec<Assignment> = Vec::new();
            all.retain(|place| {
                let is = taken.contains(&place.id);
                if is {
                    ours.push(place.clone());
                }
                !is
            });
            ours.sort_by_key(|place| place.slot.span);
            new.sort();
            all.extend(tiled(&ours, &new, &mut mint));
        }
        concerned.then_some(all)
    }

    /// The places that those who stood there before leave, and the holes that somebody fills again.
    fn taken(
        &self,
        all: &[Assignment],
        (need, rung, _): Group,
        old: &[(Span, PersonId)],
        new: &[(Span, PersonId)],
    ) -> BTreeSet<AssignmentId> {
        let mut taken = BTreeSet::new();
        let ours = || all.iter().filter(move |place| (place.slot.need, place.slot.rung) == (need, rung));
        for (span, person) in old {
            let left = ours().find(|place| {
                place.slot.span == *span && place.person == Some(*person) && !taken.contains(&place.id)
            });
            taken.extend(left.map(|place| place.id));
        }
        for (span, _) in new {
            let mut open = gaps(*span, ours().filter(|place| taken.contains(&place.id)));
            for hole in ours().filter(|place| place.person.is_none()) {
                let fits = open.iter().any(|gap| hole.slot.span.common(gap) == Some(hole.slot.span));
                if fits && !taken.contains(&hole.id) {
                    open.retain(|gap| !gap.overlaps(&hole.slot.span));
                    taken.insert(hole.id);
                }
            }
        }
        taken
    }
}

/// The duties of which `shifts` are whole or parts: those of a need and a rung that meet are one.
fn whole(shifts: &[Shift]) -> Vec<(NeedId, Rung, Span)> {
    let mut all: Vec<_> = shifts.iter().map(|shift| (shift.need, shift.rung, shift.span)).collect();
    all.sort_unstable();
    let mut whole: Vec<(NeedId, Rung, Span)> = Vec::new();
    for (need, rung, span) in all {
        match whole.last_mut() {
            Some(last) if (last.0, last.1) == (need, rung) && span.start() <= last.2.end() => {
                let end = last.2.end().max(span.end());
                last.2 = Span::new(last.2.start(), end).unwrap_or(span);
            }
            _ => whole.push((need, rung, span)),
        }
    }
    whole
}

/// The parts of `span` in which none of `places` lies.
fn gaps<'p>(span: Span, places: impl Iterator<Item = &'p Assignment>) -> Vec<Span> {
    let mut open = vec![span];
    for place in places {
        open = open.into_iter().flat_map(|gap| without(gap, place.slot.span)).collect();
    }
    open
}

/// What is left of `span` without `other`.
pub(super) fn without(span: Span, other: Span) -> Vec<Span> {
    if !span.overlaps(&other) {
        return vec![span];
    }
    let before = Span::new(span.start(), other.start()).ok();
    let after = Span::new(other.end(), span.end()).ok();
    before.into_iter().chain(after).collect()
}

/// The hours of `ours` with `new` people in them: a place for each piece, and for each hour left open.
fn tiled(
    ours: &[Assignment],
    new: &[(Span, PersonId)],
    mint: &mut impl FnMut() -> AssignmentId,
) -> Vec<Assignment> {
    let Some(first) = ours.first() else { return Vec::new() };
    let mut open: Vec<Span> = ours.iter().map(|place| place.slot.span).collect();
    for (span, _) in new {
        open = open.into_iter().flat_map(|gap| without(gap, *span)).collect();
    }
    let mut pieces: Vec<(Span, Option<PersonId>)> =
        new.iter().map(|(span, person)| (*span, Some(*person))).collect();
    pieces.extend(open.into_iter().map(|span| (span, None)));
    pieces.sort();
    let place = |(at, (span, person)): (usize, (Span, Option<PersonId>))| {
        let like = ours.get(at).unwrap_or(first);
        let id = if at < ours.len() { like.id } else { mint() };
        let slot = domain::Slot { span, ..like.slot.clone() };
        Assignment { id, slot, person, ..like.clone() }
    };
    pieces.into_iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::{DutyKind, Skills, Slot};
    use uuid::Uuid;

    use super::*;
    use crate::rota::handovers::transfer::{Agreed, Deal, back, moved};

    fn id<T: From<Uuid>>(number: u128) -> T {
        T::from(Uuid::from_u128(number))
    }

    fn hours(from: u32, until: u32) -> Span {
        let at = |hour: u32| format!("2026-12-10T{hour:02}:00:00Z").parse::<DateTime<Utc>>().unwrap();
        Span::new(at(from), at(until)).unwrap()
    }

    fn place(number: u128, span: Span, rung: Rung, person: Option<u128>) -> Assignment {
        Assignment {
            id: id(number),
            rota: id(1),
            slot: Slot {
                need: id(7),
                day: "2026-12-10".parse().unwrap(),
                span,
                rung,
                place: 0,
                languages: Vec::new(),
                skills: Skills::default(),
            },
            person: person.map(id),
            pinned: false,
        }
    }

    fn shift(number: u128, span: Span, rung: Rung, person: u128) -> Shift {
        Shift {
            id: id(number),
            pool: id(2),
            rota: id(1),
            need: id(7),
            person: id(person),
            rung,
            kind: DutyKind::Active,
            span,
            sequence: 0,
            changed_at: DateTime::UNIX_EPOCH,
            told_at: Some(DateTime::UNIX_EPOCH),
            cancelled_at: None,
        }
    }

    /// The places as hours, rung and holder.
    fn shown(places: &[Assignment]) -> Vec<(Span, Rung, Option<PersonId>)> {
        let mut all: Vec<_> =
            places.iter().map(|place| (place.slot.span, place.slot.rung, place.person)).collect();
        all.sort();
        all
    }

    fn follows(places: &[Assignment], plan: &Plan) -> Vec<Assignment> {
        let mut next = 900;
        let mint = || {
            next += 1;
            id(next)
        };
        Moves::of(plan, Tz::UTC).followed_by(places, mint).expect("the places are concerned")
    }

    fn dealt(shifts: &[Shift], part: Span, taker: u128) -> Plan {
        let mut next = 500;
        let deal = Deal {
            shift: &shifts[0],
            part,
            counter: None,
            taker: id(taker),
            agreed: Agreed::BOTH,
            absent: false,
        };
        deal.plan(shifts, DateTime::UNIX_EPOCH, || {
            next += 1;
            id(next)
        })
    }

    /// Every shift as it is after `plan`.
    fn after(shifts: &[Shift], plan: &Plan) -> Vec<Shift> {
        let mut all: Vec<Shift> = shifts.to_vec();
        let changed = plan.change.iter().map(|(_, new)| new);
        for new in changed.chain(&plan.cancel).chain(&plan.restore) {
            *all.iter_mut().find(|one| one.id == new.id).unwrap() = new.clone();
        }
        all.extend(plan.add.iter().cloned());
        all
    }

    #[test]
    fn a_duty_that_changes_hands_leaves_its_place_where_it_was() {
        let places = [place(10, hours(17, 21), Rung::Lead, Some(5))];
        let shifts = [shift(50, hours(17, 21), Rung::Lead, 5)];
        let followed = follows(&places, &dealt(&shifts, hours(17, 21), 6));
        assert_eq!(followed, [place(10, hours(17, 21), Rung::Lead, Some(6))]);
    }

    #[test]
    fn a_part_from_the_middle_makes_three_places_of_one_and_giving_it_back_makes_them_one_again() {
        let places = [place(10, hours(17, 21), Rung::Lead, Some(5))];
        let shifts = [shift(50, hours(17, 21), Rung::Lead, 5)];
        let plan = dealt(&shifts, hours(18, 19), 6);
        let followed = follows(&places, &plan);
        let (lead, holder, taker) = (Rung::Lead, Some(id(5)), Some(id(6)));
        assert_eq!(
            shown(&followed),
            [(hours(17, 18), lead, holder), (hours(18, 19), lead, taker), (hours(19, 21), lead, holder)]
        );
        assert!(followed.iter().any(|place| place.id == id(10)), "the place itself stays");
        let undone = back(&moved(&plan), &after(&shifts, &plan), DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(follows(&followed, &undone), places);
    }

    #[test]
    fn a_backup_who_takes_the_lead_leaves_a_hole_behind_and_fills_it_again_when_giving_back() {
        let places =
            [place(10, hours(17, 21), Rung::Lead, Some(5)), place(11, hours(17, 21), Rung::Backup, Some(6))];
        let shifts = [shift(50, hours(17, 21), Rung::Lead, 5), shift(51, hours(17, 21), Rung::Backup, 6)];
        let plan = dealt(&shifts, hours(17, 21), 6);
        let followed = follows(&places, &plan);
        assert_eq!(
            shown(&followed),
            [(hours(17, 21), Rung::Lead, Some(id(6))), (hours(17, 21), Rung::Backup, None)]
        );
        let undone = back(&moved(&plan), &after(&shifts, &plan), DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(shown(&follows(&followed, &undone)), shown(&places));
    }

    #[test]
    fn a_rota_in_which_somebody_else_stands_there_is_left_alone() {
        let places = [place(10, hours(17, 21), Rung::Lead, Some(8))];
        let shifts = [shift(50, hours(17, 21), Rung::Lead, 5)];
        let plan = dealt(&shifts, hours(17, 21), 6);
        assert_eq!(Moves::of(&plan, Tz::UTC).followed_by(&places, || id(1)), None);
    }

    #[test]
    fn what_was_changed_since_is_not_given_back() {
        let shifts = [shift(50, hours(17, 21), Rung::Lead, 5)];
        let plan = dealt(&shifts, hours(17, 21), 6);
        let mut now = after(&shifts, &plan);
        now[1].sequence += 1;
        assert_eq!(back(&moved(&plan), &now, DateTime::UNIX_EPOCH), None);
        let begun = hours(17, 18).start();
        assert_eq!(back(&moved(&plan), &after(&shifts, &plan), begun), None);
    }
}
