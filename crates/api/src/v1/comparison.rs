//! What publishing a rota would change for whom, and what the rules say of it.

use chrono::{DateTime, Utc};
use domain::{Cure, Finding, Span};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::html::{
    compare::{Change, Duty, Model},
    rota::Remark,
};

use super::{
    skills::{self, SkillShown},
    words::RungName,
};

/// A rota beside what is published.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    /// The rota.
    pub rota: Uuid,
    /// Whether something of its days was published before.
    pub replaces: bool,
    /// For whom something would change: they would be told.
    pub changes: Vec<ChangeShown>,
    /// For how many people nothing would: they would not be told.
    pub untouched: usize,
    /// How many places to come nobody stands in.
    pub open_places: usize,
    /// What is wrong with it, the gravest first. It can be published once none is `absolute`; each that is
    /// `overridable` and not `accepted` yet needs your reason.
    pub findings: Vec<FindingShown>,
}

/// What would change for one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeShown {
    /// Who.
    pub person: Uuid,
    /// Duties they would get.
    pub gains: Vec<Stretch>,
    /// Duties they would no longer have.
    pub loses: Vec<Stretch>,
    /// How many they would keep as they are.
    pub keeps: usize,
    /// How many clear days lie between being told now and the first duty they would get; null where they
    /// would get none.
    pub notice_days: Option<i64>,
    /// Whether a law that binds them asks for more notice: the findings of the rule `notice` say which.
    pub notice_too_short: bool,
}

/// A duty, from when to when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stretch {
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// In which order they would be asked.
    pub rung: RungName,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingShown {
    /// What it is told apart by, where a publication gives it a reason.
    pub key: String,
    /// The rule: `overlap`, `absence`, `daily_rest` …
    pub rule: String,
    /// The article it comes from; empty for a rule of the house.
    pub article: String,
    /// `absolute` (refused everywhere), `overridable` or `warning`.
    pub gravity: String,
    /// Whom it concerns.
    pub person: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// What was measured, in `unit`.
    pub measured: i64,
    /// What the rule asks for or allows, in `unit`.
    pub limit: i64,
    /// What they count: `minutes`, `days`, `times`, `percent` or `years`.
    pub unit: String,
    /// What exactly is missing, where a skill is: `language`, `destination`, `channel`.
    pub lacks: Vec<SkillShown>,
    /// The smallest change that cures it, where one is known and was looked for: of a rota's findings it
    /// is, of what would be wrong with a change it is not.
    pub cure: Option<CureShown>,
    /// Why it was accepted, if it was, by whom and when.
    pub accepted: Option<AcceptedShown>,
}

/// The smallest change that cures a finding.
#[derive(Debug, Serialize, ToSchema)]
pub struct CureShown {
    /// `give_away`: give the duty from `starts_at` to `ends_at` to somebody else. `pause`: put a pause of
    /// `minutes` in, which begins no later than `starts_at`.
    pub kind: String,
    /// When the duty begins, or when the pause begins at the latest.
    pub starts_at: DateTime<Utc>,
    /// When the duty ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// How long the pause is at least.
    pub minutes: Option<u32>,
}

impl CureShown {
    /// Nothing where only another plan would help.
    fn of(cure: &Cure) -> Option<Self> {
        match *cure {
            Cure::GiveAway(span) => Some(Self {
                kind: "give_away".to_owned(),
                starts_at: span.start(),
                ends_at: Some(span.end()),
                minutes: None,
            }),
            Cure::Pause { by, minutes } => Some(Self {
                kind: "pause".to_owned(),
                starts_at: by,
                ends_at: None,
                minutes: Some(minutes.0),
            }),
            Cure::Replan => None,
        }
    }
}

/// That a named person accepted a finding.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedShown {
    /// Given and family name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl Comparison {
    /// What a page says, as a program reads it.
    pub fn of(model: Model) -> Self {
        Self {
            rota: model.rota.0,
            replaces: model.replaces,
            changes: model.changes.into_iter().map(ChangeShown::from).collect(),
            untouched: model.untouched,
            open_places: model.gaps,
            findings: model.remarks.into_iter().map(FindingShown::from).collect(),
        }
    }
}

impl From<Change> for ChangeShown {
    fn from(change: Change) -> Self {
        Self {
            person: change.face.id.0,
            gains: change.gains.into_iter().map(Stretch::from).collect(),
            loses: change.loses.into_iter().map(Stretch::from).collect(),
            keeps: change.keeps,
            notice_days: change.notice,
            notice_too_short: change.short,
        }
    }
}

impl From<Duty> for Stretch {
    fn from(Duty { span, rung }: Duty) -> Self {
        Self { starts_at: span.start(), ends_at: span.end(), rung: RungName(rung) }
    }
}

impl From<Remark> for FindingShown {
    fn from(remark: Remark) -> Self {
        let accepted =
            remark.accepted.map(|one| AcceptedShown { by: one.by, at: one.at, reason: one.reason });
        let cure = CureShown::of(&remark.finding.cure);
        Self { accepted, cure, ..Self::from(remark.finding) }
    }
}

impl From<Finding> for FindingShown {
    fn from(finding: Finding) -> Self {
        Self {
            key: finding.key(),
            rule: finding.rule.word().to_owned(),
            gravity: word(&finding.gravity),
            article: finding.article,
            person: finding.person.0,
            starts_at: finding.span.start(),
            ends_at: finding.span.end(),
            measured: finding.measured,
            limit: finding.limit,
            unit: finding.unit.word().to_owned(),
            lacks: finding.lacks.into_iter().map(SkillShown::from).collect(),
            cure: None,
            accepted: None,
        }
    }
}

/// A finding in one line, for whoever writes the program that asks.
pub fn said(finding: &Finding) -> String {
    let Finding { rule, article, person, span, measured, limit, unit, .. } = finding;
    let article = if article.is_empty() { String::new() } else { format!(" ({article})") };
    let lacks = skills::said(&finding.lacks);
    format!(
        "{}{article} for {person}, {}: {measured} {} where {limit} are the limit{lacks}",
        rule.word(),
        from_to(*span),
        unit.word()
    )
}

fn from_to(span: Span) -> String {
    format!("from {} until {}", span.start().to_rfc3339(), span.end().to_rfc3339())
}

/// What a rule or a gravity is called in tables, too.
fn word(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
