//! On standby: what is answered becomes an intervention, is put right by whoever worked or their
//! employer, and is paid as work.

use acceptance::{
    on_both_engines,
    town::{Engine, Office, Person, Town, instant, span},
};
use app::{
    Error, Keeper,
    checks::{Fault, Wrong},
    jobs::{self, Job},
    kept::Seen,
    rota::statements::{self, interventions},
};
use domain::{Intervention, Minutes, Month, Rung, Source, Span};
use storage::{interventions as kept, scope};

on_both_engines! {
    what_is_taken_up_and_answered_on_standby_is_an_intervention_and_counts_as_work,
    answers_less_than_a_quarter_of_an_hour_apart_are_one_intervention,
    a_job_that_runs_twice_or_late_keeps_the_same,
    what_was_said_by_hand_is_not_said_again_by_answers_nor_by_hand,
    an_answer_just_after_the_standby_belongs_to_what_began_in_it,
    active_duty_and_the_own_desk_make_no_interventions,
    the_person_and_their_employer_correct_what_answers_told,
}

const CASTLE: &str = "Is the castle open tomorrow?";
const BOAT: &str = "When does the last boat leave?";

/// Riquewihr is covered, and Ana is on standby for it on Saturday evening.
async fn a_saturday(engine: Engine) -> (Town, Office, Person) {
    let town = Town::at(engine, "2026-07-04T17:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    ana.stands_by(&town, "2026-07-04", "18:00–22:00").await;
    (town, riquewihr, ana)
}

/// At that time somebody writes, and Ana answers.
async fn is_answered(town: &Town, office: &Office, ana: &Person, at: &str, text: &str) {
    town.put_clock_to(instant(&format!("2026-07-04T{at}+02:00"))).await;
    office.receives_chat(text).await;
    town.work_until_idle().await;
    ana.answers(text, "Until six.").await;
    town.work_until_idle().await;
}

async fn known(town: &Town, person: &Person) -> Vec<Intervention> {
    let tx = town.app.store.read(scope::Person(person.id), town.now()).await.unwrap();
    let july = span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00");
    let mut all = kept::of_people(&tx, &[person.id], july).await.unwrap();
    all.sort_by_key(|one| one.span);
    all
}

async fn spans(town: &Town, person: &Person) -> Vec<Span> {
    known(town, person).await.into_iter().map(|one| one.span).collect()
}

fn on_saturday(from: &str, until: &str) -> Span {
    span(&format!("2026-07-04T{from}+02:00"), &format!("2026-07-04T{until}+02:00"))
}

async fn what_is_taken_up_and_answered_on_standby_is_an_intervention_and_counts_as_work(engine: Engine) {
    let (town, riquewihr, ana) = a_saturday(engine).await;
    town.clock_shows("20:12").await;
    riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.takes(CASTLE).await;
    town.clock_shows("20:21").await;
    ana.answers(CASTLE, "Yes, from nine.").await;
    town.work_until_idle().await;
    let known = known(&town, &ana).await;
    let [one] = &known[..] else { panic!("one intervention, not {known:#?}") };
    assert_eq!((one.span, one.source), (on_saturday("20:12", "20:22"), Source::Answers));
    assert_eq!(one.organisation, riquewihr.id);

    town.clock_shows("2026-08-01T09:00+02:00").await;
    let keeper = riquewihr.manager.caller::<Keeper>().await;
    let july = statements::of_staff(&town.app, &keeper, Month::parse("2026-07").unwrap()).await.unwrap();
    let anas = july.people.iter().find(|one| one.person.id == ana.id).unwrap();
    assert_eq!((anas.statement.work, anas.statement.standby), (Minutes(10), Minutes(230)));
    let saturday = anas.days.iter().find(|day| day.day.to_string() == "2026-07-04").unwrap();
    assert_eq!(saturday.duty, Minutes(10), "and the register has it");
}

async fn answers_less_than_a_quarter_of_an_hour_apart_are_one_intervention(engine: Engine) {
    let (town, riquewihr, ana) = a_saturday(engine).await;
    is_answered(&town, &riquewihr, &ana, "20:00:30", CASTLE).await;
    is_answered(&town, &riquewihr, &ana, "20:15:59", BOAT).await;
    is_answered(&town, &riquewihr, &ana, "20:31:00", "And the first one?").await;
    assert_eq!(spans(&town, &ana).await, [on_saturday("20:00", "20:16"), on_saturday("20:31", "20:32")],);
}

async fn a_job_that_runs_twice_or_late_keeps_the_same(engine: Engine) {
    let (town, _, ana) = a_saturday(engine).await;
    town.clock_shows("22:30").await;
    for at in ["20:20", "20:00", "20:10", "20:20", "20:00"] {
        let at = instant(&format!("2026-07-04T{at}+02:00"));
        jobs::run(&town.app, Job::KeepIntervention { person: ana.id, at }).await.unwrap();
    }
    assert_eq!(spans(&town, &ana).await, [on_saturday("20:00", "20:21")]);
}

async fn what_was_said_by_hand_is_not_said_again_by_answers_nor_by_hand(engine: Engine) {
    let (town, riquewihr, ana) = a_saturday(engine).await;
    town.clock_shows("20:05").await;
    let session = ana.session().await;
    let said = on_saturday("19:50", "20:05");
    interventions::add(&town.app, &session, None, (said.start(), said.end())).await.unwrap();
    is_answered(&town, &riquewihr, &ana, "20:10:10", CASTLE).await;
    let grown = known(&town, &ana).await;
    assert_eq!(grown.len(), 1);
    assert_eq!((grown[0].span, grown[0].source), (on_saturday("19:50", "20:11"), Source::Said));

    town.clock_shows("21:00").await;
    let again = on_saturday("20:10", "20:40");
    let refused = interventions::add(&town.app, &session, None, (again.start(), again.end())).await;
    let Err(Error::Invalid(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(faults, [Fault::new("starts_at", Wrong::Taken)]);
}

async fn an_answer_just_after_the_standby_belongs_to_what_began_in_it(engine: Engine) {
    let (town, riquewihr, ana) = a_saturday(engine).await;
    town.clock_shows("21:55").await;
    riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.takes(CASTLE).await;
    town.work_until_idle().await;
    town.clock_shows("22:06").await;
    ana.answers(CASTLE, "Yes, from nine.").await;
    town.work_until_idle().await;
    assert_eq!(spans(&town, &ana).await, [on_saturday("21:55", "22:07")]);
    // Much later it would be no intervention: nobody asked for standby then.
    let at = instant("2026-07-04T23:00+02:00");
    jobs::run(&town.app, Job::KeepIntervention { person: ana.id, at }).await.unwrap();
    assert_eq!(spans(&town, &ana).await.len(), 1);
}

async fn active_duty_and_the_own_desk_make_no_interventions(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T17:00+02:00").await;
    let riquewihr = town.office("Riquewihr").own_desk("09:00–17:30").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    ana.has_duty(&town, "2026-07-04", "18:00–22:00", Rung::Lead).await;
    ana.stands_by(&town, "2026-07-04", "16:00–18:00").await;
    is_answered(&town, &riquewihr, &ana, "17:10:00", CASTLE).await;
    is_answered(&town, &riquewihr, &ana, "20:10:00", BOAT).await;
    assert_eq!(known(&town, &ana).await, []);
}

async fn the_person_and_their_employer_correct_what_answers_told(engine: Engine) {
    let (town, riquewihr, ana) = a_saturday(engine).await;
    is_answered(&town, &riquewihr, &ana, "20:10:00", CASTLE).await;
    town.clock_shows("21:00").await;
    let one = known(&town, &ana).await.remove(0);
    let read = on_saturday("20:02", "20:11");
    let times = (read.start(), read.end());
    interventions::correct(&town.app, &ana.session().await, one.id, &Seen::Any, times).await.unwrap();
    let corrected = known(&town, &ana).await;
    assert_eq!((corrected[0].span, corrected[0].source), (read, Source::Said));

    let manager = riquewihr.manager.session().await;
    let theirs = on_saturday("20:05", "20:11");
    let times = (theirs.start(), theirs.end());
    interventions::correct(&town.app, &manager, one.id, &Seen::Any, times).await.unwrap();
    assert_eq!(spans(&town, &ana).await, [theirs]);
    let stranger = town.stranger().await.board.planner.session().await;
    let refused = interventions::correct(&town.app, &stranger, one.id, &Seen::Any, times).await;
    assert!(matches!(refused, Err(Error::NotFound(_) | Error::Store(_))), "{refused:?}");
    interventions::remove(&town.app, &manager, one.id, &Seen::Any).await.unwrap();
    town.work_until_idle().await;
    assert_eq!(known(&town, &ana).await, [], "what was taken back does not come again");
}
