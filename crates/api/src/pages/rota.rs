//! The rota: the board, its build, changes by hand, comparing and publishing.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Caller, Error, Planner, Refusal,
    rota::{
        self as verbs,
        accepted::Reasons,
        change::{Assigned, Saw},
        publish::Word,
    },
};
use chrono::NaiveDate;
use domain::{AssignmentId, ChangeId, Finding, PersonId, RotaId, RotaStatus};
use serde::Deserialize;
use views::{
    Reader,
    html::{
        beside, compare, first_rota, repair,
        rota::{self, View},
        shell::{Place, Toast},
    },
};

use super::me::came_from;
use crate::{Answer, As, Page, Problem, html, reply::attached, see_other};

pub(crate) async fn around_now(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
) -> Result<Answer, Problem> {
    let Some(pool) = planner.pool() else { return Ok(see_other("/pool")) };
    match verbs::draft::around_now(&app, &planner, pool).await? {
        Some(rota) => Ok(see_other(format!("/rota/{rota}"))),
        None => {
            let last = verbs::draft::last(&app, &planner, pool).await?;
            let frame = page.frame(Place::Rota).await?;
            Ok(html(first_rota::render(&page.reader, &frame, last)))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    from: NaiveDate,
    until: NaiveDate,
}

pub(crate) async fn ask(
    app: Data<App>,
    As(planner): As<Planner>,
    form: Form<Asked>,
) -> Result<Answer, Problem> {
    let pool = planner.pool().ok_or(Error::NotFound("pool"))?;
    let rota = verbs::draft::ask(&app, &planner, pool, form.from, form.until).await?;
    Ok(see_other(format!("/rota/{rota}")))
}

/// Which part of the board is shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Shown {
    view: Option<String>,
    from: Option<String>,
    /// The last change of a mend that was just done.
    mended: Option<ChangeId>,
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    shown: Query<Shown>,
) -> Result<Answer, Problem> {
    board(page, &app, &planner, *id, &shown).await
}

pub(super) async fn board(
    mut page: Page,
    app: &App,
    planner: &Caller<Planner>,
    id: RotaId,
    shown: &Shown,
) -> Result<Answer, Problem> {
    let view = shown.view.as_deref().and_then(View::from_word).unwrap_or_default();
    let from = shown.from.as_deref().and_then(|from| from.parse().ok());
    let model = verbs::board::board(app, planner, id, view, from).await?;
    page.reader.zone = verbs::zone_of_rota(app, planner, id).await?;
    // Once it was taken back, or something else was changed, there is nothing to say any more.
    if let Some(change) = shown.mended.filter(|change| model.undo == Some(*change)) {
        let toast = Toast { text: repair::done_words(&page.reader), undo: Some(undoing(id, change)) };
        page = page.with_toast(toast);
    }
    let frame = page.frame(Place::Rota).await?;
    Ok(html(rota::render(&page.reader, &frame, &model)))
}

/// The way back from a change, and no other.
fn undoing(id: RotaId, change: ChangeId) -> (String, Vec<(String, String)>) {
    (format!("/rota/{id}/undo"), vec![("change".to_owned(), change.to_string())])
}

/// What every change of a draft carries.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    version: i32,
}

pub(crate) async fn build(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Seen>,
) -> Result<Answer, Problem> {
    let done = verbs::draft::rebuild(&app, &planner, *id, form.version).await;
    after(page, &app, &planner, &req, *id, done, |_, ()| None).await
}

pub(crate) async fn stop(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
) -> Result<Answer, Problem> {
    let done = verbs::draft::stop(&app, &planner, *id).await;
    after(page, &app, &planner, &req, *id, done, |_, ()| None).await
}

pub(crate) async fn discard(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    form: Form<Seen>,
) -> Result<Answer, Problem> {
    verbs::draft::discard(&app, &planner, *id, form.version).await?;
    Ok(see_other("/rota"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Given {
    assignment: AssignmentId,
    #[serde(default)]
    person: String,
    version: i32,
}

impl Given {
    /// Nobody, or somebody.
    fn person(&self) -> Result<Option<PersonId>, Problem> {
        let person = self.person.trim();
        if person.is_empty() { Ok(None) } else { Ok(Some(person.parse().map_err(|_| Problem::Unclear)?)) }
    }
}

pub(crate) async fn assign(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Given>,
) -> Result<Answer, Problem> {
    let person = form.person()?;
    let done = verbs::change::assign(&app, &planner, *id, form.assignment, person, form.version).await;
    match done {
        Ok(Assigned::Refused(findings)) => refused(page, &app, &planner, &req, *id, &findings).await,
        // Nothing moved: there is nothing to say or to take back.
        Ok(Assigned::Done { change: None, .. }) => {
            after(page, &app, &planner, &req, *id, Ok(()), |_, ()| None).await
        }
        Ok(Assigned::Done { to, change: Some(change), .. }) => {
            let name = match to {
                Some(to) => verbs::name_of(&app, &planner, *id, to).await?,
                None => None,
            };
            let say = |reader: &Reader, ()| Some(given(reader, *id, name, change));
            after(page, &app, &planner, &req, *id, Ok(()), say).await
        }
        Err(error) => after(page, &app, &planner, &req, *id, Err(error), |_, ()| None).await,
    }
}

/// "Given to Maëlle", or "open again", with a way back from this change and no other.
fn given(reader: &Reader, id: RotaId, name: Option<String>, change: ChangeId) -> Toast {
    Toast { text: rota::given_words(reader, name.as_deref()), undo: Some(undoing(id, change)) }
}

/// The board as it is, and why the change is not in it.
async fn refused(
    page: Page,
    app: &App,
    planner: &Caller<Planner>,
    req: &HttpRequest,
    id: RotaId,
    findings: &[Finding],
) -> Result<Answer, Problem> {
    let reader = &page.reader;
    let mut text = reader.words().say("rota-say-refused");
    for finding in findings.iter().take(2) {
        text = format!("{text} {}", rota::finding_words(reader, finding));
    }
    let page = page.with_toast(Toast { text, undo: None });
    let mut answer = board(page, app, planner, id, &shown_before(req)).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Pinned {
    assignment: AssignmentId,
    pinned: bool,
    version: i32,
}

pub(crate) async fn pin(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Pinned>,
) -> Result<Answer, Problem> {
    let done = verbs::change::pin(&app, &planner, *id, form.assignment, form.pinned, form.version).await;
    after(page, &app, &planner, &req, *id, done, |_, ()| None).await
}

/// The change that shall be taken back.
#[derive(Debug, Deserialize)]
pub(crate) struct Undone {
    change: ChangeId,
}

pub(crate) async fn undo(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Undone>,
) -> Result<Answer, Problem> {
    let done = verbs::change::undo(&app, &planner, *id, Saw::Change(form.change)).await;
    after(page, &app, &planner, &req, *id, done.map(drop), |_, ()| None).await
}

/// The board after a change: its parts for a script, the way to it for a form. Whoever was too late
/// gets the board as it is, with a sentence.
async fn after<T>(
    page: Page,
    app: &App,
    planner: &Caller<Planner>,
    req: &HttpRequest,
    id: RotaId,
    done: Result<T, Error>,
    say: impl FnOnce(&Reader, T) -> Option<Toast>,
) -> Result<Answer, Problem> {
    let (toast, status) = match done {
        Ok(done) => (say(&page.reader, done), StatusCode::OK),
        Err(Error::Stale) => {
            let text = page.reader.words().say("problem-conflict-why");
            (Some(Toast { text, undo: None }), StatusCode::CONFLICT)
        }
        Err(other) => return Err(other.into()),
    };
    if status == StatusCode::OK && !req.headers().contains_key("x-fragment") {
        return Ok(see_other(came_from(req, &format!("/rota/{id}"))));
    }
    let page = match toast {
        Some(toast) => page.with_toast(toast),
        None => page,
    };
    let mut answer = board(page, app, planner, id, &shown_before(req)).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// The part of the board that the page showed which sent the form.
pub(super) fn shown_before(req: &HttpRequest) -> Shown {
    let from = came_from(req, "");
    let query = from.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    Query::<Shown>::from_query(query).map(Query::into_inner).unwrap_or_default()
}

#[derive(Debug, Deserialize)]
pub(crate) struct WhatIf {
    assignment: AssignmentId,
    #[serde(default)]
    person: String,
}

pub(crate) async fn preview(
    mut page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    what: Query<WhatIf>,
) -> Result<Answer, Problem> {
    let person = Given { assignment: what.assignment, person: what.person.clone(), version: 0 }.person()?;
    let shown = verbs::preview::preview(&app, &planner, *id, what.assignment, person).await?;
    page.reader.zone = verbs::zone_of_rota(&app, &planner, *id).await?;
    let name = if shown.name.is_empty() { page.reader.words().say("rota-nobody") } else { shown.name };
    Ok(html(rota::render_preview(&page.reader, &name, shown.span, &shown.consequences)))
}

/// Beside what a draft is shown: another draft, or else what is published.
#[derive(Debug, Deserialize)]
pub(crate) struct Beside {
    with: Option<RotaId>,
}

pub(crate) async fn show_compare(
    mut page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    beside_what: Query<Beside>,
) -> Result<Answer, Problem> {
    if let Some(other) = beside_what.with {
        let model = verbs::beside::beside(&app, &planner, *id, other).await?;
        page.reader.zone = verbs::zone_of_rota(&app, &planner, *id).await?;
        let frame = page.frame(Place::Compare).await?;
        return Ok(html(beside::render(&page.reader, &frame, &model)));
    }
    let model = verbs::compare::compare(&app, &planner, *id).await?;
    if matches!(model.status, RotaStatus::Published | RotaStatus::Discarded) {
        // Nothing of it is to be published any more.
        return Ok(see_other(format!("/rota/{id}")));
    }
    page.reader.zone = verbs::zone_of_rota(&app, &planner, *id).await?;
    let frame = page.frame(Place::Compare).await?;
    Ok(html(compare::render(&page.reader, &frame, &model)))
}

/// An earlier version, as a draft to look at and to publish.
pub(crate) async fn bring_back(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
) -> Result<Answer, Problem> {
    let draft = verbs::bring_back::bring_back(&app, &planner, *id).await?;
    Ok(see_other(format!("/rota/{draft}/compare")))
}

pub(crate) async fn publish(
    mut page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let given = form.into_inner();
    let text = |name: &str| given.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value);
    let version: i32 = text("version").parse().map_err(|_| Problem::Unclear)?;
    let each = given.iter().filter_map(|(field, reason)| Some((field.strip_prefix("reason:")?, reason)));
    let word = Word {
        message: text("message").to_owned(),
        reasons: Reasons {
            all: text("reason").to_owned(),
            each: each.map(|(key, reason)| (key.to_owned(), reason.clone())).collect(),
        },
    };
    match verbs::publish::publish(&app, &planner, *id, version, &word).await {
        Ok(()) => Ok(see_other(format!("/rota/{id}"))),
        // The comparison says which rules are broken.
        Err(Error::Refused(Refusal::RuleForbids)) => Ok(see_other(format!("/rota/{id}/compare"))),
        // The comparison again, with everything that was typed.
        Err(Error::Refused(Refusal::ReasonIsMissing)) => {
            let model = compare::Model { given, ..verbs::compare::compare(&app, &planner, *id).await? };
            page.reader.zone = verbs::zone_of_rota(&app, &planner, *id).await?;
            let frame = page.frame(Place::Compare).await?;
            let mut answer = html(compare::render(&page.reader, &frame, &model));
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(other) => Err(other.into()),
    }
}

/// Who was told when, as a table.
pub(crate) async fn proof(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
) -> Result<Answer, Problem> {
    Ok(attached(verbs::notices::proof(&app, &planner, *id, page.reader.language).await?))
}
