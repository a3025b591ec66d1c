//! France, private law: Code du travail, articles read in their text of 2026.
//!
//! Thirteen hours from the first start to the last end of a day follow from the daily rest and need
//! no limit of their own. Sunday work by rota is a tourist office's right (L3132-12 with R3132-5).

use domain::{Gravity, Law, Minutes};

use super::{Break, Hours, Limit, Night, Profile, Source, Term};

pub(super) fn profile() -> Profile {
    let limits = [
        (Term::DailyRest, Limit::hours(11, "L3131-1").by_agreement(9 * 60, "D3131-6")),
        (Term::DailyMaximum, Limit::hours(10, "L3121-18").by_agreement(12 * 60, "L3121-19")),
        // 24 + 11 hours; the stretch may cross the border of the week (Saturday 19:00 to Monday
        // 6:00), the day of 24 hours lies inside it (Cass. soc. 13 Nov 2025, 24-10.733).
        (Term::WeeklyRest, Limit::hours(35, "L3132-2")),
        // Sixty hours need the inspector's permit.
        (Term::WeeklyMaximum, Limit::hours(48, "L3121-20").by_agreement(60 * 60, "L3121-21")),
        (Term::AverageMaximum, Limit::hours(44, "L3121-22").by_agreement(46 * 60, "L3121-23")),
        (Term::WorkingDays, Limit::new(6, "L3132-1")),
        (Term::NightMaximum, Limit::hours(8, "L3122-6")),
        (Term::NightAverage, Limit::hours(40, "L3122-7")),
        // Cass. soc. 9 May 2019, 17-21.162: the right to rest by rota is the tourist offices' alone.
        // Other employers are warned: whether another derogation is theirs is not known here.
        (
            Term::SundayWorkElsewhere,
            Limit::new(0, "L3132-3").weighing(Gravity::Warning).by_agreement(10 * 60, "L3132-20"),
        ),
        // Where work by its nature cannot stop, it is paid twice (L3133-6): no article names an agreement,
        // so that the document is named which says that it cannot.
        (Term::MayDayWork, Limit::new(0, "L3133-4").weighing(Gravity::Overridable).by_agreement(10 * 60, "")),
        (Term::NightBegins, Limit::hours(21, "L3122-20").by_agreement(22 * 60, "L3122-15")),
        (Term::FullTime, Limit::hours(35, "L3123-9")),
        (
            Term::PartTimeMinimum,
            Limit::hours(24, "L3123-27").weighing(Gravity::Warning).by_agreement(0, "L3123-19"),
        ),
        // A tenth of the contract; by agreement a third of it.
        (Term::ExtraHours, Limit::new(1_000, "L3123-28").by_agreement(3_334, "L3123-20")),
        (
            Term::Interruptions,
            Limit::new(1, "L3123-30").weighing(Gravity::Overridable).by_agreement(3, "L3123-23"),
        ),
        (
            Term::InterruptionLength,
            Limit::hours(2, "L3123-30").weighing(Gravity::Overridable).by_agreement(8 * 60, "L3123-23"),
        ),
        (Term::PartTimeNotice, Limit::new(7, "L3123-31").by_agreement(3, "L3123-24")),
        // In exceptional circumstances one clear day is enough. An agreement sets what it likes.
        (Term::StandbyNotice, Limit::new(15, "L3121-12").bending(1, "L3121-12").by_agreement(1, "L3121-11")),
        // Of hours that were published before; who takes a duty from a colleague agrees to it.
        (
            Term::ChangeNotice,
            Limit::new(7, "L3121-47").weighing(Gravity::Overridable).by_agreement(0, "L3121-44"),
        ),
        (Term::Lending, Limit::new(0, "L8241-1").weighing(Gravity::Warning).by_agreement(1, "L8241-2")),
        (Term::Age, Limit::new(18, "L3161-1")),
        (Term::OvertimeWeek, Limit::hours(35, "L3121-27").weighing(Gravity::Warning)),
        (
            Term::OvertimeYear,
            Limit::hours(220, "D3121-24").weighing(Gravity::Warning).by_agreement(1607 * 60, "L3121-33"),
        ),
    ];
    Profile {
        breaks: vec![Break {
            after: Minutes::hours(6),
            pause: Limit::new(20, "L3121-16").from(Source::Text),
            whole_day: false,
        }],
        full_time: Some(Minutes::hours(35)),
        night: Some(Night {
            hours: Hours::full(21, 6),
            habitual: Minutes::hours(3),
            times: 2,
            yearly: Minutes::hours(270),
        }),
        other_employers: Some("L8261-1"),
        standby_is_work: Some("Cass. soc. 26 oct. 2022, 21-14.178"),
        ..Profile::new(Law::FrancePrivate, limits)
    }
}
