//! Letters of the house itself: sign-in codes, changed shifts. By a relay, or into the demo's mailbox.

pub use channels::email::certificates;
use channels::email::{
    Contact, Outgoing, Security,
    smtp::{self, SendError},
};
use domain::MessageId;
use storage::{Tx, letters::Letter as Stored, scope::Scope, scope::System};
use uuid::Uuid;

use crate::{
    App, Error,
    jobs::{self, Job},
    settings::Post,
};

/// How many letters the demo's mailbox shows.
const MOST_SHOWN: u64 = 100;

pub use storage::letters::Letter;

/// Asks for a letter to be sent once the transaction is committed.
///
/// # Errors
/// If the database refuses.
pub async fn send<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    to: &str,
    letter: views::mail::Letter,
) -> Result<(), Error> {
    let views::mail::Letter { subject, text, html } = letter;
    let job = Job::Post { to: to.to_owned(), subject, text, html, letter: app.mint() };
    jobs::enqueue(app, tx, &job).await?;
    Ok(())
}

/// Sends a letter: the job's work.
///
/// A repeated letter carries the same Message-ID, by which mail programs know it; so one whose fate
/// is unknown is sent again. A letter to nobody goes nowhere: it is written so that asking for a code
/// takes as long for an address nobody has.
pub(crate) async fn post(app: &App, letter: Stored) -> Result<(), Error> {
    if letter.recipient.is_empty() {
        return Ok(());
    }
    match &app.settings.post {
        Post::Mailbox => {
            let tx = app.write(System).await?;
            storage::letters::add_once(&tx, &letter).await?;
            Ok(tx.commit().await?)
        }
        Post::Smtp { account, from } => {
            let outgoing = outgoing(letter, from, app.settings.host());
            smtp::send(account, &outgoing).await.map(drop).map_err(told)
        }
    }
}

/// Greets the relay, signs in and leaves again: whether letters can go.
///
/// # Errors
/// With what the relay said.
pub async fn check_relay(post: &Post) -> Result<(), Error> {
    match post {
        Post::Mailbox => Ok(()),
        Post::Smtp { account, .. } => smtp::check(account)
            .await
            .map_err(|error| Error::Outside { doing: "greet the relay", because: error.to_string() }),
    }
}

/// How the line to the relay is kept private, in words.
pub fn privacy(post: &Post) -> &'static str {
    match post {
        Post::Mailbox => "it never leaves the house",
        Post::Smtp { account, .. } => match account.security {
            Security::Tls => "TLS from the start",
            Security::StartTls => "TLS after a greeting",
            Security::PlainOnLoopback => "without TLS, on this machine",
        },
    }
}

/// What lies in the demo's mailbox, newest first.
///
/// # Errors
/// If this is no demo, or the database cannot be read.
pub async fn mailbox(app: &App) -> Result<Vec<Letter>, Error> {
    if !app.settings.demo {
        return Err(Error::NotFound("mailbox"));
    }
    let tx = app.read(System).await?;
    Ok(storage::letters::newest(&tx, MOST_SHOWN).await?)
}

/// Forgets letters that have lain in the demo's mailbox for a month.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    storage::letters::forget_old(&tx, tx.now() - chrono::Duration::days(30)).await?;
    Ok(tx.commit().await?)
}

fn outgoing(letter: Stored, from: &Contact, host: &str) -> Outgoing {
    Outgoing {
        message_id: message_id(letter.id, host),
        date: letter.at,
        from: from.clone(),
        reply_to: None,
        to: Contact::address(letter.recipient),
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        in_reply_to: None,
        references: Vec::new(),
        auto_submitted: true,
        x_veilleuse_message: MessageId(letter.id),
    }
}

fn message_id(letter: Uuid, host: &str) -> String {
    format!("letter-{letter}@{host}")
}

fn told(error: SendError) -> Error {
    const DOING: &str = "send a letter";
    let because = error.to_string();
    match error {
        SendError::Invalid(_) | SendError::Refused { permanent: true, .. } => {
            Error::Hopeless { doing: DOING, because }
        }
        _ => Error::Outside { doing: DOING, because },
    }
}
