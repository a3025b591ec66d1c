//! What is wrong with a file, as a sentence: what it is, and what to do.

use domain::exchange::{Fault, FileKind, Words as Known, Wrong};

use super::Words;

impl Words {
    /// What is wrong, and what to do.
    pub fn fault(self, fault: &Fault) -> String {
        let number = fault.wrong.number().map(|number| ("number", number.into()));
        self.say_with(key(fault.wrong), &number.into_iter().collect::<Vec<_>>())
    }

    /// What a file of that kind holds.
    pub fn file_kind(self, kind: FileKind) -> String {
        self.say(match kind {
            FileKind::People => "file-people",
            FileKind::OfficeHours => "file-office-hours",
            FileKind::Absences => "file-absences",
            FileKind::Duties => "file-duties",
            FileKind::Notebook => "file-notebook",
            FileKind::SchoolHolidays => "file-school-holidays",
        })
    }
}

fn key(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => "wrong-empty",
        Wrong::TooLarge(_) => "wrong-too-large",
        Wrong::TooManyRows(_) => "wrong-too-many-rows",
        Wrong::TooManyInvited(_) => "wrong-too-many-invited",
        Wrong::NotUtf8 => "wrong-not-utf8",
        Wrong::NotATable => "wrong-not-a-table",
        Wrong::ColumnMissing => "wrong-column-missing",
        Wrong::ColumnUnknown => "wrong-column-unknown",
        Wrong::ColumnTwice => "wrong-column-twice",
        Wrong::CellsTooMany => "wrong-cells-too-many",
        Wrong::Missing => "wrong-missing",
        Wrong::TooLong(_) => "wrong-too-long",
        Wrong::NoText => "wrong-no-text",
        Wrong::NotAnAddress => "wrong-not-an-address",
        Wrong::NotADate => "wrong-not-a-date",
        Wrong::NotATime => "wrong-not-a-time",
        Wrong::NotAMoment => "wrong-not-a-moment",
        Wrong::NotALength => "wrong-not-a-length",
        Wrong::NotALanguage => "wrong-not-a-language",
        Wrong::NotALevel => "wrong-not-a-level",
        Wrong::TwoLevels => "wrong-two-levels",
        Wrong::NotAnOffice => "wrong-not-an-office",
        Wrong::NotDays => "wrong-not-days",
        Wrong::NotAWord(Known::Roles) => "wrong-not-a-role",
        Wrong::NotAWord(Known::Laws) => "wrong-not-a-law",
        Wrong::NotAWord(Known::Rungs) => "wrong-not-a-rung",
        Wrong::NotAWord(Known::Duties) => "wrong-not-a-duty",
        Wrong::NotAWord(Known::YesNo) => "wrong-not-yes-or-no",
        Wrong::NotAWord(Known::Channels) => "wrong-not-a-channel",
        Wrong::EndsBeforeItStarts => "wrong-ends-before-it-starts",
        Wrong::BreakTooLong => "wrong-break-too-long",
        Wrong::HoursTooLong(_) => "wrong-hours-too-long",
        Wrong::NotABirthday => "wrong-not-a-birthday",
        Wrong::StillToCome => "wrong-still-to-come",
        Wrong::LastsTooLong(_) => "wrong-lasts-too-long",
        Wrong::Twice(_) => "wrong-twice",
        Wrong::Contradicts(_) => "wrong-contradicts",
        Wrong::NobodyHere => "wrong-nobody-here",
        Wrong::Overlaps => "wrong-overlaps",
        Wrong::NotEmployedThen => "wrong-not-employed-then",
        Wrong::NoNeed => "wrong-no-need",
        Wrong::NotAMemberThen => "wrong-not-a-member-then",
        Wrong::NotPast => "wrong-not-past",
        Wrong::StandsOtherwise => "wrong-stands-otherwise",
        Wrong::TwoPlaces => "wrong-two-places",
        Wrong::IsACalendar => "wrong-is-a-calendar",
        Wrong::NotACalendar => "wrong-not-a-calendar",
        Wrong::NoAttendee => "wrong-no-attendee",
        Wrong::RepeatsOddly => "wrong-repeats-oddly",
        Wrong::ZoneUnknown => "wrong-zone-unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_the_sentence_of_its_word() {
        let all = [
            Wrong::TooLong(3),
            Wrong::NotAWord(Known::Roles),
            Wrong::Twice(7),
            Wrong::NobodyHere,
            Wrong::NotALevel,
            Wrong::TwoLevels,
            Wrong::NotAnOffice,
            Wrong::NotAWord(Known::Channels),
            Wrong::ZoneUnknown,
        ];
        for wrong in all {
            assert_eq!(key(wrong), format!("wrong-{}", wrong.word()));
        }
        let fault = Fault { line: 9, column: "du".to_owned(), wrong: Wrong::Twice(7) };
        let said = Words::of(domain::Language::EN).fault(&fault);
        assert!(said.contains("line 7"), "{said}");
    }
}
