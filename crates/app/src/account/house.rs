//! The house: who runs the service, which boards there are, and founding one with its first planner.

use std::collections::BTreeSet;

use domain::{
    Calendar, Language, Law, Minutes, Organisation, OrganisationId, OrganisationKind, Person, PersonId, Role,
    Tz, time,
};
use storage::{
    StoreError, Tx, audit, employments, memberships, organisations,
    people::{self, Account},
    pools, roles,
    scope::System,
    sessions,
};

use super::{
    caller::Operator,
    invite::{self, Newcomer},
};
use crate::{App, Error, Refusal, topics};

/// The longest name of an organisation, in characters.
const LONGEST_NAME: usize = 80;
/// The longest short name, in characters.
const LONGEST_SLUG: usize = 40;

/// A board as an operator sees it: how large it is, nothing of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its pools.
    pub pools: usize,
    /// Offices that are members of them today.
    pub offices: usize,
    /// People who work for it or for one of these offices.
    pub people: usize,
    /// Whether nobody plans there yet: the first planner has not accepted.
    pub unmanned: bool,
}

/// An organisation to be founded.
#[derive(Debug, Clone, PartialEq)]
pub struct Founding {
    /// Its name.
    pub name: String,
    /// Its short name, as it stands in links.
    pub slug: String,
    /// Where its clocks hang.
    pub zone: Tz,
    /// Which public holidays it keeps.
    pub calendar: Calendar,
    /// The language it writes in.
    pub language: Language,
    /// What it tells people in danger, such as "112".
    pub emergency: String,
    /// Given name, family name and address of whoever comes first.
    pub first: First,
}

/// Whoever comes first to an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The address.
    pub email: String,
}

/// An organisation to be founded, as forms and commands spell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its zone, such as `Europe/Paris`.
    pub zone: String,
    /// Its holidays, by the word tables hold.
    pub calendar: String,
    /// Its language, by its two letters.
    pub language: String,
    /// What it tells people in danger.
    pub emergency: String,
    /// Whoever comes first.
    pub first: First,
}

impl Spelled {
    /// What it spells.
    ///
    /// # Errors
    /// With the field that cannot be read, and an example of one that can.
    pub fn read(self) -> Result<Founding, (&'static str, &'static str)> {
        Ok(Founding {
            zone: self.zone.parse().map_err(|_| ("zone", "Europe/Paris"))?,
            calendar: Calendar::from_word(&self.calendar).ok_or(("calendar", "france, quebec, belgium"))?,
            language: Language::parse(&self.language).ok_or(("language", "fr"))?,
            name: self.name,
            slug: self.slug,
            emergency: self.emergency,
            first: self.first,
        })
    }
}

/// Every board, by name.
///
/// # Errors
/// If the database cannot be read.
pub async fn boards(app: &App, _: &Operator) -> Result<Vec<Board>, Error> {
    let tx = app.read(System).await?;
    let mut boards = Vec::new();
    for board in organisations::all_in_sight(&tx).await? {
        if board.kind == OrganisationKind::Board {
            boards.push(counted(&tx, board).await?);
        }
    }
    Ok(boards)
}

async fn counted(tx: &Tx<System>, board: Organisation) -> Result<Board, Error> {
    let today = time::day(tx.now(), board.zone);
    let pools = pools::organised_by(tx, board.id).await?;
    let mut offices: BTreeSet<OrganisationId> = BTreeSet::new();
    for pool in &pools {
        let members = memberships::of_pool(tx, pool.id).await?;
        let now = members.into_iter().filter(|one| one.until.is_none_or(|last| today <= last));
        offices.extend(now.map(|one| one.organisation));
    }
    let all: Vec<OrganisationId> = offices.iter().copied().chain([board.id]).collect();
    let people: BTreeSet<PersonId> = employments::of_organisations(tx, &all)
        .await?
        .into_iter()
        .filter(|one| one.until.is_none_or(|last| today <= last))
        .map(|one| one.person)
        .collect();
    let held = roles::in_organisation(tx, board.id).await?;
    Ok(Board {
        unmanned: !held.iter().any(|held| held.role == Role::Planner),
        name: board.name,
        slug: board.slug,
        pools: pools.len(),
        offices: offices.len(),
        people: people.len(),
    })
}

/// What became of founding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founded {
    /// It is there now, and its first was written to.
    New,
    /// It was there already, with the same name; nothing was changed.
    There,
}

/// Founds a board and invites its first planner. Founding it again under the same names changes nothing.
///
/// # Errors
/// [`Refusal::NameIsTaken`] if another organisation has the short name; [`Refusal::FieldIsWrong`] or
/// [`Refusal::EmailIsWrong`] for what cannot be read.
pub async fn add_board(app: &App, operator: &Operator, new: Founding) -> Result<Founded, Error> {
    let tx = app.write(System).await?;
    if let Some(there) = organisations::by_slug(&tx, new.slug.trim()).await? {
        let same = there.kind == OrganisationKind::Board && there.name == new.name.trim();
        return if same { Ok(Founded::There) } else { Err(Refusal::NameIsTaken.into()) };
    }
    found(app, &tx, OrganisationKind::Board, 0, new, operator.person()).await?;
    tx.commit().await?;
    Ok(Founded::New)
}

/// Founds an organisation and invites whoever comes first.
pub(crate) async fn found(
    app: &App,
    tx: &Tx<System>,
    kind: OrganisationKind,
    colour: u8,
    new: Founding,
    by: Option<PersonId>,
) -> Result<Organisation, Error> {
    let organisation = checked(app, kind, colour, &new)?;
    match organisations::add(tx, &organisation, new.emergency.trim()).await {
        Err(error) if StoreError::is_conflict(&error) => return Err(Refusal::NameIsTaken.into()),
        other => other?,
    }
    let entry = audit::Entry {
        organisation: Some(organisation.id),
        person: by,
        verb: match kind {
            OrganisationKind::Board => "add_board",
            OrganisationKind::Office => "add_office",
        },
        object_kind: "organisation",
        object: Some(organisation.id.0),
        ..audit::Entry::default()
    };
    audit::add(tx, entry).await?;
    let role = match kind {
        OrganisationKind::Board => Role::Planner,
        OrganisationKind::Office => Role::Manager,
    };
    let first = Newcomer {
        email: new.first.email,
        given_name: new.first.given_name,
        family_name: new.first.family_name,
        language: organisation.language,
        roles: vec![role],
        law: usual_law(organisation.calendar),
        weekly: Minutes::hours(35),
        from: time::day(tx.now(), organisation.zone),
    };
    invite::invite_first(app, tx, &organisation, by, first).await?;
    Ok(organisation)
}

fn checked(app: &App, kind: OrganisationKind, colour: u8, new: &Founding) -> Result<Organisation, Refusal> {
    let (name, slug) = (new.name.trim(), new.slug.trim());
    let named = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    let short = (2..=LONGEST_SLUG).contains(&slug.len())
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-');
    let emergency = new.emergency.trim();
    let rings = !emergency.is_empty() && emergency.chars().count() <= 20;
    let read = views::Words::STAFF.contains(&new.language.code());
    if !(named && short && rings && read) {
        return Err(Refusal::FieldIsWrong);
    }
    Ok(Organisation {
        id: app.mint(),
        kind,
        name: name.to_owned(),
        slug: slug.to_owned(),
        zone: new.zone,
        calendar: new.calendar,
        language: new.language,
        colour,
        promise: Minutes(5),
    })
}

/// The law most people work under where these holidays are kept; an invitation may say another.
pub fn usual_law(calendar: Calendar) -> Law {
    match calendar {
        Calendar::Quebec | Calendar::QuebecEasterMonday => Law::Quebec,
        _ => Law::FrancePrivate,
    }
}

/// Makes whoever has the address an operator; a new person where nobody has it. Says whether they were
/// none before.
///
/// # Errors
/// [`Refusal::EmailIsWrong`], or [`Refusal::FieldIsWrong`] for a new person without a name.
pub async fn add_operator(
    app: &App,
    email: &str,
    given_name: &str,
    family_name: &str,
) -> Result<bool, Error> {
    if !super::sign_in::looks_like_an_address(&people::small(email)) {
        return Err(Refusal::EmailIsWrong.into());
    }
    let tx = app.write(System).await?;
    let person = match people::by_email(&tx, email).await? {
        Some(known) if known.operator => return Ok(false),
        Some(known) => known.person.id,
        None => {
            let (given_name, family_name) = (given_name.trim(), family_name.trim());
            if given_name.is_empty() || family_name.is_empty() {
                return Err(Refusal::FieldIsWrong.into());
            }
            let person = Person {
                id: app.mint(),
                given_name: given_name.to_owned(),
                family_name: family_name.to_owned(),
                languages: Vec::new(),
            };
            people::add(&tx, &person, email, None).await?;
            person.id
        }
    };
    people::set_operator(&tx, person, true).await?;
    audit::add(&tx, entry(person, "add_operator")).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes the service out of somebody's hands; says whether they had it.
///
/// # Errors
/// If the database refuses.
pub async fn remove_operator(app: &App, email: &str) -> Result<bool, Error> {
    let tx = app.write(System).await?;
    let Some(known) = people::by_email(&tx, email).await?.filter(|known| known.operator) else {
        return Ok(false);
    };
    people::set_operator(&tx, known.person.id, false).await?;
    for session in sessions::of_person(&tx, known.person.id).await? {
        tx.signal(topics::session(session.id));
    }
    audit::add(&tx, entry(known.person.id, "remove_operator")).await?;
    tx.commit().await?;
    Ok(true)
}

/// Who runs the service.
///
/// # Errors
/// If the database cannot be read.
pub async fn operators(app: &App) -> Result<Vec<Account>, Error> {
    let tx = app.read(System).await?;
    Ok(people::operators(&tx).await?)
}

fn entry(person: PersonId, verb: &'static str) -> audit::Entry {
    audit::Entry {
        person: Some(person),
        verb,
        object_kind: "person",
        object: Some(person.0),
        ..audit::Entry::default()
    }
}
