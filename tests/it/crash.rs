//! `kill -9` at random moments of the way from a question to its answer, on both engines: every message
//! is there once, every answer is sent once, or is shown as unknown and a person chooses.

use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use acceptance::{
    crash::{Chat, House, slow_line},
    eventually::eventually,
    keeper,
    mail::{Mailbox, Received, post_office},
    on_both_engines,
    places::example,
    town::{Engine, Line, Office, Person, Rows, Town},
};
use app::{Advisor, clock, desk};
use domain::{ConversationStatus, Delivery, Direction, Rung};
use sqlx::{Connection, Executor, PgConnection};
use storage::messages::Message;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};
use uuid::Uuid;

on_both_engines! { every_message_is_there_once_and_every_answer_is_sent_once_or_unknown }

/// Kills on each engine: fifty in all.
const KILLS: usize = 25;
/// At most so long after a step of the way a process dies: about as long as a letter takes to be sent.
const LATER: Duration = Duration::from_millis(250);
/// What each answer of the mail server takes longer: a line as in the country.
const SLOW: Duration = Duration::from_millis(12);

async fn every_message_is_there_once_and_every_answer_is_sent_once_or_unknown(engine: Engine) {
    let scene = Scene::set(engine).await;
    let mut questions = Questions::default();
    for kill in 0..KILLS {
        let mut child = scene.start(&[]).await;
        tokio::join!(child.dies_on_its_way(), questions.asked(&scene, kill));
        scene.claims_run_out().await;
    }
    let what = "every letter of a guest lies in the office's mailbox";
    let letters = questions.guests.len();
    eventually(what, async || (from_guests(&scene.mailbox).await >= letters).then_some(())).await;
    scene.claims_run_out().await;
    scene.start(&["settle"]).await.ends().await;
    scene.judge(&questions).await;
}

/// A random while, `most` at most.
fn random(most: Duration) -> Duration {
    most.mul_f64(Uuid::new_v4().as_u128() as f64 / u128::MAX as f64)
}

/// A process with the house open.
struct Alive {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Alive {
    /// Is killed at a random moment: of its beginning, after a message was taken, or after an answer was
    /// written. While it lives a letter and two chat messages come in, and what was
    /// left from before is taken up.
    async fn dies_on_its_way(&mut self) {
        let step = ["", "took", "answered", "answered"][usize::from(Uuid::new_v4().as_bytes()[0] % 4)];
        let reached = async {
            while !step.is_empty() && self.said.next_line().await.unwrap().is_some_and(|said| said != step) {}
        };
        // Sometimes there is nothing left to do; then it dies idle.
        let _ = tokio::time::timeout(Duration::from_secs(3), reached).await;
        tokio::time::sleep(random(LATER)).await;
        // SIGKILL: nothing of it runs any more, no buffer is flushed, no answer is read.
        self.process.kill().await.unwrap();
    }

    /// Comes to rest by itself.
    async fn ends(mut self) {
        let ends = async {
            while let Ok(Some(_)) = self.said.next_line().await {}
            self.process.wait().await.unwrap()
        };
        let ended = tokio::time::timeout(Duration::from_secs(180), ends).await;
        assert!(ended.expect("it comes to rest").success(), "it comes to rest in peace");
    }
}

/// How many letters in the office's mailbox people wrote; the others are returned answers.
async fn from_guests(mailbox: &Mailbox) -> usize {
    mailbox.letters().await.iter().filter(|letter| letter.message_id().ends_with("@client.test")).count()
}

/// What was asked.
#[derive(Default)]
struct Questions {
    guests: Vec<(Mailbox, String)>,
    chats: Vec<Chat>,
}

impl Questions {
    /// One guest writes a letter; one visitor begins a chat, another goes on with an older one.
    async fn asked(&mut self, scene: &Scene, number: usize) {
        let guest = post_office().guest("guest");
        let question = format!("Letter {number:02}: is the castle open?");
        guest.write(&scene.mailbox.address, &format!("Castle {number:02}"), &question).await;
        self.guests.push((guest, question));
        let token = |number: usize| format!("{:064x}", 0xc0ffee + number);
        for (visitor, body) in [
            (number, format!("Chat {number:02}: where can we park?")),
            (number / 2, format!("Chat {number:02}, once more: and for how long?")),
        ] {
            let chat = Chat {
                slug: scene.office.slug.clone(),
                token: token(visitor),
                key: Uuid::new_v4().to_string(),
                body,
            };
            let mut file =
                OpenOptions::new().create(true).append(true).open(scene.folder.join("chats")).unwrap();
            writeln!(file, "{}", serde_json::to_string(&chat).unwrap()).unwrap();
            self.chats.push(chat);
        }
    }
}

/// The office on duty around the clock, and the folder the killed process reads.
struct Scene {
    /// Its house is closed while a process lives: SQLite has one owner.
    rows: Rows,
    key: String,
    office: Office,
    ana: Person,
    mailbox: Mailbox,
    folder: PathBuf,
}

impl Scene {
    async fn set(engine: Engine) -> Self {
        let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
        let office = town.office("Riquewihr").covered("00:00–00:00").await;
        let smtp_port = slow_line(post_office().smtp_port, SLOW).await;
        let (mailbox, _) = office.opens_mailbox_by(Line { smtp_port, ..Line::direct() }).await;
        let ana = town.advisor("Ana").off_duty().await;
        ana.has_duty(&town, "2026-07-04", "12:00–12:00", Rung::Lead).await;
        // The hands go: what is late must become due by itself.
        clock::put_to(&town.app, town.now()).await.unwrap();
        let access = ana.signs_in().await.unwrap().access;
        let key = town.app.settings.key.clone();
        let folder = keeper::folder("crash");
        let house = House { database: town.rows.url.clone(), key: key.clone(), access };
        fs::write(folder.join("house.json"), serde_json::to_string(&house).unwrap()).unwrap();
        let Town { app, rows, .. } = town;
        app.store.close().await;
        Self { rows, key, office, ana, mailbox, folder }
    }

    /// Starts the process and waits until its house is open.
    async fn start(&self, more: &[&str]) -> Alive {
        let errors = OpenOptions::new().create(true).append(true).open(self.folder.join("errors")).unwrap();
        let mut process = Command::new(example("crash_child"))
            .arg(&self.folder)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = said.next_line().await.unwrap();
        assert_eq!(first.as_deref(), Some("open"), "{}", errors_in(&self.folder));
        Alive { process, said }
    }

    /// On PostgreSQL nobody can know that a process is dead, and what it had in hand stays so for five
    /// minutes. They pass here.
    async fn claims_run_out(&self) {
        let Some(url) = &self.rows.superuser_url else { return };
        let mut database = PgConnection::connect(url).await.unwrap();
        let pass =
            "update jobs set claimed_until = claimed_until - interval '5 minutes' where state = 'running'";
        database.execute(pass).await.unwrap();
        database.close().await.unwrap();
    }

    /// Looks at what is there in the end.
    async fn judge(&self, questions: &Questions) {
        let app = acceptance::town::open_house(&self.rows.url, &self.key, app::settings::Post::Mailbox).await;
        let (office, ana) = (self.office.clone().in_house(&app), self.ana.clone().in_house(&app));
        let mut incoming: BTreeMap<String, usize> = BTreeMap::new();
        let mut answers: Vec<Message> = Vec::new();
        for conversation in office.conversations().await {
            assert_eq!(conversation.status, ConversationStatus::Answered, "{}", conversation.snippet);
            for message in office.messages(conversation.id).await {
                match message.direction {
                    Direction::In => *incoming.entry(message.body.trim().to_owned()).or_default() += 1,
                    Direction::Out => answers.push(message),
                    other => panic!("nobody said {:?} ({other:?})", message.body),
                }
            }
        }
        let asked: BTreeMap<String, usize> = (questions.guests.iter().map(|(_, question)| question))
            .chain(questions.chats.iter().map(|chat| &chat.body))
            .map(|body| (body.clone(), 1))
            .collect();
        let wrong: Vec<_> =
            incoming.iter().filter(|(body, times)| asked.get(*body) != Some(*times)).collect();
        let missing: Vec<_> = asked.keys().filter(|body| !incoming.contains_key(*body)).collect();
        assert!(
            wrong.is_empty() && missing.is_empty(),
            "not once: {wrong:?}, not there: {missing:?}, {}",
            errors_in(&self.folder)
        );
        let bodies: HashSet<&str> = answers.iter().map(|answer| answer.body.as_str()).collect();
        assert_eq!(bodies.len(), answers.len(), "nobody is answered the same twice");

        let (mut sent, mut unknown) = (0, Vec::new());
        for answer in &answers {
            match &answer.delivery {
                Delivery::Sent { .. } => sent += 1,
                Delivery::Unknown => unknown.push(answer),
                other => panic!("{:?} is {other:?} in the end", answer.body),
            }
        }
        let mut arrived_unknown = 0;
        for (guest, question) in &questions.guests {
            let answer = answers.iter().find(|answer| answer.body == format!("Answer to: {question}"));
            let answer = answer.unwrap_or_else(|| panic!("{question} was answered"));
            if answer.delivery == Delivery::Unknown {
                let letters = guest.letters().await.len();
                assert!(letters <= 1, "{question} was answered {letters} times");
                arrived_unknown += letters;
            } else {
                let what = "the answer that is called sent";
                guest.receives(what, |letter: &Received| letter.text().contains(&answer.body)).await;
                assert_eq!(guest.letters().await.len(), 1, "{question} was answered once");
            }
        }
        println!(
            "{} kills on {:?}: {} messages, each there once; {} answers, {sent} sent once, {} unknown \
             (of which {arrived_unknown} had arrived)",
            KILLS,
            app.store.engine(),
            incoming.len(),
            answers.len(),
            unknown.len(),
        );
        assert!(sent > 0);
        choose(&app, &office, &ana, &unknown).await;
        app.store.close().await;
    }
}

/// Somebody opens what is unknown, and has every other sent again.
async fn choose(app: &app::App, office: &Office, ana: &Person, unknown: &[&Message]) {
    let advisor = ana.caller::<Advisor>().await;
    for (number, message) in unknown.iter().enumerate() {
        let open = ana.opens_conversation(message.conversation).await.unwrap();
        let shown = open.messages.iter().find(|shown| shown.id == message.id).unwrap();
        assert_eq!(shown.delivery, Delivery::Unknown, "the page shows what is unknown");
        if number % 2 == 0 {
            desk::resend(app, &advisor, message.conversation, message.id).await.unwrap();
        } else {
            desk::leave(app, &advisor, message.conversation, message.id).await.unwrap();
        }
    }
    worker::run_until_idle(app).await;
    for (number, message) in unknown.iter().enumerate() {
        let said = office.messages(message.conversation).await;
        let now = &said.iter().find(|said| said.id == message.id).unwrap().delivery;
        match (number % 2, now) {
            (0, Delivery::Sent { .. }) | (1, Delivery::Failed { .. }) => {}
            (_, other) => panic!("after a person chose it is {other:?}"),
        }
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn errors_in(folder: &Path) -> String {
    fs::read_to_string(folder.join("errors")).unwrap_or_default()
}
