//! What an order gives: the coverage of an offer from an instant, or the reason why not.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{Coverage, CoverageId, Membership, Offer, OrganisationId, time};

/// Somebody orders.
#[derive(Clone, Copy, Debug)]
pub struct Ordered {
    /// The id the coverage will have.
    pub id: CoverageId,
    /// The office that orders.
    pub office: OrganisationId,
    /// Where its wall clocks hang: its day decides whether it is a member.
    pub zone: Tz,
    /// From when it runs.
    pub at: DateTime<Utc>,
}

/// Why an order is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The office is no member of the pool on that day.
    #[error("the office is not a member of the pool on that day")]
    NotAMember,
    /// The board has closed the offer.
    #[error("the offer is closed")]
    Closed,
    /// The office has this offer already.
    #[error("the office has this offer already")]
    Runs(CoverageId),
    /// The offer has no hours or no channels: there is nothing to watch.
    #[error("the offer has no hours or no channels")]
    Empty,
}

/// The coverage that `offer` gives to an office, with its hours, channels and price as they are
/// now: a later change of the offer does not change what was bought.
///
/// `memberships` and `coverages` may hold those of other offices and pools.
///
/// # Errors
/// The first [`Refusal`] that applies.
pub fn order(
    offer: &Offer,
    ordered: Ordered,
    memberships: &[Membership],
    coverages: &[Coverage],
) -> Result<Coverage, Refusal> {
    let day = time::day(ordered.at, ordered.zone);
    let member = memberships.iter().any(|membership| {
        membership.pool == offer.pool
            && membership.organisation == ordered.office
            && membership.from <= day
            && membership.until.is_none_or(|last| day <= last)
    });
    if !member {
        return Err(Refusal::NotAMember);
    }
    if !offer.open {
        return Err(Refusal::Closed);
    }
    if offer.windows.is_empty() || offer.channels.is_empty() {
        return Err(Refusal::Empty);
    }
    // One that starts later would run beside this one, so it counts too.
    let same = |coverage: &&Coverage| {
        coverage.organisation == ordered.office
            && coverage.offer == offer.id
            && coverage.until.is_none_or(|end| ordered.at < end)
    };
    if let Some(coverage) = coverages.iter().find(same) {
        return Err(Refusal::Runs(coverage.id));
    }
    Ok(Coverage {
        id: ordered.id,
        pool: offer.pool,
        organisation: ordered.office,
        offer: offer.id,
        windows: offer.windows.clone(),
        channels: offer.channels.clone(),
        monthly: offer.monthly,
        from: ordered.at,
        until: None,
    })
}

/// What `office` has at `at`, in the order in which it was ordered.
pub fn running(coverages: &[Coverage], office: OrganisationId, at: DateTime<Utc>) -> Vec<&Coverage> {
    let mut now: Vec<&Coverage> =
        coverages.iter().filter(|coverage| coverage.organisation == office && coverage.runs_at(at)).collect();
    now.sort_by_key(|coverage| (coverage.from, coverage.id));
    now
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::Europe::Paris;
    use domain::{Cents, ChannelKind, Days, MembershipId, OfferId, PoolId, Window};

    use super::*;

    fn id<T: From<uuid::Uuid>>(number: u128) -> T {
        T::from(uuid::Uuid::from_u128(number))
    }

    fn offer() -> Offer {
        let hour = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        Offer {
            id: id::<OfferId>(1),
            pool: id::<PoolId>(2),
            name: "Evenings".into(),
            summary: String::new(),
            windows: vec![Window { days: Days::ALL, from: hour(18), until: hour(22) }],
            channels: vec![ChannelKind::WebChat],
            monthly: Cents(12_900),
            open: true,
        }
    }

    fn member(from: &str, until: Option<&str>) -> Membership {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        Membership {
            id: id::<MembershipId>(3),
            pool: id(2),
            organisation: id(4),
            from: day(from),
            until: until.map(day),
        }
    }

    fn ordered(at: &str) -> Ordered {
        Ordered { id: id(9), office: id(4), zone: Paris, at: at.parse().unwrap() }
    }

    #[test]
    fn an_order_gives_the_hours_channels_and_price_of_the_offer_from_that_instant() {
        let coverage =
            order(&offer(), ordered("2026-07-01T10:00:00Z"), &[member("2026-01-01", None)], &[]).unwrap();
        assert_eq!(coverage.windows, offer().windows);
        assert_eq!(coverage.channels, offer().channels);
        assert_eq!(coverage.monthly, Cents(12_900));
        assert!(coverage.runs_at("2026-07-01T10:00:00Z".parse().unwrap()));
        assert!(!coverage.runs_at("2026-07-01T09:59:59Z".parse().unwrap()));
    }

    #[test]
    fn a_closed_offer_is_refused() {
        let closed = Offer { open: false, ..offer() };
        let refusal = order(&closed, ordered("2026-07-01T10:00:00Z"), &[member("2026-01-01", None)], &[]);
        assert_eq!(refusal, Err(Refusal::Closed));
    }

    #[test]
    fn an_offer_without_hours_is_refused() {
        let empty = Offer { windows: Vec::new(), ..offer() };
        let refusal = order(&empty, ordered("2026-07-01T10:00:00Z"), &[member("2026-01-01", None)], &[]);
        assert_eq!(refusal, Err(Refusal::Empty));
    }

    #[test]
    fn membership_is_counted_in_the_days_of_the_office() {
        // 22:30 in UTC on 30 June is already 1 July in Paris.
        let from_july = [member("2026-07-01", None)];
        assert!(order(&offer(), ordered("2026-06-30T22:30:00Z"), &from_july, &[]).is_ok());
        assert_eq!(
            order(&offer(), ordered("2026-06-30T21:30:00Z"), &from_july, &[]),
            Err(Refusal::NotAMember)
        );
        let until_june = [member("2026-01-01", Some("2026-06-30"))];
        assert!(order(&offer(), ordered("2026-06-30T21:30:00Z"), &until_june, &[]).is_ok());
        assert_eq!(
            order(&offer(), ordered("2026-06-30T22:30:00Z"), &until_june, &[]),
            Err(Refusal::NotAMember)
        );
    }

    #[test]
    fn somebody_elses_membership_does_not_count() {
        let neighbour = Membership { organisation: id(5), ..member("2026-01-01", None) };
        let elsewhere = Membership { pool: id(6), ..member("2026-01-01", None) };
        let refusal = order(&offer(), ordered("2026-07-01T10:00:00Z"), &[neighbour, elsewhere], &[]);
        assert_eq!(refusal, Err(Refusal::NotAMember));
    }

    #[test]
    fn the_same_offer_does_not_run_twice_and_can_be_ordered_again_once_ended() {
        let members = [member("2026-01-01", None)];
        let mut first = order(&offer(), ordered("2026-07-01T10:00:00Z"), &members, &[]).unwrap();
        let again = ordered("2026-08-01T10:00:00Z");
        assert_eq!(order(&offer(), again, &members, &[first.clone()]), Err(Refusal::Runs(first.id)));
        let neighbours = Coverage { organisation: id(5), ..first.clone() };
        assert!(order(&offer(), again, &members, &[neighbours]).is_ok());
        first.until = Some(again.at);
        assert!(order(&offer(), again, &members, &[first.clone()]).is_ok());
        assert!(running(&[first], id(4), again.at).is_empty());
    }
}
