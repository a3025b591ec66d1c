//! A transaction that knows whose rows it sees. There is no other way to a row.

use std::{
    fmt,
    marker::PhantomData,
    sync::atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel,
    Iterable, PaginatorTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, Select,
    TryGetableMany, Value, sea_query::IntoCondition, sea_query::OnConflict,
};

use crate::{
    StoreError, age,
    error::Doing,
    line::Line,
    scope::{Scope, Sets},
    sight::{Scoped, Sight, condition},
    signals,
    store::Bell,
};

/// A transaction in scope `S`. Dropped without [`Tx::commit`], it leaves no trace.
pub struct Tx<S> {
    pub(crate) connection: Line,
    pub(crate) sets: Sets,
    pub(crate) now: DateTime<Utc>,
    pub(crate) age: Option<u64>,
    pub(crate) bell: Bell,
    pub(crate) rung: std::sync::Mutex<Vec<String>>,
    /// Whether it changed a table that nodes remember answers of.
    pub(crate) aged: AtomicBool,
    pub(crate) scope: PhantomData<S>,
}

impl<S> fmt::Debug for Tx<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").field("sets", &self.sets).finish_non_exhaustive()
    }
}

impl<S: Scope> Tx<S> {
    /// The instant at which the transaction began, by the clock it was handed.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The age of the remembered tables before anything was read ([`crate::Store::age`]).
    pub fn age(&self) -> Option<u64> {
        self.age
    }

    /// Says that `topic` changed: whoever listens hears it once the transaction is committed.
    pub fn signal(&self, topic: impl Into<String>) {
        let topic = topic.into();
        let mut rung = self.rung.lock().expect("nobody panics while holding this lock");
        if !rung.contains(&topic) {
            rung.push(topic);
        }
    }

    /// Makes it true, and tells whoever listens.
    ///
    /// # Errors
    /// If the database refuses: then nothing of it is true. If the line broke off meanwhile, nobody knows.
    pub async fn commit(self) -> Result<(), StoreError> {
        let rung = std::mem::take(&mut *self.rung.lock().expect("nobody panics while holding this lock"));
        let said = signals::write(&self.connection, &rung, self.now).await?;
        let growing = self.aged.load(Ordering::Relaxed).then(|| self.bell.ages.growing());
        if growing.is_some() {
            age::tell(&self.connection).await?;
        }
        self.connection.commit().await.doing("commit")?;
        drop(growing);
        self.bell.ring(said);
        Ok(())
    }

    /// Notes that rows of `E` are changed.
    fn changes<E: EntityTrait>(&self) {
        if age::ages(E::default().table_name()) {
            self.aged.store(true, Ordering::Relaxed);
        }
    }

    /// The rows of a table that this transaction sees.
    pub(crate) fn visible<E: Scoped>(&self) -> Rows<'_, E> {
        Rows { select: E::find().filter(condition(&E::seen(), &self.sets)), connection: &self.connection }
    }

    /// Adds a row, if it belongs to somebody this transaction may write for.
    pub(crate) async fn add<E, A>(&self, row: A, doing: &'static str) -> Result<(), StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        self.may_add::<E, A>(&row, doing)?;
        E::insert(row).exec_without_returning(&self.connection).await.doing(doing)?;
        Ok(())
    }

    /// Adds many rows at once.
    pub(crate) async fn add_all<E, A>(&self, rows: Vec<A>, doing: &'static str) -> Result<(), StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        for row in &rows {
            self.may_add::<E, A>(row, doing)?;
        }
        // SQLite binds at most 32 766 values a statement, PostgreSQL 65 535.
        let most = 30_000 / E::Column::iter().count().max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<A> = rows.by_ref().take(most).collect();
            E::insert_many(some).exec_without_returning(&self.connection).await.doing(doing)?;
        }
        Ok(())
    }

    /// Adds a row unless one with the same unique values is there; says whether it was added.
    pub(crate) async fn add_once<E, A>(&self, row: A, doing: &'static str) -> Result<bool, StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        self.may_add::<E, A>(&row, doing)?;
        // No column is named: naming one would make PostgreSQL ask for the right to read the row.
        let added = E::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&self.connection)
            .await;
        match added {
            Ok(count) => Ok(count > 0),
            Err(sea_orm::DbErr::RecordNotInserted) => Ok(false),
            Err(other) => Err(other).doing(doing),
        }
    }

    /// Changes the columns that `row` sets in the row with its primary key; false if none is in sight.
    pub(crate) async fn change<E, A>(&self, row: A, doing: &'static str) -> Result<bool, StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        self.change_where::<E, A>(row, Condition::all(), doing).await.map(|changed| changed > 0)
    }

    /// Like [`Tx::change`], for columns that nothing remembered hangs on: what nodes remember stays true.
    pub(crate) async fn note<E, A>(&self, row: A, doing: &'static str) -> Result<bool, StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        self.update::<E, A>(row, Condition::all(), doing).await.map(|changed| changed > 0)
    }

    /// Like [`Tx::change`] for the row with `row`'s primary key, if it also meets `condition`.
    /// Without a primary key in `row`, changes every visible row that meets it; says how many.
    pub(crate) async fn change_where<E, A>(
        &self,
        row: A,
        also: impl IntoCondition,
        doing: &'static str,
    ) -> Result<u64, StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        self.changes::<E>();
        self.update::<E, A>(row, also, doing).await
    }

    async fn update<E, A>(
        &self,
        mut row: A,
        also: impl IntoCondition,
        doing: &'static str,
    ) -> Result<u64, StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        keepable::<E, A>(&row, doing)?;
        let mut which = Condition::all().add(also.into_condition());
        for key in E::PrimaryKey::iter() {
            let column = key.into_column();
            if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = row.get(column) {
                which = which.add(column.eq(value));
                row.not_set(column);
            }
        }
        let done = E::update_many()
            .set(row)
            .filter(condition(&E::changed(), &self.sets))
            .filter(which)
            .exec(&self.connection)
            .await
            .doing(doing)?;
        Ok(done.rows_affected)
    }

    /// Removes the rows in sight that meet `which`; says how many.
    pub(crate) async fn remove<E: Scoped>(
        &self,
        which: impl IntoCondition,
        doing: &'static str,
    ) -> Result<u64, StoreError> {
        self.changes::<E>();
        let done = E::delete_many()
            .filter(condition(&E::changed(), &self.sets))
            .filter(which.into_condition())
            .exec(&self.connection)
            .await
            .doing(doing)?;
        Ok(done.rows_affected)
    }

    fn may_add<E, A>(&self, row: &A, doing: &'static str) -> Result<(), StoreError>
    where
        E: Scoped,
        A: ActiveModelTrait<Entity = E>,
    {
        keepable::<E, A>(row, doing)?;
        self.changes::<E>();
        let belongs = E::changed().iter().any(|sight| match sight {
            Sight::System => self.sets.system,
            Sight::In(column, set) => match row.get(*column) {
                ActiveValue::Set(Value::Uuid(Some(id))) => self.sets.of(*set).contains(&id),
                _ => false,
            },
        });
        if E::ADDED_BY_ANYBODY || belongs || self.sets.unlocked {
            Ok(())
        } else {
            Err(StoreError::OutOfSight(doing))
        }
    }
}

/// Refuses NUL in a text on both engines: PostgreSQL cannot keep it, SQLite would.
fn keepable<E, A>(row: &A, doing: &'static str) -> Result<(), StoreError>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    let bad = E::Column::iter().any(|column| match row.get(column) {
        ActiveValue::Set(Value::String(Some(text))) => text.contains('\0'),
        ActiveValue::Set(Value::Json(Some(json))) => holds_nul(&json),
        _ => false,
    });
    if bad { Err(StoreError::Unkeepable(doing)) } else { Ok(()) }
}

fn holds_nul(json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(all) => all.iter().any(holds_nul),
        serde_json::Value::Object(all) => {
            all.iter().any(|(name, value)| name.contains('\0') || holds_nul(value))
        }
        _ => false,
    }
}

/// The visible rows of one table, to be narrowed, ordered and read.
pub(crate) struct Rows<'t, E: EntityTrait> {
    select: Select<E>,
    connection: &'t Line,
}

impl<E: EntityTrait> Rows<'_, E> {
    /// Only those that meet `which`.
    pub(crate) fn filter(mut self, which: impl IntoCondition) -> Self {
        self.select = self.select.filter(which.into_condition());
        self
    }

    /// Smallest first.
    pub(crate) fn order_by_asc(mut self, column: E::Column) -> Self {
        self.select = self.select.order_by_asc(column);
        self
    }

    /// Greatest first.
    pub(crate) fn order_by_desc(mut self, column: E::Column) -> Self {
        self.select = self.select.order_by_desc(column);
        self
    }

    /// At most so many.
    pub(crate) fn limit(mut self, most: u64) -> Self {
        self.select = self.select.limit(most);
        self
    }

    /// Anything else a select can do; the scope's condition stays.
    pub(crate) fn with(mut self, more: impl FnOnce(Select<E>) -> Select<E>) -> Self {
        self.select = more(self.select);
        self
    }

    /// All of them.
    pub(crate) async fn all(self, doing: &'static str) -> Result<Vec<E::Model>, StoreError> {
        self.select.all(self.connection).await.doing(doing)
    }

    /// The first, if there is one.
    pub(crate) async fn one(self, doing: &'static str) -> Result<Option<E::Model>, StoreError> {
        self.select.one(self.connection).await.doing(doing)
    }

    /// Tuples of the columns chosen in [`Rows::with`] after `select_only`.
    pub(crate) async fn tuples<T>(self, doing: &'static str) -> Result<Vec<T>, StoreError>
    where
        T: TryGetableMany + Send + Sync,
    {
        self.select.into_tuple().all(self.connection).await.doing(doing)
    }
}

impl<E> Rows<'_, E>
where
    E: EntityTrait,
    E::Model: FromQueryResult + IntoActiveModel<<E as EntityTrait>::ActiveModel> + Send + Sync,
{
    /// How many there are.
    pub(crate) async fn count(self, doing: &'static str) -> Result<u64, StoreError> {
        self.select.count(self.connection).await.doing(doing)
    }
}
