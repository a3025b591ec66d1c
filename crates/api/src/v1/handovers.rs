//! Handovers: a published duty is offered, swapped or given up, taken, and given back. An advisor acts for
//! themselves, a manager for the people of the office, a planner for everybody in the pool.

use actix_web::web::{Data, Path};
use app::{
    Advisor, Anybody, App, Error, Planner,
    kept::Kept,
    rota::handovers::{
        Hand,
        accept::{self, Accepted},
        ask::{self, Asked as Done, Wish},
        eligible, read, swaps,
    },
};
use chrono::{DateTime, Utc};
use domain::{
    Eligibility, Handover, HandoverId, HandoverKind, HandoverStatus, PersonId, ShiftId, Span, WhyNot,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, MayBody, input},
    comparison::said,
    problem::Faulty,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    shifts::ShiftShown,
    words::{HandoverKindName, HandoverStatusName},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("starts_at", "starts_at")];

/// A handover, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverShown {
    /// Its id.
    pub id: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// The duty.
    pub shift: Uuid,
    /// Whose it was when this was asked; they stay responsible until it is done.
    pub person: Uuid,
    /// What is asked.
    pub kind: HandoverKindName,
    /// From when: of a part, its beginning.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// The colleague's duty that is wanted for it, of a swap.
    pub counter: Option<Uuid>,
    /// Who alone may accept; null where anybody may who is eligible.
    pub to: Option<Uuid>,
    /// Who asked: the holder, or somebody on their behalf.
    pub asked_by: Uuid,
    /// What they wrote.
    pub note: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Where it stands.
    pub status: HandoverStatusName,
    /// Who takes it or took it.
    pub taken_by: Option<Uuid>,
    /// When it ended.
    pub settled_at: Option<DateTime<Utc>>,
    /// The shifts it made, changed or cancelled.
    pub shifts: Vec<Uuid>,
    /// Who was asked to step in, in order; of an absence.
    pub called: Vec<Uuid>,
    /// Whether everybody who could step in was asked.
    pub all_called: bool,
    /// What it gives back, if it does.
    pub gives_back: Option<Uuid>,
}

impl From<Handover> for HandoverShown {
    fn from(one: Handover) -> Self {
        Self {
            id: one.id.0,
            pool: one.pool.0,
            shift: one.shift.0,
            person: one.person.0,
            kind: HandoverKindName(one.kind),
            starts_at: one.span.start(),
            ends_at: one.span.end(),
            counter: one.counter.map(Into::into),
            to: one.to.map(Into::into),
            asked_by: one.asked_by.0,
            note: one.note,
            asked_at: one.asked_at,
            status: HandoverStatusName(one.status),
            taken_by: one.taken_by.map(Into::into),
            settled_at: one.settled_at,
            shifts: one.moved.iter().map(|moved| moved.shift.0).collect(),
            called: one.called.iter().map(|called| called.person.0).collect(),
            all_called: one.all_called,
            gives_back: one.gives_back.map(Into::into),
        }
    }
}

/// Everybody who was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct EligibleShown {
    /// Those who may first, the duty's backup before the others, then whoever is furthest below their share.
    pub items: Vec<ColleagueShown>,
}

/// A colleague, and whether they may take a duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColleagueShown {
    /// Who.
    pub person: Uuid,
    /// Whether they may.
    pub eligible: bool,
    /// Why not: `holds`, `on_duty`, `not_free`, `holder`, `others_first`, or a rule with its article.
    pub reasons: Vec<ReasonShown>,
    /// Whether they stand behind the duty as its backup.
    pub backup: bool,
    /// By how many worth-minutes they would be over their fair share with it; told to planners.
    pub over_share_minutes: i64,
}

/// Duties that could be had for another.
#[derive(Debug, Serialize, ToSchema)]
pub struct SwapsShown {
    /// Soonest first.
    pub items: Vec<ShiftShown>,
}

/// One reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonShown {
    /// `holds`, `on_duty`, `not_free`, `holder`, `others_first` or `rule`.
    pub why: &'static str,
    /// The same in words.
    pub detail: String,
}

impl From<&WhyNot> for ReasonShown {
    fn from(reason: &WhyNot) -> Self {
        let (why, detail) = match reason {
            WhyNot::Holds => ("holds", "The duty is theirs.".to_owned()),
            WhyNot::OnDuty { .. } => ("on_duty", "They are on duty meanwhile.".to_owned()),
            WhyNot::Rule { finding } => ("rule", said(finding)),
            WhyNot::NotFree => ("not_free", "They are not free.".to_owned()),
            WhyNot::Holder => {
                ("holder", "A rule or an absence stands against it for whoever has the duty.".to_owned())
            }
            WhyNot::OthersFirst { until } => (
                "others_first",
                format!("Others are further below their fair share, and come first until {until}."),
            ),
        };
        Self { why, detail }
    }
}

impl From<Eligibility> for ColleagueShown {
    fn from(one: Eligibility) -> Self {
        Self {
            person: one.person.0,
            eligible: one.may(),
            reasons: one.reasons.iter().map(ReasonShown::from).collect(),
            backup: one.is_backup,
            over_share_minutes: one.over_with,
        }
    }
}

input! {
    /// What is asked of a duty.
    pub struct NewHandover {
        /// The duty.
        pub shift: Uuid,
        /// `give_away`, `swap` or `absence`.
        pub kind: HandoverKindName,
        /// Where the part begins that is given away; with the duty, if it is not said.
        pub starts_at: Option<DateTime<Utc>>,
        /// Where it ends; with the duty, if it is not said.
        pub ends_at: Option<DateTime<Utc>>,
        /// With whom it is swapped.
        pub with: Option<Uuid>,
        /// For which of their duties.
        pub counter: Option<Uuid>,
        /// A word to whoever reads it.
        #[schema(max_length = 500)]
        pub note: Option<String>,
    }
}

input! {
    /// Who takes a duty, as the planner heard it.
    pub struct Taker {
        /// Who.
        pub person: Uuid,
        /// Why you accept what stands against it, where the law lets a named person accept it.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
    }
}

input! {
    /// A planner's yes.
    pub struct Approval {
        /// Why you accept what stands against it, where the law lets a named person accept it.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
    }
}

/// The handovers of a pool that you may see; of your first pool, if none is named.
#[utoipa::path(get, path = "/api/v1/handovers", tag = "handovers",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool"),
        ("person" = Option<Uuid>, Query, description = "Of this person's duties alone"),
        ("status" = Option<HandoverStatusName>, Query, description = "That stand so")),
    responses((status = 200, description = "A page of handovers", body = Listed<HandoverShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let hand = Hand::worn(&session)?;
    let wanted = read::Wanted {
        pool: asked.id("pool"),
        person: asked.id("person"),
        status: asked.word("status", "open, awaiting_approval, done …", HandoverStatus::from_word),
    };
    asked.list::<HandoverShown, _>(SORTS, async |ask| read::list(&app, &hand, wanted, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/handovers/{handover}", tag = "handovers",
    params(("handover" = Uuid, Path)),
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<HandoverId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<HandoverShown, _>(read::get(&app, &Hand::worn(&session)?, *id).await?))
}

/// Who may take a duty and why the others may not. Whoever may not speak for its holder is told of
/// themselves alone.
#[utoipa::path(get, path = "/api/v1/shifts/{shift}/eligible", tag = "handovers",
    params(
        ("shift" = Uuid, Path),
        ("starts_at" = Option<DateTime<Utc>>, Query, description = "Where the part begins that is meant"),
        ("ends_at" = Option<DateTime<Utc>>, Query, description = "Where it ends")),
    responses((status = 200, description = "The colleagues", body = EligibleShown)))]
pub async fn eligible(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<ShiftId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let ends = (asked.instant("starts_at"), asked.instant("ends_at"));
    asked.done()?;
    let hand = Hand::worn(&session)?;
    let anybody = session.caller::<Anybody>()?;
    let part = part(&app, &anybody, *id, ends).await?;
    let people = eligible::eligible(&app, &hand, *id, part).await?;
    Ok(reply::one(&EligibleShown { items: people.into_iter().map(ColleagueShown::from).collect() }))
}

/// Duties of colleagues that could be had for a duty, with which the law lets both have them the other way
/// round: those of the next four weeks after it.
#[utoipa::path(get, path = "/api/v1/shifts/{shift}/swaps", tag = "handovers",
    params(("shift" = Uuid, Path)),
    responses((status = 200, description = "The duties, soonest first", body = SwapsShown)))]
pub async fn swaps(app: Data<App>, Signed(session): Signed, id: Path<ShiftId>) -> Result<Answer, Problem> {
    let all = swaps::list(&app, &Hand::worn(&session)?, *id).await?;
    Ok(reply::one(&SwapsShown { items: all.into_iter().map(ShiftShown::from).collect() }))
}

/// The part of a duty between two instants of which one or both may be left out.
async fn part(
    app: &App,
    anybody: &app::Caller<Anybody>,
    id: ShiftId,
    ends: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Result<Option<Span>, Problem> {
    if ends == (None, None) {
        return Ok(None);
    }
    let shift = app::rota::shifts::get(app, anybody, id).await?.is;
    let (start, end) = (ends.0.unwrap_or(shift.span.start()), ends.1.unwrap_or(shift.span.end()));
    let wrong = || Problem::of(&Error::Refused(app::Refusal::PeriodIsWrong));
    Span::new(start, end).map(Some).map_err(|_| wrong())
}

/// Offers a duty: your own, or, as manager or planner, on behalf of whoever holds it.
#[utoipa::path(post, path = "/api/v1/handovers", tag = "handovers", request_body = NewHandover,
    responses((status = 201, description = "The handover", body = HandoverShown)))]
pub async fn ask(
    app: Data<App>,
    Signed(session): Signed,
    Body(new): Body<NewHandover>,
) -> Result<Answer, Problem> {
    let hand = Hand::worn(&session)?;
    let shift = ShiftId(new.shift);
    let wish = match (new.kind.0, new.with, new.counter) {
        (HandoverKind::GiveAway, None, None) => {
            let anybody = session.caller::<Anybody>()?;
            Wish::GiveAway { part: part(&app, &anybody, shift, (new.starts_at, new.ends_at)).await? }
        }
        (HandoverKind::Swap, Some(with), Some(counter)) => {
            Wish::Swap { with: PersonId(with), counter: ShiftId(counter) }
        }
        (HandoverKind::Absence, None, None) => Wish::Absence,
        (HandoverKind::Swap, ..) => {
            return Err(Problem::fields(vec![Faulty::at("/with", "a swap names `with` and `counter`")]));
        }
        _ => {
            let said = "give_away and absence name neither `with` nor `counter`; what is given back has its own path";
            return Err(Problem::fields(vec![Faulty::at("/kind", said)]));
        }
    };
    match ask::ask(&app, &hand, shift, wish, new.note.as_deref().unwrap_or_default()).await? {
        Done::Done(made) => Ok(made_at(*made)),
        Done::Refused(reasons) => Err(refused(&reasons)),
    }
}

fn made_at(made: Kept<Handover>) -> Answer {
    reply::made::<HandoverShown, _>(&format!("/api/v1/handovers/{}", made.is.id), made)
}

pub(super) fn refused(reasons: &[WhyNot]) -> Problem {
    let faults = reasons.iter().map(|reason| Faulty::of_all(ReasonShown::from(reason).detail));
    Problem::conflict(
        "The law, an absence or another duty stands against it: see `errors`.",
        faults.collect(),
    )
}

/// Takes a handover back.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/withdraw", tag = "handovers",
    params(("handover" = Uuid, Path)),
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn withdraw(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::worn(&session)?;
    let done = ask::withdraw(&app, &hand, *id, &seen).await;
    reply::changed::<HandoverShown, _>(done, read::get(&app, &hand, *id)).await
}

/// Takes what is offered to you or to anybody. You are judged again; whoever comes first has it.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/accept", tag = "handovers",
    params(("handover" = Uuid, Path)),
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn accept(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<HandoverId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::from(&advisor);
    let done = accept::accept(&app, &hand, *id, &seen).await;
    taken(&app, &hand, *id, done).await
}

/// Says no to what you alone were asked; as planner, to what waits for you.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/refuse", tag = "handovers",
    params(("handover" = Uuid, Path)),
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn refuse(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let hand = Hand::worn(&session)?;
    let done = accept::refuse(&app, &hand, *id, &seen).await;
    reply::changed::<HandoverShown, _>(done, read::get(&app, &hand, *id)).await
}

/// Says yes to what two people agreed on.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/approve", tag = "handovers",
    params(("handover" = Uuid, Path)), request_body = Option<Approval>,
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn approve(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<HandoverId>,
    IfMatch(seen): IfMatch,
    MayBody(said): MayBody<Approval>,
) -> Result<Answer, Problem> {
    let hand = Hand::from(&planner);
    let reason = said.and_then(|said| said.reason).unwrap_or_default();
    let done = accept::approve(&app, &hand, *id, &seen, &reason).await;
    taken(&app, &hand, *id, done).await
}

/// Writes down that somebody takes what is open to anybody.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/assign", tag = "handovers",
    params(("handover" = Uuid, Path)), request_body = Taker,
    responses((status = 200, description = "The handover", body = HandoverShown)))]
pub async fn assign(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<HandoverId>,
    IfMatch(seen): IfMatch,
    Body(taker): Body<Taker>,
) -> Result<Answer, Problem> {
    let hand = Hand::from(&planner);
    let reason = taker.reason.unwrap_or_default();
    let done = accept::assign(&app, &hand, *id, &seen, PersonId(taker.person), &reason).await;
    taken(&app, &hand, *id, done).await
}

/// Offers to give back what was handed over, while nothing of it has begun: only whoever had it before need
/// accept. The answer is a handover of its own.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/give-back", tag = "handovers",
    params(("handover" = Uuid, Path)),
    responses((status = 201, description = "The handover", body = HandoverShown)))]
pub async fn give_back(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<HandoverId>,
) -> Result<Answer, Problem> {
    Ok(made_at(ask::give_back(&app, &Hand::worn(&session)?, *id, "").await?))
}

async fn taken(
    app: &App,
    hand: &Hand,
    id: HandoverId,
    done: Result<Accepted, Error>,
) -> Result<Answer, Problem> {
    let done = match done {
        Ok(Accepted::Refused(reasons)) => return Err(refused(&reasons)),
        Ok(Accepted::Done(kept)) => Ok(*kept),
        Err(error) => Err(error),
    };
    reply::changed::<HandoverShown, _>(done, read::get(app, hand, id)).await
}
