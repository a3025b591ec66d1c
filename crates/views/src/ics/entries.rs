//! A calendar of many people (RFC 5545), to be taken elsewhere and brought in again: absences, duties.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::{Language, Span, time};

use super::{at, escape, fold, utc, zone};

/// One event and whose it is.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is known by.
    pub uid: String,
    /// When it was last changed.
    pub stamp: DateTime<Utc>,
    /// Its title.
    pub summary: String,
    /// More about it.
    pub description: Option<String>,
    /// Whose it is: name and address.
    pub attendee: (String, String),
    /// Words of ours that programs read.
    pub categories: Vec<&'static str>,
    /// From when to when.
    pub span: Span,
}

/// The calendar as programs read it. Whole days are written as days.
pub fn entries(name: &str, zone: Tz, language: Language, entries: &[Entry]) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//Veilleuse//Veilleuse {}//{}", env!("CARGO_PKG_VERSION"), language.badge()),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("X-WR-CALNAME:{}", escape(name)),
    ];
    let first = entries.iter().map(|entry| entry.span.start()).min();
    let last = entries.iter().map(|entry| entry.span.end()).max();
    if let (Some(first), Some(last)) = (first, last) {
        lines.extend(zone::describe(zone, first, last));
    }
    lines.extend(entries.iter().flat_map(|entry| event(entry, zone)));
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect()
}

fn event(entry: &Entry, zone: Tz) -> Vec<String> {
    let (name, email) = &entry.attendee;
    // A parameter in quotes holds anything but quotes and control characters (§3.2).
    let name: String = name.chars().filter(|letter| *letter != '"' && !letter.is_control()).collect();
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", entry.uid),
        format!("DTSTAMP:{}", utc(entry.stamp)),
    ];
    lines.extend(hours(entry.span, zone));
    lines.push(format!("SUMMARY:{}", escape(&entry.summary)));
    lines.extend(entry.description.as_ref().map(|text| format!("DESCRIPTION:{}", escape(text))));
    lines.push(format!("ATTENDEE;CN=\"{name}\":mailto:{email}"));
    if !entry.categories.is_empty() {
        lines.push(format!("CATEGORIES:{}", entry.categories.join(",").to_uppercase()));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// Start and end: as days where it begins and ends with one.
fn hours(span: Span, zone: Tz) -> [String; 2] {
    let first = time::day(span.start(), zone);
    let last = time::day(span.end() - Duration::microseconds(1), zone);
    let whole = time::civil_day(first, zone).start() == span.start()
        && time::civil_day(last, zone).end() == span.end();
    if !whole {
        return [at("DTSTART", span.start(), zone), at("DTEND", span.end(), zone)];
    }
    let after = last + chrono::Days::new(1);
    [
        format!("DTSTART;VALUE=DATE:{}", first.format("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", after.format("%Y%m%d")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(from: &str, until: &str) -> Entry {
        Entry {
            uid: "7@veilleuse".to_owned(),
            stamp: "2026-07-01T08:00:00Z".parse().unwrap(),
            summary: "Ana Roux".to_owned(),
            description: Some("congés, été".to_owned()),
            attendee: ("Ana \"A\" Roux".to_owned(), "ana@a.fr".to_owned()),
            categories: vec!["lead", "active"],
            span: Span::new(from.parse().unwrap(), until.parse().unwrap()).unwrap(),
        }
    }

    #[test]
    fn whole_days_are_days_and_hours_name_their_zone() {
        let days = entry("2026-07-13T22:00:00Z", "2026-07-15T22:00:00Z");
        let evening = entry("2026-07-14T16:00:00Z", "2026-07-14T20:00:00Z");
        let text = entries("Lacs", Tz::Europe__Paris, Language::FR, &[days, evening]);
        for line in [
            "DTSTART;VALUE=DATE:20260714\r\nDTEND;VALUE=DATE:20260716\r\n",
            "DTSTART;TZID=Europe/Paris:20260714T180000\r\nDTEND;TZID=Europe/Paris:20260714T220000\r\n",
            "DESCRIPTION:congés\\, été\r\n",
            "ATTENDEE;CN=\"Ana A Roux\":mailto:ana@a.fr\r\n",
            "CATEGORIES:LEAD,ACTIVE\r\n",
            "BEGIN:VTIMEZONE\r\n",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn nothing_is_a_calendar_too() {
        let text = entries("Lacs", Tz::Europe__Paris, Language::EN, &[]);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert!(!text.contains("VTIMEZONE"));
    }
}
