//! Files in and out: people, office hours, absences, past duties, notebooks, school holidays, as tables and calendars.
//!
//! A file goes through three rooms. Its bytes become rows (`table`, `calendar`); a row's cells become
//! values (`cells`); each kind has a file that compares them with what is there, inside one
//! transaction. Everything wrong is told at once, by line and column. A dry run does all of it and
//! lets the transaction go; a real run keeps all or nothing. What comes out is written by the same
//! columns, so that it goes in again and changes nothing.

mod absences;
mod calendar;
mod cells;
mod duties;
pub(crate) mod export;
pub(crate) mod formula;
mod notebook;
mod office_hours;
mod people;
mod school_holidays;
mod skills;
mod staff;
mod table;

use domain::{
    Organisation, OrganisationId, PersonId, PoolId, Role,
    exchange::{Fault, FileFormat, FileKind, Report, Wrong},
};
use storage::{Tx, audit, organisations, pools, scope};

pub use export::{File, export};
pub use table::MOST_ROWS;

use crate::{App, Caller, Error, Manager, Planner, Session, Worn, account::invite, topics};
use cells::Cells;
use table::{Table, whole_line};

/// The most a file may weigh, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// Who may bring files in and take them out: a board's planner, an office's manager.
#[derive(Debug, Clone)]
pub struct Keeper {
    person: PersonId,
    organisation: OrganisationId,
    pools: Vec<PoolId>,
    plans: bool,
}

impl From<&Caller<Planner>> for Keeper {
    fn from(caller: &Caller<Planner>) -> Self {
        let (person, organisation) = (caller.person(), caller.organisation());
        Self { person, organisation, pools: caller.pools().to_vec(), plans: true }
    }
}

impl From<&Caller<Manager>> for Keeper {
    fn from(caller: &Caller<Manager>) -> Self {
        let (person, organisation) = (caller.person(), caller.organisation());
        Self { person, organisation, pools: caller.pools().to_vec(), plans: false }
    }
}

impl Keeper {
    /// Whoever is signed in, under the hat they wear or else another of theirs.
    ///
    /// # Errors
    /// [`Error::RoleMissing`] if they neither plan nor manage.
    pub fn of(session: &Session) -> Result<Self, Error> {
        let planner = || session.caller::<Planner>().map(|caller| Self::from(&caller));
        let manager = || session.caller::<Manager>().map(|caller| Self::from(&caller));
        match session.hat().map(|hat| hat.role) {
            Some(Role::Planner) => planner(),
            _ => manager().or_else(|_| planner()).map_err(|_| Error::RoleMissing(crate::Keeper::WORDS)),
        }
    }

    /// Whose files they are.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The pools whose duties they may bring in and take out, by id and name.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn planned(&self, app: &App) -> Result<Vec<(PoolId, String)>, Error> {
        if !self.plans {
            return Ok(Vec::new());
        }
        let tx = app.read(scope::Home(self.organisation)).await?;
        let own = pools::organised_by(&tx, self.organisation).await?;
        Ok(own.into_iter().map(|pool| (pool.id, pool.name)).collect())
    }

    /// The kinds of files they may bring in and take out.
    pub fn kinds(&self) -> Vec<FileKind> {
        FileKind::ALL.into_iter().filter(|kind| self.plans || !kind.is_a_boards()).collect()
    }

    fn may(&self, kind: FileKind) -> Result<(), Error> {
        let may = self.plans || !kind.is_a_boards();
        if may { Ok(()) } else { Err(Error::RoleMissing(Role::Planner.word())) }
    }

    /// The pool whose duties are meant: the one named, else their first.
    fn pool(&self, named: Option<PoolId>) -> Result<scope::Pool, Error> {
        let pool = named.or_else(|| self.pools.first().copied());
        let own = pool.filter(|pool| self.plans && self.pools.contains(pool));
        let pool = own.ok_or(Error::NotFound("pool"))?;
        Ok(scope::Pool { pool, viewer: self.organisation })
    }

    async fn home(&self, app: &App) -> Result<Organisation, Error> {
        let tx = app.read(scope::Home(self.organisation)).await?;
        organisations::get(&tx, self.organisation).await?.ok_or(Error::NotFound("organisation"))
    }
}

/// A file as it was handed in.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'f> {
    /// What it holds.
    pub kind: FileKind,
    /// How it is written.
    pub format: FileFormat,
    /// What it weighs is its own matter: too much is a fault like others.
    pub bytes: &'f [u8],
    /// Whose a calendar is that names nobody: an address.
    pub person: Option<&'f str>,
    /// Of which pool duties are; the keeper's first if none is named.
    pub pool: Option<PoolId>,
}

/// Says what a file would do, and everything that is wrong with it. Changes nothing.
///
/// # Errors
/// [`Error::RoleMissing`] if the keeper may not, [`Error::NotFound`] for a foreign pool.
pub async fn try_out(app: &App, keeper: &Keeper, upload: Upload<'_>) -> Result<Report, Error> {
    run(app, keeper, upload, Run::Dry).await
}

/// Brings a file in: all of it, or nothing where anything is wrong. Doing it twice changes nothing more.
///
/// # Errors
/// As [`try_out`]; what is wrong with the file is in the report, and is no error.
pub async fn import(app: &App, keeper: &Keeper, upload: Upload<'_>) -> Result<Report, Error> {
    match run(app, keeper, upload, Run::Real).await {
        // Somebody else brought an address of the file in a moment ago: now it is there.
        Err(Error::Store(error)) if error.is_conflict() => run(app, keeper, upload, Run::Real).await,
        other => other,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Dry,
    Real,
}

/// How many lines hold something new, change something, or are there already.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    added: u32,
    changed: u32,
    same: u32,
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Added => self.added += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Same => self.same += 1,
        }
    }
}

/// What a line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Added,
    Changed,
    Same,
}

impl Outcome {
    /// Of something that is there already.
    fn of_change(changes: bool) -> Self {
        if changes { Self::Changed } else { Self::Same }
    }
}

async fn run(app: &App, keeper: &Keeper, upload: Upload<'_>, run: Run) -> Result<Report, Error> {
    keeper.may(upload.kind)?;
    let home = keeper.home(app).await?;
    let table = match rows(&upload) {
        Ok(table) => table,
        Err(faults) => return Ok(refused(upload.kind, faults)),
    };
    let mut cells = Cells::of(&table);
    let kept = Kept { keeper, kind: upload.kind, run };
    match upload.kind {
        FileKind::People => {
            let wanted = people::read(&table, home.kind, &mut cells);
            let tx = app.write(scope::System).await?;
            organisations::hold(&tx, home.id).await?;
            let (tally, asked) = people::apply(app, &tx, &home, wanted, &mut cells).await?;
            if run == Run::Real && cells.are_clean() {
                invite::invite_all(app, &tx, &home, keeper.person, asked).await?;
            }
            kept.or_not(tx, cells, tally).await
        }
        FileKind::OfficeHours => {
            let wanted = office_hours::read(&table, &mut cells);
            let tx = app.write(scope::Home(home.id)).await?;
            let tally = office_hours::apply(app, &tx, &home, wanted, &mut cells).await?;
            kept.or_not(tx, cells, tally).await
        }
        FileKind::Absences => {
            let wanted = absences::read(&table, home.zone, &mut cells);
            let tx = app.write(scope::Home(home.id)).await?;
            let tally = absences::apply(app, &tx, &home, wanted, &mut cells).await?;
            kept.or_not(tx, cells, tally).await
        }
        FileKind::Duties => {
            let tx = app.write(keeper.pool(upload.pool)?).await?;
            let tally = duties::apply(app, &tx, keeper.pool(upload.pool)?.pool, &table, &mut cells).await?;
            kept.or_not(tx, cells, tally).await
        }
        FileKind::Notebook => {
            let wanted = notebook::read(&table, &mut cells);
            let tx = app.write(scope::Home(home.id)).await?;
            let tally = notebook::apply(app, &tx, &home, keeper.person, wanted, &mut cells).await?;
            kept.or_not(tx, cells, tally).await
        }
        FileKind::SchoolHolidays => {
            let wanted = school_holidays::read(&table, &mut cells);
            let tx = app.write(scope::Home(home.id)).await?;
            let tally = school_holidays::apply(app, &tx, &home, wanted, &mut cells).await?;
            kept.or_not(tx, cells, tally).await
        }
    }
}

fn rows(upload: &Upload<'_>) -> Result<Table, Vec<Fault>> {
    if upload.bytes.len() > LARGEST {
        let megabytes = u32::try_from(LARGEST / (1024 * 1024)).unwrap_or(u32::MAX);
        return Err(vec![whole_line(0, Wrong::TooLarge(megabytes))]);
    }
    match upload.format {
        FileFormat::Csv => table::read(upload.kind, upload.bytes),
        FileFormat::Ics if upload.kind.has_calendar() => calendar::read(upload.bytes, upload.person),
        FileFormat::Ics => Err(vec![whole_line(0, Wrong::IsACalendar)]),
    }
}

fn refused(kind: FileKind, faults: Vec<Fault>) -> Report {
    Report { kind, kept: false, faults, added: 0, changed: 0, same: 0 }
}

/// How a run ends.
#[derive(Debug, Clone, Copy)]
struct Kept<'r> {
    keeper: &'r Keeper,
    kind: FileKind,
    run: Run,
}

impl Kept<'_> {
    /// Commits a real run of a file with nothing wrong, and lets go of everything else.
    async fn or_not<S: scope::Scope>(self, tx: Tx<S>, cells: Cells, tally: Tally) -> Result<Report, Error> {
        let Tally { added, changed, same } = tally;
        let faults = cells.faults();
        let kept = self.run == Run::Real && faults.is_empty();
        if kept && added + changed > 0 {
            for pool in &self.keeper.pools {
                tx.signal(topics::today(*pool));
            }
            audit::add(&tx, self.entry(tally)).await?;
            tx.commit().await?;
            tracing::info!(kind = self.kind.word(), added, changed, "a file was brought in");
        }
        Ok(Report { kind: self.kind, kept, faults, added, changed, same })
    }

    fn entry(&self, tally: Tally) -> audit::Entry {
        let Tally { added, changed, same } = tally;
        audit::Entry {
            organisation: Some(self.keeper.organisation),
            person: Some(self.keeper.person),
            verb: "import",
            object_kind: self.kind.word(),
            object: None,
            detail: Some(serde_json::json!({ "added": added, "changed": changed, "same": same })),
        }
    }
}
