//! Needs by season and by school holidays, and a day that is otherwise: said on the page, built into a rota.

use acceptance::{
    doors::Doors,
    on_both_engines,
    town::{Engine, Town, day},
};
use app::exchange::{self, Keeper, Upload};
use domain::{
    Rung,
    exchange::{FileFormat, FileKind},
};
use serde_json::{Value, json};

on_both_engines! {
    school_holidays_come_in_as_a_file_and_a_need_follows_them,
    a_day_is_otherwise_and_as_usual_again,
    a_season_is_read_back_as_a_program_said_it,
}

const SCHOOL: &str = "zone,name,from,until\nB,Winter,2026-07-06,2026-07-08\n";

async fn school_holidays_come_in_as_a_file_and_a_need_follows_them(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T09:00+02:00").await;
    town.office("Riquewihr").plain().await;
    let keeper = Keeper::from(&town.board.caller().await);
    let upload = Upload {
        kind: FileKind::SchoolHolidays,
        format: FileFormat::Csv,
        bytes: SCHOOL.as_bytes(),
        person: None,
        pool: None,
    };
    let tried = exchange::try_out(&town.app, &keeper, upload).await.unwrap();
    assert_eq!((tried.kept, tried.added, tried.faults), (false, 1, Vec::new()));
    exchange::import(&town.app, &keeper, upload).await.unwrap();

    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors.asks(&planner, "GET", "/pool", &[]).await;
    assert!(page.body.contains("in the school holidays of B"), "{}", page.body);
    let need = form(&town, &[("days", "all"), ("season", "in:B")]);
    assert_eq!(doors.asks(&planner, "POST", "/pool/needs", &need).await.status, 303);
    let draft = town.board.drafts(day("2026-07-05"), day("2026-07-10")).await;
    let mut days: Vec<_> = draft.shown().await.places.iter().map(|place| place.day).collect();
    days.dedup();
    assert_eq!(days, ["2026-07-06", "2026-07-07", "2026-07-08"].map(day));

    let odd = form(&town, &[("days", "all"), ("season", "yearly"), ("season_from", "")]);
    let refused = doors.asks(&planner, "POST", "/pool/needs", &odd).await;
    assert_eq!(refused.status, 422, "a part of the year needs its two days");
}

async fn a_day_is_otherwise_and_as_usual_again(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T09:00+02:00").await;
    let need = town.board.needs("18:00–22:00", 1, 0).await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let day_form = |on: &str, instead: &str| {
        let mut fields = form(&town, &[("instead", instead)]);
        fields.push(("day", on.to_owned()));
        fields
    };
    assert_eq!(
        doors.asks(&planner, "POST", "/pool/day", &day_form("2026-07-03", "nobody")).await.status,
        422
    );
    assert_eq!(
        doors.asks(&planner, "POST", "/pool/day", &day_form("2026-07-07", "nobody")).await.status,
        303
    );
    let mut fireworks = day_form("2026-07-14", "hours");
    for (name, value) in &mut fireworks {
        match *name {
            "from" => *value = "20:00".to_owned(),
            "until" => *value = "01:00".to_owned(),
            _ => {}
        }
    }
    assert_eq!(doors.asks(&planner, "POST", "/pool/day", &fireworks).await.status, 303);
    let page = doors.asks(&planner, "GET", "/pool", &[]).await;
    for said in ["Not on 7 July 2026", "Not on 14 July 2026", "14 July 2026 20:00–01:00"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let places = |from: &'static str, until: &'static str| {
        let town = &town;
        async move {
            let draft = town.board.drafts(day(from), day(until)).await;
            let places = draft.shown().await.places;
            let leads = places.into_iter().filter(|place| place.rung == Rung::Lead);
            leads.map(|place| (place.day.to_string(), place.span.length().0)).collect::<Vec<_>>()
        }
    };
    let week = places("2026-07-06", "2026-07-08").await;
    assert_eq!(week, [("2026-07-06".to_owned(), 240), ("2026-07-08".to_owned(), 240)]);
    assert_eq!(places("2026-07-14", "2026-07-14").await, [("2026-07-14".to_owned(), 300)]);

    let back = format!("/pool/needs/{need}/as-usual");
    let form = [("day", "2026-07-07".to_owned())];
    assert_eq!(doors.asks(&planner, "POST", &back, &form).await.status, 303);
    assert_eq!(doors.asks(&planner, "POST", &back, &form).await.status, 404, "it is as usual already");
    assert_eq!(places("2026-07-07", "2026-07-07").await.len(), 1);
}

async fn a_season_is_read_back_as_a_program_said_it(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T09:00+02:00").await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let asks = async |season: Value| {
        let need = json!({
            "pool": town.pool.0, "hours": { "days": ["sunday", "holiday"], "from": "20:00", "until": "02:00" },
            "leads": 1, "backups": 0, "languages": [], "from": "2026-08-01",
            "season": season, "except": ["2026-12-25", "2026-08-15", "2026-12-25"],
        });
        let answer = doors.asks_as_program(&planner, "POST", "/api/v1/needs", &need.to_string()).await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    for season in [
        Value::Null,
        json!({ "kind": "yearly", "from": "12-20", "until": "01-05" }),
        json!({ "kind": "yearly", "from": "06-30", "until": "08-31" }),
        json!({ "kind": "yearly", "from": "01-30", "until": "02-29" }),
        json!({ "kind": "school_holidays", "zone": "B", "inside": false }),
    ] {
        let (status, made) = asks(season.clone()).await;
        assert_eq!((status, &made["season"]), (201, &season), "{made}");
        assert_eq!(made["except"], json!(["2026-08-15", "2026-12-25"]), "each day once, in order");
    }
    for wrong in [json!({ "kind": "yearly", "from": "02-30", "until": "03-01" }), json!({ "kind": "moon" })] {
        let (status, said) = asks(wrong).await;
        let at = said["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert!(status == 422 && at.starts_with("/season"), "{said}");
    }
    let (status, said) = asks(json!({ "kind": "school_holidays", "zone": " ", "inside": true })).await;
    assert_eq!((status, &said["errors"][0]["pointer"]), (422, &json!("/season/zone")), "{said}");
}

/// The form of a need from 18 to 22 o'clock, with these fields besides.
fn form<'f>(town: &Town, besides: &[(&'f str, &str)]) -> Vec<(&'f str, String)> {
    let usual = [("from", "18:00"), ("until", "22:00"), ("leads", "1"), ("backups", "0")];
    let mut fields = vec![("pool", town.pool.to_string())];
    fields.extend(usual.iter().chain(besides).map(|(name, value)| (*name, (*value).to_owned())));
    fields
}
