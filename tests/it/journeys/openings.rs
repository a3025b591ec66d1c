//! A duty is open: those who may take it get a letter, once, and not at night.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, Town, day, open_house},
};
use app::{
    Advisor,
    account::me,
    kept::Seen,
    rota::handovers::{
        Hand,
        open::{
            read,
            take::{self, Taken},
            tell,
        },
    },
    settings::Post,
};
use domain::{Rung, Taking};

on_both_engines! {
    whoever_may_take_an_open_duty_gets_one_letter_about_it,
    two_nodes_write_about_an_open_duty_once,
    a_duty_that_opens_again_is_told_again_but_not_at_night_nor_to_who_wants_no_letters,
    whoever_may_not_take_it_is_not_written_to,
}

/// Who wants no letters switches them off there; no other letter says so.
const OFF: &str = "https://veilleuse.test/me";

/// Two advisors and a week of evenings by turns; nobody has Wednesday's. Nobody was told of it yet.
async fn a_week(engine: Engine) -> (Town, Person, Person) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let berta = town.advisor("Berta").working_at(&office).off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let draft = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    let wednesday = day("2026-07-08");
    draft.gives(wednesday, Rung::Lead, None).await.unwrap();
    let others = day("2026-07-06").iter_days().take(7).filter(|one| *one != wednesday);
    for (one, person) in others.zip([&ana, &berta].into_iter().cycle()) {
        draft.gives(one, Rung::Lead, Some(person.id)).await.unwrap();
    }
    draft.publishes("").await.unwrap();
    (town, ana, berta)
}

async fn letters(town: &Town, person: &Person) -> usize {
    town.work_until_idle().await;
    let all = town.letters().await;
    all.iter().filter(|one| one.recipient == person.email && one.text.contains(OFF)).count()
}

/// Takes the only duty that is open.
async fn takes(town: &Town, person: &Person) -> Taking {
    let hand = Hand::from(&person.caller::<Advisor>().await);
    let open = read::open(&town.app, &hand, None).await.unwrap();
    match take::take(&town.app, &hand, open[0].place.id).await.unwrap() {
        Taken::Done(kept) => kept.is,
        Taken::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

async fn gives_back(town: &Town, person: &Person, taking: &Taking) {
    let hand = Hand::from(&person.caller::<Advisor>().await);
    take::give_back(&town.app, &hand, taking.id, &Seen::Any).await.unwrap();
}

async fn whoever_may_take_an_open_duty_gets_one_letter_about_it(engine: Engine) {
    let (town, ana, berta) = a_week(engine).await;
    assert_eq!((letters(&town, &ana).await, letters(&town, &berta).await), (1, 1));
    let all = town.letters().await;
    let hers = all.iter().find(|one| one.recipient == ana.email && one.text.contains(OFF)).unwrap();
    assert!(
        hers.text.contains("18:00") && hers.text.contains("https://veilleuse.test/shifts"),
        "{}",
        hers.text
    );
    assert_eq!(letters(&town, &town.board.planner).await, 0, "who stands no watch");
    // Longer than done jobs are remembered.
    town.clock_shows("2026-06-26T10:00+02:00").await;
    assert_eq!((letters(&town, &ana).await, letters(&town, &berta).await), (1, 1), "once each");
}

async fn two_nodes_write_about_an_open_duty_once(engine: Engine) {
    let (town, ana, berta) = a_week(engine).await;
    let other = open_house(&town.rows.url, &town.app.settings.key, Post::Mailbox).await;
    let (one, two) = tokio::join!(tell::tell(&town.app), tell::tell(&other));
    one.unwrap();
    two.unwrap();
    assert_eq!((letters(&town, &ana).await, letters(&town, &berta).await), (1, 1));
}

async fn a_duty_that_opens_again_is_told_again_but_not_at_night_nor_to_who_wants_no_letters(engine: Engine) {
    let (town, ana, berta) = a_week(engine).await;
    assert_eq!((letters(&town, &ana).await, letters(&town, &berta).await), (1, 1));
    me::choose_open_letters(&town.app, &berta.session().await, false).await.unwrap();
    let taking = takes(&town, &ana).await;
    town.work_until_idle().await;
    town.clock_shows("23:00").await;
    gives_back(&town, &ana, &taking).await;
    assert_eq!(letters(&town, &ana).await, 1, "at night nobody is written to");
    town.clock_shows("2026-06-16T08:05+02:00").await;
    assert_eq!(letters(&town, &ana).await, 2);
    assert_eq!(letters(&town, &berta).await, 1, "she wants no letters");
}

async fn whoever_may_not_take_it_is_not_written_to(engine: Engine) {
    let (town, ana, berta) = a_week(engine).await;
    // On leave that Wednesday.
    let away = acceptance::town::span("2026-07-08T00:00+02:00", "2026-07-09T00:00+02:00");
    ana.is_on_leave(away).await;
    assert_eq!((letters(&town, &ana).await, letters(&town, &berta).await), (0, 1));
}
