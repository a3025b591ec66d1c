//! One's own account: language, light, and where one is signed in.

use std::net::IpAddr;

use domain::{Language, SessionId};
use storage::{people, scope, sessions};

use super::Session;
use crate::{App, Error, Refusal};

/// One browser in which the person is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    /// Its session.
    pub id: SessionId,
    /// What it calls itself, such as "Firefox, Android"; empty when it does not say.
    pub device: String,
    /// The network it was first signed in from, such as "192.0.2.x"; empty where that is not known.
    pub place: String,
    /// Since when.
    pub since: chrono::DateTime<chrono::Utc>,
    /// When it last got a new token.
    pub seen: chrono::DateTime<chrono::Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Where the person is signed in, this browser first.
///
/// # Errors
/// If the database cannot be read.
pub async fn browsers(app: &App, session: &Session) -> Result<Vec<Browser>, Error> {
    let tx = app.read(scope::Person(session.person.id)).await?;
    let stored = sessions::of_person(&tx, session.person.id).await?;
    let mut browsers: Vec<Browser> = stored
        .into_iter()
        .map(|stored| Browser {
            id: stored.id,
            device: stored.agent,
            place: stored.place,
            since: stored.created_at,
            seen: stored.seen_at,
            current: stored.id == session.id,
        })
        .collect();
    browsers.sort_by_key(|browser| !browser.current);
    Ok(browsers)
}

/// Keeps the language somebody reads: one of those whose words are complete.
///
/// # Errors
/// If we have no words in it, or the database refuses.
pub async fn choose_language(app: &App, session: &Session, language: Language) -> Result<(), Error> {
    if !views::Words::STAFF.contains(&language.code()) {
        return Err(Refusal::FieldIsWrong.into());
    }
    let tx = app.write(scope::Person(session.person.id)).await?;
    people::choose_language(&tx, session.person.id, language).await?;
    Ok(tx.commit().await?)
}

/// Keeps the light somebody reads by.
///
/// # Errors
/// If the database refuses.
pub async fn choose_theme(app: &App, session: &Session, theme: views::Theme) -> Result<(), Error> {
    let tx = app.write(scope::Person(session.person.id)).await?;
    people::choose_theme(&tx, session.person.id, theme.word()).await?;
    Ok(tx.commit().await?)
}

/// Keeps whether somebody wants letters about open duties.
///
/// # Errors
/// If the database refuses.
pub async fn choose_open_letters(app: &App, session: &Session, wanted: bool) -> Result<(), Error> {
    let tx = app.write(scope::Person(session.person.id)).await?;
    people::choose_open_letters(&tx, session.person.id, wanted).await?;
    Ok(tx.commit().await?)
}

/// Whether somebody wants letters about open duties.
///
/// # Errors
/// If the database cannot be read.
pub async fn wants_open_letters(app: &App, session: &Session) -> Result<bool, Error> {
    let person = session.person.id;
    let tx = app.read(scope::Person(person)).await?;
    Ok(people::without_open_letters(&tx, &[person]).await?.is_empty())
}

/// Forgets sessions that ended long ago.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old_sessions(app: &App) -> Result<(), Error> {
    let tx = app.write(scope::System).await?;
    sessions::forget_old(&tx, tx.now() - chrono::Duration::days(30)).await?;
    Ok(tx.commit().await?)
}

/// A browser's long name cut down to what a person recognises: "Firefox, Android".
pub(crate) fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    [named(&BROWSERS), named(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The network of an address, without the part that names one machine in it: "192.0.2.x".
pub(crate) fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.x")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:x")
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_by_a_name_people_know() {
        for (agent, name) in [
            ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox, Android"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            ("curl/8", ""),
        ] {
            assert_eq!(device(agent), name);
        }
    }

    #[test]
    fn of_an_address_only_the_network_is_kept() {
        for (address, kept) in [
            ("192.0.2.17", "192.0.2.x"),
            ("2001:db8:7:1::5", "2001:db8:7:x"),
            ("::ffff:192.0.2.17", "192.0.2.x"),
            ("somebody", ""),
        ] {
            assert_eq!(network(address), kept);
        }
    }
}
