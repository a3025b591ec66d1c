//! Offers: a board says what its offices may buy.

use domain::{Cents, ChannelKind, Offer, OfferId, PoolId, Window};
use storage::{
    audit, offers,
    page::{Ask, Page},
    scope::Home,
};

use crate::{
    App, Caller, Error, Keeper, Planner,
    checks::Checks,
    kept::{Kept, Seen},
    rota::planned,
    topics,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest summary, in characters.
const LONGEST_SUMMARY: usize = 300;
/// The most stretches of hours one offer may have.
const MOST_WINDOWS: usize = 20;
/// The dearest offer there may be: beyond it, somebody typed a digit too many.
const DEAREST: Cents = Cents(10_000_000);

/// An offer to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOffer {
    /// Its name.
    pub name: String,
    /// One sentence on what it brings; may be empty.
    pub summary: String,
    /// The hours, in the buying office's zone and holidays.
    pub windows: Vec<Window>,
    /// The channels.
    pub channels: Vec<ChannelKind>,
    /// Price a month, before tax.
    pub monthly: Cents,
}

impl NewOffer {
    /// The offer, if everything in it can be; else everything that cannot.
    pub(super) fn checked(self, id: OfferId, pool: PoolId) -> Result<Offer, Error> {
        let mut checks = Checks::default();
        let name = checks.name("name", &self.name, LONGEST_NAME);
        let summary = checks.words("summary", &self.summary, LONGEST_SUMMARY);
        checks.some("hours", &self.windows, MOST_WINDOWS);
        for (number, window) in self.windows.iter().enumerate() {
            checks.window(&format!("hours/{number}"), window);
        }
        checks.some("channels", &self.channels, ChannelKind::ALL.len());
        checks.within("monthly_cents", self.monthly.0, 0, DEAREST.0);
        checks.done()?;
        let (windows, channels, monthly) = (self.windows, self.channels, self.monthly);
        Ok(Offer { id, pool, name, summary, windows, channels, monthly, open: true })
    }
}

/// The offers of the pools an organisation is part of, or of one of them: open, closed, or both.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    keeper: &Caller<Keeper>,
    pool: Option<PoolId>,
    open: Option<bool>,
    ask: &Ask,
) -> Result<Page<Offer>, Error> {
    let tx = app.read(Home(keeper.organisation())).await?;
    Ok(offers::list(&tx, pool, open, ask).await?)
}

/// One offer.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get<R>(app: &App, caller: &Caller<R>, id: OfferId) -> Result<Kept<Offer>, Error> {
    let tx = app.read(Home(caller.organisation())).await?;
    Ok(Kept::of(offers::by_id(&tx, id).await?.ok_or(Error::NotFound("offer"))?))
}

/// Makes an offer that offices can order at once.
///
/// # Errors
/// If a field is missing or wrong.
pub async fn define_offer(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    new: NewOffer,
) -> Result<Kept<Offer>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    let offer = new.checked(app.mint(), pool)?;
    offers::add(&tx, &offer).await?;
    audit::add(&tx, entry(planner, "define_offer", offer.id)).await?;
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    Ok(Kept::of(offer))
}

/// Changes what an offer says and whether it is open; what was bought stays as it was ordered.
///
/// # Errors
/// If there is no such offer of theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    planner: &Caller<Planner>,
    id: OfferId,
    seen: &Seen,
    new: NewOffer,
    open: bool,
) -> Result<Kept<Offer>, Error> {
    let pool = get(app, planner, id).await?.is.pool;
    let tx = app.write(planned(planner, pool).map_err(|_| Error::NotFound("offer"))?).await?;
    seen.check(offers::hold(&tx, id).await?)?;
    let offer = Offer { open, ..new.checked(id, pool)? };
    offers::change(&tx, &offer).await?;
    audit::add(&tx, entry(planner, "change_offer", id)).await?;
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    Ok(Kept::of(offer))
}

/// Closes an offer: what was bought goes on, nobody can order it any more.
///
/// # Errors
/// If there is no such offer.
pub async fn close_offer(app: &App, planner: &Caller<Planner>, offer: OfferId) -> Result<(), Error> {
    for pool in planner.pools() {
        let tx = app.write(planned(planner, *pool)?).await?;
        if offers::by_id(&tx, offer).await?.is_some_and(|known| known.pool == *pool) {
            offers::close(&tx, offer).await?;
            audit::add(&tx, entry(planner, "close_offer", offer)).await?;
            tx.signal(topics::coverage(*pool));
            return Ok(tx.commit().await?);
        }
    }
    Err(Error::NotFound("offer"))
}

fn entry(planner: &Caller<Planner>, verb: &'static str, offer: OfferId) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "offer",
        object: Some(offer.0),
        detail: None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use domain::Days;
    use uuid::Uuid;

    use super::*;

    fn evenings() -> NewOffer {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        NewOffer {
            name: " Evenings ".to_owned(),
            summary: String::new(),
            windows: vec![Window { days: Days::WORKDAYS, from: hour(18), until: hour(22) }],
            channels: vec![ChannelKind::WebChat],
            monthly: Cents(12_900),
        }
    }

    fn checked(new: NewOffer) -> Result<Offer, Error> {
        new.checked(OfferId(Uuid::nil()), PoolId(Uuid::nil()))
    }

    #[test]
    fn a_new_offer_is_open_and_loses_the_spaces_around_its_name() {
        let offer = checked(evenings()).unwrap();
        assert_eq!((offer.name.as_str(), offer.open), ("Evenings", true));
    }

    #[test]
    fn an_offer_needs_a_name_hours_a_channel_and_a_price_that_can_be() {
        let wrong = [
            NewOffer { name: "  ".to_owned(), ..evenings() },
            NewOffer { name: "x".repeat(81), ..evenings() },
            NewOffer { windows: Vec::new(), ..evenings() },
            NewOffer { windows: vec![Window { days: Days(0), ..evenings().windows[0] }], ..evenings() },
            NewOffer { channels: Vec::new(), ..evenings() },
            NewOffer { monthly: Cents(-1), ..evenings() },
            NewOffer { monthly: Cents(10_000_001), ..evenings() },
        ];
        for offer in wrong {
            let Err(Error::Invalid(faults)) = checked(offer.clone()) else { panic!("{offer:?} was taken") };
            assert_eq!(faults.len(), 1, "{faults:?}");
        }
        assert!(checked(NewOffer { monthly: Cents(0), ..evenings() }).is_ok());
    }
}
