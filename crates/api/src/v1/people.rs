//! People: names and skills, as their colleagues know them.

use actix_web::web::{Data, Path};
use app::{
    App, Ask,
    account::people::{self, Said},
};
use domain::{Person, PersonId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    skills,
    time::{Spoken, spoken},
    words::ChannelName,
};
use crate::{Answer, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("given_name", "given_name"), ("family_name", "family_name")];

/// Somebody, as their colleagues know them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonShown {
    /// Their id.
    pub id: Uuid,
    /// The first name, which visitors may see.
    pub given_name: String,
    /// The family name, which visitors never see.
    pub family_name: String,
    /// The languages they answer in, best first, with their levels where one is said.
    pub languages: Vec<Spoken>,
    /// Destinations they know besides those they work for, by the office that looks after each.
    pub destinations: Vec<Uuid>,
    /// Channels they answer on; none are all.
    pub channels: Vec<ChannelName>,
}

input! {
    /// Somebody as they shall be known from now on.
    pub struct ChangedPerson {
        /// The first name, which visitors may see.
        #[schema(min_length = 1, max_length = 80)]
        pub given_name: String,
        /// The family name, which visitors never see.
        #[schema(min_length = 1, max_length = 80)]
        pub family_name: String,
        /// The languages they answer in, best first, with their levels where one is said.
        #[schema(max_items = 20)]
        pub languages: Vec<Spoken>,
        /// Destinations they know besides those they work for, by the offices that look after them: members
        /// of your pools, or known before. As before if it is not said.
        #[schema(max_items = 200)]
        pub destinations: Option<Vec<Uuid>>,
        /// Channels they answer on; none are all. As before if it is not said.
        #[schema(max_items = 20)]
        pub channels: Option<Vec<ChannelName>>,
    }
}

impl From<Person> for PersonShown {
    fn from(person: Person) -> Self {
        Self {
            id: person.id.0,
            given_name: person.given_name,
            family_name: person.family_name,
            languages: spoken(&person.skills, &person.languages),
            destinations: skills::ids(&person.skills.destinations),
            channels: skills::names(&person.skills.channels),
        }
    }
}

/// Those who work for your organisation, and colleagues of the watch; or those of a pool you plan.
#[utoipa::path(get, path = "/api/v1/people", tag = "people",
    params(("pool" = Option<Uuid>, Query, description = "Those who may stand watch in this pool, which you plan")),
    responses((status = 200, description = "A page of people", body = Listed<PersonShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    let list = async |ask: &Ask| match pool {
        Some(pool) => people::list_pool(&app, &session.caller()?, pool, ask).await,
        None => people::list(&app, &session.caller()?, ask).await,
    };
    asked.list::<PersonShown, _>(SORTS, list).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/people/{person}", tag = "people", params(("person" = Uuid, Path)),
    responses((status = 200, description = "The person", body = PersonShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<PersonId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<PersonShown, _>(people::get(&app, &session, *id).await?))
}

/// Changes your own names and skills, or those of your staff.
#[utoipa::path(put, path = "/api/v1/people/{person}", tag = "people", params(("person" = Uuid, Path)),
    request_body = ChangedPerson, responses((status = 200, description = "The person", body = PersonShown)))]
pub async fn change(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<PersonId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedPerson>,
) -> Result<Answer, Problem> {
    skills::fit(&[
        ("/languages", body.languages.len(), 20),
        ("/destinations", body.destinations.as_ref().map_or(0, Vec::len), 200),
        ("/channels", body.channels.as_ref().map_or(0, Vec::len), 20),
    ])?;
    let said = Said {
        given_name: body.given_name,
        family_name: body.family_name,
        languages: body.languages.into_iter().map(|one| one.0).collect(),
        destinations: body.destinations.map(skills::destinations),
        channels: body.channels.map(skills::channels),
    };
    let done = people::change(&app, &session, *id, &seen, said).await;
    reply::changed::<PersonShown, _>(done, people::get(&app, &session, *id)).await
}
