//! Who is on duty, now or at another instant, and until when that holds as it is published.

use chrono::{DateTime, Duration, Utc};
use domain::{Organisation, OrganisationId, PersonId, PoolId, Shift, Span, time};
use storage::{Tx, coverage, organisations, people, scope, shifts};

use super::covered;
use crate::{Anybody, App, Caller, Error};

/// How far ahead an answer looks for what would change it.
const AHEAD: Duration = Duration::hours(24);

/// Whose watch is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Whose {
    /// That of this pool alone.
    pub pool: Option<PoolId>,
    /// Those who answer for this office: it bought the hour.
    pub office: Option<OrganisationId>,
    /// At this instant instead of now.
    pub at: Option<DateTime<Utc>>,
}

/// Who watches at an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// The instant.
    pub at: DateTime<Utc>,
    /// Until then nobody comes or goes, unless somebody publishes; a day later at most.
    pub holds_until: DateTime<Utc>,
    /// Who is on, leads first; empty while nobody is.
    pub duties: Vec<Duty>,
}

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// The duty.
    pub shift: Shift,
    /// Their given name, if the caller may know it.
    pub given_name: Option<String>,
}

/// Everything an answer hangs on besides the tables: who looks, at which pools, for what.
pub(crate) type Question = (OrganisationId, Vec<PoolId>, Whose);

/// Who is on duty in the pools an organisation organises or is a member of.
///
/// Whoever asks for now may be told what was read a moment ago for the same eyes, if nothing changed. Of
/// pools and offices that are not there for them nothing is remembered: ids can be made up without end.
///
/// # Errors
/// If the database cannot be read.
pub async fn on_duty(app: &App, anybody: &Caller<Anybody>, whose: Whose) -> Result<Watch, Error> {
    if whose.at.is_some() {
        return Ok(read(app, anybody, whose).await?.0);
    }
    let question: Question = (anybody.organisation(), anybody.pools().to_vec(), whose);
    let (age, now) = (app.store.age(), app.clock.now());
    if let Some(watch) = app.memory.watches.recall(&question, age, now) {
        return Ok(Watch { at: now, ..watch });
    }
    let (watch, there) = read(app, anybody, whose).await?;
    if there {
        app.memory.watches.keep(question, watch.clone(), age, watch.at, Some(watch.holds_until));
    }
    Ok(watch)
}

/// Who is on duty, and whether the pool and the office that are named are there for whoever asks.
async fn read(app: &App, anybody: &Caller<Anybody>, whose: Whose) -> Result<(Watch, bool), Error> {
    let mut there = whose.office.is_none() && whose.pool.is_none_or(|pool| anybody.pools().contains(&pool));
    let at = time::to_micros(whose.at.unwrap_or_else(|| app.clock.now()));
    let ahead = Span::new(at, at + AHEAD).expect("a day later is later");
    let mut watch = Watch { at, holds_until: ahead.end(), duties: Vec::new() };
    for pool in anybody.pools().iter().copied().filter(|one| whose.pool.is_none_or(|pool| pool == *one)) {
        let tx = app.read(scope::Pool { pool, viewer: anybody.organisation() }).await?;
        let answered = match whose.office {
            Some(office) => {
                let Some(known) = organisations::get(&tx, office).await? else { continue };
                there = true;
                answered_for(&tx, pool, &known, ahead).await?
            }
            None => vec![ahead],
        };
        if answered.is_empty() {
            continue;
        }
        let around = shifts::of_pool(&tx, pool, ahead).await?;
        watch.holds_until = watch.holds_until.min(next_change(&around, &answered, at).unwrap_or(ahead.end()));
        let running = running(around, &answered, at);
        let ids: Vec<PersonId> = running.iter().map(|shift| shift.person).collect();
        let names = people::given_names(&tx, &ids).await?;
        watch.duties.extend(running.into_iter().map(|shift| {
            let given_name = names.get(&shift.person).cloned();
            Duty { shift, given_name }
        }));
    }
    watch.duties.sort_by_key(|duty| (duty.shift.rung, duty.shift.span, duty.shift.id));
    Ok((watch, there))
}

/// When `pool` answers for `office` within `span`, in order.
async fn answered_for(
    tx: &Tx<scope::Pool>,
    pool: PoolId,
    office: &Organisation,
    span: Span,
) -> Result<Vec<Span>, Error> {
    let bought = coverage::of_organisation(tx, office.id).await?;
    let ours = bought.iter().filter(|one| one.pool == pool);
    let mut stretches: Vec<Span> = ours.flat_map(|one| covered::stretches(one, office, span)).collect();
    stretches.sort();
    Ok(stretches)
}

/// Those of `shifts` that run at `at`, if it is an hour that is `answered`.
fn running(shifts: Vec<Shift>, answered: &[Span], at: DateTime<Utc>) -> Vec<Shift> {
    let open = answered.iter().any(|span| span.contains(at));
    shifts.into_iter().filter(|shift| open && shift.rung.covers() && shift.span.contains(at)).collect()
}

/// The first instant after `at` at which a shift or an answered hour begins or ends.
fn next_change(shifts: &[Shift], answered: &[Span], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let spans = shifts.iter().map(|shift| shift.span).chain(answered.iter().copied());
    spans.flat_map(|span| [span.start(), span.end()]).filter(|edge| at < *edge).min()
}

#[cfg(test)]
mod tests {
    use domain::{DutyKind, Rung};
    use proptest::{collection::vec, prelude::*};
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-12-{text}:00Z").parse().unwrap()
    }

    fn span(from: &str, until: &str) -> Span {
        Span::new(at(from), at(until)).unwrap()
    }

    fn shift(span: Span) -> Shift {
        let nil = Uuid::nil();
        Shift {
            id: nil.into(),
            pool: nil.into(),
            rota: nil.into(),
            need: nil.into(),
            person: nil.into(),
            rung: Rung::Lead,
            kind: DutyKind::Active,
            span,
            sequence: 0,
            changed_at: at("01T00:00"),
            told_at: None,
            cancelled_at: None,
        }
    }

    #[test]
    fn an_answer_holds_until_somebody_comes_or_goes() {
        let day = [span("04T17:30", "05T17:30")];
        let evening = [shift(span("04T17:00", "04T21:00")), shift(span("04T19:00", "04T23:00"))];
        assert_eq!(next_change(&evening, &day, at("04T17:30")), Some(at("04T19:00")));
        assert_eq!(next_change(&evening, &day, at("04T19:00")), Some(at("04T21:00")));
        assert_eq!(next_change(&[], &day, at("04T17:30")), Some(at("05T17:30")));
    }

    #[test]
    fn whoever_is_on_answers_for_an_office_in_the_hours_it_bought() {
        let bought = [span("04T18:00", "04T20:00")];
        let evening = || vec![shift(span("04T17:00", "04T21:00"))];
        let on = |text| running(evening(), &bought, at(text)).len();
        assert_eq!((on("04T17:59"), on("04T18:00"), on("04T19:59"), on("04T20:00")), (0, 1, 1, 0));
        assert_eq!(next_change(&evening(), &bought, at("04T17:30")), Some(at("04T18:00")));
    }

    /// Stretches that begin at a minute of a day and last some minutes.
    fn stretches() -> impl Strategy<Value = Vec<Span>> {
        let minute = |minute: i64| at("04T00:00") + Duration::minutes(minute);
        let stretch = (0..1_440_i64, 1..600_i64);
        vec(stretch.prop_map(move |(from, long)| Span::new(minute(from), minute(from + long)).unwrap()), 0..6)
    }

    proptest! {
        #[test]
        fn nobody_comes_or_goes_before_an_answer_ends(
            duties in stretches(),
            bought in stretches(),
            minute in 0..1_440_i64,
            later in 0..1_440_i64,
        ) {
            let on = |at| running(duties.iter().copied().map(shift).collect(), &bought, at);
            let now = at("04T00:00") + Duration::minutes(minute);
            let shifts: Vec<Shift> = duties.iter().copied().map(shift).collect();
            let change = next_change(&shifts, &bought, now).unwrap_or(now + AHEAD);
            let then = now + Duration::minutes(later % (change - now).num_minutes());
            prop_assert_eq!(on(now), on(then));
        }
    }
}
