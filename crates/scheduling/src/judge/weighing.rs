//! From breaches to findings: which limit is named, how much it weighs, and the smallest cure.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::finding::{Cure, Finding, Gravity, Rule};
use domain::{Minutes, Span, Unit, time};

use super::Asked;
use super::asked::{broken, part_in, unit};
use super::case::Case;
use crate::bonds::Bond;
use crate::law::{Limit, Term};
use crate::problem::{Place, first_day};
use crate::rules::standby::{self, Level};
use crate::rules::{breaks, notice};

/// How many duties are tried before no single one is named as the cure.
const TRIED: usize = 8;

/// A breach with the law it breaks.
struct Breached<'a> {
    bond: &'a Bond,
    term: Term,
    limit: Limit,
    finding: Finding,
    reach: Span,
}

/// Everything the laws that bind the person find, term by term in the order of time. Where several
/// laws find the same, the gravest, then the strictest is named; the first named wins a tie.
///
/// Only limits whose gravity is wanted are asked; of obstacles no cure is looked for.
pub(super) fn findings(case: &Case<'_>, asked: Asked) -> Vec<Finding> {
    let bonds = case.candidate.bonds(first_day(case.all));
    let mut findings = Vec::new();
    for term in Term::ALL {
        for breached in gravest(case, &bonds, term, asked) {
            let mut finding = named(case, &breached);
            if asked != Asked::Obstacles {
                finding.cure = cure(case, &breached);
            }
            findings.push(finding);
        }
    }
    one_a_rule(&mut findings);
    findings.extend(risk(case, &bonds).filter(|finding| asked.wants(finding.gravity)));
    findings
}

/// What every law says of `term`, one breach for each span.
fn gravest<'a>(case: &Case<'_>, bonds: &'a [Bond], term: Term, asked: Asked) -> Vec<Breached<'a>> {
    let mut worst: BTreeMap<Span, Breached<'a>> = BTreeMap::new();
    let asks = |bond: &&Bond| bond.profile.limit(term).is_none_or(|limit| asked.wants(limit.gravity));
    for bond in bonds.iter().filter(asks) {
        let mut bent: BTreeSet<NaiveDate> = BTreeSet::new();
        for (breach, mut limit) in broken(case, bond, term) {
            let week = time::monday_of(breach.days.0);
            let once = limit.exception.is_some_and(|exception| exception.once_a_week);
            limit.exception = limit.exception.filter(|_| !once || bent.insert(week));
            let Weight { gravity, measured, amount, article } = weigh(term, &limit, breach.measured);
            if !asked.wants(gravity) {
                continue;
            }
            let finding = Finding {
                rule: term.rule(),
                article,
                person: case.candidate.person,
                span: breach.span,
                measured,
                limit: i64::from(amount),
                unit: unit(term),
                lacks: Vec::new(),
                gravity,
                cure: Cure::Replan,
            };
            let graver = |known: &Breached<'_>| order(&finding) < order(&known.finding);
            if worst.get(&breach.span).is_none_or(graver) {
                worst.insert(breach.span, Breached { bond, term, limit, finding, reach: breach.reach });
            }
        }
    }
    worst.into_values().collect()
}

/// The gravest first, then what misses most.
fn order(finding: &Finding) -> (Gravity, Reverse<i64>) {
    (finding.gravity, Reverse(finding.missing()))
}

/// Terms of one rule may find the same span: only the gravest is kept.
fn one_a_rule(findings: &mut Vec<Finding>) {
    let all = findings.clone();
    let same = |one: &Finding, other: &Finding| {
        (one.rule, one.unit, one.span) == (other.rule, other.unit, other.span)
    };
    let mut number = 0;
    findings.retain(|finding| {
        let better = |(other, known): (usize, &Finding)| {
            other != number && same(finding, known) && (order(known), other) < (order(finding), number)
        };
        let keep = !all.iter().enumerate().any(better);
        number += 1;
        keep
    });
}

/// How much missing a limit weighs, what was measured, and which amount of which article is named.
struct Weight {
    gravity: Gravity,
    measured: i64,
    amount: u32,
    article: String,
}

/// Weighs missing `limit`: named is the exception where not even that is met.
fn weigh(term: Term, limit: &Limit, measured: i64) -> Weight {
    let of_the_law = |gravity| Weight {
        gravity,
        measured,
        amount: limit.amount,
        article: limit.article.clone().into_owned(),
    };
    let Some(exception) = limit.exception.filter(|_| limit.gravity == Gravity::Absolute) else {
        return of_the_law(limit.gravity);
    };
    // Fifteen days are days; the one that is left in exceptional circumstances is a clear one (L3121-12).
    let spared = if term == Term::StandbyNotice { notice::clear(measured) } else { measured };
    let amount = i64::from(exception.amount);
    let met = if term.is_least() { spared >= amount } else { spared <= amount };
    if met {
        return of_the_law(Gravity::Overridable);
    }
    let (amount, article) = (exception.amount, exception.article.to_owned());
    Weight { gravity: Gravity::Absolute, measured: spared, amount, article }
}

/// The finding, with the article on several employers where only hours elsewhere make it too much.
fn named(case: &Case<'_>, breached: &Breached<'_>) -> Finding {
    let mut finding = breached.finding.clone();
    let summed = matches!(breached.term, Term::DailyMaximum | Term::WeeklyMaximum | Term::AverageMaximum);
    if let Some(article) = breached.bond.profile.other_employers.filter(|_| summed)
        && !case.candidate.elsewhere.is_empty()
        && !still(&case.without_elsewhere(), breached)
    {
        article.clone_into(&mut finding.article);
    }
    finding
}

/// Whether `case` breaks the same term of the same law at the same time.
fn still(case: &Case<'_>, breached: &Breached<'_>) -> bool {
    broken(case, breached.bond, breached.term)
        .iter()
        .any(|(breach, _)| breach.span.overlaps(&breached.finding.span))
}

/// The shortest duty that cures it alone when given away, the last of those as short; a pause where
/// one is due.
fn cure(case: &Case<'_>, breached: &Breached<'_>) -> Cure {
    if breached.term == Term::Pause {
        let pause = breached.bond.profile.breaks.iter().find(|due| due.after.0 == breached.limit.amount);
        let by = breaks::reached(&case.record, breached.finding.span, breached.limit.amount);
        return Cure::Pause { by, minutes: Minutes(pause.map_or(0, |due| due.pause.amount)) };
    }
    if matches!(breached.term, Term::PartTimeMinimum | Term::Lending) {
        return Cure::Replan;
    }
    let mut near: Vec<&Place> = part_in(case, breached.bond, breached.term);
    near.retain(|place| place.slot.span.overlaps(&breached.reach));
    near.sort_by_key(|place| (place.slot.span.length(), Reverse(place.slot.span)));
    let cures = |place: &&Place| !still(&case.without(place), breached);
    near.into_iter().take(TRIED).find(cures).map_or(Cure::Replan, |place| Cure::GiveAway(place.slot.span))
}

/// Standby of this rota after standby that was nearly work.
fn risk(case: &Case<'_>, bonds: &[Bond]) -> Option<Finding> {
    let article = bonds.iter().find_map(|bond| bond.profile.standby_is_work)?;
    let next = case.held(Some(domain::DutyKind::Standby)).map(|place| place.slot.span).min()?;
    let candidate = case.candidate;
    let answers: Vec<Span> = candidate.interventions.iter().map(|work| work.span).collect();
    let risk = standby::risk(&candidate.standby, &answers, case.problem.promise)?;
    (risk.level > Level::Low).then(|| Finding {
        rule: Rule::StandbyRisk,
        article: article.to_owned(),
        person: candidate.person,
        span: next,
        measured: risk.worked_percent,
        limit: standby::RAISED_PERCENT,
        unit: Unit::Percent,
        lacks: Vec::new(),
        gravity: Gravity::Warning,
        cure: Cure::Replan,
    })
}
