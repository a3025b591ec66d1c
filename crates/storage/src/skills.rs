//! What people bring to a duty, a row each: languages, destinations, channels.

use std::collections::HashMap;

use domain::{ChannelKind, Language, OrganisationId, Person, Skills, Spoken};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{StoreError, Tx, columns, entities::skill, scope::Scope};

/// A language they answer in, with its level if one is said; best first.
const LANGUAGE: &str = "language";
/// A destination they know, by the office's id.
const DESTINATION: &str = "destination";
/// A channel they answer on.
const CHANNEL: &str = "channel";

/// Adds everything `person` brings.
pub(crate) async fn add<S: Scope>(tx: &Tx<S>, person: &Person) -> Result<(), StoreError> {
    let spoken = person.skills.spoken(&person.languages).into_iter().map(|one| (LANGUAGE, one.to_string()));
    let known = person.skills.destinations.iter().map(|office| (DESTINATION, office.to_string()));
    let channels = person.skills.channels.iter().map(|channel| (CHANNEL, channel.word().to_owned()));
    let rows = spoken.chain(known).chain(channels).zip(0..).map(|((kind, value), rank)| skill::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id.0),
        kind: Set(kind.to_owned()),
        value: Set(value),
        rank: Set(rank),
    });
    tx.add_all::<skill::Entity, _>(rows.collect(), "add what a person brings").await
}

/// Writes everything `person` brings anew.
pub(crate) async fn rewrite<S: Scope>(tx: &Tx<S>, person: &Person) -> Result<(), StoreError> {
    let kinds = skill::Column::Kind.is_in([LANGUAGE, DESTINATION, CHANNEL]);
    let own = Condition::all().add(skill::Column::PersonId.eq(person.id.0)).add(kinds);
    tx.remove::<skill::Entity>(own, "forget what a person brings").await?;
    add(tx, person).await
}

/// What these people bring.
pub(crate) async fn of<S: Scope>(
    tx: &Tx<S>,
    people: Vec<Uuid>,
) -> Result<HashMap<Uuid, (Vec<Language>, Skills)>, StoreError> {
    let rows = tx
        .visible::<skill::Entity>()
        .filter(skill::Column::PersonId.is_in(people))
        .order_by_asc(skill::Column::Rank)
        .all("read what people bring")
        .await?;
    let mut all: HashMap<Uuid, (Vec<Language>, Skills)> = HashMap::new();
    for row in rows {
        let (languages, skills) = all.entry(row.person_id).or_default();
        match row.kind.as_str() {
            LANGUAGE => {
                let spoken = columns::word("skills", &row.value, Spoken::parse)?;
                languages.push(spoken.language);
                skills.levels.extend(spoken.level.map(|level| (spoken.language, level)));
            }
            DESTINATION => {
                let office = columns::word("skills", &row.value, |value| Uuid::parse_str(value).ok())?;
                skills.destinations.insert(OrganisationId(office));
            }
            CHANNEL => skills.channels.extend(ChannelKind::from_word(&row.value)),
            // A later version may know more kinds and channels, and run beside this one.
            _ => {}
        }
    }
    Ok(all)
}
