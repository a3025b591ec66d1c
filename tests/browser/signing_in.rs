//! Signing in by the code that arrives in the demo's mailbox.

use acceptance::browser::{Browser, Looks};

use crate::demo::Demo;

/// The newest code on the mailbox page, read by whoever looks at it.
async fn reads_code(browser: &Browser) -> String {
    browser.shows(".letter-code strong").await;
    browser.ask("return document.querySelector('.letter-code strong').textContent").await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_that_arrives_in_the_mailbox_signs_in() {
    let demo = Demo::opens().await;
    let mailbox = demo.opened_at("/mailbox", Looks::DESK).await;
    let browser = demo.opened_at("/sign-in", Looks::PHONE).await;
    browser.fills("Your work address", "yannick@montclar.example").await;
    browser.presses("Send me a code").await;
    browser.sees("If yannick@montclar.example is known here, six digits are on their way").await;
    browser.finds_nothing_wrong().await;

    // The letter appears on a page that was open all the while.
    let code = reads_code(&mailbox).await;
    browser.fills("Six digits", &code).await;
    browser.presses("Sign in").await;
    browser.stands_at(|path| path == "/shifts").await;
    browser.sees("Good evening, Yannick").await;
    browser.finds_nothing_wrong().await;
    mailbox.finds_nothing_wrong().await;
    drop((browser, mailbox));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_digits_are_refused_in_words_and_the_right_ones_still_work() {
    let demo = Demo::opens().await;
    let browser = demo.opened_at("/sign-in", Looks::DESK).await;
    browser.fills("Your work address", "maud@lacs.example").await;
    browser.presses("Send me a code").await;
    browser.sees("Enter the code").await;

    let mailbox = demo.opened_at("/mailbox", Looks::DESK).await;
    let code = reads_code(&mailbox).await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    browser.fills("Six digits", wrong).await;
    browser.presses("Sign in").await;
    browser.sees("These are not the digits we sent.").await;
    assert_eq!(browser.violations().await, []);
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("status of 422")), "{complaints:?}");

    browser.fills("Six digits", &code).await;
    browser.presses("Sign in").await;
    browser.stands_at(|path| path == "/today").await;
    browser.finds_nothing_wrong().await;
    drop((browser, mailbox));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_nobody_has_is_answered_as_one_that_somebody_has() {
    let demo = Demo::opens().await;
    let browser = demo.opened_at("/sign-in", Looks::DESK).await;
    browser.fills("Your work address", "nobody@elsewhere.example").await;
    browser.presses("Send me a code").await;
    browser.sees("If nobody@elsewhere.example is known here, six digits are on their way").await;
    browser.finds_nothing_wrong().await;
    drop(browser);
    demo.closes().await;
}
