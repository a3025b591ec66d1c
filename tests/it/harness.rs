//! The servers of the harness do what the stories rely on.

use std::{fs, path::Path};

use acceptance::{
    eventually::eventually,
    keeper::{self, Kept},
    mail::{OFFICES, post_office},
    on_both_engines, postgres,
    python::read_calendar,
    town::{Engine, Rows},
};
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};
use sqlx::{Connection, Executor, PgConnection};
use storage::Store;

on_both_engines! { a_town_is_founded_on_empty_ground, every_town_starts_with_our_tables_and_no_row }

async fn a_town_is_founded_on_empty_ground(engine: Engine) {
    let rows = Rows::empty(engine).await;
    tells(&rows.owner_url, "create table bells (name text)").await;
    tells(&rows.url, "insert into bells values ('the small one')").await;
    assert_eq!(counts(&rows.url, "bells").await, 1);
}

async fn every_town_starts_with_our_tables_and_no_row(engine: Engine) {
    let (one, other) = (Rows::migrated(engine).await, Rows::migrated(engine).await);
    tells(&one.url, "insert into clock (id, offset_micros, frozen_at) values (1, 0, null)").await;
    assert_eq!((counts(&one.url, "clock").await, counts(&other.url, "clock").await), (1, 0));
}

async fn tells(url: &str, sql: &str) {
    let store = Store::open(url).await.unwrap();
    store.for_migrations().execute_unprepared(sql).await.unwrap();
    store.close().await;
}

async fn counts(url: &str, table: &str) -> i64 {
    let store = Store::open(url).await.unwrap();
    let connection = store.for_migrations();
    let sql = format!("select count(*) from {table}");
    let rows = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await;
    let count = rows.unwrap().expect("a count is a row").try_get_by_index(0).unwrap();
    store.close().await;
    count
}

#[tokio::test]
async fn on_postgresql_the_program_owns_nothing_and_steps_over_no_policy() {
    let database = postgres::cluster().empty_database().await;
    let mut owner = PgConnection::connect(&database.owner_url).await.unwrap();
    let forced = "create table bells (name text);
        alter table bells enable row level security;
        alter table bells force row level security;
        create policy small on bells using (name like '%small%');";
    owner.execute(forced).await.unwrap();
    let mut superuser = PgConnection::connect(&database.superuser_url).await.unwrap();
    superuser.execute("insert into bells values ('the small one'), ('the great one')").await.unwrap();

    let mut program = PgConnection::connect(&database.url).await.unwrap();
    for (who, connection) in [("the owner", &mut owner), ("the program", &mut program)] {
        let bells = connection.fetch_all("select name from bells").await.unwrap();
        assert_eq!(bells.len(), 1, "{who} sees what the policy shows");
    }
    let greater = program.execute("insert into bells values ('a great one')").await.unwrap_err();
    assert!(greater.to_string().contains("row-level security"), "{greater}");
    let table = program.execute("create table ropes (name text)").await.unwrap_err();
    assert!(table.to_string().contains("permission denied"), "{table}");
}

#[tokio::test]
async fn on_postgresql_every_town_starts_from_the_same_tables_and_shares_none() {
    let migrate = async |url: &str| {
        let mut owner = PgConnection::connect(url).await.unwrap();
        owner.execute("create table bells (name text)").await.unwrap();
        owner.close().await.unwrap();
    };
    // A cluster of its own, because the one of the process has our real tables in its template.
    let cluster = postgres::Cluster::start();
    let (one, other) = (cluster.migrated_database(migrate).await, cluster.migrated_database(migrate).await);
    let mut one = PgConnection::connect(&one.url).await.unwrap();
    let mut other = PgConnection::connect(&other.url).await.unwrap();
    one.execute("insert into bells values ('the small one')").await.unwrap();
    assert_eq!(one.fetch_all("select * from bells").await.unwrap().len(), 1);
    assert_eq!(other.fetch_all("select * from bells").await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_letter_crosses_the_post_and_its_answer_comes_back_in_the_thread() {
    let post = post_office();
    let jonas = post.guest("jonas");
    let office = post.mailbox(&post.address("riquewihr", OFFICES));
    let id = jonas.write(&office.address, "Öffnungszeiten", "Ist die Burg morgen geöffnet?").await;

    let letter = office.receives("the question", |letter| letter.message_id() == id).await;
    assert_eq!(letter.subject(), "Öffnungszeiten");
    assert_eq!(letter.text().trim(), "Ist die Burg morgen geöffnet?");
    assert_eq!(letter.from().1, jonas.address);

    let first = office.answer(&letter, "Ja, von neun bis sechs.").await;
    let answer = jonas.receives("the answer", |letter| letter.message_id() == first).await;
    assert_eq!((answer.in_reply_to(), answer.subject()), (vec![id.clone()], "Re: Öffnungszeiten".into()));
    let second = jonas.answer(&answer, "Danke!").await;
    let thanks = office.receives("the thanks", |letter| letter.message_id() == second).await;
    assert_eq!(thanks.references(), [id, first]);
}

#[tokio::test]
async fn the_post_refuses_a_letter_to_nobody_and_lets_none_out_of_the_house() {
    let jonas = post_office().guest("jonas");
    for (to, because) in [
        ("nobody-here@office.test", "User unknown"),
        ("somebody@elsewhere.test", "no letter leaves this machine"),
    ] {
        let refusal = jonas.hand_in(to, "Subject: hello\r\n\r\nHello\r\n").await.unwrap_err();
        assert!(refusal.contains("550 5.1.1") && refusal.contains(because), "{refusal}");
    }
}

#[tokio::test]
async fn a_server_goes_when_nobody_needs_it() {
    let start = "sleep 600 & echo $! >pid";
    let kept = Kept::start(keeper::folder("sleep"), start, r#"kill "$(cat pid)""#);
    let (folder, pid) = (kept.folder().to_owned(), fs::read_to_string(kept.folder().join("pid")).unwrap());
    let status = Path::new("/proc").join(pid.trim()).join("status");
    assert!(status.exists());
    drop(kept);
    assert!(!folder.exists());
    // Where nobody buries the dead, a zombie is as good as gone.
    let gone = async || {
        let status = fs::read_to_string(&status).unwrap_or_default();
        (status.is_empty() || status.contains("State:\tZ")).then_some(())
    };
    eventually("the server is gone", gone).await;
}

#[test]
#[should_panic(expected = "the bell is cracked")]
fn a_server_that_does_not_start_says_why() {
    Kept::start(keeper::folder("cracked"), "echo the bell is cracked; exit 1", ":");
}

#[test]
fn other_peoples_libraries_read_the_night_the_clocks_go_back() {
    let calendar = CALENDAR.replace('\n', "\r\n");
    let readings = read_calendar(&calendar).unwrap();
    assert_eq!(readings.icalendar, readings.vobject);
    let [duty] = &readings.icalendar[..] else { panic!("one duty, not {:?}", readings.icalendar) };
    assert_eq!((duty.uid.as_str(), duty.summary.as_str()), ("duty-1@veilleuse", "Duty, nine hours long"));
    assert_eq!((duty.ends - duty.starts).num_hours(), 9);
}

#[test]
fn other_peoples_libraries_refuse_what_is_no_calendar() {
    let cut_short = CALENDAR.replace('\n', "\r\n").replace("END:VCALENDAR\r\n", "");
    read_calendar(&cut_short).unwrap_err();
}

const CALENDAR: &str = "BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Veilleuse//Test//EN
BEGIN:VTIMEZONE
TZID:Europe/Madrid
BEGIN:DAYLIGHT
DTSTART:20260329T020000
RDATE:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
RDATE:20261025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:duty-1@veilleuse
DTSTAMP:20260701T120000Z
DTSTART;TZID=Europe/Madrid:20261024T220000
DTEND;TZID=Europe/Madrid:20261025T060000
SUMMARY:Duty\\, nine hours long
END:VEVENT
END:VCALENDAR
";
