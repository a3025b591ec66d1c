//! A file that shows when it was changed: each line ends with a keyed hash of itself and of the line
//! before, and the last line says how many there are. Only this house can make such a line.

use csv::ReaderBuilder;

use crate::{
    exchange::formula,
    secrets::{Purpose, Secrets},
};

/// What the last line begins with.
const END: &str = "end";

/// What came of looking at a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Every line is as it was written, and none is missing.
    Whole {
        /// How many lines there are, header and end left out.
        lines: usize,
    },
    /// The first line that is not as it was written, or is missing; the header is line 1.
    Broken {
        /// Which.
        line: usize,
    },
}

/// `lines`, each of `width` cells, with their hashes, and the line that ends them.
pub(super) fn chained(secrets: &Secrets, width: usize, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut end = vec![END.to_owned(), lines.len().to_string()];
    end.resize(width, String::new());
    let mut before = String::new();
    let link = |mut line: Vec<String>| {
        before = hash(secrets, &before, &line);
        line.push(before.clone());
        line
    };
    lines.into_iter().chain([end]).map(link).collect()
}

/// Looks whether a file is as it was written, whatever program saved it again: quotes, delimiters and
/// the mark at its start may differ, cells may not.
pub(super) fn check(secrets: &Secrets, text: &str) -> Checked {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let mut before = String::new();
    let mut count = 0;
    for (at, record) in reader.records().enumerate() {
        let broken = Checked::Broken { line: at + 2 };
        let Ok(record) = record else { return broken };
        let mut cells: Vec<String> = record.iter().map(|cell| formula::restored(cell).to_owned()).collect();
        let Some(said) = cells.pop() else { return broken };
        before = hash(secrets, &before, &cells);
        if said != before {
            return broken;
        }
        if cells.first().is_some_and(|cell| cell == END) {
            return Checked::Whole { lines: count };
        }
        count += 1;
    }
    Checked::Broken { line: count + 2 }
}

fn hash(secrets: &Secrets, before: &str, cells: &[String]) -> String {
    // JSON keeps where a cell ends, so that no letter can move into its neighbour.
    let line = serde_json::json!([before, cells]);
    secrets.hash(Purpose::Register, &line.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{exchange::export::spreadsheet, secrets};

    fn ours() -> Secrets {
        Secrets::from_key(&"7".repeat(64)).unwrap()
    }

    fn file(lines: &[[&str; 3]], french: bool) -> String {
        let lines = lines.iter().map(|line| line.map(str::to_owned).to_vec()).collect();
        let header = ["day", "person", "minutes", "hash"].map(str::to_owned);
        spreadsheet(&header, &chained(&ours(), 3, lines), french)
    }

    const WEEK: [[&str; 3]; 3] =
        [["2026-07-06", "Ana; \"Nan\"", "420"], ["2026-07-07", "-Ana", "0"], ["2026-07-08", "Ana", "660"]];

    #[test]
    fn a_file_is_whole_as_it_was_written_in_either_language() {
        for french in [true, false] {
            assert_eq!(check(&ours(), &file(&WEEK, french)), Checked::Whole { lines: 3 });
        }
        assert_eq!(check(&ours(), &file(&[], true)), Checked::Whole { lines: 0 });
    }

    #[test]
    fn the_first_line_that_was_changed_is_found() {
        let changed = file(&WEEK, false).replace(",660,", ",600,");
        assert_eq!(check(&ours(), &changed), Checked::Broken { line: 4 });
        let lines: Vec<String> = file(&WEEK, false).lines().map(|line| format!("{line}\r\n")).collect();
        let without = |gone: usize| -> String {
            lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| line.as_str()).collect()
        };
        assert_eq!(check(&ours(), &without(2)), Checked::Broken { line: 3 }, "a line is missing");
        assert_eq!(check(&ours(), &without(4)), Checked::Broken { line: 5 }, "the end is missing");
    }

    #[test]
    fn a_line_of_another_house_is_no_line_of_ours() {
        let other = Secrets::from_key(&secrets::random_key()).unwrap();
        assert_eq!(check(&other, &file(&WEEK, false)), Checked::Broken { line: 2 });
    }

    proptest! {
        #[test]
        fn whatever_cell_is_changed_its_line_is_found(line in 0..3_usize, cell in 0..3_usize, to in "[a-z0-9]{1,8}") {
            let mut week = WEEK.map(|line| line.map(str::to_owned).to_vec());
            prop_assume!(week[line][cell] != to);
            let mut lines = chained(&ours(), 3, week.to_vec());
            lines[line][cell] = to.clone();
            week[line][cell] = to;
            let header = ["day", "person", "minutes", "hash"].map(str::to_owned);
            let changed = spreadsheet(&header, &lines, false);
            prop_assert_eq!(check(&ours(), &changed), Checked::Broken { line: line + 2 });
        }
    }
}
