//! Every page, filled with sample data, in both languages: that it renders, and that it keeps the
//! rules every page must keep.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Timelike};
use domain::Language;

use super::{
    agreements, compare, coverage, exchange, house, interventions, invitation, ledger, mailbox, me, pool,
    privacy, problem, repair, rota, samples, shares,
    shell::{Demo, Frame, Place},
    sign_in, skills, statements, team, today, welcome,
};
use crate::{Reader, Theme, assets};

/// One tag of a page: its name and its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// What follows it, up to the end of the page.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// The opening tags of a page. Our pages escape `<` and `"` wherever they are not markup.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let opening = |at: usize| page[at + 1..].starts_with(|c: char| c.is_ascii_lowercase());
    page.match_indices('<').filter(|(at, _)| opening(*at)).map(|(at, _)| tag(&page[at + 1..])).collect()
}

fn tag(text: &str) -> Tag<'_> {
    let end = text.find([' ', '>']).expect("a tag ends");
    let (name, mut left) = text.split_at(end);
    let mut attributes = Vec::new();
    while let Some(next) = left.strip_prefix(' ') {
        let stop = next.find(['=', ' ', '>']).expect("a tag ends");
        let (key, after) = next.split_at(stop);
        left = after;
        let mut value = "";
        if let Some(quoted) = after.strip_prefix("=\"") {
            let close = quoted.find('"').expect("a value is closed");
            value = &quoted[..close];
            left = &quoted[close + 1..];
        }
        attributes.push((key, value));
    }
    Tag { name, attributes, rest: left }
}

/// What every page must keep, whoever wrote it.
///
/// # Panics
/// If the page breaks one of the rules; `name` says which page it was.
pub(crate) fn check(name: &str, page: &str) {
    let tags = tags(page);
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1, "{name}: one h1");
    let mut ids = BTreeSet::new();
    for tag in &tags {
        let keys: BTreeSet<&str> = tag.attributes.iter().map(|(key, _)| *key).collect();
        assert_eq!(
            keys.len(),
            tag.attributes.len(),
            "{name}: an attribute twice in {} {:?}",
            tag.name,
            tag.attributes
        );
        assert!(!tag.has("style"), "{name}: style in markup is against our own content policy");
        assert!(
            !keys.iter().any(|key| key.starts_with("on")),
            "{name}: a handler in markup: {:?}",
            tag.attributes
        );
        assert!(tag.name != "script" || tag.has("src"), "{name}: a script in markup");
        if let Some(id) = tag.get("id") {
            assert!(ids.insert(id), "{name}: the id {id} twice");
        }
    }
    for tag in &tags {
        for refers in ["for", "aria-labelledby", "aria-describedby"] {
            for id in tag.get(refers).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{name}: {refers} names {id}, which is not there");
            }
        }
        for id in tag.get("data-frag").unwrap_or_default().split([' ', ',']).filter(|id| !id.is_empty()) {
            assert!(ids.contains(id), "{name}: data-frag names {id}, which is not there");
        }
        assert!(
            !tag.has("data-live") || tag.has("id"),
            "{name}: data-live without an id: {:?}",
            tag.attributes
        );
        if matches!(tag.name, "button" | "a") && !tag.has("aria-label") {
            assert!(says_something(tag.rest, tag.name), "{name}: a {} that says nothing", tag.name);
        }
        if tag.name == "form" && tag.get("method") == Some("post") {
            let body = tag.rest.split("</form>").next().unwrap_or_default();
            assert!(body.contains("name=\"csrf\""), "{name}: a form without its token: {:?}", tag.attributes);
        }
    }
}

/// Whether there is text before the closing tag.
fn says_something(rest: &str, name: &str) -> bool {
    let inside = rest.split(&format!("</{name}>")).next().unwrap_or_default();
    let text: String =
        inside.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text)).collect();
    text.chars().any(char::is_alphanumeric) || text.contains('‹')
}

fn stranger(place: Place) -> Frame {
    Frame::stranger(place, Some(Demo::default()))
}

/// Every page of this folder's own samples.
fn pages(reader: &Reader) -> Vec<(&'static str, String)> {
    let planning = Reader { now: samples::instant("2026-11-13T10:00:00+01:00"), ..reader.clone() };
    let mut pages = vec![
        ("welcome", welcome::render(reader, &stranger(Place::Welcome), &samples::welcome())),
        ("sign-in", sign_in::render(reader, &stranger(Place::SignIn), &samples::sign_in_address())),
        ("sign-in code", sign_in::render(reader, &stranger(Place::SignIn), &samples::sign_in_code(None))),
        ("mailbox", mailbox::render(reader, &stranger(Place::Mailbox), &samples::mailbox())),
        ("mailbox, empty", mailbox::render(reader, &stranger(Place::Mailbox), &mailbox::Model::default())),
        ("today", today::render(reader, &samples::planner(Place::Today), &samples::today())),
        ("today, quiet", today::render(reader, &samples::planner(Place::Today), &samples::today_quiet())),
        ("compare", compare::render(&planning, &samples::planner(Place::Compare), &samples::compare())),
        (
            "coverage",
            coverage::render(reader, &samples::manager(Place::Coverage), &samples::coverage_office()),
        ),
        (
            "coverage, pool",
            coverage::render(reader, &samples::planner(Place::Coverage), &samples::coverage_pool()),
        ),
        ("files", exchange::render(reader, &samples::manager(Place::Files), &samples::files())),
        ("files-fine", exchange::render(reader, &samples::manager(Place::Files), &samples::files_fine())),
        ("files-faulty", exchange::render(reader, &samples::manager(Place::Files), &samples::files_faulty())),
        ("statements", statements::render(reader, &samples::manager(Place::Files), &samples::statements())),
        (
            "interventions",
            interventions::render(reader, &samples::manager(Place::Files), &samples::interventions()),
        ),
        (
            "interventions, refused",
            interventions::render(
                reader,
                &samples::advisor(Place::Shifts),
                &samples::interventions_refused(),
            ),
        ),
        ("ledger", ledger::render(reader, &samples::planner(Place::Files), &samples::ledger())),
        ("shares", shares::render(reader, &samples::planner(Place::Coverage), &samples::shares(true))),
        (
            "shares, office",
            shares::render(reader, &samples::manager(Place::Coverage), &samples::shares(false)),
        ),
        ("privacy", privacy::render(reader, &samples::manager(Place::Privacy), &samples::privacy())),
        (
            "privacy, mine",
            privacy::render_mine(reader, &samples::advisor(Place::Privacy), &samples::privacy().log),
        ),
        ("me", me::render(reader, &samples::advisor(Place::Me), &samples::me())),
        ("skills, own", skills::render(reader, &samples::advisor(Place::Me), &samples::skills(true))),
        ("skills, staff", skills::render(reader, &samples::manager(Place::Team), &samples::skills(false))),
        ("team", team::render(reader, &samples::planner(Place::Team), &samples::team())),
        (
            "team, refused",
            team::render(
                reader,
                &samples::planner(Place::Team),
                &team::Model { filled: samples::refused(), ..samples::team() },
            ),
        ),
        ("agreements", agreements::render(reader, &samples::manager(Place::Team), &samples::agreements())),
        ("pool", pool::render(reader, &samples::planner(Place::Pool), &samples::pool())),
        (
            "house",
            house::render(
                reader,
                &samples::planner(Place::House),
                &samples::house(),
                &super::forms::Filled::default(),
            ),
        ),
        ("invitation", invitation::render(reader, &stranger(Place::Invitation), &samples::invitation())),
        ("repair", repair::render(&planning, &samples::planner(Place::Compare), &samples::repair())),
        (
            "repair, nothing",
            repair::render(&planning, &samples::planner(Place::Compare), &samples::repair_nothing()),
        ),
        ("rota, empty", rota::render(&planning, &samples::planner(Place::Rota), &samples::rota_empty())),
    ];
    for refusal in [sign_in::Refusal::Wrong, sign_in::Refusal::Expired, sign_in::Refusal::TooMany] {
        let model = samples::sign_in_code(Some(refusal));
        pages.push(("sign-in, refused", sign_in::render(reader, &stranger(Place::SignIn), &model)));
    }
    for view in rota::View::ALL {
        pages.push(("rota", rota::render(&planning, &samples::planner(Place::Rota), &samples::rota(view))));
        let frame = samples::after_a_move(Place::Rota);
        pages.push(("rota, published", rota::render(&planning, &frame, &samples::published(view))));
    }
    for model in samples::problems() {
        pages.push(("problem", problem::render(reader, &samples::planner(Place::Problem), &model)));
        pages.push(("problem", problem::render(reader, &stranger(Place::Problem), &model)));
    }
    pages.into_iter().map(|(name, page)| (name, page.into_string())).collect()
}

#[test]
fn every_page_keeps_the_rules_in_both_languages() {
    for language in [Language::FR, Language::EN] {
        for (name, page) in pages(&samples::reader(language, Theme::Auto)) {
            check(&format!("{name} ({language})"), &page);
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{name}: {language}");
        }
    }
}

#[test]
fn no_sentence_of_one_language_stands_on_a_page_of_the_other() {
    let (french, english) = (Language::FR, Language::EN);
    let telling = [
        (french, ["Sign in", "Undo", "Nobody", "your ", "Rather not"]),
        (english, ["Annuler", "Personne", "votre ", "gardes", "d’"]),
    ];
    for (language, foreign) in telling {
        for (name, page) in pages(&samples::reader(language, Theme::Auto)) {
            for words in foreign {
                let said = page
                    .split_once(words)
                    .map(|(before, _)| before.chars().rev().take(40).collect::<String>());
                assert!(said.is_none(), "{name} in {language} says {words:?} after (backwards) {said:?}");
            }
        }
    }
}

#[test]
fn a_page_is_dark_when_the_reader_chose_dark() {
    let page = today::render(
        &samples::reader(Language::FR, Theme::Dark),
        &samples::planner(Place::Today),
        &samples::today(),
    );
    assert!(page.into_string().contains("data-theme=\"dark\""));
}

#[test]
fn the_lamp_names_who_is_on_duty_and_until_when() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let lit = today::render(&reader, &samples::planner(Place::Today), &samples::today()).into_string();
    assert!(lit.contains("Ann Leroy, until 22:00"), "{lit}");
    assert!(lit.contains("2\u{a0}h 52\u{a0}min"));
    let later = Reader { now: samples::instant("2026-12-04T22:00:00+01:00"), ..reader };
    let dark = today::render(&later, &samples::planner(Place::Today), &samples::today()).into_string();
    assert!(!dark.contains("Ann Leroy, until"), "the end of a duty is no longer duty");
    assert!(dark.contains("Nobody is on duty now"));
}

#[test]
fn a_board_shows_every_place_and_only_a_draft_can_be_changed() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let model = samples::rota(rota::View::Advisor);
    let draft = rota::render(&reader, &samples::planner(Place::Rota), &model).into_string();
    assert_eq!(draft.matches("data-a=\"").count(), model.places.len());
    assert!(draft.contains("data-editable") && draft.contains("/assign\""));
    let published = samples::published(rota::View::Advisor);
    let published = rota::render(&reader, &samples::planner(Place::Rota), &published).into_string();
    assert!(!published.contains("data-editable") && !published.contains("/assign\""));
}

#[test]
fn a_preview_says_what_would_follow_and_whether_it_would_be_refused() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let (name, span, lines) = samples::preview();
    let shown = rota::render_preview(&reader, &name, span, &lines).into_string();
    assert!(shown.contains("Sat 12 Dec, 18–22: Maëlle?"), "{shown}");
    assert!(shown.contains("Nearer their fair share: −3.2 → −0.2\u{a0}h"), "{shown}");
    assert!(shown.contains("data-refused=\"false\""));
    let mut finding = samples::rota(rota::View::Advisor).remarks.remove(0).finding;
    finding.gravity = domain::Gravity::Absolute;
    let refused =
        rota::render_preview(&reader, &name, span, &[rota::Consequence::Breaks(finding)]).into_string();
    assert!(refused.contains("data-refused=\"true\"") && refused.contains("L3131\u{2011}1"), "{refused}");
}

#[test]
fn publishing_waits_until_no_absolute_rule_is_broken() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let frame = samples::planner(Place::Compare);
    let free = compare::render(&reader, &frame, &samples::compare()).into_string();
    assert!(free.contains("/publish\"") && free.contains("clear days"));
    let refused = compare::Model { refused: 1, ..samples::compare() };
    let refused = compare::render(&reader, &frame, &refused).into_string();
    assert!(!refused.contains("/publish\"") && refused.contains("1 rule is broken"));
}

#[test]
fn what_may_be_accepted_asks_for_a_reason_and_what_was_accepted_says_it() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let frame = samples::planner(Place::Compare);
    let page = compare::render(&reader, &frame, &samples::compare()).into_string();
    assert!(page.contains("1 thing needs your reason") && page.contains("name=\"reason\""), "{page}");
    assert!(page.contains("Accepted by Claire Morel"), "{page}");
    let sent = vec![("message".to_owned(), "Bonjour".to_owned()), ("reason".to_owned(), " ".to_owned())];
    let again = compare::Model { given: sent, ..samples::compare() };
    let again = compare::render(&reader, &frame, &again).into_string();
    assert!(again.contains("Nothing was published") && again.contains(">Bonjour</textarea>"), "{again}");
}

#[test]
fn a_code_field_lets_phones_fill_in_the_code() {
    let reader = samples::reader(Language::FR, Theme::Auto);
    let page = sign_in::render(&reader, &stranger(Place::SignIn), &samples::sign_in_code(None)).into_string();
    assert!(page.contains("autocomplete=\"one-time-code\"") && page.contains("inputmode=\"numeric\""));
}

#[test]
fn a_name_from_outside_cannot_become_markup() {
    let mut model = samples::today();
    model.waiting[0].visitor = "<script>alert(1)</script>".to_owned();
    let reader = samples::reader(Language::EN, Theme::Auto);
    let page = today::render(&reader, &samples::planner(Place::Today), &model).into_string();
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"));
}

/// The night of 24 to 25 October 2026 is an hour longer; the line of that day shows 25 hours.
#[test]
fn a_duty_over_the_autumn_night_counts_its_real_hours() {
    let reader = Reader {
        now: samples::instant("2026-10-24T22:30:00+02:00"),
        ..samples::reader(Language::EN, Theme::Auto)
    };
    let mut model = samples::today();
    model.duties.truncate(1);
    model.duties[0].span = samples::span("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00");
    let page = today::render(&reader, &samples::planner(Place::Today), &model).into_string();
    assert!(page.contains("8\u{a0}h 30\u{a0}min"), "eight and a half hours are left, not seven and a half");
    assert!(page.contains("until 06:00"));
}

#[test]
fn pages_and_their_assets_keep_within_their_budgets() {
    let reader = samples::reader(Language::FR, Theme::Auto);
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, bytes).expect("memory can be written to");
        encoder.finish().expect("memory can be written to").len()
    };
    let sum = |names: &[&str]| {
        let of = |name: &&str| {
            assets::all().iter().find(|asset| asset.name == *name).map_or(0, |asset| gzip(&asset.bytes))
        };
        names.iter().map(of).sum::<usize>()
    };
    let board = rota::render(&reader, &samples::planner(Place::Rota), &samples::rota(rota::View::Advisor))
        .into_string();
    assert!(gzip(board.as_bytes()) <= 60_000, "board: {}", gzip(board.as_bytes()));
    assert!(sum(&["app.css", "board.css"]) <= 12_000, "{}", sum(&["app.css", "board.css"]));
    assert!(sum(&["app.css", "desk.css"]) <= 12_000, "{}", sum(&["app.css", "desk.css"]));
    assert!(sum(&["live.js", "board.js"]) <= 20_000, "{}", sum(&["live.js", "board.js"]));
    assert!(sum(&["live.js", "inbox.js"]) <= 18_000, "{}", sum(&["live.js", "inbox.js"]));
    assert!(sum(&["live.js", "wishes.js"]) <= 12_000, "{}", sum(&["live.js", "wishes.js"]));
}

#[test]
fn the_demo_strip_offers_its_jumps_only_in_the_demo() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let demo = today::render(&reader, &samples::planner(Place::Today), &samples::today()).into_string();
    for jump in ["21:14", "saturday", "nobody", "evening"] {
        assert!(demo.contains(&format!("name=\"to\" value=\"{jump}\"")), "{jump}");
    }
    let real = Frame { demo: None, ..samples::planner(Place::Today) };
    let real = today::render(&reader, &real, &samples::today()).into_string();
    assert!(!real.contains("/demo/"));
}

#[test]
fn samples_speak_of_real_days() {
    let friday: NaiveDate = samples::day("2026-12-04");
    let reader = samples::reader(Language::EN, Theme::Auto);
    assert_eq!(reader.today(), friday);
    assert_eq!(reader.wall(reader.now).hour(), 19);
}

/// The build panel of a board whose build goes like this.
fn panel(language: Language, change: impl FnOnce(&mut rota::Progress)) -> String {
    let reader = samples::reader(language, Theme::Auto);
    let mut model = samples::rota(rota::View::Advisor);
    change(model.progress.as_mut().expect("the sample is being built"));
    let page = rota::render(&reader, &samples::planner(Place::Rota), &model).into_string();
    let (_, panel) = page.split_once("id=\"panel\"").expect("the panel is on the page");
    panel.split_once("</section>").expect("it ends").0.to_owned()
}

#[test]
fn a_build_says_what_is_between_its_plan_and_the_best_there_can_be() {
    let english = panel(Language::EN, |_| {});
    for said in [
        "No plan leaves fewer hours open.",
        "No plan shares the load more evenly.",
        "3 wishes are missed; at least 2 must be.",
        "Begun again at 18:04, after an interruption.",
    ] {
        assert!(english.contains(said), "{said}: {english}");
    }
    assert!(!english.contains("hands"), "what comes after wishes is not weighed yet: {english}");
    let french = panel(Language::FR, |_| {});
    assert!(french.contains("3 souhaits sont manqués\u{202f}; 2 au moins doivent l’être."), "{french}");

    let open = panel(Language::EN, |progress| {
        let quality = progress.quality.as_mut().unwrap();
        quality.cover.cost += 2_000;
    });
    assert!(open.contains("Hours covered: within 0.5\u{a0}% of the best there can be."), "{open}");
    assert!(!open.contains("wishes are missed;"), "wishes are not weighed yet: {open}");
    let unfair = panel(Language::EN, |progress| {
        let quality = progress.quality.as_mut().unwrap();
        quality.fairness.cost = 20 * 3_600;
        quality.fairness.at_least = 20 * 900;
    });
    let said = "typically 1\u{a0}h too far from their fair share; at least 30\u{a0}min cannot be avoided";
    assert!(unfair.contains(said), "{unfair}");
}

#[test]
fn a_build_that_waits_says_how_many_are_before_it_and_shows_no_curve() {
    let waits = panel(Language::EN, |progress| progress.before = Some(2));
    assert!(waits.contains("2 builds are before it.") && waits.contains("Do not build it"), "{waits}");
    assert!(!waits.contains("class=\"chart") && !waits.contains("/ 100"), "{waits}");
    let next = panel(Language::FR, |progress| progress.before = Some(0));
    assert!(next.contains("commence dans un instant"), "{next}");
}

#[test]
fn a_plan_that_is_proved_says_so_and_one_that_was_stopped_too() {
    let ended = |change: fn(&mut rota::Progress)| {
        panel(Language::EN, |progress| {
            progress.running = false;
            change(progress);
        })
    };
    assert!(ended(|progress| progress.proved = true).contains("Proved the best there is"));
    assert!(
        ended(|progress| progress.stopped = true).contains("Stopped; the best plan found so far is kept")
    );
}

#[test]
fn what_a_rule_forbids_is_not_offered_as_a_mend() {
    let reader = samples::reader(Language::EN, Theme::Auto);
    let frame = samples::planner(Place::Compare);
    let free = repair::render(&reader, &frame, &samples::repair()).into_string();
    assert!(free.contains("Change 3 shifts") && free.contains("/repair\""), "{free}");
    let refused = repair::Model { refused: true, ..samples::repair() };
    let refused = repair::render(&reader, &frame, &refused).into_string();
    assert!(!refused.contains("Change 3 shifts") && refused.contains("nobody may override"), "{refused}");
}
