//! A published past never changes: whatever is drafted and published, handed over, taken, learned beside,
//! ended with an employment or brought in from elsewhere, who was on duty until now was on duty until now.

use std::{cell::Cell, collections::BTreeSet};

use acceptance::{
    on_both_engines,
    random::Chance,
    town::{Draft, Engine, Person, Town},
};
use app::{
    Advisor, Error,
    exchange::{self, Keeper, Upload},
    kept::Seen,
    rota::{
        draft,
        handovers::{
            Hand,
            accept::{self, Accepted},
            ask::{self, Asked, Wish},
            learners,
            open::{read, take},
        },
    },
};
use chrono::{DateTime, Days, Duration, Utc};
use domain::{
    DutyKind, NeedId, PersonId, Rung, Shift, Span, Tz,
    exchange::{FileFormat, FileKind},
};
use storage::{scope, shifts};

on_both_engines! {
    whatever_is_done_the_past_stays_in_paris,
    whatever_is_done_the_past_stays_in_toronto,
    whatever_is_done_the_past_stays_where_the_day_begins_first,
}

/// So many things are done.
const STEPS: usize = 30;

async fn whatever_is_done_the_past_stays_in_paris(engine: Engine) {
    // Over the night on which clocks go back.
    whatever_is_done(engine, "2026-10-19T09:00+02:00", Tz::Europe__Paris, 1).await;
}

async fn whatever_is_done_the_past_stays_in_toronto(engine: Engine) {
    whatever_is_done(engine, "2026-10-28T09:00-04:00", Tz::America__Toronto, 2).await;
}

async fn whatever_is_done_the_past_stays_where_the_day_begins_first(engine: Engine) {
    whatever_is_done(engine, "2026-09-22T09:00+12:00", Tz::Pacific__Auckland, 3).await;
}

async fn whatever_is_done(engine: Engine, moment: &str, zone: Tz, seed: u64) {
    let story = Story::begins(engine, moment, zone).await;
    let mut chance = Chance::of(seed, 27);
    let mut done = BTreeSet::new();
    story.publishes(&mut chance).await;
    for step in 0..STEPS {
        let (now, before) = (story.town.now(), story.past().await);
        let what = story.does_something(step, &mut chance).await;
        done.extend(what);
        let after = story.past_until(now).await;
        if what == Some(Deed::BroughtIn) {
            assert!(before.is_subset(&after), "{what:?} in step {step}: {before:#?}\n{after:#?}");
        } else {
            assert_eq!(before, after, "{what:?} in step {step}");
        }
    }
    assert!(MANY <= done.len(), "most of it came up: {done:?}");
}

/// Of so many kinds of deeds each story holds at least one; what a chance leaves out here, another has.
const MANY: usize = 4;

/// What can be done to a rota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Published,
    HandedOver,
    Taken,
    Learned,
    BroughtIn,
    Ended,
}

/// Who was on duty from when to when, as what.
type Past = BTreeSet<(DateTime<Utc>, DateTime<Utc>, PersonId, NeedId, Rung, bool)>;

struct Story {
    town: Town,
    people: Vec<Person>,
    /// Whether the last of them has left.
    ended: Cell<bool>,
}

impl Story {
    async fn begins(engine: Engine, moment: &str, zone: Tz) -> Self {
        let town = Town::in_zone(engine, moment, zone).await;
        let office = town.office("Riquewihr").plain().await;
        let mut people = Vec::new();
        for name in ["Ana", "Berta", "Carla", "Dora"] {
            people.push(town.advisor(name).working_at(&office).off_duty().await);
        }
        town.board.needs("18:00–22:00", 1, 1).await;
        Self { town, people, ended: Cell::new(false) }
    }

    /// Everything that has begun, up to now.
    async fn past(&self) -> Past {
        self.past_until(self.town.now()).await
    }

    /// Everything that had begun at `now`, up to then. What one person did without a break is one.
    async fn past_until(&self, now: DateTime<Utc>) -> Past {
        let ended = self.standing().await.into_iter().filter_map(|shift| {
            Some(Shift { span: Span::new(shift.span.start(), shift.span.end().min(now)).ok()?, ..shift })
        });
        let mut all: Vec<Shift> = ended.collect();
        all.sort_by_key(|shift| (shift.person, shift.need, shift.rung, shift.span));
        let mut past: Vec<Shift> = Vec::new();
        for shift in all {
            let goes_on = |last: &&mut Shift| {
                (last.person, last.need, last.rung, last.span.end())
                    == (shift.person, shift.need, shift.rung, shift.span.start())
            };
            match past.last_mut().filter(goes_on) {
                Some(last) => last.span = Span::new(last.span.start(), shift.span.end()).unwrap(),
                None => past.push(shift),
            }
        }
        let told = |one: Shift| {
            let standby = one.kind == DutyKind::Standby;
            (one.span.start(), one.span.end(), one.person, one.need, one.rung, standby)
        };
        past.into_iter().map(told).collect()
    }

    async fn standing(&self) -> Vec<Shift> {
        let scope = scope::Pool { pool: self.town.pool, viewer: self.town.board.id };
        let tx = self.town.app.store.read(scope, self.town.now()).await.unwrap();
        let always = Span::new(self.town.now() - Days::new(90), self.town.now() + Days::new(90)).unwrap();
        shifts::of_pool(&tx, self.town.pool, always).await.unwrap()
    }

    async fn hand(&self, person: PersonId) -> Option<Hand> {
        let person = self.people.iter().find(|one| one.id == person)?;
        if self.ended.get() && self.people.last().is_some_and(|dora| dora.id == person.id) {
            return None;
        }
        Some(Hand::from(&person.session().await.caller::<Advisor>().ok()?))
    }

    /// Lets some hours go by, or does something; says what, if it was done.
    async fn does_something(&self, step: usize, chance: &mut Chance) -> Option<Deed> {
        if step + 5 == STEPS {
            return self.ends().await;
        }
        match chance.below(8) {
            0 => self.publishes(chance).await,
            1 | 2 => self.hands_over(chance).await,
            3 => self.takes(chance).await,
            4 => self.learns(chance).await,
            5 => self.brings_in(chance).await,
            _ => {
                let hours = i64::try_from(chance.below(20)).unwrap() + 1;
                self.town.put_clock_to(self.town.now() + Duration::hours(hours)).await;
                self.town.work_until_idle().await;
                None
            }
        }
    }

    /// A week from yesterday on, with some places given by hand.
    async fn publishes(&self, chance: &mut Chance) -> Option<Deed> {
        let from = self.town.today() - Days::new(1);
        let draft = self.town.board.drafts(from, from + Days::new(7)).await;
        for place in draft.shown().await.places {
            if chance.below(3) == 0 && place.rung.covers() {
                let person = self.people.get(chance.below(self.people.len() + 1)).map(|one| one.id);
                drop(self.gives(&draft, &place, person).await);
            }
        }
        let published = draft.publishes_because("It could not wait").await.is_ok();
        self.town.work_until_idle().await;
        published.then_some(Deed::Published)
    }

    async fn gives(
        &self,
        draft: &Draft,
        place: &views::html::rota::Place,
        person: Option<PersonId>,
    ) -> Result<(), Error> {
        let planner = self.town.board.caller().await;
        let version = i32::try_from(draft.shown().await.version).unwrap();
        let (app, rota) = (&self.town.app, draft.rota);
        app::rota::change::assign(app, &planner, rota, place.assignment, person, version).await.map(drop)
    }

    /// A duty that is not over changes hands, also one that runs.
    async fn hands_over(&self, chance: &mut Chance) -> Option<Deed> {
        let mut all = self.standing().await;
        all.retain(|shift| self.town.now() < shift.span.end() && shift.rung.covers());
        all.truncate(4);
        let shift = all.get(chance.below(all.len().max(1)))?;
        let begun = shift.span.start() <= self.town.now();
        let wish = if begun { Wish::Absence } else { Wish::GiveAway { part: None } };
        let (app, holder) = (&self.town.app, self.hand(shift.person).await?);
        let Asked::Done(asked) = ask::ask(app, &holder, shift.id, wish, "").await.ok()? else { return None };
        for person in &self.people {
            let Some(hand) = self.hand(person.id).await else { continue };
            if let Ok(Accepted::Done(_)) = accept::accept(app, &hand, asked.is.id, &Seen::Any).await {
                return Some(Deed::HandedOver);
            }
        }
        None
    }

    async fn takes(&self, chance: &mut Chance) -> Option<Deed> {
        let person = &self.people[chance.below(self.people.len())];
        let hand = self.hand(person.id).await?;
        for open in read::open(&self.town.app, &hand, None).await.ok()? {
            if open.may && take::take(&self.town.app, &hand, open.place.id).await.is_ok() {
                return Some(Deed::Taken);
            }
        }
        None
    }

    /// Somebody learns beside a lead; beside one that has begun, that is refused.
    async fn learns(&self, chance: &mut Chance) -> Option<Deed> {
        let planner = self.town.board.caller().await;
        let rota = draft::around_now(&self.town.app, &planner, self.town.pool).await.ok()??;
        let shown = app::rota::board::board(
            &self.town.app,
            &planner,
            rota,
            views::html::rota::View::Advisor,
            Some(self.town.today()),
        );
        let places = shown.await.ok()?.places;
        let leads: Vec<_> = places.iter().filter(|place| place.rung == Rung::Lead).collect();
        let lead = leads.get(chance.below(leads.len().max(1)))?.assignment;
        for person in &self.people {
            let beside = learners::add(&self.town.app, &planner, rota, lead, person.id).await;
            if matches!(beside, Ok(learners::Beside::Done(_))) {
                return Some(Deed::Learned);
            }
        }
        None
    }

    /// A duty of somebody's that this house did not know of yet.
    async fn brings_in(&self, chance: &mut Chance) -> Option<Deed> {
        let person = &self.people[chance.below(self.people.len())];
        let day = self.town.today() - Days::new(chance.number() % 10);
        let text = format!("email;from;until\n{};{day} 18:00;{day} 20:00", person.email);
        let (kind, format) = (FileKind::Duties, FileFormat::Csv);
        let upload = Upload { kind, format, bytes: text.as_bytes(), person: None, pool: None };
        let keeper = Keeper::from(&self.town.board.caller().await);
        let report = exchange::import(&self.town.app, &keeper, upload).await.ok()?;
        (report.kept && report.added > 0).then_some(Deed::BroughtIn)
    }

    /// Dora's last day was yesterday: what she has to come is opened.
    async fn ends(&self) -> Option<Deed> {
        let dora = self.people.last()?;
        let last = self.town.today() - Days::new(1);
        let hers = format!("(select id from people where email = '{}')", dora.email);
        let ends = format!("update employments set until_date = '{last}' where person_id = {hers}");
        self.town.rows.change(&ends).await;
        app::account::last_days::keep(&self.town.app).await.unwrap();
        self.town.work_until_idle().await;
        self.ended.set(true);
        Some(Deed::Ended)
    }
}
