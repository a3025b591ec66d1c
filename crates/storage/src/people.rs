//! People: names, what they bring to a duty, the address codes go to, and what they prefer to read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Language, Person, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::person as table,
    one,
    page::{self, Ask, Page},
    scope::{Scope, System},
    skills,
};

/// How many rows are asked for by name in one query: far below what either engine binds.
const AT_ONCE: usize = 1_000;

/// Somebody's own account: what colleagues do not see.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The person, as colleagues know them.
    pub person: Person,
    /// The address codes go to, in small letters.
    pub email: String,
    /// The language they chose to read; none before they choose.
    pub language: Option<Language>,
    /// The light they chose (`light`, `dark`, `auto`); none before they choose.
    pub theme: Option<String>,
    /// Whether they run the service.
    pub operator: bool,
}

/// Adds a person with what they bring to a duty, languages best first. The address is kept in small letters.
///
/// # Errors
/// If the scope may not, the address is taken ([`StoreError::is_conflict`]), or the database refuses.
pub async fn add<S: Scope>(
    tx: &Tx<S>,
    person: &Person,
    email: &str,
    language: Option<Language>,
) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(person.id.0),
        given_name: Set(person.given_name.clone()),
        family_name: Set(person.family_name.clone()),
        email: Set(small(email)),
        language: Set(language.map(|language| language.code().to_owned())),
        theme: Set(None),
        operator: Set(false),
        version: Set(1),
        created_at: Set(tx.now()),
        open_letters: Set(true),
    };
    tx.add::<table::Entity, _>(row, "add a person").await?;
    skills::add(tx, person).await
}

/// The people in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<Person>, StoreError> {
    let rows = page::of(tx.visible::<table::Entity>(), ask, "list people", Ok).await?;
    Ok(Page { items: people(tx, rows.items).await?, next: rows.next })
}

/// The person of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn held<S: Scope>(tx: &Tx<S>, id: PersonId) -> Result<Person, StoreError> {
    const DOING: &str = "hold a person";
    let row = one::hold::<table::Entity, _>(tx, id.0, DOING, Ok).await?;
    people(tx, vec![row]).await?.pop().ok_or(StoreError::OutOfSight(DOING))
}

/// The person of that id, if they are in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: PersonId) -> Result<Option<Person>, StoreError> {
    Ok(account(tx, id).await?.map(|account| account.person))
}

/// Those of `ids` that are in sight, by given name.
///
/// # Errors
/// If the database cannot be read.
pub async fn named<S: Scope>(tx: &Tx<S>, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)));
    people(tx, rows.order_by_asc(table::Column::GivenName).all("read people").await?).await
}

/// The given names of those of `ids` that are in sight, and nothing more of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn given_names<S: Scope>(
    tx: &Tx<S>,
    ids: &[PersonId],
) -> Result<BTreeMap<PersonId, String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let rows =
        rows.with(|rows| rows.select_only().column(table::Column::Id).column(table::Column::GivenName));
    let names: Vec<(Uuid, String)> = rows.tuples("read people's names").await?;
    Ok(names.into_iter().map(|(id, name)| (PersonId(id), name)).collect())
}

/// Everybody in sight, by given name.
///
/// # Errors
/// If the database cannot be read.
pub async fn all_in_sight<S: Scope>(tx: &Tx<S>) -> Result<Vec<Person>, StoreError> {
    let rows = tx.visible::<table::Entity>().order_by_asc(table::Column::GivenName);
    people(tx, rows.order_by_asc(table::Column::Id).all("list people").await?).await
}

/// The account of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn account<S: Scope>(tx: &Tx<S>, id: PersonId) -> Result<Option<Account>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).one("read a person").await?;
    whole(tx, row).await
}

/// Whose address this is, in capitals or not: for signing in.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_email(tx: &Tx<System>, email: &str) -> Result<Option<Account>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Email.eq(small(email)));
    let row = rows.one("look up an address").await?;
    if row.is_none() {
        // Asked for nobody too: the same work is done whoever has the address.
        skills::of(tx, vec![Uuid::nil()]).await?;
    }
    whole(tx, row).await
}

/// The accounts with these addresses that are in sight; addresses are given in small letters.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_emails<S: Scope>(tx: &Tx<S>, emails: &[String]) -> Result<Vec<Account>, StoreError> {
    let mut found = Vec::new();
    for some in emails.chunks(AT_ONCE) {
        let rows = tx.visible::<table::Entity>().filter(table::Column::Email.is_in(some));
        found.extend(accounts_of(tx, rows.all("look up addresses").await?).await?);
    }
    Ok(found)
}

/// The accounts of these people that are in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn accounts<S: Scope>(tx: &Tx<S>, ids: &[PersonId]) -> Result<Vec<Account>, StoreError> {
    let ids: std::collections::BTreeSet<Uuid> = ids.iter().map(|id| id.0).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let rows = tx.visible::<table::Entity>().filter(table::Column::Id.is_in(some.iter().copied()));
        found.extend(accounts_of(tx, rows.all("read accounts").await?).await?);
    }
    Ok(found)
}

/// Writes somebody's names and skills anew.
///
/// # Errors
/// If the person is not in sight or the database refuses.
pub async fn rewrite<S: Scope>(tx: &Tx<S>, person: &Person) -> Result<(), StoreError> {
    let doing = "write somebody's names anew";
    let id = table::Column::Id.eq(person.id.0);
    let row = tx.visible::<table::Entity>().filter(id).one(doing).await?;
    let row = row.ok_or(StoreError::OutOfSight(doing))?;
    let names = table::ActiveModel {
        id: Set(person.id.0),
        given_name: Set(person.given_name.clone()),
        family_name: Set(person.family_name.clone()),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change(tx, names).await?;
    skills::rewrite(tx, person).await
}

/// Keeps the language somebody chose to read.
///
/// # Errors
/// If the person is not in sight or the database refuses.
pub async fn choose_language<S: Scope>(tx: &Tx<S>, id: PersonId, to: Language) -> Result<(), StoreError> {
    let language = Set(Some(to.code().to_owned()));
    change(tx, table::ActiveModel { id: Set(id.0), language, ..Default::default() }).await
}

/// Keeps the light somebody chose.
///
/// # Errors
/// If the person is not in sight or the database refuses.
pub async fn choose_theme<S: Scope>(tx: &Tx<S>, id: PersonId, to: &str) -> Result<(), StoreError> {
    let theme = Set(Some(to.to_owned()));
    change(tx, table::ActiveModel { id: Set(id.0), theme, ..Default::default() }).await
}

/// Keeps whether somebody wants letters about open duties.
///
/// # Errors
/// If the person is not in sight or the database refuses.
pub async fn choose_open_letters<S: Scope>(tx: &Tx<S>, id: PersonId, wanted: bool) -> Result<(), StoreError> {
    change(tx, table::ActiveModel { id: Set(id.0), open_letters: Set(wanted), ..Default::default() }).await
}

/// Those of these people who want no letters about open duties.
///
/// # Errors
/// If the database cannot be read.
pub async fn without_open_letters<S: Scope>(
    tx: &Tx<S>,
    ids: &[PersonId],
) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut all = BTreeSet::new();
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<Uuid> = tx
            .visible::<table::Entity>()
            .filter(table::Column::Id.is_in(some.iter().map(|id| id.0)))
            .filter(table::Column::OpenLetters.eq(false))
            .with(|rows| rows.select_only().column(table::Column::Id))
            .tuples("read who wants no letters about open duties")
            .await?;
        all.extend(rows.into_iter().map(PersonId));
    }
    Ok(all)
}

/// Makes somebody an operator of the service, or no longer one.
///
/// # Errors
/// If the person is not in sight or the database refuses.
pub async fn set_operator(tx: &Tx<System>, id: PersonId, operator: bool) -> Result<(), StoreError> {
    change(tx, table::ActiveModel { id: Set(id.0), operator: Set(operator), ..Default::default() }).await
}

/// Everybody who runs the service, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn operators(tx: &Tx<System>) -> Result<Vec<Account>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Operator.eq(true));
    let mut accounts = Vec::new();
    for row in rows.order_by_asc(table::Column::Id).all("list operators").await? {
        accounts.extend(whole(tx, Some(row)).await?);
    }
    Ok(accounts)
}

/// An address as it is kept and compared: without spaces around it, in small letters.
pub fn small(email: &str) -> String {
    email.trim().to_lowercase()
}

async fn change<S: Scope>(tx: &Tx<S>, row: table::ActiveModel) -> Result<(), StoreError> {
    const DOING: &str = "keep what a person chose";
    one::change::<table::Entity, _>(tx, row, DOING).await
}

async fn whole<S: Scope>(tx: &Tx<S>, row: Option<table::Model>) -> Result<Option<Account>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let language = row.language.as_deref().and_then(Language::parse);
    let (email, theme, operator) = (row.email.clone(), row.theme.clone(), row.operator);
    let person = people(tx, vec![row]).await?.pop();
    Ok(person.map(|person| Account { person, email, language, theme, operator }))
}

async fn accounts_of<S: Scope>(tx: &Tx<S>, rows: Vec<table::Model>) -> Result<Vec<Account>, StoreError> {
    let mut own: HashMap<Uuid, _> = rows
        .iter()
        .map(|row| {
            let language = row.language.as_deref().and_then(Language::parse);
            (row.id, (row.email.clone(), language, row.theme.clone(), row.operator))
        })
        .collect();
    let account = |person: Person| {
        let (email, language, theme, operator) = own.remove(&person.id.0)?;
        Some(Account { person, email, language, theme, operator })
    };
    Ok(people(tx, rows).await?.into_iter().filter_map(account).collect())
}

async fn people<S: Scope>(tx: &Tx<S>, rows: Vec<table::Model>) -> Result<Vec<Person>, StoreError> {
    let mut brought = skills::of(tx, rows.iter().map(|row| row.id).collect()).await?;
    let person = |row: table::Model| {
        let (languages, skills) = brought.remove(&row.id).unwrap_or_default();
        let (given_name, family_name) = (row.given_name, row.family_name);
        Person { id: PersonId(row.id), languages, skills, given_name, family_name }
    };
    Ok(rows.into_iter().map(person).collect())
}
