//! Boards, offices and people, from a house that knows none of them: who founds, invites, accepts and
//! signs others out, as they see it.

use acceptance::browser::{Browser, Looks};
use acceptance::eventually::eventually;
use app::account::house;

use crate::demo::Demo;

/// The link in the newest letter to `email`.
async fn invited(demo: &Demo, email: &str) -> String {
    eventually("the invitation arrives", async || {
        let letters = app::letters::mailbox(&demo.app).await.ok()?;
        let theirs = letters.into_iter().filter(|letter| letter.recipient == email);
        let text = theirs.map(|letter| letter.text).find(|text| text.contains("/invitation/"))?;
        let link = text.split_whitespace().find(|word| word.contains("/invitation/"))?;
        Some(link.to_owned())
    })
    .await
}

/// Follows the letter's link and accepts.
async fn accepts(demo: &Demo, email: &str, looks: Looks) -> Browser {
    let browser = Browser::open(looks).await;
    browser.goes_to(&invited(demo, email).await).await;
    browser.finds_nothing_wrong().await;
    browser.presses_at("form[action^='/invitation/'] button").await;
    browser.stands_at(|path| !path.starts_with("/invitation")).await;
    browser
}

async fn fills(browser: &Browser, form: &str, fields: &[(&str, &str)]) {
    for (field, text) in fields {
        let selector = format!("#{form}-{field}");
        let input = browser.find(&selector).await.unwrap_or_else(|| panic!("{selector} is on the page"));
        input.clear().await.unwrap();
        input.send_keys(*text).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_founds_a_board_whose_planner_makes_a_pool_and_adds_an_office() {
    let demo = Demo::opens().await;
    house::add_operator(&demo.app, "gaspard@house.example", "Gaspard", "Petit").await.unwrap();
    let gaspard = demo.signed_in_as("Gaspard", Looks::DESK).await;
    gaspard.stands_at(|path| path == "/house").await;
    gaspard.finds_nothing_wrong().await;
    let board = [
        ("name", "Hauts Plateaux"),
        ("slug", "Hauts Plateaux"),
        ("given-name", "Lise"),
        ("family-name", "Morel"),
        ("email", "lise@plateaux.example"),
    ];
    fills(&gaspard, "board", &board).await;
    gaspard.presses_at("#found button.primary").await;
    gaspard.sees("one field needs your attention").await;
    gaspard.sees("Only small letters a to z").await;
    assert_eq!(gaspard.violations().await, []);
    let complaints = gaspard.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("status of 422")), "{complaints:?}");

    // What was typed is still there: only the one field is mended.
    fills(&gaspard, "board", &[("slug", "plateaux")]).await;
    gaspard.presses_at("#found button.primary").await;
    gaspard.sees("The board is founded").await;
    gaspard.sees("Nobody plans here yet").await;
    gaspard.finds_nothing_wrong().await;

    let lise = accepts(&demo, "lise@plateaux.example", Looks::DESK.in_language("en")).await;
    // A board without a pool begins by making one.
    lise.stands_at(|path| path == "/pool").await;
    lise.goes_to(&demo.at("/me")).await;
    lise.presses("English").await;
    lise.sees("Where you are signed in").await;
    lise.goes_to(&demo.at("/pool")).await;
    lise.fills("Name of the pool", "Hauts Plateaux").await;
    lise.presses("Make it").await;
    lise.sees("The pool is made").await;
    lise.presses_at("details.more button.primary").await;
    lise.sees("The need is added").await;
    lise.sees("1 in front, 1 behind").await;
    let office = [
        ("name", "Col du Loup"),
        ("slug", "col-du-loup"),
        ("given-name", "Paul"),
        ("family-name", "Girard"),
        ("email", "paul@loup.example"),
    ];
    fills(&lise, "office", &office).await;
    lise.presses_at("#office button.primary").await;
    lise.sees("The office has joined").await;
    lise.sees("Col du Loup").await;
    lise.finds_nothing_wrong().await;

    let paul = accepts(&demo, "paul@loup.example", Looks::PHONE).await;
    paul.goes_to(&demo.at("/team")).await;
    paul.sees("Paul Girard").await;
    paul.finds_nothing_wrong().await;
    let visitor = demo.opened_at("/c/col-du-loup", Looks::PHONE).await;
    visitor.sees("Col du Loup").await;
    drop((gaspard, lise, paul, visitor));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_advisor_who_was_invited_comes_in_by_the_letters_link_and_it_is_good_once() {
    let demo = Demo::opens().await;
    let pauline = demo.entered_by("manager", Looks::DESK).await;
    pauline.goes_to(&demo.at("/team")).await;
    pauline.fills("Given name", "Nina").await;
    pauline.fills("Family name", "Faure").await;
    pauline.fills("E-mail address", "nina@belrive.example").await;
    pauline.presses("Send the invitation").await;
    pauline.sees("The invitation is on its way").await;
    pauline.sees("nina@belrive.example").await;
    pauline.finds_nothing_wrong().await;

    let link = invited(&demo, "nina@belrive.example").await;
    let nina = accepts(&demo, "nina@belrive.example", Looks::PHONE).await;
    nina.stands_at(|path| path == "/shifts").await;
    nina.finds_nothing_wrong().await;
    let late = Browser::open(Looks::PHONE).await;
    late.goes_to(&link).await;
    late.shows("a[href='/sign-in']").await;
    late.finds_nothing_wrong().await;
    pauline.goes_to(&demo.at("/team")).await;
    pauline.sees("Nina Faure").await;
    pauline.no_longer_sees("nina@belrive.example").await;
    drop((pauline, nina, late));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_is_signed_out_from_another_one_is_out_at_once() {
    let demo = Demo::opens().await;
    let lost = demo.entered_by("advisor", Looks::PHONE).await;
    let here = demo.entered_by("advisor", Looks::DESK).await;
    here.goes_to(&demo.at("/me")).await;
    here.sees("This one").await;
    here.shows("#sessions form[action$='/end']").await;
    here.presses_at("#sessions form[action$='/end'] button").await;
    here.no_longer_shows("#sessions form[action$='/end']").await;
    lost.goes_to(&demo.at("/shifts")).await;
    lost.stands_at(|path| path == "/sign-in").await;
    here.sees("This one").await;
    here.finds_nothing_wrong().await;
    drop((lost, here));
    demo.closes().await;
}
