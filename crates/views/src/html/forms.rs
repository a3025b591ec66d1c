//! Forms and their fields: text, choices, boxes, a new organisation; and a form again as it was sent,
//! with what is wrong beside each field.

use domain::{Calendar, Language, OrganisationId, Tz};
use maud::{Markup, html};

use super::{
    components::{banner, csrf, hidden},
    icons::{Icon, icon},
};
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

/// A form that was sent and refused: what it held, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// Which form of the page; empty where none was sent.
    pub form: &'static str,
    /// The fields as they were sent.
    pub values: Vec<(String, String)>,
    /// Fields, each with a sentence on what is wrong and what to do.
    pub wrong: Vec<(String, String)>,
}

/// One form of a page: its fields begin with what is usual, or are as somebody sent them.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Its name, which its fields' ids begin with.
    name: &'static str,
    /// Tells it from others of that name on one page.
    number: Option<u128>,
    reader: &'a Reader,
    sent: Option<&'a Filled>,
}

impl<'a> Form<'a> {
    /// The form `name`, filled as it was sent if it is the one that was.
    pub fn new(reader: &'a Reader, name: &'static str, filled: &'a Filled) -> Self {
        Self { name, number: None, reader, sent: (filled.form == name).then_some(filled) }
    }

    /// One of several forms of that name.
    pub fn numbered(self, number: u128) -> Self {
        Self { number: Some(number), ..self }
    }

    /// Whether `field` was sent as `value`.
    pub fn holds(self, field: &str, value: &str) -> bool {
        self.value(field, "") == value
    }

    /// Whether it was sent and refused.
    pub fn was_refused(self) -> bool {
        self.sent.is_some()
    }

    fn id(self, field: &str) -> String {
        let number = self.number.map(|number| format!("-{number:032x}")).unwrap_or_default();
        format!("{}-{}{number}", self.name, field.replace('_', "-"))
    }

    /// What the field begins with.
    fn value(self, field: &str, usual: &str) -> String {
        let sent = self.sent.map(|filled| filled.values.iter().find(|(name, _)| name == field));
        match sent {
            Some(value) => value.map(|(_, value)| value.clone()).unwrap_or_default(),
            None => usual.to_owned(),
        }
    }

    fn wrong(self, field: &str) -> Option<&'a str> {
        let wrong = &self.sent?.wrong;
        wrong.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// What must be read first where the form was refused: that nothing was done.
    pub fn refused(self) -> Markup {
        let words = self.reader.words();
        html! {
            @if let Some(filled) = self.sent {
                div role="alert" {
                    (banner("coral", Icon::Warn, &words.say_with("field-mend", &[("count", filled.wrong.len().into())])))
                }
            }
        }
    }

    /// A labelled line of text.
    pub fn text(self, name: &str, label: &str, usual: &str) -> Markup {
        self.input(name, "text", label, usual)
    }

    /// A labelled field of some kind.
    pub fn input(self, name: &str, kind: &str, label: &str, usual: &str) -> Markup {
        self.hinted(name, kind, label, usual, None)
    }

    /// The same with a line below that says what belongs into it.
    pub fn hinted(self, name: &str, kind: &str, label: &str, usual: &str, hint: Option<&str>) -> Markup {
        self.field((name, kind), label, usual, hint, true)
    }

    /// A labelled field that may stay empty.
    pub fn optional(self, name: &str, kind: &str, label: &str, usual: &str) -> Markup {
        self.field((name, kind), label, usual, None, false)
    }

    /// The same with a line below that says what an empty one means.
    pub fn may_stay_empty(self, name: &str, kind: &str, label: &str, hint: &str) -> Markup {
        self.field((name, kind), label, "", Some(hint), false)
    }

    fn field(
        self,
        (name, kind): (&str, &str),
        label: &str,
        usual: &str,
        hint: Option<&str>,
        required: bool,
    ) -> Markup {
        let id = self.id(name);
        let wrong = self.wrong(name);
        let first_wrong =
            self.sent.and_then(|filled| filled.wrong.first()).is_some_and(|(first, _)| first == name);
        html! {
            div.field {
                label for=(id) { (label) }
                input id=(id) name=(name) type=(kind) value=(self.value(name, usual)) required[required] autocomplete="off"
                    min=[(kind == "number").then_some("0")] autofocus[first_wrong]
                    aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[(wrong.is_some() || hint.is_some()).then(|| format!("{id}-hint"))];
                @if let Some(sentence) = wrong { p.hint.wrong id=(format!("{id}-hint")) { (sentence) } }
                @else if let Some(hint) = hint { p.hint id=(format!("{id}-hint")) { (hint) } }
            }
        }
    }

    /// A labelled choice.
    pub fn choose(self, name: &str, label: &str, all: &[Choice]) -> Markup {
        let id = self.id(name);
        let wrong = self.wrong(name);
        let usual = all.iter().find(|one| one.chosen).map_or("", |one| &*one.value);
        let chosen = self.value(name, usual);
        html! {
            div.field {
                label for=(id) { (label) }
                select id=(id) name=(name) aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[wrong.map(|_| format!("{id}-hint"))] {
                    @for one in all { option value=(one.value) selected[one.value == chosen] { (one.label) } }
                }
                @if let Some(sentence) = wrong { p.hint.wrong id=(format!("{id}-hint")) { (sentence) } }
            }
        }
    }

    /// Boxes to tick under one heading; `all` holds each box's name, its label, and whether it begins ticked.
    pub fn boxes(self, name: &str, legend: &str, all: &[(&str, String, bool)]) -> Markup {
        let wrong = self.wrong(name);
        let ticked = |field: &str, usual: bool| match self.sent {
            Some(filled) => filled.values.iter().any(|(name, _)| name == field),
            None => usual,
        };
        html! {
            fieldset aria-describedby=[wrong.map(|_| self.id(name))] {
                legend { (legend) }
                div.checks {
                    @for (field, label, usual) in all {
                        label.check { input type="checkbox" name=(field) value="true" checked[ticked(field, *usual)]; span { (label) } }
                    }
                }
                @if let Some(sentence) = wrong { p.hint.wrong id=(self.id(name)) { (sentence) } }
            }
        }
    }

    /// The language somebody is written to in.
    pub fn language(self, usual: Language) -> Markup {
        let words = self.reader.words();
        let one = |language: Language| Choice {
            value: language.code().to_owned(),
            label: words.language_name(language).to_owned(),
            chosen: language == usual,
        };
        self.choose("language", &words.say("form-language"), &[Language::FR, Language::EN].map(one))
    }

    /// The fields of a new organisation and of whoever comes first; `who` is the heading of the second part.
    pub fn organisation(self, usual: Usual, who: &str) -> Markup {
        let words = self.reader.words();
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
        let slug_hint = words.say("form-slug-hint");
        html! {
            div.two {
                (self.text("name", &words.say("form-name"), ""))
                (self.hinted("slug", "text", &words.say("form-slug"), "", Some(&slug_hint)))
            }
            div.two {
                (self.choose("zone", &words.say("form-zone"), &ZONES.map(zone)))
                (self.choose("calendar", &words.say("form-calendar"), &Calendar::ALL.map(calendar)))
            }
            div.two {
                (self.language(usual.language))
                (self.text("emergency", &words.say("form-emergency"), "112"))
            }
            h3 { (who) }
            (self.somebody())
        }
    }

    /// The fields of somebody to be invited.
    fn somebody(self) -> Markup {
        let words = self.reader.words();
        html! {
            div.two {
                (self.text("given_name", &words.say("form-given-name"), ""))
                (self.text("family_name", &words.say("form-family-name"), ""))
            }
            (self.input("email", "email", &words.say("form-email"), ""))
        }
    }
}

/// A form nobody sent.
pub static NOTHING_SENT: Filled = Filled { form: "", values: Vec::new(), wrong: Vec::new() };

/// Inviting once more whoever comes first to an organisation, where the letter was lost or the address
/// wrong; `filled` is of the form `first`.
pub fn first_again(reader: &Reader, filled: &Filled, action: &str, organisation: OrganisationId) -> Markup {
    let words = reader.words();
    let refused = Form::new(reader, "first", filled).holds("organisation", &organisation.to_string());
    let form = Form::new(reader, "first", if refused { filled } else { &NOTHING_SENT });
    let form = form.numbered(organisation.0.as_u128());
    html! {
        details.more open[refused] {
            summary.btn { (icon(Icon::Mail)) (words.say("form-first-again")) }
            form.stack method="post" action=(action) {
                (csrf(reader))
                (hidden("organisation", organisation))
                p.muted { (words.say("form-first-again-hint")) }
                (form.refused())
                (form.somebody())
                button.btn.primary { (words.say("form-first-again-do")) }
            }
        }
    }
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

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is there.
    Empty,
    /// No box is ticked.
    NoBox,
    /// Longer than this many letters.
    TooLong(usize),
    /// There are as many of its kind as we take.
    Enough(usize),
    /// No number between these.
    OutOfRange(i64, i64),
    /// A short name that somebody else has.
    Taken,
    /// Not a short name.
    NoSlug,
    /// Not an address.
    NoAddress,
    /// It comes before the beginning.
    BeforeTheBeginning,
    /// It does not come after the beginning.
    NotAfterTheBeginning,
    /// It is not over yet.
    NotOver,
    /// An intervention at a time of which one is known.
    Known,
    /// Not what belongs there.
    Unreadable,
}

impl Wrong {
    /// What is wrong, and what to do.
    pub fn sentence(self, reader: &Reader) -> String {
        let words = reader.words();
        match self {
            Self::Empty => words.say("field-empty"),
            Self::NoBox => words.say("field-no-role"),
            Self::TooLong(most) => words.say_with("field-too-long", &[("most", most.into())]),
            Self::Enough(most) => words.say_with("field-enough", &[("most", most.into())]),
            Self::OutOfRange(least, most) => {
                words.say_with("field-out-of-range", &[("least", least.into()), ("most", most.into())])
            }
            Self::Taken => words.say("field-taken"),
            Self::NoSlug => words.say("field-no-slug"),
            Self::NoAddress => words.say("refusal-email-is-wrong"),
            Self::BeforeTheBeginning => words.say("field-before"),
            Self::NotAfterTheBeginning => words.say("field-not-after"),
            Self::NotOver => words.say("field-not-over"),
            Self::Known => words.say("field-known"),
            Self::Unreadable => words.say("field-unreadable"),
        }
    }
}

/// What was just done, in a sentence; nothing for a word that no page of ours sends.
pub fn done(reader: &Reader, word: &str) -> Option<String> {
    let key = match word {
        "board" => "done-board",
        "board-there" => "done-board-there",
        "office" => "done-office",
        "pool" => "done-pool",
        "need" => "done-need",
        "need-ended" => "done-need-ended",
        "calendar" => "done-calendar",
        "day" => "done-day",
        "as-usual" => "done-as-usual",
        "figures" => "done-figures",
        "invited" => "done-invited",
        "again" => "done-again",
        "withdrawn" => "done-withdrawn",
        "left" => "done-left",
        "skills" => "done-skills",
        "retention" => "done-retention",
        "held" => "done-held",
        "released" => "done-released",
        "erased" => "done-erased",
        "offered" => "done-offered",
        "taken" => "done-taken",
        "refused" => "done-refused",
        "taken-back" => "done-taken-back",
        "handed-over" => "done-handed-over",
        "approval" => "done-approval",
        "agreed" => "done-agreed",
        "agreement-ended" => "done-agreement-ended",
        "outside" => "done-outside",
        "outside-gone" => "done-outside-gone",
        "intervention" => "done-intervention",
        "intervention-corrected" => "done-intervention-corrected",
        "intervention-gone" => "done-intervention-gone",
        "terms" => "done-terms",
        "exempt" => "done-exempt",
        "exempt-no-more" => "done-exempt-no-more",
        "rate" => "done-rate",
        "rate-gone" => "done-rate-gone",
        _ => return None,
    };
    Some(reader.words().say(key))
}

pub(crate) fn calendar_key(calendar: Calendar) -> &'static str {
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
        Calendar::Bern => "calendar-bern",
        Calendar::Fribourg => "calendar-fribourg",
        Calendar::Geneva => "calendar-geneva",
        Calendar::Jura => "calendar-jura",
        Calendar::Neuchatel => "calendar-neuchatel",
        Calendar::Valais => "calendar-valais",
        Calendar::Vaud => "calendar-vaud",
    }
}
