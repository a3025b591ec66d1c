//! Shares: what the offices of a pool would bear of some months, by every key; the sizes some keys
//! need; and the same as a file. Nothing is invoiced.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper, Planner,
    pool::shares::{self, figures, weights},
};
use domain::{
    Cents, HourBalance, HourWeights, KeyFigures, Language, Month, OrganisationId, Payment, PoolId, ShareKey,
    ShareLine, Sharing,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    files::{HeaderLanguage, staffs},
    query::{Asked, IfMatch},
    reply,
    words::ShareKeyName,
};
use crate::{Answer, As, reply::attached};

/// What the offices would bear. Whoever keeps an office sees its own line alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingShown {
    /// The pool.
    pub pool: Uuid,
    /// First month.
    pub from: String,
    /// Last month, included.
    pub until: String,
    /// The key that balances, payments and hours go by.
    pub key: ShareKeyName,
    /// What the board spent besides duties, as it was said.
    pub standing_cents: i64,
    /// What duties cost their employers, by what these say an hour gives.
    pub duties_cents: i64,
    /// What offices owe at a price: it is not shared again.
    pub charged_cents: i64,
    /// What a key shares: what was spent, less what prices bring in.
    pub total_cents: i64,
    /// Each office.
    pub offices: Vec<ShareShown>,
    /// What settles it; empty while the key cannot be used.
    pub payments: Vec<PaymentShown>,
}

/// One office's part.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShareShown {
    /// The office.
    pub organisation: Uuid,
    /// Days on which it was a member and paid no price: of the others it bears nothing by a key.
    pub days: u32,
    /// Inhabitants, if they are said.
    pub population: Option<u32>,
    /// Overnight stays of a year, if they are said.
    pub overnight_stays: Option<u32>,
    /// How many visitors wrote to it on these days.
    pub visitors: u32,
    /// Watched half hours that it takes part in on these days.
    pub watched_half_hours: u32,
    /// What duties of its people cost it; null where it reckons in another currency than the pool.
    pub duties_cents: Option<i64>,
    /// What it owes at a price for its other days.
    pub charged_cents: i64,
    /// What it would bear besides, by every key.
    pub shares: Vec<KeyShare>,
    /// Its duties less its price and its share by the chosen key: above zero it is owed; null while the key cannot be used.
    pub balance_cents: Option<i64>,
    /// Hours given and owed.
    pub hours: HoursShown,
}

/// What an office would bear by one key.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyShare {
    /// The key.
    pub key: ShareKeyName,
    /// How much; null while the key cannot be used.
    pub cents: Option<i64>,
}

/// Weighed minutes: by the pool's weights, a backup as its ledger says.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursShown {
    /// Given.
    pub given_minutes: i64,
    /// Its share of all that was given, by the chosen key; alike while that cannot be used.
    pub due_minutes: i64,
    /// Given less due.
    pub balance_minutes: i64,
    /// The balance at the mean price of a weighed hour.
    pub worth_cents: i64,
}

/// One payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentShown {
    /// The office that pays; null for the board.
    pub from: Option<Uuid>,
    /// The office that is paid; null for the board.
    pub to: Option<Uuid>,
    /// How much, above zero.
    pub cents: i64,
}

/// The sizes of a pool's offices.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresShown {
    /// Each office that is a member now.
    pub offices: Vec<FiguresOf>,
}

/// The size of one office.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresOf {
    /// The office.
    pub organisation: Uuid,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Overnight stays of a year.
    pub overnight_stays: Option<u32>,
}

/// What an hour given counts for its office, in basis points: 10 000 is once.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeightsShown {
    /// On weekday evenings.
    pub evening_bp: u32,
    /// On Saturdays.
    pub saturday_bp: u32,
    /// On Sundays.
    pub sunday_bp: u32,
    /// On public holidays.
    pub holiday_bp: u32,
}

input! {
    /// What an hour given counts, in basis points: 10 000 is once.
    pub struct WeightsSaid {
        /// On weekday evenings.
        #[schema(maximum = 100_000)]
        pub evening_bp: u32,
        /// On Saturdays.
        #[schema(maximum = 100_000)]
        pub saturday_bp: u32,
        /// On Sundays.
        #[schema(maximum = 100_000)]
        pub sunday_bp: u32,
        /// On public holidays.
        #[schema(maximum = 100_000)]
        pub holiday_bp: u32,
    }
}

input! {
    /// The sizes of some offices; those not named stay as they are.
    pub struct FiguresSaid {
        /// Each office.
        #[schema(max_items = 200)]
        pub offices: Vec<OfficeSize>,
    }
}

input! {
    /// The size of one office; null where nobody knows.
    pub struct OfficeSize {
        /// The office, a member of the pool now.
        pub organisation: Uuid,
        /// Inhabitants.
        pub population: Option<u32>,
        /// Overnight stays of a year.
        pub overnight_stays: Option<u32>,
    }
}

impl From<ShareLine> for ShareShown {
    fn from(line: ShareLine) -> Self {
        let HourBalance { given, due, balance, worth } = line.bank;
        let share = |key| KeyShare { key: ShareKeyName(key), cents: line.share(key).map(|cents| cents.0) };
        Self {
            organisation: line.office.0,
            days: line.days,
            population: line.figures.population,
            overnight_stays: line.figures.overnight_stays,
            visitors: line.visitors,
            watched_half_hours: line.watched,
            duties_cents: line.duties.map(|cents| cents.0),
            charged_cents: line.charged.0,
            shares: ShareKey::ALL.map(share).into(),
            balance_cents: line.balance.map(|cents| cents.0),
            hours: HoursShown {
                given_minutes: given,
                due_minutes: due,
                balance_minutes: balance,
                worth_cents: worth.0,
            },
        }
    }
}

impl From<Sharing> for SharingShown {
    fn from(all: Sharing) -> Self {
        let id = |whose: Option<OrganisationId>| whose.map(|office| office.0);
        let payment = |one: Payment| PaymentShown { from: id(one.from), to: id(one.to), cents: one.amount.0 };
        Self {
            pool: all.pool.0,
            from: all.from.to_string(),
            until: all.until.to_string(),
            key: ShareKeyName(all.key),
            standing_cents: all.standing.0,
            duties_cents: all.duties.0,
            charged_cents: all.charged.0,
            total_cents: all.total().0,
            payments: all.payments.into_iter().map(payment).collect(),
            offices: all.lines.into_iter().map(ShareShown::from).collect(),
        }
    }
}

impl From<HourWeights> for WeightsShown {
    fn from(one: HourWeights) -> Self {
        Self {
            evening_bp: one.evening,
            saturday_bp: one.saturday,
            sunday_bp: one.sunday,
            holiday_bp: one.holiday,
        }
    }
}

impl From<figures::Figures> for FiguresShown {
    fn from(all: figures::Figures) -> Self {
        let one = |(office, KeyFigures { population, overnight_stays }): (OrganisationId, KeyFigures)| {
            FiguresOf { organisation: office.0, population, overnight_stays }
        };
        Self { offices: all.into_iter().map(one).collect() }
    }
}

/// Which months, by which key.
fn which(asked: &mut Asked) -> shares::Asked {
    let what = "a month such as 2026-07";
    let keys = "equal, population, overnight_stays, usage, two_part or need";
    shares::Asked {
        from: asked.word("from", what, Month::parse),
        until: asked.word("until", what, Month::parse),
        key: asked.word("key", keys, ShareKey::from_word).unwrap_or(ShareKey::Equal),
        standing: Cents(asked.take::<i64>("standing_cents", "a whole number of cents").unwrap_or(0)),
    }
}

/// What the offices of a pool would bear of some months, by every key side by side.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/shares", tag = "shares",
    params(("pool" = Uuid, Path),
        ("from" = Option<String>, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "First month, such as 2026-07; the last that is over if nothing is said"),
        ("until" = Option<String>, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "Last month, within a year; the first if nothing is said"),
        ("key" = Option<ShareKeyName>, Query, description = "What balances, payments and hours go by; equal if nothing is said"),
        ("standing_cents" = Option<i64>, Query, minimum = 0, maximum = 1_000_000_000, description = "What the board spent besides duties")),
    responses((status = 200, description = "The shares", body = SharingShown)))]
pub async fn show(
    app: Data<App>,
    As(keeper): As<Keeper>,
    pool: Path<PoolId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let which = which(&mut asked);
    asked.done()?;
    let sharing = shares::of_pool(&app, &keeper, *pool, which).await;
    Ok(reply::one(&SharingShown::from(sharing.map_err(|error| Problem::of_query(&error))?)))
}

/// The same as a table for a spreadsheet.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/shares/file", tag = "shares",
    params(("pool" = Uuid, Path),
        ("from" = Option<String>, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "First month, such as 2026-07; the last that is over if nothing is said"),
        ("until" = Option<String>, Query, pattern = "^2[01][0-9]{2}-(0[1-9]|1[0-2])$", description = "Last month, within a year; the first if nothing is said"),
        ("key" = Option<ShareKeyName>, Query, description = "What balances and hours go by; equal if nothing is said"),
        ("standing_cents" = Option<i64>, Query, minimum = 0, maximum = 1_000_000_000, description = "What the board spent besides duties"),
        ("language" = Option<HeaderLanguage>, Query, description = "Of the header and the amounts")),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String)))]
pub async fn file(
    app: Data<App>,
    As(keeper): As<Keeper>,
    pool: Path<PoolId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let which = which(&mut asked);
    let language = asked.word("language", "en or fr", staffs).unwrap_or(Language::EN);
    asked.done()?;
    let file = shares::file::file(&app, &keeper, Some(*pool), which, language).await;
    Ok(attached(file.map_err(|error| Problem::of_query(&error))?))
}

/// The sizes of a pool's offices, which some keys need.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/key-figures", tag = "shares", params(("pool" = Uuid, Path)),
    responses((status = 200, description = "The sizes", body = FiguresShown)))]
pub async fn sizes(app: Data<App>, As(keeper): As<Keeper>, pool: Path<PoolId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<FiguresShown, _>(figures::get(&app, &keeper, *pool).await?))
}

/// Says the sizes of offices of a pool that your board organises.
#[utoipa::path(put, path = "/api/v1/pools/{pool}/key-figures", tag = "shares", params(("pool" = Uuid, Path)),
    request_body = FiguresSaid, responses((status = 200, description = "The sizes", body = FiguresShown)))]
pub async fn say(
    app: Data<App>,
    As(planner): As<Planner>,
    As(keeper): As<Keeper>,
    pool: Path<PoolId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<FiguresSaid>,
) -> Result<Answer, Problem> {
    let size = |one: OfficeSize| {
        let OfficeSize { organisation, population, overnight_stays } = one;
        (OrganisationId(organisation), KeyFigures { population, overnight_stays })
    };
    let said: figures::Figures = said.offices.into_iter().map(size).collect();
    let done = figures::say(&app, &planner, *pool, &seen, &said).await;
    reply::changed::<FiguresShown, _>(done, figures::get(&app, &keeper, *pool)).await
}

/// What an hour given counts for its office in a pool, by when it was given.
#[utoipa::path(get, path = "/api/v1/pools/{pool}/share-weights", tag = "shares", params(("pool" = Uuid, Path)),
    responses((status = 200, description = "The weights", body = WeightsShown)))]
pub async fn weights(app: Data<App>, As(keeper): As<Keeper>, pool: Path<PoolId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<WeightsShown, _>(weights::get(&app, &keeper, *pool).await?))
}

/// Decides what an hour given counts in a pool that your board organises.
#[utoipa::path(put, path = "/api/v1/pools/{pool}/share-weights", tag = "shares", params(("pool" = Uuid, Path)),
    request_body = WeightsSaid, responses((status = 200, description = "The weights", body = WeightsShown)))]
pub async fn weigh(
    app: Data<App>,
    As(planner): As<Planner>,
    As(keeper): As<Keeper>,
    pool: Path<PoolId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<WeightsSaid>,
) -> Result<Answer, Problem> {
    let WeightsSaid { evening_bp, saturday_bp, sunday_bp, holiday_bp } = said;
    let new =
        HourWeights { evening: evening_bp, saturday: saturday_bp, sunday: sunday_bp, holiday: holiday_bp };
    let done = weights::decide(&app, &planner, *pool, &seen, new).await;
    reply::changed::<WeightsShown, _>(done, weights::get(&app, &keeper, *pool)).await
}
