//! Interventions: a month of them, said by hand, corrected, taken back.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Error, Session,
    checks::{Fault, Wrong},
    kept::Seen,
    rota::statements::interventions::{self, page as verb},
};
use chrono::NaiveTime;
use domain::{InterventionId, Month, PersonId, Role, Span};
use serde::Deserialize;
use views::html::{
    forms::Filled,
    interventions::{HERE, render},
    shell::Place,
};

use super::{
    done::{Done, done},
    fields::Fields,
};
use crate::{Answer, Page, Problem, Signed, html};

type Sent = Form<Vec<(String, String)>>;

/// Which month; this one if none is named, or what is named is none.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    month: Option<String>,
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    chosen: Query<Chosen>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    let month = chosen.month.as_deref().and_then(Month::parse);
    shown(told.said_on(page), &app, &session, month, Filled::default()).await
}

async fn shown(
    mut page: Page,
    app: &App,
    session: &Session,
    month: Option<Month>,
    filled: Filled,
) -> Result<Answer, Problem> {
    let mut model = verb::page(app, session, month).await?;
    model.filled = filled;
    page.reader.zone = model.zone;
    let place = match session.hat().map(|hat| hat.role) {
        Some(Role::Advisor) | None => Place::Shifts,
        Some(_) => Place::Files,
    };
    Ok(html(render(&page.reader, &page.frame(place).await?, &model)))
}

pub(crate) async fn add(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let person: Option<PersonId> = match fields.text("person") {
        "" => None,
        _ => Some(fields.id("person")?),
    };
    let outcome = match times(&app, &session, &fields).await {
        Ok(span) => {
            interventions::add(&app, &session, person, (span.start(), span.end())).await.map(|kept| kept.is)
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(kept) => back(&app, &session, kept.span, "intervention").await,
        Err(error) => again(page, &app, &session, fields, ("intervention", error)).await,
    }
}

pub(crate) async fn correct(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let id: InterventionId = fields.id("intervention")?;
    let outcome = match times(&app, &session, &fields).await {
        Ok(span) => interventions::correct(&app, &session, id, &Seen::Any, (span.start(), span.end()))
            .await
            .map(|kept| kept.is),
        Err(error) => Err(error),
    };
    match outcome {
        Ok(kept) => back(&app, &session, kept.span, "intervention-corrected").await,
        Err(error) => again(page, &app, &session, fields, ("correct", error)).await,
    }
}

pub(crate) async fn remove(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InterventionId>,
) -> Result<Answer, Problem> {
    let span = interventions::get(&app, &session, *id).await?.is.span;
    interventions::remove(&app, &session, *id, &Seen::Any).await?;
    back(&app, &session, span, "intervention-gone").await
}

/// The page again, with what is wrong beside each field, in the month it is about.
async fn again(
    page: Page,
    app: &App,
    session: &Session,
    fields: Fields,
    (form, error): (&'static str, Error),
) -> Result<Answer, Problem> {
    let month = fields.text("day").get(..7).and_then(Month::parse);
    let filled = fields.again(&page.reader, form, by_clock(error))?;
    let mut answer = shown(page, app, session, month, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// To the month in which it began.
async fn back(app: &App, session: &Session, span: Span, said: &str) -> Result<Answer, Problem> {
    let zone = verb::zone(app, session).await?;
    let month = Month::of(domain::time::day(span.start(), zone));
    Ok(done(&format!("{HERE}?month={month}"), said))
}

/// When it was, as the form has it.
async fn times(app: &App, session: &Session, fields: &Fields) -> Result<Span, Error> {
    let mut faults = Vec::new();
    let day = fields.read("day", &mut faults);
    let mut time = |name: &str| {
        let read = NaiveTime::parse_from_str(fields.text(name).trim(), "%H:%M").ok();
        if read.is_none() {
            faults.push(Fault::new(name, Wrong::Unknown));
        }
        read
    };
    match (day, time("from_time"), time("until_time")) {
        (Some(day), Some(from), Some(until)) => {
            verb::between(day, from, until, verb::zone(app, session).await?)
        }
        _ => Err(Error::Invalid(faults)),
    }
}

/// What is wrong with instants, told of the fields that make them.
fn by_clock(error: Error) -> Error {
    let Error::Invalid(mut faults) = error else { return error };
    for fault in &mut faults {
        fault.field = match &*fault.field {
            "starts_at" => "from_time".to_owned(),
            "ends_at" => "until_time".to_owned(),
            other => other.to_owned(),
        };
    }
    Error::Invalid(faults)
}
