//! What sharing looks at, read office by office: days in the pool, visitors, bought hours, prices, what
//! duties cost, and hours given. On days on which an office pays a price it bears nothing by a key: there
//! it has neither days nor visitors nor hours.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{
    Category as When, Cents, Coverage, Intervention, KeyFigures, LedgerTerms, Membership, Month,
    Organisation, OrganisationId, PersonId, Pool, Rung, Shift, Span, Tz, time,
};
use membership::{Fraction, prices, sharing::Party, time_bank::Category};
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
        let written = demand::begun(&tx, id, span).await?;
        let duties = duties(&tx, pool, &office, period, &held).await?;
        drop(tx);
        let own: Vec<&Coverage> = bought.iter().filter(|one| one.organisation == id).collect();
        let charged = charged(&own, &office, period);
        let days: BTreeSet<NaiveDate> =
            days.into_iter().filter(|day| !pays_a_price(&own, *day, office.zone)).collect();
        let shares = |at: DateTime<Utc>| days.contains(&time::day(at, office.zone));
        let visitors = written.iter().filter(|one| shares(one.at)).count();
        let mut watched = bought_of(&own, &office, span, &watched);
        watched.retain(|(at, _)| shares(*at));
        parties.push(Party {
            office: id,
            days: u32::try_from(days.len()).unwrap_or(u32::MAX),
            figures,
            visitors: u32::try_from(visitors).unwrap_or(u32::MAX),
            watched,
            charged,
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
) -> BTreeMap<OrganisationId, (BTreeSet<NaiveDate>, KeyFigures)> {
    let mut members: BTreeMap<OrganisationId, (BTreeSet<NaiveDate>, KeyFigures)> = BTreeMap::new();
    for (one, figures) in all {
        let runs = |day: &NaiveDate| one.from <= *day && one.until.is_none_or(|last| *day <= last);
        let days: BTreeSet<NaiveDate> = period.days().filter(runs).collect();
        if !days.is_empty() {
            let member = members.entry(one.organisation).or_insert((BTreeSet::new(), figures));
            member.0.extend(days);
            member.1 = figures;
        }
    }
    members
}

/// Whether something of what the office bought costs it a price on that day.
fn pays_a_price(own: &[&Coverage], day: NaiveDate, zone: Tz) -> bool {
    let civil = time::civil_day(day, zone);
    let runs = |one: &&&Coverage| one.from < civil.end() && one.until.is_none_or(|end| civil.start() < end);
    own.iter().filter(runs).any(|one| one.monthly > Cents(0))
}

/// What the office owes at a price for these months.
fn charged(own: &[&Coverage], office: &Organisation, period: Period) -> Cents {
    let mut all = Cents(0);
    let mut month = Month::of(period.from);
    while month.first() <= period.until {
        let prices = own.iter().map(|one| prices::month_price(one, month.first(), office.zone));
        all = all + prices.sum();
        month = Month::of(month.last() + chrono::Days::new(1));
    }
    all
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
    own: &[&Coverage],
    office: &Organisation,
    span: Span,
    watched: &[(DateTime<Utc>, u8)],
) -> Vec<(DateTime<Utc>, u8)> {
    let open: Vec<Span> = own.iter().flat_map(|one| covered::stretches(one, office, span)).collect();
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
