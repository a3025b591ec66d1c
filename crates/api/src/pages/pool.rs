//! A board's pools: making them, saying what they need, and adding offices.

use actix_web::web::{Data, Form, Path};
use app::{
    App, Planner, Refusal,
    pool::found::{self, Wanted},
};
use chrono::NaiveTime;
use domain::{Days, Language, NeedId, PoolId, Window};
use serde::Deserialize;
use views::html::{pool as view, shell::Place};

use super::house::Written;
use crate::{Answer, As, Page, Problem, html, see_other};

const HERE: &str = "/pool";

pub(crate) async fn show(page: Page, app: Data<App>, As(planner): As<Planner>) -> Result<Answer, Problem> {
    let model = found::setup_page(&app, &planner).await?;
    let frame = page.frame(Place::Pool).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    name: String,
}

pub(crate) async fn make(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Form<Named>,
) -> Result<Answer, Problem> {
    found::make_pool(&app, &planner, &form.name).await?;
    Ok(see_other(HERE))
}

#[derive(Debug, Deserialize)]
pub(crate) struct NeedForm {
    pool: PoolId,
    days: String,
    from: String,
    until: String,
    leads: u8,
    backups: u8,
    #[serde(default)]
    fr: bool,
    #[serde(default)]
    en: bool,
    #[serde(default)]
    de: bool,
    #[serde(default)]
    it: bool,
    #[serde(default)]
    nl: bool,
    #[serde(default)]
    es: bool,
}

pub(crate) async fn want(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Form<NeedForm>,
) -> Result<Answer, Problem> {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| Refusal::FieldIsWrong);
    let days = match form.days.as_str() {
        "workdays" => Days::WORKDAYS,
        "free" => Days::FREE,
        "all" => Days::ALL,
        _ => return Err(Refusal::FieldIsWrong.into()),
    };
    let ticked = [
        (form.fr, "fr"),
        (form.en, "en"),
        (form.de, "de"),
        (form.it, "it"),
        (form.nl, "nl"),
        (form.es, "es"),
    ];
    let spoken = ticked.into_iter().filter(|(ticked, _)| *ticked);
    let new = Wanted {
        window: Window { days, from: time(&form.from)?, until: time(&form.until)? },
        leads: form.leads,
        backups: form.backups,
        languages: spoken.filter_map(|(_, code)| Language::parse(code)).collect(),
    };
    found::want(&app, &planner, form.pool, new).await?;
    Ok(see_other(HERE))
}

pub(crate) async fn end(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
) -> Result<Answer, Problem> {
    found::end_need(&app, &planner, *need).await?;
    Ok(see_other(HERE))
}

pub(crate) async fn add_office(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Form<Written>,
) -> Result<Answer, Problem> {
    let form = form.into_inner();
    let pool = form.pool.ok_or(Refusal::FieldIsWrong)?;
    found::add_office(&app, &planner, pool, form.read()?).await?;
    Ok(see_other(HERE))
}
