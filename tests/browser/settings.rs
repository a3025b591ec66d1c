//! Language, light and skills: what somebody chooses stays, here and on their other devices.

use acceptance::browser::{Browser, Looks, Theme};

use crate::demo::Demo;

async fn ground(browser: &Browser) -> String {
    browser.ask("return getComputedStyle(document.documentElement).backgroundColor").await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_language_that_was_chosen_stays_on_every_page_and_device() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    ann.goes_to(&demo.at("/me")).await;
    ann.presses("Français").await;
    ann.sees("Vos connexions").await;
    for (path, said) in
        [("/shifts", "Bonsoir"), ("/wishes", "Mes souhaits"), ("/inbox", "Vous êtes de permanence")]
    {
        ann.goes_to(&demo.at(path)).await;
        ann.sees(said).await;
    }
    let phone = demo.entered_by("advisor", Looks::PHONE).await;
    phone.sees("Bonsoir").await;

    phone.goes_to(&demo.at("/me")).await;
    phone.presses("English").await;
    phone.sees("Where you are signed in").await;
    ann.goes_to(&demo.at("/shifts")).await;
    ann.sees("Good evening, Ann").await;
    ann.finds_nothing_wrong().await;
    phone.finds_nothing_wrong().await;
    drop((ann, phone));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_light_that_was_chosen_stays_whatever_the_device_prefers() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    let light = ground(&ann).await;
    ann.goes_to(&demo.at("/me")).await;
    ann.presses("Dark").await;
    ann.shows("html[data-theme=dark]").await;
    ann.goes_to(&demo.at("/shifts")).await;
    let dark = ground(&ann).await;
    assert_ne!(dark, light);

    ann.goes_to(&demo.at("/me")).await;
    ann.presses("Light").await;
    ann.shows("html[data-theme=light]").await;
    ann.prefer(Theme::Dark).await.unwrap();
    ann.goes_to(&demo.at("/shifts")).await;
    assert_eq!(ground(&ann).await, light);

    ann.goes_to(&demo.at("/me")).await;
    ann.presses("As the device").await;
    ann.shows("html[data-theme=auto]").await;
    assert_eq!(ground(&ann).await, dark);
    ann.finds_nothing_wrong().await;
    drop(ann);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_brings_is_said_on_a_page_of_its_own() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    ann.goes_to(&demo.at("/me")).await;
    ann.presses("See and change").await;
    ann.stands_at(|path| path == "/me/skills").await;
    ann.presses_at("input[name^='knows-']").await;
    ann.finds_nothing_wrong().await;
    let keep = "[...document.querySelectorAll('main form button.primary')].at(-1)";
    ann.ask::<()>(&format!("{keep}.scrollIntoView({{ block: 'center' }})")).await.unwrap();
    ann.presses("Keep").await;
    ann.sees("Skills are kept.").await;
    ann.shows("input[name^='knows-']:checked").await;
    ann.finds_nothing_wrong().await;
    drop(ann);
    demo.closes().await;
}
