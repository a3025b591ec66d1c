//! Calendars as other programs write them.

use proptest::prelude::*;

use super::*;

/// A calendar of one event, whose lines end as in Outlook.
fn calendar(event: &[&str]) -> String {
    let lines =
        [&["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT"], event, &["END:VEVENT", "END:VCALENDAR", ""]];
    lines.concat().join("\r\n")
}

fn cells_of(text: &str) -> Vec<(String, String, String)> {
    let table = read(text.as_bytes(), Some("ana@a.fr")).unwrap();
    let cell = |row: &Row, column| row.cell(column).unwrap_or_default().to_owned();
    let row = |row: &Row| (cell(row, Column::From), cell(row, Column::Until), cell(row, Column::Reason));
    table.rows.iter().map(row).collect()
}

fn fault_of(event: &[&str]) -> (u32, String, Wrong) {
    let read = read(calendar(event).as_bytes(), Some("ana@a.fr"));
    let fault = read.map_or_else(|faults| faults, |table| table.faults).remove(0);
    (fault.line, fault.column, fault.wrong)
}

#[test]
fn whole_days_end_before_the_day_that_is_written() {
    let text =
        calendar(&["DTSTART;VALUE=DATE:20260713", "DTEND;VALUE=DATE:20260718", "SUMMARY:Congés\\, ét", " é"]);
    assert_eq!(cells_of(&text), [("2026-07-13".into(), "2026-07-17".into(), "Congés, été".into())]);
    let one = calendar(&["DTSTART;VALUE=DATE:20260713"]);
    assert_eq!(cells_of(&one)[0].1, "2026-07-13");
}

#[test]
fn hours_are_read_in_the_zone_they_name() {
    for zone in ["Europe/Paris", "Romance Standard Time", "/freeassociation.sourceforge.net/Europe/Paris"] {
        let (start, end) = (
            format!("DTSTART;TZID=\"{zone}\":20260713T090000"),
            format!("DTEND;TZID=\"{zone}\":20260713T120000"),
        );
        let text = calendar(&[&start, &end]);
        assert_eq!(cells_of(&text)[0].0, "2026-07-13T07:00:00Z", "{zone}");
    }
    let floating = calendar(&["DTSTART:20260713T090000", "DURATION:PT1H30M"]);
    assert_eq!(
        cells_of(&floating),
        [("2026-07-13 09:00:00".into(), "2026-07-13 10:30:00".into(), String::new())]
    );
    let mixed = calendar(&["DTSTART;TZID=Europe/Paris:20260713T090000", "DTEND:20260713T100000Z"]);
    assert_eq!(cells_of(&mixed)[0].1, "2026-07-13T10:00:00Z");
}

#[test]
fn what_comes_again_is_a_row_each_time_and_the_clocks_stay_where_they_hang() {
    let text = calendar(&[
        "UID:weekly",
        "DTSTART;TZID=Europe/Paris:20261021T090000",
        "DTEND;TZID=Europe/Paris:20261021T120000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=Europe/Paris:20261104T090000",
        "BEGIN:VALARM",
        "DESCRIPTION:ring",
        "END:VALARM",
    ]);
    let starts: Vec<_> = cells_of(&text).into_iter().map(|(from, _, _)| from).collect();
    assert_eq!(starts, ["2026-10-21T07:00:00Z", "2026-10-28T08:00:00Z"]);
}

#[test]
fn rules_are_followed_to_their_end() {
    let days = |rule: &str, start: &str| {
        let start = format!("{start}T00:00:00").parse().unwrap();
        recurrence::walls(rule, start)
            .map(|walls| walls.iter().map(|wall| wall.date().to_string()).collect::<Vec<_>>())
    };
    let some = |days: &[&str]| Some(days.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(days("FREQ=DAILY;INTERVAL=2;COUNT=2", "2026-07-13"), some(&["2026-07-13", "2026-07-15"]));
    assert_eq!(
        days("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260720T220000Z", "2026-07-15"),
        some(&["2026-07-15", "2026-07-20"])
    );
    assert_eq!(days("FREQ=MONTHLY;COUNT=2", "2026-01-31"), some(&["2026-01-31", "2026-03-31"]));
    assert_eq!(days("FREQ=YEARLY;COUNT=2", "2024-02-29"), some(&["2024-02-29", "2028-02-29"]));
    for odd in [
        "FREQ=WEEKLY",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=MONTHLY;BYDAY=2MO;COUNT=3",
        "FREQ=DAILY;COUNT=9999",
        "COUNT=2",
        "FREQ=DAILY;INTERVAL=0;COUNT=1",
    ] {
        assert_eq!(days(odd, "2026-07-13"), None, "{odd}");
    }
}

#[test]
fn whatever_is_not_understood_is_named_by_its_line() {
    assert_eq!(
        fault_of(&["DTSTART;TZID=Moon/Crater:20260713T090000", "DTEND:20260713T100000Z"]),
        (4, "DTSTART".into(), Wrong::ZoneUnknown)
    );
    assert_eq!(
        fault_of(&["DTSTART;VALUE=DATE:20260713", "RRULE:FREQ=WEEKLY"]),
        (5, "RRULE".into(), Wrong::RepeatsOddly)
    );
    assert_eq!(fault_of(&["DTSTART:yesterday"]), (4, "DTSTART".into(), Wrong::NotAMoment));
    assert_eq!(fault_of(&["SUMMARY:nothing"]), (3, "DTSTART".into(), Wrong::Missing));
    assert_eq!(fault_of(&["no property"]), (4, String::new(), Wrong::NotACalendar));
    let nobody = read(calendar(&["DTSTART;VALUE=DATE:20260713"]).as_bytes(), None).unwrap().faults;
    assert_eq!(nobody[0].wrong, Wrong::NoAttendee);
    assert_eq!(read(b"courriel;du;au", None).unwrap_err()[0].wrong, Wrong::NotACalendar);
}

#[test]
fn a_day_that_moved_is_there_once_and_a_cancelled_event_is_not() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260713\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260714\nDTSTART;VALUE=DATE:20260716\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:b\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260720\nEND:VEVENT\nEND:VCALENDAR\n";
    let starts: Vec<_> = cells_of(text).into_iter().map(|(from, _, _)| from).collect();
    assert_eq!(starts, ["2026-07-13", "2026-07-16"]);
}

proptest! {
    #[test]
    fn no_calendar_makes_it_panic(
        lines in proptest::collection::vec("(DTSTART|DTEND|RRULE|EXDATE|DURATION|ATTENDEE|UID)(;TZID=Europe/Paris|;VALUE=DATE)?:[0-9TZPDHM=;,A-Z:@-]{0,24}|\\PC{0,30}", 0..8),
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let _ = read(calendar(&lines).as_bytes(), Some("ana@a.fr"));
        let _ = read(&bytes, None);
    }
}
