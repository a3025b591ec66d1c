//! Laws as data: for each, what it asks, where that is written, how sure we are, and how far an
//! agreement may go. Rules read them; nothing here computes.
//!
//! One file a law. What an agreement or a permit changes is a [`Setting`] of the employer, laid
//! over the [`Profile`] with [`Profile::with`]; what the law lets no agreement do is refused.

mod agreements;
mod alsace_moselle;
mod belgium;
mod european_union;
mod france_private;
mod france_public;
mod limit;
mod profile;
mod quebec;
mod settings;
mod switzerland;

pub use agreements::latitude;
pub use limit::{Agreement, Exception, Limit, Source};
pub use profile::{Break, Hours, Night, Profile};
pub use settings::{Refused, Setting};

use domain::Law;
pub use domain::Term;

/// What `law` asks, before any agreement.
pub fn profile(law: Law) -> Profile {
    match law {
        Law::FrancePrivate => france_private::profile(),
        Law::FrancePublic => france_public::profile(),
        Law::AlsaceMoselle => alsace_moselle::profile(),
        Law::Quebec => quebec::profile(),
        Law::Switzerland => switzerland::profile(),
        Law::Belgium => belgium::profile(),
        Law::EuropeanUnion => european_union::profile(),
    }
}
