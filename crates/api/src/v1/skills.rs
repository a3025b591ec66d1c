//! What somebody brings to a duty or a need asks of a lead, as programs read and write it.

use std::collections::BTreeSet;

use domain::{ChannelKind, OrganisationId, Skill};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Problem, problem::Faulty, time::Spoken, words::ChannelName};

/// One thing that is missing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SkillShown {
    /// A language, or its level.
    Language {
        /// Which, at this level at least if one is said.
        language: Spoken,
    },
    /// A destination that is not known.
    Destination {
        /// The office that looks after it.
        office: Uuid,
        /// What it is called; empty where it is out of sight.
        name: String,
    },
    /// A channel that is not answered on.
    Channel {
        /// Which.
        channel: ChannelName,
    },
}

impl From<Skill> for SkillShown {
    fn from(skill: Skill) -> Self {
        match skill {
            Skill::Language { language, level, .. } => {
                Self::Language { language: Spoken(domain::Spoken { language, level }) }
            }
            Skill::Destination { office, name } => Self::Destination { office: office.0, name },
            Skill::Channel { channel } => Self::Channel { channel: ChannelName(channel) },
        }
    }
}

/// What is missing, in a few words after a sentence; nothing where nothing is.
pub fn said(lacks: &[Skill]) -> String {
    let one = |skill: &Skill| match skill {
        Skill::Language { language, level, .. } => {
            domain::Spoken { language: *language, level: *level }.to_string()
        }
        Skill::Destination { office, name } if name.is_empty() => office.to_string(),
        Skill::Destination { name, .. } => name.clone(),
        Skill::Channel { channel } => channel.word().to_owned(),
    };
    if lacks.is_empty() {
        return String::new();
    }
    format!("; missing: {}", lacks.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// Whether lists are no longer than their descriptions allow: where each stands, how long it is, and how long
/// it may be.
///
/// # Errors
/// With those that are longer.
pub fn fit(lists: &[(&'static str, usize, usize)]) -> Result<(), Problem> {
    let longer = lists.iter().filter(|(_, length, most)| length > most);
    let faults: Vec<Faulty> =
        longer.map(|(at, _, most)| Faulty::at(*at, format!("must have at most {most} entries"))).collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::fields(faults)) }
}

/// Offices, by id.
pub fn ids(destinations: &BTreeSet<OrganisationId>) -> Vec<Uuid> {
    destinations.iter().map(|office| office.0).collect()
}

/// Channels, by their words.
pub fn names(channels: &BTreeSet<ChannelKind>) -> Vec<ChannelName> {
    channels.iter().map(|channel| ChannelName(*channel)).collect()
}

/// The same read.
pub fn destinations(ids: Vec<Uuid>) -> BTreeSet<OrganisationId> {
    ids.into_iter().map(OrganisationId).collect()
}

/// The same read.
pub fn channels(names: Vec<ChannelName>) -> BTreeSet<ChannelKind> {
    names.into_iter().map(|name| name.0).collect()
}
