//! School holidays: a line a holiday, known by zone and first day. What a board brings in is its own list;
//! nothing comes from elsewhere.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    Organisation, SchoolHolidays,
    exchange::{Column, Wrong},
};
use storage::{Tx, school_holidays, scope::Home};
use uuid::Uuid;

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed},
    table::{Row, Table},
};
use crate::{App, Error};

/// The longest ones, in days: a summer.
const LONGEST: i64 = 120;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    is: SchoolHolidays,
}

/// The lines that can be read.
pub(super) fn read(table: &Table, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, cells).ok()).collect()
}

fn read_row(row: &Row, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let zone = cells.must(row, Column::Zone, cells::line(40));
    let name = cells.must(row, Column::Title, cells::line(80));
    let (from, until) = cells.period(row)?;
    let until = match until {
        Some(until) if (until - from).num_days() < LONGEST => until,
        Some(_) => return Err(cells.fault(row.line, Column::Until, Wrong::LastsTooLong(LONGEST as u32))),
        None => return Err(cells.fault(row.line, Column::Until, Wrong::Missing)),
    };
    Ok(Wanted { line: row.line, is: SchoolHolidays { zone: zone?, from, until, name: name? } })
}

/// Puts the lines beside what is there.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<Home>,
    home: &Organisation,
    wanted: Vec<Wanted>,
    cells: &mut Cells,
) -> Result<Tally, Error> {
    let kept = school_holidays::of_board(tx, home.id).await?.into_iter();
    let mut there: HashMap<(String, NaiveDate), (Uuid, SchoolHolidays)> =
        kept.map(|(id, one)| ((one.zone.clone(), one.from), (id, one))).collect();
    let mut seen: HashMap<(String, NaiveDate), u32> = HashMap::new();
    let mut tally = Tally::default();
    for Wanted { line, is } in wanted {
        let key = (is.zone.clone(), is.from);
        if let Some(line_before) = seen.insert(key.clone(), line) {
            cells.fault(line, Column::From, Wrong::Twice(line_before));
            continue;
        }
        let outcome = match there.remove(&key) {
            None => {
                school_holidays::add(tx, app.mint(), home.id, &is).await?;
                Outcome::Added
            }
            Some((_, before)) if before == is => Outcome::Same,
            Some((id, _)) => {
                school_holidays::change(tx, id, &is).await?;
                Outcome::Changed
            }
        };
        tally.count(outcome);
    }
    Ok(tally)
}

/// All that the board keeps, by zone and first day.
pub(super) async fn lines(tx: &Tx<Home>, home: &Organisation) -> Result<Vec<Vec<String>>, Error> {
    let all = school_holidays::of_board(tx, home.id).await?.into_iter();
    Ok(all.map(|(_, one)| line(&one)).collect())
}

fn line(one: &SchoolHolidays) -> Vec<String> {
    vec![one.zone.clone(), one.name.clone(), one.from.to_string(), one.until.to_string()]
}

#[cfg(test)]
mod tests {
    use domain::exchange::FileKind;
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::{export::csv, table};

    proptest! {
        #[test]
        fn what_goes_out_comes_in_as_it_was(zone in "[A-Z][a-z]{0,8}", name in "[A-Za-zé'=;,+-]{0,20}y", start in 0_u64..4_000, lasts in 0_u64..120, french: bool) {
            let from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(start);
            let one = SchoolHolidays { zone, from, until: from + chrono::Days::new(lasts), name };
            let text = csv(FileKind::SchoolHolidays, &[line(&one)], french);
            let table = table::read(FileKind::SchoolHolidays, text.as_bytes()).unwrap();
            let mut cells = Cells::of(&table);
            let read = read(&table, &mut cells);
            prop_assert_eq!(cells.faults(), []);
            prop_assert_eq!(&read[0].is, &one);
        }
    }
}
