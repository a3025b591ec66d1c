//! Who writes: visitors in the web chat over HTTP, as their page does it, and guests by mail.
//!
//! A message whose POST got no answer is sent again under the same key, to whichever node: so does the
//! page (`visitor.js`).

use std::{
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use acceptance::{
    eventually::eventually_within,
    mail::{Mailbox, post_office},
    random::Chance,
};
use futures_util::future::join_all;
use reqwest::{Client, RequestBuilder, header, redirect::Policy};
use uuid::Uuid;

use super::scene::Scene;

/// Visitors who write in every round.
const VISITORS: usize = 6;
/// Letters in every round.
const LETTERS: usize = 2;
/// How long somebody tries to be heard. A node starts again within seconds, on a busy machine too.
const INSISTENCE: Duration = Duration::from_secs(120);

/// What a node answered.
pub struct Said {
    pub status: u16,
    /// The cookies it set, `name=value`.
    pub cookies: Vec<String>,
    pub text: String,
}

/// The way to the house, through whichever node answers.
pub struct Web {
    client: Client,
    nodes: Vec<SocketAddr>,
    chance: Mutex<Chance>,
    /// How often something was sent again because nobody had answered.
    pub again: AtomicUsize,
}

impl Web {
    /// Asks until a node has an answer. An error of the server is none: it took nothing, or does not know.
    pub async fn insists(&self, what: &str, ask: impl Fn(&Client, String) -> RequestBuilder) -> Said {
        eventually_within(INSISTENCE, what, async || {
            let at = self.chance.lock().unwrap().below(self.nodes.len());
            let said = self.tries(ask(&self.client, format!("http://{}", self.nodes[at]))).await;
            if said.is_none() {
                self.again.fetch_add(1, Ordering::Relaxed);
            }
            said
        })
        .await
    }

    async fn tries(&self, request: RequestBuilder) -> Option<Said> {
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        let cookies =
            answer.cookies().map(|cookie| format!("{}={}", cookie.name(), cookie.value())).collect();
        let text = answer.text().await.ok()?;
        (status < 500).then_some(Said { status, cookies, text })
    }
}

/// Everybody who writes, and what they wrote that was accepted.
pub struct Load {
    pub web: Web,
    slug: String,
    office_address: String,
    visitors: Vec<Visitor>,
    pub chats: Mutex<Vec<String>>,
    pub guests: Mutex<Vec<(Mailbox, String)>>,
}

/// A browser at the web chat.
struct Visitor {
    address: String,
    cookie: Mutex<Option<String>>,
}

impl Load {
    pub fn on(scene: &Scene, nodes: Vec<SocketAddr>, seed: u64) -> Self {
        let client = Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(20)).build();
        let visitors = (0..VISITORS)
            .map(|number| Visitor { address: format!("192.0.2.{}", number + 10), cookie: Mutex::default() });
        Self {
            web: Web {
                client: client.unwrap(),
                nodes,
                chance: Mutex::new(Chance::of(seed, 3)),
                again: AtomicUsize::new(0),
            },
            slug: scene.office.slug.clone(),
            office_address: scene.mailbox.address.clone(),
            visitors: visitors.collect(),
            chats: Mutex::default(),
            guests: Mutex::default(),
        }
    }

    /// One message of everybody.
    pub async fn comes(&self, round: usize) {
        let chats = self.visitors.iter().enumerate().map(async |(number, visitor)| {
            let body = format!("Chat {round:03} of {number}: where can we park?");
            self.writes(visitor, &body).await;
        });
        let letters = (0..LETTERS).map(async |number| {
            let guest = post_office().guest("guest");
            let question = format!("Letter {round:03} of {number}: is the castle open?");
            guest.write(&self.office_address, &format!("Castle {round:03}-{number}"), &question).await;
            self.guests.lock().unwrap().push((guest, question));
        });
        tokio::join!(join_all(chats), join_all(letters));
    }

    /// Somebody new writes, and is to be answered by a person in a page.
    pub async fn one_writes(&self, body: &str) {
        let visitor = Visitor { address: "192.0.2.200".to_owned(), cookie: Mutex::default() };
        self.writes(&visitor, body).await;
    }

    /// Somebody wrote in a real browser, whose page says that it arrived.
    pub fn was_written(&self, body: &str) {
        self.chats.lock().unwrap().push(body.to_owned());
    }

    async fn writes(&self, visitor: &Visitor, body: &str) {
        let cookie = visitor.cookie.lock().unwrap().clone().unwrap_or_default();
        let key = Uuid::new_v4().to_string();
        let said = self
            .web
            .insists("a visitor's message is taken", |client, node| {
                let request = client.post(format!("{node}/c/{}/messages", self.slug));
                let request = request.header("x-forwarded-for", &visitor.address);
                request.header(header::COOKIE, &cookie).form(&[("body", body), ("key", &key)])
            })
            .await;
        assert_eq!(said.status, 303, "{body} is taken: {}", said.text);
        *visitor.cookie.lock().unwrap() = said.cookies.into_iter().next();
        self.was_written(body);
    }
}
