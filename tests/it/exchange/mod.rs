//! Files in and out: what a dry run says, what a real run keeps, and that what goes out comes in.

mod calendars;
mod guide;
mod page;
mod people;
mod refused;
mod round;

use acceptance::town::{Office, Town};
use app::exchange::{self, Keeper, Upload};
use domain::{
    Language,
    exchange::{Fault, FileFormat, FileKind, Report, Wrong},
};

/// A file as a story hands it in.
fn table(kind: FileKind, text: &str) -> Upload<'_> {
    Upload { kind, format: FileFormat::Csv, bytes: text.as_bytes(), person: None, pool: None }
}

/// A calendar as a story hands it in; `person` is whose it is, where it does not say.
fn calendar<'f>(kind: FileKind, text: &'f str, person: Option<&'f str>) -> Upload<'f> {
    Upload { kind, format: FileFormat::Ics, bytes: text.as_bytes(), person, pool: None }
}

/// An office's manager, at the door for files.
async fn manager(office: &Office) -> Keeper {
    Keeper::from(&office.manager.caller::<app::Manager>().await)
}

/// The board's planner there.
async fn planner(town: &Town) -> Keeper {
    Keeper::from(&town.board.caller().await)
}

/// Tries a file out, then brings it in: both must say the same, and the first must change nothing.
async fn brought(town: &Town, keeper: &Keeper, upload: Upload<'_>) -> Report {
    let twice = exchange::try_out(&town.app, keeper, upload).await.unwrap();
    let tried = exchange::try_out(&town.app, keeper, upload).await.unwrap();
    assert_eq!(tried, twice, "a dry run leaves no trace");
    let report = exchange::import(&town.app, keeper, upload).await.unwrap();
    assert_eq!(Report { kept: tried.kept, ..report.clone() }, tried, "a dry run says what a real one does");
    report
}

/// Brings a file in that is as it should be: so many new, so many changed, so many there already.
async fn brings(town: &Town, keeper: &Keeper, upload: Upload<'_>, counts: (u32, u32, u32)) {
    let report = brought(town, keeper, upload).await;
    assert_eq!(report.faults, []);
    assert_eq!((report.added, report.changed, report.same), counts);
    assert!(report.kept);
}

/// What is wrong with a file, and that nothing of it was kept.
async fn refused(town: &Town, keeper: &Keeper, upload: Upload<'_>) -> Vec<(u32, String, Wrong)> {
    let report = brought(town, keeper, upload).await;
    assert!(!report.kept);
    let wrong = |fault: Fault| (fault.line, fault.column, fault.wrong);
    report.faults.into_iter().map(wrong).collect()
}

/// What goes out.
async fn taken(
    town: &Town,
    keeper: &Keeper,
    kind: FileKind,
    format: FileFormat,
    language: Language,
) -> String {
    exchange::export(&town.app, keeper, kind, format, None, language).await.unwrap().text
}
