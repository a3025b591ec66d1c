//! The personal calendar: a secret address that phones ask for a person's shifts.
//!
//! The address is made of the feed's id and our key: it can be shown again without being stored,
//! and ends when the feed is revoked.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::Duration;
use domain::{FeedId, Language, PersonId, Tz};
use storage::{employments, feeds, memberships, organisations, people, pools, scope, shifts};
use views::ics;

use super::my_shifts::{Around, around_in};
use crate::{Advisor, App, Caller, Error, Session, secrets::Purpose};

/// For how long past shifts stay in the calendar.
const PAST: Duration = Duration::days(60);

/// A calendar, and the tag by which a phone knows whether it is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeed {
    /// The calendar (RFC 5545).
    pub text: String,
    /// A strong entity tag, in its quotes.
    pub etag: String,
}

/// The whole address of a feed.
pub(super) fn address(app: &App, id: FeedId) -> String {
    let token = app.secrets.token_of(Purpose::CalendarFeed, id.0);
    format!("{}/calendar/{token}.ics", app.settings.public_url)
}

/// The secret address, if one was made and not revoked.
///
/// # Errors
/// If the database cannot be read.
pub async fn feed_address(app: &App, advisor: &Caller<Advisor>) -> Result<Option<String>, Error> {
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(feeds::of_person(&tx, advisor.person()).await?.map(|id| address(app, id)))
}

/// The address of whoever is signed in, if they made one.
///
/// # Errors
/// If the database cannot be read.
pub async fn my_address(app: &App, session: &Session) -> Result<Option<String>, Error> {
    let tx = app.read(scope::Person(session.person.id)).await?;
    Ok(feeds::of_person(&tx, session.person.id).await?.map(|id| address(app, id)))
}

/// Makes a secret address; the one before it ends.
///
/// # Errors
/// If the database refuses.
pub async fn make_feed(app: &App, advisor: &Caller<Advisor>) -> Result<String, Error> {
    let person = advisor.person();
    let tx = app.write(scope::Person(person)).await?;
    feeds::revoke(&tx, person).await?;
    let id: FeedId = app.mint();
    feeds::add(&tx, id, person).await?;
    tx.commit().await?;
    Ok(address(app, id))
}

/// Ends the secret address: whoever asks for it from now on finds nothing.
///
/// # Errors
/// If the database refuses.
pub async fn revoke_feed(app: &App, advisor: &Caller<Advisor>) -> Result<(), Error> {
    let tx = app.write(scope::Person(advisor.person())).await?;
    feeds::revoke(&tx, advisor.person()).await?;
    Ok(tx.commit().await?)
}

/// The calendar behind a secret address.
///
/// # Errors
/// If the address is not ours, or was revoked.
pub async fn feed(app: &App, token: &str) -> Result<CalendarFeed, Error> {
    const NONE: Error = Error::NotFound("calendar");
    let id = app.secrets.id_in(Purpose::CalendarFeed, token).ok_or(NONE)?;
    let tx = app.read(scope::System).await?;
    let person = feeds::whose(&tx, FeedId(id)).await?.ok_or(NONE)?;
    drop(tx);
    let text = ics::feed(&read(app, person).await?);
    let etag = etag(&text);
    Ok(CalendarFeed { text, etag })
}

/// Everything the calendar says, in the scope of the person alone.
async fn read(app: &App, person: PersonId) -> Result<ics::Feed, Error> {
    let tx = app.read(scope::Person(person)).await?;
    let now = tx.now();
    let account = people::account(&tx, person).await?.ok_or(Error::NotFound("person"))?;
    let shifts = shifts::told(&tx, person, now - PAST).await?;
    let today = now.date_naive();
    let employers: Vec<_> = employments::of_people(&tx, &[person]).await?;
    let employers = employers.into_iter().filter(|one| one.runs_on(today)).map(|one| one.organisation);
    let mut around = Around::default();
    let mut language = account.language;
    let mut zone: Option<Tz> = None;
    let all_pools = pools::all(&tx).await?;
    for employer in employers {
        if let Some(office) = organisations::get(&tx, employer).await? {
            language = language.or(Some(office.language));
            zone = zone.or(Some(office.zone));
        }
        let members = memberships::of_organisation(&tx, employer).await?;
        let ids: Vec<_> = all_pools
            .iter()
            .map(|pool| pool.id)
            .filter(|pool| members.iter().any(|member| member.pool == *pool))
            .collect();
        let more = around_in(app, person, employer, &ids, &shifts).await?;
        around.with.extend(more.with);
        around.pools.extend(more.pools);
        around.covered.extend(more.covered);
    }
    drop(tx);
    let zone = all_pools
        .iter()
        .find(|pool| shifts.iter().any(|shift| shift.pool == pool.id))
        .map(|pool| pool.zone)
        .or(zone);
    let duty = |shift: domain::Shift| ics::Duty {
        pool: around.pools.get(&shift.pool).cloned().unwrap_or_default(),
        offices: around.covered.get(&shift.pool).cloned().unwrap_or_default(),
        with: around.with.get(&shift.id).cloned().unwrap_or_default(),
        shift,
    };
    Ok(ics::Feed {
        given_name: account.person.given_name,
        language: language.unwrap_or(Language::FR),
        zone: zone.unwrap_or(Tz::UTC),
        now,
        home: app.settings.public_url.clone(),
        duties: shifts.into_iter().map(duty).collect(),
    })
}

/// The tag of a text: the same text has the same tag, on every node that runs the same program.
fn etag(text: &str) -> String {
    // The standard library's hasher with its fixed keys: enough to tell two calendars apart.
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("\"{:016x}-{:x}\"", hasher.finish(), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_calendar_has_the_same_tag_and_another_has_another() {
        assert_eq!(etag("BEGIN:VCALENDAR"), etag("BEGIN:VCALENDAR"));
        assert_ne!(etag("BEGIN:VCALENDAR"), etag("BEGIN:VCALENDAR\r\n"));
        assert!(etag("").starts_with('"'));
    }
}
