//! The register of working time (Code du travail, D3171-8 and -16): written day by day, each line sealed
//! over the one before, and never changed. Where a past day turns out otherwise (a duty brought in, an
//! intervention corrected), another line says so, and which one it takes the place of.
//!
//! A tick asks for a job a day and employer; whoever takes a month out has it brought up to date first.
//! Both may run twice, at once and on two nodes: the employer's row is held while lines are added, and
//! they are added together or not at all.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{Month, OrganisationId, WorkedDay, time};
use scheduling::needs::Period;
use storage::{
    organisations,
    register::{self, About, Kind, Line, Worked},
    scope,
};

use crate::{
    App, Caller, Error, Keeper,
    jobs::{Job, enqueue},
    secrets::{Purpose, Secrets},
};

/// How far back each day's job looks for what changed since. Older months are looked at when somebody
/// takes them out.
const LOOK_BACK: Days = Days::new(62);
/// So many employers are asked for in one transaction.
const AT_ONCE: usize = 500;
/// So many lines are looked at in one go.
const A_FEW: u64 = 5_000;

/// Asks for the register of every employer that has days that are over and not written.
///
/// # Errors
/// If the database refuses.
pub async fn ask(app: &App) -> Result<(), Error> {
    let tx = app.read(scope::System).await?;
    let now = tx.now();
    let behind = organisations::with_unwritten_days(&tx).await?;
    drop(tx);
    let due: Vec<Job> = behind
        .into_iter()
        .map(|(organisation, zone, until)| (organisation, yesterday(now, zone), until))
        .filter(|(_, day, until)| until.is_none_or(|until| until < *day))
        .map(|(organisation, day, _)| Job::WriteRegister { organisation, day })
        .collect();
    for some in due.chunks(AT_ONCE) {
        let tx = app.write(scope::System).await?;
        for job in some {
            enqueue(app, &tx, job).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Writes what is over and not written, and what changed in the last weeks: the job's work. An employer
/// that never had a register begins it with these weeks.
///
/// # Errors
/// If the database refuses.
pub(crate) async fn write(app: &App, employer: OrganisationId) -> Result<(), Error> {
    let tx = app.read(scope::Home(employer)).await?;
    let home = organisations::get(&tx, employer).await?.ok_or(Error::NotFound("organisation"))?;
    let until = organisations::register_until(&tx, employer).await?;
    let yesterday = yesterday(tx.now(), home.zone);
    drop(tx);
    let from = until.map_or(yesterday, |until| until.min(yesterday)) - LOOK_BACK;
    bring_up_to_date(app, employer, Period { from, until: yesterday }).await?;
    // Whoever is cut short here does it again, and adds nothing.
    let tx = app.write(scope::Home(employer)).await?;
    organisations::register_is_written(&tx, employer, yesterday).await?;
    Ok(tx.commit().await?)
}

/// The lines of a month: its days, and the weeks that end in it, in the order in which they were written.
///
/// # Errors
/// If the database refuses.
pub(super) async fn of_month(app: &App, keeper: &Caller<Keeper>, month: Month) -> Result<Vec<Line>, Error> {
    let employer = keeper.organisation();
    let tx = app.read(scope::Home(employer)).await?;
    let home = organisations::get(&tx, employer).await?.ok_or(Error::NotFound("organisation"))?;
    let until = yesterday(tx.now(), home.zone).min(month.last());
    drop(tx);
    if month.first() <= until {
        bring_up_to_date(app, employer, Period { from: month.first(), until }).await?;
    }
    let tx = app.read(scope::Home(employer)).await?;
    let first = time::monday_of(month.first());
    let mut lines = register::between(&tx, employer, (first, month.last())).await?;
    lines.retain(|line| {
        let ends = match line.about.kind {
            Kind::Day => line.about.day,
            Kind::Week => line.about.day + Days::new(6),
        };
        Month::of(ends) == month
    });
    Ok(lines)
}

/// Adds the lines that are missing of a period whose days are over, and those that correct others.
async fn bring_up_to_date(app: &App, employer: OrganisationId, period: Period) -> Result<(), Error> {
    let period = Period { from: time::monday_of(period.from), ..period };
    let known = known(&super::worked(app, employer, period).await?, period.until);
    let tx = app.write(scope::Home(employer)).await?;
    // Two who write at once come one after the other, and the second finds nothing missing.
    organisations::hold(&tx, employer).await?;
    let written = register::between(&tx, employer, (period.from, period.until)).await?;
    let missing = missing(&known, &written, period.until);
    if missing.is_empty() {
        return Ok(());
    }
    let last = register::last(&tx, employer).await?;
    let lines = sealed(app, tx.now(), last.as_ref(), missing);
    register::add_all(&tx, employer, &lines).await?;
    Ok(tx.commit().await?)
}

/// What is known now of each day until `last`, and of each week that is over by then.
fn known(people: &[(domain::PersonId, Vec<WorkedDay>)], last: NaiveDate) -> BTreeMap<About, Worked> {
    let mut all: BTreeMap<About, Worked> = BTreeMap::new();
    for (person, days) in people {
        for day in days {
            let worked = Worked { office: day.office, duty: day.duty, total: day.total };
            all.insert(About { day: day.day, kind: Kind::Day, person: *person }, worked);
            let monday = time::monday_of(day.day);
            if monday + Days::new(6) <= last {
                let week = all.entry(About { day: monday, kind: Kind::Week, person: *person }).or_default();
                week.office = week.office + worked.office;
                week.duty = week.duty + worked.duty;
                week.total = week.total + worked.total;
            }
        }
    }
    all
}

/// What is not written as it is known, with the line that says otherwise: the earliest day first, and a
/// week after its days. Of a day on which nothing is known any more, that nothing was worked.
fn missing(
    known: &BTreeMap<About, Worked>,
    written: &[Line],
    last: NaiveDate,
) -> Vec<(About, Worked, Option<i64>)> {
    let latest: BTreeMap<About, &Line> = written.iter().map(|line| (line.about, line)).collect();
    let new = known.iter().filter_map(|(about, worked)| match latest.get(about) {
        Some(line) if line.worked == *worked => None,
        line => Some((*about, *worked, line.map(|line| line.number))),
    });
    let over = |about: &About| about.kind == Kind::Day || about.day + Days::new(6) <= last;
    let gone = latest
        .iter()
        .filter(|(about, line)| {
            !known.contains_key(*about) && over(about) && line.worked != Worked::default()
        })
        .map(|(about, line)| (*about, Worked::default(), Some(line.number)));
    let mut all: Vec<(About, Worked, Option<i64>)> = new.chain(gone).collect();
    all.sort_by_key(|(about, ..)| match about.kind {
        Kind::Day => (about.day, about.kind, about.person),
        Kind::Week => (about.day + Days::new(6), about.kind, about.person),
    });
    all
}

/// Numbered and sealed after `last`.
fn sealed(
    app: &App,
    now: DateTime<Utc>,
    last: Option<&Line>,
    lines: Vec<(About, Worked, Option<i64>)>,
) -> Vec<Line> {
    let mut before = last.map_or(String::new(), |line| line.seal.clone());
    let first = last.map_or(1, |line| line.number + 1);
    let line = |(number, (about, worked, corrects)): (i64, (About, Worked, Option<i64>))| {
        let id = app.mint::<uuid::Uuid>();
        let mut line = Line { id, number, about, worked, corrects, written_at: now, seal: String::new() };
        line.seal = seal(&app.secrets, &before, &line);
        before = line.seal.clone();
        line
    };
    (first..).zip(lines).map(line).collect()
}

/// A keyed hash of a line and of the seal before it.
fn seal(secrets: &Secrets, before: &str, line: &Line) -> String {
    let Line { number, about, worked, corrects, written_at, .. } = line;
    let cells = serde_json::json!([
        before,
        number,
        about.kind.word(),
        about.person,
        about.day,
        [worked.office.0, worked.duty.0, worked.total.0],
        corrects,
        written_at.timestamp_micros(),
    ]);
    secrets.hash(Purpose::Register, &cells.to_string())
}

/// What came of looking at an employer's whole register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// How many lines there are.
    pub lines: i64,
    /// The number of the first line that is not as it was written, or is missing.
    pub broken: Option<i64>,
    /// The seal of the last line: whoever keeps it sees later whether lines were taken off the end.
    pub seal: String,
}

/// Looks whether every line is as it was written, and none between them is missing.
///
/// # Errors
/// If the database cannot be read.
pub async fn look(app: &App, keeper: &Caller<Keeper>) -> Result<Looked, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    let mut looked = Looked { lines: 0, broken: None, seal: String::new() };
    let mut number = 0;
    loop {
        let some = register::after(&tx, keeper.organisation(), number, A_FEW).await?;
        let Some(last) = some.last() else { return Ok(looked) };
        for line in &some {
            number += 1;
            let fits = line.number == number && line.seal == seal(&app.secrets, &looked.seal, line);
            if !fits && looked.broken.is_none() {
                looked.broken = Some(number);
            }
            looked.seal.clone_from(&line.seal);
            number = line.number;
        }
        looked.lines += i64::try_from(some.len()).unwrap_or(0);
        number = last.number;
    }
}

fn yesterday(now: DateTime<Utc>, zone: domain::Tz) -> NaiveDate {
    time::day(now, zone) - Days::new(1)
}

#[cfg(test)]
mod tests {
    use domain::{Minutes, PersonId};
    use proptest::{collection::vec, prelude::*};
    use uuid::Uuid;

    use super::*;

    const PEOPLE: u128 = 3;

    fn day(number: u64) -> NaiveDate {
        // A Monday.
        NaiveDate::from_ymd_opt(2026, 6, 1).unwrap() + Days::new(number)
    }

    /// Minutes by person and day, as somebody knows them.
    fn people(minutes: &[u32]) -> Vec<(PersonId, Vec<WorkedDay>)> {
        let each = minutes.len() / PEOPLE as usize;
        let days = |some: &[u32]| {
            let worked = |(at, minutes): (u64, &u32)| {
                let duty = Minutes(*minutes);
                WorkedDay { day: day(at), office: Minutes(0), duty, total: duty }
            };
            (0..).zip(some).map(worked).collect()
        };
        (1..)
            .zip(minutes.chunks(each))
            .map(|(who, some)| (PersonId(Uuid::from_u128(who)), days(some)))
            .collect()
    }

    /// A register after it was brought up to date with each of these, one after the other.
    fn after(states: &[Vec<u32>]) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for state in states {
            let last = day(state.len() as u64 / PEOPLE as u64 - 1);
            for (about, worked, corrects) in missing(&known(&people(state), last), &lines, last) {
                let number = lines.len() as i64 + 1;
                let written_at = DateTime::UNIX_EPOCH;
                let seal = String::new();
                lines.push(Line { id: Uuid::nil(), number, about, worked, corrects, written_at, seal });
            }
        }
        lines
    }

    fn latest(lines: &[Line]) -> BTreeMap<About, Worked> {
        lines.iter().map(|line| (line.about, line.worked)).collect()
    }

    proptest! {
        #[test]
        fn whatever_changes_the_last_lines_say_what_is_known_and_what_was_written_stays(
            first in vec(0..600_u32, 30),
            second in vec(0..600_u32, 30),
        ) {
            let once = after(std::slice::from_ref(&first));
            let both = after(&[first.clone(), second.clone()]);
            prop_assert_eq!(&both[..once.len()], &once[..], "a line is never changed");
            prop_assert_eq!(latest(&both), known(&people(&second), day(9)));
            // The same again adds nothing.
            prop_assert_eq!(after(&[first, second.clone(), second]).len(), both.len());
            for line in &both {
                let mut earlier = both.iter().rev().skip_while(|one| one.number >= line.number);
                let before = earlier.find(|one| one.about == line.about);
                prop_assert_eq!(line.corrects, before.map(|one| one.number));
            }
        }
    }

    #[test]
    fn a_week_is_summed_up_once_it_is_over_and_again_where_a_day_of_it_changes() {
        let mut minutes = vec![60; 30];
        let lines = after(&[minutes.clone()]);
        let weeks = lines.iter().filter(|line| line.about.kind == Kind::Week);
        assert_eq!(weeks.map(|line| line.worked.total.0).collect::<Vec<_>>(), [420; 3], "ten days hold one");
        minutes[2] = 90;
        let changed = after(&[vec![60; 30], minutes]);
        let new: Vec<(Kind, u32, bool)> = changed[lines.len()..]
            .iter()
            .map(|line| (line.about.kind, line.worked.total.0, line.corrects.is_some()))
            .collect();
        assert_eq!(new, [(Kind::Day, 90, true), (Kind::Week, 450, true)]);
    }

    #[test]
    fn a_day_of_which_nothing_is_known_any_more_is_corrected_to_nothing() {
        let lines = after(&[vec![60; 30]]);
        let gone = missing(&BTreeMap::new(), &lines, day(9));
        assert_eq!(gone.len(), lines.len());
        assert!(gone.iter().all(|(_, worked, corrects)| *worked == Worked::default() && corrects.is_some()));
    }
}
