//! Switzerland: Labour Act (LTr) and its first ordinance (OLT 1), mostly from secondary pages; the
//! exceptions of OLT 2 must be looked at for each employer.

use domain::{Law, Minutes};

use super::{Break, Hours, Limit, Profile, Source, Term};

pub(super) fn profile() -> Profile {
    let day = 24 * 60;
    let limits = [
        // Eight hours once a week, if two weeks average eleven: whoever plans it writes that down.
        (
            Term::DailyRest,
            Limit::hours(11, "LTr, art. 15a")
                .from(Source::Authority)
                .bending_once_a_week(8 * 60, "LTr, art. 15a"),
        ),
        (Term::DailySpan, Limit::hours(14, "LTr, art. 10, al. 3").from(Source::Memory)),
        (Term::WeeklyMaximum, Limit::hours(45, "LTr, art. 9").from(Source::Memory)),
        (Term::WeeklyRest, Limit::hours(35, "LTr, art. 21").from(Source::Authority)),
        // From 23:00 to 6:00, and on Sundays, work needs a permit.
        (
            Term::NightWork,
            Limit::new(0, "LTr, art. 10").from(Source::Memory).by_agreement(day, "LTr, art. 17"),
        ),
        (
            Term::SundayWork,
            Limit::new(0, "LTr, art. 18").from(Source::Authority).by_agreement(day, "LTr, art. 19"),
        ),
        // Piquet is for urgent needs that nobody can plan; watching for messages is evening work.
        (
            Term::StandbyKind,
            Limit::new(0, "OLT 1, art. 14, al. 1")
                .from(Source::Authority)
                .by_agreement(1, "OLT 1, art. 14, al. 1"),
        ),
        (
            Term::StandbyDays,
            Limit::new(7, "OLT 1, art. 14, al. 2")
                .from(Source::Authority)
                .by_agreement(14, "OLT 1, art. 14, al. 3"),
        ),
        // Once they are used up, two weeks without.
        (Term::StandbyPause, Limit::new(14, "OLT 1, art. 14, al. 2").from(Source::Authority)),
        (Term::StandbyRest, Limit::hours(11, "OLT 1, art. 19, al. 3").from(Source::Authority)),
        (Term::Age, Limit::new(18, "").from(Source::House)),
    ];
    let due = |after, pause| Break {
        after: Minutes(after),
        pause: Limit::new(pause, "LTr, art. 15").from(Source::Text),
        whole_day: true,
    };
    Profile {
        breaks: vec![due(330, 15), due(7 * 60, 30), due(9 * 60, 60)],
        closed: Some(Hours::full(23, 6)),
        spared_rest: Some(Minutes::hours(4)),
        // Fourteen days are for those who are called five times at most.
        quiet_standby: Some((7, 5)),
        ..Profile::new(Law::Switzerland, limits)
    }
}
