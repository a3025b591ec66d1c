//! For random people, hours, leave and duties: whatever is offered, the judge accepts after it, and
//! giving it back leaves everything as it was.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::{
    Absence, Assignment, Calendar, Days, DutyKind, Employment, Gravity, Language, Law, LedgerTerms,
    Membership, Minutes, Need, OfficeHours, Organisation, OrganisationKind, Person, PersonId, Pool, Rung,
    Shift, Slot, Span, Tz, Window, Wish, WishKind, time,
};
use proptest::prelude::*;
use scheduling::{Place, needs::Period};
use uuid::Uuid;

use super::{
    eligible::judged,
    follow::Moves,
    ground::Ground,
    open::fair,
    transfer::{Agreed, Deal, back, moved},
};
use crate::rota::{publish::Plan, scene::Scene};

const ZONE: Tz = Tz::Europe__Paris;

fn id<T: From<Uuid>>(number: usize) -> T {
    T::from(Uuid::from_u128(number as u128 + 1))
}

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 19).unwrap()
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap()
}

/// From one hour of a day to another, in the zone; the week holds a night on which clocks change.
fn span(day: u64, from: u32, until: u32) -> Span {
    let at = |hours: u32| {
        let day = monday() + chrono::Days::new(day + u64::from(hours / 24));
        time::to_utc(day.and_time(hour(hours)), ZONE)
    };
    Span::new(at(from), at(until)).unwrap()
}

/// A duty as it is drawn: day, beginning, length, rung, who.
type Drawn = (u64, u32, u32, bool, usize);

#[derive(Debug, Clone)]
struct World {
    people: usize,
    german: Vec<bool>,
    office: Vec<bool>,
    laws: Vec<Law>,
    leave: Vec<(usize, u64, u32)>,
    cant: Vec<(usize, u64)>,
    duties: Vec<Drawn>,
    needs_german: bool,
}

fn worlds() -> impl Strategy<Value = World> {
    (3_usize..6).prop_flat_map(|people| {
        let law = prop_oneof![Just(Law::FrancePrivate), Just(Law::FrancePublic), Just(Law::Quebec)];
        let duty = (7_u64..14, 6_u32..21, 2_u32..6, any::<bool>(), 0..people);
        (
            prop::collection::vec(any::<bool>(), people),
            prop::collection::vec(any::<bool>(), people),
            prop::collection::vec(law, people),
            prop::collection::vec((0..people, 7_u64..14, 0_u32..20), 0..4),
            prop::collection::vec((0..people, 7_u64..14), 0..4),
            prop::collection::vec(duty, 2..12),
            any::<bool>(),
        )
            .prop_map(move |(german, office, laws, leave, cant, duties, needs_german)| World {
                people,
                german,
                office,
                laws,
                leave,
                cant,
                duties,
                needs_german,
            })
    })
}

fn shift(number: usize, (day, from, length, lead, person): Drawn) -> Shift {
    Shift {
        id: id(1_000 + number),
        pool: id(0),
        rota: id(0),
        need: id(0),
        person: id(person),
        rung: if lead { Rung::Lead } else { Rung::Backup },
        kind: DutyKind::Active,
        span: span(day, from, from + length),
        sequence: 0,
        changed_at: DateTime::UNIX_EPOCH,
        told_at: Some(DateTime::UNIX_EPOCH),
        cancelled_at: None,
    }
}

/// A scene in which nothing that is published is forbidden: a duty that would be is left out.
fn scene(world: &World) -> Scene {
    let mut scene = bare(world);
    for (number, drawn) in world.duties.iter().enumerate() {
        let mut with = scene.clone();
        with.published.push(shift(number, *drawn));
        with.shifts.clone_from(&with.published);
        if refused(&with, &with.published).is_empty() {
            scene = with;
        }
    }
    scene
}

fn bare(world: &World) -> Scene {
    let from = monday() - chrono::Days::new(60);
    let board = Organisation {
        id: id(0),
        kind: OrganisationKind::Board,
        name: "Lacs".to_owned(),
        slug: "lacs".to_owned(),
        zone: ZONE,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 1,
        promise: Minutes(5),
    };
    let all = || 0..world.people;
    let window = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let german = Language::parse("de").unwrap();
    Scene {
        terms: LedgerTerms::default(),
        carried: BTreeMap::new(),
        pool: Pool {
            id: id(0),
            board: id(0),
            name: "Lacs".to_owned(),
            zone: ZONE,
            calendar: Calendar::France,
            approval: false,
        },
        needs: vec![Need {
            id: id(0),
            pool: id(0),
            window: window(18, 22),
            leads: 1,
            backups: 1,
            languages: if world.needs_german { vec![german] } else { Vec::new() },
            kind: DutyKind::Active,
            from,
            until: None,
            season: domain::Season::default(),
        }],
        memberships: vec![Membership { id: id(0), pool: id(0), organisation: id(0), from, until: None }],
        organisations: BTreeMap::from([(board.id, board)]),
        people: all()
            .map(|number| Person {
                id: id(number),
                given_name: format!("P{number}"),
                family_name: String::new(),
                languages: if world.german[number] { vec![german] } else { vec![Language::FR] },
            })
            .collect(),
        employments: all()
            .map(|number| Employment {
                id: id(number),
                person: id(number),
                organisation: id(0),
                from,
                until: None,
                law: world.laws[number],
                weekly: Minutes::hours(35),
                born: None,
            })
            .collect(),
        agreements: Vec::new(),
        outside_hours: Vec::new(),
        interventions: Vec::new(),
        accepted: Vec::new(),
        office_hours: all()
            .filter(|number| world.office[*number])
            .map(|number| OfficeHours {
                employment: id(number),
                person: id(number),
                window: window(9, 17),
                pause: Minutes(60),
                from,
                until: None,
            })
            .collect(),
        absences: world
            .leave
            .iter()
            .map(|(who, day, from)| Absence {
                id: id(0),
                person: id(*who),
                span: span(*day, *from, from + 4),
            })
            .collect(),
        wishes: world
            .cant
            .iter()
            .map(|(who, day)| Wish {
                person: id(*who),
                day: monday() + chrono::Days::new(*day),
                kind: WishKind::Cant,
            })
            .collect(),
        shifts: Vec::new(),
        published: Vec::new(),
        period: Period { from: monday(), until: monday() + chrono::Days::new(20) },
        now: time::to_utc(monday().and_time(hour(12)), ZONE),
    }
}

/// What nobody may accept in a rota of these shifts, asked of the judge for everybody at once.
fn refused(scene: &Scene, shifts: &[Shift]) -> Vec<domain::Finding> {
    let place = |shift: &Shift| {
        let languages = match shift.rung {
            Rung::Lead => scene.needs[0].languages.clone(),
            Rung::Backup | Rung::Learner => Vec::new(),
        };
        Place::open(Slot {
            need: shift.need,
            day: time::day(shift.span.start(), ZONE),
            span: shift.span,
            rung: shift.rung,
            place: 0,
            languages,
        })
    };
    let places = shifts.iter().map(place).collect();
    let problem = scheduling::Problem { places, told: None, ..scene.problem(&[]) };
    let holders: Vec<Option<PersonId>> = shifts.iter().map(|shift| Some(shift.person)).collect();
    let mut findings = scheduling::judge(&problem, &holders);
    findings.retain(|finding| finding.gravity == Gravity::Absolute);
    findings
}

/// The standing shifts after a plan, and all of them with the cancelled.
fn after(before: &[Shift], plan: &Plan) -> Vec<Shift> {
    let mut all = before.to_vec();
    let changed = plan.change.iter().map(|(_, new)| new);
    for new in changed.chain(&plan.cancel).chain(&plan.restore) {
        *all.iter_mut().find(|one| one.id == new.id).unwrap() = new.clone();
    }
    all.extend(plan.add.iter().cloned());
    all
}

fn standing(shifts: &[Shift]) -> Vec<Shift> {
    let mut all: Vec<Shift> = shifts.iter().filter(|one| one.cancelled_at.is_none()).cloned().collect();
    all.sort_by_key(|one| one.id);
    all
}

/// Who stands where and since when they know of it, whatever became of it meanwhile.
fn stands(shifts: &[Shift]) -> Vec<(domain::ShiftId, PersonId, Span, Rung, Option<DateTime<Utc>>)> {
    standing(shifts).iter().map(|one| (one.id, one.person, one.span, one.rung, one.told_at)).collect()
}

/// The places in which these shifts stand.
fn places(shifts: &[Shift]) -> Vec<Assignment> {
    let place = |(number, shift): (usize, &Shift)| Assignment {
        id: id(9_000 + number),
        rota: shift.rota,
        slot: Slot {
            need: shift.need,
            day: time::day(shift.span.start(), ZONE),
            span: shift.span,
            rung: shift.rung,
            place: 0,
            languages: Vec::new(),
        },
        person: Some(shift.person),
        pinned: false,
    };
    shifts.iter().enumerate().map(place).collect()
}

/// Who stands in which place.
fn seated(places: &[Assignment]) -> Vec<(Span, Rung, Option<PersonId>)> {
    let mut all: Vec<_> = places.iter().map(|one| (one.slot.span, one.slot.rung, one.person)).collect();
    all.sort();
    all
}

fn mint() -> impl FnMut() -> domain::ShiftId {
    let mut next = 5_000;
    move || {
        next += 1;
        id(next)
    }
}

/// A place that nobody fills.
fn hole(scene: &Scene, span: Span) -> Assignment {
    Assignment {
        id: id(7),
        rota: id(0),
        slot: Slot {
            need: id(0),
            day: time::day(span.start(), ZONE),
            span,
            rung: Rung::Lead,
            place: 0,
            languages: scene.needs[0].languages.clone(),
        },
        person: None,
        pinned: false,
    }
}

/// Carries a deal out, looks at it, and takes it back.
fn holds(scene: &Scene, plan: &Plan, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let done = after(&scene.published, plan);
    let broken = refused(scene, &standing(&done));
    prop_assert!(broken.is_empty(), "{broken:?} after {plan:?}");
    let minutes = |shifts: &[Shift]| {
        let leads = standing(shifts).into_iter().filter(|one| one.rung == Rung::Lead);
        leads.map(|one| one.span.length().0).sum::<u32>()
    };
    prop_assert_eq!(minutes(&done), minutes(&scene.published), "no led hour is lost or made");
    let undone = back(&moved(plan), &done, now);
    prop_assert!(undone.is_some());
    let undone = undone.unwrap();
    prop_assert_eq!(stands(&after(&done, &undone)), stands(&scene.published));
    let before = places(&scene.published);
    let mut next = 20_000;
    let mut mint = || {
        next += 1;
        id(next)
    };
    let there = Moves::of(plan, ZONE).followed_by(&before, &mut mint);
    prop_assert!(there.is_some(), "places follow {plan:?}");
    let back = Moves::of(&undone, ZONE).followed_by(&there.unwrap(), &mut mint);
    prop_assert_eq!(back.map(|back| seated(&back)), Some(seated(&before)), "and come back");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_offered_the_judge_accepts_after_it_and_undo_restores_exactly(
        world in worlds(), from in 0_i64..4, length in 1_i64..6,
    ) {
        let scene = scene(&world);
        let ground = Ground::of(scene.clone());
        let people: Vec<PersonId> = ground.people().collect();
        for shift in &scene.published {
            let part = Span::new(
                shift.span.start() + Duration::hours(from),
                (shift.span.start() + Duration::hours(from + length)).min(shift.span.end()),
            );
            for part in [Some(shift.span), part.ok()].into_iter().flatten() {
                for one in judged(&mut mint(), &ground, shift, part, &people) {
                    if one.may() {
                        let deal = Deal { shift, part, counter: None, taker: one.person, agreed: Agreed::BOTH };
                        holds(&scene, &deal.plan(&scene.published, scene.now, mint()), scene.now)?;
                    }
                }
            }
        }
    }

    #[test]
    fn whatever_swap_is_offered_the_judge_accepts_after_it_and_undo_restores_exactly(world in worlds()) {
        let scene = scene(&world);
        let ground = Ground::of(scene.clone());
        for shift in &scene.published {
            for counter in scene.published.iter().filter(|one| one.person != shift.person) {
                let taker = counter.person;
                let deal = Deal { shift, part: shift.span, counter: Some(counter), taker, agreed: Agreed::BOTH };
                let plan = deal.plan(&scene.published, scene.now, mint());
                if ground.against_deal(&deal, &plan).is_empty() {
                    holds(&scene, &plan, scene.now)?;
                }
            }
        }
    }

    #[test]
    fn whoever_may_take_an_open_duty_the_judge_accepts_after_it_and_giving_it_back_restores_exactly(
        world in worlds(), day in 7_u64..14, from in 6_u32..21, length in 2_u32..6,
    ) {
        let scene = scene(&world);
        let ground = Ground::of(scene.clone());
        let hole = hole(&scene, span(day, from, from + length));
        let people: Vec<PersonId> = ground.people().collect();
        let may: Vec<PersonId> =
            people.iter().copied().filter(|one| fair::against(&ground, &hole, *one).is_empty()).collect();
        for person in &may {
            let shift = fair::duty(&ground, &hole, *person, mint()(), None);
            let plan = Plan { add: vec![shift], ..Plan::default() };
            let done = after(&scene.published, &plan);
            let broken = refused(&scene, &standing(&done));
            prop_assert!(broken.is_empty(), "{broken:?} after {plan:?}");
            let undone = back(&moved(&plan), &done, scene.now).unwrap();
            prop_assert_eq!(stands(&after(&done, &undone)), stands(&scene.published));
        }
        // Fairness orders those who may, and leaves nobody to take it out of nobody's reach.
        let first = people.iter().filter(|one| fair::against_now(&ground, &hole, **one).is_empty()).count();
        prop_assert_eq!(first == 0, may.is_empty());
    }
}
