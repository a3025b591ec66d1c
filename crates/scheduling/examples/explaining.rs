//! How long the answers take that a planner waits for, on a made-up region.
//!
//! `cargo run --release -p scheduling --example explaining -- [ADVISORS] [WEEKS]` (120 and 13 if they
//! are not said) builds a rota, opens every tenth place, and prints the median and the longest time of
//! each answer over all open places.

use std::time::{Duration, Instant};

use scheduling::explain::why_not;
use scheduling::region::Region;
use scheduling::{Budget, Problem, Quiet, Rota, Seed, hole_reason, judge, score, solve, what_if};
use scheduling::{ways_to_fill, who_could};

/// Every so manieth place is opened.
const OPENED: usize = 10;

fn main() {
    let mut words = std::env::args().skip(1).map(|word| word.parse::<usize>().expect("a number"));
    let (advisors, weeks) = (words.next().unwrap_or(120), words.next().unwrap_or(13));
    let region = Region { offices: advisors.div_ceil(5), advisors, weeks: weeks as u32, seed: 1 };
    let problem = region.problem();
    let mut rota = solve(&problem, Budget::of_work(400_000), Seed(1), &mut Quiet).rota;
    rota.iter_mut().step_by(OPENED).for_each(|holder| *holder = None);
    let holes: Vec<usize> = (0..rota.len()).filter(|place| rota[*place].is_none()).collect();
    println!("{advisors} advisors, {weeks} weeks, {} places, {} open\n", rota.len(), holes.len());
    println!("| answer | median ms | longest ms |\n|---|---|---|");
    let far = problem.candidates[advisors / 2].person;
    say("who could take it (`who_could`)", &holes, |place| drop(who_could(&problem, &rota, place)));
    say("why not (`why_not`)", &holes, |place| drop(why_not(&problem, &rota, place, far)));
    say("what if (`what_if`)", &holes, |place| drop(what_if(&problem, &rota, place, Some(far))));
    say("why it is open (`hole_reason`)", &holes, |place| drop(hole_reason(&problem, &rota, place)));
    say("three ways to fill it (`ways_to_fill`)", &holes, |place| drop(ways_to_fill(&problem, &rota, place)));
    say("the whole rota judged", &holes[..1], |_| drop(judge(&problem, &rota)));
    say("the board's figures (`score`)", &holes[..1], |_| drop(score(&problem, &rota)));
    swaps(&problem, &rota);
}

/// Who may take a duty that somebody holds: what a swap list asks.
fn swaps(problem: &Problem, rota: &Rota) {
    let held: Vec<usize> = (0..rota.len()).filter(|place| rota[*place].is_some()).step_by(OPENED).collect();
    say("who may take somebody's duty (`who_could`)", &held, |place| drop(who_could(problem, rota, place)));
}

fn say(what: &str, places: &[usize], answer: impl Fn(usize)) {
    let mut times: Vec<Duration> = places
        .iter()
        .map(|place| {
            let begun = Instant::now();
            answer(*place);
            begun.elapsed()
        })
        .collect();
    times.sort();
    let shown = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1000.0);
    println!("| {what} | {} | {} |", shown(times[times.len() / 2]), shown(times[times.len() - 1]));
}
