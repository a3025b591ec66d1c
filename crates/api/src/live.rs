//! Live updates over server-sent events: a hint that something changed, and the page fetches it.
//!
//! One stream a reader. It beats every fifteen seconds, ends with its session, and repeats what was
//! missed after `Last-Event-ID`. Each stream holds few events: a reader that does not keep up is let
//! go, comes back by itself, and fetches everything.

use std::{convert::Infallible, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data, Query},
};
use app::{
    App,
    live::{Ear, Event},
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::{broadcast::error::RecvError, mpsc};

use crate::{Answer, Problem, serve::Closing, visit::Visit};

/// How often a stream beats: less than any proxy's patience.
const BEAT: Duration = Duration::from_secs(15);
/// How many events may wait for a slow reader.
const MOST_WAITING: usize = 64;

/// From where a stream continues.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    /// The last signal the page has seen.
    after: Option<i64>,
}

/// `GET /live`: for staff, and in the demo for its mailbox and doors.
pub(crate) async fn live(app: Data<App>, req: HttpRequest, from: Query<From>) -> Result<Answer, Problem> {
    use actix_web::HttpMessage;
    let session = req.extensions().get::<Visit>().and_then(|visit| visit.session.clone());
    let ear = match &session {
        Some(session) => Ear::of_staff(&app, session).await?,
        None if app.settings.demo => Ear::of_stranger(&app),
        // No content tells a browser not to come back.
        None => return Ok(HttpResponse::NoContent().finish()),
    };
    Ok(stream_to(&app, &req, ear, from.after))
}

/// The stream of what `ear` lets through, after signal `after` or the one the browser names.
pub fn stream_to(app: &App, req: &HttpRequest, ear: Ear, after: Option<i64>) -> Answer {
    let named = req.headers().get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let closing = req.app_data::<Data<Closing>>().map(|closing| Closing::clone(closing)).unwrap_or_default();
    let (send, receive) = mpsc::channel(MOST_WAITING);
    let teller = Teller { app: app.clone(), ear, send, last: 0 };
    tokio::spawn(teller.tell(named.or(after), closing));
    let events = stream::unfold(receive, |mut receive| async move {
        receive.recv().await.map(|bytes| (Ok::<Bytes, Infallible>(bytes), receive))
    });
    HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Neither our compression nor a proxy's buffer may hold a hint back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events)
}

/// Fills one stream.
struct Teller {
    app: App,
    ear: Ear,
    send: mpsc::Sender<Bytes>,
    /// The newest signal told, so that a replay and the live line do not both tell it.
    last: i64,
}

/// Counts a stream for as long as it lives.
struct Counted;

impl Counted {
    fn begun() -> Self {
        metrics::gauge!("veilleuse_live_streams").increment(1);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("veilleuse_live_streams").decrement(1);
    }
}

/// The stream is over; the browser comes back if it still wants to know.
struct Over;

impl Teller {
    async fn tell(mut self, after: Option<i64>, mut closing: Closing) {
        let _counted = Counted::begun();
        // Listening begins before the replay: what is said meanwhile is heard, at worst twice.
        let mut signals = self.app.store.listen();
        let mut beat = tokio::time::interval(BEAT);
        if self.replay(after).await.is_err() {
            return;
        }
        loop {
            let told = tokio::select! {
                said = signals.recv() => match said {
                    Ok(signal) => match self.ear.hear(&signal) {
                        Some(event) => self.say(event),
                        None => Ok(()),
                    },
                    Err(RecvError::Lagged(_) | RecvError::Closed) => Err(Over),
                },
                _ = beat.tick() => self.beat().await,
                () = self.send.closed() => Err(Over),
                () = closing.now() => Err(Over),
            };
            if told.is_err() {
                return;
            }
        }
    }

    async fn replay(&mut self, after: Option<i64>) -> Result<(), Over> {
        // Opens the line: browsers call a stream open when its first bytes are there.
        self.put("retry: 1000\n\n".to_owned())?;
        let Some(after) = after else { return Ok(()) };
        for event in self.ear.replay(&self.app, after).await.map_err(|_| Over)? {
            match event {
                // The page was just made, or says itself that it lost the line: it fetches everything.
                Event::Resync { id } => self.put(format!(
                    "event: clock\nid: {id}\ndata: {{\"topic\":\"clock\",\"version\":{id}}}\n\n"
                ))?,
                other => self.say(other)?,
            }
        }
        Ok(())
    }

    fn say(&mut self, event: Event) -> Result<(), Over> {
        match event {
            Event::Changed { id, topic } => {
                self.last = self.last.max(id);
                self.put(format!(
                    "event: {topic}\nid: {id}\ndata: {{\"topic\":\"{topic}\",\"version\":{id}}}\n\n"
                ))
            }
            // Coming back fetches everything.
            Event::Resync { .. } | Event::Ended => Err(Over),
        }
    }

    async fn beat(&mut self) -> Result<(), Over> {
        if !self.ear.may_listen(&self.app).await.unwrap_or(true) {
            return Err(Over);
        }
        self.put(": beat\n\n".to_owned())
    }

    /// A full channel is a reader that does not keep up.
    fn put(&self, text: String) -> Result<(), Over> {
        self.send.try_send(Bytes::from(text)).map_err(|_| Over)
    }
}
