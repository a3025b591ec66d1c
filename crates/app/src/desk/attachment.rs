//! A file that came with a message, for whoever sees the conversation.

use domain::{AttachmentId, ConversationId};
use storage::{
    attachments::{self, Attachment},
    conversations,
};

use super::seat::{self, Watcher, at};
use crate::{
    App, Error,
    privacy::{self, Access},
};

/// The file with its bytes.
///
/// # Errors
/// [`Error::NotFound`] if it is out of sight.
pub async fn attachment(
    app: &App,
    who: impl Into<Watcher>,
    conversation: ConversationId,
    file: AttachmentId,
) -> Result<(Attachment, Vec<u8>), Error> {
    let who = who.into();
    let seat = seat::find(app, &who, conversation).await?;
    let found = at!(seat, scope => attachments::one(&app.read(scope).await?, conversation, file).await?);
    let found = found.ok_or(Error::NotFound("file"))?;
    let office = at!(seat, scope => conversations::one(&app.read(scope).await?, conversation).await?);
    if let Some(office) = office {
        privacy::note(app, office.organisation, who.person, Access::Saved(conversation)).await?;
    }
    Ok(found)
}
