//! Agreements: an organisation says what its agreements and permits change of the law, with the document
//! and its days. What goes further than the law lets any agreement go is refused as it is entered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{Agreement, AgreementId, Law, OrganisationId, PersonId, Term, time};
use scheduling::law::{Setting, latitude};
use storage::{
    Tx, agreements, audit, employments, organisations,
    page::{Ask, Page},
    people,
    scope::Home,
};
use views::html::{
    agreements::{Line, Model},
    forms::Filled,
};

use super::founding::usual_law;
use crate::{
    App, Caller, Error, Keeper,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
};

/// The longest name of a document.
const LONGEST_DOCUMENT: usize = 200;
/// The largest amount: more minutes than a year has.
const LARGEST: i64 = 600_000;

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// For people under which law; `None` for all who work there.
    pub law: Option<Law>,
    /// What it changes.
    pub term: Term,
    /// To how much, in the unit of the term.
    pub amount: u32,
    /// Which document says so, with its date.
    pub document: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: Option<NaiveDate>,
}

impl Agreed {
    /// Under its id, if every law it is for allows it.
    fn checked(
        self,
        id: AgreementId,
        laws: &[Law],
        by: &Caller<Keeper>,
        tx: &Tx<Home>,
    ) -> Result<Agreement, Error> {
        let mut checks = Checks::default();
        checks.within("amount", self.amount, 0, LARGEST);
        checks.days(self.from, self.until);
        let document = checks.name("document", &self.document, LONGEST_DOCUMENT);
        let Self { law, term, amount, from, until, .. } = self;
        let agreement = Agreement {
            id,
            organisation: by.organisation(),
            law,
            term,
            amount,
            document,
            from,
            until,
            entered_by: by.person(),
            entered_at: time::to_micros(tx.now()),
        };
        // Without a document nothing is allowed: that is said of the document alone.
        if !agreement.document.is_empty()
            && let Some(wrong) = beyond(&agreement, laws)
        {
            checks.refuse("amount", wrong);
        }
        checks.done()?;
        Ok(agreement)
    }
}

/// What the first law that does not allow an agreement lets it do.
fn beyond(agreement: &Agreement, laws: &[Law]) -> Option<Wrong> {
    laws.iter().filter(|law| agreement.is_for(**law)).find_map(|law| {
        let why = Setting::from(agreement).check(*law).err()?.to_string();
        Some(Wrong::BeyondTheLaw { latitude: latitude(*law, agreement.term)?, why })
    })
}

/// The agreements of one's organisation, a page of them; ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, keeper: &Caller<Keeper>, ask: &Ask) -> Result<Page<Agreement>, Error> {
    let tx = app.read(Home(keeper.organisation())).await?;
    Ok(agreements::list(&tx, keeper.organisation(), ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id of theirs.
pub async fn get(app: &App, keeper: &Caller<Keeper>, id: AgreementId) -> Result<Kept<Agreement>, Error> {
    let tx = app.read(Home(keeper.organisation())).await?;
    let found = agreements::get(&tx, id).await?.filter(|one| one.organisation == keeper.organisation());
    Ok(Kept::of(found.ok_or(Error::NotFound("agreement"))?))
}

/// Enters an agreement.
///
/// # Errors
/// If a field is wrong, or it goes further than a law it is for lets any agreement go.
pub async fn add(app: &App, keeper: &Caller<Keeper>, agreed: Agreed) -> Result<Kept<Agreement>, Error> {
    let tx = app.write(Home(keeper.organisation())).await?;
    let laws = laws(&tx, keeper.organisation(), &agreed).await?;
    let agreement = agreed.checked(app.mint(), &laws, keeper, &tx)?;
    agreements::add(&tx, &agreement).await?;
    audit::add(&tx, entry(keeper, "add_agreement", agreement.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(agreement))
}

/// Changes what was entered; its last day ends it. Whoever changes it has entered it.
///
/// # Errors
/// As [`add`]; or if there is none of theirs, or somebody else changed it.
pub async fn change(
    app: &App,
    keeper: &Caller<Keeper>,
    id: AgreementId,
    seen: &Seen,
    agreed: Agreed,
) -> Result<Kept<Agreement>, Error> {
    let tx = app.write(Home(keeper.organisation())).await?;
    seen.check(hold(&tx, keeper, id).await?)?;
    let laws = laws(&tx, keeper.organisation(), &agreed).await?;
    let agreement = agreed.checked(id, &laws, keeper, &tx)?;
    agreements::change(&tx, &agreement).await?;
    audit::add(&tx, entry(keeper, "change_agreement", id)).await?;
    tx.commit().await?;
    Ok(Kept::of(agreement))
}

/// An agreement ends with today, by the clocks of its organisation; one that has not begun goes.
///
/// # Errors
/// If there is none of theirs.
pub async fn end(app: &App, keeper: &Caller<Keeper>, id: AgreementId) -> Result<(), Error> {
    let tx = app.write(Home(keeper.organisation())).await?;
    let before = hold(&tx, keeper, id).await?;
    let home =
        organisations::get(&tx, keeper.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    let today = time::day(tx.now(), home.zone);
    if before.from > today {
        agreements::remove(&tx, id).await?;
    } else {
        let until = Some(before.until.map_or(today, |last| last.min(today)));
        agreements::change(&tx, &Agreement { until, ..before }).await?;
    }
    audit::add(&tx, entry(keeper, "end_agreement", id)).await?;
    Ok(tx.commit().await?)
}

/// Removes an agreement that should not have been there: rotas are judged as if it never was.
///
/// # Errors
/// If there is none of theirs, or somebody else changed it.
pub async fn remove(app: &App, keeper: &Caller<Keeper>, id: AgreementId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(Home(keeper.organisation())).await?;
    seen.check(hold(&tx, keeper, id).await?)?;
    agreements::remove(&tx, id).await?;
    audit::add(&tx, entry(keeper, "remove_agreement", id)).await?;
    Ok(tx.commit().await?)
}

/// The page.
///
/// # Errors
/// If the database cannot be read.
pub async fn page(app: &App, keeper: &Caller<Keeper>) -> Result<Model, Error> {
    let tx = app.read(Home(keeper.organisation())).await?;
    let home =
        organisations::get(&tx, keeper.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    let today = time::day(tx.now(), home.zone);
    let laws = worked_under(&tx, home.id, today).await?;
    let laws = if laws.is_empty() { vec![usual_law(home.calendar)] } else { laws };
    let kept = agreements::of_organisations(&tx, &[home.id]).await?;
    let by: Vec<PersonId> = kept.iter().map(|one| one.entered_by).collect();
    let names: BTreeMap<PersonId, String> =
        people::named(&tx, &by).await?.into_iter().map(|one| (one.id, one.full_name())).collect();
    let line = |one: Agreement| Line {
        entered_by: names.get(&one.entered_by).cloned().unwrap_or_else(|| "–".to_owned()),
        says: laws.iter().filter(|law| one.is_for(**law)).find_map(|law| latitude(*law, one.term)),
        over: one.until.is_some_and(|last| last < today),
        agreement: one,
    };
    Ok(Model {
        organisation: home.name.clone(),
        lines: kept.into_iter().map(line).collect(),
        says: laws
            .iter()
            .map(|law| (*law, Term::ALL.iter().filter_map(|term| latitude(*law, *term)).collect()))
            .collect(),
        today,
        filled: Filled::default(),
    })
}

/// The laws an agreement must stand before: those its people work under from its first day on, or the
/// usual one where nobody works yet; the one it names, if it names one.
async fn laws(tx: &Tx<Home>, organisation: OrganisationId, agreed: &Agreed) -> Result<Vec<Law>, Error> {
    if let Some(law) = agreed.law {
        return Ok(vec![law]);
    }
    let laws = worked_under(tx, organisation, agreed.from).await?;
    if !laws.is_empty() {
        return Ok(laws);
    }
    let home = organisations::get(tx, organisation).await?.ok_or(Error::NotFound("organisation"))?;
    Ok(vec![usual_law(home.calendar)])
}

/// The laws people work under for an organisation on `day` or later, in the order of [`Law::ALL`].
async fn worked_under(
    tx: &Tx<Home>,
    organisation: OrganisationId,
    day: NaiveDate,
) -> Result<Vec<Law>, Error> {
    let all = employments::of_organisations(tx, &[organisation]).await?;
    let goes_on =
        |law: &Law| all.iter().any(|one| one.law == *law && one.until.is_none_or(|last| day <= last));
    Ok(Law::ALL.into_iter().filter(goes_on).collect())
}

/// The agreement of that id, if it is the organisation's own.
async fn hold(tx: &Tx<Home>, keeper: &Caller<Keeper>, id: AgreementId) -> Result<Agreement, Error> {
    let found = agreements::hold(tx, id).await?;
    if found.organisation == keeper.organisation() { Ok(found) } else { Err(Error::NotFound("agreement")) }
}

fn entry(keeper: &Caller<Keeper>, verb: &'static str, agreement: AgreementId) -> audit::Entry {
    audit::Entry {
        organisation: Some(keeper.organisation()),
        person: Some(keeper.person()),
        verb,
        object_kind: "agreement",
        object: Some(agreement.0),
        detail: None,
    }
}
