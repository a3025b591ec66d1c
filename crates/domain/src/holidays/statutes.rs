//! Which days each statute names, and which statute names each day.

use super::{Calendar, Holiday};

/// The days of the statute in its order, and what a region adds.
pub(super) fn days(calendar: Calendar) -> (&'static [Holiday], &'static [Holiday]) {
    match calendar {
        Calendar::France => (&FRANCE, &[]),
        Calendar::AlsaceMoselle => (&FRANCE, &[Holiday::StStephen]),
        Calendar::AlsaceMoselleGoodFriday => (&FRANCE, &[Holiday::GoodFriday, Holiday::StStephen]),
        Calendar::Guadeloupe
        | Calendar::Martinique
        | Calendar::Guyane
        | Calendar::Reunion
        | Calendar::Mayotte
        | Calendar::SaintBarthelemy
        | Calendar::SaintMartin => (&FRANCE, &[Holiday::Abolition]),
        Calendar::Quebec => (&QUEBEC, &[Holiday::GoodFriday]),
        Calendar::QuebecEasterMonday => (&QUEBEC, &[Holiday::EasterMonday]),
        Calendar::Belgium => (&BELGIUM, &[]),
        Calendar::Luxembourg => (&LUXEMBOURG, &[]),
        Calendar::Switzerland => (&SWITZERLAND, &[]),
        Calendar::Bern => (&SWITZERLAND, &BERN),
        Calendar::Fribourg => (&SWITZERLAND, &FRIBOURG),
        Calendar::Geneva => (&SWITZERLAND, &GENEVA),
        Calendar::Jura => (&SWITZERLAND, &JURA),
        Calendar::Neuchatel => (&SWITZERLAND, &NEUCHATEL),
        Calendar::Valais => (&SWITZERLAND, &VALAIS),
        Calendar::Vaud => (&SWITZERLAND, &VAUD),
    }
}

/// The statute that names `holiday` in `calendar`.
pub(super) fn source(calendar: Calendar, holiday: Holiday) -> &'static str {
    match (calendar, holiday) {
        (
            Calendar::AlsaceMoselle | Calendar::AlsaceMoselleGoodFriday,
            Holiday::GoodFriday | Holiday::StStephen,
        ) => "Code du travail, L3134-13",
        (_, Holiday::Abolition) => "Code du travail, L3422-2",
        (Calendar::Quebec | Calendar::QuebecEasterMonday, Holiday::NationalDay) => {
            "Loi sur la fête nationale (RLRQ, F-1.1), art. 2"
        }
        (Calendar::Quebec | Calendar::QuebecEasterMonday, _) => {
            "Loi sur les normes du travail (RLRQ, N-1.1), art. 60"
        }
        (Calendar::Belgium, _) => "Arrêté royal du 18 avril 1974, art. 1",
        (Calendar::Luxembourg, _) => "Code du travail, L.232-2",
        (one, Holiday::NationalDay) if one.is_swiss() => "Constitution fédérale, art. 110 al. 3",
        (Calendar::Bern, _) => "LTr, art. 20a; RSB 555.1",
        (Calendar::Geneva, _) => "LTr, art. 20a; RSG J 1 45",
        (Calendar::Jura, _) => "LTr, art. 20a; RSJU 555.1",
        (Calendar::Neuchatel, _) => "LTr, art. 20a; RSN 941.02",
        (Calendar::Vaud, _) => "LTr, art. 20a; BLV 822.11, art. 47",
        (one, _) if one.is_swiss() => "LTr, art. 20a; droit cantonal",
        _ => "Code du travail, L3133-1",
    }
}

/// Code du travail, L3133-1.
const FRANCE: [Holiday; 11] = [
    Holiday::NewYear,
    Holiday::EasterMonday,
    Holiday::LabourDay,
    Holiday::VictoryDay,
    Holiday::Ascension,
    Holiday::WhitMonday,
    Holiday::NationalDay,
    Holiday::Assumption,
    Holiday::AllSaints,
    Holiday::Armistice,
    Holiday::Christmas,
];

/// Act respecting labour standards, s. 60, and the National Holiday Act, s. 2; one of two days
/// at Easter comes to these.
const QUEBEC: [Holiday; 7] = [
    Holiday::NewYear,
    Holiday::PatriotsDay,
    Holiday::NationalDay,
    Holiday::CanadaDay,
    Holiday::LabourDay,
    Holiday::Thanksgiving,
    Holiday::Christmas,
];

/// Royal decree of 18 April 1974, art. 1.
const BELGIUM: [Holiday; 10] = [
    Holiday::NewYear,
    Holiday::EasterMonday,
    Holiday::LabourDay,
    Holiday::Ascension,
    Holiday::WhitMonday,
    Holiday::NationalDay,
    Holiday::Assumption,
    Holiday::AllSaints,
    Holiday::Armistice,
    Holiday::Christmas,
];

/// Code du travail, L.232-2; 9 May since 2019.
const LUXEMBOURG: [Holiday; 11] = [
    Holiday::NewYear,
    Holiday::EasterMonday,
    Holiday::LabourDay,
    Holiday::EuropeDay,
    Holiday::Ascension,
    Holiday::WhitMonday,
    Holiday::NationalDay,
    Holiday::Assumption,
    Holiday::AllSaints,
    Holiday::Christmas,
    Holiday::StStephen,
];

/// Kept by all twenty-six cantons.
const SWITZERLAND: [Holiday; 4] =
    [Holiday::NewYear, Holiday::Ascension, Holiday::NationalDay, Holiday::Christmas];

/// What Bern adds.
const BERN: [Holiday; 5] =
    [Holiday::Berchtold, Holiday::GoodFriday, Holiday::EasterMonday, Holiday::WhitMonday, Holiday::StStephen];

/// What Fribourg adds in its Catholic communes.
const FRIBOURG: [Holiday; 5] = [
    Holiday::GoodFriday,
    Holiday::CorpusChristi,
    Holiday::Assumption,
    Holiday::AllSaints,
    Holiday::ImmaculateConception,
];

/// What Geneva adds.
const GENEVA: [Holiday; 5] = [
    Holiday::GoodFriday,
    Holiday::EasterMonday,
    Holiday::WhitMonday,
    Holiday::GenevaFast,
    Holiday::Restoration,
];

/// What Jura adds.
const JURA: [Holiday; 9] = [
    Holiday::Berchtold,
    Holiday::GoodFriday,
    Holiday::EasterMonday,
    Holiday::LabourDay,
    Holiday::WhitMonday,
    Holiday::CorpusChristi,
    Holiday::JuraDay,
    Holiday::Assumption,
    Holiday::AllSaints,
];

/// What Neuchâtel adds.
const NEUCHATEL: [Holiday; 5] =
    [Holiday::Berchtold, Holiday::RepublicDay, Holiday::GoodFriday, Holiday::LabourDay, Holiday::StStephen];

/// What Valais adds.
const VALAIS: [Holiday; 5] = [
    Holiday::StJoseph,
    Holiday::CorpusChristi,
    Holiday::Assumption,
    Holiday::AllSaints,
    Holiday::ImmaculateConception,
];

/// What Vaud adds.
const VAUD: [Holiday; 5] = [
    Holiday::Berchtold,
    Holiday::GoodFriday,
    Holiday::EasterMonday,
    Holiday::WhitMonday,
    Holiday::FastMonday,
];
