//! Writes every page, filled with sample data, into a folder, to be looked at in a browser:
//! `cargo run -p views --example gallery -- FOLDER`.
//!
//! Each page comes in French and English, light and dark; `phone.html?page` frames one at 390 px.

use std::{env, fs, io, path::Path};

use domain::Language;
use views::{
    Reader, Theme, assets,
    html::{
        agreements, compare, coverage, exchange, house, interventions, invitation, ledger, mailbox, me, pool,
        problem, rota, samples, shares, shell::Place, sign_in, skills, statements, team, today, welcome,
    },
};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::all() {
        fs::write(folder.join("assets").join(&asset.hashed), &asset.bytes)?;
    }
    for language in [Language::FR, Language::EN] {
        for theme in [Theme::Light, Theme::Dark] {
            for (name, page) in pages(&samples::reader(language, theme)) {
                let page = page.replace("\"/assets/", "\"assets/");
                let name = format!("{name}-{language}-{}.html", theme.word());
                fs::write(folder.join(name), page)?;
            }
        }
    }
    fs::write(folder.join("phone.html"), PHONE)
}

/// A browser window is never as narrow as a phone; a frame inside it can be.
const PHONE: &str = "<!doctype html><meta charset=utf-8><style>body{margin:0;background:#888}\
    iframe{border:0;width:390px;height:844px;display:block}</style><iframe id=f></iframe>\
    <script>document.getElementById('f').src=location.search.slice(1)</script>";

fn pages(reader: &Reader) -> Vec<(String, String)> {
    let planning = Reader { now: samples::instant("2026-11-13T10:00:00+01:00"), ..reader.clone() };
    let stranger = |place| views::html::shell::Frame::stranger(place, Some(Default::default()));
    let mut pages = vec![
        ("welcome", welcome::render(reader, &stranger(Place::Welcome), &samples::welcome())),
        ("sign-in", sign_in::render(reader, &stranger(Place::SignIn), &samples::sign_in_address())),
        ("sign-in-code", sign_in::render(reader, &stranger(Place::SignIn), &samples::sign_in_code(None))),
        ("mailbox", mailbox::render(reader, &stranger(Place::Mailbox), &samples::mailbox())),
        ("today", today::render(reader, &samples::planner(Place::Today), &samples::today())),
        ("today-quiet", today::render(reader, &samples::planner(Place::Today), &samples::today_quiet())),
        ("compare", compare::render(&planning, &samples::planner(Place::Compare), &samples::compare())),
        (
            "coverage",
            coverage::render(reader, &samples::manager(Place::Coverage), &samples::coverage_office()),
        ),
        (
            "coverage-pool",
            coverage::render(reader, &samples::planner(Place::Coverage), &samples::coverage_pool()),
        ),
        ("statements", statements::render(reader, &samples::manager(Place::Files), &samples::statements())),
        (
            "interventions",
            interventions::render(reader, &samples::manager(Place::Files), &samples::interventions()),
        ),
        ("books", ledger::render(reader, &samples::planner(Place::Files), &samples::ledger())),
        ("shares", shares::render(reader, &samples::planner(Place::Coverage), &samples::shares(true))),
        ("files", exchange::render(reader, &samples::manager(Place::Files), &samples::files())),
        ("files-fine", exchange::render(reader, &samples::manager(Place::Files), &samples::files_fine())),
        ("files-faulty", exchange::render(reader, &samples::manager(Place::Files), &samples::files_faulty())),
        ("me", me::render(reader, &samples::advisor(Place::Me), &samples::me())),
        ("skills", skills::render(reader, &samples::advisor(Place::Me), &samples::skills(true))),
        ("team", team::render(reader, &samples::planner(Place::Team), &samples::team())),
        ("agreements", agreements::render(reader, &samples::manager(Place::Team), &samples::agreements())),
        ("pool", pool::render(reader, &samples::planner(Place::Pool), &samples::pool())),
        (
            "house",
            house::render(
                reader,
                &samples::planner(Place::House),
                &samples::house(),
                &views::html::forms::Filled::default(),
            ),
        ),
        ("invitation", invitation::render(reader, &stranger(Place::Invitation), &samples::invitation())),
        ("rota-empty", rota::render(&planning, &samples::planner(Place::Rota), &samples::rota_empty())),
        (
            "rota-published",
            rota::render(
                &planning,
                &samples::after_a_move(Place::Rota),
                &samples::published(rota::View::Advisor),
            ),
        ),
    ]
    .into_iter()
    .map(|(name, page)| (name.to_owned(), page.into_string()))
    .collect::<Vec<_>>();
    for view in rota::View::ALL {
        let page = rota::render(&planning, &samples::planner(Place::Rota), &samples::rota(view));
        pages.push((format!("rota-{}", view.word()), page.into_string()));
    }
    for (number, model) in samples::problems().iter().enumerate() {
        let page = problem::render(reader, &samples::planner(Place::Problem), model);
        pages.push((format!("problem-{number}"), page.into_string()));
    }
    pages.extend(desk(reader));
    pages
}

/// The pages of advisors and visitors.
fn desk(reader: &Reader) -> Vec<(String, String)> {
    use views::html::{hand_over, inbox, my_ledger, my_shifts, notebook, visitor, wishes};
    let off = Reader { now: samples::instant("2026-12-05T15:00:00+01:00"), ..reader.clone() };
    let german = Reader { language: Language::parse("de").expect("German is a language"), ..reader.clone() };
    let frame = samples::advisor;
    [
        ("shifts", my_shifts::render(reader, &frame(Place::Shifts), &samples::my_shifts())),
        ("shifts-off", my_shifts::render(&off, &frame(Place::Shifts), &samples::my_shifts_off())),
        ("shifts-empty", my_shifts::render(&off, &frame(Place::Shifts), &samples::my_shifts_empty())),
        ("ledger", my_ledger::render(reader, &frame(Place::Shifts), &samples::my_ledger_opened())),
        ("hand-over", hand_over::render(reader, &frame(Place::Shifts), &samples::hand_over())),
        ("wishes", wishes::render(reader, &frame(Place::Wishes), &samples::wishes())),
        ("inbox", inbox::render(reader, &frame(Place::Inbox), &samples::inbox())),
        ("inbox-list", inbox::render(reader, &frame(Place::Inbox), &samples::inbox_list())),
        ("inbox-quiet", inbox::render(reader, &frame(Place::Inbox), &samples::inbox_quiet())),
        ("inbox-troubles", inbox::render(reader, &frame(Place::Inbox), &samples::inbox_troubles())),
        ("inbox-off", inbox::render(reader, &frame(Place::Inbox), &samples::inbox_off())),
        ("notebook", notebook::render(reader, &frame(Place::Notebook), &samples::notebook())),
        ("visitor", visitor::render(reader, &samples::visitor())),
        ("visitor-first", visitor::render(&german, &samples::visitor_first())),
        ("visitor-nobody", visitor::render(reader, &samples::visitor_nobody())),
    ]
    .map(|(name, page)| (name.to_owned(), page.into_string()))
    .into()
}
