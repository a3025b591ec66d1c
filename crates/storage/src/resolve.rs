//! Which ids a scope may see, read off memberships, coverage, shifts and employments.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{Calendar, ChannelKind, ConversationStatus, OrganisationId, PersonId, PoolId, Window};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult, QuerySelect,
    Statement, Value,
    sea_query::{ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    StoreError, columns,
    entities::{conversation, employment},
    error::Doing,
    scope::{Connection, Set, Sets},
};

/// How long before and after now somebody counts as a colleague of the watch, by their shifts.
const COLLEAGUE_FOR: Duration = Duration::hours(36);
/// For how long an answered conversation stays at the desk that answered it.
const LATELY: Duration = Duration::hours(24);

/// What came out; only this crate can look inside.
#[derive(Debug)]
pub struct Resolved(pub(crate) Sets);

/// A transaction that may look things up before its own sight is set.
#[derive(Debug, Clone, Copy)]
pub struct Look<'t>(pub(crate) &'t Connection);

pub(crate) async fn home(
    look: Look<'_>,
    home: OrganisationId,
    now: DateTime<Utc>,
) -> Result<Resolved, StoreError> {
    let about = [home.0.into(), tomorrow(now), yesterday(now), lately(now), soon(now)];
    let around = around(look, include_str!("resolve/home.sql"), about, "look up what is around").await?;
    let mut sets = Sets::default();
    sets.put(Set::Home, [home.0]);
    sets.put(Set::Desks, [home.0]);
    sets.put(Set::Members, [home.0]);
    sets.put(Set::Members, around.each("boards"));
    sets.put(Set::Members, around.each("members"));
    sets.put(Set::People, around.each("colleagues"));
    sets.put(Set::People, around.each("staff"));
    sets.put(Set::Staff, around.each("staff"));
    sets.put(Set::Pools, around.each("pools"));
    sets.put(Set::Watched, around.each("pools"));
    Ok(Resolved(sets))
}

pub(crate) async fn person(
    look: Look<'_>,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Resolved, StoreError> {
    let about = [person.0.into(), tomorrow(now), yesterday(now)];
    let around =
        around(look, include_str!("resolve/person.sql"), about, "look up whom one works for").await?;
    let mut sets = Sets::default();
    sets.put(Set::Own, [person.0]);
    sets.put(Set::People, [person.0]);
    sets.put(Set::Members, around.each("employers"));
    sets.put(Set::Members, around.each("boards"));
    sets.put(Set::Pools, around.each("pools"));
    Ok(Resolved(sets))
}

pub(crate) async fn pool(
    look: Look<'_>,
    pool: PoolId,
    viewer: OrganisationId,
    now: DateTime<Utc>,
) -> Result<Resolved, StoreError> {
    let about = [pool.0.into(), tomorrow(now), yesterday(now)];
    let around = around(look, include_str!("resolve/pool.sql"), about, "look up who is in a pool").await?;
    let mut sets = Sets::default();
    let is = |kind| around.each(kind).any(|one| one == viewer.0);
    let organises = is("boards");
    if !organises && !is("members") {
        return Ok(Resolved(sets));
    }
    if organises {
        sets.put(Set::Planned, [pool.0]);
        sets.put(Set::Rostered, around.each("staff"));
    }
    sets.put(Set::People, around.each("staff"));
    sets.put(Set::Members, around.each("members"));
    sets.put(Set::Members, around.each("boards"));
    sets.put(Set::Pools, [pool.0]);
    sets.put(Set::Watched, [pool.0]);
    Ok(Resolved(sets))
}

pub(crate) async fn duty(
    look: Look<'_>,
    pool: PoolId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Resolved, StoreError> {
    let mut sets = Sets::default();
    sets.put(Set::Own, [person.0]);
    sets.put(Set::People, [person.0]);
    let kept = kept_by(look, pool, person, now).await?;
    // The names around a conversation kept after duty: its office, its pool.
    sets.put(Set::Pools, kept.iter().map(|_| pool.0));
    see_conversations(&mut sets, kept);
    let about = [pool.0.into(), person.0.into(), now.into(), lately(now), soon(now)];
    let around = around(look, include_str!("resolve/duty.sql"), about, "look up who watches").await?;
    if around.each("watching").next().is_none() {
        return Ok(Resolved(sets));
    }
    let covered = covered_by(look, pool, now).await?;
    let offices: Vec<Uuid> = covered.iter().map(|one| one.office).collect();
    see_conversations(&mut sets, answered_for(look, pool, &covered, now).await?);
    sets.put(Set::Pools, [pool.0]);
    sets.put(Set::Members, around.each("boards"));
    sets.put(Set::Members, offices.iter().copied());
    sets.put(Set::People, around.each("colleagues"));
    sets.put(Set::People, employees_of(look, &offices, now).await?);
    sets.put(Set::Notebooks, offices);
    sets.put(Set::Watched, [pool.0]);
    Ok(Resolved(sets))
}

/// A conversation's id, its visitor's and its office's.
type Seen = (Uuid, Uuid, Uuid);

fn see_conversations(sets: &mut Sets, seen: Vec<Seen>) {
    sets.put(Set::Conversations, seen.iter().map(|(conversation, _, _)| *conversation));
    sets.put(Set::Visitors, seen.iter().map(|(_, visitor, _)| *visitor));
    sets.put(Set::Members, seen.iter().map(|(_, _, office)| *office));
}

pub(crate) async fn visitor(look: Look<'_>, token_hash: &str) -> Result<Resolved, StoreError> {
    let mut sets = Sets::default();
    let own = conversation::Entity::find()
        .filter(conversation::Column::TokenHash.eq(token_hash))
        .one(look.0)
        .await
        .doing("look up a visitor's conversation")?;
    if let Some(own) = own {
        sets.put(Set::Conversations, [own.id]);
        sets.put(Set::Visitors, [own.visitor_id]);
        sets.put(Set::Members, [own.organisation_id]);
        sets.put(Set::People, own.assigned_to);
    }
    Ok(Resolved(sets))
}

fn ends_not_before<C: ColumnTrait>(until: C, today: NaiveDate) -> SimpleExpr {
    until.is_null().or(until.gte(today - Duration::days(1)))
}

/// Ids that one look found, each with what it is.
struct Around(Vec<(String, Uuid)>);

impl Around {
    fn each(&self, kind: &str) -> impl Iterator<Item = Uuid> {
        self.0.iter().filter(move |(found, _)| found == kind).map(|(_, id)| *id)
    }
}

/// One look, in one round trip: the queries stand beside this file and run on both engines.
async fn around<const N: usize>(
    look: Look<'_>,
    sql: &str,
    about: [Value; N],
    doing: &'static str,
) -> Result<Around, StoreError> {
    let query = Statement::from_sql_and_values(look.0.get_database_backend(), sql, about);
    let rows = look.0.query_all_raw(query).await.doing(doing)?;
    let pair = |row: &QueryResult| -> Result<(String, Uuid), DbErr> {
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
    };
    Ok(Around(rows.iter().map(pair).collect::<Result<_, _>>().doing(doing)?))
}

/// The days around today, for rows with dates: whether they run. Days are those of UTC: a membership's
/// first hours may come or go with the zone, its duties never do, for they have instants of their own.
fn tomorrow(now: DateTime<Utc>) -> Value {
    (now.date_naive() + Duration::days(1)).into()
}

fn yesterday(now: DateTime<Utc>) -> Value {
    (now.date_naive() - Duration::days(1)).into()
}

fn lately(now: DateTime<Utc>) -> Value {
    (now - COLLEAGUE_FOR).into()
}

fn soon(now: DateTime<Utc>) -> Value {
    (now + COLLEAGUE_FOR).into()
}

async fn employees_of(
    look: Look<'_>,
    organisations: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    employment::Entity::find()
        .select_only()
        .column(employment::Column::PersonId)
        .filter(employment::Column::OrganisationId.is_in(organisations.iter().copied()))
        .filter(ends_not_before(employment::Column::UntilDate, now.date_naive()))
        .into_tuple()
        .all(look.0)
        .await
        .doing("look up who works for an organisation")
}

/// An office whose hour is covered, and on which channels.
struct Covered {
    office: Uuid,
    channels: Vec<ChannelKind>,
}

/// Members of the pool whose coverage runs now and has an open window now.
async fn covered_by(look: Look<'_>, pool: PoolId, now: DateTime<Utc>) -> Result<Vec<Covered>, StoreError> {
    let doing = "look up the offices a pool covers";
    let about = [pool.0.into(), tomorrow(now), yesterday(now), now.into()];
    let sql = include_str!("resolve/covered.sql");
    let query = Statement::from_sql_and_values(look.0.get_database_backend(), sql, about);
    let mut covered = Vec::new();
    for row in look.0.query_all_raw(query).await.doing(doing)? {
        let text = |at| row.try_get_by_index::<String>(at).doing(doing);
        let json = |at| row.try_get_by_index::<serde_json::Value>(at).doing(doing);
        let zone = columns::zone("organisations", &text(1)?)?;
        let calendar = columns::word("organisations", &text(2)?, Calendar::from_word)?;
        let windows: Vec<Window> = columns::value("coverage", json(3)?)?;
        if windows.iter().any(|window| window.open_at(now, zone, calendar).is_some()) {
            let office = row.try_get_by_index(0).doing(doing)?;
            covered.push(Covered { office, channels: columns::value("coverage", json(4)?)? });
        }
    }
    Ok(covered)
}

/// What somebody on duty answers for: conversations of covered offices that wait on a covered channel
/// or are the pool's already, as far as they are open or were lately.
async fn answered_for(
    look: Look<'_>,
    pool: PoolId,
    covered: &[Covered],
    now: DateTime<Utc>,
) -> Result<Vec<Seen>, StoreError> {
    use conversation::Column;
    let mut any = Condition::any();
    for one in covered {
        let waits = Condition::all()
            .add(Column::Status.eq(ConversationStatus::Waiting.word()))
            .add(Column::Channel.is_in(one.channels.iter().map(|channel| channel.word())));
        let ours = Column::PoolId.eq(pool.0);
        any = any.add(
            Condition::all()
                .add(Column::OrganisationId.eq(one.office))
                .add(Condition::any().add(waits).add(ours)),
        );
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    seen(look, Condition::all().add(any).add(is_fresh(now)), "look up the conversations of a duty").await
}

/// Conversations that are somebody's until they are done or handed over; a day at most after the last
/// word, if it was ours.
async fn kept_by(
    look: Look<'_>,
    pool: PoolId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Seen>, StoreError> {
    let own = Condition::all()
        .add(conversation::Column::AssignedTo.eq(person.0))
        .add(conversation::Column::PoolId.eq(pool.0))
        .add(conversation::Column::Status.ne(ConversationStatus::Done.word()))
        .add(is_fresh(now));
    seen(look, own, "look up the conversations somebody has in hand").await
}

/// Waiting, or spoken in within a day.
fn is_fresh(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(conversation::Column::Status.eq(ConversationStatus::Waiting.word()))
        .add(conversation::Column::LastMessageAt.gte(now - LATELY))
}

async fn seen(look: Look<'_>, which: Condition, doing: &'static str) -> Result<Vec<Seen>, StoreError> {
    conversation::Entity::find()
        .select_only()
        .columns([
            conversation::Column::Id,
            conversation::Column::VisitorId,
            conversation::Column::OrganisationId,
        ])
        .filter(which)
        .into_tuple()
        .all(look.0)
        .await
        .doing(doing)
}
