//! What the house says by itself, in the visitor's language.

use chrono::{DateTime, Utc};
use domain::{ChannelKind, Language};
use storage::conversations::Conversation;
use views::{
    html::visitor::Attending,
    mail::{self, AutomaticAnswer},
};

use super::situation::Situation;

/// A text as it goes out, and its subject where there is one.
pub(crate) struct Said {
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
}

/// That nobody is there, and when somebody will be.
pub(crate) fn nobody_is_there(
    stands: &Situation,
    conversation: &Conversation,
    opens_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Said {
    let answer = AutomaticAnswer {
        language: language(conversation, stands.office.language),
        office: stands.office.name.clone(),
        calendar: stands.office.calendar,
        zone: stands.office.zone,
        now,
        attending: Attending::Nobody { opens_at },
        subject: conversation.subject.clone().unwrap_or_default(),
    };
    match conversation.channel {
        ChannelKind::WebChat => Said { subject: None, body: mail::automatic_sentence(&answer) },
        ChannelKind::Email => {
            let letter = mail::automatic_answer(&answer);
            Said { subject: Some(letter.subject), body: letter.text.trim_end().to_owned() }
        }
    }
}

/// The visitor's language, if we have words in it, or else the office's.
pub(crate) fn language(conversation: &Conversation, office: Language) -> Language {
    let written = |language: &Language| views::Words::VISITORS.contains(&language.code());
    conversation.language.filter(written).unwrap_or(office)
}
