//! Coverage: a manager ends and orders it, a planner defines what can be ordered.

use acceptance::browser::Looks;

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_ends_coverage_and_orders_it_and_visitors_see_it_from_that_minute() {
    let demo = Demo::opens().await;
    let pauline = demo.entered_by("manager", Looks::DESK).await;
    let visitor = demo.opened_at("/c/belrive", Looks::PHONE).await;
    visitor.sees("Ann is taking care of you today").await;
    pauline.sees("Soirs et week-ends").await;
    pauline.sees("It ends at once. Messages that come later wait for your own desk; none is lost.").await;
    pauline.keeps_this_page().await;

    pauline.presses("End it").await;
    pauline.sees("Your office has no coverage. After closing, messages wait for the morning.").await;
    pauline.sees("1 that has ended").await;
    visitor.goes_to(&demo.at("/c/belrive")).await;
    visitor.sees("No one is on duty now").await;

    pauline.sees("It starts at once: whoever is on duty answers for you from this minute.").await;
    pauline.presses_at("#offers article:has(h3) button").await;
    pauline.sees("Since 4 December 2026").await;
    pauline.sees("You have this").await;
    pauline.was_not_reloaded().await;
    visitor.goes_to(&demo.at("/c/belrive")).await;
    visitor.sees("Ann is taking care of you today").await;
    pauline.finds_nothing_wrong().await;
    visitor.finds_nothing_wrong().await;
    drop((pauline, visitor));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_the_planner_defines_is_seen_by_managers_at_once() {
    let demo = Demo::opens().await;
    let pauline = demo.entered_by("manager", Looks::PHONE).await;
    pauline.sees("What you can order").await;
    pauline.keeps_this_page().await;

    let maud = demo.entered_by("planner", Looks::DESK).await;
    maud.goes_to(&demo.at("/coverage")).await;
    maud.fills("Name", "Pauses de midi").await;
    maud.fills("One sentence on what it brings", "Quelqu’un répond entre midi et deux.").await;
    maud.fills("From", "1200PM").await;
    maud.fills("Until", "0200PM").await;
    maud.fills("Price a month (€)", "ninety").await;
    maud.presses("Offer it").await;
    maud.sees("This is no amount.").await;
    let refused = maud.complaints().await;
    assert!(refused.iter().all(|one| one.contains("status of 422")), "{refused:?}");
    maud.fills("Price a month (€)", "90").await;
    maud.presses("Offer it").await;
    maud.sees("Pauses de midi").await;
    maud.sees("Monday to Friday 12:00–14:00").await;

    pauline.sees("Pauses de midi").await;
    pauline.sees("€90 a month").await;
    pauline.was_not_reloaded().await;
    maud.finds_nothing_wrong().await;
    pauline.finds_nothing_wrong().await;
    drop((maud, pauline));
    demo.closes().await;
}
