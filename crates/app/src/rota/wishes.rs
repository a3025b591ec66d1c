//! Wishes: what an advisor says of days. Every tap is saved at once; the next build reads it.
//!
//! What comes again each week stands in [`repeats`]; until when wishes of some days are taken, in
//! [`rounds`].

pub mod repeats;
pub mod rounds;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{Calendar, Holiday, Tz, Wish, WishKind, WishRepeat, WishRound, time, wishes::closed_by};
use storage::{
    Tx, organisations,
    page::{Ask, Page},
    pools, scope, shifts, wish_repeats, wish_rounds, wishes,
};

use super::scene;
use crate::{Advisor, App, Caller, Error, Refusal, topics};

/// How far ahead something may be said.
const AHEAD: Months = Months::new(18);

/// A month of somebody's wishes, for the page to show.
#[derive(Debug, Clone)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// What was said of which day.
    pub wishes: BTreeMap<NaiveDate, WishKind>,
    /// Days on which the person has a published duty.
    pub duties: BTreeSet<NaiveDate>,
    /// Public holidays.
    pub holidays: BTreeMap<NaiveDate, Holiday>,
    /// Days before this one are past.
    pub open_from: NaiveDate,
    /// Days of which nothing can be said any more, though they are to come.
    pub closed: BTreeSet<NaiveDate>,
    /// Until when wishes of which days are taken, as far as they are to come.
    pub rounds: Vec<WishRound>,
    /// What is said of weekdays, as far as it is not over.
    pub repeats: Vec<WishRepeat>,
    /// The zone the days are counted in.
    pub zone: Tz,
}

/// How far from today months are shown.
const FAR: Days = Days::new(3 * 366);

/// The month that holds `day`, this month if it is not said.
///
/// # Errors
/// If the database cannot be read.
pub async fn month(app: &App, advisor: &Caller<Advisor>, day: Option<NaiveDate>) -> Result<Month, Error> {
    let person = advisor.person();
    let tx = app.read(scope::Person(person)).await?;
    let (zone, calendar) = clocks(&tx, advisor).await?;
    let today = time::day(tx.now(), zone);
    // Months nobody can mean are those at the edges of what one can.
    let day = day.unwrap_or(today).clamp(today - FAR, today + FAR);
    let first = day.with_day(1).expect("every month has a first day");
    let next = first.checked_add_months(Months::new(1)).expect("calendars here end long before year 262000");
    let last = next - Days::new(1);
    let said = wishes::between(&tx, &[person], first, last).await?;
    let span = scene::whole(scheduling::needs::Period { from: first, until: last }, zone);
    let duties = shifts::of_people(&tx, &[person], span).await?;
    let mut rounds = wish_rounds::of_pools(&tx, advisor.pools()).await?;
    let repeats = wish_repeats::of_people(&tx, &[person], today).await?;
    let is_closed = |day: &NaiveDate| today <= *day && closed_by(&rounds, *day, today).is_some();
    let closed = first.iter_days().take_while(|day| *day <= last).filter(is_closed).collect();
    rounds.retain(|round| today <= round.until);
    let days = first.iter_days().take_while(|day| *day <= last);
    Ok(Month {
        first,
        wishes: said.into_iter().map(|wish| (wish.day, wish.kind)).collect(),
        duties: duties.iter().map(|shift| time::day(shift.span.start(), zone)).collect(),
        holidays: days.filter_map(|day| Some((day, calendar.holiday_on(day)?))).collect(),
        open_from: today,
        closed,
        rounds,
        repeats,
        zone,
    })
}

/// What an advisor said of days, from one to another or of all, a page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    advisor: &Caller<Advisor>,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    ask: &Ask,
) -> Result<Page<Wish>, Error> {
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(wishes::list(&tx, days, ask).await?)
}

/// What an advisor said of a day.
///
/// # Errors
/// If they said nothing.
pub async fn get(app: &App, advisor: &Caller<Advisor>, day: NaiveDate) -> Result<Wish, Error> {
    // No table knows days of other years, and PostgreSQL does not even read some of them.
    if !time::YEARS.contains(&day.year()) {
        return Err(Error::NotFound("wish"));
    }
    let tx = app.read(scope::Person(advisor.person())).await?;
    let said = wishes::between(&tx, &[advisor.person()], day, day).await?;
    said.first().copied().ok_or(Error::NotFound("wish"))
}

/// Says `kind` of `day`; `None` takes back what was said, of it alone where it comes again.
///
/// # Errors
/// If the day is past or too far ahead, or wishes for it are closed.
pub async fn say(
    app: &App,
    advisor: &Caller<Advisor>,
    day: NaiveDate,
    kind: Option<WishKind>,
) -> Result<(), Error> {
    let person = advisor.person();
    let tx = app.write(scope::Person(person)).await?;
    let today = time::day(tx.now(), clocks(&tx, advisor).await?.0);
    if day < today {
        return Err(Refusal::InThePast.into());
    }
    if today.checked_add_months(AHEAD).is_none_or(|last| last < day) {
        return Err(Refusal::PeriodIsWrong.into());
    }
    let rounds = wish_rounds::of_pools(&tx, advisor.pools()).await?;
    if closed_by(&rounds, day, today).is_some() {
        return Err(Refusal::WishesAreClosed.into());
    }
    wishes::say(&tx, app.mint(), person, day, kind).await?;
    if kind.is_none() {
        repeats::leave_out(&tx, person, day).await?;
    }
    tx.signal(topics::shifts(person));
    Ok(tx.commit().await?)
}

/// The zone and holidays an advisor's days are counted in: the pool's, else the office's.
pub(super) async fn clocks(
    tx: &Tx<scope::Person>,
    advisor: &Caller<Advisor>,
) -> Result<(Tz, Calendar), Error> {
    let pool = match advisor.pool() {
        Some(pool) => pools::by_id(tx, pool).await?,
        None => None,
    };
    if let Some(pool) = pool {
        return Ok((pool.zone, pool.calendar));
    }
    let office =
        organisations::get(tx, advisor.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    Ok((office.zone, office.calendar))
}
