//! Absences: a line an absence, known by person and beginning. Why is for them and this employer alone.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Absence, AbsenceId, Organisation, PersonId, Span, Tz,
    exchange::{Column, Wrong},
};
use storage::{Tx, absences, scope::Home};

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed, beginning_written, end_written},
    staff::Staff,
    table::{Row, Table},
};
use crate::{
    App, Error,
    rota::absences::{LONGEST, LONGEST_REASON},
    topics,
};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    email: String,
    span: Span,
    reason: Option<String>,
}

/// The lines that can be read; their clocks hang in `zone`.
pub(super) fn read(table: &Table, zone: Tz, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, zone, cells).ok()).collect()
}

fn read_row(row: &Row, zone: Tz, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let email = cells.must(row, Column::Email, cells::email);
    let reason = cells.may(row, Column::Reason, cells::text(LONGEST_REASON));
    let span = cells.span(row, zone, LONGEST);
    Ok(Wanted { line: row.line, email: email?, span: span?, reason: reason? })
}

/// Puts the lines beside what is there.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<Home>,
    home: &Organisation,
    wanted: Vec<Wanted>,
    cells: &mut Cells,
) -> Result<Tally, Error> {
    let staff = Staff::load(tx, home).await?;
    let mut there = There::load(tx, &staff).await?;
    let mut seen: HashMap<(PersonId, DateTime<Utc>), u32> = HashMap::new();
    let mut tally = Tally::default();
    for one in wanted {
        let Some(person) = staff.by_email(&one.email) else {
            cells.fault(one.line, Column::Email, Wrong::NobodyHere);
            continue;
        };
        if let Some(line) = seen.insert((person, one.span.start()), one.line) {
            cells.fault(one.line, Column::From, Wrong::Twice(line));
            continue;
        }
        let absence = Absence { id: app.mint(), person, span: one.span };
        let outcome = there.settle(tx, home, absence, one.reason.as_deref()).await?;
        if outcome != Outcome::Same {
            tx.signal(topics::shifts(person));
        }
        tally.count(outcome);
    }
    Ok(tally)
}

/// What is there already.
struct There {
    absences: HashMap<(PersonId, DateTime<Utc>), Vec<Absence>>,
    reasons: HashMap<AbsenceId, String>,
}

impl There {
    async fn load(tx: &Tx<Home>, staff: &Staff) -> Result<Self, Error> {
        let all = absences::of_people(tx, &staff.ids()).await?;
        let reasons = absences::reasons_of(tx, &staff.ids()).await?.into_iter().collect();
        let mut absences: HashMap<_, Vec<Absence>> = HashMap::new();
        for absence in all {
            absences.entry((absence.person, absence.span.start())).or_default().push(absence);
        }
        Ok(Self { absences, reasons })
    }

    async fn settle(
        &mut self,
        tx: &Tx<Home>,
        home: &Organisation,
        absence: Absence,
        reason: Option<&str>,
    ) -> Result<Outcome, Error> {
        let begun = self.absences.entry((absence.person, absence.span.start())).or_default();
        let exact = begun.iter().position(|other| other.span == absence.span);
        let Some(at) = exact.or_else(|| (!begun.is_empty()).then_some(0)) else {
            absences::add(tx, &absence).await?;
            if let Some(reason) = reason {
                absences::explain(tx, &absence, home.id, reason).await?;
            }
            return Ok(Outcome::Added);
        };
        let absence = Absence { id: begun[at].id, ..absence };
        let mut changes = false;
        if begun[at] != absence {
            absences::keep(tx, &absence).await?;
            changes = true;
        }
        let told = self.reasons.get(&absence.id).map(|told| cells::unified(told));
        if let Some(reason) = reason.filter(|reason| told.as_deref() != Some(*reason)) {
            changes |= absences::explain_again(tx, &absence, home.id, reason).await?;
        }
        Ok(Outcome::of_change(changes))
    }
}

/// An absence of somebody who works here, to be written.
#[derive(Debug)]
pub(super) struct Told {
    /// Whose address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// When.
    pub absence: Absence,
    /// Why, as this employer knows it.
    pub reason: Option<String>,
}

/// The absences of everybody who works here, by address and beginning.
pub(super) async fn told(tx: &Tx<Home>, home: &Organisation) -> Result<Vec<Told>, Error> {
    let staff = Staff::load(tx, home).await?;
    let mut reasons: HashMap<AbsenceId, String> =
        absences::reasons_of(tx, &staff.ids()).await?.into_iter().collect();
    let all = absences::of_people(tx, &staff.ids()).await?;
    let told = all.into_iter().filter_map(|absence| {
        let account = staff.account(absence.person)?;
        let (email, name) = (account.email.clone(), account.person.full_name());
        Some(Told { email, name, reason: reasons.remove(&absence.id), absence })
    });
    let mut told: Vec<Told> = told.collect();
    told.sort_by(|one, other| {
        (&one.email, one.absence.span, one.absence.id).cmp(&(
            &other.email,
            other.absence.span,
            other.absence.id,
        ))
    });
    // Of two that are alike one is enough: a file cannot tell them apart.
    told.dedup_by(|one, other| {
        one.email == other.email && one.absence.span.start() == other.absence.span.start()
    });
    Ok(told)
}

/// Its line.
pub(super) fn line(told: &Told, zone: Tz) -> Vec<String> {
    vec![
        told.email.clone(),
        beginning_written(told.absence.span.start(), zone),
        end_written(told.absence.span.end(), zone),
        told.reason.as_deref().map(cells::unified).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use domain::exchange::FileKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::exchange::{calendar, export, table};

    const ZONES: [Tz; 3] = [Tz::Europe__Paris, Tz::America__Toronto, Tz::UTC];

    prop_compose! {
        /// An absence that begins and ends at a whole hour, also in nights when clocks change.
        fn some_absence()(start in 490_000i64..500_000, lasts in 1i64..2_000, reason in proptest::option::of("[A-Za-zéà'=;,\"\n\\\\@+-]{0,20}y")) -> Told {
            let at = |hours: i64| DateTime::from_timestamp(hours * 3_600, 0).unwrap();
            let span = Span::new(at(start), at(start + lasts)).unwrap();
            let absence = Absence { id: Uuid::nil().into(), person: Uuid::nil().into(), span };
            let reason = reason.map(|reason| cells::unified(&reason));
            Told { email: "ana@a.fr".to_owned(), name: "Ana Roux".to_owned(), absence, reason }
        }
    }

    fn read_back(table: Table, zone: Tz) -> Wanted {
        let mut cells = Cells::of(&table);
        let read = read(&table, zone, &mut cells);
        assert_eq!(cells.faults(), []);
        read.into_iter().next().unwrap()
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_in_as_it_was(told in some_absence(), zone in 0usize..3, french: bool) {
            let zone = ZONES[zone];
            let text = export::csv(FileKind::Absences, &[line(&told, zone)], french);
            let read = read_back(table::read(FileKind::Absences, text.as_bytes()).unwrap(), zone);
            prop_assert_eq!((read.email, read.span, read.reason), (told.email, told.absence.span, told.reason));
        }

        #[test]
        fn a_calendar_that_goes_out_comes_in_as_it_was(told in some_absence(), zone in 0usize..3) {
            let zone = ZONES[zone];
            let text = export::absences_calendar("Office", zone, domain::Language::FR, told.absence.span.start(), &[told_again(&told)]);
            let read = read_back(calendar::read(text.as_bytes(), None).unwrap(), zone);
            prop_assert_eq!((read.email, read.span, read.reason), (told.email, told.absence.span, told.reason));
        }
    }

    fn told_again(told: &Told) -> Told {
        let (email, name, reason) = (told.email.clone(), told.name.clone(), told.reason.clone());
        Told { email, name, reason, absence: told.absence.clone() }
    }
}
