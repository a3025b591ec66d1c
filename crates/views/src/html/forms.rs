//! Fields that several forms share: text, choices, a zone, holidays, a language, a new organisation.

use domain::{Calendar, Language, Tz};
use maud::{Markup, html};

use crate::Reader;

/// Zones that offices lie in, the usual one first. Others are set by the operator.
pub const ZONES: [Tz; 14] = [
    Tz::Europe__Paris,
    Tz::Europe__Brussels,
    Tz::Europe__Luxembourg,
    Tz::Europe__Zurich,
    Tz::America__Toronto,
    Tz::America__Martinique,
    Tz::America__Guadeloupe,
    Tz::America__Cayenne,
    Tz::America__Miquelon,
    Tz::Indian__Reunion,
    Tz::Indian__Mayotte,
    Tz::Pacific__Noumea,
    Tz::Pacific__Tahiti,
    Tz::UTC,
];

/// One of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is the one the form begins with.
    pub chosen: bool,
}

/// A labelled line of text.
pub fn text(name: &str, label: &str, value: &str) -> Markup {
    input(name, "text", label, value)
}

/// A labelled field of some kind.
pub fn input(name: &str, kind: &str, label: &str, value: &str) -> Markup {
    let id = format!("f-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) name=(name) type=(kind) value=(value) required autocomplete="off";
        }
    }
}

/// A labelled choice.
pub fn choose(name: &str, label: &str, all: &[Choice]) -> Markup {
    let id = format!("f-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for one in all { option value=(one.value) selected[one.chosen] { (one.label) } }
            }
        }
    }
}

/// The language somebody is written to in.
pub fn language(reader: &Reader, chosen: Language) -> Markup {
    let words = reader.words();
    let one = |language: Language| Choice {
        value: language.code().to_owned(),
        label: words.language_name(language).to_owned(),
        chosen: language == chosen,
    };
    choose("language", &words.say("form-language"), &[Language::FR, Language::EN].map(one))
}

/// What a form for a new organisation begins with.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    /// Where its clocks hang.
    pub zone: Tz,
    /// Its holidays.
    pub calendar: Calendar,
    /// Its language.
    pub language: Language,
}

/// The fields of a new organisation and of whoever comes first; `who` is the heading of the second part.
pub fn organisation(reader: &Reader, usual: Usual, who: &str) -> Markup {
    let words = reader.words();
    let zone = |zone: Tz| Choice {
        value: zone.name().to_owned(),
        label: zone.name().replace('_', " "),
        chosen: zone == usual.zone,
    };
    let calendar = |calendar: Calendar| Choice {
        value: calendar.word().to_owned(),
        label: words.say(calendar_key(calendar)),
        chosen: calendar == usual.calendar,
    };
    html! {
        div.two {
            (text("name", &words.say("form-name"), ""))
            div.field {
                label for="f-slug" { (words.say("form-slug")) }
                input #f-slug name="slug" type="text" required autocomplete="off" spellcheck="false"
                    pattern="[a-z0-9][a-z0-9\\-]*[a-z0-9]" maxlength="40" aria-describedby="f-slug-hint";
                p #f-slug-hint .hint { (words.say("form-slug-hint")) }
            }
        }
        div.two {
            (choose("zone", &words.say("form-zone"), &ZONES.map(zone)))
            (choose("calendar", &words.say("form-calendar"), &Calendar::ALL.map(calendar)))
        }
        div.two {
            (language(reader, usual.language))
            (text("emergency", &words.say("form-emergency"), "112"))
        }
        h3 { (who) }
        div.two {
            (text("given_name", &words.say("form-given-name"), ""))
            (text("family_name", &words.say("form-family-name"), ""))
        }
        (input("email", "email", &words.say("form-email"), ""))
    }
}

fn calendar_key(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::France => "calendar-france",
        Calendar::AlsaceMoselle => "calendar-alsace-moselle",
        Calendar::AlsaceMoselleGoodFriday => "calendar-alsace-moselle-good-friday",
        Calendar::Guadeloupe => "calendar-guadeloupe",
        Calendar::Martinique => "calendar-martinique",
        Calendar::Guyane => "calendar-guyane",
        Calendar::Reunion => "calendar-reunion",
        Calendar::Mayotte => "calendar-mayotte",
        Calendar::SaintBarthelemy => "calendar-saint-barthelemy",
        Calendar::SaintMartin => "calendar-saint-martin",
        Calendar::Quebec => "calendar-quebec",
        Calendar::QuebecEasterMonday => "calendar-quebec-easter-monday",
        Calendar::Belgium => "calendar-belgium",
        Calendar::Luxembourg => "calendar-luxembourg",
        Calendar::Switzerland => "calendar-switzerland",
    }
}
