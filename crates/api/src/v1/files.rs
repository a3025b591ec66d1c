//! Files in and out: what the page "Import and export" does, for programs. A file is as close as what it
//! holds: beside the route's own scope it needs that of its kind ([`READS`], [`WRITES`]).

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
    web::{Data, Path, Payload, ReqData},
};
use app::{
    App, Error,
    account::api_tokens::Access,
    exchange::{self, LARGEST, Upload},
};
use domain::{
    Language,
    exchange::{FileFormat, FileKind, Report},
};
use serde::Serialize;
use utoipa::ToSchema;
use views::Words;

use super::{Problem, problem::Faulty, query::Asked, reply, words::FileKindName};
use crate::{Answer, LARGEST_FORM, caller::Keeping, reply::attached};

/// What files hold, as a parameter lists it.
const FORMATS: &str = "csv, or ics for absences and duties";

/// What the body of a request to that address may weigh.
pub(super) fn most(path: &str) -> usize {
    if path.starts_with("/api/v1/imports/") || path == "/api/v1/statements/register/check" {
        LARGEST
    } else {
        LARGEST_FORM
    }
}

/// A body weighs more than `most`.
pub(super) fn too_large(most: usize) -> Problem {
    match most {
        LARGEST => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "The file is larger than 4 MiB. Send it in parts.")
        }
        _ => Problem::by_status(StatusCode::PAYLOAD_TOO_LARGE),
    }
}

/// The kind of body that came: what stands before its parameters, in small letters.
pub(super) fn content_type(req: &HttpRequest) -> String {
    let said = req.headers().get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok());
    said.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What a token must reach to take a file of each kind out.
pub const READS: &[(FileKind, &str)] = &[
    (FileKind::People, "people:read"),
    (FileKind::OfficeHours, "hours:read"),
    (FileKind::Absences, "absences:read"),
    (FileKind::Duties, "shifts:read"),
    (FileKind::Notebook, "notes:read"),
    (FileKind::SchoolHolidays, "needs:read"),
];

/// What it must reach to bring one in. Past duties count in rotas, as published ones do.
pub const WRITES: &[(FileKind, &str)] = &[
    (FileKind::People, "people:write"),
    (FileKind::OfficeHours, "hours:write"),
    (FileKind::Absences, "absences:write"),
    (FileKind::Duties, "rotas:write"),
    (FileKind::Notebook, "notes:write"),
    (FileKind::SchoolHolidays, "needs:write"),
];

/// The kind that the address names, if the token reaches what such a file holds.
fn kind_in_reach(named: &str, scopes: &[(FileKind, &str)], access: &Access) -> Result<FileKind, Problem> {
    let kind = FileKind::from_word(named).ok_or(Error::NotFound("kind of file"))?;
    match scopes.iter().find(|(of, _)| *of == kind) {
        Some((_, scope)) if access.reaches(scope) => Ok(kind),
        Some((_, scope)) => Err(Problem::lacks(scope)),
        None => Err(Problem::failed()),
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FormatWord {
    /// A table.
    Csv,
    /// A calendar (RFC 5545), for absences and duties.
    Ics,
}

/// In which language a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeaderLanguage {
    /// English, with commas.
    En,
    /// French, with semicolons.
    Fr,
}

/// One thing wrong with a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultShown {
    /// The line, counted from 1 with the header; 0 where the whole file is meant.
    pub line: u32,
    /// The column, as the file names it; empty where the whole line is meant.
    pub column: String,
    /// What is wrong, as a word that stays the same.
    pub wrong: String,
    /// What is wrong, and what to do.
    pub detail: String,
}

/// What a file would do, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportShown {
    /// What the file holds.
    pub kind: FileKindName,
    /// Whether it was brought in: never by a dry run.
    pub kept: bool,
    /// How many lines hold something new.
    pub added: u32,
    /// How many change what is there.
    pub changed: u32,
    /// How many are there already, exactly so.
    pub same: u32,
    /// Everything that is wrong.
    pub faults: Vec<FaultShown>,
}

impl From<Report> for ReportShown {
    fn from(report: Report) -> Self {
        let words = Words::of(Language::EN);
        let fault = |fault: &domain::exchange::Fault| FaultShown {
            line: fault.line,
            column: fault.column.clone(),
            wrong: fault.wrong.word().to_owned(),
            detail: words.fault(fault),
        };
        Self {
            kind: FileKindName(report.kind),
            kept: report.kept,
            added: report.added,
            changed: report.changed,
            same: report.same,
            faults: report.faults.iter().map(fault).collect(),
        }
    }
}

/// Brings a file in: all of it, or nothing (422) where anything is wrong.
///
/// The token needs `people:write`, `hours:write`, `absences:write`, `rotas:write` (duties), `notes:write`
/// (notebook) or `needs:write` (school holidays) besides. With `dry_run=true` it says
/// what would happen and every fault, and keeps nothing. The same file twice changes nothing more.
#[utoipa::path(post, path = "/api/v1/imports/{kind}", tag = "files",
    params(
        ("kind" = FileKindName, Path, description = "What the file holds"),
        ("dry_run" = Option<bool>, Query, description = "Only say what would happen"),
        ("person" = Option<String>, Query, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
            description = "Whose a calendar is that names nobody: an address"),
        ("pool" = Option<Uuid>, Query, description = "Of which pool duties are; your first if not said")),
    request_body(content = String, content_type = "text/csv", description = "A table in UTF-8, or a calendar as text/calendar; at most 4 MiB"),
    responses((status = 200, description = "What it did, or would do", body = ReportShown)))]
pub async fn import(
    app: Data<App>,
    Keeping(keeper): Keeping,
    access: ReqData<Access>,
    kind: Path<String>,
    mut asked: Asked,
    req: HttpRequest,
    body: Payload,
) -> Result<Answer, Problem> {
    let kind = kind_in_reach(&kind, WRITES, &access)?;
    let dry = asked.take::<bool>("dry_run", "true or false").unwrap_or(false);
    let person = asked.take::<String>("person", "an address");
    let pool = asked.id("pool");
    asked.done()?;
    let format = format(&req)?;
    let bytes = body.to_bytes_limited(LARGEST).await.map_err(|_| too_large(LARGEST))?;
    let bytes = bytes.map_err(|_| Problem::by_status(StatusCode::BAD_REQUEST))?;
    let upload = Upload { kind, format, bytes: &bytes, person: person.as_deref(), pool };
    if dry {
        return Ok(reply::one(&ReportShown::from(exchange::try_out(&app, &keeper, upload).await?)));
    }
    let report = ReportShown::from(exchange::import(&app, &keeper, upload).await?);
    if report.faults.is_empty() { Ok(reply::one(&report)) } else { Err(Problem::fields(faulty(&report))) }
}

/// Faults as a problem names them: line and column are the pointer.
fn faulty(report: &ReportShown) -> Vec<Faulty> {
    let one = |fault: &FaultShown| {
        let column = fault.column.replace('~', "~0").replace('/', "~1");
        Faulty::at(format!("/{}/{column}", fault.line), fault.detail.clone())
    };
    report.faults.iter().map(one).collect()
}

fn format(req: &HttpRequest) -> Result<FileFormat, Problem> {
    match content_type(req).as_str() {
        "text/csv" => Ok(FileFormat::Csv),
        "text/calendar" => Ok(FileFormat::Ics),
        _ => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Send the file as it is, with `Content-Type: text/csv` or `text/calendar`.",
        )),
    }
}

/// Takes a file out. It can be brought in again, and changes nothing then.
///
/// The token needs `people:read`, `hours:read`, `absences:read`, `shifts:read` (duties) or `notes:read`
/// (notebook) besides.
#[utoipa::path(get, path = "/api/v1/exports/{kind}", tag = "files",
    params(
        ("kind" = FileKindName, Path, description = "What the file holds"),
        ("format" = Option<FormatWord>, Query, description = "A calendar only of absences and duties"),
        ("language" = Option<HeaderLanguage>, Query, description = "Of the header"),
        ("pool" = Option<Uuid>, Query, description = "Of which pool duties are; your first if not said")),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String)))]
pub async fn export(
    app: Data<App>,
    Keeping(keeper): Keeping,
    access: ReqData<Access>,
    kind: Path<String>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let kind = kind_in_reach(&kind, READS, &access)?;
    let format = asked.word("format", FORMATS, FileFormat::from_word).unwrap_or(FileFormat::Csv);
    let language = asked.word("language", "en or fr", staffs).unwrap_or(Language::EN);
    let pool = asked.id("pool");
    asked.done()?;
    if format == FileFormat::Ics && !kind.has_calendar() {
        let said = "is for absences and duties alone";
        return Err(Problem::astray(vec![Faulty::parameter("format", said)]));
    }
    Ok(attached(exchange::export(&app, &keeper, kind, format, pool, language).await?))
}

/// A language that staff read.
pub(super) fn staffs(code: &str) -> Option<Language> {
    [Language::EN, Language::FR].into_iter().find(|language| language.code() == code)
}
