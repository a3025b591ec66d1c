//! A file as a browser sends it to the page: tried out, brought in, refused; on both engines.

use acceptance::{
    doors::{Answer, Asker, Doors},
    on_both_engines,
    town::{Engine, Town},
};

on_both_engines! { a_file_that_is_sent_to_the_page_is_tried_out_and_then_brought_in }

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
    assert!(tried.status == 200 && tried.body.contains("1 would be new"), "{}", tried.body);
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
