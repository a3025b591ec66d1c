//! Words: every sentence a person reads, looked up by its key in the reader's language.
//!
//! Texts live in `locales/{language}/{page}.ftl`. French and English hold every key; German,
//! Italian, Dutch, Spanish and Chinese hold the visitor page only and fall back to English.
//! Authors write an ordinary space before `; : ! ? » %` and a straight apostrophe; loading turns
//! them into the narrow no-break space of French typography and the curved apostrophe.

mod dates;
mod faults;
mod holidays;
mod languages;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use domain::Language;
pub use fluent_bundle::FluentValue as Value;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

macro_rules! texts {
    ($language:literal: $($page:literal),+ $(,)?) => {
        &[$(($page, include_str!(concat!("../locales/", $language, "/", $page, ".ftl")))),+]
    };
}

/// Every text there is: language, then page and its file.
const TEXTS: &[(&str, &[(&str, &str)])] = &[
    (
        "fr",
        texts!("fr": "shell", "parts", "welcome", "sign_in", "mailbox", "today", "rota", "rules", "compare", "coverage",
        "me", "privacy", "problem", "my_shifts", "wishes", "inbox", "notebook", "visitor", "mail", "ics", "exchange",
        "team", "forms", "house", "pool", "shares", "invitation", "api_tokens", "my_ledger", "statements",
        "handovers", "agreements", "notices", "open_duties", "learners", "interventions", "books", "skills", "repair"),
    ),
    (
        "en",
        texts!("en": "shell", "parts", "welcome", "sign_in", "mailbox", "today", "rota", "rules", "compare", "coverage",
        "me", "privacy", "problem", "my_shifts", "wishes", "inbox", "notebook", "visitor", "mail", "ics", "exchange",
        "team", "forms", "house", "pool", "shares", "invitation", "api_tokens", "my_ledger", "statements",
        "handovers", "agreements", "notices", "open_duties", "learners", "interventions", "books", "skills", "repair"),
    ),
    ("de", texts!("de": "visitor")),
    ("it", texts!("it": "visitor")),
    ("nl", texts!("nl": "visitor")),
    ("es", texts!("es": "visitor")),
    ("zh", texts!("zh": "visitor")),
];

static BUNDLES: LazyLock<BTreeMap<&'static str, Bundle>> =
    LazyLock::new(|| TEXTS.iter().map(|(language, pages)| (*language, bundle(language, pages))).collect());

impl Words {
    /// The languages staff read.
    pub const STAFF: [&'static str; 2] = ["fr", "en"];
    /// The languages visitors read.
    pub const VISITORS: [&'static str; 7] = ["fr", "en", "de", "it", "nl", "es", "zh"];

    /// The words of `language`; of English where we have none of it.
    pub fn of(language: Language) -> Self {
        if BUNDLES.contains_key(language.code()) {
            Self { language }
        } else {
            Self { language: Language::EN }
        }
    }

    /// The language these words are of.
    pub fn language(self) -> Language {
        self.language
    }

    /// Whether these words are French.
    pub fn french(self) -> bool {
        self.language == Language::FR
    }

    /// What `key` says.
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// What `key` says of `values`: `say_with("today-gaps", &[("count", 3.into())])`.
    ///
    /// A key nobody wrote is a mistake that fails tests; in a running house the key itself is shown.
    pub fn say_with(self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let said =
            [self.language.code(), "en"].into_iter().find_map(|language| say_in(language, key, values));
        debug_assert!(said.is_some(), "no words for {key} in {}", self.language);
        said.unwrap_or_else(|| key.to_owned())
    }
}

/// What `key` says in exactly `language`.
fn say_in(language: &str, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
    let bundle = BUNDLES.get(language)?;
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> =
        values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "{key} in {language}: {errors:?}");
    Some(said)
}

fn bundle(language: &str, pages: &[(&str, &str)]) -> Bundle {
    let id: LanguageIdentifier = language.parse().expect("our own language tags are well formed");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Isolating marks would show as boxes in mails and break comparisons.
    bundle.set_use_isolating(false);
    for (page, text) in pages {
        let resource = FluentResource::try_new(typeset(language, text))
            .unwrap_or_else(|(_, errors)| panic!("{language}/{page}.ftl does not parse: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("{language}/{page}.ftl repeats a key: {errors:?}"));
    }
    bundle
}

/// The curved apostrophe everywhere, and French spacing in French.
fn typeset(language: &str, text: &str) -> String {
    let text = text.replace('\'', "’");
    if language != "fr" {
        return text;
    }
    [" ;", " :", " !", " ?", " »", " %", " €"]
        .into_iter()
        .fold(text, |text, mark| text.replace(mark, &mark.replace(' ', "\u{202f}")))
        .replace("« ", "«\u{202f}")
}
