//! The values of each law, as data with their source. Rules read them; nothing here computes.
//!
//! Articles of the Code du travail were read in their 2026 text. What an agreement may change
//! (nine hours of rest, twelve hours of work) is a setting of an organisation, not of this table.

use domain::{Law, Minutes};

/// A limit and the article it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How much.
    pub minutes: Minutes,
    /// Where it is written, such as "L3131-1".
    pub article: &'static str,
}

/// What one law asks. `None` where it asks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Values {
    /// Hours on end, free of work, within the 24 hours after work starts.
    pub daily_rest: Option<Limit>,
    /// Work in one civil day.
    pub daily_maximum: Option<Limit>,
    /// From the first start to the last end of a civil day's work.
    pub daily_span: Option<Limit>,
    /// Hours on end, free of work, once in each civil week.
    pub weekly_rest: Option<Limit>,
    /// How much of the weekly rest must lie inside the civil week it counts for.
    pub weekly_rest_inside: Minutes,
}

const fn limit(hours: u32, article: &'static str) -> Option<Limit> {
    Some(Limit { minutes: Minutes::hours(hours), article })
}

/// The values of `law`.
pub const fn values(law: Law) -> Values {
    match law {
        Law::FrancePrivate => Values {
            daily_rest: limit(11, "L3131-1"),
            daily_maximum: limit(10, "L3121-18"),
            // Thirteen hours follow from the daily rest and need no rule of their own.
            daily_span: None,
            weekly_rest: limit(35, "L3132-2"),
            // 24 + 11 hours; the stretch may cross the border of the week (Saturday 19:00 to
            // Monday 6:00), the day of 24 hours lies inside it (Cass. soc. 13 Nov 2025, 24-10.733).
            weekly_rest_inside: Minutes::hours(24),
        },
        Law::FrancePublic => Values {
            daily_rest: limit(11, "décret 2000-815, art. 3"),
            daily_maximum: limit(10, "décret 2000-815, art. 3"),
            daily_span: limit(12, "décret 2000-815, art. 3"),
            weekly_rest: limit(35, "décret 2000-815, art. 3"),
            weekly_rest_inside: Minutes::hours(24),
        },
        Law::Quebec => Values {
            // The Act sets no rest between days and no longest day: it gives a right to refuse.
            daily_rest: None,
            daily_maximum: None,
            daily_span: None,
            weekly_rest: limit(32, "LNT, art. 78"),
            // The Act is silent on a rest across the border of the week; we read it as in France.
            weekly_rest_inside: Minutes::hours(24),
        },
    }
}
