//! A person's work around a change, as the law looks at it.

use super::someone::{Employer, Someone};
use super::state::State;
use super::timeline::{Model, Stretch, shared};

/// Work, and for whom.
pub(super) type Worked = (Stretch, Employer);

/// A person's work within some stretch of time.
pub(super) struct View<'a> {
    pub(super) someone: &'a Someone,
    /// In order, apart from each other.
    pub(super) work: Vec<Stretch>,
    /// The same without interventions on standby, where there are any.
    planned: Option<Vec<Stretch>>,
    /// The part of it that are duties of this rota: without one, nothing is our business.
    pub(super) on_duty: Vec<Stretch>,
}

impl<'a> View<'a> {
    /// Their work within `seen`, holding what `state` gives them.
    pub(super) fn of(model: &'a Model, state: &State, person: usize, seen: Stretch) -> Self {
        let someone = &model.people[person];
        let duties = duties(model, state, person, seen);
        let other = other_work(model, someone, &duties, seen);
        Self::with(model, someone, &duties, &other, seen)
    }

    /// The same, of those duties and that other work.
    pub(super) fn with(
        model: &'a Model,
        someone: &'a Someone,
        duties: &[usize],
        other: &[Worked],
        seen: Stretch,
    ) -> Self {
        Self::whose(model, someone, duties, other, seen, |_| true)
    }

    /// What of it is worked for `employer`; `None` where that is all of it.
    pub(super) fn own(
        model: &'a Model,
        someone: &'a Someone,
        employer: Employer,
        duties: &[usize],
        other: &[Worked],
        seen: Stretch,
    ) -> Option<Self> {
        let theirs = |whose: Employer| whose == employer;
        someone.divided.then(|| Self::whose(model, someone, duties, other, seen, theirs))
    }

    fn whose(
        model: &'a Model,
        someone: &'a Someone,
        duties: &[usize],
        other: &[Worked],
        seen: Stretch,
        whose: impl Fn(Employer) -> bool,
    ) -> Self {
        let on_duty: Vec<Stretch> = duties
            .iter()
            .map(|duty| &model.spots[*duty])
            .filter(|spot| spot.work && whose(someone.hired_on(spot.day)))
            .map(|spot| spot.time)
            .collect();
        let theirs = other.iter().filter(|(_, employer)| whose(*employer)).map(|(work, _)| *work);
        let planned = merged(theirs.chain(on_duty.iter().copied()).collect());
        let answers = someone.interventions.iter().filter(|(_, employer)| whose(*employer));
        let answers: Vec<Stretch> =
            answers.map(|(answer, _)| *answer).filter(|answer| shared(*answer, seen)).collect();
        if answers.is_empty() {
            return Self { someone, work: planned, planned: None, on_duty };
        }
        let work = merged(planned.iter().copied().chain(answers).collect());
        Self { someone, work, planned: Some(planned), on_duty }
    }

    /// Work without interventions on standby.
    pub(super) fn planned(&self) -> &[Stretch] {
        self.planned.as_deref().unwrap_or(&self.work)
    }

    /// Whether a duty of this rota lies, in part at least, within.
    pub(super) fn duty_in(&self, within: Stretch) -> bool {
        self.on_duty.iter().any(|duty| shared(*duty, within))
    }

    /// Work within, cut at its ends, in order.
    pub(super) fn within(&self, within: Stretch) -> impl Iterator<Item = Stretch> {
        let first = self.work.partition_point(|work| work.1 <= within.0);
        let reaching = self.work[first..].iter().take_while(move |work| work.0 < within.1);
        reaching.map(move |work| (work.0.max(within.0), work.1.min(within.1)))
    }

    /// How much work lies within.
    pub(super) fn sum(&self, within: Stretch) -> i64 {
        self.within(within).map(|work| work.1 - work.0).sum()
    }
}

/// Their duties that share time with `seen`.
pub(super) fn duties(model: &Model, state: &State, person: usize, seen: Stretch) -> Vec<usize> {
    state.duties(person).iter().copied().filter(|duty| shared(model.spots[*duty].time, seen)).collect()
}

/// Work that is no duty of this rota, within `seen`; interventions left out.
pub(super) fn other_work(model: &Model, someone: &Someone, duties: &[usize], seen: Stretch) -> Vec<Worked> {
    let mut work: Vec<Worked> = someone.busy.iter().copied().filter(|busy| shared(busy.0, seen)).collect();
    // A day's hours may pass midnight, so the days beside are looked at too.
    let (first, last) = (someone.day_number(seen.0) - 1, someone.day_number(seen.1) + 1);
    let from = someone.office.partition_point(|hours| hours.day < first);
    for hours in someone.office[from..].iter().take_while(|hours| hours.day <= last) {
        let duty_day = duties.iter().any(|duty| model.spots[*duty].day == hours.day);
        let applies = if duty_day { &hours.on_duty } else { &hours.usual };
        work.extend(applies.iter().filter(|open| shared(**open, seen)).map(|open| (*open, hours.employer)));
    }
    work
}

/// In order, what touches or overlaps made one.
pub(super) fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
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
