//! Letters about handovers: what somebody is asked, and what changed for them. Each is a job of the
//! transaction that caused it.

use domain::{Handover, HandoverKind, Language, PersonId, Pool, Rung, Shift, Taking};
use storage::{Tx, openings::Opening, organisations, people, scope, shifts};
use views::mail::{self, Change, Duty};

use super::ground::Ground;
use crate::{
    App, Error,
    jobs::{self, Job},
    rota::{publish::Plan, the_pool},
};

/// What a letter about a handover says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// A colleague proposes a swap.
    Swap,
    /// A colleague would give something back.
    GiveBack,
    /// A colleague cannot come: can you?
    StepIn,
    /// Somebody offered your duty on your behalf.
    OnBehalf,
    /// What was asked was taken back.
    Withdrawn,
    /// It was refused.
    Refused,
    /// An open duty that was asked for is not given.
    NotGiven,
}

impl Letter {
    /// The letter to the one colleague who is asked.
    pub(super) fn asking(one: &Handover) -> Self {
        match one.kind {
            HandoverKind::GiveBack => Self::GiveBack,
            HandoverKind::Swap | HandoverKind::GiveAway | HandoverKind::Absence => Self::Swap,
        }
    }

    fn subject(self) -> mail::Subject {
        match self {
            Self::Swap => mail::Subject::Swap,
            Self::GiveBack => mail::Subject::GiveBack,
            Self::StepIn => mail::Subject::StepIn,
            Self::OnBehalf => mail::Subject::OnBehalf,
            Self::Withdrawn => mail::Subject::Withdrawn,
            Self::Refused => mail::Subject::Refused,
            Self::NotGiven => mail::Subject::NotGiven,
        }
    }
}

/// Writes one letter to `to`; to nobody if they left.
pub(super) async fn write(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    rung: Rung,
    to: PersonId,
    letter: Letter,
) -> Result<(), Error> {
    let Some(account) = people::account(tx, to).await? else { return Ok(()) };
    let pool = the_pool(tx, one.pool).await?;
    let counter = match one.counter {
        Some(counter) => shifts::get(tx, counter).await?,
        None => None,
    };
    let holder = people::get(tx, one.person).await?.map(|person| person.given_name);
    let asked = mail::Asked {
        given_name: account.person.given_name.clone(),
        language: language(tx, &pool, account.language).await?,
        zone: pool.zone,
        now: tx.now(),
        home: app.settings.public_url.clone(),
        pool: pool.name.clone(),
        holder: holder.unwrap_or_default(),
        note: one.note.clone(),
        duty: Duty { span: one.span, rung },
        counter: counter.map(|shift| Duty { span: shift.span, rung: shift.rung }),
        subject: letter.subject(),
    };
    post(app, tx, account.email, mail::asked(&asked)).await
}

/// Writes to whoever asked for an open duty.
pub(super) async fn about_open(
    app: &App,
    tx: &Tx<scope::Pool>,
    taking: &Taking,
    letter: Letter,
) -> Result<(), Error> {
    let Some(account) = people::account(tx, taking.person).await? else { return Ok(()) };
    let pool = the_pool(tx, taking.pool).await?;
    let asked = mail::Asked {
        given_name: account.person.given_name.clone(),
        language: language(tx, &pool, account.language).await?,
        zone: pool.zone,
        now: tx.now(),
        home: app.settings.public_url.clone(),
        pool: pool.name.clone(),
        holder: String::new(),
        note: String::new(),
        duty: Duty { span: taking.span, rung: taking.rung },
        counter: None,
        subject: letter.subject(),
    };
    post(app, tx, account.email, mail::asked(&asked)).await
}

/// Writes to somebody about hours that are open, and that they may take.
pub(super) async fn openings(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    to: PersonId,
    hours: &[Opening],
) -> Result<(), Error> {
    let Some(account) = people::account(tx, to).await? else { return Ok(()) };
    let letter = mail::openings(&mail::Openings {
        given_name: account.person.given_name.clone(),
        language: language(tx, pool, account.language).await?,
        zone: pool.zone,
        now: tx.now(),
        home: app.settings.public_url.clone(),
        pool: pool.name.clone(),
        duties: hours.iter().map(|one| Duty { span: one.span, rung: one.rung }).collect(),
    });
    post(app, tx, account.email, letter).await
}

/// Tells everybody what a change of a published rota changed for them.
pub(super) async fn changes(
    app: &App,
    tx: &Tx<scope::Pool>,
    ground: &Ground,
    plan: &Plan,
    by: mail::By,
    message: &str,
) -> Result<(), Error> {
    let pool = &ground.scene.pool;
    for person in plan.effects().into_keys() {
        let Some(account) = people::account(tx, person).await? else { continue };
        let letter = mail::shifts(&mail::Shifts {
            given_name: account.person.given_name.clone(),
            language: language(tx, pool, account.language).await?,
            zone: pool.zone,
            now: tx.now(),
            home: app.settings.public_url.clone(),
            pool: pool.name.clone(),
            by: by.clone(),
            message: message.to_owned(),
            changes: told(plan, person),
        });
        post(app, tx, account.email, letter).await?;
    }
    Ok(())
}

/// What a plan changes for one person.
fn told(plan: &Plan, person: PersonId) -> Vec<Change> {
    let duty = |shift: &Shift| Duty { span: shift.span, rung: shift.rung };
    let theirs = |shift: &&Shift| shift.person == person;
    let new = plan.add.iter().chain(&plan.restore).filter(theirs).map(|shift| Change::New(duty(shift)));
    let gone = plan.cancel.iter().filter(theirs).map(|shift| Change::Gone(duty(shift)));
    let moved = plan.change.iter().filter(|(_, new)| new.person == person);
    let moved = moved.map(|(old, new)| Change::Moved { from: duty(old), to: duty(new) });
    new.chain(moved).chain(gone).collect()
}

async fn language(
    tx: &Tx<scope::Pool>,
    pool: &domain::Pool,
    chosen: Option<Language>,
) -> Result<Language, Error> {
    match chosen {
        Some(language) => Ok(language),
        None => Ok(organisations::get(tx, pool.board).await?.map_or(Language::FR, |board| board.language)),
    }
}

async fn post(app: &App, tx: &Tx<scope::Pool>, to: String, letter: mail::Letter) -> Result<(), Error> {
    let mail::Letter { subject, text, html } = letter;
    let id: domain::NoticeId = app.mint();
    jobs::enqueue(app, tx, &Job::Post { to, subject, text, html, letter: id.0 }).await?;
    Ok(())
}
