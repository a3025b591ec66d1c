//! Statements of a month, and the month's files.

use actix_web::web::{Data, Path, Query};
use app::{
    App, Error, Keeper,
    rota::statements::{
        files::{self, Kind},
        last_month, page as verb,
    },
};
use domain::{Language, Month};
use serde::Deserialize;
use views::html::{shell::Place, statements};

use crate::{Answer, As, Page, Problem, html, reply::attached};

/// Which month; the one before this if none is named, or what is named is none.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    month: Option<String>,
}

impl Chosen {
    fn month(&self) -> Option<Month> {
        self.month.as_deref().and_then(Month::parse)
    }
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    chosen: Query<Chosen>,
) -> Result<Answer, Problem> {
    let model = verb::page(&app, &keeper, chosen.month()).await?;
    Ok(html(statements::render(&page.reader, &page.frame(Place::Files).await?, &model)))
}

pub(crate) async fn take(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    kind: Path<String>,
    chosen: Query<Chosen>,
) -> Result<Answer, Problem> {
    let kind = Kind::from_word(&kind).ok_or(Error::NotFound("kind of file"))?;
    let month = match chosen.month() {
        Some(month) => month,
        None => last_month(&app, &keeper).await?,
    };
    let french = page.reader.language == Language::FR;
    Ok(attached(files::file(&app, &keeper, kind, month, french).await?))
}
