//! Hours an office bought that no need of the pool meets: a warning, so that the planner widens
//! the needs before a message waits in vain.

use std::collections::BTreeMap;

use chrono::{Days as CivilDays, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::{Calendar, Days, Need, Span, Window, time};

/// A weekly stretch that was bought and that nobody is asked to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwatched {
    /// The stretch, in the office's zone: a window of local time.
    pub window: Window,
    /// The first day on which it goes unwatched.
    pub first: NaiveDate,
    /// On how many days of the period it does.
    pub days: u32,
}

/// Where a list of windows or needs hangs.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The zone its wall clocks show.
    pub zone: Tz,
    /// The public holidays it keeps.
    pub calendar: Calendar,
}

/// The weekly stretches of `bought` that no lead of `needs` watches, on `days` days from `from`.
///
/// What was bought is read in the zone and holidays of the `office`, needs in those of the
/// `pool`: on a holiday that only one of them keeps, hours may go unwatched. Four weeks show every
/// weekday; a year and a week show every holiday.
pub fn unwatched(
    bought: &[Window],
    office: Place,
    needs: &[Need],
    pool: Place,
    from: NaiveDate,
    days: u32,
) -> Vec<Unwatched> {
    let mut found: BTreeMap<(NaiveTime, NaiveTime), Unwatched> = BTreeMap::new();
    let asked: Vec<&Need> = needs.iter().filter(|need| need.leads > 0).collect();
    for day in from.iter_days().take(usize::try_from(days).unwrap_or(usize::MAX)) {
        let mut hours: Vec<Span> = bought
            .iter()
            .filter(|window| window.days.hold(day, office.calendar))
            .filter_map(|window| window.on(day, office.zone))
            .collect();
        hours = union(hours);
        let kind = if office.calendar.is_holiday(day) {
            Days::HOLIDAYS
        } else {
            Days::of(chrono::Datelike::weekday(&day))
        };
        for open in hours {
            for gap in without(open, &watched(&asked, open, pool)) {
                note(&mut found, gap, day, kind, office.zone);
            }
        }
    }
    let mut all: Vec<Unwatched> = found.into_values().collect();
    all.sort_by_key(|gap| (gap.first, gap.window.from, gap.window.until));
    all
}

fn note(
    found: &mut BTreeMap<(NaiveTime, NaiveTime), Unwatched>,
    gap: Span,
    day: NaiveDate,
    kind: Days,
    zone: Tz,
) {
    let (from, until) = (time::wall(gap.start(), zone).time(), time::wall(gap.end(), zone).time());
    let window = Window { days: kind, from, until };
    let entry = found.entry((from, until)).or_insert(Unwatched { window, first: day, days: 0 });
    entry.window.days = entry.window.days.and(kind);
    entry.days += 1;
}

/// The stretches in which a need asks for a lead, as far as they share time with `open`.
fn watched(needs: &[&Need], open: Span, pool: Place) -> Vec<Span> {
    let first = time::day(open.start(), pool.zone) - CivilDays::new(1);
    let last = time::day(open.end(), pool.zone);
    let on = |need: &Need, day: NaiveDate| {
        need.applies_on(day, pool.calendar).then(|| need.window.on(day, pool.zone)).flatten()
    };
    let days = || first.iter_days().take_while(|day| *day <= last);
    let all = needs.iter().flat_map(|need| days().filter_map(|day| on(need, day)).collect::<Vec<_>>());
    union(all.filter(|span| span.overlaps(&open)).collect())
}

/// The same time in order, without touching or overlapping spans.
fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if span.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(span.end()))
                    .expect("a span that grows still ends after it starts");
            }
            _ => all.push(span),
        }
    }
    all
}

/// What is left of `open` when `taken`, in order and apart from each other, is taken away.
fn without(open: Span, taken: &[Span]) -> Vec<Span> {
    let starts = std::iter::once(open.start()).chain(taken.iter().map(Span::end));
    let ends = taken.iter().map(Span::start).chain([open.end()]);
    starts
        .zip(ends)
        .filter_map(|(from, to)| Span::new(from.max(open.start()), to.min(open.end())).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Montreal;
    use chrono_tz::Europe::{London, Paris};
    use proptest::prelude::*;

    use super::*;

    const FRANCE: Place = Place { zone: Paris, calendar: Calendar::France };

    fn hour(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap()
    }

    fn window(days: Days, from: u32, until: u32) -> Window {
        Window { days, from: hour(from), until: hour(until) }
    }

    fn need(window: Window) -> Need {
        let id = uuid::Uuid::from_u128(1);
        Need {
            id: id.into(),
            pool: id.into(),
            window,
            leads: 1,
            backups: 0,
            languages: Vec::new(),
            skills: domain::Skills::default(),
            kind: domain::DutyKind::Active,
            from: "2020-01-01".parse().unwrap(),
            until: None,
            season: domain::Season::default(),
        }
    }

    fn from_june(bought: &[Window], office: Place, needs: &[Need]) -> Vec<Unwatched> {
        // Four weeks of June 2026 without a French holiday.
        unwatched(bought, office, needs, FRANCE, "2026-06-01".parse().unwrap(), 28)
    }

    #[test]
    fn hours_that_a_need_meets_are_watched() {
        let evenings = window(Days::WORKDAYS, 18, 22);
        assert_eq!(from_june(&[evenings], FRANCE, &[need(evenings)]), []);
    }

    #[test]
    fn two_needs_together_watch_what_neither_watches_alone() {
        let needs = [need(window(Days::ALL, 18, 20)), need(window(Days::ALL, 20, 22))];
        assert_eq!(from_june(&[window(Days::ALL, 18, 22)], FRANCE, &needs), []);
    }

    #[test]
    fn hours_before_and_after_a_need_come_back_as_weekly_windows() {
        let gaps = from_june(&[window(Days::WORKDAYS, 17, 23)], FRANCE, &[need(window(Days::ALL, 18, 22))]);
        let first = "2026-06-01".parse().unwrap();
        assert_eq!(
            gaps,
            [
                Unwatched { window: window(Days::WORKDAYS, 17, 18), first, days: 20 },
                Unwatched { window: window(Days::WORKDAYS, 22, 23), first, days: 20 },
            ]
        );
    }

    #[test]
    fn a_need_for_backups_alone_watches_nothing() {
        let backups = Need { leads: 0, backups: 1, ..need(window(Days::ALL, 18, 22)) };
        assert_eq!(from_june(&[window(Days::ALL, 18, 22)], FRANCE, &[backups]).len(), 1);
    }

    #[test]
    fn a_need_that_ends_leaves_the_days_after_it_unwatched() {
        let ends = Need { until: "2026-06-21".parse().ok(), ..need(window(Days::ALL, 18, 22)) };
        let gaps = from_june(&[window(Days::ALL, 18, 22)], FRANCE, &[ends]);
        assert_eq!(gaps.len(), 1);
        assert_eq!((gaps[0].first, gaps[0].days), ("2026-06-22".parse().unwrap(), 7));
    }

    #[test]
    fn zones_are_told_apart() {
        // An office in London buys 18–22 of its own clocks: 19–23 in Paris.
        let london = Place { zone: London, calendar: Calendar::France };
        let gaps = from_june(&[window(Days::ALL, 18, 22)], london, &[need(window(Days::ALL, 18, 22))]);
        assert_eq!(gaps.len(), 1);
        assert_eq!(gaps[0].window.from, hour(21));
        assert_eq!(gaps[0].window.until, hour(22));
    }

    #[test]
    fn a_holiday_that_only_the_office_keeps_goes_unwatched() {
        // 24 June is a holiday in Quebec, a Wednesday in France.
        let quebec = Place { zone: Montreal, calendar: Calendar::Quebec };
        let pool = Place { zone: Montreal, calendar: Calendar::France };
        let needs = [need(window(Days::WORKDAYS, 18, 22)), need(window(Days::FREE, 9, 22))];
        let bought = [window(Days::WORKDAYS, 18, 22), window(Days::FREE, 9, 22)];
        let gaps = unwatched(&bought, quebec, &needs, pool, "2026-06-01".parse().unwrap(), 28);
        assert_eq!(
            gaps,
            [Unwatched {
                window: window(Days::HOLIDAYS, 9, 18),
                first: "2026-06-24".parse().unwrap(),
                days: 1
            }]
        );
    }

    #[test]
    fn hours_past_midnight_are_met_by_a_need_past_midnight() {
        let night = window(Days::ALL, 20, 2);
        assert_eq!(from_june(&[night], FRANCE, &[need(night)]), []);
        let short = from_june(&[night], FRANCE, &[need(window(Days::ALL, 20, 24))]);
        assert_eq!(short.len(), 1);
        assert_eq!((short[0].window.from, short[0].window.until), (hour(0), hour(2)));
    }

    proptest! {
        #[test]
        fn what_is_left_and_what_was_taken_are_the_whole(
            from in 0_u32..23, length in 1_u32..23, need_from in 0_u32..23, need_length in 1_u32..23,
        ) {
            let bought = window(Days::ALL, from, from + length);
            let asked = window(Days::ALL, need_from, need_from + need_length);
            let day: NaiveDate = "2026-06-10".parse().unwrap();
            let open = bought.on(day, Paris).unwrap();
            let met = watched(&[&need(asked)], open, FRANCE);
            let left = without(open, &met);
            let minutes = |spans: &[Span]| spans.iter().filter_map(|span| span.common(&open)).map(|span| span.length().0).sum::<u32>();
            prop_assert_eq!(minutes(&met) + minutes(&left), open.length().0);
            prop_assert!(left.iter().all(|gap| met.iter().all(|span| !span.overlaps(gap))));
        }
    }
}
