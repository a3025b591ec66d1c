//! From prices to a rota: people are held to the parts that the program likes best, a few at a time, and
//! the others are asked anew, until everybody has a part or nothing better can come of it. Then the last few
//! are let go, and fewer are held; where it was one, others are tried.

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
/// How often one dive goes back.
const MOST_BACKS: u32 = 40;

/// A dive in hand.
#[derive(Clone, Debug)]
pub(super) struct Dive {
    prices: Prices,
    /// Nothing but what is pinned.
    pinned: State,
    /// How many people's choices are sifted already.
    sifted: usize,
    held: Vec<usize>,
    /// How many were held before each time that some were.
    before: Vec<usize>,
    /// No more are held at once.
    most: usize,
    /// Parts that this dive does without.
    left: Vec<usize>,
    backs: u32,
    /// Which of the known parts the law refuses, as far as that is known.
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
        Self {
            prices,
            pinned,
            sifted: 0,
            held: Vec::new(),
            before: Vec::new(),
            most: usize::MAX,
            left: Vec::new(),
            backs: 0,
            shut: Vec::new(),
            dives: 0,
            dice: Dice::new(1),
        }
    }

    /// Works on for about `units` units, to beat `best`; returns what was found, and how many it took.
    pub(super) fn step(&mut self, model: &Model, best: &State, units: u64) -> (Found, u64) {
        let Penalty { wishes, stability, .. } = best.penalty();
        let mut work = 0;
        while work < units {
            if let Some(units) = self.prices.sift(model, &mut self.pinned, self.sifted) {
                (self.sifted, work) = (self.sifted + 1, work + units);
            } else if self.dives == 0 {
                match self.prices.known_places(self.shut.len()) {
                    Some((person, places)) => {
                        work += 1 + places.len() as u64;
                        self.shut.push(!legal::all_of(model, &mut self.pinned, person, &places));
                    }
                    None => self.begin(model, best),
                }
            } else if !self.prices.is_done() {
                work += self.prices.step(units - work);
            } else if self.prices.is_hopeless(wishes, stability) {
                let from_the_top = self.held.is_empty() && self.left.is_empty();
                if from_the_top || self.dives >= MOST_DIVES {
                    return (Found::Over, work);
                }
                if !self.go_back() {
                    self.again();
                }
            } else if self.hold_more(model, &mut work) {
                let rota = self.rota(model);
                self.again();
                return (Found::Rota(rota), work);
            }
        }
        (Found::Nothing, work)
    }

    /// Once it is known which parts the law refuses: learns those of the best rota.
    fn begin(&mut self, model: &Model, best: &State) {
        self.prices.learn(model, &self.pinned, best);
        self.prices.insist();
        self.again();
    }

    fn again(&mut self) {
        self.dives += 1;
        (self.most, self.backs) = (usize::MAX, 0);
        self.held.clear();
        self.before.clear();
        self.left.clear();
        self.hold();
    }

    /// Lets go of those held last, and holds fewer next; false if there is nobody, or it went back often.
    fn go_back(&mut self) -> bool {
        let Some(before) = self.before.pop().filter(|_| self.backs < MOST_BACKS) else { return false };
        self.backs += 1;
        let last = self.held.split_off(before);
        self.most = (last.len() / 2).max(1);
        if let [only] = last[..] {
            self.left.push(only);
        }
        self.hold();
        true
    }

    fn hold(&mut self) {
        let mut out = self.shut.clone();
        for known in &self.left {
            out.resize(out.len().max(known + 1), false);
            out[*known] = true;
        }
        self.prices.hold(&self.held, &out);
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
        let most = (sure + (free.len() - sure).div_ceil(SHARE)).min(self.most);
        self.most = self.most.saturating_mul(2);
        self.before.push(self.held.len());
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
        if held == 0 {
            self.before.pop();
        }
        if held == free.len() && !refused {
            return true;
        }
        self.hold();
        false
    }

    /// Everybody with their part, as far as places and law allow.
    fn rota(&mut self, model: &Model) -> State {
        let mut state = self.pinned.clone();
        for known in self.prices.all() {
            let (person, places) = self.prices.places(known, |place| state.holder(place).is_some());
            // Together, for some stand only so.
            places.iter().for_each(|place| state.put(model, *place, Some(person)));
            for place in places {
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
