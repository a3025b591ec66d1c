//! Who was told what of a published rota, who looked, and who confirmed having seen it: the dated proof.

use chrono::Duration;
use domain::{Language, Notice, NoticeId, PersonId, RotaId};
use storage::{
    Tx, notices,
    page::{Ask, Page},
    people, scope,
};
use views::html::notices::{Told, Unconfirmed, What};

use super::{scope_of, the_pool, the_rota};
use crate::{
    Advisor, App, Caller, Error, Planner,
    exchange::{File, export::spreadsheet},
    kept::Kept,
    topics,
};

/// For how long somebody is asked to confirm.
const ASKED_FOR: Duration = Duration::days(60);

/// What an advisor was told, a page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn own(app: &App, advisor: &Caller<Advisor>, ask: &Ask) -> Result<Page<Notice>, Error> {
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(notices::list(&tx, None, ask).await?)
}

/// What everybody was told of a rota, a page of it.
///
/// # Errors
/// If the planner plans no such rota.
pub async fn of_rota(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    ask: &Ask,
) -> Result<Page<Notice>, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    Ok(notices::list(&tx, Some(rota), ask).await?)
}

/// An advisor says that they have seen what these notices told them. Saying it twice says it once.
///
/// # Errors
/// If one of them is not theirs.
pub async fn confirm(app: &App, advisor: &Caller<Advisor>, ids: &[NoticeId]) -> Result<(), Error> {
    let person = advisor.person();
    let tx = app.write(scope::Person(person)).await?;
    for id in ids {
        let notice = notices::get(&tx, *id).await?.ok_or(Error::NotFound("notice"))?;
        tx.signal(topics::rota(notice.pool, notice.rota));
    }
    if notices::confirm(&tx, person, ids).await? == 0 {
        return Ok(());
    }
    tx.signal(topics::shifts(person));
    Ok(tx.commit().await?)
}

/// The same of one notice.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn confirm_one(app: &App, advisor: &Caller<Advisor>, id: NoticeId) -> Result<Kept<Notice>, Error> {
    confirm(app, advisor, &[id]).await?;
    let tx = app.read(scope::Person(advisor.person())).await?;
    Ok(Kept::of(notices::get(&tx, id).await?.ok_or(Error::NotFound("notice"))?))
}

/// What an advisor is asked to confirm, if anything.
pub(super) async fn unconfirmed(
    tx: &Tx<scope::Person>,
    person: PersonId,
) -> Result<Option<Unconfirmed>, Error> {
    let mut all = notices::unconfirmed(tx, person).await?;
    all.retain(|notice| tx.now() - notice.told_at < ASKED_FOR);
    Ok(all
        .last()
        .map(|last| Unconfirmed { told_at: last.told_at, ids: all.iter().map(|notice| notice.id).collect() }))
}

/// Who was told of a rota, for its board: by name, the first first.
pub(super) async fn told(tx: &Tx<scope::Pool>, rota: RotaId) -> Result<Vec<Told>, Error> {
    let all = notices::about(tx, rota).await?;
    let ids: Vec<PersonId> = all.iter().map(|notice| notice.person).collect();
    let known = people::named(tx, &ids).await?;
    let one = |notice: Notice| {
        let person = known.iter().find(|person| person.id == notice.person);
        Told {
            person: notice.person,
            family_name: person.map_or_else(String::new, |person| person.family_name.clone()),
            given_name: person.map_or_else(|| "–".to_owned(), |person| person.given_name.clone()),
            what: match (notice.handover, notice.change) {
                (Some(_), _) => What::Handover,
                (None, Some(_)) => What::Change,
                (None, None) => What::Publication,
            },
            told_at: notice.told_at,
            clear_days: notice.clear_days,
            seen_at: notice.seen_at,
            confirmed_at: notice.confirmed_at,
        }
    };
    let mut told: Vec<Told> = all.into_iter().map(one).collect();
    told.sort_by(|one, other| {
        let of = |told: &Told| (told.given_name.clone(), told.family_name.clone(), told.person, told.told_at);
        of(one).cmp(&of(other))
    });
    Ok(told)
}

/// The proof as a table: a line for each time somebody was told, with times by the pool's clocks.
///
/// # Errors
/// If the planner plans no such rota.
pub async fn proof(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    language: Language,
) -> Result<File, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    let rota = the_rota(&tx, rota).await?;
    let zone = the_pool(&tx, rota.pool).await?.zone;
    let french = language == Language::FR;
    let at = |instant: chrono::DateTime<chrono::Utc>| {
        instant.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    };
    let line = |told: Told| {
        vec![
            told.person.to_string(),
            told.family_name,
            told.given_name,
            told.what.word(french).to_owned(),
            at(told.told_at),
            told.clear_days.to_string(),
            told.seen_at.map(at).unwrap_or_default(),
            told.confirmed_at.map(at).unwrap_or_default(),
        ]
    };
    let lines: Vec<Vec<String>> = told(&tx, rota.id).await?.into_iter().map(line).collect();
    Ok(File {
        name: format!("{}-{}-{}.csv", if french { "preuve" } else { "proof" }, rota.from, rota.until),
        media_type: "text/csv; charset=utf-8",
        text: spreadsheet(&header(french), &lines, french),
    })
}

/// The names of its columns: English, or French.
fn header(french: bool) -> Vec<String> {
    const NAMES: [(&str, &str); 8] = [
        ("person", "personne"),
        ("family_name", "nom"),
        ("given_name", "prénom"),
        ("about", "objet"),
        ("told_at", "prévenu_le"),
        ("clear_days", "jours_francs"),
        ("seen_at", "vu_le"),
        ("confirmed_at", "confirmé_le"),
    ];
    NAMES.map(|(english, own)| (if french { own } else { english }).to_owned()).to_vec()
}
