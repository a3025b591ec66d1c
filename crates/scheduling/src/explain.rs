//! Who could take a place, and why the others cannot: asked of the judge, so that a page never
//! promises what publishing would refuse.

use domain::finding::{Cure, Finding, Gravity, Rule};
use domain::{PersonId, WishKind};
use serde::{Deserialize, Serialize};

use crate::aside;
use crate::judge::{judge_person, obstacles};
use crate::problem::{Candidate, Problem};
use crate::score::{Share, shares};

/// Where somebody stands towards a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum Standing {
    /// Holds it.
    Holds,
    /// Could take it.
    Free,
    /// Could take it if a named person writes down why.
    WithReason {
        /// What would have to be accepted.
        finding: Finding,
    },
    /// Cannot.
    Blocked {
        /// The first rule that stands in the way.
        finding: Finding,
    },
}

/// One candidate for one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidacy {
    /// Who.
    pub person: PersonId,
    /// Whether they could take it.
    pub standing: Standing,
    /// What they said of the day.
    pub wish: Option<WishKind>,
    /// By how many worth-minutes they would be over (or under) their fair share with it.
    pub over_with: i64,
}

/// Every candidate for place number `place`: first who holds it, then who could take it, the best
/// first (willing before unwilling, then who is furthest below their share), then the others.
pub fn who_could(problem: &Problem, rota: &[Option<PersonId>], place: usize) -> Vec<Candidacy> {
    let parts = shares(problem, rota);
    let mut people: Vec<Candidacy> =
        aside::each(&problem.candidates, |candidate| candidacy(problem, rota, place, candidate, &parts));
    people.sort_by_key(|one| (rank(&one.standing), willing(one.wish), one.over_with, one.person));
    people
}

/// Why one person cannot take place number `place`: the first rule in the way, `None` if none is.
/// What is only shown stands in nobody's way.
pub fn why_not(
    problem: &Problem,
    rota: &[Option<PersonId>],
    place: usize,
    person: PersonId,
) -> Option<Finding> {
    if rota[place] == Some(person) {
        return None;
    }
    let mut with = rota.to_vec();
    with[place] = Some(person);
    let mut new = obstacles(problem, &with, person);
    if new.is_empty() {
        return None;
    }
    let before = obstacles(problem, rota, person);
    new.retain(|finding| !before.contains(finding));
    // The gravest first: what a reason could cure must not hide what nothing can.
    new.sort_by_key(|finding| (finding.gravity, order(finding.rule)));
    new.into_iter().next()
}

/// The order in which rules are named: what is plain to see before what must be reckoned, and what
/// a day tells before what weeks do.
fn order(rule: Rule) -> (u8, Rule) {
    let plain = match rule {
        Rule::NotEmployed => 0,
        Rule::Absence => 1,
        Rule::Overlap => 2,
        skill if skill.is_skill() => 3,
        Rule::Minor => 4,
        Rule::DailyMaximum => 5,
        Rule::DailySpan => 6,
        Rule::DailyRest => 7,
        Rule::WeeklyRest => 8,
        _ => 9,
    };
    (plain, rule)
}

fn candidacy(
    problem: &Problem,
    rota: &[Option<PersonId>],
    place: usize,
    candidate: &Candidate,
    parts: &[Share],
) -> Candidacy {
    let person = candidate.person;
    let holds = rota[place] == Some(person);
    let standing = match why_not(problem, rota, place, person) {
        _ if holds => Standing::Holds,
        None => Standing::Free,
        Some(finding) if finding.gravity == Gravity::Absolute => Standing::Blocked { finding },
        Some(finding) => Standing::WithReason { finding },
    };
    let worth = if holds { 0 } else { i64::from(problem.places[place].worth.0) };
    let over = parts.iter().find(|share| share.person == person).map_or(0, Share::over);
    let wish = candidate.wish_on(problem.places[place].slot.day);
    Candidacy { person, standing, wish, over_with: over + worth }
}

fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Holds => 0,
        Standing::Free => 1,
        Standing::WithReason { .. } => 2,
        Standing::Blocked { .. } => 3,
    }
}

fn willing(wish: Option<WishKind>) -> u8 {
    match wish {
        Some(WishKind::Wish) => 0,
        None => 1,
        Some(WishKind::RatherNot) => 2,
        Some(WishKind::Cant) => 3,
    }
}

/// Why a place is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoleReason {
    /// People who could take it as the rota stands, the best first.
    pub free: Vec<PersonId>,
    /// People who could if somebody wrote down why, the best first.
    pub with_reason: Vec<PersonId>,
    /// How many people each rule keeps from it, the commonest first.
    pub blocked: Vec<(Rule, u32)>,
    /// Whether a planner pinned it open.
    pub pinned: bool,
}

/// Why place number `place` is open, and who could fill it.
pub fn hole_reason(problem: &Problem, rota: &[Option<PersonId>], place: usize) -> HoleReason {
    let (mut free, mut with_reason) = (Vec::new(), Vec::new());
    let mut blocked: Vec<(Rule, u32)> = Vec::new();
    for one in who_could(problem, rota, place) {
        match one.standing {
            Standing::Holds => {}
            Standing::Free => free.push(one.person),
            Standing::WithReason { ref finding } | Standing::Blocked { ref finding } => {
                if matches!(one.standing, Standing::WithReason { .. }) {
                    with_reason.push(one.person);
                }
                match blocked.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                    Some((_, times)) => *times += 1,
                    None => blocked.push((finding.rule, 1)),
                }
            }
        }
    }
    blocked.sort_by_key(|(rule, times)| (std::cmp::Reverse(*times), order(*rule)));
    HoleReason { free, with_reason, blocked, pinned: problem.places[place].pinned }
}

/// What giving a place to somebody would bring, before it is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// What would be wrong that is not wrong now, the gravest first.
    pub new: Vec<Finding>,
    /// What is wrong now and would be cured.
    pub cured: Vec<Finding>,
    /// What the taker said of the day.
    pub wish: Option<WishKind>,
    /// The taker's part before and after.
    pub taker: Option<(Share, Share)>,
    /// The part of whoever holds it now, before and after.
    pub giver: Option<(Share, Share)>,
}

impl WhatIf {
    /// Whether something forbids it that no reason can accept.
    pub fn refused(&self) -> bool {
        self.new.iter().any(|finding| finding.gravity == Gravity::Absolute)
    }
}

/// What giving place number `place` to `person` (or leaving it open) would bring.
pub fn what_if(
    problem: &Problem,
    rota: &[Option<PersonId>],
    place: usize,
    person: Option<PersonId>,
) -> WhatIf {
    let mut with = rota.to_vec();
    let giver = std::mem::replace(&mut with[place], person);
    let touched: Vec<PersonId> = [giver, person].into_iter().flatten().collect();
    let found = |rota: &[Option<PersonId>]| -> Vec<Finding> {
        touched.iter().flat_map(|person| judge_person(problem, rota, *person)).collect()
    };
    let (before, after) = (found(rota), found(&with));
    // Where another duty would cure the same, nothing else is wrong.
    let plain = |finding: &Finding| Finding { cure: Cure::Replan, ..finding.clone() };
    let among = |all: &[Finding], one: &Finding| all.iter().any(|other| plain(other) == plain(one));
    let mut new: Vec<Finding> = after.iter().filter(|one| !among(&before, one)).cloned().collect();
    new.sort_by_key(|finding| (finding.gravity, order(finding.rule)));
    let cured = before.iter().filter(|one| !among(&after, one)).cloned().collect();
    let (parts_before, parts_after) = (shares(problem, rota), shares(problem, &with));
    let part = |person: PersonId| {
        let of = |parts: &[Share]| parts.iter().find(|share| share.person == person).cloned();
        of(&parts_before).zip(of(&parts_after))
    };
    let day = problem.places[place].slot.day;
    WhatIf {
        new,
        cured,
        wish: person
            .and_then(|person| problem.candidate(person))
            .and_then(|candidate| candidate.wish_on(day)),
        taker: person.filter(|taker| giver != Some(*taker)).and_then(part),
        giver: giver.filter(|giver| person != Some(*giver)).and_then(part),
    }
}
