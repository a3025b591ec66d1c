//! Shares: what each office would bear, by the key that is chosen, and the sizes a board says.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Query},
};
use app::{
    App, Caller, Error, Keeper, Planner,
    checks::{Fault, Wrong},
    kept::Seen,
    pool::shares::{self, Asked, figures},
};
use domain::{Cents, KeyFigures, Month, PoolId, ShareKey};
use views::html::{forms::Filled, shares as view, shell::Place};

use super::{
    done::{Done, done},
    fields::{Fields, cents},
};
use crate::{Answer, As, Page, Problem, html, reply::attached};

const HERE: &str = "/shares";
/// The most inhabitants or overnight stays of an office.
const MOST: u32 = 99_999_999;

type Sent = Form<Vec<(String, String)>>;
type Queried = Query<Vec<(String, String)>>;

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    told: Query<Done>,
    query: Queried,
) -> Result<Answer, Problem> {
    let fields = Fields::of(Form(query.into_inner()));
    let page = told.said_on(page);
    let pool = pool(&fields)?;
    let reckoned = async { shares::page::page(&app, &keeper, pool, asked(&fields)?).await }.await;
    match reckoned {
        Ok(model) => Ok(html(view::render(&page.reader, &page.frame(Place::Coverage).await?, &model))),
        Err(error) => {
            let filled = fields.again(&page.reader, "shares", error)?;
            refused(&page, &app, &keeper, pool, filled).await
        }
    }
}

/// The last month, with the form again as it was sent.
async fn refused(
    page: &Page,
    app: &App,
    keeper: &Caller<Keeper>,
    pool: Option<PoolId>,
    filled: Filled,
) -> Result<Answer, Problem> {
    let model = shares::page::page(app, keeper, pool, USUAL).await?;
    let model = view::Model { filled, ..model };
    let frame = page.frame(Place::Coverage).await?;
    let mut answer = html(view::render(&page.reader, &frame, &model));
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

const USUAL: Asked = Asked { from: None, until: None, key: ShareKey::Equal, standing: Cents(0) };

/// The pool that is named; none where the address names none.
fn pool(fields: &Fields) -> Result<Option<PoolId>, Problem> {
    if fields.text("pool").is_empty() { Ok(None) } else { fields.id("pool").map(Some) }
}

/// Which months by which key; what is not there is as usual.
fn asked(fields: &Fields) -> Result<Asked, Error> {
    let mut faults = Vec::new();
    let month = |text: &str| Month::parse(text).map(Some);
    let asked = Asked {
        from: typed(fields, "from", USUAL.from, month, &mut faults),
        until: typed(fields, "until", USUAL.until, month, &mut faults),
        key: typed(fields, "key", USUAL.key, ShareKey::from_word, &mut faults),
        standing: typed(fields, "standing", USUAL.standing, cents, &mut faults),
    };
    if faults.is_empty() { Ok(asked) } else { Err(Error::Invalid(faults)) }
}

fn typed<T>(
    fields: &Fields,
    name: &str,
    usual: T,
    read: impl Fn(&str) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> T {
    let text = fields.text(name).trim();
    if text.is_empty() {
        return usual;
    }
    read(text).unwrap_or_else(|| {
        faults.push(Fault::new(name, Wrong::Unknown));
        usual
    })
}

pub(crate) async fn take(
    page: Page,
    app: Data<App>,
    As(keeper): As<Keeper>,
    query: Queried,
) -> Result<Answer, Problem> {
    let fields = Fields::of(Form(query.into_inner()));
    let file = shares::file::file(&app, &keeper, pool(&fields)?, asked(&fields)?, page.reader.language);
    Ok(attached(file.await?))
}

pub(crate) async fn say(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    As(keeper): As<Keeper>,
    form: Sent,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    let pool: PoolId = fields.id("pool")?;
    let said = async {
        let known = figures::get(&app, &keeper, pool).await?.is;
        let said = sizes(&fields, known)?;
        figures::say(&app, &planner, pool, &Seen::Any, &said).await
    }
    .await;
    let Err(error) = said else { return Ok(done(HERE, "figures")) };
    let filled = fields.again(&page.reader, "figures", error)?;
    refused(&page, &app, &keeper, Some(pool), filled).await
}

/// What the form says of each office that is a member now.
fn sizes(fields: &Fields, known: figures::Figures) -> Result<figures::Figures, Error> {
    let mut faults = Vec::new();
    let mut read = |name: String| {
        let text: String = fields.text(&name).chars().filter(|c| !c.is_whitespace()).collect();
        let number = text.parse().ok().filter(|number| *number <= MOST);
        if number.is_none() && !text.is_empty() {
            faults.push(Fault::new(&name, Wrong::Unknown));
        }
        number
    };
    let said = known
        .into_iter()
        .map(|(office, _)| {
            let population = read(format!("population-{office}"));
            (office, KeyFigures { population, overnight_stays: read(format!("stays-{office}")) })
        })
        .collect();
    if faults.is_empty() { Ok(said) } else { Err(Error::Invalid(faults)) }
}
