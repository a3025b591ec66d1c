//! From a draft to people's shifts, and what a second version changes.

use std::collections::BTreeMap;

use acceptance::{
    on_both_engines,
    town::{Draft, Engine, Person, Town, day, span},
};
use app::{
    Error, Refusal,
    rota::{change::Assigned, today},
};
use chrono::{NaiveDate, Utc};
use domain::{PersonId, Rule, Rung, Shift, ShiftId, Span, time};
use storage::{scope, shifts};

on_both_engines! {
    a_draft_is_invisible_until_it_is_published_and_then_people_have_shifts_and_a_letter,
    a_second_version_keeps_the_shifts_that_stay_and_tells_only_whom_it_concerns,
    the_planner_cannot_put_somebody_where_they_are_away,
    a_planner_who_saw_an_older_draft_is_told_so,
    a_draft_that_is_discarded_or_published_cannot_be_published,
    what_waits_is_taken_up_when_the_rota_that_fills_the_hour_is_published,
    a_draft_says_when_the_needs_ask_for_other_places_than_it_has,
    a_gap_of_the_night_is_one_until_its_last_hour,
}

const WEEK: (&str, &str) = ("2026-07-06", "2026-07-12");

async fn a_week(town: &Town) -> (Person, Person, Draft) {
    let ana = town.advisor("Ana").off_duty().await;
    let berta = town.advisor("Berta").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    (ana, berta, draft)
}

/// The published shifts of the week, as they are kept.
async fn published(town: &Town) -> Vec<Shift> {
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = town.app.store.read(scope, town.now()).await.unwrap();
    let week = span("2026-07-06T00:00+02:00", "2026-07-13T00:00+02:00");
    shifts::of_pool(&tx, town.pool, week).await.unwrap()
}

/// How many letters each has had, by address; those with a code left out.
async fn told(town: &Town) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for letter in town.letters().await {
        if letter.html.as_deref().unwrap_or_default().contains("letter-spacing") {
            continue;
        }
        *told.entry(letter.recipient).or_default() += 1;
    }
    told
}

async fn a_draft_is_invisible_until_it_is_published_and_then_people_have_shifts_and_a_letter(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (ana, berta, draft) = a_week(&town).await;
    let places = draft.shown().await.places;
    assert_eq!(places.len(), 7);
    assert!(places.iter().all(|place| place.person.is_some()), "two people can fill seven evenings");
    for person in [&ana, &berta] {
        assert_eq!(person.shifts().await.coming.len(), 0, "a draft is the planner's alone");
    }
    assert_eq!(published(&town).await, []);
    assert_eq!(told(&town).await, BTreeMap::new());

    draft.publishes("Have a good week").await.unwrap();
    town.work_until_idle().await;
    let by_place: BTreeMap<NaiveDate, Option<PersonId>> =
        places.iter().map(|place| (place.day, place.person)).collect();
    for person in [&ana, &berta] {
        let own: Vec<NaiveDate> =
            person.shifts().await.coming.iter().map(|duty| time::day(duty.span.start(), town.zone)).collect();
        let drafted: Vec<NaiveDate> =
            by_place.iter().filter(|(_, holder)| **holder == Some(person.id)).map(|(day, _)| *day).collect();
        assert_eq!(own, drafted, "{} has what the draft said", person.name);
        let letters = town.letters().await;
        let letter =
            letters.iter().find(|one| one.recipient == person.email && one.text.contains("good week"));
        let letter = letter.unwrap_or_else(|| panic!("{} is told", person.name));
        assert!(letter.text.matches("22").count() >= drafted.len(), "every duty is named: {}", letter.text);
    }
    let expected: BTreeMap<String, usize> =
        [&ana, &berta].map(|person| (person.email.clone(), 1)).into_iter().collect();
    assert_eq!(told(&town).await, expected);
}

async fn a_second_version_keeps_the_shifts_that_stay_and_tells_only_whom_it_concerns(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (ana, berta, draft) = a_week(&town).await;
    let carla = town.advisor("Carla").off_duty().await;
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    let before: BTreeMap<Span, Shift> =
        published(&town).await.into_iter().map(|shift| (shift.span, shift)).collect();

    let second = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    // Whoever builds again may move others too: everything but one evening goes back to where it was.
    for place in second.shown().await.places {
        let was = before[&place.span].person;
        if place.person != Some(was) {
            second.gives(place.day, place.rung, Some(was)).await.unwrap();
        }
    }
    let wednesday = second.place(day("2026-07-08"), Rung::Lead).await;
    let was = before[&wednesday.span].person;
    let given = second.gives(day("2026-07-08"), Rung::Lead, Some(carla.id)).await.unwrap();
    assert!(
        matches!(given, Assigned::Done { from, to, .. } if (from, to) == (Some(was), Some(carla.id))),
        "{given:?}"
    );
    town.clock_shows("2026-06-16T10:00+02:00").await;
    second.publishes("").await.unwrap();
    town.work_until_idle().await;

    let after: BTreeMap<Span, Shift> =
        published(&town).await.into_iter().map(|shift| (shift.span, shift)).collect();
    assert_eq!(after.len(), 7);
    for (span, shift) in &after {
        let old = &before[span];
        if *span == wednesday.span {
            assert_eq!(shift.person, carla.id);
            assert_ne!(shift.id, old.id);
        } else {
            let kept: (ShiftId, u32, chrono::DateTime<Utc>) = (old.id, old.sequence, old.changed_at);
            assert_eq!((shift.id, shift.sequence, shift.changed_at), kept, "{span:?} stays as it was");
            assert_ne!(shift.rota, old.rota, "but stands in the new version");
        }
    }
    let told = told(&town).await;
    let times = |person: &Person| told.get(&person.email).copied().unwrap_or(0);
    let (gave, kept) = if was == ana.id { (&ana, &berta) } else { (&berta, &ana) };
    assert_eq!((times(gave), times(kept), times(&carla)), (2, 1, 1));
}

async fn the_planner_cannot_put_somebody_where_they_are_away(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    let berta = town.advisor("Berta").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    berta.is_on_leave(span("2026-07-08T00:00+02:00", "2026-07-09T00:00+02:00")).await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    let wednesday = day("2026-07-08");
    assert_eq!(draft.place(wednesday, Rung::Lead).await.person, Some(ana.id), "the solver knows it too");
    let Assigned::Refused(findings) = draft.gives(wednesday, Rung::Lead, Some(berta.id)).await.unwrap()
    else {
        panic!("an absence refuses")
    };
    assert!(findings.iter().any(|one| (one.rule, one.person) == (Rule::Absence, berta.id)), "{findings:?}");
    assert_eq!(draft.place(wednesday, Rung::Lead).await.person, Some(ana.id));

    // And leave that is taken after the draft was made refuses its publication.
    ana.is_on_leave(span("2026-07-08T12:00+02:00", "2026-07-08T20:00+02:00")).await;
    let refused = draft.publishes("").await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::RuleForbids)), "{refused}");
    assert_eq!(published(&town).await, []);
}

async fn a_planner_who_saw_an_older_draft_is_told_so(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (_, _, draft) = a_week(&town).await;
    let seen = draft.shown().await;
    let tuesday = draft.place(day("2026-07-07"), Rung::Lead).await;
    draft.gives(day("2026-07-07"), Rung::Lead, None).await.unwrap();
    let planner = town.board.caller().await;
    let version = i32::try_from(seen.version).unwrap();
    let late = app::rota::change::assign(
        &town.app,
        &planner,
        draft.rota,
        tuesday.assignment,
        tuesday.person,
        version,
    )
    .await
    .unwrap_err();
    assert!(matches!(late, Error::Stale), "{late}");
    let late = app::rota::publish::publish(
        &town.app,
        &planner,
        draft.rota,
        version,
        &app::rota::publish::Word::default(),
    )
    .await
    .unwrap_err();
    assert!(matches!(late, Error::Stale), "{late}");
    // Two at once: one is saved, the other is told.
    let now = i32::try_from(draft.shown().await.version).unwrap();
    let pin =
        |pinned| app::rota::change::pin(&town.app, &planner, draft.rota, tuesday.assignment, pinned, now);
    let (one, two) = tokio::join!(pin(true), pin(true));
    let outcomes = [one, two];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(Error::Stale))), "{outcomes:?}");
}

async fn a_draft_that_is_discarded_or_published_cannot_be_published(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (_, _, draft) = a_week(&town).await;
    draft.publishes("").await.unwrap();
    let again = draft.publishes("").await.unwrap_err();
    assert!(matches!(again, Error::Refused(Refusal::NotADraft)), "{again}");
    assert_eq!(published(&town).await.len(), 7);

    let second = town.board.drafts(day("2026-07-13"), day("2026-07-19")).await;
    let (planner, version) = (town.board.caller().await, second.shown().await.version);
    let version = i32::try_from(version).unwrap();
    app::rota::draft::discard(&town.app, &planner, second.rota, version).await.unwrap();
    let aside = second.publishes("").await.unwrap_err();
    assert!(matches!(aside, Error::Refused(Refusal::NotADraft)), "{aside}");
}

async fn what_waits_is_taken_up_when_the_rota_that_fills_the_hour_is_published(engine: Engine) {
    let town = Town::at(engine, "2026-07-06T17:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.0)).await;
    assert_eq!(draft.place(day(WEEK.0), Rung::Lead).await.person, Some(ana.id));
    town.clock_shows("17:30").await;
    let visitor = riquewihr.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    assert_eq!(visitor.automatic_answers().await.len(), 1);
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    ana.does_not_see("Is the castle").await;
    town.clock_shows("18:00").await;
    town.work_until_idle().await;
    ana.sees_in_inbox("Is the castle").await;
}

async fn a_draft_says_when_the_needs_ask_for_other_places_than_it_has(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (_, _, draft) = a_week(&town).await;
    assert!(!draft.shown().await.stale, "as it was built");
    town.board.needs("08:00–10:00", 1, 0).await;
    assert!(draft.shown().await.stale, "the mornings are missing");
    let again = town.board.drafts(day("2026-07-13"), day("2026-07-19")).await;
    assert!(!again.shown().await.stale, "one that was built since has them");
}

async fn a_gap_of_the_night_is_one_until_its_last_hour(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    town.advisor("Ana").off_duty().await;
    town.board.needs("22:00–06:00", 1, 0).await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.0)).await;
    draft.gives(day(WEEK.0), Rung::Lead, None).await.unwrap();
    draft.publishes("").await.unwrap();
    let gaps = async || {
        let planner = town.board.caller().await;
        today::today(&town.app, &planner, town.pool).await.unwrap().gaps.len()
    };
    for (moment, there) in [("07-06T23:00", 1), ("07-07T00:30", 1), ("07-07T05:59", 1), ("07-07T06:00", 0)] {
        town.clock_shows(&format!("2026-{moment}+02:00")).await;
        assert_eq!(gaps().await, there, "{moment}");
    }
}
