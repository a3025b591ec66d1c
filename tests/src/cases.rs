//! Outside cases: files of expected results that others computed, and what our thinking says.
//!
//! The formats are those of the folder that `VEILLEUSE_CASES` names. A field that is missing or
//! empty asks nothing; a case that cannot be read differs, and says why.

mod clock;
mod costs;
mod demand;
mod expression;
mod holidays;
mod labour;

use std::{fmt, path::Path};

/// The kinds of cases, as the command line names them.
pub const KINDS: [&str; 5] = ["labour", "holidays", "clock", "demand", "costs"];

/// One case: what was expected, and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Which case.
    pub name: String,
    /// What the file says.
    pub expected: String,
    /// What we say.
    pub came_out: String,
    /// Whether the two agree.
    pub agrees: bool,
}

impl Outcome {
    /// A case whose two sides are compared as they are printed.
    fn of(name: impl Into<String>, expected: impl fmt::Display, came_out: impl fmt::Display) -> Self {
        let (expected, came_out) = (expected.to_string(), came_out.to_string());
        let agrees = expected == came_out;
        Self { name: name.into(), expected, came_out, agrees }
    }

    /// A case that could not be worked out.
    fn unreadable(name: impl Into<String>, why: impl fmt::Display) -> Self {
        Self {
            name: name.into(),
            expected: "a case".into(),
            came_out: format!("unreadable: {why}"),
            agrees: false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.agrees { "ok     " } else { "DIFFERS" };
        write!(f, "{verdict} {} | expected {} | came out {}", self.name, self.expected, self.came_out)
    }
}

/// Works out every case of the file at `path`.
///
/// # Errors
/// If the kind is unknown or the file is not of its format.
pub fn run(kind: &str, path: &Path) -> Result<Vec<Outcome>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    match kind {
        "labour" => labour::run(&text),
        "holidays" => holidays::run(&text),
        "clock" => clock::run(&text),
        "demand" => demand::run(&text),
        "costs" => costs::run(&text),
        other => Err(format!("there is no kind {other:?}: one of {}", KINDS.join(", "))),
    }
}

/// A table with a header line, each row as a look-up by column.
struct Table {
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        let rows = reader.records().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        Ok(Self { header, rows })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| Row { header: &self.header, row })
    }
}

#[derive(Clone, Copy)]
struct Row<'t> {
    header: &'t csv::StringRecord,
    row: &'t csv::StringRecord,
}

impl<'t> Row<'t> {
    /// What stands in `column`; `None` if it is missing or empty.
    fn get(&self, column: &str) -> Option<&'t str> {
        let at = self.header.iter().position(|name| name.trim() == column)?;
        self.row.get(at).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The same, parsed; `None` if it is missing, empty or not of that form.
    fn parsed<T: std::str::FromStr>(&self, column: &str) -> Option<T> {
        self.get(column)?.parse().ok()
    }
}
