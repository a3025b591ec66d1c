//! Which laws bind a person, from when to when, with their employers' agreements laid over them.
//!
//! Facts of the problem, read alike by the judge and by searches; what follows from them each
//! works out for itself.

use chrono::NaiveDate;
use domain::{Calendar, Law, Minutes, OrganisationId};

use crate::law::{Profile, Term, profile};
use crate::problem::{Candidate, Employed};

/// One employer's law, with their agreements, and when it binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Bond {
    /// Whose.
    pub employer: Option<OrganisationId>,
    /// What it asks.
    pub profile: Profile,
    /// Which public holidays are kept, if that is known.
    pub calendar: Option<Calendar>,
    /// Employments under it.
    employments: Vec<Employed>,
}

impl Candidate {
    /// The laws that bind them, in the order of their employments; agreements hold that are in force
    /// on `day`, or on the first day of an employment that begins later.
    pub fn bonds(&self, day: NaiveDate) -> Vec<Bond> {
        let mut bonds: Vec<Bond> = Vec::new();
        for employed in &self.employments {
            let same = |bond: &&mut Bond| bond.employments.first().is_some_and(|one| alike(one, employed));
            if let Some(bond) = bonds.iter_mut().find(same) {
                bond.employments.push(employed.clone());
                continue;
            }
            let mut profile = profile(employed.law).with_all(&employed.settings, day.max(employed.from));
            if employed.tourist_office {
                profile.drop(Term::SundayWorkElsewhere);
            }
            bonds.push(Bond {
                employer: employed.employer,
                profile,
                calendar: calendar(employed),
                employments: vec![employed.clone()],
            });
        }
        bonds
    }

    /// For whom a duty of `day` is done: of several members of the pool the one with most contract
    /// hours. `None` where no member employs them that day, or the one that does has no name.
    pub fn employer_on(&self, day: NaiveDate) -> Option<OrganisationId> {
        let running = || self.employments.iter().filter(|employed| employed.runs(day, day));
        let contract = |employer: Option<OrganisationId>| -> Minutes {
            let own = running().filter(|employed| employed.employer == employer);
            own.filter_map(|employed| employed.weekly).sum()
        };
        let members = running().filter(|employed| employed.in_pool).map(|employed| employed.employer);
        members.max_by_key(|employer| (contract(*employer), *employer)).flatten()
    }
}

/// Whether both are of one employer, under one law on the same terms.
fn alike(one: &Employed, other: &Employed) -> bool {
    (one.employer, one.law, &one.settings, one.calendar, one.tourist_office)
        == (other.employer, other.law, &other.settings, other.calendar, other.tourist_office)
}

/// The employer's calendar; in Alsace and Moselle the region's own where none is named.
fn calendar(employed: &Employed) -> Option<Calendar> {
    let local = (employed.law == Law::AlsaceMoselle).then_some(Calendar::AlsaceMoselle);
    employed.calendar.or(local)
}

impl Bond {
    /// Whether it binds on a day from `from` to `until`, both included.
    pub fn runs(&self, from: NaiveDate, until: NaiveDate) -> bool {
        self.employments.iter().any(|employed| employed.runs(from, until))
    }

    /// Contract minutes a week of somebody part-time on a day from `from` to `until`: all contracts
    /// with this employer together. `None` where none is known, or where they make a full week.
    pub fn part_time(&self, from: NaiveDate, until: NaiveDate) -> Option<u32> {
        let full = self.profile.full_time?;
        let running = self.employments.iter().filter(|employed| employed.runs(from, until));
        let contract: Minutes = running.filter_map(|employed| employed.weekly).sum();
        (0 < contract.0 && contract < full).then_some(contract.0)
    }
}
