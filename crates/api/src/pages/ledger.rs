//! How duties are counted and paid: a pool's terms, exemptions, and what an hour gives.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Caller, Error, Keeper, Planner,
    checks::{Fault, Wrong},
    kept::Seen,
    rota::{
        ledger::{exemptions, page as verb, terms},
        statements::rates::{self, Agreed},
    },
};
use domain::{Basis, Category, Cents, ExemptionId, LedgerTerms, Minutes, PersonId, PoolId, RateId, Unit};
use views::html::{
    forms::Filled,
    ledger::{HERE, Model, render},
    shell::Place,
};

use super::{
    agreements::amount,
    done::{Done, done},
    fields::{Fields, cents},
};
use crate::{Answer, As, Page, Problem, html};

type Sent = Form<Vec<(String, String)>>;

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &keeper, Filled::default()).await
}

async fn shown(page: &Page, app: &App, keeper: &Caller<Keeper>, filled: Filled) -> Result<Answer, Problem> {
    let model = Model { filled, ..verb::page(app, keeper).await? };
    let frame = page.frame(Place::Files).await?;
    Ok(html(render(&page.reader, &frame, &model)))
}

/// What became of a form: done, or the page again with what is wrong beside each field.
async fn answered<T>(
    (page, app, keeper): (&Page, &App, &Caller<Keeper>),
    (form, said, fields): (&'static str, &str, Fields),
    outcome: Result<T, Error>,
) -> Result<Answer, Problem> {
    let Err(error) = outcome else { return Ok(done(HERE, said)) };
    let filled = fields.again(&page.reader, form, error)?;
    let mut answer = shown(page, app, keeper, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

pub(crate) async fn decide(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    As(keeper): As<Keeper>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let outcome = match decided(&fields) {
        Ok(terms) => terms::decide(&app, &planner, pool, &Seen::Any, terms).await.map_err(as_typed),
        Err(error) => Err(error),
    };
    answered((&page, &app, &keeper), ("terms", "terms", fields), outcome).await
}

/// Terms, as the form has them.
fn decided(fields: &Fields) -> Result<LedgerTerms, Error> {
    // A percent with two decimals is a number of basis points, as an amount is one of cents.
    let backup = cents(fields.text("backup").trim().trim_end_matches('%'));
    let backup = backup.and_then(|Cents(hundredths)| u32::try_from(hundredths).ok());
    let cap = amount(Unit::Minutes, fields.text("cap").trim());
    match (backup, cap) {
        (Some(backup_bp), Some(cap)) => Ok(LedgerTerms { backup_bp, cap: Minutes(cap) }),
        _ => {
            let wrong = [("backup", backup.is_none()), ("cap", cap.is_none())];
            let faults = wrong.iter().filter(|(_, wrong)| *wrong);
            Err(Error::Invalid(faults.map(|(name, _)| Fault::new(*name, Wrong::Unknown)).collect()))
        }
    }
}

pub(crate) async fn exempt(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let person: PersonId = fields.id("person")?;
    let mut faults = Vec::new();
    let (from, until) = (fields.read("from", &mut faults), fields.read("until", &mut faults));
    let outcome = match (from, until) {
        (Some(from), Some(until)) => exemptions::add(&app, &keeper, person, (from, until)).await,
        _ => Err(Error::Invalid(faults)),
    };
    answered((&page, &app, &keeper), ("exemption", "exempt", fields), outcome).await
}

pub(crate) async fn exempt_no_more(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<ExemptionId>,
) -> Result<Answer, Problem> {
    exemptions::remove(&app, &keeper, *id, &Seen::Any).await?;
    Ok(done(HERE, "exempt-no-more"))
}

pub(crate) async fn agree(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let outcome = match agreed(&fields) {
        Ok(agreed) => rates::add(&app, &keeper, agreed).await.map_err(as_typed),
        Err(error) => Err(error),
    };
    answered((&page, &app, &keeper), ("rate", "rate", fields), outcome).await
}

/// What an hour gives, as the form has it.
fn agreed(fields: &Fields) -> Result<Agreed, Error> {
    let mut faults = Vec::new();
    let basis = Basis::from_word(fields.text("basis"));
    let category = match fields.text("category") {
        "" => Some(None),
        word => Category::from_word(word).map(Some),
    };
    let hourly = match fields.text("hourly").trim() {
        "" => Some(Cents(0)),
        typed => cents(typed),
    };
    let rest = match fields.text("rest").trim() {
        "" => Some(0),
        typed => typed.parse().ok(),
    };
    let unread = [
        ("basis", basis.is_none()),
        ("category", category.is_none()),
        ("hourly", hourly.is_none()),
        ("rest", rest.is_none()),
    ];
    let unread = unread.iter().filter(|(_, wrong)| *wrong);
    faults.extend(unread.map(|(name, _)| Fault::new(*name, Wrong::Unknown)));
    let from = fields.read("from", &mut faults);
    match (basis, category, hourly, rest, from) {
        (Some(basis), Some(category), Some(hourly), Some(rest), Some(from)) => {
            Ok(Agreed { basis, category, hourly, rest: Minutes(rest), from, source: fields.string("source") })
        }
        _ => Err(Error::Invalid(faults)),
    }
}

pub(crate) async fn remove_rate(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<RateId>,
) -> Result<Answer, Problem> {
    rates::remove(&app, &keeper, *id, &Seen::Any).await?;
    Ok(done(HERE, "rate-gone"))
}

/// What is wrong with kept values, told of the fields as people type them: percent, hours, whole money.
fn as_typed(error: Error) -> Error {
    let Error::Invalid(mut faults) = error else { return error };
    for Fault { field, wrong } in &mut faults {
        let (name, unit) = match field.as_str() {
            "backup_bp" => ("backup", 100),
            "cap_minutes" => ("cap", 60),
            "hourly_cents" => ("hourly", 100),
            "rest_minutes" => ("rest", 1),
            _ => continue,
        };
        name.clone_into(field);
        if let Wrong::OutOfRange { least, most } = wrong {
            *least /= unit;
            *most /= unit;
        }
    }
    Error::Invalid(faults)
}
