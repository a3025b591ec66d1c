//! What public holidays are called.

use domain::Holiday;

use super::Words;

impl Words {
    /// The name of a public holiday.
    pub fn holiday(self, holiday: Holiday) -> String {
        match holiday {
            Holiday::NewYear => self.say("holiday-new-year"),
            Holiday::GoodFriday => self.say("holiday-good-friday"),
            Holiday::EasterMonday => self.say("holiday-easter-monday"),
            Holiday::LabourDay => self.say("holiday-labour-day"),
            Holiday::VictoryDay => self.say("holiday-victory-day"),
            Holiday::Ascension => self.say("holiday-ascension"),
            Holiday::WhitMonday => self.say("holiday-whit-monday"),
            Holiday::PatriotsDay => self.say("holiday-patriots-day"),
            Holiday::NationalDay => self.say("holiday-national-day"),
            Holiday::CanadaDay => self.say("holiday-canada-day"),
            Holiday::Assumption => self.say("holiday-assumption"),
            Holiday::Thanksgiving => self.say("holiday-thanksgiving"),
            Holiday::AllSaints => self.say("holiday-all-saints"),
            Holiday::Armistice => self.say("holiday-armistice"),
            Holiday::Christmas => self.say("holiday-christmas"),
            Holiday::StStephen => self.say("holiday-st-stephen"),
            Holiday::EuropeDay => self.say("holiday-europe-day"),
            Holiday::Abolition => self.say("holiday-abolition"),
            Holiday::Berchtold => self.say("holiday-berchtold"),
            Holiday::RepublicDay => self.say("holiday-republic-day"),
            Holiday::StJoseph => self.say("holiday-st-joseph"),
            Holiday::CorpusChristi => self.say("holiday-corpus-christi"),
            Holiday::JuraDay => self.say("holiday-jura-day"),
            Holiday::GenevaFast => self.say("holiday-geneva-fast"),
            Holiday::FastMonday => self.say("holiday-fast-monday"),
            Holiday::ImmaculateConception => self.say("holiday-immaculate-conception"),
            Holiday::Restoration => self.say("holiday-restoration"),
        }
    }
}
