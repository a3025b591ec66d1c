//! Words of which there is a list: zones, holidays, laws, roles, kinds, where a thing stands.

use std::borrow::Cow;

use chrono::Weekday;
use domain::{
    Basis, Calendar, Category, ChannelKind, ConversationStatus, Direction, DutyKind, HandoverKind,
    HandoverStatus, Law, Role, RotaStatus, Rung, ShareKey, Term, Tz, WishKind, exchange::FileKind,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A word that stands for one of `domain`'s values.
macro_rules! word {
    ($(#[doc = $doc:expr])* $name:ident($type:ty), read $read:expr, write $write:expr, known $known:expr) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name(pub $type);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let write: fn($type) -> &'static str = $write;
                to.serialize_str(write(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                let read: fn(&str) -> Option<$type> = $read;
                let wrong = || D::Error::custom(concat!("is no ", stringify!($name), " we know; see the API's description"));
                read(&text).map(Self).ok_or_else(wrong)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let known: Option<Vec<&'static str>> = $known;
                let about = [$($doc),*].map(str::trim).join(" ");
                let schema = ObjectBuilder::new().schema_type(Type::String).description(Some(about));
                schema.enum_values(known).build().into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}

word!(
    /// A zone of the IANA database, such as `Europe/Paris`.
    ZoneName(Tz),
    read |text| text.parse().ok(),
    write |zone| zone.name(),
    known Some(domain::TZ_VARIANTS.iter().map(|zone| zone.name()).collect())
);

word!(
    /// Which public holidays are kept.
    HolidaysName(Calendar),
    read Calendar::from_word,
    write Calendar::word,
    known Some(Calendar::ALL.into_iter().map(Calendar::word).collect())
);

word!(
    /// By what a cost is shared: alike, by inhabitants, by overnight stays, by visitors who wrote, what
    /// stands alike and duties by visitors, or each watched half hour by those who bought it.
    ShareKeyName(ShareKey),
    read ShareKey::from_word,
    write ShareKey::word,
    known Some(ShareKey::ALL.into_iter().map(ShareKey::word).collect())
);

word!(
    /// Under which law somebody works.
    LawName(Law),
    read Law::from_word,
    write Law::word,
    known Some(Law::ALL.into_iter().map(Law::word).collect())
);

word!(
    /// A value of the law that agreements and permits may change. Rests, days, weeks, spans, pauses and overtime
    /// are minutes; notices, working days and standby days are days.
    TermName(Term),
    read Term::from_word,
    write Term::word,
    known Some(Term::ALL.into_iter().map(Term::word).collect())
);

word!(
    /// In which order people are asked: the lead answers, the backup is rung after them; a learner looks on,
    /// and is never rung.
    RungName(Rung),
    read Rung::from_word,
    write Rung::word,
    known Some(Rung::ALL.into_iter().map(Rung::word).collect())
);

word!(
    /// What the hours of a duty are in law: all of it work, or waiting at home.
    DutyKindName(DutyKind),
    read DutyKind::from_word,
    write DutyKind::word,
    known Some(DutyKind::ALL.into_iter().map(DutyKind::word).collect())
);

word!(
    /// What is asked of a duty: that somebody take it, a swap, that somebody step in, or that it go back.
    HandoverKindName(HandoverKind),
    read HandoverKind::from_word,
    write HandoverKind::word,
    known Some(HandoverKind::ALL.into_iter().map(HandoverKind::word).collect())
);

word!(
    /// Where a handover stands.
    HandoverStatusName(HandoverStatus),
    read HandoverStatus::from_word,
    write HandoverStatus::word,
    known Some(HandoverStatus::ALL.into_iter().map(HandoverStatus::word).collect())
);

word!(
    /// Where a rota is on its way: the solver is at work, it can be changed, its assignments are shifts, a
    /// later publication took its place, or it was put aside.
    RotaStatusName(RotaStatus),
    read RotaStatus::from_word,
    write RotaStatus::word,
    known Some(RotaStatus::ALL.into_iter().map(RotaStatus::word).collect())
);

word!(
    /// A way to write to an office.
    ChannelName(ChannelKind),
    read ChannelKind::from_word,
    write ChannelKind::word,
    known Some(ChannelKind::ALL.into_iter().map(ChannelKind::word).collect())
);

word!(
    /// A role somebody holds in an organisation: planners plan at a board, advisors stand watch and answer,
    /// managers buy coverage at an office.
    RoleName(Role),
    read Role::from_word,
    write Role::word,
    known Some(Role::ALL.into_iter().map(Role::word).collect())
);

word!(
    /// What can be said of a day: `cant` refuses everywhere, like an absence; `rather_not` is only if nobody
    /// else can; `wish` would like a duty.
    WishName(WishKind),
    read WishKind::from_word,
    write WishKind::word,
    known Some(WishKind::ALL.into_iter().map(WishKind::word).collect())
);

word!(
    /// Where a conversation stands: the visitor awaits an answer, the office answered last, or somebody closed
    /// it; a new message opens it again.
    ConversationStatusName(ConversationStatus),
    read ConversationStatus::from_word,
    write ConversationStatus::word,
    known Some(ConversationStatus::ALL.into_iter().map(ConversationStatus::word).collect())
);

word!(
    /// Who says a message to whom: a visitor to us (`in`), somebody at the desk to them (`out`), the house by
    /// itself (`automatic`), or colleagues among each other (`note`), which no visitor sees.
    DirectionName(Direction),
    read Direction::from_word,
    write Direction::word,
    known Some(Direction::ALL.into_iter().map(Direction::word).collect())
);

word!(
    /// What a file holds: people with their employments, their ordinary office hours, absences, past duties of
    /// a pool, or the facts of a notebook.
    FileKindName(FileKind),
    read FileKind::from_word,
    write FileKind::word,
    known Some(FileKind::ALL.into_iter().map(FileKind::word).collect())
);

word!(
    /// What people count besides hours: evenings from 18:00 to 22:00, Saturdays, Sundays, public holidays,
    /// the feasts (24, 25 and 31 December, 1 January, Easter Sunday), nights from 22:00 to 6:00.
    CategoryName(Category),
    read Category::from_word,
    write Category::word,
    known Some(Category::ALL.into_iter().map(Category::word).collect())
);

word!(
    /// What a minute of duty is paid for: waiting on standby, or work.
    BasisName(Basis),
    read Basis::from_word,
    write Basis::word,
    known Some(Basis::ALL.into_iter().map(Basis::word).collect())
);

/// The days of a week, by their English names.
static WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

word!(
    /// A day of the week.
    WeekdayName(Weekday),
    read |text| WEEKDAYS.iter().find(|(name, _)| *name == text).map(|(_, day)| *day),
    write |day| WEEKDAYS.iter().find(|(_, known)| *known == day).map_or("", |(name, _)| *name),
    known Some(WEEKDAYS.map(|(name, _)| name).to_vec())
);
