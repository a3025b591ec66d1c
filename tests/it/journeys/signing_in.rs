//! Signing in by a code, staying signed in, and what a thief cannot do.

use std::collections::BTreeMap;

use acceptance::{
    doors::Doors,
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
    a_flood_of_askings_keeps_no_browser_out_in_which_the_owner_signed_in_before,
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
const HERE: Asker<'_> = Asker { address: "192.0.2.9", browser: "hers", device: "" };

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

/// A browser that keeps its cookies, whatever they say of TLS.
struct Browser {
    client: reqwest::Client,
    at: String,
    kept: BTreeMap<String, String>,
}

impl Browser {
    fn at(address: &str) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, at: address.to_owned(), kept: BTreeMap::new() }
    }

    async fn sends(&mut self, request: reqwest::RequestBuilder) -> (u16, String) {
        let cookies = self.kept.iter().map(|(name, value)| format!("{name}={value}"));
        let request = request.header("cookie", cookies.collect::<Vec<_>>().join("; "));
        let answer = request.send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (pair, rest) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.kept.remove(name);
            } else {
                self.kept.insert(name.to_owned(), value.to_owned());
            }
        }
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Fills in the form on the page `from`, and sends it to `to`.
    async fn fills_in(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> u16 {
        let (_, page) = self.sends(self.client.get(format!("{}{from}", self.at))).await;
        let (_, token) = page.split_once("name=\"csrf\" value=\"").expect("the page has a form");
        let token = token.split('"').next().unwrap();
        let fields: Vec<(&str, &str)> = [("csrf", token)].into_iter().chain(fields.iter().copied()).collect();
        self.sends(self.client.post(format!("{}{to}", self.at)).form(&fields)).await.0
    }
}

async fn a_flood_of_askings_keeps_no_browser_out_in_which_the_owner_signed_in_before(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let ana = ana(&town).await;
    let doors = Doors::open(&town.app).await;
    let (mut hers, mut another) = (Browser::at(doors.address()), Browser::at(doors.address()));
    let email = [("email", ana.email.as_str())];
    assert_eq!(hers.fills_in("/sign-in", "/sign-in", &email).await, 200);
    let code = ana.reads_code().await;
    let entered = [("email", ana.email.as_str()), ("code", code.as_str())];
    assert_eq!(hers.fills_in("/sign-in", "/sign-in/code", &entered).await, 303);
    assert_eq!(hers.fills_in("/me", "/sign-out", &[]).await, 303);
    let left: Vec<&str> = hers.kept.keys().map(String::as_str).collect();
    assert!(!left.iter().any(|name| name.contains("access") || name.contains("refresh")), "{left:?}");

    for number in 0..20 {
        let (address, browser) = (format!("203.0.113.{number}"), format!("stranger {number}"));
        let asker = Asker { address: &address, browser: &browser, device: "" };
        let _ = sign_in::ask_for_code(&town.app, &ana.email, asker, Language::EN).await;
    }
    assert_eq!(another.fills_in("/sign-in", "/sign-in", &email).await, 429);
    assert_eq!(hers.fills_in("/sign-in", "/sign-in", &email).await, 200);
    let code = ana.reads_code().await;
    let entered = [("email", ana.email.as_str()), ("code", code.as_str())];
    assert_eq!(hers.fills_in("/sign-in", "/sign-in/code", &entered).await, 303);
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
    let stranger = Asker { address: "198.51.100.1", browser: "a stranger's", device: "" };
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
