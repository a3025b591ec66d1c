//! The demo's own evening: three visitors have just written, and more write while somebody watches.

use std::time::Duration as Wait;

use chrono::{DateTime, Duration, Utc};
use domain::{ConversationId, Direction, Language, OrganisationId, Tz};
use storage::{
    conversations, messages, organisations, pools, presence,
    scope::{self, Home, System},
    shifts, visitors,
};
use uuid::Uuid;

use super::{
    dice::Dice,
    region::Founded,
    scripts::{SCRIPTS, Script},
};
use crate::{
    App, Error, clock,
    desk::{self, Written},
};

/// Who waits when the doors open: the office, how many minutes ago, and what they wrote.
const WAITING: [(&str, i64, Script); 3] = [
    (
        "la-combe",
        6,
        Script {
            language: "it",
            name: "Marta",
            came_from: "Gare de La Combe",
            question: "Grazie! E il parcheggio vicino alla funivia è gratuito anche la sera?",
            answer: "",
            thanks: "Grazie mille, buona serata!",
        },
    ),
    (
        "belrive",
        3,
        Script {
            language: "en",
            name: "Room 14",
            came_from: "Hôtel du Lac",
            question: "Where can we still eat at this hour with a dog?",
            answer: "",
            thanks: "Perfect, thank you!",
        },
    ),
    (
        "vieux-port",
        1,
        Script {
            language: "en",
            name: "Jonas",
            came_from: "Hôtel du Quai",
            question: "Good evening! Is the boat to the island running tomorrow morning? There are four of us, two children.",
            answer: "",
            thanks: "Thank you! Do we have to book, and is it far from the hotel?",
        },
    ),
];

/// How often somebody writes while somebody watches.
const EVERY: Wait = Wait::from_secs(50);
/// How often a visitor looks whether there is an answer.
const LOOK: Wait = Wait::from_secs(5);
/// How long a visitor waits for an answer before they put the phone away.
const PATIENCE: Duration = Duration::minutes(30);
/// A page shows signs of life at least so often.
const ALIVE: Duration = Duration::seconds(60);

/// A visitor who waits for an answer, and will be thankful for it.
struct Guest {
    office: OrganisationId,
    slug: &'static str,
    conversation: ConversationId,
    token: String,
    script: &'static Script,
}

/// Three visitors write in the minutes before `at`.
pub(super) async fn begin(app: &App, founded: &Founded, at: DateTime<Utc>) -> Result<(), Error> {
    for (slug, minutes, script) in &WAITING {
        clock::stop_at(app, at - Duration::minutes(*minutes)).await?;
        if let Some(office) = founded.offices.iter().find(|office| office.slug == *slug) {
            write(app, office.organisation.id, slug, script).await?;
        }
    }
    Ok(())
}

/// Lets visitors write now and then, as long as somebody on duty has the inbox open, and thank those
/// who answer them. Runs until it is dropped.
pub async fn play(app: App) {
    let mut dice = Dice(app.clock.machine_now().timestamp_micros().unsigned_abs());
    let mut waiting: Vec<Guest> = Vec::new();
    let mut since = Wait::ZERO;
    loop {
        tokio::time::sleep(LOOK).await;
        since += LOOK;
        if let Err(error) = thank(&app, &mut waiting).await {
            tracing::debug!(%error, "a demo visitor could not say thank you");
        }
        if since >= EVERY {
            since = Wait::ZERO;
            match one_more(&app, &mut dice).await {
                Ok(Some(new)) => waiting.push(new),
                Ok(None) => {}
                Err(error) => tracing::debug!(%error, "a demo visitor could not write"),
            }
        }
    }
}

/// Somebody writes to one of the offices, if anybody is there to see it.
async fn one_more(app: &App, dice: &mut Dice) -> Result<Option<Guest>, Error> {
    if !is_watched(app).await? {
        return Ok(None);
    }
    let script = dice.one(SCRIPTS);
    let slug = *dice.one(&["belrive", "montclar", "vieux-port", "la-combe", "saint-aubin"]);
    let tx = app.read(System).await?;
    let Some(office) = organisations::by_slug(&tx, slug).await? else { return Ok(None) };
    drop(tx);
    let (token, conversation) = write(app, office.id, slug, script).await?;
    Ok(conversation.map(|conversation| Guest { office: office.id, slug, conversation, token, script }))
}

/// Whether somebody is on duty in the region and has their page open.
async fn is_watched(app: &App) -> Result<bool, Error> {
    let tx = app.read(System).await?;
    let Some(pool) = pools::all(&tx).await?.into_iter().find(|pool| pool.zone == Tz::Europe__Paris) else {
        return Ok(false);
    };
    drop(tx);
    let tx = app.read(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    let now = tx.now();
    let on_duty: Vec<_> =
        shifts::running_at(&tx, pool.id, now).await?.into_iter().map(|shift| shift.person).collect();
    let signs = presence::of(&tx, on_duty).await?;
    Ok(signs.iter().any(|sign| !sign.away && now - sign.seen_at < ALIVE))
}

/// Writes as a visitor does, and gives them the name the demo knows them by.
async fn write(
    app: &App,
    office: OrganisationId,
    slug: &str,
    script: &Script,
) -> Result<(String, Option<ConversationId>), Error> {
    let token = desk::receive(app, &said(slug, None, script.question, script)).await?;
    let Some((_, id)) = desk::visitor_conversation(app, slug, &token).await? else {
        return Ok((token, None));
    };
    let tx = app.write(Home(office)).await?;
    if let Some(conversation) = conversations::one(&tx, id).await?
        && let Some(mut visitor) = visitors::one(&tx, conversation.visitor).await?
    {
        visitor.name = Some(script.name.to_owned());
        visitors::save(&tx, &visitor).await?;
    }
    tx.commit().await?;
    Ok((token, Some(id)))
}

fn said(slug: &str, token: Option<String>, body: &str, script: &Script) -> Written {
    Written {
        slug: slug.to_owned(),
        token,
        from: String::new(),
        body: body.to_owned(),
        key: Uuid::now_v7().to_string(),
        language: Language::parse(script.language),
        came_from: Some(script.came_from.to_owned()),
    }
}

/// Those who were answered say thank you, once; those who are not answered for long go away.
async fn thank(app: &App, waiting: &mut Vec<Guest>) -> Result<(), Error> {
    for guest in std::mem::take(waiting) {
        let tx = app.read(Home(guest.office)).await?;
        let said_last = messages::of(&tx, guest.conversation, 200).await?;
        let now = tx.now();
        drop(tx);
        let last = said_last.iter().rfind(|message| message.direction != Direction::Note);
        let answered =
            last.is_some_and(|last| last.direction == Direction::Out && now - last.at > Duration::seconds(8));
        if answered {
            let thanks = said(guest.slug, Some(guest.token), guest.script.thanks, guest.script);
            desk::receive(app, &thanks).await?;
        } else if last.is_some_and(|last| (now - last.at).abs() < PATIENCE) {
            waiting.push(guest);
        }
    }
    Ok(())
}
