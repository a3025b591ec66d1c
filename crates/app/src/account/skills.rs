//! What somebody brings to a duty, as they say it themselves or their employer's keeper does: languages and
//! how well, destinations known, channels answered on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{ChannelKind, Employment, Organisation, OrganisationId, Person, PersonId, PoolId, Spoken, time};
use storage::{employments, memberships, organisations, people, roles, scope};
use views::html::skills::{Known, Model};

use super::{
    Session,
    people::{self as account, Said},
};
use crate::{Anybody, App, Error, Keeper, kept::Seen};

/// The offices whose destinations somebody may say they know: those that watch together with the
/// organisation they are here for, now or later, by name.
///
/// # Errors
/// If the database cannot be read.
pub async fn offices(
    app: &App,
    viewer: OrganisationId,
    pools: &[PoolId],
) -> Result<Vec<Organisation>, Error> {
    let mut offices: BTreeMap<OrganisationId, Organisation> = BTreeMap::new();
    for pool in pools.iter().copied() {
        let tx = app.read(scope::Pool { pool, viewer }).await?;
        for member in memberships::of_pool(&tx, pool).await? {
            if offices.contains_key(&member.organisation) {
                continue;
            }
            let Some(office) = organisations::get(&tx, member.organisation).await? else { continue };
            if member.until.is_none_or(|last| time::day(tx.now(), office.zone) <= last) {
                offices.insert(office.id, office);
            }
        }
    }
    let mut offices: Vec<Organisation> = offices.into_values().collect();
    offices.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(offices)
}

/// The page on which it is said of oneself, or of one of one's staff.
///
/// # Errors
/// If `person` is neither.
pub async fn page(app: &App, session: &Session, person: PersonId) -> Result<Model, Error> {
    let (seat, person) = whose(app, session, person).await?;
    let known = |office: Organisation| Known {
        known: person.skills.destinations.contains(&office.id),
        works_there: seat.works_for.contains(&office.id),
        id: office.id,
        name: office.name,
    };
    Ok(Model {
        oneself: person.id == session.person.id,
        person: person.id,
        name: person.full_name(),
        languages: person.skills.spoken(&person.languages),
        offices: offices(app, seat.viewer, &seat.pools).await?.into_iter().map(known).collect(),
        channels: person.skills.channels.clone(),
    })
}

/// Keeps what that page says. Destinations it did not offer stay as they are, and so do languages it knows
/// no name of.
///
/// # Errors
/// If `person` is neither oneself nor one of one's staff, or a field is wrong.
pub async fn say(
    app: &App,
    session: &Session,
    person: PersonId,
    spoken: impl Fn(&str) -> Option<Spoken>,
    ticked: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    let (seat, person) = whose(app, session, person).await?;
    let mut destinations = person.skills.destinations.clone();
    let offered = offices(app, seat.viewer, &seat.pools).await?.into_iter();
    for office in offered.filter(|office| !seat.works_for.contains(&office.id)) {
        if ticked(&views::html::skills::office_field(office.id)) {
            destinations.insert(office.id);
        } else {
            destinations.remove(&office.id);
        }
    }
    let channels: BTreeSet<ChannelKind> =
        ChannelKind::ALL.into_iter().filter(|channel| ticked(channel.word())).collect();
    // Whoever answers on all is asked nothing, and needs no change when there is another.
    let all = channels.len() == ChannelKind::ALL.len();
    let said = Said {
        languages: in_order(&person, spoken),
        given_name: person.given_name,
        family_name: person.family_name,
        destinations: Some(destinations),
        channels: Some(if all { BTreeSet::new() } else { channels }),
    };
    account::change(app, session, person.id, &Seen::Any, said).await.map(drop)
}

/// Languages spoken before keep their order, best first; new ones follow in that of the page.
fn in_order(person: &Person, spoken: impl Fn(&str) -> Option<Spoken>) -> Vec<Spoken> {
    let offered = views::html::skills::offered(&person.skills.spoken(&person.languages));
    let mut languages: Vec<Spoken> = offered.into_iter().filter_map(|one| spoken(one.code())).collect();
    let place = |one: &Spoken| person.languages.iter().position(|known| *known == one.language);
    languages.sort_by_key(|one| place(one).unwrap_or(usize::MAX));
    languages
}

/// From where somebody looks at a person, and what they may know of whom that person works for today.
struct Seat {
    viewer: OrganisationId,
    pools: Vec<PoolId>,
    works_for: BTreeSet<OrganisationId>,
}

/// Oneself, or one of one's staff.
async fn whose(app: &App, session: &Session, id: PersonId) -> Result<(Seat, Person), Error> {
    const NOBODY: Error = Error::NotFound("person of yours");
    let anybody = session.caller::<Anybody>()?;
    let works_for = |all: Vec<Employment>, today: NaiveDate| {
        let running = all.into_iter().filter(|one| one.person == id && one.runs_on(today));
        running.map(|one| one.organisation).collect()
    };
    if id == anybody.person() {
        let tx = app.read(scope::Person(id)).await?;
        let works_for = works_for(employments::of_people(&tx, &[id]).await?, tx.now().date_naive());
        let seat = Seat { viewer: anybody.organisation(), pools: anybody.pools().to_vec(), works_for };
        return Ok((seat, people::get(&tx, id).await?.ok_or(NOBODY)?));
    }
    let keeper = session.caller::<Keeper>().map_err(|_| NOBODY)?;
    let home = keeper.organisation();
    let tx = app.read(scope::Home(home)).await?;
    let zone = organisations::get(&tx, home).await?.ok_or(NOBODY)?.zone;
    let today = time::day(tx.now(), zone);
    let employed = employments::of_organisations(&tx, &[home]).await?;
    let works = employed.iter().any(|one| one.person == id && one.until.is_none_or(|last| today <= last));
    if !works && !roles::in_organisation(&tx, home).await?.iter().any(|held| held.person == id) {
        return Err(NOBODY);
    }
    let works_for = works_for(employed, today);
    let seat = Seat { viewer: home, pools: keeper.pools().to_vec(), works_for };
    Ok((seat, people::get(&tx, id).await?.ok_or(NOBODY)?))
}
