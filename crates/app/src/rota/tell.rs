//! Telling somebody of a publication: the job that writes the letter.

use domain::{Language, PersonId, PoolId, Rota, RotaId, Shift, Span, time};
use storage::{Tx, assignments, notices, organisations, people, rotas, scope, shifts};
use views::mail::{self, Change, Duty};

use super::{build::board_scope, period, publish, scene};
use crate::{App, Error, jobs, jobs::Job};

/// Writes to `person` what a publication changed for them.
///
/// The letter carries the id of the notice, so that telling twice is told once.
///
/// # Errors
/// If the tables cannot be read or written; the job is then tried again.
pub async fn tell(app: &App, pool: PoolId, rota: RotaId, person: PersonId) -> Result<(), Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(()) };
    let by = name_of_planner(app, scope, rota).await?;
    let tx = app.write(scope).await?;
    let Some(rota) = rotas::by_id(&tx, rota).await? else { return Ok(()) };
    let notice = notices::of_rota(&tx, rota.id).await?.into_iter().find(|notice| notice.person == person);
    let (Some(notice), Some(account)) = (notice, people::account(&tx, person).await?) else { return Ok(()) };
    let scene = scene::load(&tx, super::the_pool(&tx, pool).await?, period(&rota)).await?;
    let board = organisations::get(&tx, scope.viewer).await?;
    let zone = scene.pool.zone;
    let changes = changes(&tx, &scene, notice.told_at, person).await?;
    if !changes.is_empty() {
        let letter = mail::shifts(&mail::Shifts {
            given_name: account.person.given_name.clone(),
            language: account
                .language
                .unwrap_or_else(|| board.as_ref().map_or(Language::FR, |board| board.language)),
            zone,
            now: tx.now(),
            home: app.settings.public_url.clone(),
            pool: scene.pool.name.clone(),
            by: mail::By::Published(by.or_else(|| board.map(|board| board.name)).unwrap_or_default()),
            message: rota.message.clone().unwrap_or_default(),
            changes,
        });
        let mail::Letter { subject, text, html } = letter;
        let job = Job::Post { to: account.email, subject, text, html, letter: notice.id.0 };
        jobs::enqueue(app, &tx, &job).await?;
    }
    tx.commit().await?;
    publish::look_again(app, &scene).await
}

/// The given name of whoever published, whom a pool's own scope does not know: they work for the board.
async fn name_of_planner(app: &App, scope: scope::Pool, rota: RotaId) -> Result<Option<String>, Error> {
    let rota = rotas::by_id(&app.read(scope).await?, rota).await?;
    let Some(planner) = rota.and_then(|rota| rota.published_by) else { return Ok(None) };
    Ok(people::get(&app.read(scope::System).await?, planner).await?.map(|planner| planner.given_name))
}

/// What the publication at `told_at` did to the person's shifts, read off the shifts themselves.
async fn changes(
    tx: &Tx<scope::Pool>,
    scene: &scene::Scene,
    told_at: chrono::DateTime<chrono::Utc>,
    person: PersonId,
) -> Result<Vec<Change>, Error> {
    let span: Span = scene::whole(scene.period, scene.pool.zone);
    let told = shifts::told(tx, person, span.start()).await?;
    let ours = told.into_iter().filter(|shift| shift.pool == scene.pool.id && shift.changed_at == told_at);
    let mut changes = Vec::new();
    for shift in ours {
        let duty = Duty { span: shift.span, rung: shift.rung };
        changes.push(match (shift.cancelled_at, shift.sequence) {
            (Some(_), _) => Change::Gone(duty),
            (None, 0) => Change::New(duty),
            (None, _) => match before(tx, scene, &shift).await? {
                Some(from) => Change::Moved { from, to: duty },
                None => Change::New(duty),
            },
        });
    }
    Ok(changes)
}

/// The duty as the publication before this one had it.
async fn before(tx: &Tx<scope::Pool>, scene: &scene::Scene, shift: &Shift) -> Result<Option<Duty>, Error> {
    let mut earlier: Vec<Rota> = rotas::of_pool(tx, scene.pool.id).await?;
    earlier.retain(|rota| rota.published_at.is_some_and(|at| at < shift.changed_at));
    earlier.sort_by_key(|rota| std::cmp::Reverse(rota.published_at));
    let day = time::day(shift.span.start(), scene.pool.zone);
    for rota in earlier.iter().filter(|rota| rota.from <= day && day <= rota.until) {
        let places = assignments::of_rota(tx, rota.id).await?;
        let same = places.into_iter().find(|place| {
            (place.person, place.slot.need, place.slot.day) == (Some(shift.person), shift.need, day)
        });
        if let Some(same) = same {
            return Ok(Some(Duty { span: same.slot.span, rung: same.slot.rung }));
        }
    }
    Ok(None)
}
