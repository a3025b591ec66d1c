//! Stories of the desk on SQLite, told with verbs alone: a small town with one pool, two offices and
//! two advisors, on Friday 4 December 2026.

mod answers;
mod chat;
mod mail;
mod strangers;

use std::path::PathBuf;

use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    BuildProgress, Calendar, Cents, ChannelKind, Coverage, Days, DutyKind, Employment, Language, Law,
    Membership, Minutes, Need, NeedId, Offer, OpeningHours, Organisation, OrganisationId, OrganisationKind,
    Person, PersonId, Pool, PoolId, Rota, RotaId, RotaStatus, Rung, Shift, ShiftId, Skills, Span, Window,
};
use storage::{
    coverage, employments, memberships, needs, offers, opening_hours, organisations, people, pools, rotas,
    scope::{self, Home, System},
    shifts,
};

use crate::{Advisor, App, Caller, clock, story};

/// A town and its database, which goes with it.
pub(super) struct Town {
    pub(super) app: App,
    pub(super) pool: PoolId,
    board: OrganisationId,
    pub(super) belrive: OrganisationId,
    pub(super) montclar: OrganisationId,
    /// Works for Montclar; speaks German.
    pub(super) ann: Caller<Advisor>,
    /// Works for Belrive.
    pub(super) yannick: Caller<Advisor>,
    folder: PathBuf,
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn hours(days: Days, from: &str, until: &str) -> Window {
    let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    Window { days, from: clock(from), until: clock(until) }
}

impl Town {
    /// Both offices open their own desks on workdays from 9 to 17; Belrive bought evenings until 22.
    pub(super) async fn at(now: &str) -> Self {
        let (app, folder) = story::house().await;
        clock::stop_at(&app, at("2026-11-01T12:00:00Z")).await.unwrap();
        let town = Self::found(app, folder).await;
        town.clock(now).await;
        town
    }

    pub(super) async fn clock(&self, now: &str) {
        clock::stop_at(&self.app, at(now)).await.unwrap();
    }

    async fn found(app: App, folder: PathBuf) -> Self {
        let tx = app.write(System).await.unwrap();
        let board = organisation(&app, OrganisationKind::Board, "Lacs", "lacs");
        let belrive = organisation(&app, OrganisationKind::Office, "Belrive", "belrive");
        let montclar = organisation(&app, OrganisationKind::Office, "Montclar", "montclar");
        for one in [&board, &belrive, &montclar] {
            organisations::add(&tx, one, "112").await.unwrap();
        }
        let (zone, calendar) = (board.zone, board.calendar);
        let pool = Pool {
            id: app.mint(),
            board: board.id,
            name: "Lacs".to_owned(),
            zone,
            calendar,
            approval: false,
        };
        pools::add(&tx, &pool).await.unwrap();
        tx.commit().await.unwrap();
        let tx = app.write(scope::Pool { pool: pool.id, viewer: board.id }).await.unwrap();
        for organisation in [belrive.id, montclar.id] {
            let from = "2026-01-01".parse().unwrap();
            let member = Membership { id: app.mint(), pool: pool.id, organisation, from, until: None };
            memberships::add(&tx, &member).await.unwrap();
        }
        tx.commit().await.unwrap();
        let ann = settle(&app, &montclar, &pool, "Ann", &["fr", "de"]).await;
        let yannick = settle(&app, &belrive, &pool, "Yannick", &["fr", "en"]).await;
        for office in [&belrive, &montclar] {
            super::accounts::open_web_chat(&app, office.id, &office.slug).await.unwrap();
        }
        let town = Self {
            app,
            pool: pool.id,
            board: board.id,
            belrive: belrive.id,
            montclar: montclar.id,
            ann,
            yannick,
            folder,
        };
        town.buys_evenings(town.belrive).await;
        town
    }

    pub(super) async fn buys_evenings(&self, office: OrganisationId) {
        let windows = vec![hours(Days::WORKDAYS, "18:00", "22:00"), hours(Days::FREE, "09:00", "22:00")];
        let offer = Offer {
            id: self.app.mint(),
            pool: self.pool,
            name: "Soirs".to_owned(),
            summary: String::new(),
            windows: windows.clone(),
            channels: ChannelKind::ALL.to_vec(),
            monthly: Cents(10_000),
            open: true,
        };
        let tx = self.app.write(scope::Pool { pool: self.pool, viewer: self.board }).await.unwrap();
        offers::add(&tx, &offer).await.unwrap();
        tx.commit().await.unwrap();
        let tx = self.app.write(Home(office)).await.unwrap();
        let bought = Coverage {
            id: self.app.mint(),
            pool: self.pool,
            organisation: office,
            offer: offer.id,
            windows,
            channels: offer.channels.clone(),
            monthly: offer.monthly,
            from: tx.now(),
            until: None,
        };
        coverage::add(&tx, &bought, self.yannick.person()).await.unwrap();
        tx.commit().await.unwrap();
        super::look_again(&self.app, &[office]).await.unwrap();
    }

    /// A published duty.
    pub(super) async fn duty(&self, who: &Caller<Advisor>, rung: Rung, from: &str, until: &str) {
        let tx = self.app.write(scope::Pool { pool: self.pool, viewer: self.board }).await.unwrap();
        let need: NeedId = self.app.mint();
        let rota: RotaId = self.app.mint();
        let day = "2026-12-01".parse().unwrap();
        let window = hours(Days::ALL, "18:00", "22:00");
        let (leads, backups, languages) = (1, 1, Vec::new());
        let wanted = Need {
            id: need,
            pool: self.pool,
            window,
            leads,
            backups,
            languages,
            skills: Skills::default(),
            kind: DutyKind::Active,
            from: day,
            until: None,
            season: domain::Season::default(),
        };
        needs::add(&tx, &wanted).await.unwrap();
        rotas::add(&tx, &published(rota, self.pool, tx.now())).await.unwrap();
        let shift = Shift {
            id: self.app.mint::<ShiftId>(),
            pool: self.pool,
            rota,
            need,
            person: who.person(),
            rung,
            kind: DutyKind::Active,
            span: Span::new(at(from), at(until)).unwrap(),
            sequence: 0,
            changed_at: tx.now(),
            told_at: Some(tx.now()),
            cancelled_at: None,
        };
        shifts::add_all(&tx, &[shift]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Does what is due: ticks, then jobs, until nothing is left.
    pub(super) async fn work(&self) {
        for _ in 0..50 {
            let routed = super::route_due(&self.app).await.unwrap();
            let claimed = crate::jobs::claims::claim(&self.app, "story", 10, chrono::Duration::minutes(5))
                .await
                .unwrap();
            if claimed.is_empty() && routed == 0 {
                return;
            }
            for one in claimed {
                let outcome = crate::jobs::run(&self.app, one.job.as_ref().unwrap().clone()).await;
                if let Err(error) = &outcome {
                    crate::jobs::claims::fail(&self.app, "story", &one, error).await.unwrap();
                } else {
                    crate::jobs::claims::finish(&self.app, "story", &one).await.unwrap();
                }
            }
        }
        panic!("the town does not come to rest");
    }
}

fn published(id: RotaId, pool: PoolId, now: DateTime<Utc>) -> Rota {
    Rota {
        id,
        pool,
        number: u32::try_from(id.0.as_u128() % 1_000_000).unwrap(),
        from: "2026-12-01".parse().unwrap(),
        until: "2026-12-31".parse().unwrap(),
        status: RotaStatus::Published,
        seed: 1,
        stop_asked: false,
        progress: BuildProgress::default(),
        outcome: None,
        message: None,
        created_by: None,
        created_at: now,
        published_by: None,
        published_at: Some(now),
        version: 1,
    }
}

fn organisation(app: &App, kind: OrganisationKind, name: &str, slug: &str) -> Organisation {
    Organisation {
        id: app.mint(),
        kind,
        name: name.to_owned(),
        slug: slug.to_owned(),
        zone: domain::Tz::Europe__Paris,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 1,
        promise: Minutes(5),
    }
}

async fn settle(
    app: &App,
    office: &Organisation,
    pool: &Pool,
    name: &str,
    languages: &[&str],
) -> Caller<Advisor> {
    let tx = app.write(System).await.unwrap();
    let person = Person {
        id: app.mint::<PersonId>(),
        given_name: name.to_owned(),
        family_name: "Martin".to_owned(),
        languages: languages.iter().filter_map(|code| Language::parse(code)).collect(),
        skills: Skills::default(),
    };
    people::add(&tx, &person, &format!("{name}@example.org"), None).await.unwrap();
    let employment = Employment {
        id: app.mint(),
        person: person.id,
        organisation: office.id,
        from: "2026-01-01".parse().unwrap(),
        until: None,
        law: Law::FrancePublic,
        weekly: Minutes::hours(35),
        born: None,
    };
    employments::add(&tx, &employment).await.unwrap();
    tx.commit().await.unwrap();
    let tx = app.write(Home(office.id)).await.unwrap();
    let window = hours(Days::WORKDAYS, "09:00", "17:00");
    let open = OpeningHours { organisation: office.id, window, from: employment.from, until: None };
    opening_hours::add(&tx, app.mint(), &open).await.unwrap();
    tx.commit().await.unwrap();
    Caller::in_a_story(person.id, office.id, vec![pool.id])
}
