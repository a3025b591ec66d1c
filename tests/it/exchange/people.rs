//! People with their employments.

use acceptance::{
    on_both_engines,
    town::{Engine, Town},
};
use app::{
    account::{Browser, join},
    exchange,
};
use domain::{
    Language,
    exchange::{FileFormat, FileKind, Words, Wrong},
};

use super::{brings, manager, planner, refused, table, taken};

on_both_engines! {
    people_of_a_file_work_here_and_the_same_file_changes_nothing_more,
    a_longer_contract_changes_one_line_and_nobody_is_doubled,
    a_birth_date_comes_in_and_stays_where_a_later_file_says_nothing_of_it,
    somebody_who_works_elsewhere_is_invited_and_counts_like_anybody_new,
    a_file_invites_two_hundred_and_says_beforehand_if_it_asks_more,
    an_office_makes_no_planners_by_a_file,
    one_faulty_line_keeps_the_whole_file_out,
    a_formula_in_a_name_leaves_as_text_and_comes_back,
    skills_come_in_and_go_out_and_stay_where_a_later_file_says_nothing_of_them,
    a_level_an_office_and_a_channel_that_are_none_are_named,
}

const TEAM: &str = "\u{feff}courriel;prénom;nom;langues;du;au;droit;heures par semaine\r\n\
    lea@lac.example;Léa;Moreau;fr en;01/03/2026;;france_private;35\r\n\
    tom@lac.example;Tom;Petit;fr, de;2026-04-01;30/09/2026;France public;17h30\r\n";

async fn people_of_a_file_work_here_and_the_same_file_changes_nothing_more(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let manager = manager(&office).await;
    brings(&town, &manager, table(FileKind::People, TEAM), (2, 0, 0)).await;
    brings(&town, &manager, table(FileKind::People, TEAM), (0, 0, 2)).await;
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::EN).await;
    assert!(
        out.contains(
            "tom@lac.example,Tom,Petit,fr de,advisor,2026-04-01,2026-09-30,france_public,17:30,,,\r\n"
        ),
        "{out}"
    );
}

async fn a_longer_contract_changes_one_line_and_nobody_is_doubled(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let manager = manager(&office).await;
    brings(&town, &manager, table(FileKind::People, TEAM), (2, 0, 0)).await;
    let longer = TEAM.replace("30/09/2026", "31/10/2026").replace("Petit", "Petit-Jean");
    brings(&town, &manager, table(FileKind::People, &longer), (0, 1, 1)).await;
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::FR).await;
    assert!(out.contains("tom@lac.example;Tom;Petit-Jean;fr de;accueil;2026-04-01;2026-10-31;"), "{out}");
    assert_eq!(out.matches("@lac.example").count(), 2);
}

async fn a_birth_date_comes_in_and_stays_where_a_later_file_says_nothing_of_it(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let manager = manager(&office).await;
    let born = "email,given name,family name,from,law,weekly hours,date of birth\n\
        lea@lac.example,Léa,Moreau,2026-03-01,france_private,35,14/09/2008";
    brings(&town, &manager, table(FileKind::People, born), (1, 0, 0)).await;
    let silent = "email,given name,family name,from,law,weekly hours\n\
        lea@lac.example,Léa,Moreau,2026-03-01,france_private,30";
    brings(&town, &manager, table(FileKind::People, silent), (0, 1, 0)).await;
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::EN).await;
    assert!(out.contains("france_private,30,2008-09-14,,\r\n"), "{out}");
}

async fn somebody_who_works_elsewhere_is_invited_and_counts_like_anybody_new(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").off_duty().await;
    let manager = manager(&office).await;
    let file = |email: &str, until: &str| {
        format!(
            "email,given name,family name,from,until,law,weekly hours\n{email},Eve,Evil,2026-01-01,{until},quebec,35"
        )
    };
    // Whoever asks which addresses the house knows is told the same of both.
    for until in ["", "2026-03-31"] {
        let tried = async |email: &str| {
            exchange::try_out(&town.app, &manager, table(FileKind::People, &file(email, until)))
                .await
                .unwrap()
        };
        assert_eq!(tried(&ana.email).await, tried("nobody@lac.example").await);
    }
    let invitations = async || {
        town.work_until_idle().await;
        let letters = town.letters().await;
        let to_her = letters.into_iter().filter(|letter| letter.recipient == ana.email);
        to_her.filter(|letter| letter.text.contains("/invitation/")).collect::<Vec<_>>()
    };
    assert!(invitations().await.is_empty(), "a dry run writes to nobody");

    let text = file(&ana.email, "");
    brings(&town, &manager, table(FileKind::People, &text), (1, 0, 0)).await;
    brings(&town, &manager, table(FileKind::People, &text), (0, 0, 1)).await;
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::EN).await;
    assert!(!out.contains(&ana.email), "she was not asked yet: {out}");
    let letters = invitations().await;
    assert_eq!(letters.len(), 1);
    let (_, link) = letters[0].text.split_once("/invitation/").unwrap();
    let token = link.split_whitespace().next().unwrap();
    join::accept(&town.app, token, Browser::default()).await.unwrap();
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::EN).await;
    assert!(
        out.contains(&format!("{},Ana,Martin,fr en,advisor,2026-01-01,,quebec,35,,,\r\n", ana.email)),
        "{out}"
    );
}

async fn a_file_invites_two_hundred_and_says_beforehand_if_it_asks_more(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let (here, there) = (town.office("Riquewihr").plain().await, town.office("Kaysersberg").plain().await);
    let file = |number: std::ops::Range<u32>| {
        let lines = number.map(|one| format!("guest{one}@lac.example,Eve,Evil,2026-01-01,quebec,35\n"));
        format!("email,given name,family name,from,law,weekly hours\n{}", lines.collect::<String>())
    };
    // They work elsewhere: here they can only be invited.
    brings(&town, &manager(&there).await, table(FileKind::People, &file(0..201)), (201, 0, 0)).await;
    let manager = manager(&here).await;
    let tried = exchange::try_out(&town.app, &manager, table(FileKind::People, &file(0..201))).await.unwrap();
    assert_eq!((tried.faults.len(), tried.faults[0].line), (1, 202), "{tried:?}");
    assert_eq!(tried.faults[0].wrong, Wrong::TooManyInvited(200));
    brings(&town, &manager, table(FileKind::People, &file(0..200)), (200, 0, 0)).await;
    brings(&town, &manager, table(FileKind::People, &file(200..201)), (1, 0, 0)).await;
}

async fn an_office_makes_no_planners_by_a_file(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let line = "email,given name,family name,roles,from,law,weekly hours\n\
        eve@lac.example,Eve,Evil,advisor planner,2026-01-01,quebec,35";
    let wrong = refused(&town, &manager(&office).await, table(FileKind::People, line)).await;
    assert_eq!(wrong, [(2, "roles".to_owned(), Wrong::NotAWord(Words::Roles))]);
}

async fn one_faulty_line_keeps_the_whole_file_out(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let planner = planner(&town).await;
    let before = taken(&town, &planner, FileKind::People, FileFormat::Csv, Language::EN).await;
    let text = format!(
        "{TEAM}lea@lac.example;Léa;Moreau;fr en;01/06/2026;;france_private;35\r\nzoe;Zoé;;fr;x;;x;99\r\n\
         too;many;cells;fr;x;;x;99;100\r\n"
    );
    let wrong = refused(&town, &planner, table(FileKind::People, &text)).await;
    let named: Vec<_> =
        wrong.iter().map(|(line, column, wrong)| (*line, column.as_str(), wrong.word())).collect();
    assert_eq!(
        named,
        [
            (4, "du", "overlaps"),
            (5, "courriel", "not-an-address"),
            (5, "nom", "missing"),
            (5, "du", "not-a-date"),
            (5, "droit", "not-a-law"),
            (5, "heures par semaine", "not-a-length"),
            (6, "", "cells-too-many"),
        ]
    );
    assert_eq!(taken(&town, &planner, FileKind::People, FileFormat::Csv, Language::EN).await, before);
}

async fn a_formula_in_a_name_leaves_as_text_and_comes_back(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let planner = planner(&town).await;
    let evil = "email,given name,family name,from,law,weekly hours\nx@lac.example,\"=HYPERLINK(\"\"http://x\"\")\",-Smith,2026-01-01,quebec,35";
    brings(&town, &planner, table(FileKind::People, evil), (1, 0, 0)).await;
    let out = taken(&town, &planner, FileKind::People, FileFormat::Csv, Language::EN).await;
    assert!(out.contains("\"'=HYPERLINK(\"\"http://x\"\")\",'-Smith,"), "{out}");
    let lines = u32::try_from(out.lines().count() - 1).unwrap();
    brings(&town, &planner, table(FileKind::People, &out), (0, 0, lines)).await;
}

async fn skills_come_in_and_go_out_and_stay_where_a_later_file_says_nothing_of_them(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let there = town.office("Kaysersberg").plain().await;
    let manager = manager(&office).await;
    let file = format!(
        "email,given name,family name,languages,from,law,weekly hours,destinations,channels\n\
        lea@lac.example,Léa,Moreau,fr de-b2,2026-03-01,france_private,35,Kaysersberg,e-mail\n\
        tom@lac.example,Tom,Petit,fr,2026-03-01,france_private,35,{} {},chat email\n",
        there.slug, office.slug
    );
    brings(&town, &manager, table(FileKind::People, &file), (2, 0, 0)).await;
    for language in [Language::FR, Language::EN] {
        let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, language).await;
        assert!(out.contains("fr de-B2") && out.contains(&there.slug) && out.contains("email"), "{out}");
        brings(&town, &manager, table(FileKind::People, &out), (0, 0, 3)).await;
    }
    let silent = "email,given name,family name,from,law,weekly hours\n\
        lea@lac.example,Léa,Moreau,2026-03-01,france_private,30";
    brings(&town, &manager, table(FileKind::People, silent), (0, 1, 0)).await;
    let out = taken(&town, &manager, FileKind::People, FileFormat::Csv, Language::EN).await;
    let line = format!("fr de-B2,advisor,2026-03-01,,france_private,30,,{},email\r\n", there.slug);
    assert!(out.contains(&line), "{out}");
}

async fn a_level_an_office_and_a_channel_that_are_none_are_named(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    // An office of other pools is as unknown here as one that is not there.
    let stranger = town.stranger().await.office("Obernai").plain().await;
    let line = |languages: &str, destinations: &str, channels: &str| {
        format!(
            "courriel;prénom;nom;langues;du;droit;heures par semaine;destinations;canaux\n\
            lea@lac.example;Léa;Moreau;{languages};2026-03-01;france_private;35;{destinations};{channels}"
        )
    };
    let wrongs =
        async |text: String| refused(&town, &manager(&office).await, table(FileKind::People, &text)).await;
    assert_eq!(
        wrongs(line("fr de-B7", "", "pigeon")).await,
        [
            (2, "langues".to_owned(), Wrong::NotALevel),
            (2, "canaux".to_owned(), Wrong::NotAWord(Words::Channels)),
        ]
    );
    assert_eq!(wrongs(line("fr qq", "", "")).await, [(2, "langues".to_owned(), Wrong::NotALanguage)]);
    assert_eq!(wrongs(line("de de-A1", "", "")).await, [(2, "langues".to_owned(), Wrong::TwoLevels)]);
    for name in ["Atlantis", &stranger.slug] {
        assert_eq!(wrongs(line("fr", name, "")).await, [(2, "destinations".to_owned(), Wrong::NotAnOffice)]);
    }
}
