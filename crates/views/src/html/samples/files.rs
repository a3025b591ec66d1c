//! Import and export: before a file, after a good one, after a faulty one.

use domain::exchange::{Fault, FileKind, Report, Words, Wrong};

use crate::html::exchange::{Model, Outcome};

fn model(outcome: Option<Outcome>) -> Model {
    let kinds = FileKind::ALL.into_iter().filter(|kind| !kind.is_a_boards()).collect();
    let chosen = FileKind::People;
    let (name, pools, person) = ("Vieux-Port".to_owned(), Vec::new(), String::new());
    Model { name, kinds, pools, chosen, pool: None, person, outcome }
}

fn read(faults: Vec<Fault>) -> Option<Outcome> {
    let kind = FileKind::People;
    Some(Outcome::Read(Report { kind, kept: false, faults, added: 4, changed: 1, same: 6 }))
}

/// No file yet.
pub fn files() -> Model {
    model(None)
}

/// A file was tried out, and nothing is wrong with it.
pub fn files_fine() -> Model {
    model(read(Vec::new()))
}

/// A file was tried out, and much is wrong with it.
pub fn files_faulty() -> Model {
    let fault = |line, column: &str, wrong| Fault { line, column: column.to_owned(), wrong };
    model(read(vec![
        fault(2, "courriel", Wrong::NotAnAddress),
        fault(3, "droit", Wrong::NotAWord(Words::Laws)),
        fault(3, "heures par semaine", Wrong::NotALength),
        fault(7, "courriel", Wrong::NotAnAddress),
        fault(9, "du", Wrong::Twice(8)),
        fault(12, "", Wrong::CellsTooMany),
    ]))
}
