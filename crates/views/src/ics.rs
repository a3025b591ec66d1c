//! Calendar feeds (RFC 5545): a person's published duties, as phones and calendars subscribe to them.
//!
//! What the standard leaves open is decided by what Google, Apple and Outlook do with it: lines end
//! in CRLF, every time names its zone, the zone is described in full, and a cancelled duty stays for
//! thirty days so that it disappears from every calendar. An unchanged feed is the same text, byte
//! for byte, so that a calendar that asks again may be told that nothing is new. Nothing of visitors
//! is ever in it.

mod entries;
mod lines;
#[cfg(test)]
mod tests;
mod zone;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::{DutyKind, Language, Rung, Shift, time};
pub use entries::{Entry, entries};
pub use lines::{escape, fold, unfold};

use crate::Words;

/// How long a cancelled duty stays in the feed.
pub const CANCELLED_STAYS: Duration = Duration::days(30);

/// A person's duties, ready to be written.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The person's given name, which the calendar carries.
    pub given_name: String,
    /// The language to write in.
    pub language: Language,
    /// Where the wall clocks of the duties hang.
    pub zone: Tz,
    /// Now: decides which cancelled duties are still told.
    pub now: DateTime<Utc>,
    /// The public address of the house without a slash at its end, such as `https://veilleuse.example`.
    pub home: String,
    /// The duties, cancelled ones too, in any order.
    pub duties: Vec<Duty>,
}

/// One duty and who shares it.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The published shift.
    pub shift: Shift,
    /// The pool's name.
    pub pool: String,
    /// The offices one answers for.
    pub offices: Vec<String>,
    /// The others on duty meanwhile, by given name.
    pub with: Vec<(String, Rung)>,
}

/// The feed as a calendar reads it.
pub fn feed(feed: &Feed) -> String {
    let words = Words::of(feed.language);
    let mut duties: Vec<&Duty> = feed.duties.iter().filter(|duty| is_told(duty, feed.now)).collect();
    duties.sort_by_key(|duty| (duty.shift.span, duty.shift.id));
    let name = escape(&words.say_with("ics-name", &[("name", (&*feed.given_name).into())]));
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//Veilleuse//Veilleuse {}//{}", env!("CARGO_PKG_VERSION"), words.language().badge()),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        format!("X-WR-TIMEZONE:{}", feed.zone.name()),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ];
    if let (Some(first), Some(last)) = (duties.first(), duties.iter().map(|duty| duty.shift.span.end()).max())
    {
        lines.extend(zone::describe(feed.zone, first.shift.span.start(), last));
    }
    for duty in duties {
        lines.extend(event(feed, duty, words));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect()
}

/// Whether the duty is still in the feed: always, unless it was cancelled long ago.
fn is_told(duty: &Duty, now: DateTime<Utc>) -> bool {
    duty.shift.cancelled_at.is_none_or(|at| now < at + CANCELLED_STAYS)
}

fn event(feed: &Feed, duty: &Duty, words: Words) -> Vec<String> {
    let shift = &duty.shift;
    // The last change, and not the time of asking: else an unchanged feed would never be the same.
    let changed = shift.cancelled_at.map_or(shift.changed_at, |at| at.max(shift.changed_at));
    let status = if shift.cancelled_at.is_some() { "CANCELLED" } else { "CONFIRMED" };
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@veilleuse", shift.id),
        format!("DTSTAMP:{}", utc(changed)),
        format!("LAST-MODIFIED:{}", utc(changed)),
        format!("SEQUENCE:{}", shift.sequence),
        format!("STATUS:{status}"),
        at("DTSTART", shift.span.start(), feed.zone),
        at("DTEND", shift.span.end(), feed.zone),
        format!("SUMMARY:{}", escape(&summary(duty, words))),
        format!("DESCRIPTION:{}", escape(&description(duty, words))),
        format!("URL:{}/shifts", feed.home),
        format!("TRANSP:{}", if shift.cancelled_at.is_some() { "TRANSPARENT" } else { "OPAQUE" }),
        "END:VEVENT".to_owned(),
    ]
}

/// "On duty, Lacs & Vallées"; a backup and a cancelled duty say so.
fn summary(duty: &Duty, words: Words) -> String {
    let pool = [("pool", (&*duty.pool).into())];
    if duty.shift.cancelled_at.is_some() {
        return words.say_with("ics-cancelled", &pool);
    }
    match duty.shift.rung {
        Rung::Lead => words.say_with("ics-lead", &pool),
        Rung::Backup => words.say_with("ics-backup", &pool),
        Rung::Learner => words.say_with("ics-learner", &pool),
    }
}

/// What the duty is, with whom, and for which offices: a sentence a line.
fn description(duty: &Duty, words: Words) -> String {
    if duty.shift.cancelled_at.is_some() {
        return words.say("ics-cancelled-note");
    }
    let kind = match (duty.shift.kind, duty.shift.rung) {
        (DutyKind::Active, Rung::Lead) => words.say("ics-active-lead"),
        (DutyKind::Active, Rung::Backup) => words.say("ics-active-backup"),
        (_, Rung::Learner) => words.say("ics-learner-note"),
        (DutyKind::Standby, _) => words.say("ics-standby"),
    };
    let with = duty.with.iter().map(|(name, rung)| {
        let name = [("name", (&**name).into())];
        match rung {
            Rung::Lead => words.say_with("ics-with-lead", &name),
            Rung::Backup => words.say_with("ics-with-backup", &name),
            Rung::Learner => words.say_with("learner-with", &name),
        }
    });
    let offices = (!duty.offices.is_empty())
        .then(|| words.say_with("ics-offices", &[("offices", duty.offices.join(", ").into())]));
    std::iter::once(kind).chain(with).chain(offices).collect::<Vec<_>>().join("\n")
}

/// A property that holds an instant: as the wall clocks of `zone` show it, where they show it once.
///
/// In the hour that comes twice in autumn, a wall clock means the first of the two (§3.3.5); an
/// instant in the second can only be told in UTC.
fn at(property: &str, instant: DateTime<Utc>, zone: Tz) -> String {
    let wall = time::wall(instant, zone);
    if zone == Tz::UTC || time::to_utc(wall, zone) != instant {
        return format!("{property}:{}", utc(instant));
    }
    format!("{property};TZID={}:{}", zone.name(), wall.format("%Y%m%dT%H%M%S"))
}

/// An instant in UTC, as calendars write it.
fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}
