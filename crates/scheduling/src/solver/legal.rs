//! Whether a person's duties stand the law around one of them.
//!
//! Only the neighbourhood of a change is looked at: the civil days and weeks it touches, and the
//! rests that begin or end near it. The rest of the person's time is as legal as it was before.

use super::state::State;
use super::timeline::{DAY, Model, Someone, Stretch, shared};

/// Whether `person`, holding what `state` gives them, breaks no law around place `near`, and is
/// nowhere twice. `near` may be theirs or just taken from them.
pub(super) fn stands(model: &Model, state: &State, person: usize, near: usize) -> bool {
    let someone = &model.people[person];
    let changed = reach(model, someone, near);
    let seen = (changed.0 - 9 * DAY, changed.1 + 9 * DAY);
    let duties: Vec<usize> =
        state.duties(person).iter().copied().filter(|duty| shared(model.spots[*duty].time, seen)).collect();
    let other = other_work(model, someone, &duties, seen);
    if doubled(model, &duties, &other, changed) {
        return false;
    }
    let on_duty: Vec<Stretch> = duties
        .iter()
        .map(|duty| &model.spots[*duty])
        .filter(|spot| spot.work)
        .map(|spot| spot.time)
        .collect();
    let work = merged(other.into_iter().chain(on_duty.iter().copied()).collect());
    let view = View { someone, work, on_duty };
    view.days_stand(changed) && view.rests_stand(changed) && view.weeks_stand(changed)
}

/// Whether the day of `place` alone can hold it, the person's office hours of duty days counted:
/// no other duty could make room. Says yes where a duty passes midnight.
pub(super) fn day_holds(model: &Model, state: &State, person: usize, place: usize) -> bool {
    let (someone, spot) = (&model.people[person], &model.spots[place]);
    let day = someone.day_of(spot.time.0);
    let same_day = someone.day_number(spot.time.0) == spot.day && day == someone.day_of(spot.time.1 - 1);
    if !same_day {
        return true;
    }
    let civil = (someone.midnights[day], someone.midnights[day + 1]);
    let duties: Vec<usize> =
        state.duties(person).iter().copied().filter(|duty| model.spots[*duty].day == spot.day).collect();
    let other: Vec<Stretch> =
        other_work(model, someone, &duties, civil).into_iter().filter(|work| within(*work, civil)).collect();
    if doubled(model, &duties, &other, spot.time) {
        return false;
    }
    let on_duty = if spot.work { vec![spot.time] } else { Vec::new() };
    let work = merged(other.into_iter().chain(on_duty.iter().copied()).collect());
    View { someone, work, on_duty }.days_stand(spot.time)
}

/// From when to when a duty at `near` changes anything: its own time, and the office hours of its day.
fn reach(model: &Model, someone: &Someone, near: usize) -> Stretch {
    let spot = &model.spots[near];
    let mut reach = spot.time;
    if let Some(hours) = someone.office_on(spot.day).filter(|_| someone.variants) {
        for (start, end) in hours.usual.iter().chain(&hours.on_duty) {
            reach = (reach.0.min(*start), reach.1.max(*end));
        }
    }
    reach
}

/// Work that is no duty of this rota, within `seen`.
fn other_work(model: &Model, someone: &Someone, duties: &[usize], seen: Stretch) -> Vec<Stretch> {
    let mut work: Vec<Stretch> = someone.busy.iter().copied().filter(|busy| shared(*busy, seen)).collect();
    // A day's hours may pass midnight, so the days beside are looked at too.
    let (first, last) = (someone.day_number(seen.0) - 1, someone.day_number(seen.1) + 1);
    let from = someone.office.partition_point(|hours| hours.day < first);
    for hours in someone.office[from..].iter().take_while(|hours| hours.day <= last) {
        let duty_day = duties.iter().any(|duty| model.spots[*duty].day == hours.day);
        let applies = if duty_day { &hours.on_duty } else { &hours.usual };
        work.extend(applies.iter().copied().filter(|open| shared(*open, seen)));
    }
    work
}

/// Whether a duty near the change meets another duty or other work.
fn doubled(model: &Model, duties: &[usize], other: &[Stretch], changed: Stretch) -> bool {
    let close = |duty: &&usize| shared(model.spots[**duty].time, changed);
    duties.iter().filter(close).any(|duty| {
        let time = model.spots[*duty].time;
        other.iter().any(|work| shared(*work, time))
            || duties.iter().any(|twin| twin != duty && shared(model.spots[*twin].time, time))
    })
}

fn within(inner: Stretch, outer: Stretch) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut kept = 0;
    for next in 1..stretches.len() {
        if stretches[next].0 <= stretches[kept].1 {
            stretches[kept].1 = stretches[kept].1.max(stretches[next].1);
        } else {
            kept += 1;
            stretches[kept] = stretches[next];
        }
    }
    stretches.truncate(kept + 1);
    stretches
}

/// A person's work around a change.
struct View<'a> {
    someone: &'a Someone,
    /// In order, apart from each other.
    work: Vec<Stretch>,
    /// The part of it that are duties of this rota: without one, nothing is our business.
    on_duty: Vec<Stretch>,
}

impl View<'_> {
    fn duty_in(&self, within: Stretch) -> bool {
        self.on_duty.iter().any(|duty| shared(*duty, within))
    }

    fn days_stand(&self, changed: Stretch) -> bool {
        let (first, last) = (self.someone.day_of(changed.0), self.someone.day_of(changed.1 - 1));
        (first..=last).all(|day| {
            let law = self.someone.days[day];
            let civil = (self.someone.midnights[day], self.someone.midnights[day + 1]);
            if law.maximum.is_none() && law.span.is_none() || !self.duty_in(civil) {
                return true;
            }
            let (mut sum, mut begin, mut end) = (0, civil.1, civil.0);
            for work in self.work.iter().filter(|work| shared(**work, civil)) {
                let (from, to) = (work.0.max(civil.0), work.1.min(civil.1));
                (sum, begin, end) = (sum + to - from, begin.min(from), end.max(to));
            }
            law.maximum.is_none_or(|most| sum <= most) && law.span.is_none_or(|most| end - begin <= most)
        })
    }

    fn rests_stand(&self, changed: Stretch) -> bool {
        self.work.iter().enumerate().all(|(number, (start, _))| {
            if start + DAY <= changed.0 || *start >= changed.1 + DAY {
                return true;
            }
            let rest = self.someone.days[self.someone.day_of(*start)].rest;
            let rested = number == 0 || start - self.work[number - 1].1 >= rest;
            if rest == 0 || !rested || !self.duty_in((*start, start + DAY)) {
                return true;
            }
            // A rest in time is a gap that opens at least `rest` before the day is over.
            self.work[number..].iter().enumerate().any(|(step, work)| {
                let next = self.work.get(number + step + 1).map_or(i64::MAX, |next| next.0);
                next.min(start + DAY) - work.1 >= rest
            })
        })
    }

    fn weeks_stand(&self, changed: Stretch) -> bool {
        // A rest may lean over the border of the week by as much as it is longer than a day.
        let (before, after) = (changed.0 - DAY, changed.1 + DAY);
        let first = self.someone.day_of(before) / 7;
        let last = self.someone.day_of(after) / 7;
        (first..=last).all(|week| {
            let law = self.someone.weeks[week];
            let civil = self.someone.week(week);
            let lean = law.rest - law.inside;
            law.rest == 0
                || !self.duty_in((civil.0 - lean, civil.1 + lean))
                || self.rests_in(civil, law.rest, law.inside)
        })
    }

    /// Whether a gap of `rest` minutes has `inside` minutes in the `civil` week.
    fn rests_in(&self, civil: Stretch, rest: i64, inside: i64) -> bool {
        let mut since = i64::MIN / 2;
        let ends = self.work.iter().copied().chain([(i64::MAX / 2, i64::MAX / 2)]);
        for (start, end) in ends {
            let within = start.min(civil.1) - since.max(civil.0);
            if start - since >= rest && within >= inside {
                return true;
            }
            since = end;
        }
        false
    }
}
