//! Past duties of a pool: a line a duty, known by person and beginning. They are what fairness looks
//! back on. The past is read-only: a duty that stands there already is never changed by a file.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Assignment, BuildProgress, Built, DutyKind, Employment, Membership, Need, NeedId, PersonId, Pool, PoolId,
    Rota, RotaStatus, Rung, Shift, Skills, Slot, Span, Tz,
    exchange::{Column, Words, Wrong, plain},
    time,
};
use storage::{Tx, assignments, employments, memberships, needs, people, rotas, scope, shifts};

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed, instant_written},
    table::{Row, Table},
};
use crate::{App, Error, rota::the_pool, topics};

/// The longest one may be, in days.
const LONGEST: u32 = 2;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    email: String,
    span: Span,
    rung: Rung,
    duty: DutyKind,
}

fn read(table: &Table, zone: Tz, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, zone, cells).ok()).collect()
}

fn read_row(row: &Row, zone: Tz, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let email = cells.must(row, Column::Email, cells::email);
    let rung = cells.may(row, Column::Rung, read_rung);
    let duty = cells.may(row, Column::Duty, read_duty);
    let span = cells.span(row, zone, LONGEST);
    Ok(Wanted {
        line: row.line,
        email: email?,
        span: span?,
        rung: rung?.unwrap_or(Rung::Lead),
        duty: duty?.unwrap_or(DutyKind::Active),
    })
}

/// A rung by its word in either language.
pub(super) fn read_rung(cell: &str) -> Result<Rung, Wrong> {
    match plain(cell).as_str() {
        "lead" | "titulaire" => Ok(Rung::Lead),
        "backup" | "renfort" => Ok(Rung::Backup),
        _ => Err(Wrong::NotAWord(Words::Rungs)),
    }
}

/// A kind of duty by its word in either language.
pub(super) fn read_duty(cell: &str) -> Result<DutyKind, Wrong> {
    match plain(cell).as_str() {
        "active" | "permanence" => Ok(DutyKind::Active),
        "standby" | "astreinte" => Ok(DutyKind::Standby),
        _ => Err(Wrong::NotAWord(Words::Duties)),
    }
}

/// Puts the lines beside what is there; new ones become a published rota of their own.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: PoolId,
    table: &Table,
    cells: &mut Cells,
) -> Result<Tally, Error> {
    let pool = the_pool(tx, pool).await?;
    let wanted = read(table, pool.zone, cells);
    let mut there = There::load(tx, pool.id, &wanted).await?;
    let needs = needs::of_pool(tx, pool.id).await?;
    let mut seen: HashMap<(PersonId, DateTime<Utc>), u32> = HashMap::new();
    let mut new = Vec::new();
    let mut tally = Tally::default();
    for one in wanted {
        let Some(person) = there.people.get(&one.email).copied() else {
            cells.fault(one.line, Column::Email, Wrong::NobodyHere);
            continue;
        };
        if let Some(line) = seen.insert((person, one.span.start()), one.line) {
            cells.fault(one.line, Column::From, Wrong::Twice(line));
            continue;
        }
        match there.place(&pool, &needs, person, &one, tx.now()) {
            Ok(None) => tally.count(Outcome::Same),
            Ok(Some(need)) => {
                let shift = shift(app, tx, &pool, need, person, &one);
                there.shifts.entry(person).or_default().push(shift.clone());
                new.push(shift);
                tally.count(Outcome::Added);
            }
            Err((column, wrong)) => {
                cells.fault(one.line, column, wrong);
            }
        }
    }
    publish(app, tx, &pool, new, cells).await?;
    Ok(tally)
}

/// Who stands where already, and for whom they worked.
struct There {
    people: HashMap<String, PersonId>,
    employments: Vec<Employment>,
    memberships: Vec<Membership>,
    shifts: HashMap<PersonId, Vec<Shift>>,
}

impl There {
    async fn load(tx: &Tx<scope::Pool>, pool: PoolId, wanted: &[Wanted]) -> Result<Self, Error> {
        let emails: Vec<String> = wanted.iter().map(|one| one.email.clone()).collect();
        let accounts = people::by_emails(tx, &emails).await?;
        let people: HashMap<String, PersonId> =
            accounts.into_iter().map(|account| (account.email, account.person.id)).collect();
        let ids: Vec<PersonId> = people.values().copied().collect();
        let employments = employments::of_people(tx, &ids).await?;
        let memberships = memberships::of_pool(tx, pool).await?;
        let mut there = Self { people, employments, memberships, shifts: HashMap::new() };
        let begins = wanted.iter().map(|one| one.span.start()).min();
        let ends = wanted.iter().map(|one| one.span.end()).max();
        if let Some(span) = begins.zip(ends).and_then(|(begins, ends)| Span::new(begins, ends).ok()) {
            for shift in shifts::of_people(tx, &ids, span).await? {
                there.shifts.entry(shift.person).or_default().push(shift);
            }
        }
        Ok(there)
    }

    /// The need a new duty fills, nothing if it stands there, or what is wrong with it.
    fn place(
        &self,
        pool: &Pool,
        needs: &[Need],
        person: PersonId,
        one: &Wanted,
        now: DateTime<Utc>,
    ) -> Result<Option<NeedId>, (Column, Wrong)> {
        let shifts = self.shifts.get(&person).map_or(&[][..], Vec::as_slice);
        let begun = |shift: &&Shift| shift.pool == pool.id && shift.span.start() == one.span.start();
        if let Some(shift) = shifts.iter().find(begun) {
            let same = (shift.span, shift.rung, shift.kind) == (one.span, one.rung, one.duty);
            return if same { Ok(None) } else { Err((Column::From, Wrong::StandsOtherwise)) };
        }
        if one.span.end() > now {
            return Err((Column::Until, Wrong::NotPast));
        }
        if shifts.iter().any(|shift| shift.span.overlaps(&one.span)) {
            return Err((Column::From, Wrong::TwoPlaces));
        }
        if !self.worked_in_the_pool(person, time::day(one.span.start(), pool.zone)) {
            return Err((Column::From, Wrong::NotAMemberThen));
        }
        need(pool, needs, one.span).map(Some).ok_or((Column::From, Wrong::NoNeed))
    }

    /// Whether an office that somebody worked for on that day was a member then.
    fn worked_in_the_pool(&self, person: PersonId, day: NaiveDate) -> bool {
        let theirs = self.employments.iter().filter(|one| one.person == person && one.runs_on(day));
        let mut offices = theirs.map(|one| one.organisation);
        offices.any(|office| {
            let running = |one: &&Membership| one.from <= day && one.until.is_none_or(|last| day <= last);
            self.memberships.iter().filter(running).any(|one| one.organisation == office)
        })
    }
}

/// The need that asked for exactly these hours, or else one that asked for some of them.
fn need(pool: &Pool, needs: &[Need], span: Span) -> Option<NeedId> {
    let day = time::day(span.start(), pool.zone);
    let applied = |need: &&Need| need.runs_on(day);
    let opened = |need: &Need| need.window.spans_in(span, pool.zone, pool.calendar);
    let exact = needs.iter().filter(applied).find(|need| opened(need).contains(&span));
    exact.or_else(|| needs.iter().filter(applied).find(|need| !opened(need).is_empty())).map(|need| need.id)
}

fn shift(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    need: NeedId,
    person: PersonId,
    one: &Wanted,
) -> Shift {
    Shift {
        id: app.mint(),
        pool: pool.id,
        rota: uuid::Uuid::nil().into(),
        need,
        person,
        rung: one.rung,
        kind: one.duty,
        span: one.span,
        sequence: 0,
        changed_at: tx.now(),
        told_at: None,
        cancelled_at: None,
    }
}

/// Keeps new duties as a published rota, with a place each. Nobody is told: they were there.
async fn publish(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    mut new: Vec<Shift>,
    cells: &mut Cells,
) -> Result<(), Error> {
    let days = || new.iter().map(|shift| time::day(shift.span.start(), pool.zone));
    let (Some(from), Some(until)) = (days().min(), days().max()) else { return Ok(()) };
    let rota = Rota {
        id: app.mint(),
        pool: pool.id,
        number: rotas::next_number(tx, pool.id).await?,
        from,
        until,
        status: RotaStatus::Published,
        seed: 1,
        stop_asked: false,
        progress: BuildProgress::default(),
        outcome: Some(Built::default()),
        message: None,
        created_by: None,
        created_at: tx.now(),
        published_by: None,
        published_at: Some(tx.now()),
        version: 1,
    };
    rotas::add(tx, &rota).await?;
    new.iter_mut().for_each(|shift| shift.rota = rota.id);
    assignments::settle(tx, rota.id, pool.id, &places(app, pool, &new)).await?;
    shifts::add_all(tx, &new).await?;
    let mut people: Vec<PersonId> = new.iter().map(|shift| shift.person).collect();
    people.sort_unstable();
    people.dedup();
    for person in &people {
        tx.signal(topics::shifts(*person));
    }
    match shifts::refuse_two_places(tx, &people).await {
        // A duty in a pool that this one does not see.
        Err(storage::StoreError::TwoPlaces) => {
            cells.fault(0, Column::From, Wrong::TwoPlaces);
            Ok(())
        }
        other => Ok(other?),
    }
}

fn places(app: &App, pool: &Pool, shifts: &[Shift]) -> Vec<Assignment> {
    let mut taken: BTreeMap<(NeedId, Span, Rung), u8> = BTreeMap::new();
    let place = |shift: &Shift| {
        let count = taken.entry((shift.need, shift.span, shift.rung)).or_default();
        let place = *count;
        *count = count.saturating_add(1);
        let (need, span, rung) = (shift.need, shift.span, shift.rung);
        let day = time::day(span.start(), pool.zone);
        let slot = Slot { need, day, span, rung, place, languages: Vec::new(), skills: Skills::default() };
        Assignment { id: app.mint(), rota: shift.rota, slot, person: Some(shift.person), pinned: false }
    };
    shifts.iter().map(place).collect()
}

/// A published duty, to be written.
#[derive(Debug)]
pub(super) struct Told {
    /// Whose address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What.
    pub shift: Shift,
}

/// Every duty of a pool whose person still works in it, by address and beginning; learners hold none.
pub(super) async fn told(tx: &Tx<scope::Pool>, pool: PoolId) -> Result<(Pool, Vec<Told>), Error> {
    let pool = the_pool(tx, pool).await?;
    let mut shifts = shifts::of_pool(tx, pool.id, always()).await?;
    shifts.retain(|shift| shift.rung.covers());
    let ids: Vec<PersonId> = shifts.iter().map(|shift| shift.person).collect();
    let accounts = people::accounts(tx, &ids).await?;
    let accounts: HashMap<PersonId, _> =
        accounts.into_iter().map(|account| (account.person.id, account)).collect();
    let told = shifts.into_iter().filter_map(|shift| {
        let account = accounts.get(&shift.person)?;
        Some(Told { email: account.email.clone(), name: account.person.full_name(), shift })
    });
    let mut told: Vec<Told> = told.collect();
    told.sort_by(|one, other| (&one.email, one.shift.span).cmp(&(&other.email, other.shift.span)));
    Ok((pool, told))
}

fn always() -> Span {
    Span::new(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + chrono::Duration::days(80_000))
        .expect("the second is later than the first")
}

/// Its line.
pub(super) fn line(told: &Told, zone: Tz, french: bool) -> Vec<String> {
    let rung = match (told.shift.rung, french) {
        (rung, false) => rung.word(),
        (Rung::Lead, true) => "titulaire",
        (Rung::Backup | Rung::Learner, true) => "renfort",
    };
    let duty = match (told.shift.kind, french) {
        (duty, false) => duty.word(),
        (DutyKind::Active, true) => "permanence",
        (DutyKind::Standby, true) => "astreinte",
    };
    let (from, until) = (told.shift.span.start(), told.shift.span.end());
    vec![
        told.email.clone(),
        instant_written(from, zone),
        instant_written(until, zone),
        rung.to_owned(),
        duty.to_owned(),
    ]
}
