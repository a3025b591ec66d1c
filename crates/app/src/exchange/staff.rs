//! Who works for an organisation, by address: whose lines a file may hold.

use std::collections::HashMap;

use chrono::{Days as CivilDays, NaiveDate};
use domain::{Employment, EmploymentId, Organisation, PersonId};
use storage::{
    Tx, employments,
    people::{self, Account},
    scope::Home,
};

use crate::Error;

/// Everybody who works here, and since when.
#[derive(Debug)]
pub(super) struct Staff {
    employments: Vec<Employment>,
    accounts: HashMap<String, Account>,
}

impl Staff {
    /// As the organisation itself sees it. Who left is no longer among them.
    pub(super) async fn load(tx: &Tx<Home>, home: &Organisation) -> Result<Self, Error> {
        let employments = employments::of_organisations(tx, &[home.id]).await?;
        let yesterday = tx.now().date_naive() - CivilDays::new(1);
        let goes_on = |one: &&Employment| one.until.is_none_or(|until| until >= yesterday);
        let mut ids: Vec<PersonId> = employments.iter().filter(goes_on).map(|one| one.person).collect();
        ids.sort_unstable();
        ids.dedup();
        let accounts = people::accounts(tx, &ids).await?;
        let accounts = accounts.into_iter().map(|account| (account.email.clone(), account)).collect();
        Ok(Self { employments, accounts })
    }

    /// Whose address it is.
    pub(super) fn by_email(&self, email: &str) -> Option<PersonId> {
        self.accounts.get(email).map(|account| account.person.id)
    }

    /// The account of somebody who works here.
    pub(super) fn account(&self, person: PersonId) -> Option<&Account> {
        self.accounts.values().find(|account| account.person.id == person)
    }

    /// Their ids.
    pub(super) fn ids(&self) -> Vec<PersonId> {
        self.accounts.values().map(|account| account.person.id).collect()
    }

    /// Each with their address.
    pub(super) fn emails(&self) -> HashMap<PersonId, &str> {
        self.accounts.values().map(|account| (account.person.id, &*account.email)).collect()
    }

    /// The employment under which somebody works here on `day`.
    pub(super) fn employed_on(&self, person: PersonId, day: NaiveDate) -> Option<&Employment> {
        self.employments.iter().find(|one| one.person == person && one.runs_on(day))
    }

    /// Whether an employment is one of this organisation.
    pub(super) fn is_own(&self, employment: EmploymentId) -> bool {
        self.employments.iter().any(|one| one.id == employment)
    }
}
