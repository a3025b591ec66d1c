//! Needs: how many people a pool wants, and when.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Planner,
    pool::needs::{self, Asked as Wanted},
};
use chrono::NaiveDate;
use domain::{DutyKind, Need, NeedId, PoolId, Season, Skills, YearDay, YearPart};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    skills,
    time::{Hours, Spoken, spoken},
    words::{ChannelName, DutyKindName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A need, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedShown {
    /// Its id.
    pub id: Uuid,
    /// The pool that has it.
    pub pool: Uuid,
    /// When, in the pool's zone and holidays.
    pub hours: Hours,
    /// How many answer first.
    pub leads: u8,
    /// How many are rung after them.
    pub backups: u8,
    /// Languages that a lead must speak, at these levels at least where one is said.
    pub languages: Vec<Spoken>,
    /// Destinations that a lead must know, by the office that looks after each.
    pub destinations: Vec<Uuid>,
    /// Channels that a lead must answer on.
    pub channels: Vec<ChannelName>,
    /// What the hours are in law for whoever watches: all of it work, or waiting at home.
    pub kind: DutyKindName,
    /// First day it applies.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
    /// In which part of each year; null for all of it.
    pub season: Option<SeasonShown>,
    /// Days on which it does not run.
    pub except: Vec<NaiveDate>,
}

/// A part of each year: from a day to a day, or inside or outside the school holidays of a zone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SeasonShown {
    /// From a day to a day, over New Year where the first comes later.
    Yearly {
        /// First day: month and day, such as 06-15.
        #[schema(value_type = String, pattern = "^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)$")]
        from: YearDay,
        /// Last day, included.
        #[schema(value_type = String, pattern = "^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)$")]
        until: YearDay,
    },
    /// The school holidays of a zone, as the board brought them in (`/api/v1/imports/school-holidays`).
    SchoolHolidays {
        /// The zone.
        #[schema(min_length = 1, max_length = 40)]
        zone: String,
        /// Inside them, or outside.
        inside: bool,
    },
}

input! {
    /// A need to be added.
    pub struct NewNeed {
        /// The pool that has it.
        pub pool: Uuid,
        /// When, in the pool's zone and holidays.
        pub hours: Hours,
        /// How many answer first; with `backups` at least one.
        #[schema(maximum = 20)]
        pub leads: u8,
        /// How many are rung after them.
        #[schema(maximum = 20)]
        pub backups: u8,
        /// Languages that a lead must speak, at these levels at least where one is said.
        #[schema(max_items = 20)]
        pub languages: Vec<Spoken>,
        /// Destinations that a lead must know, by the offices that look after them, which are members of the
        /// pool; none if it is not said.
        #[schema(max_items = 200)]
        pub destinations: Option<Vec<Uuid>>,
        /// Channels that a lead must answer on; none if it is not said.
        #[schema(max_items = 20)]
        pub channels: Option<Vec<ChannelName>>,
        /// What the hours are in law for whoever watches: all of it work, or waiting at home. `active`
        /// where it is not said.
        pub kind: Option<DutyKindName>,
        /// First day it applies.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
        /// In which part of each year; null for all of it.
        pub season: Option<SeasonShown>,
        /// Days on which it does not run; none if it is not said.
        #[schema(max_items = 200)]
        pub except: Option<Vec<NaiveDate>>,
    }
}

input! {
    /// A need as it shall be from now on.
    pub struct ChangedNeed {
        /// When, in the pool's zone and holidays.
        pub hours: Hours,
        /// How many answer first; with `backups` at least one.
        #[schema(maximum = 20)]
        pub leads: u8,
        /// How many are rung after them.
        #[schema(maximum = 20)]
        pub backups: u8,
        /// Languages that a lead must speak, at these levels at least where one is said.
        #[schema(max_items = 20)]
        pub languages: Vec<Spoken>,
        /// Destinations that a lead must know, by the offices that look after them, which are members of the
        /// pool; none if it is not said.
        #[schema(max_items = 200)]
        pub destinations: Option<Vec<Uuid>>,
        /// Channels that a lead must answer on; none if it is not said.
        #[schema(max_items = 20)]
        pub channels: Option<Vec<ChannelName>>,
        /// What the hours are in law for whoever watches: all of it work, or waiting at home. `active`
        /// where it is not said.
        pub kind: Option<DutyKindName>,
        /// First day it applies.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
        /// In which part of each year; null for all of it.
        pub season: Option<SeasonShown>,
        /// Days on which it does not run; none if it is not said.
        #[schema(max_items = 200)]
        pub except: Option<Vec<NaiveDate>>,
    }
}

impl From<Need> for NeedShown {
    fn from(need: Need) -> Self {
        Self {
            id: need.id.0,
            pool: need.pool.0,
            hours: need.window.into(),
            leads: need.leads,
            backups: need.backups,
            languages: spoken(&need.skills, &need.languages),
            destinations: skills::ids(&need.skills.destinations),
            channels: skills::names(&need.skills.channels),
            kind: DutyKindName(need.kind),
            from: need.from,
            until: need.until,
            season: SeasonShown::of(need.season.part),
            except: need.season.except,
        }
    }
}

impl SeasonShown {
    fn of(part: YearPart) -> Option<Self> {
        match part {
            YearPart::Whole => None,
            YearPart::Yearly { from, until } => Some(Self::Yearly { from, until }),
            YearPart::School { zone, inside, .. } => Some(Self::SchoolHolidays { zone, inside }),
        }
    }

    fn read(season: Option<Self>) -> YearPart {
        match season {
            None => YearPart::Whole,
            Some(Self::Yearly { from, until }) => YearPart::Yearly { from, until },
            Some(Self::SchoolHolidays { zone, inside }) => {
                YearPart::School { zone, inside, known: Vec::new() }
            }
        }
    }
}

impl ChangedNeed {
    /// Whether no list is longer than its description allows, counted as it came: what stands twice counts twice.
    fn fits(&self) -> Result<(), Problem> {
        skills::fit(&[
            ("/languages", self.languages.len(), 20),
            ("/destinations", self.destinations.as_ref().map_or(0, Vec::len), 200),
            ("/channels", self.channels.as_ref().map_or(0, Vec::len), 20),
        ])
    }

    /// The same with the destinations and channels of `need` where it says none.
    fn with_the_rest_of(self, need: Need) -> Self {
        let destinations = self.destinations.unwrap_or_else(|| skills::ids(&need.skills.destinations));
        let channels = self.channels.unwrap_or_else(|| skills::names(&need.skills.channels));
        Self { destinations: Some(destinations), channels: Some(channels), ..self }
    }
}

impl From<ChangedNeed> for Wanted {
    fn from(need: ChangedNeed) -> Self {
        let part = SeasonShown::read(need.season);
        let (languages, levels) = Skills::of_spoken(need.languages.into_iter().map(|one| one.0));
        let skills = Skills {
            destinations: skills::destinations(need.destinations.unwrap_or_default()),
            channels: skills::channels(need.channels.unwrap_or_default()),
            ..levels
        };
        Self {
            season: Season { part, except: need.except.unwrap_or_default() },
            window: need.hours.into(),
            leads: need.leads,
            backups: need.backups,
            languages,
            skills,
            kind: need.kind.map_or(DutyKind::Active, |kind| kind.0),
            from: need.from,
            until: need.until,
        }
    }
}

/// The needs of the pools your organisation is part of.
#[utoipa::path(get, path = "/api/v1/needs", tag = "needs",
    params(("pool" = Option<Uuid>, Query, description = "Of this pool alone")),
    responses((status = 200, description = "A page of needs", body = Listed<NeedShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    asked.list::<NeedShown, _>(SORTS, async |ask| needs::list(&app, &anybody, pool, ask).await).await
}

/// One need.
#[utoipa::path(get, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    responses((status = 200, description = "The need", body = NeedShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, need: Path<NeedId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<NeedShown, _>(needs::get(&app, &anybody, *need).await?))
}

/// Adds a need to a pool that your board organises.
#[utoipa::path(post, path = "/api/v1/needs", tag = "needs", request_body = NewNeed,
    responses((status = 201, description = "The need", body = NeedShown)))]
pub async fn define(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewNeed>,
) -> Result<Answer, Problem> {
    let NewNeed { pool, hours, leads, backups, languages, destinations, channels, kind, from, .. } = new;
    let NewNeed { until, season, except, .. } = new;
    let wanted = ChangedNeed {
        hours,
        leads,
        backups,
        languages,
        destinations,
        channels,
        kind,
        from,
        until,
        season,
        except,
    };
    wanted.fits()?;
    let wanted = wanted.into();
    let made = needs::define(&app, &planner, PoolId(pool), wanted).await?;
    Ok(reply::made::<NeedShown, _>(&format!("/api/v1/needs/{}", made.is.id), made))
}

/// Changes a need; rotas that were built stay as they are.
#[utoipa::path(put, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    request_body = ChangedNeed, responses((status = 200, description = "The need", body = NeedShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedNeed>,
) -> Result<Answer, Problem> {
    body.fits()?;
    // What an older program does not say stays as it is.
    let body = match (&body.destinations, &body.channels) {
        (Some(_), Some(_)) => body,
        _ => body.with_the_rest_of(needs::get_planned(&app, &planner, *need).await?.is),
    };
    let done = needs::change(&app, &planner, *need, &seen, body.into()).await;
    reply::changed::<NeedShown, _>(done, needs::get_planned(&app, &planner, *need)).await
}

/// Removes a need that no rota was built from. Others are ended by their last day.
#[utoipa::path(delete, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = needs::remove(&app, &planner, *need, &seen).await;
    reply::removed::<NeedShown, _>(done, needs::get_planned(&app, &planner, *need)).await
}
