//! A database whose machine is gone without a word, and one that takes no writes any more.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use acceptance::{
    eventually::{eventually, eventually_within},
    lines::Mute,
    nodes::findings,
    town::{Engine, Rows},
};
use reqwest::Client;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{Node, told, town_for_the_program};

/// How many ask at once: more than a node has connections.
const ASKERS: usize = 40;

/// A line of ours to these rows, and their address over it.
async fn line_to(rows: &Rows) -> (Mute, String) {
    let (start, folder) = rows.url.split_once("?host=").unwrap();
    let line = Mute::before(PathBuf::from(folder).join(".s.PGSQL.5432")).await;
    let name = start.rsplit('/').next().unwrap();
    let url = format!("postgres://veilleuse@127.0.0.1:{}/{name}", line.port);
    (line, url)
}

#[tokio::test]
async fn a_node_finds_its_database_again_after_every_line_to_it_fell_silent() {
    let (rows, key, office, _) = town_for_the_program(Engine::Postgres).await;
    let (line, url) = line_to(&rows).await;
    let mut command = told(&rows, &key, "serve");
    command.env("VEILLEUSE_DATABASE", url);
    let mut node = Node::starts_told(command).await;
    let client = Client::builder().timeout(Duration::from_secs(1)).build().unwrap();
    let page = node.at(&format!("/c/{}", office.slug));

    // They ask again and again, so that every connection is in use when the line falls silent.
    let answered = Arc::new(AtomicUsize::new(0));
    let asking: Vec<_> = (0..ASKERS)
        .map(|_| {
            let (client, page, answered) = (client.clone(), page.clone(), Arc::clone(&answered));
            tokio::spawn(async move {
                while answered.load(Ordering::Relaxed) < usize::MAX {
                    if client.get(&page).send().await.is_ok_and(|answer| answer.status() == 200) {
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    let much = async || (answered.load(Ordering::Relaxed) > 3 * ASKERS).then_some(());
    eventually("everybody is answered", much).await;
    line.falls_silent();
    eventually("the node says that the database is away", async || {
        let (status, why) = node.asks_backstage("/readyz").await?;
        (status == 503 && why.contains("does not answer")).then_some(())
    })
    .await;
    asking.iter().for_each(|task| task.abort());
    line.leads_on();

    let minute = Duration::from_secs(60);
    eventually_within(minute, "pages are answered again", async || {
        let answer = client.get(&page).send().await.ok()?;
        (answer.status() == 200).then_some(())
    })
    .await;
    let form = [("body", "Is the castle open?"), ("key", "9b3f0f6e-8a57-4a0e-9f0c-6d2b1c3a4e5f")];
    let sent = client.post(format!("{page}/messages")).form(&form).send().await.unwrap();
    assert_eq!(sent.url().path(), format!("/c/{}", office.slug), "{}", sent.status());
    eventually_within(minute, "its jobs are done", async || {
        let left = "select count(*) from jobs where state <> 'done'";
        (rows.number(left).await.unwrap() == 0).then_some(())
    })
    .await;
    node.is_asked_to_stop();
    assert!(node.ends().await.success(), "{}", node.log());
}

#[tokio::test]
async fn a_node_whose_database_takes_no_writes_is_not_ready_and_the_doctor_says_why() {
    let (rows, key, ..) = town_for_the_program(Engine::Postgres).await;
    let node = Node::starts(&rows, &key, "serve").await;
    let to_all = async |change: &str| {
        let role = format!(
            "do $$ begin execute format('alter role veilleuse in database %I {change}', current_database()); end $$"
        );
        rows.change(&role).await;
        // Whoever is connected learns of it when they connect again.
        let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and usename = 'veilleuse'";
        rows.number(end).await.unwrap();
    };
    to_all("set default_transaction_read_only = on").await;
    eventually("it says that it cannot write", async || {
        let said = node.asks_backstage("/readyz").await?;
        (said == (503, "the database cannot be written\n".to_owned())).then_some(())
    })
    .await;
    let ill = findings(told(&rows, &key, "doctor").arg("--json"));
    let reads = ill.iter().find(|finding| finding.said.contains("PostgreSQL only reads")).unwrap();
    assert_eq!((&*reads.check, &*reads.state), ("database", "bad"), "{ill:?}");
    to_all("reset default_transaction_read_only").await;
    eventually("it is ready again", async || {
        (node.asks_backstage("/readyz").await? == (200, "ready\n".to_owned())).then_some(())
    })
    .await;
}

#[tokio::test]
async fn postgresql_lets_go_of_what_a_node_that_is_gone_had_in_hand() {
    let (rows, key, ..) = town_for_the_program(Engine::Postgres).await;
    let says = async |url: &str, name: &str| -> String {
        let mut line = PgConnection::connect(url).await.unwrap();
        let setting = AssertSqlSafe(format!("select current_setting('{name}')"));
        sqlx::query_scalar(setting).fetch_one(&mut line).await.unwrap()
    };
    for (name, wanted) in [("idle_in_transaction_session_timeout", "30s"), ("lock_timeout", "10s")] {
        assert_eq!(says(&rows.url, name).await, wanted, "{name}");
        assert_eq!(says(&rows.owner_url, name).await, "0", "changes of the tables may take their time");
    }
    let well = findings(told(&rows, &key, "doctor").arg("--json"));
    assert!(!well.iter().any(|finding| finding.said.contains("lets go")), "{well:?}");
    let forget = "do $$ begin execute format('alter role veilleuse in database %I set \
        idle_in_transaction_session_timeout = 0', current_database()); end $$";
    rows.change(forget).await;
    let ill = findings(told(&rows, &key, "doctor").arg("--json"));
    let keeps = ill.iter().find(|finding| finding.said.contains("lets go")).unwrap();
    assert_eq!((&*keeps.check, &*keeps.state), ("locks", "warn"), "{ill:?}");
    assert!(keeps.remedy.as_ref().unwrap().contains("roles.sql"));
}
