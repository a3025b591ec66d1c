//! A file that came with a message, for whoever sees the conversation.

use domain::{AttachmentId, ConversationId};
use storage::attachments::{self, Attachment};

use super::seat::{self, Watcher, at};
use crate::{App, Error};

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
    let seat = seat::find(app, &who.into(), conversation).await?;
    let found = at!(seat, scope => attachments::one(&app.read(scope).await?, conversation, file).await?);
    found.ok_or(Error::NotFound("file"))
}
