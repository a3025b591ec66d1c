//! What a law, or an agreement, may set a value for.

use serde::{Deserialize, Serialize};

use crate::{Rule, Unit};

/// A value that laws and agreements set, each in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Hours on end free of work within the 24 hours after work starts.
    DailyRest,
    /// Work in one civil day.
    DailyMaximum,
    /// From the first start to the last end of a civil day's work.
    DailySpan,
    /// How long a pause is; after how much work it is due, the law says.
    Pause,
    /// Hours on end free of work for each civil week.
    WeeklyRest,
    /// Work in one civil week.
    WeeklyMaximum,
    /// Work a week on average over the weeks the law names.
    AverageMaximum,
    /// Days with work in one civil week.
    WorkingDays,
    /// Days with work in a row. No law here sets it; many houses do.
    ConsecutiveDays,
    /// Work in a day of a night worker.
    NightMaximum,
    /// Work a week of a night worker, on average over as many weeks.
    NightAverage,
    /// When the night begins, in minutes of the day, where the law looks at night workers.
    NightBegins,
    /// Work within the hours at which it needs a permit.
    NightWork,
    /// Work on a Sunday.
    SundayWork,
    /// Within so many days of a Sunday with work a day is free.
    SundayRest,
    /// Work on a Sunday at an employer that is no tourist office.
    SundayWorkElsewhere,
    /// Sundays worked in a civil year. No law here sets it; some agreements do.
    SundaysInYear,
    /// Work on a public holiday of the employer's calendar.
    HolidayWork,
    /// Work on the first day of Christmas, Easter or Pentecost.
    FeastWork,
    /// Work on 1 May.
    MayDayWork,
    /// A part-timer's work in a week must stay below it.
    FullTime,
    /// Work beyond the contract of a part-timer, in basis points of the contract.
    ExtraHours,
    /// Contract minutes a week that a part-timer has at least.
    PartTimeMinimum,
    /// Interruptions of a part-timer's day.
    Interruptions,
    /// Length of one interruption of a part-timer's day.
    InterruptionLength,
    /// Working days between telling a part-timer of other hours and those hours.
    PartTimeNotice,
    /// Days between telling somebody of a standby and its day.
    StandbyNotice,
    /// Days between telling somebody of active duty and its day.
    DutyNotice,
    /// Days between telling somebody that their published hours change and those hours.
    ChangeNotice,
    /// Days on standby within four weeks.
    StandbyDays,
    /// Whole days without standby once the days of four weeks are used up.
    StandbyPause,
    /// How often ordinary messages may be watched on standby: 0 where standby is for what
    /// cannot be planned.
    StandbyKind,
    /// Rest after the last intervention where those before left too little.
    StandbyRest,
    /// Length of one period of work that holds a duty.
    ShortDuty,
    /// Whether somebody may answer for offices that do not employ them: 0 where no frame is recorded, such
    /// as a loan at cost, an employers' group or a service contract; 1 where one is.
    Lending,
    /// Age of somebody who stands watch.
    Age,
    /// Work beyond a day's usual hours that nobody need accept.
    RefusableExtra,
    /// Work within 24 hours beyond which nobody need accept more.
    RefusableDay,
    /// Work in a civil week beyond which nobody need accept more.
    RefusableWeek,
    /// Work in a civil week beyond which it is overtime.
    OvertimeWeek,
    /// Overtime in a civil month.
    OvertimeMonth,
    /// Overtime in a civil year.
    OvertimeYear,
}

impl Term {
    /// Every term.
    pub const ALL: [Self; 42] = [
        Self::DailyRest,
        Self::DailyMaximum,
        Self::DailySpan,
        Self::Pause,
        Self::WeeklyRest,
        Self::WeeklyMaximum,
        Self::AverageMaximum,
        Self::WorkingDays,
        Self::ConsecutiveDays,
        Self::NightMaximum,
        Self::NightAverage,
        Self::NightBegins,
        Self::NightWork,
        Self::SundayWork,
        Self::SundayRest,
        Self::SundayWorkElsewhere,
        Self::SundaysInYear,
        Self::HolidayWork,
        Self::FeastWork,
        Self::MayDayWork,
        Self::FullTime,
        Self::ExtraHours,
        Self::PartTimeMinimum,
        Self::Interruptions,
        Self::InterruptionLength,
        Self::PartTimeNotice,
        Self::StandbyNotice,
        Self::DutyNotice,
        Self::ChangeNotice,
        Self::StandbyDays,
        Self::StandbyPause,
        Self::StandbyKind,
        Self::StandbyRest,
        Self::ShortDuty,
        Self::Lending,
        Self::Age,
        Self::RefusableExtra,
        Self::RefusableDay,
        Self::RefusableWeek,
        Self::OvertimeWeek,
        Self::OvertimeMonth,
        Self::OvertimeYear,
    ];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::DailyRest => "daily_rest",
            Self::DailyMaximum => "daily_maximum",
            Self::DailySpan => "daily_span",
            Self::Pause => "pause",
            Self::WeeklyRest => "weekly_rest",
            Self::WeeklyMaximum => "weekly_maximum",
            Self::AverageMaximum => "average_maximum",
            Self::WorkingDays => "working_days",
            Self::ConsecutiveDays => "consecutive_days",
            Self::NightMaximum => "night_maximum",
            Self::NightAverage => "night_average",
            Self::NightBegins => "night_begins",
            Self::NightWork => "night_work",
            Self::SundayWork => "sunday_work",
            Self::SundayRest => "sunday_rest",
            Self::SundayWorkElsewhere => "sunday_work_elsewhere",
            Self::SundaysInYear => "sundays_in_year",
            Self::HolidayWork => "holiday_work",
            Self::FeastWork => "feast_work",
            Self::MayDayWork => "may_day_work",
            Self::FullTime => "full_time",
            Self::ExtraHours => "extra_hours",
            Self::PartTimeMinimum => "part_time_minimum",
            Self::Interruptions => "interruptions",
            Self::InterruptionLength => "interruption_length",
            Self::PartTimeNotice => "part_time_notice",
            Self::StandbyNotice => "standby_notice",
            Self::DutyNotice => "duty_notice",
            Self::ChangeNotice => "change_notice",
            Self::StandbyDays => "standby_days",
            Self::StandbyPause => "standby_pause",
            Self::StandbyKind => "standby_kind",
            Self::StandbyRest => "standby_rest",
            Self::ShortDuty => "short_duty",
            Self::Lending => "lending",
            Self::Age => "age",
            Self::RefusableExtra => "refusable_extra",
            Self::RefusableDay => "refusable_day",
            Self::RefusableWeek => "refusable_week",
            Self::OvertimeWeek => "overtime_week",
            Self::OvertimeMonth => "overtime_month",
            Self::OvertimeYear => "overtime_year",
        }
    }

    /// The term written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.word() == word)
    }

    /// What its amounts count.
    pub fn unit(self) -> Unit {
        match self {
            Self::WorkingDays
            | Self::ConsecutiveDays
            | Self::PartTimeNotice
            | Self::StandbyNotice
            | Self::DutyNotice
            | Self::ChangeNotice
            | Self::StandbyDays
            | Self::StandbyPause
            | Self::SundayRest => Unit::Days,
            Self::SundaysInYear | Self::Interruptions | Self::StandbyKind | Self::Lending => Unit::Times,
            Self::ExtraHours => Unit::BasisPoints,
            Self::Age => Unit::Years,
            _ => Unit::Minutes,
        }
    }

    /// Whether its amount is the least that must be given; else it is the most that may be asked.
    pub fn is_least(self) -> bool {
        matches!(
            self,
            Self::DailyRest
                | Self::Pause
                | Self::WeeklyRest
                | Self::PartTimeNotice
                | Self::StandbyNotice
                | Self::DutyNotice
                | Self::ChangeNotice
                | Self::PartTimeMinimum
                | Self::StandbyPause
                | Self::StandbyRest
                | Self::ShortDuty
                | Self::Age
        )
    }

    /// The rule that is broken where it is missed.
    pub fn rule(self) -> Rule {
        match self {
            Self::DailyRest => Rule::DailyRest,
            Self::DailyMaximum => Rule::DailyMaximum,
            Self::DailySpan => Rule::DailySpan,
            Self::Pause => Rule::Break,
            Self::WeeklyRest => Rule::WeeklyRest,
            Self::WeeklyMaximum => Rule::WeeklyMaximum,
            Self::AverageMaximum => Rule::AverageMaximum,
            Self::WorkingDays => Rule::WorkingDays,
            Self::ConsecutiveDays => Rule::ConsecutiveDays,
            Self::NightMaximum => Rule::NightMaximum,
            Self::NightAverage => Rule::NightAverage,
            Self::NightBegins | Self::NightWork => Rule::NightWork,
            Self::SundayWork | Self::SundayWorkElsewhere => Rule::Sunday,
            Self::SundayRest => Rule::SundayRest,
            Self::SundaysInYear => Rule::SundaysInYear,
            Self::HolidayWork | Self::FeastWork | Self::MayDayWork => Rule::Holiday,
            Self::FullTime | Self::ExtraHours => Rule::ExtraHours,
            Self::PartTimeMinimum => Rule::ShortContract,
            Self::Interruptions | Self::InterruptionLength => Rule::Interruption,
            Self::PartTimeNotice | Self::StandbyNotice | Self::DutyNotice | Self::ChangeNotice => {
                Rule::Notice
            }
            Self::StandbyDays => Rule::StandbyDays,
            Self::StandbyPause => Rule::StandbyPause,
            Self::StandbyKind => Rule::StandbyKind,
            Self::StandbyRest => Rule::StandbyRest,
            Self::ShortDuty => Rule::ShortDuty,
            Self::Lending => Rule::Lending,
            Self::Age => Rule::Minor,
            Self::RefusableExtra | Self::RefusableDay | Self::RefusableWeek => Rule::MayRefuse,
            Self::OvertimeWeek | Self::OvertimeMonth | Self::OvertimeYear => Rule::Overtime,
        }
    }
}

/// What it is called in a sentence.
impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::DailyRest => "the daily rest",
            Self::DailyMaximum => "the work of a day",
            Self::DailySpan => "the span of a day",
            Self::Pause => "the pause",
            Self::WeeklyRest => "the weekly rest",
            Self::WeeklyMaximum => "the work of a week",
            Self::AverageMaximum => "the average work of a week",
            Self::WorkingDays => "the working days of a week",
            Self::ConsecutiveDays => "the working days in a row",
            Self::NightMaximum => "a night worker's day",
            Self::NightAverage => "a night worker's average week",
            Self::NightBegins => "the beginning of the night",
            Self::NightWork => "work at night",
            Self::SundayWork | Self::SundayWorkElsewhere => "work on Sundays",
            Self::SundayRest => "the rest for a Sunday",
            Self::SundaysInYear => "the Sundays of a year",
            Self::HolidayWork => "work on public holidays",
            Self::FeastWork => "work on the high feasts",
            Self::MayDayWork => "work on 1 May",
            Self::FullTime => "the full-time week",
            Self::ExtraHours => "a part-timer's extra hours",
            Self::PartTimeMinimum => "a part-timer's contract",
            Self::Interruptions => "the interruptions of a part-timer's day",
            Self::InterruptionLength => "an interruption of a part-timer's day",
            Self::PartTimeNotice => "a part-timer's notice",
            Self::StandbyNotice => "the notice of standby",
            Self::DutyNotice => "the notice of duty",
            Self::ChangeNotice => "the notice of a change",
            Self::StandbyDays => "the standby days in four weeks",
            Self::StandbyPause => "the days without standby after them",
            Self::StandbyKind => "standby for ordinary messages",
            Self::StandbyRest => "the rest after an intervention",
            Self::ShortDuty => "the length of a duty",
            Self::Lending => "answering for other offices",
            Self::Age => "the age of people on watch",
            Self::RefusableExtra => "what may be refused beyond the usual day",
            Self::RefusableDay => "what may be refused within 24 hours",
            Self::RefusableWeek => "what may be refused in a week",
            Self::OvertimeWeek => "the week without overtime",
            Self::OvertimeMonth => "the overtime of a month",
            Self::OvertimeYear => "the overtime of a year",
        })
    }
}
