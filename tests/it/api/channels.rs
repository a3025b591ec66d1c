//! Ways to write to an office through the API: mailboxes and web chats.

use acceptance::{
    eventually::eventually,
    mail::{OFFICES, PASSWORD, post_office},
    on_both_engines,
    town::Engine,
};
use domain::{ChannelAccountId, ChannelKind};
use reqwest::{Method, header};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use storage::{
    channel_accounts::{self, ChannelAccount},
    scope::System,
};
use uuid::Uuid;

use super::door::{Doors, Said};

on_both_engines! {
    a_mailbox_is_tried_before_it_is_kept_and_its_password_never_comes_out,
    an_address_that_somebody_else_opens_at_the_same_moment_is_taken,
    a_paused_web_chat_is_not_there_and_one_that_was_used_is_not_removed,
}

fn count(list: &Value) -> usize {
    list["items"].as_array().unwrap().len()
}

/// A mailbox in the real post, as a program describes it.
fn mailbox(address: &str, password: &str) -> Value {
    let server = |port| json!({ "host": "127.0.0.1", "port": port, "security": "plain_on_loopback", "username": address });
    json!({
        "address": address, "password": password,
        "imap": server(post_office().imap_port), "smtp": server(post_office().smtp_port),
    })
}

async fn a_mailbox_is_tried_before_it_is_kept_and_its_password_never_comes_out(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let neighbour = doors.town.office("Kaysersberg").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let post = post_office();
    let mailbox_of = post.mailbox(&post.address(&office.slug, OFFICES));
    let good = mailbox(&mailbox_of.address, PASSWORD);
    let post_it = |body: &Value| manager.ask(Method::POST, "/channel-accounts").json(body);

    let refused = Said::of(post_it(&mailbox(&mailbox_of.address, "not-the-password"))).await;
    assert_eq!(refused.is_problem(422), ["/imap", "/smtp"]);
    assert!(
        refused.body["errors"][0]["detail"].as_str().unwrap().contains("credentials"),
        "{}",
        refused.body
    );
    let mut nowhere = good.clone();
    nowhere["imap"]["port"] = json!(1);
    nowhere["smtp"]["host"] = json!(" ");
    nowhere["address"] = json!("nobody");
    assert_eq!(Said::of(post_it(&nowhere)).await.is_problem(422), ["/address", "/smtp/host"]);
    nowhere["smtp"] = good["smtp"].clone();
    nowhere["address"] = good["address"].clone();
    let unreachable = Said::of(post_it(&nowhere)).await;
    assert_eq!(unreachable.is_problem(422), ["/imap"]);
    assert!(
        unreachable.body["errors"][0]["detail"].as_str().unwrap().contains("127.0.0.1:1"),
        "{}",
        unreachable.body
    );

    let made = Said::of(post_it(&good)).await;
    assert_eq!((made.status, &made.body["kind"]), (201, &json!("email")), "{}", made.body);
    assert_eq!(Said::of(post_it(&good)).await.is_problem(422), ["/address"]);
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let listed = manager.get("/channel-accounts").await;
    for shown in [&made.body, &listed, &manager.get(&path).await] {
        let shown = shown.to_string();
        assert!(!shown.contains(PASSWORD) && !shown.contains("password"), "{shown}");
    }
    let other = doors.program(&neighbour.manager, &[]).await;
    Said::of(other.ask(Method::GET, &path)).await.is_problem(404);
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    Said::of(planner.ask(Method::GET, "/channel-accounts")).await.is_problem(403);

    let mut setup = json!({ "active": false, "imap": made.body["imap"], "smtp": made.body["smtp"] });
    let put =
        |tag: &str, body: &Value| manager.ask(Method::PUT, &path).header(header::IF_MATCH, tag).json(body);
    let paused = Said::of(put(made.header("etag"), &setup)).await;
    assert_eq!((paused.status, &paused.body["active"]), (200, &json!(false)), "{}", paused.body);
    Said::of(put(made.header("etag"), &setup)).await.is_problem(412);
    // What is kept is told to nobody it was not given for.
    let mut elsewhere = setup.clone();
    elsewhere["smtp"]["host"] = json!("localhost");
    assert_eq!(Said::of(put(paused.header("etag"), &elsewhere)).await.is_problem(422), ["/password"]);
    setup["active"] = json!(true);
    setup["password"] = json!("not-the-password");
    assert_eq!(Said::of(put(paused.header("etag"), &setup)).await.is_problem(422), ["/imap", "/smtp"]);
    setup["password"] = json!(PASSWORD);
    setup["plus"] = json!(true);
    let back = Said::of(put(paused.header("etag"), &setup)).await;
    assert_eq!((back.status, &back.body["plus"]), (200, &json!(true)), "{}", back.body);

    // What comes now is fetched with what was kept, and answered from there.
    let guest = post.guest("jonas");
    guest.write(&mailbox_of.address, "The castle", "Is the castle open tomorrow?").await;
    acceptance::eventually::eventually("the mail is fetched", async || {
        app::desk::fetch_mail(&doors.town.app).await.unwrap();
        doors.town.work_until_idle().await;
        (!office.conversations().await.is_empty()).then_some(())
    })
    .await;
    let gone = manager.ask(Method::DELETE, &path).header(header::IF_MATCH, "*");
    Said::of(gone).await.is_problem(409);
}

async fn an_address_that_somebody_else_opens_at_the_same_moment_is_taken(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (app, town) = (&doors.town.app, &doors.town);
    let (office, neighbour) =
        (town.office("Riquewihr").plain().await, town.office("Kaysersberg").plain().await);
    let post = post_office();
    let address = post.mailbox(&post.address(&office.slug, OFFICES)).address;
    let manager = doors.program(&office.manager, &[]).await;

    let first = app.store.write(System, town.now()).await.unwrap();
    let theirs = ChannelAccount {
        id: ChannelAccountId(Uuid::now_v7()),
        organisation: neighbour.id,
        kind: ChannelKind::Email,
        address: address.clone(),
        settings: json!({}),
        secret: None,
        active: false,
        mark: None,
        checked_at: None,
        trouble: None,
        version: 1,
        created_at: town.now(),
    };
    channel_accounts::add(&first, &theirs).await.unwrap();
    let open = manager.ask(Method::POST, "/channel-accounts").json(&mailbox(&address, PASSWORD));
    let second = tokio::spawn(Said::of(open));
    if engine == Engine::Postgres {
        let mut looks = PgConnection::connect(&app.settings.database).await.unwrap();
        eventually("the second waits for the first", async || {
            let waits = sqlx::query_scalar::<_, bool>(
                "select exists (select from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock')",
            );
            waits.fetch_one(&mut looks).await.unwrap().then_some(())
        })
        .await;
    }
    first.commit().await.unwrap();
    let said = second.await.unwrap();
    assert_eq!(said.is_problem(422), ["/address"], "{:?}", said.body);
}

async fn a_paused_web_chat_is_not_there_and_one_that_was_used_is_not_removed(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let accounts = manager.get("/channel-accounts").await;
    assert_eq!((count(&accounts), &accounts["items"][0]["kind"]), (1, &json!("web_chat")));
    let path = format!("/channel-accounts/{}", accounts["items"][0]["id"].as_str().unwrap());
    let put = |body: Value| manager.ask(Method::PUT, &path).header(header::IF_MATCH, "*").json(&body);
    assert_eq!(Said::of(put(json!({ "active": false }))).await.body["active"], false);
    let refused = office.visitor().sends("Hello?", "a-key-of-a-page-0001").await;
    assert!(refused.is_err(), "nobody can write there now");
    assert_eq!(Said::of(put(json!({ "active": true }))).await.body["active"], true);
    office.receives_chat("Hello?").await;
    let gone = manager.ask(Method::DELETE, &path).header(header::IF_MATCH, "*");
    let gone = Said::of(gone).await;
    gone.is_problem(409);
    assert!(gone.body["detail"].as_str().unwrap().contains("Pause it"), "{}", gone.body);
    let mail = put(json!({ "active": true, "password": "x" }));
    Said::of(mail).await.is_problem(422);
}
