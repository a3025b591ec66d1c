//! How logs look and which lines are written. Both are said before any other setting is read, so that its
//! mistakes are logged too; what is wrong with them is named among those.

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::settings::Mistake;

/// The variables.
const FORMAT: &str = "VEILLEUSE_LOG_FORMAT";
const LINES: &str = "VEILLEUSE_LOG";
/// Which lines are written unless somebody says so.
const USUAL: &str = "info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn,actix_server=warn";
/// The same where somebody only looks: the address that is printed stays in sight.
const QUIET: &str = "warn";

/// How they look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For machines, a line an event.
    Json,
}

/// Begins to write them, as the command line or else the environment says; as usual where that is wrong, or
/// warnings alone where it is to be `quiet`.
pub fn begin(said: Option<Format>, quiet: bool) {
    let format = said.or_else(|| told(FORMAT).and_then(|text| format(&text).ok())).unwrap_or(Format::Text);
    let lines = told(LINES).and_then(|text| lines(&text).ok());
    let filter = lines.unwrap_or_else(|| EnvFilter::new(if quiet { QUIET } else { USUAL }));
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        Format::Text => registry
            .with(
                fmt::layer()
                    .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
                    .with_writer(std::io::stderr),
            )
            .init(),
        Format::Json => registry.with(fmt::layer().json().with_writer(std::io::stderr)).init(),
    }
}

/// What is wrong with what the environment says of them.
pub fn mistakes() -> Vec<Mistake> {
    let wrong = |name: &str, problem: String, remedy: &str| Mistake {
        name: name.to_owned(),
        problem,
        remedy: remedy.to_owned(),
    };
    let format = told(FORMAT).and_then(|text| format(&text).err());
    let lines = told(LINES).and_then(|text| lines(&text).err());
    let format = format.map(|problem| wrong(FORMAT, problem, "write text or json, or leave it out"));
    let lines = lines.map(|problem| wrong(LINES, problem, "write it as info, or info,app=debug"));
    format.into_iter().chain(lines).collect()
}

fn told(name: &str) -> Option<String> {
    std::env::var_os(name).map(|text| text.to_string_lossy().into_owned())
}

fn format(text: &str) -> Result<Format, String> {
    Format::from_str(text, false).map_err(|_| format!("{text:?} is neither text nor json"))
}

/// Which lines `text` lets through. A word alone is a level: the filter itself would take a mistyped one for
/// the name of a part of the program, and be silent about all others.
fn lines(text: &str) -> Result<EnvFilter, String> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let mut alone = text.split(',').map(str::trim).filter(|part| !part.contains(['=', '[']));
    if let Some(word) = alone.find(|word| !LEVELS.contains(&word.to_lowercase().as_str())) {
        return Err(format!("{word:?} is no level"));
    }
    EnvFilter::try_new(text).map_err(|error| format!("{text:?} cannot be read ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_lines_are_written_is_read_as_levels_and_parts_with_levels() {
        for good in [USUAL, "warn", "INFO", "info,app=debug", "off", "app[request]=debug"] {
            assert!(lines(good).is_ok(), "{good}");
        }
        for (wrong, why) in
            [("inof", "\"inof\" is no level"), ("", "\"\" is no level"), ("info,", "\"\" is no level")]
        {
            assert_eq!(lines(wrong).unwrap_err(), why);
        }
        assert!(lines("app=loud").unwrap_err().contains("cannot be read"));
    }
}
