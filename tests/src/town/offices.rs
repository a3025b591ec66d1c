//! Offices: what they buy, when their own desk is open, and what visitors write to them.

use app::{App, Manager, desk::accounts, kept::Seen, pool, pool::provision};
use domain::{
    ChannelKind, ConversationId, CoverageId, OfferId, OrganisationId, OrganisationKind, Role, Window,
};
use storage::{
    conversations::{self, Conversation, Which},
    messages::{self, Message},
    scope::Home,
};

use super::{FOUNDED, Person, Town, Visitor, hours, slug};

/// An office about to be founded.
#[derive(Debug)]
pub struct Founding<'t> {
    town: &'t Town,
    name: String,
    desk: Vec<Window>,
}

impl<'t> Founding<'t> {
    pub(super) fn of(town: &'t Town, name: &str) -> Self {
        Self { town, name: name.to_owned(), desk: Vec::new() }
    }

    /// Its own desk is open at these hours, every day.
    pub fn own_desk(mut self, text: &str) -> Self {
        self.desk.push(hours(text));
        self
    }

    /// It buys nothing.
    ///
    /// # Panics
    /// When it cannot be founded.
    pub async fn plain(self) -> Office {
        let Self { town, name, desk } = self;
        let id = town.found(OrganisationKind::Office, &name).await;
        provision::add_member(&town.app, town.pool, id, FOUNDED).await.expect("an office may join");
        for window in desk {
            provision::add_opening_hours(&town.app, id, window, FOUNDED).await.expect("a desk may open");
        }
        let slug = slug(&name);
        accounts::open_web_chat(&town.app, id, &slug).await.expect("no other office has this name");
        let manager = town.hires(id, &format!("{name}’s manager"), &["fr"], Role::Manager).await;
        Office { app: town.app.clone(), id, name, slug, manager, bought: None }
    }

    /// It buys these hours on every channel, every day, from now on.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn covered(self, text: &str) -> Office {
        let town = self.town;
        let mut office = self.plain().await;
        let offer = town.board.sells(text).await;
        office.orders(offer).await;
        office.bought = Some(hours(text));
        office
    }
}

/// A member of the pool, with a web chat.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its name in links.
    pub slug: String,
    /// Who buys for it.
    pub manager: Person,
    /// The hours it bought at its founding.
    pub bought: Option<Window>,
    pub(super) app: App,
}

impl Office {
    /// The same office in a house that was opened anew.
    pub fn in_house(self, app: &App) -> Self {
        let manager = self.manager.in_house(app);
        Self { app: app.clone(), manager, ..self }
    }

    /// Its manager orders an offer, from now on.
    ///
    /// # Panics
    /// When the order is refused.
    pub async fn orders(&self, offer: OfferId) -> CoverageId {
        let manager = self.manager.caller::<Manager>().await;
        pool::order(&self.app, &manager, offer, &Seen::Any).await.expect("the offer is open to this office")
    }

    /// Its manager ends a coverage, now.
    ///
    /// # Panics
    /// When there is none.
    pub async fn ends(&self, coverage: CoverageId) {
        let manager = self.manager.caller::<Manager>().await;
        pool::end(&self.app, &manager, coverage).await.expect("this office has that coverage");
    }

    /// A new visitor writes in its web chat.
    ///
    /// # Panics
    /// When the message is not taken.
    pub async fn receives_chat(&self, text: &str) -> Visitor {
        let mut visitor = self.visitor();
        visitor.writes(text).await;
        visitor
    }

    /// Somebody with its web chat open, who has not written yet.
    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.app, &self.slug)
    }

    /// Everything it ever was written about, newest first, as it is kept.
    ///
    /// # Panics
    /// When the tables are away.
    pub async fn conversations(&self) -> Vec<Conversation> {
        let tx = self.app.store.read(Home(self.id), self.app.clock.now()).await.expect("the tables answer");
        conversations::list(&tx, Which::default(), 10_000).await.expect("an office sees its own")
    }

    /// The one conversation that holds a message with `text`, as it is kept.
    ///
    /// # Panics
    /// When there is none, or more than one.
    pub async fn conversation_about(&self, text: &str) -> Conversation {
        let mut found = Vec::new();
        for conversation in self.conversations().await {
            if self.messages(conversation.id).await.iter().any(|message| message.body.contains(text)) {
                found.push(conversation);
            }
        }
        assert_eq!(found.len(), 1, "{} has one conversation about {text:?}", self.name);
        found.remove(0)
    }

    /// What was said in a conversation, oldest first, as it is kept.
    ///
    /// # Panics
    /// When the tables are away.
    pub async fn messages(&self, conversation: ConversationId) -> Vec<Message> {
        let tx = self.app.store.read(Home(self.id), self.app.clock.now()).await.expect("the tables answer");
        messages::of(&tx, conversation, 10_000).await.expect("an office sees its own")
    }
}

/// Every channel there is, for offers that sell them all.
pub(super) fn all_channels() -> Vec<ChannelKind> {
    ChannelKind::ALL.to_vec()
}
