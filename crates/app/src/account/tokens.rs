//! Tokens: a short access token that says who asks, and a refresh token that gets the next one.

use chrono::{DateTime, Duration, Utc};
use domain::{PersonId, SessionId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use storage::{Tx, scope::System, sessions::StoredSession};
use uuid::Uuid;

use crate::{
    App, Error,
    secrets::{Purpose, Secrets},
};

/// How long an access token is good.
pub const ACCESS_LASTS: Duration = Duration::minutes(10);
/// How long a session lasts after it was last used.
pub const SESSION_LASTS: Duration = Duration::days(90);
/// How long a browser keeps the mark of a sign-in: as long as browsers keep anything.
pub const DEVICE_LASTS: Duration = Duration::days(400);
/// Who makes our tokens, as they say themselves.
const ISSUER: &str = "veilleuse";

/// What a browser is handed.
#[derive(Clone)]
pub struct Tokens {
    /// Says who asks, for [`ACCESS_LASTS`].
    pub access: String,
    /// Gets the next access token; `None` where the browser keeps the one it has.
    pub refresh: Option<String>,
    /// The session they belong to.
    pub session: SessionId,
    /// Marks a browser in which somebody has just signed in, for [`DEVICE_LASTS`]: it may ask for codes
    /// whatever strangers ask for. It lets nobody in.
    pub device: Option<String>,
}

/// The browser somebody signs in with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Browser<'a> {
    /// What it calls itself.
    pub agent: &'a str,
    /// Its network address; all of it but the network is forgotten.
    pub address: &'a str,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("session", &self.session).finish_non_exhaustive()
    }
}

/// What an access token says (RFC 7519).
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: Uuid,
    sid: Uuid,
    iat: i64,
    exp: i64,
}

/// An access token for a session.
pub(crate) fn access(secrets: &Secrets, session: SessionId, person: PersonId, now: DateTime<Utc>) -> String {
    let claims = Claims {
        iss: ISSUER.to_owned(),
        sub: person.0,
        sid: session.0,
        iat: now.timestamp(),
        exp: (now + ACCESS_LASTS).timestamp(),
    };
    let key = secrets.signing_key();
    let header = Header { kid: Some(key.name.clone()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.bytes))
        .expect("HS256 signs with any key of 32 bytes")
}

/// The session and person an access token speaks of.
///
/// # Errors
/// [`Error::SignedOut`] if it is not ours or has run out.
pub(crate) fn read_access(
    secrets: &Secrets,
    token: &str,
    now: DateTime<Utc>,
) -> Result<(SessionId, PersonId), Error> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.validate_aud = false;
    // The library would ask the machine's clock; ours is compared below.
    rules.validate_exp = false;
    let named = jsonwebtoken::decode_header(token).map_err(|_| Error::SignedOut)?.kid.unwrap_or_default();
    let key = secrets.signing_key_named(&named).ok_or(Error::SignedOut)?;
    let key = DecodingKey::from_secret(&key.bytes);
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(|_| Error::SignedOut)?.claims;
    if now.timestamp() < claims.exp {
        Ok((SessionId(claims.sid), PersonId(claims.sub)))
    } else {
        Err(Error::SignedOut)
    }
}

/// A refresh token and its hash. The token names its session and bears our mark, so that a stolen one
/// that was already renewed is recognised, and one that somebody made up is not mistaken for it.
pub(crate) fn refresh(secrets: &Secrets, session: SessionId) -> (String, String) {
    let body = format!("{}.{}", session.0.simple(), secrets.random_token());
    let mark = secrets.hash(Purpose::RefreshToken, &body);
    let token = format!("{body}.{mark}");
    let hash = secrets.hash(Purpose::RefreshToken, &token);
    (token, hash)
}

/// Whether we made this refresh token, however old it is.
pub(crate) fn is_ours(secrets: &Secrets, token: &str) -> bool {
    token.rsplit_once('.').is_some_and(|(body, mark)| secrets.hashes_to(Purpose::RefreshToken, body, mark))
}

/// The session a refresh token names.
pub(crate) fn session_in(token: &str) -> Option<SessionId> {
    let (session, _) = token.split_once('.')?;
    Uuid::try_parse(session).ok().map(SessionId)
}

/// Begins a session for `person` in `browser`.
pub(crate) async fn begin(
    app: &App,
    tx: &Tx<System>,
    person: PersonId,
    browser: Browser<'_>,
) -> Result<Tokens, Error> {
    let now = tx.now();
    let session: SessionId = app.mint();
    let (token, refresh_hash) = refresh(&app.secrets, session);
    let stored = StoredSession {
        id: session,
        person,
        refresh_hash,
        previous_hash: None,
        agent: super::me::device(browser.agent),
        place: super::me::network(browser.address),
        hat: None,
        created_at: now,
        seen_at: now,
        expires_at: now + SESSION_LASTS,
        ended_at: None,
    };
    storage::sessions::add(tx, &stored).await?;
    let access = access(&app.secrets, session, person, now);
    Ok(Tokens { access, refresh: Some(token), session, device: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::from_key(&"07".repeat(32)).unwrap()
    }

    #[test]
    fn an_access_token_is_good_for_ten_minutes() {
        let (session, person) = (SessionId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let now: DateTime<Utc> = "2026-12-04T18:00:00Z".parse().unwrap();
        let token = access(&secrets(), session, person, now);
        let at = |minutes| read_access(&secrets(), &token, now + Duration::minutes(minutes));
        assert_eq!(at(9).unwrap(), (session, person));
        assert!(matches!(at(10), Err(Error::SignedOut)));
    }

    #[test]
    fn a_token_of_another_house_or_none_at_all_is_refused() {
        let now: DateTime<Utc> = "2026-12-04T18:00:00Z".parse().unwrap();
        let other = Secrets::from_key(&"08".repeat(32)).unwrap();
        let foreign = access(&other, SessionId(Uuid::now_v7()), PersonId(Uuid::now_v7()), now);
        // {"alg":"none"} . {"sub":…} . nothing
        let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";
        for token in [foreign.as_str(), unsigned, "", "a.b.c"] {
            assert!(matches!(read_access(&secrets(), token, now), Err(Error::SignedOut)), "{token}");
        }
    }

    #[test]
    fn a_new_signing_key_signs_and_the_one_before_is_believed_until_it_is_left_out() {
        let (session, person) = (SessionId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let now: DateTime<Utc> = "2026-12-04T18:00:00Z".parse().unwrap();
        let signing = |keys: &[&str]| {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            secrets().signing_with(&keys).unwrap()
        };
        let (one, two) = ("01".repeat(32), "02".repeat(32));
        let derived = access(&secrets(), session, person, now);
        let first = access(&signing(&[&one, "derived"]), session, person, now);
        assert!(read_access(&signing(&[&one, "derived"]), &derived, now).is_ok());
        assert!(
            read_access(&signing(&["derived", &one]), &first, now).is_ok(),
            "nodes may differ for a while"
        );
        let rotated = signing(&[&two, &one]);
        assert_eq!(read_access(&rotated, &first, now).unwrap(), (session, person));
        assert!(matches!(read_access(&rotated, &derived, now), Err(Error::SignedOut)));
        let second = access(&rotated, session, person, now);
        assert!(matches!(read_access(&signing(&[&one]), &second, now), Err(Error::SignedOut)));
        // Naming a key that is believed does not help whoever signs with another.
        let header =
            Header { kid: Some(rotated.signing_key().name.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims { iss: ISSUER.to_owned(), sub: person.0, sid: session.0, iat: 0, exp: i64::MAX };
        let forged = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&[3; 32])).unwrap();
        assert!(matches!(read_access(&rotated, &forged, now), Err(Error::SignedOut)));
        assert!(secrets().signing_with(&["nonsense".to_owned()]).is_err());
    }

    #[test]
    fn a_refresh_token_names_its_session() {
        let session = SessionId(Uuid::now_v7());
        let (token, hash) = refresh(&secrets(), session);
        assert_eq!(session_in(&token), Some(session));
        assert!(secrets().hashes_to(Purpose::RefreshToken, &token, &hash));
        assert_eq!(session_in("nonsense"), None);
        assert!(is_ours(&secrets(), &token));
        let made_up = format!("{}.{}.{}", session.0.simple(), "x".repeat(43), "0".repeat(64));
        for foreign in [made_up.as_str(), "nonsense", &token[..token.len() - 1]] {
            assert!(!is_ours(&secrets(), foreign), "{foreign}");
        }
    }
}
