//! One arrival, one desk, one decision: leads before backups, people present before people who
//! are not, and then whoever is in the conversation, knows the visitor, speaks the language and
//! has the fewest conversations waiting.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use domain::{Because, Considered, Decision, Held, Language, PersonId, PoolId, Rung, Standing};
use serde::{Deserialize, Serialize};

/// How many conversations a person holds at once unless their pool says otherwise, in halves:
/// three chats, or six mails.
pub const CAPACITY_HALVES: u32 = 6;

/// What is known of an office's desk at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Whether the office's own hours run.
    pub own_desk_open: bool,
    /// The pool whose coverage runs for this office and channel.
    pub covered: Option<PoolId>,
    /// Who is on duty in that pool, present or not, in any order.
    pub on_duty: Vec<OnDuty>,
    /// When the next published duty meets the office's covered hours.
    pub next_duty_at: Option<DateTime<Utc>>,
    /// When the office's own desk opens next.
    pub own_desk_opens_at: Option<DateTime<Utc>>,
}

/// Somebody on duty, as far as a decision needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDuty {
    /// Who.
    pub person: PersonId,
    /// Lead or backup.
    pub rung: Rung,
    /// A sign of life within the last 60 seconds, and not set to away.
    pub present: bool,
    /// Conversations that await them, in halves ([`domain::ChannelKind::load_halves`]).
    pub load_halves: u32,
    /// How much they hold, in halves.
    pub capacity_halves: u32,
    /// What they speak.
    pub languages: Vec<Language>,
    /// Whether they answered this visitor before.
    pub knows_visitor: bool,
    /// Whether this conversation is theirs already.
    pub in_conversation: bool,
}

impl OnDuty {
    /// Somebody present with nothing to do, who speaks nothing yet and knows nobody.
    pub fn new(person: PersonId, rung: Rung) -> Self {
        Self {
            person,
            rung,
            present: true,
            load_halves: 0,
            capacity_halves: CAPACITY_HALVES,
            languages: Vec::new(),
            knows_visitor: false,
            in_conversation: false,
        }
    }
}

/// What came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The visitor's language, if it is known.
    pub language: Option<Language>,
    /// How much room it takes, in halves ([`domain::ChannelKind::load_halves`]).
    pub load_halves: u32,
}

/// Somebody who must hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "tell", content = "person")]
pub enum Tell {
    /// Ring this person: they have a conversation that waits.
    Ring(PersonId),
    /// The office's own staff: a conversation waits at their desk.
    OwnDesk,
    /// The planner: the hour is covered and the rota has a hole.
    Planner,
    /// The visitor: nobody is there now, and when somebody will be.
    Visitor,
}

/// A decision, who was weighed for it, and who must hear of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who takes it, or why it waits.
    pub decision: Decision,
    /// Everybody on duty, in the order in which they would have been asked.
    pub considered: Vec<Considered>,
    /// Who must hear that it waits.
    pub tell: Vec<Tell>,
}

/// Who takes what came in.
pub fn decide(desk: &Desk, arrival: &Arrival, now: DateTime<Utc>) -> Decision {
    weigh(desk, arrival, now).decision
}

/// Who takes what came in, with everybody who was weighed and everybody who must hear of it.
pub fn weigh(desk: &Desk, arrival: &Arrival, now: DateTime<Utc>) -> Verdict {
    if desk.own_desk_open {
        return Verdict { decision: Decision::OwnDesk, considered: Vec::new(), tell: vec![Tell::OwnDesk] };
    }
    let Some(pool) = desk.covered else {
        return held(Held::Closed, None, desk, now);
    };
    // Ids decide ties, so the order in which a database lists people never does.
    let mut people: Vec<&OnDuty> = desk.on_duty.iter().collect();
    people.sort_by_key(|one| one.person);
    match choose(&people, arrival) {
        None => held(Held::NobodyOnDuty, Some(pool), desk, now),
        Some((chosen, because)) => Verdict {
            decision: Decision::Assign { to: chosen.person, because },
            considered: standings(people, chosen, arrival),
            tell: vec![Tell::Ring(chosen.person)],
        },
    }
}

/// It waits; the visitor is told until when, the planner of a hole.
fn held(because: Held, pool: Option<PoolId>, desk: &Desk, now: DateTime<Utc>) -> Verdict {
    let opens_at = [desk.next_duty_at, desk.own_desk_opens_at]
        .into_iter()
        .flatten()
        .filter(|opening| *opening >= now)
        .min();
    let tell = match because {
        Held::NobodyOnDuty => vec![Tell::Planner, Tell::Visitor],
        Held::Closed => vec![Tell::Visitor],
    };
    Verdict { decision: Decision::Hold { because, pool, opens_at }, considered: Vec::new(), tell }
}

/// The person for it and the reason, out of `people` in the order of their ids.
fn choose<'a>(people: &[&'a OnDuty], arrival: &Arrival) -> Option<(&'a OnDuty, Because)> {
    let first_rung = people.iter().map(|one| one.rung).min()?;
    let present: Vec<&OnDuty> = people.iter().copied().filter(|one| one.present).collect();
    if present.is_empty() {
        let rung = people.iter().copied().filter(|one| one.rung == first_rung).collect();
        return Some((best_of(rung, arrival).0, Because::FirstToRing));
    }
    let with_room: Vec<&OnDuty> = present.iter().copied().filter(|one| has_room(one, arrival)).collect();
    // A visitor keeps the person who is answering, backup or not.
    if let Some(in_it) =
        with_room.iter().copied().filter(|one| one.in_conversation).min_by_key(|one| one.rung)
    {
        return Some((in_it, Because::InThisConversation));
    }
    let Some(rung) = with_room.iter().map(|one| one.rung).min() else {
        let asked = present.iter().map(|one| one.rung).min()?;
        let full = present.into_iter().filter(|one| one.rung == asked).collect();
        return Some((best_of(full, arrival).0, Because::EverybodyIsFull));
    };
    let (best, because) = best_of(with_room.into_iter().filter(|one| one.rung == rung).collect(), arrival);
    if rung == Rung::Lead || first_rung == Rung::Backup {
        return Some((best, because));
    }
    let a_lead_is_here = present.iter().any(|one| one.rung == Rung::Lead);
    Some((best, if a_lead_is_here { Because::LeadsAreFull } else { Because::LeadsAreAway }))
}

/// Whether what came in still fits. A conversation somebody is in already has its place.
fn has_room(one: &OnDuty, arrival: &Arrival) -> bool {
    let asked = if one.in_conversation { 0 } else { arrival.load_halves };
    one.load_halves.saturating_add(asked) <= one.capacity_halves
}

/// What sets people of one rung apart, in the order in which it counts; smaller is better.
fn merits(one: &OnDuty, arrival: &Arrival) -> [(u32, Because); 4] {
    let speaks = arrival.language.is_none_or(|language| one.languages.contains(&language));
    [
        (u32::from(!one.in_conversation), Because::InThisConversation),
        (u32::from(!one.knows_visitor), Because::KnowsTheVisitor),
        (u32::from(!speaks), Because::SpeaksTheLanguage),
        (one.load_halves, Because::LeastBusy),
    ]
}

/// The best of people of one rung, in the order of ids, and the merit that left nobody beside them.
///
/// Expects at least one person.
fn best_of<'a>(mut people: Vec<&'a OnDuty>, arrival: &Arrival) -> (&'a OnDuty, Because) {
    let mut because = Because::Leads;
    for merit in 0..4 {
        let best = people.iter().map(|one| merits(one, arrival)[merit].0).min().unwrap_or_default();
        let before = people.len();
        people.retain(|one| merits(one, arrival)[merit].0 == best);
        if people.len() < before {
            because = merits(people[0], arrival)[merit].1;
        }
    }
    (people[0], because)
}

/// Everybody on duty, the chosen one first, each with what became of them.
fn standings(mut people: Vec<&OnDuty>, chosen: &OnDuty, arrival: &Arrival) -> Vec<Considered> {
    let order = |one: &OnDuty| merits(one, arrival).map(|(rank, _)| rank);
    people.sort_by_key(|one| {
        (one.person != chosen.person, Reverse(one.present), one.rung, order(one), one.person)
    });
    let standing = |one: &OnDuty| {
        if one.person == chosen.person {
            return Standing::Chosen;
        }
        // When everybody is away or full, that sets nobody apart.
        if !one.present && chosen.present {
            return Standing::Away;
        }
        if !has_room(one, arrival) && has_room(chosen, arrival) {
            return Standing::Full;
        }
        if chosen.in_conversation && !one.in_conversation {
            return Standing::NotInThisConversation;
        }
        if one.rung > chosen.rung {
            return Standing::BehindTheLead;
        }
        let worse =
            merits(one, arrival).into_iter().zip(merits(chosen, arrival)).find(|(own, best)| own.0 > best.0);
        match worse.map(|(own, _)| own.1) {
            Some(Because::KnowsTheVisitor) => Standing::DoesNotKnowTheVisitor,
            Some(Because::SpeaksTheLanguage) => Standing::DoesNotSpeakTheLanguage,
            Some(Because::LeastBusy) => Standing::Busier,
            _ => Standing::AsGood,
        }
    };
    people.into_iter().map(|one| Considered { person: one.person, standing: standing(one) }).collect()
}
