//! Live updates: which signals a page may hear, and as what.
//!
//! A signal names a topic and nothing else. An [`Ear`] belongs to one stream; it lets through what
//! concerns its reader and turns it into the page's own word (`inbox/…` becomes `inbox`).

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use domain::{ConversationId, OrganisationId, PersonId, PoolId, Role, SessionId};
use storage::{
    Signal, memberships, pools,
    scope::System,
    signals::{self, Heard as Sought, Missed},
};
use uuid::Uuid;

use crate::{App, Error, Hat, Session, account::callers, topics};

/// How many missed topics are told one by one; after more than that the page fetches everything.
const MOST_REPLAYED: usize = 100;

/// What a page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// This part of the page may have changed.
    Changed {
        /// The signal's number.
        id: i64,
        /// The page's word for it: `inbox`, `conversation:…` (on a visitor's page `conversation`), `rota:…`, `shifts`, `today`, `coverage`,
        /// `clock`, `mailbox`.
        topic: String,
    },
    /// Anything may have changed: fetch it all.
    Resync {
        /// The number of the newest signal.
        id: i64,
    },
    /// The session has ended, or wears another role: the page is somebody else's now.
    Ended,
}

/// Who listens.
#[derive(Debug)]
enum Listener {
    Staff(Box<Staff>),
    Visitor { office: OrganisationId, conversation: ConversationId },
    Stranger,
}

#[derive(Debug)]
struct Staff {
    session: SessionId,
    person: PersonId,
    reach: Reach,
    /// As of when that was read.
    as_of: AsOf,
}

/// Of whom somebody on the staff may hear.
#[derive(Debug, PartialEq, Eq)]
struct Reach {
    /// Offices whose conversations they may ever see: their own, and those of their pools.
    offices: HashSet<OrganisationId>,
    pools: HashSet<PoolId>,
    /// Pools whose rota they plan.
    planned: HashSet<PoolId>,
}

/// The age of the remembered tables, if it is known, and the day: memberships begin with days.
type AsOf = (Option<u64>, NaiveDate);

/// What lets through the signals of one stream.
#[derive(Debug)]
pub struct Ear {
    listener: Listener,
    demo: bool,
}

impl Ear {
    /// The ear of somebody signed in.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn of_staff(app: &App, session: &Session) -> Result<Self, Error> {
        // Asked first: what changes from here on is seen by the next look.
        let as_of = as_of(app);
        let reach = Reach::of(app, &session.hats).await?;
        let staff = Staff { session: session.id, person: session.person.id, reach, as_of };
        Ok(Self { listener: Listener::Staff(Box::new(staff)), demo: app.settings.demo })
    }

    /// Looks again of whom the reader may hear, if that may have changed: offices join pools while a page
    /// stands open for days. True if it did change; what was said meanwhile was not heard then.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn looks_again(&mut self, app: &App) -> Result<bool, Error> {
        let Listener::Staff(staff) = &mut self.listener else { return Ok(false) };
        let as_of = as_of(app);
        if as_of.0.is_some() && as_of == staff.as_of {
            return Ok(false);
        }
        let reach = Reach::of(app, &callers::hats_of(app, staff.person).await?).await?;
        let changed = reach != staff.reach;
        (staff.reach, staff.as_of) = (reach, as_of);
        Ok(changed)
    }

    /// The ear of a visitor's page: their own conversation.
    pub fn of_visitor(app: &App, office: OrganisationId, conversation: ConversationId) -> Self {
        Self { listener: Listener::Visitor { office, conversation }, demo: app.settings.demo }
    }

    /// The ear of a page nobody is signed in on: in the demo its clock and its mailbox, else nothing.
    pub fn of_stranger(app: &App) -> Self {
        Self { listener: Listener::Stranger, demo: app.settings.demo }
    }

    /// Whether it is of somebody signed in, and hangs on what they may do.
    pub fn is_somebodys(&self) -> bool {
        matches!(self.listener, Listener::Staff(_))
    }

    /// What `signal` means to this page, if anything.
    pub fn hear(&self, signal: &Signal) -> Option<Event> {
        if signal.topic == topics::RESYNC {
            return Some(Event::Resync { id: signal.id });
        }
        match self.own_word(&signal.topic)? {
            Heard::Word(topic) => Some(Event::Changed { id: signal.id, topic }),
            Heard::Session => Some(Event::Ended),
        }
    }

    /// What was said since signal `after`: each word once. Overlaps, where numbers may commit out of order.
    /// When nobody can tell any more, or it is too much, it says to fetch everything.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn replay(&self, app: &App, after: i64) -> Result<Vec<Event>, Error> {
        let tx = app.read(System).await?;
        // Asked first: what is said from here on is not yet fetched.
        let newest = signals::newest(&tx).await?;
        let (whose, only) = match &self.listener {
            Listener::Staff(staff) => (staff.whose(), None),
            Listener::Visitor { office, conversation } => {
                (vec![office.0], Some(topics::conversation(*office, *conversation)))
            }
            Listener::Stranger => (Vec::new(), None),
        };
        let everybodys: &[&str] = if self.demo { &[topics::CLOCK, topics::MAILBOX] } else { &[] };
        let sought = Sought { whose: &whose, only: only.as_deref(), everybodys };
        let missed = signals::missed(&tx, after, sought, MOST_REPLAYED).await?;
        let Missed::Topics(missed) = missed else { return Ok(vec![Event::Resync { id: newest }]) };
        let mut events: Vec<Event> = Vec::new();
        for signal in missed {
            let Some(event) = self.hear(&signal) else { continue };
            events.retain(|told| !same(told, &event));
            events.push(event);
        }
        Ok(events)
    }

    /// Whether the reader may still listen: their session lives.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn may_listen(&self, app: &App) -> Result<bool, Error> {
        match &self.listener {
            Listener::Staff(staff) => callers::lives(app, staff.session).await,
            Listener::Visitor { .. } | Listener::Stranger => Ok(true),
        }
    }

    fn own_word(&self, topic: &str) -> Option<Heard> {
        if self.demo && topic == topics::CLOCK {
            return Some(Heard::Word(topic.to_owned()));
        }
        match &self.listener {
            Listener::Stranger => {
                (self.demo && topic == topics::MAILBOX).then(|| Heard::Word(topic.to_owned()))
            }
            Listener::Visitor { office, conversation } => {
                let own = topic == topics::conversation(*office, *conversation);
                own.then(|| Heard::Word("conversation".to_owned()))
            }
            Listener::Staff(staff) => staff.word(topic, self.demo),
        }
    }
}

enum Heard {
    Word(String),
    Session,
}

impl Reach {
    async fn of(app: &App, hats: &[Hat]) -> Result<Self, Error> {
        Ok(Self {
            offices: offices(app, hats).await?,
            pools: pools_of(hats, |_| true),
            planned: pools_of(hats, |hat| hat.role == Role::Planner),
        })
    }

    fn hears_office(&self, office: &str) -> bool {
        office.parse().is_ok_and(|office| self.offices.contains(&office))
    }

    fn hears_pool(&self, pool: &str) -> bool {
        pool.parse().is_ok_and(|pool| self.pools.contains(&pool))
    }

    fn plans(&self, pool: &str) -> bool {
        pool.parse().is_ok_and(|pool| self.planned.contains(&pool))
    }
}

impl Staff {
    fn word(&self, topic: &str, demo: bool) -> Option<Heard> {
        let (kind, rest) = topic.split_once('/').unwrap_or((topic, ""));
        let word = match kind {
            "mailbox" if demo => Some("mailbox".to_owned()),
            "inbox" => self.reach.hears_office(rest).then(|| "inbox".to_owned()),
            "desk" => (rest == self.person.to_string()).then(|| "inbox".to_owned()),
            "conversation" => rest
                .split_once('/')
                .filter(|(office, _)| self.reach.hears_office(office))
                .map(|(_, conversation)| format!("conversation:{conversation}")),
            "shifts" => (rest == self.person.to_string()).then(|| "shifts".to_owned()),
            "today" | "coverage" => self.reach.hears_pool(rest).then(|| kind.to_owned()),
            "rota" => rest
                .split_once('/')
                .filter(|(pool, _)| self.reach.plans(pool))
                .map(|(_, rota)| format!("rota:{rota}")),
            "session" if rest == self.session.to_string() => return Some(Heard::Session),
            _ => None,
        };
        word.map(Heard::Word)
    }

    /// Whose signals there may be something in for them. That their session ended is not replayed: an
    /// ended session begins no stream.
    fn whose(&self) -> Vec<Uuid> {
        let offices = self.reach.offices.iter().map(|office| office.0);
        offices.chain(self.reach.pools.iter().map(|pool| pool.0)).chain([self.person.0]).collect()
    }
}

/// The number of the newest signal: a page rendered after asking continues from there.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest(app: &App) -> Result<i64, Error> {
    let tx = app.read(System).await?;
    Ok(signals::newest(&tx).await?)
}

/// Forgets what was said more than a day ago.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    signals::forget_old(&tx).await?;
    Ok(tx.commit().await?)
}

fn same(told: &Event, new: &Event) -> bool {
    match (told, new) {
        (Event::Changed { topic: told, .. }, Event::Changed { topic: new, .. }) => told == new,
        _ => std::mem::discriminant(told) == std::mem::discriminant(new),
    }
}

fn as_of(app: &App) -> AsOf {
    (app.store.age(), app.clock.now().date_naive())
}

fn pools_of(hats: &[Hat], which: impl Fn(&Hat) -> bool) -> HashSet<PoolId> {
    hats.iter().filter(|hat| which(hat)).flat_map(|hat| hat.pools.iter().copied()).collect()
}

/// Offices whose conversations somebody may ever see: where they are advisor or manager, and the
/// members of the pools they stand watch for.
async fn offices(app: &App, hats: &[Hat]) -> Result<HashSet<OrganisationId>, Error> {
    let tx = app.read(System).await?;
    let mut offices = HashSet::new();
    let today = tx.now().date_naive();
    for hat in hats.iter().filter(|hat| hat.role != Role::Planner) {
        offices.insert(hat.organisation.id);
        for pool in hat.pools.iter().filter(|_| hat.role == Role::Advisor) {
            // A day more on either side, whatever the zone: the page that follows a hint looks itself.
            let mut members = memberships::of_pool(&tx, *pool).await?;
            members.retain(|one| {
                one.from <= today + Days::new(1) && one.until.is_none_or(|last| today <= last + Days::new(1))
            });
            offices.extend(members.into_iter().map(|member| member.organisation));
            offices.extend(pools::by_id(&tx, *pool).await?.map(|pool| pool.board));
        }
    }
    Ok(offices)
}
