//! `veilleuse settings`: what is in force and where it comes from, without secrets.

use std::io::{Write, stdout};

use clap::Args;

use super::{Common, Doors, checked, list, told::KNOWN, values};

/// What it is told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    doors: Doors,
}

/// Shows them, as a file of settings could have them; then says what is wrong.
///
/// # Errors
/// With every mistake.
pub fn run(options: Options) -> Result<(), String> {
    let told = options.common.told(options.doors);
    for (name, _) in KNOWN {
        let Some((value, source)) = told.value(name) else { continue };
        // Whoever reads only the first lines, as `head` does, hangs up: nothing is wrong then.
        let _ = writeln!(stdout(), "{name} = {:?} # {source}", values::shown(name, &value));
    }
    checked(&told).map(drop).map_err(|mistakes| list(&mistakes))
}
