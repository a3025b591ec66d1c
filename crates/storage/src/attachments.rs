//! Files that came with messages.

use domain::{AttachmentId, ConversationId, MessageId, OrganisationId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::attachment::{ActiveModel, Column, Entity},
    scope::Scope,
};

/// A file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The message it came with.
    pub message: MessageId,
    /// Its name, as the sender says.
    pub name: String,
    /// Its type, as the sender says: a claim, not a fact.
    pub mime: String,
    /// Its size in bytes.
    pub size: u32,
}

/// Adds a file to a message, unless it is there already.
///
/// # Errors
/// If the conversation is not in sight.
pub async fn add<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
    conversation: ConversationId,
    file: &Attachment,
    bytes: Vec<u8>,
) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(file.id.0),
        organisation_id: Set(organisation.0),
        conversation_id: Set(conversation.0),
        message_id: Set(file.message.0),
        name: Set(file.name.clone()),
        mime: Set(file.mime.clone()),
        size: Set(i32::try_from(file.size).unwrap_or(i32::MAX)),
        bytes: Set(bytes),
    };
    tx.add_once(row, "add a file to a message").await
}

/// The files of a conversation, in the order of their messages, without their bytes.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<Vec<Attachment>, StoreError> {
    let rows: Vec<(Uuid, Uuid, String, String, i32)> = tx
        .visible::<Entity>()
        .filter(Column::ConversationId.eq(conversation.0))
        .order_by_asc(Column::Id)
        .with(|rows| {
            let columns = [Column::Id, Column::MessageId, Column::Name, Column::Mime, Column::Size];
            rows.select_only().columns(columns)
        })
        .tuples("list the files of a conversation")
        .await?;
    let files = rows.into_iter().map(|(id, message, name, mime, size)| Attachment {
        id: id.into(),
        message: message.into(),
        name,
        mime,
        size: u32::try_from(size).unwrap_or_default(),
    });
    Ok(files.collect())
}

/// A file of a conversation with its bytes, if both are in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    id: AttachmentId,
) -> Result<Option<(Attachment, Vec<u8>)>, StoreError> {
    let rows =
        tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0)).filter(Column::Id.eq(id.0));
    let row = rows.one("read a file").await?;
    Ok(row.map(|row| {
        let file = Attachment {
            id: row.id.into(),
            message: row.message_id.into(),
            name: row.name,
            mime: row.mime,
            size: u32::try_from(row.size).unwrap_or_default(),
        };
        (file, row.bytes)
    }))
}
