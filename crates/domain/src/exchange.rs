//! Files that come in and go out: their kinds, their columns, and what can be wrong with a line.

mod wrong;

pub use wrong::{Words, Wrong};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// People with their employments.
    People,
    /// People's ordinary office hours.
    OfficeHours,
    /// Absences.
    Absences,
    /// Past duties of a pool.
    Duties,
    /// The facts of a notebook.
    Notebook,
    /// School holidays of a board, by zone.
    SchoolHolidays,
}

impl FileKind {
    /// Every kind, in the order in which a new house fills them.
    pub const ALL: [Self; 6] =
        [Self::People, Self::OfficeHours, Self::Absences, Self::Duties, Self::Notebook, Self::SchoolHolidays];

    /// Whether only a board has such files.
    pub fn is_a_boards(self) -> bool {
        matches!(self, Self::Duties | Self::SchoolHolidays)
    }

    /// The word in addresses and file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::OfficeHours => "office-hours",
            Self::Absences => "absences",
            Self::Duties => "duties",
            Self::Notebook => "notebook",
            Self::SchoolHolidays => "school-holidays",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its columns, in the order in which they are written.
    pub fn columns(self) -> &'static [Column] {
        use Column::*;
        match self {
            Self::People => &[
                Email,
                GivenName,
                FamilyName,
                Languages,
                Roles,
                From,
                Until,
                Law,
                WeeklyHours,
                Born,
                Destinations,
                Channels,
            ],
            Self::OfficeHours => {
                &[Email, Days, Opens, Closes, Pause, From, Until, DutyOpens, DutyCloses, DutyPause]
            }
            Self::Absences => &[Email, From, Until, Reason],
            Self::Duties => &[Email, From, Until, Rung, Duty],
            Self::Notebook => &[Fact, Language, Title, Text, TeamOnly, CheckedOn],
            Self::SchoolHolidays => &[Zone, Title, From, Until],
        }
    }

    /// Those of them without which a file cannot be read.
    pub fn required(self) -> &'static [Column] {
        use Column::*;
        match self {
            Self::People => &[Email, GivenName, FamilyName, From, Law, WeeklyHours],
            Self::OfficeHours => &[Email, Days, Opens, Closes, From],
            Self::Absences | Self::Duties => &[Email, From, Until],
            Self::Notebook => &[Language, Title, Text],
            Self::SchoolHolidays => &[Zone, Title, From, Until],
        }
    }

    /// Whether it also travels as a calendar (RFC 5545).
    pub fn has_calendar(self) -> bool {
        matches!(self, Self::Absences | Self::Duties)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// A table, as spreadsheets read it.
    Csv,
    /// A calendar (RFC 5545).
    Ics,
}

impl FileFormat {
    /// The word in addresses and file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ics => "ics",
        }
    }

    /// The format written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Csv, Self::Ics].into_iter().find(|format| format.word() == word)
    }
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Whose line it is, by their address.
    Email,
    /// Given name.
    GivenName,
    /// Family name.
    FamilyName,
    /// Languages they answer in, best first.
    Languages,
    /// What they may do.
    Roles,
    /// First day, or the moment something begins.
    From,
    /// Last day, included, or the moment something ends.
    Until,
    /// Under which law they work.
    Law,
    /// Contract hours a week.
    WeeklyHours,
    /// When they were born.
    Born,
    /// Destinations they know besides those they work for.
    Destinations,
    /// Channels they answer on.
    Channels,
    /// On which days.
    Days,
    /// When the day's hours begin.
    Opens,
    /// When they end.
    Closes,
    /// The break in their middle, in minutes.
    Pause,
    /// When the hours of a day with a duty begin, where they are others than usual.
    DutyOpens,
    /// When they end.
    DutyCloses,
    /// The break in their middle, in minutes.
    DutyPause,
    /// Why somebody is away.
    Reason,
    /// Lead or backup.
    Rung,
    /// Active duty or standby.
    Duty,
    /// What holds the languages of one fact together.
    Fact,
    /// In which language.
    Language,
    /// What a fact is about.
    Title,
    /// What there is to know.
    Text,
    /// Whether only the team may know it.
    TeamOnly,
    /// On which day somebody last checked it.
    CheckedOn,
    /// Of which zone school holidays are.
    Zone,
}

impl Column {
    const ALL: [Self; 29] = [
        Self::Email,
        Self::GivenName,
        Self::FamilyName,
        Self::Languages,
        Self::Roles,
        Self::From,
        Self::Until,
        Self::Law,
        Self::WeeklyHours,
        Self::Born,
        Self::Destinations,
        Self::Channels,
        Self::Days,
        Self::Opens,
        Self::Closes,
        Self::Pause,
        Self::DutyOpens,
        Self::DutyCloses,
        Self::DutyPause,
        Self::Reason,
        Self::Rung,
        Self::Duty,
        Self::Fact,
        Self::Language,
        Self::Title,
        Self::Text,
        Self::TeamOnly,
        Self::CheckedOn,
        Self::Zone,
    ];

    /// Its name in an English file and in a French one.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Email => ("email", "courriel"),
            Self::GivenName => ("given name", "prénom"),
            Self::FamilyName => ("family name", "nom"),
            Self::Languages => ("languages", "langues"),
            Self::Roles => ("roles", "rôles"),
            Self::From => ("from", "du"),
            Self::Until => ("until", "au"),
            Self::Law => ("law", "droit"),
            Self::WeeklyHours => ("weekly hours", "heures par semaine"),
            Self::Born => ("born", "naissance"),
            Self::Destinations => ("destinations", "destinations"),
            Self::Channels => ("channels", "canaux"),
            Self::Days => ("days", "jours"),
            Self::Opens => ("opens", "début"),
            Self::Closes => ("closes", "fin"),
            Self::Pause => ("break", "pause"),
            Self::DutyOpens => ("opens on duty days", "début les jours de garde"),
            Self::DutyCloses => ("closes on duty days", "fin les jours de garde"),
            Self::DutyPause => ("break on duty days", "pause les jours de garde"),
            Self::Reason => ("reason", "motif"),
            Self::Rung => ("rung", "rang"),
            Self::Duty => ("duty", "garde"),
            Self::Fact => ("fact", "note"),
            Self::Language => ("language", "langue"),
            Self::Title => ("title", "titre"),
            Self::Text => ("text", "texte"),
            Self::TeamOnly => ("team only", "équipe seule"),
            Self::CheckedOn => ("checked on", "vérifié le"),
            Self::Zone => ("zone", "zone"),
        }
    }

    /// The column that `header` names in either language, with or without capitals, accents, spaces.
    pub fn from_header(header: &str) -> Option<Self> {
        let header = plain(header);
        let named = |column: &Self| {
            let (english, french) = column.names();
            plain(english) == header || plain(french) == header
        };
        Self::ALL.into_iter().find(named).or(match header.as_str() {
            "e mail" | "mail" | "adresse" | "email address" | "adresse courriel" => Some(Self::Email),
            "first name" => Some(Self::GivenName),
            "last name" | "nom de famille" => Some(Self::FamilyName),
            "birth date" | "date of birth" | "date de naissance" | "ne e le" => Some(Self::Born),
            "channel" | "canal" => Some(Self::Channels),
            "destination" => Some(Self::Destinations),
            "name" | "vacances" => Some(Self::Title),
            _ => None,
        })
    }
}

/// A word of a file as it is compared: small letters, no accents, one space between words.
pub fn plain(text: &str) -> String {
    let folded: String = text.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// One thing wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1 with the header; 0 where the whole file is meant.
    pub line: u32,
    /// The column, as the file names it; empty where the whole line is meant.
    pub column: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What a file would do, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the file holds.
    pub kind: FileKind,
    /// Whether anything was kept: never of a dry run, never where something is wrong.
    pub kept: bool,
    /// Everything that is wrong, in the order of lines.
    pub faults: Vec<Fault>,
    /// How many lines hold something new.
    pub added: u32,
    /// How many change what is there.
    pub changed: u32,
    /// How many are there already, exactly so.
    pub same: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_in_both_languages_with_or_without_accents() {
        for (header, column) in [
            ("Prénom", Column::GivenName),
            ("PRENOM", Column::GivenName),
            ("given_name", Column::GivenName),
            (" Family  Name ", Column::FamilyName),
            ("Vérifié le", Column::CheckedOn),
            ("E-mail", Column::Email),
        ] {
            assert_eq!(Column::from_header(header), Some(column), "{header}");
        }
        assert_eq!(Column::from_header("shoe size"), None);
    }

    #[test]
    fn every_column_is_found_by_both_its_names() {
        for column in Column::ALL {
            let (english, french) = column.names();
            assert_eq!(Column::from_header(english), Some(column));
            assert_eq!(Column::from_header(french), Some(column));
        }
    }
}
