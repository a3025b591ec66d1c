//! What the judge says of a rota: rule, article, person, instants, measure and limit, and the cure.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Minutes, PersonId, Skill, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Refused everywhere.
    Absolute,
    /// Accepted with a named person's written reason.
    Overridable,
    /// Shown.
    Warning,
    /// Shown to whoever asks what a rota costs: lawful, and dearer or worth a word.
    Note,
}

impl Gravity {
    /// Whether it stands in the way until a named person accepts it, or for good.
    pub fn blocks(self) -> bool {
        matches!(self, Self::Absolute | Self::Overridable)
    }
}

/// A rule a rota can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody is in two places at once.
    Overlap,
    /// Nobody is on duty while away, or on a day marked "can't".
    Absence,
    /// Hours free between two working days.
    DailyRest,
    /// Work in one civil day, ordinary office hours included.
    DailyMaximum,
    /// From the first start to the last end of a day's work.
    DailySpan,
    /// Free hours on end in a civil week.
    WeeklyRest,
    /// The person does not speak a language the slot needs, or not well enough.
    Language,
    /// The person does not know a destination the slot needs.
    Destination,
    /// The person does not answer on a channel the slot needs.
    Channel,
    /// The person does not work for a member of the pool on that day.
    NotEmployed,
    /// A pause once so many hours are worked.
    Break,
    /// Work in one civil week.
    WeeklyMaximum,
    /// Work a week on average over several weeks.
    AverageMaximum,
    /// Days with work in one civil week.
    WorkingDays,
    /// Days with work in a row, whatever the week.
    ConsecutiveDays,
    /// Work a part-timer may add to the hours of the contract.
    ExtraHours,
    /// How often and how long a part-timer's day may be interrupted.
    Interruption,
    /// Nobody under age stands watch.
    Minor,
    /// Work in a day of a night worker.
    NightMaximum,
    /// Work a week on average of a night worker.
    NightAverage,
    /// Work at hours at which it needs a permit.
    NightWork,
    /// Work on a Sunday.
    Sunday,
    /// A free day soon after a Sunday with work.
    SundayRest,
    /// Sundays worked in a civil year.
    SundaysInYear,
    /// Work on a public holiday on which work rests.
    Holiday,
    /// A duty shorter than the law lets anybody be called for.
    ShortDuty,
    /// Days between being told of a duty and standing it.
    Notice,
    /// Days on standby within four weeks.
    StandbyDays,
    /// Days without standby once those of four weeks are used up.
    StandbyPause,
    /// What is planned as standby is none in law.
    StandbyKind,
    /// Rest after being called on standby.
    StandbyRest,
    /// Standby so busy that a court may call it work.
    StandbyRisk,
    /// Work beyond which the person may refuse.
    MayRefuse,
    /// Work beyond the ordinary week, in a week, a month or a year.
    Overtime,
    /// A contract of fewer hours than a part-timer should have.
    ShortContract,
    /// Answering for offices that do not employ the person, without a frame that lets them.
    Lending,
}

impl Rule {
    /// Whether it is about what somebody brings: languages, destinations, channels.
    pub fn is_skill(self) -> bool {
        matches!(self, Self::Language | Self::Destination | Self::Channel)
    }

    /// Every rule.
    pub const ALL: [Self; 36] = [
        Self::Overlap,
        Self::Absence,
        Self::DailyRest,
        Self::DailyMaximum,
        Self::DailySpan,
        Self::WeeklyRest,
        Self::Language,
        Self::Destination,
        Self::Channel,
        Self::NotEmployed,
        Self::Break,
        Self::WeeklyMaximum,
        Self::AverageMaximum,
        Self::WorkingDays,
        Self::ConsecutiveDays,
        Self::ExtraHours,
        Self::Interruption,
        Self::Minor,
        Self::NightMaximum,
        Self::NightAverage,
        Self::NightWork,
        Self::Sunday,
        Self::SundayRest,
        Self::SundaysInYear,
        Self::Holiday,
        Self::ShortDuty,
        Self::Notice,
        Self::StandbyDays,
        Self::StandbyPause,
        Self::StandbyKind,
        Self::StandbyRest,
        Self::StandbyRisk,
        Self::MayRefuse,
        Self::Overtime,
        Self::ShortContract,
        Self::Lending,
    ];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Absence => "absence",
            Self::DailyRest => "daily_rest",
            Self::DailyMaximum => "daily_maximum",
            Self::DailySpan => "daily_span",
            Self::WeeklyRest => "weekly_rest",
            Self::Language => "language",
            Self::Destination => "destination",
            Self::Channel => "channel",
            Self::NotEmployed => "not_employed",
            Self::Break => "break",
            Self::WeeklyMaximum => "weekly_maximum",
            Self::AverageMaximum => "average_maximum",
            Self::WorkingDays => "working_days",
            Self::ConsecutiveDays => "consecutive_days",
            Self::ExtraHours => "extra_hours",
            Self::Interruption => "interruption",
            Self::Minor => "minor",
            Self::NightMaximum => "night_maximum",
            Self::NightAverage => "night_average",
            Self::NightWork => "night_work",
            Self::Sunday => "sunday",
            Self::SundayRest => "sunday_rest",
            Self::SundaysInYear => "sundays_in_year",
            Self::Holiday => "holiday",
            Self::ShortDuty => "short_duty",
            Self::Notice => "notice",
            Self::StandbyDays => "standby_days",
            Self::StandbyPause => "standby_pause",
            Self::StandbyKind => "standby_kind",
            Self::StandbyRest => "standby_rest",
            Self::StandbyRisk => "standby_risk",
            Self::MayRefuse => "may_refuse",
            Self::Overtime => "overtime",
            Self::ShortContract => "short_contract",
            Self::Lending => "lending",
        }
    }
}

/// What a measure and its limit count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Real minutes.
    #[default]
    Minutes,
    /// Civil days, or clear days of a notice.
    Days,
    /// So many times: interruptions of a day, skills, Sundays.
    Times,
    /// Hundredths.
    Percent,
    /// Hundredths of a hundredth: 3 334 are a third.
    BasisPoints,
    /// Years of age.
    Years,
}

impl Unit {
    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Days => "days",
            Self::Times => "times",
            Self::Percent => "percent",
            Self::BasisPoints => "basis_points",
            Self::Years => "years",
        }
    }
}

/// The smallest change that cures a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cure {
    /// Give this duty to somebody else.
    GiveAway(Span),
    /// Put a pause of that length in, beginning no later than that instant.
    Pause {
        /// When it begins at the latest.
        by: DateTime<Utc>,
        /// How long it is at least.
        minutes: Minutes,
    },
    /// Nothing smaller than a change of the plan is known.
    Replan,
}

/// One thing wrong with a rota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// The article it comes from, such as "L3131-1"; empty for rules of the house.
    pub article: String,
    /// Who is concerned.
    pub person: PersonId,
    /// From when to when.
    pub span: Span,
    /// What was measured, in `unit`.
    pub measured: i64,
    /// What the rule asks for or allows, in `unit`.
    pub limit: i64,
    /// What `measured` and `limit` count.
    #[serde(default)]
    pub unit: Unit,
    /// What exactly is missing, where a skill is.
    #[serde(default)]
    pub lacks: Vec<Skill>,
    /// How much it weighs.
    pub gravity: Gravity,
    /// The smallest change that cures it.
    pub cure: Cure,
}

impl Finding {
    /// What it is told apart by in forms and by programs: rule, person, from when to when.
    pub fn key(&self) -> String {
        let (from, until) = (self.span.start().timestamp(), self.span.end().timestamp());
        format!("{}.{}.{from}.{until}", self.rule.word(), self.person)
    }

    /// Whether whatever `other` lacks of skills is lacking here too: what was accepted of the one holds for
    /// the other. Of a finding that is not about skills, or was written before they had names, it is so.
    pub fn excuses(&self, other: &Self) -> bool {
        let excused = |lack: &Skill| self.lacks.iter().any(|one| one.excuses(lack));
        self.lacks.is_empty() || other.lacks.iter().all(excused)
    }

    /// Whether `old` said as much already: of the same person and rule, over hours it shares, as grave, and
    /// missed by no less. How either is cured is beside the point.
    pub fn is_no_worse_than(&self, old: &Self) -> bool {
        (old.person, old.rule, old.unit) == (self.person, self.rule, self.unit)
            && old.gravity <= self.gravity
            && old.span.overlaps(&self.span)
            && self.missing() <= old.missing()
            && old.excuses(self)
    }

    /// By how much the rule is missed, in its unit: what is lacking, or what is too much.
    pub fn missing(&self) -> i64 {
        (self.measured - self.limit).abs()
    }
}
