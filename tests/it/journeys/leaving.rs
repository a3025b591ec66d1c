//! Somebody leaves in the very moment in which a duty of theirs changes hands.

use acceptance::{
    eventually::eventually,
    town::{Engine, Town},
};
use app::account::last_days;
use chrono::Days;
use domain::{Shift, Span};
use storage::{pools, scope, shifts};

/// PostgreSQL alone: of SQLite nobody can tell that it waits.
#[tokio::test]
async fn a_duty_that_a_colleague_took_over_meanwhile_stays_as_it_was_left() {
    let town = Town::at(Engine::Postgres, "2026-07-04T12:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").working_at(&office).on_duty("2026-07-12", "18:00–22:00").await;
    let ends = format!("update employments set until_date = '2026-07-10' where person_id = '{}'", ana.id);
    town.rows.change(&ends).await;

    let board = scope::Pool { pool: town.pool, viewer: town.board.id };
    let handing_over = town.app.store.write(board, town.now()).await.unwrap();
    pools::hold(&handing_over, town.pool).await.unwrap();
    let ahead = Span::new(town.now(), town.now() + Days::new(30)).unwrap();
    let duty = shifts::of_people(&handing_over, &[ana.id], ahead).await.unwrap().remove(0);
    let given = Shift { cancelled_at: Some(town.now()), sequence: 7, ..duty.clone() };
    shifts::change(&handing_over, &given).await.unwrap();

    let app = town.app.clone();
    let leaving = tokio::spawn(async move { last_days::keep(&app).await });
    eventually("whoever looks after last days waits", async || {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        (town.rows.number(waiting).await.unwrap() == 1).then_some(())
    })
    .await;
    handing_over.commit().await.unwrap();
    leaving.await.unwrap().unwrap();
    let sequence = format!("select sequence::bigint from shifts where id = '{}'", duty.id);
    assert_eq!(town.rows.number(&sequence).await.unwrap(), 7, "nobody wrote over it");
}
