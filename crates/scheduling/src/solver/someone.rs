//! A person to place: their fixed work, office hours, wishes, and the laws that bind them.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::{OrganisationId, Span, WishKind, time};

use super::laws::Asked;
use super::timeline::{Stretch, ceil, floor, shared, stretch};
use crate::bonds::Bond;
use crate::problem::{Candidate, Problem, Work};

/// An employer, as a number among those whose law binds somebody; `None` is any other.
pub(super) type Employer = Option<usize>;

/// Ordinary hours of a day, usually and when a duty starts on it.
#[derive(Clone, Debug)]
pub(super) struct Ordinary {
    pub(super) employer: Employer,
    pub(super) day: i32,
    pub(super) usual: Vec<Stretch>,
    pub(super) on_duty: Vec<Stretch>,
}

/// A person to place.
#[derive(Clone, Debug)]
pub(super) struct Someone {
    /// Work that stands already, wherever, and for whom; in order.
    pub(super) busy: Vec<(Stretch, Employer)>,
    /// Answers given on standby, and for whom; in order.
    pub(super) interventions: Vec<(Stretch, Employer)>,
    /// Whether they work for several employers, whose contracts ask each of its own hours.
    pub(super) divided: bool,
    /// For whom duties of each civil day are done.
    hired: Vec<Employer>,
    /// Standby that stands already.
    pub(super) standby: Vec<Stretch>,
    /// In the order of days.
    pub(super) office: Vec<Ordinary>,
    /// Whether a duty changes their office hours.
    pub(super) variants: bool,
    /// Whether losing a duty may break something: office hours change, a period of work becomes too
    /// short, answers on standby that lay within a duty now lie in a rest, or a law begins or ends among the
    /// places, so that a rest or a run of work may begin where it binds and did not before.
    pub(super) fickle: bool,
    /// Whether a law that binds them looks at the gaps between the work of a day.
    pub(super) minds_gaps: bool,
    /// The day number of the first midnight; a Monday.
    first_day: i32,
    /// When each of their civil days starts; one more than there are days.
    pub(super) midnights: Vec<i64>,
    /// What each law that binds them asks.
    pub(super) laws: Vec<Asked>,
    /// At most so much is worked in each week without a duty of this rota.
    pub(super) fixed_weeks: Vec<i64>,
    /// Whether all places together could make them a night worker.
    pub(super) may_work_nights: bool,
    pub(super) wishes: BTreeMap<i32, WishKind>,
    /// Minutes of worth that would be their fair part, the balance taken into account.
    pub(super) target: i64,
    /// Whether fairness looks at them.
    pub(super) counted: bool,
}

impl Someone {
    /// How many civil days are known.
    pub(super) fn length(&self) -> usize {
        self.midnights.len() - 1
    }

    /// The place of the civil day that holds `minute` in `midnights`.
    pub(super) fn day_of(&self, minute: i64) -> usize {
        self.midnights
            .partition_point(|midnight| *midnight <= minute)
            .saturating_sub(1)
            .min(self.length() - 1)
    }

    /// The number of the civil day that holds `minute`, as [`super::timeline::Spot::day`] counts.
    pub(super) fn day_number(&self, minute: i64) -> i32 {
        self.number(self.day_of(minute))
    }

    /// Whether a civil day holds something of both, or they meet at midnight: then they are one piece of work.
    pub(super) fn on_same_day(&self, one: Stretch, other: Stretch) -> bool {
        let days = |time: Stretch| (self.day_of(time.0), self.day_of(time.1));
        let (one, other) = (days(one), days(other));
        one.0 <= other.1 && other.0 <= one.1
    }

    /// The civil day with that number, if it is known.
    pub(super) fn civil(&self, number: i32) -> Option<usize> {
        usize::try_from(number - self.first_day).ok().filter(|day| *day < self.length())
    }

    /// The number of a civil day.
    pub(super) fn number(&self, day: usize) -> i32 {
        self.first_day + i32::try_from(day).expect("a horizon has fewer days than an i32")
    }

    /// The ordinary hours of the day with that number, employer by employer.
    pub(super) fn office_on(&self, day: i32) -> impl Iterator<Item = &Ordinary> {
        let first = self.office.partition_point(|hours| hours.day < day);
        self.office[first..].iter().take_while(move |hours| hours.day == day)
    }

    /// For whom a duty of the day with that number is done.
    pub(super) fn hired_on(&self, day: i32) -> Employer {
        let last = self.hired.len() - 1;
        let day = usize::try_from(day - self.first_day).unwrap_or(0);
        self.hired[day.min(last)]
    }

    /// Where the civil day number `day` starts and ends.
    pub(super) fn day(&self, day: usize) -> Stretch {
        (self.midnights[day], self.midnights[day + 1])
    }

    /// Where the civil week number `week` starts and ends.
    pub(super) fn week(&self, week: usize) -> Stretch {
        (self.midnights[week * 7], self.midnights[week * 7 + 7])
    }
}

/// The candidate as the search sees them.
pub(super) fn someone(candidate: &Candidate, bonds: &[Bond], problem: &Problem) -> Someone {
    let zone = candidate.zone;
    let days = horizon(candidate, bonds, problem);
    let employers: Vec<Option<OrganisationId>> = bonds.iter().map(|bond| bond.employer).collect();
    let number = |employer| employers.iter().position(|one| *one == employer);
    let named = |work: &Work| (stretch(&work.span), number(work.employer));
    let ends = days.iter().copied().chain(days.last().map(|last| *last + Days::new(1)));
    let midnights = ends.map(|day| floor(time::civil_day(day, zone).start())).collect();
    // Rounded inwards: no part of a minute at the desk is lost.
    let leave = candidate.absences.iter().map(|away| (ceil(away.start()), floor(away.end())));
    let away = super::view::merged(leave.filter(|away| away.0 < away.1).collect());
    let mut office: Vec<Ordinary> = candidate
        .office
        .iter()
        .map(|hours| Ordinary {
            employer: number(hours.employer),
            day: hours.day.num_days_from_ce(),
            usual: present(&hours.usual, &away),
            on_duty: present(&hours.on_duty, &away),
        })
        .collect();
    office.sort_by_key(|hours| hours.day);
    let mut person = Someone {
        busy: in_order(
            candidate
                .busy
                .iter()
                .map(named)
                .chain(candidate.elsewhere.iter().map(|span| (stretch(span), None))),
        ),
        interventions: in_order(candidate.interventions.iter().map(named)),
        standby: in_order(candidate.standby.iter().map(stretch)),
        divided: false,
        hired: days.iter().map(|day| number(candidate.employer_on(*day))).collect(),
        variants: office.iter().any(|hours| hours.usual != hours.on_duty),
        office,
        first_day: days[0].num_days_from_ce(),
        midnights,
        laws: bonds.iter().map(|bond| Asked::of(bond, number(bond.employer), &days, zone)).collect(),
        fickle: false,
        minds_gaps: false,
        fixed_weeks: Vec::new(),
        may_work_nights: false,
        wishes: candidate
            .wishes
            .iter()
            .filter(|wish| wish.kind != WishKind::Cant)
            .map(|wish| (wish.day.num_days_from_ce(), wish.kind))
            .collect(),
        target: 0,
        counted: candidate.share_bp > 0 && !problem.places.is_empty(),
    };
    person.divided = divided(&person);
    let periods = person.laws.iter().any(|law| law.shortest.is_some());
    person.fickle = person.variants
        || periods
        || !person.interventions.is_empty()
        || a_law_begins_or_ends(&person, problem);
    person.minds_gaps = person.laws.iter().any(Asked::minds_gaps);
    person.fixed_weeks = fixed_weeks(&person);
    person.may_work_nights = may_work_nights(&person, problem);
    person
}

/// Whether some law binds on a part of the days around the places only.
fn a_law_begins_or_ends(person: &Someone, problem: &Problem) -> bool {
    let spans = || problem.places.iter().map(|place| stretch(&place.slot.span));
    let (Some(from), Some(until)) = (spans().map(|span| span.0).min(), spans().map(|span| span.1).max())
    else {
        return false;
    };
    let (first, last) = (person.day_of(from).saturating_sub(2), person.day_of(until) + 2);
    person.laws.iter().any(|law| {
        let days = &law.days[first..=last.min(person.length() - 1)];
        days.windows(2).any(|pair| pair[0].runs != pair[1].runs)
    })
}

/// Hours at the desk, those of leave left out; `away` is in order, apart from each other.
fn present(hours: &[Span], away: &[Stretch]) -> Vec<Stretch> {
    let mut all = Vec::new();
    for open in hours.iter().map(stretch) {
        let mut since = open.0;
        for leave in away.iter().filter(|leave| shared(**leave, open)) {
            all.extend((since < leave.0).then_some((since, leave.0)));
            since = leave.1;
        }
        all.extend((since < open.1).then_some((since, open.1)));
    }
    all
}

fn in_order<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all
}

/// Whether some of their work is for another employer than the rest, or than one whose law binds them.
fn divided(person: &Someone) -> bool {
    let fixed = person.busy.iter().chain(&person.interventions).map(|(_, employer)| employer);
    let asked = person.laws.iter().map(|law| &law.employer);
    let office = person.office.iter().map(|hours| &hours.employer);
    let hired = person.hired.iter().filter(|employer| employer.is_some());
    let mut all = fixed.chain(office).chain(asked).chain(hired);
    let first = all.next();
    all.any(|employer| Some(employer) != first)
}

/// The civil days whose law may matter, in whole weeks: as far around the places as averages run,
/// and as far as there is work, within a year of them.
fn horizon(candidate: &Candidate, bonds: &[Bond], problem: &Problem) -> Vec<NaiveDate> {
    let places = || problem.places.iter().map(|place| place.slot.span);
    let first = places().map(|span| span.start()).min().unwrap_or_default().date_naive();
    let last = places().map(|span| span.end()).max().unwrap_or_default().date_naive();
    let weeks = bonds.iter().map(|bond| bond.profile.average_weeks).max().unwrap_or(0);
    let around = Days::new(15 + 7 * u64::from(weeks));
    let year = Days::new(380);
    let fixed = || {
        let work = candidate.busy.iter().chain(&candidate.interventions).map(|work| &work.span);
        work.chain(&candidate.elsewhere).chain(&candidate.standby)
    };
    let office = || candidate.office.iter().map(|hours| hours.day);
    let begins = fixed().map(|span| span.start().date_naive()).chain(office()).min().unwrap_or(first);
    let ends = fixed().map(|span| span.end().date_naive()).chain(office()).max().unwrap_or(last);
    let from = (begins - Days::new(2)).max(first - year).min(first - around);
    let until = (ends + Days::new(2)).min(last + year).max(last + around);
    let sunday = time::monday_of(until) + Days::new(6);
    time::monday_of(from).iter_days().take_while(|day| *day <= sunday).collect()
}

/// For each week, its fixed work, the longer of each day's office hours taken; what crosses a border
/// counts in both weeks.
fn fixed_weeks(person: &Someone) -> Vec<i64> {
    let mut weeks = vec![0; person.length() / 7];
    let mut add = |stretch: Stretch, minutes: i64| {
        let (first, last) = (person.day_of(stretch.0) / 7, person.day_of(stretch.1 - 1) / 7);
        for week in &mut weeks[first..=last] {
            *week += minutes;
        }
    };
    for (work, _) in person.busy.iter().chain(&person.interventions) {
        add(*work, work.1 - work.0);
    }
    for hours in &person.office {
        let sum = |all: &[Stretch]| all.iter().map(|open| open.1 - open.0).sum::<i64>();
        let all = || hours.usual.iter().chain(&hours.on_duty);
        let Some(first) = all().map(|open| open.0).min() else { continue };
        let last = all().map(|open| open.1).max().unwrap_or(first + 1);
        add((first, last), sum(&hours.usual).max(sum(&hours.on_duty)));
    }
    weeks
}

/// Whether they would be a night worker under some law, did they hold every place there is.
fn may_work_nights(person: &Someone, problem: &Problem) -> bool {
    let places = problem.places.iter().map(|place| stretch(&place.slot.span));
    let office = person.office.iter().flat_map(|hours| hours.usual.iter().chain(&hours.on_duty));
    let fixed = person.busy.iter().chain(&person.interventions).map(|(work, _)| *work).chain(office.copied());
    let work = super::view::merged(places.chain(fixed).collect());
    let in_night = |night: Stretch| -> i64 {
        let first = work.partition_point(|work| work.1 <= night.0);
        let within = work[first..].iter().take_while(|work| work.0 < night.1);
        within.map(|work| work.1.min(night.1) - work.0.max(night.0)).sum()
    };
    person.laws.iter().any(|law| {
        let Some(asked) = law.night else { return false };
        let nights: Vec<i64> = law.days.iter().filter_map(|day| day.dark).map(in_night).collect();
        let habitual = nights.iter().filter(|worked| **worked >= asked.habitual).count();
        i64::try_from(habitual).unwrap_or(i64::MAX) >= asked.times
            || nights.iter().sum::<i64>() >= asked.yearly
    })
}
