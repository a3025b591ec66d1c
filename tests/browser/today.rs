//! Today: the lamp goes out by itself when the duty ends.

use acceptance::browser::Looks;

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn today_says_that_the_duty_is_over_without_being_asked() {
    let demo = Demo::opens().await;
    let browser = demo.entered_by("planner", Looks::DESK).await;
    browser.stands_at(|path| path == "/today").await;
    browser.sees("Ann Leroy, until 22:00").await;
    browser.sees("Yannick").await;
    browser.finds_nothing_wrong().await;

    // The hands are moved to just before the end; the page hears of it, and then the duty ends.
    demo.clock_shows("2026-12-04T21:59:57+01:00").await;
    browser.sees("Nobody is on duty now").await;
    browser.no_longer_sees("until 22:00").await;
    browser.sees("tomorrow, 09:00–13:00").await;
    browser.finds_nothing_wrong().await;
    drop(browser);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_jump_of_the_demos_clock_is_seen_by_whoever_looks() {
    let demo = Demo::opens().await;
    let maud = demo.entered_by("planner", Looks::DESK).await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    maud.sees("Ann Leroy, until 22:00").await;
    ann.sees("On duty until 22:00").await;

    maud.presses("nobody on duty").await;
    maud.sees("Nobody is on duty now").await;
    ann.sees("You’re off duty.").await;
    ann.no_longer_sees("On duty until 22:00").await;

    maud.presses("evening").await;
    maud.sees("On duty now").await;
    maud.no_longer_sees("Nobody is on duty now").await;
    maud.finds_nothing_wrong().await;
    ann.finds_nothing_wrong().await;
    drop((maud, ann));
    demo.closes().await;
}
