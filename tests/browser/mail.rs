//! A guest with an ordinary mail client, and the advisor on duty before her screen.

use std::time::Duration;

use acceptance::{
    browser::Looks,
    eventually::eventually_within,
    mail::post_office,
    town::{Line, opened_mailbox},
};

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_to_an_office_appears_before_the_advisor_on_duty_and_her_answer_comes_back_threaded() {
    let demo = Demo::opens().await;
    let office = app::desk::web_chat_office(&demo.app, "vieux-port").await.unwrap();
    let (mailbox, _) = opened_mailbox(&demo.app, office.id, "vieux-port", Line::direct()).await;
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    ann.goes_to(&demo.at("/inbox")).await;
    ann.sees("Waiting for you").await;
    ann.keeps_this_page().await;

    let guest = post_office().guest("jonas");
    let question =
        "Good evening, is the boat to the island running tomorrow morning? There are four of us, and a dog.";
    let asked = guest.write(&mailbox.address, "The boat tomorrow", question).await;
    // A mailbox that has just been opened is first looked at when its turn comes; from then on the
    // worker listens, and mails come at once.
    let patience = Duration::from_secs(120);
    eventually_within(patience, "the mail stands in the inbox", async || {
        ann.text().await.contains("There are four of us, and a dog.").then_some(())
    })
    .await;
    ann.was_not_reloaded().await;

    // Most time is left for it, so it stands last.
    ann.presses_at("#list li:last-child a.entry.waits").await;
    ann.sees("The boat tomorrow").await;
    ann.fills("Your answer", "Good evening! Yes, at 9:15 from the Old Harbour.").await;
    ann.presses_at("#send").await;

    let answer =
        guest.receives("the answer", |letter| letter.text().contains("9:15 from the Old Harbour")).await;
    assert_eq!(answer.in_reply_to(), std::slice::from_ref(&asked), "it answers the guest's own mail");
    assert!(answer.references().contains(&asked), "and stands in its thread");
    assert_eq!(answer.from().1, mailbox.address, "it comes from the office");
    assert_eq!(answer.subject(), "Re: The boat tomorrow");
    ann.sees("sent").await;
    ann.finds_nothing_wrong().await;

    guest.answer(&answer, "Thank you, see you tomorrow!").await;
    ann.sees("Thank you, see you tomorrow!").await;
    drop(ann);
    demo.closes().await;
}
