//! Letting go of what somebody holds who works here no more: it goes back to the queue.

use std::collections::BTreeSet;

use domain::{OrganisationId, PersonId, PoolId};
use storage::{
    conversations,
    scope::{Home, System},
    waiting::{self, Waiting},
};

use super::topics;
use crate::{App, Error};

/// Releases what waits in somebody's hand: all of `office`, and of others what is not of a pool in `kept`.
///
/// # Errors
/// If the database refuses.
pub(crate) async fn release_all(
    app: &App,
    person: PersonId,
    office: OrganisationId,
    kept: &BTreeSet<PoolId>,
) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let held = waiting::in_hand_of(&tx, person).await?;
    drop(tx);
    let theirs =
        |one: &&Waiting| one.pool.is_some_and(|pool| kept.contains(&pool)) && one.organisation != office;
    for one in held.iter().filter(|one| !theirs(one)) {
        release(app, person, one).await?;
    }
    Ok(())
}

async fn release(app: &App, person: PersonId, one: &Waiting) -> Result<(), Error> {
    let tx = app.write(Home(one.organisation)).await?;
    let Some(mut conversation) = conversations::hold(&tx, one.conversation).await? else { return Ok(()) };
    if conversation.assigned_to != Some(person) {
        return Ok(());
    }
    conversation.assigned_to = None;
    conversation.decision = None;
    conversation.considered.clear();
    conversations::save(&tx, &mut conversation).await?;
    // The next tick decides who answers.
    let waits = Waiting { assigned_to: None, look_at: Some(tx.now()), ..one.clone() };
    waiting::put(&tx, &waits, None).await?;
    topics::changed(&tx, &conversation);
    tx.signal(topics::desk(person));
    Ok(tx.commit().await?)
}
