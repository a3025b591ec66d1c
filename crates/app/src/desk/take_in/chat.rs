//! A message of the web chat.

use domain::{Delivery, Direction};
use storage::{
    arrivals::Arrival,
    channel_accounts::{self, ChannelAccount},
    conversations::{self, Conversation},
    messages::{self, Message},
    scope::Home,
    visitors::{self, Visitor},
};

use super::{Outcome, language_of, now_waits, opened};
use crate::{App, Error, desk::receive::ChatArrival};

/// Puts it into the conversation of the visitor's token, or opens one.
pub(super) async fn take_in(
    app: &App,
    account: &ChannelAccount,
    arrival: &Arrival,
) -> Result<Outcome, Error> {
    let raw = arrival.raw.as_deref().unwrap_or_default();
    let Ok(chat) = serde_json::from_slice::<ChatArrival>(raw) else {
        return Ok(Outcome::Unreadable("not a message of the web chat".to_owned()));
    };
    let tx = app.write(Home(account.organisation)).await?;
    // Two first messages of one browser must not open two conversations.
    channel_accounts::hold(&tx, account.id).await?;
    let known = conversations::by_token(&tx, &chat.token_hash).await?;
    let mut conversation = match known {
        Some(known) => conversations::hold(&tx, known.id).await?.unwrap_or(known),
        None => {
            let visitor = visitor(account, arrival, &chat);
            visitors::add(&tx, &visitor).await?;
            let opened = Conversation {
                token_hash: Some(chat.token_hash.clone()),
                language: chat.language,
                ..opened(account, arrival, visitor.id)
            };
            conversations::add(&tx, &opened).await?;
            opened
        }
    };
    let message = Message {
        id: arrival.id.0.into(),
        conversation: conversation.id,
        organisation: account.organisation,
        direction: Direction::In,
        author: None,
        body: chat.body.clone(),
        subject: None,
        provider_id: None,
        in_reply_to: None,
        at: arrival.received_at,
        delivery: Delivery::None,
        read_at: None,
        client_key: Some(format!("visitor/{}", chat.key)),
    };
    if messages::add(&tx, &message).await? {
        conversation.language = language_of(&chat.body).or(conversation.language).or(chat.language);
        storage::writers::stop(&tx, conversation.id, None).await?;
        now_waits(&tx, &mut conversation, arrival, &chat.body).await?;
        tx.commit().await?;
    }
    Ok(Outcome::Message { conversation: conversation.id, may_answer: true })
}

fn visitor(account: &ChannelAccount, arrival: &Arrival, chat: &ChatArrival) -> Visitor {
    Visitor {
        id: arrival.id.0.into(),
        organisation: account.organisation,
        name: None,
        email: None,
        language: chat.language,
        came_from: chat.came_from.clone(),
        created_at: arrival.received_at,
    }
}
