//! A small town for one story: a board, its pool, offices, people and visitors, under a clock we set.
//!
//! What people do here goes through the same verbs as the pages: they sign in with a code from a
//! letter, look at the inbox the page shows, and answer by its form's verb. What only whoever sets up
//! the house may do (founding, hiring, publishing a duty) goes through `app::pool::provision`.
//!
//! A story opens a town at a moment and moves the clock itself; nothing waits for real time:
//!
//! ```text
//! let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
//! let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
//! let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
//! ```

mod board;
mod mailboxes;
mod offices;
mod people;
mod rows;
mod visitors;

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use app::{
    App, clock,
    pool::provision::{self, NewNeed},
    settings::{Post, Reach, Settings},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Calendar, Days, Language, Minutes, NeedId, Organisation, OrganisationId, OrganisationKind, PoolId, Span,
    Tz, Window, time,
};
use storage::{organisations, scope};
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

pub use board::{Board, Draft};
pub use mailboxes::{Line, opened as opened_mailbox};
pub use offices::{Founding, Office};
pub use people::{Newcomer, Person, six_digits};
pub use rows::Rows;
pub use storage::Engine;
pub use visitors::Visitor;

/// Makes two tests of each story, one an engine; a story left out is dead code, and clippy says so.
///
/// ```text
/// on_both_engines! { a_town_is_founded }
///
/// async fn a_town_is_founded(engine: Engine) { … }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story($crate::town::Engine::Sqlite).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story($crate::town::Engine::Postgres).await;
            })+
        }
    };
}

/// Since when everybody works here, every pattern runs, every office is a member.
const FOUNDED: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 1).expect("2026 began on 1 January");

/// A town, its house open and its clock stopped.
#[derive(Debug)]
pub struct Town {
    /// The house.
    pub app: App,
    /// Its tables, for a second process or a look past the code.
    pub rows: Arc<Rows>,
    /// The pool of all its offices.
    pub pool: PoolId,
    /// Who organises it, with the planner.
    pub board: Board,
    /// Where its clocks hang.
    pub zone: Tz,
    /// Which holidays it keeps.
    pub calendar: Calendar,
    needs: Mutex<Vec<(Window, NeedId)>>,
    colours: AtomicU8,
    elsewhere: OnceCell<Office>,
}

impl Town {
    /// A town in France at a moment such as `2026-07-04T21:00+02:00`; the clock stands still there.
    ///
    /// # Panics
    /// When the house does not open.
    pub async fn at(engine: Engine, moment: &str) -> Self {
        Self::in_zone(engine, moment, Tz::Europe__Paris).await
    }

    /// The same in another zone: those of America keep Quebec's holidays.
    ///
    /// # Panics
    /// When the house does not open.
    pub async fn in_zone(engine: Engine, moment: &str, zone: Tz) -> Self {
        Self::with_post(engine, moment, zone, Post::Mailbox).await
    }

    /// The same, with letters of the house leaving by `post`. Where they do not lie in the house's own
    /// mailbox nobody can read a code there, and nobody signs in.
    ///
    /// # Panics
    /// When the house does not open.
    pub async fn with_post(engine: Engine, moment: &str, zone: Tz, post: Post) -> Self {
        Self::on(Rows::migrated(engine).await, moment, zone, post).await
    }

    /// The same on rows of one's own.
    ///
    /// # Panics
    /// When the house does not open.
    pub async fn on(rows: Rows, moment: &str, zone: Tz, post: Post) -> Self {
        let app = open_house(&rows.url, &app::secrets::random_key(), post).await;
        clock::stop_at(&app, instant(moment)).await.expect("this clock has hands");
        Self::in_house(app, rows.into(), zone, "Lacs & Vallées").await
    }

    /// Another town in the same house: a board, a pool and people that have nothing to do with these.
    ///
    /// # Panics
    /// When the house does not take it in.
    pub async fn stranger(&self) -> Self {
        Self::in_house(self.app.clone(), Arc::clone(&self.rows), self.zone, "Plaine & Forêts").await
    }

    async fn in_house(app: App, rows: Arc<Rows>, zone: Tz, name: &str) -> Self {
        let calendar = if zone.name().starts_with("America/") { Calendar::Quebec } else { Calendar::France };
        let founding = Landlord { app: &app, zone, calendar };
        let id = founding.organisation(OrganisationKind::Board, name, 0).await;
        let pool = provision::create_pool(&app, id, name, zone, calendar).await;
        let pool = pool.expect("a board may have a pool");
        let board = Board::found(&app, id, pool, zone).await;
        Self {
            app,
            rows,
            pool,
            board,
            zone,
            calendar,
            needs: Mutex::default(),
            colours: AtomicU8::new(0),
            elsewhere: OnceCell::new(),
        }
    }

    /// Puts the clock to a moment such as `2026-07-05T09:00+02:00`, or to a time of the same day such
    /// as `21:05`.
    ///
    /// # Panics
    /// When that is no moment.
    pub async fn clock_shows(&self, moment: &str) {
        let at = match NaiveTime::parse_from_str(moment, "%H:%M") {
            Ok(wall) => time::to_utc(time::day(self.now(), self.zone).and_time(wall), self.zone),
            Err(_) => instant(moment),
        };
        self.put_clock_to(at).await;
    }

    /// Puts the clock to an instant.
    ///
    /// # Panics
    /// When the database is away.
    pub async fn put_clock_to(&self, at: DateTime<Utc>) {
        clock::stop_at(&self.app, at).await.expect("this clock has hands");
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The day it is.
    pub fn today(&self) -> NaiveDate {
        time::day(self.now(), self.zone)
    }

    /// Does every job and tick that is due, and what follows from them.
    pub async fn work_until_idle(&self) {
        worker::run_until_idle(&self.app).await;
    }

    /// An office that joins the pool: say what it buys or when its desk is open, and await it.
    pub fn office(&self, name: &str) -> Founding<'_> {
        Founding::of(self, name)
    }

    /// Somebody who stands watch: say what they speak and when they are on, and await it.
    pub fn advisor(&self, name: &str) -> Newcomer<'_> {
        Newcomer::named(self, name)
    }

    /// The letters the house sent, newest first.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn letters(&self) -> Vec<app::letters::Letter> {
        app::letters::mailbox(&self.app).await.expect("a town has a mailbox page")
    }

    /// The need of the pool for these hours on all days; made the first time somebody asks.
    pub(crate) async fn need(&self, window: Window) -> NeedId {
        let mut needs = self.needs.lock().await;
        if let Some((_, id)) = needs.iter().find(|(known, _)| *known == window) {
            return *id;
        }
        let new = NewNeed { window, leads: 1, backups: 0, languages: Vec::new(), from: FOUNDED };
        let id = provision::add_need(&self.app, self.pool, new).await.expect("a pool may have needs");
        needs.push((window, id));
        id
    }

    /// An office of the pool that nobody writes to: where advisors work who are hired by no other.
    pub(crate) async fn elsewhere(&self) -> &Office {
        self.elsewhere.get_or_init(async || self.office("Elsewhere").plain().await).await
    }

    pub(crate) async fn found(&self, kind: OrganisationKind, name: &str) -> OrganisationId {
        let colour = self.colours.fetch_add(1, Ordering::Relaxed) % 8;
        let landlord = Landlord { app: &self.app, zone: self.zone, calendar: self.calendar };
        landlord.organisation(kind, name, colour).await
    }

    /// Somebody who runs the service, and works nowhere.
    ///
    /// # Panics
    /// When the house does not take them.
    pub async fn operator(&self, name: &str) -> Person {
        Person::operator(&self.app, name).await
    }

    /// Somebody of that name works for `organisation`, in that role, and has signed in.
    ///
    /// # Panics
    /// When they cannot.
    pub async fn hires(
        &self,
        organisation: OrganisationId,
        name: &str,
        languages: &[&str],
        role: domain::Role,
    ) -> Person {
        Person::hired(&self.app, self.zone, organisation, (name, languages, role)).await
    }
}

/// The house on the tables at `url`, with a clock that has hands.
///
/// # Panics
/// When it does not open.
pub async fn open_house(url: &str, key: &str, post: Post) -> App {
    let settings = Settings {
        database: url.to_owned(),
        key: key.to_owned(),
        signing_keys: Vec::new(),
        public_url: "https://veilleuse.test".to_owned(),
        post,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    };
    App::open(settings).await.expect("the tables are there and the key is a key")
}

/// A moment, with or without seconds.
///
/// # Panics
/// When it is none.
pub fn instant(moment: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(moment)
        .or_else(|_| DateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M%:z"))
        .unwrap_or_else(|_| panic!("{moment} is no moment such as 2026-07-04T21:00+02:00"))
        .to_utc()
}

/// A day such as `2026-07-04`.
///
/// # Panics
/// When it is none.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no day such as 2026-07-04"))
}

/// Hours such as `18:00–22:00`, every day, holidays too.
///
/// # Panics
/// When it is none.
pub fn hours(text: &str) -> Window {
    let (from, until) = text.split_once('–').unwrap_or_else(|| panic!("{text} is not like 18:00–22:00"));
    let wall = |text: &str| {
        NaiveTime::parse_from_str(text.trim(), "%H:%M").unwrap_or_else(|_| panic!("{text} is not like 18:00"))
    };
    Window { days: Days::ALL, from: wall(from), until: wall(until) }
}

/// From one moment to another.
///
/// # Panics
/// When the second does not come after the first.
pub fn span(from: &str, until: &str) -> Span {
    Span::new(instant(from), instant(until)).unwrap_or_else(|_| panic!("{until} is not after {from}"))
}

/// Whoever registers organisations.
struct Landlord<'a> {
    app: &'a App,
    zone: Tz,
    calendar: Calendar,
}

impl Landlord<'_> {
    async fn organisation(&self, kind: OrganisationKind, name: &str, colour: u8) -> OrganisationId {
        let organisation = Organisation {
            id: OrganisationId(Uuid::now_v7()),
            kind,
            name: name.to_owned(),
            slug: slug(name),
            zone: self.zone,
            calendar: self.calendar,
            language: Language::FR,
            colour,
            promise: Minutes(5),
        };
        let tx = self.app.store.write(scope::System, self.app.clock.now()).await.expect("the tables answer");
        organisations::add(&tx, &organisation, "112").await.expect("no two here have one name");
        tx.commit().await.expect("the tables answer");
        organisation.id
    }
}

/// A name as it stands in links.
fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
