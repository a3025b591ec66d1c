//! The two nights on which the clocks change: no hole in the watch, an hour more or less of duty.

use acceptance::{
    on_both_engines,
    town::{Engine, Town, day, hours},
};
use chrono::{Days, Duration};
use domain::{Minutes, Rung, Tz};
use views::html::visitor::Attending;

on_both_engines! {
    in_paris_the_night_the_clocks_go_back_has_no_hole,
    in_paris_the_night_the_clocks_go_forward_has_no_hole,
    in_montreal_the_night_the_clocks_go_back_has_no_hole,
    in_montreal_the_night_the_clocks_go_forward_has_no_hole,
}

const EVENING: &str = "18:00–22:00";
const NIGHT: &str = "22:00–06:00";

async fn in_paris_the_night_the_clocks_go_back_has_no_hole(engine: Engine) {
    watched(engine, Tz::Europe__Paris, "2026-10-24", 9).await;
}

async fn in_paris_the_night_the_clocks_go_forward_has_no_hole(engine: Engine) {
    watched(engine, Tz::Europe__Paris, "2026-03-28", 7).await;
}

async fn in_montreal_the_night_the_clocks_go_back_has_no_hole(engine: Engine) {
    watched(engine, Tz::America__Toronto, "2026-10-31", 9).await;
}

async fn in_montreal_the_night_the_clocks_go_forward_has_no_hole(engine: Engine) {
    watched(engine, Tz::America__Toronto, "2026-03-07", 7).await;
}

/// An evening's duty and the night's after it, looked at every quarter of an hour of real time, from
/// the visitor's page, and with a message in every hour.
async fn watched(engine: Engine, zone: Tz, saturday: &str, night_hours: u32) {
    let town = Town::in_zone(engine, &format!("{saturday}T12:00+00:00"), zone).await;
    let office = town.office("Riquewihr").covered(EVENING).await;
    office.orders(town.board.sells(NIGHT).await).await;
    let ana = town.advisor("Ana").off_duty().await;
    let noah = town.advisor("Noah").off_duty().await;
    let lea = town.advisor("Lea").off_duty().await;
    let sunday = (day(saturday) + Days::new(1)).to_string();
    ana.has_duty(&town, saturday, EVENING, Rung::Lead).await;
    noah.has_duty(&town, saturday, NIGHT, Rung::Lead).await;
    lea.has_duty(&town, &sunday, EVENING, Rung::Lead).await;

    let evening = hours(EVENING).on(day(saturday), zone).unwrap();
    let night = hours(NIGHT).on(day(saturday), zone).unwrap();
    assert_eq!((evening.length(), night.length()), (Minutes::hours(4), Minutes::hours(night_hours)));
    assert_eq!(evening.end(), night.start());
    let visitor = office.visitor();
    let mut at = evening.start();
    while at < night.end() {
        town.put_clock_to(at).await;
        let watch = if at < night.start() { &ana } else { &noah };
        match visitor.sees_attending().await {
            Attending::Person { given_name, until, .. } => {
                assert_eq!(given_name, watch.name, "at {at}");
                let ends = if at < night.start() { evening.end() } else { night.end() };
                assert_eq!(until, ends, "at {at}");
            }
            other => panic!("at {at} nobody is there: {other:?}"),
        }
        if (at - evening.start()).num_minutes() % 60 == 45 {
            let text = format!("Is somebody there at {}?", at.format("%H:%M"));
            office.receives_chat(&text).await;
            let kept = office.conversation_about(&text).await;
            assert_eq!(kept.assigned_to, Some(watch.id), "at {at}");
        }
        at += Duration::minutes(15);
    }
    town.put_clock_to(night.end()).await;
    let next = hours(EVENING).on(day(&sunday), zone).unwrap();
    let nobody = Attending::Nobody { opens_at: Some(next.start()) };
    assert_eq!(visitor.sees_attending().await, nobody);
}
