//! A pool's ledger, read from the tables as its board sees them: duties that were held, who owed which
//! part of them, and what everybody brings from before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use domain::{
    Account, Coverage, Employment, Entry, Exemption, LedgerTerms, Need, NeedId, OfficeAccount, Organisation,
    OrganisationId, Person, PersonId, Pool, Rung, Shift, time,
};
use scheduling::{
    ledger::{self, Clocks, Covered, Duty, Party, Stretch},
    needs::Period,
};
use storage::{Tx, coverage, exemptions, ledger_terms, needs, organisations, people, scope, shifts};

use super::employers::Employers;
use crate::{
    Error,
    rota::{covered, scene},
};

/// How far back balances are looked for.
const BEFORE: Months = Months::new(12);

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

/// Reads the ledger of `pool` for `period`: duties that ended by `now`, and what is carried into it.
/// `staff` is who works or worked at its members.
pub(crate) async fn read(
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    period: Period,
    staff: Staff,
) -> Result<Books, Error> {
    let now = tx.now();
    let before = year_before(period.from);
    let wide = Period { from: before.from, until: period.until };
    let known = Known::read(tx, pool, wide, staff).await?;
    let bought = coverage::of_pool(tx, pool.id).await?;
    let parties = known.parties(pool);
    let all = known.entries(pool, |shift| shift.span.end() <= now);
    let mut accounts = ledger::accounts(&parties, &all, period, pool.zone);
    let earlier = ledger::accounts(&parties, &all, before, pool.zone);
    let shares: Vec<(PersonId, u32)> =
        accounts.iter().filter(|one| one.share_bp > 0).map(|one| (one.person, one.share_bp)).collect();
    let carried = ledger::carried(&earlier, &shares, &known.terms);
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
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    from: NaiveDate,
    people: &[(PersonId, u32)],
) -> Result<BTreeMap<PersonId, i64>, Error> {
    let before = year_before(from);
    let staff = Staff::of_pool(tx, pool).await?;
    let known = Known::read(tx, pool, before, staff).await?;
    let entries = known.entries(pool, |_| true);
    let accounts = ledger::accounts(&known.parties(pool), &entries, before, pool.zone);
    Ok(ledger::carried(&accounts, people, &known.terms))
}

/// The duties of a pool that start in a period and are over, each with whoever employed its holder that
/// day.
pub(crate) async fn held(
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    period: Period,
    staff: Staff,
) -> Result<Vec<(Shift, Option<OrganisationId>)>, Error> {
    let known = Known::read(tx, pool, period, staff).await?;
    let now = tx.now();
    let whose = |shift: &Shift| {
        let day = time::day(shift.span.start(), pool.zone);
        known.staff.employers.on(shift.person, pool.id, day)
    };
    let ended = known.shifts.iter().filter(|shift| shift.span.end() <= now);
    Ok(ended.map(|shift| (shift.clone(), whose(shift))).collect())
}

fn year_before(from: NaiveDate) -> Period {
    Period { from: from - BEFORE, until: from.pred_opt().unwrap_or(from) }
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
        let in_period = |shift: &Shift| {
            let day = time::day(shift.span.start(), pool.zone);
            period.from <= day && day <= period.until
        };
        let mut held = shifts::of_pool(tx, pool.id, scene::whole(period, pool.zone)).await?;
        held.retain(in_period);
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

    /// Everybody who shares in the duties.
    fn parties(&self, pool: &Pool) -> Vec<Party> {
        let party = |person: &Person| Party {
            person: person.id,
            employer: self
                .employments_of(person.id)
                .max_by_key(|one| (one.from, one.id))
                .map(|one| one.organisation),
            languages: person.languages.clone(),
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
                from: one.from.max(member.from),
                until: [one.until, member.until].into_iter().flatten().min(),
                share_bp,
            })
            .collect()
    }

    /// The duties of `which` shifts, soonest first.
    fn entries(&self, pool: &Pool, which: impl Fn(&Shift) -> bool) -> Vec<Entry> {
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
            languages: match (shift.rung, self.needs.get(&shift.need)) {
                (Rung::Lead, Some(need)) => need.languages.clone(),
                _ => Vec::new(),
            },
        };
        // Whoever learns holds no duty of the pool's.
        let held = self.shifts.iter().filter(|shift| shift.rung.covers() && which(shift));
        held.map(|shift| ledger::entry(&duty(shift), clocks, &self.terms)).collect()
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
