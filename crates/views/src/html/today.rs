//! Today: who is on now, tonight's line, and what needs the planner.

use chrono::{DateTime, Utc};
use domain::{AssignmentId, ConversationId, Held, Language, NeedId, RotaId, Rung, Span};
use maud::{Markup, html};

use super::{
    components::{Face, page_head},
    shell::{self, Frame},
};
use crate::Reader;

/// One person's duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who.
    pub face: Face,
    /// Lead or backup.
    pub rung: Rung,
    /// From when to when.
    pub span: Span,
    /// Whether they gave a sign of life in the last minutes; only told while the duty runs.
    pub present: bool,
}

/// A place in the rota that nobody fills.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The rota it stands in.
    pub rota: RotaId,
    /// The place.
    pub assignment: AssignmentId,
    /// The need it comes from.
    pub need: NeedId,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Languages the person must speak.
    pub languages: Vec<Language>,
}

/// A conversation nobody has.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// The visitor's name, or what stands for it.
    pub visitor: String,
    /// The office and its colour.
    pub office: (String, u8),
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why nobody has it.
    pub because: Held,
    /// When somebody will be there, if that is known.
    pub opens_at: Option<DateTime<Utc>>,
}

/// Somebody with a duty ahead who cannot be rung.
#[derive(Clone, Debug)]
pub struct Unreachable {
    /// Who.
    pub face: Face,
    /// Their next duty.
    pub next: Span,
    /// When they were last seen here, if ever.
    pub seen: Option<DateTime<Utc>>,
}

/// A rota being built or waiting to be published.
#[derive(Clone, Debug)]
pub struct Build {
    /// Which.
    pub rota: RotaId,
    /// First and last day.
    pub days: (chrono::NaiveDate, chrono::NaiveDate),
    /// Whether the solver is at work.
    pub building: bool,
    /// Places filled, and places there are.
    pub filled: (usize, usize),
}

/// What Today knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The pool.
    pub pool: String,
    /// Duties of today (and of the night into tomorrow), in order.
    pub duties: Vec<Duty>,
    /// The hours the pool watches today, in order.
    pub watched: Vec<Span>,
    /// The next duties when nobody is on now.
    pub next: Vec<Duty>,
    /// When visitors wrote today.
    pub arrivals: Vec<DateTime<Utc>>,
    /// How many of them a person has answered.
    pub answered: usize,
    /// Gaps in the next fourteen days, soonest first.
    pub gaps: Vec<Gap>,
    /// Conversations held, longest wait first.
    pub waiting: Vec<Waiting>,
    /// People who cannot be rung, by their next duty.
    pub unreachable: Vec<Unreachable>,
    /// Rotas being built or drafted.
    pub builds: Vec<Build>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.pool, &words.day(reader.today()), html! {}))
    };
    shell::page(reader, frame, &words.say("place-today"), main)
}
