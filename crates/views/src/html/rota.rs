//! The rota board: view, build, adjust and publish a plan.
//!
//! The board shows fourteen days by advisor, by shift or by office; on a phone it is a list of days.

mod board;
mod days;
mod head;
mod heat;
mod learners;
mod panel;
mod preview;
mod quality;
mod rows;
mod rules;
mod wishes;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    AssignmentId, ChangeId, Finding, Gravity, Language, Minutes, PersonId, Quality, RotaId, RotaStatus, Rung,
    ShiftId, Skill, Span, WishRound, finding::Rule,
};
use maud::{Markup, html};

pub use self::preview::{given_words, render_preview};
pub use self::rules::{accepted_words, amount_words, cure_words, finding_words, remark_title, rule_words};
use super::{
    components::Face,
    notices::{self, Told},
    shell::{self, Frame},
};
use crate::Reader;

/// How the board is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A row for each advisor.
    #[default]
    Advisor,
    /// A row for each kind of duty.
    Shift,
    /// A row for each office.
    Office,
}

impl View {
    /// Every view, in the order a page lists them.
    pub const ALL: [Self; 3] = [Self::Advisor, Self::Shift, Self::Office];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Advisor => "advisor",
            Self::Shift => "shift",
            Self::Office => "office",
        }
    }

    /// The view written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}

/// One place of the rota.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id.
    pub assignment: AssignmentId,
    /// The local day on which it starts.
    pub day: NaiveDate,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Languages the person must speak.
    pub languages: Vec<Language>,
    /// How well, which destinations they must know, and on which channels answer.
    pub skills: Vec<Skill>,
    /// Who; `None` is a gap.
    pub person: Option<PersonId>,
    /// Whether a new build must leave it as it is.
    pub pinned: bool,
    /// The published duty in it that can be handed over: one to come, or running.
    pub shift: Option<ShiftId>,
}

/// An advisor and how much they carry.
#[derive(Clone, Debug)]
pub struct Advisor {
    /// Who.
    pub face: Face,
    /// The languages they answer in.
    pub languages: Vec<Language>,
    /// Minutes of duty in the whole rota, as the ledger counts them.
    pub carried: i64,
    /// Their fair share of it.
    pub fair: i64,
}

/// What is said of one person's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Away, or "can't": refused everywhere.
    Away,
    /// Only if nobody else can.
    RatherNot,
    /// Would like a duty.
    Wish,
}

/// Somebody who could fill a gap, and what speaks for it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub face: Face,
    /// What would follow.
    pub consequences: Vec<Consequence>,
}

/// Somebody who is kept out of a gap.
#[derive(Clone, Debug)]
pub struct KeptOut {
    /// Their given name.
    pub name: String,
    /// The first rule in the way.
    pub rule: Rule,
    /// Whether a reason written down would let them in.
    pub gravity: Gravity,
}

/// A gap, why nobody stands in it, and who could.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The place.
    pub assignment: AssignmentId,
    /// Who cannot, or not without a reason.
    pub kept_out: Vec<KeptOut>,
    /// Up to three people who could, best first.
    pub candidates: Vec<Candidate>,
}

/// Something the judge found, with the name of whom it concerns.
#[derive(Clone, Debug)]
pub struct Remark {
    /// What was found.
    pub finding: Finding,
    /// The person's given name.
    pub name: String,
    /// How it was accepted, if it was.
    pub accepted: Option<Accepted>,
}

/// That a named person accepted a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Given and family name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// In their words.
    pub reason: String,
}

impl Remark {
    /// Whether a named person must give a reason before it can be published.
    pub fn needs_a_reason(&self) -> bool {
        self.finding.gravity == Gravity::Overridable && self.accepted.is_none()
    }
}

/// One line of what would follow if a person took a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Consequence {
    /// No rule stands against it.
    RulesKept,
    /// They speak the language the place needs.
    Speaks(Language),
    /// They wished for a duty that day.
    Wished,
    /// They would rather not that day.
    RatherNot,
    /// Their minutes above (or below) their fair share, before and after.
    Share {
        /// Now.
        before: i64,
        /// Afterwards.
        after: i64,
    },
    /// Rest before or after, when it is short but lawful, in minutes.
    Rest(i64),
    /// A rule stands against it.
    Breaks(Finding),
}

/// How a build goes.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Whether the solver is at work.
    pub running: bool,
    /// For how many seconds it has worked.
    pub seconds: u32,
    /// The best plan so far at each improvement: seconds since the start (in tenths), score of 100.
    pub curve: Vec<(u32, u8)>,
    /// Seconds since the last improvement.
    pub quiet: u32,
    /// Whether no better plan can exist.
    pub proved: bool,
    /// Whether somebody stopped it.
    pub stopped: bool,
    /// How many builds are to be done before it, while it waits for its turn.
    pub before: Option<u32>,
    /// When it began anew, if it was interrupted.
    pub begun_again_at: Option<DateTime<Utc>>,
    /// How good the plan is beside the best there can be.
    pub quality: Option<Quality>,
}

impl Progress {
    /// Whether it waits, so that nothing is there to be shown yet.
    fn waits(&self) -> bool {
        self.running && self.before.is_some()
    }
}

/// When visitors wrote, and when the rota watches: by weekday from Monday, by hour.
#[derive(Clone, Debug)]
pub struct Heat {
    /// Messages in the last weeks.
    pub messages: [[u32; 24]; 7],
    /// Whether the rota covers the hour.
    pub covered: [[bool; 24]; 7],
    /// Over how many weeks they were counted.
    pub weeks: u32,
}

/// Figures of the whole rota.
#[derive(Clone, Debug)]
pub struct Score {
    /// Duties that have a lead.
    pub led: usize,
    /// Duties there are.
    pub duties: usize,
    /// Rules broken.
    pub broken: usize,
    /// Wishes kept, and wishes there were ("wish" with a duty, "rather not" without one).
    pub wishes: (usize, usize),
    /// Minutes between who is most above and who is most below their fair share.
    pub fairness_gap: Minutes,
}

/// What the board shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The rota.
    pub rota: RotaId,
    /// Its version: every change carries the one it saw.
    pub version: i64,
    /// The how-manieth draft of this period it is.
    pub number: u32,
    /// Where it is on its way.
    pub status: RotaStatus,
    /// The pool.
    pub pool: String,
    /// Its offices with their colours.
    pub offices: Vec<(String, u8)>,
    /// First and last day of the rota.
    pub days: (NaiveDate, NaiveDate),
    /// First day shown, a Monday if it can be.
    pub from: NaiveDate,
    /// How the board is turned.
    pub view: View,
    /// Every advisor, in the order of rows.
    pub advisors: Vec<Advisor>,
    /// Every place of the days shown.
    pub places: Vec<Place>,
    /// What people said of the days shown.
    pub marks: Vec<(PersonId, NaiveDate, Mark)>,
    /// Public holidays among the days shown.
    pub holidays: Vec<NaiveDate>,
    /// Figures of the whole rota.
    pub score: Score,
    /// Gaps of the whole rota, soonest first.
    pub gaps: Vec<Gap>,
    /// What the judge found.
    pub remarks: Vec<Remark>,
    /// How many people a publication would tell.
    pub told: usize,
    /// Days between today and the first duty that would be published.
    pub notice: Option<i64>,
    /// Whether the needs ask for other places to come than those it has.
    pub stale: bool,
    /// How the build goes, if one was made.
    pub progress: Option<Progress>,
    /// When visitors write.
    pub heat: Option<Heat>,
    /// Until when wishes of which days are taken, as far as they are to come.
    pub rounds: Vec<WishRound>,
    /// Who was told of it, once it was published.
    pub notices: Vec<Told>,
    /// The last change, if it can be taken back.
    pub undo: Option<ChangeId>,
    /// Earlier versions of what is published: their number, and when they were published.
    pub earlier: Vec<(RotaId, u32, DateTime<Utc>)>,
}

impl Model {
    /// The fourteen days shown, or fewer where the rota ends.
    fn shown(&self) -> Vec<NaiveDate> {
        self.from.iter_days().take(14).take_while(|day| *day <= self.days.1).collect()
    }

    /// Whether the plan may be changed.
    fn editable(&self) -> bool {
        matches!(self.status, RotaStatus::Draft | RotaStatus::Building)
    }

    /// Whether it is published, or was.
    fn was_published(&self) -> bool {
        matches!(self.status, RotaStatus::Published | RotaStatus::Superseded)
    }

    /// The address of one of the rota's forms.
    fn action(&self, verb: &str) -> String {
        format!("/rota/{}/{verb}", self.rota)
    }

    fn advisor(&self, person: PersonId) -> Option<&Advisor> {
        self.advisors.iter().find(|advisor| advisor.face.id == person)
    }

    fn mark(&self, person: PersonId, day: NaiveDate) -> Option<Mark> {
        self.marks.iter().find(|(who, when, _)| (*who, *when) == (person, day)).map(|(.., mark)| *mark)
    }

    /// Whether the day is Saturday, Sunday or a public holiday.
    fn is_free(&self, day: NaiveDate) -> bool {
        day.weekday().number_from_monday() > 5 || self.holidays.contains(&day)
    }
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let main = html! {
        (head::head(reader, model))
        div.rota {
            div.rota-main {
                (board::board(reader, model))
                (days::days(reader, model))
            }
            div.rota-side {
                (panel::build(reader, model))
                (panel::still_to_look_at(reader, model))
                @if model.was_published() { (notices::card(reader, model.rota, &model.notices)) }
                @if model.status != RotaStatus::Building && model.status != RotaStatus::Discarded && model.status != RotaStatus::Superseded {
                    (learners::card(reader, model))
                }
                (wishes::card(reader, model))
                @if let Some(heat) = &model.heat { (heat::card(reader, heat)) }
            }
        }
    };
    let title =
        format!("{} · {}", reader.words().say("place-rota"), reader.words().days(model.days.0, model.days.1));
    shell::page(reader, frame, &title, main)
}
