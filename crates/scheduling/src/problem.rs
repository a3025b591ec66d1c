//! Everything there is to know before a rota is made: the slots, the people, and what was before.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{DutyKind, Language, Law, Minutes, PersonId, Rung, Slot, Span, WishKind};
use serde::{Deserialize, Serialize};

/// Who stands in each slot, in the order of [`Problem::places`]; `None` is a hole.
pub type Rota = Vec<Option<PersonId>>;

/// The whole question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Where the pool's wall clocks hang: the days of wishes and of "can't" are counted there.
    pub zone: Tz,
    /// What must be filled, in the order of time.
    pub places: Vec<Place>,
    /// Who may fill it, each person once.
    pub candidates: Vec<Candidate>,
    /// By how much somebody's hours may miss their fair share before it counts at all.
    pub tolerance: Minutes,
}

impl Problem {
    /// A problem with an hour of tolerance.
    pub fn new(zone: Tz, places: Vec<Place>, candidates: Vec<Candidate>) -> Self {
        Self { zone, places, candidates, tolerance: Minutes::hours(1) }
    }

    /// The candidate of that id.
    pub fn candidate(&self, person: PersonId) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.person == person)
    }

    /// The rota as it stood before: presets, and holes elsewhere.
    pub fn preset(&self) -> Rota {
        self.places.iter().map(|place| place.preset).collect()
    }
}

/// A slot with what is already known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The slot.
    pub slot: Slot,
    /// Active duty is work; waiting on standby is rest, yet still binds a person to one place.
    pub kind: DutyKind,
    /// Who stood in it before: kept if nothing better speaks against it.
    pub preset: Option<PersonId>,
    /// Whether `preset` must stay as it is, a hole included.
    pub pinned: bool,
    /// What it counts in the ledger of fairness. Never used for the law.
    pub worth: Minutes,
}

impl Place {
    /// An open place of active duty, worth its minutes; a backup's are worth half.
    pub fn open(slot: Slot) -> Self {
        let worth = worth(&slot, 10_000);
        Self { slot, kind: DutyKind::Active, preset: None, pinned: false, worth }
    }

    /// The same place with somebody in it who may be moved.
    pub fn with(self, person: Option<PersonId>) -> Self {
        Self { preset: person, ..self }
    }

    /// The same place, not to be touched.
    pub fn pinned(self) -> Self {
        Self { pinned: true, ..self }
    }

    /// The same place, weighing `weight_bp` basis points of its minutes (15 000 for a Sunday, say).
    pub fn weighing(self, weight_bp: u32) -> Self {
        Self { worth: worth(&self.slot, weight_bp), ..self }
    }
}

/// The minutes of `slot` at `weight_bp` basis points, halved for a backup, rounded down.
fn worth(slot: &Slot, weight_bp: u32) -> Minutes {
    let halves = match slot.rung {
        Rung::Lead => 2,
        Rung::Backup => 1,
    };
    let minutes = u64::from(slot.span.length().0) * u64::from(weight_bp) * halves / 20_000;
    Minutes(u32::try_from(minutes).unwrap_or(u32::MAX))
}

/// Somebody who may stand watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// What they answer in.
    pub languages: Vec<Language>,
    /// Where they live by the clock: the civil days and weeks of the law are counted there.
    pub zone: Tz,
    /// Their employments, inside the pool and outside it.
    pub employments: Vec<Employed>,
    /// Ordinary office hours, one entry a day, breaks left out; see [`crate::needs::office_days`].
    pub office: Vec<OfficeDay>,
    /// Times at which they are away, whatever the reason.
    pub absences: Vec<Span>,
    /// What they said of days.
    pub wishes: Vec<Wish>,
    /// Work that stands already: duties published elsewhere, and at least the ten days before the
    /// period. Standby elsewhere is no work: put it among `absences`.
    pub busy: Vec<Span>,
    /// Their part of the whole, in basis points of a full-time share; 0 leaves them out of the
    /// ledger and of the rota.
    pub share_bp: u32,
    /// What they gave beyond their share so far, in worth-minutes; less than zero if they owe.
    pub balance: i64,
}

impl Candidate {
    /// A full-time candidate of the pool, free at all hours.
    pub fn new(person: PersonId, zone: Tz, employments: Vec<Employed>) -> Self {
        Self {
            person,
            languages: Vec::new(),
            zone,
            employments,
            office: Vec::new(),
            absences: Vec::new(),
            wishes: Vec::new(),
            busy: Vec::new(),
            share_bp: 10_000,
            balance: 0,
        }
    }

    /// What they said of `day`.
    pub fn wish_on(&self, day: NaiveDate) -> Option<WishKind> {
        self.wishes.iter().find(|wish| wish.day == day).map(|wish| wish.kind)
    }
}

/// An employment as far as a rota needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Employed {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// Under which law.
    pub law: Law,
    /// Whether the employer is a member of the pool. Another employer's law binds all the same.
    pub in_pool: bool,
}

/// The ordinary office hours of one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficeDay {
    /// The day, in the office's zone.
    pub day: NaiveDate,
    /// Its hours, breaks left out.
    pub usual: Vec<Span>,
    /// Its hours when the person has a duty that starts on the same day (a late start, a longer
    /// midday break); the same as `usual` where the employer allows no variant.
    pub on_duty: Vec<Span>,
}

/// What somebody said of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The day, in the pool's zone.
    pub day: NaiveDate,
    /// "Can't" refuses every duty that touches the day; the others speak of duties that start on it.
    pub kind: WishKind,
}
