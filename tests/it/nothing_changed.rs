//! A change that reaches no row is refused in storage: nobody is told that it was done.

use acceptance::{
    on_both_engines,
    town::{Engine, Town},
};
use storage::{StoreError, employments, memberships, needs, organisations, pools, scope};
use uuid::Uuid;

on_both_engines! {
    what_is_not_there_any_more_is_not_changed,
    what_may_only_be_seen_is_not_changed,
}

fn is_refused(done: Result<(), StoreError>) -> bool {
    matches!(done, Err(StoreError::OutOfSight(_)))
}

async fn what_is_not_there_any_more_is_not_changed(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let need = town.board.needs("18:00–22:00", 1, 0).await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let nobodys = Uuid::now_v7();

    let board = scope::Pool { pool: town.pool, viewer: town.board.id };
    let tx = town.app.store.write(board, town.now()).await.unwrap();
    let mut need = needs::get(&tx, need).await.unwrap().unwrap();
    needs::change(&tx, &need).await.unwrap();
    need.id = nobodys.into();
    assert!(is_refused(needs::change(&tx, &need).await));
    let mut member = memberships::of_pool(&tx, town.pool).await.unwrap().remove(0);
    memberships::change(&tx, &member).await.unwrap();
    member.id = nobodys.into();
    assert!(is_refused(memberships::change(&tx, &member).await));
    let mut pool = pools::by_id(&tx, town.pool).await.unwrap().unwrap();
    pools::change(&tx, &pool).await.unwrap();
    pool.id = nobodys.into();
    assert!(is_refused(pools::change(&tx, &pool).await));
    drop(tx);

    let tx = town.app.store.write(scope::Home(office.id), town.now()).await.unwrap();
    let mut employment = employments::of_people(&tx, &[ana.id]).await.unwrap().remove(0);
    employments::change(&tx, &employment).await.unwrap();
    employment.id = nobodys.into();
    assert!(is_refused(employments::change(&tx, &employment).await));
}

async fn what_may_only_be_seen_is_not_changed(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").plain().await;
    let need = town.board.needs("18:00–22:00", 1, 0).await;
    let member = scope::Pool { pool: town.pool, viewer: office.id };
    let tx = town.app.store.write(member, town.now()).await.unwrap();
    let need = needs::get(&tx, need).await.unwrap().expect("a member sees what the pool needs");
    assert!(is_refused(needs::change(&tx, &need).await));
    let theirs = memberships::of_pool(&tx, town.pool).await.unwrap().remove(0);
    assert!(is_refused(memberships::change(&tx, &theirs).await));
    drop(tx);

    let tx = town.app.store.write(scope::Home(office.id), town.now()).await.unwrap();
    let (board, emergency) =
        organisations::whole(&tx, town.board.id).await.unwrap().expect("it is a public face");
    assert!(is_refused(organisations::change(&tx, &board, &emergency).await));
}
