//! From what organisations keep to what the law reads: agreements as settings of the employments they
//! are for, each from its first day to its last, and what a law lets an agreement change.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::{Agreement, Latitude, Law};

use super::{Limit, Setting, Term, profile};
use crate::problem::Employed;

/// What `law` asks of `term` and how far it lets an agreement go; `None` where it asks nothing, so that
/// a house may ask what it likes of itself.
pub fn latitude(law: Law, term: Term) -> Option<Latitude> {
    let profile = profile(law);
    let limit: Option<&Limit> = match term {
        Term::Pause => profile.breaks.iter().map(|due| &due.pause).max_by_key(|pause| pause.amount),
        _ => profile.limit(term),
    };
    limit.map(|limit| Latitude {
        law,
        term,
        amount: limit.amount,
        article: limit.article.clone().into_owned(),
        bound: limit.agreement.map(|bound| (bound.amount, bound.article.to_owned())),
    })
}

impl From<&Agreement> for Setting {
    fn from(one: &Agreement) -> Self {
        Self { term: one.term, amount: one.amount, document: one.document.clone(), from: one.from }
    }
}

impl Employed {
    /// The employment with its employer's `agreements` laid over it: in parts where one begins or ends
    /// while it runs, so that each hour is read under what holds on its day.
    pub fn under(&self, agreements: &[&Agreement]) -> Vec<Self> {
        let own: Vec<&Agreement> = agreements.iter().copied().filter(|one| one.is_for(self.law)).collect();
        let within = |day: &NaiveDate| self.from < *day && self.until.is_none_or(|last| *day <= last);
        let mut starts: BTreeSet<NaiveDate> =
            own.iter().flat_map(|one| one.borders()).filter(within).collect();
        starts.insert(self.from);
        let ends = starts.iter().skip(1).map(|next| Some(*next - Days::new(1))).chain([self.until]);
        let holding =
            |day: NaiveDate| own.iter().filter(move |one| one.holds_on(day)).map(|one| Setting::from(*one));
        let part = |(from, until): (&NaiveDate, Option<NaiveDate>)| Self {
            from: *from,
            until,
            settings: self.settings.iter().cloned().chain(holding(*from)).collect(),
            ..self.clone()
        };
        starts.iter().zip(ends).map(part).collect()
    }
}
