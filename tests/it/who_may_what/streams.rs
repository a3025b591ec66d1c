//! Streams: whoever listens hears of their own house and of nobody else's.

use acceptance::{doors::Doors, on_both_engines, town::Engine};
use app::topics;
use domain::{ConversationId, OrganisationId, PersonId, PoolId, RotaId, SessionId};
use storage::scope::System;
use uuid::Uuid;

use super::cast::{Cast, Locks};

on_both_engines! { no_stream_carries_a_word_of_strangers }

async fn no_stream_carries_a_word_of_strangers(engine: Engine) {
    let cast = Cast::assembles(engine, Locks::Both).await;
    let app = &cast.town().app;
    let key = |table: &str| -> Uuid { cast.strangers().key_of(table) };
    let (office, pool) = (OrganisationId(key("organisations")), PoolId(key("pools")));
    let tx = app.store.write(System, app.clock.now()).await.unwrap();
    let strange = [
        topics::inbox(office),
        topics::conversation(office, ConversationId(key("conversations"))),
        topics::desk(PersonId(key("people"))),
        topics::shifts(PersonId(key("people"))),
        topics::rota(pool, RotaId(key("rotas"))),
        topics::today(pool),
        topics::coverage(pool),
        topics::session(SessionId(key("sessions"))),
    ];
    for topic in &strange {
        tx.signal(topic.clone());
    }
    tx.commit().await.unwrap();
    // The clock is for everybody and comes last: whoever heard it has heard what came before.
    let tx = app.store.write(System, app.clock.now()).await.unwrap();
    tx.signal(topics::CLOCK);
    tx.commit().await.unwrap();
    let before = strange.len();
    // The demo's doors: there a stranger hears something too.
    let doors = Doors::open(app).await;
    for asker in &cast.askers {
        let path = if asker.name == "visitor" { "/c/riquewihr/live?after=1" } else { "/live?after=1" };
        let heard = doors.hears(asker, path, |heard| heard.contains("event: clock")).await;
        for mark in &cast.marks {
            assert!(!heard.contains(mark.as_str()), "{} hears {mark}: {heard}", asker.name);
        }
        assert!(!heard.contains("resync"), "{} is told one by one: {heard}", asker.name);
    }
    println!("{engine:?}: {before} topics of strangers × {} listeners, none heard", cast.askers.len());
}
