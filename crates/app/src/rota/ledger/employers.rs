//! Whose duty it was: for whom somebody stood watch on a day, also where they or the office left since.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{Employment, Membership, OrganisationId, PersonId, PoolId, Role};
use storage::{Tx, employments, memberships, roles, scope::Scope};

use crate::Error;

/// Who works or worked for whom, as far as the scope that was asked sees it: a pool's board sees its
/// members of today, the house everybody.
#[derive(Debug, Clone)]
pub(crate) struct Employers {
    /// Memberships of the pools asked for, ended ones too.
    pub memberships: Vec<Membership>,
    /// Employments there, ended ones too.
    pub employments: Vec<Employment>,
    /// Who advises where today.
    advisors: BTreeSet<(PersonId, OrganisationId)>,
}

impl Employers {
    /// Of everybody at the members of `pool`.
    pub(crate) async fn of_pool<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<Self, Error> {
        let memberships = memberships::of_pool(tx, pool).await?;
        let members: BTreeSet<OrganisationId> = memberships.iter().map(|one| one.organisation).collect();
        let members: Vec<OrganisationId> = members.into_iter().collect();
        let employments = employments::of_organisations(tx, &members).await?;
        Self::with(tx, memberships, employments).await
    }

    /// Of these people, in whichever pools.
    pub(crate) async fn of_people<S: Scope>(tx: &Tx<S>, people: &[PersonId]) -> Result<Self, Error> {
        let employments = employments::of_people(tx, people).await?;
        let employers: BTreeSet<OrganisationId> = employments.iter().map(|one| one.organisation).collect();
        let mut memberships = Vec::new();
        for employer in employers {
            memberships.extend(memberships::of_organisation(tx, employer).await?);
        }
        Self::with(tx, memberships, employments).await
    }

    async fn with<S: Scope>(
        tx: &Tx<S>,
        memberships: Vec<Membership>,
        employments: Vec<Employment>,
    ) -> Result<Self, Error> {
        let people: BTreeSet<PersonId> = employments.iter().map(|one| one.person).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let advisors = roles::of_people(tx, &people, Role::Advisor).await?;
        let advisors = advisors.into_iter().map(|held| (held.person, held.organisation)).collect();
        Ok(Self { memberships, employments, advisors })
    }

    /// Whether somebody advises there today.
    fn advises(&self, one: &Employment) -> bool {
        self.advisors.contains(&(one.person, one.organisation))
    }

    /// Employments by which people share in duties: roles are those of today, and of work that is over
    /// by `today` nobody knows any more, so it counts.
    pub(crate) fn sharing(&self, today: NaiveDate) -> impl Iterator<Item = &Employment> {
        let over = move |one: &Employment| one.until.is_some_and(|last| last < today);
        self.employments.iter().filter(move |one| self.advises(one) || over(one))
    }

    /// For whom somebody stood watch in `pool` on `day`: of several members the one they advise at, then
    /// the one with most contract hours.
    pub(crate) fn on(&self, person: PersonId, pool: PoolId, day: NaiveDate) -> Option<OrganisationId> {
        let is_member = |organisation: OrganisationId| {
            self.memberships.iter().any(|one| {
                (one.organisation, one.pool) == (organisation, pool)
                    && one.from <= day
                    && one.until.is_none_or(|last| day <= last)
            })
        };
        let running = self.employments.iter().filter(|one| one.person == person && one.runs_on(day));
        running
            .filter(|one| is_member(one.organisation))
            .max_by_key(|one| (self.advises(one), one.weekly, one.id))
            .map(|one| one.organisation)
    }
}
