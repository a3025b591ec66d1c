//! Duties that change hands: what an advisor is asked and offers, and what awaits a planner.

use domain::{HandoverKind, HandoverStatus, Rung, WhyNot};

use super::{desk::id, span};
use crate::html::{hand_over, handovers, open_duties};

/// A swap proposed, an absence open to anybody that the law keeps the reader from, an offer of their own,
/// and something to give back.
pub(super) fn exchange() -> handovers::Exchange {
    let duty = |from: &str, until: &str| handovers::Stretch { span: span(from, until), rung: Rung::Lead };
    let (tenth, twelfth) = (
        duty("2026-12-10T18:00:00+01:00", "2026-12-10T22:00:00+01:00"),
        duty("2026-12-12T18:00:00+01:00", "2026-12-12T22:00:00+01:00"),
    );
    let offer = |number, kind, holder: &str, counter, against| handovers::Offer {
        id: id(number),
        kind,
        holder: holder.to_owned(),
        duty: tenth,
        counter,
        note: String::new(),
        on_behalf: None,
        behind: counter.is_none(),
        against,
    };
    handovers::Exchange {
        requests: vec![handovers::Offer {
            note: "My sister comes to visit.".to_owned(),
            ..offer(1, HandoverKind::Swap, "Inès", Some(twelfth), Vec::new())
        }],
        offers: vec![handovers::Offer {
            on_behalf: Some("Maud".to_owned()),
            ..offer(2, HandoverKind::Absence, "Théo", None, vec![WhyNot::OnDuty { span: tenth.span }])
        }],
        own: vec![handovers::Own {
            id: id(3),
            kind: HandoverKind::GiveAway,
            status: HandoverStatus::Open,
            duty: twelfth,
            to: None,
            taker: None,
            on_behalf: None,
            called: 0,
            all_called: false,
        }],
        done: vec![handovers::Done { id: id(4), duty: twelfth, from: "Maëlle".to_owned() }],
    }
}

/// A duty that could be swapped, with a refusal above it.
pub fn hand_over() -> hand_over::Model {
    let duty = |from: &str, until: &str| handovers::Stretch { span: span(from, until), rung: Rung::Lead };
    let mine = duty("2026-12-10T18:00:00+01:00", "2026-12-10T22:00:00+01:00");
    hand_over::Model {
        shift: id(2),
        duty: mine,
        holder: Some("Théo".to_owned()),
        begun: false,
        offered: false,
        could: vec!["Inès".to_owned(), "Maëlle".to_owned()],
        could_not: vec![hand_over::Kept {
            name: "Yannick".to_owned(),
            reasons: vec![WhyNot::OnDuty { span: mine.span }, WhyNot::NotFree],
        }],
        swaps: vec![hand_over::Swap {
            shift: id(3),
            name: "Inès".to_owned(),
            duty: duty("2026-12-12T18:00:00+01:00", "2026-12-12T22:00:00+01:00"),
        }],
        refused: vec![WhyNot::Holds],
        back: "/shifts",
    }
}

/// A swap that waits for the planner's word, or a duty whose holder cannot come.
pub(super) fn pending(number: u32, kind: HandoverKind, taker: Option<&str>) -> handovers::Pending {
    let duty = |day: &str| handovers::Stretch {
        span: span(&format!("2026-12-{day}T18:00:00+01:00"), &format!("2026-12-{day}T22:00:00+01:00")),
        rung: Rung::Lead,
    };
    handovers::Pending {
        id: id(number),
        kind,
        holder: "Théo".to_owned(),
        duty: duty("10"),
        counter: taker.map(|_| duty("12")),
        taker: taker.map(ToOwned::to_owned),
        against: Vec::new(),
        called: 2,
        all_called: taker.is_none(),
        could: if taker.is_none() { vec![(id(3), "Maëlle".to_owned())] } else { Vec::new() },
    }
}

/// Open duties: one to take, one that others take first, one that was taken.
pub(super) fn open() -> open_duties::Open {
    let hole = |number, day: &str, against| open_duties::Hole {
        place: id(number),
        duty: evening(day),
        languages: super::languages("de"),
        against,
    };
    let until = super::instant("2026-12-17T18:00:00+01:00");
    open_duties::Open {
        may: vec![hole(41, "2026-12-12", Vec::new())],
        may_not: vec![hole(42, "2026-12-19", vec![WhyNot::OthersFirst { until }])],
        mine: vec![open_duties::Mine { id: id(43), duty: evening("2026-12-10"), waits: false }],
    }
}

/// Somebody who asks the planner for an open duty.
pub(super) fn asking() -> open_duties::Asking {
    open_duties::Asking {
        id: id(44),
        name: "Théo".to_owned(),
        duty: evening("2026-12-12"),
        against: Vec::new(),
    }
}

fn evening(day: &str) -> handovers::Stretch {
    let at = |hour: &str| format!("{day}T{hour}:00+01:00");
    handovers::Stretch { span: span(&at("18:00"), &at("22:00")), rung: Rung::Lead }
}
