//! Letters about one's account: a session that was ended for its owner's sake, an invitation.

use domain::{Language, Role};
use maud::html;

use super::{HINT, Letter, page, paragraphs};
use crate::Words;

/// A button, as mail programs show one.
const BUTTON: &str = "display:inline-block;background:#0B6170;color:#FFFFFF;border-radius:10px;padding:10px 18px;text-decoration:none;font-weight:700";

/// A browser was signed out because a copy of its token was used; `address` is where one signs in.
pub fn session_ended(language: Language, device: &str, address: &str) -> Letter {
    let words = Words::of(language);
    let lead = if device.is_empty() {
        words.say("mail-ended-lead-unknown")
    } else {
        words.say_with("mail-ended-lead", &[("device", device.into())])
    };
    let (then, link) = (words.say("mail-ended-then"), words.say("mail-ended-link"));
    Letter {
        subject: words.say("mail-ended-subject"),
        text: paragraphs(&[&lead, &then, address]),
        html: Some(page(
            words,
            html! {
                p { (lead) }
                p { a href=(address) style=(BUTTON) { (link) } }
                p style=(HINT) { (then) }
            },
        )),
    }
}

/// What an invitation says.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// To which organisation.
    pub organisation: &'a str,
    /// By whom; nobody where the house invites.
    pub by: Option<&'a str>,
    /// As what.
    pub roles: &'a [Role],
    /// The link.
    pub address: &'a str,
    /// For how many days it is good.
    pub days: u32,
}

/// Somebody is invited to join an organisation.
pub fn invitation(language: Language, said: Invitation<'_>) -> Letter {
    let words = Words::of(language);
    let organisation = ("organisation", said.organisation.into());
    let roles: Vec<String> =
        said.roles.iter().map(|role| words.say(&format!("role-{}", role.word())).to_lowercase()).collect();
    let roles = roles.join(", ");
    let lead = match said.by {
        Some(by) => words.say_with(
            "mail-invited-by",
            &[organisation.clone(), ("by", by.into()), ("roles", roles.as_str().into())],
        ),
        None => words.say_with("mail-invited", &[organisation.clone(), ("roles", roles.as_str().into())]),
    };
    let what = words.say("mail-invited-what");
    let good_for = words.say_with("mail-invited-days", &[("days", said.days.into())]);
    let link = words.say("mail-invited-link");
    Letter {
        subject: words.say_with("mail-invited-subject", &[organisation]),
        text: paragraphs(&[&lead, &what, said.address, &good_for]),
        html: Some(page(
            words,
            html! {
                p { (lead) }
                p { (what) }
                p { a href=(said.address) style=(BUTTON) { (link) } }
                p style=(HINT) { (good_for) }
            },
        )),
    }
}
