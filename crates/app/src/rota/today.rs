//! Today: who is on now and next, what visitors wrote, and what needs the planner.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{
    Assignment, Decision, Held, OrganisationId, PersonId, PoolId, Rota, RotaStatus, Rung, Shift, Span, time,
};
use scheduling::needs::{self, Period};
use storage::{
    Tx, assignments, demand,
    presence::{self, Presence},
    rotas, scope, shifts,
};
use views::html::{
    components::Face,
    today::{Build, Duty, Gap, Model, Unfit, Unreachable, Waiting},
};

use super::{
    compare, duty,
    handovers::{
        open::{holes, page::asking},
        page::pending,
    },
    planned,
    scene::{self, Scene},
    the_pool,
};
use crate::{App, Caller, Error, Planner};

/// How far ahead gaps are shown.
const AHEAD: Days = Days::new(13);
/// A sign of life this young is presence.
const PRESENT: Duration = Duration::seconds(60);
/// Whoever has a duty within this and was not seen for a week may not be rung.
const SOON: Duration = Duration::hours(48);
/// See [`SOON`].
const LONG_UNSEEN: Duration = Duration::days(7);

/// What Today shows of a pool. Of visitors it knows when, never who or what: their names stay empty.
///
/// # Errors
/// If the pool is not the planner's.
pub async fn today(app: &App, planner: &Caller<Planner>, pool: PoolId) -> Result<Model, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let now = tx.now();
    let pool = the_pool(&tx, pool).await?;
    let day = time::day(now, pool.zone);
    let scene = scene::load(&tx, pool, Period { from: day, until: day + AHEAD }).await?;
    let running = shifts::running_at(&tx, scene.pool.id, now).await?;
    let tonight = shifts::of_pool(&tx, scene.pool.id, time::civil_day(day, scene.pool.zone)).await?;
    let next = shifts::next_after(&tx, scene.pool.id, now).await?;
    let soon = Span::new(now, now + SOON).expect("later is later");
    let soon = shifts::of_pool(&tx, scene.pool.id, soon).await?;
    let people: BTreeSet<PersonId> = tonight.iter().chain(&soon).map(|shift| shift.person).collect();
    let seen = presence::of(&tx, people).await?;
    let all = rotas::of_pool(&tx, scene.pool.id).await?;
    let unplanned = !all.iter().any(|rota| {
        rota.status == RotaStatus::Published
            && rota.from <= scene.period.until
            && scene.period.from <= rota.until
    });
    let gaps = gaps(&tx, &scene, &all).await?;
    let builds = builds(&tx, &all, day).await?;
    let handovers = pending(app, &tx, scene.pool.id).await?;
    let asking = asking(&tx, scene.pool.id).await?;
    drop(tx);
    let faces = scene.faces();
    let duty = |shift: &Shift| Duty {
        shift: shift.id,
        face: compare::face(&faces, shift.person),
        rung: shift.rung,
        span: shift.span,
        present: shift.span.contains(now) && is_present(&seen, shift.person, now),
    };
    let unfit = duty::unfit(&scene);
    let visitors = visitors(app, &scene, day).await?;
    Ok(Model {
        pool: scene.pool.name.clone(),
        duties: in_order(&tonight, &running).into_iter().map(duty).collect(),
        watched: watched(&scene, day),
        next: if running.is_empty() { next.iter().map(duty).collect() } else { Vec::new() },
        arrivals: visitors.arrivals,
        answered: visitors.answered,
        unplanned,
        gaps,
        unfit: unfit.into_iter().map(|(shift, lacks)| Unfit { duty: duty(&shift), lacks }).collect(),
        waiting: visitors.waiting,
        unreachable: unreachable(&soon, &seen, &faces, now),
        builds,
        handovers,
        asking,
    })
}

/// Today's duties and those that still run from yesterday, soonest first, leads before backups.
fn in_order<'s>(tonight: &'s [Shift], running: &'s [Shift]) -> Vec<&'s Shift> {
    let mut all: Vec<&Shift> = tonight.iter().chain(running).collect();
    all.sort_by_key(|shift| (shift.span.start(), shift.rung, shift.span.end(), shift.id));
    all.dedup_by_key(|shift| shift.id);
    all
}

fn is_present(seen: &[Presence], person: PersonId, now: DateTime<Utc>) -> bool {
    seen.iter().any(|one| one.person == person && !one.away && now - one.seen_at <= PRESENT)
}

/// The hours somebody should lead today, those that still run from yesterday among them, in order.
fn watched(scene: &Scene, day: NaiveDate) -> Vec<Span> {
    let period = Period { from: day - Days::new(1), until: day };
    let today = time::civil_day(day, scene.pool.zone);
    let slots = needs::slots(&scene.needs, period, scene.pool.zone, scene.pool.calendar);
    let leads = slots.into_iter().filter(|slot| slot.rung == Rung::Lead && slot.span.overlaps(&today));
    let mut all: Vec<Span> = Vec::new();
    for slot in leads {
        match all.last_mut() {
            Some(last) if slot.span.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(slot.span.end()))
                    .expect("a span that grows still ends after it starts");
            }
            _ => all.push(slot.span),
        }
    }
    all
}

/// Places that nobody fills, to come or running.
async fn gaps(tx: &Tx<scope::Pool>, scene: &Scene, all: &[Rota]) -> Result<Vec<Gap>, Error> {
    // What began yesterday may run still.
    let period = Period { from: scene.period.from - Days::new(1), ..scene.period };
    let published = scene::published(tx, &scene.pool, period).await?;
    let holes = holes::within(tx, &published, all, period).await?;
    let names = scene.organisations.values().map(|one| (one.id, one.name.clone())).collect();
    let gap = |place: Assignment| Gap {
        rota: place.rota,
        assignment: place.id,
        need: place.slot.need,
        span: place.slot.span,
        rung: place.slot.rung,
        skills: place.slot.skills.listed(&names),
        languages: place.slot.languages,
    };
    Ok(holes.into_iter().map(gap).collect())
}

async fn builds(tx: &Tx<scope::Pool>, all: &[Rota], today: NaiveDate) -> Result<Vec<Build>, Error> {
    let mut builds = Vec::new();
    let open = |rota: &&Rota| matches!(rota.status, RotaStatus::Draft | RotaStatus::Building);
    for rota in all.iter().filter(open).filter(|rota| today <= rota.until) {
        let places = assignments::of_rota(tx, rota.id).await?;
        builds.push(Build {
            rota: rota.id,
            days: (rota.from, rota.until),
            building: rota.status == RotaStatus::Building,
            filled: (places.iter().filter(|place| place.person.is_some()).count(), places.len()),
        });
    }
    Ok(builds)
}

/// What visitors did today, at all offices of the pool.
#[derive(Default)]
struct Visitors {
    arrivals: Vec<DateTime<Utc>>,
    answered: usize,
    waiting: Vec<Waiting>,
}

async fn visitors(app: &App, scene: &Scene, day: NaiveDate) -> Result<Visitors, Error> {
    let today = time::civil_day(day, scene.pool.zone);
    let mut all = Visitors::default();
    for office in scene.offices() {
        let tx = app.read(scope::Home(office.id)).await?;
        for written in demand::begun(&tx, office.id, today).await? {
            all.arrivals.push(written.at);
            all.answered += usize::from(written.answered_at.is_some());
        }
        let held = demand::held(&tx, office.id).await?;
        all.waiting.extend(held.into_iter().filter_map(|held| waiting(held, office.id, scene)));
    }
    all.arrivals.sort();
    all.waiting.sort_by_key(|waiting| waiting.since);
    Ok(all)
}

/// Only what the rota is answerable for: an office's own desk looks after its own.
fn waiting(held: demand::Held, office: OrganisationId, scene: &Scene) -> Option<Waiting> {
    let (because, opens_at) = match held.decision {
        Some(Decision::Hold { because, opens_at, .. }) => (because, opens_at),
        Some(Decision::Assign { .. } | Decision::OwnDesk) => return None,
        None => (Held::NobodyOnDuty, None),
    };
    let office = scene.organisations.get(&office)?;
    Some(Waiting {
        conversation: held.conversation,
        visitor: String::new(),
        office: (office.name.clone(), office.colour),
        since: held.since,
        because,
        opens_at,
    })
}

/// People with a duty soon who were not seen here for a week, by their next duty.
fn unreachable(
    soon: &[Shift],
    seen: &[Presence],
    faces: &BTreeMap<PersonId, Face>,
    now: DateTime<Utc>,
) -> Vec<Unreachable> {
    let mut told: BTreeSet<PersonId> = BTreeSet::new();
    let last_seen = |person| seen.iter().find(|one| one.person == person).map(|one| one.seen_at);
    soon.iter()
        .filter(|shift| last_seen(shift.person).is_none_or(|at| now - at > LONG_UNSEEN))
        .filter(|shift| told.insert(shift.person))
        .map(|shift| Unreachable {
            face: compare::face(faces, shift.person),
            next: shift.span,
            seen: last_seen(shift.person),
        })
        .collect()
}
