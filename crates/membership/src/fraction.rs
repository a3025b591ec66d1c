//! Exact fractions: shares of cents and hours before they are rounded, once, at the end.

use std::{
    cmp::Ordering,
    fmt,
    iter::Sum,
    ops::{Add, Mul, Neg, Sub},
    str::FromStr,
};

/// A fraction in lowest terms, its denominator above zero.
///
/// Sums of a region's accounts stay far below what it holds; arithmetic beyond 128 bits panics
/// rather than rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    over: i128,
    under: i128,
}

/// Not a whole number, a decimal, or a fraction of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is neither a number such as 12 or 1.25 nor a fraction such as 3/10")]
pub struct NotAFraction(String);

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// `over` / `under`; `None` if `under` is zero.
    pub fn new(over: i128, under: i128) -> Option<Self> {
        let divisor = divisor(over.unsigned_abs(), under.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|divisor| *divisor > 0 && under != 0)?;
        let sign = under.signum();
        Some(Self { over: sign * over / divisor, under: sign * under / divisor })
    }

    /// The whole number at or below it.
    pub fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    /// What it exceeds that number by.
    pub fn rest(self) -> Self {
        self - Self::from(self.floor())
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        self.under == 1
    }

    /// Raised to a whole power.
    pub fn pow(self, power: u32) -> Self {
        Self { over: self.over.pow(power), under: self.under.pow(power) }
    }

    /// One part of it, among `parties` that are at least one.
    pub fn among(self, parties: u32) -> Self {
        reduced(self.over, self.under * i128::from(parties))
    }

    /// The quotient; `None` by zero.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        Self::new(self.over * other.under, self.under * other.over)
    }
}

fn divisor(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { divisor(other, one % other) }
}

fn reduced(over: i128, under: i128) -> Fraction {
    Fraction::new(over, under).expect("denominators are above zero, and so is their product")
}

/// What lifts both to their least common denominator: products of two large ones would overflow where
/// what they have in common does not.
fn lifted(one: Fraction, other: Fraction) -> (i128, i128) {
    let common = divisor(one.under.unsigned_abs(), other.under.unsigned_abs());
    let common = i128::try_from(common).expect("a divisor is no larger than what it divides");
    (other.under / common, one.under / common)
}

impl From<i128> for Fraction {
    fn from(whole: i128) -> Self {
        Self { over: whole, under: 1 }
    }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (own, others) = lifted(self, other);
        reduced(self.over * own + other.over * others, self.under * own)
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Fraction {
    type Output = Self;
    fn neg(self) -> Self {
        Self { over: -self.over, ..self }
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        // Reduced crosswise first, so that the products stay small.
        let (one, two) = (reduced(self.over, other.under), reduced(other.over, self.under));
        reduced(one.over * two.over, one.under * two.under)
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, others) = lifted(*self, *other);
        (self.over * own).cmp(&(other.over * others))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() { write!(f, "{}", self.over) } else { write!(f, "{}/{}", self.over, self.under) }
    }
}

impl FromStr for Fraction {
    type Err = NotAFraction;

    fn from_str(text: &str) -> Result<Self, NotAFraction> {
        let (over, under) = text.split_once('/').unwrap_or((text, "1"));
        let parsed = decimal(over.trim()).zip(decimal(under.trim()));
        parsed.and_then(|(over, under)| over.checked_div(under)).ok_or_else(|| NotAFraction(text.to_owned()))
    }
}

/// A whole number or a decimal, such as −1.25.
fn decimal(text: &str) -> Option<Fraction> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 18 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: i128 = format!("{whole}{part}").parse().ok()?;
    Fraction::new(digits, 10_i128.pow(u32::try_from(part.len()).ok()?))
}
