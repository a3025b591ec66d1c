//! Who reads: in which language, by which clock, in which light.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::{Language, Span, time};

use crate::Words;

/// The light a page is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the reader's system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order a page lists them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The word in forms, cookies and `data-theme`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// What every page must know of whoever reads it.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The language to write in.
    pub language: Language,
    /// The light to show it in.
    pub theme: Theme,
    /// Where the wall clocks hang that the page speaks of.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// The token every form carries.
    pub csrf: String,
}

impl Reader {
    /// The reader's words.
    pub fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// What the reader's wall clock shows at `instant`.
    pub fn wall(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        time::wall(instant, self.zone)
    }

    /// The reader's civil day at `instant`.
    pub fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        time::day(instant, self.zone)
    }

    /// Today, where the reader is.
    pub fn today(&self) -> NaiveDate {
        self.day(self.now)
    }

    /// The time of day at `instant`, as "18:00".
    pub fn time(&self, instant: DateTime<Utc>) -> String {
        self.words().time(self.wall(instant).time())
    }

    /// The hours of `span`, as "18:00–22:00".
    pub fn hours(&self, span: Span) -> String {
        self.words().hours(self.wall(span.start()).time(), self.wall(span.end()).time())
    }

    /// The hours of `span` for narrow places, as "18–22".
    pub fn hours_short(&self, span: Span) -> String {
        self.words().hours_short(self.wall(span.start()).time(), self.wall(span.end()).time())
    }

    /// The day of `instant` as one would say it: "today", "tomorrow", "Friday 4 December".
    pub fn near_day(&self, instant: DateTime<Utc>) -> String {
        self.words().near_day(self.day(instant), self.today())
    }
}
