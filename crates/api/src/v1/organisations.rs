//! Organisations: one's own, and those whose public face one may know.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Error, Keeper, Planner,
    account::{
        house::{First, Founding},
        organisations::{self, Said, Whole},
    },
    checks::Fault,
    pool::found,
};
use chrono::NaiveDate;
use domain::{Minutes, OrganisationId, PoolId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Tongue,
    words::{HolidaysName, ZoneName},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("name", "name")];

/// An organisation, as its neighbours see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationShown {
    /// Its id.
    pub id: Uuid,
    /// `board` or `office`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The short name in links.
    pub slug: String,
    /// Where its wall clocks hang.
    pub zone: ZoneName,
    /// Which public holidays it keeps.
    pub calendar: HolidaysName,
    /// The language it writes in when it does not know the reader's.
    pub language: Tongue,
    /// Which of the eight colours it wears.
    pub colour: u8,
    /// Within how many minutes it promises a first answer in covered hours.
    pub promise_minutes: u32,
    /// What its page says to people in danger.
    pub emergency: String,
}

input! {
    /// An organisation as it shall be from now on.
    pub struct ChangedOrganisation {
        /// Its name.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// Where its wall clocks hang.
        pub zone: ZoneName,
        /// Which public holidays it keeps.
        pub calendar: HolidaysName,
        /// The language it writes in when it does not know the reader's.
        pub language: Tongue,
        /// Which of the eight colours it wears.
        #[schema(maximum = 7)]
        pub colour: u8,
        /// Within how many minutes it promises a first answer in covered hours.
        #[schema(minimum = 1, maximum = 1440)]
        pub promise_minutes: u32,
        /// What its page says to people in danger, such as 112.
        #[schema(min_length = 1, max_length = 40)]
        pub emergency: String,
    }
}

/// Somebody to be invited by mail.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invited {
    /// Their address.
    #[schema(max_length = 254)]
    pub email: String,
    /// Given name.
    #[schema(min_length = 1, max_length = 80)]
    pub given_name: String,
    /// Family name.
    #[schema(min_length = 1, max_length = 80)]
    pub family_name: String,
}

input! {
    /// An office to be added to a pool. Its web chat is open at once.
    pub struct NewOffice {
        /// The pool it is a member of.
        pub pool: Uuid,
        /// Since when it is a member.
        pub member_from: NaiveDate,
        /// The short name in links, for good: small letters, digits and single hyphens.
        #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
        pub slug: String,
        /// Its name.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// Where its wall clocks hang.
        pub zone: ZoneName,
        /// Which public holidays it keeps.
        pub calendar: HolidaysName,
        /// The language it writes in when it does not know the reader's.
        pub language: Tongue,
        /// Which of the eight colours it wears.
        #[schema(maximum = 7)]
        pub colour: u8,
        /// Within how many minutes it promises a first answer in covered hours.
        #[schema(minimum = 1, maximum = 1440)]
        pub promise_minutes: u32,
        /// What its page says to people in danger, such as 112.
        #[schema(min_length = 1, max_length = 40)]
        pub emergency: String,
        /// Its first manager, who gets a letter with a link that lets them in. Without one nobody can enter
        /// it until `POST /organisations/{organisation}/manager` invites somebody.
        pub manager: Option<Invited>,
    }
}

input! {
    /// Somebody to be invited as the first manager of an office.
    pub struct FirstManager {
        /// Their address.
        #[schema(max_length = 254)]
        pub email: String,
        /// Given name.
        #[schema(min_length = 1, max_length = 80)]
        pub given_name: String,
        /// Family name.
        #[schema(min_length = 1, max_length = 80)]
        pub family_name: String,
    }
}

impl From<Whole> for OrganisationShown {
    fn from(Whole { organisation, emergency }: Whole) -> Self {
        Self {
            id: organisation.id.0,
            kind: organisation.kind.word().to_owned(),
            name: organisation.name,
            slug: organisation.slug,
            zone: ZoneName(organisation.zone),
            calendar: HolidaysName(organisation.calendar),
            language: Tongue(organisation.language),
            colour: organisation.colour,
            promise_minutes: organisation.promise.0,
            emergency,
        }
    }
}

impl From<ChangedOrganisation> for Said {
    fn from(body: ChangedOrganisation) -> Self {
        Self {
            name: body.name,
            zone: body.zone.0,
            calendar: body.calendar.0,
            language: body.language.0,
            colour: body.colour,
            promise: Minutes(body.promise_minutes),
            emergency: body.emergency,
        }
    }
}

/// Your organisation, boards of your pools, and members of pools you organise.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "organisations",
    responses((status = 200, description = "A page of organisations", body = Listed<OrganisationShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, asked: Asked) -> Result<Answer, Problem> {
    asked
        .list::<OrganisationShown, _>(SORTS, async |ask| organisations::list(&app, &anybody, ask).await)
        .await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}", tag = "organisations",
    params(("organisation" = Uuid, Path)),
    responses((status = 200, description = "The organisation", body = OrganisationShown)))]
pub async fn show(
    app: Data<App>,
    As(anybody): As<Anybody>,
    id: Path<OrganisationId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<OrganisationShown, _>(organisations::get(&app, &anybody, *id).await?))
}

/// Adds an office as a member of a pool that your board organises.
#[utoipa::path(post, path = "/api/v1/organisations", tag = "organisations", request_body = NewOffice,
    responses((status = 201, description = "The office", body = OrganisationShown)))]
pub async fn add(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewOffice>,
) -> Result<Answer, Problem> {
    let founding = Founding {
        name: new.name,
        slug: new.slug,
        zone: new.zone.0,
        calendar: new.calendar.0,
        language: new.language.0,
        colour: Some(new.colour),
        promise: Minutes(new.promise_minutes),
        emergency: new.emergency,
        first: new.manager.map(|Invited { email, given_name, family_name }| First {
            given_name,
            family_name,
            email,
        }),
    };
    let place = (PoolId(new.pool), Some(new.member_from));
    let made = found::add_office(&app, &planner, place, founding).await.map_err(of_the_manager)?;
    Ok(reply::made::<OrganisationShown, _>(
        &format!("/api/v1/organisations/{}", made.is.organisation.id),
        made,
    ))
}

/// Invites the first manager of an office of your pools in which nobody has accepted yet: the letter was
/// lost, too old, or went to a wrong address, or nobody was named. Earlier letters lead nowhere.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/manager", tag = "organisations",
    params(("organisation" = Uuid, Path)), request_body = FirstManager,
    responses((status = 204, description = "The letter is on its way")))]
pub async fn invite_manager(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<OrganisationId>,
    Body(body): Body<FirstManager>,
) -> Result<Answer, Problem> {
    let FirstManager { email, given_name, family_name } = body;
    found::invite_manager(&app, &planner, *id, First { given_name, family_name, email }).await?;
    Ok(reply::gone())
}

/// Names what is wrong with whoever comes first where the body has it.
fn of_the_manager(error: Error) -> Error {
    let Error::Invalid(faults) = error else { return error };
    let named = faults.into_iter().map(|fault| match &*fault.field {
        "email" | "given_name" | "family_name" => Fault::new(format!("manager/{}", fault.field), fault.wrong),
        _ => fault,
    });
    Error::Invalid(named.collect())
}

/// Changes your own organisation.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}", tag = "organisations",
    params(("organisation" = Uuid, Path)), request_body = ChangedOrganisation,
    responses((status = 200, description = "The organisation", body = OrganisationShown)))]
pub async fn change(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Signed(session): Signed,
    id: Path<OrganisationId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedOrganisation>,
) -> Result<Answer, Problem> {
    let anybody = session.caller()?;
    let done = organisations::change(&app, &keeper, *id, &seen, body.into()).await;
    reply::changed::<OrganisationShown, _>(done, organisations::get(&app, &anybody, *id)).await
}
