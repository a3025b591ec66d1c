//! People, what they may do, and what they wish.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{AbsenceId, EmploymentId, Minutes, OrganisationId, PersonId, Skills, Span};

/// What a person may do in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plans the pool's rota, at a board.
    Planner,
    /// Stands watch and answers, employed by an office.
    Advisor,
    /// Buys coverage and sees what it brought, at an office.
    Manager,
}

impl Role {
    /// Every role, in the order a page lists them.
    pub const ALL: [Self; 3] = [Self::Planner, Self::Advisor, Self::Manager];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Advisor => "advisor",
            Self::Manager => "manager",
        }
    }

    /// The role written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A language, as the two lower-case letters of ISO 639-1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// French.
    pub const FR: Self = Self(*b"fr");
    /// English.
    pub const EN: Self = Self(*b"en");

    /// The two letters of every language there is, by ISO 639-1.
    #[rustfmt::skip]
    pub const ALL: [&str; 183] = [
        "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be",
        "bg", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu",
        "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa",
        "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he",
        "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io",
        "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko",
        "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu",
        "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd",
        "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa",
        "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se",
        "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw",
        "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty",
        "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh",
        "zu",
    ];

    /// Whether there is such a language: two letters are soon typed, and `xx` is none.
    pub fn exists(&self) -> bool {
        Self::ALL.binary_search(&self.code()).is_ok()
    }

    /// The language whose tag starts with `tag`'s first two letters: `de-AT` is `de`.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut letters = tag.trim().bytes();
        let two = [letters.next()?.to_ascii_lowercase(), letters.next()?.to_ascii_lowercase()];
        let ends = letters.next().is_none_or(|next| matches!(next, b'-' | b'_' | b';'));
        (ends && two.iter().all(u8::is_ascii_lowercase)).then_some(Self(two))
    }

    /// The two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("both bytes are ASCII letters")
    }

    /// The two letters in capitals, as a badge shows them.
    pub fn badge(&self) -> String {
        self.code().to_ascii_uppercase()
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a language is two letters, like fr"))
    }
}

/// Somebody as their colleagues know them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The first name, which visitors may see.
    pub given_name: String,
    /// The family name, which visitors never see.
    pub family_name: String,
    /// The languages they answer in, best first.
    pub languages: Vec<Language>,
    /// At which levels, which destinations they know besides those they work for, and on which
    /// channels they answer.
    #[serde(default)]
    pub skills: Skills,
}

impl Person {
    /// Given and family name.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// The initials on an avatar: the first letter of each name.
    pub fn initials(&self) -> String {
        [&self.given_name, &self.family_name].into_iter().filter_map(|name| name.chars().next()).collect()
    }

    /// Whether they answer in `language`.
    pub fn speaks(&self, language: Language) -> bool {
        self.languages.contains(&language)
    }
}

/// Under which law somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Code du travail (private law).
    FrancePrivate,
    /// French civil service.
    FrancePublic,
    /// Code du travail with the local law of Alsace and Moselle.
    AlsaceMoselle,
    /// Quebec, Act respecting labour standards.
    Quebec,
    /// Switzerland, Labour Act and its first ordinance.
    Switzerland,
    /// Belgium, Labour Act of 16 March 1971.
    Belgium,
    /// Directive 2003/88/EC alone: the least that holds in every member state.
    EuropeanUnion,
}

impl Law {
    /// Every law profile.
    pub const ALL: [Self; 7] = [
        Self::FrancePrivate,
        Self::FrancePublic,
        Self::AlsaceMoselle,
        Self::Quebec,
        Self::Switzerland,
        Self::Belgium,
        Self::EuropeanUnion,
    ];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::FrancePrivate => "france_private",
            Self::FrancePublic => "france_public",
            Self::AlsaceMoselle => "alsace_moselle",
            Self::Quebec => "quebec",
            Self::Switzerland => "switzerland",
            Self::Belgium => "belgium",
            Self::EuropeanUnion => "european_union",
        }
    }

    /// The law written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|law| law.word() == word)
    }
}

/// A person's work for one organisation. Several at once are possible (shared part-time).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Employment {
    /// Its id.
    pub id: EmploymentId,
    /// Who works.
    pub person: PersonId,
    /// For whom.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// Under which law.
    pub law: Law,
    /// Contract minutes a week.
    pub weekly: Minutes,
    /// When the person was born, if the employer says so: nobody under age stands watch. For the employer
    /// and whoever plans the person, and nobody else.
    pub born: Option<NaiveDate>,
}

impl Employment {
    /// Whether it runs on `day`.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }

    /// Whether it shares a day with a time from `from` to `until`, both included.
    pub fn meets(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        self.until.is_none_or(|last| from <= last) && until.is_none_or(|last| self.from <= last)
    }
}

/// What somebody says of a day before the rota is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// Refuses everywhere, like an absence.
    Cant,
    /// Only if nobody else can.
    RatherNot,
    /// Would like a duty.
    Wish,
}

impl WishKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Cant, Self::RatherNot, Self::Wish];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cant => "cant",
            Self::RatherNot => "rather_not",
            Self::Wish => "wish",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What somebody said of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// The day, in the pool's zone.
    pub day: NaiveDate,
    /// What they said.
    pub kind: WishKind,
}

/// A time during which somebody is away. Why is another matter, and for few eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// From when to when.
    pub span: Span,
}
