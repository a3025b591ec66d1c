//! Live updates over server-sent events: a hint that something changed, and the page fetches it.
//!
//! One stream a reader. It beats every fifteen seconds, and looks then whether its reader may hear of more
//! offices than before, or of fewer. It ends with its session, and repeats what was
//! missed after `Last-Event-ID`; where nobody can tell what that was, it says `resync`, and the page
//! fetches everything. Each stream holds few events: a reader that does not keep up is let go, and comes
//! back by itself. One that does not read at all is let go by the line (`serve.rs`).

use std::{convert::Infallible, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data, Query},
};
use app::{
    App,
    live::{self, Ear, Event},
    topics::RESYNC,
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::{broadcast::error::RecvError, mpsc};
use uuid::Uuid;

use crate::{Answer, Problem, serve::Closing, visit::Visit};

/// How often a stream beats: less than any proxy's patience.
const BEAT: Duration = Duration::from_secs(15);
/// How many events may wait for a slow reader.
const MOST_WAITING: usize = 64;
/// How long one may leave them waiting.
const PATIENCE: Duration = Duration::from_secs(10);

/// From where a stream continues.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    /// The last signal the page has seen.
    after: Option<i64>,
}

/// `GET /live`: for staff, and in the demo for its mailbox and doors.
pub(crate) async fn listen(app: Data<App>, req: HttpRequest, from: Query<From>) -> Result<Answer, Problem> {
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
    let teller = Teller { app: app.clone(), ear, line: Line { send, patience: PATIENCE } };
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
    line: Line,
}

/// What leads to a reader.
struct Line {
    send: mpsc::Sender<Bytes>,
    patience: Duration,
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
                    Ok(signal) => self.hear(&signal).await,
                    // More was said at once than this stream could listen to.
                    Err(RecvError::Lagged(_)) => self.resync().await,
                    Err(RecvError::Closed) => Err(Over),
                },
                _ = beat.tick() => self.beat().await,
                () = self.line.send.closed() => Err(Over),
                () = closing.now() => Err(Over),
            };
            if told.is_err() {
                return;
            }
        }
    }

    async fn replay(&mut self, after: Option<i64>) -> Result<(), Over> {
        // Opens the line: browsers call a stream open when its first bytes are there.
        self.line.put(format!("retry: {}\n\n", come_back_after())).await?;
        let Some(after) = after else { return Ok(()) };
        for event in self.ear.replay(&self.app, after).await.map_err(|_| Over)? {
            self.say(event).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, signal: &app::Signal) -> Result<(), Over> {
        match self.ear.hear(signal) {
            // Said by the line to other nodes, which knows no number.
            Some(Event::Resync { .. }) => self.resync().await,
            Some(event) => self.say(event).await,
            None => Ok(()),
        }
    }

    /// Anything may have changed. The number is asked first: what is said from there on is heard. What
    /// somebody signed in may hear may have changed too, so their page comes back and gets a new ear.
    async fn resync(&mut self) -> Result<(), Over> {
        let id = live::newest(&self.app).await.map_err(|_| Over)?;
        self.say(Event::Resync { id }).await?;
        if self.ear.is_somebodys() { Err(Over) } else { Ok(()) }
    }

    async fn say(&mut self, event: Event) -> Result<(), Over> {
        match event {
            Event::Changed { id, topic } => self.line.put(told(id, &topic)).await,
            Event::Resync { id } => self.line.put(told(id, RESYNC)).await,
            Event::Ended => Err(Over),
        }
    }

    async fn beat(&mut self) -> Result<(), Over> {
        if !self.ear.may_listen(&self.app).await.unwrap_or(true) {
            return Err(Over);
        }
        // Where the tables do not answer, the next beat asks again.
        if self.ear.looks_again(&self.app).await.unwrap_or(false) {
            self.resync().await?;
        }
        self.line.put(": beat\n\n".to_owned()).await
    }
}

impl Line {
    /// Waits while the line is full, for a burst is nobody's fault; whoever takes nothing for too long is
    /// let go. What is said meanwhile waits in one place for all streams, and at last becomes a `resync`.
    async fn put(&self, text: String) -> Result<(), Over> {
        self.send.send_timeout(Bytes::from(text), self.patience).await.map_err(|_| Over)
    }
}

/// An event as it goes over the line.
fn told(id: i64, topic: &str) -> String {
    format!("event: {topic}\nid: {id}\ndata: {{\"topic\":\"{topic}\",\"version\":{id}}}\n\n")
}

/// After how many milliseconds a browser comes back when its stream ends: another while for each, so that
/// those who lost a node together do not knock at the next one together.
fn come_back_after() -> u128 {
    500 + Uuid::new_v4().as_u128() % 2_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_that_lost_a_node_together_come_back_one_after_the_other() {
        let waits: std::collections::HashSet<_> = (0..200).map(|_| come_back_after()).collect();
        assert!(waits.iter().all(|wait| (500..2_500).contains(wait)), "{waits:?}");
        assert!(waits.len() > 100, "{} different waits", waits.len());
    }

    #[tokio::test]
    async fn a_reader_that_takes_nothing_is_let_go_and_little_waits_for_it() {
        let (send, mut receive) = mpsc::channel(MOST_WAITING);
        let line = Line { send, patience: Duration::from_millis(20) };
        let mut put = 0;
        while line.put(told(put, "inbox")).await.is_ok() {
            put += 1;
            assert!(put < 1_000, "it is never let go");
        }
        drop(line);
        let mut waited = 0;
        while receive.recv().await.is_some() {
            waited += 1;
        }
        assert_eq!((usize::try_from(put).unwrap(), waited), (MOST_WAITING, MOST_WAITING));
    }

    #[tokio::test]
    async fn a_burst_reaches_a_reader_that_reads() {
        let (send, mut receive) = mpsc::channel(MOST_WAITING);
        let line = Line { send, patience: PATIENCE };
        let reading = tokio::spawn(async move {
            let mut read = 0;
            while receive.recv().await.is_some() {
                read += 1;
            }
            read
        });
        for id in 0..1_000 {
            assert!(line.put(told(id, "inbox")).await.is_ok(), "nobody is let go for a burst");
        }
        drop(line);
        assert_eq!(reading.await.unwrap(), 1_000);
    }

    #[test]
    fn an_event_says_its_topic_and_its_number_and_nothing_else() {
        let event = told(7, "inbox");
        assert_eq!(event, "event: inbox\nid: 7\ndata: {\"topic\":\"inbox\",\"version\":7}\n\n");
    }
}
