//! A board's pools: making them, saying what they need, and adding offices.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Caller, Error, Planner,
    checks::{Fault, Wrong},
    pool::{
        found::{self, Wanted},
        pools,
    },
};
use chrono::NaiveTime;
use domain::{Days, Language, NeedId, OrganisationId, PoolId, Window};
use views::html::{forms::Filled, pool as view, shell::Place};

use super::{
    done::{Done, done},
    fields::Fields,
    house::{first, spelled},
};
use crate::{Answer, As, Page, Problem, html};

const HERE: &str = "/pool";

type Sent = Form<Vec<(String, String)>>;

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &planner, Filled::default()).await
}

async fn shown(page: &Page, app: &App, planner: &Caller<Planner>, filled: Filled) -> Result<Answer, Problem> {
    let model = view::Model { filled, ..found::setup_page(app, planner).await? };
    let frame = page.frame(Place::Pool).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

/// What became of a form: done, or the page again with what is wrong with it.
async fn answered<T>(
    page: &Page,
    app: &App,
    planner: &Caller<Planner>,
    (form, fields): (&'static str, Fields),
    outcome: Result<T, Error>,
) -> Result<Answer, Problem> {
    let Err(error) = outcome else { return Ok(done(HERE, form)) };
    let filled = fields.again(&page.reader, form, error)?;
    let mut answer = shown(page, app, planner, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

pub(crate) async fn make(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let outcome = found::make_pool(&app, &planner, fields.text("name")).await;
    answered(&page, &app, &planner, ("pool", fields), outcome).await
}

pub(crate) async fn want(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let wants = async {
        let new = wanted(&fields)?;
        found::want(&app, &planner, pool, new).await.map_err(of_days)
    };
    let outcome = wants.await;
    answered(&page, &app, &planner, ("need", fields), outcome).await
}

/// The form has times besides: its days go by other names.
fn of_days(error: Error) -> Error {
    let Error::Invalid(mut faults) = error else { return error };
    for fault in &mut faults {
        match fault.field.as_str() {
            "from" => "first".clone_into(&mut fault.field),
            "until" => "last".clone_into(&mut fault.field),
            _ => {}
        }
    }
    Error::Invalid(faults)
}

/// A need, as its form has it.
fn wanted(fields: &Fields) -> Result<Wanted, Error> {
    let mut faults = Vec::new();
    let days = match fields.text("days") {
        "workdays" => Some(Days::WORKDAYS),
        "free" => Some(Days::FREE),
        "all" => Some(Days::ALL),
        _ => None,
    };
    let time = |name: &str| NaiveTime::parse_from_str(fields.text(name).trim(), "%H:%M").ok();
    let (from, until) = (time("from"), time("until"));
    for (name, read) in [("days", days.is_some()), ("from", from.is_some()), ("until", until.is_some())] {
        if !read {
            faults.push(Fault::new(name, Wrong::Unknown));
        }
    }
    let leads = fields.read("leads", &mut faults);
    let backups = fields.read("backups", &mut faults);
    let (first, last) = (fields.may("first", &mut faults), fields.may("last", &mut faults));
    let ticked = ["fr", "en", "de", "it", "nl", "es"].into_iter().filter(|code| fields.ticked(code));
    let languages = ticked.filter_map(Language::parse).collect();
    match (days, from, until, leads, backups) {
        (Some(days), Some(from), Some(until), Some(leads), Some(backups)) if faults.is_empty() => {
            let window = Window { days, from, until };
            Ok(Wanted { window, leads, backups, languages, from: first, until: last })
        }
        _ => Err(Error::Invalid(faults)),
    }
}

pub(crate) async fn end(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
) -> Result<Answer, Problem> {
    found::end_need(&app, &planner, *need).await?;
    Ok(done(HERE, "need-ended"))
}

pub(crate) async fn approval(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    pools::approve(&app, &planner, pool, fields.ticked("approval")).await?;
    Ok(done(HERE, "approval"))
}

pub(crate) async fn add_office(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let adds = async {
        let mut faults = Vec::new();
        let from = fields.may("from", &mut faults);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        found::add_office(&app, &planner, (pool, from), spelled(&fields).read()?).await
    };
    let outcome = adds.await;
    answered(&page, &app, &planner, ("office", fields), outcome).await
}

pub(crate) async fn invite_manager(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let office: OrganisationId = fields.id("organisation")?;
    match found::invite_manager(&app, &planner, office, first(&fields)).await {
        Ok(()) => Ok(done(HERE, "again")),
        refused => answered(&page, &app, &planner, ("first", fields), refused).await,
    }
}
