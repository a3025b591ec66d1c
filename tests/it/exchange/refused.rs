//! Who may not, what is too much, and lines that cannot be true.

use acceptance::{
    on_both_engines,
    town::{Engine, Town, day, hours},
};
use app::{
    Error,
    account::house::Founding,
    exchange::{self, Upload},
    pool::found,
    rota::draft,
};
use domain::{
    Calendar, Language, Minutes, Role, Tz,
    exchange::{FileFormat, FileKind, Wrong},
};

use super::{brings, manager, planner, refused, table};

on_both_engines! {
    lines_about_people_of_other_offices_are_as_if_they_did_not_exist,
    duties_that_are_not_over_or_contradict_the_past_are_refused,
    duties_are_for_planners_of_that_pool_alone,
    past_duties_come_in_where_the_office_was_a_member_and_a_need_asked_then,
    tables_say_what_cannot_be_at_its_line,
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

async fn past_duties_come_in_where_the_office_was_a_member_and_a_need_asked_then(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let board = town.board.caller().await;
    let hills = found::make_pool(&town.app, &board, "Hills").await.unwrap();
    let board = town.board.caller().await;
    let mut emails = Vec::new();
    for (slug, from) in [("early", Some(day("2026-06-01"))), ("late", None)] {
        let new = Founding {
            name: slug.to_owned(),
            slug: slug.to_owned(),
            zone: Tz::Europe__Paris,
            calendar: Calendar::France,
            language: Language::FR,
            colour: None,
            promise: Minutes(5),
            emergency: "112".to_owned(),
            first: None,
        };
        let office = found::add_office(&town.app, &board, (hills, from), new).await.unwrap();
        emails.push(town.hires(office.is.organisation.id, slug, &["fr"], Role::Advisor).await.email);
    }
    let [early, late] = &emails[..] else { panic!("two were hired") };
    let wanted = found::Wanted {
        window: hours("18:00–22:00"),
        leads: 1,
        backups: 0,
        languages: Vec::new(),
        skills: domain::Skills::default(),
        kind: domain::DutyKind::Active,
        part: domain::YearPart::Whole,
        from: Some(day("2026-06-10")),
        until: Some(day("2026-06-30")),
    };
    found::want(&town.app, &board, hills, wanted.clone()).await.unwrap();
    let backwards = found::Wanted { until: Some(day("2026-06-01")), ..wanted };
    let wrong = found::want(&town.app, &board, hills, backwards).await;
    assert!(matches!(wrong, Err(Error::Invalid(faults)) if faults[0].field == "until"));

    let keeper = planner(&town).await;
    let line = |email: &str, day: &str| format!("{email},2026-06-{day} 18:00,2026-06-{day} 22:00\n");
    let text = format!("email,from,until\n{}{}", line(late, "20"), line(early, "09"));
    let upload = Upload { pool: Some(hills), ..table(FileKind::Duties, &text) };
    let wrong = refused(&town, &keeper, upload).await;
    let named: Vec<_> = wrong.iter().map(|(line, _, wrong)| (*line, *wrong)).collect();
    assert_eq!(named, [(2, Wrong::NotAMemberThen), (3, Wrong::NoNeed)]);

    let text = format!("email,from,until\n{}", line(early, "20"));
    let upload = Upload { pool: Some(hills), ..table(FileKind::Duties, &text) };
    brings(&town, &keeper, upload, (1, 0, 0)).await;
    brings(&town, &keeper, upload, (0, 0, 1)).await;
    let wanted = draft::around_now(&town.app, &board, hills).await.unwrap();
    assert_eq!(wanted, None, "a rota whose days are over is not the one to look at");
    assert!(draft::last(&town.app, &board, hills).await.unwrap().is_some());
}

async fn tables_say_what_cannot_be_at_its_line(engine: Engine) {
    let town = Town::at(engine, "2026-07-05T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let keeper = manager(&office).await;
    let email = &office.manager.email;
    let hours = format!("email,days,opens,closes,break,from\n{email},mon,13:00,14:00,90,2026-07-01");
    let wrong = refused(&town, &keeper, table(FileKind::OfficeHours, &hours)).await;
    assert_eq!(wrong, [(2, "break".to_owned(), Wrong::BreakTooLong)]);
    let fact = "language,title,text,checked on\nen,Castle,Closed on Mondays,2026-07-06";
    let wrong = refused(&town, &keeper, table(FileKind::Notebook, fact)).await;
    assert_eq!(wrong, [(2, "checked on".to_owned(), Wrong::StillToCome)]);
    let wrong = refused(&town, &keeper, table(FileKind::People, "BEGIN:VCALENDAR\nEND:VCALENDAR\n")).await;
    assert_eq!(wrong, [(0, String::new(), Wrong::IsACalendar)]);
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
