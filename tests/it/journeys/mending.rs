//! Somebody falls ill, and a draft is mended with the fewest changes.

use acceptance::{
    on_both_engines,
    town::{Draft, Engine, Person, Town, day, hours, span},
};
use app::{
    Error,
    kept::{Kept, Seen},
    pool::provision::{self, NewNeed},
    rota::{
        change::{self, Saw},
        repair::{self, Repair},
    },
};
use chrono::NaiveDate;
use domain::{Language, PersonId, Rule, Rung};

on_both_engines! {
    a_draft_is_mended_with_the_fewest_changes_and_all_of_it_is_taken_back_at_once,
    what_is_pinned_or_has_begun_is_left_alone,
    what_is_overtaken_is_not_done,
    where_nobody_can_step_in_it_is_said_why,
    whom_the_planner_put_there_against_a_rule_that_may_bend_stays,
}

const WEEK: (&str, &str) = ("2026-07-06", "2026-07-12");

/// A draft of a week of evenings, and those who stand in it.
async fn a_week(town: &Town, names: &[&str]) -> (Vec<Person>, Draft) {
    let mut people = Vec::new();
    for name in names {
        people.push(town.advisor(name).off_duty().await);
    }
    town.board.needs("18:00–22:00", 1, 0).await;
    (people, town.board.drafts(day(WEEK.0), day(WEEK.1)).await)
}

/// Who stands on which day.
async fn holders(draft: &Draft) -> Vec<(NaiveDate, Option<PersonId>)> {
    draft.shown().await.places.iter().map(|place| (place.day, place.person)).collect()
}

async fn proposed(town: &Town, draft: &Draft) -> Kept<Repair> {
    repair::propose(&town.app, &town.board.caller().await, draft.rota).await.unwrap()
}

async fn does(town: &Town, draft: &Draft, tag: &str) -> Result<Option<domain::ChangeId>, Error> {
    let seen = Seen::Tags(vec![tag.to_owned()]);
    repair::repair(&town.app, &town.board.caller().await, draft.rota, &seen).await
}

/// Whoever stands on a day, and is ill from then to the end of the week.
async fn falls_ill<'a>(people: &'a [Person], draft: &Draft, on: &str) -> &'a Person {
    let holder = draft.place(day(on), Rung::Lead).await.person.unwrap();
    let ill = people.iter().find(|person| person.id == holder).unwrap();
    ill.is_on_leave(span(&format!("{on}T00:00+02:00"), "2026-07-13T00:00+02:00")).await;
    ill
}

async fn a_draft_is_mended_with_the_fewest_changes_and_all_of_it_is_taken_back_at_once(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (people, draft) = a_week(&town, &["Ana", "Berta", "Carla"]).await;
    let ill = falls_ill(&people, &draft, "2026-07-06").await;
    let before = holders(&draft).await;
    let theirs = before.iter().filter(|(_, holder)| *holder == Some(ill.id)).count();
    assert!(theirs > 1, "a change of several places");

    let Kept { is: mend, tag } = proposed(&town, &draft).await;
    assert_eq!(holders(&draft).await, before, "it is shown before it is done");
    assert_eq!((mend.steps.len(), mend.open.len(), mend.complete), (theirs, 0, true), "{mend:?}");
    assert!(mend.steps.iter().all(|step| step.from == Some(ill.id) && step.to.is_some()), "{mend:?}");
    assert_eq!((&mend.excused, mend.touched.len()), (&vec![ill.id], 1), "one other person is enough");

    let done = does(&town, &draft, &tag).await.unwrap();
    assert!(done.is_some());
    let after = holders(&draft).await;
    for ((day, was), (_, is)) in before.iter().zip(&after) {
        if *was == Some(ill.id) {
            assert_eq!(*is, Some(mend.touched[0]), "{day}");
        } else {
            assert_eq!(is, was, "{day} was not to be touched");
        }
    }
    assert_eq!(proposed(&town, &draft).await.is.steps, [], "nothing is left to mend");

    let planner = town.board.caller().await;
    let undone = change::undo(&town.app, &planner, draft.rota, Saw::Anything).await.unwrap();
    assert_eq!(undone.map(|change| change.id), done);
    assert_eq!(holders(&draft).await, before);
    assert!(change::undo(&town.app, &planner, draft.rota, Saw::Anything).await.unwrap().is_none());
}

async fn what_is_pinned_or_has_begun_is_left_alone(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (people, draft) = a_week(&town, &["Ana", "Berta", "Carla", "Dora"]).await;
    let ana = &people[0];
    for on in ["2026-07-07", "2026-07-09", "2026-07-11"] {
        draft.gives(day(on), Rung::Lead, Some(ana.id)).await.unwrap();
    }
    let planner = town.board.caller().await;
    let thursday = draft.place(day("2026-07-09"), Rung::Lead).await.assignment;
    let version = i32::try_from(draft.shown().await.version).unwrap();
    change::pin(&town.app, &planner, draft.rota, thursday, true, version).await.unwrap();
    ana.is_on_leave(span("2026-07-06T00:00+02:00", "2026-07-13T00:00+02:00")).await;
    // Tuesday's duty runs.
    town.clock_shows("2026-07-07T19:00+02:00").await;

    let Kept { is: mend, tag } = proposed(&town, &draft).await;
    let changed: Vec<NaiveDate> =
        mend.steps.iter().map(|step| domain::time::day(step.span.start(), town.zone)).collect();
    let hers: Vec<NaiveDate> = holders(&draft)
        .await
        .into_iter()
        .filter(|(on, holder)| *holder == Some(ana.id) && *on > day("2026-07-07") && *on != day("2026-07-09"))
        .map(|(on, _)| on)
        .collect();
    assert_eq!(changed, hers, "what has begun stays, and the pin");
    assert!(changed.contains(&day("2026-07-11")));
    let stuck = mend.open.iter().find(|left| left.assignment == thursday).expect("the pin is named");
    assert_eq!((stuck.pinned, stuck.holder), (true, Some(ana.id)));
    does(&town, &draft, &tag).await.unwrap();
    for on in ["2026-07-07", "2026-07-09"] {
        assert_eq!(draft.place(day(on), Rung::Lead).await.person, Some(ana.id), "{on}");
    }
}

async fn what_is_overtaken_is_not_done(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (people, draft) = a_week(&town, &["Ana", "Berta", "Carla"]).await;
    let ill = falls_ill(&people, &draft, "2026-07-06").await;
    let Kept { is: mend, tag } = proposed(&town, &draft).await;
    // Whoever would step in falls ill too.
    let other = people.iter().find(|person| person.id == mend.touched[0]).unwrap();
    other.is_on_leave(span("2026-07-06T00:00+02:00", "2026-07-13T00:00+02:00")).await;
    let before = holders(&draft).await;
    let late = does(&town, &draft, &tag).await.unwrap_err();
    assert!(matches!(late, Error::Stale), "{late}");
    assert_eq!(holders(&draft).await, before);

    // And so does a change by hand.
    let tag = proposed(&town, &draft).await.tag;
    let theirs = before.iter().find(|(_, holder)| *holder == Some(ill.id)).unwrap().0;
    draft.gives(theirs, Rung::Lead, None).await.unwrap();
    let late = does(&town, &draft, &tag).await.unwrap_err();
    assert!(matches!(late, Error::Stale), "{late}");
    draft.publishes("").await.unwrap_err();
}

async fn where_nobody_can_step_in_it_is_said_why(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let (people, draft) = a_week(&town, &["Ana", "Berta"]).await;
    for person in &people {
        person.is_on_leave(span("2026-07-08T00:00+02:00", "2026-07-09T00:00+02:00")).await;
    }
    let Kept { is: mend, tag } = proposed(&town, &draft).await;
    let [step] = &mend.steps[..] else { panic!("Wednesday alone, not {mend:?}") };
    assert_eq!((step.to, mend.touched.len()), (None, 0), "nobody else is touched for nothing");
    let [left] = &mend.open[..] else { panic!("Wednesday alone, not {mend:?}") };
    let why = left.why.as_ref().expect("the first places are looked up");
    assert_eq!((&why.blocked, &why.free), (&vec![(Rule::Absence, 2)], &Vec::new()));
    does(&town, &draft, &tag).await.unwrap();
    assert_eq!(draft.place(day("2026-07-08"), Rung::Lead).await.person, None);
}

async fn whom_the_planner_put_there_against_a_rule_that_may_bend_stays(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let ana = town.advisor("Ana").speaking(&["fr"]).off_duty().await;
    let bea = town.advisor("Bea").speaking(&["fr", "de"]).off_duty().await;
    let german = NewNeed {
        window: hours("18:00–22:00"),
        leads: 1,
        backups: 0,
        languages: vec![Language::parse("de").unwrap()],
        from: day("2026-01-01"),
    };
    provision::add_need(&town.app, town.pool, german).await.unwrap();
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.0)).await;
    assert_eq!(draft.place(day(WEEK.0), Rung::Lead).await.person, Some(bea.id));
    bea.is_on_leave(span("2026-07-06T00:00+02:00", "2026-07-07T00:00+02:00")).await;
    draft.gives(day(WEEK.0), Rung::Lead, None).await.unwrap();
    let [gap] = &draft.shown().await.gaps[..] else { panic!("one place is open") };
    let offered: Vec<&str> = gap.candidates.iter().map(|one| &*one.face.given_name).collect();
    assert_eq!(offered, ["Ana"], "the board offers whom a reason would let in");
    let mend = proposed(&town, &draft).await.is;
    let why = mend.open[0].why.as_ref().unwrap();
    assert_eq!((&why.free, &why.with_reason), (&Vec::new(), &vec![ana.id]), "and so does a mend");
    draft.gives(day(WEEK.0), Rung::Lead, Some(ana.id)).await.unwrap();
    assert_eq!(proposed(&town, &draft).await.is.steps, [], "her planner will be asked for a reason");
    assert_eq!(draft.place(day(WEEK.0), Rung::Lead).await.person, Some(ana.id));
}
