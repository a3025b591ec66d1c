//! What sharing looks at, read office by office: days in the pool, visitors, bought hours, what
//! duties cost, and hours given.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{
    Category as When, Cents, Coverage, Intervention, KeyFigures, LedgerTerms, Membership, Organisation,
    OrganisationId, PersonId, Pool, Rung, Shift, Span,
};
use membership::{Fraction, sharing::Party, time_bank::Category};
use scheduling::{
    ledger::{self, Clocks},
    needs::{self, Period},
    statements,
};
use storage::{
    Tx, compensation, coverage, demand, interventions, ledger_terms, memberships, needs as asked,
    organisations, scope,
};

use crate::{
    App, Error,
    pool::coverage::currency,
    rota::{covered, ledger::books, scene},
};

/// Whoever was a member on one of these days, by office.
pub(super) async fn parties(app: &App, pool: &Pool, period: Period) -> Result<Vec<Party>, Error> {
    let tx = app.read(scope::System).await?;
    let staff = books::Staff::of_pool(&tx, pool).await?;
    drop(tx);
    let tx = app.read(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    let members = members(memberships::figures_of_pool(&tx, pool.id).await?, period);
    let bought = coverage::of_pool(&tx, pool.id).await?;
    let watched = half_hours(&asked::of_pool(&tx, pool.id).await?, pool, period);
    let terms = ledger_terms::of(&tx, pool.id).await?;
    let held = books::Held::read(&tx, pool, period, staff).await?;
    drop(tx);
    let span = scene::whole(period, pool.zone);
    let mut parties = Vec::new();
    for (id, (days, figures)) in members {
        let tx = app.read(scope::Home(id)).await?;
        let Some(office) = organisations::get(&tx, id).await? else { continue };
        let visitors = demand::begun(&tx, id, span).await?.len();
        let duties = duties(&tx, pool, &office, period, &held).await?;
        drop(tx);
        parties.push(Party {
            office: id,
            days,
            figures,
            visitors: u32::try_from(visitors).unwrap_or(u32::MAX),
            watched: bought_of(&bought, &office, span, &watched),
            duties,
            given: held.of(id, period, pool.zone).flat_map(|shift| given(shift, pool, &terms)).collect(),
        });
    }
    Ok(parties)
}

/// Days in the pool, and what was last said of the office's size.
fn members(
    all: Vec<(Membership, KeyFigures)>,
    period: Period,
) -> BTreeMap<OrganisationId, (u32, KeyFigures)> {
    let mut members: BTreeMap<OrganisationId, (u32, KeyFigures)> = BTreeMap::new();
    for (one, figures) in all {
        let until = one.until.map_or(period.until, |last| NaiveDate::min(last, period.until));
        let days = (until - one.from.max(period.from)).num_days() + 1;
        if let Some(days) = u32::try_from(days).ok().filter(|days| *days > 0) {
            let member = members.entry(one.organisation).or_insert((0, figures));
            *member = (member.0 + days, figures);
        }
    }
    members
}

/// Each half hour in which the pool wants somebody in front, with the number of their place.
fn half_hours(needs: &[domain::Need], pool: &Pool, period: Period) -> Vec<(DateTime<Utc>, u8)> {
    let slots = needs::slots(needs, period, pool.zone, pool.calendar);
    let mut places: BTreeMap<DateTime<Utc>, u8> = BTreeMap::new();
    let halves = |span: Span| {
        let starts = (0..).map(move |half| span.start() + Duration::minutes(30 * half));
        starts.take_while(move |at| *at < span.end())
    };
    let leads = slots.into_iter().filter(|slot| slot.rung == Rung::Lead);
    let number = |at: DateTime<Utc>| {
        let place = places.entry(at).or_insert(0);
        *place += 1;
        (at, *place)
    };
    leads.flat_map(|slot| halves(slot.span)).map(number).collect()
}

/// Those of them that the office bought.
fn bought_of(
    bought: &[Coverage],
    office: &Organisation,
    span: Span,
    watched: &[(DateTime<Utc>, u8)],
) -> Vec<(DateTime<Utc>, u8)> {
    let own = bought.iter().filter(|one| one.organisation == office.id);
    let open: Vec<Span> = own.flat_map(|one| covered::stretches(one, office, span)).collect();
    watched.iter().filter(|(at, _)| open.iter().any(|open| open.contains(*at))).copied().collect()
}

/// What duties of the office's people cost it, by what it says an hour gives; nothing in another currency.
/// Each is rounded once, like in the statement of its month.
async fn duties(
    tx: &Tx<scope::Home>,
    pool: &Pool,
    office: &Organisation,
    period: Period,
    held: &books::Held,
) -> Result<Option<Cents>, Error> {
    if currency(office.calendar) != currency(pool.calendar) {
        return Ok(None);
    }
    let mut of_people: BTreeMap<PersonId, Vec<Shift>> = BTreeMap::new();
    for shift in held.of(office.id, period, office.zone) {
        of_people.entry(shift.person).or_default().push(shift.clone());
    }
    let rates = compensation::of_organisation(tx, office.id).await?;
    if rates.is_empty() || of_people.is_empty() {
        return Ok(Some(Cents(0)));
    }
    let people: Vec<PersonId> = of_people.keys().copied().collect();
    // A duty of the last evening may end on the next day.
    let whole = scene::whole(Period { until: period.until + Days::new(1), ..period }, office.zone);
    let told = interventions::within(tx, office.id, &people, whole).await?;
    let clocks = Clocks { zone: office.zone, calendar: office.calendar };
    let cost = |(person, shifts): (PersonId, Vec<Shift>)| {
        let told: Vec<Intervention> = told.iter().filter(|one| one.person == person).cloned().collect();
        statements::owed(&shifts, &told, &rates, clocks).money
    };
    Ok(Some(of_people.into_iter().map(cost).sum()))
}

/// The hours of a duty by when they were given, each minute once: a public holiday before the Sunday
/// it may fall on, a Saturday before its evening; a backup's weighed.
fn given(shift: &Shift, pool: &Pool, terms: &LedgerTerms) -> Vec<(Category, Fraction)> {
    let clocks = Clocks { zone: pool.zone, calendar: pool.calendar };
    let category = |all: &[When]| match all {
        all if all.contains(&When::Holiday) => Category::Holiday,
        all if all.contains(&When::Sunday) => Category::Sunday,
        all if all.contains(&When::Saturday) => Category::Saturday,
        _ => Category::Evening,
    };
    let weight = match shift.rung {
        Rung::Lead => 10_000,
        Rung::Backup => i128::from(terms.backup_bp),
        // Who looks on gives no cover.
        Rung::Learner => return Vec::new(),
    };
    let hours = |span: Span| Fraction::new(i128::from(span.length().0) * weight, 600_000);
    let pieces = ledger::pieces(shift.span, clocks).into_iter();
    pieces.filter_map(|(span, all)| Some((category(&all), hours(span)?))).collect()
}
