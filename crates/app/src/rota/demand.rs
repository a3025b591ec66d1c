//! When visitors write, as totals: planners see numbers of messages, never one of them.
//!
//! Each office's own scope is opened for it, and only counts and instants come out.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use domain::{Calendar, Need, OrganisationId, Span, Tz, time};
use storage::{demand, scope};
use views::html::rota::Heat;

use crate::{App, Error};

/// Over how many weeks messages are counted.
pub(crate) const WEEKS: u32 = 8;
/// Fewer messages than this say more about people than about hours.
const FEWEST: u32 = 5;

/// When visitors write to these offices, beside the hours the needs watch; nothing while there are
/// too few messages to hide in.
pub(crate) async fn heat(
    app: &App,
    offices: &[OrganisationId],
    needs: &[Need],
    zone: Tz,
    calendar: Calendar,
) -> Result<Option<Heat>, Error> {
    let now = app.clock.now();
    let Ok(span) = Span::new(now - Duration::weeks(i64::from(WEEKS)), now) else { return Ok(None) };
    let mut messages = [[0; 24]; 7];
    for at in arrivals(app, offices, span).await? {
        let wall = time::wall(at, zone);
        messages[day_number(wall.date())][wall.hour() as usize] += 1;
    }
    let count: u32 = messages.iter().flatten().sum();
    let covered = covered(needs, time::day(now, zone), zone, calendar);
    Ok((count >= FEWEST).then_some(Heat { messages, covered, weeks: WEEKS }))
}

/// When visitors wrote to any of these offices within `span`.
pub(crate) async fn arrivals(
    app: &App,
    offices: &[OrganisationId],
    span: Span,
) -> Result<Vec<DateTime<Utc>>, Error> {
    let mut all = Vec::new();
    for office in offices {
        let tx = app.read(scope::Home(*office)).await?;
        all.extend(demand::arrived(&tx, *office, span).await?);
    }
    Ok(all)
}

/// The hours that are watched in an ordinary week: one without a public holiday, if there is one soon.
fn covered(needs: &[Need], today: NaiveDate, zone: Tz, calendar: Calendar) -> [[bool; 24]; 7] {
    let monday = time::monday_of(today);
    let plain = |week: &NaiveDate| week.iter_days().take(7).all(|day| !calendar.is_holiday(day));
    let weeks = (0..8).map(|week| monday + Duration::weeks(week));
    let week = weeks.into_iter().find(plain).unwrap_or(monday);
    let mut hours = [[false; 24]; 7];
    for need in needs.iter().filter(|need| need.leads > 0) {
        for day in week.iter_days().take(7) {
            if !need.applies_on(day, calendar) {
                continue;
            }
            let Some(open) = need.window.on(day, zone) else { continue };
            let mut at = open.start();
            while at < open.end() {
                let wall = time::wall(at, zone);
                hours[day_number(wall.date())][wall.hour() as usize] = true;
                at += Duration::minutes(30);
            }
        }
    }
    hours
}

/// Days of the week from Monday, which is 0.
fn day_number(day: NaiveDate) -> usize {
    day.weekday().num_days_from_monday() as usize
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use domain::{Days, NeedId, PoolId, Window};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_hours_of_an_ordinary_week_are_shown_though_this_one_has_a_holiday() {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let need = Need {
            id: NeedId(Uuid::nil()),
            pool: PoolId(Uuid::nil()),
            window: Window { days: Days::WORKDAYS, from: hour(18), until: hour(22) },
            leads: 1,
            backups: 0,
            languages: Vec::new(),
            skills: domain::Skills::default(),
            kind: domain::DutyKind::Active,
            from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            until: None,
            season: domain::Season::default(),
        };
        // 14 July 2026 is a Tuesday and a holiday in France.
        let today = NaiveDate::from_ymd_opt(2026, 7, 15).unwrap();
        let hours = covered(&[need], today, Tz::Europe__Paris, Calendar::France);
        assert!(hours[1][18] && hours[1][21]);
        assert!(!hours[1][22] && !hours[5][18]);
    }
}
