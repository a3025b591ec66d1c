//! My wishes: a brush and a month; every tap is saved at once.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Query},
};
use app::{Advisor, App, Caller, Refusal, rota};
use chrono::NaiveDate;
use domain::WishKind;
use serde::Deserialize;
use views::html::{shell::Place, wishes};

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
        planning_starts: None,
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
