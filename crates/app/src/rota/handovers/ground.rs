//! What a handover is judged on: the scene of the days around it, with what is published.

use std::{collections::BTreeMap, sync::OnceLock};

use chrono::Days;
use domain::{DutyKind, Finding, Gravity, PersonId, PoolId, Rule, Rung, Shift, Span, WhyNot, time};
use scheduling::{Place, Problem, needs::Period, score::shares};
use storage::{Tx, scope};

use super::transfer::Deal;
use crate::{
    Error,
    rota::{
        duty::place,
        publish::Plan,
        scene::{self, Scene},
        the_pool,
    },
};

/// How many days before and after a duty others count as places of the same rota. Work farther away is
/// in the scene as it stands.
const AROUND: Days = Days::new(7);

/// The scene around some duties.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// Everything there is to know.
    pub scene: Scene,
    /// The same without any duty of these days.
    bare: Problem,
    /// What is wrong with each person's duties as they stand, once somebody asked.
    known: BTreeMap<PersonId, OnceLock<Vec<Finding>>>,
}

impl Ground {
    /// Reads what lies around `spans`, of which there is one at least.
    pub(super) async fn load(tx: &Tx<scope::Pool>, pool: PoolId, spans: &[Span]) -> Result<Self, Error> {
        let pool = the_pool(tx, pool).await?;
        let ends = || spans.iter().flat_map(|span| [span.start(), span.end()]);
        let days = || ends().map(|end| time::day(end, pool.zone));
        let today = time::day(tx.now(), pool.zone);
        let (first, last) = (days().min().unwrap_or(today), days().max().unwrap_or(today));
        let scene = scene::load(tx, pool, Period { from: first - AROUND, until: last + AROUND }).await?;
        Ok(Self::of(scene))
    }

    /// A scene that was read. Of each duty its shift says since when its holder knows of it, or that they
    /// agreed to it and notice is not looked at.
    pub(super) fn of(scene: Scene) -> Self {
        let bare = Problem { told: None, ..scene.problem(&[]) };
        let known = bare.candidates.iter().map(|one| (one.person, OnceLock::new())).collect();
        Self { scene, bare, known }
    }

    /// The published shifts of these days, whoever's.
    pub(super) fn published(&self) -> &[Shift] {
        &self.scene.published
    }

    /// Everybody who may stand watch in these days.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> {
        self.bare.candidates.iter().map(|candidate| candidate.person)
    }

    /// The given name of somebody who may stand watch; empty of others.
    pub(super) fn name(&self, person: PersonId) -> String {
        let known = self.scene.people.iter().find(|known| known.id == person);
        known.map(|known| known.given_name.clone()).unwrap_or_default()
    }

    /// What stands against `person` once `plan` is done, that does not today.
    pub(super) fn against(&self, person: PersonId, plan: &Plan) -> Vec<WhyNot> {
        let before: Vec<&Shift> = self.published().iter().filter(|shift| shift.person == person).collect();
        let after = after(&before, person, plan);
        let gained: Vec<&Shift> =
            plan.add.iter().chain(&plan.restore).filter(|shift| shift.person == person).collect();
        let twice =
            |shift: &&&Shift| gained.iter().any(|new| new.id != shift.id && new.span.overlaps(&shift.span));
        let mut reasons: Vec<WhyNot> =
            after.iter().filter(twice).take(1).map(|shift| WhyNot::OnDuty { span: shift.span }).collect();
        let on_duty = !reasons.is_empty();
        let found = self.findings(person, &after);
        // What was found before is asked for only where something is found at all.
        let known = if found.is_empty() { Vec::new() } else { self.known(person) };
        let new = found.into_iter().filter(|finding| {
            let said = on_duty && finding.rule == Rule::Overlap;
            !known.contains(finding) && self.scene.now < finding.span.end() && !said
        });
        reasons.extend(new.map(|finding| WhyNot::Rule { finding }));
        reasons
    }

    /// What is wrong with one person's duties of these days, asked of the judge; what it only warns of is
    /// no reason.
    fn findings(&self, person: PersonId, duties: &[&Shift]) -> Vec<Finding> {
        let places: Vec<Place> = duties.iter().map(|shift| place(&self.scene, shift)).collect();
        scheduling::obstacles_with(&self.bare, &places, person)
    }

    /// What is wrong with their duties as they stand.
    fn known(&self, person: PersonId) -> Vec<Finding> {
        let reckon = || {
            let duties: Vec<&Shift> =
                self.published().iter().filter(|shift| shift.person == person).collect();
            self.findings(person, &duties)
        };
        self.known.get(&person).map_or_else(reckon, |known| known.get_or_init(reckon).clone())
    }

    /// By how many worth-minutes each would be over their share of these days with the part of the duty
    /// that is dealt.
    pub(super) fn over_with(&self, shift: &Shift, part: Span) -> Vec<(PersonId, i64)> {
        let places: Vec<Place> = self.published().iter().map(|shift| place(&self.scene, shift)).collect();
        let holders: Vec<Option<PersonId>> =
            self.published().iter().map(|shift| Some(shift.person)).collect();
        let worth = i64::from(place(&self.scene, &Shift { span: part, ..shift.clone() }).worth.0);
        let problem = Problem { places, ..self.bare.clone() };
        shares(&problem, &holders).iter().map(|share| (share.person, share.over() + worth)).collect()
    }

    /// What stands against a deal, for those it concerns: the taker, of a swap the holder too, and whoever
    /// gives a duty away or a part of it, for what it leaves them.
    ///
    /// What somebody accepted for a duty, such as a language or a holiday, stays accepted for whoever
    /// takes it. A notice that was too short was accepted for whoever had it.
    pub(super) fn against_deal(&self, deal: &Deal<'_>, plan: &Plan) -> Vec<WhyNot> {
        let mut reasons = self.against_taking(deal, plan);
        reasons.extend(self.against_giving(deal, plan));
        reasons
    }

    /// Whether nothing does.
    pub(super) fn allows(&self, deal: &Deal<'_>, plan: &Plan) -> bool {
        self.against_taking(deal, plan).is_empty() && self.against_giving(deal, plan).is_empty()
    }

    /// The same for the holder alone.
    fn against_giving(&self, deal: &Deal<'_>, plan: &Plan) -> Vec<WhyNot> {
        match deal.counter {
            Some(counter) => {
                let mut reasons = self.against(deal.shift.person, plan);
                self.leave_out_what_was_accepted(&mut reasons, counter.person, counter.span);
                reasons
            }
            None if deal.absent => Vec::new(),
            None => self.against_rest(deal.shift, plan),
        }
    }

    /// The same for the taker alone.
    pub(super) fn against_taking(&self, deal: &Deal<'_>, plan: &Plan) -> Vec<WhyNot> {
        let mut reasons = self.against(deal.taker, plan);
        self.leave_out_what_was_accepted(&mut reasons, deal.shift.person, deal.part);
        reasons
    }

    /// What stands against what `plan` leaves the holder of a duty of which a part goes, or all of it: the
    /// rest may be too short, and office hours that were others for the duty's sake come back. What stood
    /// against the whole of it already, and no less, is none.
    pub(super) fn against_rest(&self, shift: &Shift, plan: &Plan) -> Vec<WhyNot> {
        let mut all = self.against(shift.person, plan);
        if all.is_empty() {
            return all;
        }
        let known = self.known(shift.person);
        let no_worse = |new: &Finding| known.iter().any(|old| new.is_no_worse_than(old));
        all.retain(|why| !matches!(why, WhyNot::Rule { finding } if no_worse(finding)));
        all
    }

    fn leave_out_what_was_accepted(&self, reasons: &mut Vec<WhyNot>, holder: PersonId, part: Span) {
        let may_be =
            |why: &WhyNot| matches!(why, WhyNot::Rule { finding } if finding.gravity == Gravity::Overridable);
        if !reasons.iter().any(may_be) {
            return;
        }
        let mut accepted = self.known(holder);
        accepted.retain(|one| {
            one.gravity == Gravity::Overridable
                && one.rule != Rule::Notice
                && one.span.overlaps(&part)
                && self.scene.accepted.iter().any(|accepted| accepted.covers(one))
        });
        reasons.retain(|reason| match reason {
            WhyNot::Rule { finding } if finding.gravity == Gravity::Overridable => {
                !accepted.iter().any(|one| one.rule == finding.rule && one.excuses(finding))
            }
            _ => true,
        });
    }

    /// Whether `person` stands behind a duty as its backup for these hours.
    pub(super) fn is_backup(&self, person: PersonId, shift: &Shift, part: Span) -> bool {
        shift.rung == Rung::Lead
            && self.published().iter().any(|other| {
                (other.person, other.rung) == (person, Rung::Backup)
                    && other.kind == DutyKind::Active
                    && other.span.overlaps(&part)
            })
    }
}

/// Somebody's duties once `plan` is done.
fn after<'s>(before: &[&'s Shift], person: PersonId, plan: &'s Plan) -> Vec<&'s Shift> {
    let touched = |shift: &Shift| {
        let gone = plan.cancel.iter().any(|one| one.id == shift.id);
        gone || plan.change.iter().any(|(_, one)| one.id == shift.id)
    };
    let changed = plan.change.iter().map(|(_, new)| new);
    let new = plan.add.iter().chain(&plan.restore).chain(changed).filter(|shift| shift.person == person);
    before.iter().copied().filter(|shift| !touched(shift)).chain(new).collect()
}
