//! From prices to a rota: people are held to the parts that the program likes best, a few at a time, and
//! the others are asked anew, until everybody has a part or nothing better can come of it.

use super::legal;
use super::penalty::Penalty;
use super::prices::Prices;
use super::random::Dice;
use super::state::State;
use super::timeline::Model;

/// A part this likely is as good as chosen.
const SURE: f64 = 0.99;
/// Of those who are not sure, one in so many is held each time.
const SHARE: usize = 12;
/// Dives from the top before it is given up.
const MOST_DIVES: u32 = 60;

/// A dive in hand.
#[derive(Clone, Debug)]
pub(super) struct Dive {
    prices: Prices,
    /// Nothing but what is pinned.
    pinned: State,
    /// How many people go by weeks already.
    built: usize,
    held: Vec<usize>,
    /// Known parts that the law refuses.
    shut: Vec<bool>,
    dives: u32,
    dice: Dice,
}

/// What came of some work on a dive.
pub(super) enum Found {
    /// Nothing yet.
    Nothing,
    /// A rota to work on from; perhaps with holes.
    Rota(State),
    /// There is no better rota of such parts.
    Over,
}

impl Dive {
    pub(super) fn new(prices: Prices, pinned: State) -> Self {
        Self { prices, pinned, built: 0, held: Vec::new(), shut: Vec::new(), dives: 0, dice: Dice::new(1) }
    }

    /// Works on for about `units` units, to beat `best`; returns what was found, and how many it took.
    pub(super) fn step(&mut self, model: &Model, best: &State, units: u64) -> (Found, u64) {
        let Penalty { wishes, stability, .. } = best.penalty();
        let mut work = 0;
        while work < units {
            if self.prices.go_by_weeks(model, &mut self.pinned, self.built) {
                (self.built, work) = (self.built + 1, work + 100);
            } else if self.dives == 0 {
                self.begin(model, best, &mut work);
            } else if !self.prices.is_done() {
                work += self.prices.step(units - work);
            } else if self.prices.is_hopeless(wishes, stability) {
                if self.held.is_empty() || self.dives >= MOST_DIVES {
                    return (Found::Over, work);
                }
                self.again();
            } else if self.hold_more(model, &mut work) {
                let rota = self.rota(model);
                self.again();
                return (Found::Rota(rota), work);
            }
        }
        (Found::Nothing, work)
    }

    /// Leaves out parts that the law refuses, and learns those of the best rota.
    fn begin(&mut self, model: &Model, best: &State, work: &mut u64) {
        self.prices.learn(model, &self.pinned, best);
        self.prices.insist();
        let pinned = &mut self.pinned;
        self.shut = self.prices.refused(|person, places| {
            *work += 1 + places.len() as u64;
            !legal::all_of(model, pinned, person, places)
        });
        self.again();
    }

    fn again(&mut self) {
        self.dives += 1;
        self.held.clear();
        self.prices.hold(&[], &self.shut);
    }

    /// Holds those who are sure and some of the others; true if nobody is left to hold.
    fn hold_more(&mut self, model: &Model, work: &mut u64) -> bool {
        if self.held.is_empty() {
            self.prices.be_content();
        }
        let mut free = self.prices.likeliest();
        // With some luck, so that no dive is the one before.
        let mut luck = || self.dice.roll(1_000) as f64 / 4_000.0;
        free.iter_mut().filter(|(.., value)| *value < SURE).for_each(|(.., value)| *value += luck() - 0.25);
        free.sort_by(|one, two| two.2.total_cmp(&one.2).then(one.0.cmp(&two.0)));
        let sure = free.iter().take_while(|(.., value)| *value >= SURE).count();
        let most = sure + (free.len() - sure).div_ceil(SHARE);
        let mut held = 0;
        let mut refused = false;
        for (_, known, _) in free.iter().take(most) {
            let (person, places) = self.prices.places(*known, |_| false);
            *work += 1 + places.len() as u64;
            if legal::all_of(model, &mut self.pinned, person, &places) {
                self.held.push(*known);
                held += 1;
            } else {
                let until = self.shut.len().max(known + 1);
                self.shut.resize(until, false);
                self.shut[*known] = true;
                refused = true;
            }
        }
        if held == free.len() && !refused {
            return true;
        }
        self.prices.hold(&self.held, &self.shut);
        false
    }

    /// Everybody with their part, as far as places and law allow.
    fn rota(&mut self, model: &Model) -> State {
        let mut state = self.pinned.clone();
        for known in self.prices.all() {
            let (person, places) = self.prices.places(known, |place| state.holder(place).is_some());
            for place in places {
                state.put(model, place, Some(person));
                if !legal::stands(model, &state, person, place) {
                    state.put(model, place, None);
                }
            }
        }
        // Without a duty that found no place another may no longer stand, and so on.
        loop {
            let mut stands = true;
            for place in &model.open {
                if state.holder(*place).is_some_and(|person| !legal::stands(model, &state, person, *place)) {
                    state.put(model, *place, None);
                    stands = false;
                }
            }
            if stands {
                return state;
            }
        }
    }
}
