//! What the law lets a named person accept, and the reasons they give: asked for at publication and when
//! a planner assigns a duty, kept with who, when and what, and shown with the finding ever after.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Acceptance, Assignment, Finding, Gravity, HandoverId, PersonId, RotaId};
use storage::{
    acceptances,
    page::{Ask, Page},
    people, scope,
};
use views::html::rota::Accepted;

use super::{planned, scene::Scene, scope_of};
use crate::{
    App, Caller, Error, Planner, Refusal,
    checks::{Checks, Wrong},
};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// Why somebody accepts what may be accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reasons {
    /// For each finding that has no reason of its own.
    pub all: String,
    /// For single findings, by [`Finding::key`].
    pub each: BTreeMap<String, String>,
}

impl Reasons {
    /// One reason for whatever there is.
    pub fn for_all(reason: &str) -> Self {
        Self { all: reason.to_owned(), each: BTreeMap::new() }
    }

    /// Whether each can be kept, asked before anything is looked up.
    ///
    /// # Errors
    /// If one is longer than [`LONGEST_REASON`], or holds what no text may.
    pub fn check(&self) -> Result<(), Error> {
        let mut checks = Checks::default();
        let each = self.each.values().map(|reason| ("reasons", reason));
        for (field, reason) in std::iter::once(("reason", &self.all)).chain(each) {
            if reason.trim().chars().count() > LONGEST_REASON {
                checks.refuse(field, Wrong::TooLong { most: LONGEST_REASON });
            } else if reason.contains('\0') {
                checks.refuse(field, Wrong::Control);
            }
        }
        checks.done()
    }

    /// The reason for `finding`, if one was given.
    pub fn of(&self, finding: &Finding) -> Option<&str> {
        let own = self.each.get(&finding.key()).map(|reason| reason.trim());
        own.into_iter().chain([self.all.trim()]).find(|reason| !reason.is_empty())
    }
}

/// What the judge finds wrong with hours to come, the gravest first.
pub(crate) fn findings(scene: &Scene, places: &[Assignment]) -> Vec<Finding> {
    let holders: Vec<Option<PersonId>> = places.iter().map(|place| place.person).collect();
    let mut findings = scheduling::judge(&scene.problem(places), &holders);
    findings.retain(|finding| scene.now < finding.span.end());
    findings.sort_by_key(|finding| (finding.gravity, finding.span));
    findings
}

/// Those of `findings` that need a reason and have none yet.
pub(crate) fn open<'f>(scene: &Scene, findings: &'f [Finding]) -> Vec<&'f Finding> {
    let accepted = |finding: &Finding| scene.accepted.iter().any(|one| one.covers(finding));
    let needs = |finding: &&Finding| finding.gravity == Gravity::Overridable && !accepted(finding);
    findings.iter().filter(needs).collect()
}

/// For what somebody accepts findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    /// The publication, or the rota in which the duty stands.
    pub rota: RotaId,
    /// The handover, if it is one.
    pub handover: Option<HandoverId>,
    /// Who accepts.
    pub by: PersonId,
}

/// The acceptances of `findings`, each with its reason.
///
/// # Errors
/// If a reason is missing, or too long.
pub(super) fn accept(
    app: &App,
    scene: &Scene,
    of: Of,
    findings: &[&Finding],
    reasons: &Reasons,
) -> Result<Vec<Acceptance>, Error> {
    reasons.check()?;
    let one = |finding: &&Finding| -> Result<Acceptance, Error> {
        let reason = reasons.of(finding).ok_or(Error::Refused(Refusal::ReasonIsMissing))?;
        Ok(Acceptance {
            id: app.mint(),
            pool: scene.pool.id,
            rota: of.rota,
            handover: of.handover,
            finding: (*finding).clone(),
            reason: reason.to_owned(),
            by: of.by,
            at: scene.now,
        })
    };
    findings.iter().map(one).collect()
}

/// How `finding` was accepted, as pages show it; `names` knows who accepted.
pub(super) fn shown(
    scene: &Scene,
    names: &BTreeMap<PersonId, String>,
    finding: &Finding,
) -> Option<Accepted> {
    let one = scene.accepted.iter().rev().find(|one| one.covers(finding))?;
    let by = names.get(&one.by).cloned().unwrap_or_else(|| "–".to_owned());
    Some(Accepted { by, at: one.at, reason: one.reason.clone() })
}

/// The names of those who accepted something of a scene, read as the board sees its people.
pub(super) async fn names(
    app: &App,
    scope: scope::Pool,
    scene: &Scene,
) -> Result<BTreeMap<PersonId, String>, Error> {
    let ids: BTreeSet<PersonId> = scene.accepted.iter().map(|one| one.by).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<PersonId> = ids.into_iter().collect();
    // Planners work at the board, whose people the board's own scope knows.
    let tx = app.read(scope::Home(scope.viewer)).await?;
    let known = people::named(&tx, &ids).await?;
    Ok(known.into_iter().map(|person| (person.id, person.full_name())).collect())
}

/// What was accepted in the pools of a planner, of one rota or of all in the first pool; a page of it.
///
/// # Errors
/// If the rota is not theirs, or the database cannot be read.
pub async fn list(
    app: &App,
    planner: &Caller<Planner>,
    rota: Option<RotaId>,
    ask: &Ask,
) -> Result<Page<Acceptance>, Error> {
    let scope = match rota {
        Some(rota) => scope_of(app, planner, rota).await?,
        None => planned(planner, planner.pool().ok_or(Error::NotFound("pool"))?)?,
    };
    Ok(acceptances::list(&app.read(scope).await?, rota, ask).await?)
}
