//! Statements of a month: what each person's duties were and what they owe; the files an employer
//! takes from them; and whether a register is as it was written.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Payload},
};
use app::{
    App, Keeper,
    exchange::LARGEST,
    rota::statements::{
        self, Checked, OnePerson, Statements,
        files::{self, Kind},
        register as kept,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Apart, DutyLine, Language, Month, Owed, Span};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    files::{content_type, staffs, too_large},
    problem::Faulty,
    query::Asked,
    reply,
    words::{DutyKindName, RungName},
};
use crate::{Answer, As, Signed, reply::attached};

/// A month at one employer, as far as it is yours to see.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementsShown {
    /// The employer.
    pub organisation: Uuid,
    /// The month, such as 2026-07.
    pub month: String,
    /// Each person's: of all staff for a manager or planner, one's own for an advisor.
    pub people: Vec<StatementShown>,
}

/// One person's month. Duties that are not over yet do not count.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementShown {
    /// Who.
    pub person: Uuid,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Waiting on standby, in minutes.
    pub standby_minutes: u32,
    /// Work on duty, in minutes: active duties, and interventions.
    pub work_minutes: u32,
    /// What is owed for all of it.
    pub owed: OwedShown,
    /// Each duty, soonest first.
    pub duties: Vec<DutyOwedShown>,
    /// Interventions that began in none of the duties, soonest first.
    pub apart: Vec<ApartShown>,
    /// Working time by civil week, office hours included, as far as its days lie in the month and are over.
    pub weeks: Vec<WeekShown>,
}

/// What is owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedShown {
    /// In money, in cents.
    pub cents: i64,
    /// In rest, in minutes.
    pub rest_minutes: u32,
}

/// One duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyOwedShown {
    /// The shift.
    pub shift: Uuid,
    /// The day it starts on, by the employer's clocks.
    pub day: NaiveDate,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Lead or backup.
    pub rung: RungName,
    /// Active or standby.
    pub kind: DutyKindName,
    /// Waiting on standby, in minutes.
    pub standby_minutes: u32,
    /// Work, in minutes.
    pub work_minutes: u32,
    /// Interventions that began in it, to their end.
    pub interventions: Vec<StretchShown>,
    /// What is owed for it.
    pub owed: OwedShown,
}

/// An intervention that began in no duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApartShown {
    /// The day it began on, by the employer's clocks.
    pub day: NaiveDate,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Work, in minutes: what of it is no active duty.
    pub work_minutes: u32,
    /// What is owed for it.
    pub owed: OwedShown,
}

/// From an instant to an instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct StretchShown {
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
}

/// A civil week's working time.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeekShown {
    /// Its Monday.
    pub monday: NaiveDate,
    /// In minutes.
    pub total_minutes: u32,
}

/// What came of looking at a register.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedShown {
    /// Whether every line is as this house wrote it, and none is missing.
    pub intact: bool,
    /// How many lines there are, if it is; header and end left out.
    pub lines: Option<usize>,
    /// The first line that is not, or is missing; the header is line 1.
    pub broken_line: Option<usize>,
}

impl From<Owed> for OwedShown {
    fn from(owed: Owed) -> Self {
        Self { cents: owed.money.0, rest_minutes: owed.rest.0 }
    }
}

impl From<Span> for StretchShown {
    fn from(span: Span) -> Self {
        Self { starts_at: span.start(), ends_at: span.end() }
    }
}

impl From<DutyLine> for DutyOwedShown {
    fn from(line: DutyLine) -> Self {
        Self {
            shift: line.shift.0,
            day: line.day,
            starts_at: line.span.start(),
            ends_at: line.span.end(),
            rung: RungName(line.rung),
            kind: DutyKindName(line.kind),
            standby_minutes: line.standby.0,
            work_minutes: line.work.0,
            interventions: line.interventions.into_iter().map(StretchShown::from).collect(),
            owed: line.owed.into(),
        }
    }
}

impl From<Apart> for ApartShown {
    fn from(one: Apart) -> Self {
        Self {
            day: one.day,
            starts_at: one.span.start(),
            ends_at: one.span.end(),
            work_minutes: one.work.0,
            owed: one.owed.into(),
        }
    }
}

impl From<OnePerson> for StatementShown {
    fn from(one: OnePerson) -> Self {
        let week = |week: domain::WorkedWeek| WeekShown { monday: week.monday, total_minutes: week.total.0 };
        Self {
            person: one.person.id.0,
            family_name: one.person.family_name,
            given_name: one.person.given_name,
            standby_minutes: one.statement.standby.0,
            work_minutes: one.statement.work.0,
            owed: one.statement.owed.into(),
            duties: one.statement.lines.into_iter().map(DutyOwedShown::from).collect(),
            apart: one.statement.apart.into_iter().map(ApartShown::from).collect(),
            weeks: one.weeks.into_iter().map(week).collect(),
        }
    }
}

impl From<Statements> for StatementsShown {
    fn from(all: Statements) -> Self {
        Self {
            organisation: all.organisation.id.0,
            month: all.month.to_string(),
            people: all.people.into_iter().map(StatementShown::from).collect(),
        }
    }
}

impl From<Checked> for CheckedShown {
    fn from(checked: Checked) -> Self {
        match checked {
            Checked::Whole { lines } => Self { intact: true, lines: Some(lines), broken_line: None },
            Checked::Broken { line } => Self { intact: false, lines: None, broken_line: Some(line) },
        }
    }
}

/// The month that is asked for, which must be named.
fn month(asked: &mut Asked) -> Result<Month, Problem> {
    let what = "a month such as 2026-07";
    asked.word("month", what, Month::parse).ok_or_else(|| {
        Problem::parameters(vec![Faulty::parameter("month", format!("is missing, or is not {what}"))])
    })
}

/// What everybody's duties of a month were, and what is owed for them (Code du travail, R3121-2).
#[utoipa::path(get, path = "/api/v1/statements", tag = "statements",
    params(
        ("month" = String, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "Such as 2026-07"),
        ("person" = Option<Uuid>, Query, description = "Of this person alone")),
    responses((status = 200, description = "The statements", body = StatementsShown)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let (month, person) = (month(&mut asked)?, asked.id("person"));
    asked.done()?;
    let all = statements::seen_by(&app, &session, month, person).await?;
    Ok(reply::one(&StatementsShown::from(all)))
}

/// Pay elements of a month, as a table: a line a person and element.
#[utoipa::path(get, path = "/api/v1/statements/pay", tag = "statements",
    params(
        ("month" = String, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "Such as 2026-07"),
        ("language" = Option<super::files::HeaderLanguage>, Query, description = "Of the header, the elements and the amounts")),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String)))]
pub async fn pay(app: Data<App>, As(keeper): As<Keeper>, asked: Asked) -> Result<Answer, Problem> {
    file(&app, &keeper, Kind::Pay, asked).await
}

/// The register of working time of a month, as a table: a line a person and day, one a civil week that
/// ends in the month, and one for each correction (`corrects` names the line before it by its number),
/// each with the seal it is kept under and a hash of itself and of the line before it in the file.
#[utoipa::path(get, path = "/api/v1/statements/register", tag = "statements",
    params(
        ("month" = String, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "Such as 2026-07"),
        ("language" = Option<super::files::HeaderLanguage>, Query, description = "Of the header")),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String)))]
pub async fn register(app: Data<App>, As(keeper): As<Keeper>, asked: Asked) -> Result<Answer, Problem> {
    file(&app, &keeper, Kind::Register, asked).await
}

async fn file(
    app: &App,
    keeper: &app::Caller<Keeper>,
    kind: Kind,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let month = month(&mut asked)?;
    let language = asked.word("language", "en or fr", staffs).unwrap_or(Language::EN);
    asked.done()?;
    Ok(attached(files::file(app, keeper, kind, month, language == Language::FR).await?))
}

/// What came of looking at the whole register.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterLooked {
    /// Whether every line is as it was written, and none between them is missing.
    pub intact: bool,
    /// How many lines there are.
    pub lines: i64,
    /// The number of the first line that is not, or is missing.
    pub broken_number: Option<i64>,
    /// The seal of the last line. Keep it with the number of lines: whoever takes lines off the end
    /// cannot bring it back.
    pub last_seal: String,
}

/// Looks at your whole register of working time as it is kept: each day's line is written once it is
/// over, sealed over the line before, and corrected by another line alone.
#[utoipa::path(get, path = "/api/v1/statements/register/seals", tag = "statements",
    responses((status = 200, description = "What came of it", body = RegisterLooked)))]
pub async fn look(app: Data<App>, As(keeper): As<Keeper>) -> Result<Answer, Problem> {
    let looked = kept::look(&app, &keeper).await?;
    Ok(reply::one(&RegisterLooked {
        intact: looked.broken.is_none(),
        lines: looked.lines,
        broken_number: looked.broken,
        last_seal: looked.seal,
    }))
}

/// Says whether a register is as this house wrote it, and if not, which line is the first that is not.
#[utoipa::path(post, path = "/api/v1/statements/register/check", tag = "statements",
    request_body(content = String, content_type = "text/csv", description = "The file; at most 4 MiB"),
    responses((status = 200, description = "What came of it", body = CheckedShown)))]
pub async fn check(
    app: Data<App>,
    As(_): As<Keeper>,
    req: HttpRequest,
    body: Payload,
) -> Result<Answer, Problem> {
    if content_type(&req) != "text/csv" {
        let said = "Send the file as it was taken, with `Content-Type: text/csv`.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, said));
    }
    let bytes = body.to_bytes_limited(LARGEST).await.map_err(|_| too_large(LARGEST))?;
    let bytes = bytes.map_err(|_| Problem::by_status(StatusCode::BAD_REQUEST))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Problem::new(StatusCode::BAD_REQUEST, "The file is no text in UTF-8. Send it as it was taken.")
    })?;
    Ok(reply::one(&CheckedShown::from(files::check(&app, text))))
}
