//! People and places for tests, written as one would say them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use domain::{
    Agreement, AgreementId, Days, Law, NeedId, OrganisationId, PersonId, Rung, Skills, Slot, Span, Term,
    Window, WishKind, to_utc,
};
use uuid::Uuid;

use crate::{Candidate, Employed, OfficeDay, Place, Problem, Wish};

pub const PARIS: Tz = chrono_tz::Europe::Paris;

pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn hour(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// An instant by the clocks of Paris: "2026-06-02 18:00".
pub fn at(text: &str) -> DateTime<Utc> {
    to_utc(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), PARIS)
}

/// A span by the clocks of Paris: from "2026-06-02 18:00" to "22:00", on the next day if need be.
pub fn span(from: &str, until: &str) -> Span {
    let start = NaiveDateTime::parse_from_str(from, "%Y-%m-%d %H:%M").unwrap();
    let window = Window { days: Days::ALL, from: start.time(), until: hour(until) };
    window.on(start.date(), PARIS).unwrap()
}

pub fn slot(from: &str, until: &str, rung: Rung) -> Slot {
    let need = NeedId(Uuid::from_u128(1));
    Slot {
        need,
        day: day(&from[..10]),
        span: span(from, until),
        rung,
        place: 0,
        languages: Vec::new(),
        skills: Skills::default(),
    }
}

pub fn lead(from: &str, until: &str) -> Place {
    Place::open(slot(from, until, Rung::Lead))
}

pub fn backup(from: &str, until: &str) -> Place {
    Place::open(slot(from, until, Rung::Backup))
}

/// Somebody employed by a member since long ago.
pub fn under(law: Law, number: u128) -> Candidate {
    let employed = Employed::new(day("2020-01-01"), None, law, true);
    Candidate::new(person(number), PARIS, vec![employed])
}

pub fn french(number: u128) -> Candidate {
    under(Law::FrancePrivate, number)
}

pub trait With: Sized {
    /// Office hours on one day: `[("09:00", "12:00"), …]`, the same whether on duty or not.
    fn at_the_desk(self, on: &str, hours: &[(&str, &str)]) -> Self;
    /// Office hours of a day that has them already, should there be a duty as well.
    fn but_when_on_duty(self, on: &str, hours: &[(&str, &str)]) -> Self;
    fn says(self, on: &str, kind: WishKind) -> Self;
    fn busy(self, from: &str, until: &str) -> Self;
    fn away(self, from: &str, until: &str) -> Self;
}

fn hours_on(on: &str, hours: &[(&str, &str)]) -> Vec<Span> {
    hours.iter().map(|(from, until)| span(&format!("{on} {from}"), until)).collect()
}

impl With for Candidate {
    fn at_the_desk(mut self, on: &str, hours: &[(&str, &str)]) -> Self {
        let usual = hours_on(on, hours);
        self.office.push(OfficeDay { employer: None, day: day(on), on_duty: usual.clone(), usual });
        self
    }

    fn but_when_on_duty(mut self, on: &str, hours: &[(&str, &str)]) -> Self {
        let office = self.office.iter_mut().find(|office| office.day == day(on)).unwrap();
        office.on_duty = hours_on(on, hours);
        self
    }

    fn says(mut self, on: &str, kind: WishKind) -> Self {
        self.wishes.push(Wish { day: day(on), kind });
        self
    }

    fn busy(mut self, from: &str, until: &str) -> Self {
        self.busy.push(span(from, until).into());
        self
    }

    fn away(mut self, from: &str, until: &str) -> Self {
        self.absences.push(span(from, until));
        self
    }
}

pub fn problem(places: Vec<Place>, candidates: Vec<Candidate>) -> Problem {
    Problem::new(PARIS, places, candidates)
}

/// What an employer agreed on with people under `law`, or with all of them.
pub fn agreement(law: Option<Law>, term: Term, amount: u32, from: &str, until: Option<&str>) -> Agreement {
    Agreement {
        id: AgreementId(Uuid::nil()),
        organisation: OrganisationId(Uuid::nil()),
        law,
        term,
        amount,
        document: "Accord du 20 mai 2021".to_owned(),
        from: day(from),
        until: until.map(day),
        entered_by: person(1),
        entered_at: DateTime::UNIX_EPOCH,
    }
}
