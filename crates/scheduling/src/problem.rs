//! Everything there is to know before a rota is made: the slots, the people, and what was before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    Calendar, DutyKind, Language, Law, Minutes, OrganisationId, PersonId, Rung, Skills, Slot, Span, WishKind,
};
use serde::{Deserialize, Serialize};

use crate::law::Setting;

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
    /// On which day of the pool's zone people would be told of what is new in a rota; `None` where
    /// nobody is to be told yet, and notice is not looked at.
    #[serde(default)]
    pub told: Option<NaiveDate>,
    /// The offices for which the pool watches; where it is not known, nobody answers for another's.
    #[serde(default)]
    pub offices: Vec<OrganisationId>,
    /// What offices are called, for findings that name them.
    #[serde(default)]
    pub names: BTreeMap<OrganisationId, String>,
    /// Within how long answers are promised: what makes standby tight.
    #[serde(default)]
    pub promise: Option<Minutes>,
}

impl Problem {
    /// A problem with an hour of tolerance.
    pub fn new(zone: Tz, places: Vec<Place>, candidates: Vec<Candidate>) -> Self {
        Self {
            zone,
            places,
            candidates,
            tolerance: Minutes::hours(1),
            told: None,
            offices: Vec::new(),
            names: BTreeMap::new(),
            promise: None,
        }
    }

    /// The candidate of that id.
    pub fn candidate(&self, person: PersonId) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.person == person)
    }

    /// The rota as it stood before: presets, and holes elsewhere.
    pub fn preset(&self) -> Rota {
        self.places.iter().map(|place| place.preset).collect()
    }

    /// The first day on which a place begins; the laws in force are those of that day.
    pub fn first_day(&self) -> NaiveDate {
        first_day(&self.places)
    }

    /// On which day `person`, in `place`, was told of it or would be; `None` where that is not known, or
    /// where they agreed to it themselves.
    pub fn told_on(&self, place: &Place, person: PersonId) -> Option<NaiveDate> {
        if place.preset != Some(person) {
            return self.told;
        }
        if place.agreed { None } else { place.told.or(self.told) }
    }

    /// Whether giving `place` to `person` changes what people were told: something was published for these
    /// days, and they did not hold it.
    pub fn changes(&self, place: &Place, person: PersonId) -> bool {
        changes(&self.places, place, person)
    }
}

/// The first day on which one of `places` begins.
pub(crate) fn first_day(places: &[Place]) -> NaiveDate {
    places.iter().map(|place| place.slot.day).min().unwrap_or_default()
}

/// [`Problem::changes`], where the rota has these `places`.
pub(crate) fn changes(places: &[Place], place: &Place, person: PersonId) -> bool {
    let published = places.iter().any(|place| place.told.is_some());
    published && !(place.told.is_some() && place.preset == Some(person))
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
    /// On which day of the pool's zone `preset` was told of it, if they were.
    #[serde(default)]
    pub told: Option<NaiveDate>,
    /// Whether `preset` took it of their own will: notice, which protects from what others decide, is not
    /// looked at.
    #[serde(default)]
    pub agreed: bool,
}

impl Place {
    /// An open place of active duty, worth its minutes; a backup's are worth half.
    pub fn open(slot: Slot) -> Self {
        let worth = worth(&slot, 10_000);
        Self { slot, kind: DutyKind::Active, preset: None, pinned: false, worth, told: None, agreed: false }
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

/// The minutes of `slot` at `weight_bp` basis points, halved for a backup, none for a learner, rounded down.
fn worth(slot: &Slot, weight_bp: u32) -> Minutes {
    let halves = match slot.rung {
        Rung::Lead => 2,
        Rung::Backup => 1,
        Rung::Learner => 0,
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
    /// How well, which destinations they know besides those they work for, on which channels they answer.
    #[serde(default)]
    pub skills: Skills,
    /// Where they live by the clock: the civil days and weeks of the law are counted there.
    pub zone: Tz,
    /// Their employments, inside the pool and outside it.
    pub employments: Vec<Employed>,
    /// Ordinary office hours, one entry a day and employer, breaks left out; see [`crate::needs::office_days`].
    pub office: Vec<OfficeDay>,
    /// Times at which they are away, whatever the reason: they are at no desk then.
    pub absences: Vec<Span>,
    /// What they said of days.
    pub wishes: Vec<Wish>,
    /// Work that stands already: duties published elsewhere, and at least the ten days before the
    /// period; twelve weeks, so that averages look back. Standby elsewhere is no work: it stands in
    /// `standby`.
    pub busy: Vec<Work>,
    /// Hours for other employers, as they told us. They bind like `busy`; where only they make a
    /// maximum too much, the finding names the article on several employers.
    #[serde(default)]
    pub elsewhere: Vec<Span>,
    /// Answers given on standby: work that breaks rests.
    #[serde(default)]
    pub interventions: Vec<Work>,
    /// Standby that stands already, here and elsewhere: counted where a law counts its days. It is no
    /// work, yet nobody can be in two places.
    #[serde(default)]
    pub standby: Vec<Span>,
    /// When they were born, if they may be under age.
    #[serde(default)]
    pub born: Option<NaiveDate>,
    /// Their part of the whole on a day on which they owe one, in basis points of a full-time share; 0
    /// leaves them out of the ledger and of the rota.
    pub share_bp: u32,
    /// Days on which they owe nothing, from the first to the last of each row. They may stand watch.
    #[serde(default)]
    pub exempt: Vec<(NaiveDate, NaiveDate)>,
    /// What they gave beyond their share so far, in worth-minutes; less than zero if they owe.
    pub balance: i64,
}

impl Candidate {
    /// A full-time candidate of the pool, free at all hours.
    pub fn new(person: PersonId, zone: Tz, employments: Vec<Employed>) -> Self {
        Self {
            person,
            languages: Vec::new(),
            skills: Skills::default(),
            zone,
            employments,
            office: Vec::new(),
            absences: Vec::new(),
            wishes: Vec::new(),
            busy: Vec::new(),
            elsewhere: Vec::new(),
            interventions: Vec::new(),
            standby: Vec::new(),
            born: None,
            share_bp: 10_000,
            exempt: Vec::new(),
            balance: 0,
        }
    }

    /// What they said of `day`.
    pub fn wish_on(&self, day: NaiveDate) -> Option<WishKind> {
        self.wishes.iter().find(|wish| wish.day == day).map(|wish| wish.kind)
    }
}

/// Work, and who is answerable for it: contracts are measured by the hours of their own employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// From when to when.
    pub span: Span,
    /// For whom, as [`Employed::employer`] names them.
    #[serde(default)]
    pub employer: Option<OrganisationId>,
}

/// Work for the employer without a name.
impl From<Span> for Work {
    fn from(span: Span) -> Self {
        Self { span, employer: None }
    }
}

/// An employment as far as a rota needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Employed {
    /// For whom. Whoever has one employer only may leave them without a name.
    #[serde(default)]
    pub employer: Option<OrganisationId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// Under which law.
    pub law: Law,
    /// Whether the employer is a member of the pool. Another employer's law binds all the same.
    pub in_pool: bool,
    /// Contract minutes a week. `None` where unknown, or where another entry of the same employment
    /// says it: contracts of all entries are added up.
    #[serde(default)]
    pub weekly: Option<Minutes>,
    /// What the employer's agreements and permits change of the law.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// Which public holidays the employer keeps; `None` where unknown.
    #[serde(default)]
    pub calendar: Option<Calendar>,
    /// Whether the employer is a tourist office, which by right rests by rota on Sundays in France.
    #[serde(default = "yes")]
    pub tourist_office: bool,
}

fn yes() -> bool {
    true
}

impl Employed {
    /// An employment at a tourist office, without agreements, its contract and calendar unknown.
    pub fn new(from: NaiveDate, until: Option<NaiveDate>, law: Law, in_pool: bool) -> Self {
        Self {
            employer: None,
            from,
            until,
            law,
            in_pool,
            weekly: None,
            settings: Vec::new(),
            calendar: None,
            tourist_office: true,
        }
    }

    /// Whether it runs on a day from `from` to `until`, both included.
    pub fn runs(&self, from: NaiveDate, until: NaiveDate) -> bool {
        self.from <= until && self.until.is_none_or(|last| from <= last)
    }
}

/// The ordinary office hours of one day at one employer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficeDay {
    /// At whose office, as [`Employed::employer`] names them.
    #[serde(default)]
    pub employer: Option<OrganisationId>,
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
