//! Who asks, in which roles, and how far their token reaches.

use actix_web::web::ReqData;
use app::account::api_tokens::Access;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem, reply,
    time::{Spoken, spoken},
    words::RoleName,
};
use crate::Answer;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person.
    pub id: Uuid,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The address codes go to.
    pub email: String,
    /// The languages they answer in, best first, with their levels where one is said.
    pub languages: Vec<Spoken>,
    /// In which roles this token may act; the first is the one it acts in.
    pub roles: Vec<HatShown>,
    /// Which scopes it reaches.
    pub scopes: Vec<String>,
}

/// A role in an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct HatShown {
    /// Which.
    pub role: RoleName,
    /// Where.
    pub organisation: Uuid,
    /// What it is called.
    pub organisation_name: String,
    /// The pools it organises, or is a member of now.
    pub pools: Vec<Uuid>,
}

/// Who asks, and what they may.
#[utoipa::path(get, path = "/api/v1/me", tag = "me",
    responses((status = 200, description = "Who asks", body = Me)))]
pub async fn show(access: ReqData<Access>) -> Result<Answer, Problem> {
    let session = &access.session;
    let mut hats: Vec<&app::account::Hat> = session.hats.iter().collect();
    hats.sort_by_key(|hat| Some(*hat) != session.hat());
    let roles = hats.into_iter().map(|hat| HatShown {
        role: RoleName(hat.role),
        organisation: hat.organisation.id.0,
        organisation_name: hat.organisation.name.clone(),
        pools: hat.pools.iter().map(|pool| pool.0).collect(),
    });
    let person = &session.person;
    Ok(reply::one(&Me {
        id: person.id.0,
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        email: session.email.clone(),
        languages: spoken(&person.skills, &person.languages),
        roles: roles.collect(),
        scopes: access.scopes(),
    }))
}
