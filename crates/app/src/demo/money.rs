//! What an hour of duty gives in the demo, and how large its offices are: what sharing the cost looks at.

use chrono::Duration;
use domain::{Basis, Cents, KeyFigures, Minutes, Rate, time};
use storage::{
    compensation, memberships,
    scope::{self, Home},
};

use super::{cast::Region, region::Founded};
use crate::{App, Error};

/// What each office gives for an hour of work on duty, on top of wages.
const HOURLY: Cents = Cents(12_50);

/// Lets each office say what an hour gives, and the board how large each is.
pub(super) async fn agree(app: &App, region: &'static Region, founded: &Founded) -> Result<(), Error> {
    for office in &founded.offices {
        let tx = app.write(Home(office.organisation.id)).await?;
        let rate = Rate {
            id: app.mint(),
            organisation: office.organisation.id,
            basis: Basis::Work,
            category: None,
            hourly: HOURLY,
            rest: Minutes(0),
            from: time::day(tx.now(), region.zone) - Duration::days(400),
            source: "Accord collectif des offices, article 7".to_owned(),
        };
        compensation::add(&tx, &rate).await?;
        tx.commit().await?;
    }
    let pool = &founded.pool;
    let tx = app.write(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    for (member, _) in memberships::figures_of_pool(&tx, pool.id).await? {
        let mut offices = region.offices.iter().zip(&founded.offices);
        let its = offices.find(|(_, settled)| settled.organisation.id == member.organisation);
        if let Some((office, _)) = its {
            let (population, overnight_stays) = office.size;
            let figures = KeyFigures { population: Some(population), overnight_stays: Some(overnight_stays) };
            memberships::say_figures(&tx, member.id, figures).await?;
        }
    }
    Ok(tx.commit().await?)
}
