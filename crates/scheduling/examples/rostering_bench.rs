//! Solves every rostering instance of a folder, one after the other, and prints a table of what came
//! of it.
//!
//!     cargo run --release -p scheduling --example rostering_bench -- FOLDER [--seconds N]
//!         [--threads 1|2] [--seed N] [--only 1,2,3] [--judge COMMAND]
//!
//! Files are called `InstanceN.txt`. Where the folder has a `BEST_KNOWN.csv` (instance, best known,
//! lower bound), the table compares with it. `COMMAND INSTANCE SOLUTION` is asked for its verdict if
//! it is given: it succeeds where no rule is broken, and what it prints names the penalty.

use std::{
    collections::HashMap,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use scheduling::roster::{Halt, Model, Pair, evaluate, public};

/// Work each side does between two meetings.
const ROUND: u64 = 1_000_000;

struct Asked {
    folder: PathBuf,
    seconds: u64,
    threads: usize,
    seed: u64,
    only: Vec<u32>,
    judge: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = asked()?;
    let known = best_known(&asked.folder);
    println!("| instance | penalty | bound | best known | above it | time to best | status | verdict |");
    println!("|---|---|---|---|---|---|---|---|");
    for (number, file) in instances(&asked)? {
        let model = public::read(&std::fs::read_to_string(&file)?)?;
        let solved = solve(&model, &asked).ok_or("somebody has no legal row")?;
        let best = known.get(&number).cloned().unwrap_or_else(|| "–".to_owned());
        println!(
            "| {number} | {} | {} | {best} | {} | {:.1} s | {} | {} |",
            solved.cost,
            solved.bound.map_or("–".to_owned(), |bound| bound.to_string()),
            above(solved.cost, &best),
            solved.best_after.as_secs_f64(),
            solved
                .proved_after
                .map_or("open".to_owned(), |after| format!("proved after {:.1} s", after.as_secs_f64())),
            verdict(&asked, &model, &file, &solved)?,
        );
    }
    Ok(())
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut asked =
        Asked { folder: PathBuf::new(), seconds: 60, threads: 2, seed: 1, only: Vec::new(), judge: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} asks for a value"));
        match word.as_str() {
            "--seconds" => asked.seconds = value()?.parse()?,
            "--threads" => asked.threads = value()?.parse::<usize>()?.clamp(1, 2),
            "--seed" => asked.seed = value()?.parse()?,
            "--only" => asked.only = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--judge" => asked.judge = Some(value()?),
            _ if word.starts_with("--") => return Err(format!("there is no option {word}").into()),
            _ => asked.folder = word.into(),
        }
    }
    if asked.folder.as_os_str().is_empty() {
        return Err("which folder?".into());
    }
    Ok(asked)
}

/// The files that are asked for, by their numbers.
fn instances(asked: &Asked) -> Result<Vec<(u32, PathBuf)>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&asked.folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let number = name.strip_prefix("Instance").and_then(|number| number.parse().ok());
        if let Some(number) = number.filter(|number| asked.only.is_empty() || asked.only.contains(number)) {
            found.push((number, path));
        }
    }
    found.sort();
    Ok(found)
}

/// The best known penalty of each instance, as it is written.
fn best_known(folder: &Path) -> HashMap<u32, String> {
    let text = std::fs::read_to_string(folder.join("BEST_KNOWN.csv")).unwrap_or_default();
    let line = |line: &str| {
        let mut fields = line.split(',');
        Some((fields.next()?.trim().parse().ok()?, fields.next()?.trim().to_owned()))
    };
    text.lines().filter_map(line).collect()
}

struct Solved {
    rows: Vec<scheduling::roster::Row>,
    cost: i64,
    bound: Option<i64>,
    best_after: Duration,
    proved_after: Option<Duration>,
}

fn solve(model: &Model, asked: &Asked) -> Option<Solved> {
    let begun = Instant::now();
    let mut pair = Pair::new(model, asked.seed, &Halt::default())?;
    let (mut cost, mut best_after) = (pair.best().1, begun.elapsed());
    while begun.elapsed() < Duration::from_secs(asked.seconds) && !pair.is_proved() {
        pair.round(ROUND, asked.threads);
        if pair.best().1 < cost {
            (cost, best_after) = (pair.best().1, begun.elapsed());
        }
    }
    let proved_after = pair.is_proved().then(|| begun.elapsed());
    Some(Solved { rows: pair.best().0.to_vec(), cost, bound: pair.bound(), best_after, proved_after })
}

fn above(cost: i64, best: &str) -> String {
    best.parse().map_or("–".to_owned(), |best: f64| format!("{:.2} %", 100.0 * (cost as f64 - best) / best))
}

/// What the judge says; without one, what the engine's own says.
fn verdict(asked: &Asked, model: &Model, file: &Path, solved: &Solved) -> Result<String, Box<dyn Error>> {
    let own = evaluate(model, &solved.rows);
    let Some(judge) = &asked.judge else {
        let legal = own.broken.is_empty() && own.penalty == solved.cost;
        return Ok(if legal { "legal (own judge)" } else { "WRONG (own judge)" }.to_owned());
    };
    let out = std::env::temp_dir().join(format!("rostering-{}.txt", std::process::id()));
    std::fs::write(&out, public::write(model, &solved.rows))?;
    let mut words = judge.split_whitespace();
    let judged =
        Command::new(words.next().ok_or("an empty judge")?).args(words).arg(file).arg(&out).output()?;
    std::fs::remove_file(&out)?;
    let said = String::from_utf8_lossy(&judged.stdout);
    let agrees = judged.status.success()
        && said.split(|one: char| !one.is_ascii_digit()).any(|number| number == solved.cost.to_string());
    Ok(if agrees { "legal, agrees" } else { "WRONG" }.to_owned())
}
