//! A person's calendar over both clock changes, as other people's libraries and our own eyes read it.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    on_both_engines,
    python::{Appointment, read_calendar},
    town::{Engine, Person, Town, day, hours, instant},
};
use app::rota::feed;
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{Rung, Shift, Span, Tz};
use storage::{scope, shifts};

on_both_engines! {
    in_paris_the_calendar_is_right_across_both_clock_changes,
    in_montreal_the_calendar_is_right_across_both_clock_changes,
    a_new_version_keeps_uids_raises_sequences_and_says_what_is_cancelled,
    a_revoked_address_shows_nothing_and_a_new_one_ends_the_old,
}

/// Every evening and every night from three days before a clock change to three days after.
const DUTIES: [&str; 2] = ["18:00–22:00", "22:00–06:00"];

async fn in_paris_the_calendar_is_right_across_both_clock_changes(engine: Engine) {
    let fold = ("2026-10-25T00:15+00:00", "2026-10-25T01:15+00:00");
    across_both_changes(engine, Tz::Europe__Paris, ["2026-03-29", "2026-10-25"], fold).await;
}

async fn in_montreal_the_calendar_is_right_across_both_clock_changes(engine: Engine) {
    let fold = ("2026-11-01T05:15+00:00", "2026-11-01T06:15+00:00");
    across_both_changes(engine, Tz::America__Toronto, ["2026-03-08", "2026-11-01"], fold).await;
}

/// `fold`: the two instants at which the clocks show the same quarter past.
async fn across_both_changes(engine: Engine, zone: Tz, changes: [&str; 2], fold: (&str, &str)) {
    let town = Town::in_zone(engine, "2026-02-01T12:00+00:00", zone).await;
    let ana = town.advisor("Ana Émilie, “la veilleuse”; qui répond").off_duty().await;
    let token = ana.subscribes().await;
    for change in changes.map(day) {
        for offset in 0..7 {
            let date = (change - Days::new(3) + Days::new(offset)).to_string();
            for text in DUTIES {
                // The fold's own duties stand in the autumn night instead of the long one.
                let in_the_fold =
                    text == DUTIES[1] && hours(text).on(day(&date), zone).unwrap().contains(instant(fold.0));
                if !in_the_fold {
                    ana.has_duty(&town, &date, text, Rung::Lead).await;
                }
            }
        }
    }
    let (first, second) = (instant(fold.0), instant(fold.1));
    for (from, until) in [(first, first + Duration::minutes(30)), (second, second + Duration::hours(4))] {
        ana.stands_watch(&town, hours(DUTIES[1]), Span::new(from, until).unwrap(), Rung::Lead).await;
    }

    town.clock_shows("2026-03-01T12:00+00:00").await;
    let calendar = feed::feed(&town.app, &token).await.unwrap();
    assert_eq!(
        feed::feed(&town.app, &token).await.unwrap(),
        calendar,
        "unchanged, it is the same text and tag"
    );
    is_well_written(&calendar.text, zone);
    let told = spans(&calendar.text);
    let published: BTreeSet<(DateTime<Utc>, DateTime<Utc>)> =
        own_shifts(&town, &ana).await.iter().map(|shift| (shift.span.start(), shift.span.end())).collect();
    assert_eq!(published.len(), 29);
    assert_eq!(told, published, "both libraries read the instants that are on the rota");
}

/// What both libraries read, as instants; they must agree.
fn spans(text: &str) -> BTreeSet<(DateTime<Utc>, DateTime<Utc>)> {
    appointments(text).into_iter().map(|one| (one.starts, one.ends)).collect()
}

fn appointments(text: &str) -> Vec<Appointment> {
    let readings = read_calendar(text).unwrap_or_else(|said| panic!("{said}\n{text}"));
    assert_eq!(readings.icalendar, readings.vobject, "both libraries read the same");
    readings.icalendar
}

async fn own_shifts(town: &Town, person: &Person) -> Vec<Shift> {
    let tx = town.app.store.read(scope::Person(person.id), town.now()).await.unwrap();
    shifts::told(&tx, person.id, instant("2026-01-01T00:00+00:00")).await.unwrap()
}

/// Our own eyes: line ends, folding, the zone, what each appointment must have (RFC 5545).
fn is_well_written(text: &str, zone: Tz) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let without = text.replace("\r\n", "");
    assert!(!without.contains(['\r', '\n']), "every line ends in CRLF and nothing else does");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.is_empty(), "no line is empty");
    }
    let lines = unfolded(text);
    for once in ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTIMEZONE", &format!("TZID:{}", zone.name())] {
        assert_eq!(lines.iter().filter(|line| *line == once).count(), 1, "{once} stands there once");
    }
    assert!(lines.iter().any(|line| line.starts_with("PRODID:")));
    let mut uids = BTreeSet::new();
    for event in events(text) {
        for property in ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"] {
            assert_eq!(
                event.keys().filter(|key| key.split(';').next() == Some(property)).count(),
                1,
                "{property}"
            );
        }
        assert!(uids.insert(event["UID"].clone()), "a UID stands there once");
        let zoned = format!("DTSTART;TZID={}", zone.name());
        let in_utc = event.get("DTSTART").is_some_and(|at| at.ends_with('Z'));
        assert!(event.contains_key(&zoned) || in_utc, "no time floats: {event:?}");
    }
}

/// Lines as they were before folding.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// Each appointment: what stands before the first colon, and after it.
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut events = Vec::new();
    let mut open: Option<BTreeMap<String, String>> = None;
    for line in unfolded(text) {
        match line.as_str() {
            "BEGIN:VEVENT" => open = Some(BTreeMap::new()),
            "END:VEVENT" => events.extend(open.take()),
            line => {
                let (key, value) = line.split_once(':').expect("a property has a colon");
                if let Some(event) = &mut open {
                    event.insert(key.to_owned(), value.to_owned());
                }
            }
        }
    }
    events
}

/// The appointment that starts on a day, of those that are told.
fn on(text: &str, date: NaiveDate, zone: Tz) -> BTreeMap<String, String> {
    let start = format!("DTSTART;TZID={}", zone.name());
    let wall = date.format("%Y%m%dT180000").to_string();
    let mut found = events(text).into_iter().filter(|event| event.get(&start) == Some(&wall));
    found.next().unwrap_or_else(|| panic!("nothing on {date} in\n{text}"))
}

async fn a_new_version_keeps_uids_raises_sequences_and_says_what_is_cancelled(engine: Engine) {
    let zone = Tz::Europe__Paris;
    let town = Town::in_zone(engine, "2026-09-01T10:00+02:00", zone).await;
    let ana = town.advisor("Ana").off_duty().await;
    let berta = town.advisor("Berta").off_duty().await;
    town.board.needs("18:00–22:00", 1, 1).await;
    let token = ana.subscribes().await;
    let (from, until) = (day("2026-10-23"), day("2026-10-26"));
    let days: Vec<NaiveDate> = from.iter_days().take(4).collect();
    let draft = town.board.drafts(from, until).await;
    for date in &days {
        // Opened first: nobody takes two places of one evening.
        draft.gives(*date, Rung::Backup, None).await.unwrap();
        draft.gives(*date, Rung::Lead, Some(ana.id)).await.unwrap();
        draft.gives(*date, Rung::Backup, Some(berta.id)).await.unwrap();
    }
    draft.publishes("").await.unwrap();
    let before = feed::feed(&town.app, &token).await.unwrap();
    is_well_written(&before.text, zone);
    assert_eq!(events(&before.text).len(), 4);

    // The second becomes a duty behind Berta, the third Berta's alone; the others stay.
    town.clock_shows("2026-09-02T10:00+02:00").await;
    let second = town.board.drafts(from, until).await;
    for date in &days {
        let (lead, backup) = match date {
            date if *date == days[1] => (Some(berta.id), Some(ana.id)),
            date if *date == days[2] => (Some(berta.id), None),
            _ => (Some(ana.id), Some(berta.id)),
        };
        second.gives(*date, Rung::Backup, None).await.unwrap();
        second.gives(*date, Rung::Lead, lead).await.unwrap();
        second.gives(*date, Rung::Backup, backup).await.unwrap();
    }
    second.publishes("").await.unwrap();
    let after = feed::feed(&town.app, &token).await.unwrap();
    assert_ne!(after.etag, before.etag);
    is_well_written(&after.text, zone);
    let both = |date: usize| (on(&before.text, days[date], zone), on(&after.text, days[date], zone));
    for unchanged in [0, 3] {
        let (was, is) = both(unchanged);
        assert_eq!(was, is, "an appointment that stays is the same, word for word");
    }
    let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().unwrap();
    let (was, is) = both(1);
    assert_eq!(was["UID"], is["UID"]);
    assert!(sequence(&was) < sequence(&is), "{was:?} {is:?}");
    assert_eq!(is["STATUS"], "CONFIRMED");
    assert_ne!(was["SUMMARY"], is["SUMMARY"], "a duty behind somebody is called so");
    let (was, is) = both(2);
    assert_eq!(was["UID"], is["UID"]);
    assert!(sequence(&was) < sequence(&is));
    assert_eq!((was["STATUS"].as_str(), is["STATUS"].as_str()), ("CONFIRMED", "CANCELLED"));
    assert_eq!(appointments(&after.text).len(), 4, "both libraries read what is cancelled, too");

    town.clock_shows("2026-10-02T11:00+02:00").await;
    let later = feed::feed(&town.app, &token).await.unwrap();
    assert_eq!(events(&later.text).len(), 3, "a month later every phone has heard of it");
}

async fn a_revoked_address_shows_nothing_and_a_new_one_ends_the_old(engine: Engine) {
    let town = Town::at(engine, "2026-09-01T10:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-09-01", "18:00–22:00").await;
    let old = ana.subscribes().await;
    let new = ana.subscribes().await;
    assert!(feed::feed(&town.app, &old).await.is_err());
    assert_eq!(events(&feed::feed(&town.app, &new).await.unwrap().text).len(), 1);
    let caller = ana.caller::<app::Advisor>().await;
    feed::revoke_feed(&town.app, &caller).await.unwrap();
    for token in [old.as_str(), new.as_str(), "", "../../etc/passwd", &"A".repeat(64)] {
        assert!(feed::feed(&town.app, token).await.is_err(), "{token} opens nothing");
    }
}
