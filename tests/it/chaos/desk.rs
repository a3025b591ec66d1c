//! Who answers: an advisor whose browser is a robot. It reads the inbox's page, opens what waits, and
//! sends the form that stands there; without an answer, the same form again.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use app::account::Tokens;
use reqwest::header;
use uuid::Uuid;

use super::load::{Said, Web};

/// What a message says that the robot leaves to a person.
pub const FOR_A_PERSON: &str = "Please, a person:";

/// The robot and what it wrote that was accepted.
pub struct Desk<'a> {
    web: &'a Web,
    access: Mutex<String>,
    refresh: Mutex<String>,
    pub answers: Mutex<Vec<String>>,
}

impl<'a> Desk<'a> {
    pub fn of(web: &'a Web, tokens: &Tokens) -> Self {
        let refresh = tokens.refresh.clone().unwrap_or_default();
        Self {
            web,
            access: Mutex::new(format!("veilleuse-access={}", tokens.access)),
            refresh: Mutex::new(format!("veilleuse-refresh={refresh}")),
            answers: Mutex::default(),
        }
    }

    /// Answers for as long as `rounds` go on, and brings what it is about to send to its end: an answer
    /// that was sent and never heard of would be nobody's.
    pub async fn answers_during(&self, rounds: impl Future<Output = ()>) {
        let over = AtomicBool::new(false);
        let until_over = async {
            while !over.load(Ordering::Relaxed) {
                self.answers_what_waits(false).await;
            }
        };
        tokio::join!(until_over, async {
            rounds.await;
            over.store(true, Ordering::Relaxed);
        });
    }

    /// Answers what waits now, also what wants a person if it is one.
    pub async fn answers_what_waits(&self, is_a_person: bool) {
        let inbox = self.page("/inbox").await;
        for conversation in waiting(&inbox.text) {
            let path = format!("/inbox/{conversation}");
            let open = self.page(&path).await;
            if !is_a_person && thread(&open.text).contains(FOR_A_PERSON) {
                continue;
            }
            let field = |name: &str| value(&open.text, name).unwrap_or_default();
            let (csrf, key, seen) = (field("csrf"), field("key"), field("seen"));
            assert!(!key.is_empty(), "whoever is on duty may answer: {}", open.text);
            let answer = format!("Answer {key}");
            let form = [("csrf", csrf), ("key", key), ("seen", seen), ("body", answer.clone())];
            let said = self
                .web
                .insists("an answer is taken", |client, node| {
                    let request = client.post(format!("{node}{path}/reply"));
                    request.header(header::COOKIE, self.cookies()).form(&form)
                })
                .await;
            self.keeps(&said);
            assert_eq!(said.status, 303, "an answer is taken: {}", said.text);
            self.answers.lock().unwrap().push(answer);
        }
    }

    async fn page(&self, path: &str) -> Said {
        let what = format!("{path} is shown");
        let page = self
            .web
            .insists(&what, |client, node| {
                client.get(format!("{node}{path}")).header(header::COOKIE, self.cookies())
            })
            .await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        self.keeps(&page);
        page
    }

    fn cookies(&self) -> String {
        format!("{}; {}", self.access.lock().unwrap(), self.refresh.lock().unwrap())
    }

    fn keeps(&self, said: &Said) {
        for cookie in &said.cookies {
            if cookie.starts_with("veilleuse-access=") {
                self.access.lock().unwrap().clone_from(cookie);
            } else if cookie.starts_with("veilleuse-refresh=") {
                self.refresh.lock().unwrap().clone_from(cookie);
            }
        }
    }
}

/// The conversations that wait in the list of a page.
fn waiting(page: &str) -> Vec<Uuid> {
    let entries = page.split("<a class=\"entry waits\" href=\"/inbox/").skip(1);
    entries.filter_map(|entry| entry.get(..36)?.parse().ok()).collect()
}

/// The open conversation of a page, without the list beside it.
fn thread(page: &str) -> &str {
    let (_, thread) = page.split_once("id=\"thread\"").unwrap_or_default();
    thread.split("id=\"compose\"").next().unwrap_or_default()
}

/// What the hidden field `name` of the reply holds; `seen` stands apart from it, with the messages.
fn value(page: &str, name: &str) -> Option<String> {
    let from = if name == "seen" { 0 } else { page.find("id=\"reply\"")? };
    let (_, rest) = page[from..].split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split('"').next()?.to_owned())
}
