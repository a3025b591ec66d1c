//! What a need asks of a lead and what people bring: said on pages and by programs, honoured by rotas,
//! named where it is missing.

use acceptance::{
    doors::{Asker, Doors},
    on_both_engines,
    town::{Engine, Office, Person, Town, day},
};
use app::{
    Advisor,
    kept::Seen,
    rota::{
        change::Assigned,
        handovers::{Hand, eligible, open::read},
    },
};
use domain::{Rule, Rung, Skill, Spoken, WhyNot};
use serde_json::{Value, json};

on_both_engines! {
    a_duty_goes_to_whoever_brings_what_its_need_asks_for,
    a_published_duty_passes_to_colleagues_who_bring_what_it_asks_for,
    today_tells_of_duties_whose_holder_no_longer_brings_what_they_ask_for,
    programs_read_and_write_skills_and_old_ones_keep_what_they_do_not_know,
    nobody_says_what_strangers_bring_nor_that_they_know_strangers_offices,
}

/// Two offices, and two advisors at the first.
async fn a_town(engine: Engine) -> (Town, Office, Office, [Person; 2]) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let colmar = town.office("Colmar").plain().await;
    let ana = town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    let berta = town.advisor("Berta").working_at(&riquewihr).off_duty().await;
    (town, riquewihr, colmar, [ana, berta])
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

async fn sends(doors: &Doors, who: &Person, path: &str, fields: &[(String, String)]) -> u16 {
    sends_as(doors, &doors.signed_in("somebody", who).await, path, fields).await
}

/// The same by somebody who is signed in already.
async fn sends_as(doors: &Doors, asker: &Asker, path: &str, fields: &[(String, String)]) -> u16 {
    let fields: Vec<(&str, String)> = fields.iter().map(|(name, value)| (&**name, value.clone())).collect();
    doors.asks(asker, "POST", path, &fields).await.status
}

/// The planner wants a lead every evening who speaks German at B2, knows Colmar and answers chats.
async fn wants(doors: &Doors, town: &Town, colmar: &Office) {
    let need = [
        field("pool", &town.pool.to_string()),
        field("days", "all"),
        field("from", "18:00"),
        field("until", "22:00"),
        field("leads", "1"),
        field("backups", "1"),
        field("de", "B2"),
        field(&format!("knows-{}", colmar.id), "true"),
        field("web_chat", "true"),
    ];
    assert_eq!(sends(doors, &town.board.planner, "/pool/needs", &need).await, 303);
}

fn speaks(level: &str) -> Vec<(String, String)> {
    vec![field("fr", "any"), field("en", "any"), field("de", level)]
}

async fn a_duty_goes_to_whoever_brings_what_its_need_asks_for(engine: Engine) {
    let (town, riquewihr, colmar, [ana, berta]) = a_town(engine).await;
    let doors = Doors::open(&town.app).await;
    wants(&doors, &town, &colmar).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors.asks(&planner, "GET", "/pool", &[]).await.body;
    for said in ["DE\u{2011}B2", "Must know Colmar", "Must answer on web chat"] {
        assert!(page.contains(said), "{said}: {page}");
    }

    let monday = day("2026-07-06");
    let draft = town.board.drafts(monday, monday).await;
    assert_eq!(draft.place(monday, Rung::Lead).await.person, None, "nobody brings all of it");
    assert!(draft.place(monday, Rung::Backup).await.person.is_some(), "backups are asked nothing");
    draft.gives(monday, Rung::Backup, None).await.unwrap();
    let Assigned::Done { .. } = draft.gives(monday, Rung::Lead, Some(ana.id)).await.unwrap() else {
        panic!("a reason can accept it")
    };
    let remarks = draft.shown().await.remarks;
    let lacks = |rule: Rule| {
        let found = remarks.iter().find(|one| one.finding.rule == rule && one.finding.person == ana.id);
        found.map(|one| one.finding.lacks.clone()).unwrap_or_default()
    };
    let german = Spoken::parse("de-B2").unwrap();
    assert_eq!(lacks(Rule::Language), [Skill::of_language(german.language, german.level)]);
    let name = "Colmar".to_owned();
    assert_eq!(lacks(Rule::Destination), [Skill::Destination { office: colmar.id, name }]);
    assert_eq!(lacks(Rule::Channel), [], "who names no channel answers on all");
    let board = doors.asks(&planner, "GET", &format!("/rota/{}", draft.rota), &[]).await.body;
    for said in ["German (B2 at least)", "Does not know the destination: Colmar."] {
        assert!(board.contains(said), "{said}: {board}");
    }

    // Ana says it herself, and her manager of Berta.
    let mut own = speaks("C1");
    own.push(field(&format!("knows-{}", colmar.id), "true"));
    assert_eq!(sends(&doors, &ana, "/me/skills", &own).await, 303);
    let page = doors.asks(&doors.signed_in("ana", &ana).await, "GET", "/me/skills", &[]).await.body;
    assert!(page.contains("Known in any case, from working there: Riquewihr."), "{page}");
    let hers = format!("/team/{}/skills", berta.id);
    let mut less = speaks("B1");
    less.push(field("email", "true"));
    assert_eq!(sends(&doors, &riquewihr.manager, &hers, &less).await, 303);
    let tuesday = day("2026-07-07");
    let draft = town.board.drafts(tuesday, tuesday).await;
    assert_eq!(draft.place(tuesday, Rung::Lead).await.person, Some(ana.id));
    assert_eq!(draft.place(tuesday, Rung::Backup).await.person, Some(berta.id));
}

async fn a_published_duty_passes_to_colleagues_who_bring_what_it_asks_for(engine: Engine) {
    let (town, riquewihr, colmar, [ana, berta]) = a_town(engine).await;
    let carla = town.advisor("Carla").working_at(&riquewihr).off_duty().await;
    let doors = Doors::open(&town.app).await;
    wants(&doors, &town, &colmar).await;
    let mut all = speaks("B2");
    all.push(field(&format!("knows-{}", colmar.id), "true"));
    assert_eq!(sends(&doors, &ana, "/me/skills", &all).await, 303);
    assert_eq!(sends(&doors, &carla, "/me/skills", &all).await, 303);
    let mut less = speaks("B1");
    less.push(field("email", "true"));
    assert_eq!(sends(&doors, &berta, "/me/skills", &less).await, 303);
    let (monday, tuesday) = (day("2026-07-06"), day("2026-07-07"));
    let draft = town.board.drafts(monday, tuesday).await;
    for (on, lead) in [(monday, Some(ana.id)), (tuesday, None)] {
        draft.gives(on, Rung::Backup, None).await.unwrap();
        draft.gives(on, Rung::Lead, lead).await.unwrap();
    }
    draft.publishes("").await.unwrap();

    let shift = ana.shifts().await.coming[0].id;
    let hand = Hand::from(&ana.caller::<Advisor>().await);
    let list = eligible::eligible(&town.app, &hand, shift, None).await.unwrap();
    assert!(list.iter().find(|one| one.person == carla.id).unwrap().may(), "{list:?}");
    let hers = &list.iter().find(|one| one.person == berta.id).unwrap().reasons;
    let rules: Vec<Option<Rule>> = hers
        .iter()
        .map(|why| match why {
            WhyNot::Rule { finding } if !finding.lacks.is_empty() => Some(finding.rule),
            _ => None,
        })
        .collect();
    let skills = [Rule::Language, Rule::Destination, Rule::Channel].map(Some);
    assert_eq!(rules, skills, "colleagues read which skills are missing: {hers:?}");

    // That Ana lacks German herself from now on excuses nobody: no planner accepted it.
    let without = [field("fr", "any"), field("en", "any"), field(&format!("knows-{}", colmar.id), "true")];
    assert_eq!(sends(&doors, &ana, "/me/skills", &without).await, 303);
    let list = eligible::eligible(&town.app, &hand, shift, None).await.unwrap();
    let hers = &list.iter().find(|one| one.person == berta.id).unwrap().reasons;
    let german = |why: &WhyNot| matches!(why, WhyNot::Rule { finding } if finding.rule == Rule::Language);
    assert!(hers.iter().any(german), "{hers:?}");

    // The open lead of Tuesday is for whoever brings what it asks for.
    let may = async |person: &Person| {
        let hand = Hand::from(&person.caller::<Advisor>().await);
        let open = read::open(&town.app, &hand, None).await.unwrap();
        let lead =
            open.into_iter().find(|one| one.place.slot.day == tuesday && one.place.slot.rung == Rung::Lead);
        lead.expect("it is open").may
    };
    assert_eq!((may(&carla).await, may(&berta).await), (true, false));
}

async fn today_tells_of_duties_whose_holder_no_longer_brings_what_they_ask_for(engine: Engine) {
    let (town, _, colmar, [ana, berta]) = a_town(engine).await;
    let doors = Doors::open(&town.app).await;
    wants(&doors, &town, &colmar).await;
    let mut all = speaks("B2");
    all.push(field(&format!("knows-{}", colmar.id), "true"));
    for one in [&ana, &berta] {
        assert_eq!(sends(&doors, one, "/me/skills", &all).await, 303);
    }
    let friday = day("2026-06-19");
    let draft = town.board.drafts(friday, friday).await;
    draft.gives(friday, Rung::Backup, None).await.unwrap();
    draft.gives(friday, Rung::Lead, Some(ana.id)).await.unwrap();
    draft.publishes("").await.unwrap();
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let told = "Ana Martin does not bring what Fri 19 Jun, 18:00–22:00 asks for";
    let today = async || doors.asks(&planner, "GET", "/today", &[]).await.body;
    assert!(!today().await.contains(told), "she brings all of it");

    // Ana's German is poorer than she said; Berta's is not.
    let mut less = speaks("A2");
    less.push(field(&format!("knows-{}", colmar.id), "true"));
    assert_eq!(sends(&doors, &ana, "/me/skills", &less).await, 303);
    let page = today().await;
    for said in [told, "Lacking: German (B2 at least)."] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let draft = town.board.drafts(friday, friday).await;
    draft.gives(friday, Rung::Lead, Some(berta.id)).await.unwrap();
    draft.publishes("").await.unwrap();
    assert!(!today().await.contains("does not bring"), "somebody else has it now");
}

async fn programs_read_and_write_skills_and_old_ones_keep_what_they_do_not_know(engine: Engine) {
    let (town, riquewihr, colmar, [ana, _]) = a_town(engine).await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let asks = async |method: &str, path: &str, body: &Value| {
        let answer = doors.asks_as_program(&planner, method, path, &body.to_string()).await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap_or_default())
    };
    let need = |destinations: &[String]| {
        json!({
            "pool": town.pool.0, "hours": { "days": ["sunday"], "from": "18:00", "until": "22:00" },
            "leads": 1, "backups": 0, "from": "2026-08-01",
            "languages": ["fr", "de-B2", "fr-A1"], "destinations": destinations, "channels": ["email"],
        })
    };
    let (status, made) = asks("POST", "/api/v1/needs", &need(&[colmar.id.to_string()])).await;
    assert_eq!((status, &made["languages"]), (201, &json!(["fr", "de-B2"])), "{made}");
    assert_eq!(made["destinations"], json!([colmar.id.to_string()]));
    assert_eq!(made["channels"], json!(["email"]));
    let strange = town.stranger().await.office("Obernai").plain().await;
    let (status, refused) = asks("POST", "/api/v1/needs", &need(&[strange.id.to_string()])).await;
    assert_eq!(status, 422, "{refused}");
    assert!(refused.to_string().contains("destinations"), "{refused}");
    let path = format!("/api/v1/needs/{}", made["id"].as_str().unwrap());
    let mut less = need(&[]);
    less.as_object_mut().unwrap().remove("pool");
    let (status, changed) = asks("PUT", &path, &less).await;
    assert_eq!((status, &changed["destinations"]), (200, &json!([])), "{changed}");

    let manager = doors.signed_in("manager", &riquewihr.manager).await;
    let path = format!("/api/v1/people/{}", ana.id);
    let says = async |body: &Value| {
        let answer = doors.asks_as_program(&manager, "PUT", &path, &body.to_string()).await;
        serde_json::from_str::<Value>(&answer.body).unwrap()
    };
    let mut said = json!({
        "given_name": "Ana", "family_name": "Martin", "languages": ["de-C1", "fr"],
        "destinations": [colmar.id.to_string()], "channels": ["web_chat"],
    });
    let kept = says(&said).await;
    assert_eq!((&kept["languages"], &kept["channels"]), (&said["languages"], &said["channels"]), "{kept}");
    for unknown in ["destinations", "channels"] {
        said.as_object_mut().unwrap().remove(unknown);
    }
    let kept = says(&said).await;
    assert_eq!(kept["destinations"], json!([colmar.id.to_string()]), "what is not said stays: {kept}");
    assert_eq!(kept["channels"], json!(["web_chat"]));
}

async fn nobody_says_what_strangers_bring_nor_that_they_know_strangers_offices(engine: Engine) {
    let (town, riquewihr, colmar, [ana, _]) = a_town(engine).await;
    let doors = Doors::open(&town.app).await;
    let elsewhere = town.stranger().await;
    let obernai = elsewhere.office("Obernai").plain().await;
    let hers = format!("/team/{}/skills", ana.id);
    // Another office of the same pool employs its own people, and strangers see none of them.
    for other in [&colmar.manager, &obernai.manager] {
        let asker = doors.signed_in("another manager", other).await;
        assert_eq!(doors.asks(&asker, "GET", &hers, &[]).await.status, 404);
        assert_eq!(sends(&doors, other, &hers, &speaks("A1")).await, 404);
    }
    let ana_asks = doors.signed_in("ana", &ana).await;
    let refused = sends_as(&doors, &ana_asks, &hers, &speaks("A1")).await;
    assert_eq!(refused, 403, "an advisor decides on nobody");

    // A box that no page of hers shows is not looked at; a program is told.
    let box_of = |office: &Office| field(&format!("knows-{}", office.id), "true");
    let boxes = [box_of(&obernai), box_of(&colmar)];
    assert_eq!(sends_as(&doors, &ana_asks, "/me/skills", &boxes).await, 303);
    let page = doors.asks(&ana_asks, "GET", "/me/skills", &[]).await.body;
    assert!(page.contains("Colmar") && !page.contains("Obernai"), "{page}");
    let session = riquewihr.manager.session().await;
    let said = app::account::people::Said {
        given_name: "Ana".to_owned(),
        family_name: "Martin".to_owned(),
        languages: Vec::new(),
        destinations: Some([obernai.id].into()),
        channels: None,
    };
    let refused = app::account::people::change(&town.app, &session, ana.id, &Seen::Any, said).await;
    assert!(matches!(refused, Err(app::Error::Invalid(_))), "{refused:?}");
}
