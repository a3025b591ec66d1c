//! Every rule on hours by example, as the judge says it: article, measure, limit, weight, cure.

use domain::finding::Rule;
use domain::{Calendar, Cure, Gravity, Law, Minutes, OrganisationId, Unit};

use super::saying::*;
use super::town::*;
use crate::law::Term;
use crate::{Candidate, Employed, Place, Work};

/// Evenings of four hours on each of those days of June 2026.
fn evenings(days: std::ops::RangeInclusive<u32>) -> Vec<Place> {
    days.map(|day| lead(&format!("2026-06-{day:02} 18:00"), "22:00")).collect()
}

#[test]
fn six_hours_of_work_want_a_pause_of_twenty_minutes() {
    let run = |first: &str, second: &str| {
        said(french(1), vec![lead("2026-06-02 14:00", first), lead(&format!("2026-06-02 {second}"), "21:00")])
    };
    assert_eq!(said(french(1), vec![lead("2026-06-02 14:00", "20:00")]), []);
    assert_eq!(run("17:00", "17:20"), []);
    let findings = run("17:00", "17:15");
    assert_eq!(short(&findings), [(Rule::Break, "L3121-16", 405, 360)]);
    assert_eq!(findings[0].cure, Cure::Pause { by: at("2026-06-02 20:15"), minutes: Minutes(20) });
}

#[test]
fn midnight_is_no_pause() {
    let night = |law, from: &str, until: &str| said(under(law, 1), vec![lead(from, until)]);
    let long = night(Law::FrancePrivate, "2026-06-02 18:00", "04:00");
    assert_eq!(short(&long), [(Rule::Break, "L3121-16", 600, 360)]);
    assert_eq!(long[0].cure, Cure::Pause { by: at("2026-06-03 00:00"), minutes: Minutes(20) });
    assert_eq!(
        short(&night(Law::Quebec, "2026-06-02 21:30", "03:00")),
        [(Rule::Break, "LNT, art. 79", 330, 300)]
    );
    let mut swiss = agreed(under(Law::Switzerland, 1), Term::NightWork, 24 * 60);
    swiss.employments[0].from = day("2026-06-02");
    let findings = said(swiss, vec![lead("2026-06-02 20:00", "03:30")]);
    assert_eq!(short(&findings), [(Rule::Break, "LTr, art. 15", 450, 420)]);
    // What begins on the day before an employment is not its law's business.
    let mut later = under(Law::Quebec, 1);
    later.employments[0].from = day("2026-06-03");
    later.employments.push(Employed::new(day("2020-01-01"), None, Law::EuropeanUnion, true));
    assert_eq!(said(later, vec![lead("2026-06-02 21:30", "03:00")]), []);
}

#[test]
fn quebec_wants_half_an_hour_after_five_and_switzerland_counts_the_whole_day() {
    assert_eq!(
        short(&said(under(Law::Quebec, 1), vec![lead("2026-06-02 12:00", "17:30")])),
        [(Rule::Break, "LNT, art. 79", 330, 300)]
    );
    let swiss =
        |from| said(under(Law::Switzerland, 1), vec![lead("2026-06-02 09:00", "13:00"), lead(from, "17:30")]);
    assert_eq!(short(&swiss("2026-06-02 13:15")), [(Rule::Break, "LTr, art. 15", 495, 420)]);
    assert_eq!(short(&swiss("2026-06-02 13:30")), []);
    // Of several steps that are missed the last is named, which asks for the longest pause.
    let findings = said(under(Law::Switzerland, 1), vec![lead("2026-06-02 08:00", "17:30")]);
    assert_eq!(short(&findings), [(Rule::Break, "LTr, art. 15", 570, 540)]);
    assert_eq!(findings[0].cure, Cure::Pause { by: at("2026-06-02 17:00"), minutes: Minutes(60) });
}

#[test]
fn a_week_holds_forty_eight_hours_and_six_days() {
    let mut desk = french(1);
    for date in 1..=5 {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("12:00", "18:00")]);
    }
    // Thirty hours and eighteen on duty.
    let places = |until: &str| {
        let mut all = evenings(1..=3);
        all.push(lead("2026-06-05 18:00", until));
        for place in &mut all[..3] {
            place.slot.span = span(&format!("{} 18:30", place.slot.day), "22:00");
        }
        all[3].slot.span = span("2026-06-05 18:30", until);
        all.push(lead("2026-06-06 10:00", "14:00"));
        all
    };
    assert_eq!(forbidden(desk.clone(), places("22:00")), []);
    assert_eq!(short(&forbidden(desk, places("22:01"))), [(Rule::WeeklyMaximum, "L3121-20", 2881, 2880)]);
}

#[test]
fn twelve_weeks_average_forty_four_hours_and_an_agreement_makes_it_forty_six() {
    let mut worked = french(1);
    let mut monday = day("2026-03-16");
    // Eleven weeks of 44 hours; the rota's own week follows.
    for _ in 0..11 {
        for later in 0..4 {
            let date = monday + chrono::Days::new(later);
            worked = worked.busy(&format!("{date} 08:00"), "13:30").busy(&format!("{date} 14:30"), "18:30");
        }
        let friday = monday + chrono::Days::new(4);
        worked = worked.busy(&format!("{friday} 08:00"), "14:00");
        monday = monday + chrono::Days::new(7);
    }
    assert_eq!(monday, day("2026-06-01"));
    let week = |last: &str| {
        let mut places: Vec<Place> =
            (1..=5).map(|date| lead(&format!("2026-06-{date:02} 12:00"), "18:00")).collect();
        places.extend((1..=3).map(|date| lead(&format!("2026-06-{date:02} 18:30"), "22:00")));
        places.push(lead("2026-06-06 10:00", last));
        places
    };
    // 30 + 10.5 + 3.5 hours are 44.
    assert_eq!(forbidden(worked.clone(), week("13:30")), []);
    let findings = forbidden(worked.clone(), week("13:42"));
    assert_eq!(short(&findings), [(Rule::AverageMaximum, "L3121-22", 2641, 2640)]);
    assert_eq!(findings[0].cure, Cure::GiveAway(span("2026-06-03 18:30", "22:00")));
    assert_eq!(forbidden(agreed(worked, Term::AverageMaximum, 46 * 60), week("13:42")), []);
}

#[test]
fn an_average_begins_with_the_first_week_that_is_known() {
    // Ten weeks of fifty hours are the first of all, and the rota's own has forty-five.
    let mut worked = french(1);
    let mut monday = day("2026-03-23");
    for _ in 0..10 {
        for later in 0..5 {
            let date = monday + chrono::Days::new(later);
            worked = worked.busy(&format!("{date} 08:00"), "13:00").busy(&format!("{date} 14:00"), "19:00");
        }
        monday = monday + chrono::Days::new(7);
    }
    let mut week = evenings(1..=5);
    week.extend((1..=5).map(|date| lead(&format!("2026-06-{date:02} 12:00"), "17:00")));
    let findings = forbidden(worked, week);
    assert_eq!(short(&findings), [(Rule::AverageMaximum, "L3121-22", 545 * 5, 44 * 60)]);
    assert_eq!(findings[0].span.start(), at("2026-03-23 00:00"));
}

#[test]
fn twelve_days_in_a_row_are_lawful_and_a_house_may_cap_them() {
    // Tuesday of one week to Saturday of the next, with a Monday off on either side.
    let row: Vec<Place> = (2..=13)
        .filter(|date| *date != 8)
        .map(|date| lead(&format!("2026-06-{date:02} 18:00"), "20:00"))
        .collect();
    let week_of_six: Vec<Place> = row[..6].to_vec();
    assert_eq!(said(french(1), week_of_six.clone()), []);
    let capped = said(agreed(french(1), Term::ConsecutiveDays, 5), week_of_six);
    assert_eq!(short(&capped), [(Rule::ConsecutiveDays, "Accord d'entreprise", 6, 5)]);
    assert_eq!((capped[0].gravity, capped[0].unit), (Gravity::Overridable, Unit::Days));
}

#[test]
fn a_part_timer_adds_a_tenth_and_a_third_by_agreement_but_never_a_full_week() {
    let hours = |until: &str| {
        let mut places = evenings(1..=5);
        places.push(lead("2026-06-06 09:00", until));
        places
    };
    // Five evenings, of which the last ends later.
    let evening = |until: &str| {
        let mut places = evenings(1..=4);
        places.push(lead("2026-06-05 18:00", until));
        places
    };
    // Contract of 20 hours: 22 are allowed.
    assert_eq!(forbidden(part_time(Law::FrancePrivate, 20), hours("11:00")), []);
    let findings = forbidden(part_time(Law::FrancePrivate, 20), hours("11:01"));
    assert_eq!(short(&findings), [(Rule::ExtraHours, "L3123-28", 1321, 1320)]);
    let third = agreed(part_time(Law::FrancePrivate, 20), Term::ExtraHours, 3_334);
    assert_eq!(forbidden(third, hours("11:01")), []);
    // A third of fifteen hours is five, to the minute.
    let more =
        |until| forbidden(agreed(part_time(Law::FrancePrivate, 15), Term::ExtraHours, 3_334), evening(until));
    assert_eq!(more("22:00"), []);
    assert_eq!(short(&more("22:01")), [(Rule::ExtraHours, "L3123-20", 1201, 1200)]);
    // Contract of 34 hours: 37.4 would be a tenth more, yet 35 are never reached.
    let mut desk = part_time(Law::FrancePrivate, 34);
    for date in 1..=5 {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("12:00", "17:00")]);
    }
    let duty = |until| {
        forbidden(desk.clone(), vec![lead("2026-06-06 09:00", "14:00"), lead("2026-06-06 14:30", until)])
    };
    assert_eq!(duty("19:29"), []);
    assert_eq!(short(&duty("19:30")), [(Rule::ExtraHours, "L3123-9", 2100, 2100)]);
}

#[test]
fn a_part_timers_morning_and_evening_are_too_far_apart() {
    let morning = part_time(Law::FrancePrivate, 24).at_the_desk("2026-06-02", &[("09:00", "12:00")]);
    let evening = || vec![lead("2026-06-02 18:00", "20:00")];
    let findings = said(morning.clone(), evening());
    assert_eq!(short(&findings), [(Rule::Interruption, "L3123-30", 360, 120)]);
    assert_eq!(findings[0].gravity, Gravity::Overridable);
    assert_eq!(said(agreed(morning, Term::InterruptionLength, 6 * 60), evening()), []);
    let pieces = part_time(Law::FrancePrivate, 24)
        .at_the_desk("2026-06-02", &[("13:00", "14:30"), ("15:30", "17:00")]);
    let findings = said(pieces, evening());
    assert_eq!(short(&findings), [(Rule::Interruption, "L3123-30", 2, 1)]);
    assert_eq!(findings[0].unit, Unit::Times);
    // The pause of twenty minutes that the law grants is no interruption.
    let paused = part_time(Law::FrancePrivate, 24)
        .at_the_desk("2026-06-02", &[("13:00", "14:30"), ("14:50", "17:00")]);
    assert_eq!(said(paused, evening()), []);
}

#[test]
fn two_contracts_together_may_make_a_full_week() {
    let mut two = part_time(Law::FrancePrivate, 20);
    let mut other = two.employments[0].clone();
    other.in_pool = false;
    other.weekly = Some(Minutes::hours(15));
    two.employments.push(other);
    let morning = two.at_the_desk("2026-06-02", &[("09:00", "12:00")]);
    assert_eq!(said(morning, vec![lead("2026-06-02 18:00", "20:00")]), []);
}

/// Somebody with a contract of so many minutes a week at each of two offices, who watches for the first.
fn at_two_offices(law: Law, other: Law, minutes: [u32; 2]) -> Candidate {
    let [first, second] = [1, 2].map(|number| Some(OrganisationId(uuid::Uuid::from_u128(number))));
    let mut two = under(law, 1);
    two.employments[0].employer = first;
    two.employments[0].weekly = Some(Minutes(minutes[0]));
    let elsewhere = Employed::new(day("2020-01-01"), None, other, false);
    two.employments.push(Employed { employer: second, weekly: Some(Minutes(minutes[1])), ..elsewhere });
    for date in 1..=5 {
        let on = format!("2026-06-{date:02}");
        two = two.at_the_desk(&on, &[("09:30", "13:00")]).at_the_desk(&on, &[("14:00", "17:30")]);
    }
    for (number, hours) in two.office.iter_mut().enumerate() {
        hours.employer = if number % 2 == 0 { second } else { first };
    }
    two
}

#[test]
fn half_a_contract_at_each_of_two_employers_is_measured_at_each_alone() {
    let half = 17 * 60 + 30;
    let evening = |until| vec![lead("2026-06-02 18:00", until)];
    for other in [Law::FrancePrivate, Law::FrancePublic] {
        let two = || at_two_offices(Law::FrancePrivate, other, [half, half]);
        // A tenth of 17 h 30 is 1 h 45.
        assert_eq!(forbidden(two(), evening("19:45")), [], "{other:?}");
        let more = forbidden(two(), evening("19:46"));
        assert_eq!(short(&more), [(Rule::ExtraHours, "L3123-28", half as i64 + 106, half as i64 + 105)]);
        assert_eq!(more[0].cure, Cure::GiveAway(span("2026-06-02 18:00", "19:46")));
    }
    // Hours that nobody here employs them for count as little.
    let mut one = part_time(Law::FrancePrivate, 24);
    one.elsewhere = (1..=5).map(|date| span(&format!("2026-06-{date:02} 09:00"), "12:00")).collect();
    one.elsewhere.push(span("2026-06-01 13:00", "20:00"));
    assert_eq!(forbidden(one, vec![lead("2026-06-02 16:00", "22:00")]), []);
}

#[test]
fn overtime_is_what_is_worked_for_the_employer_who_owes_it() {
    let mut two = at_two_offices(Law::FrancePublic, Law::FrancePrivate, [35 * 60, 17 * 60 + 30]);
    for date in (8..=12).chain(15..=19).chain(22..=26) {
        let on = format!("2026-06-{date:02}");
        let mut hours = two.office[1].clone();
        hours.day = day(&on);
        hours.usual = vec![span(&format!("{on} 14:00"), "17:30")];
        hours.on_duty.clone_from(&hours.usual);
        two.office.push(hours);
        let busy = Work { span: span(&format!("{on} 09:30"), "13:00"), employer: two.office[0].employer };
        two.busy.push(busy);
    }
    // 17 h 30 at the desk and three evenings of four hours a week are no overtime at all.
    let days = [1, 3, 5, 8, 10, 12, 15, 17, 19, 22, 24, 26];
    let evenings: Vec<Place> = days.map(|date| lead(&format!("2026-06-{date:02} 18:00"), "21:00")).to_vec();
    assert_eq!(said(two, evenings), []);
}

#[test]
fn nobody_under_eighteen_stands_watch() {
    let mut young = french(1);
    young.born = Some(day("2008-06-03"));
    let findings = said(young.clone(), vec![standby("2026-06-02 18:00", "22:00")]);
    assert_eq!(short(&findings), [(Rule::Minor, "L3161-1", 17, 18)]);
    assert_eq!((findings[0].unit, findings[0].gravity), (Unit::Years, Gravity::Absolute));
    assert_eq!(said(young, vec![lead("2026-06-03 18:00", "22:00")]), []);
}

#[test]
fn two_nights_of_three_hours_make_a_night_worker_of_eight_hours() {
    // Tuesday and Wednesday 20:00 to midnight, three hours of each at night.
    let nights = || vec![lead("2026-06-02 20:00", "00:00"), lead("2026-06-03 20:00", "00:00")];
    let desk = |until| french(1).at_the_desk("2026-06-05", &[("09:00", "13:00"), ("14:00", until)]);
    let places = |with: bool| {
        let mut all = nights();
        all.extend(with.then(|| lead("2026-06-05 18:30", "20:30")));
        all
    };
    assert_eq!(said(desk("16:00"), places(true)), []);
    assert_eq!(short(&said(desk("16:01"), places(true))), [(Rule::NightMaximum, "L3122-6", 481, 480)]);
    // One such night makes none, nor does a day that holds no duty matter.
    assert_eq!(said(desk("16:01"), places(true).split_off(1)), []);
    assert_eq!(said(desk("18:00"), places(false)), []);
}

#[test]
fn two_hundred_and_seventy_hours_at_night_in_a_year_make_a_night_worker_too() {
    let nights = |count: u64| {
        let mut one = french(1);
        for ago in 0..count {
            // One night a week of nine hours, 21:00 to 6:00, until the week before.
            let date = day("2026-05-26") - chrono::Days::new(7 * ago);
            one = one.busy(&format!("{date} 21:00"), "06:00");
        }
        one.at_the_desk("2026-06-02", &[("09:00", "12:00"), ("14:00", "16:00")])
    };
    let evening = || vec![lead("2026-06-02 17:00", "20:30")];
    assert_eq!(said(nights(29), evening()), []);
    assert_eq!(short(&said(nights(30), evening())), [(Rule::NightMaximum, "L3122-6", 510, 480)]);
}

#[test]
fn tourist_offices_rest_by_rota_and_other_employers_on_sunday() {
    let sunday = || vec![lead("2026-06-07 09:00", "13:00")];
    assert_eq!(said(french(1), sunday()), []);
    let mut hub = french(1);
    hub.employments[0].tourist_office = false;
    assert_eq!(short(&said(hub, sunday())), [(Rule::Sunday, "L3132-3", 240, 0)]);
}

#[test]
fn alsace_and_moselle_allow_five_hours_on_sundays_and_holidays_and_none_on_high_feasts() {
    let local = || under(Law::AlsaceMoselle, 1);
    let on = |from: &str, until: &str| said(local(), vec![lead(from, until)]);
    assert_eq!(on("2026-06-07 09:00", "14:00"), []);
    assert_eq!(short(&on("2026-06-07 09:00", "14:30")), [(Rule::Sunday, "L3134-2, L3134-4", 330, 300)]);
    // 26 December is a Saturday and a holiday there alone.
    assert_eq!(short(&on("2026-12-26 09:00", "14:30")), [(Rule::Holiday, "L3134-2, L3134-4", 330, 300)]);
    // Pentecost is 24 May 2026.
    assert_eq!(short(&on("2026-05-24 09:00", "13:00")), [(Rule::Holiday, "L3134-4", 240, 0)]);
    // Good Friday is kept by some communes only: the office's calendar says.
    let mut temple = local();
    temple.employments[0].calendar = Some(Calendar::AlsaceMoselleGoodFriday);
    assert_eq!(on("2026-04-03 09:00", "14:30"), []);
    assert_eq!(said(temple, vec![lead("2026-04-03 09:00", "14:30")])[0].rule, Rule::Holiday);
}

#[test]
fn the_first_of_may_needs_a_reason_or_an_agreement() {
    let may = || vec![lead("2026-05-01 09:00", "13:00")];
    let findings = said(french(1), may());
    assert_eq!(short(&findings), [(Rule::Holiday, "L3133-4", 240, 0)]);
    assert_eq!(findings[0].gravity, Gravity::Overridable);
    assert_eq!(said(agreed(french(1), Term::MayDayWork, 600), may()), []);
}

#[test]
fn quebec_lets_people_refuse_long_days_and_weeks() {
    let usual = under(Law::Quebec, 1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("13:00", "17:00")]);
    assert_eq!(said(usual.clone(), vec![lead("2026-06-02 18:00", "20:00")]), []);
    let longer = said(usual.clone(), vec![lead("2026-06-02 18:00", "21:00")]);
    assert_eq!(short(&longer), [(Rule::MayRefuse, "LNT, art. 59.0.1, 1°", 180, 120)]);
    assert_eq!(longer[0].gravity, Gravity::Warning);
    let busy = under(Law::Quebec, 1).busy("2026-06-02 08:00", "13:00").busy("2026-06-02 14:00", "18:00");
    let findings = said(busy, vec![lead("2026-06-02 18:30", "22:30")]);
    assert_eq!(short(&findings), [(Rule::MayRefuse, "LNT, art. 59.0.1, 1°", 780, 720)]);
    let mut week = under(Law::Quebec, 1);
    for date in 1..=5 {
        week = week
            .busy(&format!("2026-06-{date:02} 08:00"), "13:00")
            .busy(&format!("2026-06-{date:02} 13:30"), "18:00");
    }
    let findings = said(week, vec![lead("2026-06-06 09:00", "12:00")]);
    assert_eq!(short(&findings), [(Rule::MayRefuse, "LNT, art. 59.0.1, 2°", 3030, 3000)]);
}

#[test]
fn a_short_swiss_night_needs_a_reason_and_a_shorter_one_is_refused() {
    let night = |from: &str| {
        let findings =
            said(under(Law::Switzerland, 1), vec![lead("2026-06-02 19:00", "23:00"), lead(from, "12:00")]);
        findings.iter().map(|one| (one.rule, one.measured, one.limit, one.gravity)).collect::<Vec<_>>()
    };
    assert_eq!(night("2026-06-03 10:00"), []);
    assert_eq!(night("2026-06-03 07:00"), [(Rule::DailyRest, 480, 660, Gravity::Overridable)]);
    assert_eq!(night("2026-06-03 06:59"), [(Rule::DailyRest, 479, 480, Gravity::Absolute)]);
}

#[test]
fn a_swiss_night_is_short_once_in_a_civil_week() {
    let nights = |second: &str, next: &str| {
        let places = vec![
            lead("2026-06-02 19:00", "23:00"),
            lead("2026-06-03 08:00", "12:00"),
            lead(&format!("{second} 19:00"), "23:00"),
            lead(&format!("{next} 08:00"), "12:00"),
        ];
        let findings = said(under(Law::Switzerland, 1), places);
        findings.iter().map(|one| (one.rule, one.measured, one.limit, one.gravity)).collect::<Vec<_>>()
    };
    let bent = (Rule::DailyRest, 540, 660, Gravity::Overridable);
    assert_eq!(nights("2026-06-04", "2026-06-05"), [bent, (Rule::DailyRest, 540, 660, Gravity::Absolute)]);
    assert_eq!(nights("2026-06-09", "2026-06-10"), [bent, bent]);
}

#[test]
fn belgium_wants_duties_of_three_hours_before_eight_in_the_evening() {
    let belgian = |places| said(under(Law::Belgium, 1), places);
    assert_eq!(belgian(vec![lead("2026-06-02 17:00", "20:00")]), []);
    let short_one = belgian(vec![lead("2026-06-02 17:30", "20:00")]);
    assert_eq!(short(&short_one), [(Rule::ShortDuty, "loi du 16 mars 1971, art. 21", 150, 180)]);
    // What follows the desk without a pause is one period with it, and two duties are.
    let desk = |until| under(Law::Belgium, 1).at_the_desk("2026-06-02", &[("16:00", until)]);
    assert_eq!(said(desk("17:30"), vec![lead("2026-06-02 17:30", "20:00")]), []);
    assert_eq!(said(desk("17:00"), vec![lead("2026-06-02 17:30", "20:00")])[0].measured, 150);
    let two = |from| belgian(vec![lead("2026-06-02 17:00", "18:30"), lead(from, "20:00")]);
    assert_eq!(two("2026-06-02 18:30"), []);
    assert_eq!(two("2026-06-02 18:31").len(), 2);
    let late = belgian(vec![lead("2026-06-02 18:00", "22:00")]);
    assert_eq!(short(&late), [(Rule::NightWork, "loi du 16 mars 1971, art. 35", 120, 0)]);
    assert_eq!(
        said(
            agreed(under(Law::Belgium, 1), Term::NightWork, 24 * 60),
            vec![lead("2026-06-02 18:00", "22:00")]
        ),
        []
    );
}

#[test]
fn a_civil_servants_overtime_ends_at_twenty_five_hours_a_month() {
    let mut desk = under(Law::FrancePublic, 1);
    for date in (1..=5).chain(8..=12).chain(15..=19).chain(22..=26) {
        desk = desk.at_the_desk(&format!("2026-06-{date:02}"), &[("10:30", "12:30"), ("13:00", "18:00")]);
    }
    // Three hours on two evenings a week are twenty-four in four weeks.
    let duty = |date: u32| lead(&format!("2026-06-{date:02} 18:30"), "21:30");
    let mut places: Vec<Place> = [1, 3, 8, 10, 15, 17, 22, 24].map(duty).to_vec();
    assert_eq!(said(desk.clone(), places.clone()), []);
    places.push(duty(26));
    let findings = said(desk, places);
    assert_eq!(short(&findings), [(Rule::Overtime, "décret 2002-60, art. 6", 27 * 60, 25 * 60)]);
    assert_eq!(findings[0].cure, Cure::GiveAway(span("2026-06-26 18:30", "21:30")));
}

#[test]
fn hours_for_another_employer_count_and_their_article_is_named() {
    let desk = || french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("14:00", "17:00")]);
    let evening = || vec![lead("2026-06-02 18:00", "22:00")];
    let mut elsewhere = desk();
    elsewhere.elsewhere.push(span("2026-06-02 12:30", "13:30"));
    assert_eq!(short(&said(elsewhere, evening())), [(Rule::DailyMaximum, "L8261-1", 660, 600)]);
    let here = desk().busy("2026-06-02 12:30", "13:30");
    assert_eq!(short(&said(here, evening())), [(Rule::DailyMaximum, "L3121-18", 660, 600)]);
}

#[test]
fn the_shortest_duty_that_cures_alone_is_named_and_none_where_none_does() {
    let desk = french(1).at_the_desk("2026-06-02", &[("09:00", "12:00"), ("13:00", "16:00")]);
    let duties = vec![lead("2026-06-02 16:30", "17:30"), lead("2026-06-02 18:00", "22:00")];
    let findings = said(desk, duties.clone());
    assert_eq!(findings[0].rule, Rule::DailyMaximum);
    assert_eq!(findings[0].cure, Cure::GiveAway(duties[0].slot.span));
    assert_eq!(findings[0].missing(), 60);
    let full = french(1).at_the_desk("2026-06-02", &[("07:00", "12:00"), ("13:00", "18:30")]);
    let findings = said(full, vec![lead("2026-06-02 19:00", "20:00"), lead("2026-06-02 20:30", "21:00")]);
    let rule = |rule| findings.iter().find(|one| one.rule == rule).unwrap();
    assert_eq!(rule(Rule::DailyMaximum).cure, Cure::Replan);
}
