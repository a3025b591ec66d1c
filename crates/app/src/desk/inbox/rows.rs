//! The list: one row a conversation, with the time that is left of its office's promise.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Duration, Utc};
use domain::{ConversationStatus, Decision, Direction, OrganisationId, PersonId, VisitorId};
use storage::{
    Tx,
    conversations::Conversation,
    desks::{self, Desk},
    messages::{self, Turn},
    people,
    scope::Scope,
    visitors::{self, Visitor},
    waiting,
};
use views::html::inbox::{Row, Standstill};

use super::{office, unknown_office};
use crate::{
    Error,
    desk::{seat::Watcher, situation},
};

/// A row, and what lists are ordered by.
pub(super) struct Listed {
    pub(super) row: Row,
    pub(super) waits: bool,
    /// When the promise runs out; for one that does not run yet, late enough to come last.
    pub(super) due_at: DateTime<Utc>,
    pub(super) last_message_at: DateTime<Utc>,
    /// What a search looks through.
    words: String,
}

/// Whether a row mentions `wanted` (in lower case): in the name, the text or the office.
pub(super) fn mentions(row: &Listed, wanted: &str) -> bool {
    wanted.is_empty() || row.words.contains(wanted)
}

/// The rows of these conversations.
pub(super) async fn of<S: Scope>(
    tx: &Tx<S>,
    who: &Watcher,
    listed: Vec<Conversation>,
) -> Result<Vec<Listed>, Error> {
    let known = visitors::these(tx, listed.iter().map(|one| one.visitor)).await?;
    let known: HashMap<VisitorId, Visitor> = known.into_iter().map(|visitor| (visitor.id, visitor)).collect();
    let holders: Vec<PersonId> = listed.iter().filter_map(|one| one.assigned_to).collect();
    let names: HashMap<PersonId, String> =
        people::named(tx, &holders).await?.into_iter().map(|person| (person.id, person.given_name)).collect();
    let waits = waiting::these(tx, listed.iter().map(|one| one.id)).await?;
    let mine = messages::answered_since(tx, who.person, tx.now() - super::EARLIER).await?;
    let mut offices: HashMap<OrganisationId, Option<Desk>> = HashMap::new();
    let mut rows = Vec::with_capacity(listed.len());
    for one in listed {
        let desk = match offices.entry(one.organisation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(desks::hours_of(tx, one.organisation).await?),
        };
        let desk = desk.as_ref();
        let since = waits.get(&one.id).map_or(one.last_message_at, |waiting| waiting.since);
        let by_me = mine.iter().any(|(id, at)| *id == one.id && *at >= one.last_message_at);
        let stands = stands(&one, desk, since, by_me, tx.now());
        let holder = one.assigned_to.filter(|holder| *holder != who.person);
        let visitor = known.get(&one.visitor);
        rows.push(listed_row(
            &one,
            desk,
            stands,
            visitor,
            holder.and_then(|holder| names.get(&holder).cloned()),
        ));
    }
    Ok(rows)
}

fn listed_row(
    one: &Conversation,
    desk: Option<&Desk>,
    stands: Standstill,
    visitor: Option<&Visitor>,
    held_by: Option<String>,
) -> Listed {
    let name = visitor.and_then(|visitor| visitor.name.clone().or_else(|| visitor.email.clone()));
    let promise = desk.map(|desk| desk.office.promise.duration()).unwrap_or_default();
    let due_at = match stands {
        Standstill::Waiting { since, counted: true } => since + promise,
        // Nobody was promised anything yet: after all whose clock runs, those who wait longest first.
        Standstill::Waiting { since, counted: false } => since + Duration::days(365),
        Standstill::Answered { at, .. } | Standstill::Done { at } => at,
    };
    let row = Row {
        id: one.id,
        visitor: name,
        office: desk.map_or_else(|| unknown_office(one.organisation), |desk| office(&desk.office)),
        language: one.language,
        channel: one.channel,
        preview: one.snippet.clone(),
        stands,
        held_by,
    };
    let words = [row.visitor.as_deref().unwrap_or_default(), &row.preview, &row.office.name].join("\n");
    Listed {
        waits: one.status == ConversationStatus::Waiting,
        due_at,
        last_message_at: one.last_message_at,
        words: format!("{words}\n{}", one.subject.as_deref().unwrap_or_default()).to_lowercase(),
        row,
    }
}

/// Where a conversation stands. The promise runs in covered hours and while the own desk is open, and
/// from their beginning for what came in before.
fn stands(
    one: &Conversation,
    desk: Option<&Desk>,
    since: DateTime<Utc>,
    by_me: bool,
    now: DateTime<Utc>,
) -> Standstill {
    match one.status {
        ConversationStatus::Waiting => {
            let runs_from = desk.and_then(|desk| situation::promise_runs_from(desk, one.channel, now));
            let held =
                matches!(one.decision, Some(Decision::Hold { .. }) | None) && one.assigned_to.is_none();
            match runs_from {
                Some(from) => Standstill::Waiting { since: since.max(from), counted: true },
                None => Standstill::Waiting { since, counted: !held && one.pool.is_some() },
            }
        }
        ConversationStatus::Answered => Standstill::Answered { at: one.last_message_at, by_me },
        ConversationStatus::Done => Standstill::Done { at: one.last_message_at },
    }
}

/// How long visitors waited for the answers somebody gave since `start`, in the order of the answers.
pub(super) async fn waits_ended_by<S: Scope>(
    tx: &Tx<S>,
    person: PersonId,
    start: DateTime<Utc>,
) -> Result<Vec<Duration>, Error> {
    let answered = messages::answered_since(tx, person, start).await?;
    let turns = messages::turns(tx, answered.iter().map(|(id, _)| *id), start - super::EARLIER).await?;
    Ok(ended_waits(&turns, person, start))
}

/// The waits that `person` ended at `start` or later. A wait begins with the first message after an
/// answer; notes and automatic answers neither begin nor end one.
fn ended_waits(turns: &[Turn], person: PersonId, start: DateTime<Utc>) -> Vec<Duration> {
    let mut waiting = HashMap::new();
    let mut waits = Vec::new();
    for turn in turns {
        match turn.direction {
            Direction::In => {
                waiting.entry(turn.conversation).or_insert(turn.at);
            }
            Direction::Out => {
                if let Some(since) = waiting.remove(&turn.conversation)
                    && turn.author == Some(person)
                    && turn.at >= start
                {
                    waits.push(turn.at - since);
                }
            }
            Direction::Automatic | Direction::Note => {}
        }
    }
    waits
}

#[cfg(test)]
mod tests {
    use domain::ConversationId;
    use uuid::Uuid;

    use super::*;

    fn turn(conversation: u128, direction: Direction, author: Option<u128>, minute: u32) -> Turn {
        let at = format!("2026-12-04T19:{minute:02}:00Z").parse().unwrap();
        Turn {
            conversation: ConversationId(Uuid::from_u128(conversation)),
            direction,
            author: author.map(|id| PersonId(Uuid::from_u128(id))),
            at,
        }
    }

    #[test]
    fn a_wait_begins_with_the_first_unanswered_message_and_ends_with_a_persons_answer() {
        let ann = PersonId(Uuid::from_u128(1));
        let start = "2026-12-04T18:00:00Z".parse().unwrap();
        let turns = [
            turn(7, Direction::In, None, 0),
            turn(7, Direction::Automatic, None, 0),
            turn(8, Direction::In, None, 1),
            turn(7, Direction::In, None, 2),
            turn(7, Direction::Note, Some(1), 3),
            turn(7, Direction::Out, Some(1), 4),
            turn(7, Direction::Out, Some(1), 5),
            turn(8, Direction::Out, Some(2), 6),
        ];
        assert_eq!(ended_waits(&turns, ann, start), [Duration::minutes(4)]);
        let later = "2026-12-04T19:05:00Z".parse().unwrap();
        assert_eq!(ended_waits(&turns, ann, later), []);
    }
}
