//! Content lines: unfolded, taken apart, with the line each began on.

use std::iter::Peekable;

use chrono::Duration;
use domain::Tz;

/// One property of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// The line it begins on, counted from 1.
    pub line: u32,
    /// Its name in capitals.
    pub name: String,
    /// Its parameters, names in capitals.
    pub parameters: Vec<(String, String)>,
    /// Its value, still escaped.
    pub value: String,
}

impl Property {
    /// A parameter's value.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The properties of a text, one after the other, or the line that is none.
pub(super) fn properties(text: &str) -> impl Iterator<Item = Result<Property, u32>> {
    let mut lines = text.lines().zip(1u32..).filter(|(line, _)| !line.is_empty()).peekable();
    std::iter::from_fn(move || {
        let (line, number) = unfolded(&mut lines)?;
        Some(property(&line, number).ok_or(number))
    })
}

/// The next line together with those that continue it.
fn unfolded<'t>(lines: &mut Peekable<impl Iterator<Item = (&'t str, u32)>>) -> Option<(String, u32)> {
    let (first, number) = lines.next()?;
    let mut whole = first.to_owned();
    while let Some((next, _)) = lines.next_if(|(line, _)| line.starts_with([' ', '\t'])) {
        whole.push_str(&next[1..]);
    }
    Some((whole, number))
}

/// `NAME;PARAMETER="value";OTHER=value:VALUE`.
fn property(text: &str, line: u32) -> Option<Property> {
    let mut parts = Vec::new();
    let mut quoted = false;
    let mut from = 0;
    let mut value = None;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ';' | ':' if !quoted => {
                parts.push(&text[from..at]);
                from = at + 1;
                if letter == ':' {
                    value = Some(&text[from..]);
                    break;
                }
            }
            _ => {}
        }
    }
    let (name, parameters) = parts.split_first()?;
    let named =
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let parameter = |part: &&str| {
        let (name, value) = part.split_once('=')?;
        Some((name.to_uppercase(), value.trim_matches('"').to_owned()))
    };
    Some(Property {
        line,
        name: Some(name.to_uppercase()).filter(|_| named)?,
        parameters: parameters.iter().map(parameter).collect::<Option<_>>()?,
        value: value?.to_owned(),
    })
}

/// A TEXT value without its escapes (§3.3.11).
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}

/// The address in `mailto:ana@a.fr`.
pub(super) fn address(value: &str) -> Option<&str> {
    let value = value.trim();
    let is_mail = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    if is_mail { value.get(7..) } else { None }.filter(|address| !address.is_empty())
}

/// A zone by its name: of the IANA database, at the end of a path as some programs write it, or as
/// Windows names those our offices are in.
pub(super) fn zone(name: &str) -> Option<Tz> {
    let name = name.trim_matches(['"', ' ']);
    if let Ok(zone) = name.parse() {
        return Some(zone);
    }
    let windows = match name {
        "Romance Standard Time" => Some(Tz::Europe__Paris),
        "W. Europe Standard Time" => Some(Tz::Europe__Berlin),
        "GMT Standard Time" => Some(Tz::Europe__London),
        "Eastern Standard Time" => Some(Tz::America__Toronto),
        "Atlantic Standard Time" => Some(Tz::America__Halifax),
        "SA Western Standard Time" => Some(Tz::America__Martinique),
        "SA Eastern Standard Time" => Some(Tz::America__Cayenne),
        "Mauritius Standard Time" => Some(Tz::Indian__Reunion),
        "UTC" | "Coordinated Universal Time" => Some(Tz::UTC),
        _ => None,
    };
    windows.or_else(|| {
        let mut parts = name.rsplit('/');
        let (city, area) = (parts.next()?, parts.next()?);
        format!("{area}/{city}").parse().ok()
    })
}

/// A length such as `P1D`, `PT2H30M` or `P1W`; never a negative one.
pub(super) fn duration(value: &str) -> Option<Duration> {
    let mut rest = value.trim().strip_prefix('+').unwrap_or(value.trim()).strip_prefix('P')?;
    let mut total = Duration::zero();
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T').filter(|_| !in_time) {
            (rest, in_time) = (time, true);
            continue;
        }
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).filter(|at| (1..=5).contains(at))?;
        let number: i64 = rest[..digits].parse().ok()?;
        let part = match (&rest[digits..=digits], in_time) {
            ("W", false) => Duration::weeks(number),
            ("D", false) => Duration::days(number),
            ("H", true) => Duration::hours(number),
            ("M", true) => Duration::minutes(number),
            ("S", true) => Duration::seconds(number),
            _ => return None,
        };
        total += part;
        rest = &rest[digits + 1..];
    }
    (total > Duration::zero()).then_some(total)
}
