//! Import and export: a file comes in, is tried out or kept; files go out.

use actix_multipart::Multipart;
use actix_web::{
    http::StatusCode,
    web::{Data, Path, Query},
};
use app::{
    App, Error,
    exchange::{self, Keeper, Upload},
};
use domain::{
    PoolId,
    exchange::{FileFormat, FileKind},
};
use futures_util::StreamExt;
use serde::Deserialize;
use views::html::{
    exchange::{self as view, Model, Outcome},
    shell::Place,
};

use crate::{Answer, Page, Problem, caller::Keeping, html, reply::attached};

pub(crate) async fn show(page: Page, app: Data<App>, Keeping(keeper): Keeping) -> Result<Answer, Problem> {
    let model = model(&page, &app, &keeper).await?;
    shown(&page, &model).await
}

async fn shown(page: &Page, model: &Model) -> Result<Answer, Problem> {
    Ok(html(view::render(&page.reader, &page.frame(Place::Files).await?, model)))
}

/// Nothing chosen yet. The name is of the organisation whose files they are, whatever hat is worn.
async fn model(page: &Page, app: &App, keeper: &Keeper) -> Result<Model, Problem> {
    let mut hats = page.session().into_iter().flat_map(|session| &session.hats);
    let hat = hats.find(|hat| hat.organisation.id == keeper.organisation());
    Ok(Model {
        name: hat.map(|hat| hat.organisation.name.clone()).unwrap_or_default(),
        kinds: keeper.kinds(),
        pools: keeper.planned(app).await?,
        chosen: FileKind::People,
        pool: None,
        person: String::new(),
        outcome: None,
    })
}

pub(crate) async fn bring(
    page: Page,
    app: Data<App>,
    Keeping(keeper): Keeping,
    form: Multipart,
) -> Result<Answer, Problem> {
    let form = Filled::read(form).await?;
    let mut model = model(&page, &app, &keeper).await?;
    model.chosen = FileKind::from_word(&form.kind).ok_or(Problem::Unclear)?;
    model.person.clone_from(&form.person);
    model.pool = match form.pool.as_str() {
        "" => None,
        said => Some(said.parse().map_err(|_| Problem::Unclear)?),
    };
    let outcome = match &form.file {
        None => Outcome::NoFile,
        Some((name, bytes)) => {
            let upload = Upload {
                kind: model.chosen,
                format: if name.to_lowercase().ends_with(".ics") { FileFormat::Ics } else { FileFormat::Csv },
                bytes,
                person: Some(form.person.trim()).filter(|person| !person.is_empty()),
                pool: model.pool,
            };
            Outcome::Read(match form.run.as_str() {
                "bring" => exchange::import(&app, &keeper, upload).await?,
                _ => exchange::try_out(&app, &keeper, upload).await?,
            })
        }
    };
    let wrong = !matches!(&outcome, Outcome::Read(report) if report.faults.is_empty());
    model.outcome = Some(outcome);
    let mut answer = shown(&page, &model).await?;
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// The form as it was sent.
#[derive(Debug, Default)]
struct Filled {
    kind: String,
    run: String,
    person: String,
    pool: String,
    file: Option<(String, Vec<u8>)>,
}

impl Filled {
    /// Its parts. What they weigh together was counted at the gate.
    async fn read(mut parts: Multipart) -> Result<Self, Problem> {
        let mut form = Self::default();
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| Problem::Unclear)?;
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
            let mut bytes = Vec::new();
            while let Some(chunk) = part.next().await {
                bytes.extend_from_slice(&chunk.map_err(|_| Problem::Unclear)?);
            }
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match (name.as_str(), file) {
                ("kind", _) => form.kind = text(),
                ("run", _) => form.run = text(),
                ("person", _) => form.person = text(),
                ("pool", _) => form.pool = text(),
                ("file", Some(file)) if !file.is_empty() => form.file = Some((file, bytes)),
                _ => {}
            }
        }
        Ok(form)
    }
}

/// Of which pool duties are taken out.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    pool: Option<PoolId>,
}

pub(crate) async fn take(
    page: Page,
    app: Data<App>,
    Keeping(keeper): Keeping,
    file: Path<String>,
    which: Query<Which>,
) -> Result<Answer, Problem> {
    let missing = || Problem::from(Error::NotFound("file"));
    let (kind, format) = file.split_once('.').ok_or_else(missing)?;
    let kind = FileKind::from_word(kind).ok_or_else(missing)?;
    let format =
        FileFormat::from_word(format).filter(|format| *format == FileFormat::Csv || kind.has_calendar());
    let format = format.ok_or_else(missing)?;
    Ok(attached(exchange::export(&app, &keeper, kind, format, which.pool, page.reader.language).await?))
}
