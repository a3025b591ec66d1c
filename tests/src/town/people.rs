//! People: they sign in with a code from a letter, stand watch, look and answer.

use std::sync::Arc;

use app::{
    Advisor, App, Caller, Error, Session,
    account::{Asker, Tokens, callers, house, refresh, sign_in},
    desk::{self, Asked},
    pool::provision::{self, NewShift},
    rota,
};
use domain::{
    ConversationId, DutyKind, Language, Law, MessageId, Minutes, OrganisationId, PersonId, Role, Rung, Shift,
    ShiftId, Skills, Span, Tz, Window,
};
use storage::{
    people,
    roles::{self, Held},
    scope, shifts,
};
use tokio::sync::Mutex;
use uuid::Uuid;
use views::html::{
    inbox::{Model, Open, Row, Why},
    my_shifts,
};

use super::{FOUNDED, Office, Town, hours, slug};

/// An advisor about to be hired.
#[derive(Debug)]
pub struct Newcomer<'t> {
    town: &'t Town,
    name: String,
    languages: Vec<String>,
    employer: Option<Office>,
    rung: Rung,
    here: bool,
}

impl<'t> Newcomer<'t> {
    pub(super) fn named(town: &'t Town, name: &str) -> Self {
        let languages = vec!["fr".to_owned(), "en".to_owned()];
        Self { town, name: name.to_owned(), languages, employer: None, rung: Rung::Lead, here: false }
    }

    /// Speaks these languages, best first, instead of French and English.
    pub fn speaking(self, languages: &[&str]) -> Self {
        Self { languages: languages.iter().map(ToString::to_string).collect(), ..self }
    }

    /// Works at this office; otherwise at one of the pool that nobody writes to.
    pub fn working_at(self, office: &Office) -> Self {
        Self { employer: Some(office.clone()), ..self }
    }

    /// Stands behind the lead.
    pub fn as_backup(self) -> Self {
        Self { rung: Rung::Backup, ..self }
    }

    /// Has the inbox open now.
    pub fn who_is_here(self) -> Self {
        Self { here: true, ..self }
    }

    /// Has no duty yet.
    pub async fn off_duty(self) -> Person {
        let employer = match &self.employer {
            Some(office) => office.id,
            None => self.town.elsewhere().await.id,
        };
        let languages: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        let person = self.town.hires(employer, &self.name, &languages, Role::Advisor).await;
        if self.here {
            person.is_here().await;
        }
        person
    }

    /// Is on duty for the hours this office bought: those that run now, or else the next.
    ///
    /// # Panics
    /// When the office bought none.
    pub async fn on_duty_for(self, office: &Office) -> Person {
        let (town, rung) = (self.town, self.rung);
        let window = office.bought.expect("this office bought hours at its founding");
        let now = town.now();
        let open = window.open_at(now, town.zone, town.calendar).or_else(|| {
            let next = window.next_opening(now, town.zone, town.calendar)?;
            window.open_at(next, town.zone, town.calendar)
        });
        let person = self.off_duty().await;
        person.stands_watch(town, window, open.expect("hours of every day come again"), rung).await;
        person
    }

    /// Is on duty at these hours of a day.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn on_duty(self, day: &str, text: &str) -> Person {
        let (town, rung) = (self.town, self.rung);
        let person = self.off_duty().await;
        person.has_duty(town, day, text, rung).await;
        person
    }
}

/// Somebody who works here, in the browser they signed in with.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The given name.
    pub name: String,
    /// Where codes go.
    pub email: String,
    app: App,
    tokens: Arc<Mutex<Option<Tokens>>>,
}

impl Person {
    pub(super) async fn hired(
        app: &App,
        zone: Tz,
        organisation: OrganisationId,
        (name, languages, role): (&str, &[&str], Role),
    ) -> Self {
        let id = PersonId(Uuid::now_v7());
        let languages = languages.iter().map(|tag| Language::parse(tag).expect("a language is two letters"));
        let person = domain::Person {
            id,
            given_name: name.to_owned(),
            family_name: "Martin".to_owned(),
            languages: languages.collect(),
            skills: Skills::default(),
        };
        let email = format!("{}-{}@town.example", slug(name), &id.0.simple().to_string()[20..]);
        let tx = app.store.write(scope::System, app.clock.now()).await.expect("the tables answer");
        people::add(&tx, &person, &email, None).await.expect("nobody else has the address");
        roles::grant(&tx, Held { person: id, organisation, role }).await.expect("roles may be granted");
        tx.commit().await.expect("the tables answer");
        let law = if zone.name().starts_with("America/") { Law::Quebec } else { Law::FrancePrivate };
        let weekly = Minutes::hours(35);
        provision::employ(app, id, organisation, law, weekly, FOUNDED).await.expect("offices employ people");
        Self { id, name: name.to_owned(), email, app: app.clone(), tokens: Arc::default() }
    }

    pub(super) async fn operator(app: &App, name: &str) -> Self {
        let email = format!("{}@house.example", slug(name));
        house::add_operator(app, &email, name, "Petit").await.expect("the address is one");
        let tx = app.store.read(scope::System, app.clock.now()).await.expect("the tables answer");
        let known = people::by_email(&tx, &email).await.expect("the tables answer");
        let id = known.expect("they were just added").person.id;
        Self { id, name: name.to_owned(), email, app: app.clone(), tokens: Arc::default() }
    }

    /// The same person in a house that was opened anew.
    pub fn in_house(self, app: &App) -> Self {
        Self { app: app.clone(), ..self }
    }

    /// Signs in: asks for a code, reads it in the letter, enters it.
    ///
    /// # Errors
    /// Those of the verbs.
    pub async fn signs_in(&self) -> Result<Tokens, Error> {
        let asker = Asker { address: "192.0.2.7", browser: &self.email, device: "" };
        sign_in::ask_for_code(&self.app, &self.email, asker, Language::FR).await?;
        let code = self.reads_code().await;
        sign_in::enter_code(&self.app, &self.email, &code, asker, "a browser").await
    }

    /// Is told that every role of theirs is taken away.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn loses_every_role(&self) {
        let tx = self.app.store.write(scope::System, self.app.clock.now()).await.expect("the tables answer");
        for held in roles::of_person(&tx, self.id).await.expect("roles can be read") {
            roles::revoke(&tx, held).await.expect("roles may be taken away");
        }
        tx.commit().await.expect("the tables answer");
    }

    /// Is given a role, as of now.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn is_given(&self, organisation: OrganisationId, role: Role) {
        let tx = self.app.store.write(scope::System, self.app.clock.now()).await.expect("the tables answer");
        let held = Held { person: self.id, organisation, role };
        roles::grant(&tx, held).await.expect("roles may be granted");
        tx.commit().await.expect("the tables answer");
    }

    /// The code in the newest letter to them.
    ///
    /// # Panics
    /// When no letter came.
    pub async fn reads_code(&self) -> String {
        worker::run_until_idle(&self.app).await;
        let letters = app::letters::mailbox(&self.app).await.expect("a town has a mailbox page");
        // Others may have come since, such as about a duty that is open.
        let mut theirs = letters.iter().filter(|letter| letter.recipient == self.email);
        theirs.find_map(|letter| six_digits(&letter.text)).expect("a letter with a code came")
    }

    /// Their session, renewed or begun again if need be.
    ///
    /// # Panics
    /// When they cannot sign in.
    pub async fn session(&self) -> Session {
        let mut kept = self.tokens.lock().await;
        if let Some(tokens) = kept.as_ref() {
            if let Ok(session) = callers::of(&self.app, &tokens.access).await {
                return session;
            }
            let token = tokens.refresh.clone().unwrap_or_default();
            *kept = refresh::refresh(&self.app, &token).await.ok();
        }
        if kept.is_none() {
            *kept =
                Some(self.signs_in().await.unwrap_or_else(|error| panic!("{} signs in: {error}", self.name)));
        }
        let access = &kept.as_ref().expect("they have just signed in").access;
        callers::of(&self.app, access).await.expect("a new token is good")
    }

    /// Proof of a role of theirs.
    ///
    /// # Panics
    /// When they do not hold it.
    pub async fn caller<R: callers::Worn>(&self) -> Caller<R> {
        self.session().await.caller().expect("they hold this role")
    }

    /// Has a duty at these hours of a day, as lead or backup.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn has_duty(&self, town: &Town, day: &str, text: &str, rung: Rung) -> ShiftId {
        let window = hours(text);
        let span = window.on(super::day(day), town.zone).expect("the clocks do not jump over it");
        self.stands_watch(town, window, span, rung).await
    }

    /// Has a duty from one instant to another, as one of those hours.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn stands_watch(&self, town: &Town, window: Window, span: Span, rung: Rung) -> ShiftId {
        let new = NewShift { need: town.need(window).await, person: self.id, rung, span };
        provision::publish_shift(&self.app, town.pool, new).await.expect("they are free then")
    }

    /// Is on standby at these hours of a day, as lead.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn stands_by(&self, town: &Town, day: &str, text: &str) -> ShiftId {
        let id = self.has_duty(town, day, text, Rung::Lead).await;
        let planned = scope::Pool { pool: town.pool, viewer: town.board.id };
        let tx = self.app.store.write(planned, town.now()).await.expect("a board writes its rotas");
        let shift = shifts::get(&tx, id).await.expect("it is read").expect("it was just published");
        shifts::change(&tx, &Shift { kind: DutyKind::Standby, ..shift }).await.expect("a kind may change");
        tx.commit().await.expect("the database is there");
        id
    }

    /// Shows a sign of life at the desk.
    ///
    /// # Panics
    /// When they are no advisor.
    pub async fn is_here(&self) {
        desk::here(&self.app, &self.caller::<Advisor>().await, None).await.expect("advisors may be here");
    }

    /// Says that they step away, or are back.
    ///
    /// # Panics
    /// When they are no advisor.
    pub async fn is_away(&self, away: bool) {
        desk::here(&self.app, &self.caller::<Advisor>().await, Some(away)).await.expect("advisors may go");
    }

    /// The inbox as the page shows it.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn inbox(&self) -> Model {
        let caller = self.caller::<Advisor>().await;
        desk::inbox(&self.app, &caller, &Asked::default()).await.expect("advisors have an inbox")
    }

    /// The row in the inbox whose last words begin with `text`, waiting or not.
    ///
    /// # Panics
    /// When there are two.
    pub async fn row(&self, text: &str) -> Option<Row> {
        let Model { waiting, earlier, .. } = self.inbox().await;
        let mut rows: Vec<Row> =
            waiting.into_iter().chain(earlier).filter(|row| row.preview.starts_with(text)).collect();
        assert!(rows.len() < 2, "{text:?} stands once in the inbox of {}: {rows:#?}", self.name);
        rows.pop()
    }

    /// Sees `text` waiting in the inbox, nobody else's.
    ///
    /// # Panics
    /// When they do not.
    pub async fn sees_in_inbox(&self, text: &str) {
        let waiting = self.inbox().await.waiting;
        let sees = waiting.iter().any(|row| row.preview.starts_with(text) && row.held_by.is_none());
        assert!(sees, "{} sees {text:?} among what waits: {waiting:#?}", self.name);
    }

    /// Does not see `text`, waiting or not.
    ///
    /// # Panics
    /// When they do.
    pub async fn does_not_see(&self, text: &str) {
        let row = self.row(text).await;
        assert!(row.is_none(), "{} does not see {text:?}: {row:#?}", self.name);
    }

    /// Opens the conversation whose last words begin with `text`.
    ///
    /// # Panics
    /// When it is out of sight.
    pub async fn opens(&self, text: &str) -> Open {
        let row = self.row(text).await.unwrap_or_else(|| panic!("{} sees {text:?}", self.name));
        self.opens_conversation(row.id).await.expect("what is listed can be opened")
    }

    /// Opens a conversation.
    ///
    /// # Errors
    /// When it is out of sight.
    pub async fn opens_conversation(&self, id: ConversationId) -> Result<Open, Error> {
        let caller = self.caller::<Advisor>().await;
        let asked = Asked { conversation: Some(id), ..Asked::default() };
        Ok(desk::inbox(&self.app, &caller, &asked).await?.open.expect("the one asked for is open"))
    }

    /// Why the conversation about `text` came to them or to whom it did, as the page says.
    ///
    /// # Panics
    /// When it is out of sight or was not decided.
    pub async fn reads_why(&self, text: &str) -> Why {
        self.opens(text).await.reason.expect("it was decided").why
    }

    /// Answers the conversation about `text`.
    ///
    /// # Panics
    /// When they may not.
    pub async fn answers(&self, text: &str, answer: &str) -> MessageId {
        let open = self.opens(text).await;
        let replied = self.replies(open.row.id, answer, &open.key).await;
        replied.unwrap_or_else(|error| panic!("{} answers {text:?}: {error}", self.name))
    }

    /// Replies in a conversation under the page's key.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn replies(&self, id: ConversationId, answer: &str, key: &str) -> Result<MessageId, Error> {
        desk::reply(&self.app, &self.caller::<Advisor>().await, id, answer, key).await
    }

    /// Takes the conversation about `text`.
    ///
    /// # Panics
    /// When they may not.
    pub async fn takes(&self, text: &str) {
        let open = self.opens(text).await;
        let caller = self.caller::<Advisor>().await;
        desk::take(&self.app, &caller, open.row.id, open.version).await.expect("it did not change meanwhile");
    }

    /// My shifts, as the page shows them.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn shifts(&self) -> my_shifts::Model {
        let caller = self.caller::<Advisor>().await;
        rota::my_shifts::my_shifts(&self.app, &caller).await.expect("advisors have shifts")
    }

    /// Subscribes to their calendar; returns what a phone asks for.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn subscribes(&self) -> String {
        let caller = self.caller::<Advisor>().await;
        let address = rota::feed::make_feed(&self.app, &caller).await.expect("advisors have a calendar");
        let token = address.rsplit('/').next().and_then(|name| name.strip_suffix(".ics"));
        token.expect("the address ends in a token").to_owned()
    }

    /// Is away from one moment to another.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn is_on_leave(&self, span: Span) {
        provision::add_absence(&self.app, self.id, span, None).await.expect("people take leave");
    }
}

/// The six digits of a code in a letter, with or without a gap.
pub fn six_digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != ' ' && c != '\u{a0}' && c != '\u{202f}')
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .find(|digits| digits.len() == 6)
}
