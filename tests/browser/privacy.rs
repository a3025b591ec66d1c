//! A visitor's wish to be forgotten, from the manager's page to the visitor's own.

use acceptance::browser::Looks;

use crate::demo::Demo;

const ASKED: &str = "May I bring my quokka to the museum?";
const ADDRESS: &str = "quentin@quokka.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_erases_a_visitor_and_keeps_the_certificate() {
    let demo = Demo::opens().await;
    let visitor = demo.opened_at("/c/belrive", Looks::PHONE).await;
    visitor.fills("Write to Ann", ASKED).await;
    visitor.presses("Send").await;
    visitor.sees("arrived").await;
    // The page asks for an address only where an office has a mailbox, and the demo's have none.
    let cookies = visitor.driver.get_all_cookies().await.unwrap();
    let token = &cookies.iter().find(|cookie| cookie.name == "v_belrive").unwrap().value;
    app::desk::reach(&demo.app, "belrive", token, ADDRESS).await.unwrap();

    let pauline = demo.entered_by("manager", Looks::DESK).await;
    pauline.goes_to(&demo.at("/privacy")).await;
    pauline.sees("wish yet.").await;
    pauline.fills("Their address", "emma@visitors.example").await;
    pauline.presses("Look for it").await;
    pauline.sees("typed it in a chat").await;
    pauline.presses("Save everything (ZIP)").await;
    pauline.sees("Nothing was done: tick who it is.").await;
    assert_eq!(pauline.violations().await, []);
    let complaints = pauline.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("status of 422")), "{complaints:?}");
    pauline.fills("Their address", ADDRESS).await;
    pauline.presses("Look for it").await;
    pauline.sees("typed it in a chat").await;
    let chosen = "input[name=visitor]:checked";
    assert!(pauline.find(chosen).await.is_none(), "who only typed an address is not chosen beforehand");
    pauline.finds_nothing_wrong().await;
    pauline.presses_at("input[name=visitor]").await;
    pauline.presses("Erase…").await;
    pauline.presses("Erase everything of those ticked").await;
    pauline.sees("Everything was erased. The certificate stands below.").await;
    pauline.finds_nothing_wrong().await;
    pauline.fills("Their address", ADDRESS).await;
    pauline.presses("Look for it").await;
    pauline.sees("Nobody has written to you under this address.").await;

    let certificate: String = pauline
        .ask(
            "const link = document.querySelector('a[href^=\"/privacy/erasures/\"]'); \
              return fetch(link.href).then(answer => answer.text())",
        )
        .await
        .unwrap();
    assert!(certificate.contains("\"conversations\": 1"), "{certificate}");
    assert!(!certificate.contains("quokka"), "{certificate}");

    visitor.goes_to(&demo.at("/c/belrive")).await;
    visitor.sees("Write to Ann").await;
    assert!(!visitor.text().await.contains(ASKED), "nothing of it is left on the visitor's page");
    let ann = demo.entered_by("advisor", Looks::DESK).await;
    ann.goes_to(&demo.at("/inbox")).await;
    ann.shows("#list a.entry").await;
    assert!(!ann.text().await.contains(ASKED), "nor at the desk");
    visitor.finds_nothing_wrong().await;
    drop((visitor, pauline, ann));
    demo.closes().await;
}
