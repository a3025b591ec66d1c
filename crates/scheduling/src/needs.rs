//! From what a pool needs to slots in UTC, and from weekly office hours to dated ones.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use domain::{Calendar, Need, Rung, Skills, Slot, Span, Window};

use crate::problem::OfficeDay;

/// A period of local days; both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
}

impl Period {
    /// Its days in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.until)
    }
}

/// The slots that `needs` make on the days of `period`, in the pool's zone and holidays.
///
/// Sorted by start, end, rung, need and place, whatever the order of `needs`. A window the clocks
/// jump over entirely makes no slot.
pub fn slots(needs: &[Need], period: Period, zone: Tz, calendar: Calendar) -> Vec<Slot> {
    let mut slots: Vec<Slot> = needs
        .iter()
        .flat_map(|need| period.days().flat_map(move |day| slots_on(need, day, zone, calendar)))
        .collect();
    slots.sort_by_key(|slot| (slot.span.start(), slot.span.end(), slot.rung, slot.need, slot.place));
    slots
}

/// The slots of one need on one day: its leads, then its backups.
fn slots_on(need: &Need, day: NaiveDate, zone: Tz, calendar: Calendar) -> Vec<Slot> {
    if !need.applies_on(day, calendar) {
        return Vec::new();
    }
    let Some(span) = need.window.on(day, zone) else { return Vec::new() };
    let place = |rung, place| Slot {
        need: need.id,
        day,
        span,
        rung,
        place,
        languages: if rung == Rung::Lead { need.languages.clone() } else { Vec::new() },
        skills: if rung == Rung::Lead { need.skills.clone() } else { Skills::default() },
    };
    let leads = (0..need.leads).map(|number| place(Rung::Lead, number));
    let backups = (0..need.backups).map(|number| place(Rung::Backup, number));
    leads.chain(backups).collect()
}

/// Weekly office hours as dated ones, in the office's zone and holidays.
///
/// A day off has no entry. `on_duty` are the hours of a day on which the person also has a duty;
/// `None` where the employer allows no variant. Breaks are gaps between windows.
pub fn office_days(
    usual: &[Window],
    on_duty: Option<&[Window]>,
    period: Period,
    zone: Tz,
    calendar: Calendar,
) -> Vec<OfficeDay> {
    let hours = |windows: &[Window], kind: domain::Days, day| -> Vec<Span> {
        let mut open: Vec<Span> = windows
            .iter()
            .filter(|window| window.days.has(kind))
            .filter_map(|window| window.on(day, zone))
            .collect();
        open.sort();
        open
    };
    period
        .days()
        .map(|day| {
            let kind = domain::Days::kind(day, calendar);
            let usual = hours(usual, kind, day);
            let on_duty = on_duty.map_or_else(|| usual.clone(), |windows| hours(windows, kind, day));
            OfficeDay { employer: None, day, usual, on_duty }
        })
        .filter(|office| !office.usual.is_empty())
        .collect()
}

/// The days that office hours, busy times and absences must be known for, so that the law of
/// `period` can be judged: ten days more on either side.
pub fn around(period: Period) -> Period {
    Period { from: period.from - Days::new(10), until: period.until + Days::new(10) }
}
