//! What the law asks over many weeks: averages, night work, Sundays of a year, overtime of a month,
//! days on standby. A bound that is quickly had spares most looks at the whole.

use super::laws::{Asked, NightAsked};
use super::someone::Someone;
use super::state::State;
use super::timeline::{Model, Stretch, shared};
use super::view::{View, duties, other_work};

/// Within so many days standby days are counted.
const FOUR_WEEKS: usize = 28;

/// Whether `person` keeps every such limit that a change within `changed` may touch.
pub(super) fn stand(model: &Model, state: &State, person: usize, changed: Stretch) -> bool {
    let someone = &model.people[person];
    let mut upper: Option<Vec<i64>> = None;
    someone.laws.iter().all(|law| {
        let weeks = law.average.is_some() || law.overtime.is_some();
        if weeks && upper.is_none() {
            upper = Some(at_most(model, state, person));
        }
        let upper = upper.as_deref().unwrap_or_default();
        let span = |weeks: usize| around(someone, changed, weeks);
        let average = law.average.is_none_or(|(weeks, most)| {
            averages_stand(upper, span(weeks), weeks, most) || {
                let view = View::of(model, state, person, whole(someone, span(weeks)));
                let begins = first_week(model, state, person);
                exact_averages_stand(&view, law, span(weeks), weeks, most, |from, _| from >= begins)
            }
        });
        let overtime = law.overtime.is_none_or(|(ordinary, most)| {
            overtime_may_stand(law, upper, span(1), ordinary, most) || {
                let seen = whole(someone, around(someone, changed, 6));
                let duties = duties(model, state, person, seen);
                let other = other_work(model, someone, &duties, seen);
                let own = View::own(model, someone, law.employer, &duties, &other, seen)
                    .unwrap_or_else(|| View::with(model, someone, &duties, &other, seen));
                overtime_stands(&own, law, span(1), ordinary, most)
            }
        });
        let everything = || View::of(model, state, person, whole(someone, (0, someone.length() / 7 - 1)));
        let sundays = law.sundays.is_none_or(|most| sundays_stand(&everything(), law, changed, most));
        let night = law.night.filter(|_| someone.may_work_nights);
        let nights = night
            .is_none_or(|asked| nights_stand(&everything(), law, asked, first_week(model, state, person)));
        let rests =
            law.sunday_rest.is_none_or(|within| sunday_rests_stand(&everything(), law, changed, within));
        let standby = law.standby_days.is_none_or(|most| standby_stands(model, state, person, law, most));
        let pauses = law.standby_pause.is_none_or(|asked| pauses_stand(model, state, person, law, asked));
        average && overtime && sundays && rests && nights && standby && pauses
    })
}

/// So many weeks less one on either side of the change: first and last.
fn around(someone: &Someone, changed: Stretch, weeks: usize) -> (usize, usize) {
    let (first, last) = (someone.day_of(changed.0) / 7, someone.day_of(changed.1 - 1) / 7);
    (first.saturating_sub(weeks - 1), (last + weeks - 1).min(someone.length() / 7 - 1))
}

fn whole(someone: &Someone, weeks: (usize, usize)) -> Stretch {
    (someone.week(weeks.0).0, someone.week(weeks.1).1)
}

/// The first week with any work: averages look no further back.
fn first_week(model: &Model, state: &State, person: usize) -> usize {
    let someone = &model.people[person];
    let duties = state.duties(person).iter().map(|duty| &model.spots[*duty]).filter(|spot| spot.work);
    let fixed = someone.fixed_weeks.iter().position(|worked| *worked > 0);
    duties.map(|spot| someone.day_of(spot.time.0) / 7).chain(fixed).min().unwrap_or(0)
}

/// At most so much is worked in each week; what crosses a border counts in both.
fn at_most(model: &Model, state: &State, person: usize) -> Vec<i64> {
    let someone = &model.people[person];
    let mut weeks = someone.fixed_weeks.clone();
    for spot in state.duties(person).iter().map(|duty| &model.spots[*duty]).filter(|spot| spot.work) {
        let (first, last) = (someone.day_of(spot.time.0) / 7, someone.day_of(spot.time.1 - 1) / 7);
        for week in &mut weeks[first..=last] {
            *week += spot.time.1 - spot.time.0;
        }
    }
    weeks
}

fn averages_stand(upper: &[i64], (first, last): (usize, usize), weeks: usize, most: i64) -> bool {
    let allowed = most * i64::try_from(weeks).unwrap_or(i64::MAX);
    upper[first..=last].windows(weeks).all(|stretch| stretch.iter().sum::<i64>() <= allowed)
}

/// Stretches whose last week the law binds, that hold a duty, and that `counts` of.
fn exact_averages_stand(
    view: &View<'_>,
    law: &Asked,
    (first, last): (usize, usize),
    weeks: usize,
    most: i64,
    counts: impl Fn(usize, usize) -> bool,
) -> bool {
    let worked: Vec<i64> = (first..=last).map(|week| view.sum(view.someone.week(week))).collect();
    let allowed = most * i64::try_from(weeks).unwrap_or(i64::MAX);
    worked.windows(weeks).enumerate().all(|(begin, stretch)| {
        let (from, until) = (first + begin, first + begin + weeks - 1);
        stretch.iter().sum::<i64>() <= allowed
            || !law.weeks[until].runs
            || !counts(from, until)
            || !view.duty_in(whole(view.someone, (from, until)))
    })
}

/// The weeks whose Sunday is in the same month as that of a week from `first` to `last`.
fn months<'a>(law: &'a Asked, (first, last): (usize, usize)) -> impl Iterator<Item = Vec<usize>> + 'a {
    let mut months: Vec<(i32, u32)> = law.weeks[first..=last].iter().map(|week| week.month).collect();
    months.dedup();
    months.into_iter().map(move |month| {
        let from = first.saturating_sub(5);
        let until = (last + 5).min(law.weeks.len() - 1);
        (from..=until).filter(|week| law.weeks[*week].month == month).collect()
    })
}

fn overtime_may_stand(law: &Asked, upper: &[i64], weeks: (usize, usize), ordinary: i64, most: i64) -> bool {
    let beyond = |week: &usize| (upper[*week] - ordinary).max(0);
    months(law, weeks).all(|month| month.iter().map(beyond).sum::<i64>() <= most)
}

fn overtime_stands(view: &View<'_>, law: &Asked, weeks: (usize, usize), ordinary: i64, most: i64) -> bool {
    months(law, weeks).all(|month| {
        let over: Vec<(usize, i64)> = month
            .into_iter()
            .map(|week| (week, view.sum(view.someone.week(week)) - ordinary))
            .filter(|(_, beyond)| *beyond > 0)
            .collect();
        let (Some((first, _)), Some((last, _))) = (over.first(), over.last()) else { return true };
        over.iter().map(|(_, beyond)| beyond).sum::<i64>() <= most
            || !(*first..=*last).any(|week| law.weeks[week].runs)
            || !view.duty_in(whole(view.someone, (*first, *last)))
    })
}

/// A Sunday more may be one too many for each other of its year: for those on which the law binds, whether or
/// not it binds on the new one.
fn sundays_stand(view: &View<'_>, law: &Asked, changed: Stretch, most: i64) -> bool {
    let someone = view.someone;
    let worked = |day: &usize| law.days[*day].sunday && view.sum(someone.day(*day)) > 0;
    let all: Vec<usize> = (0..someone.length()).filter(worked).collect();
    let touched = someone.day_of(changed.0)..=someone.day_of(changed.1 - 1);
    let mut years: Vec<i32> =
        all.iter().filter(|day| touched.contains(day)).map(|day| law.days[*day].year).collect();
    years.dedup();
    years.into_iter().all(|year| {
        let its: Vec<usize> = all.iter().copied().filter(|day| law.days[*day].year == year).collect();
        let mut bound = its.iter().filter(|day| law.days[**day].runs);
        i64::try_from(its.len()).unwrap_or(i64::MAX) <= most
            || !bound.any(|day| view.duty_in(someone.day(*day)))
    })
}

fn nights_stand(view: &View<'_>, law: &Asked, asked: NightAsked, begins: usize) -> bool {
    let someone = view.someone;
    let dark: Vec<i64> = law.days.iter().map(|day| day.dark.map_or(0, |night| view.sum(night))).collect();
    let mut counts = vec![false; dark.len()];
    for week in 0..dark.len() / 7 {
        let days = week * 7..week * 7 + 7;
        let times = dark[days.clone()].iter().filter(|worked| **worked >= asked.habitual).count();
        if i64::try_from(times).unwrap_or(i64::MAX) >= asked.times {
            counts[days].fill(true);
        }
    }
    for first in (0..dark.len()).filter(|day| dark[*day] > 0) {
        let until = (first + 365).min(dark.len());
        if dark[first..until].iter().sum::<i64>() >= asked.yearly {
            counts[first..until].fill(true);
        }
    }
    let days = asked.maximum.is_none_or(|most| {
        (0..counts.len())
            .filter(|day| counts[*day] && law.days[*day].runs)
            .all(|day| view.sum(someone.day(day)) <= most || !view.duty_in(someone.day(day)))
    });
    days && asked.average.is_none_or(|(weeks, most)| {
        let every = (0, counts.len() / 7 - 1);
        let touched =
            |from: usize, until: usize| from >= begins && counts[from * 7..until * 7 + 7].contains(&true);
        exact_averages_stand(view, law, every, weeks, most, touched)
    })
}

fn sunday_rests_stand(view: &View<'_>, law: &Asked, changed: Stretch, within: i64) -> bool {
    let someone = view.someone;
    let within = usize::try_from(within).unwrap_or(usize::MAX);
    let worked = |day: usize| view.sum(someone.day(day)) > 0;
    let (first, last) = (someone.day_of(changed.0), someone.day_of(changed.1 - 1));
    // What lies beyond the horizon is free.
    let free =
        |sunday: usize| (sunday + 1..=sunday + within).any(|day| day >= someone.length() || !worked(day));
    (first.saturating_sub(within)..=last).filter(|day| law.days[*day].sunday && worked(*day)).all(|sunday| {
        free(sunday) || !law.days[sunday].runs || !view.duty_in(days(someone, sunday, sunday + within))
    })
}

/// From the first midnight of a day to the last of another.
fn days(someone: &Someone, first: usize, last: usize) -> Stretch {
    (someone.midnights[first], someone.midnights[last + 1])
}

/// The days on which somebody waits on standby, of this rota or another.
fn waited(model: &Model, state: &State, person: usize) -> Vec<bool> {
    let someone = &model.people[person];
    let held = state.duties(person).iter().map(|duty| &model.spots[*duty]).filter(|spot| !spot.work);
    let mut waited = vec![false; someone.length()];
    for stretch in held.map(|spot| spot.time).chain(someone.standby.iter().copied()) {
        waited[someone.day_of(stretch.0)..=someone.day_of(stretch.1 - 1)].fill(true);
    }
    waited
}

fn pauses_stand(model: &Model, state: &State, person: usize, law: &Asked, (used, free): (i64, i64)) -> bool {
    let someone = &model.people[person];
    let held = || state.duties(person).iter().map(|duty| &model.spots[*duty]).filter(|spot| !spot.work);
    let waited = waited(model, state, person);
    let all: Vec<usize> = (0..waited.len()).filter(|day| waited[*day]).collect();
    let used = usize::try_from(used).unwrap_or(usize::MAX).clamp(1, waited.len());
    let free = usize::try_from(free).unwrap_or(0);
    all.windows(used + 1).all(|run| {
        let (first, last, next) = (run[0], run[used - 1], run[used]);
        let within = last < first + FOUR_WEEKS && first + FOUR_WEEKS <= next;
        !within
            || next - last > free
            || !(last..=next).any(|day| law.days[day].runs)
            || !held().any(|spot| shared(spot.time, days(someone, last, next)))
    })
}

fn standby_stands(model: &Model, state: &State, person: usize, law: &Asked, most: i64) -> bool {
    let someone = &model.people[person];
    let held = || state.duties(person).iter().map(|duty| &model.spots[*duty]).filter(|spot| !spot.work);
    let waited = waited(model, state, person);
    (0..waited.len()).filter(|day| waited[*day]).all(|first| {
        let until = (first + FOUR_WEEKS).min(waited.len());
        let days: Vec<usize> = (first..until).filter(|day| waited[*day]).collect();
        let last = days.last().copied().unwrap_or(first);
        let span = (someone.midnights[first], someone.midnights[last + 1]);
        let weeks = (someone.midnights[first], someone.midnights[until]);
        let called = || {
            let starts = someone.interventions.iter().map(|(answer, _)| answer.0);
            starts.filter(|start| weeks.0 <= *start && *start < weeks.1).count()
        };
        let most =
            law.often_called.filter(|(_, often)| called() > *often).map_or(most, |(days, _)| most.min(days));
        i64::try_from(days.len()).unwrap_or(i64::MAX) <= most
            || !(first..=last).any(|day| law.days[day].runs)
            || !held().any(|spot| shared(spot.time, span))
    })
}
