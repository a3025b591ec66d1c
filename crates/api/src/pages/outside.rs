//! Hours outside, on My shifts: said and taken back.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path},
};
use app::{
    Advisor, App, Error,
    account::outside::{self, Outside},
    checks::{Fault, Wrong},
    kept::Seen,
};
use chrono::NaiveTime;
use domain::{Days, OutsideId, Window};
use views::html::outside::WEEKDAYS;

use super::{done::done, fields::Fields, shifts};
use crate::{Answer, As, Page, Problem};

const HERE: &str = "/shifts";

pub(crate) async fn say(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let outcome = match said(&fields) {
        Ok(said) => outside::add(&app, &advisor, said).await,
        Err(error) => Err(error),
    };
    let Err(error) = outcome else { return Ok(done(HERE, "outside")) };
    let filled = fields.again(&page.reader, "outside", error)?;
    let mut answer = shifts::with_outside(page, &app, &advisor, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// Hours outside, as the form has them.
fn said(fields: &Fields) -> Result<Outside, Error> {
    let mut faults = Vec::new();
    let ticked = WEEKDAYS.iter().zip(0..).filter(|(name, _)| fields.ticked(name));
    let days = Days(ticked.fold(0, |days, (_, bit)| days | 1 << bit));
    let time = |name: &str| NaiveTime::parse_from_str(fields.text(name).trim(), "%H:%M").ok();
    let (from_time, until_time) = (time("from_time"), time("until_time"));
    for (name, read) in [("from_time", from_time), ("until_time", until_time)] {
        if read.is_none() {
            faults.push(Fault::new(name, Wrong::Unknown));
        }
    }
    let from = fields.read("from", &mut faults);
    let until = match fields.text("until").trim() {
        "" => Some(None),
        _ => fields.read("until", &mut faults).map(Some),
    };
    match (from_time, until_time, from, until) {
        (Some(from_time), Some(until_time), Some(from), Some(until)) => {
            Ok(Outside { window: Window { days, from: from_time, until: until_time }, from, until })
        }
        _ => Err(Error::Invalid(faults)),
    }
}

pub(crate) async fn take_back(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<OutsideId>,
) -> Result<Answer, Problem> {
    outside::remove(&app, &advisor, *id, &Seen::Any).await?;
    Ok(done(HERE, "outside-gone"))
}
