//! Telling people that a duty is open: a letter to whoever may take it, once each time it opens, outside
//! the quiet hours, and to nobody who wants no such letters.
//!
//! A tick finds hours that are open and that nobody was told of. What people were told of stands in a
//! table until somebody has the hours, and is noted in the transaction that writes the letters: two
//! nodes write them once.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Assignment, PersonId, Pool};
use storage::{
    Tx,
    openings::{self, Opening},
    people, pools, scope,
};

use super::{
    super::{call, ground::Ground, letters},
    fair, holes,
};
use crate::{App, Error};

/// Writes to whoever may take what is open and nobody was told of.
///
/// # Errors
/// If the database refuses; what was written stays so, and the rest is found again.
pub async fn tell(app: &App) -> Result<(), Error> {
    let tx = app.read(scope::System).await?;
    let (all, now) = (pools::all(&tx).await?, tx.now());
    drop(tx);
    for pool in all {
        // What opens in the night is told in the morning.
        if !call::is_quiet(now, pool.zone) {
            tell_of(app, &pool).await?;
        }
    }
    Ok(())
}

async fn tell_of(app: &App, pool: &Pool) -> Result<(), Error> {
    let scope = scope::Pool { pool: pool.id, viewer: pool.board };
    let tx = app.read(scope).await?;
    let open = holes::on_offer(&tx, pool.id).await?;
    let told: BTreeSet<Opening> = openings::of_pool(&tx, pool.id).await?.into_iter().collect();
    let now: BTreeSet<Opening> = open.iter().map(opening).collect();
    if now == told {
        return Ok(());
    }
    let new = first_of_each(open.into_iter().filter(|hole| !told.contains(&opening(hole))));
    let may = who_may(&tx, pool, &new).await?;
    drop(tx);
    let tx = app.write(scope).await?;
    pools::hold(&tx, pool.id).await?;
    for gone in told.difference(&now) {
        openings::forget(&tx, pool.id, *gone).await?;
    }
    let mut told_now: BTreeSet<Opening> = BTreeSet::new();
    for hole in &new {
        if openings::tell(&tx, app.mint(), pool.id, opening(hole)).await? {
            told_now.insert(opening(hole));
        }
    }
    for (person, mut hours) in may {
        hours.retain(|one| told_now.contains(one));
        if !hours.is_empty() {
            letters::openings(app, &tx, pool, person, &hours).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn opening(hole: &Assignment) -> Opening {
    Opening { span: hole.slot.span, rung: hole.slot.rung, need: hole.slot.need }
}

/// Two places of the same hours are told of as one.
fn first_of_each(holes: impl Iterator<Item = Assignment>) -> Vec<Assignment> {
    let mut seen = BTreeSet::new();
    holes.filter(|hole| seen.insert(opening(hole))).collect()
}

/// Who may take which of these hours now, and wants to be told.
async fn who_may(
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    holes: &[Assignment],
) -> Result<BTreeMap<PersonId, Vec<Opening>>, Error> {
    if holes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let spans: Vec<_> = holes.iter().map(|hole| hole.slot.span).collect();
    let ground = Ground::load(tx, pool.id, &spans).await?;
    let everybody: Vec<PersonId> = ground.people().collect();
    let deaf = people::without_open_letters(tx, &everybody).await?;
    let theirs = |person: PersonId| {
        let may = holes.iter().filter(|hole| fair::against_now(&ground, hole, person).is_empty());
        (person, may.map(opening).collect::<Vec<Opening>>())
    };
    let wants = everybody.iter().copied().filter(|person| !deaf.contains(person));
    Ok(wants.map(theirs).filter(|(_, hours)| !hours.is_empty()).collect())
}
