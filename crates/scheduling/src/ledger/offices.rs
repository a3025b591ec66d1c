//! Who watched for whom: what an office's people did in others' covered hours, and others in its own.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Entry, Minutes, OfficeAccount, OrganisationId, Span};

/// When an office was covered by the pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// The office.
    pub office: OrganisationId,
    /// Its covered time, in whatever order; what overlaps counts once.
    pub spans: Vec<Span>,
}

/// The account of every office in `covered`, and of every employer in `entries`, by id.
///
/// A minute of duty is divided evenly among the offices that are covered in it. Minutes in which
/// none is covered, and duties whose employer is not known, count for nobody, so that what is given
/// is what is received.
pub fn offices(entries: &[Entry], covered: &[Covered]) -> Vec<OfficeAccount> {
    let mut books: BTreeMap<OrganisationId, OfficeAccount> = BTreeMap::new();
    for office in covered.iter().map(|one| one.office).chain(entries.iter().filter_map(|one| one.employer)) {
        books.entry(office).or_insert(OfficeAccount { office, given: 0, received: 0, own: 0 });
    }
    for entry in entries {
        let Some(employer) = entry.employer else { continue };
        for piece in pieces(entry, covered) {
            for (office, part) in divided(&piece) {
                if office == employer {
                    book(&mut books, office).own += part;
                } else {
                    book(&mut books, employer).given += part;
                    book(&mut books, office).received += part;
                }
            }
        }
    }
    books.into_values().collect()
}

fn book(books: &mut BTreeMap<OrganisationId, OfficeAccount>, office: OrganisationId) -> &mut OfficeAccount {
    books.entry(office).or_insert(OfficeAccount { office, given: 0, received: 0, own: 0 })
}

/// Part of a duty in which the same offices are covered.
struct Piece {
    from: DateTime<Utc>,
    worth: i64,
    offices: Vec<OrganisationId>,
}

fn pieces(entry: &Entry, covered: &[Covered]) -> Vec<Piece> {
    let within = |one: &Covered| -> Vec<Span> {
        one.spans.iter().filter_map(|span| span.common(&entry.span)).collect()
    };
    let around: Vec<(OrganisationId, Vec<Span>)> =
        covered.iter().map(|one| (one.office, within(one))).collect();
    let mut cuts: Vec<DateTime<Utc>> = vec![entry.span.start(), entry.span.end()];
    cuts.extend(around.iter().flat_map(|(_, spans)| spans).flat_map(|span| [span.start(), span.end()]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    for (from, until) in cuts.iter().zip(cuts.iter().skip(1)) {
        let open = |spans: &[Span]| spans.iter().any(|span| span.contains(*from));
        let mut offices: Vec<OrganisationId> =
            around.iter().filter(|(_, spans)| open(spans)).map(|(office, _)| *office).collect();
        offices.sort_unstable();
        offices.dedup();
        // The difference of two sums, so that the pieces of a duty weigh what the duty weighs.
        let worth = worth_until(entry, *until) - worth_until(entry, *from);
        pieces.push(Piece { from: *from, worth, offices });
    }
    pieces
}

/// What the duty weighs from its start to `at`.
fn worth_until(entry: &Entry, at: DateTime<Utc>) -> i64 {
    let done = Span::new(entry.span.start(), at).map_or(Minutes(0), |span| span.length());
    entry.worth * i64::from(done.0) / i64::from(entry.span.length().0.max(1))
}

/// A piece's worth, evenly; the minutes left over go round, so that over time nobody has more of them.
fn divided(piece: &Piece) -> Vec<(OrganisationId, i64)> {
    let Ok(count) = i64::try_from(piece.offices.len()) else { return Vec::new() };
    if count == 0 {
        return Vec::new();
    }
    let first = (piece.from.timestamp() / 60).rem_euclid(count);
    let part = |at: i64| {
        let turn = (at - first).rem_euclid(count);
        piece.worth / count + i64::from(turn < piece.worth % count)
    };
    (0..).zip(&piece.offices).map(|(at, office)| (*office, part(at))).collect()
}
