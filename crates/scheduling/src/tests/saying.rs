//! What the judge says of one person's rota, held against what the search would let stand.

use domain::finding::Rule;
use domain::{DutyKind, Finding, Law, Minutes, PersonId};

use super::town::*;
use crate::law::{Setting, Term};
use crate::solver::agreeing::accepts;
use crate::{Candidate, Place, Problem, judge};

/// What the judge says of somebody who holds all of `places`; the search agrees, or the test fails.
pub fn said(candidate: Candidate, places: Vec<Place>) -> Vec<Finding> {
    let rota = vec![Some(candidate.person); places.len()];
    judged(&problem(places, vec![candidate]), &rota)
}

/// The same without what is merely shown.
pub fn forbidden(candidate: Candidate, places: Vec<Place>) -> Vec<Finding> {
    let mut findings = said(candidate, places);
    findings.retain(|finding| finding.gravity.blocks());
    findings
}

pub fn judged(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Finding> {
    let findings = judge(problem, rota);
    let refused = findings.iter().any(|finding| finding.gravity.blocks());
    assert_eq!(accepts(problem, rota), !refused, "{findings:?}");
    findings
}

/// The same in short: rule, article, measured, limit.
pub fn short(findings: &[Finding]) -> Vec<(Rule, &str, i64, i64)> {
    findings.iter().map(|one| (one.rule, one.article.as_str(), one.measured, one.limit)).collect()
}

pub fn standby(from: &str, until: &str) -> Place {
    Place { kind: DutyKind::Standby, ..lead(from, until) }
}

pub fn agreed(mut candidate: Candidate, term: Term, amount: u32) -> Candidate {
    let document = "Accord d'entreprise".to_owned();
    candidate.employments[0].settings.push(Setting { term, amount, document, from: day("2020-01-01") });
    candidate
}

pub fn part_time(law: Law, hours: u32) -> Candidate {
    let mut one = under(law, 1);
    one.employments[0].weekly = Some(Minutes::hours(hours));
    one
}
