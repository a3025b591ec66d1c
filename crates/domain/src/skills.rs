//! What somebody brings to a duty, and what a need asks of a lead: languages with a level, destinations
//! known, channels answered on.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{ChannelKind, Language, OrganisationId};

/// How well a language is spoken, by the Common European Framework (CEFR).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Everyday phrases.
    A1,
    /// Simple exchanges.
    A2,
    /// Most situations of a journey.
    B1,
    /// Fluent talk.
    B2,
    /// At ease in every matter.
    C1,
    /// As those who grew up with it.
    C2,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 6] = [Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    /// The word stored in tables, which everybody knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
        }
    }

    /// The level written as `word`, in capitals or not, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word().eq_ignore_ascii_case(word))
    }
}

/// A language, and at which level it is spoken or asked for; none where it is not said: somebody's is
/// then sufficient for whatever is asked, and a need takes anybody who speaks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spoken {
    /// The language.
    pub language: Language,
    /// The level, if it is said.
    pub level: Option<Level>,
}

impl Spoken {
    /// What `text` says: `de`, or `de-B2`.
    pub fn parse(text: &str) -> Option<Self> {
        let (tag, level) = match text.trim().split_once('-') {
            Some((tag, level)) => (tag, Some(Level::from_word(level)?)),
            None => (text.trim(), None),
        };
        let language = Language::parse(tag).filter(|_| tag.len() == 2)?;
        Some(Self { language, level })
    }
}

impl std::fmt::Display for Spoken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.language.code())?;
        self.level.map_or(Ok(()), |level| write!(f, "-{}", level.word()))
    }
}

/// What is brought, or asked of a lead, beside the languages themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Skills {
    /// The levels of those languages of which one is said.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<Language, Level>,
    /// Destinations, by the office that looks after them. A person knows those besides that they work for.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub destinations: BTreeSet<OrganisationId>,
    /// Channels. A person of whom none is said answers on all of them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub channels: BTreeSet<ChannelKind>,
}

impl Skills {
    /// Languages in their order, each once, and the levels said of them: of one that stands twice, the
    /// first.
    pub fn of_spoken(spoken: impl IntoIterator<Item = Spoken>) -> (Vec<Language>, Self) {
        let (mut languages, mut skills) = (Vec::new(), Self::default());
        for one in spoken {
            if languages.contains(&one.language) {
                continue;
            }
            languages.push(one.language);
            if let Some(level) = one.level {
                skills.levels.insert(one.language, level);
            }
        }
        (languages, skills)
    }

    /// `languages` with the levels said of them.
    pub fn spoken(&self, languages: &[Language]) -> Vec<Spoken> {
        let one =
            |language: &Language| Spoken { language: *language, level: self.levels.get(language).copied() };
        languages.iter().map(one).collect()
    }

    /// Everything of it one by one, languages only where a level is said; `names` says what offices are
    /// called.
    pub fn listed(&self, names: &BTreeMap<OrganisationId, String>) -> Vec<Skill> {
        let levels = self.levels.iter().map(|(language, level)| Skill::of_language(*language, Some(*level)));
        let destinations = self.destinations.iter().map(|office| Skill::destination(*office, names));
        let channels = self.channels.iter().map(|channel| Skill::Channel { channel: *channel });
        levels.chain(destinations).chain(channels).collect()
    }
}

/// One thing that is asked for, or missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Skill {
    /// Speaking a language, at this level at least if one is said.
    Language {
        /// Which.
        language: Language,
        /// How well at least.
        level: Option<Level>,
        /// How well whoever lacks it speaks it; none where they do not, or nobody lacks it.
        #[serde(default)]
        spoken: Option<Level>,
    },
    /// Knowing a destination.
    Destination {
        /// The office that looks after it.
        office: OrganisationId,
        /// What the office is called; empty where it is out of sight.
        name: String,
    },
    /// Answering on a channel.
    Channel {
        /// Which.
        channel: ChannelKind,
    },
}

impl Skill {
    /// Speaking a language, at `level` at least if one is said.
    pub fn of_language(language: Language, level: Option<Level>) -> Self {
        Self::Language { language, level, spoken: None }
    }

    /// Whether whoever accepted that this is lacking accepted that `other` is: the same thing, and lacking no
    /// more. What an office is called is no part of it.
    pub fn excuses(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Language { language, level, spoken },
                Self::Language { language: other, level: asked, spoken: theirs },
            ) => (language, level) == (other, asked) && spoken <= theirs,
            (Self::Destination { office, .. }, Self::Destination { office: other, .. }) => office == other,
            (Self::Channel { channel }, Self::Channel { channel: other }) => channel == other,
            _ => false,
        }
    }

    /// Knowing the destination of `office`, by its name if it is known.
    pub fn destination(office: OrganisationId, names: &BTreeMap<OrganisationId, String>) -> Self {
        Self::Destination { office, name: names.get(&office).cloned().unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_language_may_carry_a_level_and_nothing_else() {
        let read = |text: &str| Spoken::parse(text).map(|spoken| spoken.to_string());
        assert_eq!(read("de").as_deref(), Some("de"));
        assert_eq!(read(" de-b2 ").as_deref(), Some("de-B2"));
        for wrong in ["", "deu", "d", "de-", "de-B7", "de-AT", "de-B2-C1", "-B2"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_of_languages_is_read_as_it_was(
            all in proptest::collection::vec(("[a-z]{2}", proptest::option::of(0usize..6)), 0..5),
        ) {
            let spoken = all.iter().map(|(code, level)| Spoken {
                language: Language::parse(code).unwrap(),
                level: level.map(|level| Level::ALL[level]),
            });
            let (languages, skills) = Skills::of_spoken(spoken);
            let written: Vec<String> = skills.spoken(&languages).iter().map(Spoken::to_string).collect();
            let read = written.iter().filter_map(|text| Spoken::parse(text));
            prop_assert_eq!(Skills::of_spoken(read), (languages, skills));
        }
    }
}
