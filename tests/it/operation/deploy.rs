//! What lies in `deploy/` for an operator, as far as it can be held against itself.

use std::collections::BTreeSet;

use acceptance::{nodes::said, places::repository, town::Engine, town::Rows};

use super::{fs, told};

#[test]
fn jobs_alone_are_allowed_exactly_what_a_node_is() {
    let allowed = |unit: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(repository().join("deploy").join(unit)).unwrap();
        let says = |line: &&str| !line.is_empty() && !line.starts_with('#');
        text.lines().filter(says).map(str::to_owned).collect()
    };
    let (node, jobs) = (allowed("veilleuse.service"), allowed("veilleuse-work.service"));
    let only_jobs: Vec<&str> = jobs.difference(&node).map(|line| line.split('=').next().unwrap()).collect();
    assert_eq!(only_jobs, ["Description", "EnvironmentFile", "ExecStart"]);
    let only_node: Vec<&str> = node.difference(&jobs).map(|line| line.split('=').next().unwrap()).collect();
    assert_eq!(only_node, ["Description", "ExecStart"]);
    assert!(jobs.contains("ExecStart=/usr/local/bin/veilleuse work"), "{jobs:?}");
    assert!(jobs.contains("NoNewPrivileges=true") && jobs.contains("UMask=0077"), "{jobs:?}");
}

#[tokio::test]
async fn the_help_for_a_new_board_names_every_calendar_and_the_usual_zones() {
    let rows = Rows::empty(Engine::Sqlite).await;
    let help = said(&told(&rows, "", "board").args(["add", "--help"]).output().unwrap());
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for calendar in domain::Calendar::ALL {
        assert!(words.contains(&format!(" {}", calendar.word())), "{}: {help}", calendar.word());
    }
    for zone in views::html::forms::ZONES {
        assert!(words.contains(zone.name()), "{zone}: {help}");
    }
}
