//! The time bank: hours an office's people gave, weighed by when, against the part it owes.

use domain::HourWeights;

use crate::fraction::Fraction;

/// When an hour was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// A weekday evening.
    Evening,
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
    /// A public holiday.
    Holiday,
}

impl Category {
    /// The category written as `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "evening" => Some(Self::Evening),
            "saturday" => Some(Self::Saturday),
            "sunday" => Some(Self::Sunday),
            "holiday" => Some(Self::Holiday),
            _ => None,
        }
    }
}

/// What an hour of each category counts; a pool's setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Weekday evenings.
    pub evening: Fraction,
    /// Saturdays.
    pub saturday: Fraction,
    /// Sundays.
    pub sunday: Fraction,
    /// Public holidays.
    pub holiday: Fraction,
}

impl Default for Weights {
    /// 1, 1¼, 1½, 2.
    fn default() -> Self {
        Self::from(HourWeights::default())
    }
}

impl From<HourWeights> for Weights {
    fn from(said: HourWeights) -> Self {
        let times =
            |points: u32| Fraction::new(i128::from(points), 10_000).expect("ten thousand is not zero");
        Self {
            evening: times(said.evening),
            saturday: times(said.saturday),
            sunday: times(said.sunday),
            holiday: times(said.holiday),
        }
    }
}

impl Weights {
    fn of(&self, category: Category) -> Fraction {
        match category {
            Category::Evening => self.evening,
            Category::Saturday => self.saturday,
            Category::Sunday => self.sunday,
            Category::Holiday => self.holiday,
        }
    }
}

/// One office's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Weighed hours its people gave.
    pub contributed: Fraction,
    /// Weighed hours it owes: its share of all that were given.
    pub due: Fraction,
}

impl Account {
    /// Hours it is owed, or below zero owes.
    pub fn balance(&self) -> Fraction {
        self.contributed - self.due
    }

    /// The same in cents, at so many a weighed hour.
    pub fn cents(&self, rate: Fraction) -> Fraction {
        self.balance() * rate
    }
}

/// The account of each office: hours given by category, and its share of the whole. When the shares
/// sum to one, balances sum to zero.
pub fn accounts(given: &[Vec<(Category, Fraction)>], shares: &[Fraction], weights: &Weights) -> Vec<Account> {
    let weighed = |hours: &Vec<(Category, Fraction)>| -> Fraction {
        hours.iter().map(|(category, hours)| weights.of(*category) * *hours).sum()
    };
    let contributed: Vec<Fraction> = given.iter().map(weighed).collect();
    let total: Fraction = contributed.iter().copied().sum();
    let account = |(contributed, share): (Fraction, &Fraction)| Account { contributed, due: total * *share };
    contributed.into_iter().zip(shares).map(account).collect()
}
