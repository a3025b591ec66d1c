//! The files of the guides, word by word: what they show can be brought in, and is then there.

use std::fs;

use acceptance::{
    on_both_engines,
    places::repository,
    town::{Engine, Town},
};
use app::exchange::Upload;
use domain::exchange::{FileFormat, FileKind};

use super::{brings, manager, planner};

on_both_engines! { every_file_of_the_english_guide_works, every_file_of_the_french_guide_works }

async fn every_file_of_the_english_guide_works(engine: Engine) {
    every_file_works(engine, "docs/guide/en.md").await;
}

async fn every_file_of_the_french_guide_works(engine: Engine) {
    every_file_works(engine, "docs/guide/fr.md").await;
}

async fn every_file_works(engine: Engine, guide: &str) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    // Somebody is asked for from 18 to 22 o'clock.
    town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;
    let (manager, planner) = (manager(&office).await, planner(&town).await);
    let text = fs::read_to_string(repository().join(guide)).unwrap();
    let mut kinds = Vec::new();
    for block in text.split("\n```").filter(|block| block.starts_with("csv ") || block.starts_with("ics ")) {
        let (head, file) = block.split_once('\n').unwrap();
        let mut head = head.split(' ');
        let format = FileFormat::from_word(head.next().unwrap()).unwrap();
        let kind = FileKind::from_word(head.next().unwrap()).unwrap();
        let upload = Upload { kind, format, bytes: file.as_bytes(), person: head.next(), pool: None };
        let keeper = if kind.is_a_boards() { &planner } else { &manager };
        let lines = match format {
            FileFormat::Csv => u32::try_from(file.lines().count() - 1).unwrap(),
            FileFormat::Ics => 4,
        };
        brings(&town, keeper, upload, (lines, 0, 0)).await;
        brings(&town, keeper, upload, (0, 0, lines)).await;
        kinds.push(kind);
    }
    kinds.dedup();
    assert_eq!(kinds, FileKind::ALL, "{guide} shows a file of each kind");
}
