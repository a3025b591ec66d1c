//! Jobs: tried again, given up, tried again by a person.

use acceptance::{
    keeper, on_both_engines,
    town::{Engine, Town, open_house},
};
use app::{
    account::{Asker, sign_in},
    jobs::claims,
    settings::Post,
};
use chrono::Duration;
use domain::{Language, Tz};

on_both_engines! {
    a_job_that_fails_is_tried_again_later_given_up_at_last_and_replayed_by_a_person,
    two_workers_do_not_do_the_same_job,
}

async fn a_job_that_fails_is_tried_again_later_given_up_at_last_and_replayed_by_a_person(engine: Engine) {
    // Nobody listens there: the relay is down.
    let relay = format!("smtp://127.0.0.1:{}", keeper::free_port());
    let post = Post::relay(&relay, "watch@town.example").unwrap();
    let town = Town::with_post(engine, "2026-07-04T21:00+02:00", Tz::Europe__Paris, post).await;
    let ana = town.advisor("Ana").off_duty().await;
    sign_in::ask_for_code(
        &town.app,
        &ana.email,
        Asker { address: "192.0.2.9", browser: "hers", device: "" },
        Language::EN,
    )
    .await
    .unwrap();

    let mut tries = 0;
    while claims::list_dead(&town.app, 10).await.unwrap().is_empty() {
        tries += 1;
        assert!(tries <= 12, "it is given up after twelve tries");
        town.work_until_idle().await;
        let Some(next) = claims::next_due(&town.app).await.unwrap() else { break };
        let wait = next - town.now();
        assert!(Duration::zero() < wait && wait <= Duration::minutes(18), "try {tries} waits {wait}");
        // A second before its time nothing happens.
        town.put_clock_to(next - Duration::seconds(1)).await;
        town.work_until_idle().await;
        assert_eq!(claims::next_due(&town.app).await.unwrap(), Some(next));
        town.put_clock_to(next).await;
    }
    assert_eq!(tries, 12);
    let dead = claims::list_dead(&town.app, 10).await.unwrap();
    let [job] = &dead[..] else { panic!("one dead job, not {dead:?}") };
    assert_eq!((job.kind.as_str(), job.attempts), ("post", 12));
    assert!(job.last_error.as_deref().unwrap_or_default().contains("send a letter"), "{:?}", job.last_error);
    assert!(!job.payload.to_string().contains(&ana.email), "what the letter says is sealed: {}", job.payload);

    // The relay is mended (here: letters lie in the house's mailbox), and a person tries it again.
    let key = &town.app.settings.key;
    let mended = open_house(&town.rows.url, key, Post::Mailbox).await;
    claims::replay(&mended, job.id).await.unwrap();
    assert!(claims::replay(&mended, job.id).await.is_err(), "it is not dead any more");
    worker::run_until_idle(&mended).await;
    assert!(claims::list_dead(&mended, 10).await.unwrap().is_empty());
    let letters = app::letters::mailbox(&mended).await.unwrap();
    assert_eq!(letters.iter().filter(|letter| letter.recipient == ana.email).count(), 1);
    mended.store.close().await;
}

async fn two_workers_do_not_do_the_same_job(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    let mut visitors = Vec::new();
    for number in 0..12 {
        let mut visitor = riquewihr.visitor();
        visitor.writes(&format!("Question {number:02}, about the castle")).await;
        visitors.push(visitor);
    }
    for number in 0..12 {
        ana.answers(&format!("Question {number:02}"), &format!("Answer {number:02}")).await;
    }
    tokio::join!(
        worker::run_until_idle(&town.app),
        worker::run_until_idle(&town.app),
        worker::run_until_idle(&town.app)
    );
    for (number, visitor) in visitors.iter().enumerate() {
        visitor.reads(&format!("Answer {number:02}"), "Ana").await;
        let page = visitor.page().await;
        let said = riquewihr.messages(page.conversation.unwrap()).await;
        let sent = |one: &&storage::messages::Message| matches!(one.delivery, domain::Delivery::Sent { .. });
        assert_eq!(said.iter().filter(sent).count(), 1, "{said:#?}");
    }
    assert!(claims::list_dead(&town.app, 10).await.unwrap().is_empty());
}
