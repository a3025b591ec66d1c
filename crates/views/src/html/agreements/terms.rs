//! Under which key each term of the law has its words, in `locales/*/agreements.ftl`.

use domain::Term;

/// The key of what a term is called.
pub(super) fn key(term: Term) -> &'static str {
    match term {
        Term::DailyRest => "term-daily-rest",
        Term::DailyMaximum => "term-daily-maximum",
        Term::DailySpan => "term-daily-span",
        Term::Pause => "term-pause",
        Term::WeeklyRest => "term-weekly-rest",
        Term::WeeklyMaximum => "term-weekly-maximum",
        Term::AverageMaximum => "term-average-maximum",
        Term::WorkingDays => "term-working-days",
        Term::ConsecutiveDays => "term-consecutive-days",
        Term::NightMaximum => "term-night-maximum",
        Term::NightAverage => "term-night-average",
        Term::NightWork => "term-night-work",
        Term::SundayWork => "term-sunday-work",
        Term::SundayRest => "term-sunday-rest",
        Term::SundayWorkElsewhere => "term-sunday-work-elsewhere",
        Term::SundaysInYear => "term-sundays-in-year",
        Term::HolidayWork => "term-holiday-work",
        Term::FeastWork => "term-feast-work",
        Term::MayDayWork => "term-may-day-work",
        Term::FullTime => "term-full-time",
        Term::ExtraHours => "term-extra-hours",
        Term::Interruptions => "term-interruptions",
        Term::InterruptionLength => "term-interruption-length",
        Term::PartTimeNotice => "term-part-time-notice",
        Term::StandbyNotice => "term-standby-notice",
        Term::DutyNotice => "term-duty-notice",
        Term::StandbyDays => "term-standby-days",
        Term::StandbyPause => "term-standby-pause",
        Term::StandbyKind => "term-standby-kind",
        Term::StandbyRest => "term-standby-rest",
        Term::ShortDuty => "term-short-duty",
        Term::Age => "term-age",
        Term::RefusableExtra => "term-refusable-extra",
        Term::RefusableDay => "term-refusable-day",
        Term::RefusableWeek => "term-refusable-week",
        Term::OvertimeWeek => "term-overtime-week",
        Term::OvertimeMonth => "term-overtime-month",
        Term::OvertimeYear => "term-overtime-year",
    }
}
