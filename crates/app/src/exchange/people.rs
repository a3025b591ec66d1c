//! People with their employments: one line an employment, known by address and first day.
//!
//! A new address becomes a person. Somebody whom the house knows from elsewhere is not touched: an address
//! in a file proves nothing, so they are invited, and work here once they accept. Which addresses the house
//! knows is nobody's business: both count as added. Roles are given, never taken away.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::{
    Employment, Language, Law, Minutes, Organisation, OrganisationId, OrganisationKind, Person, PersonId,
    Role, Skills, Spoken,
    exchange::{Column, Words, Wrong, plain},
    time,
};
use storage::{
    Tx, employments, invitations,
    people::{self, Account},
    roles::{self, Held},
    scope::{Home, System},
};

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed},
    skills::{self, Offices},
    table::{Row, Table},
};
use crate::{
    App, Error,
    account::{
        employments::{belongs, can_be_born},
        invite::{MOST_BY_FILE, Newcomer},
    },
};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    email: String,
    given_name: String,
    family_name: String,
    languages: Vec<Language>,
    /// Of the levels of these languages, and the channels; nothing else.
    skills: Skills,
    /// As they stand there; which offices are meant is known later.
    destinations: Vec<String>,
    roles: Vec<Role>,
    from: NaiveDate,
    until: Option<NaiveDate>,
    law: Law,
    weekly: Minutes,
    born: Option<NaiveDate>,
}

/// The lines that can be read, of an organisation of that kind.
pub(super) fn read(table: &Table, kind: OrganisationKind, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, kind, cells).ok()).collect()
}

fn read_row(row: &Row, kind: OrganisationKind, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let email = cells.must(row, Column::Email, cells::email);
    let given_name = cells.must(row, Column::GivenName, cells::line(80));
    let family_name = cells.must(row, Column::FamilyName, cells::line(80));
    let languages = cells.may(row, Column::Languages, cells::languages);
    let roles = cells.may(row, Column::Roles, |cell| read_roles(cell, kind));
    let period = cells.period(row);
    let law = cells.must(row, Column::Law, read_law);
    let weekly = cells.must(row, Column::WeeklyHours, cells::hours(60));
    let born = cells.may(row, Column::Born, cells::date);
    let destinations = cells.may(row, Column::Destinations, |cell| Ok(skills::listed(cell)));
    let channels = cells.may(row, Column::Channels, cells::channels);
    let (from, until) = period?;
    let born = born?;
    if born.is_some_and(|born| !can_be_born(born, from)) {
        return Err(cells.fault(row.line, Column::Born, Wrong::NotABirthday));
    }
    let (languages, levels) = languages?.unwrap_or_default();
    Ok(Wanted {
        line: row.line,
        email: email?,
        given_name: given_name?,
        family_name: family_name?,
        languages,
        skills: Skills { channels: channels?.unwrap_or_default(), ..levels },
        destinations: destinations?.unwrap_or_default(),
        roles: roles?.unwrap_or_default(),
        from,
        until,
        law: law?,
        weekly: weekly?,
        born,
    })
}

/// Roles by their word or their French function. Only a board has planners.
fn read_roles(cell: &str, kind: OrganisationKind) -> Result<Vec<Role>, Wrong> {
    let role = |word: &str| match plain(word).as_str() {
        "planner" | "planification" if kind == OrganisationKind::Board => Ok(Role::Planner),
        "advisor" | "accueil" => Ok(Role::Advisor),
        "manager" | "direction" => Ok(Role::Manager),
        _ => Err(Wrong::NotAWord(Words::Roles)),
    };
    cells::listed(cell).map(role).collect()
}

/// A law by its word, whatever stands between its parts.
fn read_law(cell: &str) -> Result<Law, Wrong> {
    let word = plain(cell).replace(' ', "_");
    Law::from_word(&word).ok_or(Wrong::NotAWord(Words::Laws))
}

/// Puts the lines beside what is there; says who has to be asked.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<System>,
    home: &Organisation,
    wanted: Vec<Wanted>,
    cells: &mut Cells,
) -> Result<(Tally, Vec<Newcomer>), Error> {
    let mut known = Known::load(tx, home, &wanted).await?;
    let (mut tally, mut asked) = (Tally::default(), Vec::new());
    let mut seen: HashMap<(String, NaiveDate), u32> = HashMap::new();
    let mut first: HashMap<String, Wanted> = HashMap::new();
    for one in wanted {
        if let Some(line) = seen.insert((one.email.clone(), one.from), one.line) {
            cells.fault(one.line, Column::From, Wrong::Twice(line));
            continue;
        }
        let begun = first.entry(one.email.clone()).or_insert_with(|| one.clone());
        if let Some(column) = contradicted(begun, &one) {
            cells.fault(one.line, column, Wrong::Contradicts(begun.line));
            continue;
        }
        if let Err(wrong) = known.offices.read(&one.destinations) {
            cells.fault(one.line, Column::Destinations, wrong);
            continue;
        }
        if !known.may_touch(&one) {
            let line = one.line;
            tally.count(known.ask(one, &mut asked));
            if asked.len() > MOST_BY_FILE as usize {
                cells.fault(line, Column::Email, Wrong::TooManyInvited(MOST_BY_FILE));
                break;
            }
            continue;
        }
        if known.overlap(&one) {
            cells.fault(one.line, Column::From, Wrong::Overlaps);
            continue;
        }
        tally.count(known.settle(app, tx, &one).await?);
    }
    Ok((tally, asked))
}

/// The column in which two lines say something else of one person.
fn contradicted(first: &Wanted, other: &Wanted) -> Option<Column> {
    if first.given_name != other.given_name {
        Some(Column::GivenName)
    } else if first.family_name != other.family_name {
        Some(Column::FamilyName)
    } else if (&first.languages, &first.skills.levels) != (&other.languages, &other.skills.levels) {
        Some(Column::Languages)
    } else if first.destinations != other.destinations {
        Some(Column::Destinations)
    } else {
        (first.skills.channels != other.skills.channels).then_some(Column::Channels)
    }
}

/// What the house knows of the addresses in the file.
struct Known {
    organisation: OrganisationId,
    is_office: bool,
    language: Language,
    today: NaiveDate,
    offices: Offices,
    accounts: HashMap<String, Account>,
    employments: BTreeMap<PersonId, Vec<Employment>>,
    roles: BTreeMap<PersonId, Vec<Held>>,
    /// Addresses to which an invitation of this organisation went that is still good.
    invited: BTreeSet<String>,
}

impl Known {
    async fn load(tx: &Tx<System>, home: &Organisation, wanted: &[Wanted]) -> Result<Self, Error> {
        let emails: Vec<String> = wanted.iter().map(|one| one.email.clone()).collect();
        let accounts = people::by_emails(tx, &emails).await?;
        let ids: Vec<PersonId> = accounts.iter().map(|account| account.person.id).collect();
        let mut known = Self {
            organisation: home.id,
            is_office: home.kind == OrganisationKind::Office,
            language: home.language,
            today: time::day(tx.now(), home.zone),
            offices: Offices::around(tx, home.id).await?,
            accounts: accounts.into_iter().map(|account| (account.email.clone(), account)).collect(),
            employments: BTreeMap::new(),
            roles: BTreeMap::new(),
            invited: BTreeSet::new(),
        };
        let open = invitations::open_of(tx, home.id).await?.into_iter();
        known.invited = open.filter(|one| one.is_good_at(tx.now())).map(|one| one.email).collect();
        for employment in employments::of_people(tx, &ids).await? {
            known.employments.entry(employment.person).or_default().push(employment);
        }
        for id in ids {
            known.roles.insert(id, roles::of_person(tx, id).await?);
        }
        Ok(known)
    }

    /// Those who work here, or worked here last, may be changed; strangers must be invited.
    fn may_touch(&self, one: &Wanted) -> bool {
        let Some(account) = self.accounts.get(&one.email) else { return true };
        let employments = self.employments.get(&account.person.id).map_or(&[][..], Vec::as_slice);
        belongs(employments, self.organisation, self.today)
    }

    /// Somebody known from elsewhere is to be asked, once; an employment that is over, or without a role,
    /// is not worth a letter, and counts all the same.
    fn ask(&mut self, one: Wanted, asked: &mut Vec<Newcomer>) -> Outcome {
        if self.invited.contains(&one.email) {
            return Outcome::Same;
        }
        let usual = if self.is_office { vec![Role::Advisor] } else { Vec::new() };
        let roles = if one.roles.is_empty() { usual } else { one.roles };
        let goes_on = one.until.is_none_or(|until| self.today <= until);
        if goes_on && !roles.is_empty() && !asked.iter().any(|other| other.email == one.email) {
            let Wanted { email, given_name, family_name, law, weekly, from, .. } = one;
            let language =
                one.languages.first().copied().filter(|one| views::Words::STAFF.contains(&one.code()));
            let language = language.unwrap_or(self.language);
            asked.push(Newcomer { email, given_name, family_name, language, roles, law, weekly, from });
        }
        Outcome::Added
    }

    fn overlap(&self, one: &Wanted) -> bool {
        let Some(account) = self.accounts.get(&one.email) else { return false };
        let others = self.employments.get(&account.person.id).map_or(&[][..], Vec::as_slice);
        let here = others.iter().filter(|other| other.organisation == self.organisation);
        here.filter(|other| other.from != one.from).any(|other| other.meets(one.from, one.until))
    }

    async fn settle(&mut self, app: &App, tx: &Tx<System>, one: &Wanted) -> Result<Outcome, Error> {
        let mut changes = false;
        let person = if let Some(account) = self.accounts.get_mut(&one.email) {
            changes |= rewrite(tx, &self.offices, &mut account.person, one).await?;
            account.person.id
        } else {
            let person = Person {
                id: app.mint(),
                given_name: one.given_name.clone(),
                family_name: one.family_name.clone(),
                languages: one.languages.clone(),
                skills: self.offices.merged(&Skills::default(), &one.skills, &one.destinations),
            };
            people::add(tx, &person, &one.email, one.languages.first().copied()).await?;
            let (id, email) = (person.id, one.email.clone());
            let account = Account { person, email, language: None, theme: None, operator: false };
            self.accounts.insert(account.email.clone(), account);
            id
        };
        changes |= self.grant(tx, person, &one.roles).await?;
        let employment = Employment {
            id: app.mint(),
            person,
            organisation: self.organisation,
            from: one.from,
            until: one.until,
            law: one.law,
            weekly: one.weekly,
            born: one.born,
        };
        let held = self.employments.entry(person).or_default();
        let same = |other: &&mut Employment| {
            other.organisation == employment.organisation && other.from == employment.from
        };
        let Some(there) = held.iter_mut().find(same) else {
            employments::add(tx, &employment).await?;
            held.push(employment);
            return Ok(Outcome::Added);
        };
        // No birth date in the file: no word about it.
        let employment = Employment { id: there.id, born: one.born.or(there.born), ..employment };
        if *there != employment {
            employments::change(tx, &employment).await?;
            *there = employment;
            changes = true;
        }
        Ok(Outcome::of_change(changes))
    }

    /// Gives the roles of the file; somebody new without any watches, where visitors write.
    async fn grant(&mut self, tx: &Tx<System>, person: PersonId, asked: &[Role]) -> Result<bool, Error> {
        let held = self.roles.entry(person).or_default();
        let here: Vec<Role> =
            held.iter().filter(|held| held.organisation == self.organisation).map(|held| held.role).collect();
        let usual = if here.is_empty() && self.is_office { &[Role::Advisor][..] } else { &[] };
        let mut changes = false;
        for role in if asked.is_empty() { usual } else { asked } {
            if !here.contains(role) {
                let new = Held { person, organisation: self.organisation, role: *role };
                changes |= roles::grant(tx, new).await?;
                held.push(new);
            }
        }
        Ok(changes)
    }
}

/// Takes over names and skills; says whether anything changed. No languages in the file: no word
/// about them, and so with destinations and channels.
async fn rewrite(
    tx: &Tx<System>,
    offices: &Offices,
    person: &mut Person,
    one: &Wanted,
) -> Result<bool, Error> {
    let silent = one.languages.is_empty();
    let languages = if silent { &person.languages } else { &one.languages };
    let levels = if silent { &person.skills.levels } else { &one.skills.levels };
    let said = Skills { levels: levels.clone(), ..one.skills.clone() };
    let wanted = Person {
        id: person.id,
        given_name: one.given_name.clone(),
        family_name: one.family_name.clone(),
        languages: languages.clone(),
        skills: offices.merged(&person.skills, &said, &one.destinations),
    };
    if wanted == *person {
        return Ok(false);
    }
    people::rewrite(tx, &wanted).await?;
    *person = wanted;
    Ok(true)
}

/// Everybody who works or worked for the organisation, by name: a line an employment. Who that is, the
/// organisation's own eyes say; only names and addresses of those are read beyond them, for who left is out
/// of its sight.
pub(super) async fn lines(
    app: &App,
    organisation: OrganisationId,
    french: bool,
) -> Result<Vec<Vec<String>>, Error> {
    let tx = app.read(Home(organisation)).await?;
    let employments = employments::of_organisations(&tx, &[organisation]).await?;
    let held = roles::in_organisation(&tx, organisation).await?;
    drop(tx);
    let ids: Vec<PersonId> = employments.iter().map(|employment| employment.person).collect();
    let tx = app.read(System).await?;
    let offices = Offices::around(&tx, organisation).await?;
    let accounts = people::accounts(&tx, &ids).await?.into_iter();
    let accounts: HashMap<PersonId, Account> = accounts.map(|account| (account.person.id, account)).collect();
    let mut lines = Vec::new();
    for employment in employments {
        let Some(account) = accounts.get(&employment.person) else { continue };
        let roles = held.iter().filter(|held| held.person == employment.person).map(|held| held.role);
        lines.push(line(account, roles.collect(), &employment, &offices, french));
    }
    lines.sort();
    Ok(lines)
}

fn line(
    account: &Account,
    mut roles: Vec<Role>,
    employment: &Employment,
    offices: &Offices,
    french: bool,
) -> Vec<String> {
    roles.sort();
    let Person { languages, skills, .. } = &account.person;
    let languages: Vec<String> = skills.spoken(languages).iter().map(Spoken::to_string).collect();
    let channels: Vec<&str> = skills.channels.iter().map(|channel| channel.word()).collect();
    let roles: Vec<&str> = roles.into_iter().map(|role| written(role, french)).collect();
    vec![
        account.email.clone(),
        account.person.given_name.clone(),
        account.person.family_name.clone(),
        languages.join(" "),
        roles.join(" "),
        employment.from.to_string(),
        employment.until.map(|until| until.to_string()).unwrap_or_default(),
        employment.law.word().to_owned(),
        hours_written(employment.weekly),
        employment.born.map(|born| born.to_string()).unwrap_or_default(),
        offices.written(skills),
        channels.join(" "),
    ]
}

fn written(role: Role, french: bool) -> &'static str {
    match role {
        _ if !french => role.word(),
        Role::Planner => "planification",
        Role::Advisor => "accueil",
        Role::Manager => "direction",
    }
}

/// 35, or 17:30.
fn hours_written(length: Minutes) -> String {
    let (hours, minutes) = (length.0 / 60, length.0 % 60);
    if minutes == 0 { hours.to_string() } else { format!("{hours}:{minutes:02}") }
}

#[cfg(test)]
mod tests {
    use domain::{Level, exchange::FileKind};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::exchange::{export::csv, table};

    fn wanted(text: &str) -> (Vec<Wanted>, Vec<(u32, String, Wrong)>) {
        let table = table::read(FileKind::People, text.as_bytes()).unwrap();
        let mut cells = Cells::of(&table);
        let wanted = read(&table, OrganisationKind::Office, &mut cells);
        let faults = cells.faults().into_iter().map(|fault| (fault.line, fault.column, fault.wrong));
        (wanted, faults.collect())
    }

    #[test]
    fn everything_wrong_with_a_line_is_named_with_its_column() {
        let (read, faults) = wanted(
            "courriel;prénom;nom;rôles;du;au;droit;heures par semaine\n\
             ana@a.fr;Ana;;planification;14/07/2026;13/07/2026;napoleonic;400\n\
             bo@a.fr;Bo;Blanc;accueil;01/07/2026;;france-private;17h30",
        );
        assert_eq!((read.len(), read[0].weekly), (1, Minutes(17 * 60 + 30)));
        let named: Vec<_> =
            faults.iter().map(|(line, column, wrong)| (*line, column.as_str(), *wrong)).collect();
        assert_eq!(
            named,
            [
                (2, "nom", Wrong::Missing),
                (2, "rôles", Wrong::NotAWord(Words::Roles)),
                (2, "au", Wrong::EndsBeforeItStarts),
                (2, "droit", Wrong::NotAWord(Words::Laws)),
                (2, "heures par semaine", Wrong::NotALength),
            ]
        );
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_in_as_it_was(
            given in "[A-Za-zé='@+;,\"\n-]{0,11}x", languages in 1usize..3, level in 0usize..7, knows: bool, chats: bool, weekly in 0u32..=3_600,
            from in 0u64..9_000, lasts in proptest::option::of(0u64..900), law in 0usize..Law::ALL.len(), french: bool,
        ) {
            let given = given.replace('\n', " ");
            let from = NaiveDate::from_ymd_opt(2005, 1, 1).unwrap() + chrono::Days::new(from);
            let until = lasts.map(|days| from + chrono::Days::new(days));
            let born = lasts.map(|days| from - chrono::Days::new(5_000 + days));
            let person = Person {
                id: PersonId(Uuid::nil()),
                given_name: given.trim().to_owned(),
                family_name: "Roux".to_owned(),
                languages: [Language::FR, Language::EN][..languages].to_vec(),
                skills: Skills {
                    levels: Level::ALL.get(level).map(|level| (Language::FR, *level)).into_iter().collect(),
                    destinations: knows.then(|| OrganisationId(Uuid::max())).into_iter().collect(),
                    channels: chats.then_some(domain::ChannelKind::WebChat).into_iter().collect(),
                },
            };
            let offices = Offices::of([(OrganisationId(Uuid::max()), "val-rond", "Val Rond, le haut")]);
            let account = Account { person, email: "ana@a.fr".to_owned(), language: None, theme: None, operator: false };
            let employment = Employment {
                id: Uuid::nil().into(), person: account.person.id, organisation: Uuid::nil().into(),
                from, until, law: Law::ALL[law], weekly: Minutes(weekly), born,
            };
            let roles = vec![Role::Manager, Role::Advisor];
            let text = csv(FileKind::People, &[line(&account, roles, &employment, &offices, french)], french);
            let (read, faults) = wanted(&text);
            prop_assert_eq!(faults, []);
            let one = &read[0];
            prop_assert_eq!((&one.given_name, &one.languages), (&account.person.given_name, &account.person.languages));
            prop_assert_eq!((one.from, one.until, one.law, one.weekly), (from, until, Law::ALL[law], Minutes(weekly)));
            prop_assert_eq!(one.born, born);
            let merged = offices.merged(&Skills::default(), &one.skills, &one.destinations);
            prop_assert_eq!(&merged, &account.person.skills);
            prop_assert_eq!(&one.roles, &[Role::Advisor, Role::Manager]);
        }
    }
}
