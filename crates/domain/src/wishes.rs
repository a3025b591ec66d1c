//! Wishes that come again each week, and until when wishes are taken.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{PersonId, PoolId, Wish, WishKind, WishRepeatId, WishRoundId};

/// What somebody says of a weekday, from a day until another (both included).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishRepeat {
    /// Its id.
    pub id: WishRepeatId,
    /// Who.
    pub person: PersonId,
    /// Each of these days.
    pub weekday: Weekday,
    /// What they said.
    pub kind: WishKind,
    /// The first day on which it may fall.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// Days of which it is not said.
    pub left_out: Vec<NaiveDate>,
}

impl WishRepeat {
    /// Whether it speaks of `day`.
    pub fn speaks_of(&self, day: NaiveDate) -> bool {
        day.weekday() == self.weekday
            && self.from <= day
            && day <= self.until
            && !self.left_out.contains(&day)
    }

    /// The days of which it speaks, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let days = self.from.iter_days().take_while(|day| *day <= self.until);
        days.filter(|day| self.speaks_of(*day))
    }
}

/// Until when a pool takes wishes for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishRound {
    /// Its id.
    pub id: WishRoundId,
    /// The pool.
    pub pool: PoolId,
    /// First of the days it is about.
    pub from: NaiveDate,
    /// Last of them.
    pub until: NaiveDate,
    /// The last day on which wishes for them are taken.
    pub closes_on: NaiveDate,
    /// Which planner said so.
    pub created_by: PersonId,
}

impl WishRound {
    /// Whether it is about `day`.
    pub fn is_about(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The round that closed `day` for wishes, seen on `today`: the one that was open longest. None while
/// another one about the day is still open, or where nobody set any.
pub fn closed_by(rounds: &[WishRound], day: NaiveDate, today: NaiveDate) -> Option<&WishRound> {
    let last = rounds.iter().filter(|round| round.is_about(day)).max_by_key(|round| round.closes_on)?;
    (last.closes_on < today).then_some(last)
}

/// What was said of the days from `first` to `last`: of a single day before what comes again, and of
/// that the last word. In order of days, then of people.
pub fn said(singles: Vec<Wish>, repeats: &[WishRepeat], first: NaiveDate, last: NaiveDate) -> Vec<Wish> {
    let mut all: BTreeMap<(NaiveDate, PersonId), WishKind> =
        singles.into_iter().map(|wish| ((wish.day, wish.person), wish.kind)).collect();
    for repeat in repeats.iter().rev() {
        for day in repeat.days().filter(|day| first <= *day && *day <= last) {
            all.entry((day, repeat.person)).or_insert(repeat.kind);
        }
    }
    all.into_iter().map(|((day, person), kind)| Wish { person, day, kind }).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn id<T: From<Uuid>>(number: u128) -> T {
        T::from(Uuid::from_u128(number))
    }

    fn tuesdays(number: u128, kind: WishKind) -> WishRepeat {
        WishRepeat {
            id: id(number),
            person: id(1),
            weekday: Weekday::Tue,
            kind,
            from: day("2026-12-01"),
            until: day("2026-12-29"),
            left_out: vec![day("2026-12-15")],
        }
    }

    fn wish(text: &str, kind: WishKind) -> Wish {
        Wish { person: id(1), day: day(text), kind }
    }

    #[test]
    fn a_repeat_speaks_of_its_weekday_from_its_first_day_to_its_last_but_of_none_left_out() {
        let days: Vec<String> = tuesdays(1, WishKind::Cant).days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2026-12-01", "2026-12-08", "2026-12-22", "2026-12-29"]);
    }

    #[test]
    fn a_word_about_a_single_day_counts_before_what_comes_again_and_the_last_word_before_the_first() {
        let repeats = [tuesdays(1, WishKind::Cant), tuesdays(2, WishKind::Wish)];
        let singles = vec![wish("2026-12-08", WishKind::RatherNot), wish("2026-12-10", WishKind::Wish)];
        assert_eq!(
            said(singles, &repeats, day("2026-12-02"), day("2026-12-22")),
            [
                wish("2026-12-08", WishKind::RatherNot),
                wish("2026-12-10", WishKind::Wish),
                wish("2026-12-22", WishKind::Wish),
            ]
        );
    }

    #[test]
    fn a_day_is_closed_once_the_last_round_about_it_is_over() {
        let round = |number, closes: &str| WishRound {
            id: id(number),
            pool: id(1),
            from: day("2026-12-01"),
            until: day("2026-12-31"),
            closes_on: day(closes),
            created_by: id(1),
        };
        let rounds = [round(1, "2026-11-10"), round(2, "2026-11-15")];
        let by = |about, today| closed_by(&rounds, day(about), day(today)).map(|round| round.id);
        assert_eq!(by("2026-12-31", "2026-11-15"), None, "until the evening of the last day");
        assert_eq!(by("2026-12-31", "2026-11-16"), Some(id(2)));
        assert_eq!(by("2027-01-01", "2026-11-16"), None, "nobody said anything of January");
    }
}
