//! Sharing costs: by example and by law.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, and unwrapping says where")]

use domain::Cents;
use membership::{
    Fraction,
    netting::{self, Unbalanced},
    shares::{self, Unshared},
    time_bank::{self, Category, Weights},
};
use proptest::prelude::*;

fn whole(all: &[i128]) -> Vec<Fraction> {
    all.iter().copied().map(Fraction::from).collect()
}

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

#[test]
fn the_cent_that_is_left_goes_to_the_largest_remainder_and_of_equals_to_the_earlier() {
    let cents = |total, weights: &[i128]| shares::by_weight(Cents(total), &whole(weights)).unwrap();
    assert_eq!(cents(10_000, &[1, 1, 1]), [3334, 3333, 3333].map(Cents));
    assert_eq!(cents(100, &[1, 2]), [33, 67].map(Cents));
    assert_eq!(cents(-10_000, &[1, 1, 1]), [-3334, -3333, -3333].map(Cents));
}

#[test]
fn a_key_without_weight_shares_nothing_and_says_so() {
    assert_eq!(shares::by_weight(Cents(100), &whole(&[0, 0])), Err(Unshared::NoWeight));
    assert_eq!(shares::by_weight(Cents(0), &[]), Err(Unshared::NoWeight));
    assert_eq!(shares::by_weight(Cents(100), &whole(&[2, -1])), Err(Unshared::BelowZero));
}

#[test]
fn a_two_part_tariff_adds_what_stands_and_what_is_used() {
    let shared = shares::two_part(Cents(1_000), Cents(400), &whole(&[1, 1]), &whole(&[1, 5])).unwrap();
    assert_eq!(shared, [300, 700].map(Cents));
}

#[test]
fn an_evening_two_offices_asked_for_costs_each_half() {
    let asked = [vec!["fri", "sat"], vec!["sat"], vec!["sat", "sat"]];
    assert_eq!(shares::slot_union(&asked, fraction("60")), ["80", "20", "20"].map(fraction));
}

#[test]
fn an_hour_of_a_holiday_counts_two_evenings() {
    let given = [vec![(Category::Holiday, fraction("4"))], vec![(Category::Evening, fraction("8"))]];
    let accounts = time_bank::accounts(&given, &[fraction("1/2"), fraction("1/2")], &Weights::default());
    assert!(accounts.iter().all(|account| account.balance() == Fraction::ZERO));
}

#[test]
fn fractions_are_read_as_people_write_them() {
    assert_eq!(fraction("1.25"), fraction("5/4"));
    assert_eq!(fraction("-0.5").to_string(), "-1/2");
    assert_eq!(fraction("6/4").to_string(), "3/2");
    for wrong in ["", "a", "1/0", "1/2/3", "1,5"] {
        assert!(wrong.parse::<Fraction>().is_err(), "{wrong}");
    }
}

#[test]
fn money_that_is_missing_is_not_netted() {
    assert_eq!(netting::settle(&[Cents(10), Cents(-9)]), Err(Unbalanced(1)));
}

proptest! {
    #[test]
    fn shares_sum_to_the_total_to_the_cent(
        total in -10_000_000_i64..10_000_000,
        weights in prop::collection::vec(0_i128..100_000, 1..20),
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let shared = shares::by_weight(Cents(total), &whole(&weights)).unwrap();
        prop_assert_eq!(shared.iter().copied().sum::<Cents>(), Cents(total));
        for (share, weight) in shared.iter().zip(&weights) {
            prop_assert!(*weight > 0 || share.0 == 0);
        }
    }

    #[test]
    fn nobody_pays_more_for_slots_in_common_than_alone(
        asked in prop::collection::vec(prop::collection::vec(0_u8..20, 0..10), 1..8),
        price in 1_i128..10_000,
    ) {
        let shared = shares::slot_union(&asked, Fraction::from(price));
        let mut all: Vec<u8> = asked.concat();
        all.sort_unstable();
        all.dedup();
        let total: Fraction = shared.iter().copied().sum();
        prop_assert_eq!(total, Fraction::from(price * i128::try_from(all.len()).unwrap()));
        for (share, slots) in shared.iter().zip(&asked) {
            let alone = shares::slot_union(std::slice::from_ref(slots), Fraction::from(price))[0];
            prop_assert!(*share <= alone);
        }
    }

    #[test]
    fn an_airport_and_a_series_share_all_they_cost(costs in prop::collection::vec(0_i128..1_000, 1..10)) {
        let costs = whole(&costs);
        let dearest = costs.iter().copied().max().unwrap();
        prop_assert_eq!(shares::airport(&costs).into_iter().sum::<Fraction>(), dearest);
        let total: Fraction = costs.iter().copied().sum();
        let square = |q: Fraction| q * q;
        prop_assert_eq!(shares::serial(&costs, square).into_iter().sum::<Fraction>(), square(total));
    }

    #[test]
    fn payments_settle_every_balance(mut balances in prop::collection::vec(-1_000_000_i64..1_000_000, 0..30)) {
        balances.push(-balances.iter().sum::<i64>());
        let all: Vec<Cents> = balances.iter().copied().map(Cents).collect();
        let transfers = netting::settle(&all).unwrap();
        prop_assert!(transfers.len() < all.len());
        for one in transfers {
            prop_assert!(one.amount.0 > 0 && one.from != one.to);
            balances[one.from] += one.amount.0;
            balances[one.to] -= one.amount.0;
        }
        prop_assert!(balances.iter().all(|left| *left == 0));
    }
}
