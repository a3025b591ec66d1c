//! Reads a rota with the text of the law in hand. Shares no code with the solver: what the
//! search believes is allowed is checked here by other means.
//!
//! A finding is about the rota: what somebody's office hours or published duties break without it
//! is not reported. Only real minutes count, so the two nights on which clocks change are right.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::finding::{Cure, Finding, Gravity, Rule};
use domain::{DutyKind, Law, PersonId, Span, WishKind, time};

use crate::law::{self, Limit, Values};
use crate::problem::{Candidate, Place, Problem};

/// Everything wrong with `rota`, person by person in the order of the candidates.
///
/// `rota` has one entry for each place of the problem. Somebody who is no candidate is found as
/// not employed.
pub fn judge(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Finding> {
    let strangers: BTreeSet<PersonId> =
        rota.iter().flatten().copied().filter(|person| problem.candidate(*person).is_none()).collect();
    let known = problem.candidates.iter().map(|candidate| candidate.person);
    known.chain(strangers).flat_map(|person| judge_person(problem, rota, person)).collect()
}

/// Everything wrong with one person's part of `rota`: first what concerns a single duty, then
/// what the law asks of days and weeks, each in the order of time.
pub fn judge_person(problem: &Problem, rota: &[Option<PersonId>], person: PersonId) -> Vec<Finding> {
    let duties: Vec<&Place> = problem
        .places
        .iter()
        .zip(rota)
        .filter(|(_, holder)| **holder == Some(person))
        .map(|(place, _)| place)
        .collect();
    let Some(candidate) = problem.candidate(person) else {
        return duties.iter().map(|place| not_employed(person, place)).collect();
    };
    if duties.is_empty() {
        return Vec::new();
    }
    let case = Case::of(candidate, &duties);
    let mut findings = Vec::new();
    for place in &duties {
        findings.extend(employment(candidate, place));
        findings.extend(absence(problem, candidate, place));
        findings.extend(language(candidate, place));
    }
    findings.extend(overlaps(candidate, &duties, &case));
    findings.extend(days(candidate, &case));
    findings.extend(daily_rests(candidate, &case));
    findings.extend(weekly_rests(candidate, &case));
    findings
}

/// One person's work as the law looks at it.
struct Case {
    /// All work, in order, joined where it touches.
    work: Vec<Span>,
    /// The duties of this rota that are work, in order.
    duties: Vec<Span>,
    /// The office hours that apply, given the duties.
    office: Vec<Span>,
}

impl Case {
    fn of(candidate: &Candidate, places: &[&Place]) -> Self {
        let duty_days: BTreeSet<NaiveDate> = places.iter().map(|place| place.slot.day).collect();
        let office: Vec<Span> = candidate
            .office
            .iter()
            .flat_map(|hours| if duty_days.contains(&hours.day) { &hours.on_duty } else { &hours.usual })
            .copied()
            .collect();
        let mut duties: Vec<Span> = places
            .iter()
            .filter(|place| place.kind == DutyKind::Active)
            .map(|place| place.slot.span)
            .collect();
        duties.sort();
        let all = duties.iter().chain(&office).chain(&candidate.busy).copied().collect();
        Self { work: joined(all), duties, office }
    }

    /// Whether a duty of this rota shares time with what lies between the two instants.
    fn concerns(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        self.duties.iter().any(|duty| duty.start() < to && from < duty.end())
    }

    /// The last duty of this rota between the two instants: the smallest thing to give away.
    fn last_duty(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Cure {
        self.duties
            .iter()
            .rev()
            .find(|duty| duty.start() < to && from < duty.end())
            .map_or(Cure::Replan, |duty| Cure::GiveAway(*duty))
    }

    /// The longest stretch free of work that begins and ends between the two instants.
    fn longest_rest(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
        let mut longest = Duration::zero();
        let mut free_since = from;
        for work in self.work.iter().filter(|work| work.end() > from && work.start() < to) {
            longest = longest.max(work.start() - free_since);
            free_since = free_since.max(work.end());
        }
        longest.max(to - free_since)
    }
}

/// Spans in order, those that touch or overlap made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.pop() {
            Some(last) if span.start() <= last.end() => {
                let end = last.end().max(span.end());
                all.push(Span::new(last.start(), end).expect("a span that grows still ends after it starts"));
            }
            Some(last) => all.extend([last, span]),
            None => all.push(span),
        }
    }
    all
}

fn minutes(length: Duration) -> i64 {
    length.num_minutes()
}

/// A finding about one duty, cured by giving it away.
fn of_duty(
    rule: Rule,
    person: PersonId,
    place: &Place,
    span: Span,
    measured: i64,
    gravity: Gravity,
) -> Finding {
    let cure = Cure::GiveAway(place.slot.span);
    Finding { rule, article: String::new(), person, span, measured, limit: 0, gravity, cure }
}

fn not_employed(person: PersonId, place: &Place) -> Finding {
    let length = i64::from(place.slot.span.length().0);
    of_duty(Rule::NotEmployed, person, place, place.slot.span, length, Gravity::Absolute)
}

/// Nobody stands watch who does not work for a member on that day.
fn employment(candidate: &Candidate, place: &Place) -> Option<Finding> {
    let works = candidate.employments.iter().any(|employed| {
        let begun = employed.from <= place.slot.day;
        let goes_on = employed.until.is_none_or(|last| place.slot.day <= last);
        employed.in_pool && begun && goes_on
    });
    (!works).then(|| not_employed(candidate.person, place))
}

/// Nobody stands watch while away, or at any hour of a day marked "can't".
fn absence(problem: &Problem, candidate: &Candidate, place: &Place) -> Option<Finding> {
    let refused = candidate
        .wishes
        .iter()
        .filter(|wish| wish.kind == WishKind::Cant)
        .map(|wish| time::civil_day(wish.day, problem.zone));
    let away = candidate.absences.iter().copied().chain(refused);
    let common = away.filter_map(|away| away.common(&place.slot.span)).min()?;
    let measured = i64::from(common.length().0);
    Some(of_duty(Rule::Absence, candidate.person, place, common, measured, Gravity::Absolute))
}

/// A slot's languages are all spoken.
fn language(candidate: &Candidate, place: &Place) -> Option<Finding> {
    let missing = place.slot.languages.iter().filter(|wanted| !candidate.languages.contains(wanted)).count();
    let measured = i64::try_from(missing).expect("a slot asks for a few languages");
    (missing > 0).then(|| {
        of_duty(Rule::Language, candidate.person, place, place.slot.span, measured, Gravity::Overridable)
    })
}

/// Nobody is in two places at once: other duties here, office hours, duties elsewhere.
fn overlaps(candidate: &Candidate, places: &[&Place], case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let span = place.slot.span;
        let later = places[number + 1..].iter().map(|other| other.slot.span);
        let elsewhere = case.office.iter().chain(&candidate.busy).copied();
        if let Some(common) = later.chain(elsewhere).filter_map(|other| other.common(&span)).min() {
            let measured = i64::from(common.length().0);
            findings.push(of_duty(
                Rule::Overlap,
                candidate.person,
                place,
                common,
                measured,
                Gravity::Absolute,
            ));
        }
    }
    findings
}

/// What every law that binds the person on one of `days` asks; the same limit is asked once.
fn laws_on(candidate: &Candidate, from: NaiveDate, until: NaiveDate) -> Vec<Values> {
    let mut laws: Vec<Law> = Vec::new();
    for employed in &candidate.employments {
        let runs = employed.from <= until && employed.until.is_none_or(|last| from <= last);
        if runs && !laws.contains(&employed.law) {
            laws.push(employed.law);
        }
    }
    laws.into_iter().map(law::values).collect()
}

/// The longest of the limits that `rule` picks; the first law named wins a tie.
fn longest(laws: &[Values], rule: impl Fn(&Values) -> Option<Limit>) -> Option<Limit> {
    laws.iter().filter_map(rule).reduce(|best, next| if next.minutes > best.minutes { next } else { best })
}

/// The shortest of the limits that `rule` picks; the first law named wins a tie.
fn shortest(laws: &[Values], rule: impl Fn(&Values) -> Option<Limit>) -> Option<Limit> {
    laws.iter().filter_map(rule).reduce(|best, next| if next.minutes < best.minutes { next } else { best })
}

/// The civil days on which a duty of this rota is work.
fn days_with_duty(candidate: &Candidate, case: &Case) -> BTreeSet<NaiveDate> {
    let on = |duty: &Span| {
        let first = time::day(duty.start(), candidate.zone);
        let last = time::day(duty.end() - Duration::microseconds(1), candidate.zone);
        first.iter_days().take_while(move |day| *day <= last)
    };
    case.duties.iter().flat_map(on).collect()
}

/// Work and span of every civil day that holds a duty.
fn days(candidate: &Candidate, case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for day in days_with_duty(candidate, case) {
        let civil = time::civil_day(day, candidate.zone);
        let worked: Vec<Span> = case.work.iter().filter_map(|work| work.common(&civil)).collect();
        let (Some(first), Some(last)) = (worked.first(), worked.last()) else { continue };
        let whole = Span::new(first.start(), last.end()).expect("the last work ends after the first starts");
        let sum: Duration = worked.iter().map(|work| work.end() - work.start()).sum();
        let laws = laws_on(candidate, day, day);
        let mut over = |rule, measured: Duration, limit: Option<Limit>| {
            let Some(limit) = limit.filter(|limit| measured > limit.minutes.duration()) else { return };
            let cure = case.last_duty(civil.start(), civil.end());
            findings.push(absolute(rule, limit, candidate.person, whole, measured, cure));
        };
        over(Rule::DailyMaximum, sum, shortest(&laws, |law| law.daily_maximum));
        over(Rule::DailySpan, whole.end() - whole.start(), shortest(&laws, |law| law.daily_span));
    }
    findings
}

/// From each start of work after a sufficient rest: another one begins and ends within 24 hours.
fn daily_rests(candidate: &Candidate, case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut worked_until: Option<DateTime<Utc>> = None;
    for work in &case.work {
        let start = work.start();
        let before = worked_until.replace(work.end());
        let day = time::day(start, candidate.zone);
        let Some(limit) = longest(&laws_on(candidate, day, day), |law| law.daily_rest) else { continue };
        let rested = before.is_none_or(|end| start - end >= limit.minutes.duration());
        let until = start + Duration::hours(24);
        if !rested || !case.concerns(start, until) {
            continue;
        }
        let rest = case.longest_rest(start, until);
        if rest < limit.minutes.duration() {
            let span = Span::new(start, until).expect("a day later is later");
            let cure = case.last_duty(start, until);
            findings.push(absolute(Rule::DailyRest, limit, candidate.person, span, rest, cure));
        }
    }
    findings
}

/// Each civil week touched by a duty holds its rest, which may cross the week's border.
fn weekly_rests(candidate: &Candidate, case: &Case) -> Vec<Finding> {
    let days = days_with_duty(candidate, case);
    let week = chrono::Days::new(7);
    // A rest that crosses the border can be spoilt by a duty of the week beside it.
    let mondays: BTreeSet<NaiveDate> = days
        .iter()
        .map(|day| time::monday_of(*day))
        .flat_map(|monday| [monday - week, monday, monday + week])
        .collect();
    mondays.into_iter().filter_map(|monday| weekly_rest(candidate, case, monday)).collect()
}

fn weekly_rest(candidate: &Candidate, case: &Case, monday: NaiveDate) -> Option<Finding> {
    let sunday = monday + chrono::Days::new(6);
    let laws = laws_on(candidate, monday, sunday);
    let limit = longest(&laws, |law| law.weekly_rest)?;
    let inside = laws.iter().map(|law| law.weekly_rest_inside).max()?;
    let start = time::civil_day(monday, candidate.zone).start();
    let end = time::civil_day(sunday, candidate.zone).end();
    let beyond = limit.minutes.duration() - inside.duration();
    let (from, to) = (start - beyond, end + beyond);
    if !case.concerns(from, to) {
        return None;
    }
    // All free stretches of the weeks around, uncut at the borders of this one.
    let far = Duration::days(7);
    let mut free: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    let mut since = start - far;
    for work in case.work.iter().filter(|work| work.end() > start - far && work.start() < end + far) {
        free.push((since, work.start()));
        since = work.end();
    }
    free.push((since, end + far));
    let in_week = |(from, to): &(DateTime<Utc>, DateTime<Utc>)| (*to).min(end) - (*from).max(start);
    let counting: Vec<Duration> =
        free.iter().filter(|rest| in_week(rest) >= inside.duration()).map(|(from, to)| *to - *from).collect();
    let best = counting
        .into_iter()
        .max()
        .or_else(|| free.iter().map(in_week).max())
        .unwrap_or_default()
        .max(Duration::zero());
    let long_enough = free
        .iter()
        .any(|rest| rest.1 - rest.0 >= limit.minutes.duration() && in_week(rest) >= inside.duration());
    if long_enough {
        return None;
    }
    let span = Span::new(start, end).expect("a week ends after it starts");
    Some(absolute(Rule::WeeklyRest, limit, candidate.person, span, best, case.last_duty(from, to)))
}

fn absolute(
    rule: Rule,
    limit: Limit,
    person: PersonId,
    span: Span,
    measured: Duration,
    cure: Cure,
) -> Finding {
    Finding {
        rule,
        article: limit.article.to_owned(),
        person,
        span,
        measured: minutes(measured),
        limit: i64::from(limit.minutes.0),
        gravity: Gravity::Absolute,
        cure,
    }
}
