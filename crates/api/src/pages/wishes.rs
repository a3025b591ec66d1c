//! My wishes: a brush and a month; every tap is saved at once.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Path, Query},
};
use app::{
    Advisor, App, Caller, Planner, Refusal,
    kept::Seen,
    rota::{self, wishes::repeats::NewRepeat},
};
use chrono::{NaiveDate, Weekday};
use domain::{RotaId, WishKind, WishRepeatId, WishRoundId};
use serde::Deserialize;
use views::html::{shell::Place, wishes};

use super::me::came_from;
use crate::{Answer, As, Page, Problem, html, see_other};

#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    month: Option<String>,
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    shown: Query<Shown>,
) -> Result<Answer, Problem> {
    let day = shown.month.as_deref().and_then(first_of);
    page_of(page, &app, &advisor, day, Some(WishKind::Cant), false).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    day: String,
    kind: String,
}

pub(crate) async fn say(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    req: HttpRequest,
    form: Form<Said>,
) -> Result<Answer, Problem> {
    let day: NaiveDate = form.day.parse().map_err(|_| Refusal::PeriodIsWrong)?;
    let kind = match form.kind.as_str() {
        "free" => None,
        word => Some(WishKind::from_word(word).ok_or(Refusal::FieldIsWrong)?),
    };
    rota::wishes::say(&app, &advisor, day, kind).await?;
    if req.headers().contains_key("x-fragment") {
        return page_of(page, &app, &advisor, Some(day), kind, true).await;
    }
    Ok(see_other(format!("/wishes?month={}", day.format("%Y-%m"))))
}

/// What is said of a weekday: its number from Monday, 1 to 7.
#[derive(Debug, Deserialize)]
pub(crate) struct Repeated {
    kind: String,
    weekday: u8,
    from: String,
    until: String,
}

pub(crate) async fn repeat(
    app: Data<App>,
    As(advisor): As<Advisor>,
    form: Form<Repeated>,
) -> Result<Answer, Problem> {
    let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| Refusal::PeriodIsWrong);
    let weekday = form.weekday.checked_sub(1).and_then(|number| Weekday::try_from(number).ok());
    let new = NewRepeat {
        weekday: weekday.ok_or(Refusal::FieldIsWrong)?,
        kind: WishKind::from_word(&form.kind).ok_or(Refusal::FieldIsWrong)?,
        from: Some(day(&form.from)?),
        until: day(&form.until)?,
    };
    rota::wishes::repeats::add(&app, &advisor, new).await?;
    Ok(see_other("/wishes"))
}

pub(crate) async fn stop_repeating(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<WishRepeatId>,
) -> Result<Answer, Problem> {
    rota::wishes::repeats::remove(&app, &advisor, *id, &Seen::Any).await?;
    Ok(see_other("/wishes"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Round {
    from: NaiveDate,
    until: NaiveDate,
    closes_on: NaiveDate,
}

pub(crate) async fn set_round(
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Round>,
) -> Result<Answer, Problem> {
    let pool = rota::pool_of(&app, &planner, *id).await?;
    rota::wishes::rounds::open(&app, &planner, pool, (form.from, form.until), form.closes_on).await?;
    Ok(see_other(came_from(&req, &format!("/rota/{id}"))))
}

pub(crate) async fn end_round(
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<WishRoundId>,
) -> Result<Answer, Problem> {
    rota::wishes::rounds::remove(&app, &planner, *id, &Seen::Any).await?;
    Ok(see_other(came_from(&req, "/rota")))
}

/// The first day of a month written as `2026-12`.
fn first_of(month: &str) -> Option<NaiveDate> {
    format!("{month}-01").parse().ok()
}

async fn page_of(
    mut page: Page,
    app: &App,
    advisor: &Caller<Advisor>,
    day: Option<NaiveDate>,
    brush: Option<WishKind>,
    saved: bool,
) -> Result<Answer, Problem> {
    let month = rota::wishes::month(app, advisor, day).await?;
    page.reader.zone = month.zone;
    let words = page.reader.words();
    let model = wishes::Model {
        month: month.first,
        wishes: month.wishes,
        duties: month.duties,
        holidays: month.holidays.into_iter().map(|(day, holiday)| (day, words.holiday(holiday))).collect(),
        open_from: month.open_from,
        closed: month.closed,
        rounds: month.rounds,
        repeats: month.repeats,
        brush,
        saved,
    };
    let frame = page.frame(Place::Wishes).await?;
    Ok(html(wishes::render(&page.reader, &frame, &model)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_year_and_two_digits() {
        assert_eq!(first_of("2026-12"), NaiveDate::from_ymd_opt(2026, 12, 1));
        assert_eq!(first_of("2026-13"), None);
        assert_eq!(first_of("December"), None);
    }
}
