//! Who may not, what is too much, and lines that cannot be true.

use acceptance::{
    on_both_engines,
    town::{Engine, Town},
};
use app::{
    Error,
    exchange::{self, Upload},
};
use domain::{
    Language,
    exchange::{FileFormat, FileKind, Wrong},
};

use super::{manager, planner, refused, table};

on_both_engines! {
    lines_about_people_of_other_offices_are_as_if_they_did_not_exist,
    duties_that_are_not_over_or_contradict_the_past_are_refused,
    duties_are_for_planners_of_that_pool_alone,
    a_file_that_is_too_large_or_too_long_is_refused_whole,
}

async fn lines_about_people_of_other_offices_are_as_if_they_did_not_exist(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    // On watch tonight: a colleague whose name the office knows, and still not its own.
    let ana = town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    let keeper = manager(&office).await;
    for email in [ana.email.as_str(), "nobody@lac.example"] {
        let away = format!("email,from,until\n{email},2026-07-14,2026-07-14");
        let hours = format!("email,days,opens,closes,from\n{email},mon-fri,09:00,17:00,2026-07-01");
        for (kind, text) in [(FileKind::Absences, &away), (FileKind::OfficeHours, &hours)] {
            let wrong = refused(&town, &keeper, table(kind, text)).await;
            assert_eq!(wrong, [(2, "email".to_owned(), Wrong::NobodyHere)], "{email}");
        }
    }
}

async fn duties_that_are_not_over_or_contradict_the_past_are_refused(engine: Engine) {
    let town = Town::at(engine, "2026-07-05T10:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    let lines = [
        "2026-07-05 18:00;2026-07-05 22:00",
        "2026-07-04 18:00;2026-07-04 21:00",
        "2026-07-04 19:00;2026-07-04 22:00",
        "2026-07-03 03:00;2026-07-03 04:00",
        "2026-07-02 18:00;2026-07-02 22:00",
        "2026-07-02 18:00;2026-07-02 22:00",
        "2026-06-01;2026-06-30",
    ];
    let lines: Vec<String> = lines.iter().map(|line| format!("{};{line}", ana.email)).collect();
    let text = format!("email;from;until\n{}", lines.join("\n"));
    let wrong = refused(&town, &planner(&town).await, table(FileKind::Duties, &text)).await;
    let named: Vec<_> = wrong.iter().map(|(line, _, wrong)| (*line, *wrong)).collect();
    assert_eq!(
        named,
        [
            (2, Wrong::NotPast),
            (3, Wrong::StandsOtherwise),
            (4, Wrong::TwoPlaces),
            (5, Wrong::NoNeed),
            (7, Wrong::Twice(6)),
            (8, Wrong::LastsTooLong(2)),
        ]
    );
}

async fn duties_are_for_planners_of_that_pool_alone(engine: Engine) {
    let town = Town::at(engine, "2026-07-05T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let keeper = manager(&office).await;
    let duties = table(FileKind::Duties, "email,from,until\nx,y,z");
    let refused = exchange::try_out(&town.app, &keeper, duties).await.unwrap_err();
    assert!(matches!(refused, Error::RoleMissing("planner")), "{refused}");
    let other = uuid::Uuid::now_v7().into();
    let elsewhere = Upload { pool: Some(other), ..duties };
    let refused = exchange::try_out(&town.app, &planner(&town).await, elsewhere).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound("pool")), "{refused}");
    let (kind, format) = (FileKind::Duties, FileFormat::Csv);
    let keeper = planner(&town).await;
    let refused =
        exchange::export(&town.app, &keeper, kind, format, Some(other), Language::FR).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound("pool")), "{refused}");
}

async fn a_file_that_is_too_large_or_too_long_is_refused_whole(engine: Engine) {
    let town = Town::at(engine, "2026-07-05T10:00+02:00").await;
    let keeper = planner(&town).await;
    let heavy = "x".repeat(exchange::LARGEST + 1);
    assert_eq!(refused(&town, &keeper, table(FileKind::Absences, &heavy)).await[0].2, Wrong::TooLarge(4));
    let long = format!("email,from,until\n{}", "a@b.example,2026-07-01,2026-07-01\n".repeat(10_001));
    assert_eq!(
        refused(&town, &keeper, table(FileKind::Absences, &long)).await[0].2,
        Wrong::TooManyRows(10_000)
    );
}
