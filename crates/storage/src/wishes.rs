//! Wishes: what people say of days before a rota is made.

use chrono::NaiveDate;
use domain::{PersonId, Wish, WishId, WishKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::{
    StoreError, Tx, columns,
    entities::wish as table,
    page::{self, Ask, Page},
    scope::{Person, Scope},
    wish_repeats,
};

/// Says `kind` of `day`; `None` takes back what was said. `id` is used if nothing was said before.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn say(
    tx: &Tx<Person>,
    id: WishId,
    person: PersonId,
    day: NaiveDate,
    kind: Option<WishKind>,
) -> Result<(), StoreError> {
    let that_day =
        || Condition::all().add(table::Column::PersonId.eq(person.0)).add(table::Column::Day.eq(day));
    let Some(kind) = kind else {
        tx.remove::<table::Entity>(that_day(), "take back a wish").await?;
        return Ok(());
    };
    let change = table::ActiveModel { kind: Set(kind.word().to_owned()), ..Default::default() };
    if tx.change_where::<table::Entity, _>(change, that_day(), "change a wish").await? > 0 {
        return Ok(());
    }
    let row = table::ActiveModel {
        id: Set(id.0),
        person_id: Set(person.0),
        day: Set(day),
        kind: Set(kind.word().to_owned()),
        created_at: Set(tx.now()),
    };
    tx.add_once::<table::Entity, _>(row, "add a wish").await?;
    Ok(())
}

/// What these people said of the days from `first` to `last` (both included), of single days and of
/// weekdays, in order of days.
///
/// # Errors
/// If the database cannot be read.
pub async fn between<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Wish>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)))
        .filter(table::Column::Day.between(first, last))
        .order_by_asc(table::Column::Day)
        .order_by_asc(table::Column::PersonId);
    let singles = rows.all("list wishes").await?.into_iter().map(from_row).collect::<Result<_, _>>()?;
    let repeats = wish_repeats::of_people(tx, people, first).await?;
    Ok(domain::wishes::said(singles, &repeats, first, last))
}

/// The wishes in sight, of one person or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
    ask: &Ask,
) -> Result<Page<Wish>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(from) = from {
        rows = rows.filter(table::Column::Day.gte(from));
    }
    if let Some(until) = until {
        rows = rows.filter(table::Column::Day.lte(until));
    }
    page::of(rows, ask, "list wishes", from_row).await
}

fn from_row(row: table::Model) -> Result<Wish, StoreError> {
    let kind = columns::word("wishes", &row.kind, WishKind::from_word)?;
    Ok(Wish { person: PersonId(row.person_id), day: row.day, kind })
}
