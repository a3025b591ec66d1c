//! The ledger: what people and offices hold of a pool's duties, and the duties behind each figure.
//!
//! A pool's ledger is reckoned as its board sees the pool, because what is fair for one hangs on all;
//! what is shown of it depends on who looks: a planner sees everybody, a manager their office's people
//! and of the other offices totals, an advisor themselves.

pub(crate) mod books;
pub(crate) mod closings;
pub(crate) mod employers;
pub mod exemptions;
pub mod page;
pub mod terms;

use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::{
    Account, Category, Entry, LedgerTerms, OfficeAccount, OrganisationId, PersonId, Pool, PoolId, Role, time,
};
use scheduling::needs::Period;
use storage::{
    page::{Ask, Page},
    pools, scope,
};
use uuid::Uuid;

use crate::{
    Advisor, App, Caller, Error, Manager, Planner, Session,
    checks::{Checks, Wrong},
};
use books::{Books, Staff};

/// The longest period a ledger is read for, in days: a leap year.
const LONGEST: i64 = 366;

/// Which part of which ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of this pool; of the caller's first one if none is named.
    pub pool: Option<PoolId>,
    /// Of this person alone.
    pub person: Option<PersonId>,
    /// First day; a year before the last if nothing is said.
    pub from: Option<NaiveDate>,
    /// Last day, included; today if nothing is said.
    pub until: Option<NaiveDate>,
}

/// A pool's ledger for a period, as far as somebody sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Whose.
    pub pool: PoolId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// How it is kept.
    pub terms: LedgerTerms,
    /// Accounts with given names, where these are known, by person.
    pub people: Vec<(Account, Option<String>)>,
    /// What offices gave and received, by office; nothing for advisors.
    pub offices: Vec<OfficeAccount>,
    /// The duties behind the accounts shown, soonest first.
    pub entries: Vec<Entry>,
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Eyes {
    Everybody,
    Office(OrganisationId),
    Own(PersonId),
}

/// The ledger of a pool the planner organises.
///
/// # Errors
/// If the pool is not theirs, or the period is wrong.
pub async fn of_pool(app: &App, planner: &Caller<Planner>, asked: Asked) -> Result<Ledger, Error> {
    let pool = the_pool(app, planner, asked.pool).await?;
    // A board may also be a member of another board's pool, and looks at that one like an office.
    let organises = pool.board == planner.organisation();
    let eyes = if organises { Eyes::Everybody } else { Eyes::Office(planner.organisation()) };
    seen(app, &pool, eyes, asked).await
}

/// The ledger of an office's people, and the totals of the pool's offices.
///
/// # Errors
/// If the office is no member of the pool, or the period is wrong.
pub async fn of_office(app: &App, manager: &Caller<Manager>, asked: Asked) -> Result<Ledger, Error> {
    let pool = the_pool(app, manager, asked.pool).await?;
    seen(app, &pool, Eyes::Office(manager.organisation()), asked).await
}

/// One's own account.
///
/// # Errors
/// If one's office is no member of the pool, or the period is wrong.
pub async fn own(app: &App, advisor: &Caller<Advisor>, asked: Asked) -> Result<Ledger, Error> {
    let pool = the_pool(app, advisor, asked.pool).await?;
    seen(app, &pool, Eyes::Own(advisor.person()), asked).await
}

/// The ledger as whoever is signed in sees it, in the role they wear.
///
/// # Errors
/// If they hold no role, the pool is not theirs, or the period is wrong.
pub async fn seen_by(app: &App, session: &Session, asked: Asked) -> Result<Ledger, Error> {
    match session.hat().map(|hat| hat.role) {
        Some(Role::Planner) => of_pool(app, &session.caller()?, asked).await,
        Some(Role::Manager) => of_office(app, &session.caller()?, asked).await,
        Some(Role::Advisor) | None => own(app, &session.caller()?, asked).await,
    }
}

/// The duties behind a figure: those of one category, or all, a page of them.
///
/// # Errors
/// Like [`seen_by`].
pub async fn duties(
    app: &App,
    session: &Session,
    asked: Asked,
    category: Option<Category>,
    ask: &Ask,
) -> Result<Page<Entry>, Error> {
    let mut entries = seen_by(app, session, asked).await?.entries;
    entries.retain(|one| category.is_none_or(|category| one.minutes_in(category).0 > 0));
    page(entries, ask)
}

/// A page out of what is reckoned and stands in no table: by start, then by id.
fn page(mut entries: Vec<Entry>, ask: &Ask) -> Result<Page<Entry>, Error> {
    let place = |one: &Entry| (one.span.start(), one.shift.0);
    entries.sort_by_key(place);
    if ask.descending {
        entries.reverse();
    }
    if let Some((text, id)) = &ask.after {
        let after: (DateTime<Utc>, Uuid) = (text.parse().map_err(|_| storage::StoreError::NoSuchPage)?, *id);
        entries.retain(|one| if ask.descending { place(one) < after } else { place(one) > after });
    }
    let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let more = entries.len() > most;
    entries.truncate(most);
    let next = entries.last().filter(|_| more).map(|last| (last.span.start().to_rfc3339(), last.shift.0));
    Ok(Page { items: entries, next })
}

/// The pool that is asked for, if it is one of the caller's.
async fn the_pool<R>(app: &App, caller: &Caller<R>, asked: Option<PoolId>) -> Result<Pool, Error> {
    let pool = asked.or_else(|| caller.pool()).filter(|pool| caller.pools().contains(pool));
    let tx = app.read(scope::System).await?;
    let pool = pool.ok_or(Error::NotFound("pool"))?;
    pools::by_id(&tx, pool).await?.ok_or(Error::NotFound("pool"))
}

async fn seen(app: &App, pool: &Pool, eyes: Eyes, asked: Asked) -> Result<Ledger, Error> {
    let tx = app.read(scope::System).await?;
    let staff = Staff::of_pool(&tx, pool).await?;
    drop(tx);
    let tx = app.read(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    let period = period(asked, time::day(tx.now(), pool.zone))?;
    let books = books::read(app, &tx, pool, period, staff).await?;
    drop(tx);
    let shown = |person: PersonId| {
        asked.person.is_none_or(|one| one == person)
            && match eyes {
                Eyes::Everybody => true,
                Eyes::Own(own) => own == person,
                Eyes::Office(office) => works_for(&books, person, office),
            }
    };
    let name = |account: Account| {
        let name = books.people.get(&account.person).map(|person| person.given_name.clone());
        (account, name)
    };
    // Whoever owed nothing and held nothing has no account in this period.
    let lived = |account: &&Account| account.share_bp > 0 || account.whole.held.duties > 0;
    let accounts = books.accounts.iter().filter(lived).filter(|account| shown(account.person)).cloned();
    let own_alone = matches!(eyes, Eyes::Own(_));
    Ok(Ledger {
        pool: pool.id,
        from: period.from,
        until: period.until,
        terms: books.terms,
        people: accounts.map(name).collect(),
        offices: if own_alone { Vec::new() } else { books.offices.clone() },
        entries: books.entries.iter().filter(|entry| shown(entry.person)).cloned().collect(),
    })
}

fn works_for(books: &Books, person: PersonId, office: OrganisationId) -> bool {
    books.employments.iter().any(|one| (one.person, one.organisation) == (person, office))
}

fn period(asked: Asked, today: NaiveDate) -> Result<Period, Error> {
    let until = asked.until.unwrap_or(today);
    let year_before = || until.checked_sub_months(Months::new(12))?.succ_opt();
    let from = asked.from.or_else(year_before).unwrap_or(until);
    let mut checks = Checks::default();
    checks.days(from, Some(until));
    if LONGEST <= (until - from).num_days() {
        checks.refuse("until", Wrong::NotA("a day within a year of the first"));
    }
    checks.done()?;
    Ok(Period { from, until })
}
