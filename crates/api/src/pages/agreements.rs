//! The agreements of an organisation: shown, entered, ended.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Caller, Error, Keeper,
    account::agreements::{self, Agreed},
    checks::{Fault, Wrong},
};
use chrono::NaiveDate;
use domain::{AgreementId, Law, Term, Unit};
use views::html::{agreements as view, forms::Filled, shell::Place};

use super::{
    done::{Done, done},
    fields::Fields,
};
use crate::{Answer, As, Page, Problem, html};

const HERE: &str = "/agreements";

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &keeper, Filled::default()).await
}

async fn shown(page: &Page, app: &App, keeper: &Caller<Keeper>, filled: Filled) -> Result<Answer, Problem> {
    let model = view::Model { filled, ..agreements::page(app, keeper).await? };
    let frame = page.frame(Place::Team).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

pub(crate) async fn enter(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let outcome = match agreed(&fields) {
        Ok(agreed) => agreements::add(&app, &keeper, agreed).await,
        Err(error) => Err(error),
    };
    let Err(error) = outcome else { return Ok(done(HERE, "agreed")) };
    let filled = fields.again(&page.reader, "agreement", error)?;
    let mut answer = shown(&page, &app, &keeper, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// An agreement, as the form has it.
fn agreed(fields: &Fields) -> Result<Agreed, Error> {
    let mut faults = Vec::new();
    let term = Term::from_word(fields.text("term"));
    if term.is_none() {
        faults.push(Fault::new("term", Wrong::Unknown));
    }
    let amount = term.and_then(|term| amount(term.unit(), fields.text("amount").trim()));
    if term.is_some() && amount.is_none() {
        faults.push(Fault::new("amount", Wrong::Unknown));
    }
    let from: Option<NaiveDate> = fields.read("from", &mut faults);
    let until = match fields.text("until").trim() {
        "" => Some(None),
        _ => fields.read("until", &mut faults).map(Some),
    };
    match (term, amount, from, until) {
        (Some(term), Some(amount), Some(from), Some(until)) => Ok(Agreed {
            law: Law::from_word(fields.text("law")),
            term,
            amount,
            document: fields.string("document"),
            from,
            until,
        }),
        _ => Err(Error::Invalid(faults)),
    }
}

/// An amount as people write it: hours as 9, 9:30, 9h30 or 9 h 30, a part of a contract as 10, 33,34 or
/// 1/3, everything else as a number, with or without a sign of its unit after it.
pub(super) fn amount(unit: Unit, text: &str) -> Option<u32> {
    let small = text.to_lowercase();
    if unit == Unit::BasisPoints {
        return basis_points(small.trim());
    }
    if unit != Unit::Minutes {
        let number: String = small.chars().take_while(char::is_ascii_digit).collect();
        let rest = small[number.len()..].trim();
        let known = rest.is_empty() || rest == "%" || rest.chars().all(char::is_alphabetic);
        return if known { number.parse().ok() } else { None };
    }
    let plain: String = small.chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = plain.trim_end_matches("min").trim_end_matches('m');
    let (hours, minutes) = plain.split_once([':', 'h']).unwrap_or((plain, ""));
    let hours: u32 = hours.parse().ok().filter(|hours| *hours < 10_000)?;
    let minutes: u32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    (minutes < 60).then_some(hours * 60 + minutes)
}

/// Per cent with up to two places, or a fraction, rounded up as the law's own third is.
fn basis_points(text: &str) -> Option<u32> {
    if let Some((part, whole)) = text.split_once('/') {
        let (part, whole): (u32, u32) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
        return part.checked_mul(10_000)?.checked_add(whole.checked_sub(1)?)?.checked_div(whole);
    }
    let number = text.trim_end_matches('%').trim_end();
    let (whole, places) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let digits = places.len() <= 2 && places.chars().all(|one| one.is_ascii_digit());
    let hundredths: u32 = if digits { format!("{places:0<2}").parse().ok()? } else { return None };
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths)
}

pub(crate) async fn end(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<AgreementId>,
) -> Result<Answer, Problem> {
    agreements::end(&app, &keeper, *id).await?;
    Ok(done(HERE, "agreement-ended"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let read = ["9", "9:30", "9 h 30", "9h30", "10 h", "9 h 30 min", "0:20"]
            .map(|text| amount(Unit::Minutes, text));
        assert_eq!(read, [540, 570, 570, 570, 600, 570, 20].map(Some));
        for wrong in ["", "h", "9:75", "-1", "neuf", "9:3x"] {
            assert_eq!(amount(Unit::Minutes, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn other_amounts_are_numbers_with_or_without_their_unit() {
        assert_eq!(
            ["33", "33 %", "15 days", "3 jours"].map(|text| amount(Unit::Days, text)),
            [33, 33, 15, 3].map(Some)
        );
        assert_eq!(
            ["10", "33,34 %", "33.3", "1/3", "10 %"].map(|text| amount(Unit::BasisPoints, text)),
            [1_000, 3_334, 3_330, 3_334, 1_000].map(Some)
        );
        for wrong in ["", "a third", "33,345", "1/0", "-1"] {
            assert_eq!(amount(Unit::BasisPoints, wrong), None, "{wrong}");
        }
        for wrong in ["", "many", "1,5", "3; 4"] {
            assert_eq!(amount(Unit::Percent, wrong), None, "{wrong}");
        }
    }
}
