//! Stories of a rota on SQLite, told with verbs alone: a small pool with one board, two offices and
//! four advisors, from the question to the phone.

mod given_up;
mod remembered;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Calendar, Cents, ChannelKind, Days, Gravity, Language, Law, Minutes, Organisation, OrganisationId,
    OrganisationKind, Person, PersonId, PoolId, Role, RotaId, RotaStatus, Rung, Skills, Span, Tz, Window,
    WishKind,
};
use storage::{assignments, coverage, letters, organisations, people, roles, rotas, scope, shifts};

use super::{
    board, build, change, compare, draft, feed, my_shifts, preview,
    publish::{self, Word},
    tell, today, wishes,
};
use crate::{
    Advisor, App, Caller, Error, Manager, Planner, Refusal,
    account::callers,
    clock, jobs,
    kept::Seen,
    pool::{self, NewOffer, provision},
    rota::change::Assigned,
    story,
};

struct Town {
    app: App,
    pool: PoolId,
    maud: Caller<Planner>,
    pauline: Caller<Manager>,
    people: Vec<PersonId>,
    belrive: OrganisationId,
    folder: PathBuf,
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn window(days: Days, from: u32, until: u32) -> Window {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Window { days, from: hour(from), until: hour(until) }
}

impl Town {
    /// Monday 16 November 2026; a lead is wanted from 18 to 22 on every day of the week.
    async fn new() -> Self {
        let (app, folder) = story::house().await;
        clock::stop_at(&app, at("2026-11-16T09:00:00+01:00")).await.unwrap();
        let board = organisation(&app, OrganisationKind::Board, "Lacs").await;
        let pool =
            provision::create_pool(&app, board, "Lacs", Tz::Europe__Paris, Calendar::France).await.unwrap();
        let mut people = Vec::new();
        let mut offices = Vec::new();
        for name in ["Belrive", "Montclar"] {
            let office = organisation(&app, OrganisationKind::Office, name).await;
            provision::add_member(&app, pool, office, day("2026-01-01")).await.unwrap();
            for number in 0..2 {
                let given = format!("{name}-{number}");
                people.push(advisor(&app, office, &given).await);
            }
            offices.push(office);
        }
        let need = provision::NewNeed {
            window: window(Days::ALL, 18, 22),
            leads: 1,
            backups: 0,
            languages: Vec::new(),
            from: day("2026-01-01"),
        };
        provision::add_need(&app, pool, need).await.unwrap();
        let maud = person(&app, "Maud", board, Role::Planner).await;
        let pauline = person(&app, "Pauline", offices[0], Role::Manager).await;
        let maud = callers::caller_of(&app, maud).await.unwrap();
        let pauline = callers::caller_of(&app, pauline).await.unwrap();
        Self { app, pool, maud, pauline, people, belrive: offices[0], folder }
    }

    fn scope(&self) -> scope::Pool {
        scope::Pool { pool: self.pool, viewer: self.maud.organisation() }
    }

    async fn advisor(&self, number: usize) -> Caller<Advisor> {
        callers::caller_of(&self.app, self.people[number]).await.unwrap()
    }

    /// Asks for a draft and builds it, as the worker would.
    async fn built(&self, from: &str, until: &str) -> RotaId {
        let rota = draft::ask(&self.app, &self.maud, self.pool, day(from), day(until)).await.unwrap();
        build::run(&self.app, self.pool, rota, 1).await.unwrap();
        rota
    }

    async fn rota(&self, rota: RotaId) -> domain::Rota {
        rotas::by_id(&self.app.read(self.scope()).await.unwrap(), rota).await.unwrap().unwrap()
    }

    async fn places(&self, rota: RotaId) -> Vec<domain::Assignment> {
        assignments::of_rota(&self.app.read(self.scope()).await.unwrap(), rota).await.unwrap()
    }

    async fn shifts(&self) -> Vec<domain::Shift> {
        let span = Span::new(at("2026-11-01T00:00:00Z"), at("2027-03-01T00:00:00Z")).unwrap();
        shifts::of_pool(&self.app.read(self.scope()).await.unwrap(), self.pool, span).await.unwrap()
    }

    async fn publish(&self, rota: RotaId) {
        let version = self.rota(rota).await.version;
        publish::publish(&self.app, &self.maud, rota, version, &Word::saying("Bonjour")).await.unwrap();
    }

    /// Does the jobs that wait, as the worker would.
    async fn work(&self) {
        loop {
            let some =
                jobs::claims::claim(&self.app, "test", 50, chrono::Duration::minutes(1)).await.unwrap();
            if some.is_empty() {
                return;
            }
            for claimed in some {
                jobs::run(&self.app, claimed.job.as_ref().unwrap().clone()).await.unwrap();
                jobs::claims::finish(&self.app, "test", &claimed).await.unwrap();
            }
        }
    }
}

async fn organisation(app: &App, kind: OrganisationKind, name: &str) -> OrganisationId {
    let organisation = Organisation {
        id: app.mint(),
        kind,
        name: name.to_owned(),
        slug: format!("{}-{}", kind.word(), name.to_lowercase()),
        zone: Tz::Europe__Paris,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 1,
        promise: Minutes(5),
    };
    let tx = app.write(scope::System).await.unwrap();
    organisations::add(&tx, &organisation, "112").await.unwrap();
    tx.commit().await.unwrap();
    organisation.id
}

async fn person(app: &App, given: &str, organisation: OrganisationId, role: Role) -> PersonId {
    let id: PersonId = app.mint();
    let person = Person {
        id,
        given_name: given.to_owned(),
        family_name: "Martin".to_owned(),
        languages: vec![Language::FR],
        skills: Skills::default(),
    };
    let tx = app.write(scope::System).await.unwrap();
    people::add(&tx, &person, &format!("{}@lacs.example", given.to_lowercase()), None).await.unwrap();
    roles::grant(&tx, roles::Held { person: id, organisation, role }).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn advisor(app: &App, office: OrganisationId, given: &str) -> PersonId {
    let id = person(app, given, office, Role::Advisor).await;
    let week = Minutes::hours(35);
    provision::employ(app, id, office, Law::FrancePrivate, week, day("2026-01-01")).await.unwrap();
    id
}

#[tokio::test]
async fn a_built_rota_is_full_fair_and_breaks_no_rule() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-20").await;
    let model = board::board(&town.app, &town.maud, rota, Default::default(), None).await.unwrap();
    assert_eq!(model.status, RotaStatus::Draft);
    assert_eq!((model.score.led, model.score.duties, model.score.broken), (14, 14, 0));
    // That a week with the desk has more than 35 hours is merely shown.
    let grave = model.remarks.iter().filter(|remark| remark.finding.gravity != Gravity::Warning);
    assert!(model.gaps.is_empty() && grave.count() == 0);
    assert!(model.score.fairness_gap <= Minutes::hours(4), "{:?}", model.score.fairness_gap);
    assert_eq!(model.advisors.len(), 4);
    assert_eq!(model.progress.unwrap().curve.last().map(|(_, score)| *score > 90), Some(true));
}

#[tokio::test]
async fn somebody_who_cant_is_given_no_duty_and_cannot_be_given_one_by_hand() {
    let town = Town::new().await;
    for person in &town.people[1..] {
        provision::add_wish(&town.app, *person, day("2026-12-09"), WishKind::Cant).await.unwrap();
    }
    let ann = town.advisor(1).await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let places = town.places(rota).await;
    let wednesday = places.iter().find(|place| place.slot.day == day("2026-12-09")).unwrap();
    assert_eq!(wednesday.person, Some(town.people[0]));
    let version = town.rota(rota).await.version;
    let refused =
        change::assign(&town.app, &town.maud, rota, wednesday.id, Some(ann.person()), version).await.unwrap();
    let Assigned::Refused(findings) = refused else { panic!("a day marked can't was given away") };
    assert_eq!(findings[0].rule, domain::Rule::Absence);
    assert_eq!(town.rota(rota).await.version, version);
    let shown =
        preview::preview(&town.app, &town.maud, rota, wednesday.id, Some(ann.person())).await.unwrap();
    assert!(matches!(shown.consequences[0], views::html::rota::Consequence::Breaks(_)));
}

#[tokio::test]
async fn a_change_by_hand_is_kept_refused_when_late_and_can_be_undone() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let place = town.places(rota).await[0].clone();
    let other = *town.people.iter().find(|person| Some(**person) != place.person).unwrap();
    let version = town.rota(rota).await.version;
    change::assign(&town.app, &town.maud, rota, place.id, None, version).await.unwrap();
    let late = change::assign(&town.app, &town.maud, rota, place.id, Some(other), version).await;
    assert!(matches!(late, Err(Error::Stale)));
    assert_eq!(town.places(rota).await[0].person, None);
    change::undo(&town.app, &town.maud, rota, change::Saw::Anything).await.unwrap().unwrap();
    assert_eq!(town.places(rota).await[0].person, place.person);
    assert_eq!(change::undo(&town.app, &town.maud, rota, change::Saw::Anything).await.unwrap(), None);
}

#[tokio::test]
async fn pinned_places_stay_through_another_build() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let place = town.places(rota).await[2].clone();
    let version = town.rota(rota).await.version;
    change::assign(&town.app, &town.maud, rota, place.id, None, version).await.unwrap();
    change::pin(&town.app, &town.maud, rota, place.id, true, version + 1).await.unwrap();
    draft::rebuild(&town.app, &town.maud, rota, version + 2).await.unwrap();
    build::run(&town.app, town.pool, rota, 2).await.unwrap();
    let after = town.places(rota).await;
    assert_eq!((after[2].id, after[2].person, after[2].pinned), (place.id, None, true));
    let built = town.rota(rota).await.outcome.unwrap();
    assert_eq!(built.holes.len(), 1);
    assert!(built.holes[0].pinned);
}

#[tokio::test]
async fn a_build_that_was_discarded_or_asked_again_saves_nothing() {
    let town = Town::new().await;
    let (from, until) = (day("2026-12-07"), day("2026-12-13"));
    let rota = draft::ask(&town.app, &town.maud, town.pool, from, until).await.unwrap();
    draft::discard(&town.app, &town.maud, rota, 1).await.unwrap();
    build::run(&town.app, town.pool, rota, 1).await.unwrap();
    assert_eq!(town.rota(rota).await.status, RotaStatus::Discarded);
    assert!(town.places(rota).await.is_empty());
}

#[tokio::test]
async fn publishing_makes_shifts_tells_those_concerned_once_and_shows_them_on_the_phone() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let ann = town.advisor(0).await;
    assert!(my_shifts::my_shifts(&town.app, &ann).await.unwrap().coming.is_empty());
    let compared = compare::compare(&town.app, &town.maud, rota).await.unwrap();
    assert_eq!((compared.changes.len(), compared.replaces, compared.refused), (4, false, 0));
    town.publish(rota).await;
    town.work().await;
    tell::tell(&town.app, town.pool, rota, ann.person()).await.unwrap();
    town.work().await;
    let mailbox = letters::newest(&town.app.read(scope::System).await.unwrap(), 50).await.unwrap();
    assert_eq!(mailbox.len(), 4);
    assert!(mailbox.iter().all(|letter| letter.text.contains("Maud a publié")), "{}", mailbox[0].text);
    let shown = my_shifts::my_shifts(&town.app, &ann).await.unwrap();
    assert!(!shown.coming.is_empty() && shown.coming.iter().all(|duty| duty.changed));
    assert_eq!(shown.published_until, Some(day("2026-12-13")));
    let address = feed::make_feed(&town.app, &ann).await.unwrap();
    let token = address.rsplit('/').next().unwrap().trim_end_matches(".ics");
    let calendar = feed::feed(&town.app, token).await.unwrap();
    assert_eq!(calendar.text.matches("BEGIN:VEVENT").count(), shown.coming.len());
    assert_eq!(feed::feed(&town.app, token).await.unwrap().etag, calendar.etag);
    feed::revoke_feed(&town.app, &ann).await.unwrap();
    assert!(matches!(feed::feed(&town.app, token).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn a_second_publication_keeps_shifts_that_stay_cancels_the_others_and_tells_only_two() {
    let town = Town::new().await;
    let first = town.built("2026-12-07", "2026-12-13").await;
    town.publish(first).await;
    town.work().await;
    let before = town.shifts().await;
    let second = town.built("2026-12-07", "2026-12-13").await;
    // What is published is what a new draft starts from.
    let kept = compare::compare(&town.app, &town.maud, second).await.unwrap();
    assert!(kept.changes.is_empty(), "{:?}", kept.changes);
    let places = town.places(second).await;
    let (at, place) =
        places.iter().enumerate().find(|(_, place)| place.person == Some(town.people[0])).unwrap();
    let mut version = town.rota(second).await.version;
    let mut taker = None;
    for person in &town.people[1..] {
        let done =
            change::assign(&town.app, &town.maud, second, place.id, Some(*person), version).await.unwrap();
        if matches!(done, Assigned::Done { .. }) {
            taker = Some(*person);
            break;
        }
    }
    version += 1;
    publish::publish(&town.app, &town.maud, second, version, &Word::default()).await.unwrap();
    let after = town.shifts().await;
    assert_eq!(after[at].person, taker.unwrap());
    let same =
        before.iter().filter(|old| after.iter().any(|new| new.id == old.id && new.sequence == 0)).count();
    assert_eq!((after.len(), same), (7, 6));
    assert_eq!(town.rota(first).await.status, RotaStatus::Superseded);
    let before = letters::newest(&town.app.read(scope::System).await.unwrap(), 50).await.unwrap().len();
    town.work().await;
    let told =
        letters::newest(&town.app.read(scope::System).await.unwrap(), 50).await.unwrap().len() - before;
    assert_eq!(told, 2);
    let tx = town.app.read(scope::Person(town.people[0])).await.unwrap();
    let gone = shifts::told(&tx, town.people[0], tx.now()).await.unwrap();
    assert_eq!(gone.iter().filter(|shift| shift.cancelled_at.is_some()).count(), 1);
}

#[tokio::test]
async fn the_past_stays_as_it_was_whatever_is_published_later() {
    let town = Town::new().await;
    let first = town.built("2026-12-07", "2026-12-13").await;
    town.publish(first).await;
    let before = town.shifts().await;
    // Wednesday evening, in the middle of a duty.
    clock::stop_at(&town.app, at("2026-12-09T20:00:00+01:00")).await.unwrap();
    let tonight = before[2].clone();
    provision::add_absence(
        &town.app,
        tonight.person,
        Span::new(at("2026-12-01T00:00:00Z"), at("2026-12-31T00:00:00Z")).unwrap(),
        None,
    )
    .await
    .unwrap();
    let second = town.built("2026-12-07", "2026-12-13").await;
    let places = town.places(second).await;
    assert!(places[..3].iter().all(|place| place.pinned));
    let late =
        change::assign(&town.app, &town.maud, second, places[2].id, None, town.rota(second).await.version)
            .await;
    assert!(matches!(late, Err(Error::Refused(Refusal::InThePast))));
    // Tonight's duty breaks the absence, and publishing says so only of hours to come.
    let version = town.rota(second).await.version;
    let published = publish::publish(&town.app, &town.maud, second, version, &Word::default()).await;
    assert!(matches!(published, Err(Error::Refused(Refusal::RuleForbids))), "{published:?}");
    clock::stop_at(&town.app, at("2026-12-09T22:00:00+01:00")).await.unwrap();
    publish::publish(&town.app, &town.maud, second, version, &Word::default()).await.unwrap();
    let after = town.shifts().await;
    assert_eq!(
        after[..3].iter().map(|shift| shift.id).collect::<Vec<_>>(),
        before[..3].iter().map(|shift| shift.id).collect::<Vec<_>>()
    );
    assert!(after[3..].iter().all(|shift| shift.person != tonight.person));
}

#[tokio::test]
async fn today_says_who_is_on_now_who_is_next_and_where_nobody_is() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let place = town.places(rota).await[3].clone();
    let version = town.rota(rota).await.version;
    change::assign(&town.app, &town.maud, rota, place.id, None, version).await.unwrap();
    town.publish(rota).await;
    clock::stop_at(&town.app, at("2026-12-07T12:00:00+01:00")).await.unwrap();
    let noon = today::today(&town.app, &town.maud, town.pool).await.unwrap();
    assert_eq!((noon.next.len(), noon.duties.len(), noon.gaps.len()), (1, 1, 1));
    assert_eq!(noon.gaps[0].assignment, place.id);
    assert_eq!(noon.watched.len(), 1);
    clock::stop_at(&town.app, at("2026-12-07T20:00:00+01:00")).await.unwrap();
    let evening = today::today(&town.app, &town.maud, town.pool).await.unwrap();
    assert!(evening.next.is_empty());
    assert_eq!(evening.gaps.len(), 1, "what is to come");
    clock::stop_at(&town.app, place.slot.span.start() + chrono::Duration::hours(1)).await.unwrap();
    let during = today::today(&town.app, &town.maud, town.pool).await.unwrap();
    assert_eq!(during.gaps.len(), 1, "a gap is one while its hours run");
    clock::stop_at(&town.app, place.slot.span.end()).await.unwrap();
    let after = today::today(&town.app, &town.maud, town.pool).await.unwrap();
    assert_eq!(after.gaps.len(), 0, "and none once they are over");
    clock::stop_at(&town.app, at("2026-12-07T20:00:00+01:00")).await.unwrap();
    assert!(evening.duties[0].span.contains(town.app.clock.now()));
}

#[tokio::test]
async fn a_planner_of_another_board_finds_nothing() {
    let town = Town::new().await;
    let rota = town.built("2026-12-07", "2026-12-13").await;
    let elsewhere = organisation(&town.app, OrganisationKind::Board, "Rives").await;
    let stranger = person(&town.app, "Zoe", elsewhere, Role::Planner).await;
    provision::create_pool(&town.app, elsewhere, "Rives", Tz::Europe__Paris, Calendar::France).await.unwrap();
    let stranger: Caller<Planner> = callers::caller_of(&town.app, stranger).await.unwrap();
    let board = board::board(&town.app, &stranger, rota, Default::default(), None).await;
    assert!(matches!(board, Err(Error::NotFound(_))));
    let today = today::today(&town.app, &stranger, town.pool).await;
    assert!(matches!(today, Err(Error::NotFound(_))));
    let publish = publish::publish(&town.app, &stranger, rota, 2, &Word::default()).await;
    assert!(matches!(publish, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn nobody_is_on_duty_twice_at_the_same_time() {
    let town = Town::new().await;
    let need =
        storage::needs::of_pool(&town.app.read(town.scope()).await.unwrap(), town.pool).await.unwrap()[0].id;
    let span = |from: &str, until: &str| Span::new(at(from), at(until)).unwrap();
    let shift = |from: &str, until: &str| provision::NewShift {
        need,
        person: town.people[0],
        rung: Rung::Lead,
        span: span(from, until),
    };
    let evening = shift("2026-12-07T18:00:00+01:00", "2026-12-07T22:00:00+01:00");
    provision::publish_shift(&town.app, town.pool, evening).await.unwrap();
    let touching = shift("2026-12-07T22:00:00+01:00", "2026-12-07T23:00:00+01:00");
    provision::publish_shift(&town.app, town.pool, touching).await.unwrap();
    let twice = shift("2026-12-07T21:59:00+01:00", "2026-12-07T22:30:00+01:00");
    let refused = provision::publish_shift(&town.app, town.pool, twice).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::RuleForbids))), "{refused:?}");
    assert_eq!(town.shifts().await.len(), 2);
}

#[tokio::test]
async fn an_advisor_says_and_takes_back_what_they_wish_but_not_of_the_past() {
    let town = Town::new().await;
    let ann = town.advisor(0).await;
    let christmas = day("2026-12-25");
    wishes::say(&town.app, &ann, christmas, Some(WishKind::Wish)).await.unwrap();
    wishes::say(&town.app, &ann, christmas, Some(WishKind::Cant)).await.unwrap();
    let month = wishes::month(&town.app, &ann, Some(christmas)).await.unwrap();
    assert_eq!(month.wishes.get(&christmas), Some(&WishKind::Cant));
    assert_eq!(month.holidays.get(&christmas), Some(&domain::Holiday::Christmas));
    wishes::say(&town.app, &ann, christmas, None).await.unwrap();
    assert!(wishes::month(&town.app, &ann, Some(christmas)).await.unwrap().wishes.is_empty());
    let past = wishes::say(&town.app, &ann, day("2026-11-15"), Some(WishKind::Wish)).await;
    assert!(matches!(past, Err(Error::Refused(Refusal::InThePast))));
}

#[tokio::test]
async fn an_office_orders_once_and_ends_each_with_its_instant() {
    let town = Town::new().await;
    let new = NewOffer {
        name: "Evenings".to_owned(),
        summary: String::new(),
        windows: vec![window(Days::ALL, 18, 23)],
        channels: vec![ChannelKind::WebChat],
        monthly: Cents(12_900),
    };
    let offer = pool::define_offer(&town.app, &town.maud, town.pool, new).await.unwrap().is.id;
    let bought = pool::order(&town.app, &town.pauline, offer, &Seen::Any).await.unwrap();
    let again = pool::order(&town.app, &town.pauline, offer, &Seen::Any).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::CannotOrder))));
    // Nobody watches from 22 to 23: the planner is warned.
    let warned = pool::pool_page(&town.app, &town.maud, town.pool).await.unwrap();
    assert_eq!(warned.unwatched[0].windows, [window(Days::ALL, 22, 23)]);
    assert_eq!(warned.without.len(), 1);
    clock::stop_at(&town.app, at("2026-11-17T09:00:00+01:00")).await.unwrap();
    pool::end(&town.app, &town.pauline, bought).await.unwrap();
    pool::end(&town.app, &town.pauline, bought).await.unwrap();
    let tx = town.app.read(scope::Home(town.belrive)).await.unwrap();
    let ended = coverage::of_organisation(&tx, town.belrive).await.unwrap();
    assert_eq!(ended[0].from, at("2026-11-16T09:00:00+01:00"));
    assert_eq!(ended[0].until, Some(at("2026-11-17T09:00:00+01:00")));
    drop(tx);
    pool::close_offer(&town.app, &town.maud, offer).await.unwrap();
    let closed = pool::order(&town.app, &town.pauline, offer, &Seen::Any).await;
    assert!(matches!(closed, Err(Error::Refused(Refusal::CannotOrder))));
}
