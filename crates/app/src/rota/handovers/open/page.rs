//! Open duties on the pages: what an advisor may take on *My shifts*, and who asks for one on *Today*.

use domain::{HandoverStatus, PoolId, Taking};
use storage::{Tx, people, scope, takings};
use views::html::{
    handovers::Stretch,
    open_duties::{Asking, Hole, Mine, Open},
};

use super::{
    super::{Hand, ground::Ground},
    fair, holes, read,
    take::{may_still, standing},
};
use crate::{Advisor, App, Caller, Error, rota::build::board_scope};

/// What concerns an advisor, in every pool they watch for.
///
/// # Errors
/// If the database cannot be read.
pub async fn open(app: &App, advisor: &Caller<Advisor>) -> Result<Open, Error> {
    let hand = Hand::from(advisor);
    let mut model = Open::default();
    for one in read::open(app, &hand, None).await? {
        let list = match (one.may, one.against.is_empty()) {
            (true, _) => &mut model.may,
            (false, false) => &mut model.may_not,
            // Somebody who stands no watch in these days.
            (false, true) => continue,
        };
        list.push(Hole {
            place: one.place.id,
            duty: Stretch { span: one.place.slot.span, rung: one.place.slot.rung },
            languages: one.place.slot.languages,
            against: one.against,
        });
    }
    for pool in advisor.pools().iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        let tx = app.read(scope).await?;
        for status in [HandoverStatus::AwaitingApproval, HandoverStatus::Done] {
            for taking in takings::of_pool(&tx, pool, status).await? {
                if taking.person == hand.person && tx.now() < taking.span.start() {
                    model.mine.extend(mine(&tx, taking).await?);
                }
            }
        }
    }
    model.mine.sort_by_key(|one| one.duty.span);
    Ok(model)
}

/// What somebody asked for, or may still give back.
async fn mine(tx: &Tx<scope::Pool>, taking: Taking) -> Result<Option<Mine>, Error> {
    let waits = taking.status == HandoverStatus::AwaitingApproval;
    let stands = !waits && may_still(&taking, tx.now()) && standing(tx, &taking).await?.is_some();
    let duty = Stretch { span: taking.span, rung: taking.rung };
    Ok((waits || stands).then_some(Mine { id: taking.id, duty, waits }))
}

/// Who asks the planner of a pool for an open duty, soonest first.
pub(in crate::rota) async fn asking(tx: &Tx<scope::Pool>, pool: PoolId) -> Result<Vec<Asking>, Error> {
    let mut all = Vec::new();
    for taking in takings::of_pool(tx, pool, HandoverStatus::AwaitingApproval).await? {
        if taking.span.start() <= tx.now() {
            continue;
        }
        let against = match holes::for_taking(tx, &taking).await? {
            Some(hole) => {
                let ground = Ground::load(tx, pool, &[taking.span]).await?;
                fair::against(&ground, &hole, taking.person)
            }
            None => vec![domain::WhyNot::Holds],
        };
        let name = people::get(tx, taking.person).await?.map(|person| person.given_name);
        all.push(Asking {
            id: taking.id,
            name: name.unwrap_or_default(),
            duty: Stretch { span: taking.span, rung: taking.rung },
            against,
        });
    }
    all.sort_by_key(|one| one.duty.span);
    Ok(all)
}
