//! The outside cases come out as others computed them, where `VEILLEUSE_CASES` names their folder;
//! and own cases of the same forms, so that the reading itself is tried everywhere.

use std::{io::Write as _, path::PathBuf};

use acceptance::cases::{self, Outcome};

/// The files of one kind; none, and said aloud, where no folder is named.
fn files(kind: &str) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("VEILLEUSE_CASES") else {
        // Past the capture of test output: a run without cases must be seen.
        let _ = writeln!(std::io::stderr(), "\n*** NOT RUN: {kind}: VEILLEUSE_CASES names no folder ***\n");
        return Vec::new();
    };
    let all = std::fs::read_dir(PathBuf::from(folder).join(kind)).unwrap();
    let cases = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.ends_with("_cases.json") || (name.ends_with(".csv") && !name.ends_with("_rules.csv"))
    };
    let files: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).filter(cases).collect();
    assert!(!files.is_empty(), "there is no file of {kind} cases");
    files
}

fn differing(outcomes: &[Outcome]) -> Vec<String> {
    outcomes.iter().filter(|outcome| !outcome.agrees).map(ToString::to_string).collect()
}

#[test]
fn every_outside_case_comes_out_as_expected() {
    for kind in cases::KINDS {
        for file in files(kind) {
            let outcomes = cases::run(kind, &file).unwrap();
            assert_eq!(differing(&outcomes), [""; 0], "{}", file.display());
            println!("{kind}: {} cases agree", outcomes.len());
        }
    }
}

/// What a file with this text gives.
fn told(kind: &str, text: &str) -> Vec<Outcome> {
    let file = std::env::temp_dir().join(format!("veilleuse-cases-{}", uuid::Uuid::new_v4()));
    std::fs::write(&file, text).unwrap();
    let outcomes = cases::run(kind, &file).unwrap();
    std::fs::remove_file(file).unwrap();
    outcomes
}

#[test]
fn a_wrong_expectation_is_seen_in_every_kind() {
    for (kind, text) in [
        (
            "labour",
            r#"[{"id": 2, "work": [["2026-06-02T08:00", "2026-06-02T12:00"]], "violations": ["FR_BREAK_20MIN"]}]"#,
        ),
        ("holidays", "date,region,name\n2026-12-24,FR,Noël\n"),
        (
            "clock",
            "name,tz,windows,received_local,answered_local,covered_minutes\na,Europe/Paris,EVE,2026-07-07T19:00,2026-07-07T19:12,13\n",
        ),
        ("demand", "case,model,agents,load_erlang,erlang_b\n2,ErlangB,2,1.0,0.3\n"),
        ("costs", r#"{"largest_remainder": [{"total_cents": 100, "weights": [1, 2], "shares": [34, 66]}]}"#),
    ] {
        assert_eq!(differing(&told(kind, text)).len(), 1, "{kind}");
    }
}

#[test]
fn what_cannot_be_read_differs_and_says_why() {
    for (kind, text, why) in [
        ("labour", r#"[{"id": 2, "work": [["tomorrow", "2026-06-02T12:00"]]}]"#, "\"tomorrow\" is no time"),
        ("holidays", "date,region\n2026-12-24,XX\n", "no calendar for the region XX"),
        (
            "clock",
            "name,tz,windows,received_local\na,Europe/Paris,MOON,2026-07-07T19:00\n",
            "no hours are called MOON",
        ),
        ("demand", "case,model,agents,load_erlang\n2,ErlangZ,2,1.0\n", "no model is called ErlangZ"),
        ("costs", r#"{"serial": {"demands": [1], "cost": "q^^2", "shares": ["1"]}}"#, "was expected"),
    ] {
        let all = told(kind, text);
        assert!(all.iter().any(|one| !one.agrees && one.came_out.contains(why)), "{kind}: {all:?}");
    }
}

#[test]
fn a_night_of_work_counts_real_hours_when_the_clocks_change() {
    let text = r#"[
        {"id": "autumn", "work": [["2026-10-24T20:00", "2026-10-25T05:00"]], "max_day_min": 360, "violations": ["FR_BREAK_20MIN"]},
        {"id": "spring", "work": [["2026-03-28T20:00", "2026-03-29T06:00"]], "max_day_min": 300, "violations": ["FR_BREAK_20MIN"]}
    ]"#;
    assert_eq!(differing(&told("labour", text)), [""; 0]);
}
