//! The ledger: what people and offices hold of a pool's duties, what would be fair, and the duties
//! behind each figure.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Planner,
    rota::ledger::{self, Ledger, terms},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Account, Category, Entry, LedgerTerms, Minutes, OfficeAccount, Part, PoolId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::{CategoryName, DutyKindName, RungName},
};
use crate::{Answer, As, Signed};

/// How the duties may be sorted.
pub const SORTS: Sorts = &[("starts_at", "starts_at")];

/// A pool's ledger for a period, as far as it is yours to see. Worth is in minutes, a backup's weighed
/// as the pool's terms say.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerShown {
    /// The pool.
    pub pool: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included. Duties that are not over yet do not count.
    pub until: NaiveDate,
    /// How it is kept.
    pub terms: TermsShown,
    /// Accounts of people: of all for a planner, of their office's for a manager, one's own for an advisor.
    pub people: Vec<AccountShown>,
    /// What offices gave and received; empty for an advisor.
    pub offices: Vec<OfficeAccountShown>,
}

/// Somebody's account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountShown {
    /// Whose.
    pub person: Uuid,
    /// Their given name; null where it is not known any more.
    pub given_name: Option<String>,
    /// For whom they work; null where it is not known any more.
    pub organisation: Option<Uuid>,
    /// Their part of a full-time share, in basis points, on the average of the period.
    pub share_bp: u32,
    /// Everything they hold, and what would be fair.
    pub whole: PartShown,
    /// The same by category. A duty may count in several.
    pub categories: Vec<CategoryPartShown>,
    /// What they bring from all the years before, within the cap; above zero if they gave more.
    pub carried_minutes: i64,
    /// What they carried, and what they hold more, or below zero less, than is fair.
    pub balance_minutes: i64,
}

/// What somebody holds, and what would be fair.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartShown {
    /// Duties held.
    pub duties: u32,
    /// Real minutes as lead.
    pub lead_minutes: u32,
    /// Real minutes as backup.
    pub backup_minutes: u32,
    /// What these weigh.
    pub worth_minutes: i64,
    /// What would be fair.
    pub fair_minutes: i64,
}

/// What somebody holds of one category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryPartShown {
    /// Which.
    pub category: CategoryName,
    /// How much.
    pub part: PartShown,
}

/// What an office's people did for others' covered hours, and others for its own.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeAccountShown {
    /// Which office.
    pub organisation: Uuid,
    /// What its people did in other offices' covered hours.
    pub given_minutes: i64,
    /// What others' people did in its own covered hours.
    pub received_minutes: i64,
    /// What its own people did in its own covered hours.
    pub own_minutes: i64,
    /// Given less received.
    pub balance_minutes: i64,
}

/// A duty in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerDutyShown {
    /// The shift.
    pub shift: Uuid,
    /// Who held it.
    pub person: Uuid,
    /// Lead or backup.
    pub rung: RungName,
    /// What the hours are in law.
    pub kind: DutyKindName,
    /// The day it starts on, by the pool's clocks: all of it counts on that day.
    pub day: NaiveDate,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// What it weighs.
    pub worth_minutes: i64,
    /// The categories it lies in, with real minutes.
    pub categories: Vec<CategoryMinutes>,
}

/// Real minutes in one category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryMinutes {
    /// Which.
    pub category: CategoryName,
    /// How many.
    pub minutes: u32,
}

/// How a pool keeps its ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermsShown {
    /// What a backup's minute weighs, in basis points of a lead's.
    pub backup_bp: u32,
    /// How many minutes anybody may carry into the next period, in either direction.
    pub cap_minutes: u32,
}

input! {
    /// How a pool shall keep its ledger from now on. Figures of the past are reckoned by it too.
    pub struct TermsSaid {
        /// What a backup's minute weighs, in basis points of a lead's: 5000 is half.
        #[schema(minimum = 0, maximum = 10_000)]
        pub backup_bp: u32,
        /// How many minutes anybody may carry into the next period, in either direction.
        #[schema(minimum = 0, maximum = 60_000)]
        pub cap_minutes: u32,
    }
}

impl From<LedgerTerms> for TermsShown {
    fn from(terms: LedgerTerms) -> Self {
        Self { backup_bp: terms.backup_bp, cap_minutes: terms.cap.0 }
    }
}

impl From<Part> for PartShown {
    fn from(part: Part) -> Self {
        Self {
            duties: part.held.duties,
            lead_minutes: part.held.lead.0,
            backup_minutes: part.held.backup.0,
            worth_minutes: part.held.worth,
            fair_minutes: part.fair,
        }
    }
}

impl From<(Account, Option<String>)> for AccountShown {
    fn from((account, given_name): (Account, Option<String>)) -> Self {
        let category = |(category, part)| CategoryPartShown {
            category: CategoryName(category),
            part: PartShown::from(part),
        };
        Self {
            person: account.person.0,
            given_name,
            organisation: account.employer.map(|employer| employer.0),
            share_bp: account.share_bp,
            carried_minutes: account.carried,
            balance_minutes: account.balance(),
            whole: account.whole.into(),
            categories: account.categories.into_iter().map(category).collect(),
        }
    }
}

impl From<OfficeAccount> for OfficeAccountShown {
    fn from(one: OfficeAccount) -> Self {
        Self {
            organisation: one.office.0,
            given_minutes: one.given,
            received_minutes: one.received,
            own_minutes: one.own,
            balance_minutes: one.balance(),
        }
    }
}

impl From<Entry> for LedgerDutyShown {
    fn from(entry: Entry) -> Self {
        let category = |(category, minutes): (Category, Minutes)| CategoryMinutes {
            category: CategoryName(category),
            minutes: minutes.0,
        };
        Self {
            shift: entry.shift.0,
            person: entry.person.0,
            rung: RungName(entry.rung),
            kind: DutyKindName(entry.kind),
            day: entry.day,
            starts_at: entry.span.start(),
            ends_at: entry.span.end(),
            worth_minutes: entry.worth,
            categories: entry.parts.into_iter().map(category).collect(),
        }
    }
}

impl From<Ledger> for LedgerShown {
    fn from(ledger: Ledger) -> Self {
        Self {
            pool: ledger.pool.0,
            from: ledger.from,
            until: ledger.until,
            terms: ledger.terms.into(),
            people: ledger.people.into_iter().map(AccountShown::from).collect(),
            offices: ledger.offices.into_iter().map(OfficeAccountShown::from).collect(),
        }
    }
}

/// Which part of which ledger the query asks for.
fn which(asked: &mut Asked) -> ledger::Asked {
    ledger::Asked {
        pool: asked.id("pool"),
        person: asked.id("person"),
        from: asked.day("from"),
        until: asked.day("until"),
    }
}

/// A pool's ledger for a period of at most a year.
#[utoipa::path(get, path = "/api/v1/ledger", tag = "ledger",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool; of your first one if none is named"),
        ("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("from" = Option<NaiveDate>, Query, description = "First day; a year before the last if nothing is said"),
        ("until" = Option<NaiveDate>, Query, description = "Last day, included; today if nothing is said")),
    responses((status = 200, description = "The ledger", body = LedgerShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let which = which(&mut asked);
    asked.done()?;
    let ledger = ledger::seen_by(&app, &session, which).await;
    Ok(reply::one(&LedgerShown::from(ledger.map_err(|error| Problem::of_query(&error))?)))
}

/// The duties behind the figures: of all, or of one category.
#[utoipa::path(get, path = "/api/v1/ledger/duties", tag = "ledger",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool; of your first one if none is named"),
        ("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("from" = Option<NaiveDate>, Query, description = "First day; a year before the last if nothing is said"),
        ("until" = Option<NaiveDate>, Query, description = "Last day, included; today if nothing is said"),
        ("category" = Option<CategoryName>, Query, description = "Those that lie in this category")),
    responses((status = 200, description = "A page of duties", body = Listed<LedgerDutyShown>)))]
pub async fn duties(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let which = which(&mut asked);
    let words = "evening, saturday, sunday, holiday, feast or night";
    let category = asked.word("category", words, Category::from_word);
    let read = async |ask: &app::Ask| ledger::duties(&app, &session, which, category, ask).await;
    asked.list::<LedgerDutyShown, _>(SORTS, read).await
}

/// How a pool keeps its ledger.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/ledger-terms", tag = "ledger", params(("pool" = Uuid, Path)),
    responses((status = 200, description = "The terms", body = TermsShown)))]
pub async fn terms(app: Data<App>, As(anybody): As<Anybody>, pool: Path<PoolId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<TermsShown, _>(terms::get(&app, &anybody, *pool).await?))
}

/// Decides how a pool of yours keeps its ledger.
#[utoipa::path(put, path = "/api/v1/pools/{pool}/ledger-terms", tag = "ledger", params(("pool" = Uuid, Path)),
    request_body = TermsSaid, responses((status = 200, description = "The terms", body = TermsShown)))]
pub async fn decide(
    app: Data<App>,
    As(planner): As<Planner>,
    As(anybody): As<Anybody>,
    pool: Path<PoolId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<TermsSaid>,
) -> Result<Answer, Problem> {
    let new = LedgerTerms { backup_bp: said.backup_bp, cap: Minutes(said.cap_minutes) };
    let done = terms::decide(&app, &planner, *pool, &seen, new).await;
    reply::changed::<TermsShown, _>(done, terms::get(&app, &anybody, *pool)).await
}
