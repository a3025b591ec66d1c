//! Handovers as the pages show them: to an advisor, to a planner, and for one duty.

use chrono::NaiveTime;
use domain::{
    Handover, HandoverKind, HandoverStatus, PersonId, PoolId, Role, Shift, ShiftId, Span, Tz, WhyNot, time,
};
use storage::{Tx, handovers, people, scope, shifts};
use views::html::{
    hand_over::{self, Kept, Swap},
    handovers::{Done, Exchange, Offer, Own, Pending, Stretch},
};

use super::{
    Hand,
    accept::{Drawn, drawn_up, told},
    around_shift,
    ask::shifts_of,
    eligible::{How, judged, live, masked, rest_of},
    ground::Ground,
    swaps,
    transfer::back,
};
use crate::{
    Advisor, App, Caller, Error, Refusal,
    rota::{build::board_scope, the_pool},
};

/// How many people are offered to the planner with one press each.
const AT_ONE_PRESS: usize = 3;

/// What concerns an advisor, in every pool they watch for.
///
/// # Errors
/// If the database cannot be read.
pub async fn exchange(app: &App, advisor: &Caller<Advisor>) -> Result<Exchange, Error> {
    let mut model = Exchange::default();
    let hand = Hand::from(advisor);
    for pool in advisor.pools().iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        let tx = app.read(scope).await?;
        let which = handovers::Which {
            about: Some(vec![hand.person]),
            offered: true,
            person: None,
            status: vec![HandoverStatus::Open, HandoverStatus::AwaitingApproval, HandoverStatus::Done],
        };
        let all = handovers::of_pool(&tx, pool, &which).await?;
        for one in all.iter().filter(|one| tx.now() < one.deadline()) {
            sort_in(app, &tx, &hand, one, &all, &mut model).await?;
        }
    }
    Ok(model)
}

/// Puts one handover where the reader looks for it.
async fn sort_in(
    app: &App,
    tx: &Tx<scope::Pool>,
    hand: &Hand,
    one: &Handover,
    all: &[Handover],
    model: &mut Exchange,
) -> Result<(), Error> {
    let me = hand.person;
    let mine = one.person == me || one.asked_by == me;
    if one.status == HandoverStatus::Done {
        let again = all.iter().any(|other| other.gives_back == Some(one.id) && other.status.is_under_way());
        if !again {
            model.done.extend(given_back(app, tx, one, me).await?);
        }
    } else if mine {
        model.own.push(own(app, tx, one).await?);
    } else if one.status == HandoverStatus::Open && one.to.is_none_or(|to| to == me) {
        let Drawn::Up(ground, _, reasons) = drawn_up(app, tx, one, me).await? else { return Ok(()) };
        if !ground.people().any(|person| person == me) {
            return Ok(());
        }
        let shift = ground.published().iter().find(|shift| shift.id == one.shift);
        let behind = shift.is_some_and(|shift| ground.is_backup(me, shift, one.span));
        let offer = Offer { behind, ..offer(app, tx, one, told(reasons, hand, me)).await? };
        if one.to.is_some() { model.requests.push(offer) } else { model.offers.push(offer) }
    }
    Ok(())
}

async fn offer(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    against: Vec<WhyNot>,
) -> Result<Offer, Error> {
    Ok(Offer {
        id: one.id,
        kind: one.kind,
        holder: name(app, tx, one.person).await?,
        duty: duty(tx, one).await?,
        counter: counter(tx, one).await?,
        note: one.note.clone(),
        on_behalf: on_behalf(app, tx, one).await?,
        behind: false,
        against,
    })
}

async fn own(app: &App, tx: &Tx<scope::Pool>, one: &Handover) -> Result<Own, Error> {
    let named = async |person: Option<PersonId>| -> Result<Option<String>, Error> {
        match person {
            Some(person) => Ok(Some(name(app, tx, person).await?)),
            None => Ok(None),
        }
    };
    Ok(Own {
        id: one.id,
        kind: one.kind,
        status: one.status,
        duty: duty(tx, one).await?,
        to: named(one.to).await?,
        taker: named(one.taken_by).await?,
        on_behalf: on_behalf(app, tx, one).await?,
        called: one.called.len(),
        all_called: one.all_called,
    })
}

/// What the reader got by a handover and may still give back.
async fn given_back(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    me: PersonId,
) -> Result<Option<Done>, Error> {
    let took = one.taken_by == Some(me);
    let swapped = one.counter.is_some() && one.person == me;
    if !took && !swapped || one.kind == HandoverKind::GiveBack {
        return Ok(None);
    }
    let shifts = shifts_of(tx, one).await?;
    if back(&one.moved, &shifts, tx.now()).is_none() {
        return Ok(None);
    }
    let got = one.moved.iter().find(|moved| moved.person == me && moved.before.is_none());
    let Some(shift) = got.and_then(|got| shifts.iter().find(|shift| shift.id == got.shift)) else {
        return Ok(None);
    };
    let from = if took { Some(one.person) } else { one.taken_by };
    let from = match from {
        Some(from) => name(app, tx, from).await?,
        None => String::new(),
    };
    Ok(Some(Done { id: one.id, duty: Stretch { span: shift.span, rung: shift.rung }, from }))
}

/// A given name; of whoever works for the board, too, whom a pool does not know.
async fn name(app: &App, tx: &Tx<scope::Pool>, person: PersonId) -> Result<String, Error> {
    let known = match people::get(tx, person).await? {
        Some(known) => Some(known),
        None => people::get(&app.read(scope::System).await?, person).await?,
    };
    Ok(known.map(|known| known.given_name).unwrap_or_default())
}

async fn on_behalf(app: &App, tx: &Tx<scope::Pool>, one: &Handover) -> Result<Option<String>, Error> {
    if one.is_on_behalf() { Ok(Some(name(app, tx, one.asked_by).await?)) } else { Ok(None) }
}

async fn duty(tx: &Tx<scope::Pool>, one: &Handover) -> Result<Stretch, Error> {
    let rung = shifts::get(tx, one.shift).await?.map_or(domain::Rung::Lead, |shift| shift.rung);
    Ok(Stretch { span: one.span, rung })
}

async fn counter(tx: &Tx<scope::Pool>, one: &Handover) -> Result<Option<Stretch>, Error> {
    let Some(counter) = one.counter else { return Ok(None) };
    let shift = shifts::get(tx, counter).await?;
    Ok(shift.map(|shift| Stretch { span: shift.span, rung: shift.rung }))
}

/// What waits for the planner of a pool: approvals, and duties whose holder cannot come.
pub(crate) async fn pending(app: &App, tx: &Tx<scope::Pool>, pool: PoolId) -> Result<Vec<Pending>, Error> {
    let which = handovers::Which {
        status: vec![HandoverStatus::Open, HandoverStatus::AwaitingApproval],
        ..handovers::Which::default()
    };
    let mut all = Vec::new();
    for one in handovers::of_pool(tx, pool, &which).await? {
        let absent = one.kind == HandoverKind::Absence;
        if tx.now() < one.deadline() && (absent || one.status == HandoverStatus::AwaitingApproval) {
            all.push(waiting(app, tx, &one).await?);
        }
    }
    all.sort_by_key(|one| one.duty.span);
    Ok(all)
}

async fn waiting(app: &App, tx: &Tx<scope::Pool>, one: &Handover) -> Result<Pending, Error> {
    let taker = match one.taken_by {
        Some(taker) => Some(name(app, tx, taker).await?),
        None => None,
    };
    let (mut against, mut could) = (Vec::new(), Vec::new());
    match one.taken_by {
        Some(taker) => {
            if let Drawn::Up(_, _, reasons) = drawn_up(app, tx, one, taker).await? {
                against = reasons;
            }
        }
        None => {
            let shift = shifts::get(tx, one.shift).await?;
            if let (Some(shift), Some(part)) = (shift, rest_of(one.span, tx.now())) {
                let ground = Ground::load(tx, one.pool, &[part]).await?;
                let people: Vec<PersonId> = ground.people().collect();
                // What the planner presses is the planner's decision.
                let how = How::TOLD.where_absent(one.kind == HandoverKind::Absence);
                let list = judged(how, || app.mint(), &ground, (&shift, part), &people);
                for able in list.iter().filter(|one| one.may()).take(AT_ONE_PRESS) {
                    could.push((able.person, ground.name(able.person)));
                }
            }
        }
    }
    Ok(Pending {
        id: one.id,
        kind: one.kind,
        holder: name(app, tx, one.person).await?,
        duty: duty(tx, one).await?,
        counter: counter(tx, one).await?,
        taker,
        against,
        called: one.called.len(),
        all_called: one.all_called,
        could,
    })
}

/// What may be done with a duty, by whoever may speak for its holder.
///
/// # Errors
/// If it is not theirs, or over.
pub async fn choices(
    app: &App,
    hand: &Hand,
    id: ShiftId,
    refused: Vec<WhyNot>,
) -> Result<hand_over::Model, Error> {
    let scope = around_shift(app, hand, id).await?;
    let tx = app.read(scope).await?;
    let shift = live(&tx, id).await?;
    if !hand.speaks_for(&tx, scope.viewer, shift.person).await? {
        return Err(Error::NotFound("shift"));
    }
    let now = tx.now();
    let rest = rest_of(shift.span, now).ok_or(Error::Refused(Refusal::InThePast))?;
    let ground = Ground::load(&tx, scope.pool, &[rest, swaps::horizon(&shift, now)]).await?;
    let people: Vec<PersonId> = ground.people().filter(|person| *person != shift.person).collect();
    let how = How::WILLINGLY.where_absent(rest != shift.span);
    let list = judged(how, || app.mint(), &ground, (&shift, rest), &people);
    let (could, could_not): (Vec<_>, Vec<_>) = list.into_iter().partition(|one| one.may());
    let masked = |one| if hand.plans() { one } else { masked(one, hand.person) };
    let offered = handovers::under_way(&tx, &[id]).await?.iter().any(|one| one.shift == id);
    let begun = shift.span.start() <= now;
    let swaps =
        if begun || offered { Vec::new() } else { swaps::swaps(|| app.mint(), &ground, &shift, hand) };
    let holder = match hand.role {
        Role::Advisor => None,
        Role::Planner | Role::Manager => Some(ground.name(shift.person)),
    };
    Ok(hand_over::Model {
        shift: id,
        duty: Stretch { span: shift.span, rung: shift.rung },
        holder,
        begun,
        offered,
        could: could.iter().map(|one| ground.name(one.person)).collect(),
        could_not: could_not
            .into_iter()
            .map(masked)
            .map(|one| Kept { name: ground.name(one.person), reasons: one.reasons })
            .collect(),
        swaps: swaps.into_iter().map(|counter| swap(&ground, counter)).collect(),
        refused,
        back: match hand.role {
            Role::Advisor => "/shifts",
            Role::Planner => "/today",
            Role::Manager => "/team",
        },
    })
}

/// A colleague's duty as it is offered for a swap.
fn swap(ground: &Ground, counter: &Shift) -> Swap {
    Swap {
        shift: counter.id,
        name: ground.name(counter.person),
        duty: Stretch { span: counter.span, rung: counter.rung },
    }
}

/// Whose a duty is, where a swap for it is wanted.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn holder_of(app: &App, hand: &Hand, id: ShiftId) -> Result<PersonId, Error> {
    let scope = around_shift(app, hand, id).await?;
    Ok(live(&app.read(scope).await?, id).await?.person)
}

/// The part of a duty between two times of day; one that is left out is the duty's own.
///
/// # Errors
/// If there is no such duty, or the times are not in order.
pub async fn part_by_clock(
    app: &App,
    hand: &Hand,
    id: ShiftId,
    (from, until): (Option<NaiveTime>, Option<NaiveTime>),
) -> Result<Option<Span>, Error> {
    if from.is_none() && until.is_none() {
        return Ok(None);
    }
    let scope = around_shift(app, hand, id).await?;
    let tx = app.read(scope).await?;
    let shift = live(&tx, id).await?;
    let zone = the_pool(&tx, scope.pool).await?.zone;
    let start = from.map_or(shift.span.start(), |wall| next(&shift, wall, zone));
    let end = until.map_or(shift.span.end(), |wall| next(&shift, wall, zone));
    Span::new(start, end).map(Some).map_err(|_| Refusal::PeriodIsWrong.into())
}

/// The first instant of a duty, or after its beginning, at which clocks show `wall`.
fn next(shift: &Shift, wall: NaiveTime, zone: Tz) -> chrono::DateTime<chrono::Utc> {
    let day = time::day(shift.span.start(), zone);
    let at = time::to_utc(day.and_time(wall), zone);
    if at < shift.span.start() { time::to_utc((day + chrono::Days::new(1)).and_time(wall), zone) } else { at }
}
