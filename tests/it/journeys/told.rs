//! Who is told in time: standby asks for notice of what others decide, and never of what people take
//! themselves. And what changes hands while a draft is built, imported or given back.

use acceptance::{
    eventually::eventually,
    on_both_engines,
    town::{Draft, Engine, Person, Town, day, span},
};
use app::{
    Advisor, Error,
    exchange::{self, Keeper, Upload},
    kept::Seen,
    rota::{
        build, draft,
        handovers::{
            Hand,
            accept::{self, Accepted},
            ask::{self, Asked, Wish},
            learners::{self, Beside},
            open::{
                read,
                take::{self, Taken},
            },
        },
        statements::interventions,
    },
};
use domain::{
    AssignmentId, DutyKind, Gravity, Handover, Rule, Rung, Shift, ShiftId, WhyNot,
    exchange::{FileFormat, FileKind},
    time,
};
use storage::{acceptances, assignments, pools, scope, shifts};

on_both_engines! {
    a_standby_hole_that_is_taken_is_standby_and_so_is_the_learner_beside_it,
    a_duty_taken_late_blocks_no_later_publication_and_one_given_back_is_known_of_as_before,
    what_a_planner_decides_for_somebody_asks_for_notice,
    a_duty_that_changes_hands_while_a_draft_is_built_stays_with_whoever_took_it,
    past_duties_that_come_in_hide_no_open_duty_of_today,
    what_comes_back_is_judged_anew_and_only_what_was_accepted_stays_so,
    whoever_is_back_is_asked_though_all_were_asked_before,
    work_on_standby_is_said_once,
}

const WEEK: (&str, &str) = ("2026-07-06", "2026-07-12");

/// Two advisors and a week of standby evenings, published by turns three weeks before; `open` is nobody's.
async fn a_standby_week(engine: Engine, open: &[&str]) -> (Town, Person, Person, Draft) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let berta = town.advisor("Berta").working_at(&office).off_duty().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    town.rows.change("update needs set kind = 'standby'").await;
    let draft = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    for one in open {
        draft.gives(day(one), Rung::Lead, None).await.unwrap();
    }
    let held = day(WEEK.0).iter_days().take(7).filter(|one| !open.contains(&&*one.to_string()));
    for (one, person) in held.zip([&ana, &berta].into_iter().cycle()) {
        draft.gives(one, Rung::Lead, Some(person.id)).await.unwrap();
    }
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    (town, ana, berta, draft)
}

async fn standing(town: &Town) -> Vec<Shift> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    shifts::of_pool(&tx, town.pool, span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00")).await.unwrap()
}

fn viewed(town: &Town) -> scope::Pool {
    scope::Pool { pool: town.pool, viewer: town.board.id }
}

async fn on(town: &Town, text: &str) -> Vec<Shift> {
    let mut all = standing(town).await;
    all.retain(|shift| time::day(shift.span.start(), town.zone) == day(text));
    all.sort_by_key(|shift| shift.rung);
    all
}

async fn hand(person: &Person) -> Hand {
    Hand::from(&person.caller::<Advisor>().await)
}

async fn planner(town: &Town) -> Hand {
    Hand::from(&town.board.caller().await)
}

async fn hole(draft: &Draft, text: &str) -> AssignmentId {
    draft.place(day(text), Rung::Lead).await.assignment
}

async fn takes(town: &Town, person: &Person, place: AssignmentId) {
    let taken = take::take(&town.app, &hand(person).await, place).await.unwrap();
    assert!(matches!(taken, Taken::Done(_)), "{taken:?}");
}

async fn hands_over(town: &Town, from: &Person, to: &Person, shift: ShiftId) -> Handover {
    let wish = Wish::GiveAway { part: None };
    let asked = ask::ask(&town.app, &hand(from).await, shift, wish, "").await.unwrap();
    let Asked::Done(one) = asked else { panic!("{asked:?}") };
    accepts(town, to, &one.is).await
}

async fn accepts(town: &Town, person: &Person, one: &Handover) -> Handover {
    match accept::accept(&town.app, &hand(person).await, one.id, &Seen::Any).await.unwrap() {
        Accepted::Done(kept) => kept.is,
        Accepted::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

fn on_notice(reasons: &[WhyNot], gravity: Gravity) -> bool {
    let [WhyNot::Rule { finding }] = reasons else { return false };
    (finding.rule, finding.gravity, finding.article.as_str()) == (Rule::Notice, gravity, "L3121-12")
}

async fn a_standby_hole_that_is_taken_is_standby_and_so_is_the_learner_beside_it(engine: Engine) {
    let (town, ana, _, draft) = a_standby_week(engine, &["2026-07-08"]).await;
    takes(&town, &ana, hole(&draft, "2026-07-08").await).await;
    let zoe = town.advisor("Zoé").off_duty().await;
    let lead = hole(&draft, "2026-07-08").await;
    let planner = town.board.caller().await;
    let beside = learners::add(&town.app, &planner, draft.rota, lead, zoe.id).await.unwrap();
    assert!(matches!(beside, Beside::Done(_)), "{beside:?}");
    let kinds: Vec<_> = on(&town, "2026-07-08").await.iter().map(|one| (one.rung, one.kind)).collect();
    assert_eq!(kinds, [(Rung::Lead, DutyKind::Standby), (Rung::Learner, DutyKind::Standby)]);
}

async fn a_duty_taken_late_blocks_no_later_publication_and_one_given_back_is_known_of_as_before(
    engine: Engine,
) {
    let (town, ana, berta, draft) = a_standby_week(engine, &["2026-07-07"]).await;
    let published = town.now();
    // On the eve: less than the one clear day that the law never goes below.
    town.clock_shows("2026-07-06T10:00+02:00").await;
    takes(&town, &ana, hole(&draft, "2026-07-07").await).await;
    let hers = on(&town, "2026-07-11").await.remove(0);
    let (from, to) = if hers.person == ana.id { (&ana, &berta) } else { (&berta, &ana) };
    let given = hands_over(&town, from, to, hers.id).await;
    let next = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    next.publishes("").await.expect("what they took they need no notice of");
    assert_eq!(on(&town, "2026-07-07").await[0].person, ana.id);

    let back = ask::give_back(&town.app, &hand(to).await, given.id, "").await;
    let back = back.expect("publishing it again changed nothing of it").is;
    accepts(&town, from, &back).await;
    let again = on(&town, "2026-07-11").await.remove(0);
    assert_eq!((again.id, again.person, again.told_at), (hers.id, from.id, Some(published)));
    assert_eq!(again.changed_at, town.now(), "calendars follow what changed last");
    let third = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    third.publishes("").await.expect("they have known of it for three weeks");
}

async fn what_a_planner_decides_for_somebody_asks_for_notice(engine: Engine) {
    let (town, ana, berta, draft) = a_standby_week(engine, &["2026-07-07", "2026-07-08"]).await;
    town.clock_shows("2026-07-06T10:00+02:00").await;
    let (eve, later) = (hole(&draft, "2026-07-07").await, hole(&draft, "2026-07-08").await);
    let gives = async |place, reason| {
        take::give(&town.app, &planner(&town).await, place, ana.id, reason).await.unwrap()
    };
    let never = gives(eve, "Nobody else is there").await;
    assert!(matches!(&never, Taken::Refused(why) if on_notice(why, Gravity::Absolute)), "{never:?}");
    let unsaid = gives(later, "").await;
    assert!(matches!(&unsaid, Taken::Refused(why) if on_notice(why, Gravity::Overridable)), "{unsaid:?}");
    let said = gives(later, "A storm is coming").await;
    assert!(matches!(said, Taken::Done(_)), "{said:?}");
    let tx = town.app.store.read(viewed(&town), town.now()).await.unwrap();
    let july = span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00");
    let kept = acceptances::within(&tx, town.pool, july).await.unwrap();
    drop(tx);
    let kept: Vec<_> = kept.iter().map(|one| (one.finding.rule, &*one.reason)).collect();
    assert_eq!(kept, [(Rule::Notice, "A storm is coming")]);

    let zoe = town.advisor("Zoé").off_duty().await;
    let thursday = hole(&draft, "2026-07-09").await;
    let caller = town.board.caller().await;
    let beside = learners::add(&town.app, &caller, draft.rota, thursday, zoe.id).await.unwrap();
    assert!(matches!(&beside, Beside::Refused(why) if on_notice(why, Gravity::Overridable)), "{beside:?}");

    // The same where a holder cannot come; whoever is asked and takes it needs no notice.
    let friday = on(&town, "2026-07-10").await.remove(0);
    let (holder, other) = if friday.person == ana.id { (&ana, &berta) } else { (&berta, &ana) };
    let asked = ask::ask(&town.app, &hand(holder).await, friday.id, Wish::Absence, "").await.unwrap();
    let Asked::Done(absence) = asked else { panic!("{asked:?}") };
    let assigned =
        accept::assign(&town.app, &planner(&town).await, absence.is.id, &Seen::Any, other.id, "").await;
    let Accepted::Refused(why) = assigned.unwrap() else { panic!("too late") };
    assert!(on_notice(&why, Gravity::Overridable), "{why:?}");
    accepts(&town, other, &absence.is).await;
}

async fn a_duty_that_changes_hands_while_a_draft_is_built_stays_with_whoever_took_it(engine: Engine) {
    let (town, ana, berta, _) = a_standby_week(engine, &[]).await;
    let next = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    let version = i32::try_from(next.shown().await.version).unwrap();
    draft::rebuild(&town.app, &town.board.caller().await, next.rota, version).await.unwrap();
    // Ana has four evenings and Berta three: the other way round is as fair.
    let thursday = on(&town, "2026-07-10").await.remove(0);
    assert_eq!(thursday.person, ana.id);
    hands_over(&town, &ana, &berta, thursday.id).await;
    town.work_until_idle().await;
    assert_eq!(next.place(day("2026-07-10"), Rung::Lead).await.person, Some(berta.id));
    next.publishes("").await.unwrap();
    assert_eq!(on(&town, "2026-07-10").await[0].person, berta.id);
}

async fn past_duties_that_come_in_hide_no_open_duty_of_today(engine: Engine) {
    let (town, ana, _, draft) = a_standby_week(engine, &["2026-07-08"]).await;
    town.clock_shows("2026-07-08T12:00+02:00").await;
    town.board.needs("06:00–08:00", 1, 0).await;
    let past = format!("email;from;until\n{};2026-07-08 06:00;2026-07-08 08:00", ana.email);
    let bytes = past.as_bytes();
    let (kind, format) = (FileKind::Duties, FileFormat::Csv);
    let upload = Upload { kind, format, bytes, person: None, pool: None };
    let keeper = Keeper::from(&town.board.caller().await);
    let report = exchange::import(&town.app, &keeper, upload).await.unwrap();
    assert!(report.kept, "{report:?}");
    let open = read::open(&town.app, &hand(&ana).await, None).await.unwrap();
    let place = hole(&draft, "2026-07-08").await;
    assert_eq!(open.iter().map(|one| one.place.id).collect::<Vec<_>>(), [place]);
    takes(&town, &ana, place).await;
    let shown = draft::around_now(&town.app, &town.board.caller().await, town.pool).await.unwrap();
    assert_eq!(shown, Some(draft.rota), "and the board of today is the one that was published");
}

async fn what_comes_back_is_judged_anew_and_only_what_was_accepted_stays_so(engine: Engine) {
    let (town, ana, berta, _) = a_standby_week(engine, &[]).await;
    let friday = on(&town, "2026-07-10").await.remove(0);
    assert_eq!(friday.person, ana.id);
    let given = hands_over(&town, &ana, &berta, friday.id).await;
    town.rows.change("update needs set languages = '[\"de\"]'").await;
    let back = ask::give_back(&town.app, &hand(&berta).await, given.id, "").await.unwrap().is;
    let refused = accept::accept(&town.app, &hand(&ana).await, back.id, &Seen::Any).await.unwrap();
    let Accepted::Refused(why) = &refused else { panic!("{refused:?}") };
    assert!(matches!(&why[0], WhyNot::Rule { finding } if finding.rule == Rule::Language), "{why:?}");
    town.rows.change("update needs set languages = '[]'").await;
    accepts(&town, &ana, &back).await;
}

async fn whoever_is_back_is_asked_though_all_were_asked_before(engine: Engine) {
    let (town, ana, berta, _) = a_standby_week(engine, &[]).await;
    town.clock_shows("2026-07-07T10:00+02:00").await;
    berta.is_on_leave(span("2026-07-07T00:00+02:00", "2026-07-12T00:00+02:00")).await;
    let friday = on(&town, "2026-07-10").await.remove(0);
    let asked = ask::ask(&town.app, &hand(&ana).await, friday.id, Wish::Absence, "").await.unwrap();
    assert!(matches!(asked, Asked::Done(_)), "{asked:?}");
    let letters = async || {
        town.work_until_idle().await;
        let all = town.letters().await;
        let hers = all.iter().filter(|one| one.recipient == berta.email);
        hers.filter(|one| one.subject.contains("pouvez-vous remplacer Ana")).count()
    };
    assert_eq!(letters().await, 0, "she is away");
    town.clock_shows("11:00").await;
    assert_eq!(letters().await, 0, "and still is");
    town.rows.change("delete from absences").await;
    town.clock_shows("12:00").await;
    assert_eq!(letters().await, 1, "now she is back");
    town.clock_shows("13:00").await;
    assert_eq!(letters().await, 1, "and is asked once");
}

async fn work_on_standby_is_said_once(engine: Engine) {
    let (town, ana, ..) = a_standby_week(engine, &[]).await;
    town.clock_shows("2026-07-07T10:00+02:00").await;
    let says = async |from: &str, until: &str| {
        let span = span(&format!("2026-07-06T{from}+02:00"), &format!("2026-07-06T{until}+02:00"));
        interventions::add(&town.app, &ana.session().await, None, (span.start(), span.end())).await
    };
    says("19:00", "19:30").await.unwrap();
    let twice = says("19:10", "19:40").await;
    assert!(matches!(&twice, Err(Error::Invalid(faults)) if faults[0].field == "starts_at"), "{twice:?}");
    says("19:30", "19:40").await.expect("one may follow the other");
}

/// PostgreSQL alone: of SQLite nobody can tell that it waits.
#[tokio::test]
async fn a_build_that_was_overtaken_by_a_handover_begins_again() {
    let (town, ana, berta, _) = a_standby_week(Engine::Postgres, &[]).await;
    let planner = town.board.caller().await;
    let next = draft::ask(&town.app, &planner, town.pool, day(WEEK.0), day(WEEK.1)).await.unwrap();
    let friday = on(&town, "2026-07-10").await.remove(0);
    assert_eq!(friday.person, ana.id);

    let handing_over = town.app.store.write(viewed(&town), town.now()).await.unwrap();
    pools::hold(&handing_over, town.pool).await.unwrap();
    shifts::change(&handing_over, &Shift { person: berta.id, told_at: None, ..friday }).await.unwrap();
    let (app, pool) = (town.app.clone(), town.pool);
    let building = tokio::spawn(async move { build::run(&app, pool, next, 1).await });
    eventually("the build has thought, and waits", async || {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        (town.rows.number(waiting).await.unwrap() == 1).then_some(())
    })
    .await;
    handing_over.commit().await.unwrap();
    building.await.unwrap().unwrap();
    let tx = town.app.store.read(viewed(&town), town.now()).await.unwrap();
    let places = assignments::of_rota(&tx, next).await.unwrap();
    let held = places.iter().find(|place| place.slot.day == day("2026-07-10")).unwrap();
    assert_eq!(held.person, Some(berta.id), "what is published is what the draft begins with");
}
