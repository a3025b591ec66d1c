//! Public holidays: every line of a table is a day off, and no day off is missing from it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use domain::Calendar;

use super::{Outcome, Table};

/// Works out a table of days, one region or several in it.
pub(super) fn run(text: &str) -> Result<Vec<Outcome>, String> {
    let table = Table::read(text)?;
    let mut outcomes = Vec::new();
    let mut named: BTreeMap<(String, i32), BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in table.rows() {
        let (Some(date), Some(region)) = (row.parsed::<NaiveDate>("date"), row.get("region")) else {
            outcomes.push(Outcome::unreadable(format!("{:?}", row.row), "a line needs date and region"));
            continue;
        };
        named.entry((region.to_owned(), date.year())).or_default().insert(date);
        let title = format!("{region} {date} {}", row.get("name").unwrap_or_default());
        let Some(calendars) = calendars(region) else {
            outcomes.push(Outcome::unreadable(title, format!("no calendar for the region {region}")));
            continue;
        };
        let in_lieu = calendars.iter().any(|calendar| calendar.in_lieu_on(date));
        let holiday = calendars.iter().find_map(|calendar| calendar.holiday_on(date));
        let came_out = match holiday {
            Some(holiday) => format!("day off ({})", holiday.word()),
            None if in_lieu => "day off (in lieu, who never works on Sundays)".to_owned(),
            None => "working day".to_owned(),
        };
        let agrees = holiday.is_some() || in_lieu;
        outcomes.push(Outcome { name: title, expected: "day off".to_owned(), came_out, agrees });
    }
    outcomes.extend(named.iter().flat_map(|((region, year), days)| unnamed(region, *year, days)));
    Ok(outcomes)
}

/// Days we keep and the table does not name, for a year it tells (nearly) whole.
fn unnamed(region: &str, year: i32, named: &BTreeSet<NaiveDate>) -> Vec<Outcome> {
    let Some(calendars) = calendars(region) else { return Vec::new() };
    let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first day");
    let days = first.iter_days().take_while(|day| day.year() == year);
    let ours: Vec<NaiveDate> = days.filter(|day| calendars.iter().any(|one| one.is_holiday(*day))).collect();
    // A sample of days says nothing of the days it leaves out.
    if named.len() * 4 < ours.len() * 3 {
        return Vec::new();
    }
    let more = ours.into_iter().filter(|day| !named.contains(day));
    more.map(|day| Outcome {
        name: format!("{region} {day}"),
        expected: "working day".to_owned(),
        came_out: "day off".to_owned(),
        agrees: false,
    })
    .collect()
}

/// The calendars of a region by its ISO 3166-2 code; two where the statute leaves a choice.
fn calendars(region: &str) -> Option<Vec<Calendar>> {
    let one = |calendar| Some(vec![calendar]);
    match region {
        "FR-57" | "FR-67" | "FR-68" | "FR-6AE" | "FR-A" | "FR-GES-AM" => {
            one(Calendar::AlsaceMoselleGoodFriday)
        }
        "FR-971" | "FR-GP" | "GP" => one(Calendar::Guadeloupe),
        "FR-972" | "FR-MQ" | "MQ" => one(Calendar::Martinique),
        "FR-973" | "FR-GF" | "GF" => one(Calendar::Guyane),
        "FR-974" | "FR-RE" | "RE" => one(Calendar::Reunion),
        "FR-976" | "FR-YT" | "YT" => one(Calendar::Mayotte),
        "FR-977" | "FR-BL" | "BL" => one(Calendar::SaintBarthelemy),
        "FR-978" | "FR-MF" | "MF" => one(Calendar::SaintMartin),
        "CA-QC" => Some(vec![Calendar::Quebec, Calendar::QuebecEasterMonday]),
        _ if region == "FR" || region.starts_with("FR-") => one(Calendar::France),
        _ if region == "BE" || region.starts_with("BE-") => one(Calendar::Belgium),
        _ if region == "LU" || region.starts_with("LU-") => one(Calendar::Luxembourg),
        "CH" => one(Calendar::Switzerland),
        _ => None,
    }
}
