//! Every page behind the four doors, at both sizes, in both themes, in both languages: nobody is kept
//! out, nothing is wider than the screen, nothing fails, and French pages are French.

use acceptance::browser::{Browser, Looks, Screen, Theme};

use crate::{demo::Demo, words};

/// What a story looks at in every look.
struct Tour<'a> {
    demo: &'a Demo,
    browser: Browser,
    /// A complaint of the console that is none.
    forgives: &'static str,
}

const LANGUAGES: [&str; 2] = ["en", "fr"];

impl<'a> Tour<'a> {
    async fn by_door(demo: &'a Demo, door: Option<&str>, language: &'static str) -> Self {
        let looks = Looks::DESK.in_language(language);
        let browser = match door {
            Some(door) => demo.entered_by(door, looks).await,
            None => Browser::open(looks).await,
        };
        Self { demo, browser, forgives: "no such complaint" }
    }

    /// Looks at each of `pages` (a name for its picture, and its path) in both sizes and both themes.
    async fn sees(&mut self, pages: &[(&str, String)]) {
        for screen in [Screen::Desk, Screen::Phone] {
            for theme in [Theme::Light, Theme::Dark] {
                self.browser.wears(screen, theme).await.unwrap();
                for (name, path) in pages {
                    self.look_at(name, path).await;
                }
            }
        }
    }

    /// Where the draft of the demo stands beside another one of the same days, which is made here: the next
    /// days are what the published rota offers to plan.
    async fn beside(&self, draft: &str) -> String {
        let browser = &self.browser;
        let published = browser.path().await;
        let make = "document.querySelector('form.stack[action=\"/rota\"]').requestSubmit()";
        browser.ask::<()>(make).await.unwrap();
        browser.stands_at(|path| path.starts_with("/rota/") && path != published).await;
        browser
            .sees(if browser.looks.language == "fr" {
                "Comment il a été construit"
            } else {
                "How it was built"
            })
            .await;
        let other = browser.path().await;
        format!("{other}/compare?with={}", draft.trim_start_matches("/rota/"))
    }

    async fn look_at(&self, name: &str, path: &str) {
        let browser = &self.browser;
        browser.goes_to(&self.demo.at(path)).await;
        if browser.looks.language == "en" {
            browser.takes_picture(name).await;
        } else {
            let english: Vec<String> = words::english_on(browser).await;
            assert!(english.is_empty(), "{name}, in French, still says {english:#?}");
        }
        let wide = too_wide(browser).await;
        assert!(wide.is_empty(), "{name} at {} scrolls sideways: {wide:#?}", browser.looks);
        assert_eq!(browser.violations().await, [], "{name} at {}", browser.looks);
        let mut complaints = browser.complaints().await;
        complaints.retain(|complaint| !complaint.contains(self.forgives));
        assert!(complaints.is_empty(), "{name} at {}: {complaints:#?}", browser.looks);
    }
}

/// What sticks out of the screen to the right; empty if the page does not scroll sideways.
async fn too_wide(browser: &Browser) -> Vec<String> {
    let (width, _) = browser.looks.screen.pixels();
    let script = format!(
        "const wide = {width}, all = [...document.querySelectorAll('body *')];
         if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= wide) return [];
         return all.filter(one => one.getBoundingClientRect().right > wide + .5)
             .map(one => one.outerHTML.slice(0, 120)).slice(0, 8);"
    );
    browser.ask(&script).await.unwrap()
}

fn pages(pages: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    pages.iter().map(|(name, path)| (*name, (*path).to_owned())).collect()
}

/// The first address among the links of the page that begins with `with`.
async fn link(browser: &Browser, with: &str) -> String {
    let script = format!(
        "return document.querySelector('a[href^=\"{with}\"]:not([href*=\"#\"])').getAttribute('href')"
    );
    browser.ask(&script).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_find_every_page_in_order() {
    let demo = Demo::opens().await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, None, language).await;
        tour.sees(&pages(&[
            ("welcome", "/"),
            ("sign-in", "/sign-in"),
            ("mailbox", "/mailbox"),
            ("visitor", "/c/vieux-port"),
        ]))
        .await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_night_the_visitor_page_is_in_order_too() {
    let demo = Demo::opens_at("2026-12-04T23:00:00+01:00").await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, None, language).await;
        tour.sees(&pages(&[("visitor-night", "/c/vieux-port")])).await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_without_a_page_is_answered_by_a_page_in_order() {
    let demo = Demo::opens().await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, Some("advisor"), language).await;
        // The browser itself tells its console that the page it was sent to is not there.
        tour.forgives = "the server responded with a status of 404";
        tour.sees(&pages(&[("nothing-here", "/nothing/here")])).await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planners_find_every_page_in_order() {
    let demo = Demo::opens().await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, Some("planner"), language).await;
        let draft = link(&tour.browser, "/rota/").await;
        tour.browser.goes_to(&demo.at("/rota")).await;
        let published = tour.browser.path().await;
        let beside = tour.beside(&draft).await;
        tour.sees(&[
            ("today", "/today".to_owned()),
            ("board", format!("{published}?view=advisor")),
            ("board-by-shift", format!("{published}?view=shift")),
            ("board-by-office", format!("{published}?view=office")),
            ("draft", draft.clone()),
            ("compare", format!("{draft}/compare")),
            ("repair", format!("{draft}/repair")),
            ("beside", beside),
            ("offers", "/coverage".to_owned()),
            ("pool", "/pool".to_owned()),
            ("shares", "/shares".to_owned()),
            ("agreements-of-board", "/agreements".to_owned()),
            ("team-of-board", "/team".to_owned()),
            ("files-of-board", "/exchange".to_owned()),
            ("ledger-of-board", "/ledger".to_owned()),
        ])
        .await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn advisors_find_every_page_in_order() {
    let demo = Demo::opens().await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, Some("advisor"), language).await;
        tour.browser.goes_to(&demo.at("/inbox")).await;
        let conversation = link(&tour.browser, "/inbox/").await;
        tour.browser.goes_to(&demo.at("/shifts")).await;
        let duty = link(&tour.browser, "/shifts/0").await;
        tour.sees(&[
            ("shifts", "/shifts".to_owned()),
            ("hand-over", duty),
            ("my-ledger", "/shifts/ledger".to_owned()),
            ("wishes", "/wishes".to_owned()),
            ("inbox", "/inbox".to_owned()),
            ("conversation", conversation),
            ("notebook", "/notebook".to_owned()),
            ("me", "/me".to_owned()),
            ("skills", "/me/skills".to_owned()),
            ("interventions", "/interventions".to_owned()),
        ])
        .await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn managers_find_every_page_in_order() {
    let demo = Demo::opens().await;
    for language in LANGUAGES {
        let mut tour = Tour::by_door(&demo, Some("manager"), language).await;
        tour.browser.goes_to(&demo.at("/team")).await;
        let skills = link(&tour.browser, "/team/").await;
        tour.sees(&[("skills-of-staff", skills)]).await;
        tour.sees(&pages(&[
            ("coverage", "/coverage"),
            ("inbox-of-manager", "/inbox"),
            ("notebook-of-manager", "/notebook"),
            ("privacy", "/privacy"),
            ("privacy-mine", "/privacy/mine"),
            ("team", "/team"),
            ("files", "/exchange"),
            ("statements", "/statements"),
            ("agreements", "/agreements"),
            ("shares-of-manager", "/shares"),
            ("interventions-of-manager", "/interventions"),
            ("ledger-of-manager", "/ledger"),
            ("me-of-manager", "/me"),
        ]))
        .await;
    }
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn english_is_found_where_it_stands() {
    let demo = Demo::opens().await;
    let browser = demo.opened_at("/sign-in", Looks::DESK).await;
    let english = words::english_on(&browser).await;
    for piece in ["Send me a code", "Your work address", "There is no password"] {
        assert!(english.iter().any(|found| found.contains(piece)), "{piece} is not among {english:#?}");
    }
    drop(browser);
    demo.closes().await;
}
