//! The fields of a form as they were sent: a page shows them again, with what is wrong beside each.

use app::{
    Error, Refusal,
    checks::{Fault, Wrong},
};
use domain::Cents;
use views::{
    Reader,
    html::{
        agreements::beyond_words,
        forms::{Filled, Wrong as Shown},
    },
};

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

    /// The names of all fields and boxes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(field, _)| &**field)
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

    /// The same of a field that may be empty.
    pub(crate) fn may<T: std::str::FromStr>(&self, name: &str, faults: &mut Vec<Fault>) -> Option<T> {
        if self.text(name).trim().is_empty() { None } else { self.read(name, faults) }
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

/// What the page says of a field.
fn sentence(reader: &Reader, field: &str, wrong: &Wrong) -> String {
    match wrong {
        Wrong::BeyondTheLaw { latitude, .. } => beyond_words(reader, latitude),
        other => shown(field, other).sentence(reader),
    }
}

fn shown(field: &str, wrong: &Wrong) -> Shown {
    match wrong {
        Wrong::Empty if matches!(field, "roles" | "days") => Shown::NoBox,
        Wrong::Empty => Shown::Empty,
        Wrong::TooLong { most } => Shown::TooLong(*most),
        Wrong::Enough { most } => Shown::Enough(*most),
        Wrong::OutOfRange { least, most } => Shown::OutOfRange(*least, *most),
        Wrong::Taken if field == "from_time" => Shown::Known,
        Wrong::Taken => Shown::Taken,
        Wrong::Before(_) => Shown::BeforeTheBeginning,
        Wrong::NotAfter(_) => Shown::NotAfterTheBeginning,
        Wrong::InTheFuture => Shown::NotOver,
        Wrong::NotA(_) if field == "slug" => Shown::NoSlug,
        Wrong::NotA(_) if field == "email" => Shown::NoAddress,
        _ => Shown::Unreadable,
    }
}

/// An amount as people type it: "129", "129,50", "129.5", "1 290".
pub(crate) fn cents(text: &str) -> Option<Cents> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"€$".contains(*c)).collect();
    let (whole, part) = bare.split_once([',', '.']).unwrap_or((&bare, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(Cents(whole * 100 + part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, expected) in
            [("129", 12_900), ("129,50", 12_950), ("129.5", 12_950), ("1 290 €", 129_000), ("0", 0)]
        {
            assert_eq!(cents(typed), Some(Cents(expected)), "{typed}");
        }
        for wrong in ["", "abc", "-5", "1,234,5", "12.345", "9999999", "1e3"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }
}
