//! Hours and languages, as programs write them.

use std::borrow::Cow;

use chrono::NaiveTime;
use domain::{Days, Language, Window};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A kind of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// Mondays that are no public holidays, and so on.
    Monday,
    /// Tuesdays.
    Tuesday,
    /// Wednesdays.
    Wednesday,
    /// Thursdays.
    Thursday,
    /// Fridays.
    Friday,
    /// Saturdays.
    Saturday,
    /// Sundays.
    Sunday,
    /// Public holidays, whatever weekday they fall on.
    Holiday,
}

const DAYS: [Day; 8] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
    Day::Holiday,
];

/// A time of day as clocks show it: `18:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall(pub NaiveTime);

impl Serialize for Wall {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.format("%H:%M").to_string())
    }
}

impl<'de> Deserialize<'de> for Wall {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wall = NaiveTime::parse_from_str(&text, "%H:%M").ok().filter(|_| text.len() == 5);
        wall.map(Self).ok_or_else(|| D::Error::custom("must be a time of day such as 18:00"))
    }
}

impl PartialSchema for Wall {
    fn schema() -> RefOr<Schema> {
        pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$", "A time of day as clocks show it, such as 18:00.")
    }
}

impl ToSchema for Wall {
    fn name() -> Cow<'static, str> {
        "Wall".into()
    }
}

/// A language: the two small letters of ISO 639-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tongue(pub Language);

impl Serialize for Tongue {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.code())
    }
}

impl<'de> Deserialize<'de> for Tongue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
        let language = Language::parse(&text).filter(|language| plain && language.exists());
        let must = "must be the two small letters of a language, such as fr";
        language.map(Self).ok_or_else(|| D::Error::custom(must))
    }
}

impl PartialSchema for Tongue {
    fn schema() -> RefOr<Schema> {
        pattern(&format!("^{}$", letters()), "A language: the two small letters of ISO 639-1, such as fr.")
    }
}

impl ToSchema for Tongue {
    fn name() -> Cow<'static, str> {
        "Tongue".into()
    }
}

/// A language with the level at which it is spoken or asked for, where one is said: `de`, `de-B2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken(pub domain::Spoken);

impl Serialize for Spoken {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Spoken {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let fits = |spoken: &domain::Spoken| spoken.to_string() == text && spoken.language.exists();
        let spoken = domain::Spoken::parse(&text).filter(fits);
        let must =
            "must be the two small letters of a language such as fr, alone or with a level such as de-B2";
        spoken.map(Self).ok_or_else(|| D::Error::custom(must))
    }
}

impl PartialSchema for Spoken {
    fn schema() -> RefOr<Schema> {
        pattern(
            &format!("^{}(-[ABC][12])?$", letters()),
            "A language as in ISO 639-1, with a level of the CEFR where one is said: fr, de-B2. Without a level, \
             somebody's is sufficient for any, and a need takes anybody who speaks it.",
        )
    }
}

impl ToSchema for Spoken {
    fn name() -> Cow<'static, str> {
        "Spoken".into()
    }
}

/// `languages` with their levels.
pub fn spoken(skills: &domain::Skills, languages: &[Language]) -> Vec<Spoken> {
    skills.spoken(languages).into_iter().map(Spoken).collect()
}

/// The letters of every language, as a pattern has them.
fn letters() -> String {
    format!("({})", Language::ALL.join("|"))
}

fn pattern(pattern: &str, about: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .description(Some(about))
        .build()
        .into()
}

/// Hours on certain days, as clocks show them there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On which days they begin.
    #[schema(min_items = 1, max_items = 8)]
    pub days: Vec<Day>,
    /// When they begin.
    pub from: Wall,
    /// When they end: after midnight if that is not later than `from`.
    pub until: Wall,
}

impl From<Hours> for Window {
    fn from(hours: Hours) -> Self {
        let bit = |day: Day| DAYS.iter().position(|one| *one == day).map_or(0, |place| 1_u8 << place);
        let days = hours.days.into_iter().fold(0, |days, day| days | bit(day));
        Self { days: Days(days), from: hours.from.0, until: hours.until.0 }
    }
}

impl From<Window> for Hours {
    fn from(window: Window) -> Self {
        let holds = |place: usize| window.days.0 & (1 << place) != 0;
        let days = DAYS.iter().enumerate().filter(|(place, _)| holds(*place)).map(|(_, day)| *day).collect();
        Self { days, from: Wall(window.from), until: Wall(window.until) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_come_back_as_they_went() {
        let window = Window {
            days: Days::WORKDAYS.and(Days::HOLIDAYS),
            from: NaiveTime::from_hms_opt(18, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(22, 30, 0).unwrap(),
        };
        let json = serde_json::to_string(&Hours::from(window)).unwrap();
        assert_eq!(
            json,
            r#"{"days":["monday","tuesday","wednesday","thursday","friday","holiday"],"from":"18:00","until":"22:30"}"#
        );
        assert_eq!(Window::from(serde_json::from_str::<Hours>(&json).unwrap()), window);
    }

    #[test]
    fn what_is_no_time_or_language_is_refused() {
        for wrong in ["\"24:00\"", "\"9:00\"", "\"18:00:00\"", "18"] {
            assert!(serde_json::from_str::<Wall>(wrong).is_err(), "{wrong}");
        }
        for wrong in ["\"FR\"", "\"fra\"", "\"f\"", "\"fr-FR\""] {
            assert!(serde_json::from_str::<Tongue>(wrong).is_err(), "{wrong}");
        }
        assert_eq!(serde_json::from_str::<Spoken>("\"de-B2\"").unwrap().0.to_string(), "de-B2");
        for wrong in ["\"DE-B2\"", "\"de-b2\"", "\"de-B3\"", "\"de-AT\"", "\" de\""] {
            assert!(serde_json::from_str::<Spoken>(wrong).is_err(), "{wrong}");
        }
    }
}
