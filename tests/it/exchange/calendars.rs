//! Calendars as other programs write them.

use acceptance::{
    on_both_engines,
    town::{Engine, Town},
};
use domain::{
    Language,
    exchange::{FileFormat, FileKind, Wrong},
};

use super::{brings, calendar, manager, refused, table, taken};

on_both_engines! { a_calendar_of_somebody_brings_their_absences_every_week_of_them }

const WEDNESDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:wed@outlook\r\n\
    DTSTART;TZID=Romance Standard Time:20260701T140000\r\nDTEND;TZID=Romance Standard Time:20260701T180000\r\n\
    RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Formation\\, ang\r\n lais\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

async fn a_calendar_of_somebody_brings_their_absences_every_week_of_them(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let (manager, email) = (manager(&office).await, office.manager.email.clone());
    let nobody = refused(&town, &manager, calendar(FileKind::Absences, WEDNESDAYS, None)).await;
    assert_eq!(nobody, [(3, "ATTENDEE".to_owned(), Wrong::NoAttendee)]);
    brings(&town, &manager, calendar(FileKind::Absences, WEDNESDAYS, Some(&email)), (3, 0, 0)).await;
    brings(&town, &manager, calendar(FileKind::Absences, WEDNESDAYS, Some(&email)), (0, 0, 3)).await;
    let out = taken(&town, &manager, FileKind::Absences, FileFormat::Csv, Language::EN).await;
    assert!(out.contains("2026-07-15 14:00,2026-07-15 18:00,\"Formation, anglais\""), "{out}");
    let odd = refused(&town, &manager, calendar(FileKind::People, WEDNESDAYS, None)).await;
    assert_eq!(odd, [(0, String::new(), Wrong::IsACalendar)]);
    let other = refused(&town, &manager, table(FileKind::Absences, WEDNESDAYS)).await;
    assert_eq!(other[0].2, Wrong::IsACalendar);
}
