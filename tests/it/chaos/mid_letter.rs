//! A worker is killed in a chosen moment of handing a letter to a mail server, and another takes over: it
//! cannot know whether the letter arrived, so the answer is shown as unknown and not sent a second time.

use std::time::Duration;

use acceptance::{
    eventually::{eventually, eventually_within},
    lines::{Moment, Snag},
    mail::{Received, post_office},
    nodes::Node,
    on_both_engines,
    town::{Engine, Line, Town, open_house},
};
use app::settings::Post;
use domain::{Delivery, Direction};

on_both_engines! {
    a_letter_that_the_server_had_when_its_worker_died_arrives_once_and_is_unknown,
    a_letter_that_the_server_waited_for_when_its_worker_died_is_unknown_and_not_sent_by_itself,
}

/// What a killed worker had in hand is free after 30 seconds.
const TAKEN_OVER: Duration = Duration::from_secs(120);

async fn a_letter_that_the_server_had_when_its_worker_died_arrives_once_and_is_unknown(engine: Engine) {
    letters_of_a_killed_worker(engine, Moment::AfterText, 1).await;
}

async fn a_letter_that_the_server_waited_for_when_its_worker_died_is_unknown_and_not_sent_by_itself(
    engine: Engine,
) {
    letters_of_a_killed_worker(engine, Moment::BeforeText, 0).await;
}

/// The worker dies in that moment; so many letters lie in the guest's mailbox in the end.
async fn letters_of_a_killed_worker(engine: Engine, moment: Moment, arrived: usize) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let snag = Snag::before(post_office().smtp_port, moment).await;
    let (mailbox, _) = office.opens_mailbox_by(Line { smtp_port: snag.port, ..Line::direct() }).await;
    let ana = town.advisor("Ana").on_duty_for(&office).await;
    let guest = post_office().guest("guest");
    guest.write(&mailbox.address, "Castle", "Is the castle open?").await;
    eventually("the letter is taken in", async || {
        town.work_until_idle().await;
        ana.row("Is the castle open?").await.map(drop)
    })
    .await;
    ana.answers("Is the castle open?", "From nine to five.").await;
    let key = town.app.settings.key.clone();
    let Town { app, rows, .. } = town;
    app.store.close().await;
    rows.change("delete from clock").await;

    let mut node = Node::starts(&rows, &key, "work").await;
    snag.holds_a_letter().await;
    node.is_killed();
    let count = async |which: &str| {
        rows.number(&format!("select cast(count(*) as bigint) from {which}")).await.unwrap()
    };
    assert_eq!(count("messages where delivery = 'sending'").await, 1, "it died with the letter in hand");
    node.starts_again().await;
    eventually_within(TAKEN_OVER, "the letter is nobody's any more", async || {
        let moving = "messages where delivery in ('waiting', 'sending')";
        (count(moving).await == 0 && count("jobs where state = 'running'").await == 0).then_some(())
    })
    .await;
    node.is_asked_to_stop();
    assert!(node.ends().await.success(), "{}", node.log());

    let house = open_house(&rows.url, &key, Post::Mailbox).await;
    let office = office.in_house(&house);
    let conversation = office.conversation_about("Is the castle open?").await;
    let said = office.messages(conversation.id).await;
    let answers: Vec<_> = said.iter().filter(|message| message.direction == Direction::Out).collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].delivery, Delivery::Unknown, "{}", node.log());
    if arrived > 0 {
        guest.receives("the answer", |letter: &Received| letter.text().contains("From nine to five.")).await;
    }
    assert_eq!(guest.letters().await.len(), arrived, "in the guest's mailbox");
    house.store.close().await;
}
