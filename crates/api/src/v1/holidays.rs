//! Public holidays: which days a calendar keeps in a year, what they are called, and the statute of each.

use std::ops::RangeInclusive;

use actix_web::web::Data;
use app::{Anybody, App};
use chrono::{Datelike, NaiveDate};
use domain::{Calendar, Holiday, Language};
use serde::Serialize;
use utoipa::ToSchema;
use views::words::Words;

use super::{Problem, problem::Faulty, query::Asked, reply, words::HolidaysName};
use crate::{Answer, As};

/// The years that can be asked for.
const YEARS: RangeInclusive<i32> = 2000..=2199;

/// The public holidays of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidaysShown {
    /// Whose.
    pub calendar: HolidaysName,
    /// The year.
    pub year: i32,
    /// Each day, in order.
    pub days: Vec<HolidayShown>,
}

/// A public holiday.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidayShown {
    /// The day.
    pub day: NaiveDate,
    /// Its word, such as `easter_monday`.
    pub holiday: &'static str,
    /// Its name in English.
    pub english: String,
    /// Its name in French.
    pub french: String,
    /// The statute that names it.
    pub source: &'static str,
}

/// Which days a calendar keeps in a year.
#[utoipa::path(get, path = "/api/v1/holidays", tag = "pools",
    params(
        ("calendar" = HolidaysName, Query, description = "Whose public holidays"),
        ("year" = Option<i32>, Query, minimum = 2000, maximum = 2199, description = "This one if nothing is said")),
    responses((status = 200, description = "The days", body = HolidaysShown)))]
pub async fn list(app: Data<App>, As(_): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let known = "one of the calendars that pools may keep";
    let calendar = asked.word("calendar", known, Calendar::from_word);
    let year = asked.take::<i32>("year", "a year").unwrap_or(app.clock.now().year());
    asked.done()?;
    let wrong = |name: &str, said: &str| Problem::parameters(vec![Faulty::parameter(name, said)]);
    let calendar = calendar.ok_or_else(|| wrong("calendar", "is missing: name a calendar such as france"))?;
    if !YEARS.contains(&year) {
        return Err(wrong("year", "must lie between 2000 and 2199"));
    }
    let shown = |holiday: Holiday| {
        Some(HolidayShown {
            day: calendar.day_of(holiday, year)?,
            holiday: holiday.word(),
            english: Words::of(Language::EN).holiday(holiday),
            french: Words::of(Language::FR).holiday(holiday),
            source: calendar.source(holiday),
        })
    };
    let mut days: Vec<HolidayShown> = calendar.holidays().filter_map(shown).collect();
    days.sort_by_key(|one| one.day);
    Ok(reply::one(&HolidaysShown { calendar: HolidaysName(calendar), year, days }))
}
