//! Ann's ledger, as of the evening of 4 December 2026.

use domain::{Account, Category, DutyKind, Entry, Feast, LedgerTerms, Minutes, Part, Rung, Tally};

use super::{day, id, span};
use crate::html::my_ledger::{Model, Opened};

fn part(duties: u32, hours: u32, fair: i64) -> Part {
    let held =
        Tally { duties, lead: Minutes::hours(hours), backup: Minutes(0), worth: i64::from(hours) * 60 };
    Part { held, fair }
}

/// She gave a little more than her share.
pub fn my_ledger() -> Model {
    let account = Account {
        person: id(1),
        employer: None,
        share_bp: 8_000,
        whole: part(31, 118, 6_840),
        categories: vec![
            (Category::Evening, part(22, 88, 5_190)),
            (Category::Saturday, part(4, 16, 1_020)),
            (Category::Sunday, part(3, 12, 645)),
            (Category::Holiday, part(1, 4, 300)),
            (Category::Feast, part(1, 2, 180)),
            (Category::Night, part(0, 0, 0)),
        ],
        carried: -90,
    };
    Model { days: (day("2025-12-05"), day("2026-12-04")), account }
}

/// The feasts stand open.
pub fn my_ledger_opened() -> Opened {
    let easter = Entry {
        shift: id(9),
        person: id(1),
        employer: None,
        rung: Rung::Backup,
        kind: DutyKind::Active,
        span: span("2026-04-05T09:00:00+02:00", "2026-04-05T13:00:00+02:00"),
        day: day("2026-04-05"),
        languages: Vec::new(),
        skills: domain::Skills::default(),
        worth: 120,
        parts: vec![(Category::Sunday, Minutes(240)), (Category::Feast, Minutes(240))],
        feasts: vec![Feast::Easter],
    };
    let (model, terms) = (Some(my_ledger()), LedgerTerms::default());
    Opened { model, terms, chosen: Some(Category::Feast), duties: vec![easter] }
}

/// Somebody whose first day is still to come.
pub fn my_ledger_none() -> Opened {
    Opened { model: None, terms: LedgerTerms::default(), chosen: None, duties: Vec::new() }
}
