//! Alsace and Moselle: French private law, but Sundays and public holidays under the local law
//! (L3134-1 and following), which knows no rest by rota for tourist offices.

use domain::Law;

use super::{Limit, Profile, Term, france_private};

pub(super) fn profile() -> Profile {
    let mut profile = france_private::profile();
    profile.law = Law::AlsaceMoselle;
    profile.limits.remove(&Term::SundayWorkElsewhere);
    // A local statute may allow more than five hours.
    let local = |article| Limit::hours(5, article).by_agreement(10 * 60, "L3134-4");
    profile.limits.insert(Term::SundayWork, local("L3134-2, L3134-4"));
    profile.limits.insert(Term::HolidayWork, local("L3134-2, L3134-4"));
    profile.limits.insert(Term::FeastWork, Limit::new(0, "L3134-4"));
    profile
}
