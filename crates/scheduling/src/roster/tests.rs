//! The engine against brute force on tiny problems, and its own arithmetic.

use proptest::prelude::*;

use super::*;

/// A week of two kinds, two people, contracts by chance.
fn tiny() -> impl Strategy<Value = Model> {
    let person =
        (1..4_u32, 0..3_u32, 1..3_u32, 0..3_u32, 0..4_u32, 0..7_usize, prop::collection::vec(-3..4_i64, 14));
    let cover =
        (0..3_u32, 1..20_i64, 0..4_i64).prop_map(|(wanted, under, over)| Cover { wanted, under, over });
    (prop::collection::vec(person, 2), prop::collection::vec(cover, 14), any::<bool>()).prop_map(
        |(people, cover, late)| {
            let kind = |name: &str, minutes, never_before| Kind { name: name.into(), minutes, never_before };
            let people =
                people.into_iter().map(|(longest, shortest, rest, weekends, limit, away, price)| Person {
                    name: "somebody".into(),
                    at_most: vec![limit, 7],
                    minutes: (if late { 720 } else { 0 }, 3000),
                    run: (shortest.min(longest), longest),
                    rest,
                    weekends,
                    away: vec![away],
                    price,
                });
            Model {
                days: 7,
                kinds: vec![kind("night", 600, vec![1]), kind("day", 480, vec![])],
                people: people.collect(),
                cover,
                base: 7,
            }
        },
    )
}

/// All legal rows of a person, with their own price.
fn rows(model: &Model, person: usize) -> Vec<Row> {
    let alone = Model { people: vec![model.people[person].clone()], ..model.clone() };
    let all = (0..3_usize.pow(7))
        .map(|number| (0..7).map(|day| (number / 3_usize.pow(day) % 3) as u8).collect::<Row>());
    all.filter(|row| evaluate(&alone, std::slice::from_ref(row)).broken.is_empty()).collect()
}

fn price_of(row: &Row, price: &[i64]) -> i64 {
    row.iter()
        .enumerate()
        .filter(|(_, code)| **code > 0)
        .map(|(day, code)| price[day * 2 + usize::from(*code) - 1])
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_best_row_is_the_cheapest_of_all_legal_ones(model in tiny()) {
        let mut finder = best::Finder::new(&model, &Halt::default());
        for person in 0..2 {
            let price = &model.people[person].price;
            let cheapest = rows(&model, person).iter().map(|row| price_of(row, price)).min();
            let found = finder.best(person, price, None);
            prop_assert_eq!(found.as_ref().map(|(cost, _)| *cost), cheapest);
            if let Some((cost, row)) = found {
                prop_assert_eq!(cost, price_of(&row, price));
                prop_assert!(rows(&model, person).contains(&row));
            }
        }
    }

    #[test]
    fn a_row_of_which_some_days_stand_is_the_cheapest_among_those(model in tiny(), from in 0..7_usize, length in 0..7_usize) {
        let until = (from + length).min(7);
        let all = rows(&model, 0);
        prop_assume!(!all.is_empty());
        let kept = all[all.len() / 2].clone();
        let price = &model.people[0].price;
        let stands = |row: &&Row| (0..7).all(|day| (from..until).contains(&day) || row[day] == kept[day]);
        let cheapest = all.iter().filter(stands).map(|row| price_of(row, price)).min();
        let open = best::Open { row: &kept, from, until };
        let mut finder = best::Finder::new(&model, &Halt::default());
        let found = finder.best(0, price, Some(open));
        prop_assert_eq!(found.as_ref().map(|(_, row)| price_of(row, price)), cheapest);
        if let Some((cost, row)) = found {
            prop_assert!(all.contains(&row));
            prop_assert_eq!(finder.by_labels(0, Some(open)), Some(cost));
        }
    }

    #[test]
    fn a_row_found_by_its_shape_is_legal_and_costs_what_is_said(model in tiny()) {
        let mut finder = best::Finder::new(&model, &Halt::default());
        let price = &model.people[0].price;
        let all = rows(&model, 0);
        if let Some((cost, row)) = finder.shaped(0, price) {
            prop_assert!(all.contains(&row), "{:?}", row);
            prop_assert_eq!(cost, price_of(&row, price));
            let cheapest = all.iter().map(|row| price_of(row, price)).min();
            prop_assert!(cheapest.is_some_and(|cheapest| cheapest <= cost));
        }
    }

    #[test]
    fn a_row_sought_near_another_is_legal_and_no_dearer_and_the_best_if_it_may_stray_far(
        model in tiny(),
        units in 0..12_u32,
        weekends in 0..2_u32,
    ) {
        let all = rows(&model, 0);
        prop_assume!(!all.is_empty());
        let kept = &all[all.len() / 2];
        let price = &model.people[0].price;
        let mut finder = best::Finder::new(&model, &Halt::default());
        let (cost, row) = finder.straying(0, price, kept, (units, weekends)).unwrap();
        prop_assert!(all.contains(&row), "{:?}", row);
        prop_assert_eq!(cost, price_of(&row, price));
        prop_assert!(cost <= price_of(kept, price));
        let cheapest = all.iter().map(|row| price_of(row, price)).min();
        prop_assert_eq!(finder.straying(0, price, kept, (100, 2)).map(|(cost, _)| cost), cheapest);
    }

    #[test]
    fn prices_alone_never_bound_above_the_best_roster(model in tiny(), moves in 1..40_u64) {
        let (one, other) = (rows(&model, 0), rows(&model, 1));
        prop_assume!(!one.is_empty() && !other.is_empty() && one.len() * other.len() < 40_000);
        let mut ascent = ascent::Ascent::new(&model, &Halt::default());
        ascent.step(moves * 100);
        prop_assume!(ascent.bound().is_some());
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| vec![one.clone(), other.clone()]));
        let cheapest = pairs.map(|pair| evaluate(&model, &pair).penalty).min().unwrap();
        prop_assert!(ascent.bound().unwrap() <= cheapest * MILLION);
    }

    #[test]
    fn what_two_sides_changed_goes_together_into_a_legal_roster_at_its_price(
        model in tiny(),
        at in prop::collection::vec(0..10_000_usize, 6),
    ) {
        let all = [rows(&model, 0), rows(&model, 1)];
        prop_assume!(!all[0].is_empty() && !all[1].is_empty());
        let roster = |at: &[usize]| -> Vec<Row> {
            all.iter().zip(at).map(|(rows, at)| rows[at % rows.len()].clone()).collect()
        };
        let (rows, cost) = merge::merge(&model, &roster(&at[..2]), &roster(&at[2..4]), &roster(&at[4..]));
        prop_assert_eq!(evaluate(&model, &rows), Verdict { broken: Vec::new(), penalty: cost });
    }

    #[test]
    fn a_row_that_is_found_piece_by_piece_is_legal(model in tiny(), first in 1..7_usize) {
        let mut finder = best::Finder::new(&model, &Halt::default());
        let price = &model.people[0].price;
        let begun = finder.onward(0, price, &[], first);
        if let Some(row) = begun.and_then(|row| finder.onward(0, price, &row, 7)) {
            prop_assert!(rows(&model, 0).contains(&row), "{:?}", row);
        }
    }

    #[test]
    fn a_search_gives_a_legal_roster_at_its_price_and_none_that_is_too_good(model in tiny()) {
        let (one, other) = (rows(&model, 0), rows(&model, 1));
        prop_assume!(!one.is_empty() && !other.is_empty());
        let mut search = Search::new(&model, 1, &Halt::default());
        search.step(20_000);
        let (roster, cost) = search.best();
        let verdict = evaluate(&model, roster);
        prop_assert_eq!(&verdict.broken, &Vec::<String>::new());
        prop_assert_eq!(verdict.penalty, cost);
        if one.len() * other.len() < 40_000 {
            let pairs = one.iter().flat_map(|one| other.iter().map(move |other| vec![one.clone(), other.clone()]));
            let cheapest = pairs.map(|pair| evaluate(&model, &pair).penalty).min().unwrap();
            prop_assert!(cheapest <= cost);
        }
    }

    #[test]
    fn columns_bound_the_best_roster_of_all_and_settle(model in tiny()) {
        let (one, other) = (rows(&model, 0), rows(&model, 1));
        prop_assume!(!one.is_empty() && !other.is_empty() && one.len() * other.len() < 40_000);
        let first = vec![one[0].clone(), other[0].clone()];
        let mut columns = Columns::new(&model, &first, &Halt::default());
        columns.step(1 << 40);
        prop_assert!(columns.is_settled());
        let bound = columns.bound().unwrap();
        // The program cannot be dearer than its bound but for what was blurred.
        prop_assert!((columns.program() - bound as f64).abs() < 1.5, "{} and {}", columns.program(), bound);
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| vec![one.clone(), other.clone()]));
        let cheapest = pairs.map(|pair| evaluate(&model, &pair).penalty).min().unwrap();
        prop_assert!(bound <= cheapest, "{} is above {}", bound, cheapest);
    }

    #[test]
    fn a_finder_asked_again_and_again_at_other_prices_is_right_each_time(
        model in tiny(),
        prices in prop::collection::vec(prop::collection::vec(-9..9_i64, 14), 6),
    ) {
        let mut finder = best::Finder::new(&model, &Halt::default());
        let all = rows(&model, 0);
        for price in prices {
            let cheapest = all.iter().map(|row| price_of(row, &price)).min();
            let found = finder.best(0, &price, None);
            prop_assert_eq!(found.as_ref().map(|(cost, _)| *cost), cheapest);
            prop_assert!(found.is_none_or(|(cost, row)| price_of(&row, &price) == cost && all.contains(&row)));
            prop_assert_eq!(finder.by_labels(0, None), cheapest);
        }
    }

    #[test]
    fn what_both_sides_prove_is_the_best_and_one_thread_finds_what_two_find(model in tiny(), seed in 0..9_u64) {
        let (one, other) = (rows(&model, 0), rows(&model, 1));
        prop_assume!(one.len() * other.len() < 40_000);
        let work = |threads| {
            let mut pair = Pair::new(&model, seed, &Halt::default())?;
            (0..3).for_each(|_| pair.round(2_000, threads));
            Some((pair.best().0.to_vec(), pair.best().1, pair.bound().unwrap()))
        };
        let found = work(1);
        prop_assert_eq!(&found, &work(2));
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| vec![one.clone(), other.clone()]));
        let cheapest = pairs.map(|pair| evaluate(&model, &pair).penalty).min();
        prop_assert_eq!(found.is_some(), cheapest.is_some());
        if let (Some((roster, cost, bound)), Some(cheapest)) = (found, cheapest) {
            prop_assert_eq!(evaluate(&model, &roster), Verdict { broken: Vec::new(), penalty: cost });
            prop_assert!(bound <= cheapest && cheapest <= cost);
        }
    }

    #[test]
    fn with_enough_work_the_best_roster_is_found_and_proved(model in tiny()) {
        let (one, other) = (rows(&model, 0), rows(&model, 1));
        prop_assume!(!one.is_empty() && !other.is_empty() && one.len() * other.len() < 40_000);
        let mut pair = Pair::new(&model, 1, &Halt::default()).unwrap();
        (0..200).for_each(|_| pair.round(100_000, 1));
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| vec![one.clone(), other.clone()]));
        let cheapest = pairs.map(|pair| evaluate(&model, &pair).penalty).min().unwrap();
        prop_assert_eq!((pair.best().1, pair.bound()), (cheapest, Some(cheapest)));
    }

    #[test]
    fn a_halted_pair_does_nothing_more_and_claims_nothing_new(model in tiny()) {
        let halt = Halt::default();
        let Some(mut pair) = Pair::new(&model, 1, &halt) else { return Ok(()) };
        let before = (pair.best().0.to_vec(), pair.best().1, pair.bound());
        halt.stop();
        pair.round(100_000, 2);
        prop_assert_eq!((pair.best().0.to_vec(), pair.best().1, pair.bound()), before);
        prop_assert!(Pair::new(&model, 1, &halt).is_none() || rows(&model, 0).contains(&vec![0; 7]));
    }

    #[test]
    fn the_same_seed_gives_the_same_roster(model in tiny(), seed in 0..100_u64) {
        let rostered = || {
            let mut search = Search::new(&model, seed, &Halt::default());
            search.step(5_000);
            search.best().0.to_vec()
        };
        prop_assert_eq!(rostered(), rostered());
    }
}

#[test]
fn an_instance_is_read_and_its_faults_are_told_by_line() {
    let text = "SECTION_HORIZON\n7\nSECTION_SHIFTS\nN,600,D\nD,480,\nSECTION_STAFF\nA,N=2|D=7,2400,480,3,1,1,1\n\
        SECTION_DAYS_OFF\nA,0\nSECTION_SHIFT_ON_REQUESTS\nA,1,D,3\nSECTION_SHIFT_OFF_REQUESTS\nA,2,N,2\n\
        SECTION_COVER\n1,D,1,100,1\n";
    let model = public::read(text).unwrap();
    assert_eq!((model.days, model.base, model.kinds[0].never_before.clone()), (7, 3, vec![1]));
    let rows = vec![vec![0, 2, 0, 0, 0, 0, 0]];
    assert_eq!(evaluate(&model, &rows), Verdict { broken: vec![], penalty: 0 });
    assert_eq!(public::write(&model, &rows), "-\tD\t-\t-\t-\t-\t-\n");
    let wrong = public::read(&text.replace("A,2,N,2", "A,9,N,2")).unwrap_err();
    assert_eq!(wrong.to_string(), "line 13: day 9 lies beyond the horizon of 7");
    let faults = [
        (
            text.split("SECTION_COVER").next().unwrap().to_owned(),
            "line 13: the file ends without a line of SECTION_COVER: was it cut?",
        ),
        (String::new(), "line 1: the file ends without a line of SECTION_HORIZON: was it cut?"),
        (text.replace("\n7\n", "\n0\n"), "line 2: a horizon has 1 to 10000 days, not 0"),
        (text.replace("\nD,480,", "\nD,480,\nD,480,"), "line 6: the kind D stands twice"),
        (
            text.replace("SECTION_DAYS_OFF", "A,N=2|D=7,2400,480,3,1,1,1\nSECTION_DAYS_OFF"),
            "line 8: A stands twice",
        ),
    ];
    for (text, fault) in faults {
        assert_eq!(public::read(&text).unwrap_err().to_string(), fault);
    }
}
