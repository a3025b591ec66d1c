//! Public holidays, computed from the statutes.
//!
//! Where a statute leaves a choice, each choice is a calendar of its own: in Quebec the employer
//! gives Good Friday *or* Easter Monday, in Alsace and Moselle Good Friday is kept only by communes
//! with a Protestant temple or a mixed church. 25 June, for those who never work on Sundays when
//! 24 June is one, is a matter of each contract and not a holiday of the calendar. Of Switzerland
//! there are the days that every canton keeps, and the whole list of the cantons that speak French;
//! what a commune adds is a dated exception of its office.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

mod statutes;

/// Whose public holidays are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// France (Code du travail, L3133-1): eleven days.
    France,
    /// Alsace and Moselle (L3134-13): 26 December too.
    AlsaceMoselle,
    /// Communes of Alsace and Moselle with a Protestant temple or a mixed church: Good Friday too.
    AlsaceMoselleGoodFriday,
    /// Guadeloupe (L3422-2): 27 May too.
    Guadeloupe,
    /// Martinique (L3422-2): 22 May too.
    Martinique,
    /// French Guiana (L3422-2): 10 June too.
    Guyane,
    /// La Réunion (L3422-2): 20 December too.
    Reunion,
    /// Mayotte (L3422-2): 27 April too.
    Mayotte,
    /// Saint-Barthélemy (L3422-2): 9 October too.
    SaintBarthelemy,
    /// Saint-Martin (L3422-2): 27 May too.
    SaintMartin,
    /// Quebec (Act respecting labour standards, s. 60, and the National Holiday Act): eight days,
    /// Good Friday among them.
    Quebec,
    /// Quebec where the employer gives Easter Monday in place of Good Friday.
    QuebecEasterMonday,
    /// Belgium (Act of 4 January 1974): ten days.
    Belgium,
    /// Luxembourg (Code du travail, L.232-2): eleven days.
    Luxembourg,
    /// Switzerland: 1 August (Constitution, art. 110) and the three days every canton keeps.
    Switzerland,
    /// The canton of Bern.
    Bern,
    /// The canton of Fribourg, where its communes keep the Catholic days.
    Fribourg,
    /// The canton of Geneva.
    Geneva,
    /// The canton of Jura.
    Jura,
    /// The canton of Neuchâtel.
    Neuchatel,
    /// The canton of Valais.
    Valais,
    /// The canton of Vaud.
    Vaud,
}

impl Calendar {
    /// Every calendar.
    pub const ALL: [Self; 22] = [
        Self::France,
        Self::AlsaceMoselle,
        Self::AlsaceMoselleGoodFriday,
        Self::Guadeloupe,
        Self::Martinique,
        Self::Guyane,
        Self::Reunion,
        Self::Mayotte,
        Self::SaintBarthelemy,
        Self::SaintMartin,
        Self::Quebec,
        Self::QuebecEasterMonday,
        Self::Belgium,
        Self::Luxembourg,
        Self::Switzerland,
        Self::Bern,
        Self::Fribourg,
        Self::Geneva,
        Self::Jura,
        Self::Neuchatel,
        Self::Valais,
        Self::Vaud,
    ];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::France => "france",
            Self::AlsaceMoselle => "alsace_moselle",
            Self::AlsaceMoselleGoodFriday => "alsace_moselle_good_friday",
            Self::Guadeloupe => "guadeloupe",
            Self::Martinique => "martinique",
            Self::Guyane => "guyane",
            Self::Reunion => "reunion",
            Self::Mayotte => "mayotte",
            Self::SaintBarthelemy => "saint_barthelemy",
            Self::SaintMartin => "saint_martin",
            Self::Quebec => "quebec",
            Self::QuebecEasterMonday => "quebec_easter_monday",
            Self::Belgium => "belgium",
            Self::Luxembourg => "luxembourg",
            Self::Switzerland => "switzerland",
            Self::Bern => "bern",
            Self::Fribourg => "fribourg",
            Self::Geneva => "geneva",
            Self::Jura => "jura",
            Self::Neuchatel => "neuchatel",
            Self::Valais => "valais",
            Self::Vaud => "vaud",
        }
    }

    /// The calendar written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|calendar| calendar.word() == word)
    }

    /// Whether it is Switzerland's, or one of its cantons'.
    pub fn is_swiss(self) -> bool {
        matches!(
            self,
            Self::Switzerland
                | Self::Bern
                | Self::Fribourg
                | Self::Geneva
                | Self::Jura
                | Self::Neuchatel
                | Self::Valais
                | Self::Vaud
        )
    }

    /// Whether the statutes of Quebec name its days.
    fn is_quebec(self) -> bool {
        matches!(self, Self::Quebec | Self::QuebecEasterMonday)
    }

    /// Whether `day` is a public holiday.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        self.holiday_on(day).is_some()
    }

    /// Whether `day` is free for those who never work on Sundays, because the holiday was one:
    /// 25 June in Quebec when 24 June is a Sunday (National Holiday Act, s. 5).
    pub fn in_lieu_on(self, day: NaiveDate) -> bool {
        self.is_quebec() && (day.month(), day.day(), day.weekday()) == (6, 25, Weekday::Mon)
    }

    /// The public holiday that falls on `day`.
    ///
    /// When two share a day (Ascension on 1 May or on 8 May), the first in the order of the statute.
    pub fn holiday_on(self, day: NaiveDate) -> Option<Holiday> {
        self.holidays().find(|holiday| self.date_of(*holiday, day.year()) == Some(day))
    }

    /// The holidays it keeps: those of the statute in its order, then what a region adds.
    pub fn holidays(self) -> impl Iterator<Item = Holiday> {
        let (common, own) = statutes::days(self);
        common.iter().chain(own).copied()
    }

    /// The day of `holiday` in `year`; `None` if this calendar does not keep it, or not in that year.
    pub fn day_of(self, holiday: Holiday, year: i32) -> Option<NaiveDate> {
        self.holidays().find(|kept| *kept == holiday).and_then(|holiday| self.date_of(holiday, year))
    }

    /// The same of a holiday it keeps.
    fn date_of(self, holiday: Holiday, year: i32) -> Option<NaiveDate> {
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        match holiday {
            Holiday::NewYear => fixed(1, 1),
            Holiday::GoodFriday => easter(year)?.checked_sub_days(Days::new(2)),
            Holiday::EasterMonday => easter(year)?.checked_add_days(Days::new(1)),
            Holiday::LabourDay if self.is_quebec() => {
                NaiveDate::from_weekday_of_month_opt(year, 9, Weekday::Mon, 1)
            }
            Holiday::LabourDay => fixed(5, 1),
            Holiday::VictoryDay => fixed(5, 8),
            Holiday::Ascension => easter(year)?.checked_add_days(Days::new(39)),
            Holiday::WhitMonday => easter(year)?.checked_add_days(Days::new(50)),
            // "The Monday preceding 25 May": never 25 May itself.
            Holiday::PatriotsDay => fixed(5, 24).map(crate::time::monday_of),
            Holiday::EuropeDay => fixed(5, 9),
            Holiday::Abolition => self.abolition().and_then(|(month, day)| fixed(month, day)),
            Holiday::NationalDay => {
                let (month, day) = self.national_day();
                fixed(month, day)
            }
            Holiday::CanadaDay => fixed(7, 1).map(|first| match first.weekday() {
                Weekday::Sun => first + Days::new(1),
                _ => first,
            }),
            Holiday::Assumption => fixed(8, 15),
            Holiday::Thanksgiving => NaiveDate::from_weekday_of_month_opt(year, 10, Weekday::Mon, 2),
            Holiday::AllSaints => fixed(11, 1),
            Holiday::Armistice => fixed(11, 11),
            Holiday::Christmas => fixed(12, 25),
            // Neuchâtel keeps the day after only where the holiday itself is a Sunday.
            Holiday::StStephen => fixed(12, 26).filter(|day| self.keeps_after_a_sunday(*day)),
            Holiday::Berchtold => fixed(1, 2).filter(|day| self.keeps_after_a_sunday(*day)),
            Holiday::RepublicDay => fixed(3, 1),
            Holiday::StJoseph => fixed(3, 19),
            Holiday::CorpusChristi => easter(year)?.checked_add_days(Days::new(60)),
            Holiday::JuraDay => fixed(6, 23),
            Holiday::GenevaFast => {
                NaiveDate::from_weekday_of_month_opt(year, 9, Weekday::Sun, 1)?.checked_add_days(Days::new(4))
            }
            Holiday::FastMonday => {
                NaiveDate::from_weekday_of_month_opt(year, 9, Weekday::Sun, 3)?.checked_add_days(Days::new(1))
            }
            Holiday::ImmaculateConception => fixed(12, 8),
            Holiday::Restoration => fixed(12, 31),
        }
    }

    fn keeps_after_a_sunday(self, day: NaiveDate) -> bool {
        self != Self::Neuchatel || day.weekday() == Weekday::Mon
    }

    /// The statute that names `holiday` here; cantons by the Federal Act on Labour, art. 20a, and
    /// their own law as far as we name one.
    pub fn source(self, holiday: Holiday) -> &'static str {
        statutes::source(self, holiday)
    }

    /// Month and day of the nation's own day.
    fn national_day(self) -> (u32, u32) {
        match self {
            Self::Quebec | Self::QuebecEasterMonday => (6, 24),
            Self::Belgium => (7, 21),
            Self::Luxembourg => (6, 23),
            one if one.is_swiss() => (8, 1),
            _ => (7, 14),
        }
    }

    /// Month and day on which slavery's end is kept overseas.
    fn abolition(self) -> Option<(u32, u32)> {
        match self {
            Self::Guadeloupe | Self::SaintMartin => Some((5, 27)),
            Self::Martinique => Some((5, 22)),
            Self::Guyane => Some((6, 10)),
            Self::Reunion => Some((12, 20)),
            Self::Mayotte => Some((4, 27)),
            Self::SaintBarthelemy => Some((10, 9)),
            _ => None,
        }
    }
}

/// A public holiday by name; pages say it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter.
    GoodFriday,
    /// The Monday after Easter.
    EasterMonday,
    /// 1 May in Europe, the first Monday of September in Quebec.
    LabourDay,
    /// 8 May 1945.
    VictoryDay,
    /// The Thursday forty days into Easter.
    Ascension,
    /// The Monday after Pentecost.
    WhitMonday,
    /// Quebec: the Monday before 25 May.
    PatriotsDay,
    /// 14 July in France, 24 June (Saint-Jean-Baptiste) in Quebec, 21 July in Belgium, 23 June in
    /// Luxembourg, 1 August in Switzerland.
    NationalDay,
    /// Luxembourg: 9 May.
    EuropeDay,
    /// Overseas departments: the day slavery was abolished there.
    Abolition,
    /// 1 July, or 2 July when the first is a Sunday.
    CanadaDay,
    /// 15 August.
    Assumption,
    /// Quebec: the second Monday of October.
    Thanksgiving,
    /// 1 November.
    AllSaints,
    /// 11 November 1918.
    Armistice,
    /// 25 December.
    Christmas,
    /// 26 December.
    StStephen,
    /// 2 January.
    Berchtold,
    /// Neuchâtel: 1 March, the republic of 1848.
    RepublicDay,
    /// 19 March.
    StJoseph,
    /// The second Thursday after Pentecost.
    CorpusChristi,
    /// Jura: 23 June, the plebiscite of 1974.
    JuraDay,
    /// Geneva: the Thursday after the first Sunday of September.
    GenevaFast,
    /// Vaud: the Monday after the third Sunday of September.
    FastMonday,
    /// 8 December.
    ImmaculateConception,
    /// Geneva: 31 December, the republic of 1813.
    Restoration,
}

impl Holiday {
    /// The word in tables and in the keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewYear => "new_year",
            Self::GoodFriday => "good_friday",
            Self::EasterMonday => "easter_monday",
            Self::LabourDay => "labour_day",
            Self::VictoryDay => "victory_day",
            Self::Ascension => "ascension",
            Self::WhitMonday => "whit_monday",
            Self::PatriotsDay => "patriots_day",
            Self::NationalDay => "national_day",
            Self::EuropeDay => "europe_day",
            Self::Abolition => "abolition",
            Self::CanadaDay => "canada_day",
            Self::Assumption => "assumption",
            Self::Thanksgiving => "thanksgiving",
            Self::AllSaints => "all_saints",
            Self::Armistice => "armistice",
            Self::Christmas => "christmas",
            Self::StStephen => "st_stephen",
            Self::Berchtold => "berchtold",
            Self::RepublicDay => "republic_day",
            Self::StJoseph => "st_joseph",
            Self::CorpusChristi => "corpus_christi",
            Self::JuraDay => "jura_day",
            Self::GenevaFast => "geneva_fast",
            Self::FastMonday => "fast_monday",
            Self::ImmaculateConception => "immaculate_conception",
            Self::Restoration => "restoration",
        }
    }
}

/// The public holiday of `calendar` that falls on `day`.
pub fn holiday_on(calendar: Calendar, day: NaiveDate) -> Option<Holiday> {
    calendar.holiday_on(day)
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the first ecclesiastical full moon
/// on or after 21 March, from the epact and the dominical letter.
///
/// `None` for years that a date cannot hold.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let century = year.div_euclid(100);
    let golden = year.rem_euclid(19);
    // Days dropped from the Julian calendar, and the moon's drift of eight days in 2500 years.
    let solar = century - century.div_euclid(4);
    let lunar = (8 * century + 13).div_euclid(25);
    let age = (19 * golden + solar - lunar + 15).rem_euclid(30);
    // Two epacts would put the full moon a day later than the lunar month allows.
    let moon = if age == 29 || (age == 28 && golden > 10) { age - 1 } else { age };
    let full_moon =
        NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(u64::try_from(moon).ok()?))?;
    let to_sunday = 7 - u64::from(full_moon.weekday().num_days_from_sunday());
    full_moon.checked_add_days(Days::new(to_sunday))
}
