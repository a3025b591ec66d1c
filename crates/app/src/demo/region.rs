//! Founding a region: its board, offices, people, hours, needs, offers, and what each office bought.

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::{
    Agreement, Cents, ChannelKind, Coverage, Days, DutyKind, Employment, Membership, Minutes, Need, Offer,
    OfficeHours, OpeningHours, Organisation, OrganisationId, OrganisationKind, Person, PersonId, Pool, Role,
    Skills, Term, Window, time,
};
use scheduling::law;
use storage::{
    Tx, agreements, coverage, employments, memberships, needs, offers, office_hours, opening_hours,
    organisations, people, pools,
    roles::{self, Held},
    scope::{self, Home, System},
};

use super::{
    cast::{Actor, Office, Region},
    money,
};
use crate::{App, Error, desk::accounts};

/// A founded region.
pub(super) struct Founded {
    pub(super) pool: Pool,
    pub(super) planner: PersonId,
    pub(super) offices: Vec<Settled>,
}

/// A founded office.
pub(super) struct Settled {
    pub(super) organisation: Organisation,
    pub(super) people: Vec<Resident>,
    pub(super) slug: &'static str,
}

/// Somebody who works there.
#[derive(Clone)]
pub(super) struct Resident {
    pub(super) id: PersonId,
    pub(super) email: &'static str,
    pub(super) roles: &'static [Role],
}

impl Founded {
    /// Whoever has that address.
    pub(super) fn person(&self, email: &str) -> Option<PersonId> {
        self.offices.iter().flat_map(|office| &office.people).find(|one| one.email == email).map(|one| one.id)
    }
}

/// Founds `region` as of now, which the caller has put well before the demo's own now.
pub(super) async fn found(app: &App, region: &'static Region) -> Result<Founded, Error> {
    let founded = found_tenants(app, region).await?;
    for office in &founded.offices {
        accounts::open_web_chat(app, office.organisation.id, office.slug).await?;
        keep_hours(app, region, office).await?;
        record_the_frame(app, region, office).await?;
    }
    let sold = sell(app, &founded.pool).await?;
    for (office, settled) in region.offices.iter().zip(&founded.offices) {
        buy(app, &founded.pool, settled, &sold[office.bought]).await?;
    }
    money::agree(app, region, &founded).await?;
    Ok(founded)
}

async fn found_tenants(app: &App, region: &'static Region) -> Result<Founded, Error> {
    let tx = app.write(System).await?;
    let since = time::day(tx.now(), region.zone) - Duration::days(400);
    let board = organisation(app, region, OrganisationKind::Board, (region.board, region.slug), 0);
    organisations::add(&tx, &board, region.emergency).await?;
    let pool = Pool {
        id: app.mint(),
        board: board.id,
        name: region.board.to_owned(),
        zone: region.zone,
        calendar: region.calendar,
        approval: false,
    };
    pools::add(&tx, &pool).await?;
    let planner = move_in(app, &tx, region, &region.planner, board.id, since).await?;
    let mut offices = Vec::new();
    for (office, colour) in region.offices.iter().zip(0..) {
        let organisation =
            organisation(app, region, OrganisationKind::Office, (office.name, office.slug), colour);
        organisations::add(&tx, &organisation, region.emergency).await?;
        let membership = Membership {
            id: app.mint(),
            pool: pool.id,
            organisation: organisation.id,
            from: since,
            until: None,
        };
        memberships::add(&tx, &membership).await?;
        open_desk(app, &tx, organisation.id, since).await?;
        let people = move_all_in(app, &tx, region, office, organisation.id, since).await?;
        offices.push(Settled { organisation, people, slug: office.slug });
    }
    tx.commit().await?;
    Ok(Founded { pool, planner: planner.id, offices })
}

fn organisation(
    app: &App,
    region: &'static Region,
    kind: OrganisationKind,
    (name, slug): (&str, &str),
    colour: u8,
) -> Organisation {
    Organisation {
        id: app.mint(),
        kind,
        name: name.to_owned(),
        slug: slug.to_owned(),
        zone: region.zone,
        calendar: region.calendar,
        language: domain::Language::FR,
        colour,
        promise: Minutes(5),
    }
}

/// Weekdays from nine to five: the office's own desk.
async fn open_desk(app: &App, tx: &Tx<System>, office: OrganisationId, from: NaiveDate) -> Result<(), Error> {
    let hours =
        OpeningHours { organisation: office, window: window(Days::WORKDAYS, 9, 17), from, until: None };
    Ok(opening_hours::add(tx, app.mint(), &hours).await?)
}

async fn move_all_in(
    app: &App,
    tx: &Tx<System>,
    region: &'static Region,
    office: &Office,
    organisation: OrganisationId,
    since: NaiveDate,
) -> Result<Vec<Resident>, Error> {
    let mut residents = Vec::new();
    for actor in office.people {
        residents.push(move_in(app, tx, region, actor, organisation, since).await?);
    }
    Ok(residents)
}

async fn move_in(
    app: &App,
    tx: &Tx<System>,
    region: &'static Region,
    actor: &'static Actor,
    organisation: OrganisationId,
    from: NaiveDate,
) -> Result<Resident, Error> {
    let id: PersonId = app.mint();
    let person = Person {
        id,
        given_name: actor.given.to_owned(),
        family_name: actor.family.to_owned(),
        languages: actor.speaks(),
        skills: Skills::default(),
    };
    people::add(tx, &person, actor.email, None).await?;
    let employment = Employment {
        id: app.mint(),
        person: id,
        organisation,
        from,
        until: None,
        law: region.law,
        weekly: Minutes::hours(35),
        born: None,
    };
    employments::add(tx, &employment).await?;
    for role in actor.roles {
        roles::grant(tx, Held { person: id, organisation, role: *role }).await?;
    }
    Ok(Resident { id, email: actor.email, roles: actor.roles })
}

/// Everybody's ordinary hours at the office, with an hour's break.
async fn keep_hours(app: &App, region: &'static Region, settled: &Settled) -> Result<(), Error> {
    let tx = app.write(Home(settled.organisation.id)).await?;
    let ids: Vec<PersonId> = settled.people.iter().map(|resident| resident.id).collect();
    let actors = region.offices.iter().flat_map(|office| office.people);
    for employment in employments::of_people(&tx, &ids).await? {
        let resident = settled.people.iter().find(|resident| resident.id == employment.person);
        let Some(actor) = resident.and_then(|one| actors.clone().find(|actor| actor.email == one.email))
        else {
            continue;
        };
        let hours = OfficeHours {
            person: employment.person,
            employment: employment.id,
            window: window(Days::WORKDAYS, actor.desk_from, 17),
            pause: Minutes(60),
            on_duty: None,
            from: employment.from,
            until: None,
        };
        office_hours::add(&tx, app.mint(), &hours).await?;
    }
    Ok(tx.commit().await?)
}

/// By what its people may answer for the other offices, where the law asks for a frame.
async fn record_the_frame(app: &App, region: &'static Region, settled: &Settled) -> Result<(), Error> {
    let asked = law::profile(region.law).limit(Term::Lending).is_some();
    let manager = settled.people.iter().find(|one| one.roles.contains(&Role::Manager));
    let Some(by) = manager.filter(|_| asked) else { return Ok(()) };
    let tx = app.write(Home(settled.organisation.id)).await?;
    let agreement = Agreement {
        id: app.mint(),
        organisation: settled.organisation.id,
        law: None,
        term: Term::Lending,
        amount: 1,
        document: FRAME.to_owned(),
        from: time::day(tx.now(), region.zone) - Duration::days(400),
        until: None,
        entered_by: by.id,
        entered_at: tx.now(),
    };
    agreements::add(&tx, &agreement).await?;
    Ok(tx.commit().await?)
}

/// The document by which the offices of the demo lend each other their people.
const FRAME: &str = "Convention de prêt de main-d'œuvre à but non lucratif";

/// What the pool needs covered, and what its board sells.
async fn sell(app: &App, pool: &Pool) -> Result<Vec<Offer>, Error> {
    let tx = app.write(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    let from = time::day(tx.now(), pool.zone);
    let evening = window(Days::WORKDAYS, 18, 22);
    let weekend = window(Days::FREE, 9, 22);
    for window in [evening, window(Days::FREE, 9, 13), window(Days::FREE, 13, 18), window(Days::FREE, 18, 22)]
    {
        let need = Need {
            id: app.mint(),
            pool: pool.id,
            window,
            leads: 1,
            backups: 1,
            languages: Vec::new(),
            skills: Skills::default(),
            kind: DutyKind::Active,
            from,
            until: None,
            season: domain::Season::default(),
        };
        needs::add(&tx, &need).await?;
    }
    let offer = |name: &str, summary: &str, windows: Vec<Window>, euros: i64| Offer {
        id: app.mint(),
        pool: pool.id,
        name: name.to_owned(),
        summary: summary.to_owned(),
        windows,
        channels: ChannelKind::ALL.to_vec(),
        monthly: Cents(euros * 100),
        open: true,
    };
    let sold = vec![
        offer(
            "Soirs et week-ends",
            "Quelqu’un répond tous les soirs jusqu’à 22 h, et de 9 h à 22 h le samedi, le dimanche et les jours fériés.",
            vec![evening, weekend],
            290,
        ),
        offer(
            "Week-ends",
            "Quelqu’un répond de 9 h à 22 h le samedi, le dimanche et les jours fériés.",
            vec![weekend],
            170,
        ),
        offer(
            "De 8 h à 22 h",
            "Quelqu’un répond tous les jours de 8 h à 22 h, aussi quand le guichet est fermé entre midi et deux.",
            vec![window(Days::ALL, 8, 22)],
            420,
        ),
        offer(
            "Soirs et week-ends, en partage",
            "Les mêmes heures que « Soirs et week-ends », sans prix : l’office porte sa part de ce que coûte la veille.",
            vec![evening, weekend],
            0,
        ),
    ];
    for offer in &sold {
        offers::add(&tx, offer).await?;
    }
    tx.commit().await?;
    Ok(sold)
}

async fn buy(app: &App, pool: &Pool, office: &Settled, offer: &Offer) -> Result<(), Error> {
    let tx = app.write(Home(office.organisation.id)).await?;
    let manager = office.people.iter().find(|one| one.roles.contains(&Role::Manager));
    let Some(manager) = manager else { return Ok(()) };
    let bought = Coverage {
        id: app.mint(),
        pool: pool.id,
        organisation: office.organisation.id,
        offer: offer.id,
        windows: offer.windows.clone(),
        channels: offer.channels.clone(),
        monthly: offer.monthly,
        from: tx.now(),
        until: None,
    };
    coverage::add(&tx, &bought, manager.id).await?;
    Ok(tx.commit().await?)
}

/// The window on `days` from one full hour to another.
fn window(days: Days, from: u32, until: u32) -> Window {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("the demo's hours are between 0 and 23");
    Window { days, from: hour(from), until: hour(until) }
}
