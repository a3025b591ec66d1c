//! A town with its doors open, and programs that ask there.

use std::net::TcpListener;

use acceptance::town::{Engine, Person, Town};
use app::account::api_tokens::{self, NewToken, SCOPES};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use tokio::{sync::oneshot, task::JoinHandle};

/// The town, and where its doors are.
pub struct Doors {
    pub town: Town,
    at: String,
    client: Client,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<std::io::Result<()>>,
}

impl Doors {
    /// Opens them in a town at a summer's noon.
    pub async fn open(engine: Engine) -> Self {
        let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let until = async {
            let _ = stopped.await;
        };
        let serving = tokio::spawn(api::serve(town.app.clone(), listener, until));
        Self { town, at, client: Client::new(), _stop: stop, _serving: serving }
    }

    /// A program that acts for somebody within these scopes; within all if none is named.
    pub async fn program(&self, person: &Person, scopes: &[&str]) -> Program<'_> {
        let scopes = if scopes.is_empty() { SCOPES } else { scopes };
        let session = person.session().await;
        let access = api_tokens::Access::of_session(session);
        let new = NewToken {
            name: "A program".to_owned(),
            hat: None,
            scopes: scopes.iter().map(ToString::to_string).collect(),
            expires_at: None,
        };
        let made = api_tokens::make(&self.town.app, &access, new).await.unwrap();
        self.bearer(&made.secret)
    }

    /// Where the doors are, as a line is connected there.
    pub fn host(&self) -> &str {
        self.at.trim_start_matches("http://")
    }

    /// A program that bears this secret.
    pub fn bearer(&self, secret: &str) -> Program<'_> {
        Program { doors: self, secret: secret.to_owned() }
    }
}

/// A program that asks.
pub struct Program<'d> {
    doors: &'d Doors,
    pub secret: String,
}

impl Program<'_> {
    /// A request that was not sent yet.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.doors.client.request(method, format!("{}/api/v1{path}", self.doors.at)).bearer_auth(&self.secret)
    }

    /// Reads what must be there.
    pub async fn get(&self, path: &str) -> Value {
        let said = Said::of(self.ask(Method::GET, path)).await;
        assert_eq!(said.status, 200, "{path}: {}", said.body);
        said.body
    }

    /// Makes what must be taken.
    pub async fn post(&self, path: &str, body: Value) -> Said {
        let said = Said::of(self.ask(Method::POST, path).json(&body)).await;
        assert_eq!(said.status, 201, "{path}: {}", said.body);
        said
    }
}

/// An answer.
#[derive(Debug)]
pub struct Said {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Said {
    /// The answer to `request`.
    pub async fn of(request: RequestBuilder) -> Self {
        let response: Response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status, headers, body }
    }

    /// A header, which must be there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("{name} is missing in {self:?}")).to_str().unwrap()
    }

    /// Says that it is this problem, with the faulty fields it names.
    pub fn is_problem(&self, status: u16) -> Vec<String> {
        assert_eq!(self.status, status, "{:?}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        for field in ["type", "title", "detail", "instance"] {
            assert!(
                self.body[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field} in {:?}",
                self.body
            );
        }
        assert_eq!(self.body["instance"], self.header("x-request-id"));
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let name = |one: &Value| one["pointer"].as_str().or(one["parameter"].as_str()).unwrap().to_owned();
        errors.iter().map(name).collect()
    }
}
