//! Compare and publish: who gains and loses what, who is told, how much notice they get.

use chrono::NaiveDate;
use domain::{RotaId, Rung, Span};
use maud::{Markup, html};

use super::{
    components::Face,
    shell::{self, Frame},
};
use crate::Reader;

/// One duty that comes, goes, or changes its rung or hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
}

/// What changes for one person.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub face: Face,
    /// Duties they get, in order.
    pub gains: Vec<Duty>,
    /// Duties they no longer have, in order.
    pub loses: Vec<Duty>,
    /// How many stay as they are.
    pub keeps: usize,
    /// Days until the first duty that changes.
    pub notice: i64,
}

/// The draft beside what is published.
#[derive(Clone, Debug)]
pub struct Model {
    /// The draft.
    pub rota: RotaId,
    /// Its version.
    pub version: i64,
    /// The pool.
    pub pool: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Whether something of these days was published before.
    pub replaces: bool,
    /// Whom something changes for, by name.
    pub changes: Vec<Change>,
    /// People for whom nothing changes: they are not written to.
    pub untouched: usize,
    /// Places nobody fills.
    pub gaps: usize,
    /// Rules that refuse everywhere and are broken: publishing waits until there are none.
    pub refused: usize,
    /// Days of notice the law or the agreement asks for.
    pub notice_asked: i64,
    /// The message typed so far.
    pub message: String,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let _ = model;
    shell::page(reader, frame, &reader.words().say("place-rota"), html! {})
}
