//! Chats, of which one person holds several: an exact chain whose state is how many people hold how
//! many chats, and how many visitors wait.
//!
//! A visitor goes to whoever holds fewest; the more chats somebody holds, the longer each takes;
//! who waits gives up after an exponential patience. The queue holds [`QUEUE`] visitors at most,
//! far beyond anything a patience of minutes lets happen.

use std::collections::HashMap;

use super::Service;

/// So many wait at most.
pub const QUEUE: usize = 60;

/// More states than this are not solved (about eight people with three chats each).
const MOST_STATES: usize = 1_500;

/// A desk of people who chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk<'a> {
    /// Visitors a unit of time.
    pub arrivals: f64,
    /// Mean length of one chat while somebody holds 1, 2, … chats; as many as one may hold.
    pub handling: &'a [f64],
    /// Mean patience of a visitor who waits.
    pub patience: f64,
    /// People on duty.
    pub people: usize,
}

/// Where the desk stands: how many people hold 0, 1, … chats, and how many visitors wait.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    holding: Vec<usize>,
    queue: usize,
}

/// What a visitor meets at `desk`; `None` if nobody is there, nobody may hold a chat, or the chain
/// is too large to be solved exactly.
pub fn service(desk: &Desk<'_>) -> Option<Service> {
    let most = desk.handling.len();
    if most == 0 || desk.people == 0 {
        return None;
    }
    let states = states(desk.people, most)?;
    let share = stationary(rates(desk, &states));
    let places = desk.people as f64 * most as f64;
    let mean = |of: &dyn Fn(&State) -> f64| -> f64 {
        states.iter().zip(&share).map(|(state, share)| of(state) * share).sum()
    };
    let full = mean(&|state| f64::from(u8::from(state.holding[most] == desk.people)));
    let chats = mean(&|state| state.holding.iter().enumerate().map(|(held, who)| (held * who) as f64).sum());
    let queue = mean(&|state| state.queue as f64);
    Some(Service {
        waiting: full,
        mean_wait: queue / desk.arrivals,
        occupancy: chats / places,
        giving_up: queue / desk.patience / desk.arrivals,
    })
}

/// All states: everybody's chats without a queue, then the queue while all hold as many as they may.
fn states(people: usize, most: usize) -> Option<Vec<State>> {
    let mut found = Vec::new();
    let mut holding = vec![0; most + 1];
    spread(people, 0, &mut holding, &mut found)?;
    let full = found.iter().find(|state| state.holding[most] == people)?.holding.clone();
    found.extend((1..=QUEUE).map(|queue| State { holding: full.clone(), queue }));
    Some(found)
}

/// Every way in which `left` people hold `from` or more chats.
fn spread(left: usize, from: usize, holding: &mut Vec<usize>, found: &mut Vec<State>) -> Option<()> {
    if from + 1 == holding.len() {
        holding[from] = left;
        found.push(State { holding: holding.clone(), queue: 0 });
        return (found.len() <= MOST_STATES).then_some(());
    }
    for here in 0..=left {
        holding[from] = here;
        spread(left - here, from + 1, holding, found)?;
    }
    Some(())
}

/// How often the desk goes from one state to another.
fn rates(desk: &Desk<'_>, states: &[State]) -> Vec<Vec<f64>> {
    let number: HashMap<&State, usize> = states.iter().enumerate().map(|(at, state)| (state, at)).collect();
    let most = desk.handling.len();
    let mut rates = vec![vec![0.0; states.len()]; states.len()];
    for (from, state) in states.iter().enumerate() {
        let mut add = |next: State, rate: f64| {
            if let Some(to) = number.get(&next) {
                rates[from][*to] += rate;
            }
        };
        let moved = |one: usize, other: usize| {
            let mut next = state.clone();
            next.holding[one] -= 1;
            next.holding[other] += 1;
            next
        };
        match (0..most).find(|held| state.holding[*held] > 0) {
            Some(least) => add(moved(least, least + 1), desk.arrivals),
            // Beyond the longest queue visitors are turned away.
            None => add(State { queue: state.queue + 1, ..state.clone() }, desk.arrivals),
        }
        for held in (1..=most).filter(|held| state.holding[*held] > 0) {
            let ends = (state.holding[held] * held) as f64 / desk.handling[held - 1];
            match state.queue {
                0 => add(moved(held, held - 1), ends),
                queue => add(State { queue: queue - 1, ..state.clone() }, ends),
            }
        }
        if state.queue > 0 {
            let gone = State { queue: state.queue - 1, ..state.clone() };
            add(gone, state.queue as f64 / desk.patience);
        }
    }
    rates
}

/// The share of time spent in each state, by state reduction (Grassmann, Taksar, Heyman): no
/// subtraction, so no digits are lost.
fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    let count = rates.len();
    for last in (1..count).rev() {
        let (earlier, rest) = rates.split_at_mut(last);
        let out = &rest[0];
        let leaving: f64 = out[..last].iter().sum();
        for row in earlier.iter_mut().filter(|row| row[last] > 0.0) {
            row[last] /= leaving;
            let share = row[last];
            for (to, rate) in row[..last].iter_mut().zip(&out[..last]) {
                *to += share * rate;
            }
        }
    }
    let mut share = vec![1.0];
    for last in 1..count {
        share.push(share.iter().zip(&rates).map(|(share, row)| share * row[last]).sum());
    }
    let all: f64 = share.iter().sum();
    share.iter().map(|one| one / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demand::erlang;

    #[test]
    fn one_chat_at_a_time_is_a_queue_that_some_leave() {
        let desk = Desk { arrivals: 1.0 / 3.0, handling: &[6.0], patience: 5.0, people: 3 };
        let (chain, formula) = (service(&desk).unwrap(), erlang::impatient(2.0, 3, 6.0, 5.0));
        for (one, other) in [
            (chain.waiting, formula.waiting),
            (chain.mean_wait, formula.mean_wait),
            (chain.occupancy, formula.occupancy),
            (chain.giving_up, formula.giving_up),
        ] {
            assert!((one - other).abs() < 1e-9, "{one} is not {other}");
        }
    }

    #[test]
    fn a_second_person_shortens_the_wait() {
        let with = |people| {
            let desk = Desk { arrivals: 0.5, handling: &[4.0, 5.0, 7.0], patience: 5.0, people };
            service(&desk).unwrap().mean_wait
        };
        assert!(with(2) < with(1));
    }

    #[test]
    fn an_empty_desk_and_one_beyond_reckoning_have_no_answer() {
        let desk = |people, handling| Desk { arrivals: 0.5, handling, patience: 5.0, people };
        assert_eq!(service(&desk(0, &[4.0])), None);
        assert_eq!(service(&desk(1, &[])), None);
        assert_eq!(service(&desk(60, &[4.0, 5.0, 7.0, 9.0])), None);
    }
}
