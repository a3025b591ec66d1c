//! Founding an organisation, board or office: what is asked of a new one, and its first rows. Whoever
//! comes first to it is invited in the same transaction, and again as long as nobody has come: a letter is
//! lost, or an address mistyped.

use domain::{Calendar, Language, Law, Minutes, Organisation, OrganisationKind, PersonId, Role, Tz, time};
use storage::{
    StoreError, Tx, audit,
    invitations::{self, Invitation},
    organisations, people, roles,
    scope::System,
};

use super::invite::{self, Newcomer};
use crate::{
    App, Error, Refusal,
    checks::{Checks, Fault, LONGEST_NAME, Wrong},
};

/// The longest short name.
const LONGEST_SLUG: usize = 60;
/// The longest emergency number.
pub(super) const LONGEST_EMERGENCY: usize = 40;
/// The longest promise: a day.
pub(super) const LONGEST_PROMISE: i64 = 24 * 60;
/// How many office colours there are.
pub(crate) const COLOURS: u8 = 8;

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
    /// Which of the office colours it wears; the house chooses where nobody does.
    pub colour: Option<u8>,
    /// Within how many minutes it promises a first answer.
    pub promise: Minutes,
    /// What it tells people in danger, such as "112".
    pub emergency: String,
    /// Whoever comes first; nobody where they are invited later.
    pub first: Option<First>,
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
    /// Every calendar of holidays, as it is spelled.
    pub fn calendars() -> impl Iterator<Item = &'static str> {
        Calendar::ALL.into_iter().map(Calendar::word)
    }

    /// The zones that forms offer; any other name of the IANA time zone database is taken as well.
    pub fn zones() -> impl Iterator<Item = &'static str> {
        views::html::forms::ZONES.into_iter().map(|zone| zone.name())
    }

    /// What it spells.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that is wrong with it, as far as it can be seen without the
    /// tables.
    pub fn read(self) -> Result<Founding, Error> {
        let mut checks = Checks::default();
        let zone = self.zone.trim().parse().ok();
        let calendar = Calendar::from_word(self.calendar.trim());
        let language = Language::parse(self.language.trim());
        for (field, known) in
            [("zone", zone.is_some()), ("calendar", calendar.is_some()), ("language", language.is_some())]
        {
            if !known {
                checks.refuse(field, Wrong::Unknown);
            }
        }
        let founding = Founding {
            zone: zone.unwrap_or(Tz::UTC),
            calendar: calendar.unwrap_or(Calendar::France),
            language: language.unwrap_or(Language::FR),
            name: self.name,
            slug: self.slug,
            emergency: self.emergency,
            colour: None,
            promise: Minutes(5),
            first: Some(self.first),
        };
        founding.check(&mut checks);
        checks.done()?;
        Ok(founding)
    }
}

impl Founding {
    /// The same without what stands around it; what is wrong goes into `checks`.
    fn check(&self, checks: &mut Checks) -> Self {
        let name = checks.name("name", &self.name, LONGEST_NAME);
        let slug = self.slug.trim().to_owned();
        if slug.is_empty() {
            checks.refuse("slug", Wrong::Empty);
        } else if !is_slug(&slug) {
            checks.refuse("slug", Wrong::NotA("small letters, digits and single hyphens, at most 60"));
        }
        let emergency = checks.name("emergency", &self.emergency, LONGEST_EMERGENCY);
        checks.within("colour", self.colour.unwrap_or(0), 0, i64::from(COLOURS) - 1);
        checks.within("promise_minutes", self.promise.0, 1, LONGEST_PROMISE);
        if let Some(first) = &self.first {
            if !views::Words::STAFF.contains(&self.language.code()) {
                checks.refuse("language", Wrong::Unknown);
            }
            invite::check_who(checks, &first.email, &first.given_name, &first.family_name);
        }
        Self { name, slug, emergency, ..self.clone() }
    }
}

/// Founds an organisation and invites whoever comes first.
///
/// # Errors
/// [`Error::Invalid`] with every field that is wrong, a short name that is taken among them.
pub(crate) async fn found(
    app: &App,
    tx: &Tx<System>,
    kind: OrganisationKind,
    new: Founding,
    by: Option<PersonId>,
) -> Result<Organisation, Error> {
    let mut checks = Checks::default();
    let new = new.check(&mut checks);
    if organisations::by_slug(tx, &new.slug).await?.is_some() {
        checks.refuse("slug", Wrong::Taken);
    }
    checks.done()?;
    let organisation = Organisation {
        id: app.mint(),
        kind,
        name: new.name,
        slug: new.slug,
        zone: new.zone,
        calendar: new.calendar,
        language: new.language,
        colour: new.colour.unwrap_or(0),
        promise: new.promise,
    };
    match organisations::add(tx, &organisation, &new.emergency).await {
        // Somebody else took it a moment ago.
        Err(error) if StoreError::is_conflict(&error) => {
            return Err(Error::Invalid(vec![Fault::new("slug", Wrong::Taken)]));
        }
        other => other?,
    }
    audit::add(tx, entry(&organisation, by)).await?;
    if let Some(first) = new.first {
        let newcomer = newcomer(first, &organisation, time::day(tx.now(), organisation.zone));
        invite::invite_first(app, tx, &organisation, by, newcomer).await?;
    }
    Ok(organisation)
}

/// The role without which nobody decides in an organisation.
fn head(kind: OrganisationKind) -> Role {
    match kind {
        OrganisationKind::Board => Role::Planner,
        OrganisationKind::Office => Role::Manager,
    }
}

/// Whether somebody decides in an organisation.
pub(crate) async fn is_headed(tx: &Tx<System>, organisation: &Organisation) -> Result<bool, Error> {
    let held = roles::in_organisation(tx, organisation.id).await?;
    Ok(held.iter().any(|held| held.role == head(organisation.kind)))
}

/// Whether whoever has this address can still follow an invitation to head it.
pub(crate) async fn awaits(tx: &Tx<System>, organisation: &Organisation, email: &str) -> Result<bool, Error> {
    let (email, now) = (people::small(email), tx.now());
    let open = to_head(tx, organisation).await?;
    Ok(open.iter().any(|invitation| invitation.email == email && invitation.is_good_at(now)))
}

async fn to_head(tx: &Tx<System>, organisation: &Organisation) -> Result<Vec<Invitation>, Error> {
    let mut open = invitations::open_of(tx, organisation.id).await?;
    open.retain(|invitation| invitation.roles.contains(&head(organisation.kind)));
    Ok(open)
}

/// Invites whoever comes first to an organisation in which nobody decides yet. The newest letter counts:
/// what was sent before, perhaps to a wrong address, leads nowhere.
///
/// # Errors
/// [`Refusal::InvitationIsSpent`] if somebody came already; [`Error::Invalid`] with every field that is
/// wrong.
pub(crate) async fn invite_head(
    app: &App,
    tx: &Tx<System>,
    organisation: &Organisation,
    first: First,
    by: Option<PersonId>,
) -> Result<(), Error> {
    if is_headed(tx, organisation).await? {
        return Err(Refusal::InvitationIsSpent.into());
    }
    for old in to_head(tx, organisation).await? {
        invitations::withdraw(tx, old.id).await?;
    }
    let newcomer = newcomer(first, organisation, time::day(tx.now(), organisation.zone));
    invite::invite_first(app, tx, organisation, by, newcomer).await.map(drop)
}

fn newcomer(first: First, organisation: &Organisation, from: chrono::NaiveDate) -> Newcomer {
    Newcomer {
        email: first.email,
        given_name: first.given_name,
        family_name: first.family_name,
        language: organisation.language,
        roles: vec![head(organisation.kind)],
        law: usual_law(organisation.calendar),
        weekly: Minutes::hours(35),
        from,
    }
}

/// The law most people work under where these holidays are kept; an invitation may say another.
pub fn usual_law(calendar: Calendar) -> Law {
    match calendar {
        Calendar::Quebec | Calendar::QuebecEasterMonday => Law::Quebec,
        Calendar::AlsaceMoselle | Calendar::AlsaceMoselleGoodFriday => Law::AlsaceMoselle,
        Calendar::Belgium => Law::Belgium,
        one if one.is_swiss() => Law::Switzerland,
        Calendar::Luxembourg => Law::EuropeanUnion,
        _ => Law::FrancePrivate,
    }
}

fn is_slug(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= LONGEST_SLUG && text.split('-').all(plain)
}

fn entry(organisation: &Organisation, by: Option<PersonId>) -> audit::Entry {
    audit::Entry {
        organisation: Some(organisation.id),
        person: by,
        verb: match organisation.kind {
            OrganisationKind::Board => "add_board",
            OrganisationKind::Office => "add_office",
        },
        object_kind: "organisation",
        object: Some(organisation.id.0),
        ..audit::Entry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_fits_into_a_link() {
        for right in ["riquewihr", "vieux-port", "a1-2"] {
            assert!(is_slug(right), "{right}");
        }
        for wrong in ["", "-a", "a-", "a--b", "Vieux", "é", "a b", "a/b"] {
            assert!(!is_slug(wrong), "{wrong}");
        }
    }

    #[test]
    fn everything_wrong_with_a_new_organisation_is_said_at_once() {
        let first =
            First { given_name: String::new(), family_name: "Perrin".to_owned(), email: "maud".to_owned() };
        let spelled = Spelled {
            name: " ".to_owned(),
            slug: "Lacs".to_owned(),
            zone: "Europe/Atlantis".to_owned(),
            calendar: "france".to_owned(),
            language: "fr".to_owned(),
            emergency: "112".to_owned(),
            first,
        };
        let Err(Error::Invalid(faults)) = spelled.read() else { panic!("five things are wrong") };
        let named: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
        assert_eq!(named, ["zone", "name", "slug", "email", "given_name"]);
    }
}
