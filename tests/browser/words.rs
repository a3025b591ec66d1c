//! The English our pages are written in, to be looked for where it should not be.
//!
//! A sentence with values in it is looked for in pieces, those long enough to be nobody else's words.
//! What is marked as another language than the page's (what visitors wrote, names of languages) is not
//! ours and not looked at.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use acceptance::{browser::Browser, places::repository};
use serde_json::json;

/// Pieces of our English that our French does not have.
static ENGLISH: LazyLock<Vec<String>> = LazyLock::new(|| {
    let french = pieces("fr");
    pieces("en").difference(&french).cloned().collect()
});

/// What is shown or read out on the page and is English of ours, where the page is in French.
pub async fn english_on(browser: &Browser) -> Vec<String> {
    let pieces = json!(ENGLISH.as_slice());
    let found = browser.driver.execute(include_str!("words.js"), vec![pieces]).await.unwrap();
    found.convert().unwrap()
}

/// Every piece of text of one language's messages.
fn pieces(language: &str) -> BTreeSet<String> {
    let folder = repository().join("crates/views/locales").join(language);
    let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let found: BTreeSet<String> = files.flat_map(|file| pieces_of(&file)).collect();
    assert!(found.len() > 300, "{} holds hardly any messages", folder.display());
    found
}

/// The pieces of one file: what stands between `=` or `]` and the next value, line by line.
fn pieces_of(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(line_pieces).collect()
}

fn line_pieces(line: &str) -> Vec<String> {
    let said = match line.trim_start() {
        variant if variant.starts_with(['[', '*']) => variant.split_once(']').map_or("", |(_, said)| said),
        message => message.split_once(" = ").map_or("", |(_, said)| said),
    };
    said.split(['{', '}'])
        .map(|piece| piece.trim().trim_matches(['"', '.', ',', ':', ';', '(', ')', '·']).trim().to_owned())
        .filter(|piece| !piece.starts_with('$') && piece.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .collect()
}
