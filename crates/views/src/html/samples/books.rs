//! An office's interventions of November 2026, and how its duties are counted and paid.

use domain::{Basis, Category, Cents, Exemption, LedgerTerms, Minutes, Month, Rate, Source};

use super::{day, id, span};
use crate::html::{forms::Filled, interventions, ledger};

fn people() -> Vec<(domain::PersonId, String)> {
    vec![(id(1), "Ann Leroy".to_owned()), (id(2), "Théo Martin".to_owned())]
}

/// One that answers told, one that was said by hand; as an office sees them.
pub fn interventions() -> interventions::Model {
    let month = |text| Month::parse(text).expect("samples write months as 2026-11");
    let line = |number, name: &str, span, source| interventions::Line {
        id: id(number),
        name: Some(name.to_owned()),
        span,
        source,
    };
    let answered = span("2026-11-06T19:04:00+01:00", "2026-11-06T19:51:00+01:00");
    let said = span("2026-11-14T23:40:00+01:00", "2026-11-15T00:10:00+01:00");
    interventions::Model {
        organisation: "Belrive".to_owned(),
        zone: domain::Tz::Europe__Paris,
        month: month("2026-11"),
        before: month("2026-10"),
        after: Some(month("2026-12")),
        lines: vec![
            line(1, "Ann Leroy", answered, Source::Answers),
            line(2, "Théo Martin", said, Source::Said),
        ],
        people: people(),
        filled: Filled::default(),
    }
}

/// The same as an advisor sees them, with a correction that was refused.
pub fn interventions_refused() -> interventions::Model {
    let values = [("intervention", "00000000-0000-7000-8000-000000000001"), ("day", "2026-11-06")];
    let all = interventions();
    let own = all.lines.into_iter().take(1).map(|line| interventions::Line { name: None, ..line });
    interventions::Model {
        lines: own.collect(),
        people: Vec::new(),
        filled: Filled {
            form: "correct",
            values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            wrong: vec![("from_time".to_owned(), "This must not be empty.".to_owned())],
        },
        ..interventions()
    }
}

/// A board that organises a pool: one exemption, two rates.
pub fn ledger() -> ledger::Model {
    let rate = |number, basis, category, cents, rest| Rate {
        id: id(number),
        organisation: id(9),
        basis,
        category,
        hourly: Cents(cents),
        rest: Minutes(rest),
        from: day("2026-01-01"),
        source: "Accord du 3 mars 2026, art. 4".to_owned(),
    };
    let exempt = Exemption {
        id: id(7),
        person: id(2),
        organisation: id(9),
        from: day("2026-10-05"),
        until: day("2026-11-29"),
    };
    ledger::Model {
        organisation: "Belrive".to_owned(),
        terms: vec![ledger::Terms {
            pool: id(5),
            name: "Lacs & Vallées".to_owned(),
            terms: LedgerTerms { backup_bp: 3_333, cap: Minutes(990) },
        }],
        exemptions: vec![(exempt, "Théo Martin".to_owned())],
        rates: vec![
            rate(1, Basis::Standby, None, 300, 0),
            rate(2, Basis::Work, Some(Category::Sunday), 1_000, 15),
        ],
        people: people(),
        currency: "€",
        filled: Filled::default(),
    }
}
