//! The laws that bind a person, day by day and week by week, in whole minutes. Only what stands in
//! the way of a rota is here; what is merely shown is the judge's business.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use chrono_tz::Tz;
use domain::holidays::easter;

use super::someone::Employer;
use super::timeline::{Stretch, stretch};
use crate::bonds::Bond;
use crate::law::{Hours, Term};

/// What one employer's law asks.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Whose: what a contract asks, it asks of the hours for them.
    pub(super) employer: Employer,
    /// Each civil day of the horizon.
    pub(super) days: Vec<DayAsked>,
    /// Each civil week of it.
    pub(super) weeks: Vec<WeekAsked>,
    /// Rest within 24 hours after a start.
    pub(super) rest: Option<i64>,
    /// So much of a rest interventions must leave, and the rest after the last where they do not;
    /// then they break no daily rest.
    pub(super) spared: Option<(i64, i64)>,
    pub(super) span: Option<i64>,
    pub(super) pauses: Vec<Pause>,
    /// The weekly rest, and how much of it lies inside its week.
    pub(super) weekly: Option<(i64, i64)>,
    pub(super) working_days: Option<i64>,
    pub(super) in_a_row: Option<i64>,
    pub(super) sundays: Option<i64>,
    /// Over so many weeks, so much a week.
    pub(super) average: Option<(usize, i64)>,
    pub(super) night: Option<NightAsked>,
    /// Work allowed in hours at which it needs a permit.
    pub(super) closed: Option<i64>,
    /// Interruptions of a part-timer's day longer than a pause, and how many are allowed.
    pub(super) interruptions: Option<(i64, i64)>,
    pub(super) interruption: Option<i64>,
    pub(super) standby_days: Option<i64>,
    /// Days of standby where there were more interventions than so many.
    pub(super) often_called: Option<(i64, usize)>,
    /// How long a period of work for this employer is at least.
    pub(super) shortest: Option<i64>,
    /// Standby days that use four weeks up, and the whole days without any that follow.
    pub(super) standby_pause: Option<(i64, i64)>,
    /// Within so many days of a worked Sunday one is free.
    pub(super) sunday_rest: Option<i64>,
    /// The ordinary week, and overtime allowed in a month.
    pub(super) overtime: Option<(i64, i64)>,
}

/// After how much work how long a pause is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pause {
    pub(super) after: i64,
    pub(super) length: i64,
    pub(super) whole_day: bool,
}

/// What is asked of night workers.
#[derive(Clone, Copy, Debug)]
pub(super) struct NightAsked {
    pub(super) habitual: i64,
    pub(super) times: i64,
    pub(super) yearly: i64,
    pub(super) maximum: Option<i64>,
    pub(super) average: Option<(usize, i64)>,
}

/// A civil day under one law.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayAsked {
    pub(super) runs: bool,
    /// Work allowed in it.
    pub(super) most: i64,
    pub(super) part_time: bool,
    pub(super) year: i32,
    pub(super) sunday: bool,
    /// The hours from its evening at which work needs a permit.
    pub(super) closed: Option<Stretch>,
    /// The night from its evening.
    pub(super) dark: Option<Stretch>,
}

/// A civil week under one law.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeekAsked {
    pub(super) runs: bool,
    /// Work allowed in it.
    pub(super) most: i64,
    /// Work for this employer allowed in it, by a part-timer's contract.
    pub(super) own_most: i64,
    /// The month of its Sunday.
    pub(super) month: (i32, u32),
}

impl Asked {
    /// What the law of `bond` asks of `days`, which are whole civil weeks of `zone`.
    pub(super) fn of(bond: &Bond, employer: Employer, days: &[NaiveDate], zone: Tz) -> Self {
        let profile = &bond.profile;
        let most = |term| most(bond, term);
        let average = |term| Some((usize::try_from(profile.average_weeks).ok()?, most(term)?));
        let pauses = profile.breaks.iter().filter(|due| due.pause.gravity.blocks());
        let pauses: Vec<Pause> = pauses
            .map(|due| Pause {
                after: i64::from(due.after.0),
                length: i64::from(due.pause.amount),
                whole_day: due.whole_day,
            })
            .collect();
        let night = profile.night.map(|night| NightAsked {
            habitual: i64::from(night.habitual.0),
            times: i64::from(night.times),
            yearly: i64::from(night.yearly.0),
            maximum: most(Term::NightMaximum),
            average: average(Term::NightAverage),
        });
        let pause = profile.breaks.first().map_or(0, |due| i64::from(due.pause.amount));
        let spared = profile.spared_rest.map(|spared| i64::from(spared.0));
        let ordinary = profile.amount(Term::OvertimeWeek).map(i64::from);
        Self {
            employer,
            days: days.iter().map(|day| day_asked(bond, *day, zone)).collect(),
            weeks: days.chunks(7).map(|week| week_asked(bond, week[0])).collect(),
            rest: most(Term::DailyRest),
            spared: spared.map(|spared| (spared, most(Term::StandbyRest).unwrap_or(0))),
            span: most(Term::DailySpan),
            pauses,
            weekly: most(Term::WeeklyRest).map(|rest| (rest, i64::from(profile.weekly_rest_inside.0))),
            working_days: most(Term::WorkingDays),
            in_a_row: most(Term::ConsecutiveDays),
            sundays: most(Term::SundaysInYear),
            average: average(Term::AverageMaximum),
            night: night.filter(|night| night.maximum.is_some() || night.average.is_some()),
            closed: profile.closed.and_then(|_| most(Term::NightWork)),
            interruptions: most(Term::Interruptions).map(|times| (pause, times)),
            interruption: most(Term::InterruptionLength),
            standby_days: most(Term::StandbyDays),
            often_called: profile.quiet_standby.map(|(days, often)| (i64::from(days), often)),
            shortest: most(Term::ShortDuty),
            standby_pause: profile.amount(Term::StandbyDays).map(i64::from).zip(most(Term::StandbyPause)),
            sunday_rest: most(Term::SundayRest),
            overtime: ordinary.zip(most(Term::OvertimeMonth)),
        }
    }

    /// Whether it looks at the gaps between the work of a day.
    pub(super) fn minds_gaps(&self) -> bool {
        let pieces = self.interruptions.is_some() || self.interruption.is_some();
        self.pauses.iter().any(|pause| pause.whole_day) || pieces && self.days.iter().any(|day| day.part_time)
    }
}

/// The amount of `term`, where missing it stands in the way.
fn most(bond: &Bond, term: Term) -> Option<i64> {
    let limit = bond.profile.limit(term).filter(|limit| limit.gravity.blocks())?;
    Some(i64::from(limit.amount))
}

fn day_asked(bond: &Bond, day: NaiveDate, zone: Tz) -> DayAsked {
    let sunday = day.weekday() == Weekday::Sun;
    let night =
        |hours: Option<Hours>| hours.and_then(|hours| hours.on(day, zone)).map(|night| stretch(&night));
    let day_of = |month, date| (day.month(), day.day()) == (month, date);
    let feast = day_of(12, 25)
        || easter(day.year()).is_some_and(|easter| day == easter || day == easter + Days::new(49));
    let holiday = !sunday && bond.calendar.is_some_and(|calendar| calendar.is_holiday(day));
    let caps = [
        (true, Term::DailyMaximum),
        (sunday, Term::SundayWork),
        (sunday, Term::SundayWorkElsewhere),
        (holiday, Term::HolidayWork),
        (feast, Term::FeastWork),
        (day_of(5, 1), Term::MayDayWork),
    ];
    let caps = caps.into_iter().filter(|(applies, _)| *applies).filter_map(|(_, term)| most(bond, term));
    DayAsked {
        runs: bond.runs(day, day),
        most: caps.min().unwrap_or(i64::MAX),
        part_time: bond.part_time(day, day).is_some(),
        year: day.year(),
        sunday,
        closed: night(bond.profile.closed),
        dark: night(bond.profile.night.map(|night| night.hours)),
    }
}

fn week_asked(bond: &Bond, monday: NaiveDate) -> WeekAsked {
    let sunday = monday + Days::new(6);
    let contract = bond.part_time(monday, sunday).map(i64::from);
    let extra = contract
        .zip(most(bond, Term::ExtraHours))
        .map(|(contract, more)| contract + contract * more / 10_000);
    let below_full = contract.and(most(bond, Term::FullTime)).map(|full| full - 1);
    WeekAsked {
        runs: bond.runs(monday, sunday),
        most: most(bond, Term::WeeklyMaximum).unwrap_or(i64::MAX),
        own_most: [extra, below_full].into_iter().flatten().min().unwrap_or(i64::MAX),
        month: (sunday.year(), sunday.month()),
    }
}
