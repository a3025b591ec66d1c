//! Finding a visitor: everything one office has under one address, on whatever channel.
//!
//! An address is proven where mails came from it, and a claim where somebody typed it into a web
//! chat. Both are shown, told apart; which of them belong to whoever asks is the manager's to say.

use domain::{ConversationId, VisitorId};
use storage::{
    Tx,
    conversations::{self, Conversation},
    legal_holds,
    scope::Home,
    visitors::{self, Visitor},
};
use views::html::privacy::Match;

use crate::{App, Caller, Error, Manager, Refusal};

/// A visitor with their conversations.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub visitor: Visitor,
    /// What they wrote.
    pub conversations: Vec<Conversation>,
    /// Whether one of them is held.
    pub held: bool,
}

/// Everybody of the caller's office with this address.
///
/// # Errors
/// [`Refusal::EmailIsWrong`] if it is none.
pub async fn found(app: &App, caller: &Caller<Manager>, address: &str) -> Result<Vec<Match>, Error> {
    let address = address.trim().to_lowercase();
    if !address.contains('@') || address.contains('\0') || address.len() > 254 {
        return Err(Refusal::EmailIsWrong.into());
    }
    let tx = app.read(Home(caller.organisation())).await?;
    let mut matches = Vec::new();
    for visitor in visitors::with_address(&tx, &address).await? {
        let found = gather(&tx, visitor).await?;
        let mut channels: Vec<_> = found.conversations.iter().map(|one| one.channel).collect();
        channels.sort_unstable_by_key(|channel| channel.word());
        channels.dedup();
        matches.push(Match {
            visitor: found.visitor.id,
            name: found.visitor.name.clone(),
            proven: channels.contains(&domain::ChannelKind::Email),
            channels,
            conversations: found.conversations.len(),
            first: found
                .conversations
                .iter()
                .map(|one| one.opened_at)
                .min()
                .unwrap_or(found.visitor.created_at),
            last: found
                .conversations
                .iter()
                .map(|one| one.last_message_at)
                .max()
                .unwrap_or(found.visitor.created_at),
            held: found.held,
        });
    }
    Ok(matches)
}

/// Those visitors with their conversations.
///
/// # Errors
/// [`Error::NotFound`] if one is not the office's, or nobody was chosen.
pub async fn chosen(tx: &Tx<Home>, ids: &[VisitorId]) -> Result<Vec<Found>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let visitor = visitors::one(tx, *id).await?.ok_or(Error::NotFound("visitor"))?;
        found.push(gather(tx, visitor).await?);
    }
    if found.is_empty() { Err(Error::NotFound("visitor")) } else { Ok(found) }
}

/// The visitor who wrote a conversation of the office.
pub(super) async fn who_wrote(tx: &Tx<Home>, id: ConversationId) -> Result<Option<VisitorId>, Error> {
    Ok(conversations::one(tx, id).await?.map(|one| one.visitor))
}

async fn gather(tx: &Tx<Home>, visitor: Visitor) -> Result<Found, Error> {
    let conversations = conversations::all_of_visitor(tx, visitor.id).await?;
    let holds = legal_holds::all(tx).await?;
    let held = holds.iter().any(|hold| conversations.iter().any(|one| one.id == hold.conversation));
    Ok(Found { visitor, conversations, held })
}
