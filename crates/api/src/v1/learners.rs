//! Learners: somebody stands beside a lead, in a draft or in what is published. They cover nothing and are
//! never rung; in law it is work.

use actix_web::web::{Data, Path};
use app::{
    App, Planner,
    rota::{
        handovers::learners::{self, Beside},
        read,
    },
};
use domain::{AssignmentId, PersonId, RotaId};
use uuid::Uuid;

use super::{
    Problem,
    assignments::AssignmentShown,
    body::{Body, input},
    handovers::refused,
    query::IfMatch,
    reply,
};
use crate::{Answer, As};

input! {
    /// Somebody who learns beside a lead.
    pub struct NewLearner {
        /// The lead's place, which has not begun.
        pub assignment: Uuid,
        /// Who learns.
        pub person: Uuid,
    }
}

/// Adds a learner beside a lead. In a published rota they have a shift at once, and are told.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/learners", tag = "assignments",
    params(("rota" = Uuid, Path)), request_body = NewLearner,
    responses((status = 201, description = "The learner's own place", body = AssignmentShown)))]
pub async fn add(
    app: Data<App>,
    As(planner): As<Planner>,
    rota: Path<RotaId>,
    Body(new): Body<NewLearner>,
) -> Result<Answer, Problem> {
    let (lead, person) = (AssignmentId(new.assignment), PersonId(new.person));
    match learners::add(&app, &planner, *rota, lead, person).await? {
        Beside::Done(kept) => {
            let path = format!("/api/v1/rotas/{rota}/assignments/{}", kept.is.id);
            Ok(reply::made::<AssignmentShown, _>(&path, *kept))
        }
        Beside::Refused(reasons) => Err(refused(&reasons)),
    }
}

/// Takes a learner off, before it has begun.
#[utoipa::path(delete, path = "/api/v1/rotas/{rota}/learners/{assignment}", tag = "assignments",
    params(("rota" = Uuid, Path), ("assignment" = Uuid, Path)),
    responses((status = 204, description = "Taken off")))]
pub async fn remove(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let (rota, id) = path.into_inner();
    let done = learners::remove(&app, &planner, rota, id, &seen).await;
    reply::removed::<AssignmentShown, _>(done, read::place(&app, &planner, rota, id)).await
}
