//! Mending a draft after somebody fell ill: the least change is shown, and done under its tag.

use actix_web::web::{Data, Path};
use app::{
    App, Error, Planner, Refusal,
    kept::Kept,
    rota::{
        read,
        repair::{self, HoleReason, Left, Repair, Step},
    },
};
use chrono::{DateTime, Utc};
use domain::{Finding, Gravity, PersonId, RotaId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    comparison::{FindingShown, said},
    problem::Faulty,
    query::{Asked, IfMatch},
    reply,
    rotas::RotaShown,
    words::RungName,
};
use crate::{Answer, As};

/// The least change that fills what is open in a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct RepairShown {
    /// Places that change hands, in the order of time; none where there is nothing to do, or nothing helps.
    pub steps: Vec<RepairStepShown>,
    /// Who would have other shifts than before, without those who cannot keep theirs.
    pub touched: Vec<Uuid>,
    /// Who cannot keep a shift they have.
    pub excused: Vec<Uuid>,
    /// Places to come that stay open, and why.
    pub open: Vec<LeftShown>,
    /// What would be wrong that is not wrong now, the gravest first.
    pub new: Vec<FindingShown>,
    /// Whether something forbids it that no reason can accept: it cannot be done.
    pub refused: bool,
    /// Whether everything was tried, so that nothing smaller would do.
    pub complete: bool,
}

/// A place that changes hands.
#[derive(Debug, Serialize, ToSchema)]
pub struct RepairStepShown {
    /// The place.
    pub assignment: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// In which order people are asked.
    pub rung: RungName,
    /// Who stands in it now; null in an open one.
    pub from: Option<Uuid>,
    /// Who would; null where it stays open.
    pub to: Option<Uuid>,
}

/// A place that stays open, or that somebody is pinned in who cannot keep it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftShown {
    /// The place.
    pub assignment: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// In which order people are asked.
    pub rung: RungName,
    /// Whether it is pinned, and so left alone.
    pub pinned: bool,
    /// Who is pinned in it and cannot keep it.
    pub holder: Option<Uuid>,
    /// Why; null where that was not looked up, beyond the first two dozen.
    pub why: Option<WhyShown>,
}

/// Why a place stays open.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyShown {
    /// Who could take it all the same, the best first.
    pub free: Vec<Uuid>,
    /// Who could if somebody wrote down why, the best first.
    pub with_reason: Vec<Uuid>,
    /// How many people each rule keeps from it, with a reason or for good, the commonest first.
    pub blocked: Vec<BlockedShown>,
}

/// How many people a rule keeps from a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockedShown {
    /// The rule: `overlap`, `absence`, `daily_rest` …
    pub rule: String,
    /// How many people.
    pub people: u32,
}

fn ids(people: Vec<PersonId>) -> Vec<Uuid> {
    people.into_iter().map(|person| person.0).collect()
}

impl From<Repair> for RepairShown {
    fn from(repair: Repair) -> Self {
        Self {
            refused: repair.refused(),
            steps: repair.steps.into_iter().map(RepairStepShown::from).collect(),
            touched: ids(repair.touched),
            excused: ids(repair.excused),
            open: repair.open.into_iter().map(LeftShown::from).collect(),
            new: repair.new.into_iter().map(FindingShown::from).collect(),
            complete: repair.complete,
        }
    }
}

impl From<Step> for RepairStepShown {
    fn from(step: Step) -> Self {
        Self {
            assignment: step.assignment.0,
            starts_at: step.span.start(),
            ends_at: step.span.end(),
            rung: RungName(step.rung),
            from: step.from.map(|person| person.0),
            to: step.to.map(|person| person.0),
        }
    }
}

impl From<HoleReason> for WhyShown {
    fn from(why: HoleReason) -> Self {
        let blocked = why.blocked.into_iter();
        let blocked = blocked.map(|(rule, people)| BlockedShown { rule: rule.word().to_owned(), people });
        Self { free: ids(why.free), with_reason: ids(why.with_reason), blocked: blocked.collect() }
    }
}

impl From<Left> for LeftShown {
    fn from(left: Left) -> Self {
        Self {
            assignment: left.assignment.0,
            starts_at: left.span.start(),
            ends_at: left.span.end(),
            rung: RungName(left.rung),
            pinned: left.pinned,
            holder: left.holder.map(|person| person.0),
            why: left.why.map(WhyShown::from),
        }
    }
}

/// The least change that fills what is open in a draft, such as after somebody fell ill: first the least
/// left open, then the fewest people touched, then the fewest shifts. What has begun or is pinned stays.
/// Nothing is changed; the ETag says what would be done.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/repair", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "What would be done", body = RepairShown)))]
pub async fn show(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    asked: Asked,
) -> Result<Answer, Problem> {
    asked.done()?;
    Ok(reply::kept::<RepairShown, _>(repair::propose(&app, &planner, *id).await?))
}

/// Does what was shown, named by its ETag in `If-Match`; `undo` takes all of it back at once. Where something
/// else would be done by now, nothing is.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/repair", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "The rota", body = RotaShown)))]
pub async fn repair(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    match repair::repair(&app, &planner, *id, &seen).await {
        Ok(_) => Ok(reply::kept::<RotaShown, _>(read::get(&app, &planner, *id).await?)),
        Err(Error::Refused(Refusal::RuleForbids)) => {
            let Kept { is: repair, .. } = repair::propose(&app, &planner, *id).await?;
            Err(forbidden(&repair.new))
        }
        Err(error) => {
            let now = async {
                let Kept { is: repair, .. } = repair::propose(&app, &planner, *id).await?;
                Ok(RepairShown::from(repair))
            };
            Err(Problem::or_current(error, now).await)
        }
    }
}

/// Why it cannot be done: each rule that refuses everywhere.
fn forbidden(new: &[Finding]) -> Problem {
    let absolute = new.iter().filter(|finding| finding.gravity == Gravity::Absolute);
    let errors = absolute.map(|finding| Faulty::of_all(said(finding))).collect();
    Problem::conflict("Rules that allow no exception forbid it: see `errors`.", errors)
}
