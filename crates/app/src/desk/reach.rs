//! A visitor leaves an address: answers their page does not show go there too.

use storage::{conversations, scope::Visitor, visitors};

use super::{receive::token_hash, topics};
use crate::{App, Error, Refusal};

/// Keeps `email` as the address of the visitor whose browser holds `token`.
///
/// # Errors
/// [`Refusal::EmailIsWrong`], or [`Error::NotFound`] if they have not written yet.
pub async fn reach(app: &App, slug: &str, token: &str, email: &str) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    if !is_address(&email) {
        return Err(Refusal::EmailIsWrong.into());
    }
    let hash = token_hash(&app.secrets, slug, token);
    let tx = app.write(Visitor(&hash)).await?;
    let conversation = conversations::by_token(&tx, &hash).await?.ok_or(Error::NotFound("conversation"))?;
    let visitor = visitors::one(&tx, conversation.visitor).await?.ok_or(Error::NotFound("visitor"))?;
    visitors::save(&tx, &visitors::Visitor { email: Some(email), ..visitor }).await?;
    topics::changed(&tx, &conversation);
    Ok(tx.commit().await?)
}

/// One @, something before it, a name with a dot after it, nothing that could end a header.
pub(super) fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let clean = |part: &str| {
        !part.is_empty()
            && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\@".contains(c))
    };
    let labels = domain.split('.').all(|label| !label.is_empty());
    email.len() <= 254 && clean(local) && clean(domain) && labels && domain.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_an_at_and_a_place() {
        for right in ["jonas@example.org", "j.o+nas@mail.example.org", "é@exämple.org"] {
            assert!(is_address(right), "{right}");
        }
        for wrong in [
            "",
            "jonas",
            "@example.org",
            "jonas@",
            "jonas@example",
            "jo nas@example.org",
            "a@b@c.org",
            "a@b..org",
            "a@b.org\r\nBcc: x@y.org",
            "<a@b.org>",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }
}
