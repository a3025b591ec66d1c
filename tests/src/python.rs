//! Our calendars, read by the libraries other people read them with: PyPI's `icalendar` and `vobject`.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::places::tools;

/// An appointment as a library understood it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Appointment {
    /// What a phone knows it by.
    pub uid: String,
    /// When it starts, whatever zone it was written in.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// What the phone shows.
    pub summary: String,
}

/// What each library understood, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Readings {
    /// PyPI `icalendar`.
    pub icalendar: Vec<Appointment>,
    /// PyPI `vobject`, which also validates.
    pub vobject: Vec<Appointment>,
}

/// Reads a calendar with both libraries.
///
/// # Errors
/// What the library that could not read it said.
///
/// # Panics
/// When Python or its libraries are missing.
pub fn read_calendar(calendar: &str) -> Result<Readings, String> {
    let python = tools().join("venv/bin/python");
    assert!(python.exists(), "no {}: run tests/run", python.display());
    let mut reader = Command::new(python)
        .args(["-c", include_str!("python/read_calendar.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("what stands there can be run");
    let mut pipe = reader.stdin.take().expect("the reader's input is piped");
    // A reader that gave up early says so itself, below.
    let _ = pipe.write_all(calendar.as_bytes());
    drop(pipe);
    let output = reader.wait_with_output().expect("the reader ends");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}
