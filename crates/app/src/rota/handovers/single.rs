//! A single change to what is published that is no handover, such as an open duty that somebody takes:
//! shifts, places, notices and letters in one transaction.

use domain::ChangeId;
use storage::{Tx, scope};
use views::mail::By;

use super::{
    carry::{self, end_what_no_longer_stands},
    follow,
    ground::Ground,
    letters,
};
use crate::{
    App, Error,
    rota::publish::{Plan, look_again, save_shifts},
};

/// Does what `plan` says, lets the places follow, and tells everybody for whom something changes; nothing
/// is committed yet.
pub(super) async fn write(
    app: &App,
    tx: &Tx<scope::Pool>,
    ground: &Ground,
    plan: &Plan,
    by: By,
) -> Result<(), Error> {
    follow::places(app, tx, &ground.scene, plan).await?;
    tell(app, tx, ground, plan, by).await
}

/// The same, where the places are settled otherwise.
pub(super) async fn tell(
    app: &App,
    tx: &Tx<scope::Pool>,
    ground: &Ground,
    plan: &Plan,
    by: By,
) -> Result<(), Error> {
    save_shifts(tx, plan).await?;
    let change: ChangeId = app.mint();
    carry::notify(app, tx, carry::Cause::Change(change), ground, plan).await?;
    letters::changes(app, tx, ground, plan, by, "").await?;
    end_what_no_longer_stands(tx, plan).await
}

/// Keeps it, and has what waits looked at again.
pub(super) async fn finished(app: &App, tx: Tx<scope::Pool>, ground: &Ground) -> Result<(), Error> {
    tx.commit().await?;
    look_again(app, &ground.scene).await
}
