//! The furnished demo: the same world on both engines, at the moment one asks for.

use acceptance::{
    on_both_engines,
    town::{Engine, Rows},
};
use app::{
    App,
    account::Browser,
    demo::{self, Door, Jump},
    settings::{Post, Reach, Settings},
};
use chrono::{DateTime, Utc};

async fn furnished(rows: &Rows, at: &str) -> App {
    let settings = Settings {
        database: rows.url.clone(),
        key: app::secrets::random_key(),
        signing_keys: Vec::new(),
        public_url: "http://127.0.0.1:8080".to_owned(),
        post: Post::Mailbox,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    };
    let app = App::open(settings).await.unwrap();
    let at: DateTime<Utc> = at.parse().unwrap();
    let started = std::time::Instant::now();
    demo::seed(&app, Some(at)).await.unwrap();
    println!("furnished in {} ms", started.elapsed().as_millis());
    app
}

on_both_engines! { the_demo_is_furnished_and_its_four_doors_open }

async fn the_demo_is_furnished_and_its_four_doors_open(engine: Engine) {
    let rows = Rows::migrated(engine).await;
    let app = furnished(&rows, "2026-12-04T18:00:00Z").await;

    let doors = demo::doors(&app).await.unwrap();
    assert_eq!(doors.offices, 6);
    assert_eq!(
        [&doors.planner, &doors.advisor, &doors.manager].map(|one| one.person.given_name.as_str()),
        ["Maud", "Ann", "Pauline"],
    );
    for door in [Door::Planner, Door::Advisor, Door::Manager] {
        demo::enter(&app, door, Browser::default()).await.unwrap();
    }
    worker::run_until_idle(&app).await;
    demo::jump(&app, Jump::Nobody).await.unwrap();
    assert!(app.clock.now() > "2026-12-04T21:00:00Z".parse::<DateTime<Utc>>().unwrap());
}
