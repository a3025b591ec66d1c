//! Directive 2003/88/EC, for employers whose own law has no table here.
//!
//! Art. 8 (a night worker's eight hours on average) is met wherever art. 6 is: six days of eight
//! hours are its 48. Art. 4 leaves the length of the break to each state: any pause will do.

use domain::{Law, Minutes};

use super::{Break, Limit, Profile, Source, Term};

pub(super) fn profile() -> Profile {
    let limits = [
        (Term::DailyRest, Limit::hours(11, "2003/88/CE, art. 3")),
        (Term::WeeklyRest, Limit::hours(35, "2003/88/CE, art. 5")),
        (Term::AverageMaximum, Limit::hours(48, "2003/88/CE, art. 6")),
        (Term::Age, Limit::new(18, "")),
    ];
    let source = |limit: &Limit| if limit.article.is_empty() { Source::House } else { Source::Memory };
    let limits = limits.map(|(term, limit)| (term, limit.clone().from(source(&limit))));
    Profile {
        breaks: vec![Break {
            after: Minutes::hours(6),
            pause: Limit::new(1, "2003/88/CE, art. 4").from(Source::Memory),
            whole_day: false,
        }],
        // Four months, in whole civil weeks.
        average_weeks: 17,
        standby_is_work: Some("CJUE, 9 mars 2021, C-344/19"),
        ..Profile::new(Law::EuropeanUnion, limits)
    }
}
