//! From an error to a status and a page. Only this file knows about status codes; what went wrong
//! inside goes into the log, under a word the page shows, and never onto the page.

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    dev::ServiceResponse,
    http::{StatusCode, header},
};
use app::{App, Error, Refusal};
use domain::Role;
use views::html::{
    problem::{self, Model, Problem as Shown, Refusal as Said},
    shell::Place,
};

use crate::{Page, reply, trail::Name};

/// Why a request was not answered as it wished.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A verb said no.
    #[error(transparent)]
    App(#[from] Error),
    /// The form is too old, or came from elsewhere.
    #[error("the form is too old, or came from elsewhere")]
    StaleForm,
    /// What was sent cannot be read.
    #[error("what was sent cannot be read")]
    Unclear,
    /// What was sent is larger than any form of ours.
    #[error("what was sent is larger than any form")]
    TooLarge,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::App(error) => status(error),
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Unclear => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }

    /// Bare: [`as_page`] fills it, for the reader's language is known there.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut answer = HttpResponse::build(self.status_code());
        if let Self::App(Error::TooMany { seconds }) = self {
            answer.insert_header((header::RETRY_AFTER, *seconds));
        }
        answer.finish()
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::SignedOut => StatusCode::UNAUTHORIZED,
        Error::RoleMissing(_) => StatusCode::FORBIDDEN,
        Error::Refused(Refusal::TakenByAnother) | Error::Stale | Error::InUse(_) => StatusCode::CONFLICT,
        Error::Refused(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Outside { .. } | Error::Hopeless { .. } => StatusCode::BAD_GATEWAY,
        Error::DemoDatabase | Error::Store(_) | Error::Secret(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a page says of `error`.
pub fn shown(error: &Error) -> Shown {
    match error {
        Error::NotFound(_) | Error::SignedOut => Shown::NotFound,
        Error::RoleMissing(roles) => match roles.split([',', ' ']).next().and_then(Role::from_word) {
            Some(needs) => Shown::Forbidden { needs },
            None => Shown::NotFound,
        },
        Error::Stale | Error::InUse(_) | Error::Refused(Refusal::TakenByAnother) => {
            Shown::Conflict { by: None }
        }
        Error::Invalid(_) => Shown::Refused { because: Said::FieldIsWrong },
        Error::Refused(refusal) => Shown::Refused { because: said(*refusal) },
        Error::TooMany { .. } => Shown::TooMany,
        Error::DemoDatabase
        | Error::Hopeless { .. }
        | Error::Outside { .. }
        | Error::Store(_)
        | Error::Secret(_) => Shown::Failed,
    }
}

/// The page's word for a verb's refusal.
pub fn said(refusal: Refusal) -> Said {
    match refusal {
        Refusal::CodeIsWrong => Said::CodeIsWrong,
        Refusal::CodeIsSpent => Said::CodeIsSpent,
        Refusal::EmailIsWrong => Said::EmailIsWrong,
        Refusal::MessageIsEmpty => Said::MessageIsEmpty,
        Refusal::MessageIsTooLong => Said::MessageIsTooLong,
        Refusal::PeriodIsWrong => Said::PeriodIsWrong,
        Refusal::PeriodIsTooLong => Said::PeriodIsTooLong,
        Refusal::NotADraft => Said::NotADraft,
        Refusal::StillBuilding => Said::StillBuilding,
        Refusal::RuleForbids => Said::RuleForbids,
        Refusal::ReasonIsMissing => Said::ReasonIsMissing,
        Refusal::InThePast => Said::InThePast,
        Refusal::CannotOrder => Said::CannotOrder,
        Refusal::NoNeeds => Said::NoNeeds,
        Refusal::TakenByAnother => Said::TakenByAnother,
        Refusal::NothingToSend => Said::NothingToSend,
        Refusal::NotOnDuty => Said::NotOnDuty,
        Refusal::FieldIsWrong => Said::FieldIsWrong,
        Refusal::OnHold => Said::OnHold,
        Refusal::InvitationIsSpent => Said::InvitationIsSpent,
        Refusal::AlreadyOffered => Said::AlreadyOffered,
        Refusal::HandoverIsTaken => Said::HandoverIsTaken,
        Refusal::HandoverIsOver => Said::HandoverIsOver,
        Refusal::SwapIsWrong => Said::SwapIsWrong,
        Refusal::TooLateToGiveBack => Said::TooLateToGiveBack,
        Refusal::WishesAreClosed => Said::WishesAreClosed,
        Refusal::LastOne => Said::LastOne,
    }
}

/// Turns an answer that is a problem into a page that says so; others stay as they are.
///
/// Whoever is not signed in is sent to sign in: a reader by the address, a script by the same answer,
/// which it follows.
pub(crate) async fn as_page(app: &App, res: ServiceResponse) -> ServiceResponse {
    let status = res.status();
    let own = res.response().error().and_then(|error| error.as_error::<Problem>());
    if matches!(own, Some(Problem::App(Error::SignedOut))) {
        let (req, _) = res.into_parts();
        return ServiceResponse::new(req, reply::see_other("/sign-in"));
    }
    let said = match own {
        Some(Problem::App(error)) => shown(error),
        Some(Problem::StaleForm) => Shown::StaleForm,
        Some(Problem::Unclear) => Shown::Unclear,
        Some(Problem::TooLarge) => Shown::TooLarge,
        // A handler that answers with a page of its own, such as a wrong code, keeps it.
        None if has_page(&res) => return res,
        None => by_status(status),
    };
    let name = Name::of(res.request());
    if status.is_server_error() {
        let why = res.response().error().map(ToString::to_string).unwrap_or_default();
        tracing::error!(request = %name, status = status.as_u16(), why, "a request failed");
    }
    filled(app, res, status, said, name).await
}

fn has_page(res: &ServiceResponse) -> bool {
    res.response().error().is_none() && res.headers().contains_key(header::CONTENT_TYPE)
}

fn by_status(status: StatusCode) -> Shown {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Shown::NotFound,
        StatusCode::TOO_MANY_REQUESTS => Shown::TooMany,
        StatusCode::PAYLOAD_TOO_LARGE => Shown::TooLarge,
        status if status.is_client_error() => Shown::Unclear,
        _ => Shown::Failed,
    }
}

async fn filled(
    app: &App,
    res: ServiceResponse,
    status: StatusCode,
    said: Shown,
    name: Name,
) -> ServiceResponse {
    let retry = res.headers().get(header::RETRY_AFTER).cloned();
    let (req, _) = res.into_parts();
    let page = Page::for_problem(app, &req).await;
    let model = Model {
        back: page.home().to_owned(),
        trace: (said == Shown::Failed).then(|| name.to_string()),
        problem: said,
    };
    let frame = page.plain_frame(Place::Problem);
    let mut answer = reply::html(problem::render(&page.reader, &frame, &model));
    *answer.status_mut() = status;
    if let Some(retry) = retry {
        answer.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    ServiceResponse::new(req, answer)
}
