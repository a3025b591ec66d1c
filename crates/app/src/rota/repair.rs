//! Mending a draft after somebody fell ill: the least change that leaves the least open is proposed, and
//! done once its planner has seen it.
//!
//! What has begun stays, and so does what is pinned, and who stands somewhere against a rule that a named
//! person may accept: their planner put them there. Whoever cannot keep a duty at all loses it.

use domain::{AssignmentId, Finding, Gravity, PersonId, Rota, RotaId, Rung, Span};
pub use scheduling::HoleReason;
use scheduling::{Budget, Problem, hole_reason, judge};
use serde::Serialize;
use views::html::{
    repair::{Hole, Model, Move, Why},
    rota::Remark,
};

use super::{Sheet, board::MOST_GAPS, change, compare::face, draft::expect_draft, scope_of, sheet};
use crate::{
    App, Caller, Error, Planner, Refusal,
    kept::{Kept, Seen},
};

/// Enough for a region of sixty over thirteen weeks, and well under a second.
const BUDGET: Budget = Budget::of_work(100_000);

/// What would be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Places that change hands, in the order of time.
    pub steps: Vec<Step>,
    /// Who would have other duties than before, without those who cannot keep theirs.
    pub touched: Vec<PersonId>,
    /// Who cannot keep a duty.
    pub excused: Vec<PersonId>,
    /// Places to come that nobody fills then, or nobody who can, and why.
    pub open: Vec<Left>,
    /// What the judge would find that it does not find now, the gravest first.
    pub new: Vec<Finding>,
    /// Whether everything was tried, so that nothing smaller would do.
    pub complete: bool,
}

impl Repair {
    /// Whether something forbids it that no reason can accept.
    pub fn refused(&self) -> bool {
        self.new.iter().any(|finding| finding.gravity == Gravity::Absolute)
    }
}

/// A place that changes hands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The place.
    pub assignment: AssignmentId,
    /// Its hours.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Who stands in it now; nobody in an open one.
    pub from: Option<PersonId>,
    /// Who would.
    pub to: Option<PersonId>,
}

/// A place that stays open, or that somebody is pinned in who cannot keep it, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// The place.
    pub assignment: AssignmentId,
    /// Its hours.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Who is pinned in it and cannot keep it.
    pub holder: Option<PersonId>,
    /// Who could take it all the same, and what keeps the others from it; of the first places alone, as many
    /// as the board has.
    pub why: Option<HoleReason>,
    /// Whether a planner pinned it open.
    pub pinned: bool,
}

/// The least change that fills what is open, under a tag by which one says that it shall be done.
///
/// # Errors
/// If the rota is no draft of the planner's.
pub async fn propose(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Kept<Repair>, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    Ok(thought_out(sheet, MOST_GAPS).await?.1)
}

/// The same for a page.
///
/// # Errors
/// If the rota is no draft of the planner's.
pub async fn shown(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Model, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let (sheet, Kept { is: repair, tag }) = thought_out(sheet, MOST_GAPS).await?;
    Ok(model(&sheet, repair, tag))
}

/// Does what was proposed. Says by which change it is taken back; nothing if there was nothing to do.
///
/// # Errors
/// [`Error::Stale`] if something else would be proposed by now, [`Refusal::RuleForbids`] if a rule does.
pub async fn repair(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    seen: &Seen,
) -> Result<Option<domain::ChangeId>, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let (sheet, Kept { is: repair, .. }) = thought_out(sheet, 0).await?;
    seen.check(state(&sheet.rota, &repair))?;
    if repair.refused() {
        return Err(Refusal::RuleForbids.into());
    }
    let steps: Vec<_> = repair.steps.iter().map(|step| (step.assignment, step.to)).collect();
    change::give_all(app, planner, &sheet, &steps).await
}

/// What tells one proposal from another.
fn state<'a>(rota: &Rota, repair: &'a Repair) -> (RotaId, i32, &'a [Step]) {
    (rota.id, rota.version, &repair.steps)
}

/// Thinks on a thread that may be busy for a moment.
async fn thought_out(sheet: Sheet, reasons: usize) -> Result<(Sheet, Kept<Repair>), Error> {
    expect_draft(&sheet.rota)?;
    let thought = tokio::task::spawn_blocking(move || {
        let repair = least_change(&sheet, reasons);
        let kept = Kept::told_by(&state(&sheet.rota, &repair), repair.clone());
        (sheet, kept)
    });
    thought.await.map_err(|error| Error::Outside { doing: "mend a rota", because: error.to_string() })
}

/// `reasons` are how many open places are told with why they are open.
fn least_change(sheet: &Sheet, reasons: usize) -> Repair {
    let (problem, before) = sheet.problem();
    let found = judge(&problem, &before);
    let mended = scheduling::repair(&holding_still(sheet, &problem, &found), BUDGET);
    let after = mended.rota;
    let mut new = judge(&problem, &after);
    new.retain(|finding| !found.iter().any(|old| finding.is_no_worse_than(old)));
    let changed = sheet.places.iter().zip(&after).filter(|(place, now)| place.person != **now);
    let steps: Vec<Step> = changed
        .map(|(place, now)| Step {
            assignment: place.id,
            span: place.slot.span,
            rung: place.slot.rung,
            from: place.person,
            to: *now,
        })
        .collect();
    let mut excused: Vec<PersonId> = steps.iter().filter_map(|step| step.from).collect();
    excused.retain(|person| !mended.touched.contains(person));
    excused.sort_unstable();
    excused.dedup();
    let to_come = |at: &usize| sheet.scene.now < sheet.places[*at].slot.span.start();
    let stuck = |at: usize| sheet.places[at].pinned && is_found(&found, sheet, at, Gravity::Absolute);
    let covers = |at: &usize| sheet.places[*at].slot.rung.covers();
    let open = (0..after.len()).filter(covers).filter(to_come);
    let open = open.filter(|at| after[*at].is_none() || stuck(*at)).enumerate();
    Repair {
        open: open.map(|(number, at)| left(sheet, &problem, &after, at, number < reasons)).collect(),
        touched: mended.touched,
        complete: mended.complete,
        steps,
        excused,
        new,
    }
}

/// The problem, with everything pinned that is not to be touched.
fn holding_still(sheet: &Sheet, problem: &Problem, found: &[Finding]) -> Problem {
    let mut still = problem.clone();
    for (at, place) in still.places.iter_mut().enumerate() {
        let found = |gravity| is_found(found, sheet, at, gravity);
        let begun = place.slot.span.start() <= sheet.scene.now;
        let accepted = found(Gravity::Overridable) && !found(Gravity::Absolute);
        place.pinned |= begun || accepted || !place.slot.rung.covers();
    }
    still
}

/// Whether something of that gravity is found of whoever stands in a place, in its hours.
fn is_found(found: &[Finding], sheet: &Sheet, at: usize, gravity: Gravity) -> bool {
    let place = &sheet.places[at];
    let mut own = found.iter().filter(|one| one.gravity == gravity);
    own.any(|one| Some(one.person) == place.person && one.span.overlaps(&place.slot.span))
}

fn left(sheet: &Sheet, problem: &Problem, after: &[Option<PersonId>], at: usize, with_why: bool) -> Left {
    let place = &sheet.places[at];
    Left {
        assignment: place.id,
        span: place.slot.span,
        rung: place.slot.rung,
        holder: after[at],
        why: with_why.then(|| hole_reason(problem, after, at)),
        pinned: place.pinned,
    }
}

fn model(sheet: &Sheet, repair: Repair, tag: String) -> Model {
    let scene = &sheet.scene;
    let faces = scene.faces();
    let known = |person: PersonId| face(&faces, person);
    let name = |person: PersonId| known(person).given_name;
    let moved = |step: &Step| Move {
        span: step.span,
        rung: step.rung,
        from: step.from.map(known),
        to: step.to.map(known),
    };
    let hole = |left: Left| Hole {
        span: left.span,
        rung: left.rung,
        holder: left.holder.map(name),
        why: left.why.map(|why| Why {
            free: why.free.into_iter().map(name).collect(),
            with_reason: why.with_reason.into_iter().map(name).collect(),
            blocked: why.blocked,
        }),
        pinned: left.pinned,
    };
    Model {
        rota: sheet.rota.id,
        tag,
        pool: scene.pool.name.clone(),
        days: (sheet.rota.from, sheet.rota.until),
        refused: repair.refused(),
        moves: repair.steps.iter().map(moved).collect(),
        touched: repair.touched.iter().copied().map(known).collect(),
        excused: repair.excused.iter().copied().map(known).collect(),
        holes: repair.open.into_iter().map(hole).collect(),
        remarks: repair
            .new
            .into_iter()
            .map(|finding| Remark { name: name(finding.person), finding, accepted: None })
            .collect(),
        complete: repair.complete,
    }
}
