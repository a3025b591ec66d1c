//! What Prometheus reads, and that dashboards and alerts speak of nothing else.

use std::collections::BTreeSet;

use acceptance::{places::repository, town::Engine};

use super::{Node, fs, town_for_the_program};

#[tokio::test]
async fn dashboards_and_alerts_use_figures_that_exist_and_figures_tell_of_nobody() {
    let (rows, key, office, _) = town_for_the_program(Engine::Sqlite).await;
    let node = Node::starts(&rows, &key, "serve").await;
    for path in [&format!("/c/{}", office.slug), "/calendar/wick-and-oil.ics", "/lantern", "/healthz"] {
        reqwest::get(node.at(path)).await.unwrap();
    }
    let head = reqwest::Client::new().head(node.at("/sign-in")).send().await.unwrap();
    assert_eq!((head.status().as_u16(), head.text().await.unwrap().as_str()), (200, ""));
    let large = reqwest::Client::new().post(node.at("/sign-in")).body(format!("a={}", "b".repeat(300_000)));
    let large = large.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(large.status().as_u16(), 413);

    let (status, figures) = node.asks_backstage("/metrics").await.unwrap();
    assert_eq!(status, 200);
    let front = reqwest::get(node.at("/metrics")).await.unwrap();
    assert_eq!(front.status().as_u16(), 404, "figures are not at the front door");
    for secret in ["wick", "lantern", office.slug.as_str()] {
        assert!(!figures.contains(secret), "a figure tells of {secret}");
    }
    assert!(figures.contains("route=\"/c/{slug}\"") && figures.contains("route=\"nowhere\""), "{figures}");

    let there: BTreeSet<&str> = figures
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .filter(|name| !name.is_empty())
        .collect();
    let deploy = repository().join("deploy");
    let mut asked = BTreeSet::new();
    for file in ["alerts.yaml", "dashboards/veilleuse.json"] {
        let text = fs::read_to_string(deploy.join(file)).unwrap();
        asked.extend(names(&text));
    }
    let invented: Vec<_> = asked.iter().filter(|name| !there.contains(name.as_str())).collect();
    assert!(invented.is_empty(), "nobody counts {invented:?}; there are {there:?}");
    let unused: Vec<_> =
        there.iter().filter(|name| !asked.contains(**name) && !name.ends_with("_sum")).collect();
    println!("{} figures, {} used by dashboards and alerts, unused: {unused:?}", there.len(), asked.len());
}

/// Everything in a text that looks like one of our figures.
fn names(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_ascii_lowercase() && letter != '_')
        .filter(|word| word.starts_with("veilleuse_") || word.starts_with("process_"))
        .map(str::to_owned)
}

#[test]
fn the_runbook_says_what_to_do_on_every_alert() {
    let runbook = fs::read_to_string(repository().join("docs/RUNBOOK.md")).unwrap();
    let anchors: BTreeSet<String> = runbook
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    let alerts = fs::read_to_string(repository().join("deploy/alerts.yaml")).unwrap();
    let mut alerted = 0;
    for line in alerts.lines().filter_map(|line| line.trim().strip_prefix("runbook: docs/RUNBOOK.md#")) {
        assert!(anchors.contains(line), "the runbook has no heading for #{line}");
        alerted += 1;
    }
    assert_eq!(alerted, alerts.matches("- alert:").count(), "every alert names its place in the runbook");
}
