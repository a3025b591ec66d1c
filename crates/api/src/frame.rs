//! What every page needs besides its own content: the reader, and the frame around it.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use app::{App, Error, Session, account::surroundings};
use domain::{Language, Role, Tz};
use views::{
    Reader, Theme,
    html::{
        components::Face,
        shell::{Demo, Frame, Place, Toast, Who},
        today,
    },
};

use crate::{Problem, visit::Visit};

/// The reader of a page, and what its frame is made of. A handler's first argument: the number of the
/// last signal is read before anything else is, so that live updates miss nothing the page does not show.
#[derive(Debug)]
pub struct Page {
    /// Who reads: language, light, zone, now, form token.
    pub reader: Reader,
    app: App,
    session: Option<Session>,
    last_signal: i64,
    toast: Option<Toast>,
}

impl Page {
    /// Who is signed in, if anybody is.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Says something once, above the page.
    pub fn with_toast(mut self, toast: Toast) -> Self {
        self.toast = Some(toast);
        self
    }

    /// The frame of the page at `place`, with its counters.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn frame(&self, place: Place) -> Result<Frame, Problem> {
        self.framed(place, None).await
    }

    /// The frame of Today, which has looked up what its counter counts.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn frame_of_today(&self, today: &today::Model) -> Result<Frame, Problem> {
        self.framed(Place::Today, Some(surroundings::things_of(today))).await
    }

    async fn framed(&self, place: Place, things: Option<u32>) -> Result<Frame, Problem> {
        let mut frame = self.plain_frame(place);
        if let (Some(session), Some(who)) = (&self.session, &mut frame.who) {
            let around = surroundings::of(&self.app, session, things).await?;
            who.on_duty_until = around.on_duty_until;
            frame.waiting = around.waiting;
            frame.to_do = around.to_do;
        }
        Ok(frame)
    }

    /// The frame without what must be looked up: for problems.
    pub fn plain_frame(&self, place: Place) -> Frame {
        let demo = self.app.settings.demo.then(Demo::default);
        Frame {
            who: self.session.as_ref().map(who),
            last_signal: self.last_signal,
            toast: self.toast.clone(),
            ..Frame::stranger(place, demo)
        }
    }

    /// Where the reader is at home.
    pub fn home(&self) -> &'static str {
        self.session.as_ref().map_or("/", home_of)
    }

    pub(crate) async fn for_problem(app: &App, req: &HttpRequest) -> Self {
        Self::made(app.clone(), req.clone(), 0).await
    }

    async fn made(app: App, req: HttpRequest, last_signal: i64) -> Self {
        let visit = req.extensions().get::<Visit>().cloned().unwrap_or_default();
        let zone = match visit.session.as_ref().and_then(Session::hat) {
            Some(hat) => hat.organisation.zone,
            None => app::demo::zone(&app).await.unwrap_or(Tz::UTC),
        };
        let reader = Reader {
            language: language(&req, visit.session.as_ref()),
            theme: theme(visit.session.as_ref()),
            zone,
            now: app.clock.now(),
            csrf: visit.csrf,
        };
        Self { reader, app, session: visit.session, last_signal, toast: None }
    }
}

impl FromRequest for Page {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = app_of(&req)?;
            let last = app::live::newest(&app).await?;
            Ok(Self::made(app, req, last).await)
        })
    }
}

/// The page somebody in this role starts at.
pub fn home(role: Role) -> &'static str {
    match role {
        Role::Planner => "/today",
        Role::Advisor => "/shifts",
        Role::Manager => "/coverage",
    }
}

/// The page somebody starts at, under the hat they wear.
pub fn home_of(session: &Session) -> &'static str {
    session.hat().map_or("/house", |hat| home(hat.role))
}

/// The app a request is answered by.
pub(crate) fn app_of(req: &HttpRequest) -> Result<App, Problem> {
    let app = req.app_data::<Data<App>>().map(|app| App::clone(app));
    app.ok_or(Problem::App(Error::Secret("the server was started without its app")))
}

fn who(session: &Session) -> Who {
    Who {
        face: face(session),
        roles: session.roles(),
        hat: session.hat().map(|hat| hat.role),
        operator: session.operator,
        on_duty_until: None,
    }
}

/// The face of whoever is signed in, in the colour of the organisation whose hat they wear.
pub(crate) fn face(session: &Session) -> Face {
    match session.hat() {
        Some(hat) => Face::of(&session.person, &hat.organisation.name, hat.organisation.colour),
        None => Face::of(&session.person, "Veilleuse", 0),
    }
}

fn theme(session: Option<&Session>) -> Theme {
    session.and_then(|session| session.theme.as_deref()).and_then(Theme::from_word).unwrap_or_default()
}

/// The language somebody chose; else what their browser prefers, of those staff pages are written in.
fn language(req: &HttpRequest, session: Option<&Session>) -> Language {
    let chosen = session.and_then(|session| session.language);
    chosen.unwrap_or_else(|| preferred(req, &views::Words::STAFF))
}

/// What the browser prefers among `offered`; the first of them if it says nothing we know.
pub fn preferred(req: &HttpRequest, offered: &[&str]) -> Language {
    let said = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    best(said.unwrap_or_default(), offered)
}

/// RFC 9110 §12.5.4, as far as browsers use it: tags with weights, the heaviest we have wins.
fn best(said: &str, offered: &[&str]) -> Language {
    let mut wished: Vec<(Language, u32)> = said
        .split(',')
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').map_or((part, ""), |(tag, weight)| (tag, weight));
            Some((Language::parse(tag)?, thousandths(weight)))
        })
        .filter(|(language, weight)| *weight > 0 && offered.contains(&language.code()))
        .collect();
    // Stable: what is named first wins among equals.
    wished.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let first = offered.first().and_then(|tag| Language::parse(tag)).unwrap_or(Language::FR);
    wished.first().map_or(first, |(language, _)| *language)
}

/// `q=0.8` in thousandths; 1 when nothing is said.
fn thousandths(weight: &str) -> u32 {
    let Some(number) = weight.trim().strip_prefix("q=") else { return 1000 };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0).min(1) * 1000 + digits.parse::<u32>().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_we_have_wins() {
        let staff = |said| best(said, &["fr", "en"]).code().to_owned();
        assert_eq!(staff("en-GB,en;q=0.9"), "en");
        assert_eq!(staff("de-DE,de;q=0.9,en;q=0.5,fr;q=0.7"), "fr");
        assert_eq!(staff("fr;q=0,en;q=0.1"), "en");
        assert_eq!(staff("zh"), "fr");
        assert_eq!(staff(""), "fr");
        assert_eq!(staff("*;q=nonsense, en"), "en");
    }
}
