//! Forgetting: taking out of a conversation everything that says who wrote and what, and leaving what
//! figures are made of: that it was, when, on which channel, in which language, how fast it was answered.

use chrono::{DateTime, Utc};
use domain::{ConversationId, ConversationStatus, MessageId, OrganisationId, VisitorId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    StoreError, Tx,
    entities::{
        arrival, attachment, channel_account, conversation, job, legal_hold, letter, message, visitor,
        waiting, writer,
    },
    scope::{Home, System},
};

/// How many messages' traces are looked for in one question: SQLite takes conditions 1000 deep.
const TRACED_AT_ONCE: usize = 100;

/// How much was taken out, by table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// Conversations that lost subject, preview and the visitor's key.
    pub conversations: u64,
    /// Messages that lost text, subject and provider's ids.
    pub messages: u64,
    /// Files that are gone.
    pub attachments: u64,
    /// Signs of "is writing" that are gone.
    pub writers: u64,
    /// Entries of what waits that are gone.
    pub waiting: u64,
    /// Visitors who lost name, address and where they came from.
    pub visitors: u64,
    /// Raw arrivals that lost their bytes.
    pub arrivals: u64,
    /// Jobs that are gone, done, queued or dead.
    pub jobs: u64,
    /// Letters of the demo's mailbox that are gone.
    pub letters: u64,
}

impl Forgotten {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            conversations: self.conversations + other.conversations,
            messages: self.messages + other.messages,
            attachments: self.attachments + other.attachments,
            writers: self.writers + other.writers,
            waiting: self.waiting + other.waiting,
            visitors: self.visitors + other.visitors,
            arrivals: self.arrivals + other.arrivals,
            jobs: self.jobs + other.jobs,
            letters: self.letters + other.letters,
        }
    }
}

/// Conversations whose last word is older than `before`, not forgotten yet and not held; oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn due(
    tx: &Tx<Home>,
    before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<(ConversationId, VisitorId)>, StoreError> {
    use conversation::Column;
    let rows = tx
        .visible::<conversation::Entity>()
        .filter(Column::AnonymisedAt.is_null())
        .filter(Column::LastMessageAt.lt(before))
        .filter(Column::Id.not_in_subquery(held()))
        .order_by_asc(Column::LastMessageAt)
        .limit(most);
    let rows = rows.all("look for conversations to forget").await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.visitor_id.into())).collect())
}

/// Removes files of messages older than `before`, but for conversations that are held; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn old_attachments(tx: &Tx<Home>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = Query::select()
        .column(message::Column::Id)
        .from(message::Entity)
        .and_where(message::Column::At.lt(before))
        .to_owned();
    let which = Condition::all()
        .add(attachment::Column::MessageId.in_subquery(old))
        .add(attachment::Column::ConversationId.not_in_subquery(held()));
    tx.remove::<attachment::Entity>(which, "remove old files").await
}

/// Takes out of the office's own tables what a conversation holds of its visitor.
///
/// # Errors
/// If the database refuses.
pub async fn conversation(tx: &Tx<Home>, id: ConversationId) -> Result<Forgotten, StoreError> {
    let doing = "forget a conversation";
    let bare = message::ActiveModel {
        body: Set(String::new()),
        subject: Set(None),
        provider_id: Set(None),
        in_reply_to: Set(None),
        client_key: Set(None),
        ..Default::default()
    };
    let messages = message::Column::ConversationId.eq(id.0);
    let emptied = tx.change_where::<message::Entity, _>(bare, messages.clone(), doing).await?;
    // What a mail server said names addresses. A failed message keeps that it failed.
    let silent = message::ActiveModel { delivery_said: Set(Some(String::new())), ..Default::default() };
    let said = Condition::all().add(messages).add(message::Column::DeliverySaid.is_not_null());
    tx.change_where::<message::Entity, _>(silent, said, doing).await?;
    let bare = conversation::ActiveModel {
        id: Set(id.0),
        subject: Set(None),
        snippet: Set(String::new()),
        token_hash: Set(None),
        status: Set(ConversationStatus::Done.word().to_owned()),
        anonymised_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let changed = tx.change::<conversation::Entity, _>(bare, doing).await?;
    Ok(Forgotten {
        conversations: u64::from(changed),
        messages: emptied,
        attachments: tx
            .remove::<attachment::Entity>(attachment::Column::ConversationId.eq(id.0), doing)
            .await?,
        writers: tx.remove::<writer::Entity>(writer::Column::ConversationId.eq(id.0), doing).await?,
        waiting: tx.remove::<waiting::Entity>(waiting::Column::ConversationId.eq(id.0), doing).await?,
        ..Forgotten::default()
    })
}

/// Takes name, address and origin off a visitor all of whose conversations are forgotten.
///
/// # Errors
/// If the database refuses.
pub async fn visitor(tx: &Tx<Home>, id: VisitorId) -> Result<Forgotten, StoreError> {
    let doing = "forget a visitor";
    let left = tx
        .visible::<conversation::Entity>()
        .filter(conversation::Column::VisitorId.eq(id.0))
        .filter(conversation::Column::AnonymisedAt.is_null());
    if left.count(doing).await? > 0 {
        return Ok(Forgotten::default());
    }
    let bare = visitor::ActiveModel {
        id: Set(id.0),
        name: Set(None),
        email: Set(None),
        came_from: Set(None),
        ..Default::default()
    };
    let changed = tx.change::<visitor::Entity, _>(bare, doing).await?;
    Ok(Forgotten { visitors: u64::from(changed), ..Forgotten::default() })
}

/// Which of these conversations are not forgotten yet.
///
/// # Errors
/// If the database cannot be read.
pub async fn left(tx: &Tx<Home>, ids: &[ConversationId]) -> Result<Vec<ConversationId>, StoreError> {
    use conversation::Column;
    let rows = tx
        .visible::<conversation::Entity>()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(Column::AnonymisedAt.is_null());
    let rows = rows.all("list conversations that are not forgotten").await?;
    Ok(rows.into_iter().map(|row| ConversationId(row.id)).collect())
}

/// Takes out of the house's own tables what stands there of these messages of a conversation: raw
/// bytes, jobs in whatever state, and letters to the visitor's address.
///
/// The number a provider gave a message stays with its arrival, so that the same mail, found again in
/// the mailbox, is not taken in a second time.
///
/// # Errors
/// If the database refuses.
pub async fn traces(
    tx: &Tx<System>,
    conversation: ConversationId,
    messages: &[MessageId],
    address: Option<&str>,
) -> Result<Forgotten, StoreError> {
    let doing = "forget the traces of a conversation";
    let routes = job::Column::Key.starts_with(format!("route/{conversation}/"));
    let mut jobs = tx.remove::<job::Entity>(routes, doing).await?;
    let mut arrivals = 0;
    for portion in messages.chunks(TRACED_AT_ONCE) {
        let bare = arrival::ActiveModel { raw: Set(None), trouble: Set(None), ..Default::default() };
        let theirs = arrival::Column::Id.is_in(portion.iter().map(|message| message.0));
        arrivals += tx.change_where::<arrival::Entity, _>(bare, theirs, doing).await?;
        // An arrival, its visitor and its message bear one id.
        let whole = portion.iter().flat_map(|id| [format!("take_in/{id}"), format!("deliver/{id}")]);
        let mut keys = Condition::any().add(job::Column::Key.is_in(whole));
        for id in portion {
            keys = keys.add(job::Column::Key.starts_with(format!("deliver/{id}/")));
        }
        jobs += tx.remove::<job::Entity>(keys, doing).await?;
    }
    let letters = match address {
        Some(address) => {
            let to = Expr::expr(sea_orm::sea_query::Func::lower(Expr::col(letter::Column::Recipient)));
            tx.remove::<letter::Entity>(to.eq(address.to_lowercase()), doing).await?
        }
        None => 0,
    };
    Ok(Forgotten { arrivals, jobs, letters, ..Forgotten::default() })
}

/// Takes their bytes off raw arrivals of an organisation that never became messages: those put aside,
/// which nobody can read, if they came before `aside`; those still to be taken in, because their job was
/// given up, if they came before `waiting`. Says how many. The provider's number stays, as in [`traces`].
///
/// # Errors
/// If the database refuses.
pub async fn unread_arrivals(
    tx: &Tx<System>,
    organisation: OrganisationId,
    aside: DateTime<Utc>,
    waiting: DateTime<Utc>,
) -> Result<u64, StoreError> {
    use arrival::Column;
    let theirs = Query::select()
        .column(channel_account::Column::Id)
        .from(channel_account::Entity)
        .and_where(channel_account::Column::OrganisationId.eq(organisation.0))
        .to_owned();
    let put_aside = Column::TakenInAt.is_not_null().and(Column::ReceivedAt.lt(aside));
    let given_up = Column::TakenInAt.is_null().and(Column::ReceivedAt.lt(waiting));
    let which = Condition::all()
        .add(Column::Raw.is_not_null())
        .add(Column::ChannelAccountId.in_subquery(theirs))
        .add(put_aside.or(given_up));
    let bare = arrival::ActiveModel { raw: Set(None), trouble: Set(None), ..Default::default() };
    tx.change_where::<arrival::Entity, _>(bare, which, "forget arrivals that nobody read").await
}

fn held() -> sea_orm::sea_query::SelectStatement {
    Query::select().column(legal_hold::Column::ConversationId).from(legal_hold::Entity).to_owned()
}
