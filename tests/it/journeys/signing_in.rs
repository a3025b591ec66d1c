//! Signing in by a code, staying signed in, and what a thief cannot do.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, Town},
};
use app::{
    Advisor, Error, Refusal,
    account::{Asker, callers, refresh, sign_in},
};
use chrono::Duration;
use domain::{Language, Role};
use storage::{
    roles::{self, Held},
    scope,
};

on_both_engines! {
    a_code_from_the_letter_signs_in_once,
    five_wrong_codes_spend_the_right_one,
    a_code_is_spent_after_ten_minutes,
    a_second_code_does_not_outdate_the_first,
    the_sixth_code_in_a_quarter_of_an_hour_is_refused,
    an_address_nobody_has_is_answered_like_any_other,
    nobody_spends_the_tries_of_a_code_that_another_browser_asked_for,
    an_address_nobody_has_costs_the_same_rows_as_any_other,
    a_copied_token_is_told_to_its_owner_by_mail,
    all_other_browsers_are_signed_out_at_once,
    a_refresh_token_is_good_once_and_a_copied_one_ends_the_session,
    two_tabs_that_renew_at_once_both_stay_signed_in,
    whoever_signs_out_or_loses_the_role_is_out_at_once,
}

/// The browser that asks and enters, unless another is named.
const HERE: Asker<'_> = Asker { address: "192.0.2.9", browser: "hers" };

async fn ana(town: &Town) -> Person {
    town.advisor("Ana").off_duty().await
}

async fn asks(town: &Town, email: &str) -> Result<(), Error> {
    sign_in::ask_for_code(&town.app, email, HERE, Language::EN).await
}

/// Another code than `code`.
fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

fn is(outcome: Result<app::account::Tokens, Error>, refusal: Refusal) -> bool {
    matches!(outcome, Err(Error::Refused(why)) if why == refusal)
}

async fn a_code_from_the_letter_signs_in_once(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    asks(&town, &format!("  {} ", ana.email.to_uppercase())).await.unwrap();
    let code = ana.reads_code().await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let tokens = sign_in::enter_code(&town.app, &ana.email, &spaced, HERE, "Firefox/140.0").await.unwrap();
    let session = callers::of(&town.app, &tokens.access).await.unwrap();
    assert_eq!((session.person.id, session.roles()), (ana.id, vec![Role::Advisor]));
    assert!(session.caller::<app::Planner>().is_err());
    let again = sign_in::enter_code(&town.app, &ana.email, &code, HERE, "another").await;
    assert!(is(again, Refusal::CodeIsSpent));
}

async fn five_wrong_codes_spend_the_right_one(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    asks(&town, &ana.email).await.unwrap();
    let code = ana.reads_code().await;
    for _ in 0..5 {
        let outcome = sign_in::enter_code(&town.app, &ana.email, &wrong(&code), HERE, "a thief").await;
        assert!(is(outcome, Refusal::CodeIsWrong));
    }
    assert!(is(
        sign_in::enter_code(&town.app, &ana.email, &code, HERE, "a thief").await,
        Refusal::CodeIsSpent
    ));
    // Ten tries at once are not more than five either.
    asks(&town, &ana.email).await.unwrap();
    let code = ana.reads_code().await;
    let wrong = wrong(&code);
    let tries = (0..10).map(|_| sign_in::enter_code(&town.app, &ana.email, &wrong, HERE, "a thief"));
    let outcomes = futures_util::future::join_all(tries).await;
    let counted =
        outcomes.iter().filter(|one| matches!(one, Err(Error::Refused(Refusal::CodeIsWrong)))).count();
    assert!(counted <= 5, "{counted} tries were let through");
}

async fn a_code_is_spent_after_ten_minutes(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    asks(&town, &ana.email).await.unwrap();
    let code = ana.reads_code().await;
    let asked = town.now();
    town.put_clock_to(asked + Duration::minutes(10)).await;
    assert!(is(sign_in::enter_code(&town.app, &ana.email, &code, HERE, "late").await, Refusal::CodeIsSpent));
    town.put_clock_to(asked + Duration::minutes(10) - Duration::seconds(1)).await;
    sign_in::enter_code(&town.app, &ana.email, &code, HERE, "just in time").await.unwrap();
}

async fn a_second_code_does_not_outdate_the_first(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    asks(&town, &ana.email).await.unwrap();
    let first = ana.reads_code().await;
    town.clock_shows("21:01").await;
    asks(&town, &ana.email).await.unwrap();
    let second = ana.reads_code().await;
    for code in [&first, &second] {
        sign_in::enter_code(&town.app, &ana.email, code, HERE, "a browser").await.unwrap();
    }
}

async fn the_sixth_code_in_a_quarter_of_an_hour_is_refused(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    for _ in 0..5 {
        asks(&town, &ana.email).await.unwrap();
    }
    let refused = asks(&town, &ana.email).await.unwrap_err();
    assert!(matches!(refused, Error::TooMany { seconds: 900 }), "{refused}");
    town.clock_shows("21:15").await;
    asks(&town, &ana.email).await.unwrap();

    // From one place, thirty; whoever they are for.
    for number in 0..24 {
        asks(&town, &format!("somebody-{number}@town.example")).await.unwrap();
    }
    town.clock_shows("21:16").await;
    for number in 24..29 {
        asks(&town, &format!("somebody-{number}@town.example")).await.unwrap();
    }
    let refused = asks(&town, "somebody-30@town.example").await.unwrap_err();
    assert!(matches!(refused, Error::TooMany { .. }), "{refused}");
}

async fn an_address_nobody_has_is_answered_like_any_other(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let nobody = "nobody@town.example";
    asks(&town, &ana.email).await.unwrap();
    asks(&town, nobody).await.unwrap();
    let code = ana.reads_code().await;
    assert!(town.letters().await.iter().all(|letter| letter.recipient == ana.email), "no letter to nobody");
    for email in [nobody, &ana.email] {
        for _ in 0..5 {
            let outcome = sign_in::enter_code(&town.app, email, &wrong(&code), HERE, "a browser").await;
            assert!(is(outcome, Refusal::CodeIsWrong), "{email}");
        }
        let outcome = sign_in::enter_code(&town.app, email, &wrong(&code), HERE, "a browser").await;
        assert!(is(outcome, Refusal::CodeIsSpent), "{email}");
    }
    let refused = asks(&town, "not an address").await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::EmailIsWrong)), "{refused}");
}

async fn a_refresh_token_is_good_once_and_a_copied_one_ends_the_session(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let first = ana.signs_in().await.unwrap();
    let stolen = first.refresh.clone().unwrap();
    town.clock_shows("21:10").await;
    assert!(
        matches!(callers::of(&town.app, &first.access).await, Err(Error::SignedOut)),
        "ten minutes are over"
    );
    let second = refresh::refresh(&town.app, &stolen).await.unwrap();
    let successor = second.refresh.clone().unwrap();
    assert_ne!(stolen, successor);
    callers::of(&town.app, &second.access).await.unwrap();

    town.clock_shows("21:20").await;
    let third = refresh::refresh(&town.app, &successor).await.unwrap();
    assert!(matches!(refresh::refresh(&town.app, &stolen).await, Err(Error::SignedOut)));
    assert!(matches!(callers::of(&town.app, &third.access).await, Err(Error::SignedOut)), "for everybody");
    assert!(matches!(refresh::refresh(&town.app, &third.refresh.unwrap()).await, Err(Error::SignedOut)));
    // Her other browser is another session, and stays.
    ana.caller::<Advisor>().await;
}

async fn two_tabs_that_renew_at_once_both_stay_signed_in(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let token = ana.signs_in().await.unwrap().refresh.unwrap();
    town.clock_shows("21:10").await;
    let (one, two) = tokio::join!(refresh::refresh(&town.app, &token), refresh::refresh(&town.app, &token));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!([&one, &two].iter().filter(|tokens| tokens.refresh.is_some()).count(), 1, "one successor");
    for tokens in [&one, &two] {
        callers::of(&town.app, &tokens.access).await.unwrap();
    }
}

async fn whoever_signs_out_or_loses_the_role_is_out_at_once(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let (phone, desk) = (ana.signs_in().await.unwrap(), ana.signs_in().await.unwrap());
    let session = callers::of(&town.app, &phone.access).await.unwrap();
    refresh::sign_out(&town.app, &session).await.unwrap();
    assert!(matches!(callers::of(&town.app, &phone.access).await, Err(Error::SignedOut)));
    assert!(refresh::refresh(&town.app, &phone.refresh.unwrap()).await.is_err());
    callers::of(&town.app, &desk.access).await.unwrap();

    let tx = town.app.store.write(scope::System, town.now()).await.unwrap();
    let held = Held { person: ana.id, organisation: office.id, role: Role::Advisor };
    assert!(roles::revoke(&tx, held).await.unwrap());
    tx.commit().await.unwrap();
    assert!(matches!(callers::of(&town.app, &desk.access).await, Err(Error::SignedOut)));
}

async fn nobody_spends_the_tries_of_a_code_that_another_browser_asked_for(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    asks(&town, &ana.email).await.unwrap();
    let code = ana.reads_code().await;
    let stranger = Asker { address: "198.51.100.1", browser: "a stranger's" };
    sign_in::ask_for_code(&town.app, &ana.email, stranger, Language::EN).await.unwrap();
    for _ in 0..20 {
        let outcome = sign_in::enter_code(&town.app, &ana.email, &wrong(&code), stranger, "a thief").await;
        assert!(outcome.is_err());
    }
    let stolen = sign_in::enter_code(&town.app, &ana.email, &code, stranger, "a thief").await;
    assert!(is(stolen, Refusal::CodeIsSpent), "her code is of no use in another browser");
    sign_in::enter_code(&town.app, &ana.email, &code, HERE, "hers").await.unwrap();
}

/// How many rows there are in the tables that signing in writes, in this order: codes, jobs, sessions,
/// the audit log.
async fn rows_written(town: &Town) -> [u64; 4] {
    let tx = town.app.store.read(scope::System, town.now()).await.unwrap();
    let mut counts = [0; 4];
    for (count, table) in counts.iter_mut().zip(["sign_in_codes", "jobs", "sessions", "audit_log"]) {
        let Some(storage::probe::Seen::Ids(ids)) = storage::probe::seen(&tx, table).await.unwrap() else {
            panic!("{table} has ids");
        };
        *count = ids.len() as u64;
    }
    counts
}

async fn an_address_nobody_has_costs_the_same_rows_as_any_other(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let mut costs = Vec::new();
    for email in [ana.email.as_str(), "nobody@town.example"] {
        let before = rows_written(&town).await;
        asks(&town, email).await.unwrap();
        let asked = rows_written(&town).await;
        let outcome = sign_in::enter_code(&town.app, email, "not it", HERE, "a browser").await;
        assert!(is(outcome, Refusal::CodeIsWrong));
        let entered = rows_written(&town).await;
        costs.push([before, asked, entered].map(|count| count.map(|count| count as i64)));
    }
    let grown = |cost: &[[i64; 4]; 3], from: usize, to: usize| {
        std::array::from_fn::<i64, 4, _>(|at| cost[to][at] - cost[from][at])
    };
    assert_eq!(grown(&costs[0], 0, 1), [1, 1, 0, 0], "a code and a letter");
    assert_eq!(grown(&costs[0], 0, 1), grown(&costs[1], 0, 1));
    assert_eq!(grown(&costs[0], 1, 2), grown(&costs[1], 1, 2));
}

async fn a_copied_token_is_told_to_its_owner_by_mail(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let stolen = ana.signs_in().await.unwrap().refresh.unwrap();
    let second = refresh::refresh(&town.app, &stolen).await.unwrap().refresh.unwrap();
    refresh::refresh(&town.app, &second).await.unwrap();
    assert!(refresh::refresh(&town.app, &stolen).await.is_err());
    assert!(refresh::refresh(&town.app, &stolen).await.is_err(), "once more, and nobody is told twice");
    town.work_until_idle().await;
    let told = |letter: &&app::letters::Letter| {
        letter.recipient == ana.email
            && letter.text.contains("/sign-in")
            && !letter.text.contains("invitation")
    };
    assert_eq!(town.letters().await.iter().filter(told).count(), 1);
}

async fn all_other_browsers_are_signed_out_at_once(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (ana, ben) = (ana(&town).await, town.advisor("Ben").off_duty().await);
    let (phone, tablet, desk) =
        (ana.signs_in().await.unwrap(), ana.signs_in().await.unwrap(), ana.signs_in().await.unwrap());
    let bens = ben.signs_in().await.unwrap();
    let session = callers::of(&town.app, &desk.access).await.unwrap();
    assert_eq!(refresh::end_others(&town.app, &session).await.unwrap(), 2);
    for gone in [phone, tablet] {
        assert!(matches!(callers::of(&town.app, &gone.access).await, Err(Error::SignedOut)));
        assert!(refresh::refresh(&town.app, &gone.refresh.unwrap()).await.is_err());
    }
    callers::of(&town.app, &desk.access).await.unwrap();
    callers::of(&town.app, &bens.access).await.unwrap();
}
