//! Furnished models of the pages advisors and visitors use: shifts, wishes, inbox, notebook, visitor.

use std::{collections::BTreeSet, fmt::Debug, str::FromStr};

use chrono::Duration;
use domain::{
    Because, ChannelKind, ConversationStatus, Delivery, Direction, DutyKind, Held, Language, MessageId,
    Minutes, Rung, Standing, WishKind, WishRepeat, WishRound,
};

use super::{OFFICES, day, instant, span};
use crate::html::{
    inbox::{self, Attachment, Holder, Message, Open, Reason, Row, Standstill, Why},
    my_shifts,
    notebook::{self, Note, Office, Text},
    outside, wishes,
};

/// The id that ends in `number`.
pub(super) fn id<T: FromStr<Err: Debug>>(number: u32) -> T {
    format!("01930000-0000-7000-8000-{number:012}").parse().expect("it is written as ids are")
}

pub(super) fn at(time: &str) -> chrono::DateTime<chrono::Utc> {
    instant(&format!("2026-12-04T{time}:00+01:00"))
}

fn language(code: &str) -> Language {
    Language::parse(code).expect("samples speak languages of two letters")
}

/// The office of that number, from 0.
pub fn office(number: usize) -> Office {
    let (name, colour) = OFFICES[number];
    Office { slug: name.to_lowercase().replace(' ', "-"), name: name.to_owned(), colour }
}

fn offices() -> Vec<Office> {
    (0..OFFICES.len()).map(office).collect()
}

/// Ann's evening: on duty, three wait, four duties ahead.
pub fn my_shifts() -> my_shifts::Model {
    let duty = |number, from: &str, until: &str, rung, with: &[(&str, Rung)], wished| my_shifts::Duty {
        id: id(number),
        span: span(from, until),
        rung,
        kind: DutyKind::Active,
        with: with.iter().map(|(name, rung)| ((*name).to_owned(), *rung)).collect(),
        wished,
        new: false,
        changed: false,
        movable: true,
    };
    let (lead, backup) = (Rung::Lead, Rung::Backup);
    my_shifts::Model {
        given_name: "Ann".to_owned(),
        offices: 6,
        waiting: 3,
        now: Some(duty(
            1,
            "2026-12-04T18:00:00+01:00",
            "2026-12-04T22:00:00+01:00",
            lead,
            &[("Yannick", backup)],
            false,
        )),
        coming: vec![
            duty(
                2,
                "2026-12-07T18:00:00+01:00",
                "2026-12-07T22:00:00+01:00",
                lead,
                &[("Théo", backup)],
                false,
            ),
            duty(3, "2026-12-13T13:00:00+01:00", "2026-12-13T18:00:00+01:00", lead, &[], true),
            my_shifts::Duty {
                new: true,
                changed: true,
                ..duty(
                    4,
                    "2026-12-16T18:00:00+01:00",
                    "2026-12-16T22:00:00+01:00",
                    backup,
                    &[("Inès", lead)],
                    false,
                )
            },
            duty(
                5,
                "2026-12-20T09:00:00+01:00",
                "2026-12-20T13:00:00+01:00",
                lead,
                &[("Maëlle", backup)],
                true,
            ),
        ],
        published_until: Some(day("2026-12-31")),
        calendar: my_shifts::Calendar::Address(
            "https://veilleuse.example/calendar/8f3kq0vX2mB7cT1yLw9aRz.ics".to_owned(),
        ),
        ledger: Some(super::my_ledger()),
        exchange: super::exchange::exchange(),
        outside: super::outside::outside(),
        unconfirmed: Some(crate::html::notices::Unconfirmed {
            told_at: instant("2026-12-03T10:12:00+01:00"),
            ids: vec![id(31), id(32)],
        }),
        open: super::exchange::open(),
    }
}

/// The same person off duty, with no calendar yet.
pub fn my_shifts_off() -> my_shifts::Model {
    my_shifts::Model { now: None, waiting: 0, calendar: my_shifts::Calendar::None, ..my_shifts() }
}

/// Somebody with no shifts at all.
pub fn my_shifts_empty() -> my_shifts::Model {
    my_shifts::Model {
        coming: Vec::new(),
        ledger: None,
        exchange: crate::html::handovers::Exchange::default(),
        outside: outside::Model::default(),
        unconfirmed: None,
        open: crate::html::open_duties::Open::default(),
        ..my_shifts_off()
    }
}

/// January, open for wishes.
pub fn wishes() -> wishes::Model {
    let kinds = [
        (9, WishKind::Cant),
        (10, WishKind::Cant),
        (16, WishKind::Wish),
        (17, WishKind::Wish),
        (21, WishKind::RatherNot),
        (22, WishKind::RatherNot),
        (24, WishKind::Wish),
        (28, WishKind::Cant),
        (29, WishKind::Cant),
        (30, WishKind::Cant),
        (31, WishKind::Cant),
    ];
    let of = |number: u32| day(&format!("2027-01-{number:02}"));
    wishes::Model {
        month: of(1),
        wishes: kinds.into_iter().map(|(number, kind)| (of(number), kind)).collect(),
        duties: [of(6)].into(),
        holidays: [(of(1), "Jour de l’an".to_owned())].into(),
        open_from: of(4),
        closed: BTreeSet::new(),
        rounds: vec![WishRound {
            id: id(1),
            pool: id(1),
            from: of(1),
            until: of(31),
            closes_on: day("2026-12-15"),
            created_by: id(1),
        }],
        repeats: vec![WishRepeat {
            id: id(2),
            person: id(1),
            weekday: chrono::Weekday::Tue,
            kind: WishKind::Cant,
            from: of(1),
            until: day("2027-03-31"),
            left_out: Vec::new(),
        }],
        brush: Some(WishKind::Cant),
        saved: true,
    }
}

fn row(
    number: u32,
    visitor: Option<&str>,
    place: usize,
    code: &str,
    preview: &str,
    stands: Standstill,
) -> Row {
    Row {
        id: id(100 + number),
        visitor: visitor.map(str::to_owned),
        office: office(place),
        language: Some(language(code)),
        channel: ChannelKind::WebChat,
        preview: preview.to_owned(),
        stands,
        held_by: None,
    }
}

fn waits(since: &str) -> Standstill {
    Standstill::Waiting { since: at(since), counted: true }
}

fn answered(when: &str, by_me: bool) -> Standstill {
    Standstill::Answered { at: at(when), by_me }
}

fn waiting_rows() -> Vec<Row> {
    vec![
        row(3, Some("Marta"), 3, "it", "Grazie! E il parcheggio vicino alla funivia?", waits("19:02")),
        row(
            2,
            Some("Room 14, Hôtel du Lac"),
            0,
            "en",
            "Where can we still eat at this hour with two kids?",
            waits("19:05"),
        ),
        row(
            1,
            Some("Jonas"),
            4,
            "en",
            "Thank you! Do we have to book, and is it far from the hotel?",
            waits("19:07"),
        ),
    ]
}

fn earlier_rows() -> Vec<Row> {
    let mail = Row {
        channel: ChannelKind::Email,
        ..row(5, Some("J. de Vries"), 5, "nl", "Ok, we nemen de bus van 9.15", answered("18:44", false))
    };
    vec![
        row(
            4,
            Some("Famille Rousseau"),
            1,
            "fr",
            "Parfait, merci beaucoup pour l’adresse.",
            answered("18:56", true),
        ),
        mail,
        row(6, None, 2, "en", "Is the path to the waterfall open after the rain?", answered("18:31", true)),
        row(
            7,
            Some("Gîte Les Tilleuls"),
            3,
            "fr",
            "Le code de la clé ne marche pas…",
            Standstill::Done { at: at("18:12") },
        ),
    ]
}

fn message(number: u32, direction: Direction, time: &str, body: &str) -> Message {
    Message {
        id: id::<MessageId>(200 + number),
        direction,
        author: None,
        body: body.to_owned(),
        language: Some(Language::EN),
        at: at(time),
        delivery: Delivery::None,
        read_at: None,
        answered_after: None,
        attachments: Vec::new(),
    }
}

/// Facts of Vieux-Port.
pub fn notes() -> Vec<Note> {
    let text = |code, title: &str, body: &str| Text {
        language: language(code),
        title: title.to_owned(),
        body: body.to_owned(),
    };
    let note = |number: u32, team_only, texts| Note {
        id: id(300 + number),
        office: office(4),
        team_only,
        checked_on: day("2026-11-18"),
        checked_by: Some("Inès".to_owned()),
        version: 1,
        texts,
    };
    vec![
        note(
            1,
            false,
            vec![
                text(
                    "en",
                    "Island boat, winter",
                    "9:15, 10:45, 14:00 from the Old Harbour, pier 2. None in strong west wind. Groups under 10 don’t book.",
                ),
                text(
                    "fr",
                    "Bateau de l’île, hiver",
                    "9 h 15, 10 h 45, 14 h du Vieux-Port, quai 2. Aucun par fort vent d’ouest. Sans réservation jusqu’à 9 personnes.",
                ),
                text(
                    "de",
                    "Inselboot, Winter",
                    "9:15, 10:45, 14:00 Uhr ab Alter Hafen, Pier 2. Nicht bei starkem Westwind. Gruppen unter 10 buchen nicht.",
                ),
                text(
                    "it",
                    "Battello per l’isola, inverno",
                    "9:15, 10:45, 14:00 dal Porto Vecchio, molo 2. Non con forte vento da ovest.",
                ),
            ],
        ),
        note(
            2,
            false,
            vec![
                text("en", "Fares", "Adult 14 €, under 12: 7 €, family of four 36 €."),
                text("fr", "Tarifs", "Adulte 14 €, moins de 12 ans : 7 €, famille de quatre 36 €."),
            ],
        ),
        note(
            3,
            true,
            vec![
                text("en", "Skipper’s phone", "Ring before 20:00 if the forecast looks bad."),
                text("fr", "Téléphone du patron", "Appeler avant 20 h si la météo est mauvaise."),
            ],
        ),
    ]
}

fn jonas() -> Open {
    let answer = Message {
        delivery: Delivery::Sent { at: at("19:06") },
        read_at: Some(at("19:06")),
        answered_after: Some(Duration::seconds(70)),
        ..message(
            2,
            Direction::Out,
            "19:06",
            "Good evening Jonas, Ann here. Yes, it is! I’m looking up the times for you.",
        )
    };
    Open {
        row: waiting_rows().remove(2),
        version: 4,
        status: ConversationStatus::Waiting,
        subject: None,
        email: None,
        came_from: Some("QR poster, Hôtel du Quai lobby".to_owned()),
        holder: Holder::Me,
        reason: Some(Reason {
            why: Why::To { name: None, because: Because::Leads },
            considered: vec![("Ann".to_owned(), Standing::Chosen), ("Yannick".to_owned(), Standing::BehindTheLead)],
        }),
        messages: vec![
            message(1, Direction::In, "19:05", "Good evening! Is the boat to the island running tomorrow morning? There are four of us, two children."),
            answer,
            message(3, Direction::In, "19:07", "Thank you! Do we have to book, and is it far from the hotel?"),
        ],
        writing: None,
        visitor_writing: false,
        draft: "Tomorrow at 9:15 and 10:45 from the Old Harbour, pier 2, five minutes on foot. No need to book for four.".to_owned(),
        key: "01930000-0000-7000-8000-00000000aaaa".to_owned(),
        may_reply: true,
        search: "boat".to_owned(),
        notes: notes(),
        kept_until: Some(day("2027-12-04")),
    }
}

/// Ann's inbox with Jonas open, as the mock shows it.
pub fn inbox() -> inbox::Model {
    let seconds = [55, 40, 100, 62, 38, 80, 140, 70, 330, 85, 58, 45];
    inbox::Model {
        duty: inbox::Duty::On {
            span: span("2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00"),
            rung: Rung::Lead,
            with: vec![("Yannick".to_owned(), Rung::Backup)],
        },
        offices: offices(),
        promise: Minutes(5),
        search: String::new(),
        waiting: waiting_rows(),
        earlier: earlier_rows(),
        open: Some(jonas()),
        answers: seconds.map(Duration::seconds).to_vec(),
    }
}

/// A conversation by mail in which everything happens: an automatic answer, a note, a file, a refusal,
/// an unknown outcome, a colleague who writes.
pub fn inbox_troubles() -> inbox::Model {
    let mut open = jonas();
    open.row = earlier_rows().remove(1);
    open.row.language = Some(language("nl"));
    open.subject = Some("Bus naar Les Granges".to_owned());
    open.email = Some("j.devries@example.org".to_owned());
    open.came_from = None;
    open.holder = Holder::Colleague("Yannick".to_owned());
    open.writing = Some("Yannick".to_owned());
    open.draft = String::new();
    open.search = String::new();
    open.reason = Some(Reason {
        why: Why::To { name: Some("Yannick".to_owned()), because: Because::SpeaksTheLanguage },
        considered: vec![
            ("Yannick".to_owned(), Standing::Chosen),
            ("Ann".to_owned(), Standing::DoesNotSpeakTheLanguage),
            ("Hugo".to_owned(), Standing::Away),
        ],
    });
    let mail = |message: Message| Message { language: Some(language("nl")), ..message };
    let by = |name: &str, delivery, message: Message| Message {
        author: Some(name.to_owned()),
        delivery,
        ..message
    };
    open.messages = vec![
        Message {
            attachments: vec![Attachment {
                name: "reisplan.pdf".to_owned(),
                size: 184_300,
                href: "#".to_owned(),
            }],
            ..mail(message(
                11,
                Direction::In,
                "18:02",
                "Goedenavond, rijdt er morgen vroeg een bus naar Les Granges?\nZie https://bus.example/lijn-4.",
            ))
        },
        mail(by(
            "Veilleuse",
            Delivery::Sent { at: at("18:02") },
            message(12, Direction::Automatic, "18:02", "Uw bericht is aangekomen en wacht op ons."),
        )),
        by(
            "Yannick",
            Delivery::None,
            message(
                13,
                Direction::Note,
                "18:20",
                "Line 4 changes its winter timetable on Monday, please check.",
            ),
        ),
        mail(by(
            "Yannick",
            Delivery::Failed { because: "550 mailbox full".to_owned() },
            message(14, Direction::Out, "18:40", "Jazeker: om 8.05 en 9.15 uur vanaf het station."),
        )),
        mail(by(
            "Yannick",
            Delivery::Unknown,
            message(15, Direction::Out, "18:44", "Ik stuur het nog een keer: 8.05 en 9.15 uur."),
        )),
        mail(by(
            "Yannick",
            Delivery::Waiting,
            message(16, Direction::Out, "19:07", "Kunt u de haltes vinden?"),
        )),
    ];
    inbox::Model { open: Some(open), ..inbox() }
}

/// Nothing waits and nothing is open.
pub fn inbox_quiet() -> inbox::Model {
    inbox::Model { waiting: Vec::new(), earlier: Vec::new(), open: None, answers: Vec::new(), ..inbox() }
}

/// The list alone, as a phone shows it first.
pub fn inbox_list() -> inbox::Model {
    inbox::Model { open: None, ..inbox() }
}

/// Off duty, with a message that waits for the next duty, read only.
pub fn inbox_off() -> inbox::Model {
    let mut open = jonas();
    open.may_reply = false;
    open.holder = Holder::Nobody;
    open.reason = Some(Reason {
        why: Why::Held { because: Held::Closed, opens_at: Some(instant("2026-12-05T09:00:00+01:00")) },
        considered: Vec::new(),
    });
    open.row.stands = Standstill::Waiting { since: at("19:05"), counted: false };
    open.messages.truncate(1);
    inbox::Model {
        duty: inbox::Duty::Off { next: Some(span("2026-12-07T18:00:00+01:00", "2026-12-07T22:00:00+01:00")) },
        waiting: vec![open.row.clone()],
        open: Some(open),
        answers: Vec::new(),
        ..inbox()
    }
}

/// The notebooks of the region, one fact too old.
pub fn notebook() -> notebook::Model {
    let mut notes = notes();
    notes[1].checked_on = day("2026-03-02");
    notebook::Model { offices: offices(), office: None, search: "boat".to_owned(), notes, may_write: true }
}
