//! Handovers: what people ask of each other about published duties.

use domain::{Handover, HandoverId, HandoverKind, HandoverStatus, PersonId, PoolId, ShiftId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    StoreError, Tx, columns,
    entities::handover as table,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Adds one.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, handover: &Handover) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(handover), "add a handover").await
}

/// Keeps what became of one.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none of that id.
pub async fn change(tx: &Tx<Pool>, handover: &Handover) -> Result<(), StoreError> {
    let doing = "change a handover";
    if tx.change::<table::Entity, _>(row(handover), doing).await? {
        Ok(())
    } else {
        Err(StoreError::OutOfSight(doing))
    }
}

/// The handover of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: HandoverId) -> Result<Option<Handover>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a handover", from_row).await
}

/// Which handovers a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    /// Those that concern one of these people: whose duty it is, who asked, is asked or takes it.
    /// Everybody's, if nobody is named.
    pub about: Option<Vec<PersonId>>,
    /// Beside those, what is open to anybody.
    pub offered: bool,
    /// Of whose duties alone.
    pub person: Option<PersonId>,
    /// In one of these states alone; in any, if none is named.
    pub status: Vec<HandoverStatus>,
}

impl Which {
    fn condition(&self, pool: PoolId) -> Condition {
        let mut all = Condition::all().add(table::Column::PoolId.eq(pool.0));
        if let Some(people) = &self.about {
            let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
            let mut any = Condition::any();
            for column in [
                table::Column::PersonId,
                table::Column::ToPerson,
                table::Column::TakenBy,
                table::Column::AskedBy,
            ] {
                any = any.add(column.is_in(ids.iter().copied()));
            }
            if self.offered {
                let open = table::Column::Status.eq(HandoverStatus::Open.word());
                any = any.add(Condition::all().add(open).add(table::Column::ToPerson.is_null()));
            }
            all = all.add(any);
        }
        if let Some(person) = self.person {
            all = all.add(table::Column::PersonId.eq(person.0));
        }
        if !self.status.is_empty() {
            all = all.add(table::Column::Status.is_in(self.status.iter().map(|status| status.word())));
        }
        all
    }
}

/// Handovers of a pool, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    tx: &Tx<Pool>,
    pool: PoolId,
    which: &Which,
    ask: &Ask,
) -> Result<Page<Handover>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(which.condition(pool));
    page::of(rows, ask, "list handovers", from_row).await
}

/// Handovers of a pool, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool(tx: &Tx<Pool>, pool: PoolId, which: &Which) -> Result<Vec<Handover>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(which.condition(pool));
    let rows = rows.order_by_asc(table::Column::Id).all("list a pool's handovers").await?;
    rows.into_iter().map(from_row).collect()
}

/// What is under way about one of these shifts, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn under_way(tx: &Tx<Pool>, shifts: &[ShiftId]) -> Result<Vec<Handover>, StoreError> {
    let ids: Vec<Uuid> = shifts.iter().map(|shift| shift.0).collect();
    let about = Condition::any()
        .add(table::Column::ShiftId.is_in(ids.iter().copied()))
        .add(table::Column::CounterShiftId.is_in(ids.iter().copied()));
    let open = [HandoverStatus::Open, HandoverStatus::AwaitingApproval].map(HandoverStatus::word);
    let rows = tx
        .visible::<table::Entity>()
        .filter(about)
        .filter(table::Column::Status.is_in(open))
        .order_by_asc(table::Column::Id);
    rows.all("list what is under way about a shift").await?.into_iter().map(from_row).collect()
}

fn row(one: &Handover) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(one.id.0),
        pool_id: Set(one.pool.0),
        shift_id: Set(one.shift.0),
        person_id: Set(one.person.0),
        kind: Set(one.kind.word().to_owned()),
        starts_at: Set(one.span.start()),
        ends_at: Set(one.span.end()),
        counter_shift_id: Set(one.counter.map(Into::into)),
        to_person: Set(one.to.map(Into::into)),
        asked_by: Set(one.asked_by.0),
        note: Set(one.note.clone()),
        asked_at: Set(one.asked_at),
        status: Set(one.status.word().to_owned()),
        taken_by: Set(one.taken_by.map(Into::into)),
        settled_by: Set(one.settled_by.map(Into::into)),
        settled_at: Set(one.settled_at),
        moved: Set(columns::json(&one.moved)),
        called: Set(columns::json(&one.called)),
        all_called: Set(one.all_called),
        gives_back_id: Set(one.gives_back.map(Into::into)),
    }
}

fn from_row(row: table::Model) -> Result<Handover, StoreError> {
    Ok(Handover {
        id: HandoverId(row.id),
        pool: PoolId(row.pool_id),
        shift: ShiftId(row.shift_id),
        person: PersonId(row.person_id),
        kind: columns::word("handovers", &row.kind, HandoverKind::from_word)?,
        span: columns::span("handovers", row.starts_at, row.ends_at)?,
        counter: row.counter_shift_id.map(ShiftId),
        to: row.to_person.map(PersonId),
        asked_by: PersonId(row.asked_by),
        note: row.note,
        asked_at: row.asked_at,
        status: columns::word("handovers", &row.status, HandoverStatus::from_word)?,
        taken_by: row.taken_by.map(PersonId),
        settled_by: row.settled_by.map(PersonId),
        settled_at: row.settled_at,
        moved: columns::value("handovers", row.moved)?,
        called: columns::value("handovers", row.called)?,
        all_called: row.all_called,
        gives_back: row.gives_back_id.map(HandoverId),
    })
}
