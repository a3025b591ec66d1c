//! Offers: a board says what its offices may buy.

use domain::{Cents, ChannelKind, Offer, OfferId, PoolId, Window};
use storage::{audit, offers};

use crate::{App, Caller, Error, Planner, Refusal, rota::planned, topics};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest summary, in characters.
const LONGEST_SUMMARY: usize = 300;
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
    /// The offer, if everything in it can be.
    pub(super) fn checked(self, id: OfferId, pool: PoolId) -> Result<Offer, Refusal> {
        let name = self.name.trim();
        let summary = self.summary.trim();
        let named = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        let short = summary.chars().count() <= LONGEST_SUMMARY;
        let hours = !self.windows.is_empty() && self.windows.iter().all(|window| window.days.0 != 0);
        let priced = Cents(0) <= self.monthly && self.monthly <= DEAREST;
        if !(named && short && hours && priced && !self.channels.is_empty()) {
            return Err(Refusal::FieldIsWrong);
        }
        Ok(Offer {
            id,
            pool,
            name: name.to_owned(),
            summary: summary.to_owned(),
            windows: self.windows,
            channels: self.channels,
            monthly: self.monthly,
            open: true,
        })
    }
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
) -> Result<OfferId, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    let offer = new.checked(app.mint(), pool)?;
    offers::add(&tx, &offer).await?;
    audit::add(&tx, entry(planner, "define_offer", offer.id)).await?;
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    Ok(offer.id)
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

    fn checked(new: NewOffer) -> Result<Offer, Refusal> {
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
            assert_eq!(checked(offer.clone()), Err(Refusal::FieldIsWrong), "{offer:?}");
        }
        assert!(checked(NewOffer { monthly: Cents(0), ..evenings() }).is_ok());
    }
}
