//! What is refused is said, and stays said; and nobody is offered what they may not do.

use acceptance::browser::Looks;

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_stays_on_the_page_whatever_happens_meanwhile() {
    let demo = Demo::opens().await;
    let other = demo.entered_by("planner", Looks::DESK).await;
    other.sees("Ann Leroy, until 22:00").await;
    let maud = demo.entered_by("planner", Looks::DESK).await;
    maud.goes_to(&demo.at("/rota")).await;
    maud.presses("Build other days").await;
    let past =
        "for (const id of ['other-from', 'other-until']) document.getElementById(id).value = '2026-06-01';
        return document.querySelectorAll('#other-from').length";
    assert_eq!(maud.ask::<u32>(past).await.unwrap(), 1);
    maud.presses("New draft").await;
    maud.sees("The past is not changed any more.").await;
    maud.keeps_this_page().await;
    maud.ask::<bool>("return dispatchEvent(new Event('online'))").await.unwrap();

    // Whoever listens has heard of it and fetched anew; the refusal does neither.
    demo.clock_shows("2026-12-04T22:00:01+01:00").await;
    other.sees("Nobody is on duty now").await;
    maud.was_not_reloaded().await;
    maud.sees("The past is not changed any more.").await;
    drop((other, maud));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_answers_a_form_is_there_at_its_address_too() {
    let demo = Demo::opens().await;
    let maud = demo.entered_by("planner", Looks::DESK).await;
    for (path, said) in
        [("/pool/needs", "What it needs"), ("/team/leave", "Invite somebody"), ("/me/tokens", "Programs")]
    {
        maud.goes_to(&demo.at(path)).await;
        maud.sees(said).await;
        maud.finds_nothing_wrong().await;
    }
    drop(maud);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_reads_a_conversation_and_is_offered_nothing_they_may_not_do() {
    let demo = Demo::opens().await;
    let pauline = demo.entered_by("manager", Looks::PHONE).await;
    pauline.goes_to(&demo.at("/inbox")).await;
    pauline.presses_at("#list a.entry").await;
    pauline.shows("#thread").await;
    for offered in
        ["#done", ".note-box", "#thread form[action$='/take']", "#thread form[action$='/reopen']", "#reply"]
    {
        assert!(pauline.find(offered).await.is_none(), "{offered}");
    }
    pauline.finds_nothing_wrong().await;
    drop(pauline);
    demo.closes().await;
}
