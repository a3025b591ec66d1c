//! My shifts: am I on, until when, with whom, and when next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    Category, LedgerTerms, Notice, OrganisationId, PersonId, PoolId, Rung, Shift, ShiftId, Span, Tz,
    WishKind, time,
};
use storage::{coverage, feeds, notices, outside_hours, people, scope, shifts, waiting, wishes};
use views::html::{
    my_ledger,
    my_shifts::{Calendar, Duty, Model},
    outside,
};

use super::{feed, handovers, handovers::page::exchange, ledger, wishes::clocks};
use crate::{Advisor, App, Caller, Error};

/// How far ahead shifts are listed.
const AHEAD: Duration = Duration::days(200);
/// For how long a change is marked after it was first seen.
const FRESH: Duration = Duration::minutes(10);

/// The reader's own shifts. Looking is written down once: it is part of the proof of notice.
///
/// # Errors
/// If the database cannot be read.
pub async fn my_shifts(app: &App, advisor: &Caller<Advisor>) -> Result<Model, Error> {
    let person = advisor.person();
    let tx = app.read(scope::Person(person)).await?;
    let now = tx.now();
    let (zone, _) = clocks(&tx, advisor).await?;
    let given_name = people::get(&tx, person).await?.map(|person| person.given_name).unwrap_or_default();
    let mut own = shifts::told(&tx, person, now).await?;
    own.retain(|shift| shift.cancelled_at.is_none() && shift.span.start() < now + AHEAD);
    let fresh = notices::fresh(&tx, person, now - FRESH).await?;
    let today = time::day(now, zone);
    let last = own.last().map_or(today, |shift| time::day(shift.span.start(), zone));
    let said = wishes::between(&tx, &[person], today - chrono::Days::new(1), last).await?;
    let outside = outside_hours::of_people(&tx, &[person], today).await?;
    let unconfirmed = super::notices::unconfirmed(&tx, person).await?;
    let feed = feeds::of_person(&tx, person).await?;
    let waiting = waiting::count_of(&tx, person).await?;
    drop(tx);
    look(app, person, &fresh).await?;
    let around = around(app, advisor, &own).await?;
    let duty = |shift: &Shift| Duty {
        id: shift.id,
        span: shift.span,
        rung: shift.rung,
        kind: shift.kind,
        with: around.with.get(&shift.id).cloned().unwrap_or_default(),
        wished: is_wished(&said, time::day(shift.span.start(), zone)),
        new: shift.sequence == 0,
        changed: fresh.iter().any(|notice| notice.told_at == shift.changed_at),
        movable: shift.rung.covers() && advisor.pools().contains(&shift.pool),
    };
    let (running, coming): (Vec<&Shift>, Vec<&Shift>) =
        own.iter().partition(|shift| shift.span.contains(now));
    let rest = running.iter().skip(1).copied().chain(coming);
    Ok(Model {
        given_name,
        offices: around.offices,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        unconfirmed,
        now: running.first().map(|shift| duty(shift)),
        coming: rest.map(duty).collect(),
        published_until: around.until.map(|at| day_before_end(at, zone)),
        calendar: feed.map_or(Calendar::None, |id| Calendar::Address(feed::address(app, id))),
        ledger: opened(app, advisor, None).await?.model,
        exchange: exchange(app, advisor).await?,
        outside: outside::Model { hours: outside, ..outside::Model::default() },
        open: handovers::open::page::open(app, advisor).await?,
    })
}

/// The advisor's account over the year until today, with the duties behind one of its figures, or
/// behind all.
///
/// # Errors
/// If the database cannot be read.
pub async fn opened(
    app: &App,
    advisor: &Caller<Advisor>,
    chosen: Option<Category>,
) -> Result<my_ledger::Opened, Error> {
    if advisor.pool().is_none() {
        let terms = LedgerTerms::default();
        return Ok(my_ledger::Opened { model: None, terms, chosen, duties: Vec::new() });
    }
    let mut opened = shown(ledger::own(app, advisor, ledger::Asked::default()).await?);
    opened.chosen = chosen;
    opened.duties.retain(|one| chosen.is_none_or(|category| one.minutes_in(category).0 > 0));
    Ok(opened)
}

fn shown(ledger: ledger::Ledger) -> my_ledger::Opened {
    let days = (ledger.from, ledger.until);
    let account = ledger.people.into_iter().next();
    my_ledger::Opened {
        model: account.map(|(account, _)| my_ledger::Model { days, account }),
        terms: ledger.terms,
        chosen: None,
        duties: ledger.entries.into_iter().rev().collect(),
    }
}

fn is_wished(said: &[domain::Wish], day: NaiveDate) -> bool {
    said.iter().any(|wish| wish.day == day && wish.kind == WishKind::Wish)
}

/// The day of the last minute before `end`.
fn day_before_end(end: DateTime<Utc>, zone: Tz) -> NaiveDate {
    time::day(end - Duration::minutes(1), zone)
}

/// Writes down that the person looked, if there is something they had not seen.
async fn look(app: &App, person: PersonId, fresh: &[Notice]) -> Result<(), Error> {
    if fresh.iter().all(|notice| notice.seen_at.is_some()) {
        return Ok(());
    }
    let tx = app.write(scope::Person(person)).await?;
    notices::see(&tx, person).await?;
    Ok(tx.commit().await?)
}

/// What the advisor's pools add to their own shifts.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// With whom they share each shift: given name and rung.
    pub with: BTreeMap<ShiftId, Vec<(String, Rung)>>,
    /// The names of the pools.
    pub pools: BTreeMap<PoolId, String>,
    /// The offices each pool answers for now, by name.
    pub covered: BTreeMap<PoolId, Vec<String>>,
    /// For how many offices one answers.
    pub offices: u32,
    /// When the last published shift ends.
    pub until: Option<DateTime<Utc>>,
}

/// Looks into each pool as a member: who is on at the same time, and for whom one answers.
pub(super) async fn around(app: &App, advisor: &Caller<Advisor>, own: &[Shift]) -> Result<Around, Error> {
    around_in(app, advisor.person(), advisor.organisation(), advisor.pools(), own).await
}

/// See [`around`]; for somebody who works for `viewer`, a member of `pools`.
pub(super) async fn around_in(
    app: &App,
    person: PersonId,
    viewer: OrganisationId,
    pools: &[PoolId],
    own: &[Shift],
) -> Result<Around, Error> {
    let mut around = Around::default();
    for pool in pools.iter().copied() {
        let tx = app.read(scope::Pool { pool, viewer }).await?;
        let Some(known) = storage::pools::by_id(&tx, pool).await? else { continue };
        let span = Span::new(tx.now() - Duration::days(40), tx.now() + AHEAD).expect("later is later");
        let all = shifts::of_pool(&tx, pool, span).await?;
        around.until = around.until.max(all.iter().map(|shift| shift.span.end()).max());
        let shared = shared(person, own.iter().filter(|shift| shift.pool == pool), &all);
        let ids: BTreeSet<PersonId> = shared.values().flatten().map(|shift| shift.person).collect();
        let names = people::named(&tx, &ids.into_iter().collect::<Vec<_>>()).await?;
        let name = |shift: &&Shift| {
            let known = names.iter().find(|known| known.id == shift.person)?;
            Some((known.given_name.clone(), shift.rung))
        };
        around
            .with
            .extend(shared.into_iter().map(|(id, others)| (id, others.iter().filter_map(name).collect())));
        let bought = coverage::of_pool(&tx, pool).await?;
        let running = bought.iter().filter(|one| one.runs_at(tx.now())).map(|one| one.organisation);
        let offices: BTreeSet<OrganisationId> = running.collect();
        let known_offices = storage::organisations::all_in_sight(&tx).await?;
        let covered = known_offices.into_iter().filter(|one| offices.contains(&one.id)).map(|one| one.name);
        around.offices += u32::try_from(offices.len()).unwrap_or(0);
        around.covered.insert(pool, covered.collect());
        around.pools.insert(pool, known.name);
    }
    Ok(around)
}

/// Who else of `all` is on for the same need while each of `own` runs, leads first.
fn shared<'s>(
    person: PersonId,
    own: impl Iterator<Item = &'s Shift>,
    all: &'s [Shift],
) -> BTreeMap<ShiftId, Vec<&'s Shift>> {
    own.filter(|shift| shift.cancelled_at.is_none())
        .map(|shift| {
            let meanwhile = |other: &&Shift| {
                other.person != person && other.need == shift.need && other.span.overlaps(&shift.span)
            };
            let mut others: Vec<&Shift> = all.iter().filter(meanwhile).collect();
            others.sort_by_key(|other| (other.rung, other.span, other.id));
            others.dedup_by_key(|other| (other.person, other.rung));
            (shift.id, others)
        })
        .collect()
}
