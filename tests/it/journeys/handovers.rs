//! A published rota changed by the people in it: swapped, given away, given back, and a duty whose holder
//! cannot come.

use std::collections::BTreeSet;

use acceptance::{
    on_both_engines,
    town::{Draft, Engine, Person, Town, day, span},
};
use app::{
    Advisor, Error, Manager, Refusal,
    kept::{Kept, Seen},
    rota::handovers::{
        Hand,
        accept::{self, Accepted},
        ask::{self, Asked, Wish},
        eligible, swaps,
    },
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::{Handover, HandoverStatus, PersonId, Rule, Rung, Shift, ShiftId, Span, WhyNot};
use storage::{handovers, notices, scope, shifts};

on_both_engines! {
    a_swap_is_accepted_and_given_back_and_everything_stands_as_before,
    whoever_cannot_come_stays_responsible_until_the_second_one_who_is_asked_steps_in,
    a_planner_gives_a_duty_that_nobody_wanted_and_a_night_without_urgency_is_left_in_peace,
    of_two_who_accept_at_once_one_has_it_and_the_other_is_told,
    what_the_law_or_leave_forbids_is_refused_with_its_reasons_and_judged_again_when_it_is_taken,
    where_the_pool_wishes_so_the_planner_has_the_last_word,
    a_part_of_a_duty_is_given_away_and_a_new_draft_keeps_the_parts,
    a_duty_that_has_begun_is_handed_over_from_now_on_and_only_by_whoever_cannot_come,
    a_manager_offers_for_somebody_ill_and_nobody_else_may,
    a_backup_who_steps_in_leaves_a_gap_behind_and_is_asked_first,
    a_new_publication_ends_what_was_offered_of_other_shifts,
    a_duty_of_four_weeks_later_is_offered_for_a_swap_and_a_later_one_is_not,
}

/// The pool's shifts of July as they are kept, cancelled ones left out.
async fn standing(town: &Town) -> Vec<Shift> {
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = town.app.store.read(scope, town.now()).await.unwrap();
    shifts::of_pool(&tx, town.pool, span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00")).await.unwrap()
}

/// Who stands where, and under which id.
fn who(shifts: &[Shift]) -> BTreeSet<(ShiftId, PersonId, Span, Rung)> {
    shifts.iter().map(|one| (one.id, one.person, one.span, one.rung)).collect()
}

async fn kept(town: &Town, id: domain::HandoverId) -> Handover {
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = town.app.store.read(scope, town.now()).await.unwrap();
    handovers::get(&tx, id).await.unwrap().unwrap()
}

async fn hand(person: &Person) -> Hand {
    Hand::from(&person.caller::<Advisor>().await)
}

async fn planner(town: &Town) -> Hand {
    Hand::from(&town.board.caller().await)
}

async fn asks(town: &Town, hand: &Hand, shift: ShiftId, wish: Wish) -> Result<Handover, Error> {
    match ask::ask(&town.app, hand, shift, wish, "Thank you!").await? {
        Asked::Done(kept) => Ok(kept.is),
        Asked::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

async fn takes(town: &Town, person: &Person, one: &Handover) -> Result<Accepted, Error> {
    accept::accept(&town.app, &hand(person).await, one.id, &Seen::Any).await
}

fn done(accepted: Accepted) -> Handover {
    match accepted {
        Accepted::Done(kept) => kept.is,
        Accepted::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

/// How many letters of this subject somebody had.
async fn letters(town: &Town, person: &Person, words: &str) -> usize {
    town.work_until_idle().await;
    let all = town.letters().await;
    all.iter().filter(|one| one.recipient == person.email && one.subject.contains(words)).count()
}

/// Who stands in each place of the rota's board.
async fn board(draft: &Draft) -> Vec<(Span, Rung, Option<PersonId>)> {
    draft.shown().await.places.iter().map(|place| (place.span, place.rung, place.person)).collect()
}

/// Two advisors and a week of evenings, published.
async fn a_published_week(engine: Engine) -> (Town, Person, Person, Draft) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    let berta = town.advisor("Berta").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let draft = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    (town, ana, berta, draft)
}

async fn first_of(town: &Town, person: &Person) -> Shift {
    standing(town).await.into_iter().find(|shift| shift.person == person.id).unwrap()
}

async fn a_swap_is_accepted_and_given_back_and_everything_stands_as_before(engine: Engine) {
    let (town, ana, berta, draft) = a_published_week(engine).await;
    let (before, placed) = (standing(&town).await, board(&draft).await);
    let (hers, theirs) = (first_of(&town, &ana).await, first_of(&town, &berta).await);
    let feed = ana.subscribes().await;
    let wish = Wish::Swap { with: berta.id, counter: theirs.id };
    let swap = asks(&town, &hand(&ana).await, hers.id, wish).await.unwrap();
    assert_eq!(letters(&town, &berta, "échange").await, 1);
    assert_eq!(who(&standing(&town).await), who(&before), "nothing moves before it is accepted");

    town.clock_shows("2026-06-16T10:00+02:00").await;
    let swapped = done(takes(&town, &berta, &swap).await.unwrap());
    assert_eq!(swapped.status, HandoverStatus::Done);
    let now = standing(&town).await;
    let holder = |span: Span| now.iter().find(|one| one.span == span).unwrap().person;
    assert_eq!((holder(hers.span), holder(theirs.span)), (berta.id, ana.id));
    assert_eq!(now.len(), before.len());
    for (at, _, person) in board(&draft).await {
        assert_eq!(person, Some(holder(at)), "the board shows it");
    }
    for person in [&ana, &berta] {
        assert_eq!(letters(&town, person, "ont changé").await, 1, "{} is told", person.name);
        let tx = town.app.store.read(scope::Person(person.id), town.now()).await.unwrap();
        let told = notices::fresh(&tx, person.id, town.now()).await.unwrap();
        let notice = told.iter().find(|notice| notice.handover == Some(swap.id)).unwrap();
        assert_eq!(notice.told_at, town.now());
        drop(tx);
        assert!(person.shifts().await.coming.iter().any(|duty| duty.changed));
    }
    let calendar = app::rota::feed::feed(&town.app, &feed).await.unwrap().text;
    assert_eq!(calendar.matches("STATUS:CANCELLED").count(), 1, "{calendar}");

    let back = ask::give_back(&town.app, &hand(&berta).await, swap.id, "").await.unwrap().is;
    assert_eq!(back.to, Some(ana.id));
    done(takes(&town, &ana, &back).await.unwrap());
    assert_eq!(who(&standing(&town).await), who(&before), "under the same ids, too");
    assert_eq!(board(&draft).await, placed);
    let again = ask::give_back(&town.app, &hand(&berta).await, swap.id, "").await.unwrap_err();
    assert!(matches!(again, Error::Refused(Refusal::HandoverIsOver)), "{again}");
}

async fn whoever_cannot_come_stays_responsible_until_the_second_one_who_is_asked_steps_in(engine: Engine) {
    let town = Town::at(engine, "2026-07-06T17:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-06", "18:00–22:00").await;
    // Who has had more is asked later.
    let berta = town.advisor("Berta").on_duty("2026-07-03", "18:00–22:00").await;
    let carla = town.advisor("Carla").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let absence = asks(&town, &hand(&ana).await, shift.id, Wish::Absence).await.unwrap();
    let asked = "pouvez-vous remplacer Ana";
    assert_eq!((letters(&town, &carla, asked).await, letters(&town, &berta, asked).await), (1, 0));
    town.clock_shows("17:09").await;
    assert_eq!(letters(&town, &berta, asked).await, 0, "everybody has ten minutes");
    town.clock_shows("17:10").await;
    assert_eq!((letters(&town, &carla, asked).await, letters(&town, &berta, asked).await), (1, 1));
    // Asked again by a job that ran twice, nobody is written to twice.
    app::rota::handovers::call::call_next(&town.app, town.pool, absence.id, 1, 0).await.unwrap();
    assert_eq!(letters(&town, &berta, asked).await, 1);
    assert_eq!(first_of(&town, &ana).await.id, shift.id, "until then it is hers");

    done(takes(&town, &berta, &absence).await.unwrap());
    let now: Vec<Shift> = standing(&town).await.into_iter().filter(|one| one.span == shift.span).collect();
    assert_eq!((now.len(), now[0].person), (1, berta.id));
    town.clock_shows("17:40").await;
    assert_eq!(letters(&town, &carla, asked).await, 1, "nobody is asked for what is taken");
    let late = takes(&town, &carla, &absence).await.unwrap_err();
    assert!(matches!(late, Error::Refused(Refusal::HandoverIsTaken)), "{late}");
}

async fn a_planner_gives_a_duty_that_nobody_wanted_and_a_night_without_urgency_is_left_in_peace(
    engine: Engine,
) {
    let town = Town::at(engine, "2026-07-05T22:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-08", "18:00–22:00").await;
    let berta = town.advisor("Berta").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let absence = asks(&town, &hand(&ana).await, shift.id, Wish::Absence).await.unwrap();
    let asked = "pouvez-vous remplacer";
    assert_eq!(letters(&town, &berta, asked).await, 0, "at ten in the evening, for Wednesday");
    town.clock_shows("2026-07-06T08:00+02:00").await;
    assert_eq!(letters(&town, &berta, asked).await, 1);
    town.clock_shows("08:10").await;
    town.work_until_idle().await;
    assert!(kept(&town, absence.id).await.all_called, "she was the only one");
    let given =
        accept::assign(&town.app, &planner(&town).await, absence.id, &Seen::Any, berta.id, "").await.unwrap();
    let given = done(given);
    assert_eq!((given.taken_by, given.settled_by), (Some(berta.id), Some(town.board.planner.id)));
    assert_eq!(first_of(&town, &berta).await.span, shift.span);
    let stranger = accept::assign(&town.app, &hand(&berta).await, absence.id, &Seen::Any, ana.id, "").await;
    assert!(matches!(stranger, Err(Error::NotFound(_))), "{stranger:?}");
}

async fn of_two_who_accept_at_once_one_has_it_and_the_other_is_told(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-08", "18:00–22:00").await;
    let berta = town.advisor("Berta").off_duty().await;
    let carla = town.advisor("Carla").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let offer = asks(&town, &hand(&ana).await, shift.id, Wish::GiveAway { part: None }).await.unwrap();
    let twice = ask::ask(&town.app, &hand(&ana).await, shift.id, Wish::Absence, "").await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyOffered))), "{twice:?}");
    let (hers, theirs) = (hand(&berta).await, hand(&carla).await);
    let accept = |hand| accept::accept(&town.app, hand, offer.id, &Seen::Any);
    let (one, two) = tokio::join!(accept(&hers), accept(&theirs));
    let outcomes = [one, two];
    assert_eq!(outcomes.iter().filter(|one| matches!(one, Ok(Accepted::Done(_)))).count(), 1, "{outcomes:?}");
    let told = |one: &Result<Accepted, Error>| matches!(one, Err(Error::Refused(Refusal::HandoverIsTaken)));
    assert!(outcomes.iter().any(told), "{outcomes:?}");
    let now = standing(&town).await;
    assert_eq!(now.len(), 1);
    assert_eq!(kept(&town, offer.id).await.taken_by, Some(now[0].person));
}

async fn what_the_law_or_leave_forbids_is_refused_with_its_reasons_and_judged_again_when_it_is_taken(
    engine: Engine,
) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-08", "17:00–22:00").await;
    // He works from six in the morning on: eleven hours of rest do not fit between.
    let bruno = town.advisor("Bruno").on_duty("2026-07-09", "06:00–12:00").await;
    let carla = town.advisor("Carla").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let list = eligible::eligible(&town.app, &planner(&town).await, shift.id, None).await.unwrap();
    let of = |person: &Person| list.iter().find(|one| one.person == person.id).unwrap();
    assert_eq!(of(&ana).reasons, [WhyNot::Holds]);
    assert!(of(&carla).may(), "{:?}", of(&carla));
    let why = &of(&bruno).reasons[0];
    assert!(matches!(why, WhyNot::Rule { finding } if finding.rule == Rule::DailyRest), "{why:?}");
    let colleague = eligible::eligible(&town.app, &hand(&ana).await, shift.id, None).await.unwrap();
    let seen = colleague.iter().find(|one| one.person == bruno.id).unwrap();
    assert_eq!(seen.reasons, [WhyNot::NotFree], "why is his and the planner's to know");
    let own = eligible::eligible(&town.app, &hand(&bruno).await, shift.id, None).await.unwrap();
    assert_eq!(own.iter().map(|one| one.person).collect::<Vec<_>>(), [bruno.id]);

    let offer = asks(&town, &hand(&ana).await, shift.id, Wish::GiveAway { part: None }).await.unwrap();
    let refused = takes(&town, &bruno, &offer).await.unwrap();
    assert!(matches!(&refused, Accepted::Refused(why) if why[0] == of(&bruno).reasons[0]), "{refused:?}");
    carla.is_on_leave(span("2026-07-08T20:00+02:00", "2026-07-08T21:00+02:00")).await;
    let Accepted::Refused(why) = takes(&town, &carla, &offer).await.unwrap() else {
        panic!("she took leave since")
    };
    assert!(matches!(&why[0], WhyNot::Rule { finding } if finding.rule == Rule::Absence), "{why:?}");
    assert_eq!(kept(&town, offer.id).await.status, HandoverStatus::Open);
    assert_eq!(first_of(&town, &ana).await, shift);
    // And a swap is not even proposed.
    let theirs = first_of(&town, &bruno).await;
    ask::withdraw(&town.app, &hand(&ana).await, offer.id, &Seen::Any).await.unwrap();
    ana.is_on_leave(theirs.span).await;
    let wish = Wish::Swap { with: bruno.id, counter: theirs.id };
    let swap = ask::ask(&town.app, &hand(&ana).await, shift.id, wish, "").await.unwrap();
    assert!(matches!(swap, Asked::Refused(_)), "{swap:?}");
}

async fn where_the_pool_wishes_so_the_planner_has_the_last_word(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let caller = town.board.caller().await;
    app::pool::pools::approve(&town.app, &caller, town.pool, true).await.unwrap();
    let ana = town.advisor("Ana").on_duty("2026-07-08", "18:00–22:00").await;
    let berta = town.advisor("Berta").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let offers =
        async || asks(&town, &hand(&ana).await, shift.id, Wish::GiveAway { part: None }).await.unwrap();
    let first = offers().await;
    assert_eq!(done(takes(&town, &berta, &first).await.unwrap()).status, HandoverStatus::AwaitingApproval);
    assert_eq!(first_of(&town, &ana).await, shift, "it stays hers");
    let own = accept::approve(&town.app, &hand(&berta).await, first.id, &Seen::Any, "").await;
    assert!(matches!(own, Err(Error::NotFound(_))), "{own:?}");
    accept::refuse(&town.app, &planner(&town).await, first.id, &Seen::Any).await.unwrap();
    assert_eq!(letters(&town, &ana, "reste inchangée").await, 1);

    let second = offers().await;
    takes(&town, &berta, &second).await.unwrap();
    let late = Seen::Tags(vec![Kept::of(&second).tag]);
    let stale = accept::approve(&town.app, &planner(&town).await, second.id, &late, "").await.unwrap_err();
    assert!(matches!(stale, Error::Stale), "{stale}");
    let yes = accept::approve(&town.app, &planner(&town).await, second.id, &Seen::Any, "").await.unwrap();
    assert_eq!(done(yes).status, HandoverStatus::Done);
    assert_eq!(first_of(&town, &berta).await.span, shift.span);
    // Going back needs nobody's word but hers.
    let back = ask::give_back(&town.app, &hand(&berta).await, second.id, "").await.unwrap().is;
    done(takes(&town, &ana, &back).await.unwrap());
    assert_eq!(first_of(&town, &ana).await.id, shift.id);
}

async fn a_part_of_a_duty_is_given_away_and_a_new_draft_keeps_the_parts(engine: Engine) {
    let (town, ana, berta, draft) = a_published_week(engine).await;
    let before = standing(&town).await;
    let shift = first_of(&town, &ana).await;
    let start = shift.span.start();
    let hours = |from, until| {
        let at = |hour| start + chrono::Duration::hours(hour);
        Span::new(at(from), at(until)).unwrap()
    };
    let outside = Wish::GiveAway { part: Some(hours(2, 5)) };
    let outside = ask::ask(&town.app, &hand(&ana).await, shift.id, outside, "").await.unwrap_err();
    assert!(matches!(outside, Error::Refused(Refusal::PeriodIsWrong)), "{outside}");
    let part = Wish::GiveAway { part: Some(hours(1, 2)) };
    let offer = asks(&town, &hand(&ana).await, shift.id, part).await.unwrap();
    let offer = done(takes(&town, &berta, &offer).await.unwrap());
    let parts = [(hours(0, 1), ana.id), (hours(1, 2), berta.id), (hours(2, 4), ana.id)];
    let now: Vec<(Span, PersonId)> = standing(&town).await.iter().map(|one| (one.span, one.person)).collect();
    for part in parts {
        assert!(now.contains(&part), "{now:?}");
    }
    let placed = board(&draft).await;
    for (span, person) in parts {
        assert!(placed.contains(&(span, Rung::Lead, Some(person))), "{placed:?}");
    }
    // A new draft of the week starts from what is published, parts and all.
    let second = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    let again = board(&second).await;
    assert!(again.iter().any(|(span, ..)| *span == hours(1, 2)), "{again:?}");
    assert_eq!(again.len(), placed.len());

    let back = ask::give_back(&town.app, &hand(&berta).await, offer.id, "").await.unwrap().is;
    done(takes(&town, &ana, &back).await.unwrap());
    assert_eq!(who(&standing(&town).await), who(&before));
    assert_eq!(board(&draft).await.len(), 7);
}

async fn a_duty_that_has_begun_is_handed_over_from_now_on_and_only_by_whoever_cannot_come(engine: Engine) {
    let town = Town::at(engine, "2026-07-06T19:30+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-06", "18:00–22:00").await;
    let berta = town.advisor("Berta").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let begun = ask::ask(&town.app, &hand(&ana).await, shift.id, Wish::GiveAway { part: None }, "").await;
    assert!(matches!(begun, Err(Error::Refused(Refusal::InThePast))), "{begun:?}");
    let absence = asks(&town, &hand(&ana).await, shift.id, Wish::Absence).await.unwrap();
    assert_eq!(letters(&town, &berta, "pouvez-vous remplacer").await, 1);
    town.clock_shows("19:45").await;
    done(takes(&town, &berta, &absence).await.unwrap());
    let now: Vec<(Span, PersonId)> = standing(&town).await.iter().map(|one| (one.span, one.person)).collect();
    let worked = span("2026-07-06T18:00+02:00", "2026-07-06T19:45+02:00");
    let rest = span("2026-07-06T19:45+02:00", "2026-07-06T22:00+02:00");
    assert_eq!(now, [(worked, ana.id), (rest, berta.id)]);
    assert_eq!(first_of(&town, &ana).await.id, shift.id, "what was worked stays");
    let back = ask::give_back(&town.app, &hand(&berta).await, absence.id, "").await.unwrap_err();
    assert!(matches!(back, Error::Refused(Refusal::HandoverIsOver)), "{back}");
    // What nobody takes ends with its hours.
    let rest = first_of(&town, &berta).await;
    let second = asks(&town, &hand(&berta).await, rest.id, Wish::Absence).await.unwrap();
    town.clock_shows("22:00").await;
    town.work_until_idle().await;
    assert_eq!(kept(&town, second.id).await.status, HandoverStatus::Lapsed);
}

async fn a_manager_offers_for_somebody_ill_and_nobody_else_may(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&riquewihr).on_duty("2026-07-08", "18:00–22:00").await;
    let berta = town.advisor("Berta").off_duty().await;
    let shift = first_of(&town, &ana).await;
    let other = town.office("Kaysersberg").plain().await;
    let wish = || Wish::GiveAway { part: None };
    for nobody in [hand(&berta).await, Hand::from(&other.manager.caller::<Manager>().await)] {
        let asked = ask::ask(&town.app, &nobody, shift.id, wish(), "").await;
        assert!(matches!(asked, Err(Error::NotFound(_))), "{asked:?}");
    }
    let manager = Hand::from(&riquewihr.manager.caller::<Manager>().await);
    let offer = asks(&town, &manager, shift.id, wish()).await.unwrap();
    assert!(offer.is_on_behalf());
    assert_eq!((offer.person, offer.asked_by), (ana.id, riquewihr.manager.id));
    assert_eq!(letters(&town, &ana, "votre garde est proposée").await, 1);
    done(takes(&town, &berta, &offer).await.unwrap());
    // A planner gives back on behalf of whoever has it; only the former holder can say yes.
    let back = ask::give_back(&town.app, &planner(&town).await, offer.id, "").await.unwrap().is;
    let own = takes(&town, &berta, &back).await;
    assert!(matches!(own, Err(Error::NotFound(_))), "{own:?}");
    let no = accept::refuse(&town.app, &hand(&ana).await, back.id, &Seen::Any).await.unwrap().is;
    assert_eq!(no.status, HandoverStatus::Refused);
    assert_eq!(first_of(&town, &berta).await.span, shift.span);
}

async fn a_backup_who_steps_in_leaves_a_gap_behind_and_is_asked_first(engine: Engine) {
    let town = Town::at(engine, "2026-07-06T12:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-06", "18:00–22:00").await;
    let berta = town.advisor("Berta").as_backup().on_duty("2026-07-06", "18:00–22:00").await;
    let carla = town.advisor("Carla").off_duty().await;
    let before = standing(&town).await;
    let shift = first_of(&town, &ana).await;
    let absence = asks(&town, &hand(&ana).await, shift.id, Wish::Absence).await.unwrap();
    let asked = "pouvez-vous remplacer";
    assert_eq!((letters(&town, &berta, asked).await, letters(&town, &carla, asked).await), (1, 0));
    let stepped = done(takes(&town, &berta, &absence).await.unwrap());
    let now: Vec<(Rung, PersonId)> = standing(&town).await.iter().map(|one| (one.rung, one.person)).collect();
    assert_eq!(now, [(Rung::Lead, berta.id)]);
    let today = app::rota::today::today(&town.app, &town.board.caller().await, town.pool).await.unwrap();
    assert!(today.gaps.iter().any(|gap| gap.rung == Rung::Backup), "{:?}", today.gaps);
    let back = ask::give_back(&town.app, &hand(&berta).await, stepped.id, "").await.unwrap().is;
    done(takes(&town, &ana, &back).await.unwrap());
    assert_eq!(who(&standing(&town).await), who(&before));
}

async fn a_new_publication_ends_what_was_offered_of_other_shifts(engine: Engine) {
    let (town, ana, berta, _) = a_published_week(engine).await;
    let shift = first_of(&town, &ana).await;
    let offer = asks(&town, &hand(&ana).await, shift.id, Wish::GiveAway { part: None }).await.unwrap();
    let second = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    let place = second.shown().await.places.into_iter().find(|place| place.span == shift.span).unwrap();
    second.gives(place.day, place.rung, None).await.unwrap();
    second.publishes("").await.unwrap();
    assert_eq!(kept(&town, offer.id).await.status, HandoverStatus::Lapsed);
    let late = takes(&town, &berta, &offer).await.unwrap_err();
    assert!(matches!(late, Error::Refused(Refusal::HandoverIsOver)), "{late}");
}

async fn a_duty_of_four_weeks_later_is_offered_for_a_swap_and_a_later_one_is_not(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    let berta = town.advisor("Berta").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    for from in ["2026-06-29", "2026-07-13", "2026-07-27"].map(day) {
        let draft = town.board.drafts(from, from + Days::new(13)).await;
        for on in from.iter_days().take(14) {
            let holder = match on.weekday() {
                _ if on == day("2026-06-29") => Some(ana.id),
                Weekday::Wed => Some(berta.id),
                _ => None,
            };
            draft.gives(on, Rung::Lead, holder).await.unwrap();
        }
        draft.publishes("").await.unwrap();
    }
    let hers = ana.shifts().await.coming[0].id;
    let offered = swaps::list(&town.app, &hand(&ana).await, hers).await.unwrap();
    let days: Vec<NaiveDate> = offered.iter().map(|one| one.span.start().date_naive()).collect();
    assert_eq!(days, ["2026-07-01", "2026-07-08", "2026-07-15", "2026-07-22"].map(day));
}
