//! SIGTERM to the real program: what is in hand is finished, what is open is told to come back.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use acceptance::{
    eventually::eventually,
    lines::Gate,
    mail::{Received, post_office},
    town::{Engine, Line, Town},
};

use super::{Node, town_for_the_program};

acceptance::on_both_engines! {
    a_node_that_is_asked_to_stop_finishes_what_is_in_hand,
    a_worker_that_is_asked_to_stop_finishes_the_letter_in_hand,
}

async fn a_node_that_is_asked_to_stop_finishes_what_is_in_hand(engine: Engine) {
    let (rows, key, office, _) = town_for_the_program(engine).await;
    let mut node = Node::starts(&rows, &key, "serve").await;

    // A visitor's message of which half has arrived.
    let form = "body=Is+the+castle+open%3F&key=9b3f0f6e-8a57-4a0e-9f0c-6d2b1c3a4e5f";
    let mut slow = line_to(&node);
    let (first, second) = form.split_at(20);
    let head = format!(
        "POST /c/{}/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{first}",
        office.slug,
        form.len()
    );
    slow.write_all(head.as_bytes()).unwrap();
    // Another visitor's page that listens.
    let mut live = line_to(&node);
    let listen = format!("GET /c/{}/live HTTP/1.1\r\nhost: localhost\r\n\r\n", office.slug);
    live.write_all(listen.as_bytes()).unwrap();
    let mut begun = [0; 12];
    live.read_exact(&mut begun).unwrap();
    assert_eq!(&begun[..9], b"HTTP/1.1 ", "somebody answers");

    node.is_asked_to_stop();
    eventually("it says that it is stopping, while the request is still in hand", async || {
        let (status, why) = node.asks_backstage("/readyz").await?;
        (status == 503 && why.contains("stopping")).then_some(())
    })
    .await;
    eventually("it takes no new visitors", async || TcpStream::connect(node.front).err()).await;
    assert!(node.child.try_wait().unwrap().is_none(), "it waits for the half-sent message");

    slow.write_all(second.as_bytes()).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "the message is taken: {answer}");
    let mut rest = Vec::new();
    live.read_to_end(&mut rest).unwrap();
    assert!(node.ends().await.success(), "{}", node.log());
    assert!(node.log().contains("stopped"), "{}", node.log());

    let house = acceptance::town::open_house(&rows.url, &key, app::settings::Post::Mailbox).await;
    let office = office.in_house(&house);
    assert_eq!(office.conversations().await.len(), 1, "the message is there once");
    house.store.close().await;
}

async fn a_worker_that_is_asked_to_stop_finishes_the_letter_in_hand(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let gate = Gate::before(post_office().smtp_port).await;
    let (mailbox, _) = office.opens_mailbox_by(Line { smtp_port: gate.port, ..Line::direct() }).await;
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
    let count = async |which: &str| {
        let sql = format!("select cast(count(*) as bigint) from {which}");
        rows.number(&sql).await.unwrap()
    };
    eventually("the answer is on its way", async || {
        (count("messages where delivery = 'sending'").await == 1).then_some(())
    })
    .await;
    node.is_asked_to_stop();
    eventually("it says that it is stopping", async || {
        let (status, why) = node.asks_backstage("/readyz").await?;
        (status == 503 && why.contains("stopping")).then_some(())
    })
    .await;
    assert!(node.lives(), "it waits for the mail server: {}", node.log());
    assert_eq!(count("jobs where kind = 'deliver' and state = 'running'").await, 1);
    gate.opens();
    assert!(node.ends().await.success(), "{}", node.log());

    assert_eq!(count("messages where delivery = 'sent' and direction = 'out'").await, 1, "{}", node.log());
    assert_eq!(count("jobs where state = 'running'").await, 0, "nothing is left in hand");
    assert_eq!(count("jobs where kind = 'deliver' and state = 'done'").await, 1);
    guest.receives("the answer", |letter: &Received| letter.text().contains("From nine to five.")).await;
    assert_eq!(guest.letters().await.len(), 1, "the answer came once");
}

fn line_to(node: &Node) -> TcpStream {
    let line = TcpStream::connect(node.front).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    line
}
