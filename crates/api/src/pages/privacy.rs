//! Privacy: retention, a visitor's export and erasure, holds, certificates, and who looked.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, Data, Form, Path, Query},
};
use app::{Anybody, App, Caller, Manager, privacy};
use domain::{ConversationId, ErasureId, VisitorId};
use serde::Deserialize;
use views::html::{dossier, privacy as view, shell::Place};

use super::done::{Done, done};
use crate::{Answer, As, Page, Problem, html};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sought {
    /// A conversation that may be kept.
    keep: Option<ConversationId>,
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    sought: Query<Sought>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &manager, "", sought.keep).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    address: String,
}

/// Looks for a visitor. A form that is sent, for an address stands in no history and no log.
pub(crate) async fn find(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    form: Form<Address>,
) -> Result<Answer, Problem> {
    shown(&page, &app, &manager, &form.address, None).await
}

/// The search again, where nobody was ticked.
async fn unticked(
    page: &Page,
    app: &App,
    manager: &Caller<Manager>,
    fields: &[(String, String)],
) -> Result<Answer, Problem> {
    let address = fields.iter().find(|(name, _)| name == "address").map_or("", |(_, address)| address);
    let mut model = privacy::page(app, manager, address, None).await?;
    model.unticked = true;
    rendered(page, &model).await
}

async fn shown(
    page: &Page,
    app: &App,
    manager: &Caller<Manager>,
    address: &str,
    keep: Option<ConversationId>,
) -> Result<Answer, Problem> {
    rendered(page, &privacy::page(app, manager, address, keep).await?).await
}

async fn rendered(page: &Page, model: &view::Model) -> Result<Answer, Problem> {
    let frame = page.frame(Place::Privacy).await?;
    let mut answer = html(view::render(&page.reader, &frame, model));
    if model.refused || model.unticked {
        *answer.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Decided {
    months: u32,
    days: u32,
}

pub(crate) async fn retention(
    app: Data<App>,
    As(manager): As<Manager>,
    form: Form<Decided>,
) -> Result<Answer, Problem> {
    privacy::decide(&app, &manager, form.months, form.days).await?;
    Ok(done("/privacy", "retention"))
}

/// The fields of a form in which one name may stand several times.
type Fields = Form<Vec<(String, String)>>;

pub(crate) async fn export(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    fields: Fields,
) -> Result<Answer, Problem> {
    let chosen = chosen(&fields)?;
    if chosen.is_empty() {
        return unticked(&page, &app, &manager, &fields).await;
    }
    let dossier = privacy::export(&app, &manager, &chosen).await?;
    let text = dossier::render(&page.reader, &dossier.model()).into_string();
    Ok(saved("application/zip", "visitor.zip", dossier.zip(&text)))
}

pub(crate) async fn erase(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    fields: Fields,
) -> Result<Answer, Problem> {
    let chosen = chosen(&fields)?;
    if chosen.is_empty() {
        return unticked(&page, &app, &manager, &fields).await;
    }
    privacy::erase(&app, &manager, &chosen).await?;
    Ok(done("/privacy", "erased"))
}

/// The visitors whose boxes are ticked.
fn chosen(fields: &[(String, String)]) -> Result<Vec<VisitorId>, Problem> {
    let ticked = fields.iter().filter(|(name, _)| name == "visitor");
    let mut ids =
        ticked.map(|(_, id)| id.parse().map_err(|_| Problem::Unclear)).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Kept {
    conversation: ConversationId,
    reason: String,
}

pub(crate) async fn keep(
    app: Data<App>,
    As(manager): As<Manager>,
    form: Form<Kept>,
) -> Result<Answer, Problem> {
    privacy::keep(&app, &manager, form.conversation, &form.reason).await?;
    Ok(done("/privacy", "held"))
}

pub(crate) async fn release(
    app: Data<App>,
    As(manager): As<Manager>,
    conversation: Path<ConversationId>,
) -> Result<Answer, Problem> {
    privacy::release(&app, &manager, *conversation).await?;
    Ok(done("/privacy", "released"))
}

pub(crate) async fn certificate(
    app: Data<App>,
    As(manager): As<Manager>,
    erasure: Path<ErasureId>,
) -> Result<Answer, Problem> {
    let text = privacy::certificate(&app, &manager, *erasure).await?;
    Ok(saved("application/json", "certificate.json", text))
}

/// What oneself looked at, whatever one's role.
pub(crate) async fn mine(page: Page, app: Data<App>, As(caller): As<Anybody>) -> Result<Answer, Problem> {
    let lines = privacy::mine(&app, &caller).await?;
    let frame = page.frame(Place::Privacy).await?;
    Ok(html(view::render_mine(&page.reader, &frame, &lines)))
}

/// A file to be saved, never shown: it holds what strangers wrote.
fn saved(kind: &str, name: &str, content: impl Into<Bytes>) -> Answer {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox"))
        .body(content.into())
}
