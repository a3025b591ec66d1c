//! Why a place of a rota stands as it does, what a change would bring, and ways to fill a hole.

use actix_web::web::{Data, Path};
use app::{
    App, Planner,
    rota::explained::{self, Candidacy, Standing, Way, WhatIf},
};
use domain::{AssignmentId, Finding, PersonId, RotaId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Problem, comparison::FindingShown, query::Asked, reply, words::WishName};
use crate::{Answer, As};

/// Everybody who was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidatesShown {
    /// Who holds the place, then who could take it, the best first, then the others.
    pub items: Vec<CandidateShown>,
}

/// Somebody, and where they stand towards a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateShown {
    /// Who.
    pub person: Uuid,
    /// `holds`, `free`, `with_reason` (if a named person writes down why) or `blocked`.
    pub standing: &'static str,
    /// The first rule in the way, if there is one.
    pub finding: Option<FindingShown>,
    /// What they said of the day.
    pub wish: Option<WishName>,
    /// By how many worth-minutes they would be over their fair share with it; less than zero: under.
    pub over_share_minutes: i64,
}

impl From<Candidacy> for CandidateShown {
    fn from(one: Candidacy) -> Self {
        let (standing, finding) = match one.standing {
            Standing::Holds => ("holds", None),
            Standing::Free => ("free", None),
            Standing::WithReason { finding } => ("with_reason", Some(finding)),
            Standing::Blocked { finding } => ("blocked", Some(finding)),
        };
        Self {
            person: one.person.0,
            standing,
            finding: finding.map(FindingShown::from),
            wish: one.wish.map(WishName),
            over_share_minutes: one.over_with,
        }
    }
}

/// Ways to fill a hole.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaysShown {
    /// Up to three, the cheapest first; none if nothing so small would fill it.
    pub items: Vec<WayShown>,
}

/// One way, with its price.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayShown {
    /// What is done, in this order: each step keeps the law when it is taken.
    pub steps: Vec<StepShown>,
    /// What a named person would have to accept with a written reason.
    pub accepted: Option<FindingShown>,
    /// Whether whoever fills it said "can't" of the day, and would have to be asked first.
    pub asked: bool,
    /// How many of those who move would rather not.
    pub unwilling: usize,
    /// By how many worth-minutes whoever fills it would be over their fair share.
    pub over_share_minutes: i64,
}

/// A place and who would stand in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepShown {
    /// The place.
    pub assignment: Uuid,
    /// Who.
    pub person: Uuid,
}

/// What giving a place to somebody, or opening it, would bring.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhatIfShown {
    /// Whether something forbids it that no reason can accept.
    pub refused: bool,
    /// What would be wrong that is not wrong now, the gravest first.
    pub new: Vec<FindingShown>,
    /// What is wrong now and would be cured.
    pub cured: Vec<FindingShown>,
    /// What the taker said of the day.
    pub wish: Option<WishName>,
    /// The taker's part before and after.
    pub taker: Option<PartShown>,
    /// The part of whoever holds the place now, before and after.
    pub giver: Option<PartShown>,
}

/// By how much somebody is over their fair share, in worth-minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartShown {
    /// As it is.
    pub over_before: i64,
    /// As it would be.
    pub over_after: i64,
}

impl From<WhatIf> for WhatIfShown {
    fn from(what: WhatIf) -> Self {
        let shown = |findings: Vec<Finding>| findings.into_iter().map(FindingShown::from).collect();
        Self {
            refused: what.refused(),
            new: shown(what.new),
            cured: shown(what.cured),
            wish: what.wish.map(WishName),
            taker: what.taker.map(|(before, after)| part(before.over(), after.over())),
            giver: what.giver.map(|(before, after)| part(before.over(), after.over())),
        }
    }
}

fn part(over_before: i64, over_after: i64) -> PartShown {
    PartShown { over_before, over_after }
}

/// Who could take a place, and which rule keeps each of the others from it: the first in the way.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/assignments/{assignment}/candidates", tag = "assignments",
    params(("rota" = Uuid, Path), ("assignment" = Uuid, Path)),
    responses((status = 200, description = "Everybody", body = CandidatesShown)))]
pub async fn candidates(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
    asked: Asked,
) -> Result<Answer, Problem> {
    asked.done()?;
    let (rota, place) = path.into_inner();
    let all = explained::candidates(&app, &planner, rota, place).await?;
    Ok(reply::one(&CandidatesShown { items: all.into_iter().map(CandidateShown::from).collect() }))
}

/// What would follow if somebody took a place, or if it were opened: nothing is changed.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/assignments/{assignment}/what-if", tag = "assignments",
    params(
        ("rota" = Uuid, Path),
        ("assignment" = Uuid, Path),
        ("person" = Option<Uuid>, Query, description = "Who would take it; it would be opened, if nobody is named")),
    responses((status = 200, description = "What would follow", body = WhatIfShown)))]
pub async fn what_if(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let person: Option<PersonId> = asked.id("person");
    asked.done()?;
    let (rota, place) = path.into_inner();
    let what = explained::what_if(&app, &planner, rota, place, person).await?;
    Ok(reply::one(&WhatIfShown::from(what)))
}

/// Up to three ways to fill an open place: somebody takes it; somebody takes it and passes on another
/// duty; somebody takes it if a reason is written down; somebody is asked to take back a "can't".
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/assignments/{assignment}/ways", tag = "assignments",
    params(("rota" = Uuid, Path), ("assignment" = Uuid, Path)),
    responses((status = 200, description = "The ways", body = WaysShown)))]
pub async fn ways(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
    asked: Asked,
) -> Result<Answer, Problem> {
    asked.done()?;
    let (rota, place) = path.into_inner();
    let (ways, places) = explained::ways(&app, &planner, rota, place).await?;
    let way = |way: Way| WayShown {
        steps: way
            .steps
            .iter()
            .map(|step| StepShown { assignment: places[step.place].id.0, person: step.person.0 })
            .collect(),
        accepted: way.accepted.map(FindingShown::from),
        asked: way.asked,
        unwilling: way.unwilling,
        over_share_minutes: way.over,
    };
    Ok(reply::one(&WaysShown { items: ways.into_iter().map(way).collect() }))
}
