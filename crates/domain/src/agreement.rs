//! What an organisation's agreements and permits change of the law, and how far a law lets them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{AgreementId, Law, OrganisationId, PersonId, Term};

/// A value of the law that an organisation has agreed on, or has a permit for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Whose.
    pub organisation: OrganisationId,
    /// For people under which law; `None` for all who work there.
    pub law: Option<Law>,
    /// What it changes.
    pub term: Term,
    /// To how much, in the unit of the term.
    pub amount: u32,
    /// Which document says so, with its date.
    pub document: String,
    /// First day it holds.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// Who entered it.
    pub entered_by: PersonId,
    /// When.
    pub entered_at: DateTime<Utc>,
}

impl Agreement {
    /// Whether it is for people under `law`.
    pub fn is_for(&self, law: Law) -> bool {
        self.law.is_none_or(|own| own == law)
    }

    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }

    /// The days on which the law becomes another by it: its first, and the first after its last.
    pub fn borders(&self) -> impl Iterator<Item = NaiveDate> {
        let after = self.until.and_then(|last| last.checked_add_days(Days::new(1)));
        std::iter::once(self.from).chain(after)
    }
}

/// What a law asks of a term, and how far it lets an agreement go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latitude {
    /// Which law.
    pub law: Law,
    /// Of what.
    pub term: Term,
    /// How much it asks by itself, in the unit of the term.
    pub amount: u32,
    /// Where that is written, such as "L3131-1"; empty for a rule of the house.
    pub article: String,
    /// How far an agreement may go, and where that is written; `None` where the law lets none go further.
    pub bound: Option<(u32, String)>,
}

impl Latitude {
    /// Whether an agreement may set the term to `amount`: whatever gives people as much as the law, or
    /// more, and what lies within its bound.
    pub fn allows(&self, amount: u32) -> bool {
        let furthest = self.bound.as_ref().map_or(self.amount, |(bound, _)| *bound);
        let (law, furthest) = (i64::from(self.amount), i64::from(furthest));
        let amount = i64::from(amount);
        if self.term.is_least() { amount >= furthest.min(law) } else { amount <= furthest.max(law) }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn agreement(until: Option<&str>) -> Agreement {
        Agreement {
            id: AgreementId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            law: Some(Law::FrancePrivate),
            term: Term::DailyRest,
            amount: 600,
            document: "Accord du 20 mai 2021".to_owned(),
            from: day("2026-06-01"),
            until: until.map(day),
            entered_by: PersonId(Uuid::nil()),
            entered_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_agreement_holds_from_its_first_day_to_its_last() {
        let one = agreement(Some("2026-06-30"));
        let holding =
            ["2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01"].map(|on| one.holds_on(day(on)));
        assert_eq!(holding, [false, true, true, false]);
        assert_eq!(one.borders().collect::<Vec<_>>(), [day("2026-06-01"), day("2026-07-01")]);
        assert_eq!(agreement(None).borders().collect::<Vec<_>>(), [day("2026-06-01")]);
        assert!(one.is_for(Law::FrancePrivate) && !one.is_for(Law::Quebec));
    }

    #[test]
    fn a_law_lets_an_agreement_go_so_far_and_lets_it_always_give_more() {
        let rest = |bound| Latitude {
            law: Law::FrancePrivate,
            term: Term::DailyRest,
            amount: 660,
            article: "L3131-1".to_owned(),
            bound,
        };
        let bent = rest(Some((540, "D3131-6".to_owned())));
        assert_eq!([720, 660, 540, 539].map(|amount| bent.allows(amount)), [true, true, true, false]);
        assert_eq!([661, 660, 659].map(|amount| rest(None).allows(amount)), [true, true, false]);
        let most = Latitude {
            term: Term::DailyMaximum,
            amount: 600,
            bound: Some((720, String::new())),
            ..rest(None)
        };
        assert_eq!([480, 720, 721].map(|amount| most.allows(amount)), [true, true, false]);
    }
}
