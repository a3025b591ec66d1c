//! France, public service: décret 2000-815, made the local service's by décret 2001-623. Read on
//! service-public.fr (sheets F571 of 2020, F589 of 2019); amounts of pay are an employer's settings.

use domain::{Gravity, Law, Minutes};

use super::{Break, Limit, Profile, Source, Term};

const ARTICLE: &str = "décret 2000-815, art. 3";

pub(super) fn profile() -> Profile {
    let hours = |hours| Limit::hours(hours, ARTICLE).from(Source::Secondary);
    let limits = [
        (Term::DailyRest, hours(11)),
        (Term::DailyMaximum, hours(10)),
        (Term::DailySpan, hours(12)),
        (Term::WeeklyRest, hours(35)),
        (Term::WeeklyMaximum, hours(48)),
        (Term::AverageMaximum, hours(44)),
        // Told later, a standby is paid a quarter more.
        (
            Term::StandbyNotice,
            Limit::new(15, "arrêté du 3 novembre 2015").from(Source::Secondary).weighing(Gravity::Note),
        ),
        (Term::Age, Limit::new(18, "").from(Source::House)),
        (
            Term::OvertimeWeek,
            Limit::hours(35, "décret 2000-815, art. 1").from(Source::Memory).weighing(Gravity::Note),
        ),
        (Term::OvertimeMonth, Limit::hours(25, "décret 2002-60, art. 6").from(Source::Secondary)),
    ];
    Profile {
        breaks: vec![Break {
            after: Minutes::hours(6),
            pause: Limit::new(20, ARTICLE).from(Source::Secondary),
            whole_day: false,
        }],
        standby_is_work: Some("CJUE, 9 mars 2021, C-344/19"),
        ..Profile::new(Law::FrancePublic, limits)
    }
}
