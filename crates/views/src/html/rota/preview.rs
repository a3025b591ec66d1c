//! What would follow if somebody took a place: shown before the drop, and beside each proposal.

use domain::{Gravity, Minutes, Span};
use maud::{Markup, html};

use super::{Consequence, rules::finding_words};
use crate::{
    Reader,
    html::icons::{Icon, icon},
};

/// The fragment a board shows before the drop: a question and one to four lines.
///
/// `data-refused` says whether the drop would be refused.
pub fn render_preview(reader: &Reader, name: &str, span: Span, consequences: &[Consequence]) -> Markup {
    let words = reader.words();
    let day = words.day_short(reader.day(span.start()));
    let refused = consequences.iter().any(refuses);
    html! {
        div.preview data-refused=(refused) {
            strong {
                (words.say_with("rota-preview", &[("name", name.into()), ("day", day.into()), ("hours", reader.hours_short(span).into())]))
            }
            (lines(reader, consequences))
            p.how {
                @if refused { (words.say("rota-preview-refused")) } @else { (words.say("rota-preview-how")) }
            }
        }
    }
}

fn refuses(consequence: &Consequence) -> bool {
    matches!(consequence, Consequence::Breaks(finding) if finding.gravity == Gravity::Absolute)
}

/// Consequences as a list, the good ones ticked.
pub(super) fn lines(reader: &Reader, consequences: &[Consequence]) -> Markup {
    html! {
        ul.lines-short {
            @for consequence in consequences {
                @let (good, said) = said(reader, consequence);
                li .bad[!good] { (icon(if good { Icon::Check } else { Icon::Warn })) span { (said) } }
            }
        }
    }
}

/// Whether a consequence speaks for the move, and what it says.
fn said(reader: &Reader, consequence: &Consequence) -> (bool, String) {
    let words = reader.words();
    match consequence {
        Consequence::RulesKept => (true, words.say("rota-rules-kept")),
        Consequence::Speaks(language) => {
            (true, words.say_with("rota-speaks", &[("language", words.language_name(*language).into())]))
        }
        Consequence::Wished => (true, words.say("rota-wished")),
        Consequence::RatherNot => (false, words.say("rota-would-rather-not")),
        Consequence::Share { before, after } => {
            let values = [
                ("before", words.signed_hours(*before).into()),
                ("after", words.signed_hours(*after).into()),
            ];
            if after.abs() <= before.abs() {
                (true, words.say_with("rota-nearer", &values))
            } else {
                (false, words.say_with("rota-farther", &values))
            }
        }
        Consequence::Rest(minutes) => {
            (true, words.say_with("rota-rest", &[("rest", words.length(length(*minutes)).into())]))
        }
        Consequence::Breaks(finding) => (false, finding_words(reader, finding)),
    }
}

fn length(minutes: i64) -> Minutes {
    Minutes(u32::try_from(minutes).unwrap_or(0))
}

/// What is said once a place was given to `name`, or opened.
pub fn given_words(reader: &Reader, name: Option<&str>) -> String {
    match name {
        Some(name) => reader.words().say("rota-say-moved").replace("{name}", name),
        None => reader.words().say("rota-say-opened"),
    }
}
