//! A file's bytes as a table: letters, delimiter, header, lines. What they mean is not known here.
//!
//! Tables come from spreadsheets: with or without a byte order mark, cells apart by comma, semicolon
//! or tab, headers in either language. The line of every row is kept, to name it when it is wrong.

use std::collections::BTreeMap;

use domain::exchange::{Column, Fault, FileKind, Wrong};

use super::formula;

/// The most lines a file may hold below its header.
pub const MOST_ROWS: u32 = 10_000;

/// A file as rows of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// What the file calls its columns.
    pub names: BTreeMap<Column, String>,
    /// Its rows that are not empty.
    pub rows: Vec<Row>,
    /// What keeps lines from being rows: the others are looked at all the same.
    pub faults: Vec<Fault>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line it begins on, counted from 1.
    pub line: u32,
    /// Its cells that are not empty, without spaces around them.
    pub cells: BTreeMap<Column, String>,
}

impl Row {
    /// A cell's text; nothing where it is empty.
    pub(super) fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

/// The table in `bytes`, or everything that keeps all of it from being read.
pub(super) fn read(kind: FileKind, bytes: &[u8]) -> Result<Table, Vec<Fault>> {
    let text = letters(bytes).map_err(|fault| vec![fault])?;
    if text.trim_start().starts_with("BEGIN:VCALENDAR") {
        return Err(vec![whole_line(0, Wrong::IsACalendar)]);
    }
    let delimiter = delimiter(text);
    if let Some(line) = open_quote(text, delimiter) {
        return Err(vec![whole_line(line, Wrong::NotATable)]);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else { return Err(vec![whole_line(0, Wrong::Empty)]) };
    let columns = columns(kind, &header)?;
    let mut table = Table::default();
    for (named, column) in header.iter().zip(&columns) {
        table.names.extend(column.map(|column| (column, named.trim().to_owned())));
    }
    let mut lines = Lines { text: text.as_bytes(), counted: 0, ends: 0 };
    for record in records {
        let Ok(record) = record else { return Err(vec![whole_line(0, Wrong::NotATable)]) };
        match row(&record, &columns, lines.of(&record)) {
            Ok(row) => table.rows.extend(row),
            Err(fault) => table.faults.push(fault),
        }
        if table.rows.len() > MOST_ROWS as usize {
            return Err(vec![whole_line(0, Wrong::TooManyRows(MOST_ROWS))]);
        }
    }
    if table.rows.is_empty() && table.faults.is_empty() {
        return Err(vec![whole_line(0, Wrong::Empty)]);
    }
    Ok(table)
}

/// A fault of a whole line; of the whole file if that is line 0.
pub(super) fn whole_line(line: u32, wrong: Wrong) -> Fault {
    Fault { line, column: String::new(), wrong }
}

/// Bytes as letters, without the mark some programs put first.
pub(super) fn letters(bytes: &[u8]) -> Result<&str, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            Err(whole_line(line_number(before.iter().filter(|byte| **byte == b'\n').count()), Wrong::NotUtf8))
        }
    }
}

/// The line after so many line ends.
fn line_number(ends: usize) -> u32 {
    u32::try_from(ends + 1).unwrap_or(u32::MAX)
}

/// Tells on which lines records begin, one after the other.
struct Lines<'t> {
    text: &'t [u8],
    counted: usize,
    ends: usize,
}

impl Lines<'_> {
    /// A record's place in the text is where the one before it ended: line ends and empty lines come
    /// first.
    fn of(&mut self, record: &csv::StringRecord) -> u32 {
        let after = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let rest = self.text.get(after..).unwrap_or_default();
        let begins = after + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let between = self.text.get(self.counted..begins).unwrap_or_default();
        self.ends += between.iter().filter(|byte| **byte == b'\n').count();
        self.counted = self.counted.max(begins);
        line_number(self.ends)
    }
}

/// What stands between cells: whichever of the three the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    // The last of equals wins, so the comma stands last.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The line on which a quoted cell begins that nothing closes.
fn open_quote(text: &str, delimiter: u8) -> Option<u32> {
    let mut lines = 0;
    let mut opened: Option<usize> = None;
    let mut begins = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        lines += usize::from(byte == b'\n');
        match (opened, byte) {
            (Some(_), b'"') if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (Some(_), b'"') => opened = None,
            (Some(_), _) => {}
            (None, b'"') if begins => opened = Some(lines),
            (None, _) => {}
        }
        begins = opened.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r');
    }
    opened.map(line_number)
}

/// Which column each cell of the header names; everything wrong with the header at once.
fn columns(kind: FileKind, header: &csv::StringRecord) -> Result<Vec<Option<Column>>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut found: Vec<Option<Column>> = Vec::new();
    for name in header {
        let name = name.trim();
        let column = Column::from_header(name).filter(|column| kind.columns().contains(column));
        let wrong = match column {
            None if name.is_empty() => None,
            None => Some(Wrong::ColumnUnknown),
            Some(_) if found.contains(&column) => Some(Wrong::ColumnTwice),
            Some(_) => None,
        };
        faults.extend(wrong.map(|wrong| Fault { line: 1, column: shortened(name), wrong }));
        found.push(column);
    }
    let english = header.iter().any(|name| {
        Column::from_header(name).is_some_and(|column| {
            let (english, french) = column.names();
            english != french && domain::exchange::plain(english) == domain::exchange::plain(name)
        })
    });
    for required in kind.required().iter().filter(|column| !found.contains(&Some(**column))) {
        let (in_english, in_french) = required.names();
        let column = if english { in_english } else { in_french };
        faults.push(Fault { line: 1, column: column.to_owned(), wrong: Wrong::ColumnMissing });
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// A header that is no name at all is not told in full length.
fn shortened(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

/// A record's cells; nothing if all are empty.
fn row(record: &csv::StringRecord, columns: &[Option<Column>], line: u32) -> Result<Option<Row>, Fault> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    if record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        return Err(whole_line(line, Wrong::CellsTooMany));
    }
    let filled = columns.iter().zip(record).filter_map(|(column, cell)| {
        let cell = formula::restored(cell.trim());
        column.filter(|_| !cell.is_empty()).map(|column| (column, cell.to_owned()))
    });
    Ok(Some(Row { line, cells: filled.collect() }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = read(FileKind::Absences, text.as_bytes()).unwrap();
        table.rows.into_iter().map(|row| (row.line, row.cells.into_values().collect())).collect()
    }

    #[test]
    fn a_table_is_read_whatever_stands_between_its_cells() {
        for between in [",", ";", "\t"] {
            let lines = [
                "\u{feff}courriel;du;au;motif",
                "",
                "ana@a.fr;2026-07-01;2026-07-02;\"sick\nnote\"",
                "bo@a.fr;2026-07-03;2026-07-04",
            ];
            let text = lines.join("\r\n").replace(';', between);
            let read = cells(&text);
            assert_eq!(
                read[0],
                (3, vec!["ana@a.fr".into(), "2026-07-01".into(), "2026-07-02".into(), "sick\nnote".into()])
            );
            assert_eq!(read[1].0, 5, "a cell of two lines is counted as two");
        }
    }

    #[test]
    fn everything_wrong_with_a_header_is_named_at_once() {
        let faults = read(FileKind::Absences, b"email,from,from,shoe size\nx").unwrap_err();
        let named: Vec<_> = faults.iter().map(|fault| (fault.column.as_str(), fault.wrong)).collect();
        assert_eq!(
            named,
            [
                ("from", Wrong::ColumnTwice),
                ("shoe size", Wrong::ColumnUnknown),
                ("until", Wrong::ColumnMissing)
            ]
        );
    }

    #[test]
    fn letters_that_are_not_utf8_and_quotes_that_stay_open_are_named_by_line() {
        let latin =
            read(FileKind::Absences, b"email,from,until\nana@a.fr,1,2\nren\xe9@a.fr,1,2").unwrap_err();
        assert_eq!(latin, [whole_line(3, Wrong::NotUtf8)]);
        let open = read(FileKind::Absences, b"email,from,until\nana@a.fr,\"1,2\nbo@a.fr,1,2").unwrap_err();
        assert_eq!(open, [whole_line(2, Wrong::NotATable)]);
        assert_eq!(read(FileKind::Absences, b"").unwrap_err(), [whole_line(0, Wrong::Empty)]);
        assert_eq!(
            read(FileKind::Absences, b"email,from,until\n,,\n").unwrap_err(),
            [whole_line(0, Wrong::Empty)]
        );
    }

    #[test]
    fn a_line_with_more_cells_than_columns_is_wrong_and_one_with_fewer_is_not() {
        let table = read(FileKind::Absences, b"email,from,until,reason\na,b,c,d,e\na,b,c").unwrap();
        assert_eq!(table.faults, [whole_line(2, Wrong::CellsTooMany)]);
        assert_eq!(table.rows.len(), 1);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0usize..5) {
            let _ = read(FileKind::ALL[kind], &bytes);
            let mut with_header = b"email;from;until;reason\n".to_vec();
            with_header.extend(bytes);
            let _ = read(FileKind::Absences, &with_header);
        }
    }
}
