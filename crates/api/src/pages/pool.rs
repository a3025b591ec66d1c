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
        one_day, pools,
    },
};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    Calendar, ChannelKind, Days, DutyKind, Language, NeedId, OrganisationId, PoolId, Skills, Window, YearDay,
    YearPart,
};
use views::html::{forms::Filled, pool as view, shell::Place, skills};

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
        // A bit a kind of day, as a proposal and the form for a single weekday send them.
        bits => bits.parse().ok().filter(|bits| *bits > 0).map(Days),
    };
    if days.is_none() {
        faults.push(Fault::new("days", Wrong::Unknown));
    }
    let part = part(fields, &mut faults);
    let (first, last) = (fields.may("first", &mut faults), fields.may("last", &mut faults));
    match (days, read(fields, &mut faults), part) {
        (Some(days), Some(read), Some(part)) if faults.is_empty() => {
            Ok(Wanted { window: Window { days, ..read.window }, part, from: first, until: last, ..read })
        }
        _ => Err(Error::Invalid(faults)),
    }
}

/// The hours and people of a form, every day of the year.
fn read(fields: &Fields, faults: &mut Vec<Fault>) -> Option<Wanted> {
    let mut time = |name: &str| {
        let time = NaiveTime::parse_from_str(fields.text(name).trim(), "%H:%M").ok();
        if time.is_none() {
            faults.push(Fault::new(name, Wrong::Unknown));
        }
        time
    };
    let (from, until) = (time("from"), time("until"));
    let (leads, backups) = (fields.read("leads", faults), fields.read("backups", faults));
    let (languages, skills) = asked(fields);
    let window = Window { days: Days::ALL, from: from?, until: until? };
    let kind = DutyKind::from_word(fields.text("kind")).unwrap_or(DutyKind::Active);
    Some(Wanted {
        window,
        leads: leads?,
        backups: backups?,
        languages,
        skills,
        kind,
        part: YearPart::Whole,
        from: None,
        until: None,
    })
}

/// The skills a form asks for: languages with their levels, destinations, channels.
fn asked(fields: &Fields) -> (Vec<Language>, Skills) {
    let offered = skills::offered(&[]);
    let spoken = offered.iter().filter_map(|one| skills::read_field(one.code(), fields.text(one.code())));
    let (languages, levels) = Skills::of_spoken(spoken);
    let destinations = fields.names().filter_map(skills::office_of).collect();
    let channels = ChannelKind::ALL.into_iter().filter(|channel| fields.ticked(channel.word())).collect();
    (languages, Skills { destinations, channels, ..levels })
}

/// The part of the year a form says: all of it, from a day to a day, or by school holidays.
fn part(fields: &Fields, faults: &mut Vec<Fault>) -> Option<YearPart> {
    let school =
        |zone: &str, inside| Some(YearPart::School { zone: zone.to_owned(), inside, known: Vec::new() });
    match fields.text("season").split_once(':') {
        Some(("in", zone)) => return school(zone, true),
        Some(("out", zone)) => return school(zone, false),
        _ if fields.text("season") != "yearly" => return Some(YearPart::Whole),
        _ => {}
    }
    let mut day = |name: &str| {
        let day: Option<NaiveDate> = fields.read(name, faults);
        day.map(YearDay::of)
    };
    let (from, until) = (day("season_from"), day("season_until"));
    Some(YearPart::Yearly { from: from?, until: until? })
}

pub(crate) async fn day(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let outcome = async {
        let (day, hours) = otherwise(&fields)?;
        one_day::otherwise(&app, &planner, pool, day, hours).await
    }
    .await;
    answered(&page, &app, &planner, ("day", fields), outcome).await
}

/// Which day, and what is asked for instead.
fn otherwise(fields: &Fields) -> Result<(NaiveDate, Option<Wanted>), Error> {
    let mut faults = Vec::new();
    let day = fields.read("day", &mut faults);
    let hours = match fields.text("instead") {
        "hours" => read(fields, &mut faults),
        _ => None,
    };
    match day {
        Some(day) if faults.is_empty() => Ok((day, hours)),
        _ => Err(Error::Invalid(faults)),
    }
}

pub(crate) async fn as_usual(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
    form: Sent,
) -> Result<Answer, Problem> {
    let day = Fields::of(form).text("day").parse().map_err(|_| Problem::Unclear)?;
    one_day::as_usual(&app, &planner, *need, day).await?;
    Ok(done(HERE, "as-usual"))
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

pub(crate) async fn calendar(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let calendar = Calendar::from_word(fields.text("calendar")).ok_or(Problem::Unclear)?;
    pools::keep(&app, &planner, pool, calendar).await?;
    Ok(done(HERE, "calendar"))
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
