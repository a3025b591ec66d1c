//! The house: who runs the service, which boards there are, and founding one.

use std::collections::BTreeSet;

use domain::{Organisation, OrganisationId, OrganisationKind, Person, PersonId, Skills, time};
use storage::{
    Tx, audit, employments, memberships, organisations,
    people::{self, Account},
    pools,
    scope::System,
    sessions,
};

pub use super::founding::{First, Founding, Spelled};
use super::{caller::Operator, founding};
use crate::{App, Error, Refusal, topics};

/// A board as an operator sees it: how large it is, nothing of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its pools.
    pub pools: usize,
    /// Offices that are members of them today.
    pub offices: usize,
    /// People who work for it or for one of these offices today.
    pub people: usize,
    /// Whether nobody plans there yet: the first planner has not accepted.
    pub unmanned: bool,
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
        let now =
            members.into_iter().filter(|one| one.from <= today && one.until.is_none_or(|last| today <= last));
        offices.extend(now.map(|one| one.organisation));
    }
    let all: Vec<OrganisationId> = offices.iter().copied().chain([board.id]).collect();
    let people: BTreeSet<PersonId> = employments::of_organisations(tx, &all)
        .await?
        .into_iter()
        .filter(|one| one.runs_on(today))
        .map(|one| one.person)
        .collect();
    Ok(Board {
        unmanned: !founding::is_headed(tx, &board).await?,
        id: board.id,
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
    /// It was there already, with the same name, and somebody plans there or may still follow the letter;
    /// nothing was changed.
    There,
    /// It was there already and nobody plans there: whoever is named now was written to.
    Again,
}

/// Founds a board and invites its first planner. Founding it again under the same names invites anew where
/// the letter to the first is too old or went to another address, and changes nothing else.
///
/// # Errors
/// [`Error::Invalid`] with every field that is wrong; a short name that another organisation has is one.
pub async fn add_board(app: &App, operator: &Operator, new: Founding) -> Result<Founded, Error> {
    let tx = app.write(System).await?;
    if let Some(there) = organisations::by_slug(&tx, new.slug.trim()).await? {
        let same = there.kind == OrganisationKind::Board && there.name == new.name.trim();
        let first = new.first.as_ref().filter(|_| same);
        if let Some(first) = first
            && !founding::is_headed(&tx, &there).await?
            && !founding::awaits(&tx, &there, &first.email).await?
        {
            founding::invite_head(app, &tx, &there, first.clone(), operator.person()).await?;
            tx.commit().await?;
            return Ok(Founded::Again);
        }
        if same {
            return Ok(Founded::There);
        }
    }
    founding::found(app, &tx, OrganisationKind::Board, new, operator.person()).await?;
    tx.commit().await?;
    Ok(Founded::New)
}

/// Invites somebody as the first planner of a board at which nobody plans yet; earlier letters lead nowhere.
///
/// # Errors
/// [`Error::NotFound`] if there is no such board; [`Refusal::InvitationIsSpent`] if somebody plans there;
/// [`Error::Invalid`] with every field that is wrong.
pub async fn invite_planner(
    app: &App,
    operator: &Operator,
    board: OrganisationId,
    first: First,
) -> Result<(), Error> {
    let tx = app.write(System).await?;
    let there = organisations::get(&tx, board).await?.filter(|one| one.kind == OrganisationKind::Board);
    let there = there.ok_or(Error::NotFound("board"))?;
    founding::invite_head(app, &tx, &there, first, operator.person()).await?;
    Ok(tx.commit().await?)
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
                skills: Skills::default(),
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
