//! The tour of `docs/API.md`, word by word: its shell blocks, one after the other, in an empty folder,
//! against the program itself.

use std::{env, fs, process::Command};

use acceptance::{
    keeper,
    places::{program, repository},
};

/// What stands around the page's own words: it ends at the first command that fails, and leaves nothing
/// running.
const BEFORE: &str = "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n";

/// The longest it may take, in seconds: most of it waits for a duty to begin.
const PATIENCE: &str = "400";

/// Everything between a line ` ```sh ` and the next ` ``` `, in the page's order.
fn shell(page: &str) -> String {
    let mut inside = false;
    let mut words = String::new();
    for line in page.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            _ if inside => {
                words.push_str(line);
                words.push('\n');
            }
            _ => {}
        }
    }
    words
}

#[test]
fn the_tour_leads_from_an_empty_database_to_an_answered_message() {
    let page = fs::read_to_string(repository().join("docs/API.md")).unwrap();
    let words = shell(&page);
    assert!(words.contains("veilleuse serve") && words.contains("/messages"), "the tour is in the page");
    let folder = keeper::folder("tour");
    let program = program();
    let path = env::join_paths(
        std::iter::once(program.parent().unwrap().to_path_buf())
            .chain(env::split_paths(&env::var_os("PATH").unwrap())),
    )
    .unwrap();
    let done = Command::new("timeout")
        .args([PATIENCE, "bash", "-c", &format!("{BEFORE}{words}")])
        .current_dir(&folder)
        .env_clear()
        .env("PATH", path)
        .env("HOME", env::var_os("HOME").unwrap_or_default())
        .env("LANG", "C.UTF-8")
        .env("PORT", keeper::free_port().to_string())
        .env("RELAY", keeper::free_port().to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    let log = fs::read_to_string(folder.join("house.log")).unwrap_or_default();
    let whole = format!("{said}\n--- {told}\n--- {log}");
    assert!(done.status.success(), "the tour broke off ({}):\n{whole}", done.status);
    // The visitor read the answer, and sent three times it was answered once.
    let lines: Vec<&str> = said.lines().collect();
    let read = lines.iter().filter(|line| **line == "Yes, from nine to six.").count();
    assert_eq!(read, 1, "{whole}");
    assert!(lines.contains(&"1"), "one answer was written: {whole}");
    assert!(said.contains("\"status\": 412") && said.contains("\"pointer\": \"/2/given_name\""), "{whole}");
    assert!(
        said.contains("\"monthly_cents\": 12000") && said.contains("\"status\": \"published\""),
        "{whole}"
    );
    assert!(!log.contains("ERROR"), "{whole}");
    fs::remove_dir_all(&folder).unwrap();
}
