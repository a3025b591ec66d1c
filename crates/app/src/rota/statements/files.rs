//! Files of a month for an employer: pay elements, and the register of working time with its chain.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, SecondsFormat};
use domain::{Cents, Minutes, Month, Person, PersonId};
use storage::{
    organisations, people,
    register::{Kind as Of, Line},
    scope,
};

use super::{Checked, OnePerson, chain, of_staff, register};
use crate::{
    App, Caller, Error, Keeper,
    exchange::{File, export::spreadsheet},
};

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a payroll program needs: a line a person and element.
    Pay,
    /// What each person worked: a line a day, and one a civil week.
    Register,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Pay, Self::Register];

    /// The word in addresses and in names of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Register => "register",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The names of its columns: English, or French.
    fn header(self, french: bool) -> Vec<String> {
        let names: &[(&str, &str)] = match self {
            Self::Pay => &[
                ("month", "mois"),
                ("person", "personne"),
                ("family_name", "nom"),
                ("given_name", "prénom"),
                ("element", "élément"),
                ("quantity", "quantité"),
                ("unit", "unité"),
            ],
            Self::Register => &[
                ("line", "ligne"),
                ("date", "date"),
                ("person", "personne"),
                ("family_name", "nom"),
                ("given_name", "prénom"),
                ("office_minutes", "minutes_bureau"),
                ("duty_minutes", "minutes_garde"),
                ("total_minutes", "minutes_total"),
                ("number", "numéro"),
                ("written_at", "écrit_le"),
                ("corrects", "corrige"),
                ("seal", "sceau"),
                ("hash", "empreinte"),
            ],
        };
        names.iter().map(|(english, own)| (if french { own } else { english }).to_string()).collect()
    }
}

/// A file of the keeper's organisation.
///
/// # Errors
/// If the database cannot be read.
pub async fn file(
    app: &App,
    keeper: &Caller<Keeper>,
    kind: Kind,
    month: Month,
    french: bool,
) -> Result<File, Error> {
    let header = kind.header(french);
    let lines = match kind {
        Kind::Pay => {
            let statements = of_staff(app, keeper, month).await?;
            statements.people.iter().flat_map(|one| pay(month, one, french)).collect()
        }
        Kind::Register => chain::chained(&app.secrets, header.len() - 1, sheet(app, keeper, month).await?),
    };
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    let home =
        organisations::get(&tx, keeper.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    Ok(File {
        name: format!("{}-{}-{month}.csv", home.slug, kind.word()),
        media_type: "text/csv; charset=utf-8",
        text: spreadsheet(&header, &lines, french),
    })
}

/// Looks whether a register is as this house wrote it.
pub fn check(app: &App, text: &str) -> Checked {
    chain::check(&app.secrets, text)
}

/// The elements of one person's pay; those that are nothing are left out.
fn pay(month: Month, one: &OnePerson, french: bool) -> Vec<Vec<String>> {
    let statement = &one.statement;
    let minutes = |Minutes(minutes): Minutes| (minutes > 0).then(|| minutes.to_string());
    let money = (statement.owed.money.0 != 0).then(|| amount(statement.owed.money, french));
    let unit = |english: &'static str, own: &'static str| if french { own } else { english };
    let elements = [
        (unit("standby", "astreinte"), minutes(statement.standby), "min"),
        (unit("work_on_duty", "travail_de_garde"), minutes(statement.work), "min"),
        (unit("compensation", "compensation"), money, unit("currency", "monnaie")),
        (unit("compensatory_rest", "repos_compensateur"), minutes(statement.owed.rest), "min"),
    ];
    let line = |(element, quantity, unit): (&str, Option<String>, &str)| {
        let mut line = vec![month.to_string()];
        line.extend(who(one.person.id, one));
        line.extend([element.to_owned(), quantity?, unit.to_owned()]);
        Some(line)
    };
    elements.into_iter().filter_map(line).collect()
}

/// The lines of the register of a month, person after person, each after those it corrects.
async fn sheet(app: &App, keeper: &Caller<Keeper>, month: Month) -> Result<Vec<Vec<String>>, Error> {
    let mut lines = register::of_month(app, keeper, month).await?;
    let ids: BTreeSet<PersonId> = lines.iter().map(|line| line.about.person).collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let tx = app.read(scope::System).await?;
    let people: BTreeMap<PersonId, Person> =
        people::named(&tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    drop(tx);
    let name = |person: PersonId| match people.get(&person) {
        Some(person) => [person.family_name.clone(), person.given_name.clone()],
        None => Default::default(),
    };
    lines.sort_by_cached_key(|line| {
        let last = match line.about.kind {
            Of::Day => line.about.day,
            Of::Week => line.about.day + Days::new(6),
        };
        (name(line.about.person), line.about.person, last, line.about.kind, line.number)
    });
    Ok(lines.iter().map(|line| cells(line, name(line.about.person))).collect())
}

fn cells(line: &Line, [family_name, given_name]: [String; 2]) -> Vec<String> {
    let Line { about, worked, .. } = line;
    let mut cells = vec![about.kind.word().to_owned(), about.day.to_string(), about.person.to_string()];
    cells.extend([family_name, given_name]);
    cells.extend([worked.office, worked.duty, worked.total].map(|minutes| minutes.0.to_string()));
    cells.push(line.number.to_string());
    cells.push(line.written_at.to_rfc3339_opts(SecondsFormat::Secs, true));
    cells.push(line.corrects.map(|number| number.to_string()).unwrap_or_default());
    cells.push(line.seal.clone());
    cells
}

fn who(id: PersonId, one: &OnePerson) -> [String; 3] {
    [id.to_string(), one.person.family_name.clone(), one.person.given_name.clone()]
}

/// An amount as a payroll program of the country reads it.
pub(crate) fn amount(cents: Cents, french: bool) -> String {
    let (below, whole, rest) = cents.parts();
    let (sign, point) = (if below { "-" } else { "" }, if french { ',' } else { '.' });
    format!("{sign}{whole}{point}{rest:02}")
}
