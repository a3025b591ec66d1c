//! Signing in: six digits by mail, good for ten minutes and five tries.
//!
//! Whether or not anybody has the address, the same rows and the same job are written: neither the
//! answer nor its delay tells. The limits count addresses and askers, both as keyed hashes. A browser in
//! which the owner signed in before keeps a mark of it and has a share of its own: however much strangers
//! ask for, they do not use that up. A code belongs to the browser that asked for it: no other can enter
//! it, spend its tries, or outdate it.

use chrono::{DateTime, Duration, Utc};
use domain::Language;
use storage::{
    Tx, audit,
    codes::{self, StoredCode},
    people::{self, Account},
    roles,
    scope::System,
};
use uuid::Uuid;

use super::tokens::{self, Browser, Tokens};
use crate::{App, Error, Refusal, letters, limits, secrets::Purpose};

/// How long a code is good. `views::mail` says so in words.
pub const CODE_LASTS: Duration = Duration::minutes(views::mail::CODE_MINUTES as i64);
/// How many tries a code allows.
pub const MOST_TRIES: u32 = 5;
/// Over which time askings are counted.
const WINDOW: Duration = Duration::minutes(15);
/// How many codes may be asked for one address from one place in that time.
const MOST_FOR_ADDRESS_FROM_PLACE: usize = 5;
/// How many codes strangers may ask for one address in that time, from wherever: nobody's mailbox is flooded.
const MOST_FOR_ADDRESS: usize = 20;
/// How many codes may be asked for from one place in that time; an office shares one.
const MOST_FROM_PLACE: usize = 30;
/// How many codes a browser asked for one address count at the same time.
const MOST_LIVING: u64 = 3;

/// Who asks for a code, or enters one.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Their network address.
    pub address: &'a str,
    /// The random word their browser holds and shows nobody else.
    pub browser: &'a str,
    /// The mark of an earlier sign-in that their browser kept ([`Tokens::device`]); empty without one.
    pub device: &'a str,
}

/// Sends a code to `email`, if somebody who may sign in has that address.
///
/// `language` is what the browser prefers.
///
/// # Errors
/// If it is no address, or codes were asked for too often; never because nobody has it.
pub async fn ask_for_code(app: &App, email: &str, asker: Asker<'_>, language: Language) -> Result<(), Error> {
    let email = people::small(email);
    if !looks_like_an_address(&email) {
        return Err(Refusal::EmailIsWrong.into());
    }
    let email_hash = app.secrets.hash(Purpose::SignInCode, &email);
    let device = device_in(app, asker.device, &email);
    let place = device.map_or_else(|| limits::line(asker.address), |device| format!("device {device}"));
    let asked_from = app.secrets.hash(Purpose::Asker, &place);
    let browser = app.secrets.hash(Purpose::Browser, asker.browser);
    let tx = app.write(System).await?;
    let now = tx.now();
    let since = now - WINDOW;
    let here = codes::asked_for_from(&tx, &email_hash, &asked_from, since).await?;
    not_too_often(&here, MOST_FOR_ADDRESS_FROM_PLACE, now)?;
    if device.is_none() {
        not_too_often(&codes::asked_for(&tx, &email_hash, since).await?, MOST_FOR_ADDRESS, now)?;
        not_too_often(&codes::asked_from(&tx, &asked_from, since).await?, MOST_FROM_PLACE, now)?;
    }
    let account = may_sign_in(&tx, &email).await?;
    let (id, code) = (app.mint::<Uuid>(), app.secrets.random_code());
    // A code nobody can have: its hash is of a token that is thrown away.
    let secret = if account.is_some() { code.clone() } else { app.secrets.random_token() };
    let code_hash = hash(app, id, &secret);
    let expires_at = now + CODE_LASTS;
    codes::add(
        &tx,
        &StoredCode { id, email_hash, asked_from, browser, code_hash, created_at: now, expires_at, tries: 0 },
    )
    .await?;
    let language = account.as_ref().and_then(|account| account.language).unwrap_or(language);
    let to = account.map(|account| account.email).unwrap_or_default();
    letters::send(app, &tx, &to, views::mail::sign_in_code(language, &code)).await?;
    Ok(tx.commit().await?)
}

/// Signs in with one of the newest codes that this browser had sent to `email`. A wrong one counts as a
/// try of each.
///
/// `agent` is what the browser calls itself.
///
/// # Errors
/// [`Refusal::CodeIsWrong`] or [`Refusal::CodeIsSpent`].
pub async fn enter_code(
    app: &App,
    email: &str,
    code: &str,
    asker: Asker<'_>,
    agent: &str,
) -> Result<Tokens, Error> {
    let email = people::small(email);
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let tx = app.write(System).await?;
    let email_hash = app.secrets.hash(Purpose::SignInCode, &email);
    let browser = app.secrets.hash(Purpose::Browser, asker.browser);
    let (mut tried, mut right) = (false, None);
    for stored in codes::newest(&tx, &email_hash, &browser, MOST_LIVING).await? {
        if !codes::count_try(&tx, &stored, MOST_TRIES).await? {
            continue;
        }
        tried = true;
        if app.secrets.hashes_to(Purpose::SignInCode, &said(stored.id, &code), &stored.code_hash) {
            right = Some(stored.id);
        }
    }
    if !tried {
        return Err(Refusal::CodeIsSpent.into());
    }
    let Some(right) = right else {
        // The tries count, so this much is kept.
        tx.commit().await?;
        return Err(Refusal::CodeIsWrong.into());
    };
    if !codes::use_up(&tx, right).await? {
        return Err(Refusal::CodeIsSpent.into());
    }
    let account = may_sign_in(&tx, &email).await?.ok_or(Refusal::CodeIsSpent)?;
    let tokens = begin(app, &tx, &account, Browser { agent, address: asker.address }, "sign_in").await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Begins a session and writes it into the log.
pub(crate) async fn begin(
    app: &App,
    tx: &Tx<System>,
    account: &Account,
    browser: Browser<'_>,
    verb: &'static str,
) -> Result<Tokens, Error> {
    let person = account.person.id;
    let tokens = tokens::begin(app, tx, person, browser).await?;
    let tokens = Tokens { device: Some(device_of(app, &account.email)), ..tokens };
    let entry = audit::Entry {
        person: Some(person),
        verb,
        object_kind: "session",
        object: Some(tokens.session.0),
        ..Default::default()
    };
    audit::add(tx, entry).await?;
    Ok(tokens)
}

/// Forgets codes that nobody can use any more, when the limits no longer need them either.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old_codes(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    codes::forget_old(&tx, tx.now() - Duration::days(1)).await?;
    Ok(tx.commit().await?)
}

/// Whose address it is, if they hold any role or run the service.
async fn may_sign_in(tx: &Tx<System>, email: &str) -> Result<Option<Account>, Error> {
    let account = people::by_email(tx, email).await?;
    // Asked for nobody too, so that both take as long.
    let person = account.as_ref().map_or(domain::PersonId(Uuid::nil()), |account| account.person.id);
    let roles = roles::of_person(tx, person).await?;
    Ok(account.filter(|account| account.operator || !roles.is_empty()))
}

fn not_too_often(asked: &[DateTime<Utc>], most: usize, now: DateTime<Utc>) -> Result<(), Error> {
    // Newest first: once the one at `most - 1` leaves the window, there is room again.
    let Some(full_since) = asked.get(most - 1) else { return Ok(()) };
    let seconds = (*full_since + WINDOW - now).num_seconds().max(1);
    Err(Error::TooMany { seconds: seconds.unsigned_abs() })
}

/// A mark for a browser in which whoever has `email` signed in. It lets nobody in.
fn device_of(app: &App, email: &str) -> String {
    let device = app.secrets.random_token();
    let mark = app.secrets.hash(Purpose::Device, &format!("{device} {email}"));
    format!("{device}.{mark}")
}

/// Which device bears `mark`, if it is ours and of `email`.
fn device_in<'m>(app: &App, mark: &'m str, email: &str) -> Option<&'m str> {
    let (device, mark) = mark.split_once('.')?;
    app.secrets.hashes_to(Purpose::Device, &format!("{device} {email}"), mark).then_some(device)
}

fn hash(app: &App, id: Uuid, secret: &str) -> String {
    app.secrets.hash(Purpose::SignInCode, &said(id, secret))
}

/// The code together with its row, so that the same digits never hash alike.
fn said(id: Uuid, code: &str) -> String {
    format!("{id}/{code}")
}

/// Whether a letter could be sent there at all; whether it exists, only a letter can tell.
pub(crate) fn looks_like_an_address(email: &str) -> bool {
    let fits = email.len() <= 254 && !email.contains(|c: char| c.is_whitespace() || c.is_control());
    fits && email.split_once('@').is_some_and(|(name, host)| {
        let whole = host.split('.').all(|part| !part.is_empty());
        !name.is_empty() && name.len() <= 64 && host.contains('.') && whole && !host.contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_code_in_a_quarter_of_an_hour_waits_until_the_first_is_old() {
        let now: DateTime<Utc> = "2026-12-04T18:00:00Z".parse().unwrap();
        let asked: Vec<_> = (1..=5).map(|minutes| now - Duration::minutes(minutes)).collect();
        assert!(not_too_often(&asked[..4], 5, now).is_ok());
        let Err(Error::TooMany { seconds }) = not_too_often(&asked, 5, now) else { panic!("that was often") };
        assert_eq!(seconds, 600);
    }

    #[test]
    fn an_address_has_a_name_and_a_host() {
        for right in ["ann@vieux-port.example", "inès@lacs.example", "a+b@c.d"] {
            assert!(looks_like_an_address(right), "{right}");
        }
        for wrong in [
            "",
            "ann",
            "@vieux-port.example",
            "ann@",
            "ann@host",
            "a b@c.d",
            "ann@.example",
            "ann@host.",
            "ann@host..example",
            "a@b@c.d",
            "ann@c.d\r\nBcc: x@y.z",
        ] {
            assert!(!looks_like_an_address(wrong), "{wrong}");
        }
    }
}
