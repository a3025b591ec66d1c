//! The pages of advisors and visitors: that they keep every page's rules, and tell the truth.

use chrono::Duration;
use domain::{Because, Calendar, Held, Language, Standing};
use maud::Markup;

use super::{
    hand_over, inbox, my_ledger, my_shifts, notebook, samples, shell::Place, tests::check, visitor, wishes,
};
use crate::{Reader, Theme, Words, assets};

fn english() -> Reader {
    samples::reader(Language::EN, Theme::Light)
}

fn inbox_of(reader: &Reader, model: &inbox::Model) -> String {
    inbox::render(reader, &samples::advisor(Place::Inbox), model).into_string()
}

#[test]
fn every_page_keeps_the_rules_of_pages_in_both_languages() {
    for language in [Language::FR, Language::EN] {
        let reader = samples::reader(language, Theme::Auto);
        let off = Reader { now: samples::instant("2026-12-05T15:00:00+01:00"), ..reader.clone() };
        let soon = Reader { now: samples::instant("2026-12-07T17:40:00+01:00"), ..reader.clone() };
        let shifts = |reader: &Reader, model: my_shifts::Model| {
            my_shifts::render(reader, &samples::advisor(Place::Shifts), &model)
        };
        let ledger =
            |opened: my_ledger::Opened| my_ledger::render(&reader, &samples::advisor(Place::Shifts), &opened);
        let inbox = |model: inbox::Model| inbox::render(&reader, &samples::advisor(Place::Inbox), &model);
        let pages: Vec<(&str, Markup)> = vec![
            ("shifts", shifts(&reader, samples::my_shifts())),
            ("shifts, off", shifts(&off, samples::my_shifts_off())),
            ("shifts, soon", shifts(&soon, samples::my_shifts_off())),
            ("shifts, none", shifts(&off, samples::my_shifts_empty())),
            ("ledger", ledger(samples::my_ledger_opened())),
            ("ledger, none", ledger(samples::my_ledger_none())),
            (
                "hand over",
                hand_over::render(&reader, &samples::advisor(Place::Shifts), &samples::hand_over()),
            ),
            ("wishes", wishes::render(&reader, &samples::advisor(Place::Wishes), &samples::wishes())),
            ("inbox", inbox(samples::inbox())),
            ("inbox, list", inbox(samples::inbox_list())),
            ("inbox, quiet", inbox(samples::inbox_quiet())),
            ("inbox, troubles", inbox(samples::inbox_troubles())),
            ("inbox, off", inbox(samples::inbox_off())),
            ("notebook", notebook::render(&reader, &samples::advisor(Place::Notebook), &samples::notebook())),
        ];
        for (name, page) in pages {
            check(&format!("{name} in {language}"), &page.into_string());
        }
    }
}

#[test]
fn a_duty_that_is_handed_over_for_somebody_else_is_called_theirs() {
    let told = |model: hand_over::Model| {
        hand_over::render(&english(), &samples::advisor(Place::Shifts), &model).into_string()
    };
    let theirs = told(samples::hand_over());
    assert!(theirs.contains("it stays Théo’s") && theirs.contains("Théo cannot come"), "{theirs}");
    assert!(!theirs.contains("stays yours") && !theirs.contains("I cannot come"), "{theirs}");
    let own = told(hand_over::Model { holder: None, ..samples::hand_over() });
    assert!(own.contains("it stays yours") && own.contains("I cannot come"), "{own}");
}

#[test]
fn the_visitor_page_keeps_the_rules_in_seven_languages() {
    for language in Words::VISITORS.iter().filter_map(|code| Language::parse(code)) {
        let reader = samples::reader(language, Theme::Auto);
        for model in [samples::visitor(), samples::visitor_first(), samples::visitor_nobody()] {
            let page = visitor::render(&reader, &model).into_string();
            check(&format!("visitor in {language}"), &page);
            assert!(page.contains(&format!("<html lang=\"{language}\"")));
            assert!(page.contains("id=\"body\""), "the box is always there");
        }
    }
}

#[test]
fn the_visitor_page_weighs_little() {
    let page = visitor::render(&english(), &samples::visitor()).into_string();
    let asset = |name: &str| assets::all().iter().find(|asset| asset.name == name).unwrap().bytes.len();
    // Uncompressed; compressed it is less than a third of this, and 15 kB are allowed.
    let whole = page.len() + asset("visitor.css") + asset("visitor.js");
    assert!(whole < 26_000, "{whole}");
    assert!(!page.contains("app-") && !page.contains("live-"), "it asks for nothing of the staff's");
}

#[test]
fn nobody_on_duty_names_nobody_and_says_when_somebody_is_back() {
    let page = visitor::render(&english(), &samples::visitor_nobody()).into_string();
    assert!(page.contains("No one is on duty now") && page.contains("Back tomorrow at 09:00"));
    for (name, ..) in ["Ann", "Yannick"].map(|name| (name,)) {
        assert!(!page.contains(name), "{name}");
    }
    assert!(!page.contains(" lit "), "the lamp is out");
}

#[test]
fn an_answer_time_is_shown_only_where_it_was_measured() {
    let mut model = samples::visitor_first();
    assert!(visitor::render(&english(), &model).into_string().contains("answers in about 2 min"));
    if let visitor::Attending::Person { answers_in, .. } = &mut model.attending {
        *answers_in = None;
    }
    assert!(!visitor::render(&english(), &model).into_string().contains("answers in"));
}

#[test]
fn the_emergency_number_is_that_of_the_office_s_country() {
    let mut model = samples::visitor_first();
    for (calendar, number) in [(Calendar::France, "112"), (Calendar::Quebec, "911")] {
        model.calendar = calendar;
        let page = visitor::render(&english(), &model).into_string();
        assert!(page.contains(&format!("href=\"tel:{number}\"")), "{number}");
    }
}

#[test]
fn a_visitor_s_words_are_never_markup() {
    let mut model = samples::visitor();
    model.messages[0].body = "<img src=x onerror=alert(1)>".to_owned();
    assert!(!visitor::render(&english(), &model).into_string().contains("<img"));
    let mut desk = samples::inbox();
    desk.waiting[0].preview = "<img src=x>".to_owned();
    desk.open.as_mut().unwrap().messages[0].body = "<img src=x>".to_owned();
    assert!(!inbox_of(&english(), &desk).contains("<img"));
}

#[test]
fn a_wait_past_the_promise_is_late_and_an_uncounted_one_is_not() {
    let reader = english();
    let mut row = samples::inbox().waiting.remove(0);
    let since = |minutes, counted| inbox::Standstill::Waiting {
        since: reader.now - Duration::minutes(minutes),
        counted,
    };
    for (stands, late) in [(since(6, true), true), (since(5, true), false), (since(600, false), false)] {
        row.stands = stands;
        assert_eq!(inbox::is_late(&reader, domain::Minutes(5), &row), late, "{stands:?}");
    }
}

#[test]
fn every_reason_has_words() {
    let becauses = [
        Because::InThisConversation,
        Because::KnowsTheVisitor,
        Because::SpeaksTheLanguage,
        Because::Leads,
        Because::LeastBusy,
        Because::LeadsAreFull,
        Because::LeadsAreAway,
        Because::EverybodyIsFull,
        Because::FirstToRing,
        Because::TookIt,
    ];
    let standings = [
        Standing::Chosen,
        Standing::Away,
        Standing::Full,
        Standing::BehindTheLead,
        Standing::NotInThisConversation,
        Standing::DoesNotKnowTheVisitor,
        Standing::DoesNotSpeakTheLanguage,
        Standing::Busier,
        Standing::AsGood,
    ];
    let considered: Vec<_> = standings.into_iter().map(|standing| ("Yannick".to_owned(), standing)).collect();
    let mut whys: Vec<inbox::Why> = becauses
        .into_iter()
        .map(|because| inbox::Why::To { name: Some("Ann".to_owned()), because })
        .collect();
    whys.push(inbox::Why::OwnDesk);
    for because in [Held::Closed, Held::NobodyOnDuty] {
        whys.push(inbox::Why::Held { because, opens_at: Some(english().now + Duration::hours(14)) });
    }
    for language in [Language::FR, Language::EN] {
        for visitors_language in [None, Some(Language::EN)] {
            let reader = samples::reader(language, Theme::Auto);
            let mut said = std::collections::BTreeSet::new();
            for why in &whys {
                let mut model = samples::inbox();
                let open = model.open.as_mut().unwrap();
                open.row.language = visitors_language;
                open.reason = Some(inbox::Reason { why: why.clone(), considered: considered.clone() });
                let page = inbox_of(&reader, &model);
                let summary = page.split("class=\"why\"><summary>").nth(1).unwrap();
                said.insert(summary.split("</summary>").next().unwrap().to_owned());
            }
            assert_eq!(said.len(), whys.len(), "each reason says something of its own: {said:?}");
        }
    }
}

#[test]
fn a_message_that_failed_or_may_have_gone_leaves_the_choice_to_a_person() {
    let page = inbox_of(&english(), &samples::inbox_troubles());
    assert!(page.contains("Not sent: 550 mailbox full"));
    assert!(page.contains("We cannot tell whether it arrived."));
    assert_eq!(page.matches("/resend\"").count(), 2);
    assert_eq!(page.matches("/drop\"").count(), 2);
}

#[test]
fn whoever_may_not_answer_reads_and_has_no_box() {
    let page = inbox_of(&english(), &samples::inbox_off());
    assert!(!page.contains("id=\"reply\"") && !page.contains("/take\""));
    assert!(page.contains("You are off duty.") && page.contains("Next: Monday 7 December, 18:00–22:00."));
    assert!(page.contains("Nobody is on duty at this hour. Next on duty: tomorrow, 09:00."));
}

#[test]
fn what_is_for_the_team_only_is_never_offered_for_insertion() {
    let page = inbox_of(&english(), &samples::inbox());
    assert!(page.contains("Ring before 20:00"));
    assert!(!page.contains("data-insert=\"Ring before 20:00"));
}

#[test]
fn days_already_planned_cannot_be_painted() {
    let page = wishes::render(&english(), &samples::advisor(Place::Wishes), &samples::wishes()).into_string();
    let cell = |day: &str| {
        page.split("<button").find(|cell| cell.contains(&format!("value=\"{day}\""))).unwrap().to_owned()
    };
    assert!(cell("2027-01-03").contains("disabled") && !cell("2027-01-04").contains("disabled"));
    assert!(cell("2027-01-09").contains("Can’t"), "what was said of a day is said to everybody");
}
