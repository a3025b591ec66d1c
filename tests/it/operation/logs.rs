//! What the log tells: every request by its name, and nothing of anybody.

use acceptance::{
    eventually::eventually,
    mail::{OFFICES, Received, post_office},
    town::{Engine, six_digits},
};
use reqwest::{Client, redirect::Policy};

use super::{Node, town_for_the_program};

const QUESTION: &str = "Where is the otter kept in winter?";
const ANSWER: &str = "In the warm house behind the mill.";

#[tokio::test]
async fn a_whole_journey_leaves_no_name_address_text_or_token_in_the_log() {
    let (rows, key, office, ana) = town_for_the_program(Engine::Sqlite).await;
    let mailbox = post_office().mailbox(&post_office().address("ana", OFFICES));
    rows.change(&format!("update people set email = '{}' where given_name = 'Ana'", mailbox.address)).await;
    let node = Node::starts(&rows, &key, "serve").await;
    let browser = || Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
    let mut secrets = vec![
        QUESTION.into(),
        ANSWER.into(),
        "otter".into(),
        mailbox.address.clone(),
        ana.name.clone(),
        key.clone(),
    ];

    let guest = browser();
    let form = [("body", QUESTION), ("key", "0f0e0d0c-0b0a-4908-8706-050403020100")];
    let path = format!("/c/{}", office.slug);
    let sent = guest.post(node.at(&format!("{path}/messages"))).form(&form).send().await.unwrap();
    assert_eq!(sent.status().as_u16(), 303);
    secrets.extend(cookies(&sent));
    let name = sent.headers()["x-request-id"].to_str().unwrap().to_owned();
    let reach = [("email", "wanderer@guest.test")];
    guest.post(node.at(&format!("{path}/reach"))).form(&reach).send().await.unwrap();
    secrets.push("wanderer@guest.test".to_owned());

    let desk = browser();
    let page = desk.get(node.at("/sign-in")).send().await.unwrap();
    secrets.extend(cookies(&page));
    let csrf = token_of(&page.text().await.unwrap());
    let ask = [("csrf", csrf.as_str()), ("email", &mailbox.address)];
    let asked = desk.post(node.at("/sign-in")).form(&ask).send().await.unwrap();
    assert!(asked.status().is_success() || asked.status().is_redirection(), "{}", asked.status());
    let letter = mailbox.receives("a code", |letter: &Received| six_digits(&letter.text()).is_some()).await;
    let code = six_digits(&letter.text()).unwrap();
    let enter = [("csrf", csrf.as_str()), ("email", &mailbox.address), ("code", &code)];
    let entered = desk.post(node.at("/sign-in/code")).form(&enter).send().await.unwrap();
    assert_eq!(entered.status().as_u16(), 303, "{}", node.log());
    secrets.extend(cookies(&entered));
    secrets.extend([csrf, code]);
    desk.get(node.at("/inbox")).send().await.unwrap();
    let me = desk.get(node.at("/me")).send().await.unwrap().text().await.unwrap();
    let reply = [("csrf", token_of(&me)), ("body", ANSWER.to_owned())];
    let nowhere = format!("/inbox/{}/reply", uuid::Uuid::nil());
    desk.post(node.at(&nowhere)).form(&reply).send().await.unwrap();
    desk.get(node.at(&format!("/calendar/{}.ics", "hush".repeat(8)))).send().await.unwrap();
    secrets.push("hush".to_owned());

    eventually("the log is written", async || node.log().contains("/calendar/").then_some(())).await;
    let log = node.log();
    assert!(log.contains(&name), "a request is found by the name its answer carries");
    for secret in &secrets {
        assert!(!log.contains(secret.as_str()), "the log tells {secret:?}: {log}");
    }
    println!("{} lines of log tell none of {} secrets", log.lines().count(), secrets.len());
}

/// The values of the cookies an answer sets.
fn cookies(answer: &reqwest::Response) -> Vec<String> {
    let values = answer.cookies().map(|cookie| cookie.value().to_owned());
    values.filter(|value| value.len() > 8).collect()
}

/// The token that forms on a page carry.
fn token_of(page: &str) -> String {
    let (_, rest) = page.split_once("csrf").unwrap_or_else(|| panic!("no token in {page}"));
    let mut words = rest.split(|letter: char| !letter.is_ascii_hexdigit());
    words.find(|word| word.len() >= 32).unwrap().to_owned()
}
