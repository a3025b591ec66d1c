//! Wishes that come again: "every Tuesday, until the end of March".

use chrono::{NaiveDate, Weekday};
use domain::{PersonId, WishKind, WishRepeat, WishRepeatId, time, wishes::closed_by};
use storage::{
    Tx,
    page::{Ask, Page},
    scope, wish_repeats, wish_rounds, wishes,
};

use super::{AHEAD, clocks};
use crate::{
    Advisor, App, Caller, Error, Refusal,
    checks::{Checks, Fault, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// How many one person says at most that have not ended.
const MOST: usize = 50;

/// What is to be said of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRepeat {
    /// Each of these days.
    pub weekday: Weekday,
    /// What is said.
    pub kind: WishKind,
    /// From this day on; from today if it is not said.
    pub from: Option<NaiveDate>,
    /// The last day on which it may fall.
    pub until: NaiveDate,
}

/// Says something of each of these weekdays. Days for which wishes are closed are left out.
///
/// # Errors
/// If the days are past, too far ahead or none.
pub async fn add(app: &App, advisor: &Caller<Advisor>, new: NewRepeat) -> Result<Kept<WishRepeat>, Error> {
    let person = advisor.person();
    let tx = app.write(scope::Person(person)).await?;
    let today = time::day(tx.now(), clocks(&tx, advisor).await?.0);
    let from = new.from.unwrap_or(today).max(today);
    let mut checks = Checks::default();
    checks.days(from, Some(new.until));
    if today.checked_add_months(AHEAD).is_none_or(|last| last < new.until) {
        checks.refuse("until", Wrong::NotA("a day within 18 months"));
    }
    checks.done()?;
    let mut repeat = WishRepeat {
        id: app.mint(),
        person,
        weekday: new.weekday,
        kind: new.kind,
        from,
        until: new.until,
        left_out: Vec::new(),
    };
    let rounds = wish_rounds::of_pools(&tx, advisor.pools()).await?;
    repeat.left_out = repeat.days().filter(|day| closed_by(&rounds, *day, today).is_some()).collect();
    if repeat.days().next().is_none() {
        return Err(if repeat.left_out.is_empty() {
            Refusal::PeriodIsWrong.into()
        } else {
            Refusal::WishesAreClosed.into()
        });
    }
    let others = wish_repeats::hold(&tx, person).await?;
    if others.iter().filter(|other| today <= other.until).count() >= MOST {
        return Err(Error::Invalid(vec![Fault::new("until", Wrong::Enough { most: MOST })]));
    }
    wish_repeats::add(&tx, &repeat).await?;
    tx.signal(topics::shifts(person));
    tx.commit().await?;
    Ok(Kept::of(repeat))
}

/// Takes a repeat back. What it said of days for which wishes are closed stays said.
///
/// # Errors
/// If there is none of that id, or somebody saw an older state.
pub async fn remove(
    app: &App,
    advisor: &Caller<Advisor>,
    id: WishRepeatId,
    seen: &Seen,
) -> Result<(), Error> {
    let person = advisor.person();
    let tx = app.write(scope::Person(person)).await?;
    let mut own = wish_repeats::hold(&tx, person).await?.into_iter();
    let repeat = seen.check(own.find(|one| one.id == id).ok_or(Error::NotFound("wish"))?)?;
    let today = time::day(tx.now(), clocks(&tx, advisor).await?.0);
    let rounds = wish_rounds::of_pools(&tx, advisor.pools()).await?;
    let said = wishes::between(&tx, &[person], today, repeat.until.max(today)).await?;
    wish_repeats::remove(&tx, id).await?;
    let closed = repeat.days().filter(|day| today <= *day && closed_by(&rounds, *day, today).is_some());
    for day in closed {
        if let Some(wish) = said.iter().find(|wish| wish.day == day) {
            wishes::say(&tx, app.mint(), person, day, Some(wish.kind)).await?;
        }
    }
    tx.signal(topics::shifts(person));
    Ok(tx.commit().await?)
}

/// Leaves a day out of what is said of its weekday.
pub(super) async fn leave_out(tx: &Tx<scope::Person>, person: PersonId, day: NaiveDate) -> Result<(), Error> {
    for mut repeat in wish_repeats::hold(tx, person).await? {
        if repeat.speaks_of(day) {
            repeat.left_out.push(day);
            wish_repeats::leave_out(tx, &repeat).await?;
        }
    }
    Ok(())
}

/// What an advisor says of weekdays, a page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, advisor: &Caller<Advisor>, ask: &Ask) -> Result<Page<WishRepeat>, Error> {
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(wish_repeats::list(&tx, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id.
pub async fn get(app: &App, advisor: &Caller<Advisor>, id: WishRepeatId) -> Result<Kept<WishRepeat>, Error> {
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(Kept::of(wish_repeats::get(&tx, id).await?.ok_or(Error::NotFound("wish"))?))
}
