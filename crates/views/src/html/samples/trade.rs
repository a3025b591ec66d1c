//! Coverage: what offices buy and what the board sells.

use domain::{Cents, ChannelKind, Coverage, Days, Minutes, Offer, Window};

use super::{OFFICES, id, instant};
use crate::html::coverage;

/// An offer of the pool.
fn offer(
    number: u8,
    name: &str,
    summary: &str,
    days: Days,
    hours: (u32, u32),
    monthly: i64,
    open: bool,
) -> Offer {
    Offer {
        id: id(number),
        pool: id(1),
        name: name.to_owned(),
        summary: summary.to_owned(),
        windows: vec![window(days, hours)],
        channels: ChannelKind::ALL.to_vec(),
        monthly: Cents(monthly),
        open,
    }
}

fn window(days: Days, (from, until): (u32, u32)) -> Window {
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("samples write hours of a day");
    Window { days, from: at(from), until: at(until) }
}

fn offers() -> [Offer; 2] {
    [
        offer(
            1,
            "Evenings",
            "Somebody answers on weekdays after closing.",
            Days::WORKDAYS,
            (18, 22),
            24_000,
            true,
        ),
        offer(
            2,
            "Weekends",
            "Somebody answers from morning to night when you are closed.",
            Days::FREE,
            (9, 22),
            38_050,
            true,
        ),
    ]
}

/// A manager with one coverage that runs and one that may be ordered.
pub fn coverage_office() -> coverage::Model {
    let [evenings, weekends] = offers();
    let bought = |from: &str, until: Option<&str>| coverage::Bought {
        coverage: Coverage {
            id: id(1),
            pool: id(1),
            organisation: id(1),
            offer: evenings.id,
            windows: evenings.windows.clone(),
            channels: evenings.channels.clone(),
            monthly: evenings.monthly,
            from: instant(from),
            until: until.map(instant),
        },
        name: evenings.name.clone(),
        brought: coverage::Brought { visitors: 118, answered: 116, within: 111, median: Some(Minutes(2)) },
    };
    let card = |offer: &Offer, running| coverage::OfferCard {
        offer: offer.clone(),
        seen: "kept".to_owned(),
        effect: coverage::Effect { visitors: 64, unanswered: 41, weeks: 8 },
        running,
    };
    coverage::Model::Office(coverage::Office {
        office: "Belrive".to_owned(),
        promise: Minutes(5),
        currency: "€",
        offers: vec![card(&weekends, false), card(&evenings, true)],
        running: vec![bought("2026-09-01T00:00:00+02:00", None)],
        ended: vec![bought("2025-06-01T00:00:00+02:00", Some("2025-09-01T00:00:00+02:00"))],
    })
}

/// A planner with two offers, hours bought but not watched, and a form with a mistake.
pub fn coverage_pool() -> coverage::Model {
    let office = |number: usize| (OFFICES[number].0.to_owned(), OFFICES[number].1);
    let [evenings, weekends] = offers();
    coverage::Model::Pool(coverage::Pool {
        pool: "Lacs & Vallées".to_owned(),
        currency: "€",
        offers: vec![
            coverage::PoolOffer { offer: evenings, bought_by: vec![office(0), office(1), office(4)] },
            coverage::PoolOffer { offer: Offer { open: false, ..weekends }, bought_by: Vec::new() },
        ],
        without: vec![office(2), office(5)],
        unwatched: vec![coverage::Unwatched {
            office: "La Combe".to_owned(),
            colour: 3,
            windows: vec![window(Days::WORKDAYS, (8, 9))],
        }],
        draft: coverage::Draft {
            name: "Early mornings".to_owned(),
            days: "workdays".to_owned(),
            from: "08:00".to_owned(),
            until: "09:00".to_owned(),
            monthly: "a lot".to_owned(),
            wrong: Some(coverage::Wrong::Price),
            ..coverage::Draft::default()
        },
    })
}
