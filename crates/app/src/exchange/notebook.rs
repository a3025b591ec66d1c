//! The facts of a notebook: a line a language. Lines with the same word under "fact" are one fact;
//! a fact is known by its own id, or else by the title it has in a language.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    Language, NoteId, Organisation, PersonId,
    exchange::{Column, Wrong},
    time,
};
use storage::{
    Tx,
    notes::{self, Note, Text},
    scope::Home,
};
use uuid::Uuid;

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed, unified},
    table::{Row, Table},
};
use crate::{App, Error, topics};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    fact: Option<String>,
    language: Language,
    title: String,
    text: String,
    team_only: Option<bool>,
    checked_on: Option<NaiveDate>,
}

/// The lines that can be read.
pub(super) fn read(table: &Table, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, cells).ok()).collect()
}

fn read_row(row: &Row, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let fact = cells.may(row, Column::Fact, cells::line(80));
    let language = cells.must(row, Column::Language, cells::language);
    let title = cells.must(row, Column::Title, cells::line(120));
    let text = cells.must(row, Column::Text, cells::text(2_000));
    let team_only = cells.may(row, Column::TeamOnly, cells::yes_or_no);
    let checked_on = cells.may(row, Column::CheckedOn, cells::date);
    Ok(Wanted {
        line: row.line,
        fact: fact?,
        language: language?,
        title: title?,
        text: text?,
        team_only: team_only?,
        checked_on: checked_on?,
    })
}

/// Puts the lines beside what is there.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<Home>,
    home: &Organisation,
    by: PersonId,
    wanted: Vec<Wanted>,
    cells: &mut Cells,
) -> Result<Tally, Error> {
    let mut there = notes::whole(tx, home.id).await?;
    let today = time::day(tx.now(), home.zone);
    let mut tally = Tally::default();
    for one in &wanted {
        if one.checked_on.is_some_and(|day| today < day) {
            cells.fault(one.line, Column::CheckedOn, Wrong::StillToCome);
        }
    }
    for lines in facts(wanted, cells) {
        let before = take_known(&mut there, &lines);
        let (note, outcomes) = settled(before.as_ref(), &lines, home, by, today);
        match before {
            None => {
                let note = Note { id: app.mint(), created_at: tx.now(), ..note };
                notes::add(tx, &note, &ids(app, &note)).await?;
            }
            Some(before) if outcomes.iter().any(|outcome| *outcome != Outcome::Same) => {
                notes::rewrite(tx, &note, before.version, &ids(app, &note)).await?;
            }
            Some(_) => {}
        }
        outcomes.into_iter().for_each(|outcome| tally.count(outcome));
    }
    if tally.added + tally.changed > 0 {
        tx.signal(topics::inbox(home.id));
    }
    Ok(tally)
}

fn ids(app: &App, note: &Note) -> Vec<Uuid> {
    note.texts.iter().map(|_| app.mint::<Uuid>()).collect()
}

/// The lines of each fact, in the file's order. A fact says each thing once.
fn facts(wanted: Vec<Wanted>, cells: &mut Cells) -> Vec<Vec<Wanted>> {
    let mut facts: Vec<Vec<Wanted>> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for one in wanted {
        let label = match &one.fact {
            Some(fact) => (fact.clone(), String::new()),
            None => (one.language.code().to_owned(), one.title.clone()),
        };
        let at = *known.entry(label).or_insert(facts.len());
        if at == facts.len() {
            facts.push(vec![one]);
            continue;
        }
        let first = &facts[at][0];
        if let Some(twice) = facts[at].iter().find(|other| other.language == one.language) {
            cells.fault(one.line, Column::Language, Wrong::Twice(twice.line));
        } else if one.team_only != first.team_only {
            cells.fault(one.line, Column::TeamOnly, Wrong::Contradicts(first.line));
        } else if one.checked_on != first.checked_on {
            cells.fault(one.line, Column::CheckedOn, Wrong::Contradicts(first.line));
        } else {
            facts[at].push(one);
        }
    }
    facts
}

/// Takes the fact that these lines are about out of what is there: by its id, else by a title, and of
/// several with that title the one with the same words.
fn take_known(there: &mut Vec<Note>, lines: &[Wanted]) -> Option<Note> {
    let id = lines[0].fact.as_deref().and_then(|fact| fact.parse::<Uuid>().ok()).map(NoteId);
    let titled = |note: &Note, words: bool| {
        note.texts.iter().any(|text| {
            lines.iter().any(|line| {
                (line.language, line.title.as_str()) == (text.language, text.title.trim())
                    && (!words || line.text == unified(&text.body))
            })
        })
    };
    let at = there
        .iter()
        .position(|note| Some(note.id) == id)
        .or_else(|| there.iter().position(|note| titled(note, true)))
        .or_else(|| there.iter().position(|note| titled(note, false)))?;
    Some(there.swap_remove(at))
}

/// The fact as the lines want it, and what each line does to it.
fn settled(
    before: Option<&Note>,
    lines: &[Wanted],
    home: &Organisation,
    by: PersonId,
    today: NaiveDate,
) -> (Note, Vec<Outcome>) {
    let first = &lines[0];
    let mut note = before.cloned().unwrap_or_else(|| Note {
        id: NoteId(Uuid::nil()),
        organisation: home.id,
        team_only: false,
        checked_on: first.checked_on.unwrap_or(today),
        checked_by: (first.checked_on.unwrap_or(today) == today).then_some(by),
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        texts: Vec::new(),
    });
    let mut changes = false;
    if let Some(team_only) = first.team_only.filter(|wanted| *wanted != note.team_only) {
        (note.team_only, changes) = (team_only, true);
    }
    if let Some(day) = first.checked_on.filter(|wanted| *wanted != note.checked_on) {
        (note.checked_on, changes) = (day, true);
        note.checked_by = (day == today).then_some(by);
    }
    let mut outcomes: Vec<Outcome> = lines.iter().map(|line| put(&mut note.texts, line)).collect();
    if changes && outcomes[0] == Outcome::Same {
        outcomes[0] = Outcome::Changed;
    }
    (note, outcomes)
}

/// Puts a line's words among a fact's.
fn put(texts: &mut Vec<Text>, line: &Wanted) -> Outcome {
    let new = Text { language: line.language, title: line.title.clone(), body: line.text.clone() };
    match texts.iter_mut().find(|text| text.language == line.language) {
        None => {
            texts.push(new);
            Outcome::Added
        }
        Some(text) if text.title.trim() == new.title && unified(&text.body) == new.body => Outcome::Same,
        Some(text) => {
            *text = new;
            Outcome::Changed
        }
    }
}

/// The whole notebook, by title.
pub(super) async fn lines(
    tx: &Tx<Home>,
    home: &Organisation,
    french: bool,
) -> Result<Vec<Vec<String>>, Error> {
    let mut notes = notes::whole(tx, home.id).await?;
    notes.sort_by_cached_key(|note| (note.texts.first().map(|text| text.title.clone()), note.id));
    Ok(notes.iter().flat_map(|note| note_lines(note, french)).collect())
}

fn note_lines(note: &Note, french: bool) -> Vec<Vec<String>> {
    let yes = |yes: bool| match (yes, french) {
        (true, false) => "yes",
        (true, true) => "oui",
        (false, false) => "no",
        (false, true) => "non",
    };
    let line = |text: &Text| {
        vec![
            note.id.to_string(),
            text.language.code().to_owned(),
            text.title.trim().to_owned(),
            unified(&text.body),
            yes(note.team_only).to_owned(),
            note.checked_on.to_string(),
        ]
    };
    note.texts.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use domain::exchange::FileKind;
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::{export::csv, table};

    proptest! {
        #[test]
        fn what_goes_out_comes_in_as_it_was(
            body in "[A-Za-zéà'=;,\"\r\n\t@+-]{0,40}z", title in "[ A-Za-z=@'+-]{0,10}q", team_only: bool, french: bool,
        ) {
            let text = |language| Text { language, title: title.clone(), body: body.clone() };
            let note = Note {
                id: NoteId(Uuid::from_u128(7)), organisation: Uuid::nil().into(), team_only,
                checked_on: NaiveDate::from_ymd_opt(2026, 7, 14).unwrap(), checked_by: None, version: 3,
                created_at: chrono::DateTime::UNIX_EPOCH, texts: vec![text(Language::EN), text(Language::FR)],
            };
            let file = csv(FileKind::Notebook, &note_lines(&note, french), french);
            let table = table::read(FileKind::Notebook, file.as_bytes()).unwrap();
            let mut cells = Cells::of(&table);
            let read = facts(read(&table, &mut cells), &mut cells);
            prop_assert_eq!(cells.faults(), []);
            let home = Organisation {
                id: note.organisation, kind: domain::OrganisationKind::Office, name: "A".into(), slug: "a".into(),
                zone: domain::Tz::UTC, calendar: domain::Calendar::France, language: Language::FR, colour: 0,
                promise: domain::Minutes(5),
            };
            let mut there = vec![note.clone()];
            prop_assert_eq!(read.len(), 1);
            let before = take_known(&mut there, &read[0]);
            let (after, outcomes) = settled(before.as_ref(), &read[0], &home, Uuid::nil().into(), note.checked_on);
            prop_assert_eq!(after, note);
            prop_assert_eq!(outcomes, vec![Outcome::Same; 2]);
        }
    }

    #[test]
    fn two_lines_of_one_fact_and_language_are_one_too_many() {
        let file = "fact,language,title,text\nopen,fr,Ouvert,9 h\nopen,fr,Fermé,18 h\nopen,en,Open,9";
        let table = table::read(FileKind::Notebook, file.as_bytes()).unwrap();
        let mut cells = Cells::of(&table);
        let read = read(&table, &mut cells);
        assert_eq!(facts(read, &mut cells).iter().map(Vec::len).collect::<Vec<_>>(), [2]);
        assert_eq!(cells.faults()[0].wrong, Wrong::Twice(2));
    }
}
