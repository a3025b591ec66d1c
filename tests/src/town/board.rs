//! The board: it sells coverage, says what is needed, and plans.

use app::{
    App, Caller, Error, Planner,
    pool::{self, NewOffer, provision, provision::NewNeed},
    rota::{board, change::Assigned},
};
use chrono::NaiveDate;
use domain::{Cents, NeedId, OfferId, OrganisationId, PersonId, PoolId, RotaId, Rung, Tz};
use views::html::rota::{Model, Place, View};

use super::{FOUNDED, Person, hours, offices::all_channels};

/// A board and whoever plans for it.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its id.
    pub id: OrganisationId,
    /// Who plans.
    pub planner: Person,
    pool: PoolId,
    app: App,
}

impl Board {
    pub(super) async fn found(app: &App, id: OrganisationId, pool: PoolId, zone: Tz) -> Self {
        let planner = Person::hired(app, zone, id, ("Maud", &["fr"], domain::Role::Planner)).await;
        Self { id, planner, pool, app: app.clone() }
    }

    /// Proof of the planner's role, with a session that is good now.
    pub async fn caller(&self) -> Caller<Planner> {
        self.planner.caller::<Planner>().await
    }

    /// Defines an offer of these hours on every channel and day.
    ///
    /// # Panics
    /// When the offer is refused.
    pub async fn sells(&self, text: &str) -> OfferId {
        let new = NewOffer {
            name: text.to_owned(),
            summary: String::new(),
            windows: vec![hours(text)],
            channels: all_channels(),
            monthly: Cents(29_000),
        };
        let made = pool::define_offer(&self.app, &self.caller().await, self.pool, new).await;
        made.expect("a board sells hours").is.id
    }

    /// Needs `leads` and `backups` at these hours, every day.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn needs(&self, text: &str, leads: u8, backups: u8) -> NeedId {
        let new = NewNeed { window: hours(text), leads, backups, languages: Vec::new(), from: FOUNDED };
        provision::add_need(&self.app, self.pool, new).await.expect("a pool has needs")
    }

    /// Asks for a draft from one day to another, and waits until it is built.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn drafts(&self, from: NaiveDate, until: NaiveDate) -> Draft {
        let rota = app::rota::draft::ask(&self.app, &self.caller().await, self.pool, from, until).await;
        worker::run_until_idle(&self.app).await;
        Draft { board: self.clone(), rota: rota.expect("the days lie ahead and something is needed in them") }
    }
}

/// A rota, as its planner has it open.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub rota: RotaId,
    board: Board,
}

impl Draft {
    /// Its board, as the page shows it, from its first day on.
    ///
    /// # Panics
    /// When it is gone.
    pub async fn shown(&self) -> Model {
        let planner = self.board.caller().await;
        board::board(&self.board.app, &planner, self.rota, View::Advisor, Some(FOUNDED))
            .await
            .expect("it is there")
    }

    /// The place of a day and rung.
    ///
    /// # Panics
    /// When there is none.
    pub async fn place(&self, day: NaiveDate, rung: Rung) -> Place {
        let places = self.shown().await.places;
        places.into_iter().find(|one| (one.day, one.rung) == (day, rung)).expect("that day is needed")
    }

    /// Gives the place of a day and rung to somebody, or opens it.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn gives(&self, day: NaiveDate, rung: Rung, to: Option<PersonId>) -> Result<Assigned, Error> {
        let (planner, place) = (self.board.caller().await, self.place(day, rung).await);
        let version = self.version().await;
        app::rota::change::assign(&self.board.app, &planner, self.rota, place.assignment, to, version).await
    }

    /// Publishes it as it stands.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn publishes(&self, message: &str) -> Result<(), Error> {
        let (planner, version) = (self.board.caller().await, self.version().await);
        let word = app::rota::publish::Word::saying(message);
        app::rota::publish::publish(&self.board.app, &planner, self.rota, version, &word).await
    }

    /// The same, with one reason for whatever wants one.
    ///
    /// # Errors
    /// As for [`Draft::publishes`].
    pub async fn publishes_because(&self, reason: &str) -> Result<(), Error> {
        let (planner, version) = (self.board.caller().await, self.version().await);
        let word = app::rota::publish::Word {
            reasons: app::rota::accepted::Reasons::for_all(reason),
            ..Default::default()
        };
        app::rota::publish::publish(&self.board.app, &planner, self.rota, version, &word).await
    }

    async fn version(&self) -> i32 {
        i32::try_from(self.shown().await.version).expect("nobody changes a draft two thousand million times")
    }
}
