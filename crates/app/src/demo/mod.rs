//! The demo: a furnished region, four doors into it, and a clock one can set.

mod cast;
mod dice;
mod doors;
mod jumps;
mod money;
mod notebooks;
mod past;
mod region;
mod scripts;
mod seed;
mod tonight;

pub use doors::{Door, Doors, Resident, doors, enter, zone};
pub use jumps::{Jump, jump};
pub use seed::seed;
pub use tonight::play;

use crate::{App, Error};

/// What only a demo has is not there in a real house.
///
/// # Errors
/// [`Error::NotFound`] in a real house.
pub fn only_in_the_demo(app: &App) -> Result<(), Error> {
    if app.settings.demo { Ok(()) } else { Err(Error::NotFound("demo")) }
}
