//! Solves a public rostering instance and says how good the roster is.
//!
//!     cargo run --release -p scheduling --example rostering -- FILE [--seconds N] [--rounds N]
//!         [--threads 1|2] [--seed N] [--out SOLUTION]
//!
//! Prints a line whenever the roster or the bound gets better, and in the end penalty, bound, gap,
//! and the time to the best roster. One thread searches and one bounds; they meet at fixed marks of
//! work, so the same seed gives the same roster after the same number of rounds; `--rounds` ends after
//! so many, on whatever machine.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use scheduling::roster::{Halt, Model, Pair, evaluate, public};

/// Work each side does between two meetings.
const ROUND: u64 = 1_000_000;

struct Asked {
    file: String,
    seconds: u64,
    rounds: u64,
    threads: usize,
    seed: u64,
    out: Option<String>,
}

fn asked() -> Result<Asked, String> {
    let mut asked =
        Asked { file: String::new(), seconds: 60, rounds: u64::MAX, threads: 2, seed: 1, out: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} asks for a value"));
        let number = |text: String| text.parse::<u64>().map_err(|_| format!("{text:?} is no whole number"));
        match word.as_str() {
            "--seconds" => asked.seconds = number(value()?)?,
            "--rounds" => asked.rounds = number(value()?)?,
            "--threads" => asked.threads = number(value()?)?.clamp(1, 2) as usize,
            "--seed" => asked.seed = number(value()?)?,
            "--out" => asked.out = Some(value()?),
            _ if word.starts_with("--") => return Err(format!("there is no option {word}")),
            _ => asked.file = word,
        }
    }
    if asked.file.is_empty() {
        return Err(
            "usage: rostering FILE [--seconds N] [--rounds N] [--threads 1|2] [--seed N] [--out SOLUTION]"
                .into(),
        );
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match asked().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn run(asked: Asked) -> Result<(), String> {
    let text = std::fs::read_to_string(&asked.file).map_err(|error| format!("{}: {error}", asked.file))?;
    let model = public::read(&text).map_err(|error| format!("{}: {error}", asked.file))?;
    let begun = Instant::now();
    let mut told = Told { cost: i64::MAX, bound: None, best_after: Duration::ZERO };
    let mut pair = Pair::new(&model, asked.seed, &Halt::default()).ok_or("somebody has no legal row")?;
    told.say(&pair, begun);
    let mut rounds = 0;
    while begun.elapsed() < Duration::from_secs(asked.seconds) && rounds < asked.rounds && !told.is_proved() {
        pair.round(ROUND, asked.threads);
        rounds += 1;
        told.say(&pair, begun);
    }
    println!("{rounds} rounds of {ROUND} units of work");
    finish(&model, &pair, &told, begun, asked.out.as_deref())
}

struct Told {
    cost: i64,
    bound: Option<i64>,
    best_after: Duration,
}

impl Told {
    fn is_proved(&self) -> bool {
        self.bound == Some(self.cost)
    }

    fn say(&mut self, pair: &Pair<'_>, begun: Instant) {
        let (cost, bound) = (pair.best().1, pair.bound());
        if cost < self.cost {
            self.best_after = begun.elapsed();
        }
        if (cost, bound) != (self.cost, self.bound) {
            let bound = bound.map_or("-".to_owned(), |bound| bound.to_string());
            println!("{:.1} s: penalty {cost}, bound {bound}", begun.elapsed().as_secs_f64());
        }
        (self.cost, self.bound) = (cost, bound);
    }
}

fn finish(
    model: &Model,
    pair: &Pair<'_>,
    told: &Told,
    begun: Instant,
    out: Option<&str>,
) -> Result<(), String> {
    let (rows, cost) = pair.best();
    let verdict = evaluate(model, rows);
    if let Some(out) = out {
        std::fs::write(out, public::write(model, rows)).map_err(|error| format!("{out}: {error}"))?;
    }
    for what in &verdict.broken {
        println!("broken: {what}");
    }
    println!("penalty {}", verdict.penalty);
    if let Some(bound) = told.bound {
        println!("bound {bound}");
        println!("gap {:.2} %", 100.0 * (cost - bound) as f64 / cost.max(1) as f64);
    } else {
        println!("no bound");
    }
    println!("time to best {:.1} s", told.best_after.as_secs_f64());
    println!(
        "{} after {:.1} s",
        if told.is_proved() { "proved optimal" } else { "not proved" },
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
