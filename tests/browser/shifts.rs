//! My shifts on a phone: a duty is handed over to its end, what was published is confirmed, an open duty is
//! read of. And a manager downloads a month's statement.

use std::fs;

use acceptance::{
    browser::{Browser, Looks},
    eventually::eventually,
    keeper,
};
use serde_json::json;

use crate::demo::Demo;

/// Presses what a selector finds, in the middle of the screen: a driver scrolls no further than to the bar
/// at the bottom, which lies over it.
async fn presses_in_sight(browser: &Browser, selector: &str) {
    browser.shows(selector).await;
    let scroll =
        format!("return !document.querySelector(\"{selector}\").scrollIntoView({{ block: 'center' }})");
    browser.ask::<bool>(&scroll).await.unwrap();
    browser.presses_at(selector).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duty_is_offered_taken_by_a_colleague_and_given_back_on_my_shifts() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    ann.presses_at("#coming a[href$='/change']").await;
    ann.stands_at(|path| path.ends_with("/change")).await;
    let could = "return document.querySelector('#colleagues ~ p').textContent.split(', ')[0]";
    let name: String = ann.ask(could).await.unwrap();
    ann.finds_nothing_wrong().await;
    ann.presses("Offer it").await;
    ann.stands_at(|path| path == "/shifts").await;
    ann.sees("On offer to everybody who may take it.").await;
    ann.finds_nothing_wrong().await;

    let colleague = demo.signed_in_as(&name, Looks::PHONE).await;
    colleague.sees("Ann gives a duty away").await;
    colleague.finds_nothing_wrong().await;
    presses_in_sight(&colleague, "#exchange form[action$='/accept'] button").await;
    colleague.sees("From Ann").await;
    // The holder's page hears of it by itself.
    ann.no_longer_sees("On offer to everybody who may take it.").await;

    presses_in_sight(&colleague, "#exchange details summary").await;
    presses_in_sight(&colleague, "#exchange form[action$='/give-back'] button").await;
    colleague.sees("Waits for Ann.").await;
    colleague.finds_nothing_wrong().await;
    ann.sees(&format!("{name} would like to give this back to you")).await;
    presses_in_sight(&ann, "#exchange form[action$='/accept'] button").await;
    ann.no_longer_sees("would like to give this back").await;
    colleague.no_longer_sees("Waits for Ann.").await;
    ann.finds_nothing_wrong().await;
    drop((ann, colleague));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_published_is_confirmed_with_one_press_and_the_planner_sees_who_has_not() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    let maud = demo.entered_by("planner", Looks::DESK).await;
    let draft =
        "return document.querySelector('a[href^=\"/rota/\"]:not([href*=\"#\"])').getAttribute('href')";
    let draft: String = maud.ask(draft).await.unwrap();
    maud.goes_to(&demo.at(&format!("{draft}/compare"))).await;
    maud.presses_at("#publish form button").await;
    maud.stands_at(|path| path == draft).await;
    // Her page hears of it by itself.
    ann.sees("Your duties were published or changed").await;
    ann.finds_nothing_wrong().await;
    ann.keeps_this_page().await;
    presses_in_sight(&ann, "#seen button").await;
    ann.no_longer_sees("Your duties were published or changed").await;
    ann.was_not_reloaded().await;
    ann.finds_nothing_wrong().await;

    maud.shows("#notices a[href$='/proof']").await;
    maud.sees("Ann Leroy").await;
    let states = "return [...document.querySelectorAll('#notices .pill')].map(pill => pill.textContent)";
    let states = eventually("the planner sees that she confirmed", async || {
        let states: Vec<String> = maud.ask(states).await.ok()?;
        states.iter().any(|state| state.starts_with("confirmed")).then_some(states)
    })
    .await;
    assert!(states.iter().any(|state| state == "not seen yet"), "{states:?}");
    maud.finds_nothing_wrong().await;
    drop((ann, maud));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_downloads_a_months_statement() {
    let demo = Demo::opens().await;
    let folder = keeper::folder("downloads");
    let pauline = demo.entered_by("manager", Looks::DESK).await;
    let into = json!({ "behavior": "allow", "downloadPath": folder.to_str().unwrap() });
    pauline.driver.cdp().send_raw("Browser.setDownloadBehavior", into).await.unwrap();
    pauline.goes_to(&demo.at("/exchange")).await;
    pauline.presses_at("a[href^='/statements']").await;
    pauline.stands_at(|path| path == "/statements").await;
    pauline.sees("Ann Leroy").await;
    pauline.finds_nothing_wrong().await;
    for kind in ["pay", "register"] {
        pauline.presses_at(&format!("a[href^='/statements/{kind}']")).await;
        let name = format!("{kind}-2026-11.csv");
        let text = eventually("the file is there", async || {
            let entries = fs::read_dir(&folder).ok()?.flatten();
            let mut files = entries.map(|entry| entry.path());
            let file = files.find(|file| file.to_str().is_some_and(|file| file.ends_with(&name)))?;
            fs::read_to_string(file).ok()
        })
        .await;
        assert!(text.contains("Leroy"), "{kind}: {text}");
    }
    pauline.finds_nothing_wrong().await;
    drop(pauline);
    fs::remove_dir_all(folder).unwrap();
    demo.closes().await;
}
