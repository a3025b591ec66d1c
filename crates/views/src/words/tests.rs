//! Tests of the words: languages complete, every key used exists, French set as French is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::NaiveTime;
use domain::{Cents, Minutes};
use fluent_bundle::FluentResource;

use super::*;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a date")
}

fn pages(language: &str) -> &'static [(&'static str, &'static str)] {
    TEXTS.iter().find(|(code, _)| *code == language).expect("the language is embedded").1
}

/// Each key of a file, with the names of the values it speaks of.
fn keys(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            current = Some(key.to_owned());
            keys.insert(key.to_owned(), BTreeSet::new());
        }
        if let Some(key) = &current {
            let named =
                line.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
            keys.get_mut(key).expect("it was inserted above").extend(named.flatten().map(str::to_owned));
        }
    }
    keys
}

#[test]
fn french_and_english_say_the_same_things_of_the_same_values() {
    for ((page, french), (_, english)) in pages("fr").iter().zip(pages("en")) {
        let (french, english) = (keys(french), keys(english));
        let only = |one: &BTreeMap<String, _>, other: &BTreeMap<String, _>| {
            one.keys().filter(|key| !other.contains_key(*key)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(only(&french, &english), Vec::<String>::new(), "{page}: only in French");
        assert_eq!(only(&english, &french), Vec::<String>::new(), "{page}: only in English");
        for (key, values) in &english {
            assert_eq!(&french[key], values, "{page}: {key} speaks of other values in French");
        }
    }
}

#[test]
fn visitors_languages_hold_the_whole_visitor_page() {
    let visitor = |language: &str| {
        keys(pages(language).iter().find(|(page, _)| *page == "visitor").expect("every language has it").1)
    };
    let english = visitor("en");
    for language in Words::VISITORS {
        assert_eq!(visitor(language), english, "{language}");
    }
}

#[test]
fn every_key_in_the_code_has_words_and_every_key_with_words_is_used() {
    let mut source = String::new();
    read_all(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut source);
    let known: BTreeSet<String> = pages("en").iter().flat_map(|(_, text)| keys(text).into_keys()).collect();
    for call in ["say(\"", "say_with(\n", "say_with(\""] {
        for (at, _) in source.match_indices(call) {
            let key = source[at..].split('"').nth(1).expect("the call opens a quote");
            assert!(known.contains(key), "{key} is used and has no words");
        }
    }
    let idle: Vec<_> = known.iter().filter(|key| !source.contains(&format!("\"{key}\""))).collect();
    assert!(idle.is_empty(), "words nobody says: {idle:?}");
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("the sources are beside the tests") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("words/tests.rs") {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            into.extend(code.flat_map(|line| [line, "\n"]));
        }
    }
}

#[test]
fn french_keeps_a_narrow_space_before_its_tall_marks() {
    for (page, text) in pages("fr") {
        let set = typeset("fr", text);
        for line in set.lines().filter(|line| !line.starts_with('#')) {
            let words = line.split_once(" = ").map_or(line, |(_, words)| words);
            let mut before = ' ';
            for (at, mark) in words.char_indices() {
                let follows = words[at..].chars().nth(1);
                let tall =
                    ";:!?»".contains(mark) && follows.is_none_or(|next| next == ' ' || next == '\u{202f}');
                assert!(!tall || "\u{202f}!?".contains(before), "{page}.ftl: no narrow space in {words:?}");
                before = mark;
            }
        }
    }
}

#[test]
fn every_file_parses_without_leaving_junk() {
    for (language, pages) in TEXTS {
        for (page, text) in *pages {
            assert!(FluentResource::try_new(typeset(language, text)).is_ok(), "{language}/{page}.ftl");
        }
    }
}

#[test]
fn apostrophes_are_curved() {
    assert_eq!(Words::of(Language::FR).say("day-today"), "aujourd’hui");
}

#[test]
fn a_language_we_have_not_is_answered_in_english() {
    let polish = Language::parse("pl").expect("a language");
    assert_eq!(Words::of(polish).say("day-today"), "today");
    let german = Language::parse("de").expect("a language");
    assert_eq!(Words::of(german).say("role-planner"), Words::of(Language::EN).say("role-planner"));
}

#[test]
fn days_are_written_as_each_language_writes_them() {
    let (fr, en) = (Words::of(Language::FR), Words::of(Language::EN));
    let zh = Words::of(Language::parse("zh").expect("a language"));
    assert_eq!(en.day(day("2026-12-04")), "Friday 4 December");
    assert_eq!(fr.day(day("2026-12-04")), "vendredi 4 décembre");
    assert_eq!(fr.date(day("2026-12-01")), "1er décembre");
    assert_eq!(zh.day(day("2026-12-04")), "12月4日 星期五");
    assert_eq!(en.days(day("2026-11-30"), day("2026-12-13")), "30 November – 13 December");
    assert_eq!(fr.days(day("2026-12-07"), day("2026-12-20")), "7–20 décembre");
    assert_eq!(en.near_day(day("2026-12-05"), day("2026-12-04")), "tomorrow");
    assert_eq!(fr.near_day(day("2026-12-03"), day("2026-12-04")), "hier");
}

#[test]
fn hours_lengths_and_amounts_are_written_as_each_language_writes_them() {
    let (fr, en) = (Words::of(Language::FR), Words::of(Language::EN));
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
    assert_eq!(en.hours(at(18, 0), at(22, 0)), "18:00–22:00");
    assert_eq!(en.hours_short(at(9, 30), at(13, 0)), "9:30–13");
    assert_eq!(en.length(Minutes(112)), "1\u{a0}h 52\u{a0}min");
    assert_eq!(fr.length(Minutes(180)), "3\u{a0}h");
    assert_eq!(en.money(Cents(124_050), "€"), "€1,240.50");
    assert_eq!(fr.money(Cents(124_000), "€"), "1\u{202f}240\u{202f}€");
    assert_eq!(fr.money(Cents(-507), "$"), "−5,07\u{202f}$");
    assert_eq!(en.percent(33, 36), "92\u{a0}%");
    assert_eq!(en.signed_hours(-14), "−0.2");
    assert_eq!(fr.signed_hours(138), "+2,3");
    assert_eq!(fr.decimal_hours(750), "12,5\u{a0}h");
}
