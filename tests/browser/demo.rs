//! The furnished demo, in this process: the doors, the jobs and the clock, on a database of its own.
//!
//! It is furnished once a test process; every story starts from a copy, at the same moment: Friday
//! 4 December 2026, 19:00 in France, Ann on duty until 22:00 with Yannick as backup, three visitors
//! waiting. Nobody writes by themselves.

use std::{fs, net::TcpListener, path::PathBuf, time::Duration};

use acceptance::{
    browser::{Browser, Looks},
    eventually::eventually,
    town::{Engine, Rows, instant},
};
use app::{
    App, clock,
    demo::seed,
    settings::{Post, Reach, Settings},
};
use storage::{people, scope::System};
use tokio::{
    sync::{OnceCell, watch},
    task::JoinHandle,
    time::timeout,
};

/// The moment at which the demo's world starts.
pub const EVENING: &str = "2026-12-04T19:00:00+01:00";

/// How long everything in hand may take when the demo ends.
const FAREWELL: Duration = Duration::from_secs(30);

/// What every story's database is a copy of.
struct Furnished {
    file: Vec<u8>,
    key: String,
}

/// A demo that runs until it is closed or dropped.
pub struct Demo {
    /// For what no page does: the clock's hands, a second look at what was saved.
    pub app: App,
    address: String,
    stop: watch::Sender<bool>,
    doors: JoinHandle<std::io::Result<()>>,
    working: JoinHandle<()>,
    tending: JoinHandle<()>,
    _rows: Rows,
}

impl Demo {
    /// Opens one at [`EVENING`].
    pub async fn opens() -> Self {
        Self::opens_at(EVENING).await
    }

    /// Opens one at another moment: the same world, its clock put there.
    pub async fn opens_at(moment: &str) -> Self {
        static FURNISHED: OnceCell<Furnished> = OnceCell::const_new();
        let furnished = FURNISHED.get_or_init(furnish).await;
        let rows = Rows::migrated(Engine::Sqlite).await;
        fs::write(file_of(&rows), &furnished.file).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = App::open(settings(&rows, &furnished.key, &address)).await.unwrap();
        let (stop, told) = watch::channel(false);
        let demo = Self {
            tending: tokio::spawn(app.clone().tend()),
            working: tokio::spawn(worker::run(app.clone(), until(told.clone()))),
            doors: tokio::spawn(api::serve(app.clone(), listener, until(told))),
            app,
            address,
            stop,
            _rows: rows,
        };
        demo.clock_shows(moment).await;
        demo
    }

    /// The address of one of its pages.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Puts the clock to a moment; from there it runs on.
    pub async fn clock_shows(&self, moment: &str) {
        clock::put_to(&self.app, instant(moment)).await.unwrap();
    }

    /// A browser that came in by a door: `planner`, `advisor` or `manager`.
    pub async fn entered_by(&self, door: &str, looks: Looks) -> Browser {
        let browser = Browser::open(looks).await;
        self.enter(&browser, door).await;
        browser
    }

    /// Goes in by a door, as people do: on the welcome page.
    pub async fn enter(&self, browser: &Browser, door: &str) {
        browser.goes_to(&self.at("/")).await;
        browser.presses_at(&format!("form[action='/demo/enter/{door}'] button")).await;
        browser.stands_at(|path| path != "/").await;
    }

    /// A browser in which somebody of the demo signed in with a code, known by their given name.
    pub async fn signed_in_as(&self, given_name: &str, looks: Looks) -> Browser {
        let email = self.email_of(given_name).await;
        let browser = self.opened_at("/sign-in", looks).await;
        browser.fills("Your work address", &email).await;
        browser.presses("Send me a code").await;
        browser.sees("Enter the code").await;
        let code = eventually("the code arrives", async || {
            let letters = app::letters::mailbox(&self.app).await.ok()?;
            let letter = letters.into_iter().find(|letter| letter.recipient == email)?;
            let digits: String = letter.subject.chars().filter(char::is_ascii_digit).collect();
            (digits.len() == 6).then_some(digits)
        })
        .await;
        browser.fills("Six digits", &code).await;
        browser.presses("Sign in").await;
        browser.stands_at(|path| !path.starts_with("/sign-in")).await;
        browser
    }

    async fn email_of(&self, given_name: &str) -> String {
        let tx = self.app.store.read(System, self.app.clock.now()).await.unwrap();
        let people = people::all_in_sight(&tx).await.unwrap();
        let person = people.into_iter().find(|person| person.given_name == given_name).unwrap();
        people::account(&tx, person.id).await.unwrap().unwrap().email
    }

    /// A browser at one of the pages, without having come in by a door.
    pub async fn opened_at(&self, path: &str, looks: Looks) -> Browser {
        let browser = Browser::open(looks).await;
        browser.goes_to(&self.at(path)).await;
        browser
    }

    /// Ends it; everything in hand is done before.
    pub async fn closes(mut self) {
        self.stop.send(true).unwrap();
        let ended = timeout(FAREWELL, async { tokio::try_join!(&mut self.doors, &mut self.working) }).await;
        ended.expect("the demo ends when it is asked to").unwrap().0.unwrap();
        self.tending.abort();
        self.app.store.close().await;
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        self.tending.abort();
    }
}

async fn until(mut told: watch::Receiver<bool>) {
    let _ = told.wait_for(|stop| *stop).await;
}

async fn furnish() -> Furnished {
    let rows = Rows::migrated(Engine::Sqlite).await;
    let key = app::secrets::random_key();
    let app = App::open(settings(&rows, &key, "http://127.0.0.1:8080")).await.unwrap();
    seed(&app, Some(instant(EVENING))).await.unwrap();
    app.store.close().await;
    Furnished { file: fs::read(file_of(&rows)).unwrap(), key }
}

fn settings(rows: &Rows, key: &str, address: &str) -> Settings {
    Settings {
        database: rows.url.clone(),
        key: key.into(),
        signing_keys: Vec::new(),
        public_url: address.into(),
        post: Post::Mailbox,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    }
}

/// The file behind `sqlite://FILE?mode=rwc`.
fn file_of(rows: &Rows) -> PathBuf {
    let path = rows.url.trim_start_matches("sqlite://").split('?').next();
    PathBuf::from(path.unwrap())
}
