//! What offices bear by each key, what they are owed, and what settles it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, and unwrapping says where")]

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use domain::{Cents, HourWeights, KeyFigures, OrganisationId, ShareKey};
use membership::{
    Fraction,
    sharing::{Party, share},
    time_bank::{Category, Weights},
};
use proptest::prelude::*;
use uuid::Uuid;

fn office(number: u128) -> OrganisationId {
    Uuid::from_u128(number).into()
}

fn party(number: u128) -> Party {
    Party {
        office: office(number),
        days: 30,
        figures: KeyFigures::default(),
        visitors: 0,
        watched: Vec::new(),
        charged: Cents(0),
        duties: Some(Cents(0)),
        given: Vec::new(),
    }
}

fn half_hours(count: i64) -> Vec<(DateTime<Utc>, u8)> {
    let first: DateTime<Utc> = "2026-06-01T16:00:00Z".parse().unwrap();
    (0..count).map(|at| (first + Duration::minutes(30 * at), 0)).collect()
}

fn shares(parties: &[Party], standing: i64, key: ShareKey) -> Option<Vec<i64>> {
    let (lines, _) = share(parties, Cents(standing), key, &Weights::default());
    lines.iter().map(|line| line.share(key).map(|cents| cents.0)).collect()
}

#[test]
fn every_key_shares_the_same_cost_its_own_way() {
    let sized = |population, overnight_stays| KeyFigures {
        population: Some(population),
        overnight_stays: Some(overnight_stays),
    };
    let town = Party { figures: sized(9_000, 10_000), visitors: 10, watched: half_hours(8), ..party(1) };
    let resort = Party { figures: sized(1_000, 90_000), visitors: 30, watched: half_hours(4), ..party(2) };
    let both = [town, resort];
    assert_eq!(shares(&both, 10_001, ShareKey::Equal), Some(vec![5_001, 5_000]));
    assert_eq!(shares(&both, 10_000, ShareKey::Population), Some(vec![9_000, 1_000]));
    assert_eq!(shares(&both, 10_000, ShareKey::OvernightStays), Some(vec![1_000, 9_000]));
    assert_eq!(shares(&both, 10_000, ShareKey::Usage), Some(vec![2_500, 7_500]));
    assert_eq!(shares(&both, 10_000, ShareKey::TwoPart), Some(vec![5_000, 5_000]), "nothing was used up");
    assert_eq!(shares(&both, 10_000, ShareKey::Need), Some(vec![7_500, 2_500]), "four alone, four in common");
}

#[test]
fn an_office_that_came_in_the_middle_of_the_month_bears_half_of_an_equal_share() {
    let late = Party { days: 15, ..party(2) };
    assert_eq!(shares(&[party(1), late], 9_000, ShareKey::Equal), Some(vec![6_000, 3_000]));
}

#[test]
fn a_key_that_does_not_know_every_office_shares_nothing_and_settles_nothing() {
    let known = Party { figures: KeyFigures { population: Some(10), overnight_stays: None }, ..party(1) };
    let (lines, payments) = share(&[known, party(2)], Cents(500), ShareKey::Population, &Weights::default());
    assert!(payments.is_empty() && lines.iter().all(|line| line.balance.is_none()));
    assert_eq!(lines[0].share(ShareKey::Equal), Some(Cents(250)), "other keys go on");
}

#[test]
fn whoever_watched_is_paid_by_whoever_did_not_and_the_board_gets_back_what_it_spent() {
    let evening = |hours: i128| vec![(Category::Evening, Fraction::from(hours))];
    let gave = Party { duties: Some(Cents(20_000)), given: evening(8), ..party(1) };
    let (lines, payments) = share(&[gave, party(2)], Cents(4_000), ShareKey::Equal, &Weights::default());
    assert_eq!(lines.iter().map(|line| line.balance.unwrap().0).collect::<Vec<_>>(), [8_000, -12_000]);
    let told: Vec<_> = payments.iter().map(|one| (one.from, one.to, one.amount.0)).collect();
    assert_eq!(told, [(Some(office(2)), Some(office(1)), 8_000), (Some(office(2)), None, 4_000)]);
    let bank = lines[1].bank;
    assert_eq!((bank.given, bank.due, bank.balance, bank.worth), (0, 240, -240, Cents(-10_000)));
}

#[test]
fn an_office_that_pays_a_price_bears_no_share_and_what_it_pays_is_not_shared_again() {
    let priced = Party { days: 0, charged: Cents(3_000), duties: Some(Cents(1_000)), ..party(1) };
    let (lines, payments) =
        share(&[priced.clone(), party(2)], Cents(8_000), ShareKey::Equal, &Weights::default());
    assert_eq!(
        lines.iter().map(|line| line.share(ShareKey::Equal).unwrap().0).collect::<Vec<_>>(),
        [0, 6_000]
    );
    assert_eq!(lines.iter().map(|line| line.balance.unwrap().0).collect::<Vec<_>>(), [-2_000, -6_000]);
    let told: Vec<_> = payments.iter().map(|one| (one.from, one.to, one.amount.0)).collect();
    assert_eq!(told, [(Some(office(2)), None, 6_000), (Some(office(1)), None, 2_000)]);
    // Where everybody pays a price, nobody bears a share, and what is left is the board's.
    let (lines, payments) = share(&[priced], Cents(8_000), ShareKey::Population, &Weights::default());
    assert_eq!((lines[0].balance, payments[0].amount), (Some(Cents(-2_000)), Cents(2_000)));
}

#[test]
fn what_prices_bring_in_beyond_the_cost_is_the_boards() {
    let priced = Party { days: 0, charged: Cents(9_000), ..party(1) };
    let (lines, payments) = share(&[priced, party(2)], Cents(4_000), ShareKey::Equal, &Weights::default());
    assert_eq!(lines[1].share(ShareKey::Equal), Some(Cents(0)));
    let told: Vec<_> = payments.iter().map(|one| (one.from, one.to, one.amount.0)).collect();
    assert_eq!(told, [(Some(office(1)), None, 9_000)]);
}

#[test]
fn an_hour_counts_as_the_pool_decided() {
    let sunday = Party { given: vec![(Category::Sunday, Fraction::from(2))], ..party(1) };
    let evening = Party { given: vec![(Category::Evening, Fraction::from(2))], ..party(2) };
    let said = HourWeights { evening: 10_000, saturday: 10_000, sunday: 30_000, holiday: 10_000 };
    let (lines, _) = share(&[sunday, evening], Cents(0), ShareKey::Equal, &said.into());
    assert_eq!(lines.iter().map(|line| line.bank.given).collect::<Vec<_>>(), [360, 120]);
}

/// Days, sizes, visitors, half hours, cost in cents, minutes given by category, and a price.
type Drawn = (u32, (u32, u32), u32, (i64, i64), i64, Vec<(u8, i128)>, i64);

fn any_party() -> impl Strategy<Value = Drawn> {
    (
        0_u32..31,
        (1_u32..50_000, 0_u32..900_000),
        0_u32..500,
        (0_i64..60, 0_i64..300),
        0_i64..900_000,
        prop::collection::vec((0_u8..4, 0_i128..2_000), 0..4),
        prop_oneof![Just(0), 1_i64..50_000],
    )
}

proptest! {
    #[test]
    fn shares_sum_to_the_total_balances_to_zero_and_payments_settle_all(
        all in prop::collection::vec(any_party(), 1..9), standing in 0_i64..500_000,
    ) {
        let parties = drawn(all);
        let duties: i64 = parties.iter().filter_map(|party| party.duties).map(|cents| cents.0).sum();
        for key in ShareKey::ALL {
            let (lines, payments) = share(&parties, Cents(standing), key, &Weights::default());
            // Hours in which nobody shares are given to nobody.
            if parties.iter().any(|party| party.days > 0) {
                prop_assert_eq!(lines.iter().map(|line| line.bank.balance).sum::<i64>(), 0);
                prop_assert_eq!(lines.iter().map(|line| line.bank.worth.0).sum::<i64>(), 0);
            }
            let borne: Option<Vec<Cents>> = lines.iter().map(|line| line.share(key)).collect();
            let Some(borne) = borne else { prop_assert!(payments.is_empty()); continue };
            let charged: i64 = parties.iter().map(|party| party.charged.0).sum();
            let all_priced = parties.iter().all(|party| party.days == 0);
            let shared = if all_priced { 0 } else { (standing + duties - charged).max(0) };
            prop_assert_eq!(borne.iter().copied().sum::<Cents>(), Cents(shared));
            let mut left: Vec<i64> = lines.iter().map(|line| line.balance.unwrap().0).collect();
            left.push(-left.iter().sum::<i64>());
            for (line, party) in lines.iter().zip(&parties).filter(|(_, party)| party.days == 0) {
                prop_assert_eq!(line.share(key), Some(Cents(0)), "never both: {:?}", party);
            }
            for one in payments {
                let at = |whose: Option<OrganisationId>| {
                    lines.iter().position(|line| Some(line.office) == whose).unwrap_or(lines.len())
                };
                left[at(one.from)] += one.amount.0;
                left[at(one.to)] -= one.amount.0;
            }
            prop_assert!(left.iter().all(|cents| *cents == 0), "{:?}", left);
        }
    }

    #[test]
    fn by_need_nobody_pays_more_than_alone(
        all in prop::collection::vec(any_party(), 1..9), standing in 0_i64..500_000,
    ) {
        let parties = drawn(all);
        let (lines, _) = share(&parties, Cents(standing), ShareKey::Need, &Weights::default());
        let watched: BTreeSet<_> = parties.iter().flat_map(|party| party.watched.iter().copied()).collect();
        let total: i64 = lines.iter().filter_map(|line| line.share(ShareKey::Need)).map(|cents| cents.0).sum();
        for (line, party) in lines.iter().zip(&parties) {
            let Some(share) = line.share(ShareKey::Need) else { continue };
            // Alone it would pay for each of its own half hours what a half hour costs all of them.
            let own = i128::try_from(party.watched.len()).unwrap();
            let alone = i128::from(total) * own;
            let of = i128::try_from(watched.len().max(1)).unwrap();
            // A cent is the least that can be paid.
            prop_assert!((i128::from(share.0) - 1) * of <= alone, "{} for {} of {}", share.0, own, of);
        }
    }
}

fn drawn(all: Vec<Drawn>) -> Vec<Party> {
    let category = |(which, minutes): (u8, i128)| {
        let words = ["evening", "saturday", "sunday", "holiday"];
        (Category::from_word(words[usize::from(which)]).unwrap(), Fraction::new(minutes, 60).unwrap())
    };
    let one =
        |(number, (days, (people, nights), visitors, (from, asked), cost, given, price)): (u128, Drawn)| {
            // Of days on which it pays a price it has neither visitors nor hours.
            let shares = days > 0;
            Party {
                days,
                visitors: if shares { visitors } else { 0 },
                watched: if shares { half_hours(from + asked).split_off(from as usize) } else { Vec::new() },
                charged: Cents(price),
                duties: Some(Cents(cost)),
                figures: KeyFigures { population: Some(people), overnight_stays: Some(nights) },
                given: given.into_iter().map(category).collect(),
                ..party(number)
            }
        };
    (1..).zip(all).map(one).collect()
}
