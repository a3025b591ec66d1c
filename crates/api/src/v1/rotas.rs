//! Rotas: asked for, built, stopped, compared, published, discarded, and taken back by a step.

use actix_web::web::{Data, Path};
use app::{
    App, Caller, Error, Planner, Refusal,
    kept::{Kept, Seen},
    rota::{
        accepted::Reasons,
        bring_back,
        change::{self, Saw},
        compare, draft,
        publish::{self, Word},
        read::{self, Queued},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Aim, Finding, Gravity, Known, PoolId, Quality, RotaId, RotaStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    comparison::{Comparison, said},
    problem::Faulty,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::RotaStatusName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("number", "number"), ("from", "from_date")];

const STATUSES: &str = "building, draft, published, superseded or discarded";

/// A rota, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct RotaShown {
    /// Its id.
    pub id: Uuid,
    /// The pool it is for.
    pub pool: Uuid,
    /// The how-manieth draft of its pool it is.
    pub number: u32,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// Where it is on its way.
    pub status: RotaStatusName,
    /// How the build goes; null unless the status is `building`.
    pub building: Option<BuildingShown>,
    /// What came of the last build; null before it ended.
    pub built: Option<BuiltShown>,
    /// What was written to people when it was published.
    pub message: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was published; null until it is.
    pub published_at: Option<DateTime<Utc>>,
}

/// How a build goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuildingShown {
    /// How many builds that were asked for earlier are not done yet, while it waits for its turn: one at a
    /// time is done for a board, and on a node as many as its threads allow. Null once it is its turn.
    pub before: Option<u32>,
    /// When the solver began; null until it does.
    pub began_at: Option<DateTime<Utc>>,
    /// When it began anew, because it was interrupted; null if it was not.
    pub begun_again_at: Option<DateTime<Utc>>,
    /// How good the best plan so far is.
    pub levels: Vec<LevelShown>,
}

/// What a plan costs by one aim, beside what every plan costs at least. Aims count in the order in which
/// they stand: a later one only where the earlier are equal.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelShown {
    /// `cover` (minutes nobody covers, a lead's counted ten times a backup's), `fairness` (squares of the
    /// minutes beyond an hour by which people miss their fair share), `wishes` (one for each that is missed,
    /// three for each shift somebody would rather not have) or `moves` (places held by somebody else than
    /// before).
    pub aim: &'static str,
    /// What the plan costs.
    pub cost: i64,
    /// What every plan costs at least that is as good by the earlier aims as their own `at_least`.
    pub at_least: i64,
    /// `best` (proved that no plan is better by it), `between` (a better one is not ruled out), or
    /// `unweighed` while an earlier aim is not `best`.
    pub known: &'static str,
}

fn levels(quality: Option<Quality>) -> Vec<LevelShown> {
    let shown = |(aim, level, known): (Aim, domain::quality::Level, Known)| LevelShown {
        aim: aim.word(),
        cost: level.cost,
        at_least: level.at_least,
        known: known.word(),
    };
    quality.into_iter().flat_map(|quality| quality.known()).map(shown).collect()
}

/// What came of a build.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuiltShown {
    /// Whether it is proved that there is no better rota.
    pub proved: bool,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
    /// How many places it left open.
    pub open_places: usize,
    /// For how long the solver worked.
    pub seconds: u32,
    /// When it began anew, because it was interrupted; null if it was not.
    pub begun_again_at: Option<DateTime<Utc>>,
    /// How good it is beside the best there can be; empty where no solver built it.
    pub levels: Vec<LevelShown>,
}

input! {
    /// A rota to be built.
    pub struct NewRota {
        /// The pool it is for, which your board organises.
        pub pool: Uuid,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included: not past, and at most thirteen weeks after the first.
        pub until: NaiveDate,
    }
}

input! {
    /// What is told to everybody whose duties change.
    pub struct Publication {
        /// A word to them; may be missing.
        #[schema(max_length = 2000)]
        pub message: Option<String>,
        /// Why you accept what is `overridable` in the comparison: for each finding that has no reason of its
        /// own. Needed only where there is one.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
        /// Why you accept single findings.
        pub reasons: Option<Vec<ReasonSaid>>,
    }
}

/// Why a single finding is accepted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonSaid {
    /// Its `key` in the comparison.
    pub finding: String,
    /// The reason.
    #[schema(max_length = 500)]
    pub reason: String,
}

impl From<Publication> for Word {
    fn from(said: Publication) -> Self {
        let each = said.reasons.unwrap_or_default().into_iter().map(|one| (one.finding, one.reason));
        Self {
            message: said.message.unwrap_or_default(),
            reasons: Reasons { all: said.reason.unwrap_or_default(), each: each.collect() },
        }
    }
}

impl From<Queued> for RotaShown {
    fn from(Queued { rota, before }: Queued) -> Self {
        let building = (rota.status == RotaStatus::Building).then(|| BuildingShown {
            before,
            began_at: rota.progress.started_at,
            begun_again_at: rota.progress.begun_again_at,
            levels: levels(rota.progress.quality),
        });
        let built = rota.outcome.map(|built| BuiltShown {
            proved: built.proved,
            stopped: built.stopped,
            open_places: built.holes.len(),
            seconds: built.tenths / 10,
            begun_again_at: rota.progress.begun_again_at,
            levels: levels(built.quality),
        });
        Self {
            id: rota.id.0,
            pool: rota.pool.0,
            number: rota.number,
            from: rota.from,
            until: rota.until,
            status: RotaStatusName(rota.status),
            building,
            built,
            message: rota.message,
            created_at: rota.created_at,
            published_at: rota.published_at,
        }
    }
}

/// The rotas of a pool that your board organises, discarded ones too.
#[utoipa::path(get, path = "/api/v1/rotas", tag = "rotas",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool; of the first you plan if none is named"),
        ("status" = Option<RotaStatusName>, Query, description = "Of this status alone")),
    responses((status = 200, description = "A page of rotas", body = Listed<RotaShown>)))]
pub async fn list(app: Data<App>, As(planner): As<Planner>, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    let status = asked.word("status", STATUSES, RotaStatus::from_word);
    asked.list::<RotaShown, _>(SORTS, async |ask| read::list(&app, &planner, pool, status, ask).await).await
}

/// One rota.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "The rota", body = RotaShown)))]
pub async fn show(app: Data<App>, As(planner): As<Planner>, id: Path<RotaId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<RotaShown, _>(read::get(&app, &planner, *id).await?))
}

/// Asks for a rota and has it built at once: read it again until its status is `draft`.
#[utoipa::path(post, path = "/api/v1/rotas", tag = "rotas", request_body = NewRota,
    responses((status = 201, description = "The rota, being built", body = RotaShown)))]
pub async fn ask(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewRota>,
) -> Result<Answer, Problem> {
    let asked = draft::ask(&app, &planner, PoolId(new.pool), new.from, new.until).await;
    let id = asked.map_err(|error| Problem::about("/until", &error))?;
    let rota = read::get(&app, &planner, id).await?;
    Ok(reply::made::<RotaShown, _>(&format!("/api/v1/rotas/{id}"), rota))
}

/// Builds a draft again: pinned places stay, the others may change.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/build", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "The rota, being built", body = RotaShown)))]
pub async fn build(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let build = async |version| draft::rebuild(&app, &planner, *id, version).await;
    let done = as_seen(&app, &planner, *id, &seen, build).await;
    after(&app, &planner, *id, done).await
}

/// Asks a build to stop and keep what it has. Stopping what is not being built changes nothing.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/stop", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "The rota, which stops soon", body = RotaShown)))]
pub async fn stop(app: Data<App>, As(planner): As<Planner>, id: Path<RotaId>) -> Result<Answer, Problem> {
    let done = draft::stop(&app, &planner, *id).await;
    after(&app, &planner, *id, done).await
}

/// Takes back the last change made by hand since the last build.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/undo", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "The rota as it was before", body = RotaShown)))]
pub async fn undo(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let undo = async |version| change::undo(&app, &planner, *id, Saw::Version(version)).await;
    match as_seen(&app, &planner, *id, &seen, undo).await {
        Ok(None) => Err(Problem::conflict("Nothing was changed by hand since the last build.", Vec::new())),
        Ok(Some(_)) => after(&app, &planner, *id, Ok(())).await,
        Err(error) => after(&app, &planner, *id, Err(error)).await,
    }
}

/// What publishing it would change, and what the rules say of it.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/comparison", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "What would change", body = Comparison)))]
pub async fn comparison(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    asked: Asked,
) -> Result<Answer, Problem> {
    asked.done()?;
    Ok(reply::one(&Comparison::of(compare::compare(&app, &planner, *id).await?)))
}

/// Publishes a draft: its assignments become shifts, and everybody for whom something changes is told. What is
/// `overridable` in the comparison is kept with your reason and your name.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/publish", tag = "rotas", params(("rota" = Uuid, Path)),
    request_body = Publication, responses((status = 200, description = "The rota", body = RotaShown)))]
pub async fn publish(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<Publication>,
) -> Result<Answer, Problem> {
    let word = Word::from(body);
    let publish = async |version| publish::publish(&app, &planner, *id, version, &word).await;
    match as_seen(&app, &planner, *id, &seen, publish).await {
        Err(Error::Refused(Refusal::RuleForbids)) => Err(forbidden(&app, &planner, *id).await?),
        Err(Error::Refused(Refusal::ReasonIsMissing)) => Err(unexplained(&app, &planner, *id, &word).await?),
        Err(error @ Error::Refused(Refusal::MessageIsTooLong)) => Err(Problem::about("/message", &error)),
        done => after(&app, &planner, *id, done).await,
    }
}

/// Undoes a publication: makes a draft that stands as this rota stood when it was published, as far as its
/// days are to come. Compare it and publish it like any other: it is judged anew, and whoever gets or loses
/// a duty is told.
#[utoipa::path(post, path = "/api/v1/rotas/{rota}/bring-back", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 201, description = "The draft", body = RotaShown)))]
pub async fn bring_back(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
) -> Result<Answer, Problem> {
    let draft = bring_back::bring_back(&app, &planner, *id).await?;
    let rota = read::get(&app, &planner, draft).await?;
    Ok(reply::made::<RotaShown, _>(&format!("/api/v1/rotas/{draft}"), rota))
}

/// Puts a draft aside, while it is built or after. Discarding it twice discards it once.
#[utoipa::path(delete, path = "/api/v1/rotas/{rota}", tag = "rotas", params(("rota" = Uuid, Path)),
    responses((status = 204, description = "Discarded")))]
pub async fn discard(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let discard = async |version| draft::discard(&app, &planner, *id, version).await;
    let done = as_seen(&app, &planner, *id, &seen, discard).await;
    reply::removed::<RotaShown, _>(done, read::get(&app, &planner, *id)).await
}

/// Does something to the version of a rota that was seen.
async fn as_seen<T>(
    app: &App,
    planner: &Caller<Planner>,
    id: RotaId,
    seen: &Seen,
    act: impl AsyncFnOnce(i32) -> Result<T, Error>,
) -> Result<T, Error> {
    act(read::version(app, planner, id, seen).await?).await
}

/// The rota after something was done to it, or why it was not.
async fn after(
    app: &App,
    planner: &Caller<Planner>,
    id: RotaId,
    done: Result<(), Error>,
) -> Result<Answer, Problem> {
    let now: Result<Kept<Queued>, Error> = match done {
        Ok(()) => read::get(app, planner, id).await,
        Err(error) => Err(error),
    };
    reply::changed::<RotaShown, _>(now, read::get(app, planner, id)).await
}

/// What was given no reason, each finding with its key.
async fn unexplained(
    app: &App,
    planner: &Caller<Planner>,
    id: RotaId,
    word: &Word,
) -> Result<Problem, Error> {
    let model = compare::compare(app, planner, id).await?;
    let open = model.remarks.iter().filter(|remark| remark.needs_a_reason());
    let open = open.map(|remark| &remark.finding).filter(|finding| word.reasons.of(finding).is_none());
    let line = |finding: &Finding| Faulty::at("/reasons", format!("{}: {}", finding.key(), said(finding)));
    Ok(Problem::conflict(
        "Some findings need your reason: give `reason` for all of them, or one each in `reasons`.",
        open.map(line).collect(),
    ))
}

/// Why it cannot be published: each rule that refuses everywhere.
async fn forbidden(app: &App, planner: &Caller<Planner>, id: RotaId) -> Result<Problem, Error> {
    let (_, findings) = compare::compare_and_judge(app, planner, id).await?;
    let absolute = findings.iter().filter(|finding| finding.gravity == Gravity::Absolute);
    let errors = absolute.map(|finding| Faulty::of_all(said(finding))).collect();
    Ok(Problem::conflict(
        "Rules that allow no exception are broken: see `errors`, and mend each of them.",
        errors,
    ))
}
