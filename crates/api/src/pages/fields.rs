//! The fields of a form as they were sent: a page shows them again, with what is wrong beside each.

use app::{
    Error, Refusal,
    checks::{Fault, Wrong},
};
use views::{Reader, html::forms::Filled};

use crate::Problem;

/// What was sent. A name that is missing reads as empty.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn of(sent: actix_web::web::Form<Vec<(String, String)>>) -> Self {
        Self(sent.into_inner())
    }

    /// What the field `name` holds.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The same, on its own.
    pub(crate) fn string(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    /// Whether the box `name` is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// An id that no hand types.
    pub(crate) fn id<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.text(name).parse().map_err(|_| Problem::Unclear)
    }

    /// What a hand types; what cannot be read is kept as `wrong`.
    pub(crate) fn read<T: std::str::FromStr>(&self, name: &str, faults: &mut Vec<Fault>) -> Option<T> {
        let text = self.text(name).trim();
        let read = text.parse().ok();
        if read.is_none() {
            faults.push(Fault::new(name, if text.is_empty() { Wrong::Empty } else { Wrong::Unknown }));
        }
        read
    }

    /// The form again, where `error` is of its fields; another error stays one.
    pub(crate) fn again(self, reader: &Reader, form: &'static str, error: Error) -> Result<Filled, Problem> {
        let faults = match error {
            Error::Invalid(faults) => faults,
            Error::Refused(Refusal::FieldIsWrong) => Vec::new(),
            other => return Err(other.into()),
        };
        let wrong = faults.iter().map(|fault| {
            let field = fault.field.split('/').next_back().unwrap_or_default();
            (field.to_owned(), sentence(reader, field, &fault.wrong))
        });
        Ok(Filled { form, values: self.0, wrong: wrong.collect() })
    }
}

/// What is wrong with a field, and what to do.
fn sentence(reader: &Reader, field: &str, wrong: &Wrong) -> String {
    let words = reader.words();
    match wrong {
        Wrong::Empty if field == "roles" => words.say("field-no-role"),
        Wrong::Empty => words.say("field-empty"),
        Wrong::TooLong { most } => words.say_with("field-too-long", &[("most", (*most).into())]),
        Wrong::OutOfRange { least, most } => {
            words.say_with("field-out-of-range", &[("least", (*least).into()), ("most", (*most).into())])
        }
        Wrong::Taken => words.say("field-taken"),
        Wrong::NotA(_) if field == "slug" => words.say("field-no-slug"),
        Wrong::NotA(_) if field == "email" => words.say("refusal-email-is-wrong"),
        _ => words.say("field-unreadable"),
    }
}
