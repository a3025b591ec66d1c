//! Staying signed in, and signing out.
//!
//! Each refresh token is good until its successor is presented. Two tabs may use the same one at the
//! same moment: for half a minute the slower one gets an access token, but no successor. Later, the
//! answer that carried the successor was lost, in a tunnel or with the browser: the token gets another
//! one, however late. One older than that was copied by somebody, and the whole session ends. What we
//! never made is refused, and ends nothing: who knows a session's id cannot end it.

use chrono::{DateTime, Duration, Utc};
use domain::{Language, SessionId};
use storage::{
    Tx, audit, people, scope,
    scope::System,
    sessions::{self, Rotation, StoredSession},
};

use super::{
    Session,
    tokens::{self, SESSION_LASTS, Tokens},
};
use crate::{App, Error, letters, secrets::Purpose, topics};

/// For how long the token before the newest is taken for another tab's, and gets no successor.
const GRACE: Duration = Duration::seconds(30);

/// What a refresh token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It is the newest: it gets a successor.
    Newest,
    /// Another tab has just used it.
    JustUsed,
    /// It was used, but nobody ever presented its successor: that one was lost on its way.
    Unheard,
    /// Its successor was used already: somebody has a copy.
    Copied,
    /// We never made it.
    Foreign,
}

/// New tokens for a refresh token.
///
/// # Errors
/// [`Error::SignedOut`] if its session has ended, or its successor was used before.
pub async fn refresh(app: &App, token: &str) -> Result<Tokens, Error> {
    let id = tokens::session_in(token).ok_or(Error::SignedOut)?;
    let tx = app.write(System).await?;
    let now = tx.now();
    let stored = sessions::get(&tx, id).await?.ok_or(Error::SignedOut)?;
    if !stored.lives_at(now) {
        return Err(Error::SignedOut);
    }
    let presented = app.secrets.hash(Purpose::RefreshToken, token);
    let access = tokens::access(&app.secrets, id, stored.person, now);
    match verdict(&stored, &presented, tokens::is_ours(&app.secrets, token), now) {
        Verdict::Newest | Verdict::Unheard => {
            let (successor, hash) = tokens::refresh(&app.secrets, id);
            let next = Rotation { newest: &stored.refresh_hash, presented: &presented, successor: &hash };
            // Where another tab was faster, this one keeps what it has.
            let mine = sessions::rotate(&tx, id, next, now + SESSION_LASTS).await?;
            tx.commit().await?;
            Ok(Tokens { access, refresh: mine.then_some(successor), session: id, device: None })
        }
        Verdict::JustUsed => Ok(Tokens { access, refresh: None, session: id, device: None }),
        Verdict::Copied => {
            sessions::end(&tx, id).await?;
            audit::add(&tx, entry(&stored, "session_ended_token_reused")).await?;
            warn(app, &tx, &stored).await?;
            tx.signal(topics::session(id));
            tx.commit().await?;
            Err(Error::SignedOut)
        }
        Verdict::Foreign => Err(Error::SignedOut),
    }
}

/// What a token is good for whose hash is `presented`; `ours` says whether we made it.
fn verdict(stored: &StoredSession, presented: &str, ours: bool, now: DateTime<Utc>) -> Verdict {
    if stored.refresh_hash == presented {
        Verdict::Newest
    } else if stored.previous_hash.as_deref() == Some(presented) {
        if now - stored.seen_at <= GRACE { Verdict::JustUsed } else { Verdict::Unheard }
    } else if ours {
        Verdict::Copied
    } else {
        Verdict::Foreign
    }
}

/// Ends the session that asks.
///
/// # Errors
/// If the database refuses.
pub async fn sign_out(app: &App, session: &Session) -> Result<(), Error> {
    end(app, session, session.id).await
}

/// Tells whoever was signed in that a copy of their token was used.
async fn warn(app: &App, tx: &Tx<System>, stored: &StoredSession) -> Result<(), Error> {
    let Some(account) = people::account(tx, stored.person).await? else { return Ok(()) };
    let language = account.language.unwrap_or(Language::FR);
    let address = format!("{}/sign-in", app.settings.public_url);
    letters::send(app, tx, &account.email, views::mail::session_ended(language, &stored.agent, &address))
        .await
}

/// Ends every session of the person but the one that asks; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn end_others(app: &App, session: &Session) -> Result<usize, Error> {
    let tx = app.write(scope::Person(session.person.id)).await?;
    let mut ended = 0;
    for stored in sessions::of_person(&tx, session.person.id).await? {
        if stored.id != session.id && sessions::end(&tx, stored.id).await? {
            audit::add(&tx, entry(&stored, "sign_out")).await?;
            tx.signal(topics::session(stored.id));
            ended += 1;
        }
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// If it is not theirs or has ended, or the database refuses.
pub async fn end(app: &App, session: &Session, id: SessionId) -> Result<(), Error> {
    let tx = app.write(scope::Person(session.person.id)).await?;
    let stored = sessions::get(&tx, id).await?.ok_or(Error::NotFound("session"))?;
    if !sessions::end(&tx, id).await? {
        return Err(Error::NotFound("session"));
    }
    audit::add(&tx, entry(&stored, "sign_out")).await?;
    tx.signal(topics::session(id));
    Ok(tx.commit().await?)
}

fn entry(session: &StoredSession, verb: &'static str) -> audit::Entry {
    audit::Entry {
        person: Some(session.person),
        verb,
        object_kind: "session",
        object: Some(session.id.0),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use domain::PersonId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_used_token_is_good_until_its_successor_was_used_and_then_a_sign_of_theft() {
        let renewed: DateTime<Utc> = "2026-12-04T18:00:00Z".parse().unwrap();
        let stored = StoredSession {
            id: SessionId(Uuid::now_v7()),
            person: PersonId(Uuid::now_v7()),
            refresh_hash: "second".to_owned(),
            previous_hash: Some("first".to_owned()),
            agent: String::new(),
            place: String::new(),
            hat: None,
            created_at: renewed,
            seen_at: renewed,
            expires_at: renewed + SESSION_LASTS,
            ended_at: None,
        };
        let after = |hash, seconds| verdict(&stored, hash, true, renewed + Duration::seconds(seconds));
        assert_eq!(after("second", 3600), Verdict::Newest);
        assert_eq!(after("first", 30), Verdict::JustUsed);
        assert_eq!(after("first", 31), Verdict::Unheard);
        assert_eq!(after("first", 80 * 86_400), Verdict::Unheard);
        assert_eq!(after("older still", 1), Verdict::Copied);
        assert_eq!(verdict(&stored, "made up", false, renewed), Verdict::Foreign);
    }
}
