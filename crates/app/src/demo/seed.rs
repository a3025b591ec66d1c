//! Furnishing the demo. It is not painted but lived: the clock is put two months back, the region is
//! founded, its rota built and published, and then time passes.

use chrono::Datelike;
use chrono::{DateTime, Days as CivilDays, Duration, NaiveTime, Utc, Weekday};
use domain::{Absence, Assignment, PersonId, RotaId, Rung, Span, Tz, WishKind, time};
use scheduling::needs::{self, Period};
use storage::{absences, assignments, clock::Hands, notices, organisations, presence, rotas, scope, wishes};

use super::{
    cast::{LACS, RIVES, Region},
    notebooks, only_in_the_demo, past,
    region::{self, Founded},
    tonight,
};
use crate::{App, Caller, Error, Planner, account::callers, clock, rota};

/// How many weeks of the published rota lie before the demo's own now.
const WEEKS_BEFORE: i64 = 8;
/// How many it has in all: as long as a rota may be.
const WEEKS: i64 = 13;

/// Furnishes an empty demo and puts its clock to `at`, or else to seven this evening; a furnished one
/// is left as it is.
///
/// # Errors
/// If this is no demo, or the database refuses.
pub async fn seed(app: &App, at: Option<DateTime<Utc>>) -> Result<(), Error> {
    only_in_the_demo(app)?;
    if is_furnished(app).await? {
        return Ok(());
    }
    let at = at.unwrap_or_else(|| this_evening(app.clock.machine_now()));
    let lacs = live_through(app, &LACS, at).await?;
    wish_and_be_away(app, &lacs, at).await?;
    draft_what_comes_next(app, &lacs, at).await?;
    live_through(app, &RIVES, at).await?;
    tonight::begin(app, &lacs, at).await?;
    clock::put_to(app, at).await
}

async fn is_furnished(app: &App) -> Result<bool, Error> {
    let tx = app.read(scope::System).await?;
    let inhabited = !organisations::all_in_sight(&tx).await?.is_empty();
    drop(tx);
    // The clock stands still while a demo is furnished, and runs when it is done.
    match app.store.clock_hands().await? {
        Some(Hands::Stopped(_)) if inhabited => Err(Error::Outside {
            doing: "go on with this demo",
            because: "furnishing it was interrupted; give another folder, or none".to_owned(),
        }),
        _ => Ok(inhabited),
    }
}

/// Seven in the evening, French time, on the day it is: an evening of duty, whatever the day.
fn this_evening(now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = Tz::Europe__Paris;
    let seven = NaiveTime::from_hms_opt(19, 0, 0).expect("19:00 is a time");
    time::to_utc(time::day(now, zone).and_time(seven), zone)
}

/// Founds a region two months ago, publishes its rota then, and lets visitors write until now.
async fn live_through(app: &App, region: &'static Region, at: DateTime<Utc>) -> Result<Founded, Error> {
    let monday = time::monday_of(time::day(at, region.zone)) - Duration::weeks(WEEKS_BEFORE);
    let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("12:00 is a time");
    // Sixteen clear days before the first duty: the notice the law asks for is kept.
    clock::stop_at(app, time::to_utc((monday - Duration::days(17)).and_time(noon), region.zone)).await?;
    let founded = region::found(app, region).await?;
    let planner: Caller<Planner> = callers::caller_of(app, founded.planner).await?;
    let until = monday + Duration::days(7 * WEEKS - 1);
    let rota = rota::draft::ask(app, &planner, founded.pool.id, monday, until).await?;
    hold_tonight(app, &founded, rota, at).await?;
    build(app, &founded, rota).await?;
    leave_one_open(app, &planner, rota, at).await?;
    let version = version(app, &founded, rota).await?;
    let word = rota::publish::Word::saying("Bonnes gardes à toutes et à tous !");
    rota::publish::publish(app, &planner, rota, version, &word).await?;
    notebooks::write(app, &founded).await?;
    clock::stop_at(app, at).await?;
    past::happen(app, &founded, monday, at).await?;
    look_in(app, &founded, at).await?;
    clock::stop_at(app, at).await?;
    Ok(founded)
}

/// Everybody has looked at their shifts these last days; all but one, who cannot be rung.
async fn look_in(app: &App, founded: &Founded, at: DateTime<Utc>) -> Result<(), Error> {
    let mut dice = super::dice::Dice(3);
    let advisors = founded.offices.iter().flat_map(|office| &office.people);
    for resident in advisors.filter(|one| one.roles.contains(&domain::Role::Advisor)) {
        if resident.email == "noe@les-granges.example" {
            continue;
        }
        let ago = Duration::minutes(90 + i64::try_from(dice.below(4 * 24 * 60)).unwrap_or(0));
        clock::stop_at(app, at - ago).await?;
        let tx = app.write(scope::Person(resident.id)).await?;
        presence::seen(&tx, resident.id, None).await?;
        notices::see(&tx, resident.id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Ann leads the demo's own evening, Yannick backs her up: the guides say so.
async fn hold_tonight(app: &App, founded: &Founded, rota: RotaId, at: DateTime<Utc>) -> Result<(), Error> {
    let names = [(Rung::Lead, "ann@belrive.example"), (Rung::Backup, "yannick@montclar.example")];
    let tx = app.write(scope::Pool { pool: founded.pool.id, viewer: founded.pool.board }).await?;
    let day = time::day(at, founded.pool.zone);
    let needs = storage::needs::of_pool(&tx, founded.pool.id).await?;
    let slots =
        needs::slots(&needs, Period { from: day, until: day }, founded.pool.zone, founded.pool.calendar);
    let held: Vec<Assignment> = slots
        .into_iter()
        .filter(|slot| slot.span.contains(at))
        .filter_map(|slot| {
            let (_, email) = names.iter().find(|(rung, _)| *rung == slot.rung)?;
            Some(Assignment { id: app.mint(), rota, person: founded.person(email), pinned: true, slot })
        })
        .filter(|place| place.person.is_some())
        .collect();
    assignments::settle(&tx, rota, founded.pool.id, &held).await?;
    Ok(tx.commit().await?)
}

async fn build(app: &App, founded: &Founded, rota: RotaId) -> Result<(), Error> {
    let tx = app.read(scope::Pool { pool: founded.pool.id, viewer: founded.pool.board }).await?;
    let draft = rotas::by_id(&tx, rota).await?.ok_or(Error::NotFound("rota"))?;
    drop(tx);
    rota::build::run(app, founded.pool.id, rota, draft.seed).await
}

async fn version(app: &App, founded: &Founded, rota: RotaId) -> Result<i32, Error> {
    let tx = app.read(scope::Pool { pool: founded.pool.id, viewer: founded.pool.board }).await?;
    Ok(rotas::by_id(&tx, rota).await?.ok_or(Error::NotFound("rota"))?.version)
}

/// One duty to come has no lead yet: there is something for the planner to do.
async fn leave_one_open(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(pool) = planner.pool() else { return Ok(()) };
    let tx = app.read(scope::Pool { pool, viewer: planner.organisation() }).await?;
    let places = assignments::of_rota(&tx, rota).await?;
    let version = rotas::by_id(&tx, rota).await?.map_or(0, |rota| rota.version);
    drop(tx);
    let open = places.iter().find(|place| {
        let slot = &place.slot;
        slot.rung == Rung::Lead
            && slot.span.start() > at + Duration::days(6)
            && slot.day.weekday() == Weekday::Sat
    });
    if let Some(place) = open {
        rota::change::assign(app, planner, rota, place.id, None, version).await?;
    }
    Ok(())
}

/// What people say of the weeks after the published rota, and who is away.
async fn wish_and_be_away(app: &App, founded: &Founded, at: DateTime<Utc>) -> Result<(), Error> {
    let zone = founded.pool.zone;
    let first = time::monday_of(time::day(at, zone)) + Duration::weeks(WEEKS - WEEKS_BEFORE);
    let mut dice = super::dice::Dice(7);
    for office in &founded.offices {
        for resident in office.people.iter().filter(|one| one.roles.contains(&domain::Role::Advisor)) {
            wish(app, resident.id, first, &mut dice).await?;
        }
        if let Some(resident) = office.people.get(1) {
            let start = first + Duration::days(i64::try_from(dice.below(14)).unwrap_or(0));
            be_away(app, office.organisation.id, resident.id, start, zone).await?;
        }
    }
    Ok(())
}

async fn wish(
    app: &App,
    person: PersonId,
    first: chrono::NaiveDate,
    dice: &mut super::dice::Dice,
) -> Result<(), Error> {
    let tx = app.write(scope::Person(person)).await?;
    for kind in [
        WishKind::Cant,
        WishKind::Cant,
        WishKind::RatherNot,
        WishKind::RatherNot,
        WishKind::Wish,
        WishKind::Wish,
    ] {
        let day = first + CivilDays::new(dice.below(28));
        wishes::say(&tx, app.mint(), person, day, Some(kind)).await?;
    }
    Ok(tx.commit().await?)
}

async fn be_away(
    app: &App,
    employer: domain::OrganisationId,
    person: PersonId,
    from: chrono::NaiveDate,
    zone: Tz,
) -> Result<(), Error> {
    let until = from + CivilDays::new(5);
    let midnight = |day: chrono::NaiveDate| time::to_utc(day.and_time(NaiveTime::MIN), zone);
    let Ok(span) = Span::new(midnight(from), midnight(until)) else { return Ok(()) };
    let tx = app.write(scope::Home(employer)).await?;
    let absence = Absence { id: app.mint(), person, span };
    absences::add(&tx, &absence).await?;
    absences::explain(&tx, &absence, employer, "Congés").await?;
    Ok(tx.commit().await?)
}

/// The weeks after the published rota, as a draft that waits for its planner.
async fn draft_what_comes_next(app: &App, founded: &Founded, at: DateTime<Utc>) -> Result<(), Error> {
    let planner: Caller<Planner> = callers::caller_of(app, founded.planner).await?;
    let monday = time::monday_of(time::day(at, founded.pool.zone));
    let from = monday + Duration::weeks(WEEKS - WEEKS_BEFORE);
    let rota = rota::draft::ask(app, &planner, founded.pool.id, from, from + Duration::days(27)).await?;
    build(app, founded, rota).await
}
