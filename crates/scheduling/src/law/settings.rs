//! What an agreement, a permit or the house itself changes of a law, with the document that says so.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::{Gravity, Law, Unit};
use serde::{Deserialize, Serialize};

use super::{Hours, Limit, Profile, Source, Term, profile};

/// A value that an employer has agreed on, or has a permit for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// What it changes.
    pub term: Term,
    /// To how much, in the unit of the term.
    pub amount: u32,
    /// Which document says so.
    pub document: String,
    /// From which day it holds.
    pub from: NaiveDate,
}

/// Why a setting is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The law lets an agreement go so far and no further.
    #[error("{term} may be {} by agreement{}, not {}", said(*.bound, *.term), cited(.article), said(*.asked, *.term))]
    BeyondTheLaw {
        /// What was to be changed.
        term: Term,
        /// To how much.
        asked: u32,
        /// How far an agreement may go.
        bound: u32,
        /// Where that is written.
        article: &'static str,
    },
    /// The law lets nothing change it.
    #[error("no agreement may change {term}: {} ({article})", said(*.amount, *.term))]
    Fixed {
        /// What was to be changed.
        term: Term,
        /// What the law says.
        amount: u32,
        /// Where.
        article: String,
    },
    /// What nobody can show does not count.
    #[error("{term} cannot be changed without naming the document that says so")]
    NoDocument {
        /// What was to be changed.
        term: Term,
    },
}

/// An article in brackets, if there is one.
fn cited(article: &str) -> String {
    if article.is_empty() { String::new() } else { format!(" ({article})") }
}

/// An amount in words: "9 h", "7 h 30", "15 days".
fn said(amount: u32, term: Term) -> String {
    match term.unit() {
        Unit::Minutes if amount.is_multiple_of(60) => format!("{} h", amount / 60),
        Unit::Minutes => format!("{} h {:02}", amount / 60, amount % 60),
        Unit::Days => format!("{amount} days"),
        Unit::Times => format!("{amount} times"),
        Unit::Percent => format!("{amount} %"),
        Unit::BasisPoints if amount.is_multiple_of(100) => format!("{} %", amount / 100),
        Unit::BasisPoints => format!("{}.{:02} %", amount / 100, amount % 100),
        Unit::Years => format!("{amount} years"),
    }
}

impl Setting {
    /// Whether `law` lets an agreement set this.
    ///
    /// # Errors
    /// If it goes further than the law lets any agreement go, or names no document.
    pub fn check(&self, law: Law) -> Result<(), Refused> {
        profile(law).with(self).map(drop)
    }

    /// Whether it gives people more than `limit` does, or as much.
    fn favours(&self, amount: u32) -> bool {
        if self.term.is_least() { self.amount >= amount } else { self.amount <= amount }
    }
}

impl Profile {
    /// The same law with `setting` laid over it.
    ///
    /// # Errors
    /// If it goes further than the law lets any agreement go, or names no document.
    pub fn with(mut self, setting: &Setting) -> Result<Self, Refused> {
        if setting.document.trim().is_empty() {
            return Err(Refused::NoDocument { term: setting.term });
        }
        if setting.term == Term::Pause {
            for due in &mut self.breaks {
                due.pause = changed(&due.pause, setting)?;
            }
            return Ok(self);
        }
        let limit = match self.limits.get(&setting.term) {
            Some(limit) => changed(limit, setting)?,
            // The law asks nothing: whatever the house asks of itself is more.
            None => Limit {
                amount: setting.amount,
                article: Cow::Owned(setting.document.clone()),
                source: Source::House,
                gravity: Gravity::Overridable,
                exception: None,
                agreement: None,
            },
        };
        if let Some(night) = self.night.as_mut().filter(|_| setting.term == Term::NightBegins) {
            night.hours = Hours::beginning(limit.amount);
        }
        self.limits.insert(setting.term, limit);
        Ok(self)
    }

    /// The same law with those of `settings` laid over it that hold on `day` and that it allows.
    pub fn with_all(self, settings: &[Setting], day: NaiveDate) -> Self {
        let mut holding: Vec<&Setting> = settings.iter().filter(|setting| setting.from <= day).collect();
        holding.sort_by_key(|setting| setting.from);
        // One amount may loosen what the next tightens: each is measured against the law itself.
        holding.into_iter().fold(self.clone(), |laid, setting| {
            let Ok(alone) = self.clone().with(setting) else { return laid };
            laid.taking(setting.term, alone)
        })
    }

    /// The same with what `other` asks of `term`.
    fn taking(mut self, term: Term, other: Self) -> Self {
        if term == Term::Pause {
            self.breaks = other.breaks;
        } else if let Some(limit) = other.limits.get(&term) {
            self.limits.insert(term, limit.clone());
            self.night = if term == Term::NightBegins { other.night } else { self.night };
        }
        self
    }
}

/// `limit` as `setting` makes it.
fn changed(limit: &Limit, setting: &Setting) -> Result<Limit, Refused> {
    let term = setting.term;
    if setting.favours(limit.amount) {
        let article = Cow::Owned(setting.document.clone());
        return Ok(Limit { amount: setting.amount, article, source: Source::House, ..limit.clone() });
    }
    let Some(bound) = limit.agreement else {
        return Err(Refused::Fixed {
            term,
            amount: limit.amount,
            article: limit.article.clone().into_owned(),
        });
    };
    let within =
        if term.is_least() { setting.amount >= bound.amount } else { setting.amount <= bound.amount };
    if !within {
        let (asked, article) = (setting.amount, bound.article);
        return Err(Refused::BeyondTheLaw { term, asked, bound: bound.amount, article });
    }
    let article = match bound.article {
        "" => Cow::Owned(setting.document.clone()),
        article => Cow::Borrowed(article),
    };
    // What circumstances allowed beyond the law's own amount, the agreement now says.
    let exception = limit.exception.filter(|exception| !setting.favours(exception.amount));
    Ok(Limit { amount: setting.amount, article, source: Source::House, exception, ..limit.clone() })
}
