//! What a provider delivered becomes a visitor, a conversation and a message, once.
//!
//! Everything made of an arrival bears the arrival's id, so that a second run, or a second worker at
//! the same time, finds it there. The order is: make the message, decide who answers, and only then
//! forget the raw bytes; a crash between any two lines leaves the rest to the next run.

mod chat;
mod mail;

pub(super) use mail::{came_by_mail, may_be_answered_by_itself};

use domain::{ArrivalId, ChannelKind, ConversationId, ConversationStatus, Language};
use storage::{
    Tx, arrivals,
    arrivals::Arrival,
    channel_accounts::{self, ChannelAccount},
    conversations::{self, Conversation},
    scope::{Home, System},
    waiting::{self, Waiting},
};

use super::{
    route::{self, Cause},
    topics,
};
use crate::{App, Error};

/// How much of a message a list shows, in characters.
const SNIPPET: usize = 140;

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// A visitor's message: somebody must answer.
    Message {
        /// Where it was put.
        conversation: ConversationId,
        /// Whether the house may answer by itself.
        may_answer: bool,
    },
    /// Kept, or noted elsewhere; nobody needs to do anything.
    Noted,
    /// Nobody can read it: kept with its bytes.
    Unreadable(String),
}

/// Makes a message of an arrival and decides who answers it. Harmless if it was done already.
///
/// # Errors
/// If the database fails; it may be called again.
pub async fn take_in(app: &App, id: ArrivalId) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let Some(arrival) = arrivals::one(&tx, id).await? else { return Ok(()) };
    if arrival.taken_in_at.is_some() {
        return Ok(());
    }
    let account =
        channel_accounts::one(&tx, arrival.account).await?.ok_or(Error::NotFound("channel account"))?;
    let ours = channel_accounts::in_use(&tx, ChannelKind::Email).await?;
    drop(tx);
    let outcome = match account.kind {
        ChannelKind::WebChat => chat::take_in(app, &account, &arrival).await?,
        ChannelKind::Email => mail::take_in(app, &account, &arrival, &ours).await?,
    };
    if let Outcome::Message { conversation, may_answer } = &outcome {
        let cause = Cause::Message { may_answer: *may_answer };
        route::route(app, account.organisation, *conversation, cause).await?;
    }
    let tx = app.write(System).await?;
    match outcome {
        Outcome::Unreadable(trouble) => {
            tracing::warn!(arrival = %id, %trouble, "put an arrival aside");
            arrivals::put_aside(&tx, id, &trouble).await?;
        }
        Outcome::Message { .. } | Outcome::Noted => arrivals::taken_in(&tx, id).await?,
    }
    Ok(tx.commit().await?)
}

/// A conversation that begins with `arrival`.
fn opened(account: &ChannelAccount, arrival: &Arrival, visitor: domain::VisitorId) -> Conversation {
    Conversation {
        id: arrival.id.0.into(),
        organisation: account.organisation,
        account: account.id,
        channel: account.kind,
        visitor,
        pool: None,
        status: ConversationStatus::Waiting,
        language: None,
        subject: None,
        snippet: String::new(),
        assigned_to: None,
        decision: None,
        considered: Vec::new(),
        opened_at: arrival.received_at,
        first_answer_at: None,
        last_message_at: arrival.received_at,
        token_hash: None,
        version: 1,
    }
}

/// The visitor wrote `body` in `conversation`: it waits (again), and lists show what was written.
async fn now_waits(
    tx: &Tx<Home>,
    conversation: &mut Conversation,
    arrival: &Arrival,
    body: &str,
) -> Result<(), Error> {
    conversation.status = ConversationStatus::Waiting;
    conversation.snippet = snippet(body);
    conversation.last_message_at = conversation.last_message_at.max(arrival.received_at);
    conversations::save(tx, conversation).await?;
    let before = waiting::one(tx, conversation.id).await?;
    let waits = Waiting {
        conversation: conversation.id,
        organisation: conversation.organisation,
        pool: conversation.pool,
        assigned_to: conversation.assigned_to,
        load_halves: conversation.channel.load_halves(),
        since: before.map_or(arrival.received_at, |before| before.since),
        // Should the decision that follows be lost, the tick takes it.
        look_at: Some(tx.now()),
    };
    waiting::put(tx, &waits, None).await?;
    topics::changed(tx, conversation);
    Ok(())
}

/// The beginning of a message on one line.
pub(crate) fn snippet(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The language a text is written in, if it is long enough to tell.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    let info = whatlang::detect(text)?;
    let sure = info.is_reliable() && text.chars().filter(|c| c.is_alphabetic()).count() >= 12;
    if !sure {
        return None;
    }
    let code = match info.lang() {
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Nld => "nl",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Cmn => "zh",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Pol => "pl",
        whatlang::Lang::Rus => "ru",
        whatlang::Lang::Ukr => "uk",
        whatlang::Lang::Jpn => "ja",
        whatlang::Lang::Kor => "ko",
        whatlang::Lang::Cat => "ca",
        whatlang::Lang::Ces => "cs",
        whatlang::Lang::Dan => "da",
        whatlang::Lang::Swe => "sv",
        whatlang::Lang::Tur => "tr",
        whatlang::Lang::Ara => "ar",
        whatlang::Lang::Heb => "he",
        whatlang::Lang::Hun => "hu",
        whatlang::Lang::Ron => "ro",
        _ => return None,
    };
    Language::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_one_line_and_says_when_it_was_cut() {
        assert_eq!(snippet(" Bonjour,\n\n le bateau ?  "), "Bonjour, le bateau ?");
        let long = snippet(&"é".repeat(SNIPPET + 1));
        assert_eq!(long.chars().count(), SNIPPET + 1);
        assert!(long.ends_with('…'));
        assert_eq!(snippet(&"é".repeat(SNIPPET)).chars().count(), SNIPPET);
    }

    #[test]
    fn a_sentence_tells_its_language_and_a_word_does_not() {
        let told = |text| language_of(text).map(|language| language.to_string());
        assert_eq!(told("Guten Abend, fährt morgen früh das Schiff zur Insel?").as_deref(), Some("de"));
        assert_eq!(told("Bonsoir, est-ce que le château est ouvert demain ?").as_deref(), Some("fr"));
        assert_eq!(
            told("Good evening! Is the boat to the island running tomorrow morning?").as_deref(),
            Some("en")
        );
        assert_eq!(told("ok"), None);
        assert_eq!(told("14:30?"), None);
    }
}
