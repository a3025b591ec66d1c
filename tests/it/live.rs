//! Live updates: what a page missed is told again, whatever others said meanwhile; where nobody can tell
//! any more, it is told to fetch everything.

use acceptance::{
    doors::Doors,
    on_both_engines,
    postgres::Cluster,
    town::{Engine, Office, Person, Rows, Town},
};
use app::{
    App, Session, Signal,
    live::{self, Ear, Event},
    settings::Post,
    topics,
};
use chrono::Duration;
use domain::{ConversationId, OrganisationId, Tz};
use storage::scope::System;
use uuid::Uuid;

on_both_engines! {
    a_busy_neighbour_pushes_nobodys_news_out,
    a_visitor_hears_of_their_own_conversation_however_many_others_there_are,
    a_page_that_was_away_too_long_is_told_to_fetch_everything,
    a_page_that_saw_the_last_thing_said_missed_nothing_however_long_ago_that_was,
    a_stream_opens_at_once_and_beats,
    an_open_page_hears_of_an_office_that_joined_and_no_more_of_one_that_left,
}

/// How much others say.
const MUCH: usize = 700;

async fn advisor_of_an_office(engine: Engine) -> (Town, Office, Person) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty_for(&office).await;
    (town, office, ana)
}

async fn ear(app: &App, person: &Person) -> Ear {
    let session: Session = person.session().await;
    Ear::of_staff(app, &session).await.unwrap()
}

/// Says all of it at once.
async fn say(app: &App, topics: impl IntoIterator<Item = String>) {
    let tx = app.store.write(System, app.clock.now()).await.unwrap();
    for topic in topics {
        tx.signal(topic);
    }
    tx.commit().await.unwrap();
}

fn conversations_of(office: OrganisationId, many: usize) -> impl Iterator<Item = String> {
    (0..many).map(move |_| topics::conversation(office, ConversationId(Uuid::now_v7())))
}

fn words(told: &[Event]) -> Vec<&str> {
    told.iter()
        .map(|event| match event {
            Event::Changed { topic, .. } => topic.as_str(),
            Event::Resync { .. } => "resync",
            Event::Ended => "ended",
        })
        .collect()
}

async fn a_busy_neighbour_pushes_nobodys_news_out(engine: Engine) {
    let (town, office, ana) = advisor_of_an_office(engine).await;
    let (app, ear) = (&town.app, ear(&town.app, &ana).await);
    let stranger = OrganisationId(Uuid::now_v7());
    // A minute later, so that the overlap does not reach back to the founding.
    town.put_clock_to(town.now() + Duration::minutes(10)).await;
    say(app, [topics::MAILBOX.to_owned()]).await;
    let after = live::newest(app).await.unwrap();
    say(app, [topics::inbox(office.id)]).await;
    say(app, conversations_of(stranger, MUCH)).await;
    say(app, [topics::shifts(ana.id), topics::shifts(domain::PersonId(Uuid::now_v7()))]).await;
    let told = ear.replay(app, after).await.unwrap();
    let told: Vec<&str> =
        words(&told).into_iter().filter(|word| !["clock", "mailbox"].contains(word)).collect();
    assert_eq!(told, ["inbox", "shifts"]);

    // One's own house may say too much as well: then one look at everything is shorter.
    say(app, conversations_of(office.id, MUCH)).await;
    let newest = live::newest(app).await.unwrap();
    assert_eq!(ear.replay(app, after).await.unwrap(), [Event::Resync { id: newest }]);
}

async fn a_visitor_hears_of_their_own_conversation_however_many_others_there_are(engine: Engine) {
    let (town, office, _) = advisor_of_an_office(engine).await;
    let app = &town.app;
    let visitor = office.receives_chat("Is the castle open?").await;
    let own = visitor.conversation().await;
    town.put_clock_to(town.now() + Duration::minutes(10)).await;
    say(app, [topics::inbox(office.id)]).await;
    let after = live::newest(app).await.unwrap();
    say(app, [topics::conversation(office.id, own)]).await;
    say(app, conversations_of(office.id, MUCH)).await;
    let told = Ear::of_visitor(app, office.id, own).replay(app, after).await.unwrap();
    let told: Vec<&str> = words(&told).into_iter().filter(|word| *word != "clock").collect();
    assert_eq!(told, ["conversation"]);
}

async fn a_page_that_was_away_too_long_is_told_to_fetch_everything(engine: Engine) {
    let (town, office, ana) = advisor_of_an_office(engine).await;
    let app = &town.app;
    say(app, [topics::inbox(office.id)]).await;
    let after = live::newest(app).await.unwrap();
    town.put_clock_to(town.now() + Duration::hours(25)).await;
    say(app, [topics::inbox(office.id)]).await;
    live::forget_old(app).await.unwrap();
    let newest = live::newest(app).await.unwrap();
    let doors = Doors::open(app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let newest = newest.max(live::newest(app).await.unwrap());
    let mut stream = doors.comes_back(&asker, "/live", Some(after)).await;
    let heard = stream.hears(|heard| heard.contains(": beat")).await;
    let told = format!("event: resync\nid: {newest}\n");
    assert!(heard.contains(&told), "{told:?} in {heard:?}");
    // A number that was never given, as after a backup was restored.
    let mut stream = doors.comes_back(&asker, "/live", Some(newest + 1_000)).await;
    let heard = stream.hears(|heard| heard.contains(": beat")).await;
    assert!(heard.contains(&told), "{told:?} in {heard:?}");
    // Whoever comes back from there has missed nothing.
    let heard =
        doors.comes_back(&asker, "/live", Some(newest)).await.hears(|heard| heard.contains(": beat")).await;
    assert!(!heard.contains("resync"), "{heard:?}");
}

async fn a_page_that_saw_the_last_thing_said_missed_nothing_however_long_ago_that_was(engine: Engine) {
    let (town, office, ana) = advisor_of_an_office(engine).await;
    let app = &town.app;
    let ear = ear(app, &ana).await;
    town.put_clock_to(town.now() + Duration::minutes(10)).await;
    say(app, [topics::inbox(office.id)]).await;
    let after = live::newest(app).await.unwrap();
    // The hands are not moved by the town here: that would be something said.
    let tx = app.store.write(System, town.now() + Duration::days(3)).await.unwrap();
    storage::signals::forget_old(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let told = ear.replay(app, after).await.unwrap();
    assert!(!words(&told).contains(&"resync"), "{told:?}");
}

async fn a_stream_opens_at_once_and_beats(engine: Engine) {
    let (town, _, ana) = advisor_of_an_office(engine).await;
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let heard = doors.hears(&asker, "/live", |heard| heard.contains(": beat")).await;
    assert!(heard.starts_with("retry: "), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_told_to_fetch_everything_when_postgres_was_away_and_hear_what_is_said_after() {
    let cluster = Cluster::durable();
    let rows = Rows::migrated_on(&cluster).await;
    let town = Town::on(rows, "2026-07-04T21:00+02:00", Tz::Europe__Paris, Post::Mailbox).await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty_for(&office).await;
    let tending = tokio::spawn(town.app.clone().tend());
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let mut stream = doors.comes_back(&asker, "/live", None).await;
    stream.hears(|heard| heard.contains(": beat")).await;
    let resyncs = |heard: &str| heard.matches("event: resync").count();
    let before = resyncs(&stream.hears(|_| true).await);
    cluster.restarts_at_once().await;
    stream.hears(|heard| resyncs(heard) > before).await;
    // What she may hear may have changed meanwhile too: her page comes back, and gets a new ear.
    stream.ends().await;
    let mut stream = doors.comes_back(&asker, "/live", None).await;
    stream.hears(|heard| heard.contains(": beat")).await;
    say(&town.app, [topics::desk(ana.id)]).await;
    stream.hears(|heard| heard.contains("event: inbox")).await;
    tending.abort();
}

async fn an_open_page_hears_of_an_office_that_joined_and_no_more_of_one_that_left(engine: Engine) {
    let (town, office, ana) = advisor_of_an_office(engine).await;
    let app = &town.app;
    let mut ear = ear(app, &ana).await;
    assert!(!ear.looks_again(app).await.unwrap(), "nothing changed");
    let joined = town.office("Colmar").covered("18:00–22:00").await;
    let said = |office: OrganisationId| Signal { id: 7, topic: topics::inbox(office) };
    assert_eq!(ear.hear(&said(joined.id)), None, "it does not know yet");
    assert!(ear.looks_again(app).await.unwrap());
    assert!(ear.hear(&said(joined.id)).is_some() && ear.hear(&said(office.id)).is_some());
    assert!(!ear.looks_again(app).await.unwrap(), "once");

    ana.loses_every_role().await;
    assert!(ear.looks_again(app).await.unwrap());
    assert_eq!((ear.hear(&said(joined.id)), ear.hear(&said(office.id))), (None, None));
}

#[tokio::test]
async fn a_stream_that_stands_open_says_resync_when_an_office_joined() {
    let (town, _, ana) = advisor_of_an_office(Engine::Sqlite).await;
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let mut stream = doors.comes_back(&asker, "/live", None).await;
    stream.hears(|heard| heard.contains(": beat")).await;
    town.office("Colmar").covered("18:00–22:00").await;
    stream.hears(|heard| heard.contains("event: resync")).await;
}
