//! The real server on a town's house, and whoever asks it something over HTTP.

use std::{
    collections::BTreeMap,
    net::TcpListener,
    sync::atomic::{AtomicU32, Ordering},
};

use app::{
    App,
    account::{
        callers,
        forms::{self, Shown},
    },
};
use reqwest::{Client, Method, header, redirect};
use tokio::{sync::watch, task::JoinHandle};

use crate::town::Person;

/// A server that answers at a port of its own, until this is dropped.
#[derive(Debug)]
pub struct Doors {
    app: App,
    address: String,
    client: Client,
    /// How many lines were used.
    lines: AtomicU32,
    _stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Drop for Doors {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Who asks: what their browser carries.
#[derive(Clone, Debug)]
pub struct Asker {
    /// What the table of answers calls them.
    pub name: &'static str,
    cookies: Vec<String>,
    bearer: Option<String>,
    csrf: String,
    /// What stands for a name in braces, beside what the question says.
    pub own: BTreeMap<&'static str, String>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where to go instead, if anywhere.
    pub location: String,
    /// What was said; of a stream nothing, for it never ends.
    pub body: String,
}

impl Asker {
    /// The same browser, led by another site: its forms are not the house's own.
    #[must_use]
    pub fn led_astray(&self) -> Self {
        Self { csrf: "00".to_owned(), ..self.clone() }
    }
}

impl Doors {
    /// Opens the doors of a house.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn open(app: &App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let (stop, mut told) = watch::channel(false);
        let until = async move {
            let _ = told.wait_for(|stop| *stop).await;
        };
        let serving = tokio::spawn(api::serve(app.clone(), listener, until));
        let client = Client::builder().redirect(redirect::Policy::none()).build();
        let client = client.expect("a client without TLS needs nothing");
        Self { app: app.clone(), address, client, lines: AtomicU32::new(0), _stop: stop, serving }
    }

    /// Where they are.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Asker {
        let csrf = forms::token(&self.app, Shown::ToStranger("a-browser"));
        let cookies = vec!["__Host-veilleuse-form=a-browser".to_owned()];
        Asker { name: "stranger", cookies, bearer: None, csrf, own: BTreeMap::new() }
    }

    /// A visitor of the office at `slug`, whose browser holds `token`.
    pub fn visitor(&self, slug: &str, token: &str) -> Asker {
        let mut asker = Asker { name: "visitor", ..self.stranger() };
        asker.cookies.push(format!("__Secure-v_{slug}={token}"));
        asker
    }

    /// Somebody who signs in with a code, in this browser and in a second one, whose session they may
    /// end.
    ///
    /// # Panics
    /// When they cannot sign in.
    pub async fn signed_in(&self, name: &'static str, person: &Person) -> Asker {
        let tokens = person.signs_in().await.expect("they may sign in");
        let session = callers::of(&self.app, &tokens.access).await.expect("a new token is good");
        let spare = person.signs_in().await.expect("they may sign in twice");
        let spare = callers::of(&self.app, &spare.access).await.expect("a new token is good");
        Asker {
            name,
            cookies: vec![format!("__Host-veilleuse-access={}", tokens.access)],
            csrf: forms::token(&self.app, Shown::To(session.id)),
            bearer: Some(tokens.access),
            own: BTreeMap::from([
                ("session", spare.id.to_string()),
                ("role", session.hat().map_or("none", |hat| hat.role.word()).to_owned()),
            ]),
        }
    }

    /// Asks as a browser does: with cookies, and a form where something is to change.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn asks(&self, asker: &Asker, method: &str, path: &str, form: &[(&str, String)]) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let safe = method == Method::GET;
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        request = request.header(header::COOKIE, asker.cookies.join("; "));
        request = request.header(header::ACCEPT_LANGUAGE, "en");
        if !safe {
            let csrf = ("csrf", asker.csrf.clone());
            let fields: Vec<&(&str, String)> = form.iter().chain([&csrf]).collect();
            request = request.form(&fields);
        }
        Self::answer(request).await
    }

    /// Sends a form with a file in it, the way a browser puts such a form together (RFC 7578).
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn sends_a_file(
        &self,
        asker: &Asker,
        path: &str,
        fields: &[(&str, &str)],
        (name, text): (&str, &str),
    ) -> Answer {
        let part = |of: &str, holds: &str| {
            format!("--part\r\nContent-Disposition: form-data; name={of}\r\n\r\n{holds}\r\n")
        };
        let mut form = part("\"csrf\"", &asker.csrf);
        form.extend(fields.iter().map(|(name, value)| part(&format!("\"{name}\""), value)));
        form.push_str(&part(&format!("\"file\"; filename=\"{name}\""), text));
        form.push_str("--part--\r\n");
        let request = self.client.post(format!("{}{path}", self.address)).body(form);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        let request = request.header(header::ACCEPT_LANGUAGE, "en");
        Self::answer(request.header(header::COOKIE, asker.cookies.join("; "))).await
    }

    /// Asks as a program does: with a bearer's token and JSON, and no cookie. Each time by another line,
    /// as a proxy would tell it: what a house that stands behind one counts by line is never used up.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn asks_as_program(&self, asker: &Asker, method: &str, path: &str, json: &str) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let safe = method == Method::GET || method == Method::DELETE;
        let [_, a, b, c] = self.lines.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        request = request.header("x-forwarded-for", format!("10.{a}.{b}.{c}"));
        if let Some(token) = &asker.bearer {
            request = request.bearer_auth(token);
        }
        if !safe {
            request = request.header(header::CONTENT_TYPE, "application/json").body(json.to_owned());
        }
        // Whatever the state is: what is somebody else's is not there all the same.
        request = request.header(header::IF_MATCH, "*");
        Self::answer(request).await
    }

    async fn answer(request: reqwest::RequestBuilder) -> Answer {
        let answer = request.send().await.expect("the server answers");
        let said = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, location) = (answer.status().as_u16(), said(header::LOCATION));
        let streams = said(header::CONTENT_TYPE).starts_with("text/event-stream");
        let body = if streams { String::new() } else { text(answer).await };
        Answer { status, location, body }
    }

    /// The first words of a stream, as far as `enough` of them.
    ///
    /// # Panics
    /// When the stream ends before.
    pub async fn hears(&self, asker: &Asker, path: &str, enough: impl Fn(&str) -> bool) -> String {
        self.comes_back(asker, path, None).await.hears(enough).await
    }

    /// A stream of somebody whose browser comes back, and says which event it has heard last.
    ///
    /// # Panics
    /// When there is no stream.
    pub async fn comes_back(&self, asker: &Asker, path: &str, last: Option<i64>) -> Stream {
        let mut request = self.client.get(format!("{}{path}", self.address));
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let answer = request.header(header::COOKIE, asker.cookies.join("; ")).send().await.expect("a stream");
        Stream { answer, whose: asker.name, heard: String::new() }
    }
}

/// An open stream.
#[derive(Debug)]
pub struct Stream {
    answer: reqwest::Response,
    whose: &'static str,
    heard: String,
}

impl Stream {
    /// Reads on until nothing more comes.
    ///
    /// # Panics
    /// When the line breaks off.
    pub async fn ends(&mut self) {
        while let Some(chunk) = self.answer.chunk().await.expect("the stream is not broken off") {
            self.heard.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// Everything heard so far, once it is `enough`.
    ///
    /// # Panics
    /// When the stream ends before.
    pub async fn hears(&mut self, enough: impl Fn(&str) -> bool) -> String {
        while !enough(&self.heard) {
            let chunk = self.answer.chunk().await.expect("the stream goes on");
            let heard = &self.heard;
            let chunk = chunk.unwrap_or_else(|| panic!("the stream of {} ended after {heard:?}", self.whose));
            self.heard.push_str(&String::from_utf8_lossy(&chunk));
        }
        self.heard.clone()
    }
}

async fn text(answer: reqwest::Response) -> String {
    String::from_utf8_lossy(&answer.bytes().await.expect("an answer has an end")).into_owned()
}
