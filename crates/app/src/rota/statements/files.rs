//! Files of a month for an employer: pay elements, and the register of working time with its chain.

use domain::{Cents, Minutes, Month, PersonId};

use super::{Checked, OnePerson, Statements, chain, of_staff};
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
    let statements = of_staff(app, keeper, month).await?;
    let header = kind.header(french);
    let lines = match kind {
        Kind::Pay => statements.people.iter().flat_map(|one| pay(month, one, french)).collect(),
        Kind::Register => chain::chained(&app.secrets, header.len() - 1, register(&statements)),
    };
    Ok(File {
        name: format!("{}-{}-{month}.csv", statements.organisation.slug, kind.word()),
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

/// A line for each day, and one for each civil week after its last day, person after person.
fn register(statements: &Statements) -> Vec<Vec<String>> {
    statements.people.iter().flat_map(register_of).collect()
}

fn register_of(one: &OnePerson) -> Vec<Vec<String>> {
    let line = |word: &str, date: String, minutes: [String; 3]| {
        let mut line = vec![word.to_owned(), date];
        line.extend(who(one.person.id, one));
        line.extend(minutes);
        line
    };
    let mut lines = Vec::new();
    for week in &one.weeks {
        let days = one.days.iter().filter(|day| domain::time::monday_of(day.day) == week.monday);
        lines.extend(days.map(|day| {
            line(
                "day",
                day.day.to_string(),
                [day.office, day.duty, day.total].map(|length| length.0.to_string()),
            )
        }));
        lines.push(line(
            "week",
            week.monday.to_string(),
            [String::new(), String::new(), week.total.0.to_string()],
        ));
    }
    lines
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
