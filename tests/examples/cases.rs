//! Works out a file of outside cases and prints a line for each: what was expected, what came out.
//!
//!     cargo run --release -p acceptance --example cases -- KIND FILE
//!
//! KIND is one of labour, holidays, clock, demand, costs. Ends with status 1 if any case differs,
//! with 2 if the file cannot be read.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let [kind, file] = asked.as_slice() else {
        eprintln!("usage: cases KIND FILE, KIND being one of {}", acceptance::cases::KINDS.join(", "));
        return ExitCode::from(2);
    };
    match acceptance::cases::run(kind, Path::new(file)) {
        Ok(outcomes) => {
            outcomes.iter().for_each(|outcome| println!("{outcome}"));
            let differ = outcomes.iter().filter(|outcome| !outcome.agrees).count();
            println!("{} cases, {differ} differ", outcomes.len());
            ExitCode::from(u8::from(differ > 0))
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}
