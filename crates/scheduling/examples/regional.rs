//! Fills the rota of a made-up region, and says how good it is and how sure that is.
//!
//!     cargo run --release -p scheduling --example regional -- [--offices N] [--people N] [--weeks N]
//!         [--seconds N] [--processor N] [--work N] [--threads 1|2] [--seed N] [--curve] [--quiet] [--repair]
//!
//! It ends after so many seconds on the clock, seconds of processor (of all threads together) or units of
//! work, whichever comes first. Prints a line whenever the rota or the bound gets better, then each level with its bound and gap,
//! the times to the first legal rota and to the best, the longest time between two marks (so long may
//! cancelling take; with one thread also in processor time), processor time and memory. `--curve` does that for growing regions, a line each;
//! `--repair` then lets each person in turn be ill for a week, and says what mending the rota takes.

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::Span;
use scheduling::region::Region;
use scheduling::{Budget, Outcome, Penalty, Problem, Seed, Snapshot, Status, judge, repair, solve_on};

#[derive(Clone, Copy)]
struct Asked {
    region: Region,
    seconds: u64,
    processor: u64,
    work: u64,
    threads: usize,
    curve: bool,
    quiet: bool,
    repair: bool,
}

fn asked() -> Result<Asked, String> {
    let region = Region { offices: 12, advisors: 60, weeks: 13, seed: 1 };
    let mut asked = Asked {
        region,
        seconds: 10,
        processor: u64::MAX,
        work: u64::MAX,
        threads: 2,
        curve: false,
        quiet: false,
        repair: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--curve" => asked.curve = true,
            "--quiet" => asked.quiet = true,
            "--repair" => asked.repair = true,
            _ => {
                let value = words.next().ok_or(format!("{word} asks for a number"))?;
                let number: u64 = value.parse().map_err(|_| format!("{value:?} is no whole number"))?;
                match word.as_str() {
                    "--offices" => asked.region.offices = number.max(1) as usize,
                    "--people" => asked.region.advisors = number as usize,
                    "--weeks" => asked.region.weeks = number.max(1) as u32,
                    "--seconds" => asked.seconds = number,
                    "--processor" => asked.processor = number,
                    "--work" => asked.work = number,
                    "--threads" => asked.threads = number.clamp(1, 2) as usize,
                    "--seed" => asked.region.seed = number,
                    _ => return Err(format!("there is no option {word}")),
                }
            }
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match asked() {
        Ok(asked) if asked.curve => curve(asked),
        Ok(asked) => {
            let problem = asked.region.problem();
            let seen = Seen::of(&problem, asked);
            seen.tell(&problem, asked);
            if asked.repair {
                mend(&problem, &seen.outcome);
            }
        }
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// What a run showed.
struct Seen {
    outcome: Outcome,
    first_legal: f64,
    best_after: f64,
    end: f64,
    longest_silence: Duration,
    /// The longest time on the processor between two marks; told for one thread only.
    longest_step: Duration,
    wall: Duration,
}

impl Seen {
    fn of(problem: &Problem, asked: Asked) -> Self {
        let (began, processor) = (Instant::now(), processor_seconds());
        let (mut first_legal, mut best_after) = (None, 0.0);
        let (mut longest_silence, mut longest_step) = (Duration::ZERO, Duration::ZERO);
        let mut heard = (Duration::ZERO, on_processor());
        let mut known = (Penalty::default(), Penalty::default());
        let mut watch = |snapshot: &Snapshot<'_>| {
            let (wall, step) = (began.elapsed(), on_processor());
            longest_silence = longest_silence.max(wall - heard.0);
            longest_step = longest_step.max(step.saturating_sub(heard.1));
            heard = (wall, step);
            let now = processor_seconds() - processor;
            // A rota is there once nobody is found for another place.
            if snapshot.penalty.cover <= snapshot.bound.cover {
                first_legal.get_or_insert(now);
            }
            if snapshot.improved {
                best_after = now;
            }
            if !asked.quiet && (snapshot.penalty, snapshot.bound) != known {
                known = (snapshot.penalty, snapshot.bound);
                let (seconds, work) = (wall.as_secs_f64(), snapshot.work);
                let (has, least) = (line(known.0), line(known.1));
                println!("{seconds:.2} s ({now:.2} s of processor), {work} units: {has} / {least}");
            }
            let over = wall >= Duration::from_secs(asked.seconds) || now >= asked.processor as f64;
            if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let outcome = solve_on(asked.threads, problem, Budget::of_work(asked.work), Seed(1), &mut watch);
        Self {
            outcome,
            first_legal: first_legal.unwrap_or_default(),
            best_after,
            end: processor_seconds() - processor,
            longest_silence,
            longest_step: if asked.threads < 2 { longest_step } else { Duration::ZERO },
            wall: began.elapsed(),
        }
    }

    fn tell(&self, problem: &Problem, asked: Asked) {
        let Region { offices, advisors, weeks, .. } = asked.region;
        let places = problem.places.len();
        println!("{offices} offices, {advisors} people, {weeks} weeks, {places} places");
        println!("| level | penalty | bound | gap |\n|---|---|---|---|");
        for (name, has, least) in levels(self.outcome.penalty, self.outcome.bound) {
            println!("| {name} | {has} | {least} | {} |", gap(has, least));
        }
        let broken = judge(problem, &self.outcome.rota).iter().filter(|one| one.gravity.blocks()).count();
        println!("{broken} findings that block; {}", status(self.outcome.status));
        println!(
            "seconds of processor: first legal {:.2}, best {:.2}, end {:.2}; {:.2} s on the clock",
            self.first_legal,
            self.best_after,
            self.end,
            self.wall.as_secs_f64(),
        );
        println!(
            "longest between two marks {} ms, of which {} on the processor (of one thread)",
            self.longest_silence.as_millis(),
            self.longest_step.as_millis(),
        );
        println!("{} units of work, at most {} MB", self.outcome.work, peak_megabytes());
    }
}

/// Each person in turn is ill in the week of their first duty.
fn mend(problem: &Problem, outcome: &Outcome) {
    let mut published = problem.clone();
    for (place, holder) in published.places.iter_mut().zip(&outcome.rota) {
        place.preset = *holder;
    }
    let (mut times, mut touched, mut complete) = (Vec::new(), Vec::new(), 0);
    for number in 0..problem.candidates.len() {
        let mut ill = published.clone();
        let who = ill.candidates[number].person;
        let Some(first) = ill.places.iter().find(|place| place.preset == Some(who)) else { continue };
        let week = Span::new(first.slot.span.start(), first.slot.span.start() + TimeDelta::days(7));
        ill.candidates[number].absences.extend(week);
        let began = Instant::now();
        let mended = repair(&ill, Budget::of_work(100_000));
        times.push(began.elapsed());
        touched.push(mended.touched.len());
        complete += usize::from(mended.complete);
    }
    times.sort();
    touched.sort_unstable();
    let (count, middle) = (times.len(), times.len() / 2);
    println!(
        "{count} absences mended: {} ms in the middle, {} ms at most; {} people touched in the middle, {} at \
         most; everything tried in {complete}",
        times[middle].as_millis(),
        times[count - 1].as_millis(),
        touched[middle],
        touched[count - 1],
    );
}

/// Regions that grow by people, weeks, and both.
fn curve(asked: Asked) {
    let sizes: [(usize, u32); 9] =
        [(15, 13), (30, 13), (60, 13), (120, 13), (60, 26), (60, 52), (120, 26), (300, 26), (300, 52)];
    println!(
        "| people | weeks | people × weeks | first legal s | end s | processor s | penalty | bound | MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (advisors, weeks) in sizes {
        let region = Region { offices: advisors.div_ceil(5), advisors, weeks, seed: asked.region.seed };
        let problem = region.problem();
        let seen = Seen::of(&problem, Asked { region, quiet: true, ..asked });
        println!(
            "| {advisors} | {weeks} | {} | {:.2} | {:.2} | {:.2} | {} | {} | {} |",
            advisors * weeks as usize,
            seen.first_legal,
            seen.wall.as_secs_f64(),
            seen.end,
            line(seen.outcome.penalty),
            line(seen.outcome.bound),
            peak_megabytes(),
        );
    }
}

fn levels(penalty: Penalty, bound: Penalty) -> [(&'static str, i64, i64); 4] {
    [
        ("cover", penalty.cover, bound.cover),
        ("fairness", penalty.fairness, bound.fairness),
        ("wishes", penalty.wishes, bound.wishes),
        ("stability", penalty.stability, bound.stability),
    ]
}

fn line(one: Penalty) -> String {
    format!("{} {} {} {}", one.cover, one.fairness, one.wishes, one.stability)
}

fn gap(has: i64, least: i64) -> String {
    if has == least { "proved".into() } else { format!("{:.2} %", 100.0 * (has - least) as f64 / has as f64) }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "proved optimal",
        Status::BudgetSpent => "budget spent",
        Status::Stopped => "stopped",
    }
}

/// The most memory this process ever held; nothing where the system does not say.
fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How long this thread has been on the processor; nothing where the system does not say.
fn on_processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// Processor time of all threads so far, in the ticks of a hundredth that Linux counts.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let words: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    (ticks(11) + ticks(12)) as f64 / 100.0
}
