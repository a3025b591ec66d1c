//! Coverage: an office orders hours, each with its instant, and routing honours it at once.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use domain::{
    Calendar, Coverage, CoverageId, Minutes, Offer, OfferId, OpeningHours, Organisation, OrganisationId,
    PersonId, PoolId, Span, Window, time,
};
use membership::{Ordered, Place, unwatched};
use storage::{
    Tx, audit, coverage as stored,
    demand::{self, Written},
    memberships, needs, offers, opening_hours, organisations, pools,
    scope::Home,
    waiting,
};
use views::html::coverage::{Bought, Brought, Draft, Effect, OfferCard, Office, Pool, PoolOffer, Unwatched};

use crate::{
    App, Caller, Error, Manager, Planner, Refusal,
    kept::{Kept, Seen},
    rota::planned,
    topics,
};

/// Over how many weeks an offer's effect is counted.
const WEEKS: u32 = 8;
/// For how many days needs are compared with what was bought: a year and a week show every holiday.
const DAYS: u32 = 372;

/// Orders an offer for the manager's office, from now on, if it is still as they saw it.
///
/// # Errors
/// If there is no such offer in sight, it is closed, the office has it already or is no member;
/// [`Error::Stale`] if its price or anything else of it is another by now.
pub async fn order(
    app: &App,
    manager: &Caller<Manager>,
    offer: OfferId,
    seen: &Seen,
) -> Result<CoverageId, Error> {
    let tx = app.write(Home(manager.organisation())).await?;
    let (office, by) = (manager.organisation(), manager.person());
    let coverage = order_in(app, &tx, office, by, (offer, seen), tx.now()).await?;
    audit::add(&tx, entry(manager, "order_coverage", coverage)).await?;
    tx.commit().await?;
    Ok(coverage)
}

/// Orders within a transaction of the office; everything that waits there is looked at again.
pub(super) async fn order_in(
    app: &App,
    tx: &Tx<Home>,
    office: OrganisationId,
    by: PersonId,
    (offer, seen): (OfferId, &Seen),
    at: DateTime<Utc>,
) -> Result<CoverageId, Error> {
    organisations::hold(tx, office).await?;
    let offer = offers::by_id(tx, offer).await?.ok_or(Error::NotFound("offer"))?;
    let organisation = organisations::get(tx, office).await?.ok_or(Error::NotFound("organisation"))?;
    let ordered = Ordered { id: app.mint(), office, zone: organisation.zone, at };
    let members = memberships::of_organisation(tx, office).await?;
    let has = stored::of_organisation(tx, office).await?;
    let coverage = membership::order(&offer, ordered, &members, &has).map_err(|_| Refusal::CannotOrder)?;
    // Last: of what cannot be ordered at all nobody needs to know that it changed.
    seen.check(offer)?;
    stored::add(tx, &coverage, by).await?;
    changed(tx, &coverage).await?;
    Ok(coverage.id)
}

/// Ends a coverage of the manager's office, now. Ending twice ends once.
///
/// # Errors
/// If there is no such coverage in sight.
pub async fn end(app: &App, manager: &Caller<Manager>, coverage: CoverageId) -> Result<(), Error> {
    end_as_seen(app, manager, coverage, &Seen::Any).await
}

/// The same, if it is still as somebody saw it.
///
/// # Errors
/// If there is no such coverage in sight, or somebody else changed it.
pub async fn end_as_seen(
    app: &App,
    manager: &Caller<Manager>,
    coverage: CoverageId,
    seen: &Seen,
) -> Result<(), Error> {
    let tx = app.write(Home(manager.organisation())).await?;
    let coverage = stored::by_id(&tx, coverage)
        .await?
        .filter(|coverage| coverage.organisation == manager.organisation())
        .ok_or(Error::NotFound("coverage"))?;
    let coverage = seen.check(coverage)?;
    if stored::end(&tx, coverage.id, tx.now()).await? {
        changed(&tx, &coverage).await?;
        audit::add(&tx, entry(manager, "end_coverage", coverage.id)).await?;
    }
    Ok(tx.commit().await?)
}

/// What waits at the office may have somebody now, or nobody any more.
async fn changed(tx: &Tx<Home>, coverage: &Coverage) -> Result<(), Error> {
    waiting::look_again(tx, [coverage.organisation]).await?;
    tx.signal(topics::coverage(coverage.pool));
    tx.signal(topics::today(coverage.pool));
    tx.signal(topics::inbox(coverage.organisation));
    Ok(())
}

fn entry(manager: &Caller<Manager>, verb: &'static str, coverage: CoverageId) -> audit::Entry {
    audit::Entry {
        organisation: Some(manager.organisation()),
        person: Some(manager.person()),
        verb,
        object_kind: "coverage",
        object: Some(coverage.0),
        detail: None,
    }
}

/// What a manager sees: offers with their effect, and what was bought with what it brought.
///
/// # Errors
/// If the database cannot be read.
pub async fn office_page(app: &App, manager: &Caller<Manager>) -> Result<Office, Error> {
    let tx = app.read(Home(manager.organisation())).await?;
    let now = tx.now();
    let office =
        organisations::get(&tx, manager.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    let offers = offers::of_pools(&tx, manager.pools()).await?;
    let bought = stored::of_organisation(&tx, office.id).await?;
    let opening = opening_hours::of_organisations(&tx, &[office.id]).await?;
    let first = bought.iter().map(|one| one.from).min().unwrap_or(now);
    let since = first.min(now - Duration::weeks(i64::from(WEEKS)));
    let Ok(span) = Span::new(since, now + Duration::seconds(1)) else { return Err(Error::NotFound("time")) };
    let written = demand::begun(&tx, office.id, span).await?;
    drop(tx);
    let figures = Figures { office: &office, opening: &opening, bought: &bought, written: &written, now };
    let has = |offer: &Offer| {
        bought.iter().any(|one| one.offer == offer.id && one.until.is_none_or(|end| now < end))
    };
    let card = |offer: &Offer| OfferCard {
        offer: offer.clone(),
        seen: Kept::of(offer).tag,
        effect: figures.effect(offer),
        running: has(offer),
    };
    let named = |one: &Coverage| Bought {
        name: offers
            .iter()
            .find(|offer| offer.id == one.offer)
            .map_or_else(String::new, |offer| offer.name.clone()),
        brought: figures.brought(one),
        coverage: one.clone(),
    };
    let (running, mut ended): (Vec<&Coverage>, Vec<&Coverage>) =
        bought.iter().partition(|one| one.until.is_none_or(|end| now < end));
    ended.sort_by_key(|one| std::cmp::Reverse(one.until));
    Ok(Office {
        office: office.name.clone(),
        promise: office.promise,
        currency: currency(office.calendar),
        offers: offers.iter().filter(|offer| offer.open).map(card).collect(),
        running: running.into_iter().map(named).collect(),
        ended: ended.into_iter().map(named).collect(),
    })
}

/// The sign of the currency of whoever keeps these holidays.
pub(crate) fn currency(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Quebec | Calendar::QuebecEasterMonday => "$",
        one if one.is_swiss() => "CHF",
        _ => "€",
    }
}

/// What an office's figures are counted from.
struct Figures<'a> {
    office: &'a Organisation,
    opening: &'a [OpeningHours],
    bought: &'a [Coverage],
    written: &'a [Written],
    now: DateTime<Utc>,
}

impl Figures<'_> {
    /// What an offer would have covered in the last weeks.
    fn effect(&self, offer: &Offer) -> Effect {
        let since = self.now - Duration::weeks(i64::from(WEEKS));
        let in_hours = self.written.iter().filter(|one| {
            since <= one.at && offer.channels.contains(&one.channel) && self.opens(&offer.windows, one.at)
        });
        let mut effect = Effect { weeks: WEEKS, ..Effect::default() };
        for one in in_hours {
            effect.visitors += 1;
            effect.unanswered += u32::from(!self.somebody_was_there(one));
        }
        effect
    }

    /// What a coverage has brought since it runs.
    fn brought(&self, coverage: &Coverage) -> Brought {
        let covered = self.written.iter().filter(|one| {
            coverage.runs_at(one.at)
                && coverage.channels.contains(&one.channel)
                && self.opens(&coverage.windows, one.at)
        });
        let mut brought = Brought::default();
        let mut waits: Vec<u32> = Vec::new();
        for one in covered {
            brought.visitors += 1;
            let Some(answered) = one.answered_at else { continue };
            // Begun minutes count: an answer after 4 min 10 s took 5 minutes of a promise of 5.
            let minutes = ((answered - one.at).num_seconds().max(0) + 59) / 60;
            let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
            brought.answered += 1;
            brought.within += u32::from(minutes <= self.office.promise.0);
            waits.push(minutes);
        }
        waits.sort_unstable();
        brought.median = nearest_rank(&waits, 50).map(Minutes);
        brought
    }

    fn opens(&self, windows: &[Window], at: DateTime<Utc>) -> bool {
        windows.iter().any(|window| window.open_at(at, self.office.zone, self.office.calendar).is_some())
    }

    /// Whether the own desk was open or the hour covered when the visitor wrote.
    fn somebody_was_there(&self, one: &Written) -> bool {
        let desk = self.opening.iter().any(|hours| {
            let open = hours.window.open_at(one.at, self.office.zone, self.office.calendar);
            open.is_some_and(|open| hours.runs_on(time::day(open.start(), self.office.zone)))
        });
        desk || self.bought.iter().any(|bought| {
            bought.runs_at(one.at)
                && bought.channels.contains(&one.channel)
                && self.opens(&bought.windows, one.at)
        })
    }
}

/// The smallest of `sorted` that at least `percent` of them do not exceed.
fn nearest_rank(sorted: &[u32], percent: usize) -> Option<u32> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// What a planner sees: offers and who bought them, and bought hours that no need watches.
///
/// # Errors
/// If the pool is not the planner's.
pub async fn pool_page(app: &App, planner: &Caller<Planner>, pool: PoolId) -> Result<Pool, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let known = pools::by_id(&tx, pool).await?.ok_or(Error::NotFound("pool"))?;
    let now = tx.now();
    let today = time::day(now, known.zone);
    let all = organisations::all_in_sight(&tx).await?;
    let members: BTreeSet<OrganisationId> = memberships::of_pool(&tx, pool)
        .await?
        .into_iter()
        .filter(|member| member.from <= today && member.until.is_none_or(|last| today <= last))
        .map(|member| member.organisation)
        .collect();
    let needs = needs::of_pool(&tx, pool).await?;
    let offers = offers::of_pools(&tx, &[pool]).await?;
    let mut bought = stored::of_pool(&tx, pool).await?;
    drop(tx);
    bought.retain(|one| one.until.is_none_or(|end| now < end) && members.contains(&one.organisation));
    let public = |one: &Organisation| (one.name.clone(), one.colour);
    let offices: Vec<&Organisation> = all.iter().filter(|one| members.contains(&one.id)).collect();
    let bought_by = |offer: &Offer| -> Vec<(String, u8)> {
        let has = |office: &&&Organisation| {
            bought.iter().any(|one| one.offer == offer.id && one.organisation == office.id)
        };
        offices.iter().filter(has).map(|office| public(office)).collect()
    };
    let needs_place = Place { zone: known.zone, calendar: known.calendar };
    let gaps = |office: &&Organisation| {
        let windows: Vec<Window> = bought
            .iter()
            .filter(|one| one.organisation == office.id)
            .flat_map(|one| one.windows.iter().copied())
            .collect();
        let place = Place { zone: office.zone, calendar: office.calendar };
        let gaps = unwatched(&windows, place, &needs, needs_place, today, DAYS);
        (!gaps.is_empty()).then(|| Unwatched {
            office: office.name.clone(),
            colour: office.colour,
            windows: gaps.into_iter().map(|gap| gap.window).collect(),
        })
    };
    Ok(Pool {
        pool: known.name.clone(),
        currency: currency(known.calendar),
        offers: offers
            .iter()
            .map(|offer| PoolOffer { offer: offer.clone(), bought_by: bought_by(offer) })
            .collect(),
        without: offices
            .iter()
            .filter(|office| !bought.iter().any(|one| one.organisation == office.id))
            .map(|office| public(office))
            .collect(),
        unwatched: offices.iter().filter_map(gaps).collect(),
        draft: Draft::default(),
    })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};
    use domain::{ChannelKind, Days, Language, OrganisationKind};
    use uuid::Uuid;

    use super::*;
    use domain::Tz;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn hour(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
    }

    fn office() -> Organisation {
        Organisation {
            id: OrganisationId(Uuid::nil()),
            kind: OrganisationKind::Office,
            name: "Belrive".to_owned(),
            slug: "belrive".to_owned(),
            zone: Tz::Europe__Paris,
            calendar: Calendar::France,
            language: Language::FR,
            colour: 1,
            promise: Minutes(5),
        }
    }

    fn evenings() -> Window {
        Window { days: Days::WORKDAYS, from: hour(18), until: hour(22) }
    }

    fn coverage(from: &str) -> Coverage {
        let nil = Uuid::nil();
        Coverage {
            id: nil.into(),
            pool: nil.into(),
            organisation: nil.into(),
            offer: nil.into(),
            windows: vec![evenings()],
            channels: vec![ChannelKind::WebChat],
            monthly: domain::Cents(100),
            from: at(from),
            until: None,
        }
    }

    fn written(when: &str, answered: Option<&str>) -> Written {
        Written { channel: ChannelKind::WebChat, at: at(when), answered_at: answered.map(at) }
    }

    fn offer() -> Offer {
        let nil = Uuid::nil();
        Offer {
            id: nil.into(),
            pool: nil.into(),
            name: String::new(),
            summary: String::new(),
            windows: vec![evenings()],
            channels: vec![ChannelKind::WebChat],
            monthly: domain::Cents(100),
            open: true,
        }
    }

    #[test]
    fn what_a_coverage_brought_is_counted_in_its_hours_and_since_it_runs() {
        let office = office();
        let all = [
            // Before it was ordered, in its hours, and after its hours (22:30 in Paris).
            written("2026-12-01T18:00:00Z", None),
            written("2026-12-02T18:00:00Z", Some("2026-12-02T18:04:10Z")),
            written("2026-12-02T19:00:00Z", Some("2026-12-02T19:20:00Z")),
            written("2026-12-02T20:00:00Z", None),
            written("2026-12-02T21:30:00Z", None),
        ];
        let bought = [coverage("2026-12-02T00:00:00Z")];
        let figures = Figures {
            office: &office,
            opening: &[],
            bought: &bought,
            written: &all,
            now: at("2026-12-03T00:00:00Z"),
        };
        let brought = figures.brought(&bought[0]);
        assert_eq!((brought.visitors, brought.answered, brought.within), (3, 2, 1));
        assert_eq!(brought.median, Some(Minutes(5)));
    }

    #[test]
    fn an_offer_shows_who_wrote_while_nobody_was_there() {
        let office = office();
        let open_late = OpeningHours {
            organisation: office.id,
            window: Window { days: Days::of(chrono::Weekday::Wed), from: hour(9), until: hour(20) },
            from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            until: None,
        };
        // Tuesday 19:00, Wednesday 19:00 (the desk is open), and a mail, which the offer leaves out.
        let mail = Written { channel: ChannelKind::Email, ..written("2026-12-01T18:00:00Z", None) };
        let all = [written("2026-12-01T18:00:00Z", None), written("2026-12-02T18:00:00Z", None), mail];
        let figures = Figures {
            office: &office,
            opening: &[open_late],
            bought: &[],
            written: &all,
            now: at("2026-12-03T00:00:00Z"),
        };
        let effect = figures.effect(&offer());
        assert_eq!((effect.visitors, effect.unanswered), (2, 1));
    }

    #[test]
    fn the_median_is_the_nearest_rank() {
        assert_eq!(nearest_rank(&[], 50), None);
        assert_eq!(nearest_rank(&[3], 50), Some(3));
        assert_eq!(nearest_rank(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(nearest_rank(&[1, 2, 3, 4, 5], 50), Some(3));
    }
}
