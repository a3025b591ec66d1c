//! The privacy page, with a visitor found under an address.

use chrono::Duration;
use domain::ChannelKind;

use super::{OFFICES, id, instant};
use crate::html::privacy;

/// A manager's privacy page, with a visitor found.
pub fn privacy() -> privacy::Model {
    let at = instant("2026-12-04T18:40:00+01:00");
    let found = |number: u8, proven: bool, channel: ChannelKind| privacy::Match {
        visitor: id(number),
        name: proven.then(|| "Jonas Weber".to_owned()),
        proven,
        channels: vec![channel],
        conversations: usize::from(number),
        first: at - Duration::days(40),
        last: at,
        held: !proven,
    };
    privacy::Model {
        office: OFFICES[0].0.to_owned(),
        months: 12,
        days: 30,
        address: "jonas@weber.example".to_owned(),
        refused: false,
        unticked: false,
        found: Some(vec![found(1, true, ChannelKind::Email), found(2, false, ChannelKind::WebChat)]),
        keep: Some(id(3)),
        held: vec![privacy::Held {
            conversation: id(4),
            by: "Ann Leroy".to_owned(),
            reason: "Claim over a lost key".to_owned(),
            at,
        }],
        proofs: vec![privacy::Proof {
            id: id(5),
            by: "Ann Leroy".to_owned(),
            at,
            hash: "9f2c4e7a".repeat(8),
        }],
        log: vec![
            privacy::Line { at, who: "Ann Leroy".to_owned(), looked: privacy::Looked::Opened(id(4)) },
            privacy::Line { at, who: "Ann Leroy".to_owned(), looked: privacy::Looked::Saved(id(4)) },
            privacy::Line { at, who: "Ann Leroy".to_owned(), looked: privacy::Looked::Exported(id(1)) },
        ],
    }
}
