//! The board: a rota as its planner sees it, with figures, gaps, findings and the build.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    BuildProgress, Finding, Gravity, Minutes, OrganisationId, PersonId, Rota, RotaId, RotaStatus, ShiftId,
    Slot, WishKind, time,
};
use scheduling::{Problem, Score, Standing, judge, needs, score_of, who_could};
use storage::{Tx, rotas, scope, wish_rounds};
use views::html::{
    components::Face,
    rota::{self as page, Advisor, Candidate, Gap, KeptOut, Mark, Model, Place, Progress, Remark, View},
};

use super::{
    Sheet, accepted, bring_back, build::in_published_parts, compare, demand, notices, preview::consequences,
    scope_of, sheet,
};
use crate::{App, Caller, Error, Planner, jobs::builds};

/// How many days the board shows.
const SHOWN: u64 = 14;
/// For how many gaps people are looked up: the soonest ones.
pub(super) const MOST_GAPS: usize = 24;

/// The board of a rota; `from` is the first day shown, today or the first day if it is not said.
///
/// # Errors
/// If there is no such rota.
pub async fn board(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    view: View,
    from: Option<NaiveDate>,
) -> Result<Model, Error> {
    let scope = scope_of(app, planner, rota).await?;
    let sheet = sheet(app, scope, rota).await?;
    let tx = app.read(scope).await?;
    let told = notices::told(&tx, rota).await?;
    let today = time::day(tx.now(), sheet.scene.pool.zone);
    let mut rounds = wish_rounds::of_pools(&tx, &[scope.pool]).await?;
    rounds.retain(|round| today <= round.until);
    let earlier = earlier(&tx, &sheet.rota).await?;
    drop(tx);
    let before = builds::before(app, &sheet.rota).await?;
    let scene = &sheet.scene;
    let names = accepted::names(app, scope, scene).await?;
    let offices: Vec<OrganisationId> = scene.offices().iter().map(|office| office.id).collect();
    let heat = demand::heat(app, &offices, &scene.needs, scene.pool.zone, scene.pool.calendar).await?;
    let mut model = model(&sheet, view, from, heat, &names);
    model.progress = model.progress.map(|progress| Progress { before, ..progress });
    Ok(Model { notices: told, rounds, earlier, ..model })
}

/// Earlier versions of what is published, which may be brought back.
async fn earlier(tx: &Tx<scope::Pool>, rota: &Rota) -> Result<Vec<(RotaId, u32, DateTime<Utc>)>, Error> {
    if rota.status != RotaStatus::Published {
        return Ok(Vec::new());
    }
    let all = rotas::of_pool(tx, rota.pool).await?;
    let published = bring_back::earlier(rota, &all).into_iter();
    Ok(published.filter_map(|one| Some((one.id, one.number, one.published_at?))).collect())
}

fn model(
    sheet: &Sheet,
    view: View,
    from: Option<NaiveDate>,
    heat: Option<page::Heat>,
    names: &BTreeMap<PersonId, String>,
) -> Model {
    let Sheet { rota, places, scene, last_change } = sheet;
    let (problem, holders) = sheet.problem();
    let faces = scene.faces();
    let today = time::day(scene.now, scene.pool.zone);
    let from = first_shown(rota, from, today);
    let until = (from + Days::new(SHOWN - 1)).min(rota.until);
    let mut findings = judge(&problem, &holders);
    // Nobody changes what is over.
    findings.retain(|finding| scene.now < finding.span.end());
    let score = score_of(&problem, &holders, &findings);
    let effects = compare::effects(sheet);
    let first =
        effects.values().filter_map(|effect| effect.gains.first()).map(|(span, _)| span.start()).min();
    Model {
        rota: rota.id,
        version: i64::from(rota.version),
        number: rota.number,
        status: rota.status,
        pool: scene.pool.name.clone(),
        offices: scene.offices().iter().map(|office| (office.name.clone(), office.colour)).collect(),
        days: (rota.from, rota.until),
        from,
        view,
        advisors: advisors(sheet, &faces, &score),
        places: places
            .iter()
            .filter(|one| from <= one.slot.day && one.slot.day <= until)
            .map(|one| place(sheet, &problem.names, one))
            .collect(),
        marks: marks(sheet, from, until),
        holidays: from
            .iter_days()
            .take_while(|day| *day <= until)
            .filter(|day| scene.pool.calendar.is_holiday(*day))
            .collect(),
        score: figures(&score),
        gaps: gaps(sheet, &problem, &holders, &faces),
        remarks: remarks(sheet, findings, &faces, names),
        told: effects.values().filter(|effect| effect.first().is_some()).count(),
        notice: first.map(|at| super::publish::clear_days(today, time::day(at, scene.pool.zone))),
        stale: rota.status == RotaStatus::Draft && is_stale(sheet),
        progress: progress(rota, scene.now),
        heat,
        rounds: Vec::new(),
        notices: Vec::new(),
        earlier: Vec::new(),
        undo: last_change.as_ref().filter(|_| rota.status == RotaStatus::Draft).map(|change| change.id),
    }
}

/// Whether the needs, as they are now, ask for other places to come than the rota has.
fn is_stale(sheet: &Sheet) -> bool {
    let scene = &sheet.scene;
    let asked = needs::slots(&scene.needs, scene.period, scene.pool.zone, scene.pool.calendar);
    let had = || sheet.places.iter().map(|place| &place.slot).filter(|slot| slot.rung.covers());
    // A draft made before a published duty was split has it whole.
    let parts = in_published_parts(asked.clone(), &scene.published);
    !same_to_come(scene.now, &asked, had()) && !same_to_come(scene.now, &parts, had())
}

/// Whether both are the same places to come: hours, rung, and what is asked of whoever stands there.
fn same_to_come<'s>(now: DateTime<Utc>, asked: &[Slot], had: impl Iterator<Item = &'s Slot>) -> bool {
    let mut left: Vec<&Slot> = asked.iter().filter(|slot| now < slot.span.start()).collect();
    let mut had = had.filter(|slot| now < slot.span.start());
    let key = |slot: &Slot| (slot.need, slot.rung, slot.span, slot.languages.clone(), slot.skills.clone());
    let known = |slot: &Slot| {
        let at = left.iter().position(|other| key(other) == key(slot));
        at.map(|at| left.remove(at)).is_some()
    };
    had.all(known) && left.is_empty()
}

/// The Monday of the day asked for, or of today, within the rota.
fn first_shown(rota: &Rota, asked: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let day = asked.unwrap_or(today).clamp(rota.from, rota.until);
    time::monday_of(day).max(rota.from)
}

fn place(sheet: &Sheet, names: &BTreeMap<OrganisationId, String>, one: &domain::Assignment) -> Place {
    Place {
        shift: shift_in(sheet, one),
        assignment: one.id,
        day: one.slot.day,
        span: one.slot.span,
        rung: one.slot.rung,
        languages: one.slot.languages.clone(),
        skills: one.slot.skills.listed(names),
        person: one.person,
        pinned: one.pinned,
    }
}

/// The duty that stands in a published place, while it can still be handed over.
fn shift_in(sheet: &Sheet, one: &domain::Assignment) -> Option<ShiftId> {
    let stands = |shift: &&domain::Shift| {
        (Some(shift.person), shift.need, shift.rung, shift.span)
            == (one.person, one.slot.need, one.slot.rung, one.slot.span)
    };
    let movable = one.slot.rung.covers() && sheet.scene.now < one.slot.span.end();
    let open = sheet.rota.status == RotaStatus::Published && movable;
    sheet.scene.published.iter().filter(|_| open).find(stands).map(|shift| shift.id)
}

/// Those who have a part in the ledger, and whoever stands in the rota without one.
fn advisors(sheet: &Sheet, faces: &BTreeMap<PersonId, Face>, score: &Score) -> Vec<Advisor> {
    let stands = |person: PersonId| sheet.places.iter().any(|place| place.person == Some(person));
    let advisor = |person: &domain::Person| {
        let share = score.shares.iter().find(|share| share.person == person.id);
        (share.is_some() || stands(person.id)).then(|| Advisor {
            face: compare::face(faces, person.id),
            languages: person.languages.clone(),
            carried: share.map_or(0, |share| share.worth),
            fair: share.map_or(0, |share| share.fair),
        })
    };
    let mut all: Vec<Advisor> = sheet.scene.people.iter().filter_map(advisor).collect();
    let gone = |person: &PersonId| !faces.contains_key(person);
    let mut strangers: Vec<PersonId> =
        sheet.places.iter().filter_map(|place| place.person).filter(gone).collect();
    strangers.sort();
    strangers.dedup();
    all.extend(strangers.into_iter().map(|person| Advisor {
        face: compare::face(faces, person),
        languages: Vec::new(),
        carried: 0,
        fair: 0,
    }));
    all
}

/// What is said of people's days, without a reason: away or "can't", rather not, wish.
fn marks(sheet: &Sheet, from: NaiveDate, until: NaiveDate) -> Vec<(PersonId, NaiveDate, Mark)> {
    let zone = sheet.scene.pool.zone;
    let mut marks: BTreeMap<(PersonId, NaiveDate), Mark> = BTreeMap::new();
    for wish in sheet.scene.wishes.iter().filter(|wish| from <= wish.day && wish.day <= until) {
        let mark = match wish.kind {
            WishKind::Cant => Mark::Away,
            WishKind::RatherNot => Mark::RatherNot,
            WishKind::Wish => Mark::Wish,
        };
        marks.insert((wish.person, wish.day), mark);
    }
    for absence in &sheet.scene.absences {
        for day in from.iter_days().take_while(|day| *day <= until) {
            if absence.span.overlaps(&time::civil_day(day, zone)) {
                marks.insert((absence.person, day), Mark::Away);
            }
        }
    }
    marks.into_iter().map(|((person, day), mark)| (person, day, mark)).collect()
}

pub(super) fn figures(score: &Score) -> page::Score {
    let count = |number: u32| number as usize;
    page::Score {
        led: count(score.leads.filled),
        duties: count(score.leads.of),
        broken: count(score.absolute + score.overridable),
        wishes: (count(score.wishes.filled + score.spared.filled), count(score.wishes.of + score.spared.of)),
        fairness_gap: Minutes(u32::try_from(score.gap).unwrap_or(0)),
    }
}

/// Places to come that nobody fills: who is kept out by which rule, and up to three who could.
fn gaps(
    sheet: &Sheet,
    problem: &Problem,
    holders: &[Option<PersonId>],
    faces: &BTreeMap<PersonId, Face>,
) -> Vec<Gap> {
    let open = sheet.places.iter().enumerate();
    let open = open.filter(|(_, place)| place.person.is_none() && sheet.scene.now < place.slot.span.start());
    let gap = |(number, (at, place)): (usize, (usize, &domain::Assignment))| {
        let mut gap = Gap { assignment: place.id, kept_out: Vec::new(), candidates: Vec::new() };
        if number >= MOST_GAPS || sheet.rota.status == RotaStatus::Building {
            return gap;
        }
        for one in who_could(problem, holders, at) {
            let face = compare::face(faces, one.person);
            match one.standing {
                Standing::Holds => {}
                Standing::Free if gap.candidates.len() < 3 => {
                    let consequences = consequences(problem, holders, at, one.person);
                    gap.candidates.push(Candidate { face, consequences });
                }
                Standing::Free => {}
                Standing::WithReason { finding } | Standing::Blocked { finding } => {
                    let (name, gravity) = (face.given_name.clone(), finding.gravity);
                    if gravity == Gravity::Overridable && gap.candidates.len() < 3 {
                        let consequences = consequences(problem, holders, at, one.person);
                        gap.candidates.push(Candidate { face, consequences });
                    }
                    gap.kept_out.push(KeptOut { name, rule: finding.rule, gravity });
                }
            }
        }
        gap
    };
    open.enumerate().map(gap).collect()
}

/// What was found, the gravest first, each with how it was accepted if it was.
pub(super) fn remarks(
    sheet: &Sheet,
    mut findings: Vec<Finding>,
    faces: &BTreeMap<PersonId, Face>,
    names: &BTreeMap<PersonId, String>,
) -> Vec<Remark> {
    findings.sort_by_key(|finding| (finding.gravity, finding.span));
    let remark = |finding: Finding| {
        let name = compare::face(faces, finding.person).given_name;
        let accepted = accepted::shown(&sheet.scene, names, &finding);
        Remark { finding, name, accepted }
    };
    findings.into_iter().map(remark).collect()
}

/// How the build goes or went; nothing before the solver said a word.
fn progress(rota: &Rota, now: chrono::DateTime<chrono::Utc>) -> Option<Progress> {
    let running = rota.status == RotaStatus::Building;
    let BuildProgress { started_at, heard_at, curve, begun_again_at, quality, .. } = &rota.progress;
    if started_at.is_none() && !running {
        return None;
    }
    let whole = rota.outcome.as_ref().map(|built| built.tenths.div_ceil(10));
    let since = |at: chrono::DateTime<chrono::Utc>| {
        let until = if running { now } else { heard_at.unwrap_or(now) };
        u32::try_from((until - at).num_seconds()).unwrap_or(0)
    };
    let seconds = whole.unwrap_or_else(|| started_at.map_or(0, since));
    let last_step = curve.last().map_or(0, |(tenths, _)| tenths / 10);
    Some(Progress {
        running,
        seconds,
        curve: curve.clone(),
        quiet: seconds.saturating_sub(last_step),
        proved: rota.outcome.as_ref().is_some_and(|built| built.proved),
        stopped: rota.outcome.as_ref().is_some_and(|built| built.stopped),
        before: None,
        begun_again_at: *begun_again_at,
        // What was built by an earlier program tells nothing.
        quality: rota.outcome.as_ref().map_or(*quality, |built| built.quality),
    })
}
