//! The people of an organisation, and who is invited.

use chrono::Duration;
use domain::{PersonId, Role, Span, time};
use storage::{employments, invitations, organisations, people, roles, scope::Home, shifts};
use views::html::{
    components::Face,
    forms::Filled,
    team::{Invited, Member, Model},
};

use super::invite::Head;
use crate::{App, Error};

/// How far ahead people's duties are shown to whoever may act for them.
const DUTIES_WITHIN: Duration = Duration::days(14);

/// The page.
///
/// # Errors
/// If the database cannot be read.
pub async fn page(app: &App, head: &Head) -> Result<Model, Error> {
    let tx = app.read(Home(head.organisation)).await?;
    let now = tx.now();
    let home = organisations::get(&tx, head.organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let today = time::day(now, home.zone);
    let held = roles::in_organisation(&tx, home.id).await?;
    let employed = employments::of_organisations(&tx, &[home.id]).await?;
    let mut ids: Vec<PersonId> = held.iter().map(|held| held.person).collect();
    ids.extend(employed.iter().filter(|one| one.until.is_none_or(|last| today < last)).map(|one| one.person));
    let soon = Span::new(now, now + DUTIES_WITHIN).expect("later is later");
    let duties = shifts::of_people(&tx, &ids, soon).await?;
    let members = people::named(&tx, &ids).await?.into_iter().map(|person| Member {
        duties: duties
            .iter()
            .filter(|shift| shift.person == person.id && shift.rung.covers())
            .map(|shift| (shift.id, shift.span))
            .collect(),
        roles: Role::ALL
            .into_iter()
            .filter(|role| held.iter().any(|held| held.person == person.id && held.role == *role))
            .collect(),
        oneself: person.id == head.person,
        spoken: person.skills.spoken(&person.languages),
        face: Face::of(&person, &home.name, home.colour),
    });
    let members = members.collect();
    let invited = invitations::open_of(&tx, home.id).await?.into_iter().map(|one| Invited {
        id: one.id,
        name: format!("{} {}", one.given_name, one.family_name),
        good_until: (now < one.expires_at).then_some(one.expires_at),
        email: one.email,
        roles: one.roles,
    });
    Ok(Model {
        organisation: home.name.clone(),
        members,
        invited: invited.collect(),
        gives: head.gives.to_vec(),
        usual_law: super::founding::usual_law(home.calendar),
        language: home.language,
        today,
        filled: Filled::default(),
    })
}
