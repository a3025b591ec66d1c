//! A fortnight of the demo region: eleven advisors, one gap, wishes, absences, pins.

use chrono::{Days, NaiveDate};
use chrono_tz::Europe::Paris;
use domain::{
    Finding, Gravity, Language, Minutes, PersonId, Quality, RotaStatus, Rung, Span,
    finding::{Cure, Rule},
    quality::Level,
    to_utc,
};

use super::{OFFICES, PEOPLE, day, face, id, languages};
use crate::html::repair;
use crate::html::rota::{
    Accepted, Advisor, Candidate, Consequence, Gap, Heat, KeptOut, Mark, Model, Place, Progress, Remark,
    Score, View,
};

/// Each advisor's fortnight. `M D E` are morning, afternoon and evening as lead, small letters as
/// backup; `n` is away, `a` "rather not", `w` a wish; `*` a wish that was kept, `!` a pin.
const WEEKS: [&str; 11] = [
    ". . e e* . a D . . . . . . m",
    ". . . E . n n e . a E . D .",
    ". e n . . D! . . . . . E* a E",
    ". n n n n m d . e . e . d .",
    "E . E* . . . a . . n . . M .",
    ". E . . . d e . . n n n n n",
    "n n . . E! e E . . . . a m e",
    ". . . . a M M* . . . . . n n",
    "e . a . e . m n n E! w . . D",
    ". . . n . E . . . . . . w d",
    ". . . . n n n E E* . . e . M",
];

fn span(day: NaiveDate, letter: char) -> Span {
    let (from, until) = match letter.to_ascii_lowercase() {
        'm' => (9, 13),
        'd' => (13, 18),
        _ => (18, 22),
    };
    let at = |hour| to_utc(day.and_hms_opt(hour, 0, 0).expect("samples write hours of a day"), Paris);
    Span::new(at(from), at(until)).expect("samples end after they start")
}

/// One letter of a fortnight, as a place and a mark.
fn read(cell: &str, day: NaiveDate, person: PersonId, number: u8) -> (Option<Place>, Option<Mark>) {
    let letter = cell.chars().next().unwrap_or('.');
    let mark = match (letter, cell.ends_with('*')) {
        ('n', _) => Some(Mark::Away),
        ('a', _) => Some(Mark::RatherNot),
        ('w', _) | (_, true) => Some(Mark::Wish),
        _ => None,
    };
    let place = matches!(letter.to_ascii_lowercase(), 'm' | 'd' | 'e').then(|| Place {
        assignment: id(number),
        day,
        span: span(day, letter),
        rung: if letter.is_ascii_uppercase() { Rung::Lead } else { Rung::Backup },
        languages: Vec::new(),
        skills: Vec::new(),
        person: Some(person),
        pinned: cell.ends_with('!'),
        shift: None,
    });
    (place, mark)
}

/// The draft of 30 November to 13 December, turned to `view`.
pub fn rota(view: View) -> Model {
    let first = day("2026-11-30");
    let (mut places, mut marks) = (Vec::new(), Vec::new());
    for (number, week) in (0u8..).zip(WEEKS) {
        for (at, cell) in (0u8..).zip(week.split(' ')) {
            let day = first + Days::new(u64::from(at));
            let (place, mark) = read(cell, day, face(number).id, number * 14 + at + 1);
            places.extend(place);
            marks.extend(mark.map(|mark| (face(number).id, day, mark)));
        }
    }
    let saturday = day("2026-12-12");
    places.push(Place {
        assignment: id(200),
        day: saturday,
        span: span(saturday, 'E'),
        rung: Rung::Lead,
        languages: languages("de"),
        skills: Vec::new(),
        person: None,
        pinned: false,
        shift: None,
    });
    Model {
        rota: id(1),
        version: 12,
        number: 4,
        status: RotaStatus::Building,
        pool: "Lacs & Vallées".to_owned(),
        offices: OFFICES.iter().map(|(name, colour)| ((*name).to_owned(), *colour)).collect(),
        days: (first, day("2026-12-13")),
        from: first,
        view,
        advisors: advisors(&places),
        places,
        marks,
        holidays: Vec::new(),
        score: Score { led: 21, duties: 22, broken: 0, wishes: (33, 36), fairness_gap: Minutes(360) },
        gaps: vec![gap()],
        remarks: vec![remark()],
        told: 11,
        notice: Some(17),
        stale: false,
        progress: Some(progress()),
        heat: Some(heat()),
        rounds: Vec::new(),
        notices: Vec::new(),
        undo: Some(super::id(7)),
        earlier: Vec::new(),
    }
}

/// The same, published: nothing to build, nothing to change.
pub fn published(view: View) -> Model {
    Model {
        status: RotaStatus::Published,
        progress: None,
        undo: None,
        earlier: vec![(super::id(6), 6, super::instant("2026-11-02T09:00:00+01:00"))],
        remarks: Vec::new(),
        ..rota(view)
    }
}

/// A draft in which nothing is to be covered yet.
pub fn rota_empty() -> Model {
    Model {
        status: RotaStatus::Draft,
        progress: None,
        places: Vec::new(),
        gaps: Vec::new(),
        remarks: Vec::new(),
        heat: None,
        undo: None,
        ..rota(View::Advisor)
    }
}

fn advisors(places: &[Place]) -> Vec<Advisor> {
    let carried = |person| {
        let minutes = |place: &Place| match place.rung {
            Rung::Lead => i64::from(place.span.length().0),
            Rung::Backup => i64::from(place.span.length().0) / 2,
            Rung::Learner => 0,
        };
        places.iter().filter(|place| place.person == Some(person)).map(minutes).sum::<i64>()
    };
    let all: i64 = (0..11).map(|number| carried(face(number).id)).sum();
    let one = |number: u8| {
        let spoken = languages(PEOPLE[usize::from(number)].3);
        Advisor { carried: carried(face(number).id), fair: all / 11, languages: spoken, face: face(number) }
    };
    (0..11).map(one).collect()
}

fn gap() -> Gap {
    let german = Language::parse("de").expect("de is a language");
    let candidate = |number, consequences| Candidate { face: face(number), consequences };
    let kept_out = |name: &str, rule, gravity| KeptOut { name: name.to_owned(), rule, gravity };
    Gap {
        assignment: id(200),
        kept_out: vec![
            kept_out("Nadia", Rule::Absence, Gravity::Absolute),
            kept_out("Sofia", Rule::Absence, Gravity::Absolute),
            kept_out("Hugo", Rule::DailyRest, Gravity::Absolute),
            kept_out("Claire", Rule::Language, Gravity::Overridable),
        ],
        candidates: vec![
            candidate(
                9,
                vec![
                    Consequence::Speaks(german),
                    Consequence::Wished,
                    Consequence::Share { before: -192, after: 48 },
                ],
            ),
            candidate(0, vec![Consequence::Speaks(german), Consequence::Share { before: -12, after: 228 }]),
        ],
    }
}

fn remark() -> Remark {
    Remark {
        finding: Finding {
            rule: Rule::DailyRest,
            article: "L3131-1".to_owned(),
            person: face(0).id,
            span: span(day("2026-12-03"), 'e'),
            measured: 10 * 60 + 30,
            limit: 11 * 60,
            unit: domain::Unit::Minutes,
            lacks: Vec::new(),
            gravity: Gravity::Warning,
            cure: Cure::GiveAway(span(day("2026-12-03"), 'e')),
        },
        name: "Ann".to_owned(),
        accepted: None,
    }
}

/// What a publication finds: what must be accepted, what was, and what is merely shown.
pub(super) fn remarks() -> Vec<Remark> {
    let holiday = Finding {
        rule: Rule::Holiday,
        article: "L3133-4".to_owned(),
        measured: 240,
        limit: 0,
        gravity: Gravity::Overridable,
        ..remark().finding
    };
    let language = Finding { rule: Rule::Language, article: String::new(), ..holiday.clone() };
    let accepted = Accepted {
        by: "Claire Morel".to_owned(),
        at: super::instant("2026-11-20T10:00:00+01:00"),
        reason: "The German evening is covered by phone.".to_owned(),
    };
    vec![
        Remark { finding: holiday, ..remark() },
        Remark { finding: language, accepted: Some(accepted), ..remark() },
        remark(),
    ]
}

fn progress() -> Progress {
    let curve = [
        (0, 60),
        (8, 66),
        (20, 71),
        (40, 77),
        (70, 82),
        (110, 86),
        (160, 89),
        (210, 91),
        (270, 93),
        (330, 94),
    ];
    Progress {
        running: true,
        seconds: 42,
        curve: curve.to_vec(),
        quiet: 9,
        proved: false,
        stopped: false,
        before: None,
        begun_again_at: Some(super::instant("2026-12-04T18:04:00+01:00")),
        quality: Some(quality()),
    }
}

/// Nadia is ill: one shift of hers is handed on, and an evening stays open.
pub fn repair() -> repair::Model {
    let at = |day: &str| super::span(&format!("{day}T18:00:00+01:00"), &format!("{day}T22:00:00+01:00"));
    let faces: Vec<_> = (0..3).map(face).collect();
    let moved = |day: &str, from: Option<usize>, to: Option<usize>| repair::Move {
        span: at(day),
        rung: Rung::Lead,
        from: from.map(|number| faces[number].clone()),
        to: to.map(|number| faces[number].clone()),
    };
    let hole = repair::Hole {
        span: at("2026-12-10"),
        rung: Rung::Lead,
        holder: None,
        why: Some(repair::Why {
            free: Vec::new(),
            with_reason: Vec::new(),
            blocked: vec![(Rule::Absence, 3), (Rule::DailyRest, 1)],
        }),
        pinned: false,
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let why = |free: &[&str], with_reason: &[&str], blocked| {
        Some(repair::Why { free: names(free), with_reason: names(with_reason), blocked })
    };
    repair::Model {
        rota: id(1),
        tag: "b3Y5cXlQ".to_owned(),
        pool: "Lacs & Vallées".to_owned(),
        days: (day("2026-11-30"), day("2026-12-13")),
        moves: vec![
            moved("2026-12-08", Some(0), Some(1)),
            moved("2026-12-09", None, Some(2)),
            moved("2026-12-10", Some(0), None),
        ],
        touched: faces[1..].to_vec(),
        excused: faces[..1].to_vec(),
        holes: vec![
            hole.clone(),
            repair::Hole { pinned: true, ..hole.clone() },
            repair::Hole { holder: Some("Nadia".to_owned()), pinned: true, ..hole.clone() },
            repair::Hole { why: why(&["Maëlle"], &[], Vec::new()), ..hole.clone() },
            repair::Hole { why: why(&[], &["Paul", "Sofia"], vec![(Rule::Language, 2)]), ..hole.clone() },
            repair::Hole { why: None, ..hole },
        ],
        remarks: vec![remark()],
        refused: false,
        complete: true,
    }
}

/// Nothing is open.
pub fn repair_nothing() -> repair::Model {
    let whole = repair();
    repair::Model {
        moves: Vec::new(),
        touched: Vec::new(),
        excused: Vec::new(),
        holes: Vec::new(),
        remarks: Vec::new(),
        ..whole
    }
}

fn quality() -> Quality {
    Quality {
        cover: Level { cost: 2_400, at_least: 2_400 },
        fairness: Level { cost: 4_000_000, at_least: 4_000_000 },
        wishes: Level { cost: 3, at_least: 2 },
        moves: Level::default(),
        asked: 480_000,
        people: 20,
    }
}

fn heat() -> Heat {
    let mut heat = Heat { messages: [[0; 24]; 7], covered: [[false; 24]; 7], weeks: 8 };
    for day in 0..7 {
        for hour in 9..23 {
            let weekend = day > 4;
            let evening = (18..22).contains(&hour);
            heat.covered[day][hour] = evening || (weekend && hour < 22);
            heat.messages[day][hour] = match (weekend, evening) {
                (_, true) => 14 + (hour as u32 * 7 + day as u32 * 3) % 9,
                (true, false) => 6 + (hour as u32 * 5) % 8,
                (false, false) => (hour as u32 * 3 + day as u32) % 4,
            };
        }
    }
    heat
}

/// Maëlle, about to be given the open evening.
pub fn preview() -> (String, Span, Vec<Consequence>) {
    let german = Language::parse("de").expect("de is a language");
    let lines = vec![
        Consequence::Speaks(german),
        Consequence::Wished,
        Consequence::Share { before: -192, after: -12 },
    ];
    ("Maëlle".to_owned(), span(day("2026-12-12"), 'E'), lines)
}
