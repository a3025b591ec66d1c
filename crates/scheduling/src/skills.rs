//! Whether somebody brings what a duty asks of them: languages, destinations, channels. The solver and
//! the ledger ask here; the judge reckons for itself.

use domain::{Language, OrganisationId, Skills, Slot};

use crate::problem::Candidate;

/// Whether `candidate` brings everything `slot` asks for. They know the destinations they work for on its
/// day.
pub fn brings(candidate: &Candidate, slot: &Slot) -> bool {
    let works_for = |office: OrganisationId| {
        let here = |employer: Option<OrganisationId>| employer == Some(office);
        candidate.employments.iter().any(|one| here(one.employer) && one.runs(slot.day, slot.day))
    };
    fulfils((&candidate.languages, &candidate.skills), (&slot.languages, &slot.skills), works_for)
}

/// Whether what is brought is all that is asked, of somebody who works for the offices of which
/// `works_for` is true.
///
/// A language without a level is sufficient for any level that is asked, and fulfils none that is not
/// spoken; no channels said are all channels.
pub(crate) fn fulfils(
    brought: (&[Language], &Skills),
    asked: (&[Language], &Skills),
    works_for: impl Fn(OrganisationId) -> bool,
) -> bool {
    let (spoken, own) = brought;
    let (languages, skills) = asked;
    let speaks = |language: &Language| {
        let level = own.levels.get(language);
        let enough = skills.levels.get(language).is_none_or(|least| level.is_none_or(|level| level >= least));
        spoken.contains(language) && enough
    };
    languages.iter().all(speaks)
        && skills.destinations.iter().all(|office| own.destinations.contains(office) || works_for(*office))
        && (own.channels.is_empty() || skills.channels.is_subset(&own.channels))
}
