//! How long the answers take that a planner and a holder wait for, from the question to the answer, with
//! everything read from the database: a region of 24 offices and 120 advisors, thirteen weeks published
//! with a lead and a backup an evening, and a year of duties behind them.
//!
//! `cargo run --release -p acceptance --example asking -- sqlite|postgres [ADVISORS] [WEEKS]` prints
//! the median and the longest time of each answer.

#![allow(clippy::unwrap_used, reason = "a program for tests fails by panicking")]

use std::time::{Duration, Instant};

use acceptance::town::{Engine, Person, Town, hours};
use app::{
    Advisor,
    pool::provision::{self, NewShift},
    rota::{
        explained,
        handovers::{Hand, eligible, page, swaps},
        preview,
    },
};
use chrono::{Days, NaiveDate};
use domain::{Minutes, NeedId, OfficeHours, PersonId, RotaId, Rung, Window};
use storage::{assignments, employments, scope, shifts};

/// Each answer is asked for so often.
const ASKED: usize = 20;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let engine = match words.next().as_deref() {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres") => Engine::Postgres,
        _ => panic!("say sqlite or postgres"),
    };
    let mut number = |usual: u64| words.next().map_or(usual, |word| word.parse().expect("a number"));
    let (advisors, weeks) = (number(120), number(13));
    let town = Town::at(engine, "2027-01-04T09:00+01:00").await;
    let people = region(&town, usize::try_from(advisors).unwrap()).await;
    let need = town.board.needs("18:00–22:00", 1, 1).await;
    let monday = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    for weeks_before in (0..13_u64).rev().map(|turn| 1 + 4 * turn) {
        let from = monday - Days::new(7 * weeks_before);
        published(&town, need, &people, from, 28.min(7 * weeks_before)).await;
    }
    let rota = published(&town, need, &people, monday, 7 * weeks).await;
    println!("{advisors} advisors, {weeks} weeks\n\n| answer | median ms | longest ms |\n|---|---|---|");
    of_a_holder(&town, &people).await;
    of_a_planner(&town, &people, rota).await;
}

/// Offices of five, whose people have a desk from nine to half past four.
async fn region(town: &Town, advisors: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for office in 0..advisors.div_ceil(5) {
        let office = town.office(&format!("Office {office}")).plain().await;
        for _ in 0..5.min(advisors - people.len()) {
            let name = format!("Advisor {}", people.len());
            people.push(town.advisor(&name).working_at(&office).off_duty().await);
        }
    }
    for person in &people {
        let tx = town.app.store.read(scope::Person(person.id), town.now()).await.unwrap();
        let employment = employments::of_people(&tx, &[person.id]).await.unwrap().remove(0);
        drop(tx);
        let desk = OfficeHours {
            person: person.id,
            employment: employment.id,
            window: Window { days: domain::Days::WORKDAYS, ..hours("09:00–16:30") },
            pause: Minutes(60),
            on_duty: None,
            from: employment.from,
            until: None,
        };
        provision::add_office_hours(&town.app, employment.organisation, &desk).await.unwrap();
    }
    people
}

/// Evenings by turns, as they were or will be stood.
async fn published(town: &Town, need: NeedId, people: &[Person], from: NaiveDate, days: u64) -> RotaId {
    let mut new = Vec::new();
    for (number, day) in from.iter_days().take(usize::try_from(days).unwrap()).enumerate() {
        let span = hours("18:00–22:00").on(day, town.zone).unwrap();
        for (rung, offset) in [(Rung::Lead, 0), (Rung::Backup, 1)] {
            let person: PersonId = people[(2 * number + offset) % people.len()].id;
            new.push(NewShift { need, person, rung, span });
        }
    }
    let until = from + Days::new(days - 1);
    provision::publish_rota(&town.app, town.pool, from, until, &new).await.unwrap()
}

/// What whoever has a duty asks of it.
async fn of_a_holder(town: &Town, people: &[Person]) {
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    let mut held = Vec::new();
    for person in people.iter().step_by((people.len() / ASKED).max(1)).take(ASKED) {
        let tx = town.app.store.read(scope, town.now()).await.unwrap();
        let ahead = domain::Span::new(town.now(), town.now() + Days::new(90)).unwrap();
        let shift = shifts::of_people(&tx, &[person.id], ahead).await.unwrap().remove(0);
        drop(tx);
        held.push((Hand::from(&person.caller::<Advisor>().await), shift.id));
    }
    let app = &town.app;
    let mut times = Vec::new();
    for (hand, shift) in &held {
        times.push(timed(async || drop(page::choices(app, hand, *shift, Vec::new()).await.unwrap())).await);
    }
    say("what may be done with a duty, swaps and all (`page::choices`)", times);
    let (mut times, mut found) = (Vec::new(), 0);
    for (hand, shift) in &held {
        times.push(timed(async || found += swaps::list(app, hand, *shift).await.unwrap().len()).await);
    }
    say(&format!("the swap list (`swaps::list`), {} duties a list", found / held.len()), times);
    let mut times = Vec::new();
    for (hand, shift) in &held {
        times.push(timed(async || drop(eligible::eligible(app, hand, *shift, None).await.unwrap())).await);
    }
    say("who may take a duty (`eligible`)", times);
}

/// What a planner asks of a place.
async fn of_a_planner(town: &Town, people: &[Person], rota: RotaId) {
    let (app, planner) = (&town.app, town.board.caller().await);
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = app.store.read(scope, town.now()).await.unwrap();
    let places = assignments::of_rota(&tx, rota).await.unwrap();
    drop(tx);
    let asked: Vec<_> = places.iter().step_by((places.len() / ASKED).max(1)).take(ASKED).collect();
    let far = people[people.len() / 2].id;
    let mut times = [const { Vec::new() }; 3];
    for place in asked {
        let (id, other) = (place.id, Some(far));
        times[0]
            .push(timed(async || drop(explained::candidates(app, &planner, rota, id).await.unwrap())).await);
        times[1].push(
            timed(async || drop(explained::what_if(app, &planner, rota, id, other).await.unwrap())).await,
        );
        times[2].push(
            timed(async || drop(preview::preview(app, &planner, rota, id, other).await.unwrap())).await,
        );
    }
    let [candidates, what_if, preview] = times;
    say("who could take a place, and why not (`candidates`)", candidates);
    say("what if (`what_if`)", what_if);
    say("the preview on the board (`preview`)", preview);
}

async fn timed(mut answer: impl AsyncFnMut()) -> Duration {
    let begun = Instant::now();
    answer().await;
    begun.elapsed()
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let shown = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1_000.0);
    println!("| {what} | {} | {} |", shown(times[times.len() / 2]), shown(times[times.len() - 1]));
}
