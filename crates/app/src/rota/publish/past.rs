//! A published past never changes: whatever is drafted, published and published again, at whatever moment,
//! what has begun stays as it was; and what is published twice changes nothing the second time.

use chrono::Duration;
use domain::{AssignmentId, NeedId, PoolId, Skills, Slot};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

fn monday() -> DateTime<Utc> {
    "2026-12-07T00:00:00Z".parse().unwrap()
}

/// Hours of a day, in a week: which day, from when, for how long.
fn span((day, from, length): (i64, i64, i64)) -> Span {
    let start = monday() + Duration::days(day) + Duration::hours(from);
    Span::new(start, start + Duration::hours(length)).unwrap()
}

fn rung(number: u8) -> Rung {
    Rung::ALL[usize::from(number) % Rung::ALL.len()]
}

type Drawn = ((i64, i64, i64), u8, u128, Option<u128>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let hours = (0_i64..7, prop_oneof![Just(9_i64), Just(14), Just(18)], 2_i64..5);
    (hours, 0_u8..3, 0_u128..2, prop::option::weighted(0.8, 0_u128..4))
}

fn places(rota: u128, all: &[Drawn]) -> Vec<Assignment> {
    let place = |(number, (hours, level, need, person)): (u128, &Drawn)| Assignment {
        id: id::<AssignmentId>(1_000 * rota + number),
        rota: id(rota),
        slot: Slot {
            need: id::<NeedId>(*need),
            day: span(*hours).start().date_naive(),
            span: span(*hours),
            rung: rung(*level),
            place: 0,
            languages: Vec::new(),
            skills: Skills::default(),
        },
        person: person.map(id),
        pinned: false,
    };
    (0..).zip(all).map(place).collect()
}

/// What stands once a plan is carried out.
fn after(published: &[Shift], plan: &Plan) -> Vec<Shift> {
    let moved = plan.change.iter().map(|(_, new)| new);
    let touched: Vec<&Shift> = plan.keep.iter().chain(moved).chain(&plan.cancel).collect();
    let stays = published.iter().filter(|shift| touched.iter().all(|one| one.id != shift.id));
    let standing = touched.iter().copied().filter(|shift| shift.cancelled_at.is_none());
    let mut all: Vec<Shift> = stays.chain(standing).chain(&plan.add).cloned().collect();
    all.sort_by_key(|shift| shift.id);
    all
}

fn begun(shifts: &[Shift], now: DateTime<Utc>) -> Vec<Shift> {
    shifts.iter().filter(|shift| shift.span.start() <= now).cloned().collect()
}

proptest! {
    #[test]
    fn a_published_past_never_changes_and_publishing_twice_changes_nothing(
        drafts in prop::collection::vec(prop::collection::vec(drawn(), 0..14), 1..5),
        hours in prop::collection::vec(0_i64..7 * 24, 1..5),
    ) {
        let mut next = 1_000_000;
        let mut mint = || {
            next += 1;
            id(next)
        };
        let mut published: Vec<Shift> = Vec::new();
        let mut moments = hours;
        moments.sort_unstable();
        for (number, (draft, hour)) in (1..).zip(drafts.iter().zip(moments)) {
            let now = monday() + Duration::hours(hour);
            let before = begun(&published, now);
            let places = places(number, draft);
            let plan = super::plan((id(number), &places), &published, id::<PoolId>(1), |_| DutyKind::Active, now, &mut mint);
            published = after(&published, &plan);
            prop_assert_eq!(&begun(&published, now), &before, "at {}", now);
            let moved = plan.change.iter().map(|(_, new)| new);
            let mut touched = plan.add.iter().chain(moved).chain(&plan.cancel);
            prop_assert!(touched.all(|shift| now < shift.span.start()), "at {}", now);

            let again = super::plan((id(number), &places), &published, id::<PoolId>(1), |_| DutyKind::Active, now, &mut mint);
            let nothing = (again.add.len(), again.change.len(), again.cancel.len());
            prop_assert_eq!(nothing, (0, 0, 0), "a second time at {}", now);
        }
    }
}
