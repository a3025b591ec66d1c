//! Two drafts side by side.

use actix_web::web::{Data, Path};
use app::{App, Planner, rota::beside};
use chrono::NaiveDate;
use domain::RotaId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::html::beside::{Draft, Model, Person};

use super::{Problem, comparison::Stretch, problem::Faulty, query::Asked, reply};
use crate::{Answer, As};

/// Two drafts, over the days they share.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideBySide {
    /// First day that both hold.
    pub from: NaiveDate,
    /// Last day that both hold.
    pub until: NaiveDate,
    /// The rota of the path.
    pub first: DraftShown,
    /// The one it stands beside.
    pub second: DraftShown,
    /// Everybody who has a duty in one of them, by name.
    pub people: Vec<PersonBeside>,
}

/// How good a draft is, over all its days.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftShown {
    /// Which.
    pub rota: Uuid,
    /// The how-manieth draft of its pool it is.
    pub number: u32,
    /// Lead places with somebody in them.
    pub led: usize,
    /// Lead places.
    pub lead_places: usize,
    /// Places nobody stands in.
    pub open_places: usize,
    /// Findings that stand in the way of publishing it, or need a reason.
    pub broken: usize,
    /// Wishes that are met.
    pub wishes_met: usize,
    /// All wishes.
    pub wishes: usize,
    /// The widest distance between two people's shares, in worth-minutes.
    pub fairness_gap_minutes: u32,
}

/// One person in both.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonBeside {
    /// Who.
    pub person: Uuid,
    /// Duties they have in the first alone.
    pub only_first: Vec<Stretch>,
    /// Duties they have in the second alone.
    pub only_second: Vec<Stretch>,
    /// How many they have in both.
    pub both: usize,
    /// By how many worth-minutes they are over their fair share in the first; less than zero: under.
    pub over_share_first: i64,
    /// And in the second.
    pub over_share_second: i64,
}

impl From<Draft> for DraftShown {
    fn from(draft: Draft) -> Self {
        Self {
            rota: draft.rota.0,
            number: draft.number,
            led: draft.score.led,
            lead_places: draft.score.duties,
            open_places: draft.open,
            broken: draft.score.broken,
            wishes_met: draft.score.wishes.0,
            wishes: draft.score.wishes.1,
            fairness_gap_minutes: draft.score.fairness_gap.0,
        }
    }
}

impl From<Person> for PersonBeside {
    fn from(one: Person) -> Self {
        Self {
            person: one.face.id.0,
            only_first: one.only_first.into_iter().map(Stretch::from).collect(),
            only_second: one.only_second.into_iter().map(Stretch::from).collect(),
            both: one.both,
            over_share_first: one.over.0,
            over_share_second: one.over.1,
        }
    }
}

impl From<Model> for SideBySide {
    fn from(model: Model) -> Self {
        let [first, second] = model.drafts.map(DraftShown::from);
        let people = model.people.into_iter().map(PersonBeside::from).collect();
        Self { from: model.days.0, until: model.days.1, first, second, people }
    }
}

/// Two drafts side by side: how good each is, and who has what in one alone.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/side-by-side", tag = "rotas",
    params(
        ("rota" = Uuid, Path),
        ("with" = Uuid, Query, description = "Another draft of the pool that shares a day with it")),
    responses((status = 200, description = "Both", body = SideBySide)))]
pub async fn show(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let with: Option<RotaId> = asked.id("with");
    asked.done()?;
    let missing = || Problem::parameters(vec![Faulty::parameter("with", "is missing".to_owned())]);
    let with = with.ok_or_else(missing)?;
    Ok(reply::one(&SideBySide::from(beside::beside(&app, &planner, *id, with).await?)))
}
