//! What a visitor sees: who answers now, taken from the rota and from nowhere else, and their own
//! conversation.

use chrono::{DateTime, Duration, Utc};
use domain::{ChannelKind, ConversationId, Direction, Minutes, Organisation, OrganisationId};
use storage::{
    Tx, channel_accounts, conversations,
    desks::{self, Desk},
    messages, organisations, people, presence,
    scope::{Home, System, Visitor},
    visitors, writers,
};
use uuid::Uuid;
use views::html::visitor::{Attending, Author, Message, Model, Reach};

use super::{
    receive::token_hash,
    situation,
    take_in::{came_by_mail, language_of},
    topics,
    writing::WRITING_FOR,
};
use crate::{App, Error};

/// Answers of so many days are measured.
const MEASURED: Duration = Duration::days(30);
/// Fewer answers say nothing.
const FEWEST: usize = 5;

/// The visitor's page, and whose it is.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it shows.
    pub model: Model,
    /// The office.
    pub office: Organisation,
    /// The visitor's conversation, if they wrote.
    pub conversation: Option<ConversationId>,
}

/// The page of the office called `slug`, for the visitor whose browser holds `token`, if it holds one.
///
/// What we said counts as read once it was shown here.
///
/// # Errors
/// [`Error::NotFound`] if no office has a web chat of that name.
pub async fn visitor_page(app: &App, slug: &str, token: Option<&str>) -> Result<Page, Error> {
    let office = office(app, slug).await?;
    let tx = app.read(Home(office)).await?;
    let desk = desks::of(&tx, office).await?.ok_or(Error::NotFound("office"))?;
    let attending = attending(&tx, &desk).await?;
    // Who has no mailbox to answer from does not promise to.
    let can_mail = !channel_accounts::in_use(&tx, ChannelKind::Email).await?.is_empty();
    drop(tx);
    let hash = token.map(|token| token_hash(&app.secrets, slug, token));
    let thread = match &hash {
        Some(hash) => thread(app, hash).await?,
        None => None,
    };
    let (conversation, thread) = thread.map_or((None, Thread::default()), |(id, thread)| (Some(id), thread));
    let model = Model {
        office: desk.office.name.clone(),
        slug: slug.to_owned(),
        calendar: desk.office.calendar,
        attending,
        messages: thread.messages,
        writing: thread.writing,
        reach: thread.reach.filter(|_| can_mail).unwrap_or(Reach::NotAsked),
        refused: None,
        key: Uuid::new_v4().to_string(),
        last_signal: 0,
    };
    Ok(Page { model, office: desk.office, conversation })
}

/// The office and the conversation whose news the visitor holding `token` may hear.
///
/// # Errors
/// If the database fails.
pub async fn visitor_conversation(
    app: &App,
    slug: &str,
    token: &str,
) -> Result<Option<(OrganisationId, ConversationId)>, Error> {
    let hash = token_hash(&app.secrets, slug, token);
    let tx = app.read(Visitor(&hash)).await?;
    let found = conversations::by_token(&tx, &hash).await?;
    Ok(found.map(|conversation| (conversation.organisation, conversation.id)))
}

/// The office whose web chat is called `slug`, as its neighbours know it.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn web_chat_office(app: &App, slug: &str) -> Result<Organisation, Error> {
    let office = office(app, slug).await?;
    let tx = app.read(Home(office)).await?;
    organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))
}

/// The office whose web chat is called `slug`.
async fn office(app: &App, slug: &str) -> Result<OrganisationId, Error> {
    let tx = app.read(System).await?;
    let account = channel_accounts::at(&tx, ChannelKind::WebChat, slug).await?;
    Ok(account.filter(|account| account.active).ok_or(Error::NotFound("office"))?.organisation)
}

/// Who answers now: the own desk, somebody on duty, or nobody until an opening.
async fn attending(tx: &Tx<Home>, desk: &Desk) -> Result<Attending, Error> {
    let now = tx.now();
    if let Some(until) = situation::own_desk_until(desk, now) {
        return Ok(Attending::OwnDesk { until });
    }
    let running = situation::answering(desk, ChannelKind::WebChat, now);
    let ids: Vec<_> = running.iter().map(|shift| shift.person).collect();
    let names = people::named(tx, &ids).await?;
    let here = presence::of(tx, ids).await?;
    let said_away = |id| here.iter().any(|one| one.person == id && one.away);
    // The lead is named; a backup only where no lead is on, or every lead said they are away.
    let first = running.iter().min_by_key(|shift| (said_away(shift.person), shift.rung, shift.person));
    let named = first.and_then(|shift| Some((shift, names.iter().find(|person| person.id == shift.person)?)));
    let Some((shift, person)) = named else {
        return Ok(Attending::Nobody { opens_at: situation::next_opening(desk, ChannelKind::WebChat, now) });
    };
    let answers = conversations::first_answers(tx, desk.office.id, now - MEASURED).await?;
    // Who wrote at night waited for the opening: that says nothing about now.
    let in_hours = answers.iter().filter(|(asked, _)| is_covered(desk, *asked));
    let answers = in_hours.map(|(asked, answered)| (*answered - *asked).num_seconds()).collect();
    Ok(Attending::Person {
        given_name: person.given_name.clone(),
        colour: colour(tx, shift.person).await?.unwrap_or(desk.office.colour),
        until: covered_until(desk, shift.span.end(), now),
        answers_in: median(answers),
    })
}

/// The colour of the office somebody works for, where that is known here.
async fn colour(tx: &Tx<Home>, person: domain::PersonId) -> Result<Option<u8>, Error> {
    let employed = storage::employments::of_people(tx, &[person]).await?;
    match employed.first() {
        Some(employment) => {
            Ok(organisations::get(tx, employment.organisation).await?.map(|office| office.colour))
        }
        None => Ok(None),
    }
}

/// Until when somebody answers: the end of the duty, or of the covered hours if they end before.
fn covered_until(desk: &Desk, shift_ends: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let (zone, calendar) = (desk.office.zone, desk.office.calendar);
    let covering = routing::windows::covering(&desk.coverages, ChannelKind::WebChat, zone, calendar, now);
    let covered = covering.and_then(|coverage| {
        let hours = routing::Hours { windows: &coverage.windows, zone, calendar };
        let open = hours.stretch_at(now)?;
        Some(coverage.until.map_or(open.end(), |until| until.min(open.end())))
    });
    covered.map_or(shift_ends, |covered| covered.min(shift_ends))
}

fn is_covered(desk: &Desk, at: DateTime<Utc>) -> bool {
    let (zone, calendar) = (desk.office.zone, desk.office.calendar);
    routing::windows::covering(&desk.coverages, ChannelKind::WebChat, zone, calendar, at).is_some()
}

/// The median in whole minutes, rounded up; nothing of fewer than five.
fn median(mut seconds: Vec<i64>) -> Option<Minutes> {
    if seconds.len() < FEWEST {
        return None;
    }
    seconds.sort_unstable();
    let middle = seconds[(seconds.len() - 1) / 2].max(0);
    u32::try_from(middle).ok().map(|seconds| Minutes(seconds.div_ceil(60)))
}

/// A visitor's own part of the page.
#[derive(Default)]
struct Thread {
    messages: Vec<Message>,
    writing: Option<String>,
    reach: Option<Reach>,
}

async fn thread(app: &App, hash: &str) -> Result<Option<(ConversationId, Thread)>, Error> {
    let tx = app.read(Visitor(hash)).await?;
    let Some(conversation) = conversations::by_token(&tx, hash).await? else { return Ok(None) };
    let unread = messages::any_unread(&tx, conversation.id).await?;
    let visitor = visitors::one(&tx, conversation.visitor).await?;
    let said = messages::of(&tx, conversation.id, 300).await?;
    let ids: Vec<_> =
        said.iter().filter_map(|message| message.author).chain(conversation.assigned_to).collect();
    let names = people::named(&tx, &ids).await?;
    let name = |id| names.iter().find(|person| person.id == id).map(|person| person.given_name.clone());
    let writing = writers::since(&tx, conversation.id, tx.now() - WRITING_FOR).await?;
    let holder = conversation.assigned_to.and_then(name);
    // What came by mail may be another person's, if a wrong address was left here.
    let shown = said.iter().filter(|one| one.direction != Direction::Note && !came_by_mail(one));
    let messages = shown.map(|message| shown_message(message, name, holder.as_ref())).collect();
    let writing = writing.iter().filter_map(|writer| writer.person).find_map(name);
    let reach = match visitor.and_then(|visitor| visitor.email) {
        Some(address) => Reach::Known(address),
        None => Reach::Asked { malformed: false },
    };
    drop(tx);
    if unread {
        note_read(app, hash).await?;
    }
    Ok(Some((conversation.id, Thread { messages, writing, reach: Some(reach) })))
}

/// Notes that the visitor has seen what we said, and lets the desk know.
async fn note_read(app: &App, hash: &str) -> Result<(), Error> {
    let tx = app.write(Visitor(hash)).await?;
    let Some(conversation) = conversations::by_token(&tx, hash).await? else { return Ok(()) };
    if messages::read(&tx, conversation.id).await? > 0 {
        tx.signal(topics::conversation(conversation.organisation, conversation.id));
    }
    Ok(tx.commit().await?)
}

fn shown_message(
    message: &messages::Message,
    name: impl Fn(domain::PersonId) -> Option<String>,
    holder: Option<&String>,
) -> Message {
    let author = match message.direction {
        Direction::In => Author::Visitor,
        Direction::Automatic => Author::Automatic,
        // Somebody who has left the conversation is named by nobody any more.
        Direction::Out | Direction::Note => Author::Person(message.author.and_then(name).unwrap_or_default()),
    };
    let read = message.read_at.filter(|_| message.direction == Direction::In);
    Message {
        id: message.id,
        author,
        body: message.body.clone(),
        language: language_of(&message.body),
        at: message.at,
        read_by: read.and_then(|_| holder.cloned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_measured_of_five_answers_at_least_and_never_rounded_down() {
        assert_eq!(median(vec![60, 60, 60, 60]), None);
        assert_eq!(median(vec![600, 30, 61, 10, 7200]), Some(Minutes(2)));
        assert_eq!(median(vec![0, 0, 0, 0, 0]), Some(Minutes(0)));
        assert_eq!(median(vec![60, 120, 180, 240, 300, 360]), Some(Minutes(3)));
    }
}
