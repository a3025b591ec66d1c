//! The text form of the public staff-rostering instances (Curtois and Qu, 2014), read and written.

use std::collections::HashMap;

use super::model::{Cover, Kind, Model, Person, Row};

/// A line that is not of the form, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    /// What was expected.
    pub why: String,
}

/// Reads an instance.
///
/// # Errors
/// At the first line that is not of the form, and at the last if a section without which there is nothing to
/// solve is missing, as in a file that was cut.
pub fn read(text: &str) -> Result<Model, Unreadable> {
    let mut reader = Reader::default();
    let mut section = String::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with("SECTION_") {
            line.clone_into(&mut section);
            continue;
        }
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        reader.take(&section, &fields).map_err(|why| Unreadable { line: number + 1, why })?;
    }
    let line = text.lines().count().max(1);
    reader.missing().map_or_else(
        || Ok(reader.model()),
        |name| Err(Unreadable { line, why: format!("the file ends without a line of {name}: was it cut?") }),
    )
}

/// Writes a roster: a line a person, kinds between tabs, `-` for a free day.
pub fn write(model: &Model, rows: &[Row]) -> String {
    let name = |code: &u8| match code {
        0 => "-",
        code => model.kinds[usize::from(*code) - 1].name.as_str(),
    };
    rows.iter().map(|row| row.iter().map(name).collect::<Vec<_>>().join("\t") + "\n").collect()
}

#[derive(Default)]
struct Reader {
    days: usize,
    kinds: Vec<(String, u32, String)>,
    kind: HashMap<String, usize>,
    people: Vec<Person>,
    person: HashMap<String, usize>,
    /// Person, day, kind, price.
    wishes: Vec<(usize, usize, usize, i64)>,
    cover: Vec<(usize, usize, Cover)>,
    base: i64,
}

/// More days than any roster has: what stands there is a mistake.
const MOST_DAYS: usize = 10_000;

impl Reader {
    /// A section without which there is nothing to solve, if it has no line.
    fn missing(&self) -> Option<&'static str> {
        let sections = [
            ("SECTION_HORIZON", self.days == 0),
            ("SECTION_SHIFTS", self.kinds.is_empty()),
            ("SECTION_STAFF", self.people.is_empty()),
            ("SECTION_COVER", self.cover.is_empty()),
        ];
        sections.into_iter().find(|(_, lacks)| *lacks).map(|(name, _)| name)
    }

    fn take(&mut self, section: &str, fields: &[&str]) -> Result<(), String> {
        match section {
            "SECTION_HORIZON" => {
                self.days = number(fields, 0)?;
                if !(1..=MOST_DAYS).contains(&self.days) {
                    return Err(format!("a horizon has 1 to {MOST_DAYS} days, not {}", self.days));
                }
            }
            "SECTION_SHIFTS" => {
                let name = field(fields, 0)?;
                if self.kind.insert(name.to_owned(), self.kinds.len()).is_some() {
                    return Err(format!("the kind {name} stands twice"));
                }
                let never = fields.get(2).copied().unwrap_or_default();
                self.kinds.push((name.to_owned(), number(fields, 1)?, never.to_owned()));
            }
            "SECTION_STAFF" => self.staff(fields)?,
            "SECTION_DAYS_OFF" => {
                let person = self.person(fields)?;
                for at in 1..fields.len() {
                    let day = self.day(fields, at)?;
                    self.people[person].away.push(day);
                }
            }
            "SECTION_SHIFT_ON_REQUESTS" => {
                let weight: i64 = number(fields, 3)?;
                let wish = (self.person(fields)?, self.day(fields, 1)?, self.kind(fields, 2)?, -weight);
                self.wishes.push(wish);
                self.base += weight;
            }
            "SECTION_SHIFT_OFF_REQUESTS" => {
                let wish =
                    (self.person(fields)?, self.day(fields, 1)?, self.kind(fields, 2)?, number(fields, 3)?);
                self.wishes.push(wish);
            }
            "SECTION_COVER" => {
                let cover =
                    Cover { wanted: number(fields, 2)?, under: number(fields, 3)?, over: number(fields, 4)? };
                self.cover.push((self.day(fields, 0)?, self.kind(fields, 1)?, cover));
            }
            other => return Err(format!("no section is called {other:?}")),
        }
        Ok(())
    }

    fn staff(&mut self, fields: &[&str]) -> Result<(), String> {
        let mut at_most = vec![0; self.kinds.len()];
        for part in field(fields, 1)?.split('|').filter(|part| !part.is_empty()) {
            let (kind, most) = part.split_once('=').ok_or(format!("{part:?} is no KIND=NUMBER"))?;
            let kind = *self.kind.get(kind.trim()).ok_or(format!("no kind is called {kind}"))?;
            at_most[kind] = most.trim().parse().map_err(|_| format!("{most:?} is no number"))?;
        }
        let name = field(fields, 0)?.to_owned();
        if self.person.insert(name.clone(), self.people.len()).is_some() {
            return Err(format!("{name} stands twice"));
        }
        self.people.push(Person {
            name,
            at_most,
            minutes: (number(fields, 3)?, number(fields, 2)?),
            run: (number(fields, 5)?, number(fields, 4)?),
            rest: number(fields, 6)?,
            weekends: number(fields, 7)?,
            away: Vec::new(),
            price: Vec::new(),
        });
        Ok(())
    }

    fn person(&self, fields: &[&str]) -> Result<usize, String> {
        let name = field(fields, 0)?;
        self.person.get(name).copied().ok_or(format!("nobody is called {name}"))
    }

    fn kind(&self, fields: &[&str], at: usize) -> Result<usize, String> {
        let name = field(fields, at)?;
        self.kind.get(name).copied().ok_or(format!("no kind is called {name}"))
    }

    fn day(&self, fields: &[&str], at: usize) -> Result<usize, String> {
        let day: usize = number(fields, at)?;
        if day < self.days {
            Ok(day)
        } else {
            Err(format!("day {day} lies beyond the horizon of {}", self.days))
        }
    }

    fn model(self) -> Model {
        let width = self.kinds.len();
        let never =
            |text: &str| text.split('|').filter_map(|name| self.kind.get(name.trim()).copied()).collect();
        let kinds = self.kinds.iter().map(|(name, minutes, text)| Kind {
            name: name.clone(),
            minutes: *minutes,
            never_before: never(text),
        });
        let mut model = Model {
            days: self.days,
            kinds: kinds.collect(),
            people: self.people,
            cover: vec![Cover::default(); self.days * width],
            base: self.base,
        };
        for person in &mut model.people {
            person.price = vec![0; self.days * width];
        }
        for (person, day, kind, price) in self.wishes {
            model.people[person].price[day * width + kind] += price;
        }
        for (day, kind, cover) in self.cover {
            model.cover[day * width + kind] = cover;
        }
        model
    }
}

fn field<'t>(fields: &[&'t str], at: usize) -> Result<&'t str, String> {
    fields.get(at).copied().filter(|field| !field.is_empty()).ok_or(format!("field {} is missing", at + 1))
}

fn number<T: std::str::FromStr>(fields: &[&str], at: usize) -> Result<T, String> {
    let text = field(fields, at)?;
    text.parse().map_err(|_| format!("field {}: {text:?} is no number", at + 1))
}
