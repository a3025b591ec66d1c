//! What can be wrong with a file, a line or a cell.

/// What is wrong with a file, a line or a cell. `views` has the sentences, under `wrong-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// There is nothing in it.
    Empty,
    /// The file weighs more than so many megabytes.
    TooLarge(u32),
    /// It holds more lines than this.
    TooManyRows(u32),
    /// More people would have to be invited than one file may ask.
    TooManyInvited(u32),
    /// Its letters are not UTF-8.
    NotUtf8,
    /// It is no table: a quoted cell is not closed.
    NotATable,
    /// A column that must be there is not.
    ColumnMissing,
    /// No such column belongs into this kind of file.
    ColumnUnknown,
    /// The column stands there twice.
    ColumnTwice,
    /// The line has more cells than there are columns.
    CellsTooMany,
    /// The cell must not be empty.
    Missing,
    /// It has more than so many letters.
    TooLong(u32),
    /// It holds a character that is no text.
    NoText,
    /// Not an e-mail address.
    NotAnAddress,
    /// Neither 2026-07-14 nor 14/07/2026.
    NotADate,
    /// Not a time such as 18:00.
    NotATime,
    /// Not a day, nor a day and a time.
    NotAMoment,
    /// Not a number of hours or minutes, or too many.
    NotALength,
    /// Not the two letters of a language, such as fr.
    NotALanguage,
    /// A language with a level that is none, such as de-B7.
    NotALevel,
    /// A language twice, with two levels.
    TwoLevels,
    /// No office that watches together with this one.
    NotAnOffice,
    /// Not days such as mon-fri.
    NotDays,
    /// None of the words that are known here.
    NotAWord(Words),
    /// It ends before it begins.
    EndsBeforeItStarts,
    /// The break is as long as the hours, or longer.
    BreakTooLong,
    /// Hours of one day that are longer than so many hours.
    HoursTooLong(u32),
    /// Nobody who works from the first day of the line on was born then.
    NotABirthday,
    /// That day is still to come.
    StillToCome,
    /// It lasts longer than so many days.
    LastsTooLong(u32),
    /// The same thing stands on that line.
    Twice(u32),
    /// That line says something else of the same person or fact.
    Contradicts(u32),
    /// Nobody with this address works here.
    NobodyHere,
    /// Another employment of the same person covers some of these days.
    Overlaps,
    /// The person is not employed here on these days.
    NotEmployedThen,
    /// No need of the pool asks for anybody at these hours.
    NoNeed,
    /// No office they worked for then was a member of the pool on that day.
    NotAMemberThen,
    /// It is not over yet: only past duties are brought in.
    NotPast,
    /// A duty of theirs stands in the past already, otherwise.
    StandsOtherwise,
    /// They were on duty elsewhere at that time.
    TwoPlaces,
    /// It is a calendar, where a table is asked for.
    IsACalendar,
    /// It is no calendar.
    NotACalendar,
    /// The event does not say whose it is.
    NoAttendee,
    /// The event repeats in a way that is not understood.
    RepeatsOddly,
    /// A time zone nobody knows.
    ZoneUnknown,
}

/// The words a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Words {
    /// planner, advisor, manager.
    Roles,
    /// The laws people work under.
    Laws,
    /// lead, backup.
    Rungs,
    /// active, standby.
    Duties,
    /// yes, no.
    YesNo,
    /// web_chat, email.
    Channels,
}

impl Wrong {
    /// Its word, in the interface for programs and as the key of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge(_) => "too-large",
            Self::TooManyRows(_) => "too-many-rows",
            Self::TooManyInvited(_) => "too-many-invited",
            Self::NotUtf8 => "not-utf8",
            Self::NotATable => "not-a-table",
            Self::ColumnMissing => "column-missing",
            Self::ColumnUnknown => "column-unknown",
            Self::ColumnTwice => "column-twice",
            Self::CellsTooMany => "cells-too-many",
            Self::Missing => "missing",
            Self::TooLong(_) => "too-long",
            Self::NoText => "no-text",
            Self::NotAnAddress => "not-an-address",
            Self::NotADate => "not-a-date",
            Self::NotATime => "not-a-time",
            Self::NotAMoment => "not-a-moment",
            Self::NotALength => "not-a-length",
            Self::NotALanguage => "not-a-language",
            Self::NotALevel => "not-a-level",
            Self::TwoLevels => "two-levels",
            Self::NotAnOffice => "not-an-office",
            Self::NotDays => "not-days",
            Self::NotAWord(Words::Roles) => "not-a-role",
            Self::NotAWord(Words::Laws) => "not-a-law",
            Self::NotAWord(Words::Rungs) => "not-a-rung",
            Self::NotAWord(Words::Duties) => "not-a-duty",
            Self::NotAWord(Words::YesNo) => "not-yes-or-no",
            Self::NotAWord(Words::Channels) => "not-a-channel",
            Self::EndsBeforeItStarts => "ends-before-it-starts",
            Self::BreakTooLong => "break-too-long",
            Self::HoursTooLong(_) => "hours-too-long",
            Self::NotABirthday => "not-a-birthday",
            Self::StillToCome => "still-to-come",
            Self::LastsTooLong(_) => "lasts-too-long",
            Self::Twice(_) => "twice",
            Self::Contradicts(_) => "contradicts",
            Self::NobodyHere => "nobody-here",
            Self::Overlaps => "overlaps",
            Self::NotEmployedThen => "not-employed-then",
            Self::NoNeed => "no-need",
            Self::NotAMemberThen => "not-a-member-then",
            Self::NotPast => "not-past",
            Self::StandsOtherwise => "stands-otherwise",
            Self::TwoPlaces => "two-places",
            Self::IsACalendar => "is-a-calendar",
            Self::NotACalendar => "not-a-calendar",
            Self::NoAttendee => "no-attendee",
            Self::RepeatsOddly => "repeats-oddly",
            Self::ZoneUnknown => "zone-unknown",
        }
    }

    /// The number its sentence tells, if it tells one.
    pub fn number(self) -> Option<u32> {
        match self {
            Self::TooLarge(number)
            | Self::TooManyRows(number)
            | Self::TooManyInvited(number)
            | Self::TooLong(number)
            | Self::HoursTooLong(number)
            | Self::LastsTooLong(number)
            | Self::Twice(number)
            | Self::Contradicts(number) => Some(number),
            _ => None,
        }
    }
}
