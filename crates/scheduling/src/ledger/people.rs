//! What each person holds, and what would be fair.
//!
//! Every duty is divided among those who could have held it, by their share on its day: contract
//! minutes, if they work for a member then, are not excused, and bring what the duty asks for. So
//! whoever comes in the middle of a period owes nothing of what was before, whoever works half the
//! hours owes half, and all balances together are zero.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    Account, Category, Entry, Language, Minutes, OrganisationId, Part, PersonId, Rung, Skills, Span, Tally,
};

use crate::{needs::Period, record::civil_days, skills::fulfils};

/// So many excused days of a period change nothing; from the next one on, a day excused is a day on
/// which nothing is owed.
pub const FREE_SICK_DAYS: usize = 10;

/// Fair parts are reckoned in millionths of a worth-minute and rounded once, at the end.
const FINE: i128 = 1_000_000;

/// Part of a full-time share, from a day to a day, by work for one employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// For whom, if it is known: whoever works for an office knows its destination.
    pub employer: Option<OrganisationId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// In basis points of full time; stretches that overlap add up.
    pub share_bp: u32,
}

impl Stretch {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// Somebody who shares in a pool's duties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    /// Who.
    pub person: PersonId,
    /// For whom they work.
    pub employer: Option<OrganisationId>,
    /// What they answer in.
    pub languages: Vec<Language>,
    /// How well, which destinations they know besides those they work for, on which channels they answer.
    pub skills: Skills,
    /// Which part they owe, and when.
    pub stretches: Vec<Stretch>,
    /// Absences that their employer excused, such as a long sickness.
    pub excused: Vec<Span>,
}

impl Party {
    /// Whether they bring what a duty asks for.
    fn brings(&self, entry: &Entry) -> bool {
        let works_for =
            |office| self.stretches.iter().any(|one| one.employer == Some(office) && one.holds(entry.day));
        fulfils((&self.languages, &self.skills), (&entry.languages, &entry.skills), works_for)
    }

    /// Which part of a full-time share is owed on each day of `period`.
    fn shares(&self, period: Period, zone: Tz) -> Vec<u32> {
        let mut excused: Vec<NaiveDate> =
            self.excused.iter().flat_map(|span| civil_days(*span, zone)).collect();
        excused.retain(|day| period.from <= *day && *day <= period.until);
        excused.sort_unstable();
        excused.dedup();
        let free: Vec<NaiveDate> = excused.into_iter().skip(FREE_SICK_DAYS).collect();
        let share = |day: NaiveDate| match free.binary_search(&day) {
            Ok(_) => 0,
            Err(_) => self.stretches.iter().filter(|one| one.holds(day)).map(|one| one.share_bp).sum(),
        };
        period.days().map(share).collect()
    }
}

/// Everybody's account for `period`, by person. Entries of other periods are left out; what is
/// carried is zero. Somebody who holds a duty and is no party has an account all the same: what they
/// hold is fair, for nobody knows what they owed.
pub fn accounts(parties: &[Party], entries: &[Entry], period: Period, zone: Tz) -> Vec<Account> {
    let mut books: BTreeMap<PersonId, Book> = parties.iter().map(|one| (one.person, Book::of(one))).collect();
    let shares: Vec<Vec<u32>> = parties.iter().map(|party| party.shares(period, zone)).collect();
    for entry in entries.iter().filter(|entry| period.from <= entry.day && entry.day <= period.until) {
        let day = usize::try_from((entry.day - period.from).num_days()).expect("it lies in the period");
        let share = |at: usize| u64::from(shares[at][day]);
        let mut claims: Vec<(PersonId, u64)> = parties
            .iter()
            .enumerate()
            .filter(|(_, party)| party.brings(entry))
            .map(|(at, party)| (party.person, share(at)))
            .filter(|(_, share)| *share > 0)
            .collect();
        let known = parties.iter().any(|party| party.person == entry.person);
        let holder = books.entry(entry.person).or_insert_with(|| Book::of_somebody_else(entry));
        holder.holds(entry);
        if claims.is_empty() || !known {
            claims = vec![(entry.person, 1)];
        }
        divide(&mut books, &claims, entry);
    }
    let average = |at: usize| {
        let all: u64 = shares[at].iter().map(|share| u64::from(*share)).sum();
        u32::try_from(all / shares[at].len().max(1) as u64).unwrap_or(u32::MAX)
    };
    for (at, party) in parties.iter().enumerate() {
        if let Some(book) = books.get_mut(&party.person) {
            book.account.share_bp = average(at);
        }
    }
    rounded(books)
}

/// An account that is being written.
struct Book {
    account: Account,
    /// What is fair, in millionths: of everything, then of each category.
    fine: [i128; 1 + Category::ALL.len()],
}

impl Book {
    fn of(party: &Party) -> Self {
        Self::new(party.person, party.employer)
    }

    fn of_somebody_else(entry: &Entry) -> Self {
        Self::new(entry.person, entry.employer)
    }

    fn new(person: PersonId, employer: Option<OrganisationId>) -> Self {
        let categories = Category::ALL.into_iter().map(|category| (category, Part::default())).collect();
        let whole = Part::default();
        let account = Account { person, employer, share_bp: 0, whole, categories, carried: 0 };
        Self { account, fine: [0; 1 + Category::ALL.len()] }
    }

    fn holds(&mut self, entry: &Entry) {
        add(&mut self.account.whole.held, entry, entry.span.length(), entry.worth);
        for (category, part) in &mut self.account.categories {
            let minutes = entry.minutes_in(*category);
            if minutes.0 > 0 {
                add(&mut part.held, entry, minutes, worth_of(entry, minutes));
            }
        }
    }
}

fn add(held: &mut Tally, entry: &Entry, minutes: Minutes, worth: i64) {
    held.duties += 1;
    held.worth += worth;
    match entry.rung {
        Rung::Lead => held.lead = held.lead + minutes,
        Rung::Backup => held.backup = held.backup + minutes,
        Rung::Learner => {}
    }
}

/// What `minutes` of the duty weigh: their part of the whole, rounded down.
fn worth_of(entry: &Entry, minutes: Minutes) -> i64 {
    let length = i64::from(entry.span.length().0.max(1));
    entry.worth * i64::from(minutes.0) / length
}

/// Divides the worth of a duty, all of it and each category's, among those who could have held it.
fn divide(books: &mut BTreeMap<PersonId, Book>, claims: &[(PersonId, u64)], entry: &Entry) {
    let worths = Category::ALL.into_iter().map(|category| worth_of(entry, entry.minutes_in(category)));
    let all: u64 = claims.iter().map(|(_, share)| share).sum();
    for (at, worth) in std::iter::once(entry.worth).chain(worths).enumerate().filter(|(_, worth)| *worth > 0)
    {
        let fine = i128::from(worth) * FINE;
        let mut left = fine;
        for (person, share) in claims {
            let part = fine * i128::from(*share) / i128::from(all);
            left -= part;
            give(books, *person, at, part);
        }
        // A few millionths that do not divide: so small that it is all the same who has them.
        give(books, claims[0].0, at, left);
    }
}

fn give(books: &mut BTreeMap<PersonId, Book>, person: PersonId, at: usize, part: i128) {
    if let Some(book) = books.get_mut(&person) {
        book.fine[at] += part;
    }
}

/// Whole worth-minutes out of millionths: those with the largest remainders have the minutes that are
/// left, so that the sum stays what it was.
fn rounded(books: BTreeMap<PersonId, Book>) -> Vec<Account> {
    let mut books: Vec<Book> = books.into_values().collect();
    for at in 0..=Category::ALL.len() {
        let all: i128 = books.iter().map(|book| book.fine[at]).sum::<i128>() / FINE;
        let whole: i128 = books.iter().map(|book| book.fine[at] / FINE).sum();
        let mut order: Vec<usize> = (0..books.len()).collect();
        order.sort_by_key(|one| (std::cmp::Reverse(books[*one].fine[at] % FINE), *one));
        let more = usize::try_from(all - whole).unwrap_or(0);
        for (place, one) in order.into_iter().enumerate() {
            let fair = books[one].fine[at] / FINE + i128::from(place < more);
            let fair = i64::try_from(fair).unwrap_or(i64::MAX);
            match at.checked_sub(1) {
                None => books[one].account.whole.fair = fair,
                Some(category) => books[one].account.categories[category].1.fair = fair,
            }
        }
    }
    books.into_iter().map(|book| book.account).collect()
}
