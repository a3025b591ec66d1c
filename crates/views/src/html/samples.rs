//! Furnished models: what each page looks like on an evening in the demo region.
//!
//! Tests render every page with them in both languages, and `examples/gallery.rs` writes them to
//! files to be looked at. Names and figures are invented.

mod accounts;
mod books;
mod desk;
mod exchange;
mod files;
mod ledger;
mod outside;
mod privacy;
mod rota;
mod shares;
mod statements;
mod trade;
mod visitor;

use std::{fmt::Debug, str::FromStr};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::{HandoverKind, Held, Language, Level, Role, RotaStatus, Rung, Skill, Span};

pub use self::rota::{preview, published, repair, repair_nothing, rota, rota_empty};
pub use self::{
    accounts::*, books::*, desk::*, exchange::hand_over, files::*, ledger::*, privacy::privacy,
    shares::shares, statements::statements, trade::*, visitor::*,
};
use super::{
    compare,
    components::Face,
    mailbox, me, problem,
    shell::{Demo, Frame, Place, Toast, Who},
    sign_in, today, welcome,
};
use crate::{Reader, Theme};

/// The id that holds `number`: the same at each call.
fn id<T: FromStr<Err: Debug>>(number: u8) -> T {
    format!("00000000-0000-7000-8000-0000000000{number:02x}").parse().expect("this is how ids are written")
}

/// An instant written as RFC 3339.
///
/// # Panics
/// If `text` is none.
pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("samples write instants as RFC 3339").to_utc()
}

/// A day written as 2026-12-04.
///
/// # Panics
/// If `text` is none.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("samples write days as 2026-12-04")
}

/// From one instant to another.
///
/// # Panics
/// If they are no instants, or in the wrong order.
pub fn span(from: &str, until: &str) -> Span {
    Span::new(instant(from), instant(until)).expect("samples end after they start")
}

/// A reader on the evening of 4 December 2026, in the region's zone.
pub fn reader(language: Language, theme: Theme) -> Reader {
    Reader {
        language,
        theme,
        zone: Paris,
        now: instant("2026-12-04T19:08:00+01:00"),
        csrf: "sample".to_owned(),
    }
}

/// The six offices with their colours.
pub const OFFICES: [(&str, u8); 6] = [
    ("Belrive", 0),
    ("Montclar", 1),
    ("Saint-Aubin", 2),
    ("La Combe", 3),
    ("Vieux-Port", 4),
    ("Les Granges", 5),
];

/// Advisors: given name, family name, office, languages.
const PEOPLE: [(&str, &str, usize, &str); 11] = [
    ("Ann", "Leroy", 0, "fr en de"),
    ("Yannick", "Morel", 1, "fr en"),
    ("Inès", "Garnier", 4, "fr en es"),
    ("Paul", "Dubreuil", 3, "fr en nl"),
    ("Claire", "Fontaine", 2, "fr en"),
    ("Sofia", "Marchetti", 4, "fr it en"),
    ("Luc", "Perrin", 5, "fr en"),
    ("Nadia", "Benali", 1, "fr en de"),
    ("Théo", "Roussel", 0, "fr en"),
    ("Maëlle", "Kerbrat", 3, "fr en de"),
    ("Hugo", "Lambert", 5, "fr nl en"),
];

/// The advisor of that number, from 0.
pub fn face(number: u8) -> Face {
    let (given, family, office, _) = PEOPLE[usize::from(number)];
    let (office, colour) = OFFICES[office];
    Face {
        id: id(number + 1),
        given_name: given.to_owned(),
        name: format!("{given} {family}"),
        initials: [given, family].iter().filter_map(|name| name.chars().next()).collect(),
        office: office.to_owned(),
        colour,
    }
}

fn languages(text: &str) -> Vec<Language> {
    text.split(' ').filter_map(Language::parse).collect()
}

fn staff(given: &str, family: &str, office: &str, colour: u8) -> Face {
    Face {
        id: id(90 + colour),
        given_name: given.to_owned(),
        name: format!("{given} {family}"),
        initials: [given, family].iter().filter_map(|name| name.chars().next()).collect(),
        office: office.to_owned(),
        colour,
    }
}

/// The planner, Maud.
pub fn maud() -> Face {
    staff("Maud", "Delorme", "Lacs & Vallées", 6)
}

/// The manager of Belrive, Pauline.
pub fn pauline() -> Face {
    staff("Pauline", "Arnaud", "Belrive", 0)
}

fn who(face: Face, roles: &[Role], on_duty: bool) -> Who {
    let until = on_duty.then(|| instant("2026-12-04T22:00:00+01:00"));
    Who { face, roles: roles.to_vec(), hat: roles.first().copied(), operator: false, on_duty_until: until }
}

fn frame(place: Place, who: Who) -> Frame {
    Frame {
        who: Some(who),
        waiting: 3,
        to_do: 2,
        last_signal: 1207,
        ..Frame::stranger(place, Some(Demo::default()))
    }
}

/// The frame around the planner's pages; Maud is an advisor too.
pub fn planner(place: Place) -> Frame {
    frame(place, who(maud(), &[Role::Planner, Role::Advisor], false))
}

/// The frame around the advisor's pages; Ann is on duty.
pub fn advisor(place: Place) -> Frame {
    frame(place, who(face(0), &[Role::Advisor], true))
}

/// The frame around the manager's pages.
pub fn manager(place: Place) -> Frame {
    frame(place, who(pauline(), &[Role::Manager], false))
}

/// The planner's frame after a move, with its toast.
pub fn after_a_move(place: Place) -> Frame {
    let undo = ("/rota/sample/undo".to_owned(), vec![("version".to_owned(), "5".to_owned())]);
    Frame { toast: Some(Toast { text: "Maëlle Kerbrat".to_owned(), undo: Some(undo) }), ..planner(place) }
}

/// The four doors.
pub fn welcome() -> welcome::Model {
    welcome::Model {
        region: "Lacs & Vallées".to_owned(),
        offices: 6,
        planner: maud(),
        advisor: face(0),
        manager: pauline(),
        visited: ("Vieux-Port".to_owned(), "vieux-port".to_owned()),
    }
}

/// The address is asked for; the last one was none.
pub fn sign_in_address() -> sign_in::Model {
    sign_in::Model::Address { email: "ann@belrive".to_owned(), malformed: true, too_many: false }
}

/// The code is asked for.
pub fn sign_in_code(refused: Option<sign_in::Refusal>) -> sign_in::Model {
    sign_in::Model::Code { email: "ann.leroy@belrive.example".to_owned(), refused }
}

/// Two letters.
pub fn mailbox() -> mailbox::Model {
    let letter = |number: &str, subject: &str, body: &str, code: Option<&str>| mailbox::Letter {
        id: number.to_owned(),
        to: "ann.leroy@belrive.example".to_owned(),
        from: "Veilleuse".to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
        at: instant("2026-12-04T19:06:00+01:00"),
        code: code.map(str::to_owned),
    };
    mailbox::Model {
        letters: vec![
            letter("1", "Your code is 418 902", "418 902\n\nGood for ten minutes.", Some("418 902")),
            letter(
                "2",
                "Your shifts from 30 November to 13 December",
                "Friday 4 December, 18:00–22:00, lead\n",
                None,
            ),
        ],
    }
}

/// An evening with a gap ahead, somebody waiting, and a draft.
pub fn today() -> today::Model {
    let duty = |number, rung, present| today::Duty {
        shift: id(7),
        face: face(number),
        rung,
        span: span("2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00"),
        present,
    };
    let wrote = ["18:04", "18:12", "18:31", "18:44", "18:47", "18:58", "19:02", "19:05"];
    today::Model {
        pool: "Lacs & Vallées".to_owned(),
        duties: vec![duty(0, Rung::Lead, true), duty(1, Rung::Backup, false)],
        watched: vec![span("2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00")],
        next: Vec::new(),
        arrivals: wrote.iter().map(|at| instant(&format!("2026-12-04T{at}:00+01:00"))).collect(),
        answered: 7,
        unplanned: false,
        gaps: vec![today::Gap {
            rota: id(1),
            assignment: id(200),
            need: id(1),
            span: span("2026-12-12T18:00:00+01:00", "2026-12-12T22:00:00+01:00"),
            rung: Rung::Lead,
            languages: languages("de"),
            skills: vec![Skill::of_language(languages("de")[0], Some(Level::B2))],
        }],
        unfit: vec![today::Unfit {
            duty: duty(2, Rung::Lead, false),
            lacks: vec![Skill::of_language(languages("it")[0], None)],
        }],
        waiting: vec![today::Waiting {
            conversation: id(1),
            visitor: "Jonas".to_owned(),
            office: ("Vieux-Port".to_owned(), 4),
            since: instant("2026-12-04T16:40:00+01:00"),
            because: Held::Closed,
            opens_at: Some(instant("2026-12-05T09:00:00+01:00")),
        }],
        unreachable: vec![today::Unreachable {
            face: face(2),
            next: span("2026-12-05T13:00:00+01:00", "2026-12-05T18:00:00+01:00"),
            seen: Some(instant("2026-11-21T19:00:00+01:00")),
        }],
        builds: vec![today::Build {
            rota: id(2),
            days: (day("2027-01-01"), day("2027-01-31")),
            building: false,
            filled: (81, 88),
        }],
        asking: vec![exchange::asking()],
        handovers: vec![
            self::exchange::pending(1, HandoverKind::Swap, Some("Inès")),
            self::exchange::pending(2, HandoverKind::Absence, None),
        ],
    }
}

/// A night on which nobody is on duty and nothing is to do.
pub fn today_quiet() -> today::Model {
    let next = today::Duty {
        shift: id(7),
        face: face(4),
        rung: Rung::Lead,
        span: span("2026-12-05T09:00:00+01:00", "2026-12-05T13:00:00+01:00"),
        present: false,
    };
    today::Model {
        pool: "Lacs & Vallées".to_owned(),
        duties: Vec::new(),
        watched: Vec::new(),
        next: vec![next],
        arrivals: Vec::new(),
        answered: 0,
        unplanned: false,
        gaps: Vec::new(),
        unfit: Vec::new(),
        waiting: Vec::new(),
        unreachable: Vec::new(),
        builds: Vec::new(),
        handovers: Vec::new(),
        asking: Vec::new(),
    }
}

/// A draft that changes something for three people, one of them at short notice.
pub fn compare() -> compare::Model {
    let duty = |day: &str, rung| compare::Duty {
        span: span(&format!("{day}T18:00:00+01:00"), &format!("{day}T22:00:00+01:00")),
        rung,
    };
    let change = |number, gains, loses, keeps, notice| compare::Change {
        face: face(number),
        gains,
        loses,
        keeps,
        notice,
        short: notice.is_some_and(|days| days < 15),
    };
    compare::Model {
        rota: id(1),
        status: RotaStatus::Draft,
        version: 12,
        pool: "Lacs & Vallées".to_owned(),
        days: (day("2026-11-30"), day("2026-12-13")),
        replaces: true,
        changes: vec![
            change(
                0,
                vec![duty("2026-12-08", Rung::Lead)],
                vec![duty("2026-12-03", Rung::Backup)],
                4,
                Some(9),
            ),
            change(
                9,
                vec![duty("2026-12-12", Rung::Lead), duty("2026-12-11", Rung::Backup)],
                Vec::new(),
                2,
                Some(28),
            ),
            change(1, Vec::new(), vec![duty("2026-12-08", Rung::Lead)], 5, None),
        ],
        untouched: 8,
        gaps: 1,
        refused: 0,
        remarks: rota::remarks(),
        given: Vec::new(),
        message: String::new(),
        others: vec![(id(2), 8)],
    }
}

/// Ann's settings.
pub fn me() -> me::Model {
    let one = |number, device: &str, current| me::Session {
        id: id(number),
        device: device.to_owned(),
        since: instant("2026-10-02T08:30:00+02:00"),
        place: if current { "192.0.2.x".to_owned() } else { String::new() },
        seen: instant("2026-12-04T19:07:00+01:00") - Duration::hours(i64::from(number) * 20),
        current,
    };
    me::Model {
        face: face(0),
        email: "ann.leroy@belrive.example".to_owned(),
        roles: vec![Role::Advisor, Role::Planner],
        spoken: ["fr", "de-B2"].into_iter().filter_map(domain::Spoken::parse).collect(),
        hat: Some(Role::Advisor),
        feed: Some("https://veilleuse.example/calendar/9f2c4e7a.ics".to_owned()),
        open_letters: true,
        sessions: vec![one(0, "Firefox, Android", true), one(1, "", false)],
        programs: Some(accounts::programs()),
    }
}

/// Every problem a reader may meet.
pub fn problems() -> Vec<problem::Model> {
    use problem::Problem;
    let all = [
        Problem::NotFound,
        Problem::Forbidden { needs: Role::Planner },
        Problem::Conflict { by: Some("Maud".to_owned()) },
        Problem::Conflict { by: None },
        Problem::StaleForm,
        Problem::Unclear,
        Problem::TooLarge,
        Problem::TooMany,
        Problem::Failed,
        Problem::Offline,
    ];
    let model = |problem: Problem| problem::Model {
        trace: (problem == Problem::Failed).then(|| "4fd2-91c0".to_owned()),
        problem,
        back: "/".to_owned(),
    };
    all.into_iter().map(model).collect()
}
