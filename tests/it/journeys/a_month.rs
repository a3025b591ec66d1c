//! A month from its first wish to its statement: everything a rota goes through, as one story.

use std::collections::BTreeMap;

use acceptance::{
    on_both_engines,
    town::{Draft, Engine, Office, Person, Town, day, span},
};
use app::{
    Advisor, Keeper,
    kept::Seen,
    rota::{
        beside, change, compare,
        handovers::{
            Hand,
            accept::{self, Accepted},
            ask::{self, Asked, Wish},
            page,
        },
        notices as notice_book,
        statements::{self, interventions},
        wishes,
    },
};
use domain::{DutyKind, Handover, Month, Notice, PersonId, Rung, Span, WishKind, time};
use storage::{handovers, notices, scope, shifts};
use views::html::compare::Model;

on_both_engines! { a_month_goes_from_its_first_wish_to_a_statement_of_what_happened }

const WEEK: (&str, &str) = ("2026-07-06", "2026-07-12");

/// Who had which hours, as the story tells it.
type Diary = BTreeMap<Span, PersonId>;

async fn a_month_goes_from_its_first_wish_to_a_statement_of_what_happened(engine: Engine) {
    let town = Town::at(engine, "2026-06-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let mut people = Vec::new();
    for name in ["Ana", "Berta", "Carla"] {
        people.push(town.advisor(name).working_at(&office).off_duty().await);
    }
    let [ana, berta, carla] = &people[..] else { panic!("three") };
    town.board.needs("18:00–22:00", 1, 0).await;

    let monday = day(WEEK.0);
    says(&town, ana, WishKind::Cant).await;
    says(&town, berta, WishKind::RatherNot).await;
    says(&town, carla, WishKind::Wish).await;
    let first = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    assert_eq!(first.place(monday, Rung::Lead).await.person, Some(carla.id), "the wishes were read");

    let second = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    let tuesday = second.place(day("2026-07-07"), Rung::Lead).await;
    let other = people.iter().find(|one| Some(one.id) != tuesday.person && one.id != carla.id).unwrap();
    second.gives(tuesday.day, Rung::Lead, Some(other.id)).await.unwrap();
    for (draft, differs) in [(&first, false), (&second, true)] {
        let compared = compared(&town, draft).await;
        assert_eq!((compared.gaps, compared.refused, compared.replaces), (0, 0, false));
        let told: Diary = gains(&compared);
        assert_eq!(told, diary(draft).await, "a comparison says who gets what");
        assert_eq!(told[&tuesday.span] == other.id, differs, "and the two differ on Tuesday");
    }
    let caller = town.board.caller().await;
    let both = beside::beside(&town.app, &caller, first.rota, second.rota).await.unwrap();
    let of = |duty: &views::html::compare::Duty| duty.span;
    let moved: Vec<_> = both
        .people
        .iter()
        .filter(|one| !one.only_first.is_empty() || !one.only_second.is_empty())
        .map(|one| {
            let [only_first, only_second] =
                [&one.only_first, &one.only_second].map(|all| all.iter().map(of).collect::<Vec<_>>());
            (one.face.id, only_first, only_second)
        })
        .collect();
    let was = tuesday.person.unwrap();
    assert!(moved.contains(&(was, vec![tuesday.span], Vec::new())), "{moved:?}");
    assert!(moved.contains(&(other.id, Vec::new(), vec![tuesday.span])), "{moved:?}");
    assert_eq!(moved.len(), 2, "beside each other, Tuesday alone differs");

    town.clock_shows("2026-06-15T10:00+02:00").await;
    second.publishes("Your week in July").await.unwrap();
    town.work_until_idle().await;
    let mut happened = diary(&second).await;
    assert_eq!(standing(&town).await, happened);
    for notice in told(&town, &second).await {
        let first = happened.iter().find(|(_, person)| **person == notice.person).unwrap().0;
        let clear = (time::day(first.start(), town.zone) - town.today()).num_days() - 1;
        assert_eq!((notice.told_at, i64::from(notice.clear_days)), (town.now(), clear), "the dated proof");
    }
    for person in &people {
        let asked = person.shifts().await.unconfirmed.expect("they were told");
        notice_book::confirm(&town.app, &person.caller().await, &asked.ids).await.unwrap();
    }
    let proof = told(&town, &second).await;
    assert!(proof.iter().all(|notice| notice.confirmed_at == Some(town.now())), "and they have seen it");
    let since = compared(&town, &first).await;
    assert_eq!(since.changes.len(), 2, "beside what is published, the other draft moves Tuesday alone");

    let swap = swapped(&town, &people, &mut happened).await;
    assert_eq!(standing(&town).await, happened);
    given_back(&town, &people, &swap, &mut happened).await;
    assert_eq!(standing(&town).await, happened);
    assert_eq!(happened, diary(&second).await);

    let (rung, worked) = on_standby(&town, &people, &mut happened).await;
    cannot_come(&town, &people, "2026-07-09", &mut happened).await;
    assert_eq!(standing(&town).await, happened);

    town.clock_shows("2026-08-01T09:00+02:00").await;
    let said = of_july(&town, &office).await;
    assert_eq!(said.duties, happened, "the statement says what happened");
    assert_eq!(said.worked, BTreeMap::from([(rung, worked)]), "on standby, what was worked was worked");
}

/// A night of standby is published besides, and whoever holds it is called: from ten minutes before its end
/// on, for half an hour. Says who, and what they worked.
async fn on_standby(town: &Town, people: &[Person], happened: &mut Diary) -> (PersonId, Span) {
    town.board.needs("22:00–23:30", 1, 0).await;
    town.rows.change("update needs set kind = 'standby' where until_time = '23:30:00'").await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    // The evenings stay whose they are; one night is wanted, and the others are left open.
    let kept = day("2026-07-08");
    for place in draft.shown().await.places {
        let evening = happened.get(&place.span).copied();
        let person = evening.or((place.day == kept).then(|| happened_on(town, happened, kept)));
        let caller = town.board.caller().await;
        let wanted = change::Wanted { person, pinned: false };
        let put = change::put(&town.app, &caller, draft.rota, place.assignment, &Seen::Any, wanted).await;
        assert!(matches!(put, Ok(change::Put::Done(_))), "{put:?}");
    }
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    let holder = happened_on(town, happened, kept);
    let duty = span("2026-07-08T22:00+02:00", "2026-07-08T23:30+02:00");
    happened.insert(duty, holder);
    assert_eq!(standing(town).await, *happened);

    town.clock_shows("2026-07-09T00:30+02:00").await;
    let worked = span("2026-07-08T23:20+02:00", "2026-07-08T23:50+02:00");
    let session = whose(people, holder).session().await;
    interventions::add(&town.app, &session, None, (worked.start(), worked.end())).await.unwrap();
    (holder, worked)
}

/// Who has the evening of that day.
fn happened_on(town: &Town, happened: &Diary, on: chrono::NaiveDate) -> PersonId {
    *happened.iter().find(|(span, _)| time::day(span.start(), town.zone) == on).unwrap().1
}

async fn says(town: &Town, person: &Person, kind: WishKind) {
    let advisor = person.caller::<Advisor>().await;
    wishes::say(&town.app, &advisor, day(WEEK.0), Some(kind)).await.unwrap();
}

async fn compared(town: &Town, draft: &Draft) -> Model {
    compare::compare(&town.app, &town.board.caller().await, draft.rota).await.unwrap()
}

/// Who would get which hours.
fn gains(compared: &Model) -> Diary {
    let of = |change: &views::html::compare::Change| {
        let person = change.face.id;
        change.gains.iter().map(move |duty| (duty.span, person)).collect::<Vec<_>>()
    };
    compared.changes.iter().flat_map(of).collect()
}

/// Who stands where on the board.
async fn diary(draft: &Draft) -> Diary {
    let places = draft.shown().await.places;
    places.iter().filter_map(|place| Some((place.span, place.person?))).collect()
}

/// Who has which duty, as it is kept.
async fn standing(town: &Town) -> Diary {
    let july = app_span(town);
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    let shifts = shifts::of_pool(&tx, town.pool, july).await.unwrap();
    shifts.iter().map(|shift| (shift.span, shift.person)).collect()
}

fn viewed(town: &Town) -> scope::Pool {
    scope::Pool { pool: town.pool, viewer: town.board.id }
}

fn app_span(town: &Town) -> Span {
    let (first, last) = (time::civil_day(day(WEEK.0), town.zone), time::civil_day(day(WEEK.1), town.zone));
    Span::new(first.start(), last.end()).unwrap()
}

async fn told(town: &Town, draft: &Draft) -> Vec<Notice> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    notices::of_rota(&tx, draft.rota).await.unwrap()
}

async fn hand(person: &Person) -> Hand {
    Hand::from(&person.caller::<Advisor>().await)
}

fn whose(people: &[Person], id: PersonId) -> &Person {
    people.iter().find(|one| one.id == id).unwrap()
}

fn done(accepted: Accepted) -> Handover {
    match accepted {
        Accepted::Done(kept) => kept.is,
        Accepted::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

async fn asks(town: &Town, person: &Person, shift: domain::ShiftId, wish: Wish) -> Handover {
    match ask::ask(&town.app, &hand(person).await, shift, wish, "").await.unwrap() {
        Asked::Done(kept) => kept.is,
        Asked::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

/// The first swap that the page proposes is asked for and accepted.
async fn swapped(town: &Town, people: &[Person], happened: &mut Diary) -> Handover {
    let mine = people[0].shifts().await.coming[0].clone();
    let offered = page::choices(&town.app, &hand(&people[0]).await, mine.id, Vec::new()).await.unwrap();
    let theirs = &offered.swaps[0];
    let with = happened[&theirs.duty.span];
    let wish = Wish::Swap { with, counter: theirs.shift };
    let swap = asks(town, &people[0], mine.id, wish).await;
    let colleague = hand(whose(people, with)).await;
    let swap = done(accept::accept(&town.app, &colleague, swap.id, &Seen::Any).await.unwrap());
    happened.insert(mine.span, with);
    happened.insert(theirs.duty.span, people[0].id);
    swap
}

/// Whoever asked for the swap gives back what it brought.
async fn given_back(town: &Town, people: &[Person], swap: &Handover, happened: &mut Diary) {
    let back = ask::give_back(&town.app, &hand(&people[0]).await, swap.id, "").await.unwrap().is;
    let other = whose(people, swap.taken_by.unwrap());
    assert_eq!(back.to, Some(other.id));
    done(accept::accept(&town.app, &hand(other).await, back.id, &Seen::Any).await.unwrap());
    for moved in &swap.moved {
        if let Some(before) = moved.before {
            happened.insert(before, moved.person);
        }
    }
}

/// An hour before a duty its holder cannot come; the second one who is rung takes it.
async fn cannot_come(town: &Town, people: &[Person], day: &str, happened: &mut Diary) {
    town.clock_shows(&format!("{day}T17:00+02:00")).await;
    let (span, holder) =
        happened.iter().find(|(span, _)| time::day(span.start(), town.zone) == town.today()).unwrap();
    let (span, holder) = (*span, whose(people, *holder));
    let shift = holder.shifts().await.coming[0].id;
    let absence = asks(town, holder, shift, Wish::Absence).await;
    town.work_until_idle().await;
    let first = called(town, &absence).await;
    assert_eq!(first.len(), 1);
    town.clock_shows("17:10").await;
    town.work_until_idle().await;
    let rung = called(town, &absence).await;
    assert_eq!((rung.len(), rung[0]), (2, first[0]));
    assert_eq!(standing(town).await, *happened, "until somebody steps in it stays theirs");
    let second = hand(whose(people, rung[1])).await;
    done(accept::accept(&town.app, &second, absence.id, &Seen::Any).await.unwrap());
    happened.insert(span, rung[1]);
}

async fn called(town: &Town, one: &Handover) -> Vec<PersonId> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    let kept = handovers::get(&tx, one.id).await.unwrap().unwrap();
    kept.called.iter().map(|called| called.person).collect()
}

/// July, as the office's statement says.
struct Said {
    /// Everybody's duties.
    duties: Diary,
    /// What was worked on standby.
    worked: BTreeMap<PersonId, Span>,
}

async fn of_july(town: &Town, office: &Office) -> Said {
    let keeper = office.manager.caller::<Keeper>().await;
    let july = Month::parse("2026-07").unwrap();
    let statements = statements::of_staff(&town.app, &keeper, july).await.unwrap();
    let (mut duties, mut worked) = (Diary::new(), BTreeMap::new());
    for one in &statements.people {
        let (mut work, mut waited) = (0, 0);
        for line in &one.statement.lines {
            let called: u32 = line.interventions.iter().map(|span| span.length().0).sum();
            let within = line.interventions.iter().filter_map(|span| span.common(&line.span));
            match line.kind {
                DutyKind::Active => work += line.span.length().0 + called,
                DutyKind::Standby => {
                    work += called;
                    waited += line.span.length().0 - within.map(|span| span.length().0).sum::<u32>();
                }
            }
            worked.extend(line.interventions.iter().map(|span| (one.person.id, *span)));
            duties.insert(line.span, one.person.id);
        }
        // What somebody did outside every duty is owed too, and stands apart.
        work += one.statement.apart.iter().map(|apart| apart.work.0).sum::<u32>();
        worked.extend(one.statement.apart.iter().map(|apart| (one.person.id, apart.span)));
        let said = (one.statement.work.0, one.statement.standby.0);
        assert_eq!(said, (work, waited), "{} is owed every minute", one.person.given_name);
        let days: u32 = one.days.iter().map(|day| day.duty.0).sum();
        assert_eq!(days, work, "and the register says the same");
    }
    Said { duties, worked }
}
