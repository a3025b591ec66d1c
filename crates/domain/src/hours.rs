//! Ordinary hours, as dated weekly patterns: of people at their office and elsewhere, and of an office's
//! own desk.

use chrono::{Datelike, Days as CivilDays, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Calendar, EmploymentId, Minutes, OrganisationId, OutsideId, PersonId, Span, Window};

/// Somebody's ordinary hours at the office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficeHours {
    /// Who.
    pub person: PersonId,
    /// For which employment.
    pub employment: EmploymentId,
    /// When, in the office's zone and holidays.
    pub window: Window,
    /// The break in its middle, which is not work.
    pub pause: Minutes,
    /// The hours of a day on which they also have a duty, where the employer allows others then.
    pub on_duty: Option<DutyDay>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
}

/// Ordinary hours of a day on which somebody also has a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DutyDay {
    /// None: time off in lieu.
    Off,
    /// Others than usual: a late start, a longer midday break.
    Hours {
        /// When they begin.
        from: NaiveTime,
        /// When they end.
        until: NaiveTime,
        /// The break in their middle.
        pause: Minutes,
    },
}

impl OfficeHours {
    /// The pattern without its break: one window, or the two around the break.
    ///
    /// Only the length of a break is known; it is taken in the middle, rounded down to the minute.
    pub fn windows(&self) -> Vec<Window> {
        Self::around_a_break(self.window, self.pause)
    }

    /// The same of days on which they have a duty; `None` where these are as all others.
    pub fn windows_on_duty(&self) -> Option<Vec<Window>> {
        self.on_duty.map(|on_duty| match on_duty {
            DutyDay::Off => Vec::new(),
            DutyDay::Hours { from, until, pause } => {
                Self::around_a_break(Window { days: self.window.days, from, until }, pause)
            }
        })
    }

    fn around_a_break(whole_day: Window, pause: Minutes) -> Vec<Window> {
        let Window { days, from, until } = whole_day;
        let whole = (until - from).num_minutes().rem_euclid(24 * 60);
        let whole = if whole == 0 { 24 * 60 } else { whole };
        let pause = i64::from(pause.0);
        if pause == 0 || pause >= whole {
            return vec![whole_day];
        }
        let before = chrono::Duration::minutes((whole - pause) / 2);
        let noon = from + before;
        let after = noon + chrono::Duration::minutes(pause);
        let wraps = after < noon || noon < from;
        // A break that passes midnight has no place in a weekly pattern: the day is left whole.
        if wraps {
            vec![whole_day]
        } else {
            vec![Window { days, from, until: noon }, Window { days, from: after, until }]
        }
    }

    /// Whether it applies on `day`.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        runs_on(self.from, self.until, day)
    }
}

/// Hours somebody works for an employer who is not here, as they say. For whom and as what is not asked:
/// hours for several employers add up, whoever they are (Code du travail, L8261-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideHours {
    /// Their id.
    pub id: OutsideId,
    /// Who works.
    pub person: PersonId,
    /// When, by the clocks of where they live.
    pub window: Window,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
}

impl OutsideHours {
    /// When they work on the days from `from` to `until`, both included, in order. A public holiday counts
    /// as the weekday it falls on: which of them another employer keeps is not known.
    pub fn spans(&self, from: NaiveDate, until: NaiveDate, zone: Tz) -> Vec<Span> {
        let last = self.until.map_or(until, |last| last.min(until));
        self.from
            .max(from)
            .iter_days()
            .take_while(|day| *day <= last)
            .filter(|day| self.window.days.has(crate::Days::of(day.weekday())))
            .filter_map(|day| self.window.on(day, zone))
            .collect()
    }
}

/// When an office's own desk is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// The office.
    pub organisation: OrganisationId,
    /// When, in the office's zone and holidays.
    pub window: Window,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
}

impl OpeningHours {
    /// Whether it applies on `day`.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        runs_on(self.from, self.until, day)
    }

    /// When the desk is open within `span`, in order.
    pub fn spans_in(&self, span: Span, zone: Tz, calendar: Calendar) -> Vec<Span> {
        let first = crate::time::day(span.start(), zone) - CivilDays::new(1);
        first
            .iter_days()
            .take_while(|day| *day <= crate::time::day(span.end(), zone))
            .filter(|day| self.runs_on(*day) && self.window.days.hold(*day, calendar))
            .filter_map(|day| self.window.on(day, zone))
            .filter(|open| open.overlaps(&span))
            .collect()
    }
}

fn runs_on(from: NaiveDate, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && until.is_none_or(|last| day <= last)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use uuid::Uuid;

    use super::*;
    use crate::Days;

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn hours(from: NaiveTime, until: NaiveTime, pause: u32) -> OfficeHours {
        OfficeHours {
            person: PersonId(Uuid::nil()),
            employment: EmploymentId(Uuid::nil()),
            window: Window { days: Days::WORKDAYS, from, until },
            pause: Minutes(pause),
            on_duty: None,
            from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            until: None,
        }
    }

    #[test]
    fn a_break_is_taken_in_the_middle_of_the_day() {
        let windows = hours(time(9, 0), time(17, 0), 60).windows();
        let shown: Vec<_> = windows.iter().map(|window| (window.from, window.until)).collect();
        assert_eq!(shown, [(time(9, 0), time(12, 30)), (time(13, 30), time(17, 0))]);
    }

    #[test]
    fn a_day_with_a_duty_may_start_late_or_be_free() {
        let mut late = hours(time(9, 0), time(17, 0), 60);
        assert_eq!(late.windows_on_duty(), None);
        late.on_duty = Some(DutyDay::Hours { from: time(11, 0), until: time(17, 0), pause: Minutes(120) });
        let shown: Vec<_> =
            late.windows_on_duty().unwrap().iter().map(|window| (window.from, window.until)).collect();
        assert_eq!(shown, [(time(11, 0), time(13, 0)), (time(15, 0), time(17, 0))]);
        late.on_duty = Some(DutyDay::Off);
        assert_eq!(late.windows_on_duty(), Some(Vec::new()));
    }

    #[test]
    fn a_day_without_a_break_is_one_window() {
        assert_eq!(hours(time(9, 0), time(12, 0), 0).windows().len(), 1);
    }

    #[test]
    fn a_pattern_that_has_ended_opens_no_desk() {
        let open = OpeningHours {
            organisation: OrganisationId(Uuid::nil()),
            window: Window { days: Days::WORKDAYS, from: time(9, 0), until: time(17, 0) },
            from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            until: NaiveDate::from_ymd_opt(2026, 6, 30),
        };
        let week =
            Span::new("2026-06-29T00:00:00Z".parse().unwrap(), "2026-07-04T00:00:00Z".parse().unwrap())
                .unwrap();
        assert_eq!(open.spans_in(week, Tz::Europe__Paris, Calendar::France).len(), 2);
    }

    #[test]
    fn hours_outside_are_worked_on_their_weekdays_while_they_run_holidays_or_not() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let hours = OutsideHours {
            id: OutsideId(Uuid::nil()),
            person: PersonId(Uuid::nil()),
            window: Window { days: Days(0b0010_0001), from: time(20, 0), until: time(2, 0) },
            from: day("2026-04-01"),
            until: Some(day("2026-04-11")),
        };
        // Easter Monday is 6 April; Saturdays are the 4th and the 11th.
        let spans = hours.spans(day("2026-03-01"), day("2026-05-01"), chrono_tz::Europe::Paris);
        let starts: Vec<String> = spans.iter().map(|span| span.start().to_rfc3339()).collect();
        let at = |date: u32| format!("2026-04-{date:02}T18:00:00+00:00");
        assert_eq!(starts, [at(4), at(6), at(11)]);
        assert_eq!(spans[0].length(), Minutes::hours(6));
    }
}
