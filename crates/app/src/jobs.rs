//! Jobs: outward effects and slow work, written in the transaction that caused them.
//!
//! Every job may run twice: its verb finds out by itself whether there is still something to do.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ArrivalId, ConversationId, HandoverId, MessageId, OrganisationId, PersonId, PoolId, RotaId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{
    Tx,
    jobs::{MOST_TRIES, NewJob, StoredJob},
    scope::Scope,
};

use crate::{App, Error, account, desk, letters, privacy, rota};

pub mod builds;
pub mod claims;
pub mod dead;

/// The version written into every job, so that a later program can read an older one's.
pub const VERSION: i32 = 1;
/// The only field of a payload that nobody may read on its way.
const SEALED: &str = "sealed";

/// Everything that is done outside the transaction that asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "job")]
pub enum Job {
    /// Make a conversation of what a provider delivered.
    TakeIn {
        /// The raw arrival.
        arrival: ArrivalId,
    },
    /// Decide who answers.
    Route {
        /// The office.
        organisation: OrganisationId,
        /// The conversation.
        conversation: ConversationId,
        /// What made it necessary; part of the key, so that each cause routes once.
        because: String,
    },
    /// Send a message to its visitor.
    Deliver {
        /// The office that answers.
        organisation: OrganisationId,
        /// The message.
        message: MessageId,
        /// Which try by a person's wish, or by another way, it is; 0 is the first.
        #[serde(default)]
        again: i64,
    },
    /// Send a letter of the house itself: a sign-in code, a changed shift.
    Post {
        /// To which address.
        to: String,
        /// The subject.
        subject: String,
        /// The text.
        text: String,
        /// The same as a web page, if it has that form.
        html: Option<String>,
        /// The id that is its Message-ID, so that repeating it is recognised.
        letter: uuid::Uuid,
    },
    /// Fill a draft.
    BuildRota {
        /// The pool.
        pool: PoolId,
        /// The draft.
        rota: RotaId,
        /// Which build of it.
        seed: i64,
    },
    /// Tell somebody of a publication.
    TellPublication {
        /// The pool.
        pool: PoolId,
        /// What was published.
        rota: RotaId,
        /// Whom to tell.
        person: PersonId,
    },
    /// Ask the next one to step in for somebody who cannot come.
    CallNext {
        /// The pool.
        pool: PoolId,
        /// The handover.
        handover: HandoverId,
        /// How many were asked before: each turn is taken once.
        turn: u32,
        /// How often nobody was found for it.
        #[serde(default)]
        look: u32,
    },
    /// End a handover that nobody took in time.
    LapseHandover {
        /// The pool.
        pool: PoolId,
        /// The handover.
        handover: HandoverId,
    },
    /// Clear up after somebody who left an organisation.
    ClearUp {
        /// Which.
        organisation: OrganisationId,
        /// Who.
        person: PersonId,
        /// When they left, in seconds: part of the key, for people come back and leave again.
        at: i64,
    },
    /// Keep that somebody on standby took a conversation up, or answered one.
    KeepIntervention {
        /// Who.
        person: PersonId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Write the days of an employer's register of working time that are over.
    WriteRegister {
        /// Whose.
        organisation: OrganisationId,
        /// Until which day at least: each day is asked for once.
        day: NaiveDate,
    },
    /// End an erasure that was broken off.
    Erase {
        /// What was decided.
        order: privacy::Order,
    },
}

impl std::fmt::Debug for Job {
    /// Its key alone: a letter may hold a sign-in code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Job({})", self.key())
    }
}

impl Job {
    /// The kind, as a word: for logs and figures.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TakeIn { .. } => "take_in",
            Self::Route { .. } => "route",
            Self::Deliver { .. } => "deliver",
            Self::Post { .. } => "post",
            Self::BuildRota { .. } => "build_rota",
            Self::TellPublication { .. } => "tell_publication",
            Self::ClearUp { .. } => "clear_up",
            Self::CallNext { .. } => "call_next",
            Self::LapseHandover { .. } => "lapse_handover",
            Self::KeepIntervention { .. } => "keep_intervention",
            Self::WriteRegister { .. } => "write_register",
            Self::Erase { .. } => "erase",
        }
    }

    /// Every kind this program can do.
    pub const KINDS: [&'static str; 12] = [
        "take_in",
        "route",
        "deliver",
        "post",
        "build_rota",
        "tell_publication",
        "clear_up",
        "call_next",
        "lapse_handover",
        "keep_intervention",
        "write_register",
        "erase",
    ];
    /// Those that are done in a moment, and that somebody waits for.
    pub const QUICK: [&'static str; 3] = ["take_in", "route", "post"];

    /// Whether it is of a [`Job::QUICK`] kind.
    pub fn is_quick(&self) -> bool {
        Self::QUICK.contains(&self.kind())
    }

    /// How long one try may take: a mail server may think about a mail for ten minutes after its last
    /// byte, and whoever hangs up before then never knows whether it went.
    pub fn patience(&self) -> Duration {
        match self {
            Self::Deliver { .. } => Duration::from_secs(20 * 60),
            _ => Duration::from_secs(120),
        }
    }

    /// After so many tries it is dead. An answer to a visitor is tried for a day, and says itself when it
    /// gives up.
    pub fn most_tries(&self) -> u32 {
        match self {
            Self::Deliver { .. } => 200,
            _ => MOST_TRIES,
        }
    }

    /// What makes it the same job: adding it again is harmless.
    pub fn key(&self) -> String {
        match self {
            Self::TakeIn { arrival } => format!("take_in/{arrival}"),
            Self::Route { conversation, because, .. } => format!("route/{conversation}/{because}"),
            Self::Deliver { message, again: 0, .. } => format!("deliver/{message}"),
            Self::Deliver { message, again, .. } => format!("deliver/{message}/{again}"),
            Self::Post { letter, .. } => format!("post/{letter}"),
            Self::BuildRota { rota, seed, .. } => format!("build_rota/{rota}/{seed}"),
            Self::TellPublication { rota, person, .. } => format!("tell_publication/{rota}/{person}"),
            Self::CallNext { handover, turn, look: 0, .. } => format!("call_next/{handover}/{turn}"),
            Self::CallNext { handover, turn, look, .. } => format!("call_next/{handover}/{turn}/{look}"),
            Self::LapseHandover { handover, .. } => format!("lapse_handover/{handover}"),
            Self::ClearUp { organisation, person, at } => format!("clear_up/{organisation}/{person}/{at}"),
            // What is done in one minute is one.
            Self::KeepIntervention { person, at } => {
                format!("keep_intervention/{person}/{}", at.timestamp().div_euclid(60))
            }
            Self::WriteRegister { organisation, day } => format!("write_register/{organisation}/{day}"),
            Self::Erase { order } => format!("erase/{}", order.id),
        }
    }

    /// Whether its payload is sealed until it is done, and forgotten after.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Post { .. })
    }

    fn written(&self, app: &App) -> Value {
        let plain =
            serde_json::to_value(self).expect("jobs have string keys and no floats, so they are JSON");
        if self.is_secret() {
            json!({ SEALED: app.secrets.seal_text(&plain.to_string(), &self.key()) })
        } else {
            plain
        }
    }

    /// The job that `stored` holds.
    pub(crate) fn read(app: &App, stored: &StoredJob) -> Result<Self, Error> {
        const WRONG: Error = Error::Secret("the job's payload is not one of ours");
        if stored.version > VERSION {
            return Err(Error::Secret("the job was written by a newer program"));
        }
        match stored.payload.get(SEALED).and_then(Value::as_str) {
            Some(sealed) => {
                let plain = app.secrets.open_text(sealed, &stored.key)?;
                serde_json::from_str(&plain).map_err(|_| WRONG)
            }
            None => serde_json::from_value(stored.payload.clone()).map_err(|_| WRONG),
        }
    }
}

/// Asks for `job` to be done as soon as `tx` is committed; says whether it was not asked for before.
///
/// # Errors
/// If the database refuses.
pub async fn enqueue<S: Scope>(app: &App, tx: &Tx<S>, job: &Job) -> Result<bool, Error> {
    enqueue_at(app, tx, job, tx.now()).await
}

/// Asks for `job` to be done, not before `at`.
///
/// # Errors
/// If the database refuses.
pub async fn enqueue_at<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    job: &Job,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let new = NewJob {
        id: app.mint(),
        key: job.key(),
        kind: job.kind().to_owned(),
        version: VERSION,
        payload: job.written(app),
        run_at: at,
    };
    Ok(storage::jobs::add(tx, &new).await?)
}

/// Does `job`. An error means: not done, try again later, unless it is [`Error::Hopeless`],
/// [`Error::NotFound`] or [`Error::Secret`].
///
/// # Errors
/// Those of the verb.
pub async fn run(app: &App, job: Job) -> Result<(), Error> {
    match job {
        Job::Post { to, subject, text, html, letter } => {
            let at = app.clock.now();
            letters::post(app, letters::Letter { id: letter, recipient: to, subject, text, html, at }).await
        }
        Job::TakeIn { arrival } => desk::take_in(app, arrival).await,
        Job::Route { organisation, conversation, .. } => {
            desk::route(app, organisation, conversation, desk::Cause::Time).await
        }
        Job::Deliver { organisation, message, again } => {
            desk::deliver(app, organisation, message, again).await
        }
        Job::BuildRota { pool, rota, seed } => rota::build::run(app, pool, rota, seed).await,
        Job::TellPublication { pool, rota, person } => rota::tell::tell(app, pool, rota, person).await,
        Job::CallNext { pool, handover, turn, look } => {
            rota::handovers::call::call_next(app, pool, handover, turn, look).await
        }
        Job::LapseHandover { pool, handover } => rota::handovers::call::lapse(app, pool, handover).await,
        Job::ClearUp { organisation, person, .. } => {
            account::leave::clear_up(app, organisation, person).await
        }
        Job::KeepIntervention { person, at } => rota::statements::answered::keep(app, person, at).await,
        Job::WriteRegister { organisation, .. } => rota::statements::register::write(app, organisation).await,
        Job::Erase { order } => privacy::carry_out(app, order).await.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn one_of_each() -> [Job; 12] {
        let id = Uuid::from_u128(1);
        [
            Job::TakeIn { arrival: id.into() },
            Job::Route { organisation: id.into(), conversation: id.into(), because: "x".to_owned() },
            Job::Deliver { organisation: id.into(), message: id.into(), again: 0 },
            Job::Post {
                to: String::new(),
                subject: String::new(),
                text: String::new(),
                html: None,
                letter: id,
            },
            Job::BuildRota { pool: id.into(), rota: id.into(), seed: 1 },
            Job::TellPublication { pool: id.into(), rota: id.into(), person: id.into() },
            Job::ClearUp { organisation: id.into(), person: id.into(), at: 1 },
            Job::CallNext { pool: id.into(), handover: id.into(), turn: 0, look: 0 },
            Job::LapseHandover { pool: id.into(), handover: id.into() },
            Job::KeepIntervention { person: id.into(), at: DateTime::UNIX_EPOCH },
            Job::WriteRegister { organisation: id.into(), day: NaiveDate::default() },
            Job::Erase {
                order: privacy::Order {
                    id: id.into(),
                    office: id.into(),
                    by: id.into(),
                    visitors: Vec::new(),
                    addresses: Vec::new(),
                },
            },
        ]
    }

    #[test]
    fn a_worker_claims_every_kind_there_is() {
        assert_eq!(one_of_each().map(|job| job.kind()), Job::KINDS);
        assert!(Job::QUICK.iter().all(|kind| Job::KINDS.contains(kind)));
    }

    #[test]
    fn an_answer_is_tried_for_longer_than_the_day_after_which_it_is_given_up() {
        let deliver = &one_of_each()[2];
        // At a quarter of an hour each, with a fifth less by chance.
        let least = Duration::from_secs(12 * 60) * deliver.most_tries();
        assert!(least > Duration::from_secs(24 * 3_600));
        assert!(deliver.patience() > Duration::from_secs(600));
    }
}
