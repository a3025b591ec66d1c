//! An office's November 2026: one with duties, one with none.

use domain::{Apart, Cents, DutyKind, DutyLine, Minutes, Month, Owed, Rung, Statement};

use super::{day, id, span};
use crate::html::statements::{Model, OnePerson};

/// Two people, one standby with work in it.
pub fn statements() -> Model {
    let owed = Owed { money: Cents(2_200), rest: Minutes(25) };
    let line = DutyLine {
        shift: id(1),
        day: day("2026-11-06"),
        span: span("2026-11-06T18:00:00+01:00", "2026-11-06T22:00:00+01:00"),
        rung: Rung::Lead,
        kind: DutyKind::Standby,
        standby: Minutes(190),
        work: Minutes(50),
        interventions: vec![span("2026-11-06T19:00:00+01:00", "2026-11-06T19:50:00+01:00")],
        owed,
    };
    let apart = Apart {
        day: day("2026-11-07"),
        span: span("2026-11-07T07:30:00+01:00", "2026-11-07T07:50:00+01:00"),
        work: Minutes(20),
        owed: Owed { money: Cents(500), rest: Minutes(0) },
    };
    let ann = OnePerson {
        id: id(1),
        name: "Ann Leroy".to_owned(),
        statement: Statement::of(vec![line], vec![apart]),
        worked: Minutes::hours(152),
    };
    let none = OnePerson {
        id: id(2),
        name: "Théo Martin".to_owned(),
        statement: Statement::default(),
        worked: Minutes::hours(140),
    };
    let month = |text| Month::parse(text).expect("samples write months as 2026-11");
    Model {
        organisation: "Belrive".to_owned(),
        month: month("2026-11"),
        before: month("2026-10"),
        after: Some(month("2026-12")),
        people: vec![ann, none],
        has_rates: false,
        currency: "€",
    }
}
