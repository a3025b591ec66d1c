//! What the program refuses, in words that say what to do; and what its doctor finds.

use acceptance::{
    nodes::{Finding, findings},
    town::Engine,
};

use super::{Node, said, told, town_for_the_program};

#[tokio::test]
async fn a_second_process_on_one_sqlite_file_is_refused() {
    let (rows, key, ..) = town_for_the_program(Engine::Sqlite).await;
    let node = Node::starts(&rows, &key, "serve").await;
    for command in ["serve", "work", "restore"] {
        let mut second = told(&rows, &key, command);
        second.env("VEILLEUSE_LISTEN", "127.0.0.1:0");
        if command == "restore" {
            second.arg("no-such-file");
        }
        let refused = second.output().unwrap();
        assert!(!refused.status.success());
        assert!(said(&refused).contains("another process uses"), "{command}: {}", said(&refused));
    }
    let beside = told(&rows, &key, "jobs").arg("dead").output().unwrap();
    assert!(beside.status.success(), "looking at jobs does no harm: {}", said(&beside));
    drop(node);
    Node::starts(&rows, &key, "work").await;
}

#[tokio::test]
async fn settings_are_shown_without_secrets_and_mistakes_are_named_at_once() {
    let (rows, key, ..) = town_for_the_program(Engine::Sqlite).await;
    let mut show = told(&rows, &key, "settings");
    show.env("VEILLEUSE_DATABASE", "postgres://veilleuse:lantern@db/veilleuse");
    let shown = show.output().unwrap();
    assert!(shown.status.success(), "{}", said(&shown));
    let text = said(&shown);
    assert!(text.contains("postgres://veilleuse:…@db/veilleuse\" # from the environment"), "{text}");
    assert!(text.contains("listen = \"127.0.0.1:8080\" # by default"), "{text}");
    assert!(!text.contains("lantern") && !text.contains(&key), "{text}");
    let mut serve = told(&rows, "short", "serve");
    serve.env("VEILLEUSE_LISTEN", "here").env("VEILLEUSE_LOG", "inof").env("VEILLEUSE_LOG_FORMAT", "xml");
    let wrong = serve.output().unwrap();
    let text = said(&wrong);
    assert!(!wrong.status.success());
    for name in ["KEY", "LISTEN", "LOG", "LOG_FORMAT"] {
        assert!(text.contains(&format!("VEILLEUSE_{name}: ")), "{name}: {text}");
    }
    assert!(!text.contains("short"), "{text}");
}

acceptance::on_both_engines! {
    the_doctor_finds_a_healthy_house_well_and_says_what_is_wrong_with_an_ill_one,
    the_doctor_knows_the_key_of_a_database_from_another,
}

async fn the_doctor_knows_the_key_of_a_database_from_another(engine: Engine) {
    let (rows, key, ..) = town_for_the_program(engine).await;
    let other = app::secrets::random_key();
    let says = |key: &str| findings(told(&rows, key, "doctor").arg("--json"));
    assert!(has(&says(&key), "key", "ok"), "nobody has opened it yet");
    drop(Node::starts(&rows, &key, "serve").await);
    assert!(has(&says(&key), "key", "ok"));
    assert!(has(&says(&other), "key", "bad"), "as after a restore with the wrong key");

    // The key is lost, and another one was put in its place.
    let node = Node::starts(&rows, &other, "serve").await;
    assert!(node.log().contains("opened with another key before"), "{}", node.log());
    drop(node);
    let changed = says(&other);
    let line = changed.iter().find(|finding| finding.check == "key").unwrap();
    assert_eq!(line.state, "warn", "{line:?}");
    assert!(line.remedy.as_ref().unwrap().contains("your backups"), "{line:?}");
    let back = says(&key);
    let line = back.iter().find(|finding| finding.check == "key").unwrap();
    assert_eq!(line.state, "warn", "it was opened with this one before: {line:?}");
    assert!(line.remedy.as_ref().unwrap().contains("start the nodes with this"), "{line:?}");
    assert!(has(&says(&app::secrets::random_key()), "key", "bad"), "and never with that one");
}

async fn the_doctor_finds_a_healthy_house_well_and_says_what_is_wrong_with_an_ill_one(engine: Engine) {
    let (rows, key, ..) = town_for_the_program(engine).await;
    // Jobs of the town's own evening still wait: somebody works until they are done.
    let node = Node::starts(&rows, &key, "work").await;
    acceptance::eventually::eventually("no job is late", async || {
        let (_, figures) = node.asks_backstage("/metrics").await?;
        figures.contains("veilleuse_jobs_oldest_due_seconds 0\n").then_some(())
    })
    .await;
    drop(node);
    let mut doctor = told(&rows, &key, "doctor");
    let well = findings(doctor.arg("--json").env("VEILLEUSE_BACKSTAGE", "127.0.0.1:9"));
    for check in ["settings", "database", "tables", "mail", "clock", "disk", "key", "queue"] {
        assert!(has(&well, check, "ok"), "{check}: {well:?}");
    }
    assert!(well.iter().all(|finding| finding.state != "bad"), "{well:?}");
    println!("{engine:?}: {} things are well", well.len());

    rows.change(&a_dead_job(engine)).await;
    let mut doctor = told(&rows, &key, "doctor");
    doctor
        .env("VEILLEUSE_SMTP", "smtp://127.0.0.1:9")
        .env("VEILLEUSE_PUBLIC_URL", "http://veilleuse.example");
    if let Some(url) = &rows.superuser_url {
        doctor.env("VEILLEUSE_DATABASE", url);
        rows.change("alter table messages no force row level security").await;
    }
    let ill = findings(doctor.arg("--json"));
    assert!(
        has(&ill, "mail", "bad") && has(&ill, "settings", "warn") && has(&ill, "queue", "warn"),
        "{ill:?}"
    );
    if engine == Engine::Postgres {
        let open = ill.iter().filter(|finding| finding.check == "locks" && finding.state == "bad");
        assert_eq!(open.count(), 2, "{ill:?}");
    }
    let failed = doctor.output().unwrap();
    assert!(!failed.status.success(), "something broken is no success");
}

fn has(findings: &[Finding], check: &str, state: &str) -> bool {
    findings.iter().any(|finding| finding.check == check && finding.state == state)
}

/// One job that was given up: those of the town's own evening are done, or forgotten already.
fn a_dead_job(engine: Engine) -> String {
    let id = match engine {
        Engine::Sqlite => "x'0123456789abcdef0123456789abcdef'",
        Engine::Postgres => "'01234567-89ab-cdef-0123-456789abcdef'",
    };
    let then = "'2026-07-04T19:00:00.000000+00:00'";
    format!(
        "insert into jobs (id, key, kind, version, payload, run_at, attempts, state, created_at, ended_at) \
         values ({id}, 'given-up', 'deliver', 1, '{{}}', {then}, 12, 'dead', {then}, {then})"
    )
}
