//! Visitors: somebody with an office's web chat open in a browser.

use app::{
    App, Error, desk,
    desk::{Page, Written},
};
use domain::ConversationId;
use uuid::Uuid;
use views::html::visitor::{Attending, Author, Message};

/// A browser at an office's web chat.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// What the browser holds since it first wrote.
    pub token: Option<String>,
    slug: String,
    app: App,
}

impl Visitor {
    pub(super) fn at(app: &App, slug: &str) -> Self {
        Self { token: None, slug: slug.to_owned(), app: app.clone() }
    }

    /// The same visitor before a house that was opened anew.
    pub fn in_house(self, app: &App) -> Self {
        Self { app: app.clone(), ..self }
    }

    /// Writes, once.
    ///
    /// # Panics
    /// When the message is not taken.
    pub async fn writes(&mut self, text: &str) {
        self.sends(text, &Uuid::new_v4().to_string()).await.expect("the message is taken");
    }

    /// Sends a message under a key of one's own: the same key twice is one message sent twice.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn sends(&mut self, text: &str, key: &str) -> Result<(), Error> {
        let written = Written {
            slug: self.slug.clone(),
            token: self.token.clone(),
            from: String::new(),
            body: text.to_owned(),
            key: key.to_owned(),
            language: None,
            came_from: None,
        };
        self.token = Some(desk::receive(&self.app, &written).await?);
        Ok(())
    }

    /// Leaves an address.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn leaves_address(&self, email: &str) {
        let token = self.token.as_deref().expect("whoever leaves an address has written");
        desk::reach(&self.app, &self.slug, token, email).await.expect("the address is one");
    }

    /// The page, as it stands.
    ///
    /// # Panics
    /// When there is none.
    pub async fn page(&self) -> Page {
        desk::visitor_page(&self.app, &self.slug, self.token.as_deref()).await.expect("the chat is open")
    }

    /// What the page of another office shows to this browser.
    ///
    /// # Panics
    /// When there is none.
    pub async fn page_at(&self, slug: &str) -> Page {
        desk::visitor_page(&self.app, slug, self.token.as_deref()).await.expect("the chat is open")
    }

    /// Everything said so far.
    pub async fn messages(&self) -> Vec<Message> {
        self.page().await.model.messages
    }

    /// The conversation.
    ///
    /// # Panics
    /// When nothing was taken in yet.
    pub async fn conversation(&self) -> ConversationId {
        self.page().await.conversation.expect("the visitor wrote, and it was taken in")
    }

    /// Reads `text`, once, from somebody called `name`.
    ///
    /// # Panics
    /// When the page does not show it.
    pub async fn reads(&self, text: &str, name: &str) {
        let said = self.messages().await;
        let from = Author::Person(name.to_owned());
        let times = said.iter().filter(|one| one.author == from && one.body == text).count();
        assert_eq!(times, 1, "the visitor reads {text:?} from {name}, once, in {said:#?}");
    }

    /// What the house said by itself.
    pub async fn automatic_answers(&self) -> Vec<String> {
        let said = self.messages().await;
        said.into_iter().filter(|one| one.author == Author::Automatic).map(|one| one.body).collect()
    }

    /// Who answers now, as the page says.
    pub async fn sees_attending(&self) -> Attending {
        self.page().await.model.attending
    }
}
