//! How an office's desk stands at one moment: own hours, coverage, who is on duty and how busy.
//!
//! Loading is one query after the other in the office's own scope; what is made of it is pure.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{ChannelKind, OpeningHours, Organisation, Person, PersonId, Shift, Span, Window, time};
use routing::{Hours, OnDuty};
use storage::{
    Tx,
    conversations::{self, Conversation},
    desks::{self, Desk},
    messages, people, presence,
    scope::Home,
    waiting,
};

use crate::Error;

/// A sign of life counts for so long.
const PRESENT_FOR: Duration = Duration::seconds(60);

/// A desk, and the people on duty at it.
#[derive(Debug, Clone)]
pub(crate) struct Situation {
    /// What routing decides on.
    pub(crate) desk: routing::Desk,
    /// When the running shift of each person on duty ends.
    pub(crate) until: HashMap<PersonId, DateTime<Utc>>,
    /// Until when the office's own hours run, if they do.
    pub(crate) own_desk_until: Option<DateTime<Utc>>,
    /// The office.
    pub(crate) office: Organisation,
}

/// The desk as it concerns `conversation`, now.
pub(crate) async fn of(tx: &Tx<Home>, conversation: &Conversation) -> Result<Situation, Error> {
    let desk = desks::of(tx, conversation.organisation).await?.ok_or(Error::NotFound("office"))?;
    let now = tx.now();
    let mut stands = plain(&desk, conversation.channel, now);
    let Some(pool) = stands.covered else {
        return Ok(Situation {
            desk: stands,
            until: HashMap::new(),
            own_desk_until: own_desk_until(&desk, now),
            office: desk.office,
        });
    };
    let running = running(&desk, pool, now);
    let ids: Vec<PersonId> = running.iter().map(|shift| shift.person).collect();
    let known_people = people::named(tx, &ids).await?;
    let here = presence::of(tx, ids.clone()).await?;
    let loads = waiting::loads(tx, ids.clone()).await?;
    let known = acquaintances(tx, conversation, &ids).await?;
    for shift in &running {
        let id = shift.person;
        let mut one = OnDuty::new(id, shift.rung);
        one.present = here.iter().any(|one| one.person == id && is_here(one, now));
        one.load_halves = loads.get(&id).copied().unwrap_or_default();
        one.languages = languages(&known_people, id);
        one.knows_visitor = known.visitor.contains(&id);
        one.in_conversation = known.conversation.contains(&id);
        stands.on_duty.push(one);
    }
    Ok(Situation {
        desk: stands,
        until: running.iter().map(|shift| (shift.person, shift.span.end())).collect(),
        own_desk_until: own_desk_until(&desk, now),
        office: desk.office,
    })
}

/// Whether somebody is there: a sign of life within the last minute, and not set to away. One from the
/// future (the demo's clock may go back) is none.
pub(crate) fn is_here(seen: &presence::Presence, now: DateTime<Utc>) -> bool {
    !seen.away && (now - seen.seen_at).abs() <= PRESENT_FOR
}

/// Hours and coverage, without anybody on duty.
fn plain(desk: &Desk, channel: ChannelKind, now: DateTime<Utc>) -> routing::Desk {
    let (zone, calendar) = (desk.office.zone, desk.office.calendar);
    let duties: Vec<_> = desk.duties.iter().map(|shift| (shift.pool, shift.span)).collect();
    let covering = routing::windows::covering(&desk.coverages, channel, zone, calendar, now);
    routing::Desk {
        own_desk_open: own_desk_until(desk, now).is_some(),
        covered: covering.map(|coverage| coverage.pool),
        on_duty: Vec::new(),
        next_duty_at: routing::windows::next_duty(&desk.coverages, channel, zone, calendar, &duties, now),
        own_desk_opens_at: own_desk_opens_at(desk, now),
    }
}

/// When somebody answers `channel` next if nobody does now: a duty that meets covered hours, or the
/// office's own desk.
pub(crate) fn next_opening(desk: &Desk, channel: ChannelKind, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let plain = plain(desk, channel, now);
    [plain.next_duty_at, plain.own_desk_opens_at].into_iter().flatten().filter(|at| *at > now).min()
}

/// The shifts of the pool that answers `channel` at `now`, leads first; none while the own desk is open.
pub(crate) fn answering(desk: &Desk, channel: ChannelKind, now: DateTime<Utc>) -> Vec<Shift> {
    let plain = plain(desk, channel, now);
    match plain.covered {
        Some(pool) if !plain.own_desk_open => running(desk, pool, now),
        _ => Vec::new(),
    }
}

/// Since when the office's promise runs for `channel`, if it runs at `now`: the beginning of its own
/// hours, or of the covered ones.
pub(crate) fn promise_runs_from(
    desk: &Desk,
    channel: ChannelKind,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if let Some(own) = own_stretch(&desk.opening, &desk.office, now) {
        return Some(own.start());
    }
    let (zone, calendar) = (desk.office.zone, desk.office.calendar);
    let covering = routing::windows::covering(&desk.coverages, channel, zone, calendar, now)?;
    let hours = Hours { windows: &covering.windows, zone, calendar };
    hours.stretch_at(now).map(|open| open.start().max(covering.from))
}

/// One running shift a person: the lead's, if somebody holds two.
fn running(desk: &Desk, pool: domain::PoolId, now: DateTime<Utc>) -> Vec<Shift> {
    let mut running: Vec<Shift> =
        desk.duties.iter().filter(|shift| shift.pool == pool && shift.span.contains(now)).cloned().collect();
    running.sort_by_key(|shift| (shift.rung, shift.person));
    let mut seen = Vec::new();
    running.retain(|shift| {
        !seen.contains(&shift.person) && {
            seen.push(shift.person);
            true
        }
    });
    running
}

fn languages(people: &[Person], id: PersonId) -> Vec<domain::Language> {
    people.iter().find(|person| person.id == id).map(|person| person.languages.clone()).unwrap_or_default()
}

/// Until when the office's own hours run, if they run at `now`.
pub(crate) fn own_desk_until(desk: &Desk, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    own_stretch(&desk.opening, &desk.office, now).map(|open| open.end())
}

/// The stretch of own hours that runs at `now`.
pub(crate) fn own_stretch(
    opening: &[OpeningHours],
    office: &Organisation,
    now: DateTime<Utc>,
) -> Option<Span> {
    // Hours that began yesterday may pass midnight: what applies is decided by the day they open.
    let open = opening.iter().filter_map(|hours| {
        let open = hours.window.open_at(now, office.zone, office.calendar)?;
        hours.runs_on(time::day(open.start(), office.zone)).then_some(open)
    });
    let open = open.max_by_key(|open| open.end())?;
    // Two windows that touch (a day without a lunch break, written as two) are one stretch.
    let today = windows_on(opening, time::day(now, office.zone));
    let hours = Hours { windows: &today, zone: office.zone, calendar: office.calendar };
    Some(
        hours
            .stretch_at(open.end())
            .and_then(|next| Span::new(open.start(), next.end()).ok())
            .unwrap_or(open),
    )
}

/// When the own desk opens next, strictly after `now`.
fn own_desk_opens_at(desk: &Desk, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    desk.opening.iter().filter_map(|hours| opens_at(hours, &desk.office, now)).min()
}

fn opens_at(hours: &OpeningHours, office: &Organisation, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // A pattern that only begins next month must not open before; one that has ended never opens.
    let begins = time::civil_day(hours.from, office.zone).start() - Duration::microseconds(1);
    let next = hours.window.next_opening(now.max(begins), office.zone, office.calendar)?;
    hours.runs_on(time::day(next, office.zone)).then_some(next)
}

fn windows_on(opening: &[OpeningHours], day: NaiveDate) -> Vec<Window> {
    opening.iter().filter(|hours| hours.runs_on(day)).map(|hours| hours.window).collect()
}

/// Who of some people has to do with a visitor.
struct Acquaintances {
    /// Already in this conversation.
    conversation: Vec<PersonId>,
    /// Answered this visitor before.
    visitor: Vec<PersonId>,
}

async fn acquaintances(
    tx: &Tx<Home>,
    conversation: &Conversation,
    on_duty: &[PersonId],
) -> Result<Acquaintances, Error> {
    let all = conversations::of_visitor(tx, conversation.visitor).await?;
    let authors = messages::authors(tx, all.iter().map(|one| one.id).chain([conversation.id])).await?;
    let has_it = conversation.assigned_to.filter(|person| on_duty.contains(person));
    let in_it = match has_it {
        Some(person) => vec![person],
        None => authors.iter().filter(|(id, _)| *id == conversation.id).map(|(_, author)| *author).collect(),
    };
    Ok(Acquaintances {
        conversation: in_it,
        visitor: authors.into_iter().map(|(_, author)| author).collect(),
    })
}

#[cfg(test)]
#[path = "situation_tests.rs"]
mod tests;
