//! Everything a rota needs to know, read in one go: the pool, its people, their law, hours, leave,
//! wishes and duties elsewhere. The transaction is closed before anybody starts to think.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    Absence, Acceptance, Agreement, Assignment, DutyKind, Employment, Exemption, Intervention, LedgerTerms,
    Membership, Minutes, Need, NeedId, OfficeHours, Organisation, OrganisationId, OrganisationKind,
    OutsideHours, Person, PersonId, Pool, Role, Shift, Span, Tz, Wish, time,
};
use scheduling::{
    Candidate, Employed, OfficeDay, Place, Problem, Work, aside,
    law::{self, Term},
    ledger::FREE_SICK_DAYS,
    needs::{self, Period},
};
use storage::{
    Tx, absences, acceptances, agreements, employments, exemptions, interventions, ledger_terms, memberships,
    needs as stored_needs, office_hours, organisations, outside_hours, people, roles, scope, shifts, wishes,
};
use views::html::components::Face;

use super::ledger::books;
use crate::{App, Error};

/// How many days before the period work is known: the longest average runs over seventeen weeks.
const HISTORY: Days = Days::new(7 * 17);
/// How many days where a law asks something of a year's work.
const YEAR: Days = Days::new(7 * 53);
/// How many days after it: rests cross its border.
const AHEAD: Days = Days::new(14);
/// Contract minutes of a full-time week: what a whole share is measured by.
pub(super) const FULL_TIME: u32 = 35 * 60;

/// What is known of a pool in a period.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The pool.
    pub pool: Pool,
    /// Its needs, ended ones too.
    pub needs: Vec<Need>,
    /// Its members, former ones too.
    pub memberships: Vec<Membership>,
    /// The board and the offices, by id.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// Everybody employed by a member on a day of the period, by given name.
    pub people: Vec<Person>,
    /// Their employments, with whomever.
    pub employments: Vec<Employment>,
    /// What the members' agreements and permits change of the law.
    pub agreements: Vec<Agreement>,
    /// Their ordinary hours.
    pub office_hours: Vec<OfficeHours>,
    /// What they work for employers who are not here.
    pub outside_hours: Vec<OutsideHours>,
    /// Answers they gave on standby, for whomever.
    pub interventions: Vec<Intervention>,
    /// When they are away.
    pub absences: Vec<Absence>,
    /// On which days an employer says that they owe nothing.
    pub exemptions: Vec<Exemption>,
    /// What they said of days.
    pub wishes: Vec<Wish>,
    /// Their published shifts, here and elsewhere, from as far before the period as their laws look back
    /// to two weeks after.
    pub shifts: Vec<Shift>,
    /// What the pool has published for the period, for whomever.
    pub published: Vec<Shift>,
    /// What was accepted of the pool's rotas that touches the period.
    pub accepted: Vec<Acceptance>,
    /// The period.
    pub period: Period,
    /// How the pool keeps its ledger.
    pub terms: LedgerTerms,
    /// What each brings from the years before; empty where only the law is asked.
    pub carried: BTreeMap<PersonId, i64>,
    /// When this was read.
    pub now: DateTime<Utc>,
}

/// Reads what is known of `pool` in `period`, as its board sees it.
pub(crate) async fn load(tx: &Tx<scope::Pool>, pool: Pool, period: Period) -> Result<Scene, Error> {
    let memberships = memberships::of_pool(tx, pool.id).await?;
    let organisations: BTreeMap<OrganisationId, Organisation> =
        organisations::all_in_sight(tx).await?.into_iter().map(|one| (one.id, one)).collect();
    let members: Vec<OrganisationId> = memberships.iter().map(|member| member.organisation).collect();
    let ids: Vec<PersonId> = {
        let here = employments::of_organisations(tx, &members).await?;
        let advisors = roles::with(tx, Role::Advisor).await?;
        let advises = |one: &Employment| {
            advisors.iter().any(|held| (held.person, held.organisation) == (one.person, one.organisation))
        };
        let on = |one: &&Employment| advises(one) && works_in(one, &memberships, period);
        here.iter().filter(on).map(|one| one.person).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let employments = employments::of_people(tx, &ids).await?;
    let agreements = agreements::of_organisations(tx, &members).await?;
    let by_year = |person: &PersonId| looks_back_a_year(*person, &employments, &agreements);
    let (far, near): (Vec<PersonId>, Vec<PersonId>) = ids.iter().copied().partition(by_year);
    let past = Past::read(tx, &far, whole(around(period, YEAR), pool.zone)).await?;
    let past = past.and(Past::read(tx, &near, whole(around(period, HISTORY), pool.zone)).await?);
    Ok(Scene {
        published: published(tx, &pool, period).await?,
        needs: stored_needs::of_pool(tx, pool.id).await?,
        people: people::named(tx, &ids).await?,
        employments,
        agreements,
        office_hours: office_hours::of_people(tx, &ids).await?,
        outside_hours: outside_hours::of_people(tx, &ids, period.from - YEAR).await?,
        interventions: past.interventions,
        accepted: acceptances::within(tx, pool.id, whole(period, pool.zone)).await?,
        absences: past.absences,
        exemptions: exemptions::of_people(tx, &ids).await?,
        wishes: wishes::between(tx, &ids, period.from - Days::new(1), period.until + Days::new(1)).await?,
        shifts: past.shifts,
        terms: ledger_terms::of(tx, pool.id).await?,
        carried: BTreeMap::new(),
        now: tx.now(),
        memberships,
        organisations,
        pool,
        period,
    })
}

/// What people did, and when they were away, as far back as their laws look.
struct Past {
    interventions: Vec<Intervention>,
    absences: Vec<Absence>,
    shifts: Vec<Shift>,
}

impl Past {
    async fn read(tx: &Tx<scope::Pool>, people: &[PersonId], span: Span) -> Result<Self, Error> {
        Ok(Self {
            interventions: interventions::of_people(tx, people, span).await?,
            absences: absences::within(tx, people, span).await?,
            shifts: shifts::of_people(tx, people, span).await?,
        })
    }

    fn and(mut self, other: Self) -> Self {
        self.interventions.extend(other.interventions);
        self.absences.extend(other.absences);
        self.shifts.extend(other.shifts);
        self
    }
}

/// `period` with so many days before it, and with the days after it in which rests end.
fn around(period: Period, before: Days) -> Period {
    Period { from: period.from - before, until: period.until + AHEAD }
}

/// Whether a law or an agreement that binds somebody asks something of a year's work.
fn looks_back_a_year(person: PersonId, employments: &[Employment], agreements: &[Agreement]) -> bool {
    let agreed = |one: &Employment| {
        let mut own = agreements.iter().filter(|agreed| agreed.organisation == one.organisation);
        own.any(|agreed| matches!(agreed.term, Term::SundaysInYear | Term::OvertimeYear))
    };
    let mut own = employments.iter().filter(|one| one.person == person);
    own.any(|one| law::profile(one.law).asks_of_a_year() || agreed(one))
}

/// What a pool has published for the days of a period, soonest first.
pub(crate) async fn published(
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    period: Period,
) -> Result<Vec<Shift>, Error> {
    let mut published = shifts::of_pool(tx, pool.id, whole(period, pool.zone)).await?;
    published.retain(|shift| starts_in(shift, period, pool.zone));
    Ok(published)
}

/// The same, with what everybody brings from the ledger: for whoever builds a rota or looks at one.
/// `staff` is everybody who shared in its duties, read before the transaction began.
pub(crate) async fn load_with_ledger(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: Pool,
    period: Period,
    staff: books::Staff,
) -> Result<Scene, Error> {
    let mut scene = load(tx, pool, period).await?;
    let share = |person: &Person| {
        let own: Vec<&Employment> = scene.employments.iter().filter(|one| one.person == person.id).collect();
        (person.id, scene.carrying_bp(person.id, &own))
    };
    let people: Vec<(PersonId, u32)> = scene.people.iter().map(share).collect();
    scene.carried = books::carried_into(app, tx, &scene.pool, (period.from, &people), staff).await?;
    Ok(scene)
}

/// Whether somebody works for a member of the pool on a day of the period.
fn works_in(employment: &Employment, memberships: &[Membership], period: Period) -> bool {
    memberships.iter().filter(|member| member.organisation == employment.organisation).any(|member| {
        let from = employment.from.max(member.from).max(period.from);
        let until = [employment.until, member.until].into_iter().flatten().fold(period.until, NaiveDate::min);
        from <= until
    })
}

/// Whether a shift starts on a day of the period.
fn starts_in(shift: &Shift, period: Period, zone: Tz) -> bool {
    let day = time::day(shift.span.start(), zone);
    period.from <= day && day <= period.until
}

/// From the first midnight of the period to the last.
pub(crate) fn whole(period: Period, zone: Tz) -> Span {
    Span::new(time::civil_day(period.from, zone).start(), time::civil_day(period.until, zone).end())
        .expect("a period ends on or after the day it starts")
}

impl Scene {
    /// The question to solve or to judge: `assignments` as they stand, everything else around them. What
    /// is new in them would be told today.
    pub(crate) fn problem(&self, assignments: &[Assignment]) -> Problem {
        let places = assignments.iter().map(|one| self.weighed(self.place(one))).collect();
        let mut candidates = aside::each(&self.people, |person| self.candidate(person));
        candidates.sort_by_key(|candidate| candidate.person);
        Problem {
            told: Some(time::day(self.now, self.pool.zone)),
            promise: self.promise(),
            offices: self.watched().map(|office| office.id).collect(),
            names: self.organisations.values().map(|one| (one.id, one.name.clone())).collect(),
            ..Problem::new(self.pool.zone, places, candidates)
        }
    }

    /// An assignment as the solver and the judge see it; whoever holds the same duty as published was told
    /// of it then, as the notice of that instant proves, or took it themselves. What somebody accepted of
    /// such a duty, with a reason, no new build undoes.
    fn place(&self, one: &Assignment) -> Place {
        let place = Place::open(one.slot.clone()).with(one.person);
        let same = |shift: &&Shift| {
            (Some(shift.person), shift.need, shift.rung, shift.span)
                == (one.person, one.slot.need, one.slot.rung, one.slot.span)
        };
        let held = self.published.iter().find(same);
        let told_at = held.and_then(|shift| shift.told_at);
        let told = told_at.map(|at| time::day(at, self.pool.zone));
        let of_it = |accepted: &Acceptance| {
            Some(accepted.finding.person) == one.person && accepted.finding.span.overlaps(&one.slot.span)
        };
        let pinned = one.pinned || held.is_some() && self.accepted.iter().any(of_it);
        let agreed = held.is_some() && told.is_none();
        Place { kind: self.kind_of(one.slot.need), told, agreed, pinned, ..place }
    }

    /// What the hours of a need are in law.
    pub(crate) fn kind_of(&self, need: NeedId) -> DutyKind {
        self.needs.iter().find(|one| one.id == need).map_or(DutyKind::Active, |need| need.kind)
    }

    /// Within how long the pool's offices promise an answer: the shortest promise, which whoever watches
    /// for all of them must keep.
    fn promise(&self) -> Option<Minutes> {
        self.watched().map(|office| office.promise).filter(|promise| promise.0 > 0).min()
    }

    /// The offices whose visitors the pool answers in the period.
    fn watched(&self) -> impl Iterator<Item = &Organisation> {
        self.offices().into_iter().filter(|one| one.kind == OrganisationKind::Office)
    }

    /// A place that counts in the solver as it will in the ledger.
    fn weighed(&self, place: Place) -> Place {
        let worth = self.terms.worth(place.slot.span.length(), place.slot.rung);
        Place { worth: Minutes(u32::try_from(worth).unwrap_or(u32::MAX)), ..place }
    }

    fn candidate(&self, person: &Person) -> Candidate {
        let employments: Vec<&Employment> =
            self.employments.iter().filter(|one| one.person == person.id).collect();
        let absences = self.absences.iter().filter(|one| one.person == person.id).map(|one| one.span);
        let wishes = self.wishes.iter().filter(|wish| wish.person == person.id);
        let wishes = wishes.map(|wish| scheduling::Wish { day: wish.day, kind: wish.kind }).collect();
        let elsewhere: Vec<&Shift> = self
            .shifts
            .iter()
            .filter(|shift| shift.person == person.id && !self.is_replaced(shift))
            .collect();
        let of_kind = |kind: DutyKind| elsewhere.iter().filter(move |shift| shift.kind == kind);
        let active = of_kind(DutyKind::Active)
            .map(|shift| Work { span: shift.span, employer: self.employer(shift, &employments) });
        Candidate {
            person: person.id,
            languages: person.languages.clone(),
            skills: person.skills.clone(),
            employments: employments.iter().flat_map(|one| self.employed(one)).collect(),
            office: self.office_days(person.id),
            absences: absences.collect(),
            wishes,
            busy: active.collect(),
            standby: of_kind(DutyKind::Standby).map(|shift| shift.span).collect(),
            elsewhere: self.outside(person.id, self.home_zone(&employments)),
            interventions: self.answered(person.id),
            born: employments.iter().filter_map(|one| one.born).max(),
            share_bp: self.share_bp(&employments),
            exempt: self.exempt(person.id),
            balance: self.carried.get(&person.id).copied().unwrap_or(0),
            ..Candidate::new(person.id, self.home_zone(&employments), Vec::new())
        }
    }

    /// What they work around the period for employers who are not here.
    fn outside(&self, person: PersonId, zone: Tz) -> Vec<Span> {
        let around = self.around(person);
        let own = self.outside_hours.iter().filter(|hours| hours.person == person);
        own.flat_map(|hours| hours.spans(around.from, around.until, zone)).collect()
    }

    /// Answers they gave on standby.
    fn answered(&self, person: PersonId) -> Vec<Work> {
        let own = self.interventions.iter().filter(|one| one.person == person);
        own.map(|one| Work { span: one.span, employer: Some(one.organisation) }).collect()
    }

    /// For whom a published duty is done: here, as the rota will say of the same day; in another pool,
    /// whose members are not in sight, at an employer who is no member of this one if there is any.
    fn employer(&self, shift: &Shift, employments: &[&Employment]) -> Option<OrganisationId> {
        let day = time::day(shift.span.start(), self.pool.zone);
        let here = shift.pool == self.pool.id;
        let running = employments.iter().filter(|one| one.runs_on(day));
        running
            .max_by_key(|one| (self.is_member(one.organisation, day) == here, one.weekly, one.organisation))
            .map(|one| one.organisation)
    }

    /// The period with what somebody's laws look back and ahead to.
    fn around(&self, person: PersonId) -> Period {
        let by_year = looks_back_a_year(person, &self.employments, &self.agreements);
        around(self.period, if by_year { YEAR } else { HISTORY })
    }

    /// Whether a shift stands in one of the places a rota of this period fills.
    pub(crate) fn is_replaced(&self, shift: &Shift) -> bool {
        shift.pool == self.pool.id && starts_in(shift, self.period, self.pool.zone)
    }

    /// An employment as the law sees it; inside the pool as long as the employer is a member.
    pub(super) fn employed(&self, one: &Employment) -> Vec<Employed> {
        let employer = self.organisations.get(&one.organisation);
        // Of an employer outside the pool's sight neither holidays nor kind are known.
        let employed = |from, until, in_pool| Employed {
            employer: Some(one.organisation),
            calendar: employer.map(|employer| employer.calendar),
            tourist_office: employer.is_none_or(|employer| employer.kind == OrganisationKind::Office),
            ..Employed::new(from, until, one.law, in_pool)
        };
        // The contract is told once.
        let always = Employed { weekly: Some(one.weekly), ..employed(one.from, one.until, false) };
        let inside = self.memberships.iter().filter(|member| member.organisation == one.organisation);
        let inside = inside.filter_map(|member| {
            let until = [one.until, member.until].into_iter().flatten().min();
            let from = one.from.max(member.from);
            until.is_none_or(|last| from <= last).then(|| employed(from, until, true))
        });
        let agreements: Vec<&Agreement> =
            self.agreements.iter().filter(|agreed| agreed.organisation == one.organisation).collect();
        std::iter::once(always).chain(inside).flat_map(|one| one.under(&agreements)).collect()
    }

    /// Where they live by the clock: at their first employer in sight of the period; at an earlier or
    /// later one where there is none.
    fn home_zone(&self, employments: &[&Employment]) -> Tz {
        let runs = |one: &&&Employment| {
            one.from <= self.period.until && one.until.is_none_or(|last| self.period.from <= last)
        };
        let known =
            |one: &&Employment| self.organisations.get(&one.organisation).map(|employer| employer.zone);
        let now = employments.iter().filter(runs).find_map(known);
        now.or_else(|| employments.iter().find_map(known)).unwrap_or(self.pool.zone)
    }

    /// Contract minutes with members on each day of the period.
    fn contract<'s>(&'s self, employments: &'s [&Employment]) -> impl Iterator<Item = (NaiveDate, u64)> + 's {
        let on = move |day: NaiveDate| {
            let on = employments
                .iter()
                .filter(move |one| one.runs_on(day) && self.is_member(one.organisation, day));
            on.map(|one| u64::from(one.weekly.0)).sum::<u64>()
        };
        self.period.days().map(move |day| (day, on(day)))
    }

    /// Contract minutes with members on a day on which they work for one, in basis points of full time.
    fn share_bp(&self, employments: &[&Employment]) -> u32 {
        let worked = || self.contract(employments).map(|(_, minutes)| minutes).filter(|minutes| *minutes > 0);
        let days = u64::try_from(worked().count()).unwrap_or(1).max(1);
        u32::try_from(worked().sum::<u64>() * 10_000 / u64::from(FULL_TIME) / days).unwrap_or(u32::MAX)
    }

    /// The same by all days of the period, those on which they owe nothing left out: their part of what
    /// the twelve months before have left.
    fn carrying_bp(&self, person: PersonId, employments: &[&Employment]) -> u32 {
        let exempt = self.exempt(person);
        let owes = |day: &NaiveDate| !exempt.iter().any(|(from, until)| from <= day && day <= until);
        let owed: u64 =
            self.contract(employments).filter(|(day, _)| owes(day)).map(|(_, minutes)| minutes).sum();
        let days = u64::try_from(self.period.days().count()).unwrap_or(1).max(1);
        u32::try_from(owed * 10_000 / u64::from(FULL_TIME) / days).unwrap_or(u32::MAX)
    }

    /// The days of the period on which their employer says that they owe nothing: those beyond the first
    /// ten of the twelve months that end with it, as the ledger counts.
    fn exempt(&self, person: PersonId) -> Vec<(NaiveDate, NaiveDate)> {
        let own = self.exemptions.iter().filter(|one| one.person == person);
        let excused: BTreeSet<NaiveDate> = own
            .flat_map(|one| Period { from: one.from, until: one.until }.days())
            .filter(|day| self.period.until - YEAR < *day && *day <= self.period.until)
            .collect();
        let free = excused.into_iter().skip(FREE_SICK_DAYS).filter(|day| self.period.from <= *day);
        free.map(|day| (day, day)).collect()
    }

    fn is_member(&self, organisation: OrganisationId, day: NaiveDate) -> bool {
        self.memberships.iter().any(|member| {
            member.organisation == organisation
                && member.from <= day
                && member.until.is_none_or(|last| day <= last)
        })
    }

    /// Ordinary hours of every day around the period, in the zone and holidays of the employer.
    fn office_days(&self, person: PersonId) -> Vec<OfficeDay> {
        let around = self.around(person);
        let stands = self.shifts.iter().filter(|shift| shift.person == person && !self.is_replaced(shift));
        let duty_days: BTreeSet<NaiveDate> =
            stands.map(|shift| time::day(shift.span.start(), self.pool.zone)).collect();
        let mut days: BTreeMap<(NaiveDate, Option<OrganisationId>), OfficeDay> = BTreeMap::new();
        for hours in self.office_hours.iter().filter(|hours| hours.person == person) {
            let Some(employment) = self.employments.iter().find(|one| one.id == hours.employment) else {
                continue;
            };
            let from = hours.from.max(employment.from).max(around.from);
            let until =
                [hours.until, employment.until].into_iter().flatten().fold(around.until, NaiveDate::min);
            if until < from {
                continue;
            }
            // An employer outside the pool is a stranger: the pool's own clocks stand in for theirs.
            let (zone, calendar) = self
                .organisations
                .get(&employment.organisation)
                .map_or((self.pool.zone, self.pool.calendar), |one| (one.zone, one.calendar));
            let (usual, on_duty) = (hours.windows(), hours.windows_on_duty());
            for day in needs::office_days(&usual, on_duty.as_deref(), Period { from, until }, zone, calendar)
            {
                // What was worked beside a duty that stands already were the hours of a day with one.
                let stood = duty_days.contains(&day.day);
                let employer = Some(employment.organisation);
                let merged = days.entry((day.day, employer)).or_insert_with(|| OfficeDay {
                    employer,
                    day: day.day,
                    usual: Vec::new(),
                    on_duty: Vec::new(),
                });
                merged.usual.extend(if stood { day.on_duty.clone() } else { day.usual });
                merged.on_duty.extend(day.on_duty);
            }
        }
        days.into_values().collect()
    }

    /// Somebody as pages show them: with the office they work for in the period.
    pub(crate) fn face(&self, person: &Person) -> Face {
        let employers = self
            .employments
            .iter()
            .filter(|one| one.person == person.id && works_in(one, &self.memberships, self.period));
        let office = employers.filter_map(|one| self.organisations.get(&one.organisation)).next();
        Face::of(person, office.map_or("", |one| &one.name), office.map_or(0, |one| one.colour))
    }

    /// Everybody's face, by id.
    pub(crate) fn faces(&self) -> BTreeMap<PersonId, Face> {
        self.people.iter().map(|person| (person.id, self.face(person))).collect()
    }

    /// The offices that are members in the period, by name.
    pub(crate) fn offices(&self) -> Vec<&Organisation> {
        let mut offices: Vec<&Organisation> = self
            .memberships
            .iter()
            .filter(|member| {
                member.from <= self.period.until && member.until.is_none_or(|last| self.period.from <= last)
            })
            .filter_map(|member| self.organisations.get(&member.organisation))
            .collect();
        offices.sort_by(|one, other| one.name.cmp(&other.name));
        offices.dedup_by_key(|office| office.id);
        offices
    }
}
