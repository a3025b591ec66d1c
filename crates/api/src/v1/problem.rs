//! What went wrong, as RFC 9457 says it: what, where, and what to do. English, for whoever writes the
//! program that asks.

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    http::{StatusCode, header},
};
use app::{
    Error, Refusal,
    checks::{Fault, Wrong},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The body of every answer that is not a success (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Told {
    /// What kind of problem it is; the same kind always has the same type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// What is wrong this time, and what to do.
    pub detail: String,
    /// Every faulty field, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<Faulty>,
    /// The present state of what could not be changed because somebody else changed it (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
    /// The name of the request, as in the header `x-request-id` and in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// A faulty field: where in the body (`pointer`, RFC 6901), or which parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Faulty {
    /// Where in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which parameter of the query or which header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What is wrong with it.
    pub detail: String,
}

impl Faulty {
    /// What lies at `pointer` in the body is wrong.
    pub fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), parameter: None, detail: detail.into() }
    }

    /// Something is wrong with all of it, and with no field alone.
    pub fn of_all(detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: None, detail: detail.into() }
    }

    /// A parameter of the query or a header is wrong.
    pub fn parameter(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: Some(name.into()), detail: detail.into() }
    }
}

/// Why a request to the API was not answered as it wished.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    detail: String,
    errors: Vec<Faulty>,
    current: Option<Box<Value>>,
    retry_seconds: Option<u64>,
}

impl Problem {
    /// A problem of that status.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), errors: Vec::new(), current: None, retry_seconds: None }
    }

    /// Fields of the body that are wrong.
    pub fn fields(errors: Vec<Faulty>) -> Self {
        let detail = "Fields of the body are wrong: see `errors`, mend them all and send the request again.";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }

    /// Parameters or headers that are wrong.
    pub fn parameters(errors: Vec<Faulty>) -> Self {
        let detail = "Parameters are wrong: see `errors`, mend them all and send the request again.";
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, detail) }
    }

    /// Parameters that can be read and lead nowhere, such as a cursor that no page of the list carried.
    pub fn astray(errors: Vec<Faulty>) -> Self {
        let detail = "Parameters lead nowhere: see `errors`, mend them all and send the request again.";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }

    /// What a verb's refusal means where its fields are parameters of the query.
    pub fn of_query(error: &Error) -> Self {
        match error {
            Error::Invalid(faults) => Self::astray(
                faults.iter().map(|fault| Faulty::parameter(&fault.field, said(&fault.wrong))).collect(),
            ),
            _ => Self::of(error),
        }
    }

    /// Something stands against it, for these reasons.
    pub fn conflict(detail: &str, errors: Vec<Faulty>) -> Self {
        Self { errors, ..Self::new(StatusCode::CONFLICT, detail) }
    }

    /// What a verb's refusal means here, where it is the field at `pointer` that was refused.
    pub fn about(pointer: &str, error: &Error) -> Self {
        match error {
            Error::Refused(refusal) => {
                Self { errors: vec![Faulty::at(pointer, refused(*refusal))], ..Self::of(error) }
            }
            _ => Self::of(error),
        }
    }

    /// Too early: again in so many seconds.
    pub fn again_in(self, seconds: u64) -> Self {
        Self { retry_seconds: Some(seconds), ..self }
    }

    /// If somebody else changed the thing first: with its present state, which is `now`.
    pub async fn or_current<T: Serialize>(error: Error, now: impl Future<Output = Result<T, Error>>) -> Self {
        let problem = Self::of(&error);
        match error {
            Error::Stale => match now.await {
                Ok(now) => problem.showing(&now),
                Err(_) => problem,
            },
            _ => problem,
        }
    }

    /// With the present state of what somebody else changed.
    pub fn showing(self, now: &impl Serialize) -> Self {
        Self { current: serde_json::to_value(now).ok().map(Box::new), ..self }
    }

    /// What a verb's refusal means here.
    pub fn of(error: &Error) -> Self {
        let new = |status, detail: &str| Self::new(status, detail);
        match error {
            Error::NotFound(what) => new(
                StatusCode::NOT_FOUND,
                &format!(
                    "There is no such {what}, or it is not yours to see. Check the id, and for whom the token acts."
                ),
            ),
            Error::SignedOut => Self::unknown_bearer(),
            Error::RoleMissing(role) => new(
                StatusCode::FORBIDDEN,
                &format!(
                    "This needs the role {role}, in which the token does not act. Use a token of that role."
                ),
            ),
            Error::Invalid(faults) if faults.iter().any(|fault| fault.wrong == Wrong::Cursor) => {
                Self::astray(
                    faults.iter().map(|fault| Faulty::parameter(&fault.field, said(&fault.wrong))).collect(),
                )
            }
            Error::Invalid(faults) => Self::fields(faults.iter().map(faulty).collect()),
            Error::InUse(what) => new(
                StatusCode::CONFLICT,
                &format!("The {what} is in use, so it cannot be removed. {} instead.", rather(what)),
            ),
            Error::Stale => new(
                StatusCode::PRECONDITION_FAILED,
                "Somebody else changed it since you read it. `current` is its present state: decide again, and send the new ETag as If-Match.",
            ),
            Error::Refused(refusal) => new(stands_against(*refusal), refused(*refusal)),
            Error::TooMany { seconds } => {
                new(StatusCode::TOO_MANY_REQUESTS, &format!("Too many tries. Try again in {seconds} s."))
                    .again_in(*seconds)
            }
            Error::Outside { .. } | Error::Hopeless { .. } => {
                new(StatusCode::BAD_GATEWAY, "A provider could not be reached, or refused. Try again later.")
            }
            _ => Self::failed(),
        }
    }

    /// The token is unknown here.
    pub fn unknown_bearer() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Send `Authorization: Bearer …` with an API token (made on the page Me, or by POST /api/v1/tokens) or the access token of a session. It may have run out or been revoked.",
        )
    }

    /// The token does not reach that scope.
    pub fn lacks(scope: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            format!("The token lacks the scope `{scope}`. Make one that has it."),
        )
    }

    /// We failed.
    pub fn failed() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The server failed. Nothing is said to be done; try again, and tell its operator the `instance`.",
        )
    }

    /// What stands for an answer that said only its status.
    pub fn by_status(status: StatusCode) -> Self {
        let detail = match status {
            StatusCode::NOT_FOUND => {
                "There is nothing at this address. The addresses stand in /api/v1/openapi.json."
            }
            StatusCode::PAYLOAD_TOO_LARGE => "The body is larger than 256 KiB. Send less at once.",
            StatusCode::BAD_REQUEST => "The request cannot be read. Compare it with /api/v1/openapi.json.",
            _ => "The request cannot be answered as it is. Compare it with /api/v1/openapi.json.",
        };
        Self::new(status, detail)
    }

    /// The answer, in a request of that name.
    pub fn told(&self, instance: Option<String>) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status);
        answer
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .insert_header((header::CACHE_CONTROL, "no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"veilleuse\""));
        }
        if let Some(seconds) = self.retry_seconds {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        let (word, title) = kind(self.status);
        let told = Told {
            kind: format!("urn:veilleuse:problem:{word}"),
            title: title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
            current: self.current.as_deref().cloned(),
            instance,
        };
        answer.body(serde_json::to_string(&told).expect("texts and numbers are JSON"))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::of(&error)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// Without the request's name, which `gate` adds.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.told(None)
    }
}

fn kind(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => ("bad-request", "The request cannot be read"),
        401 => ("unauthorized", "Nobody is let in by this token"),
        403 => ("forbidden", "The token does not reach this far"),
        404 => ("not-found", "There is nothing here"),
        405 => ("method-not-allowed", "This cannot be done here"),
        409 => ("conflict", "Something stands against it"),
        412 => ("changed", "Somebody else changed it first"),
        413 => ("too-large", "The body is too large"),
        415 => ("not-json", "The body is of another kind than is read here"),
        422 => ("invalid", "What was sent cannot be"),
        428 => ("if-match-required", "Say which state you saw"),
        429 => ("too-many-requests", "Too many requests"),
        502 => ("provider", "A provider failed"),
        500.. => ("failed", "The server failed"),
        _ => ("refused", "The request was refused"),
    }
}

fn faulty(fault: &Fault) -> Faulty {
    Faulty::at(format!("/{}", fault.field), said(&fault.wrong))
}

fn said(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Empty => "is empty: say something".to_owned(),
        Wrong::TooLong { most } => format!("is too long: {most} at most"),
        Wrong::Enough { most } => {
            format!(
                "would be one too many: there may be {most} that have not ended, so end or remove one first"
            )
        }
        Wrong::Control => "holds a control character (such as NUL): leave it out".to_owned(),
        Wrong::OutOfRange { least, most } => format!("must lie between {least} and {most}"),
        Wrong::Before(other) => format!("lies before `{other}`: it must not"),
        Wrong::NotAfter(other) => format!("must come after `{other}`"),
        Wrong::Unknown => {
            "is not one of the values there are, or reaches further than your own token".to_owned()
        }
        Wrong::Taken => "is taken: choose another".to_owned(),
        Wrong::InThePast => "lies in the past, which is read-only".to_owned(),
        Wrong::InTheFuture => "lies in the future: it is not over yet".to_owned(),
        Wrong::NotA(what) => format!("is not {what}"),
        Wrong::Fails(why) => format!("was tried and does not work: {why}"),
        Wrong::BeyondTheLaw { why, latitude } => format!("is refused by {}: {why}", latitude.law.word()),
        Wrong::Cursor => "is no cursor of this list: begin again without it".to_owned(),
    }
}

/// Whether something stands against it, or what was sent cannot be at all.
fn stands_against(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::NotADraft
        | Refusal::ReasonIsMissing
        | Refusal::StillBuilding
        | Refusal::RuleForbids
        | Refusal::CannotOrder
        | Refusal::NoNeeds
        | Refusal::TakenByAnother
        | Refusal::NotOnDuty
        | Refusal::NothingToSend
        | Refusal::OnHold
        | Refusal::InvitationIsSpent
        | Refusal::AlreadyOffered
        | Refusal::HandoverIsTaken
        | Refusal::HandoverIsOver
        | Refusal::TooLateToGiveBack
        | Refusal::WishesAreClosed
        | Refusal::LastOne => StatusCode::CONFLICT,
        Refusal::CodeIsWrong
        | Refusal::CodeIsSpent
        | Refusal::EmailIsWrong
        | Refusal::MessageIsEmpty
        | Refusal::MessageIsTooLong
        | Refusal::PeriodIsWrong
        | Refusal::PeriodIsTooLong
        | Refusal::InThePast
        | Refusal::SwapIsWrong
        | Refusal::FieldIsWrong => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What to do with something that cannot be removed.
fn rather(what: &str) -> &'static str {
    match what {
        "channel account" => "Pause it (`active`: false)",
        _ => "Give it a last day (`until`)",
    }
}

fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::CodeIsWrong | Refusal::CodeIsSpent => {
            "The code is wrong, used or too old. Ask for a new one."
        }
        Refusal::EmailIsWrong => "That is no e-mail address.",
        Refusal::MessageIsEmpty => "The message is empty.",
        Refusal::MessageIsTooLong => "The message is longer than we take. Shorten it.",
        Refusal::PeriodIsWrong => "The period is no period: give days in order, within reach.",
        Refusal::PeriodIsTooLong => "The period is longer than thirteen weeks. Ask for less at once.",
        Refusal::NotADraft => "The rota is not a draft any more, so it is not changed. Build a new one.",
        Refusal::StillBuilding => "The rota is still being built. Wait, or stop it.",
        Refusal::RuleForbids => "The law, an absence or a “can't” forbids it.",
        Refusal::ReasonIsMissing => {
            "What may be accepted is accepted only with a reason: give one for each finding, or one for all."
        }
        Refusal::InThePast => "The past is read-only.",
        Refusal::CannotOrder => "The offer is closed, or the office has it already.",
        Refusal::NoNeeds => "The pool has no need in that period. Define one first.",
        Refusal::TakenByAnother => "Somebody else has it. Read it again before you decide.",
        Refusal::AlreadyOffered => "The duty is on offer already. Withdraw that handover first.",
        Refusal::HandoverIsTaken => "A colleague was faster: the duty is taken.",
        Refusal::HandoverIsOver => {
            "It is over: withdrawn, refused, or the duty was changed otherwise. Read it again."
        }
        Refusal::SwapIsWrong => {
            "A duty is swapped for one of the colleague's own in the same pool that has not begun. Give `with` and `counter` so."
        }
        Refusal::NothingToSend => {
            "Only a message that failed, or of which nobody knows whether it went, is sent again."
        }
        Refusal::NotOnDuty => "You are not on duty, and the desk is not open.",
        Refusal::OnHold => "A conversation is held. Let it go first.",
        Refusal::InvitationIsSpent => "The invitation was accepted, taken back, or is too old.",
        Refusal::TooLateToGiveBack => {
            "It begins within two days, and somebody must have it. Hand it over instead."
        }
        Refusal::WishesAreClosed => "Wishes for that day are closed. Speak to the planner.",
        Refusal::LastOne => "Nobody else there could do it. Somebody must come first.",
        Refusal::FieldIsWrong => {
            "A field is missing or wrong, or holds a character that cannot be kept, such as NUL."
        }
    }
}
