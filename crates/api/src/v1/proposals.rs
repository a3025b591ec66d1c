//! Proposals: what the messages of the last weeks say of a pool's needs. A planning aid.

use actix_web::web::{Data, Path};
use app::{App, Planner, pool::proposals};
use chrono::NaiveDate;
use domain::{DemandTerms, Minutes, Outlook, PoolId, Proposal, Reception};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Problem, query::Asked, reply, time::Hours};
use crate::{Answer, As};

/// What the last weeks propose. A planning aid: it knows the past, and no festival.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalsShown {
    /// First day that was looked at: eight weeks ago, or the day of the first message.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// Messages of visitors in these days: what everything here rests on.
    pub messages: u32,
    /// Those that came in hours in which no need asks anybody to answer.
    pub missed: u32,
    /// Whether there are enough messages to propose anything.
    pub founded: bool,
    /// How long an answer was taken to take.
    pub handling_minutes: u32,
    /// Within which time an answer is meant to begin.
    pub within_minutes: u32,
    /// How long visitors were taken to wait on average before they give up.
    pub patience_minutes: u32,
    /// Which share of visitors is to be answered within the time, in percent.
    pub percent: u32,
    /// Hours that want more people, most messages first.
    pub proposals: Vec<ProposalShown>,
}

/// Hours that want more people than are asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalShown {
    /// Which hours, in the pool's zone and holidays.
    pub hours: Hours,
    /// How many are asked for now; none where nobody watches.
    pub people_now: u8,
    /// How many it wants.
    pub people: u8,
    /// Messages it rests on.
    pub messages: u32,
    /// On how many days these came.
    pub days: u32,
    /// What visitors meet now; null where nobody watches.
    pub before: Option<ReceptionShown>,
    /// What they would meet.
    pub after: ReceptionShown,
}

/// What visitors meet, in basis points of all who write.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceptionShown {
    /// Answered within the time (Erlang C).
    pub answered_bp: u32,
    /// Who gives up before an answer (Erlang A).
    pub giving_up_bp: u32,
    /// If all of it were chats, of which one person holds three at once: who is answered without a
    /// wait. Null where it cannot be reckoned.
    pub chats_at_once_bp: Option<u32>,
}

impl From<Reception> for ReceptionShown {
    fn from(met: Reception) -> Self {
        let Reception { answered_bp, giving_up_bp, chats_at_once_bp } = met;
        Self { answered_bp, giving_up_bp, chats_at_once_bp }
    }
}

impl From<Proposal> for ProposalShown {
    fn from(one: Proposal) -> Self {
        Self {
            hours: one.window.into(),
            people_now: one.now,
            people: one.people,
            messages: one.messages,
            days: one.days,
            before: one.before.map(ReceptionShown::from),
            after: one.after.into(),
        }
    }
}

impl From<Outlook> for ProposalsShown {
    fn from(outlook: Outlook) -> Self {
        Self {
            from: outlook.from,
            until: outlook.until,
            messages: outlook.messages,
            missed: outlook.missed,
            founded: outlook.is_founded(),
            handling_minutes: outlook.terms.handling.0,
            within_minutes: outlook.terms.within.0,
            patience_minutes: outlook.terms.patience.0,
            percent: outlook.terms.percent,
            proposals: outlook.proposals.into_iter().map(ProposalShown::from).collect(),
        }
    }
}

/// What the messages of the last weeks propose for a pool that your board organises.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/proposals", tag = "needs",
    params(("pool" = Uuid, Path),
        ("handling_minutes" = Option<u32>, Query, minimum = 1, maximum = 120, description = "How long an answer takes; 6 if nothing is said"),
        ("within_minutes" = Option<u32>, Query, minimum = 1, maximum = 120, description = "Within which time an answer is meant to begin; 5 if nothing is said"),
        ("patience_minutes" = Option<u32>, Query, minimum = 1, maximum = 120, description = "How long visitors wait on average; 10 if nothing is said"),
        ("percent" = Option<u32>, Query, minimum = 50, maximum = 99, description = "Which share is to be answered in time; 80 if nothing is said")),
    responses((status = 200, description = "What is proposed", body = ProposalsShown)))]
pub async fn list(
    app: Data<App>,
    As(planner): As<Planner>,
    pool: Path<PoolId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let usual = DemandTerms::default();
    let mut number = |name, usual: u32| asked.take::<u32>(name, "a whole number").unwrap_or(usual);
    let terms = DemandTerms {
        handling: Minutes(number("handling_minutes", usual.handling.0)),
        within: Minutes(number("within_minutes", usual.within.0)),
        patience: Minutes(number("patience_minutes", usual.patience.0)),
        percent: number("percent", usual.percent),
    };
    asked.done()?;
    let outlook = proposals::of_pool(&app, &planner, *pool, terms).await;
    Ok(reply::one(&ProposalsShown::from(outlook.map_err(|error| Problem::of_query(&error))?)))
}
