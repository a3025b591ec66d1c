//! Furnished model of the hours somebody works for employers who are not here.

use super::{day, id};
use crate::html::outside;

/// Monday mornings elsewhere.
pub(super) fn outside() -> outside::Model {
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("hours of a day");
    let hours = domain::OutsideHours {
        id: id(97),
        person: id(1),
        window: domain::Window { days: domain::Days(0b0000_0010), from: time(8), until: time(12) },
        from: day("2026-09-01"),
        until: None,
    };
    outside::Model { hours: vec![hours], ..outside::Model::default() }
}
