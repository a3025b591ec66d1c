//! What the crash test kills: the house's worker, an advisor who answers everything, and visitors whose
//! browsers send again until they hear that their message was taken.
//!
//! `crash_child FOLDER` works until it is killed; `crash_child FOLDER settle` until everybody has an
//! answer and nothing is left to do. The folder holds `house.json`, and `chats`, to which the test adds
//! a line for every message a visitor wants to send. It says a word for each step of the way, so that
//! the test can wait for some before it kills.

use std::{
    collections::HashSet,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use acceptance::{
    crash::{Chat, House},
    town::open_house,
};
use app::{
    Advisor, App, Caller, Error,
    account::callers,
    desk::{self, Asked, Written},
    jobs::claims,
    settings::Post,
};
use domain::Direction;

/// How often everybody looks.
const LOOK_EVERY: Duration = Duration::from_millis(10);

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the first word is a folder"));
    let house: House = read(&folder.join("house.json"));
    let app = open_house(&house.database, &house.key, Post::Mailbox).await;
    let session = callers::of(&app, &house.access).await.expect("the advisor is still signed in");
    let advisor = session.caller::<Advisor>().expect("the advisor is one");
    println!("open");
    if arguments.next().is_some() {
        settle(&app, &advisor, &folder).await;
        app.store.close().await;
        return;
    }
    let working = tokio::spawn(worker::run(app.clone(), std::future::pending()));
    let answering = tokio::spawn({
        let app = app.clone();
        async move {
            loop {
                // What fails now is tried again in a moment, as by a person.
                if let Err(error) = answer_all(&app, &advisor).await {
                    eprintln!("could not answer: {error}");
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    });
    let chatting = tokio::spawn(async move {
        loop {
            send_all(&app, &folder).await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
    let _ = tokio::join!(working, answering, chatting);
}

/// Sends and answers until a whole round finds nothing to do.
async fn settle(app: &App, advisor: &Caller<Advisor>, folder: &Path) {
    // As a worker does when it begins: on SQLite nobody else can be at work.
    claims::release_if_alone(app).await.expect("nobody kills this one");
    for _ in 0..50 {
        let sent = send_all(app, folder).await;
        worker::run_until_idle(app).await;
        let answered = answer_all(app, advisor).await.expect("nobody kills this one");
        worker::run_until_idle(app).await;
        if sent + answered == 0 {
            return;
        }
    }
    panic!("it never comes to rest");
}

/// Sends what visitors still have to send; says how many messages were taken.
async fn send_all(app: &App, folder: &Path) -> usize {
    let heard: HashSet<String> = lines(&folder.join("taken")).into_iter().collect();
    let mut taken = 0;
    for chat in lines(&folder.join("chats")) {
        // A line the test is just writing is read whole the next time.
        let Ok(chat) = serde_json::from_str::<Chat>(&chat) else { continue };
        if heard.contains(&chat.key) {
            continue;
        }
        let written = Written {
            slug: chat.slug,
            token: Some(chat.token),
            from: String::new(),
            body: chat.body,
            key: chat.key.clone(),
            language: None,
            came_from: None,
        };
        match desk::receive(app, &written).await {
            Ok(_) => {
                let mut file = OpenOptions::new().create(true).append(true).open(folder.join("taken"));
                let noted = file.as_mut().map(|file| writeln!(file, "{}", chat.key));
                noted.expect("the folder is the test's").expect("the folder is the test's");
                println!("took");
                taken += 1;
            }
            Err(error) => eprintln!("could not send: {error}"),
        }
    }
    taken
}

/// Answers every question that waits, each under a key of its own; says how many.
async fn answer_all(app: &App, advisor: &Caller<Advisor>) -> Result<usize, Error> {
    let waiting = desk::inbox(app, advisor, &Asked::default()).await?.waiting;
    let mut answered = 0;
    for row in waiting.into_iter().filter(|row| row.held_by.is_none()) {
        let asked = Asked { conversation: Some(row.id), ..Asked::default() };
        let Some(open) = desk::inbox(app, advisor, &asked).await?.open else { continue };
        let question = open.messages.iter().rev().find(|message| message.direction == Direction::In);
        let Some(question) = question else { continue };
        let answer = format!("Answer to: {}", question.body.trim());
        desk::reply(app, advisor, row.id, &answer, &question.id.to_string()).await?;
        println!("answered");
        answered += 1;
    }
    Ok(answered)
}

fn lines(file: &Path) -> Vec<String> {
    fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn read<T: serde::de::DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).expect("the test wrote it")
}
