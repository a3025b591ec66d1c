//! Handovers: what a holder does with a duty, and what colleagues and planners answer.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path},
};
use app::{
    Advisor, App, Caller, Error, Planner, Refusal, Session,
    kept::Seen,
    rota::{
        self,
        handovers::{
            Hand,
            accept::{self, Accepted},
            ask::{self, Asked, Wish},
            page as model,
        },
    },
};
use chrono::NaiveTime;
use domain::{HandoverId, PersonId, Role, ShiftId, WhyNot};
use views::html::{
    hand_over,
    handovers::why_not,
    problem::refused as refusal_words,
    shell::{Place, Toast},
};

use super::{done::done, fields::Fields, shifts, today};
use crate::{Answer, As, Page, Problem, Signed, html, problem::said};

type Sent = Form<Vec<(String, String)>>;

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    id: Path<ShiftId>,
) -> Result<Answer, Problem> {
    shown(page, &app, &session, *id, Vec::new()).await
}

async fn shown(
    mut page: Page,
    app: &App,
    session: &Session,
    id: ShiftId,
    refused: Vec<WhyNot>,
) -> Result<Answer, Problem> {
    let hand = Hand::worn(session)?;
    let again = !refused.is_empty();
    let model = model::choices(app, &hand, id, refused).await?;
    if let Some(pool) = hand.pool() {
        page.reader.zone = rota::zone_of(app, pool).await?;
    }
    let frame = page.frame(place(session)).await?;
    let mut answer = html(hand_over::render(&page.reader, &frame, &model));
    if again {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Where in the house somebody of that role does it.
fn place(session: &Session) -> Place {
    match session.hat().map(|hat| hat.role) {
        Some(Role::Planner) => Place::Today,
        Some(Role::Manager) => Place::Team,
        _ => Place::Shifts,
    }
}

/// The page they come back to.
fn home(session: &Session) -> &'static str {
    match session.hat().map(|hat| hat.role) {
        Some(Role::Planner) => "/today",
        Some(Role::Manager) => "/team",
        _ => "/shifts",
    }
}

pub(crate) async fn ask(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    id: Path<ShiftId>,
    form: Sent,
) -> Result<Answer, Problem> {
    let (hand, fields) = (Hand::worn(&session)?, Fields::of(form));
    match asked(&app, &hand, (*id, &fields)).await {
        Ok(Asked::Done(_)) => Ok(done(home(&session), "offered")),
        Ok(Asked::Refused(reasons)) => shown(page, &app, &session, *id, reasons).await,
        Err(Problem::App(Error::Refused(Refusal::PeriodIsWrong))) => {
            let text = hand_over::part_is_wrong(&page.reader);
            let page = page.with_toast(Toast { text, undo: None });
            let mut answer = shown(page, &app, &session, *id, Vec::new()).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(other) => Err(other),
    }
}

/// What a form asks of a duty, asked.
async fn asked(app: &App, hand: &Hand, (id, fields): (ShiftId, &Fields)) -> Result<Asked, Problem> {
    let wish = match fields.text("kind") {
        "give_away" => {
            let ends = (clock(fields, "from")?, clock(fields, "until")?);
            Wish::GiveAway { part: model::part_by_clock(app, hand, id, ends).await? }
        }
        "swap" => {
            let counter: ShiftId = fields.id("counter")?;
            Wish::Swap { with: model::holder_of(app, hand, counter).await?, counter }
        }
        "absence" => Wish::Absence,
        _ => return Err(Problem::Unclear),
    };
    Ok(ask::ask(app, hand, id, wish, fields.text("note")).await?)
}

/// A time of day, or none.
fn clock(fields: &Fields, name: &str) -> Result<Option<NaiveTime>, Problem> {
    let text = fields.text(name).trim();
    if text.is_empty() {
        return Ok(None);
    }
    NaiveTime::parse_from_str(text, "%H:%M").map(Some).map_err(|_| Problem::Unclear)
}

pub(crate) async fn accept(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<HandoverId>,
) -> Result<Answer, Problem> {
    match accept::accept(&app, &Hand::from(&advisor), *id, &Seen::Any).await {
        Ok(Accepted::Done(_)) => Ok(done("/shifts", "taken")),
        Ok(Accepted::Refused(reasons)) => {
            let text = sentence(&page, &reasons);
            on_shifts(page, &app, &advisor, text, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        // Whoever came second is told so where they stand.
        Err(Error::Refused(refusal)) => {
            let text = refusal_words(&page.reader, said(refusal));
            on_shifts(page, &app, &advisor, text, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn on_shifts(
    page: Page,
    app: &App,
    advisor: &Caller<Advisor>,
    text: String,
    status: StatusCode,
) -> Result<Answer, Problem> {
    let page = page.with_toast(Toast { text, undo: None });
    let mut answer = shifts::shown(page, app, advisor).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

pub(super) fn sentence(page: &Page, reasons: &[WhyNot]) -> String {
    let words = page.reader.words().say("handover-refused");
    let why = reasons.iter().take(2).map(|reason| why_not(&page.reader, reason));
    std::iter::once(words).chain(why).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn refuse(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
) -> Result<Answer, Problem> {
    accept::refuse(&app, &Hand::worn(&session)?, *id, &Seen::Any).await?;
    Ok(done(home(&session), "refused"))
}

pub(crate) async fn withdraw(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
) -> Result<Answer, Problem> {
    ask::withdraw(&app, &Hand::worn(&session)?, *id, &Seen::Any).await?;
    Ok(done(home(&session), "taken-back"))
}

pub(crate) async fn give_back(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
) -> Result<Answer, Problem> {
    ask::give_back(&app, &Hand::worn(&session)?, *id, "").await?;
    Ok(done(home(&session), "offered"))
}

pub(crate) async fn approve(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<HandoverId>,
    form: Sent,
) -> Result<Answer, Problem> {
    let reason = Fields::of(form).string("reason");
    let outcome = accept::approve(&app, &Hand::from(&planner), *id, &Seen::Any, &reason).await;
    decided(page, &app, &planner, outcome).await
}

pub(crate) async fn assign(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<HandoverId>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let (taker, reason): (PersonId, _) = (fields.id("person")?, fields.text("reason"));
    let outcome = accept::assign(&app, &Hand::from(&planner), *id, &Seen::Any, taker, reason).await;
    decided(page, &app, &planner, outcome).await
}

async fn decided(
    page: Page,
    app: &App,
    planner: &Caller<Planner>,
    outcome: Result<Accepted, Error>,
) -> Result<Answer, Problem> {
    match outcome? {
        Accepted::Done(_) => Ok(done("/today", "handed-over")),
        Accepted::Refused(reasons) => {
            let text = sentence(&page, &reasons);
            let mut answer = today::shown(page.with_toast(Toast { text, undo: None }), app, planner).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}
