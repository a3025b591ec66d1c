//! What a node remembers for a moment is never what is not true any more: not after a change of its
//! own, and not for long after one on another node.

use acceptance::{
    eventually::eventually,
    on_both_engines,
    town::{Engine, Person, Town, open_house},
};
use app::{
    Anybody, App, Error,
    account::api_tokens::{self, Access, NewToken},
    rota::on_duty::{Whose, on_duty},
    settings::Post,
};
use chrono::TimeDelta;
use domain::Rung;
use storage::{memberships, roles, scope};
use tokio::task::JoinHandle;

on_both_engines! {
    a_revoked_token_lets_nobody_in,
    noting_the_use_of_a_token_makes_nobody_forget,
    a_role_that_is_taken_away_is_gone_at_once,
    who_is_on_duty_is_told_anew_after_a_publication,
    an_office_that_left_the_pool_sees_it_no_more,
}

/// A node that hears what others say, until this is dropped.
struct Node(JoinHandle<()>);

impl Node {
    async fn of(app: &App) -> Self {
        let tending = tokio::spawn(app.clone().tend());
        eventually("the node hears the others", async || app.store.age()).await;
        Self(tending)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn token_of(app: &App, person: &Person) -> api_tokens::Made {
    let new = NewToken {
        name: "A program".to_owned(),
        hat: None,
        scopes: vec!["me:read".to_owned()],
        expires_at: None,
    };
    api_tokens::make(app, &Access::of_session(person.session().await), new).await.unwrap()
}

/// Asked twice: the first time notes the hour of its use, so the next answer is one to be remembered.
async fn is_remembered(app: &App, secret: &str) {
    for _ in 0..3 {
        api_tokens::of(app, secret).await.unwrap();
    }
}

async fn is_refused(app: &App, secret: &str) -> bool {
    matches!(api_tokens::of(app, secret).await, Err(Error::SignedOut))
}

async fn a_revoked_token_lets_nobody_in(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let _here = Node::of(&town.app).await;
    let made = token_of(&town.app, &town.board.planner).await;
    is_remembered(&town.app, &made.secret).await;
    let session = town.board.planner.session().await;
    if engine == Engine::Sqlite {
        api_tokens::revoke(&town.app, &session, made.token.id).await.unwrap();
        assert!(is_refused(&town.app, &made.secret).await);
        return;
    }
    let settings = &town.app.settings;
    let other = open_house(&settings.database, &settings.key, Post::Mailbox).await;
    let _there = Node::of(&other).await;
    is_remembered(&other, &made.secret).await;
    api_tokens::revoke(&town.app, &session, made.token.id).await.unwrap();
    assert!(is_refused(&town.app, &made.secret).await, "at once where it was done");
    eventually("the other node hears of it", async || is_refused(&other, &made.secret).await.then_some(()))
        .await;
}

/// Returns once the node has heard everything that was said before: its own changes come back to it.
async fn has_heard_all(town: &Town) {
    let mut hears = town.app.store.listen();
    let tx = town.app.store.write(scope::System, town.now()).await.unwrap();
    tx.signal("the last word");
    tx.commit().await.unwrap();
    while hears.recv().await.unwrap().topic != "the last word" {}
}

async fn noting_the_use_of_a_token_makes_nobody_forget(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let _here = Node::of(&town.app).await;
    let made = token_of(&town.app, &town.board.planner).await;
    has_heard_all(&town).await;
    let before = town.app.store.age();
    for clock in ["12:30", "13:30"] {
        town.clock_shows(clock).await;
        is_remembered(&town.app, &made.secret).await;
        let session = town.board.planner.session().await;
        let noted = api_tokens::get(&town.app, &session, made.token.id).await.unwrap().used_at;
        assert_eq!(noted, Some(town.app.clock.now() - TimeDelta::minutes(30)), "{clock}");
    }
    has_heard_all(&town).await;
    assert_eq!(town.app.store.age(), before);
}

async fn a_role_that_is_taken_away_is_gone_at_once(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let _here = Node::of(&town.app).await;
    let ana = town.advisor("Ana").off_duty().await;
    let made = token_of(&town.app, &ana).await;
    is_remembered(&town.app, &made.secret).await;
    let tx = town.app.store.write(scope::System, town.now()).await.unwrap();
    for held in roles::of_person(&tx, ana.id).await.unwrap() {
        roles::revoke(&tx, held).await.unwrap();
    }
    // Not yet: who lets a transaction go has changed nothing.
    api_tokens::of(&town.app, &made.secret).await.unwrap_or_else(|error| panic!("{error}"));
    tx.commit().await.unwrap();
    assert!(is_refused(&town.app, &made.secret).await);
}

async fn who_is_on_duty_is_told_anew_after_a_publication(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T19:00+02:00").await;
    let _here = Node::of(&town.app).await;
    let planner = town.board.planner.session().await.caller::<Anybody>().unwrap();
    let on = async || on_duty(&town.app, &planner, Whose::default()).await.unwrap().duties.len();
    let ana = town.advisor("Ana").off_duty().await;
    assert_eq!((on().await, on().await), (0, 0));
    ana.has_duty(&town, "2026-07-04", "18:00–22:00", Rung::Lead).await;
    assert_eq!((on().await, on().await), (1, 1));
    town.clock_shows("22:00").await;
    assert_eq!(on().await, 0, "an answer ends with the shift");
    town.clock_shows("21:59").await;
    assert_eq!(on().await, 1, "and is not true before it was read");
}

async fn an_office_that_left_the_pool_sees_it_no_more(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T19:00+02:00").await;
    let _here = Node::of(&town.app).await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let seen = async || {
        let pool = scope::Pool { pool: town.pool, viewer: office.id };
        let tx = town.app.store.read(pool, town.now()).await.unwrap();
        memberships::of_pool(&tx, town.pool).await.unwrap().len()
    };
    assert!(seen().await > 0 && seen().await > 0);
    let board = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = town.app.store.write(board, town.now()).await.unwrap();
    let mut all = memberships::of_pool(&tx, town.pool).await.unwrap();
    let left = all.iter_mut().find(|one| one.organisation == office.id).unwrap();
    left.until = Some(town.today() - chrono::Days::new(30));
    memberships::change(&tx, left).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(seen().await, 0);
}
