//! Comparing a draft with what is published: who gains or loses what, and how much notice they get.

use std::collections::BTreeMap;

use domain::{Finding, Gravity, PersonId, RotaId, finding::Rule, time};
use views::html::{
    compare::{Change, Duty, Model},
    components::Face,
};

use super::{Sheet, accepted, beside, board, publish, scope_of, sheet};
use crate::{App, Caller, Error, Planner};

/// The page that compares a draft with what is published.
///
/// # Errors
/// If there is no such rota.
pub async fn compare(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Model, Error> {
    let others = beside::others(app, planner, rota).await?;
    let others = others.into_iter().map(|one| (one.id, one.number)).collect();
    Ok(Model { others, ..compare_and_judge(app, planner, rota).await?.0 })
}

/// The same, with everything that the judge finds wrong with hours to come, the gravest first.
///
/// # Errors
/// If there is no such rota.
pub async fn compare_and_judge(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
) -> Result<(Model, Vec<Finding>), Error> {
    let scope = scope_of(app, planner, rota).await?;
    let sheet = sheet(app, scope, rota).await?;
    let findings = accepted::findings(&sheet.scene, &sheet.places);
    let names = accepted::names(app, scope, &sheet.scene).await?;
    Ok((model(&sheet, &findings, &names), findings))
}

fn model(sheet: &Sheet, findings: &[Finding], names: &BTreeMap<PersonId, String>) -> Model {
    let effects = effects(sheet);
    let faces = sheet.scene.faces();
    let day = |at| time::day(at, sheet.scene.pool.zone);
    let mut changes: Vec<Change> = Vec::new();
    let mut untouched = 0;
    for (person, effect) in effects {
        if effect.first().is_none() {
            untouched += 1;
            continue;
        }
        let duty = |(span, rung)| Duty { span, rung };
        changes.push(Change {
            face: face(&faces, person),
            // Notice is of what somebody gets: nobody needs any of what they no longer have.
            notice: effect
                .gains
                .first()
                .map(|(span, _)| publish::clear_days(day(sheet.scene.now), day(span.start()))),
            short: findings.iter().any(|one| one.rule == Rule::Notice && one.person == person),
            gains: effect.gains.into_iter().map(duty).collect(),
            loses: effect.loses.into_iter().map(duty).collect(),
            keeps: effect.keeps,
        });
    }
    changes.sort_by(|one, other| one.face.name.cmp(&other.face.name));
    Model {
        rota: sheet.rota.id,
        version: i64::from(sheet.rota.version),
        status: sheet.rota.status,
        pool: sheet.scene.pool.name.clone(),
        days: (sheet.rota.from, sheet.rota.until),
        replaces: !sheet.scene.published.is_empty(),
        changes,
        untouched,
        gaps: sheet
            .places
            .iter()
            .filter(|place| place.person.is_none() && sheet.scene.now < place.slot.span.start())
            .count(),
        refused: findings.iter().filter(|finding| finding.gravity == Gravity::Absolute).count(),
        remarks: board::remarks(sheet, findings.to_vec(), &faces, names),
        given: Vec::new(),
        message: sheet.rota.message.clone().unwrap_or_default(),
        others: Vec::new(),
    }
}

/// What publishing the sheet would change, for whom.
pub(super) fn effects(sheet: &Sheet) -> BTreeMap<PersonId, publish::Effect> {
    // Ids of shifts are minted when it is published; until then one stands for all.
    let nobody = || domain::ShiftId(uuid::Uuid::nil());
    let Sheet { rota, places, scene, .. } = sheet;
    let kind = |need| scene.kind_of(need);
    publish::plan((rota.id, places), &scene.published, rota.pool, kind, scene.now, nobody).effects()
}

/// Somebody's face; somebody who left since is known by their absence.
pub(super) fn face(faces: &BTreeMap<PersonId, Face>, person: PersonId) -> Face {
    faces.get(&person).cloned().unwrap_or_else(|| Face {
        id: person,
        given_name: "–".to_owned(),
        name: "–".to_owned(),
        initials: "–".to_owned(),
        office: String::new(),
        colour: 0,
    })
}
