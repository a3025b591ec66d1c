//! Memberships: which offices a pool holds together, from a day to a day.

use actix_web::web::{Data, Path};
use app::{Anybody, App, Planner, pool::members};
use chrono::NaiveDate;
use domain::{Membership, MembershipId, OrganisationId, PoolId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A membership, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipShown {
    /// Its id.
    pub id: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// The member.
    pub organisation: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
}

input! {
    /// A membership to be begun.
    pub struct NewMembership {
        /// The pool, which your board organises.
        pub pool: Uuid,
        /// An office you know.
        pub organisation: Uuid,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

input! {
    /// A membership as it shall be from now on; its last day ends it.
    pub struct ChangedMembership {
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<Membership> for MembershipShown {
    fn from(one: Membership) -> Self {
        Self {
            id: one.id.0,
            pool: one.pool.0,
            organisation: one.organisation.0,
            from: one.from,
            until: one.until,
        }
    }
}

/// The memberships of the pools your organisation is part of, ended ones too.
#[utoipa::path(get, path = "/api/v1/memberships", tag = "memberships",
    params(("pool" = Option<Uuid>, Query, description = "Of this pool alone")),
    responses((status = 200, description = "A page of memberships", body = Listed<MembershipShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    asked.list::<MembershipShown, _>(SORTS, async |ask| members::list(&app, &anybody, pool, ask).await).await
}

/// One membership.
#[utoipa::path(get, path = "/api/v1/memberships/{membership}", tag = "memberships",
    params(("membership" = Uuid, Path)),
    responses((status = 200, description = "The membership", body = MembershipShown)))]
pub async fn show(
    app: Data<App>,
    As(anybody): As<Anybody>,
    id: Path<MembershipId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<MembershipShown, _>(members::get(&app, &anybody, *id).await?))
}

/// Makes an office you know a member of a pool that your board organises.
#[utoipa::path(post, path = "/api/v1/memberships", tag = "memberships", request_body = NewMembership,
    responses((status = 201, description = "The membership", body = MembershipShown)))]
pub async fn admit(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewMembership>,
) -> Result<Answer, Problem> {
    let NewMembership { pool, organisation, from, until } = new;
    let (pool, office) = (PoolId(pool), OrganisationId(organisation));
    let made = members::admit(&app, &planner, pool, office, (from, until)).await?;
    Ok(reply::made::<MembershipShown, _>(&format!("/api/v1/memberships/{}", made.is.id), made))
}

/// Changes a membership's days; its last day ends it.
#[utoipa::path(put, path = "/api/v1/memberships/{membership}", tag = "memberships",
    params(("membership" = Uuid, Path)), request_body = ChangedMembership,
    responses((status = 200, description = "The membership", body = MembershipShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    Signed(session): Signed,
    id: Path<MembershipId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedMembership>,
) -> Result<Answer, Problem> {
    let anybody = session.caller()?;
    let done = members::change(&app, &planner, *id, &seen, (body.from, body.until)).await;
    reply::changed::<MembershipShown, _>(done, members::get(&app, &anybody, *id)).await
}
