//! A pool's ledger, read from the tables as its board sees them: duties that were held, who owed which
//! part of them, and what everybody brings from before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Duration, NaiveDate};
use domain::{
    Account, Coverage, Employment, Entry, Exemption, LedgerTerms, Need, NeedId, OfficeAccount, Organisation,
    OrganisationId, Person, PersonId, Pool, PoolId, Rung, Shift, Tz, time,
};
use scheduling::{
    ledger::{self, Balances, Clocks, Covered, Duty, Party, Stretch},
    needs::Period,
};
use storage::{Tx, coverage, exemptions, ledger_terms, needs, organisations, people, pools, scope, shifts};

use super::{closings::Closing, employers::Employers};
use crate::{
    App, Error,
    rota::{covered, scene},
};

/// So long after its end every duty of a year is over.
const SETTLED_AFTER: Duration = Duration::days(2);

/// The ledger of a pool for a period.
#[derive(Debug, Clone)]
pub(crate) struct Books {
    /// How it is kept.
    pub terms: LedgerTerms,
    /// Everybody's account, by person.
    pub accounts: Vec<Account>,
    /// The duties behind them, soonest first.
    pub entries: Vec<Entry>,
    /// What offices gave and received, by office.
    pub offices: Vec<OfficeAccount>,
    /// Those who share in the duties, by id.
    pub people: BTreeMap<PersonId, Person>,
    /// For whom they work or worked.
    pub employments: Vec<Employment>,
}

/// Reads the ledger of `pool` for `period`: duties that ended by now, and what is carried into it from
/// all the years before. `staff` is who works or worked at its members.
pub(crate) async fn read(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    period: Period,
    staff: Staff,
) -> Result<Books, Error> {
    let now = tx.now();
    let ended = |shift: &Shift| shift.span.end() <= now;
    let wide = Period { from: first_of_year(period.from), until: period.until };
    let known = Known::read(tx, pool, wide, staff).await?;
    let bought = coverage::of_pool(tx, pool.id).await?;
    let parties = known.parties(pool);
    let all = known.entries(pool, &known.shifts, ended);
    let mut accounts = ledger::accounts(&parties, &all, period, pool.zone);
    let shares: Vec<(PersonId, u32)> =
        accounts.iter().filter(|one| one.share_bp > 0).map(|one| (one.person, one.share_bp)).collect();
    let years = known.closed(app, tx, pool, (wide.from, &parties), ended).await?;
    let balances = known.until(&years, pool, (period.from, &parties), &all);
    let carried = ledger::carried(&balances, &shares, &known.terms);
    for account in &mut accounts {
        account.carried = carried.get(&account.person).copied().unwrap_or(0);
    }
    let entries: Vec<Entry> =
        all.into_iter().filter(|one| period.from <= one.day && one.day <= period.until).collect();
    let offices = ledger::offices(&entries, &known.covered(&bought, pool, period));
    Ok(Books {
        terms: known.terms,
        accounts,
        entries,
        offices,
        people: known.staff.people,
        employments: known.staff.employers.employments,
    })
}

/// What each of `people` (with their share) carries into a period that begins on `from`. Duties that
/// are published and not over yet count too: they will be, when it begins.
pub(crate) async fn carried_into(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    (from, people): (NaiveDate, &[(PersonId, u32)]),
    staff: Staff,
) -> Result<BTreeMap<PersonId, i64>, Error> {
    let this_year = Period { from: first_of_year(from), until: from };
    let known = Known::read(tx, pool, this_year, staff).await?;
    let parties = known.parties(pool);
    let entries = known.entries(pool, &known.shifts, |_| true);
    let years = known.closed(app, tx, pool, (this_year.from, &parties), |_| true).await?;
    let balances = known.until(&years, pool, (from, &parties), &entries);
    Ok(ledger::carried(&balances, people, &known.terms))
}

/// The duties of a pool that start in a period or a day around it and are over, and for whom they were.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// The duties, soonest first.
    pub shifts: Vec<Shift>,
    pool: PoolId,
    employers: Employers,
}

impl Held {
    /// Reads them; `staff` is who works or worked at the pool's members.
    pub(crate) async fn read(
        tx: &Tx<scope::Pool>,
        pool: &Pool,
        period: Period,
        staff: Staff,
    ) -> Result<Self, Error> {
        let around = Period { from: period.from - Days::new(1), until: period.until + Days::new(1) };
        let mut shifts = starting_in(tx, pool, around).await?;
        shifts.retain(|shift| shift.span.end() <= tx.now());
        Ok(Self { shifts, pool: pool.id, employers: staff.employers })
    }

    /// Those that start in `period` by the clocks of `zone` and were for `employer` then, by the same clocks.
    pub(crate) fn of(
        &self,
        employer: OrganisationId,
        period: Period,
        zone: Tz,
    ) -> impl Iterator<Item = &Shift> {
        self.shifts.iter().filter(move |shift| {
            let day = time::day(shift.span.start(), zone);
            period.from <= day
                && day <= period.until
                && self.employers.on(shift.person, self.pool, day) == Some(employer)
        })
    }
}

fn first_of_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_yo_opt(day.year(), 1).unwrap_or(day)
}

/// Who works or worked at a pool's members, as far as the scope that was asked sees them.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    employers: Employers,
    people: BTreeMap<PersonId, Person>,
    organisations: BTreeMap<OrganisationId, Organisation>,
    /// The day on which this was read.
    today: NaiveDate,
}

impl Staff {
    /// Of everybody at the pool's members, those who left too; the house knows them.
    pub(crate) async fn known_to_the_house(app: &App, pool: PoolId) -> Result<Self, Error> {
        let tx = app.read(scope::System).await?;
        let pool = pools::by_id(&tx, pool).await?.ok_or(Error::NotFound("pool"))?;
        Self::of_pool(&tx, &pool).await
    }

    /// Asked of a pool's own scope, those of today; asked of the house, people and offices that left too.
    pub(crate) async fn of_pool<S: scope::Scope>(tx: &Tx<S>, pool: &Pool) -> Result<Self, Error> {
        let employers = Employers::of_pool(tx, pool.id).await?;
        let today = time::day(tx.now(), pool.zone);
        let ids: BTreeSet<PersonId> = employers.sharing(today).map(|one| one.person).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = people::named(tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
        let mut organisations = BTreeMap::new();
        for member in &employers.memberships {
            let known = organisations::get(tx, member.organisation).await?;
            organisations.extend(known.map(|one| (one.id, one)));
        }
        Ok(Self { employers, people, organisations, today })
    }
}

/// The shifts of a pool that start on a day of the period, soonest first.
async fn starting_in(tx: &Tx<scope::Pool>, pool: &Pool, period: Period) -> Result<Vec<Shift>, Error> {
    let mut held = shifts::of_pool(tx, pool.id, scene::whole(period, pool.zone)).await?;
    held.retain(|shift| {
        let day = time::day(shift.span.start(), pool.zone);
        period.from <= day && day <= period.until
    });
    Ok(held)
}

/// What is known of a pool's duties in a period, and of who owed them.
struct Known {
    terms: LedgerTerms,
    shifts: Vec<Shift>,
    needs: BTreeMap<NeedId, Need>,
    exemptions: Vec<Exemption>,
    staff: Staff,
}

impl Known {
    async fn read(tx: &Tx<scope::Pool>, pool: &Pool, period: Period, staff: Staff) -> Result<Self, Error> {
        let held = starting_in(tx, pool, period).await?;
        let needs = needs::of_pool(tx, pool.id).await?.into_iter().map(|need| (need.id, need));
        let ids: Vec<PersonId> = staff.people.keys().copied().collect();
        Ok(Self {
            terms: ledger_terms::of(tx, pool.id).await?,
            exemptions: exemptions::of_people(tx, &ids).await?,
            needs: needs.collect(),
            shifts: held,
            staff,
        })
    }

    /// How the years before `first` (the first day of one) ended, all of them, reckoned from those of
    /// their duties that count; remembered where nothing of it is to come.
    async fn closed(
        &self,
        app: &App,
        tx: &Tx<scope::Pool>,
        pool: &Pool,
        (first, parties): (NaiveDate, &[Party]),
        counts: impl Fn(&Shift) -> bool,
    ) -> Result<Balances, Error> {
        let end = time::civil_day(first, pool.zone).start();
        let Some(mark) = shifts::mark(tx, pool.id, end).await? else { return Ok(Balances::new()) };
        let closing = Closing::of((pool.id, first), &mark, &self.terms, parties, &self.needs);
        let settled = end + SETTLED_AFTER <= tx.now();
        if let Some(known) = app.memory.closings.recall(&closing).filter(|_| settled) {
            return Ok(known);
        }
        let begun = time::day(mark.first, pool.zone);
        let mut balances = Balances::new();
        for year in ledger::years(begun, first) {
            let held = starting_in(tx, pool, year).await?;
            let entries = self.entries(pool, &held, &counts);
            let accounts = ledger::accounts(parties, &entries, year, pool.zone);
            balances = ledger::closed(&balances, &accounts, &self.terms);
        }
        if settled {
            app.memory.closings.keep(closing, balances.clone());
        }
        Ok(balances)
    }

    /// The balances on `day`: how the years before its own ended, and what that one added until then.
    fn until(
        &self,
        years: &Balances,
        pool: &Pool,
        (day, parties): (NaiveDate, &[Party]),
        entries: &[Entry],
    ) -> Balances {
        let mut balances = years.clone();
        for year in ledger::years(first_of_year(day), day) {
            let accounts = ledger::accounts(parties, entries, year, pool.zone);
            balances = ledger::closed(&balances, &accounts, &self.terms);
        }
        balances
    }

    /// Everybody who shares in the duties.
    fn parties(&self, pool: &Pool) -> Vec<Party> {
        let party = |person: &Person| Party {
            person: person.id,
            employer: self
                .employments_of(person.id)
                .max_by_key(|one| (one.from, one.id))
                .map(|one| one.organisation),
            languages: person.languages.clone(),
            skills: person.skills.clone(),
            stretches: self.employments_of(person.id).flat_map(|one| self.stretches(one)).collect(),
            excused: self
                .exemptions
                .iter()
                .filter(|one| one.person == person.id)
                .map(|one| scene::whole(Period { from: one.from, until: one.until }, pool.zone))
                .collect(),
        };
        self.staff.people.values().map(party).collect()
    }

    fn employments_of(&self, person: PersonId) -> impl Iterator<Item = &Employment> {
        self.staff.employers.sharing(self.staff.today).filter(move |one| one.person == person)
    }

    /// The part of a full-time share that an employment owes, while the employer is a member.
    fn stretches(&self, one: &Employment) -> Vec<Stretch> {
        let share = u64::from(one.weekly.0) * 10_000 / u64::from(scene::FULL_TIME);
        let share_bp = u32::try_from(share).unwrap_or(u32::MAX);
        let inside =
            self.staff.employers.memberships.iter().filter(|member| member.organisation == one.organisation);
        inside
            .map(|member| Stretch {
                employer: Some(one.organisation),
                from: one.from.max(member.from),
                until: [one.until, member.until].into_iter().flatten().min(),
                share_bp,
            })
            .collect()
    }

    /// The duties of those of `shifts` that count, in their order.
    fn entries(&self, pool: &Pool, shifts: &[Shift], counts: impl Fn(&Shift) -> bool) -> Vec<Entry> {
        let clocks = Clocks { zone: pool.zone, calendar: pool.calendar };
        let duty = |shift: &Shift| Duty {
            shift: shift.id,
            person: shift.person,
            employer: self.staff.employers.on(
                shift.person,
                pool.id,
                time::day(shift.span.start(), pool.zone),
            ),
            rung: shift.rung,
            kind: shift.kind,
            span: shift.span,
            languages: self.asked_of(shift).map(|need| need.languages.clone()).unwrap_or_default(),
            skills: self.asked_of(shift).map(|need| need.skills.clone()).unwrap_or_default(),
        };
        // Whoever learns holds no duty of the pool's.
        let held = shifts.iter().filter(|shift| shift.rung.covers() && counts(shift));
        held.map(|shift| ledger::entry(&duty(shift), clocks, &self.terms)).collect()
    }

    /// The need whose skills a duty asks for: a lead's.
    fn asked_of(&self, shift: &Shift) -> Option<&Need> {
        self.needs.get(&shift.need).filter(|_| shift.rung == Rung::Lead)
    }

    fn covered(&self, bought: &[Coverage], pool: &Pool, period: Period) -> Vec<Covered> {
        let span = scene::whole(period, pool.zone);
        // A duty of the last evening may end on the next morning.
        let span = domain::Span::new(span.start(), span.end() + chrono::Duration::days(1))
            .expect("a day later is later");
        let mut all: BTreeMap<OrganisationId, Vec<domain::Span>> = BTreeMap::new();
        for one in bought {
            let Some(office) = self.staff.organisations.get(&one.organisation) else { continue };
            all.entry(office.id).or_default().extend(covered::stretches(one, office, span));
        }
        all.into_iter().map(|(office, spans)| Covered { office, spans }).collect()
    }
}
