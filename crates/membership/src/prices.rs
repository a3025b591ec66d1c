//! What coverage costs, in whole cents.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Cents, Coverage, OrganisationId, time};

/// The price a month of everything `office` has at `at`.
pub fn monthly_total(coverages: &[Coverage], office: OrganisationId, at: DateTime<Utc>) -> Cents {
    crate::offers::running(coverages, office, at).into_iter().map(|coverage| coverage.monthly).sum()
}

/// What `coverage` costs for the civil month that holds `day`, in the office's zone: the monthly
/// price by days, each day on which it runs counting whole, rounded to the nearest cent.
pub fn month_price(coverage: &Coverage, day: NaiveDate, zone: Tz) -> Cents {
    let first = day.with_day(1).expect("every month has a first day");
    let next = first.checked_add_months(Months::new(1)).expect("calendars here end long before year 262000");
    let days = first.iter_days().take_while(|day| *day < next);
    let (mut all, mut run) = (0_i128, 0_i128);
    for day in days {
        let civil = time::civil_day(day, zone);
        all += 1;
        let goes_on = coverage.until.is_none_or(|end| civil.start() < end && coverage.from < end);
        run += i128::from(coverage.from < civil.end() && goes_on);
    }
    let twice = 2 * i128::from(coverage.monthly.0) * run + all;
    Cents(i64::try_from(twice.div_euclid(2 * all)).expect("a part of a price is no more than the price"))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;
    use proptest::prelude::*;

    use super::*;

    fn coverage(monthly: i64, from: &str, until: Option<&str>) -> Coverage {
        let id = uuid::Uuid::from_u128(1);
        Coverage {
            id: id.into(),
            pool: id.into(),
            organisation: id.into(),
            offer: id.into(),
            windows: Vec::new(),
            channels: Vec::new(),
            monthly: Cents(monthly),
            from: from.parse().unwrap(),
            until: until.map(|end| end.parse().unwrap()),
        }
    }

    fn price(coverage: &Coverage, day: &str) -> Cents {
        month_price(coverage, day.parse().unwrap(), Paris)
    }

    #[test]
    fn a_whole_month_costs_the_monthly_price() {
        let whole = coverage(12_900, "2026-01-01T00:00:00Z", None);
        for month in 2..=12 {
            assert_eq!(price(&whole, &format!("2026-{month:02}-14")), Cents(12_900));
        }
    }

    #[test]
    fn a_month_begun_on_its_sixteenth_day_costs_half_in_june() {
        // Ordered at 22:30 on the 15th in UTC: in Paris it is the 16th.
        let half = coverage(12_901, "2026-06-15T22:30:00Z", None);
        assert_eq!(price(&half, "2026-06-01"), Cents(6_451));
        assert_eq!(price(&half, "2026-05-31"), Cents(0));
        assert_eq!(price(&half, "2026-07-01"), Cents(12_901));
    }

    #[test]
    fn the_day_on_which_it_ends_counts_unless_it_ends_at_midnight() {
        let noon = coverage(31_000, "2026-01-01T00:00:00Z", Some("2026-07-10T10:00:00Z"));
        assert_eq!(price(&noon, "2026-07-01"), Cents(10_000));
        let midnight = coverage(31_000, "2026-01-01T00:00:00Z", Some("2026-07-09T22:00:00Z"));
        assert_eq!(price(&midnight, "2026-07-01"), Cents(9_000));
    }

    #[test]
    fn what_runs_adds_up() {
        let now = "2026-07-10T10:00:00Z".parse().unwrap();
        let all = [
            coverage(12_900, "2026-01-01T00:00:00Z", None),
            coverage(4_500, "2026-01-01T00:00:00Z", None),
            coverage(9_999, "2026-01-01T00:00:00Z", Some("2026-07-10T10:00:00Z")),
        ];
        assert_eq!(monthly_total(&all, uuid::Uuid::from_u128(1).into(), now), Cents(17_400));
        assert_eq!(monthly_total(&all, uuid::Uuid::from_u128(2).into(), now), Cents(0));
    }

    proptest! {
        #[test]
        fn a_part_never_costs_more_than_the_whole(monthly in 0_i64..1_000_000, start in 0_i64..60, length in 0_i64..60) {
            let from: DateTime<Utc> = "2026-02-20T09:00:00Z".parse().unwrap();
            let mut part = coverage(monthly, "2026-01-01T00:00:00Z", None);
            part.from = from + chrono::Duration::days(start);
            part.until = Some(part.from + chrono::Duration::days(length));
            let cost = price(&part, "2026-03-10");
            prop_assert!(Cents(0) <= cost && cost <= Cents(monthly));
        }
    }
}
