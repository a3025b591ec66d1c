//! The inbox: the list, one conversation, and everything one does to it.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue},
    web::{Data, Form, Path, Query},
};
use app::{
    Advisor, App, Error, Manager, Session,
    desk::{self, Asked, Watcher},
};
use domain::{AttachmentId, ConversationId, Language, MessageId, NoteId, Role};
use serde::Deserialize;
use views::html::{
    inbox as view, problem as sentences,
    shell::{Place, Toast},
};

use crate::{Answer, As, Page, Problem, Signed, html, problem, reply, see_other};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sought {
    /// Words to find in the list.
    #[serde(default)]
    find: String,
    /// Words to find in the notebook.
    #[serde(default)]
    q: String,
    /// A fact to put into the reply box.
    insert: Option<NoteId>,
    /// In which language.
    #[serde(rename = "in")]
    language: Option<String>,
}

impl Sought {
    fn asked(self, page: &Page, conversation: Option<ConversationId>) -> Asked {
        let language = self.language.as_deref().and_then(Language::parse);
        Asked {
            find: self.find,
            conversation,
            search: self.q,
            insert: self.insert.map(|note| (note, language)),
            draft: None,
            language: Some(page.reader.language),
        }
    }
}

pub(crate) async fn list(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    sought: Query<Sought>,
) -> Result<Answer, Problem> {
    let asked = sought.into_inner().asked(&page, None);
    shown(&page, &app, &session, &asked).await
}

pub(crate) async fn open(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    conversation: Path<ConversationId>,
    sought: Query<Sought>,
) -> Result<Answer, Problem> {
    let asked = sought.into_inner().asked(&page, Some(*conversation));
    shown(&page, &app, &session, &asked).await
}

async fn shown(page: &Page, app: &App, session: &Session, asked: &Asked) -> Result<Answer, Problem> {
    let model = desk::inbox(app, watcher(session)?, asked).await?;
    let frame = page.frame(Place::Inbox).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

/// Who looks at the desk: an advisor, or a manager, who answers nobody.
pub(super) fn watcher(session: &Session) -> Result<Watcher, Problem> {
    Ok(match session.hat().map(|hat| hat.role) {
        Some(Role::Manager) => Watcher::from(&session.caller::<Manager>()?),
        _ => Watcher::from(&session.caller::<Advisor>()?),
    })
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reply {
    body: String,
    key: String,
    /// The visitor's last message that the page showed.
    seen: Option<MessageId>,
}

pub(crate) async fn answer(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Reply>,
) -> Result<Answer, Problem> {
    let reply = desk::Reply { body: &form.body, key: &form.key, seen: form.seen };
    let outcome = desk::reply_having_seen(&at.app, &caller, *conversation, reply).await.map(drop);
    at.after(*conversation, outcome, Some(&form.body)).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Note {
    body: String,
}

pub(crate) async fn note(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Note>,
) -> Result<Answer, Problem> {
    let outcome = desk::note(&at.app, &caller, *conversation, &form.body).await;
    at.after(*conversation, outcome, None).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    version: i32,
}

pub(crate) async fn take(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Seen>,
) -> Result<Answer, Problem> {
    let outcome = desk::take(&at.app, &caller, *conversation, form.version).await;
    at.after(*conversation, outcome, None).await
}

pub(crate) async fn done(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Seen>,
) -> Result<Answer, Problem> {
    let outcome = desk::done(&at.app, &caller, *conversation, form.version).await;
    at.after(*conversation, outcome, None).await
}

pub(crate) async fn reopen(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Seen>,
) -> Result<Answer, Problem> {
    let outcome = desk::reopen(&at.app, &caller, *conversation, form.version).await;
    at.after(*conversation, outcome, None).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    message: MessageId,
}

pub(crate) async fn resend(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Which>,
) -> Result<Answer, Problem> {
    let outcome = desk::resend(&at.app, &caller, *conversation, form.message).await;
    at.after(*conversation, outcome, None).await
}

pub(crate) async fn leave(
    at: At,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
    form: Form<Which>,
) -> Result<Answer, Problem> {
    let outcome = desk::leave(&at.app, &caller, *conversation, form.message).await;
    at.after(*conversation, outcome, None).await
}

pub(crate) async fn writing(
    app: Data<App>,
    As(caller): As<Advisor>,
    conversation: Path<ConversationId>,
) -> Result<Answer, Problem> {
    desk::writing(&app, &caller, *conversation).await?;
    Ok(reply::nothing())
}

/// A file a stranger sent: it is saved, never shown, and never taken for what it says it is.
pub(crate) async fn attachment(
    app: Data<App>,
    Signed(session): Signed,
    path: Path<(ConversationId, AttachmentId)>,
) -> Result<Answer, Problem> {
    let (conversation, file) = *path;
    let (file, bytes) = desk::attachment(&app, watcher(&session)?, conversation, file).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header(saved_as(&file.name))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox"))
        .body(bytes))
}

/// `attachment` with the name in ASCII for old browsers and whole for the others (RFC 6266).
fn saved_as(name: &str) -> ContentDisposition {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let whole = ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(whole)],
    }
}

/// Where a form was sent to: everything its answer is made of.
pub(crate) struct At {
    page: Page,
    app: Data<App>,
    session: Session,
    fragment: bool,
}

impl actix_web::FromRequest for At {
    type Error = Problem;
    type Future = std::pin::Pin<Box<dyn std::future::Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut actix_web::dev::Payload) -> Self::Future {
        let page = Page::from_request(req, payload);
        let signed = Signed::from_request(req, payload);
        let app = Data::<App>::extract(req);
        let fragment = req.headers().contains_key("x-fragment");
        Box::pin(async move {
            let app = app.await.map_err(|_| Problem::Unclear)?;
            Ok(Self { page: page.await?, app, session: signed.await?.0, fragment })
        })
    }
}

impl At {
    /// The page after something was done, or refused for a reason a person can act on.
    async fn after(
        self,
        conversation: ConversationId,
        outcome: Result<(), Error>,
        draft: Option<&str>,
    ) -> Result<Answer, Problem> {
        let path = format!("/inbox/{conversation}");
        match outcome {
            Ok(()) if !self.fragment => Ok(see_other(path)),
            Ok(()) => {
                let asked = Asked { conversation: Some(conversation), ..Asked::default() };
                match shown(&self.page, &self.app, &self.session, &asked).await {
                    // What was closed after the duty is out of sight now.
                    Err(Problem::App(Error::NotFound(_))) => Ok(see_other("/inbox")),
                    other => other,
                }
            }
            Err(error @ (Error::Refused(_) | Error::Stale)) => {
                let (_, text) = sentences::said(&self.page.reader, &problem::shown(&error));
                let asked = Asked {
                    conversation: Some(conversation),
                    draft: draft.map(str::to_owned),
                    language: Some(self.page.reader.language),
                    ..Asked::default()
                };
                let page = self.page.with_toast(Toast { text, undo: None });
                let mut answer = shown(&page, &self.app, &self.session, &asked).await?;
                *answer.status_mut() = Problem::from(error).status_code();
                Ok(answer)
            }
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_file_name_ends_no_header_and_keeps_its_letters() {
        let said = saved_as("plan \"été\"\r\nX: y.png").to_string();
        assert!(said.starts_with("attachment; "), "{said}");
        assert!(!said.contains(['\r', '\n']), "{said}");
        assert!(said.contains("%C3%A9t%C3%A9"), "{said}");
    }
}
