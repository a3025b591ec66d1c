//! What goes out: the same columns, in the reader's language, so that a spreadsheet opens it and we
//! read it again.

use chrono::{DateTime, Utc};
use domain::{
    Language, PoolId, Tz,
    exchange::{Column, FileFormat, FileKind},
};
use storage::scope;
use views::ics;

use super::{Keeper, absences, duties, formula, notebook, office_hours, people, school_holidays};
use crate::{App, Error, Refusal};

/// A file to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is, for browsers.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

/// What is kept, as a file that can be brought in again.
///
/// # Errors
/// [`Error::RoleMissing`] if the keeper may not, [`Error::NotFound`] for a foreign pool, and
/// [`Refusal::FieldIsWrong`] for a calendar of something that is none.
pub async fn export(
    app: &App,
    keeper: &Keeper,
    kind: FileKind,
    format: FileFormat,
    pool: Option<PoolId>,
    language: Language,
) -> Result<File, Error> {
    keeper.may(kind)?;
    if format == FileFormat::Ics && !kind.has_calendar() {
        return Err(Refusal::FieldIsWrong.into());
    }
    let home = keeper.home(app).await?;
    let french = language == Language::FR;
    let text = match kind {
        FileKind::People => csv(kind, &people::lines(app, home.id, french).await?, french),
        FileKind::OfficeHours => {
            let tx = app.read(scope::Home(home.id)).await?;
            csv(kind, &office_hours::lines(&tx, &home, french).await?, french)
        }
        FileKind::Notebook => {
            let tx = app.read(scope::Home(home.id)).await?;
            csv(kind, &notebook::lines(&tx, &home, french).await?, french)
        }
        FileKind::SchoolHolidays => {
            let tx = app.read(scope::Home(home.id)).await?;
            csv(kind, &school_holidays::lines(&tx, &home).await?, french)
        }
        FileKind::Absences => {
            let tx = app.read(scope::Home(home.id)).await?;
            let told = absences::told(&tx, &home).await?;
            match format {
                FileFormat::Ics => absences_calendar(&home.name, home.zone, language, tx.now(), &told),
                FileFormat::Csv => {
                    let lines: Vec<_> = told.iter().map(|told| absences::line(told, home.zone)).collect();
                    csv(kind, &lines, french)
                }
            }
        }
        FileKind::Duties => {
            let scope = keeper.pool(pool)?;
            let (pool, told) = duties::told(&app.read(scope).await?, scope.pool).await?;
            match format {
                FileFormat::Ics => duties_calendar(&pool.name, pool.zone, language, &told),
                FileFormat::Csv => {
                    let lines: Vec<_> =
                        told.iter().map(|told| duties::line(told, pool.zone, french)).collect();
                    csv(kind, &lines, french)
                }
            }
        }
    };
    let media_type = match format {
        FileFormat::Csv => "text/csv; charset=utf-8",
        FileFormat::Ics => "text/calendar; charset=utf-8",
    };
    Ok(File { name: format!("{}-{}.{}", home.slug, kind.word(), format.word()), media_type, text })
}

/// A table of a kind of file, with the names of its columns.
pub(super) fn csv(kind: FileKind, lines: &[Vec<String>], french: bool) -> String {
    let name = |column: &Column| if french { column.names().1 } else { column.names().0 };
    let header: Vec<String> = kind.columns().iter().map(|column| name(column).to_owned()).collect();
    spreadsheet(&header, lines, french)
}

/// A table as spreadsheets open it: a mark that says UTF-8, and the delimiter of the reader's country.
pub(crate) fn spreadsheet(header: &[String], lines: &[Vec<String>], french: bool) -> String {
    let delimiter = if french { b';' } else { b',' };
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in std::iter::once(header).chain(lines.iter().map(Vec::as_slice)) {
        writer
            .write_record(line.iter().map(|cell| formula::harmless(cell)))
            .expect("writing to memory does not fail, and every line has the header's length");
    }
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    format!("\u{feff}{}", String::from_utf8(bytes).expect("it was written from text"))
}

/// Absences as a calendar: whose each is stands in it, and why only in its description.
pub(super) fn absences_calendar(
    name: &str,
    zone: Tz,
    language: Language,
    now: DateTime<Utc>,
    told: &[absences::Told],
) -> String {
    let entry = |told: &absences::Told| ics::Entry {
        uid: format!("{}@veilleuse", told.absence.id),
        stamp: now,
        summary: told.name.clone(),
        description: told.reason.clone(),
        attendee: (told.name.clone(), told.email.clone()),
        categories: Vec::new(),
        span: told.absence.span,
    };
    ics::entries(name, zone, language, &told.iter().map(entry).collect::<Vec<_>>())
}

fn duties_calendar(name: &str, zone: Tz, language: Language, told: &[duties::Told]) -> String {
    let entry = |told: &duties::Told| ics::Entry {
        uid: format!("{}@veilleuse", told.shift.id),
        stamp: told.shift.changed_at,
        summary: told.name.clone(),
        description: None,
        attendee: (told.name.clone(), told.email.clone()),
        categories: vec![told.shift.rung.word(), told.shift.kind.word()],
        span: told.shift.span,
    };
    ics::entries(name, zone, language, &told.iter().map(entry).collect::<Vec<_>>())
}
