//! Stories of accounts, jobs (`hands`) and live updates on SQLite, told with verbs alone: Maud plans at
//! a board, Ann stands watch for its office, and a stranger region lies beside them.

mod hands;

use std::path::PathBuf;

use chrono::Duration;
use domain::{
    Calendar, Language, Membership, Minutes, Organisation, OrganisationId, OrganisationKind, Person,
    PersonId, Pool, PoolId, Role, Skills, Tz,
};
use storage::{
    Signal, audit, memberships, organisations, people, pools,
    roles::{self, Held},
    scope::{self, System},
};
use uuid::Uuid;

use super::{Tokens, callers, forms, me, refresh, sign_in};
use crate::{
    Advisor, App, Error, Manager, Planner, Refusal, Session, clock,
    jobs::{self, Job, claims},
    letters,
    live::{Ear, Event},
    story, topics,
};

struct House {
    app: App,
    pool: PoolId,
    office: OrganisationId,
    stranger: OrganisationId,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const EVENING: &str = "2026-12-04T18:00:00Z";

impl House {
    async fn furnished() -> Self {
        let (app, folder) = story::house().await;
        clock::stop_at(&app, EVENING.parse().unwrap()).await.unwrap();
        let tx = app.write(System).await.unwrap();
        let [board, office, stranger] = [
            (OrganisationKind::Board, "lacs"),
            (OrganisationKind::Office, "belrive"),
            (OrganisationKind::Office, "far"),
        ]
        .map(|(kind, slug)| organisation(&app, kind, slug));
        for one in [&board, &office, &stranger] {
            organisations::add(&tx, one, "112").await.unwrap();
        }
        let pool = Pool {
            id: app.mint(),
            board: board.id,
            name: "Lacs".to_owned(),
            zone: board.zone,
            calendar: board.calendar,
            approval: false,
        };
        pools::add(&tx, &pool).await.unwrap();
        let from = "2026-01-01".parse().unwrap();
        let member = Membership { id: app.mint(), pool: pool.id, organisation: office.id, from, until: None };
        memberships::add(&tx, &member).await.unwrap();
        for (name, held) in [
            ("Maud", vec![(Role::Planner, board.id)]),
            ("Ann", vec![(Role::Advisor, office.id), (Role::Manager, office.id)]),
            ("Nobody", vec![]),
        ] {
            let id: PersonId = app.mint();
            let languages = vec![Language::FR];
            let person = Person {
                id,
                given_name: name.into(),
                family_name: "R".into(),
                languages,
                skills: Skills::default(),
            };
            people::add(&tx, &person, &address(name), None).await.unwrap();
            for (role, organisation) in held {
                roles::grant(&tx, Held { person: id, organisation, role }).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        Self { app, pool: pool.id, office: office.id, stranger: stranger.id, folder }
    }

    async fn later(&self, by: Duration) {
        clock::stop_at(&self.app, self.app.clock.now() + by).await.unwrap();
    }

    /// Does what is due, as a worker would; says how many jobs.
    async fn work(&self) -> usize {
        let mut done = 0;
        for claimed in claims::claim(&self.app, "story", 50, Duration::seconds(30)).await.unwrap() {
            jobs::run(&self.app, claimed.job.as_ref().unwrap().clone()).await.unwrap();
            claims::finish(&self.app, "story", &claimed).await.unwrap();
            done += 1;
        }
        done
    }

    async fn ask(&self, name: &str) -> Result<(), Error> {
        sign_in::ask_for_code(&self.app, &address(name), at("192.0.2.1"), Language::FR).await
    }

    /// The digits in the newest letter.
    async fn code(&self) -> String {
        self.work().await;
        let letter = letters::mailbox(&self.app).await.unwrap().remove(0);
        letter.subject.chars().filter(char::is_ascii_digit).collect()
    }

    async fn enter(&self, name: &str, code: &str) -> Result<Tokens, Error> {
        sign_in::enter_code(&self.app, &address(name), code, at("192.0.2.1"), "Firefox/140.0 Linux").await
    }

    async fn signed_in(&self, name: &str) -> Tokens {
        self.ask(name).await.unwrap();
        let code = self.code().await;
        self.enter(name, &code).await.unwrap()
    }

    async fn session(&self, tokens: &Tokens) -> Session {
        callers::of(&self.app, &tokens.access).await.unwrap()
    }
}

/// A browser at this address.
fn at(address: &str) -> sign_in::Asker<'_> {
    sign_in::Asker { address, browser: "a browser", device: "" }
}

fn address(name: &str) -> String {
    format!("{}@lacs.example", name.to_lowercase())
}

fn organisation(app: &App, kind: OrganisationKind, slug: &str) -> Organisation {
    Organisation {
        id: app.mint(),
        kind,
        name: slug.to_owned(),
        slug: slug.to_owned(),
        zone: Tz::Europe__Paris,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 1,
        promise: Minutes(5),
    }
}

fn is<T>(outcome: Result<T, Error>, refusal: Refusal) -> bool {
    matches!(outcome, Err(Error::Refused(why)) if why == refusal)
}

fn wrong(code: &str) -> String {
    let other = if code.starts_with('0') { '1' } else { '0' };
    code.chars().enumerate().map(|(at, digit)| if at == 0 { other } else { digit }).collect()
}

#[tokio::test]
async fn six_digits_from_a_letter_sign_in_once() {
    let house = House::furnished().await;
    house.ask("Ann").await.unwrap();
    let code = house.code().await;
    let tokens = house.enter("ANN", &format!(" {} {} ", &code[..3], &code[3..])).await.unwrap();
    let session = house.session(&tokens).await;
    assert_eq!((session.person.given_name.as_str(), session.hat().unwrap().role), ("Ann", Role::Advisor));
    assert!(is(house.enter("Ann", &code).await, Refusal::CodeIsSpent));
    let tx = house.app.read(scope::Person(session.person.id)).await.unwrap();
    let log = audit::newest(&tx, 5).await.unwrap();
    assert_eq!(log.iter().map(|line| line.verb.as_str()).collect::<Vec<_>>(), ["sign_in"]);
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let house = House::furnished().await;
    house.ask("Ann").await.unwrap();
    let code = house.code().await;
    house.later(sign_in::CODE_LASTS).await;
    assert!(is(house.enter("Ann", &code).await, Refusal::CodeIsSpent));
}

#[tokio::test]
async fn a_code_allows_five_tries_and_the_sixth_is_refused_even_if_right() {
    let house = House::furnished().await;
    house.ask("Ann").await.unwrap();
    let code = house.code().await;
    for _ in 0..sign_in::MOST_TRIES {
        assert!(is(house.enter("Ann", &wrong(&code)).await, Refusal::CodeIsWrong));
    }
    assert!(is(house.enter("Ann", &code).await, Refusal::CodeIsSpent));
}

#[tokio::test]
async fn the_newest_three_codes_count_and_an_older_one_does_not() {
    let house = House::furnished().await;
    let mut codes = Vec::new();
    for _ in 0..4 {
        house.ask("Ann").await.unwrap();
        codes.push(house.code().await);
        house.later(Duration::seconds(5)).await;
    }
    // Once in a while two are the same, and nothing can be told.
    if !codes[1..].contains(&codes[0]) {
        assert!(is(house.enter("Ann", &codes[0]).await, Refusal::CodeIsWrong));
    }
    house.enter("Ann", &codes[1]).await.unwrap();
}

#[tokio::test]
async fn a_stranger_who_asks_too_often_does_not_keep_the_owner_from_asking() {
    let house = House::furnished().await;
    let ask = async |asker: sign_in::Asker<'_>| {
        sign_in::ask_for_code(&house.app, &address("Ann"), asker, Language::FR).await
    };
    for number in 0..5 {
        ask(at(&format!("2001:db8:1:2::{number}"))).await.unwrap();
    }
    let sixth = ask(at("2001:db8:1:2:ffff::6")).await;
    assert!(matches!(sixth, Err(Error::TooMany { .. })), "half an address is one place");
    let device = house.signed_in("Ann").await.device.unwrap();
    for number in 0..14 {
        ask(at(&format!("203.0.113.{number}"))).await.unwrap();
    }
    assert!(matches!(ask(at("203.0.113.99")).await, Err(Error::TooMany { .. })), "no mailbox is flooded");

    let hers = sign_in::Asker { device: &device, ..at("203.0.113.99") };
    ask(hers).await.unwrap();
    let code = house.code().await;
    sign_in::enter_code(&house.app, &address("Ann"), &code, hers, "Firefox/140.0 Linux").await.unwrap();
    for _ in 0..4 {
        ask(hers).await.unwrap();
    }
    assert!(matches!(ask(hers).await, Err(Error::TooMany { .. })), "her own share has an end too");
}

#[tokio::test]
async fn the_mark_of_a_sign_in_is_of_one_address_and_lets_nobody_in() {
    let house = House::furnished().await;
    let mauds = house.signed_in("Maud").await.device.unwrap();
    let made_up = format!("{}.{}", "x".repeat(43), "0".repeat(64));
    for (number, device) in [mauds.as_str(), made_up.as_str(), "nonsense"].into_iter().enumerate() {
        let (email, place) = (address(&format!("guest{number}")), format!("198.51.100.{number}"));
        let ask = async |asker: sign_in::Asker<'_>| {
            sign_in::ask_for_code(&house.app, &email, asker, Language::FR).await
        };
        for _ in 0..5 {
            ask(sign_in::Asker { device, ..at(&place) }).await.unwrap();
        }
        assert!(
            matches!(ask(at(&place)).await, Err(Error::TooMany { .. })),
            "{device} has no share of its own"
        );
        assert!(matches!(callers::of(&house.app, device).await, Err(Error::SignedOut)));
    }
}

#[tokio::test]
async fn an_address_nobody_has_or_nobody_may_use_is_answered_like_any_other() {
    let house = House::furnished().await;
    for name in ["Ghost", "Nobody"] {
        house.ask(name).await.unwrap();
        assert_eq!(house.work().await, 1, "the same job is written");
        assert!(letters::mailbox(&house.app).await.unwrap().is_empty(), "and no letter leaves");
        assert!(is(house.enter(name, "123456").await, Refusal::CodeIsWrong));
    }
}

#[tokio::test]
async fn codes_are_rationed_by_address_and_by_asker() {
    let house = House::furnished().await;
    for _ in 0..5 {
        house.ask("Ghost").await.unwrap();
    }
    assert!(matches!(house.ask("Ghost").await, Err(Error::TooMany { .. })));
    for number in 0..25 {
        house.ask(&format!("guest{number}")).await.unwrap();
    }
    assert!(matches!(house.ask("Ann").await, Err(Error::TooMany { .. })), "the place is tired");
    house.later(Duration::minutes(15)).await;
    house.ask("Ann").await.unwrap();
}

#[tokio::test]
async fn a_code_lies_nowhere_in_clear_and_its_payload_goes_once_it_is_sent() {
    let house = House::furnished().await;
    house.ask("Ann").await.unwrap();
    let waiting = claims::claim(&house.app, "story", 1, Duration::seconds(30)).await.unwrap().remove(0);
    let Ok(Job::Post { subject, .. }) = &waiting.job else { panic!("a letter waits: {waiting:?}") };
    let code: String = subject.chars().filter(char::is_ascii_digit).collect();
    let payload = async || {
        let tx = house.app.read(System).await.unwrap();
        storage::jobs::by_key(&tx, &waiting.key).await.unwrap().unwrap().payload
    };
    let sealed = payload().await.to_string();
    assert!(!sealed.contains(&code) && !sealed.contains("lacs.example"), "{sealed}");
    claims::finish(&house.app, "story", &waiting).await.unwrap();
    assert!(payload().await.is_null());
}

#[tokio::test]
async fn an_answer_lost_in_a_tunnel_for_an_hour_keeps_the_session() {
    let house = House::furnished().await;
    let old = house.signed_in("Ann").await.refresh.unwrap();
    // Renewed three times, and no answer arrives.
    for _ in 0..3 {
        house.later(Duration::hours(1)).await;
        assert!(refresh::refresh(&house.app, &old).await.unwrap().refresh.is_some());
    }
    let tab = refresh::refresh(&house.app, &old).await.unwrap();
    assert!(tab.refresh.is_none(), "two tabs that leave the tunnel together share one successor");
    house.later(Duration::hours(1)).await;
    let heard = refresh::refresh(&house.app, &old).await.unwrap();
    house.session(&heard).await;
    let next = refresh::refresh(&house.app, &heard.refresh.unwrap()).await.unwrap();
    house.session(&next).await;
    let tx = house.app.read(System).await.unwrap();
    assert!(storage::sessions::get(&tx, next.session).await.unwrap().unwrap().ended_at.is_none());
}

#[tokio::test]
async fn a_token_somebody_made_up_ends_no_session() {
    let house = House::furnished().await;
    let tokens = house.signed_in("Ann").await;
    let made_up = format!("{}.{}.{}", tokens.session.0.simple(), "x".repeat(43), "0".repeat(64));
    assert!(matches!(refresh::refresh(&house.app, &made_up).await, Err(Error::SignedOut)));
    house.session(&tokens).await;
    refresh::refresh(&house.app, &tokens.refresh.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_is_good_until_its_successor_is_used_and_a_copy_ends_the_session() {
    let house = House::furnished().await;
    let first = house.signed_in("Ann").await;
    let old = first.refresh.clone().unwrap();
    house.later(super::ACCESS_LASTS).await;
    assert!(matches!(callers::of(&house.app, &first.access).await, Err(Error::SignedOut)));
    let second = refresh::refresh(&house.app, &old).await.unwrap();
    let tab = refresh::refresh(&house.app, &old).await.unwrap();
    assert!(second.refresh.is_some() && tab.refresh.is_none(), "another tab gets no successor");
    house.session(&tab).await;
    let third = refresh::refresh(&house.app, &second.refresh.unwrap()).await.unwrap();
    assert!(matches!(refresh::refresh(&house.app, &old).await, Err(Error::SignedOut)));
    assert!(matches!(callers::of(&house.app, &third.access).await, Err(Error::SignedOut)));
    assert!(matches!(refresh::refresh(&house.app, &third.refresh.unwrap()).await, Err(Error::SignedOut)));
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let house = House::furnished().await;
    let (phone, desk, maud) =
        (house.signed_in("Ann").await, house.signed_in("Ann").await, house.signed_in("Maud").await);
    let (ann, maud) = (house.session(&desk).await, house.session(&maud).await);
    let browsers = me::browsers(&house.app, &ann).await.unwrap();
    assert_eq!(browsers.iter().map(|one| one.current).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(refresh::end(&house.app, &maud, phone.session).await, Err(Error::NotFound(_))));
    refresh::end(&house.app, &ann, phone.session).await.unwrap();
    assert!(matches!(callers::of(&house.app, &phone.access).await, Err(Error::SignedOut)));
    house.session(&desk).await;
}

#[tokio::test]
async fn a_role_is_proven_only_by_those_who_hold_it() {
    let house = House::furnished().await;
    let tokens = house.signed_in("Ann").await;
    let ann = house.session(&tokens).await;
    assert!(matches!(ann.caller::<Planner>(), Err(Error::RoleMissing("planner"))));
    assert_eq!(ann.caller::<Advisor>().unwrap().organisation(), house.office);
    let manager = ann.caller::<Manager>().unwrap();
    assert_eq!((manager.organisation(), manager.pools()), (house.office, &[house.pool][..]));
    callers::wear(&house.app, &ann, Role::Manager).await.unwrap();
    assert_eq!(house.session(&tokens).await.hat().unwrap().role, Role::Manager);
    assert!(matches!(callers::wear(&house.app, &ann, Role::Planner).await, Err(Error::RoleMissing(_))));
    let tx = house.app.write(System).await.unwrap();
    for role in [Role::Advisor, Role::Manager] {
        roles::revoke(&tx, Held { person: ann.person.id, organisation: house.office, role }).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(matches!(callers::of(&house.app, &tokens.access).await, Err(Error::SignedOut)));
}

#[tokio::test]
async fn a_form_is_for_the_browser_it_was_shown_to() {
    let house = House::furnished().await;
    let (one, two) = (house.signed_in("Ann").await.session, house.signed_in("Maud").await.session);
    let token = forms::token(&house.app, forms::Shown::To(one));
    assert!(forms::is_ours(&house.app, forms::Shown::To(one), &token));
    assert!(!forms::is_ours(&house.app, forms::Shown::To(two), &token));
    assert!(!forms::is_ours(&house.app, forms::Shown::ToStranger(&one.to_string()), &token));
}

#[tokio::test]
async fn an_ear_hears_its_own_house_and_nothing_of_strangers() {
    let house = House::furnished().await;
    let ann = house.session(&house.signed_in("Ann").await).await;
    let maud = house.session(&house.signed_in("Maud").await).await;
    let (advisor, planner) =
        (Ear::of_staff(&house.app, &ann).await.unwrap(), Ear::of_staff(&house.app, &maud).await.unwrap());
    let hears = |ear: &Ear, topic: String| match ear.hear(&Signal { id: 7, topic }) {
        Some(Event::Changed { topic, .. }) => topic,
        Some(other) => format!("{other:?}"),
        None => String::new(),
    };
    let (conversation, rota, elsewhere) = (Uuid::now_v7(), Uuid::now_v7(), PoolId(Uuid::now_v7()));
    assert_eq!(hears(&advisor, topics::inbox(house.office)), "inbox");
    assert_eq!(
        hears(&advisor, topics::conversation(house.office, conversation.into())),
        format!("conversation:{conversation}")
    );
    assert_eq!(hears(&advisor, topics::shifts(ann.person.id)), "shifts");
    assert_eq!(hears(&planner, topics::rota(house.pool, rota.into())), format!("rota:{rota}"));
    assert_eq!(hears(&planner, topics::today(house.pool)), "today");
    assert_eq!(hears(&advisor, topics::session(ann.id)), "Ended");
    for deaf in [
        topics::inbox(house.stranger),
        topics::conversation(house.stranger, conversation.into()),
        topics::shifts(maud.person.id),
        topics::desk(maud.person.id),
        topics::rota(house.pool, rota.into()),
        topics::today(elsewhere),
        topics::coverage(elsewhere),
        topics::session(maud.id),
        topics::JOBS.to_owned(),
    ] {
        assert_eq!(hears(&advisor, deaf.clone()), "", "{deaf}");
    }
    for deaf in [topics::inbox(house.office), topics::rota(elsewhere, rota.into())] {
        assert_eq!(hears(&planner, deaf.clone()), "", "{deaf}");
    }
}

#[tokio::test]
async fn what_was_missed_is_told_again_each_word_once() {
    let house = House::furnished().await;
    let ear = Ear::of_staff(&house.app, &house.session(&house.signed_in("Ann").await).await).await.unwrap();
    let after = crate::live::newest(&house.app).await.unwrap();
    for topic in [topics::inbox(house.office), topics::inbox(house.stranger), topics::inbox(house.office)] {
        let tx = house.app.write(System).await.unwrap();
        tx.signal(topic);
        tx.commit().await.unwrap();
    }
    let told = ear.replay(&house.app, after).await.unwrap();
    assert_eq!(told, [Event::Changed { id: after + 3, topic: "inbox".to_owned() }]);
}
