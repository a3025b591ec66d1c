//! Stories of what a node remembers of who is on duty: answers about what there is, and no others.

use domain::{OrganisationId, PoolId};

use super::Town;
use crate::{
    Anybody,
    account::callers,
    rota::on_duty::{Whose, on_duty},
};

#[tokio::test]
async fn an_answer_about_something_made_up_is_not_remembered() {
    let town = Town::new().await;
    let pauline = callers::caller_of::<Anybody>(&town.app, town.pauline.person()).await.unwrap();
    let remembered = async |whose: Whose| {
        on_duty(&town.app, &pauline, whose).await.unwrap();
        let question = (pauline.organisation(), pauline.pools().to_vec(), whose);
        let (age, now) = (town.app.store.age(), town.app.clock.now());
        town.app.memory.watches.recall(&question, age, now).is_some()
    };
    let (pool, office) = (Some(town.pool), Some(town.belrive));
    for there in [
        Whose::default(),
        Whose { pool, ..Whose::default() },
        Whose { office, ..Whose::default() },
        Whose { pool, office, at: None },
    ] {
        assert!(remembered(there).await, "{there:?}");
    }
    let (no_pool, no_office) = (Some(town.app.mint::<PoolId>()), Some(town.app.mint::<OrganisationId>()));
    for made_up in [
        Whose { pool: no_pool, ..Whose::default() },
        Whose { office: no_office, ..Whose::default() },
        Whose { pool: no_pool, office, at: None },
        Whose { pool, office: no_office, at: None },
    ] {
        assert!(!remembered(made_up).await, "{made_up:?}");
    }
}
