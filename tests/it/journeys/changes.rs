//! What is published is seen and confirmed, its open duties are taken, and learners stand beside its leads.

use acceptance::{
    on_both_engines,
    town::{Draft, Engine, Person, Town, day, instant, open_house, span},
};
use app::{
    Advisor, App, Error, Keeper, Refusal,
    kept::Seen,
    rota::{
        handovers::{
            Hand,
            ask::{self, Wish},
            learners::{self, Beside},
            open::{
                read,
                take::{self, Taken},
            },
        },
        ledger, notices, statements,
    },
    settings::Post,
};
use domain::{
    AssignmentId, HandoverStatus, Language, Month, PersonId, Rule, Rung, Shift, Taking, WhyNot, time,
};
use storage::{Tx, notices as stored_notices, scope, shifts};

on_both_engines! {
    an_advisor_confirms_what_they_were_told_and_the_planner_has_the_proof,
    whoever_confirms_confirms_what_the_page_showed_and_nothing_that_came_since,
    an_open_duty_is_taken_by_one_of_two_at_two_nodes_and_given_back,
    those_below_their_share_come_first_and_the_law_says_who_may_not,
    what_begins_soon_is_handed_over_instead_of_given_back,
    where_the_pool_wishes_so_an_open_duty_waits_for_the_planner,
    a_learner_is_planned_beside_a_lead_covers_nothing_and_is_paid_for_the_work,
    a_learner_comes_and_goes_in_what_is_published_and_open_drafts_follow,
}

const WEEK: (&str, &str) = ("2026-07-06", "2026-07-12");

/// A draft of a week of evenings.
async fn drafted(town: &Town) -> Draft {
    town.board.needs("18:00–22:00", 1, 0).await;
    town.board.drafts(day(WEEK.0), day(WEEK.1)).await
}

/// Two advisors and a week of evenings, published: by turns, with a day that nobody has if one is named.
async fn published(engine: Engine, open: Option<&str>) -> (Town, Person, Person, Draft) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let berta = town.advisor("Berta").working_at(&office).off_duty().await;
    let draft = drafted(&town).await;
    if let Some(open) = open {
        draft.gives(day(open), Rung::Lead, None).await.unwrap();
        let others = day(WEEK.0).iter_days().take(7).filter(|one| *one != day(open));
        for (one, person) in others.zip([&ana, &berta].into_iter().cycle()) {
            draft.gives(one, Rung::Lead, Some(person.id)).await.unwrap();
        }
    }
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    (town, ana, berta, draft)
}

async fn viewed(town: &Town) -> Tx<scope::Pool> {
    let scope = scope::Pool { pool: town.pool, viewer: town.board.id };
    town.app.store.read(scope, town.now()).await.unwrap()
}

async fn standing(town: &Town) -> Vec<Shift> {
    shifts::of_pool(&viewed(town).await, town.pool, span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00"))
        .await
        .unwrap()
}

async fn on(town: &Town, text: &str) -> Vec<(Rung, PersonId)> {
    let all = standing(town).await;
    let that = all.iter().filter(|shift| time::day(shift.span.start(), town.zone) == day(text));
    let mut that: Vec<_> = that.map(|shift| (shift.rung, shift.person)).collect();
    that.sort();
    that
}

async fn hand(person: &Person) -> Hand {
    Hand::from(&person.caller::<Advisor>().await)
}

async fn planner(town: &Town) -> Hand {
    Hand::from(&town.board.caller().await)
}

async fn letters(town: &Town, person: &Person, words: &str) -> usize {
    town.work_until_idle().await;
    let all = town.letters().await;
    all.iter().filter(|one| one.recipient == person.email && one.text.contains(words)).count()
}

async fn an_advisor_confirms_what_they_were_told_and_the_planner_has_the_proof(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, None).await;
    let letter = "https://veilleuse.test/shifts#seen";
    assert_eq!(letters(&town, &ana, letter).await, 1, "the letter leads to the press");
    let asked = ana.shifts().await.unconfirmed.expect("she was told");
    town.clock_shows("2026-06-16T09:30+02:00").await;
    let advisor = ana.caller::<Advisor>().await;
    notices::confirm(&town.app, &advisor, &asked.ids).await.unwrap();
    assert_eq!(ana.shifts().await.unconfirmed, None);
    assert!(berta.shifts().await.unconfirmed.is_some(), "that is for each to say");

    let told = draft.shown().await.notices;
    let of = |person: &Person| told.iter().find(|one| one.person == person.id).unwrap();
    assert_eq!(of(&ana).confirmed_at, Some(town.now()));
    assert!(of(&ana).seen_at.unwrap() < town.now(), "she had looked before");
    assert_eq!(of(&berta).confirmed_at, None);
    let planner = town.board.caller().await;
    let proof = notices::proof(&town.app, &planner, draft.rota, Language::EN).await.unwrap();
    assert_eq!(proof.name, "proof-2026-07-06-2026-07-12.csv");
    let hers = proof.text.lines().find(|line| line.contains("Ana")).unwrap();
    assert!(hers.contains(",publication,2026-06-15T10:00:00+02:00,"), "{hers}");
    assert!(hers.ends_with(",2026-06-16T09:30:00+02:00"), "{hers}");
    let french = notices::proof(&town.app, &planner, draft.rota, Language::FR).await.unwrap();
    assert!(french.text.contains("confirmé_le"), "{}", french.text);
    let elsewhere = town.stranger().await.board.caller().await;
    let foreign = notices::proof(&town.app, &elsewhere, draft.rota, Language::EN).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
}

async fn whoever_confirms_confirms_what_the_page_showed_and_nothing_that_came_since(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, Some("2026-07-08")).await;
    let shown = ana.shifts().await.unconfirmed.unwrap();
    let open = holes(&town, &ana).await;
    town.clock_shows("2026-06-16T10:00+02:00").await;
    takes(&town.app, &ana, open[0]).await.unwrap();
    let advisor = ana.caller::<Advisor>().await;
    notices::confirm(&town.app, &advisor, &shown.ids).await.unwrap();
    let all = stored_notices::about(&viewed(&town).await, draft.rota).await.unwrap();
    let hers = all.iter().filter(|notice| notice.person == ana.id);
    let (seen, unseen): (Vec<_>, Vec<_>) = hers.partition(|notice| notice.seen_at.is_some());
    assert_eq!((seen.len(), unseen.len()), (1, 1), "nobody showed her the other one");
    assert!(shown.ids.contains(&seen[0].id));
    let left = ana.shifts().await.unconfirmed.expect("something came since");
    assert_eq!((left.ids.len(), left.told_at), (1, town.now()));
    let theirs = berta.shifts().await.unconfirmed.unwrap();
    let foreign = notices::confirm(&town.app, &advisor, &theirs.ids).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
    assert_eq!(berta.shifts().await.unconfirmed, Some(theirs));
}

/// The open duties that somebody reads of, those they may take first.
async fn holes(town: &Town, person: &Person) -> Vec<AssignmentId> {
    let mut open = read::open(&town.app, &hand(person).await, None).await.unwrap();
    open.sort_by_key(|one| !one.may);
    open.into_iter().map(|one| one.place.id).collect()
}

async fn takes(app: &App, person: &Person, id: AssignmentId) -> Result<Taking, Error> {
    match take::take(app, &hand(person).await, id).await? {
        Taken::Done(kept) => Ok(kept.is),
        Taken::Refused(reasons) => panic!("refused: {reasons:?}"),
    }
}

async fn an_open_duty_is_taken_by_one_of_two_at_two_nodes_and_given_back(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, Some("2026-07-08")).await;
    let (hers, theirs) = (holes(&town, &ana).await, holes(&town, &berta).await);
    assert_eq!((hers.len(), &hers), (1, &theirs));
    let other = open_house(&town.rows.url, &town.app.settings.key, Post::Mailbox).await;
    let (first, second) = (hand(&ana).await, hand(&berta).await);
    let (one, two) =
        tokio::join!(take::take(&town.app, &first, hers[0]), take::take(&other, &second, theirs[0]));
    let outcomes = [one, two];
    assert_eq!(outcomes.iter().filter(|one| matches!(one, Ok(Taken::Done(_)))).count(), 1, "{outcomes:?}");
    let told = |one: &Result<Taken, Error>| matches!(one, Err(Error::Refused(Refusal::HandoverIsTaken)));
    assert!(outcomes.iter().any(told), "{outcomes:?}");

    let taken = outcomes.into_iter().find_map(Result::ok).unwrap();
    let Taken::Done(kept) = taken else { panic!("done") };
    let taker = [&ana, &berta].into_iter().find(|person| person.id == kept.is.person).unwrap();
    assert_eq!(on(&town, "2026-07-08").await, [(Rung::Lead, taker.id)]);
    assert_eq!(draft.place(day("2026-07-08"), Rung::Lead).await.person, Some(taker.id));
    assert_eq!(letters(&town, taker, "garde ouverte").await, 1);
    assert!(holes(&town, &ana).await.is_empty());
    let stranger = town.stranger().await;
    let foreign = stranger.advisor("Zoé").off_duty().await;
    let foreign = take::give_back(&town.app, &hand(&foreign).await, kept.is.id, &Seen::Any).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");

    let back = take::give_back(&town.app, &hand(taker).await, kept.is.id, &Seen::Any).await.unwrap().is;
    assert_eq!(back.status, HandoverStatus::Withdrawn);
    assert_eq!(on(&town, "2026-07-08").await, []);
    assert_eq!(draft.place(day("2026-07-08"), Rung::Lead).await.person, None);
    assert_eq!(holes(&town, &ana).await, hers, "and it is open again, under the same id");
    let again = take::give_back(&town.app, &hand(taker).await, kept.is.id, &Seen::Any).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::HandoverIsOver))), "{again:?}");
    takes(&town.app, &ana, hers[0]).await.unwrap();
    assert_eq!(on(&town, "2026-07-08").await, [(Rung::Lead, ana.id)]);
}

async fn those_below_their_share_come_first_and_the_law_says_who_may_not(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, Some("2026-07-08")).await;
    // Ana has six more evenings of another need in these days.
    for text in ["2026-07-03", "2026-07-04", "2026-07-05", "2026-07-13", "2026-07-14", "2026-07-15"] {
        ana.has_duty(&town, text, "18:00–22:00", Rung::Lead).await;
    }
    let place = draft.place(day("2026-07-08"), Rung::Lead).await.assignment;
    let refused = take::take(&town.app, &hand(&ana).await, place).await.unwrap();
    let until = instant("2026-07-06T18:00+02:00");
    assert!(
        matches!(&refused, Taken::Refused(why) if why == &[WhyNot::OthersFirst { until }]),
        "{refused:?}"
    );
    let list = read::eligible(&town.app, &planner(&town).await, place).await.unwrap();
    assert_eq!((list[0].person, list[0].may()), (berta.id, true));
    let own = read::eligible(&town.app, &hand(&ana).await, place).await.unwrap();
    assert_eq!(own.iter().map(|one| one.person).collect::<Vec<_>>(), [ana.id]);

    berta.is_on_leave(span("2026-07-08T12:00+02:00", "2026-07-08T20:00+02:00")).await;
    let away = take::take(&town.app, &hand(&berta).await, place).await.unwrap();
    let Taken::Refused(why) = away else { panic!("she is away") };
    assert!(matches!(&why[0], WhyNot::Rule { finding } if finding.rule == Rule::Absence), "{why:?}");
    takes(&town.app, &ana, place).await.expect("nobody below her share is left");
}

async fn what_begins_soon_is_handed_over_instead_of_given_back(engine: Engine) {
    let (town, ana, _, draft) = published(engine, Some("2026-07-08")).await;
    let place = draft.place(day("2026-07-08"), Rung::Lead).await.assignment;
    town.clock_shows("2026-07-07T09:00+02:00").await;
    let taken = takes(&town.app, &ana, place).await.unwrap();
    assert_eq!(ana.shifts().await.open.mine.len(), 1, "a second thought is hers for ten minutes");
    town.clock_shows("09:11").await;
    assert_eq!(ana.shifts().await.open.mine.len(), 0);
    let late = take::give_back(&town.app, &hand(&ana).await, taken.id, &Seen::Any).await;
    assert!(matches!(late, Err(Error::Refused(Refusal::TooLateToGiveBack))), "{late:?}");
    assert_eq!(on(&town, "2026-07-08").await, [(Rung::Lead, ana.id)]);
    let (hers, shift) = (hand(&ana).await, taken.shift.unwrap());
    let given = ask::ask(&town.app, &hers, shift, Wish::GiveAway { part: None }, "").await;
    given.expect("it is handed over as any other");
    let over = takes(&town.app, &ana, place).await;
    assert!(matches!(over, Err(Error::Refused(Refusal::HandoverIsTaken))), "{over:?}");
}

async fn where_the_pool_wishes_so_an_open_duty_waits_for_the_planner(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, Some("2026-07-08")).await;
    let caller = town.board.caller().await;
    app::pool::pools::approve(&town.app, &caller, town.pool, true).await.unwrap();
    let place = draft.place(day("2026-07-08"), Rung::Lead).await.assignment;
    let asked = takes(&town.app, &ana, place).await.unwrap();
    assert_eq!(asked.status, HandoverStatus::AwaitingApproval);
    assert_eq!(on(&town, "2026-07-08").await, []);
    assert!(holes(&town, &berta).await.is_empty(), "one at a time");
    let today = app::rota::today::today(&town.app, &caller, town.pool).await.unwrap();
    assert_eq!((today.asking.len(), today.asking[0].name.as_str()), (1, "Ana"));
    let own = take::approve(&town.app, &hand(&ana).await, asked.id, &Seen::Any).await;
    assert!(matches!(own, Err(Error::NotFound(_))), "{own:?}");
    take::refuse(&town.app, &planner(&town).await, asked.id, &Seen::Any).await.unwrap();
    assert_eq!(letters(&town, &ana, "La réponse est non").await, 1);
    assert_eq!(holes(&town, &berta).await, [place]);

    let second = takes(&town.app, &berta, place).await.unwrap();
    let yes = take::approve(&town.app, &planner(&town).await, second.id, &Seen::Any).await.unwrap();
    assert!(matches!(&yes, Taken::Done(kept) if kept.is.status == HandoverStatus::Done), "{yes:?}");
    assert_eq!(on(&town, "2026-07-08").await, [(Rung::Lead, berta.id)]);
    // The planner writes down what somebody said on the telephone.
    let third = town.board.drafts(day("2026-07-13"), day("2026-07-13")).await;
    third.gives(day("2026-07-13"), Rung::Lead, None).await.unwrap();
    third.publishes("").await.unwrap();
    let place = third.place(day("2026-07-13"), Rung::Lead).await.assignment;
    let told = take::give(&town.app, &planner(&town).await, place, ana.id, "").await.unwrap();
    assert!(matches!(&told, Taken::Done(kept) if kept.is.status == HandoverStatus::Done), "{told:?}");
    assert_eq!(on(&town, "2026-07-13").await, [(Rung::Lead, ana.id)]);
}

async fn learns(
    town: &Town,
    draft: &Draft,
    text: &str,
    person: &Person,
) -> Result<AssignmentId, Vec<WhyNot>> {
    let lead = draft.place(day(text), Rung::Lead).await.assignment;
    let caller = town.board.caller().await;
    match learners::add(&town.app, &caller, draft.rota, lead, person.id).await.unwrap() {
        Beside::Done(kept) => Ok(kept.is.id),
        Beside::Refused(reasons) => Err(reasons),
    }
}

async fn a_learner_is_planned_beside_a_lead_covers_nothing_and_is_paid_for_the_work(engine: Engine) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let home = town.office("Kaysersberg").plain().await;
    let ana = town.advisor("Ana").working_at(&home).off_duty().await;
    let berta = town.advisor("Berta").working_at(&home).off_duty().await;
    let draft = drafted(&town).await;
    let leads = async |text: &str| {
        let lead = draft.place(day(text), Rung::Lead).await.person;
        if lead == Some(ana.id) { &ana } else { &berta }
    };
    let zoe = town.advisor("Zoé").working_at(&home).off_duty().await;
    zoe.is_on_leave(span("2026-07-07T00:00+02:00", "2026-07-08T00:00+02:00")).await;
    learns(&town, &draft, "2026-07-06", &zoe).await.unwrap();
    let Err(away) = learns(&town, &draft, "2026-07-07", &zoe).await else { panic!("she is away") };
    assert!(matches!(&away[0], WhyNot::Rule { finding } if finding.rule == Rule::Absence), "{away:?}");
    let wednesdays = leads("2026-07-08").await;
    let Err(lead) = learns(&town, &draft, "2026-07-08", wednesdays).await else { panic!("she leads") };
    assert!(matches!(&lead[0], WhyNot::Rule { finding } if finding.rule == Rule::Overlap), "{lead:?}");
    let shown = draft.shown().await;
    assert_eq!((shown.score.led, shown.score.duties), (7, 7), "a learner is none of the duties");
    // A new build leaves her where she is.
    let (caller, version) = (town.board.caller().await, i32::try_from(shown.version).unwrap());
    app::rota::draft::rebuild(&town.app, &caller, draft.rota, version).await.unwrap();
    town.work_until_idle().await;
    assert_eq!(draft.place(day("2026-07-06"), Rung::Learner).await.person, Some(zoe.id));
    let lead = leads("2026-07-06").await;
    draft.publishes("").await.unwrap();
    town.work_until_idle().await;
    assert_eq!(on(&town, "2026-07-06").await, [(Rung::Lead, lead.id), (Rung::Learner, zoe.id)]);
    let duty = zoe.shifts().await.coming[0].clone();
    assert_eq!((duty.rung, duty.movable), (Rung::Learner, false));
    assert_eq!(duty.with, [(lead.name.clone(), Rung::Lead)]);
    assert_eq!(letters(&town, &zoe, "en apprentissage").await, 1);
    let feed = zoe.subscribes().await;
    let calendar = app::rota::feed::feed(&town.app, &feed).await.unwrap().text;
    assert!(calendar.contains("SUMMARY:Apprentissage"), "{calendar}");
    let offered = ask::ask(&town.app, &hand(&zoe).await, duty.id, Wish::Absence, "").await;
    assert!(matches!(offered, Err(Error::NotFound(_))), "{offered:?}");

    // She alone is there: it is the lead who is rung all the same.
    town.clock_shows("2026-07-06T19:00+02:00").await;
    zoe.is_here().await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    lead.sees_in_inbox("Is the castle").await;
    zoe.does_not_see("Is the castle").await;

    town.clock_shows("2026-08-01T09:00+02:00").await;
    let keeper = home.manager.caller::<Keeper>().await;
    let july = statements::of_staff(&town.app, &keeper, Month::parse("2026-07").unwrap()).await.unwrap();
    let hers = july.people.iter().find(|one| one.person.id == zoe.id).unwrap();
    let learning: Vec<_> = hers.statement.lines.iter().filter(|line| line.rung == Rung::Learner).collect();
    assert_eq!((learning.len(), learning[0].work.0), (1, 240));
    let books = ledger::own(&town.app, &zoe.caller::<Advisor>().await, ledger::Asked::default()).await;
    let counted = books.unwrap().entries;
    assert!(counted.iter().all(|entry| entry.rung != Rung::Learner), "the ledger counts no learning");
}

async fn a_learner_comes_and_goes_in_what_is_published_and_open_drafts_follow(engine: Engine) {
    let (town, ana, berta, draft) = published(engine, None).await;
    let next = town.board.drafts(day(WEEK.0), day(WEEK.1)).await;
    let lead = draft.place(day("2026-07-09"), Rung::Lead).await.person.unwrap();
    let (lead, other) = if lead == ana.id { (&ana, &berta) } else { (&berta, &ana) };
    // Whoever works from six on the next morning has no eleven hours of rest after it.
    let tired = town.advisor("Tim").on_duty("2026-07-13", "06:00–09:00").await;
    let Err(rest) = learns(&town, &draft, "2026-07-12", &tired).await else { panic!("it is work in law") };
    assert!(matches!(&rest[0], WhyNot::Rule { finding } if finding.rule == Rule::DailyRest), "{rest:?}");
    let zoe = town.advisor("Zoé").off_duty().await;
    town.clock_shows("2026-06-16T10:00+02:00").await;
    let place = learns(&town, &draft, "2026-07-09", &zoe).await.unwrap();
    let told = draft.shown().await.notices;
    assert!(told.iter().any(|one| one.person == zoe.id && one.told_at == town.now()), "with a dated proof");
    assert!(zoe.shifts().await.unconfirmed.is_some());
    assert_eq!(letters(&town, &zoe, "aux côtés du titulaire").await, 1);
    assert_eq!(on(&town, "2026-07-09").await, [(Rung::Lead, lead.id), (Rung::Learner, zoe.id)]);
    assert_eq!(next.place(day("2026-07-09"), Rung::Learner).await.person, Some(zoe.id));
    let before = standing(&town).await;
    next.publishes("").await.unwrap();
    let ids = |all: &[Shift]| all.iter().map(|one| (one.id, one.sequence, one.person)).collect::<Vec<_>>();
    assert_eq!(ids(&standing(&town).await), ids(&before), "a publication keeps her shift");

    // The lead's duty changes hands: she stays, beside whoever has it.
    let shift = lead
        .shifts()
        .await
        .coming
        .into_iter()
        .find(|one| time::day(one.span.start(), town.zone) == day("2026-07-09"));
    let (hers, shift) = (hand(lead).await, shift.unwrap().id);
    let offer = ask::ask(&town.app, &hers, shift, Wish::GiveAway { part: None }, "").await;
    let ask::Asked::Done(offer) = offer.unwrap() else { panic!("offered") };
    app::rota::handovers::accept::accept(&town.app, &hand(other).await, offer.is.id, &Seen::Any)
        .await
        .unwrap();
    assert_eq!(on(&town, "2026-07-09").await, [(Rung::Lead, other.id), (Rung::Learner, zoe.id)]);

    let caller = town.board.caller().await;
    let gone = learners::remove(&town.app, &caller, draft.rota, place, &Seen::Any).await;
    assert!(matches!(gone, Err(Error::Refused(Refusal::NotADraft))), "it was replaced: {gone:?}");
    let place = next.place(day("2026-07-09"), Rung::Learner).await.assignment;
    learners::remove(&town.app, &caller, next.rota, place, &Seen::Any).await.unwrap();
    assert_eq!(on(&town, "2026-07-09").await, [(Rung::Lead, other.id)]);
    assert!(next.shown().await.places.iter().all(|place| place.rung != Rung::Learner));
    assert_eq!(letters(&town, &zoe, "plus aux côtés").await, 1);
    let open = read::open(&town.app, &hand(&zoe).await, None).await.unwrap();
    assert_eq!(open, [], "a learner's place is no duty that is open");
}
