//! What is wrong with fields that somebody sent, all of it at once: a door turns it into words.

use chrono::{Datelike, NaiveDate};
use domain::{Window, time};

use crate::Error;

/// The longest name of anybody or anything, in characters.
pub(crate) const LONGEST_NAME: usize = 80;

/// One field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, as the API calls it; `hours/from` for what lies inside another.
    pub field: String,
    /// What is wrong.
    pub wrong: Wrong,
}

impl Fault {
    /// `field` is `wrong`.
    pub fn new(field: impl Into<String>, wrong: Wrong) -> Self {
        Self { field: field.into(), wrong }
    }
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is there.
    Empty,
    /// Longer than we take.
    TooLong {
        /// In characters, or in entries.
        most: usize,
    },
    /// There are as many of its kind as we take.
    Enough {
        /// How many that is.
        most: usize,
    },
    /// Holds a character that nobody types, such as NUL.
    Control,
    /// A number or a year too small or too large.
    OutOfRange {
        /// The smallest there may be.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// Comes before what it must not come before.
    Before(&'static str),
    /// Does not come after what it must come after.
    NotAfter(&'static str),
    /// Not one of the words there are.
    Unknown,
    /// Somebody else has it.
    Taken,
    /// The past is read-only.
    InThePast,
    /// What did not happen yet cannot be recorded.
    InTheFuture,
    /// Not what was to be found there; the words say what.
    NotA(&'static str),
    /// It was tried and does not work, in the words of whoever was asked.
    Fails(String),
    /// No law lets an agreement go so far: what it allows, and the same in a sentence for programs.
    BeyondTheLaw {
        /// What the law says, and how far an agreement may go.
        latitude: domain::Latitude,
        /// Why it is refused.
        why: String,
    },
    /// A cursor that no answer of ours carried.
    Cursor,
}

/// Looks at one field after another, and keeps what is wrong.
#[derive(Debug, Default)]
pub struct Checks(Vec<Fault>);

impl Checks {
    /// Keeps that `field` is `wrong`.
    pub fn refuse(&mut self, field: &str, wrong: Wrong) {
        self.0.push(Fault::new(field, wrong));
    }

    /// One line of text without the spaces around it, at most `most` characters and not empty.
    pub fn name(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = self.words(field, text, most);
        if text.is_empty() {
            self.refuse(field, Wrong::Empty);
        }
        text
    }

    /// The same, but it may be empty.
    pub fn words(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if text.chars().count() > most {
            self.refuse(field, Wrong::TooLong { most });
        }
        if text.chars().any(char::is_control) {
            self.refuse(field, Wrong::Control);
        }
        text.to_owned()
    }

    /// A list that is not empty, of at most `most` entries.
    pub fn some<T>(&mut self, field: &str, all: &[T], most: usize) {
        if all.is_empty() {
            self.refuse(field, Wrong::Empty);
        }
        if all.len() > most {
            self.refuse(field, Wrong::TooLong { most });
        }
    }

    /// A number within bounds, both included.
    pub fn within(&mut self, field: &str, number: impl Into<i64>, least: i64, most: i64) {
        if !(least..=most).contains(&number.into()) {
            self.refuse(field, Wrong::OutOfRange { least, most });
        }
    }

    /// A year people live in ([`time::YEARS`]).
    pub fn year(&mut self, field: &str, day: &impl Datelike) {
        self.within(field, day.year(), (*time::YEARS.start()).into(), (*time::YEARS.end()).into());
    }

    /// First and last day, both included: in years people live in, and in order.
    pub fn days(&mut self, from: NaiveDate, until: Option<NaiveDate>) {
        for (field, day) in [("from", Some(from)), ("until", until)] {
            let Some(day) = day else { continue };
            self.year(field, &day);
        }
        if until.is_some_and(|until| until < from) {
            self.refuse("until", Wrong::Before("from"));
        }
    }

    /// Hours of at least one day.
    pub fn window(&mut self, field: &str, window: &Window) {
        if window.days.0 == 0 {
            self.refuse(&format!("{field}/days"), Wrong::Empty);
        }
    }

    /// Nothing, if nothing was wrong.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that was.
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut checks = Checks::default();
        checks.name("name", "  ", 10);
        checks.name("slug", "a\0b", 10);
        let day = |text: &str| text.parse().unwrap();
        checks.days(day("2026-05-02"), Some(day("2026-05-01")));
        let Err(Error::Invalid(faults)) = checks.done() else { panic!("three things are wrong") };
        assert_eq!(
            faults,
            [
                Fault::new("name", Wrong::Empty),
                Fault::new("slug", Wrong::Control),
                Fault::new("until", Wrong::Before("from")),
            ]
        );
    }

    #[test]
    fn what_is_right_loses_the_spaces_around_it() {
        let mut checks = Checks::default();
        assert_eq!(checks.name("name", " Vieux-Port ", 10), "Vieux-Port");
        checks.within("leads", 3, 0, 9);
        assert!(checks.done().is_ok());
    }
}
