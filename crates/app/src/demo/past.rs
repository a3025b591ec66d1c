//! Two months of messages, answered by whoever the published rota says was on duty.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};
use domain::{
    Because, ChannelAccountId, ChannelKind, ConversationStatus, Decision, Delivery, Direction, Language,
    PersonId, Rung, Shift, Span, time,
};
use storage::{
    Tx,
    conversations::{self, Conversation},
    messages::{self, Message},
    scope::{self, Home},
    shifts,
    visitors::{self, Visitor},
};

use super::{
    dice::Dice,
    region::{Founded, Settled},
    scripts::{SCRIPTS, Script},
};
use crate::{App, Error, desk::accounts};

/// Lets visitors write to every office of `founded` from `first` until `at`.
pub(super) async fn happen(
    app: &App,
    founded: &Founded,
    first: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let duties = duties(app, founded, first, at).await?;
    for (office, seed) in founded.offices.iter().zip(1..) {
        let account = accounts::open_web_chat(app, office.organisation.id, office.slug).await?;
        let tx = app.write(Home(office.organisation.id)).await?;
        let mut office = Past { app, tx: &tx, founded, office, account, duties: &duties, dice: Dice(seed) };
        let today = time::day(at, founded.pool.zone);
        for day in first.iter_days().take_while(|day| *day < today) {
            office.one_day(day).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn duties(
    app: &App,
    founded: &Founded,
    first: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Vec<Shift>, Error> {
    let tx = app.read(scope::Pool { pool: founded.pool.id, viewer: founded.pool.board }).await?;
    let start = time::to_utc(first.and_time(NaiveTime::MIN), founded.pool.zone);
    let Ok(span) = Span::new(start, at) else { return Ok(Vec::new()) };
    Ok(shifts::of_pool(&tx, founded.pool.id, span).await?)
}

struct Past<'a> {
    app: &'a App,
    tx: &'a Tx<Home>,
    founded: &'a Founded,
    office: &'a Settled,
    account: ChannelAccountId,
    duties: &'a [Shift],
    dice: Dice,
}

impl Past<'_> {
    /// Weekends are busier, as they are.
    async fn one_day(&mut self, day: NaiveDate) -> Result<(), Error> {
        let weekend = day.weekday().num_days_from_monday() >= 5;
        let count = if weekend { 1 + self.dice.below(3) } else { self.dice.below(3) };
        for _ in 0..count {
            let opens = if weekend { 9 * 60 + 10 } else { 18 * 60 + 5 };
            let minute = opens + self.dice.below(21 * 60 + 50 - opens);
            let wall = NaiveTime::MIN + Duration::minutes(i64::try_from(minute).unwrap_or(0));
            let asked = time::to_utc(day.and_time(wall), self.founded.pool.zone);
            self.one_conversation(asked).await?;
        }
        Ok(())
    }

    async fn one_conversation(&mut self, asked: DateTime<Utc>) -> Result<(), Error> {
        let script = self.dice.one(SCRIPTS);
        let Some(author) = self.on_duty(asked) else { return Ok(()) };
        // Most are answered within the promise; one in fifteen is not.
        let late = self.dice.below(15) == 0;
        let seconds = if late { 320 + self.dice.below(600) } else { 25 + self.dice.below(240) };
        let answered = asked + Duration::seconds(i64::try_from(seconds).unwrap_or(60));
        let thanked = answered + Duration::seconds(40 + i64::try_from(self.dice.below(400)).unwrap_or(0));
        let visitor = self.visitor(script, asked);
        visitors::add(self.tx, &visitor).await?;
        let conversation = self.conversation(script, &visitor, author, (asked, answered, thanked));
        conversations::add(self.tx, &conversation).await?;
        let said = [
            (Direction::In, None, script.question, asked),
            (Direction::Out, Some(author), script.answer, answered),
            (Direction::In, None, script.thanks, thanked),
        ];
        for (direction, author, body, at) in said {
            messages::add(self.tx, &self.message(&conversation, direction, author, body, at)).await?;
        }
        Ok(())
    }

    fn on_duty(&self, at: DateTime<Utc>) -> Option<PersonId> {
        let running = |shift: &&Shift| {
            shift.rung == Rung::Lead && shift.span.contains(at) && shift.cancelled_at.is_none()
        };
        self.duties.iter().find(running).map(|shift| shift.person)
    }

    fn visitor(&self, script: &Script, at: DateTime<Utc>) -> Visitor {
        Visitor {
            id: self.app.mint(),
            organisation: self.office.organisation.id,
            name: Some(script.name.to_owned()),
            // The one whom the manager finds on the page Privacy; the welcome page says so.
            email: (script.name == "Emma").then(|| "emma@visitors.example".to_owned()),
            language: Language::parse(script.language),
            came_from: Some(script.came_from.to_owned()),
            created_at: at,
        }
    }

    fn conversation(
        &self,
        script: &Script,
        visitor: &Visitor,
        author: PersonId,
        (asked, answered, thanked): (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
    ) -> Conversation {
        Conversation {
            id: self.app.mint(),
            organisation: self.office.organisation.id,
            account: self.account,
            channel: ChannelKind::WebChat,
            visitor: visitor.id,
            pool: Some(self.founded.pool.id),
            status: ConversationStatus::Done,
            language: Language::parse(script.language),
            subject: None,
            snippet: script.thanks.to_owned(),
            assigned_to: Some(author),
            decision: Some(Decision::Assign { to: author, because: Because::Leads }),
            considered: Vec::new(),
            opened_at: asked,
            first_answer_at: Some(answered),
            last_message_at: thanked,
            token_hash: None,
            version: 1,
        }
    }

    fn message(
        &self,
        conversation: &Conversation,
        direction: Direction,
        author: Option<PersonId>,
        body: &str,
        at: DateTime<Utc>,
    ) -> Message {
        Message {
            id: self.app.mint(),
            conversation: conversation.id,
            organisation: conversation.organisation,
            direction,
            author,
            body: body.to_owned(),
            subject: None,
            provider_id: None,
            in_reply_to: None,
            at,
            delivery: if author.is_some() { Delivery::Sent { at } } else { Delivery::None },
            read_at: Some(at + Duration::seconds(20)),
            client_key: None,
        }
    }
}
