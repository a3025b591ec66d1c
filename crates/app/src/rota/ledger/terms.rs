//! How a pool keeps its ledger: what a backup weighs, and how much is carried over. Its planner decides.

use domain::{LedgerTerms, PoolId};
use storage::{audit, ledger_terms, pools, scope};

use crate::{
    Anybody, App, Caller, Error, Planner,
    checks::Checks,
    kept::{Kept, Seen},
    rota::planned,
};

/// The largest cap, in minutes: a thousand hours.
const MOST_CAP: i64 = 60_000;

/// How a pool of theirs keeps its ledger.
///
/// # Errors
/// If the pool is not theirs.
pub async fn get(app: &App, anybody: &Caller<Anybody>, pool: PoolId) -> Result<Kept<LedgerTerms>, Error> {
    if !anybody.pools().contains(&pool) {
        return Err(Error::NotFound("pool"));
    }
    let tx = app.read(scope::Pool { pool, viewer: anybody.organisation() }).await?;
    Ok(Kept::of(ledger_terms::of(&tx, pool).await?))
}

/// Decides how a pool keeps its ledger. Figures are reckoned anew: nothing of them is kept.
///
/// # Errors
/// If the planner does not organise it, a field is wrong, or somebody else changed it.
pub async fn decide(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    seen: &Seen,
    terms: LedgerTerms,
) -> Result<Kept<LedgerTerms>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    pools::hold(&tx, pool).await?;
    seen.check(ledger_terms::of(&tx, pool).await?)?;
    let mut checks = Checks::default();
    checks.within("backup_bp", terms.backup_bp, 0, 10_000);
    checks.within("cap_minutes", terms.cap.0, 0, MOST_CAP);
    checks.done()?;
    ledger_terms::decide(&tx, pool, terms).await?;
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb: "decide_ledger_terms",
        object_kind: "pool",
        object: Some(pool.0),
        detail: None,
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    Ok(Kept::of(terms))
}
