//! A file as a browser sends it to the page: tried out, brought in, refused; on both engines.

use acceptance::{
    doors::{Answer, Asker, Doors},
    on_both_engines,
    town::{Engine, Town},
};
use app::pool::found;
use domain::Role;

on_both_engines! {
    a_file_that_is_sent_to_the_page_is_tried_out_and_then_brought_in,
    the_page_names_the_organisation_whose_files_it_takes,
    a_board_with_two_pools_says_of_which_duties_are,
}

const HEAD: &str = "email,given name,family name,languages,roles,from,until,law,weekly hours\n";
const NINA: &str = "nina@riquewihr.example,Nina,Faure,fr en,advisor,2026-07-01,,france_private,35\n";

async fn a_file_that_is_sent_to_the_page_is_tried_out_and_then_brought_in(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let sent = async |who: &Asker, run: &str, text: &str| -> Answer {
        let fields = [("kind", "people"), ("person", ""), ("run", run)];
        doors.sends_a_file(who, "/exchange", &fields, ("people.csv", text)).await
    };
    let nina = "select cast(count(*) as bigint) from people where email = 'nina@riquewihr.example'";
    let there = async || town.rows.number(nina).await.unwrap();

    let faulty = format!("{HEAD}{}", NINA.replace("2026-07-01", "soon"));
    let told = sent(&manager, "bring", &faulty).await;
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(told.body.contains("This is not a date"), "{}", told.body);
    let good = format!("{HEAD}{NINA}");
    let tried = sent(&manager, "try", &good).await;
    assert!(tried.status == 200 && tried.body.contains("Would be new: 1"), "{}", tried.body);
    assert_eq!(there().await, 0, "nothing is kept of what has faults or is only tried out");

    let brought = sent(&manager, "bring", &good).await;
    assert!(brought.status == 200 && brought.body.contains("Brought in: 1 new"), "{}", brought.body);
    assert_eq!(there().await, 1);
    let again = sent(&manager, "bring", &good).await;
    assert!(again.body.contains("0 new, 0 changed, 1 there already"), "{}", again.body);

    assert_ne!(sent(&manager.led_astray(), "bring", &good.replace("nina", "mallory")).await.status, 200);
    let stranger = doors.stranger();
    assert_ne!(sent(&stranger, "bring", &good.replace("nina", "mallory")).await.status, 200);
    let mallory = "select cast(count(*) as bigint) from people where email like 'mallory%'";
    assert_eq!(town.rows.number(mallory).await.unwrap(), 0, "only a form of the house's own is taken");
}

async fn the_page_names_the_organisation_whose_files_it_takes(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let other = town.office("Kaysersberg").plain().await;
    // They answer for another office too, and wear that hat now.
    office.manager.is_given(other.id, Role::Advisor).await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    assert_eq!(manager.own["role"], "advisor");
    let page = doors.asks(&manager, "GET", "/exchange", &[]).await;
    let (_, head) = page.body.split_once("<main").unwrap();
    assert!(head.contains("Riquewihr") && !head.contains("Kaysersberg"), "{head}");
}

async fn a_board_with_two_pools_says_of_which_duties_are(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors.asks(&planner, "GET", "/exchange", &[]).await;
    assert!(!page.body.contains("name=\"pool\""), "with one pool there is nothing to choose");
    let hills = found::make_pool(&town.app, &town.board.caller().await, "Hills").await.unwrap();
    let page = doors.asks(&planner, "GET", "/exchange", &[]).await;
    assert!(page.body.contains("name=\"pool\"") && page.body.contains("Hills"), "{}", page.body);

    let past = format!("email,from,until\n{},2026-06-20 18:00,2026-06-20 22:00\n", ana.email);
    let (lakes, hills) = (town.pool.to_string(), hills.to_string());
    let sent = async |pool: &str| {
        let fields = [("kind", "duties"), ("person", ""), ("pool", pool), ("run", "try")];
        doors.sends_a_file(&planner, "/exchange", &fields, ("duties.csv", &past)).await
    };
    assert_eq!(sent(&lakes).await.status, 200);
    assert_eq!(sent(&hills).await.status, 422, "nobody of these hills works there");
    assert_ne!(sent("01930000-0000-7000-8000-000000000001").await.status, 200);
    let out = async |pool: &str| {
        doors.asks(&planner, "GET", &format!("/exchange/duties.csv?pool={pool}"), &[]).await.body
    };
    assert!(out(&lakes).await.contains(&ana.email) && !out(&hills).await.contains(&ana.email));
}
