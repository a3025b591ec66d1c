//! Open duties: places of a published rota that nobody fills, and who takes them.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App, Error, Planner,
    rota::handovers::{
        Hand,
        open::{
            read,
            take::{self, Taken},
        },
    },
};
use chrono::{DateTime, Utc};
use domain::{AssignmentId, PersonId, Role, Taking, TakingId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    handovers::{ColleagueShown, EligibleShown, ReasonShown, refused},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    skills,
    time::{Spoken, spoken},
    words::{ChannelName, HandoverStatusName, RungName},
};
use crate::{Answer, As, Signed};

/// How the list of takings may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("starts_at", "starts_at")];

/// The open duties on offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenDutiesShown {
    /// Soonest first.
    pub items: Vec<OpenDutyShown>,
}

/// An open duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenDutyShown {
    /// The place in the rota.
    pub assignment: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// The rota in which it is open.
    pub rota: Uuid,
    /// The need it comes from.
    pub need: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Lead or backup.
    pub rung: RungName,
    /// Languages it asks for, at these levels at least where one is said.
    pub languages: Vec<Spoken>,
    /// Destinations it asks for, by the office that looks after each.
    pub destinations: Vec<Uuid>,
    /// Channels it asks for.
    pub channels: Vec<ChannelName>,
    /// Whether you, as advisor, may take it.
    pub eligible: bool,
    /// Why you may not.
    pub reasons: Vec<ReasonShown>,
}

impl From<read::Open> for OpenDutyShown {
    fn from(one: read::Open) -> Self {
        let slot = one.place.slot;
        Self {
            assignment: one.place.id.0,
            pool: one.pool.0,
            rota: one.place.rota.0,
            need: slot.need.0,
            starts_at: slot.span.start(),
            ends_at: slot.span.end(),
            rung: RungName(slot.rung),
            languages: spoken(&slot.skills, &slot.languages),
            destinations: skills::ids(&slot.skills.destinations),
            channels: skills::names(&slot.skills.channels),
            eligible: one.may,
            reasons: one.against.iter().map(ReasonShown::from).collect(),
        }
    }
}

/// Somebody who takes an open duty, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakingShown {
    /// Its id.
    pub id: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// The rota.
    pub rota: Uuid,
    /// The need.
    pub need: Uuid,
    /// Lead or backup.
    pub rung: RungName,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Who takes it.
    pub person: Uuid,
    /// When they said so.
    pub asked_at: DateTime<Utc>,
    /// It waits for the planner, is done, was refused, lapsed, or was taken or given back (`withdrawn`).
    pub status: HandoverStatusName,
    /// The shift it became.
    pub shift: Option<Uuid>,
    /// When it ended.
    pub settled_at: Option<DateTime<Utc>>,
}

impl From<Taking> for TakingShown {
    fn from(one: Taking) -> Self {
        Self {
            id: one.id.0,
            pool: one.pool.0,
            rota: one.rota.0,
            need: one.need.0,
            rung: RungName(one.rung),
            starts_at: one.span.start(),
            ends_at: one.span.end(),
            person: one.person.0,
            asked_at: one.asked_at,
            status: HandoverStatusName(one.status),
            shift: one.shift.map(Into::into),
            settled_at: one.settled_at,
        }
    }
}

input! {
    /// Who takes an open duty.
    pub struct NewTaking {
        /// Yourself if nobody is named; as planner, whoever shall have it. They are told now: the law asks
        /// for notice.
        pub person: Option<Uuid>,
        /// As planner: why what the law lets you accept is accepted, such as a shorter notice.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
    }
}

/// The open duties of your pools in the next five weeks, and whether you may take each.
#[utoipa::path(get, path = "/api/v1/open-duties", tag = "open duties",
    params(("pool" = Option<Uuid>, Query, description = "Of this pool alone")),
    responses((status = 200, description = "The open duties", body = OpenDutiesShown)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    asked.done()?;
    let all = read::open(&app, &Hand::worn(&session)?, pool).await?;
    Ok(reply::one(&OpenDutiesShown { items: all.into_iter().map(OpenDutyShown::from).collect() }))
}

/// Who may take an open duty and why the others may not. Whoever does not plan is told of themselves alone.
#[utoipa::path(get, path = "/api/v1/open-duties/{assignment}/eligible", tag = "open duties",
    params(("assignment" = Uuid, Path)),
    responses((status = 200, description = "The colleagues", body = EligibleShown)))]
pub async fn eligible(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<AssignmentId>,
) -> Result<Answer, Problem> {
    let people = read::eligible(&app, &Hand::worn(&session)?, *id).await?;
    Ok(reply::one(&EligibleShown { items: people.into_iter().map(ColleagueShown::from).collect() }))
}

/// Takes an open duty. You are judged at that moment; whoever comes first has it. In some pools it then
/// waits for the planner.
#[utoipa::path(post, path = "/api/v1/open-duties/{assignment}/take", tag = "open duties",
    params(("assignment" = Uuid, Path)), request_body = NewTaking,
    responses((status = 201, description = "The taking", body = TakingShown)))]
pub async fn take(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<AssignmentId>,
    Body(new): Body<NewTaking>,
) -> Result<Answer, Problem> {
    let hand = match session.hat().map(|hat| hat.role) {
        Some(Role::Planner) => Hand::from(&session.caller::<Planner>()?),
        _ => Hand::from(&session.caller::<Advisor>()?),
    };
    let taker = new.person.map_or(hand.person(), PersonId);
    let reason = new.reason.unwrap_or_default();
    match take::give(&app, &hand, *id, taker, &reason).await? {
        Taken::Done(kept) => {
            Ok(reply::made::<TakingShown, _>(&format!("/api/v1/takings/{}", kept.is.id), *kept))
        }
        Taken::Refused(reasons) => Err(refused(&reasons)),
    }
}

/// Who took open duties of a pool, or asked for them: your own, as planner everybody's.
#[utoipa::path(get, path = "/api/v1/takings", tag = "open duties",
    params(("pool" = Option<Uuid>, Query, description = "Of this pool; of your first, if none is named")),
    responses((status = 200, description = "A page of takings", body = Listed<TakingShown>)))]
pub async fn takings(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let (hand, pool) = (Hand::worn(&session)?, asked.id("pool"));
    asked.list::<TakingShown, _>(SORTS, async |ask| read::list(&app, &hand, pool, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/takings/{taking}", tag = "open duties", params(("taking" = Uuid, Path)),
    responses((status = 200, description = "The taking", body = TakingShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<TakingId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<TakingShown, _>(read::get(&app, &Hand::worn(&session)?, *id).await?))
}

/// Says yes to somebody who asked for an open duty.
#[utoipa::path(post, path = "/api/v1/takings/{taking}/approve", tag = "open duties",
    params(("taking" = Uuid, Path)),
    responses((status = 200, description = "The taking", body = TakingShown)))]
pub async fn approve(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<TakingId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::from(&planner);
    let done = match take::approve(&app, &hand, *id, &seen).await {
        Ok(Taken::Refused(reasons)) => return Err(refused(&reasons)),
        Ok(Taken::Done(kept)) => Ok(*kept),
        Err(error) => Err(error),
    };
    reply::changed::<TakingShown, _>(done, read::get(&app, &hand, *id)).await
}

/// Says no.
#[utoipa::path(post, path = "/api/v1/takings/{taking}/refuse", tag = "open duties",
    params(("taking" = Uuid, Path)),
    responses((status = 200, description = "The taking", body = TakingShown)))]
pub async fn refuse(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<TakingId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::from(&planner);
    let done: Result<_, Error> = take::refuse(&app, &hand, *id, &seen).await;
    reply::changed::<TakingShown, _>(done, read::get(&app, &hand, *id)).await
}

/// Takes back what you asked for, or gives back what you took: it is open again. A duty that begins within
/// two days is handed over instead, unless you took it within the last ten minutes.
#[utoipa::path(post, path = "/api/v1/takings/{taking}/give-back", tag = "open duties",
    params(("taking" = Uuid, Path)),
    responses((status = 200, description = "The taking", body = TakingShown)))]
pub async fn give_back(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<TakingId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::worn(&session)?;
    let done = take::give_back(&app, &hand, *id, &seen).await;
    reply::changed::<TakingShown, _>(done, read::get(&app, &hand, *id)).await
}
