//! Shares as a table for a spreadsheet: a line an office, every key beside the others.

use domain::{Cents, Language, PoolId, ShareKey, ShareLine};

use super::{Asked, page};
use crate::{
    App, Caller, Error, Keeper,
    exchange::{File, export::spreadsheet},
    rota::statements::files::amount,
};

/// The file of one of the keeper's pools, as far as the keeper sees it.
///
/// # Errors
/// As [`super::of_pool`].
pub async fn file(
    app: &App,
    keeper: &Caller<Keeper>,
    pool: Option<PoolId>,
    asked: Asked,
    language: Language,
) -> Result<File, Error> {
    let french = language == Language::FR;
    let told = page::told(app, keeper, pool, asked).await?;
    let name = |line: &ShareLine| {
        told.offices.get(&line.office).map(|office| office.name.clone()).unwrap_or_default()
    };
    let lines: Vec<Vec<String>> =
        told.sharing.lines.iter().map(|line| cells(name(line), line, french)).collect();
    let (from, until) = (told.sharing.from, told.sharing.until);
    Ok(File {
        name: format!("shares-{from}-{until}-{}.csv", told.sharing.key.word()),
        media_type: "text/csv; charset=utf-8",
        text: spreadsheet(&header(french), &lines, french),
    })
}

/// The names of its columns: English, or French.
fn header(french: bool) -> Vec<String> {
    let key = |key: ShareKey| match key {
        ShareKey::Equal => ("share_equal", "part_égale"),
        ShareKey::Population => ("share_population", "part_population"),
        ShareKey::OvernightStays => ("share_overnight_stays", "part_nuitées"),
        ShareKey::Usage => ("share_usage", "part_usage"),
        ShareKey::TwoPart => ("share_two_part", "part_binôme"),
        ShareKey::Need => ("share_need", "part_besoin"),
    };
    let before = [
        ("office", "office"),
        ("days", "jours"),
        ("population", "population"),
        ("overnight_stays", "nuitées"),
        ("visitors", "visiteurs"),
        ("watched_half_hours", "demi_heures_veillées"),
        ("duties", "gardes"),
        ("price", "prix"),
    ];
    let after = [
        ("balance", "solde"),
        ("minutes_given", "minutes_données"),
        ("minutes_due", "minutes_dues"),
        ("minutes_balance", "solde_minutes"),
        ("minutes_worth", "valeur_minutes"),
    ];
    let all = before.into_iter().chain(ShareKey::ALL.map(key)).chain(after);
    all.map(|(english, own)| if french { own } else { english }.to_owned()).collect()
}

fn cells(name: String, line: &ShareLine, french: bool) -> Vec<String> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let money = |cents: Option<Cents>| cents.map(|cents| amount(cents, french)).unwrap_or_default();
    let mut cells = vec![
        name,
        line.days.to_string(),
        number(line.figures.population),
        number(line.figures.overnight_stays),
        line.visitors.to_string(),
        line.watched.to_string(),
        money(line.duties),
        money(Some(line.charged)),
    ];
    cells.extend(line.shares.iter().copied().map(money));
    cells.push(money(line.balance));
    cells.extend([line.bank.given, line.bank.due, line.bank.balance].map(|minutes| minutes.to_string()));
    cells.push(money(Some(line.bank.worth)));
    cells
}
