//! What must be true of the ledger: by example, and by chance.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    Account, Calendar, Category, DutyKind, Entry, Feast, Language, LedgerTerms, Minutes, OrganisationId,
    PersonId, Rung, ShiftId, Skills, Span, to_utc,
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::needs::Period;

const PARIS: Tz = chrono_tz::Europe::Paris;
const CLOCKS: Clocks = Clocks { zone: PARIS, calendar: Calendar::France };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    to_utc(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), PARIS)
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn office(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

fn duty_of(number: u128, rung: Rung, span: Span) -> Duty {
    Duty {
        shift: ShiftId(Uuid::from_u128(span.start().timestamp() as u128 * 100 + number)),
        person: person(number),
        employer: Some(office(number % 3)),
        rung,
        kind: DutyKind::Active,
        span,
        languages: Vec::new(),
        skills: Skills::default(),
    }
}

fn held_by(number: u128, rung: Rung, span: Span) -> Entry {
    entry(&duty_of(number, rung, span), CLOCKS, &LedgerTerms::default())
}

fn duty(number: u128, from: &str, until: &str) -> Entry {
    held_by(number, Rung::Lead, Span::new(at(from), at(until)).unwrap())
}

fn parts(entry: &Entry) -> Vec<(Category, u32)> {
    entry.parts.iter().map(|(category, minutes)| (*category, minutes.0)).collect()
}

fn party(number: u128, share_bp: u32) -> Party {
    let stretch = Stretch { employer: None, from: day("2020-01-01"), until: None, share_bp };
    Party {
        person: person(number),
        employer: Some(office(number % 3)),
        languages: vec![Language::FR],
        skills: Skills::default(),
        stretches: vec![stretch],
        excused: Vec::new(),
    }
}

fn period(from: &str, until: &str) -> Period {
    Period { from: day(from), until: day(until) }
}

fn fair(accounts: &[Account]) -> Vec<i64> {
    accounts.iter().map(|account| account.whole.fair).collect()
}

use Category::{Evening, Feast as Feasts, Holiday, Night, Saturday, Sunday};

#[test]
fn a_minute_counts_in_every_category_it_lies_in() {
    assert_eq!(parts(&duty(1, "2026-07-06 18:00", "2026-07-06 22:00")), [(Evening, 240)]);
    let late = duty(1, "2026-07-04 20:00", "2026-07-05 02:00");
    assert_eq!(parts(&late), [(Evening, 120), (Saturday, 240), (Sunday, 120), (Night, 240)]);
    assert_eq!(parts(&duty(1, "2026-07-06 09:00", "2026-07-06 13:00")), []);
    // 14 July 2027 is a Wednesday, 15 August 2026 a Saturday: a holiday is not its weekday.
    assert_eq!(parts(&duty(1, "2026-08-15 09:00", "2026-08-15 13:00")), [(Holiday, 240)]);
    let christmas = duty(1, "2026-12-24 21:00", "2026-12-25 01:00");
    assert_eq!(parts(&christmas), [(Evening, 60), (Holiday, 60), (Feasts, 240), (Night, 180)]);
    assert_eq!(christmas.feasts, [Feast::ChristmasEve, Feast::Christmas]);
}

#[test]
fn a_night_is_an_hour_longer_when_the_clocks_go_back_and_an_hour_shorter_when_they_go_forward() {
    let autumn = duty(1, "2026-10-24 22:00", "2026-10-25 06:00");
    assert_eq!(parts(&autumn), [(Saturday, 120), (Sunday, 420), (Night, 540)]);
    assert_eq!(autumn.worth, 540);
    let spring = duty(1, "2026-03-28 22:00", "2026-03-29 06:00");
    assert_eq!(parts(&spring), [(Saturday, 120), (Sunday, 300), (Night, 420)]);
    assert_eq!(spring.worth, 420);
}

#[test]
fn on_both_nights_of_a_clock_change_the_minutes_are_real_in_five_zones() {
    use chrono_tz::{America::Toronto, Europe};
    let nights = [
        (PARIS, "2026-10-24", "2026-03-28"),
        (Europe::Brussels, "2026-10-24", "2026-03-28"),
        (Europe::Zurich, "2026-10-24", "2026-03-28"),
        (Europe::London, "2026-10-24", "2026-03-28"),
        (Toronto, "2026-10-31", "2026-03-07"),
    ];
    for (zone, back, forward) in nights {
        // In France 1 November is a holiday, and so no Sunday.
        let clocks = Clocks { zone, calendar: Calendar::Quebec };
        let night = |saturday: &str| {
            let (first, next) = (day(saturday), day(saturday) + chrono::Days::new(1));
            let wall = |day: NaiveDate, hour| to_utc(day.and_hms_opt(hour, 0, 0).unwrap(), zone);
            let span = Span::new(wall(first, 20), wall(next, 6)).unwrap();
            let entry = entry(&duty_of(1, Rung::Lead, span), clocks, &LedgerTerms::default());
            (entry.worth, entry.minutes_in(Evening).0, entry.minutes_in(Night).0, entry.minutes_in(Sunday).0)
        };
        assert_eq!(night(back), (660, 120, 540, 420), "{zone}");
        assert_eq!(night(forward), (540, 120, 420, 300), "{zone}");
    }
}

#[test]
fn who_works_half_the_hours_owes_half() {
    let entries =
        [duty(1, "2026-07-06 18:00", "2026-07-06 22:00"), duty(2, "2026-07-07 18:00", "2026-07-07 20:00")];
    let accounts =
        accounts(&[party(1, 10_000), party(2, 5_000)], &entries, period("2026-07-01", "2026-07-31"), PARIS);
    assert_eq!(fair(&accounts), [240, 120]);
    assert_eq!(accounts.iter().map(Account::balance).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(accounts[1].share_bp, 5_000);
}

#[test]
fn who_comes_later_owes_nothing_of_what_was_before() {
    let entries =
        [duty(1, "2026-07-06 18:00", "2026-07-06 22:00"), duty(1, "2026-07-20 18:00", "2026-07-20 22:00")];
    let mut newcomer = party(2, 10_000);
    newcomer.stretches[0].from = day("2026-07-15");
    let accounts =
        accounts(&[party(1, 10_000), newcomer], &entries, period("2026-07-01", "2026-07-31"), PARIS);
    assert_eq!(fair(&accounts), [360, 120]);
}

#[test]
fn a_duty_is_owed_only_by_those_who_speak_what_it_asks_for() {
    let mut german = duty(1, "2026-07-06 18:00", "2026-07-06 22:00");
    german.languages = vec![Language::parse("de").unwrap()];
    let mut speaks = party(1, 10_000);
    speaks.languages.push(Language::parse("de").unwrap());
    let both = [speaks, party(2, 10_000)];
    let accounts = accounts(&both, &[german], period("2026-07-01", "2026-07-31"), PARIS);
    assert_eq!(fair(&accounts), [240, 0]);
}

#[test]
fn a_duty_is_owed_by_those_who_know_the_destination_it_asks_for() {
    let office = domain::OrganisationId(uuid::Uuid::from_u128(7));
    let mut asked = duty(1, "2026-07-06 18:00", "2026-07-06 22:00");
    asked.skills.destinations = [office].into();
    let owed = |parties: &[Party]| {
        let accounts =
            accounts(parties, std::slice::from_ref(&asked), period("2026-07-01", "2026-07-31"), PARIS);
        fair(&accounts)
    };
    let mut knows = party(1, 10_000);
    knows.skills.destinations = [office].into();
    let mut works_there = party(2, 10_000);
    works_there.stretches[0].employer = Some(office);
    assert_eq!(owed(&[knows.clone(), works_there.clone(), party(3, 10_000)]), [120, 120, 0]);
    works_there.stretches[0].until = Some(day("2026-07-05"));
    assert_eq!(owed(&[knows, works_there]), [240, 0], "they left the day before");
}

#[test]
fn ten_days_of_sickness_change_nothing_and_the_eleventh_does() {
    let entries: Vec<Entry> = (1..=28)
        .map(|date| duty(1, &format!("2026-07-{date:02} 18:00"), &format!("2026-07-{date:02} 22:00")))
        .collect();
    let sick_until = |until: &str| {
        let mut sick = party(2, 10_000);
        sick.excused = vec![Span::new(at("2026-07-06 00:00"), at(until)).unwrap()];
        fair(&accounts(&[party(1, 10_000), sick], &entries, period("2026-07-01", "2026-07-31"), PARIS))
    };
    let half = 28 * 120;
    assert_eq!(sick_until("2026-07-16 00:00"), [half, half], "ten days");
    assert_eq!(sick_until("2026-07-17 00:00"), [half + 120, half - 120], "eleven days");
    assert_eq!(sick_until("2026-07-26 00:00"), [half + 1_200, half - 1_200], "twenty days");
}

#[test]
fn a_balance_is_cut_to_the_cap_and_a_newcomer_starts_at_the_average() {
    let terms = LedgerTerms { cap: Minutes(100), ..LedgerTerms::default() };
    let entries =
        [duty(1, "2026-07-06 18:00", "2026-07-06 22:00"), duty(1, "2026-07-07 18:00", "2026-07-07 21:20")];
    let before =
        accounts(&[party(1, 10_000), party(2, 10_000)], &entries, period("2026-07-01", "2026-07-31"), PARIS);
    assert_eq!(before.iter().map(Account::balance).collect::<Vec<_>>(), [220, -220]);
    let end = closed(&Balances::new(), &before, &terms);
    let people = [(person(1), 10_000), (person(2), 10_000), (person(3), 5_000)];
    let carried = carried(&end, &people, &terms);
    assert_eq!(carried.values().copied().collect::<Vec<_>>(), [100, -100, 0]);
    // Where the one who owed has left, whoever comes is owed as much as those who stay.
    let stayed = super::carried(&end, &[(person(1), 10_000), (person(3), 5_000)], &terms);
    assert_eq!(stayed.values().copied().collect::<Vec<_>>(), [100, 50]);
}

/// The ends of the calendar years before `until`, one after the other.
fn ends(parties: &[Party], entries: &[Entry], until: &str, terms: &LedgerTerms) -> Vec<Balances> {
    let mut ends = vec![Balances::new()];
    for year in years(day("2023-05-01"), day(until)) {
        let accounts = accounts(parties, entries, year, PARIS);
        ends.push(closed(ends.last().unwrap(), &accounts, terms));
    }
    ends
}

#[test]
fn what_was_given_three_years_ago_is_still_owed_and_is_given_back_once() {
    let both = [party(1, 10_000), party(2, 10_000)];
    let given =
        [duty(1, "2023-07-03 18:00", "2023-07-03 22:00"), duty(1, "2023-07-04 18:00", "2023-07-04 20:00")];
    let last = |entries: &[Entry], until: &str| {
        let ends = ends(&both, entries, until, &LedgerTerms::default());
        ends.last().unwrap().values().copied().collect::<Vec<_>>()
    };
    assert_eq!(last(&given, "2024-01-01"), [180, -180]);
    assert_eq!(last(&given, "2026-07-01"), [180, -180], "two years later nothing of it is lost");
    let back = duty(2, "2025-07-07 18:00", "2025-07-07 22:00");
    let all = [given[0].clone(), given[1].clone(), back];
    assert_eq!(last(&all, "2025-07-07"), [180, -180]);
    assert_eq!(last(&all, "2026-01-01"), [60, -60]);
}

#[test]
fn who_was_away_for_a_year_comes_back_with_what_they_had() {
    let mut away = party(2, 10_000);
    away.stretches = [("2020-01-01", Some("2023-12-31")), ("2025-01-01", None)]
        .map(|(from, until)| Stretch {
            employer: None,
            from: day(from),
            until: until.map(day),
            share_bp: 10_000,
        })
        .into();
    let entries =
        [duty(1, "2023-07-03 18:00", "2023-07-03 22:00"), duty(1, "2024-07-03 18:00", "2024-07-03 22:00")];
    let ends = ends(&[party(1, 10_000), away], &entries, "2026-01-01", &LedgerTerms::default());
    assert_eq!(ends.last().unwrap()[&person(2)], -120, "{ends:?}");
}

#[test]
fn the_years_before_a_day_are_whole_but_the_last() {
    let all = years(day("2024-03-05"), day("2026-02-10"));
    let expected = [("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-02-09")];
    assert_eq!(all, expected.map(|(from, until)| period(from, until)));
    assert_eq!(years(day("2024-03-05"), day("2025-01-01")).len(), 1);
    assert_eq!(years(day("2024-03-05"), day("2024-03-05")), []);
}

#[test]
fn what_somebody_held_who_is_known_no_more_is_owed_by_nobody() {
    let entries =
        [duty(9, "2026-07-06 18:00", "2026-07-06 22:00"), duty(9, "2026-07-07 18:00", "2026-07-07 22:00")];
    let accounts = accounts(&[party(1, 10_000)], &entries, period("2026-07-01", "2026-07-31"), PARIS);
    assert_eq!(fair(&accounts), [0, 480]);
    assert_eq!(accounts[1].balance(), 0);
}

#[test]
fn a_minute_is_given_to_the_offices_covered_in_it() {
    let span = |from: &str, until: &str| Span::new(at(from), at(until)).unwrap();
    // Of the first office; the second buys all of the evening, the third its first half.
    let mut evening = duty(1, "2026-07-06 18:00", "2026-07-06 22:00");
    evening.employer = Some(office(1));
    let covered = [
        Covered { office: office(2), spans: vec![span("2026-07-06 18:00", "2026-07-06 22:00")] },
        Covered { office: office(3), spans: vec![span("2026-07-06 17:00", "2026-07-06 20:00")] },
    ];
    let books = offices(&[evening], &covered);
    let of = |number| books.iter().find(|book| book.office == office(number)).copied().unwrap();
    assert_eq!((of(1).given, of(1).received), (240, 0));
    assert_eq!((of(2).received, of(3).received), (180, 60));
}

/// Duties of six people over four months of 2026, both clock changes' neighbours among them.
fn some_entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..120_i64 * 96, 1..96_i64, 0..7_u128, any::<bool>());
    vec(one, 0..60).prop_map(|all| {
        let first = at("2026-02-01 00:00");
        all.into_iter()
            .map(|(quarter, long, who, lead)| {
                let start = first + Duration::minutes(15 * quarter);
                let span = Span::new(start, start + Duration::minutes(15 * long)).unwrap();
                held_by(who, if lead { Rung::Lead } else { Rung::Backup }, span)
            })
            .collect()
    })
}

fn some_parties() -> impl Strategy<Value = Vec<Party>> {
    let one = (0..10_000_u32, 0..150_u64, any::<bool>());
    vec(one, 6).prop_map(|all| {
        let first = day("2026-01-15");
        (0..)
            .zip(all)
            .map(move |(number, (share, begins, sick))| {
                let mut one = party(number, share);
                one.stretches[0].from = first + chrono::Days::new(begins);
                let away = Span::new(at("2026-03-01 00:00"), at("2026-03-20 00:00")).unwrap();
                one.excused = if sick { vec![away] } else { Vec::new() };
                one
            })
            .collect()
    })
}

fn whole() -> Period {
    period("2026-01-01", "2026-07-31")
}

proptest! {
    #[test]
    fn every_total_is_the_sum_of_its_duties(entries in some_entries(), parties in some_parties()) {
        for account in accounts(&parties, &entries, whole(), PARIS) {
            let own: Vec<&Entry> = entries.iter().filter(|one| one.person == account.person).collect();
            prop_assert_eq!(account.whole.held.worth, own.iter().map(|one| one.worth).sum::<i64>());
            prop_assert_eq!(account.whole.held.duties as usize, own.len());
            let minutes: u32 = own.iter().map(|one| one.span.length().0).sum();
            prop_assert_eq!(account.whole.held.lead.0 + account.whole.held.backup.0, minutes);
            for (category, part) in &account.categories {
                let behind: Vec<_> = own.iter().filter(|one| one.minutes_in(*category).0 > 0).collect();
                prop_assert_eq!(part.held.duties as usize, behind.len());
                let minutes: u32 = behind.iter().map(|one| one.minutes_in(*category).0).sum();
                prop_assert_eq!(part.held.lead.0 + part.held.backup.0, minutes);
            }
        }
    }

    #[test]
    fn all_balances_together_are_zero(entries in some_entries(), parties in some_parties()) {
        let accounts = accounts(&parties, &entries, whole(), PARIS);
        prop_assert_eq!(accounts.iter().map(Account::balance).sum::<i64>(), 0);
        for at in 0..Category::ALL.len() {
            prop_assert_eq!(accounts.iter().map(|one| one.categories[at].1.over()).sum::<i64>(), 0);
        }
    }

    #[test]
    fn a_period_split_in_two_holds_what_it_held(
        entries in some_entries(),
        parties in some_parties(),
        cut in 0..211_u64,
    ) {
        let Period { from, until } = whole();
        let middle = from + chrono::Days::new(cut);
        let all = accounts(&parties, &entries, whole(), PARIS);
        let first = accounts(&parties, &entries, Period { from, until: middle }, PARIS);
        let second = accounts(&parties, &entries, Period { from: middle + chrono::Days::new(1), until }, PARIS);
        let sum = |who: PersonId| {
            let parts = first.iter().chain(&second).filter(|one| one.person == who);
            parts.fold((0, 0), |(duties, worth), one| {
                (duties + one.whole.held.duties, worth + one.whole.held.worth)
            })
        };
        for account in &all {
            prop_assert_eq!(sum(account.person), (account.whole.held.duties, account.whole.held.worth));
        }
    }

    #[test]
    fn what_is_given_is_received_however_much_of_it_is_covered(
        entries in some_entries(),
        hours in vec((0..3_u128, 0..120_i64 * 24, 1..48_i64), 0..40),
    ) {
        let first = at("2026-02-01 00:00");
        let span = |from: i64, long: i64| {
            Span::new(first + Duration::hours(from), first + Duration::hours(from + long)).unwrap()
        };
        let covered: Vec<Covered> = hours
            .iter()
            .map(|(which, from, long)| Covered { office: office(*which), spans: vec![span(*from, *long)] })
            .collect();
        let books = offices(&entries, &covered);
        prop_assert_eq!(books.iter().map(|book| book.balance()).sum::<i64>(), 0);
        let all: i64 = entries.iter().map(|one| one.worth).sum();
        prop_assert!(books.iter().map(|book| book.given + book.own).sum::<i64>() <= all);
    }

    #[test]
    fn a_closed_year_and_what_came_since_are_what_all_years_together_are(
        duties in vec((0..1_280_i64, 1..9_i64, 0..6_u128), 0..80),
        parties in some_parties(),
        cap in 0..2_000_u32,
        cut in 1..4_usize,
    ) {
        let terms = LedgerTerms { cap: Minutes(cap), ..LedgerTerms::default() };
        let first = at("2023-05-01 18:00");
        let entries: Vec<Entry> = duties
            .into_iter()
            .map(|(day, long, who)| {
                let start = first + Duration::days(day);
                held_by(who, Rung::Lead, Span::new(start, start + Duration::hours(long)).unwrap())
            })
            .collect();
        let until = "2026-11-01";
        let all = ends(&parties, &entries, until, &terms);
        // From the end of one of the years on, with nothing but what it closed with.
        let blocks = years(day("2023-05-01"), day(until));
        let mut balances = all[cut].clone();
        let since: Vec<Entry> = entries.iter().filter(|one| one.day > blocks[cut - 1].until).cloned().collect();
        for year in &blocks[cut..] {
            balances = closed(&balances, &accounts(&parties, &since, *year, PARIS), &terms);
        }
        prop_assert_eq!(&balances, all.last().unwrap());
        // Nobody has more than the cap, whatever the years brought.
        prop_assert!(balances.values().all(|balance| balance.abs() <= i64::from(cap)));
    }

    #[test]
    fn without_a_cap_years_together_carry_what_one_long_year_would(
        entries in some_entries(),
        shares in vec(1..10_000_u32, 6),
        cut in 0..211_u64,
    ) {
        let terms = LedgerTerms { cap: Minutes(10_000_000), ..LedgerTerms::default() };
        let parties: Vec<Party> = (0..).zip(shares).map(|(number, share)| party(number, share)).collect();
        let Period { from, until } = whole();
        let middle = from + chrono::Days::new(cut);
        let over = |period: Period| accounts(&parties, &entries, period, PARIS);
        let first = closed(&Balances::new(), &over(Period { from, until: middle }), &terms);
        let both = closed(&first, &over(Period { from: middle + chrono::Days::new(1), until }), &terms);
        let at_once = closed(&Balances::new(), &over(whole()), &terms);
        for (person, balance) in &at_once {
            // Parts are rounded to whole minutes in each year.
            prop_assert!((both[person] - balance).abs() <= 2, "{both:?} and {at_once:?}");
        }
        prop_assert_eq!(both.values().sum::<i64>(), 0);
    }
}
