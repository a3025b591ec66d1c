//! From an empty house to people who work in it, and how they leave again.

use acceptance::{
    on_both_engines,
    town::{Engine, Office, Town, day, six_digits},
};
use app::{
    Caller, Error, Keeper, Manager, Operator, Planner, Refusal,
    account::{
        Asker, Browser, Tokens, callers,
        employments::{self, Terms},
        house::{self, First, Founded, Founding},
        invite::{self, Head, Newcomer},
        join, leave, sign_in, team,
    },
    desk,
    kept::Seen,
    pool::{
        found::{self, Wanted},
        provision,
    },
    rota,
};
use chrono::Duration;
use domain::{Calendar, Days, Language, Law, Minutes, PersonId, Role, Rung, Tz, Window};
use storage::page::Ask;

on_both_engines! {
    an_empty_house_gets_its_board_office_and_people_without_anybody_touching_a_table,
    a_board_founded_twice_is_founded_once_and_a_short_name_belongs_to_one,
    whoever_comes_first_is_invited_again_until_somebody_came,
    letters_of_invitation_flood_nobody,
    one_organisations_letters_keep_no_other_from_inviting,
    whoever_left_and_is_invited_again_works_from_the_day_after,
    a_link_is_good_once_and_for_seven_days,
    a_link_that_was_taken_back_or_sent_again_leads_nowhere,
    somebody_who_is_here_already_gets_another_role_instead_of_another_account,
    nobody_gives_what_is_not_theirs_to_give_or_touches_a_foreign_invitation,
    a_planners_role_at_an_office_plans_nothing,
    whoever_leaves_loses_the_hat_at_once_and_their_duties_and_visitors_are_nobodys,
    the_last_manager_leaves_only_after_a_successor_came,
    duties_after_a_last_day_are_open_at_once_and_roles_go_once_it_is_over,
    a_last_day_that_another_employment_outlasts_ends_nothing,
    whoever_heads_an_office_alone_stays_its_head_after_their_last_day,
}

fn lacs() -> Founding {
    founding("Hauts Plateaux", "hauts-plateaux", "maud@plateaux.example")
}

fn founding(name: &str, slug: &str, email: &str) -> Founding {
    Founding {
        name: name.to_owned(),
        slug: slug.to_owned(),
        zone: Tz::Europe__Paris,
        calendar: Calendar::France,
        language: Language::FR,
        colour: None,
        promise: Minutes(5),
        emergency: "112".to_owned(),
        first: Some(First {
            given_name: "Maud".to_owned(),
            family_name: "Perrin".to_owned(),
            email: email.to_owned(),
        }),
    }
}

fn newcomer(town: &Town, email: &str, roles: &[Role]) -> Newcomer {
    Newcomer {
        email: email.to_owned(),
        given_name: "Inès".to_owned(),
        family_name: "Roux".to_owned(),
        language: Language::EN,
        roles: roles.to_vec(),
        law: Law::FrancePrivate,
        weekly: Minutes::hours(28),
        from: town.today(),
    }
}

/// What the link in the newest letter to `email` ends in.
async fn link_to(town: &Town, email: &str) -> String {
    town.work_until_idle().await;
    let letters = town.letters().await;
    let is_theirs =
        |letter: &&app::letters::Letter| letter.recipient == email && letter.text.contains("/invitation/");
    let letter = letters.iter().find(is_theirs).expect("an invitation came");
    let (_, rest) = letter.text.split_once("/invitation/").expect("it holds a link");
    rest.split_whitespace().next().expect("the link ends").to_owned()
}

async fn accepts(town: &Town, email: &str) -> Tokens {
    let token = link_to(town, email).await;
    join::accept(&town.app, &token, Browser::default()).await.expect("the link is good")
}

/// Proof of a role of whoever holds these tokens, as things are now.
async fn caller<R: callers::Worn>(town: &Town, tokens: &Tokens) -> Caller<R> {
    let session = callers::of(&town.app, &tokens.access).await.expect("they are signed in");
    session.caller().expect("they hold this role")
}

/// The fields that were wrong.
fn wrong<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing was wrong"),
    }
}

fn is<T>(outcome: Result<T, Error>, refusal: Refusal) -> bool {
    matches!(outcome, Err(Error::Refused(why)) if why == refusal)
}

async fn an_empty_house_gets_its_board_office_and_people_without_anybody_touching_a_table(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let app = &town.app;
    let console = Operator::at_the_console();
    assert_eq!(house::add_board(app, &console, lacs()).await.unwrap(), Founded::New);
    let maud = accepts(&town, "maud@plateaux.example").await;
    let planner: Caller<Planner> = caller(&town, &maud).await;
    assert_eq!(planner.pool(), None);
    let pool = found::make_pool(app, &planner, "Hauts Plateaux").await.unwrap();
    let planner: Caller<Planner> = caller(&town, &maud).await;
    let office = founding("Belrive", "belrive", "paul@belrive.example");
    let mut nobodys = office.clone();
    nobodys.first.as_mut().unwrap().email = "paul".to_owned();
    assert_eq!(wrong(found::add_office(app, &planner, (pool, None), nobodys).await), ["email"]);
    found::add_office(app, &planner, (pool, None), office).await.unwrap();
    let page = desk::visitor_page(app, "belrive", None).await;
    assert!(page.is_ok(), "its web chat is open: {page:?}");
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let wanted = Wanted {
        window: Window { days: Days::ALL, from: time(18), until: time(22) },
        leads: 1,
        backups: 0,
        languages: Vec::new(),
        skills: domain::Skills::default(),
        kind: domain::DutyKind::Active,
        part: domain::YearPart::Whole,
        from: None,
        until: None,
    };
    let need = found::want(app, &planner, pool, wanted.clone()).await.unwrap();
    assert!(found::want(app, &planner, pool, Wanted { leads: 0, ..wanted }).await.is_err());
    let paul = accepts(&town, "paul@belrive.example").await;
    let paul: Caller<Manager> = caller(&town, &paul).await;
    invite::invite(app, &Head::from(&paul), newcomer(&town, "ines@belrive.example", &[Role::Advisor]))
        .await
        .unwrap();
    let ines = accepts(&town, "ines@belrive.example").await;
    let roles = callers::of(app, &ines.access).await.unwrap().roles();
    assert_eq!(roles, [Role::Advisor]);
    let monday = town.today() + Duration::days(30);
    rota::draft::ask(app, &planner, pool, monday, monday + Duration::days(1)).await.unwrap();
    town.work_until_idle().await;
    let boards = house::boards(app, &console).await.unwrap();
    let plateaux = boards.iter().find(|board| board.slug == "hauts-plateaux").unwrap();
    assert_eq!((plateaux.pools, plateaux.offices, plateaux.people, plateaux.unmanned), (1, 1, 3, false));
    found::end_need(app, &planner, need).await.unwrap();
    assert!(matches!(found::end_need(app, &planner, need).await, Err(Error::NotFound(_))));
}

async fn a_board_founded_twice_is_founded_once_and_a_short_name_belongs_to_one(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let console = Operator::at_the_console();
    house::add_board(&town.app, &console, lacs()).await.unwrap();
    assert_eq!(house::add_board(&town.app, &console, lacs()).await.unwrap(), Founded::There);
    town.work_until_idle().await;
    let sent =
        town.letters().await.iter().filter(|letter| letter.recipient == "maud@plateaux.example").count();
    assert_eq!(sent, 1);
    let other = Founding { name: "Another".to_owned(), ..lacs() };
    assert_eq!(wrong(house::add_board(&town.app, &console, other).await), ["slug"]);
    for slug in ["", "a--b", "Belrive", "bel rive", "-a-", "été"] {
        let other = Founding { slug: slug.to_owned(), ..lacs() };
        assert_eq!(wrong(house::add_board(&town.app, &console, other).await), ["slug"], "{slug:?}");
    }
    assert!(house::add_operator(&town.app, "odile@house.example", "Odile", "Petit").await.unwrap());
    assert!(!house::add_operator(&town.app, "Odile@house.example", "", "").await.unwrap(), "once is enough");
    assert!(house::remove_operator(&town.app, "odile@house.example").await.unwrap());
    assert!(house::operators(&town.app).await.unwrap().is_empty());
}

async fn whoever_comes_first_is_invited_again_until_somebody_came(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let (app, console) = (&town.app, Operator::at_the_console());
    house::add_board(app, &console, lacs()).await.unwrap();
    let mistyped = link_to(&town, "maud@plateaux.example").await;
    // The address was wrong: the right one, under the same names.
    let right = founding("Hauts Plateaux", "hauts-plateaux", "maud@right.example");
    assert_eq!(house::add_board(app, &console, right.clone()).await.unwrap(), Founded::Again);
    assert!(is(join::accept(app, &mistyped, Browser::default()).await, Refusal::InvitationIsSpent));
    assert_eq!(house::add_board(app, &console, right.clone()).await.unwrap(), Founded::There);
    // Nobody looked at the letter in time.
    town.put_clock_to(town.now() + Duration::days(8)).await;
    assert_eq!(house::add_board(app, &console, right.clone()).await.unwrap(), Founded::Again);
    let board = house::boards(app, &console).await.unwrap();
    let board = board.iter().find(|board| board.slug == "hauts-plateaux").unwrap();
    assert!(board.unmanned);
    house::invite_planner(app, &console, board.id, right.first.clone().unwrap()).await.unwrap();
    let planner: Caller<Planner> = caller(&town, &accepts(&town, "maud@right.example").await).await;
    assert_eq!(house::add_board(app, &console, right.clone()).await.unwrap(), Founded::There);
    let late = house::invite_planner(app, &console, board.id, right.first.unwrap()).await;
    assert!(is(late, Refusal::InvitationIsSpent));

    let pool = found::make_pool(app, &planner, "Hauts Plateaux").await.unwrap();
    let planner: Caller<Planner> = caller(&town, &accepted_again(&town, "maud@right.example").await).await;
    let office = Founding { first: None, ..founding("Belrive", "belrive", "") };
    let office = found::add_office(app, &planner, (pool, None), office).await.unwrap().is.organisation.id;
    let paul = |email: &str| First {
        given_name: "Paul".to_owned(),
        family_name: "Roux".to_owned(),
        email: email.to_owned(),
    };
    assert_eq!(wrong(found::invite_manager(app, &planner, office, paul("paul")).await), ["email"]);
    let unmanned = async || found::setup_page(app, &planner).await.unwrap().pools[0].members[0].unmanned;
    assert!(unmanned().await);
    found::invite_manager(app, &planner, office, paul("paul@belrive.example")).await.unwrap();
    let stranger = town.board.caller().await;
    let foreign = found::invite_manager(app, &stranger, office, paul("eve@lacs.example")).await;
    assert!(matches!(foreign, Err(Error::NotFound("office"))), "{foreign:?}");
    let _: Caller<Manager> = caller(&town, &accepts(&town, "paul@belrive.example").await).await;
    assert!(!unmanned().await);
    let late = found::invite_manager(app, &planner, office, paul("eve@lacs.example")).await;
    assert!(is(late, Refusal::InvitationIsSpent), "from now on he decides who comes");
}

/// Signs in as whoever has accepted before.
async fn accepted_again(town: &Town, email: &str) -> Tokens {
    let asker = Asker { address: "192.0.2.7", browser: email, device: "" };
    sign_in::ask_for_code(&town.app, email, asker, Language::FR).await.unwrap();
    town.work_until_idle().await;
    let letters = town.letters().await;
    let letter = letters.iter().find(|letter| letter.recipient == email).unwrap();
    let code = six_digits(&letter.text).unwrap();
    sign_in::enter_code(&town.app, email, &code, asker, "a browser").await.unwrap()
}

async fn letters_of_invitation_flood_nobody(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let head = Head::from(&town.board.planner.caller::<Planner>().await);
    let ask =
        async |email: &str| invite::invite(&town.app, &head, newcomer(&town, email, &[Role::Planner])).await;
    let id = ask("ines@lacs.example").await.unwrap();
    for _ in 0..4 {
        invite::send_again(&town.app, &head, id).await.unwrap();
    }
    let more = invite::send_again(&town.app, &head, id).await;
    assert!(matches!(more, Err(Error::TooMany { .. })), "no mailbox is flooded: {more:?}");
    let mut sent = 5;
    while ask(&format!("guest{sent}@lacs.example")).await.is_ok() {
        sent += 1;
        assert!(sent < 100, "one person floods the world");
    }
    assert!(40 < sent, "an office may invite its people in one go: {sent}");
}

async fn one_organisations_letters_keep_no_other_from_inviting(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let board = Head::from(&town.board.planner.caller::<Planner>().await);
    let id = invite::invite(&town.app, &board, newcomer(&town, "ines@lacs.example", &[Role::Planner]))
        .await
        .unwrap();
    while invite::send_again(&town.app, &board, id).await.is_ok() {}
    let office = town.office("Riquewihr").plain().await;
    let head = Head::from(&office.manager.caller::<Manager>().await);
    invite::invite(&town.app, &head, newcomer(&town, "ines@lacs.example", &[Role::Advisor])).await.unwrap();
}

async fn whoever_left_and_is_invited_again_works_from_the_day_after(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let manager = Head::from(&office.manager.caller::<Manager>().await);
    let ines = newcomer(&town, "ines@lacs.example", &[Role::Advisor]);
    invite::invite(&town.app, &manager, ines.clone()).await.unwrap();
    let ines_now = callers::of(&town.app, &accepts(&town, "ines@lacs.example").await.access).await.unwrap();
    leave::leave(&town.app, &manager, ines_now.person.id).await.unwrap();
    invite::invite(&town.app, &manager, ines).await.unwrap();
    accepts(&town, "ines@lacs.example").await;
    let keeper = office.manager.caller::<Keeper>().await;
    let ask = Ask { sort: "id", descending: false, after: None, limit: 9 };
    let all =
        employments::list(&town.app, &keeper, (Some(ines_now.person.id), None), &ask).await.unwrap().items;
    let days: Vec<_> = all.iter().map(|one| (one.from, one.until)).collect();
    let (today, tomorrow) = (town.today(), town.today().succ_opt().unwrap());
    assert_eq!(days, [(today, Some(today)), (tomorrow, None)], "not two contracts on one day");
}

async fn a_link_is_good_once_and_for_seven_days(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let head = Head::from(&town.board.planner.caller::<Planner>().await);
    let ask = async |email: &str| {
        invite::invite(&town.app, &head, newcomer(&town, email, &[Role::Planner])).await.unwrap();
        link_to(&town, email).await
    };
    let (first, second) = (ask("ines@lacs.example").await, ask("noe@lacs.example").await);
    let asked = town.now();
    town.put_clock_to(asked + Duration::days(7) - Duration::seconds(1)).await;
    join::accept(&town.app, &first, Browser::default()).await.unwrap();
    assert!(is(join::accept(&town.app, &first, Browser::default()).await, Refusal::InvitationIsSpent));
    town.put_clock_to(asked + Duration::days(7)).await;
    assert!(!join::look(&town.app, &second).await.unwrap().good);
    assert!(is(join::accept(&town.app, &second, Browser::default()).await, Refusal::InvitationIsSpent));
    assert!(matches!(join::look(&town.app, "made-up").await, Err(Error::NotFound(_))));
}

async fn a_link_that_was_taken_back_or_sent_again_leads_nowhere(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let head = Head::from(&town.board.planner.caller::<Planner>().await);
    let new = newcomer(&town, "ines@lacs.example", &[Role::Planner]);
    let id = invite::invite(&town.app, &head, new).await.unwrap();
    let old = link_to(&town, "ines@lacs.example").await;
    town.clock_shows("10:05").await;
    invite::send_again(&town.app, &head, id).await.unwrap();
    assert!(matches!(join::accept(&town.app, &old, Browser::default()).await, Err(Error::NotFound(_))));
    let renewed = link_to(&town, "ines@lacs.example").await;
    assert!(join::look(&town.app, &renewed).await.unwrap().good);
    invite::withdraw(&town.app, &head, id).await.unwrap();
    assert!(is(join::accept(&town.app, &renewed, Browser::default()).await, Refusal::InvitationIsSpent));
    assert!(matches!(invite::send_again(&town.app, &head, id).await, Err(Error::NotFound(_))));
}

async fn somebody_who_is_here_already_gets_another_role_instead_of_another_account(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let head = Head::from(&town.board.planner.caller::<Planner>().await);
    invite::invite(&town.app, &head, newcomer(&town, &ana.email, &[Role::Planner])).await.unwrap();
    let tokens = accepts(&town, &ana.email).await;
    let session = callers::of(&town.app, &tokens.access).await.unwrap();
    assert_eq!((session.person.id, session.roles()), (ana.id, vec![Role::Planner, Role::Advisor]));
    assert_eq!(session.person.given_name, "Ana", "she keeps her name");
}

async fn nobody_gives_what_is_not_theirs_to_give_or_touches_a_foreign_invitation(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let (planner, manager) = (
        Head::from(&town.board.planner.caller::<Planner>().await),
        Head::from(&office.manager.caller::<Manager>().await),
    );
    for (head, role) in [(&planner, Role::Advisor), (&manager, Role::Planner)] {
        let outcome = invite::invite(&town.app, head, newcomer(&town, "ines@lacs.example", &[role])).await;
        assert_eq!(wrong(outcome), ["roles"]);
    }
    let new = newcomer(&town, "ines@lacs.example", &[Role::Planner]);
    let id = invite::invite(&town.app, &planner, new).await.unwrap();
    assert!(matches!(invite::withdraw(&town.app, &manager, id).await, Err(Error::NotFound(_))));
    assert!(matches!(invite::send_again(&town.app, &manager, id).await, Err(Error::NotFound(_))));
    assert!(team::page(&town.app, &manager).await.unwrap().invited.is_empty());
    assert_eq!(team::page(&town.app, &planner).await.unwrap().invited.len(), 1);
    let foreign = leave::leave(&town.app, &planner, office.manager.id).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))));
}

async fn a_planners_role_at_an_office_plans_nothing(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let eve = town.hires(office.id, "Eve", &["fr"], Role::Planner).await;
    let tokens = eve.signs_in().await.unwrap();
    assert!(matches!(callers::of(&town.app, &tokens.access).await, Err(Error::SignedOut)));
}

async fn whoever_leaves_loses_the_hat_at_once_and_their_duties_and_visitors_are_nobodys(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T19:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty_for(&office).await;
    ana.is_here().await;
    office.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    ana.takes("Is the castle open tomorrow?").await;
    let ben = town.advisor("Ben").as_backup().on_duty_for(&office).await;
    ben.is_here().await;
    let tokens = ana.signs_in().await.unwrap();
    let head = Head::from(&office.manager.caller::<Manager>().await);
    leave::leave(&town.app, &head, ana.id).await.unwrap();
    assert!(matches!(callers::of(&town.app, &tokens.access).await, Err(Error::SignedOut)));
    town.work_until_idle().await;
    ben.sees_in_inbox("Is the castle open tomorrow?").await;
    assert!(team::page(&town.app, &head).await.unwrap().members.iter().all(|one| one.face.id != ana.id));
    assert!(matches!(leave::leave(&town.app, &head, ana.id).await, Err(Error::NotFound(_))));
}

async fn the_last_manager_leaves_only_after_a_successor_came(engine: Engine) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let head = Head::from(&office.manager.caller::<Manager>().await);
    assert!(is(leave::leave(&town.app, &head, office.manager.id).await, Refusal::LastOne));
    let new = newcomer(&town, "ines@lacs.example", &[Role::Advisor, Role::Manager]);
    invite::invite(&town.app, &head, new).await.unwrap();
    assert!(is(leave::leave(&town.app, &head, office.manager.id).await, Refusal::LastOne), "only invited");
    let ines = accepts(&town, "ines@lacs.example").await;
    leave::leave(&town.app, &head, office.manager.id).await.unwrap();
    let ines = Head::from(&caller::<Manager>(&town, &ines).await);
    assert!(is(leave::leave(&town.app, &ines, ines_id(&town).await).await, Refusal::LastOne));
}

/// The manager's office says that somebody's work ends with `last`.
async fn ends_with(town: &Town, office: &Office, person: PersonId, last: &str) {
    let keeper = office.manager.caller::<Keeper>().await;
    let ask = Ask { sort: "id", descending: false, after: None, limit: 9 };
    let page = employments::list(&town.app, &keeper, (Some(person), None), &ask).await.unwrap();
    let one = page.items.into_iter().find(|one| one.organisation == office.id).unwrap();
    let terms =
        Terms { from: one.from, until: Some(day(last)), law: one.law, weekly: one.weekly, born: one.born };
    employments::change(&town.app, &keeper, one.id, &Seen::Any, terms).await.unwrap();
}

async fn duties_after_a_last_day_are_open_at_once_and_roles_go_once_it_is_over(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty("2026-07-05", "18:00–22:00").await;
    ana.has_duty(&town, "2026-07-12", "18:00–22:00", Rung::Lead).await;
    assert_eq!(ana.shifts().await.coming.len(), 2);
    ends_with(&town, &office, ana.id, "2026-07-10").await;
    town.work_until_idle().await;
    assert_eq!(ana.shifts().await.coming.len(), 1, "the duty after the last day is nobody's");

    town.clock_shows("2026-07-10T23:00+02:00").await;
    let tokens = ana.signs_in().await.unwrap();
    town.work_until_idle().await;
    callers::of(&town.app, &tokens.access).await.expect("the last day is worked to its end");
    town.clock_shows("2026-07-11T00:01+02:00").await;
    town.work_until_idle().await;
    assert!(matches!(callers::of(&town.app, &tokens.access).await, Err(Error::SignedOut)));
}

async fn a_last_day_that_another_employment_outlasts_ends_nothing(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty("2026-07-12", "18:00–22:00").await;
    ends_with(&town, &office, ana.id, "2026-07-10").await;
    let next = day("2026-07-11");
    let goes_on =
        provision::employ(&town.app, ana.id, office.id, Law::FrancePrivate, Minutes::hours(7), next);
    goes_on.await.unwrap();
    town.clock_shows("2026-07-11T12:00+02:00").await;
    town.work_until_idle().await;
    assert_eq!(ana.shifts().await.coming.len(), 1);
}

async fn whoever_heads_an_office_alone_stays_its_head_after_their_last_day(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    ends_with(&town, &office, office.manager.id, "2026-07-10").await;
    town.clock_shows("2026-07-11T12:00+02:00").await;
    town.work_until_idle().await;
    office.manager.caller::<Manager>().await;
}

async fn ines_id(town: &Town) -> domain::PersonId {
    let tx = town.app.store.read(storage::scope::System, town.now()).await.unwrap();
    storage::people::by_email(&tx, "ines@lacs.example").await.unwrap().unwrap().person.id
}
