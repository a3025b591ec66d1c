//! A visitor and whoever is on duty, each before their own screen.

use acceptance::{
    browser::{Browser, Looks},
    eventually::eventually,
};

use crate::demo::Demo;

const GERMAN_PHONE: Looks = Looks { language: "de", ..Looks::PHONE };

/// The names of the cookies the page's scripts and the server have set.
async fn cookies(browser: &Browser) -> Vec<String> {
    let cookies = browser.driver.get_all_cookies().await.unwrap();
    cookies.into_iter().map(|cookie| cookie.name).collect()
}

/// Waits until the page's title begins so: the count of those who wait.
async fn title_begins(browser: &Browser, with: &str) {
    let what = format!("the title begins with {with}");
    eventually(&what, async || browser.driver.title().await.ok()?.starts_with(with).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_german_phone_and_the_advisor_on_duty_talk_without_anybody_reloading() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    ann.goes_to(&demo.at("/inbox")).await;
    title_begins(&ann, "(3)").await;
    ann.keeps_this_page().await;

    let visitor = demo.opened_at("/c/vieux-port", GERMAN_PHONE).await;
    visitor.sees("Ann kümmert sich heute um Sie").await;
    visitor.sees("Bis 22:00").await;
    assert_eq!(cookies(&visitor).await, [""; 0], "no cookie is set before the first message");
    let asked_for: u32 = visitor
        .ask("return document.querySelectorAll('input:not([type=hidden]), select').length")
        .await
        .unwrap();
    assert_eq!(asked_for, 0, "nothing is asked of a visitor but their message");
    visitor.finds_nothing_wrong().await;
    visitor.keeps_this_page().await;

    visitor.fills("An Ann schreiben", "Wann fährt morgen das erste Boot zur Insel?").await;
    visitor.presses("Senden").await;
    visitor.sees("angekommen").await;
    assert_eq!(cookies(&visitor).await, ["v_vieux-port"]);
    ann.sees("Wann fährt morgen das erste Boot zur Insel?").await;
    title_begins(&ann, "(4)").await;
    ann.was_not_reloaded().await;
    ann.finds_nothing_wrong().await;

    ann.presses_at("#list a.entry.waits:has(span[lang=de])").await;
    ann.sees("The visitor writes German").await;
    ann.keeps_this_page().await;
    visitor.sees("Ann hat es gelesen").await;

    ann.fills("Your answer", "Guten Abend! Um 9.15 Uhr vom Alten Hafen.").await;
    visitor.sees("Ann schreibt").await;
    ann.presses_at("#send").await;
    visitor.sees("Guten Abend! Um 9.15 Uhr vom Alten Hafen.").await;
    ann.sees("· read at").await;
    visitor.fills("An Ann schreiben", "Vielen Dank, bis morgen!").await;
    visitor.presses("Senden").await;
    ann.sees("Vielen Dank, bis morgen!").await;

    visitor.was_not_reloaded().await;
    ann.was_not_reloaded().await;
    visitor.finds_nothing_wrong().await;
    ann.finds_nothing_wrong().await;
    visitor.takes_picture("visitor-talks").await;
    ann.takes_picture("conversation-talks").await;
    drop((visitor, ann));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_of_the_notebook_is_put_into_the_answer_in_the_visitors_language() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    ann.goes_to(&demo.at("/inbox")).await;
    ann.presses_at("#list a.entry").await;
    ann.sees("The visitor writes Italian").await;
    ann.presses("Parcheggi della funivia").await;
    let typed: String = ann.ask("return document.getElementById('reply-body').value").await.unwrap();
    assert!(typed.contains("P2 è gratuito"), "{typed}");
    // A draft stays on the device when the page is left.
    ann.goes_to(&demo.at("/inbox")).await;
    ann.presses_at("#list a.entry").await;
    ann.sees("Draft kept on this device").await;
    let kept: String = ann.ask("return document.getElementById('reply-body').value").await.unwrap();
    assert_eq!(kept, typed);
    ann.finds_nothing_wrong().await;
    drop(ann);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_night_the_page_tells_the_truth_and_the_message_waits_for_the_next_duty() {
    let demo = Demo::opens_at("2026-12-04T23:00:00+01:00").await;
    let visitor = demo.opened_at("/c/vieux-port", Looks::PHONE).await;
    visitor.sees("No one is on duty now").await;
    visitor.sees("Back tomorrow at 09:00").await;
    visitor.finds_nothing_wrong().await;
    visitor.fills("Your message", "We lost a red rucksack near the harbour.").await;
    visitor.presses("Send").await;
    visitor.sees("arrived").await;
    visitor.sees("automatic").await;
    visitor.keeps_this_page().await;

    demo.clock_shows("2026-12-05T09:01:00+01:00").await;
    visitor.sees("is taking care of you today").await;
    visitor.was_not_reloaded().await;
    let said: String =
        visitor.ask("return document.querySelector('#attending h1').textContent").await.unwrap();
    let on_duty = said.split_whitespace().next().unwrap().to_owned();

    let advisor = demo.signed_in_as(&on_duty, Looks::DESK).await;
    advisor.goes_to(&demo.at("/inbox")).await;
    advisor.sees("We lost a red rucksack near the harbour.").await;
    advisor.presses_at("#list a.entry.waits:has(span[lang=en])").await;
    advisor.finds_nothing_wrong().await;
    visitor.finds_nothing_wrong().await;
    drop((visitor, advisor));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_visitor_writes_and_an_advisor_answers() {
    let demo = Demo::opens().await;
    let visitor = Browser::open(Looks::PHONE).await;
    visitor.runs_no_scripts().await.unwrap();
    visitor.goes_to(&demo.at("/c/belrive")).await;
    visitor.fills("Write to Ann", "Is the castle open tomorrow?").await;
    visitor.presses("Send").await;
    visitor.sees("Is the castle open tomorrow?").await;
    visitor.sees("arrived").await;

    let ann = Browser::open(Looks::DESK).await;
    ann.runs_no_scripts().await.unwrap();
    demo.enter(&ann, "advisor").await;
    ann.presses_at("#rail a[href='/inbox']").await;
    ann.sees("Is the castle open tomorrow?").await;
    let row = "//a[contains(@class, 'entry')][contains(., 'Is the castle open tomorrow?')]";
    ann.driver.find(thirtyfour::By::XPath(row)).await.unwrap().click().await.unwrap();
    ann.fills("Your answer", "From ten, every day but Monday.").await;
    ann.presses_at("#send").await;
    ann.sees("answered in").await;

    visitor.goes_to(&demo.at("/c/belrive")).await;
    visitor.sees("From ten, every day but Monday.").await;
    assert_eq!(visitor.complaints().await, [""; 0]);
    assert_eq!(ann.complaints().await, [""; 0]);
    drop((visitor, ann));
    demo.closes().await;
}
