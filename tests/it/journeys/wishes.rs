//! Wishes that come again each week, and the day on which they are closed.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, Town, day},
};
use app::{
    Advisor, Error, Refusal,
    kept::Seen,
    rota::wishes::{
        self,
        repeats::{self, NewRepeat},
        rounds,
    },
};
use chrono::Weekday;
use domain::{Rung, WishKind, WishRepeat};

on_both_engines! {
    every_tuesday_is_read_by_the_build_and_one_of_them_is_taken_back,
    two_tuesdays_taken_back_at_once_are_both_taken_back,
    after_the_day_the_planner_named_wishes_are_closed_and_what_was_said_stays,
}

async fn repeats(town: &Town, person: &Person, kind: WishKind, until: &str) -> Result<WishRepeat, Error> {
    let new = NewRepeat { weekday: Weekday::Tue, kind, from: None, until: day(until) };
    Ok(repeats::add(&town.app, &person.caller::<Advisor>().await, new).await?.is)
}

async fn says(town: &Town, person: &Person, text: &str, kind: Option<WishKind>) -> Result<(), Error> {
    wishes::say(&town.app, &person.caller::<Advisor>().await, day(text), kind).await
}

async fn said(town: &Town, person: &Person, text: &str) -> Option<WishKind> {
    let month = wishes::month(&town.app, &person.caller::<Advisor>().await, Some(day(text))).await.unwrap();
    month.wishes.get(&day(text)).copied()
}

async fn every_tuesday_is_read_by_the_build_and_one_of_them_is_taken_back(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let tuesdays = repeats(&town, &ana, WishKind::Cant, "2026-07-21").await.unwrap();
    assert_eq!(said(&town, &ana, "2026-07-07").await, Some(WishKind::Cant));
    assert_eq!(said(&town, &ana, "2026-07-28").await, None, "until the day she named");
    // A word about a single day counts before it, and so does none.
    says(&town, &ana, "2026-07-14", None).await.unwrap();
    says(&town, &ana, "2026-07-21", Some(WishKind::Wish)).await.unwrap();
    assert_eq!(said(&town, &ana, "2026-07-14").await, None);
    assert_eq!(said(&town, &ana, "2026-07-21").await, Some(WishKind::Wish));
    let stands = async |text: &str| {
        let draft = town.board.drafts(day(text), day(text)).await;
        draft.place(day(text), Rung::Lead).await.person
    };
    assert_eq!(stands("2026-07-07").await, None, "she cannot, and nobody else is there");
    assert_eq!((stands("2026-07-14").await, stands("2026-07-21").await), (Some(ana.id), Some(ana.id)));

    let advisor = ana.caller::<Advisor>().await;
    let berta = town.advisor("Berta").off_duty().await;
    let foreign = repeats::remove(&town.app, &berta.caller().await, tuesdays.id, &Seen::Any).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
    repeats::remove(&town.app, &advisor, tuesdays.id, &Seen::Any).await.unwrap();
    assert_eq!(said(&town, &ana, "2026-07-07").await, None);
    assert_eq!(said(&town, &ana, "2026-07-21").await, Some(WishKind::Wish), "said singly");
    for wrong in ["2026-06-14", "2028-06-30"] {
        let refused = repeats(&town, &ana, WishKind::Cant, wrong).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{wrong}: {refused:?}");
    }
    let none = repeats(&town, &ana, WishKind::Cant, "2026-06-15").await;
    assert!(matches!(none, Err(Error::Refused(Refusal::PeriodIsWrong))), "a Monday alone: {none:?}");
}

async fn two_tuesdays_taken_back_at_once_are_both_taken_back(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    repeats(&town, &ana, WishKind::Cant, "2026-12-15").await.unwrap();
    let mut tuesday = day("2026-06-16");
    for _ in 0..10 {
        let next = tuesday + chrono::Days::new(7);
        let advisor = ana.caller::<Advisor>().await;
        let back = async |day| wishes::say(&town.app, &advisor, day, None).await.unwrap();
        tokio::join!(back(tuesday), back(next));
        for day in [tuesday, next] {
            assert_eq!(said(&town, &ana, &day.to_string()).await, None, "{day}");
        }
        tuesday = next + chrono::Days::new(7);
    }
}

async fn after_the_day_the_planner_named_wishes_are_closed_and_what_was_said_stays(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    let planner = town.board.caller().await;
    let july = (day("2026-07-01"), day("2026-07-31"));
    let round = rounds::open(&town.app, &planner, town.pool, july, day("2026-06-20")).await.unwrap().is;
    let tuesdays = repeats(&town, &ana, WishKind::Cant, "2026-08-31").await.unwrap();
    town.clock_shows("2026-06-20T23:00+02:00").await;
    says(&town, &ana, "2026-07-01", Some(WishKind::Wish)).await.expect("until the evening of that day");
    town.clock_shows("2026-06-21T00:00+02:00").await;
    for kind in [Some(WishKind::Cant), None] {
        let late = says(&town, &ana, "2026-07-01", kind).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::WishesAreClosed))), "{late:?}");
    }
    says(&town, &ana, "2026-08-01", Some(WishKind::Cant)).await.expect("of August nobody said anything");
    let month = wishes::month(&town.app, &ana.caller().await, Some(july.0)).await.unwrap();
    assert_eq!((month.closed.len(), month.rounds.len()), (31, 1));
    // What comes again cannot reach into the closed days, nor be drawn out of them.
    let wished = repeats(&town, &ana, WishKind::Wish, "2026-08-04").await.unwrap();
    assert_eq!(said(&town, &ana, "2026-07-07").await, Some(WishKind::Cant));
    assert_eq!(said(&town, &ana, "2026-08-04").await, Some(WishKind::Wish));
    assert_eq!(
        wished.days().map(|day| day.to_string()).collect::<Vec<_>>(),
        ["2026-06-23", "2026-06-30", "2026-08-04"]
    );
    repeats::remove(&town.app, &ana.caller().await, tuesdays.id, &Seen::Any).await.unwrap();
    assert_eq!(said(&town, &ana, "2026-07-07").await, Some(WishKind::Cant));
    assert_eq!(said(&town, &ana, "2026-08-11").await, None);

    // A second round that is open longer opens the days again; without either they are always open.
    let elsewhere = town.stranger().await;
    let foreign = rounds::remove(&town.app, &elsewhere.board.caller().await, round.id, &Seen::Any).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
    let longer = rounds::open(&town.app, &planner, town.pool, july, day("2026-06-25")).await.unwrap().is;
    says(&town, &ana, "2026-07-02", Some(WishKind::Cant)).await.unwrap();
    for id in [round.id, longer.id] {
        rounds::remove(&town.app, &planner, id, &Seen::Any).await.unwrap();
    }
    says(&town, &ana, "2026-07-03", Some(WishKind::Cant)).await.unwrap();
    let wrong = rounds::open(&town.app, &planner, town.pool, july, july.1).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
}
