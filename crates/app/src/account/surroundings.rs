//! What the frame around every page shows of its reader: on duty until when, what waits.

use chrono::{DateTime, Duration, Utc};
use domain::{Role, Span};
use storage::{scope, shifts};
use views::html::today::Model;

use super::Session;
use crate::{Advisor, App, Caller, Error, Manager, Planner, desk, rota};

/// The reader's surroundings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Until when they are on duty, if they are.
    pub on_duty_until: Option<DateTime<Utc>>,
    /// Conversations that wait for them.
    pub waiting: u32,
    /// Things on Today that need them.
    pub to_do: u32,
}

/// The surroundings of whoever is signed in, under the hat they wear. `things` is what needs a planner,
/// where that was looked up already.
///
/// # Errors
/// If the database cannot be read.
pub async fn of(app: &App, session: &Session, things: Option<u32>) -> Result<Surroundings, Error> {
    let on_duty_until = on_duty_until(app, session).await?;
    let (mut waiting, mut to_do) = (0, 0);
    let Some(hat) = session.hat() else { return Ok(Surroundings { on_duty_until, waiting, to_do }) };
    match hat.role {
        Role::Advisor => waiting = desk::waiting_count(app, &session.caller::<Advisor>()?).await?,
        Role::Manager => waiting = desk::waiting_count(app, &session.caller::<Manager>()?).await?,
        Role::Planner => {
            to_do = match things {
                Some(things) => things,
                None => to_do_of(app, &session.caller()?).await?,
            }
        }
    }
    Ok(Surroundings { on_duty_until, waiting, to_do })
}

async fn to_do_of(app: &App, planner: &Caller<Planner>) -> Result<u32, Error> {
    let Some(pool) = planner.pool() else { return Ok(0) };
    Ok(things_of(&rota::today::today(app, planner, pool).await?))
}

/// How many things on Today need the planner: gaps, duties whose holder does not bring what they ask for,
/// visitors who wait, people who cannot be rung, duties that change hands with the planner's word.
pub fn things_of(today: &Model) -> u32 {
    let duties = today.gaps.len() + today.unfit.len() + today.handovers.len();
    let things = duties + today.waiting.len() + today.unreachable.len();
    u32::try_from(things).unwrap_or(u32::MAX)
}

/// The end of the duty they are on, through every duty that follows it without a gap.
async fn on_duty_until(app: &App, session: &Session) -> Result<Option<DateTime<Utc>>, Error> {
    let person = session.person.id;
    let tx = app.read(scope::Person(person)).await?;
    let now = tx.now();
    let around = Span::new(now, now + Duration::days(1)).expect("a day is longer than nothing");
    let mut duties: Vec<Span> =
        shifts::of_people(&tx, &[person], around).await?.into_iter().map(|shift| shift.span).collect();
    duties.sort_by_key(|duty| duty.start());
    let mut until = None;
    for duty in duties {
        if duty.start() <= until.unwrap_or(now) {
            until = until.max(Some(duty.end()));
        }
    }
    Ok(until)
}
