//! What a watch costs, shared between its offices: keys, what each office would bear by each, hours
//! given and owed, and the payments that settle it. Nothing here is an invoice.

use serde::{Deserialize, Serialize};

use crate::{Cents, Month, OrganisationId, PoolId};

/// By what a cost is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareKey {
    /// Every office alike, by its days in the pool.
    Equal,
    /// By inhabitants.
    Population,
    /// By overnight stays of a year.
    OvernightStays,
    /// By how many visitors wrote.
    Usage,
    /// What stands alike, what duties cost by how many visitors wrote.
    TwoPart,
    /// Each watched half hour by those who bought it, alike (Shapley's value).
    Need,
}

impl ShareKey {
    /// Every key.
    pub const ALL: [Self; 6] =
        [Self::Equal, Self::Population, Self::OvernightStays, Self::Usage, Self::TwoPart, Self::Need];

    /// The word in addresses, in the API, and in the keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Population => "population",
            Self::OvernightStays => "overnight_stays",
            Self::Usage => "usage",
            Self::TwoPart => "two_part",
            Self::Need => "need",
        }
    }

    /// The key written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }
}

/// What is known of an office's size; a board says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFigures {
    /// Inhabitants.
    pub population: Option<u32>,
    /// Overnight stays of a year.
    pub overnight_stays: Option<u32>,
}

/// What the offices of a pool would bear of some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// The pool.
    pub pool: PoolId,
    /// First month.
    pub from: Month,
    /// Last month, included.
    pub until: Month,
    /// The key that payments and hours go by.
    pub key: ShareKey,
    /// What the board itself spends, besides duties.
    pub standing: Cents,
    /// What duties cost their employers, by what these say an hour gives.
    pub duties: Cents,
    /// What offices owe at a price: it is not shared again.
    pub charged: Cents,
    /// What an hour counts, by when it was given.
    pub weights: HourWeights,
    /// Each office.
    pub lines: Vec<ShareLine>,
    /// What settles it between offices and board, largest first; nothing while the key cannot be used.
    pub payments: Vec<Payment>,
}

impl Sharing {
    /// Everything that is shared by a key: what prices do not pay for.
    pub fn total(&self) -> Cents {
        Cents((self.standing.0 + self.duties.0 - self.charged.0).max(0))
    }

    /// Whether `key` can be used: some keys need to know something of every office.
    pub fn knows(&self, key: ShareKey) -> bool {
        self.lines.iter().any(|line| line.share(key).is_some())
    }
}

/// One office's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLine {
    /// The office.
    pub office: OrganisationId,
    /// Days on which it was a member and paid no price.
    pub days: u32,
    /// Its size.
    pub figures: KeyFigures,
    /// How many visitors wrote to it on these days.
    pub visitors: u32,
    /// Watched half hours that it takes part in on these days.
    pub watched: u32,
    /// What duties of its people cost it; nothing where it reckons in another currency than the pool.
    pub duties: Option<Cents>,
    /// What it owes at a price for its other days.
    pub charged: Cents,
    /// What it would bear besides, by key in the order of [`ShareKey::ALL`].
    pub shares: Vec<Option<Cents>>,
    /// What it is owed by the chosen key, or below zero owes: its duties less its price and its share.
    pub balance: Option<Cents>,
    /// Its hours.
    pub bank: HourBalance,
}

impl ShareLine {
    /// What it would bear by `key`.
    pub fn share(&self, key: ShareKey) -> Option<Cents> {
        let at = ShareKey::ALL.iter().position(|one| *one == key)?;
        self.shares.get(at).copied().flatten()
    }
}

/// What an hour given counts for its office, in basis points: 10 000 is once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourWeights {
    /// Weekday evenings.
    pub evening: u32,
    /// Saturdays.
    pub saturday: u32,
    /// Sundays.
    pub sunday: u32,
    /// Public holidays.
    pub holiday: u32,
}

impl Default for HourWeights {
    /// 1, 1¼, 1½, 2.
    fn default() -> Self {
        Self { evening: 10_000, saturday: 12_500, sunday: 15_000, holiday: 20_000 }
    }
}

/// Weighed minutes an office's people gave, and those it owes by the chosen key: by the pool's
/// [weights](HourWeights), a backup as its ledger says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HourBalance {
    /// Given.
    pub given: i64,
    /// Its share of all that was given.
    pub due: i64,
    /// Given less due; all balances of a pool sum to zero, to the minute.
    pub balance: i64,
    /// The same at the mean price of a weighed hour.
    pub worth: Cents,
}

/// One payment; `None` is the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who pays.
    pub from: Option<OrganisationId>,
    /// Who is paid.
    pub to: Option<OrganisationId>,
    /// How much, above zero.
    pub amount: Cents,
}
