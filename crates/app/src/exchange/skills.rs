//! Destinations in a file of people: offices of the pools around an organisation, by their short names or
//! by what they are called.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Membership, OrganisationId, Skills,
    exchange::{Wrong, plain},
};
use storage::{Tx, memberships, organisations, pools, scope::System};

use crate::Error;

/// The offices whose destinations people of an organisation may know.
#[derive(Debug, Default)]
pub(super) struct Offices {
    slugs: BTreeMap<OrganisationId, String>,
    called: HashMap<String, OrganisationId>,
}

impl Offices {
    /// The members of the pools in which `home` is one, or that it organises.
    pub(super) async fn around(tx: &Tx<System>, home: OrganisationId) -> Result<Self, Error> {
        let today = tx.now().date_naive();
        let goes_on = |member: &Membership| member.until.is_none_or(|last| today <= last);
        let own = memberships::of_organisation(tx, home).await?.into_iter().filter(goes_on);
        let mut around: BTreeSet<_> = own.map(|member| member.pool).collect();
        around.extend(pools::organised_by(tx, home).await?.into_iter().map(|pool| pool.id));
        let mut offices = Self::default();
        for pool in around {
            for member in memberships::of_pool(tx, pool).await?.into_iter().filter(goes_on) {
                if !offices.slugs.contains_key(&member.organisation)
                    && let Some(office) = organisations::get(tx, member.organisation).await?
                {
                    offices.add(office.id, &office.slug, &office.name);
                }
            }
        }
        Ok(offices)
    }

    /// These, by id, short name and name.
    #[cfg(test)]
    pub(super) fn of<'a>(all: impl IntoIterator<Item = (OrganisationId, &'a str, &'a str)>) -> Self {
        let mut offices = Self::default();
        for (id, slug, name) in all {
            offices.add(id, slug, name);
        }
        offices
    }

    fn add(&mut self, id: OrganisationId, slug: &str, name: &str) {
        self.slugs.insert(id, slug.to_owned());
        // A short name is nobody else's; where a name is, the short name is meant.
        self.called.entry(plain(name)).or_insert(id);
        self.called.insert(plain(slug), id);
    }

    /// The offices meant by what [`listed`] found.
    pub(super) fn read(&self, listed: &[String]) -> Result<BTreeSet<OrganisationId>, Wrong> {
        let mut meant = BTreeSet::new();
        for part in listed {
            if let Some(office) = self.called.get(&plain(part)) {
                meant.insert(*office);
                continue;
            }
            for word in part.split_whitespace() {
                meant.insert(*self.called.get(&plain(word)).ok_or(Wrong::NotAnOffice)?);
            }
        }
        Ok(meant)
    }

    /// What somebody brings once a file was taken over: its levels, and its destinations and channels where
    /// it has any. Destinations of pools that are none of this organisation's stay.
    pub(super) fn merged(&self, before: &Skills, said: &Skills, listed: &[String]) -> Skills {
        let mut destinations = before.destinations.clone();
        if !listed.is_empty() {
            destinations.retain(|office| !self.slugs.contains_key(office));
            destinations.extend(self.read(listed).unwrap_or_default());
        }
        let channels = if said.channels.is_empty() { &before.channels } else { &said.channels };
        Skills { levels: said.levels.clone(), destinations, channels: channels.clone() }
    }

    /// The destinations somebody knows, as far as they are these offices', by short name.
    pub(super) fn written(&self, skills: &Skills) -> String {
        let known = skills.destinations.iter().filter_map(|office| self.slugs.get(office));
        known.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The parts of a cell: names with commas between, or short names with spaces between.
pub(super) fn listed(cell: &str) -> Vec<String> {
    let parts = cell.split([',', ';', '/', '+', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn offices_are_known_by_short_names_and_by_names() {
        let id = |number| OrganisationId(Uuid::from_u128(number));
        let offices = Offices::of([(id(1), "val-rond", "Val Rond"), (id(2), "belrive", "Belrive-les-Eaux")]);
        let both = BTreeSet::from([id(1), id(2)]);
        for cell in ["val-rond belrive", "Val rond, Belrive les eaux", "belrive; VAL-ROND"] {
            assert_eq!(offices.read(&listed(cell)), Ok(both.clone()), "{cell}");
        }
        assert_eq!(offices.read(&listed("val-rond, atlantis")), Err(Wrong::NotAnOffice));
        assert_eq!(offices.read(&listed(" ")), Ok(BTreeSet::new()));
    }
}
