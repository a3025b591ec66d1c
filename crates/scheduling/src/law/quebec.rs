//! Quebec: Act respecting labour standards (LNT), from the guide and pages of the CNESST.
//!
//! The Act sets no rest between days and no longest day: it gives a right to refuse. Nor does it
//! say whether the weekly rest may cross the border of the week; we read it as in France.

use domain::{Gravity, Law, Minutes};

use super::{Break, Limit, Profile, Source, Term};

pub(super) fn profile() -> Profile {
    let refusable = |limit: Limit| limit.from(Source::Authority).weighing(Gravity::Warning);
    let limits = [
        (Term::WeeklyRest, Limit::hours(32, "LNT, art. 78").from(Source::Authority)),
        (Term::RefusableExtra, refusable(Limit::hours(2, "LNT, art. 59.0.1, 1°"))),
        // Fourteen hours; twelve where hours vary or are broken up, as on a rota they do.
        (Term::RefusableDay, refusable(Limit::hours(12, "LNT, art. 59.0.1, 1°"))),
        // Sixty in an isolated area.
        (
            Term::RefusableWeek,
            refusable(Limit::hours(50, "LNT, art. 59.0.1, 2°")).by_agreement(60 * 60, "LNT, art. 59.0.1, 2°"),
        ),
        (Term::DutyNotice, refusable(Limit::new(5, "LNT, art. 59.0.1, 3°"))),
        (Term::Age, Limit::new(18, "").from(Source::House)),
        (Term::OvertimeWeek, Limit::hours(40, "LNT, art. 52").from(Source::Memory).weighing(Gravity::Note)),
    ];
    Profile {
        breaks: vec![Break {
            after: Minutes::hours(5),
            pause: Limit::new(30, "LNT, art. 79").from(Source::Memory),
            whole_day: false,
        }],
        ..Profile::new(Law::Quebec, limits)
    }
}
