//! A colleague of the watch who works for a neighbour: one sees them, and changes nothing of theirs.

use std::collections::BTreeMap;

use acceptance::{doors::Asker, on_both_engines, town::Engine};
use api::routes::{self, Route};
use domain::Rung;
use serde_json::{Value, json};
use storage::{employments, scope::Home};

use super::{
    cast::{Cast, Locks},
    forms,
};

on_both_engines! { nobody_changes_what_belongs_to_a_neighbours_employee }

async fn nobody_changes_what_belongs_to_a_neighbours_employee(engine: Engine) {
    let cast = Cast::assembles(engine, Locks::Both).await;
    let theirs = colleague(&cast).await;
    let manager = cast.askers.iter().find(|asker| asker.name == "manager").unwrap();
    let seen = cast.doors().asks_as_program(manager, "GET", "/api/v1/people", "").await;
    assert!(seen.body.contains(&theirs["person"]), "they are a colleague of the watch: {}", seen.body);

    let (mut asked, mut wrong) = (0, Vec::new());
    for route in routes::all().filter(|route| route.method != "GET") {
        let question = forms::question(route);
        for asker in cast.askers.iter().filter(|asker| keeps_nothing_of_theirs(asker, route)) {
            for name in question.ids().into_iter().filter(|name| theirs.contains_key(name)) {
                asked += 1;
                let answer = cast.really_ask(asker, route, &question, Some((name, &theirs[name]))).await;
                if answer.status < 400 {
                    wrong.push(format!(
                        "{} {} as {}, {name}: {answer:?}",
                        route.method, route.path, asker.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} changes were taken:\n{}", wrong.len(), wrong.join("\n"));
    assert!(20 < asked, "only {asked} questions name something of theirs");
}

/// Everybody signed in but whoever plans their pool, where it is about the rota.
fn keeps_nothing_of_theirs(asker: &Asker, route: &Route) -> bool {
    let plans = asker.name == "planner" && ["rota", "handovers"].iter().any(|word| route.path.contains(word));
    !plans && !matches!(asker.name, "stranger" | "visitor")
}

/// Cléo, who works for an office next door and stands watch tomorrow: her ids, by their names in paths.
async fn colleague(cast: &Cast) -> BTreeMap<&'static str, String> {
    let town = cast.town();
    let office = town.office("Turckheim").plain().await;
    let cleo = town.advisor("Cléo").working_at(&office).off_duty().await;
    cleo.has_duty(town, "2026-07-05", "08:00–12:00", Rung::Lead).await;
    let tx = town.app.store.read(Home(office.id), town.now()).await.unwrap();
    let employment = employments::of_people(&tx, &[cleo.id]).await.unwrap().remove(0).id;
    drop(tx);

    let keeper = cast.doors().signed_in("another neighbour", &office.manager).await;
    let makes = async |path: &str, what: Value| {
        let answer = cast.doors().asks_as_program(&keeper, "POST", path, &what.to_string()).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.body);
        let made: Value = serde_json::from_str(&answer.body).unwrap();
        made["id"].as_str().unwrap().to_owned()
    };
    let (person, employment) = (cleo.id.to_string(), employment.to_string());
    let hours = json!({ "days": ["sunday"], "from": "10:00", "until": "12:00" });
    let absence =
        json!({ "person": person, "starts_at": "2026-09-01T08:00:00Z", "ends_at": "2026-09-02T08:00:00Z" });
    let pattern =
        json!({ "employment": employment, "hours": hours, "break_minutes": 0, "from": "2026-08-01" });
    let exemption = json!({ "person": person, "from": "2026-07-01", "until": "2026-07-31" });
    let intervention =
        json!({ "person": person, "starts_at": "2026-07-01T18:00:00Z", "ends_at": "2026-07-01T19:00:00Z" });
    BTreeMap::from([
        ("absence", makes("/api/v1/absences", absence).await),
        ("office_hours", makes("/api/v1/office-hours", pattern).await),
        ("exemption", makes("/api/v1/exemptions", exemption).await),
        ("intervention", makes("/api/v1/interventions", intervention).await),
        ("employment", employment),
        ("person", person),
    ])
}
