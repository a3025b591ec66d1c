//! Calendar feeds, read back: folding, zones, both clock changes.

use chrono::NaiveDateTime;
use domain::{NeedId, PersonId, PoolId, RotaId, ShiftId, Span};
use proptest::prelude::*;

use super::*;

fn instant(wall: &str, zone: Tz) -> DateTime<Utc> {
    time::to_utc(NaiveDateTime::parse_from_str(wall, "%Y-%m-%d %H:%M").unwrap(), zone)
}

fn night(number: u128, from: &str, until: &str, zone: Tz) -> Duty {
    let id = uuid(number);
    let shift = Shift {
        id: ShiftId(id),
        pool: PoolId(id),
        rota: RotaId(id),
        need: NeedId(id),
        person: PersonId(id),
        rung: Rung::Lead,
        kind: DutyKind::Active,
        span: Span::new(instant(from, zone), instant(until, zone)).unwrap(),
        sequence: 2,
        changed_at: instant("2026-01-05 09:30", Tz::UTC),
        told_at: None,
        cancelled_at: None,
    };
    let with = vec![("Yannick".to_owned(), Rung::Backup)];
    Duty {
        shift,
        pool: "Lacs & Vallées".to_owned(),
        offices: vec!["Belrive".to_owned(), "La Combe; haut".to_owned()],
        with,
    }
}

/// An id that is the same in every run.
fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn calendar(zone: Tz, language: Language, duties: Vec<Duty>) -> Feed {
    Feed {
        given_name: "Ann".to_owned(),
        language,
        zone,
        now: instant("2026-01-06 12:00", Tz::UTC),
        home: "https://veilleuse.example".to_owned(),
        duties,
    }
}

/// The values of `property` in the feed, whatever its parameters.
fn values(text: &str, property: &str) -> Vec<String> {
    unfold(text)
        .iter()
        .filter_map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned())))
        .filter(|(name, _)| name.split(';').next() == Some(property))
        .map(|(_, value)| value)
        .collect()
}

/// The lines of the zone's description, joined.
fn zone_lines(text: &str) -> String {
    let lines = unfold(text);
    let from = lines.iter().position(|line| line == "BEGIN:VTIMEZONE").unwrap();
    let to = lines.iter().position(|line| line == "END:VTIMEZONE").unwrap();
    lines[from..=to].join("\n")
}

#[test]
fn a_feed_says_all_that_calendars_ask_for() {
    let text = feed(&calendar(
        Tz::Europe__Paris,
        Language::EN,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::Europe__Paris)],
    ));
    let lines = unfold(&text);
    assert_eq!(lines.first().unwrap(), "BEGIN:VCALENDAR");
    assert_eq!(lines.last().unwrap(), "END:VCALENDAR");
    for line in [
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "NAME:Veilleuse\\, Ann",
        "X-WR-CALNAME:Veilleuse\\, Ann",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "TZID:Europe/Paris",
        "UID:01900000-0000-7000-8000-000000000001@veilleuse",
        "DTSTAMP:20260105T093000Z",
        "LAST-MODIFIED:20260105T093000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=Europe/Paris:20261204T180000",
        "DTEND;TZID=Europe/Paris:20261204T220000",
        "SUMMARY:On duty\\, Lacs & Vallées",
        "DESCRIPTION:You answer first. The whole time is work.\\nYannick is on as backup.\\nYou answer for Belrive\\, La Combe\\; haut.",
        "URL:https://veilleuse.example/shifts",
    ] {
        assert!(lines.iter().any(|one| one == line), "{line} is missing in\n{text}");
    }
    assert!(lines.iter().any(|line| line.starts_with("PRODID:-//Veilleuse//")));
}

#[test]
fn a_feed_speaks_the_reader_s_language() {
    let text = feed(&calendar(
        Tz::Europe__Paris,
        Language::FR,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::Europe__Paris)],
    ));
    assert_eq!(values(&text, "SUMMARY"), ["De permanence\\, Lacs & Vallées"]);
    assert!(values(&text, "DESCRIPTION")[0].contains("Yannick est en renfort."));
}

#[test]
fn a_night_duty_keeps_its_wall_clocks_when_the_clocks_change() {
    for (zone, spring, autumn) in [
        (Tz::Europe__Paris, ("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")),
        (Tz::America__Montreal, ("2026-03-07", "2026-03-08"), ("2026-10-31", "2026-11-01")),
        (Tz::Asia__Kolkata, ("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")),
    ] {
        let duty = |number, days: (&str, &str)| {
            night(number, &format!("{} 22:00", days.0), &format!("{} 06:00", days.1), zone)
        };
        let text = feed(&calendar(zone, Language::EN, vec![duty(1, spring), duty(2, autumn)]));
        let local = |days: (&str, &str)| {
            [format!("{}T220000", days.0.replace('-', "")), format!("{}T060000", days.1.replace('-', ""))]
        };
        let events = text.split("BEGIN:VEVENT").skip(1).collect::<String>();
        assert_eq!(
            values(&events, "DTSTART"),
            [local(spring)[0].clone(), local(autumn)[0].clone()],
            "{zone}"
        );
        assert_eq!(values(&events, "DTEND"), [local(spring)[1].clone(), local(autumn)[1].clone()], "{zone}");
        assert!(events.contains(&format!("DTSTART;TZID={}:", zone.name())), "{zone}");
    }
}

#[test]
fn the_zone_of_paris_is_told_by_its_two_yearly_rules() {
    let text = feed(&calendar(
        Tz::Europe__Paris,
        Language::EN,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::Europe__Paris)],
    ));
    assert_eq!(
        zone_lines(&text),
        "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nX-LIC-LOCATION:Europe/Paris\n\
         BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD\n\
         BEGIN:DAYLIGHT\nDTSTART:20250330T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\n\
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n\
         BEGIN:STANDARD\nDTSTART:20251026T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\n\
         RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE"
    );
}

#[test]
fn the_zone_of_montreal_changes_on_its_second_and_first_sundays() {
    let text = feed(&calendar(
        Tz::America__Montreal,
        Language::EN,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::America__Montreal)],
    ));
    let zone = zone_lines(&text);
    assert!(zone.contains("DTSTART:20250309T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nTZNAME:EDT\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"), "{zone}");
    assert!(zone.contains("DTSTART:20251102T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nTZNAME:EST\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"), "{zone}");
}

#[test]
fn a_zone_whose_clocks_never_change_has_one_standard_time() {
    let text = feed(&calendar(
        Tz::Asia__Kolkata,
        Language::EN,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::Asia__Kolkata)],
    ));
    let zone = zone_lines(&text);
    assert_eq!(zone.matches("BEGIN:STANDARD").count(), 1);
    assert!(!zone.contains("DAYLIGHT") && !zone.contains("RRULE"));
    assert!(zone.contains("TZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nTZNAME:IST"), "{zone}");
}

#[test]
fn changes_that_follow_no_rule_are_listed_by_their_dates() {
    let text = feed(&calendar(
        Tz::Africa__Casablanca,
        Language::EN,
        vec![night(1, "2026-12-04 18:00", "2026-12-04 22:00", Tz::Africa__Casablanca)],
    ));
    let zone = zone_lines(&text);
    assert!(zone.contains("RDATE:") && !zone.contains("RRULE"), "{zone}");
    // Ramadan of 2026: the clocks go back on 15 February and forward again on 22 March.
    assert!(zone.contains("20260215T030000") && zone.contains("20260322T020000"), "{zone}");
}

#[test]
fn an_instant_in_the_second_of_two_like_hours_is_told_in_utc() {
    let zone = Tz::Europe__Paris;
    let mut duty = night(1, "2026-10-24 22:00", "2026-10-25 06:00", zone);
    let second_half_past_two = instant("2026-10-25 01:30", Tz::UTC);
    duty.shift.span = Span::new(second_half_past_two, duty.shift.span.end()).unwrap();
    let text = feed(&calendar(zone, Language::EN, vec![duty]));
    assert!(text.contains("DTSTART:20261025T013000Z\r\n"), "{text}");
}

#[test]
fn a_cancelled_duty_stays_for_thirty_days() {
    let zone = Tz::Europe__Paris;
    let mut duty = night(1, "2026-12-04 18:00", "2026-12-04 22:00", zone);
    let cancelled_at = instant("2026-02-01 10:00", Tz::UTC);
    duty.shift.cancelled_at = Some(cancelled_at);
    let mut calendar = calendar(zone, Language::EN, vec![duty]);
    calendar.now = cancelled_at + CANCELLED_STAYS - Duration::seconds(1);
    let text = feed(&calendar);
    assert_eq!(values(&text, "STATUS"), ["CANCELLED"]);
    assert_eq!(values(&text, "LAST-MODIFIED"), ["20260201T100000Z"]);
    calendar.now = cancelled_at + CANCELLED_STAYS;
    assert!(!feed(&calendar).contains("VEVENT"));
}

#[test]
fn an_unchanged_feed_is_the_same_text_whenever_it_is_asked_for() {
    let zone = Tz::Europe__Paris;
    let mut calendar = calendar(
        zone,
        Language::FR,
        vec![
            night(2, "2026-12-05 09:00", "2026-12-05 13:00", zone),
            night(1, "2026-12-04 18:00", "2026-12-04 22:00", zone),
        ],
    );
    let earlier = feed(&calendar);
    calendar.now += Duration::hours(5);
    calendar.duties.reverse();
    assert_eq!(feed(&calendar), earlier);
}

#[test]
fn a_feed_without_duties_is_still_a_calendar() {
    let text = feed(&calendar(Tz::Europe__Paris, Language::FR, vec![]));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(!text.contains("VTIMEZONE"));
}

/// Every change of a zone, read back from the description as a calendar reads it, for `year`.
fn offset_told(zone: &str, wall: NaiveDateTime) -> i64 {
    let mut best: Option<(NaiveDateTime, i64)> = None;
    for part in
        zone.split("BEGIN:").filter(|part| part.starts_with("STANDARD") || part.starts_with("DAYLIGHT"))
    {
        let get = |name: &str| part.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        let parse = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap();
        let start = parse(&get("DTSTART:").unwrap());
        let to = get("TZOFFSETTO:").unwrap();
        let minutes = to[1..3].parse::<i64>().unwrap() * 60 + to[3..5].parse::<i64>().unwrap();
        let minutes = if to.starts_with('-') { -minutes } else { minutes };
        let mut onsets = vec![start];
        onsets
            .extend(get("RDATE:").unwrap_or_default().split(',').filter(|date| !date.is_empty()).map(parse));
        if let Some(rule) = get("RRULE:") {
            onsets.extend((1..12).map(|years| by_rule(&rule, start, years)));
        }
        for onset in onsets.into_iter().filter(|onset| *onset <= wall) {
            if best.is_none_or(|(latest, _)| onset >= latest) {
                best = Some((onset, minutes));
            }
        }
    }
    best.unwrap().1
}

/// The onset `years` after `start` under "FREQ=YEARLY;BYMONTH=m;BYDAY=nWD".
fn by_rule(rule: &str, start: NaiveDateTime, years: i32) -> NaiveDateTime {
    use chrono::{Datelike, NaiveDate};
    let place: i64 =
        rule.split("BYDAY=").nth(1).unwrap().trim_end_matches(char::is_alphabetic).parse().unwrap();
    let year = start.year() + years;
    let days: Vec<NaiveDate> = NaiveDate::from_ymd_opt(year, start.month(), 1)
        .unwrap()
        .iter_days()
        .take_while(|day| day.month() == start.month())
        .filter(|day| day.weekday() == start.weekday())
        .collect();
    let day = if place < 0 { *days.last().unwrap() } else { days[usize::try_from(place).unwrap() - 1] };
    day.and_time(start.time())
}

#[test]
fn every_zone_reads_back_as_it_is_in_every_month() {
    use chrono::{Offset, TimeZone};
    let (first, last) = (instant("2026-01-10 00:00", Tz::UTC), instant("2027-12-20 00:00", Tz::UTC));
    for zone in chrono_tz::TZ_VARIANTS.into_iter().filter(|zone| *zone != Tz::UTC) {
        let described = zone::describe(zone, first, last).join("\n");
        let mut noon = first + Duration::hours(12);
        while noon < last {
            let true_offset = zone.offset_from_utc_datetime(&noon.naive_utc()).fix().local_minus_utc();
            let told = offset_told(&described, time::wall(noon, zone));
            assert_eq!(told, i64::from(true_offset) / 60, "{zone} at {noon}\n{described}");
            noon += Duration::days(9);
        }
    }
}

proptest! {
    #[test]
    fn unfolding_gives_back_what_was_folded(line in "[^\r\n]{0,400}") {
        prop_assert_eq!(unfold(&fold(&line)), vec![line]);
    }

    #[test]
    fn a_folded_line_never_passes_75_octets(line in "[^\r\n]{0,400}") {
        let folded = fold(&line);
        prop_assert!(folded.ends_with("\r\n"));
        for part in folded.split("\r\n") {
            prop_assert!(part.len() <= 75);
        }
    }

    #[test]
    fn whatever_names_hold_no_line_feed_stands_alone(name in "\\PC{0,80}|[\\s\\S]{0,80}") {
        let zone = Tz::Europe__Paris;
        let mut duty = night(1, "2026-12-04 18:00", "2026-12-04 22:00", zone);
        duty.pool = name.clone();
        duty.offices = vec![name];
        let text = feed(&calendar(zone, Language::FR, vec![duty]));
        let without = text.replace("\r\n", "");
        prop_assert!(!without.contains('\n') && !without.contains('\r'));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
        prop_assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    }
}
