//! Publishing: a draft's places become shifts. Judged again; the past stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Assignment, DutyKind, Finding, Gravity, NeedId, Notice, PersonId, Rota, RotaId, RotaStatus, Rung, Shift,
    ShiftId, Span, time,
};
use serde_json::json;
use storage::{Tx, acceptances, assignments, audit, notices, pools, rotas, scope, shifts, waiting};

use super::{
    accepted::{self, Of, Reasons},
    draft::expect_draft,
    handovers, period,
    scene::{self, Scene},
    scope_of, tell_board, tell_today, the_pool, the_rota,
};
use crate::{App, Caller, Error, Planner, Refusal, jobs, jobs::Job, topics};

/// The longest message to people, in characters.
const LONGEST_MESSAGE: usize = 2_000;

/// What a publication does to the shifts there are.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// New shifts.
    pub add: Vec<Shift>,
    /// Shifts with other hours or another rung: as they were, as they will be.
    pub change: Vec<(Shift, Shift)>,
    /// Shifts that stay; only the rota they stand in is another.
    pub keep: Vec<Shift>,
    /// Shifts that are nobody's any more.
    pub cancel: Vec<Shift>,
    /// Shifts that were cancelled and stand again.
    pub restore: Vec<Shift>,
}

/// A duty as people are told of it.
pub(crate) type Told = (Span, Rung);

/// What changes for one person.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Effect {
    /// Duties they get, in order.
    pub gains: Vec<Told>,
    /// Duties they no longer have, in order.
    pub loses: Vec<Told>,
    /// How many stay as they are.
    pub keeps: usize,
}

impl Effect {
    /// When the first duty that changes begins.
    pub(crate) fn first(&self) -> Option<DateTime<Utc>> {
        self.gains.iter().chain(&self.loses).map(|(span, _)| span.start()).min()
    }
}

/// Compares a draft with what is published: what has begun by `now` is left alone.
///
/// The same person in the same need on the same day keeps the shift, so that calendars follow it. `kind`
/// says what the hours of a need are in law.
pub(crate) fn plan(
    (rota, places): (RotaId, &[Assignment]),
    published: &[Shift],
    pool: domain::PoolId,
    kind: impl Fn(NeedId) -> DutyKind,
    now: DateTime<Utc>,
    mut mint: impl FnMut() -> ShiftId,
) -> Plan {
    let mut before: Vec<&Shift> = published.iter().filter(|shift| now < shift.span.start()).collect();
    let mut plan = Plan::default();
    let coming = places.iter().filter(|place| now < place.slot.span.start());
    // Exact matches first, so that a changed place never takes the shift of an unchanged one.
    let (mut exact, mut others) = (Vec::new(), Vec::new());
    for place in coming {
        let Some(person) = place.person else { continue };
        let same = |shift: &&Shift| {
            (shift.person, shift.need, shift.rung, shift.span, shift.kind)
                == (person, place.slot.need, place.slot.rung, place.slot.span, kind(place.slot.need))
        };
        match before.iter().position(same) {
            Some(at) => exact.push(before.remove(at)),
            None => others.push((place, person)),
        }
    }
    plan.keep = exact.into_iter().map(|shift| Shift { rota, ..shift.clone() }).collect();
    for (place, person) in others {
        let near = |shift: &&Shift| {
            let apart = (shift.span.start() - place.slot.span.start()).num_hours().abs();
            (shift.person, shift.need) == (person, place.slot.need) && apart < 12
        };
        let new = Shift {
            id: ShiftId(uuid::Uuid::nil()),
            pool,
            rota,
            need: place.slot.need,
            person,
            rung: place.slot.rung,
            kind: kind(place.slot.need),
            span: place.slot.span,
            sequence: 0,
            changed_at: now,
            told_at: Some(now),
            cancelled_at: None,
        };
        match before.iter().position(near) {
            Some(at) => {
                let old = before.remove(at).clone();
                let moved = Shift { id: old.id, sequence: old.sequence + 1, ..new };
                plan.change.push((old, moved));
            }
            None => plan.add.push(Shift { id: mint(), ..new }),
        }
    }
    let cancel = |shift: &Shift| Shift {
        rota,
        sequence: shift.sequence + 1,
        changed_at: now,
        cancelled_at: Some(now),
        ..shift.clone()
    };
    plan.cancel = before.into_iter().map(cancel).collect();
    plan
}

impl Plan {
    /// What changes for whom; people for whom nothing does are among them.
    pub(crate) fn effects(&self) -> BTreeMap<PersonId, Effect> {
        let mut all: BTreeMap<PersonId, Effect> = BTreeMap::new();
        let told = |shift: &Shift| (shift.span, shift.rung);
        for shift in self.add.iter().chain(&self.restore) {
            all.entry(shift.person).or_default().gains.push(told(shift));
        }
        for (old, new) in &self.change {
            let effect = all.entry(new.person).or_default();
            effect.loses.push(told(old));
            effect.gains.push(told(new));
        }
        for shift in &self.cancel {
            all.entry(shift.person).or_default().loses.push(told(shift));
        }
        for shift in &self.keep {
            all.entry(shift.person).or_default().keeps += 1;
        }
        for effect in all.values_mut() {
            effect.gains.sort();
            effect.loses.sort();
        }
        all
    }
}

/// Whole days between the day somebody is told and the day of their first changed duty: told on
/// Monday of Wednesday's duty is one clear day.
pub(crate) fn clear_days(told_on: NaiveDate, first_on: NaiveDate) -> i64 {
    ((first_on - told_on).num_days() - 1).max(0)
}

/// What goes with a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// To everybody whose duties change; may be empty.
    pub message: String,
    /// Why the planner accepts what may be accepted.
    pub reasons: Reasons,
}

impl Word {
    /// A message alone.
    pub fn saying(message: &str) -> Self {
        Self { message: message.to_owned(), reasons: Reasons::default() }
    }
}

/// Publishes a draft and tells everybody for whom something changes, and nobody else. What may be
/// accepted is kept with the planner's reason.
///
/// # Errors
/// If it is no draft, if somebody changed it first, if it breaks a rule that refuses everywhere, or if a
/// reason is missing.
pub async fn publish(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    version: i32,
    word: &Word,
) -> Result<(), Error> {
    let message = word.message.trim();
    if message.chars().count() > LONGEST_MESSAGE {
        return Err(Refusal::MessageIsTooLong.into());
    }
    word.reasons.check()?;
    let scope = scope_of(app, planner, rota).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let mut rota = the_rota(&tx, rota).await?;
    expect_draft(&rota)?;
    if rota.version != version {
        return Err(Error::Stale);
    }
    let pool = the_pool(&tx, rota.pool).await?;
    let scene = scene::load(&tx, pool, period(&rota)).await?;
    let places = assignments::of_rota(&tx, rota.id).await?;
    let findings = accepted::findings(&scene, &places);
    refuse_what_no_reason_allows(&findings)?;
    let of = Of { rota: rota.id, handover: None, by: planner.person() };
    let accepted = accepted::accept(app, &scene, of, &accepted::open(&scene, &findings), &word.reasons)?;
    acceptances::add_all(&tx, &accepted).await?;
    let kind = |need| scene.kind_of(need);
    let plan = plan((rota.id, &places), &scene.published, rota.pool, kind, tx.now(), || app.mint());
    save_shifts(&tx, &plan).await?;
    handovers::end_what_no_longer_stands(&tx, &plan).await?;
    rota.status = RotaStatus::Published;
    rota.message = (!message.is_empty()).then(|| message.to_owned());
    rota.published_by = Some(planner.person());
    rota.published_at = Some(tx.now());
    rotas::change(&tx, &rota).await?;
    supersede_older(&tx, &rota).await?;
    tell_everybody(app, &tx, &scene, &rota, &plan).await?;
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb: "publish_rota",
        object_kind: "rota",
        object: Some(rota.id.0),
        detail: Some(json!({
            "added": plan.add.len(), "changed": plan.change.len(),
            "cancelled": plan.cancel.len(), "kept": plan.keep.len(), "accepted": accepted.len(),
        })),
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    look_again(app, &scene).await
}

/// Only duties to come can refuse: what has begun is past, and read-only.
fn refuse_what_no_reason_allows(findings: &[Finding]) -> Result<(), Error> {
    if findings.iter().any(|finding| finding.gravity == Gravity::Absolute) {
        Err(Refusal::RuleForbids.into())
    } else {
        Ok(())
    }
}

pub(super) async fn save_shifts(tx: &Tx<scope::Pool>, plan: &Plan) -> Result<(), Error> {
    let moved = plan.change.iter().map(|(_, new)| new);
    for shift in plan.keep.iter().chain(moved).chain(&plan.cancel).chain(&plan.restore) {
        shifts::change(tx, shift).await?;
    }
    shifts::add_all(tx, &plan.add).await?;
    let people: BTreeSet<PersonId> = plan.effects().into_keys().collect();
    Ok(shifts::refuse_two_places(tx, &people.into_iter().collect::<Vec<_>>()).await?)
}

/// A publication that lies wholly in the new one has nothing left to say.
async fn supersede_older(tx: &Tx<scope::Pool>, rota: &Rota) -> Result<(), Error> {
    for mut older in rotas::of_pool(tx, rota.pool).await? {
        let inside = rota.from <= older.from && older.until <= rota.until;
        if older.id != rota.id && older.status == RotaStatus::Published && inside {
            older.status = RotaStatus::Superseded;
            rotas::change(tx, &older).await?;
            tell_board(tx, rota.pool, older.id);
        }
    }
    Ok(())
}

/// The dated proof and the letters, for those for whom something changes.
async fn tell_everybody(
    app: &App,
    tx: &Tx<scope::Pool>,
    scene: &Scene,
    rota: &Rota,
    plan: &Plan,
) -> Result<(), Error> {
    let zone = scene.pool.zone;
    for (person, effect) in plan.effects() {
        let Some(first) = effect.first() else { continue };
        let clear = clear_days(time::day(tx.now(), zone), time::day(first, zone));
        let notice = Notice {
            id: app.mint(),
            pool: rota.pool,
            rota: rota.id,
            handover: None,
            change: None,
            person,
            told_at: tx.now(),
            clear_days: i32::try_from(clear).unwrap_or(i32::MAX),
            seen_at: None,
            confirmed_at: None,
        };
        notices::add(tx, &notice).await?;
        let job = Job::TellPublication { pool: rota.pool, rota: rota.id, person };
        jobs::enqueue(app, tx, &job).await?;
        tx.signal(topics::shifts(person));
    }
    tell_board(tx, rota.pool, rota.id);
    tell_today(tx, rota.pool);
    Ok(())
}

/// Messages that wait at the pool's offices may have somebody now. A transaction of its own: no
/// scope sees both a draft and what waits. Telling people does it again, should this not come to it.
pub(super) async fn look_again(app: &App, scene: &Scene) -> Result<(), Error> {
    let offices: Vec<_> = scene.offices().into_iter().map(|office| office.id).collect();
    let tx = app.write(scope::System).await?;
    waiting::look_again(&tx, offices).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod past;

#[cfg(test)]
mod tests {
    use domain::{AssignmentId, NeedId, PoolId, Skills, Slot};
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn evening(day: u32) -> Span {
        Span::new(at(&format!("2026-12-{day:02}T17:00:00Z")), at(&format!("2026-12-{day:02}T21:00:00Z")))
            .unwrap()
    }

    fn id<T: From<Uuid>>(number: u128) -> T {
        T::from(Uuid::from_u128(number))
    }

    fn place(day: u32, person: Option<u128>) -> Assignment {
        Assignment {
            id: id::<AssignmentId>(u128::from(day)),
            rota: id(1),
            slot: Slot {
                need: id::<NeedId>(7),
                day: NaiveDate::from_ymd_opt(2026, 12, day).unwrap(),
                span: evening(day),
                rung: Rung::Lead,
                place: 0,
                languages: Vec::new(),
                skills: Skills::default(),
            },
            person: person.map(id),
            pinned: false,
        }
    }

    fn shift(number: u128, day: u32, person: u128) -> Shift {
        Shift {
            id: id(number),
            pool: id(2),
            rota: id(9),
            need: id(7),
            person: id(person),
            rung: Rung::Lead,
            kind: DutyKind::Active,
            span: evening(day),
            sequence: 3,
            changed_at: at("2026-11-01T00:00:00Z"),
            told_at: Some(at("2026-11-01T00:00:00Z")),
            cancelled_at: None,
        }
    }

    fn published(places: &[Assignment], before: &[Shift], now: &str) -> Plan {
        let mut next = 100;
        let kind = |_| DutyKind::Active;
        plan((id(1), places), before, id::<PoolId>(2), kind, at(now), || {
            next += 1;
            id(next)
        })
    }

    #[test]
    fn the_same_person_in_the_same_slot_keeps_the_shift_untouched() {
        let plan = published(&[place(10, Some(5))], &[shift(50, 10, 5)], "2026-12-01T00:00:00Z");
        assert_eq!(plan.keep, [Shift { rota: id(1), ..shift(50, 10, 5) }]);
        assert_eq!((plan.add.len(), plan.change.len(), plan.cancel.len()), (0, 0, 0));
    }

    #[test]
    fn other_hours_keep_the_id_and_raise_the_sequence() {
        let mut longer = place(10, Some(5));
        longer.slot.span = Span::new(at("2026-12-10T17:00:00Z"), at("2026-12-10T22:00:00Z")).unwrap();
        let plan = published(&[longer], &[shift(50, 10, 5)], "2026-12-01T00:00:00Z");
        let (old, new) = &plan.change[0];
        assert_eq!((old.id, new.id, new.sequence), (id(50), id(50), 4));
        assert_eq!(new.changed_at, at("2026-12-01T00:00:00Z"));
    }

    #[test]
    fn a_place_given_to_another_cancels_one_shift_and_adds_one() {
        let plan = published(&[place(10, Some(6))], &[shift(50, 10, 5)], "2026-12-01T00:00:00Z");
        assert_eq!(plan.add[0].person, id(6));
        assert_eq!((plan.cancel[0].id, plan.cancel[0].sequence), (id(50), 4));
        assert_eq!(plan.cancel[0].cancelled_at, Some(at("2026-12-01T00:00:00Z")));
        let effects = plan.effects();
        assert_eq!(effects[&id::<PersonId>(5)].loses, [(evening(10), Rung::Lead)]);
        assert_eq!(effects[&id::<PersonId>(6)].gains, [(evening(10), Rung::Lead)]);
    }

    #[test]
    fn what_has_begun_stays_as_it_was_whatever_is_published() {
        let before = [shift(50, 10, 5), shift(51, 11, 5)];
        let places = [place(10, Some(6)), place(11, Some(6))];
        let plan = published(&places, &before, "2026-12-10T17:00:00Z");
        assert_eq!(plan.add.len(), 1);
        assert_eq!(plan.cancel.iter().map(|shift| shift.id).collect::<Vec<_>>(), [id(51)]);
    }

    #[test]
    fn a_hole_cancels_what_was_there() {
        let plan = published(&[place(10, None)], &[shift(50, 10, 5)], "2026-12-01T00:00:00Z");
        assert_eq!(plan.cancel.len(), 1);
    }

    #[test]
    fn a_shift_on_another_day_is_not_taken_for_the_same() {
        let plan = published(&[place(11, Some(5))], &[shift(50, 10, 5)], "2026-12-01T00:00:00Z");
        assert_eq!((plan.add.len(), plan.cancel.len(), plan.change.len()), (1, 1, 0));
    }

    #[test]
    fn a_clear_day_lies_wholly_between() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        assert_eq!(clear_days(day(7), day(9)), 1);
        assert_eq!(clear_days(day(7), day(8)), 0);
        assert_eq!(clear_days(day(7), day(7)), 0);
        assert_eq!(clear_days(day(1), day(17)), 15);
    }
}
