//! Shares of a region whose offices watch unequally.

use std::collections::BTreeMap;

use domain::{
    Cents, HourBalance, HourWeights, KeyFigures, Month, OrganisationId, Payment, ShareKey, ShareLine, Sharing,
};

use super::{OFFICES, day, id};
use crate::html::{
    forms::Filled,
    shares::{Model, Named},
};

/// Three offices of November, as their board (`whole`) or the first of them sees it.
pub fn shares(whole: bool) -> Model {
    let office = |number: u8| -> OrganisationId { id(number) };
    let line = |number: u8, duties: i64, share: i64, balance: i64| ShareLine {
        office: office(number),
        days: 30,
        figures: KeyFigures { population: Some(2_400), overnight_stays: (number != 2).then_some(180_000) },
        visitors: 40,
        watched: 176,
        duties: Some(Cents(duties)),
        charged: Cents(0),
        shares: ShareKey::ALL.map(|key| (key != ShareKey::OvernightStays).then_some(Cents(share))).into(),
        balance: Some(Cents(duties - share)),
        bank: HourBalance { given: 1_800 + balance, due: 1_800, balance, worth: Cents(balance * 40) },
    };
    let mut lines =
        vec![line(1, 61_200, 33_334, 720), line(2, 28_800, 33_333, -240), line(3, 0, 33_333, -480)];
    if !whole {
        lines.truncate(1);
    }
    let names =
        (1..=3).zip(OFFICES.iter().map(|(name, colour)| Named { name: (*name).to_owned(), colour: *colour }));
    let month = Month::of(day("2026-11-01"));
    let pay = |from, to, amount| Payment { from, to, amount: Cents(amount) };
    Model {
        pool: "Lacs & Vallées".to_owned(),
        pools: vec![(id(81), "Lacs & Vallées".to_owned())],
        board: "Lacs & Vallées".to_owned(),
        currency: "€",
        whole,
        offices: names.map(|(number, named)| (office(number), named)).collect::<BTreeMap<_, _>>(),
        sharing: Sharing {
            pool: id(81),
            from: month,
            until: month,
            key: ShareKey::Equal,
            standing: Cents(10_000),
            duties: Cents(90_000),
            charged: Cents(0),
            weights: HourWeights::default(),
            lines,
            payments: vec![
                pay(Some(office(3)), Some(office(1)), 27_866),
                pay(Some(office(3)), None, 5_467),
                pay(Some(office(2)), None, 4_533),
            ],
        },
        filled: Filled::default(),
    }
}
