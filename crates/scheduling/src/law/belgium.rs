//! Belgium: Labour Act of 16 March 1971; nobody has read it for this table, so each value is to be
//! checked. Averages run over a quarter.

use domain::{Law, Minutes};

use super::{Break, Hours, Limit, Profile, Source, Term};

pub(super) fn profile() -> Profile {
    let day = 24 * 60;
    let limits = [
        (Term::DailyRest, Limit::hours(11, "loi du 16 mars 1971, art. 38ter")),
        (
            Term::DailyMaximum,
            Limit::hours(8, "loi du 16 mars 1971, art. 19")
                .by_agreement(11 * 60, "loi du 16 mars 1971, art. 20bis"),
        ),
        (Term::WeeklyRest, Limit::hours(35, "loi du 16 mars 1971, art. 38ter")),
        // Forty hours in any week, thirty-eight on average; regimes of small or great flexibility go further.
        (
            Term::WeeklyMaximum,
            Limit::hours(40, "loi du 16 mars 1971, art. 19")
                .by_agreement(50 * 60, "loi du 16 mars 1971, art. 20bis"),
        ),
        (Term::AverageMaximum, Limit::hours(38, "loi du 10 août 2001")),
        (Term::ShortDuty, Limit::hours(3, "loi du 16 mars 1971, art. 21")),
        (
            Term::NightWork,
            Limit::new(0, "loi du 16 mars 1971, art. 35").by_agreement(day, "loi du 16 mars 1971, art. 36"),
        ),
        (
            Term::SundayWork,
            Limit::new(0, "loi du 16 mars 1971, art. 11").by_agreement(day, "loi du 16 mars 1971, art. 12"),
        ),
        // Where a Sunday may be worked, another day is free within the next six.
        (Term::SundayRest, Limit::new(6, "loi du 16 mars 1971, art. 16")),
        (Term::PartTimeNotice, Limit::new(7, "loi du 3 octobre 2022")),
        (Term::Age, Limit::new(18, "")),
    ];
    let source = |limit: &Limit| if limit.article.is_empty() { Source::House } else { Source::Memory };
    let limits = limits.map(|(term, limit)| (term, limit.clone().from(source(&limit))));
    Profile {
        breaks: vec![Break {
            after: Minutes::hours(6),
            pause: Limit::new(15, "loi du 16 mars 1971, art. 38quater").from(Source::Memory),
            whole_day: false,
        }],
        full_time: Some(Minutes::hours(38)),
        average_weeks: 13,
        closed: Some(Hours::full(20, 6)),
        standby_is_work: Some("CJUE, 9 mars 2021, C-344/19"),
        ..Profile::new(Law::Belgium, limits)
    }
}
