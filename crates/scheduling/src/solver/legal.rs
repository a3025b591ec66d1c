//! Whether a person's duties stand the law around one of them.
//!
//! Only the neighbourhood of a change is looked at: the civil days and weeks it touches, and the
//! rests that begin or end near it; what runs over many weeks is [`long`]'s. The rest of the
//! person's time is as legal as it was before.

use super::laws::Asked;
use super::long;
use super::someone::Someone;
use super::state::State;
use super::timeline::{DAY, Model, Stretch, shared};
use super::view::{View, Worked, duties, other_work};

/// Which rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    All,
    /// Of the gaps within a day only on days of the change itself: on others a further duty may fill one.
    OwnGaps,
    /// Not those of gaps: another duty of the day may fill one, or leave a pause before it.
    ButGaps,
}

/// Whether `person`, holding what `state` gives them, breaks no law around place `near`, and is
/// nowhere twice. `near` may be theirs or just taken from them.
pub(super) fn stands(model: &Model, state: &State, person: usize, near: usize) -> bool {
    stands_by(Rules::All, model, state, person, near)
}

/// The same, by those `rules`.
pub(super) fn stands_by(rules: Rules, model: &Model, state: &State, person: usize, near: usize) -> bool {
    let someone = &model.people[person];
    let changed = reach(model, someone, near);
    // A row of working days may be longer than the weeks around.
    let rows = someone.laws.iter().filter_map(|law| law.in_a_row).max().unwrap_or(0);
    let far = DAY * (9 + rows);
    let seen = (changed.0 - far, changed.1 + far);
    let duties = duties(model, state, person, seen);
    let other = other_work(model, someone, &duties, seen);
    if doubled(model, &duties, &other, changed) {
        return false;
    }
    let view = View::with(model, someone, &duties, &other, seen);
    let short = someone.laws.iter().all(|law| {
        let own = View::own(model, someone, law.employer, &duties, &other, seen);
        let own = own.as_ref().unwrap_or(&view);
        days_stand(rules, &view, own, law, changed)
            && rests_stand(&view, law, changed)
            && weeks_stand(&view, own, law, changed)
            && answers_stand(&view, law, changed)
            && periods_stand(own, law, changed)
    });
    short && long::stand(model, state, person, changed)
}

/// Whether `person` could hold `places`, which are open in `state`, besides what it gives them.
pub(super) fn all_of(model: &Model, state: &mut State, person: usize, places: &[usize]) -> bool {
    places.iter().for_each(|place| state.put(model, *place, Some(person)));
    let stand = places.iter().all(|place| stands(model, state, person, *place));
    places.iter().for_each(|place| state.put(model, *place, None));
    stand
}

/// Whether their day alone can hold `places`, which begin on one day, the person's office hours of duty
/// days counted: no duty of another day could make room. Says yes where a duty passes midnight, and does not
/// ask of gaps where something else of the days beside may fill one.
pub(super) fn day_holds(rules: Rules, model: &Model, state: &State, person: usize, places: &[usize]) -> bool {
    let someone = &model.people[person];
    let Some(first) = places.first().map(|place| &model.spots[*place]) else { return true };
    let (number, day) = (first.day, someone.day_of(first.time.0));
    let within_it = |time: Stretch| {
        someone.day_number(time.0) == number
            && [time.0, time.1 - 1].map(|at| someone.day_of(at)) == [day, day]
    };
    if !places.iter().all(|place| within_it(model.spots[*place].time)) {
        return true;
    }
    let civil = someone.day(day);
    let held = state.duties(person).iter().copied().filter(|duty| model.spots[*duty].day == number);
    let mut duties: Vec<usize> = held.filter(|duty| !places.contains(duty)).collect();
    duties.extend(places);
    let (other, passing): (Vec<Worked>, Vec<Worked>) =
        other_work(model, someone, &duties, civil).into_iter().partition(|(work, _)| within(*work, civil));
    if places.iter().any(|place| doubled(model, &duties, &other, model.spots[*place].time)) {
        return false;
    }
    let gaps_may_fill =
        someone.minds_gaps && (!passing.is_empty() || reached_from_beside(model, state, person, number));
    let rules = if gaps_may_fill { Rules::ButGaps } else { rules };
    let view = View::with(model, someone, &duties, &other, civil);
    someone.laws.iter().all(|law| {
        let own = View::own(model, someone, law.employer, &duties, &other, civil);
        let own = own.as_ref().unwrap_or(&view);
        // Work that runs on from a day on which the law does not bind is not its business.
        let begins = day == 0 || law.days[day - 1].runs;
        let days = (day, day);
        day_stands(rules, &view, own, law, day)
            && (!begins || runs_paused(&view, law, days))
            && (!begins || rules == Rules::ButGaps || days_paused(&view, law, days))
    })
}

/// Whether somebody has, or may take, a place of a day beside the one with that number that shares it or
/// touches it, or may have office hours of such a day that do.
fn reached_from_beside(model: &Model, state: &State, person: usize, number: i32) -> bool {
    let Some(day) = model.people[person].civil(number) else { return true };
    let civil = model.people[person].day(day);
    let beside = |place: &usize| {
        let spot = &model.spots[*place];
        spot.day != number && spot.time.0 <= civil.1 && civil.0 <= spot.time.1
    };
    let from = model.open.partition_point(|place| model.spots[*place].day < number - 1);
    let near = model.open[from..].iter().take_while(|place| model.spots[**place].day <= number + 1);
    let mut open = near.filter(|place| model.spots[**place].eligible.binary_search(&person).is_ok());
    let desk = [number - 1, number + 1].into_iter().flat_map(|day| model.people[person].office_on(day));
    let mut hours = desk.flat_map(|hours| hours.usual.iter().chain(&hours.on_duty));
    open.any(beside)
        || state.duties(person).iter().any(beside)
        || hours.any(|open| open.0 <= civil.1 && civil.0 <= open.1)
}

/// From when to when a duty at `near` changes anything: its own time, and the office hours of its day.
fn reach(model: &Model, someone: &Someone, near: usize) -> Stretch {
    let spot = &model.spots[near];
    let mut reach = spot.time;
    for hours in someone.office_on(spot.day).filter(|_| someone.variants) {
        for (start, end) in hours.usual.iter().chain(&hours.on_duty) {
            reach = (reach.0.min(*start), reach.1.max(*end));
        }
    }
    reach
}

/// Whether a duty near the change meets another duty or other work.
fn doubled(model: &Model, duties: &[usize], other: &[Worked], changed: Stretch) -> bool {
    let close = |duty: &&usize| shared(model.spots[**duty].time, changed);
    duties.iter().filter(close).any(|duty| {
        let time = model.spots[*duty].time;
        other.iter().any(|(work, _)| shared(*work, time))
            || duties.iter().any(|twin| twin != duty && shared(model.spots[*twin].time, time))
    })
}

fn within(inner: Stretch, outer: Stretch) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn days_stand(rules: Rules, view: &View<'_>, own: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let (first, last) = (view.someone.day_of(changed.0), view.someone.day_of(changed.1 - 1));
    // A run that began days before may go on into the first day, and the last may begin another.
    let around = (first.saturating_sub(2), last + 1);
    let days_paused = match rules {
        Rules::All => days_paused(view, law, around),
        Rules::OwnGaps => days_paused(view, law, (first, last)),
        Rules::ButGaps => true,
    };
    // The night before may reach into the first day.
    days_paused
        && runs_paused(view, law, around)
        && (first..=last).all(|day| day_stands(rules, view, own, law, day))
        && (first.saturating_sub(1)..=last).all(|day| night_stands(view, law, day))
}

fn day_stands(rules: Rules, view: &View<'_>, own: &View<'_>, law: &Asked, day: usize) -> bool {
    let (asked, civil) = (&law.days[day], view.someone.day(day));
    if !asked.runs || !view.duty_in(civil) {
        return true;
    }
    let worked: Vec<Stretch> = view.within(civil).collect();
    let (Some(first), Some(last)) = (worked.first(), worked.last()) else { return true };
    let sum: i64 = worked.iter().map(|work| work.1 - work.0).sum();
    let whole = last.1 - first.0;
    sum <= asked.most
        && law.span.is_none_or(|most| whole <= most)
        && (rules == Rules::ButGaps || !asked.part_time || in_few_pieces(own, law, civil))
}

fn night_stands(view: &View<'_>, law: &Asked, day: usize) -> bool {
    let asked = &law.days[day];
    let Some((most, night)) = law.closed.zip(asked.closed).filter(|_| asked.runs) else { return true };
    let work: Vec<Stretch> = view.within(night).collect();
    let (Some(first), Some(last)) = (work.first(), work.last()) else { return true };
    work.iter().map(|work| work.1 - work.0).sum::<i64>() <= most || !view.duty_in((first.0, last.1))
}

/// Whether runs of work that hold a duty, and begin on a day from the `first` to the `last`, have their pauses.
fn runs_paused(view: &View<'_>, law: &Asked, days: (usize, usize)) -> bool {
    law.pauses.iter().filter(|pause| !pause.whole_day).all(|pause| {
        let mut runs = view.work.chunk_by(|one, next| next.0 - one.1 < pause.length);
        !runs.any(|run| sum(run) > pause.after && concerns(view, law, days, run))
    })
}

/// The same of whole days, where all gaps together are the pause.
fn days_paused(view: &View<'_>, law: &Asked, days: (usize, usize)) -> bool {
    let day = |work: &Stretch| view.someone.day_of(work.0);
    let gaps = |work: &[Stretch]| work.windows(2).map(|pair| pair[1].0 - pair[0].1).sum::<i64>();
    law.pauses.iter().filter(|pause| pause.whole_day).all(|pause| {
        let mut whole = view.work.chunk_by(|one, next| day(one) == day(next));
        let missed = |work: &[Stretch]| sum(work) > pause.after && gaps(work) < pause.length;
        !whole.any(|work| missed(work) && concerns(view, law, days, work))
    })
}

fn sum(work: &[Stretch]) -> i64 {
    work.iter().map(|work| work.1 - work.0).sum()
}

/// Whether work holds a duty, and begins on one of those days, on which the law binds.
fn concerns(view: &View<'_>, law: &Asked, (first, last): (usize, usize), work: &[Stretch]) -> bool {
    let day = view.someone.day_of(work[0].0);
    (first..=last).contains(&day) && law.days[day].runs && view.duty_in((work[0].0, work[work.len() - 1].1))
}

/// Whether a part-timer's day with this employer has no more, and no longer, gaps than it may.
fn in_few_pieces(own: &View<'_>, law: &Asked, civil: Stretch) -> bool {
    if !own.duty_in(civil) {
        return true;
    }
    let worked: Vec<Stretch> = own.within(civil).collect();
    let gaps = || worked.windows(2).map(|pair| pair[1].0 - pair[0].1);
    let few = law.interruptions.is_none_or(|(pause, times)| {
        i64::try_from(gaps().filter(|gap| *gap > pause).count()).unwrap_or(i64::MAX) <= times
    });
    few && law.interruption.is_none_or(|longest| gaps().all(|gap| gap <= longest))
}

fn rests_stand(view: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let Some(rest) = law.rest else { return true };
    let work = if law.spared.is_some() { view.planned() } else { &view.work };
    let mut here = 0;
    while here < work.len() {
        let start = work[here].0;
        let rested = here == 0 || start - work[here - 1].1 >= rest;
        if rested && start >= changed.1 + DAY {
            // From here on every day begins where it did before the change.
            return true;
        }
        let (longest, until) = longest_rest(&work[here..], start + DAY);
        if longest >= rest {
            let next = (here + 1..work.len()).find(|next| work[*next].0 - work[*next - 1].1 >= rest);
            here = next.unwrap_or(work.len());
            continue;
        }
        let runs = law.days[view.someone.day_of(start)].runs;
        if runs && start + DAY > changed.0 && view.duty_in((start, start + DAY)) {
            return false;
        }
        here = (here + 1..work.len()).find(|next| work[*next].0 >= until).unwrap_or(work.len());
    }
    true
}

/// Whether duties at the change are long enough, with the work that touches them.
fn periods_stand(own: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let Some(shortest) = law.shortest else { return true };
    let touched = |work: &&Stretch| work.0 <= changed.1 && changed.0 <= work.1;
    own.planned().iter().filter(touched).filter(|work| work.1 - work.0 < shortest).all(|work| {
        let mut duties = own.on_duty.iter().filter(|duty| shared(**duty, *work));
        !duties.any(|duty| law.days[own.someone.day_of(duty.0)].runs)
    })
}

/// The longest gap after work and before `end`, and when it is over; the first of those as long.
fn longest_rest(work: &[Stretch], end: i64) -> (i64, i64) {
    let mut longest = (0, work[0].0);
    for (number, here) in work.iter().enumerate().take_while(|(_, here)| here.1 < end) {
        let next = work.get(number + 1).map_or(end, |next| next.0.min(end));
        if next - here.1 > longest.0 {
            longest = (next - here.1, next);
        }
    }
    longest
}

/// Whether interventions between planned work leave enough of its rest, or enough follows them.
fn answers_stand(view: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let answers: Vec<Stretch> = view.someone.interventions.iter().map(|(answer, _)| *answer).collect();
    let Some((spared, rest)) = law.spared.filter(|_| !answers.is_empty()) else { return true };
    view.planned().windows(2).all(|pair| {
        let between = (pair[0].1, pair[1].0);
        let near = pair[0].0 < changed.1 + DAY && changed.0 < pair[1].1 + DAY;
        let inside: Vec<Stretch> =
            answers.iter().copied().filter(|answer| shared(*answer, between)).collect();
        let Some(last) = inside.last().filter(|_| near) else { return true };
        let runs = law.days[view.someone.day_of(pair[1].0)].runs;
        if !runs || !view.duty_in((last.0.max(between.0), pair[1].1)) {
            return true;
        }
        let mut since = between.0;
        let mut longest = 0;
        for answer in super::view::merged(inside.clone()) {
            longest = longest.max(answer.0 - since);
            since = since.max(answer.1);
        }
        longest.max(between.1 - since) >= spared || between.1 - last.1.min(between.1) >= rest
    })
}

fn weeks_stand(view: &View<'_>, own: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let someone = view.someone;
    // A rest may lean over the border of the week by as much as it is longer than a day.
    let first = someone.day_of(changed.0 - DAY) / 7;
    let last = someone.day_of(changed.1 + DAY) / 7;
    (first..=last).all(|week| {
        let (asked, civil) = (&law.weeks[week], someone.week(week));
        if !asked.runs {
            return true;
        }
        let rested = law.weekly.is_none_or(|(rest, inside)| {
            let lean = rest - inside;
            !view.duty_in((civil.0 - lean, civil.1 + lean)) || rests_in(view, civil, rest, inside)
        });
        let worked = || !view.duty_in(civil) || view.sum(civil) <= asked.most;
        let by_contract = || !own.duty_in(civil) || own.sum(civil) <= asked.own_most;
        let few_days =
            || law.working_days.is_none_or(|most| !view.duty_in(civil) || days_in(view, week) <= most);
        rested && worked() && by_contract() && few_days()
    }) && in_short_rows(view, law, changed)
}

fn days_in(view: &View<'_>, week: usize) -> i64 {
    let worked = (week * 7..week * 7 + 7).filter(|day| view.sum(view.someone.day(*day)) > 0);
    i64::try_from(worked.count()).expect("a week has seven days")
}

/// Whether no row of working days around the change is too long.
fn in_short_rows(view: &View<'_>, law: &Asked, changed: Stretch) -> bool {
    let Some(most) = law.in_a_row else { return true };
    let someone = view.someone;
    let worked = |day: usize| view.sum(someone.day(day)) > 0;
    let (begin, end) = (someone.day_of(changed.0), someone.day_of(changed.1 - 1));
    (begin..=end).filter(|day| worked(*day)).all(|day| {
        let first = (0..day).rev().take_while(|day| worked(*day)).last().unwrap_or(day);
        let last = (day + 1..someone.length()).take_while(|day| worked(*day)).last().unwrap_or(day);
        let row = i64::try_from(last - first + 1).unwrap_or(i64::MAX);
        let runs = (first..=last).any(|day| law.days[day].runs);
        row <= most || !runs || !view.duty_in((someone.midnights[first], someone.midnights[last + 1]))
    })
}

/// Whether a gap of `rest` minutes has `inside` minutes in the `civil` week.
fn rests_in(view: &View<'_>, civil: Stretch, rest: i64, inside: i64) -> bool {
    let mut since = i64::MIN / 2;
    let ends = view.work.iter().copied().chain([(i64::MAX / 2, i64::MAX / 2)]);
    for (start, end) in ends {
        let within = start.min(civil.1) - since.max(civil.0);
        if start - since >= rest && within >= inside {
            return true;
        }
        since = end;
    }
    false
}
