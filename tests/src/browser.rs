//! A real browser: headless Chromium, driven as a person drives it, by what they see and press.
//!
//! One `chromedriver` a test process; every [`Browser`] has a fresh profile, so no cookie or cache of
//! another test. Dropping it closes it.

use std::{
    fmt, fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, TypingData, WebDriver,
    WebElement, error::WebDriverResult,
};

use crate::{
    eventually::{PATIENCE, eventually, within},
    keeper::{self, Kept},
    places::{repository, tools},
};

const START: &str = r#"
setsid chromedriver --port=0 >driver.log 2>&1 &
echo $! >driver.pid
for _ in $(seq 200); do
    port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' driver.log)
    [ -n "$port" ] && echo "$port" >port && exit 0
    sleep 0.05
done
exit 1
"#;

// The browsers that are still open belong to the driver's group.
const STOP: &str = r#"kill -KILL "-$(cat driver.pid)""#;

/// What Chromium is told as a server's guest: no window, no sandbox within root's container, nothing
/// fetched behind our back.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// The size of what somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 390 by 844, touched with a finger.
    Phone,
    /// 1440 by 900.
    Desk,
}

/// What the system around the browser prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How a browser is opened.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    /// Its size.
    pub screen: Screen,
    /// Its colours.
    pub theme: Theme,
    /// The languages it asks for, as in `Accept-Language`.
    pub language: &'static str,
}

impl Looks {
    /// Both sizes in both themes, for what must hold in every look.
    pub const ALL: [Self; 4] = [
        Self { screen: Screen::Desk, theme: Theme::Light, language: "en" },
        Self { screen: Screen::Desk, theme: Theme::Dark, language: "en" },
        Self { screen: Screen::Phone, theme: Theme::Light, language: "en" },
        Self { screen: Screen::Phone, theme: Theme::Dark, language: "en" },
    ];

    /// A light desk, in English.
    pub const DESK: Self = Self::ALL[0];

    /// A light phone, in English.
    pub const PHONE: Self = Self::ALL[2];

    /// The same in another language.
    pub fn in_language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }
}

impl fmt::Display for Looks {
    /// As the end of a picture's name: `390-dark`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, _) = self.screen.pixels();
        write!(f, "{width}-{}", self.theme.word())
    }
}

impl Screen {
    /// Width and height in CSS pixels.
    pub fn pixels(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Desk => (1440, 900),
        }
    }
}

impl Theme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Something that keeps people from using a page, as axe-core tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// Which rule.
    pub id: String,
    /// What it asks for.
    pub help: String,
    /// The elements that break it.
    pub elements: Vec<String>,
}

/// An open browser with one page.
#[derive(Debug)]
pub struct Browser {
    /// For what is not among the words here.
    pub driver: WebDriver,
    /// How it was opened.
    pub looks: Looks,
}

impl Browser {
    /// Opens one with a fresh profile.
    ///
    /// # Panics
    /// When Chromium does not start.
    pub async fn open(looks: Looks) -> Self {
        static PROFILES: AtomicU32 = AtomicU32::new(0);
        let (driver, port) = chromedriver();
        let profile = driver.folder().join(format!("profile-{}", PROFILES.fetch_add(1, Ordering::Relaxed)));
        let capabilities = capabilities(&profile, looks).expect("these are capabilities of Chromium");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .expect("Chromium is installed: run tests/run");
        let browser = Self { driver, looks };
        browser.put_on_looks().await.expect("Chromium can pretend to be a phone");
        browser
    }

    async fn put_on_looks(&self) -> WebDriverResult<()> {
        let (width, height) = self.looks.screen.pixels();
        let phone = self.looks.screen == Screen::Phone;
        let cdp = self.driver.cdp();
        let size = json!({
            "width": width, "height": height, "mobile": phone, "deviceScaleFactor": if phone { 2 } else { 1 },
        });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        cdp.send_raw("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await?;
        self.prefer(self.looks.theme).await
    }

    /// Changes what the system prefers, as at sunset.
    ///
    /// # Errors
    /// When Chromium is gone.
    pub async fn prefer(&self, theme: Theme) -> WebDriverResult<()> {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme.word() }] });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.map(drop)
    }

    /// Changes size and colours, as if another device were taken up; pages loaded from now on know it.
    ///
    /// # Errors
    /// When Chromium is gone.
    pub async fn wears(&mut self, screen: Screen, theme: Theme) -> WebDriverResult<()> {
        self.looks = Looks { screen, theme, ..self.looks };
        self.put_on_looks().await
    }

    /// Runs no script of any page from now on, as some people wish.
    ///
    /// # Errors
    /// When Chromium is gone.
    pub async fn runs_no_scripts(&self) -> WebDriverResult<()> {
        let off = json!({ "value": true });
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await.map(drop)
    }

    /// Goes to an address and waits until the page is loaded.
    ///
    /// # Panics
    /// When nobody answers there.
    pub async fn goes_to(&self, url: &str) {
        self.driver.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Waits until the page shows `text` to whoever looks.
    ///
    /// # Panics
    /// When it does not, in time.
    pub async fn sees(&self, text: &str) {
        let look = async || self.text().await.contains(text).then_some(());
        if within(PATIENCE, look).await.is_none() {
            panic!("waited {PATIENCE:?} in vain: the page shows {text:?}\n{}", self.text().await);
        }
    }

    /// Waits until the page no longer shows `text`.
    ///
    /// # Panics
    /// When it still does.
    pub async fn no_longer_sees(&self, text: &str) {
        let what = format!("the page no longer shows {text:?}");
        eventually(&what, async || (!self.text().await.contains(text)).then_some(())).await;
    }

    /// The text that is visible now, white space folded.
    pub async fn text(&self) -> String {
        let text: Result<String, _> = self.ask("return document.body ? document.body.innerText : ''").await;
        text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Presses the button, link or tab that is called `name`.
    ///
    /// # Panics
    /// When there is none, in time, or something lies over it.
    pub async fn presses(&self, name: &str) {
        let what = format!("something called {name:?} can be pressed");
        eventually(&what, async || self.named(name).await?.click().await.ok()).await;
    }

    /// Presses what a CSS selector finds, where several things are called the same.
    ///
    /// # Panics
    /// When there is nothing, in time, or something lies over it.
    pub async fn presses_at(&self, selector: &str) {
        let what = format!("{selector} can be pressed");
        eventually(&what, async || self.find(selector).await?.click().await.ok()).await;
    }

    /// Waits until something matches a CSS selector.
    ///
    /// # Panics
    /// When nothing does, in time.
    pub async fn shows(&self, selector: &str) {
        eventually(&format!("there is {selector}"), async || self.find(selector).await.map(drop)).await;
    }

    /// Waits until nothing matches a CSS selector any more.
    ///
    /// # Panics
    /// When something still does, after all that time.
    pub async fn no_longer_shows(&self, selector: &str) {
        let gone = async || self.find(selector).await.is_none().then_some(());
        eventually(&format!("there is no {selector} any more"), gone).await;
    }

    /// Remembers the page as it is loaded now; see [`Browser::was_not_reloaded`].
    ///
    /// # Panics
    /// When Chromium is gone.
    pub async fn keeps_this_page(&self) {
        self.ask::<bool>("return window.keptPage = true").await.expect("a page is open");
    }

    /// Asserts that the page is still the one [`Browser::keeps_this_page`] saw.
    ///
    /// # Panics
    /// When it was loaded again, or left.
    pub async fn was_not_reloaded(&self) {
        let kept: bool = self.ask("return window.keptPage === true").await.expect("a page is open");
        assert!(kept, "{} was loaded again", self.path().await);
    }

    /// What a CSS selector finds first.
    pub async fn find(&self, selector: &str) -> Option<WebElement> {
        self.driver.find(By::Css(selector)).await.ok()
    }

    /// Waits until the address's path is the right one, and the page there is loaded.
    ///
    /// # Panics
    /// When it does not come true in time.
    pub async fn stands_at(&self, right: impl Fn(&str) -> bool) {
        let what = "the page that was asked for is there";
        eventually(what, async || {
            let ready: bool = self.ask("return document.readyState === 'complete'").await.ok()?;
            (right(&self.path().await) && ready).then_some(())
        })
        .await;
    }

    /// The path of the page's address.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.map(|url| url.path().to_owned()).unwrap_or_default()
    }

    /// Types keys where the focus is, one after the other.
    ///
    /// # Panics
    /// When Chromium is gone.
    pub async fn types(&self, keys: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.expect("there is a keyboard");
    }

    /// Types `text` into the field that is called `name`, over what was there.
    ///
    /// # Panics
    /// When there is none, in time.
    pub async fn fills(&self, name: &str, text: &str) {
        let what = format!("a field called {name:?} can be filled");
        eventually(&what, async || {
            let field = self.named(name).await?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }

    /// What a person would call `name` on this page: by its label, its accessible name or its text.
    pub async fn named(&self, name: &str) -> Option<WebElement> {
        let found = self.driver.execute(include_str!("browser/named.js"), vec![json!(name)]).await.ok()?;
        found.element().ok()
    }

    /// Runs a script in the page and returns its answer.
    ///
    /// # Errors
    /// When it throws, or its answer is not a `T`.
    pub async fn ask<T: for<'a> Deserialize<'a>>(&self, script: &str) -> WebDriverResult<T> {
        self.driver.execute(script, Vec::<Value>::new()).await?.convert()
    }

    /// What axe-core finds wrong with the page as it stands.
    ///
    /// # Panics
    /// When axe-core is missing or fails.
    pub async fn violations(&self) -> Vec<Violation> {
        static AXE: OnceLock<String> = OnceLock::new();
        let axe = AXE.get_or_init(|| {
            let file = tools().join("node_modules/axe-core/axe.min.js");
            fs::read_to_string(&file).unwrap_or_else(|_| panic!("no {}: run tests/run", file.display()))
        });
        self.driver.execute(axe.as_str(), Vec::<Value>::new()).await.expect("axe-core can be loaded");
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(one => ({
                id: one.id, help: one.help, elements: one.nodes.map(node => node.target.join(' ')) }))))";
        let found = self.driver.execute_async(run, Vec::<Value>::new()).await.expect("axe-core runs");
        found.convert().expect("axe-core answers with a list")
    }

    /// What the console complained about since the last time we asked: scripts that threw, things not
    /// found, what the content security policy refused.
    ///
    /// # Panics
    /// When Chromium is gone.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("the driver keeps the console's log");
        log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
    }

    /// Asserts that nobody is kept out of the page and that the console is quiet.
    ///
    /// # Panics
    /// With everything that is wrong.
    pub async fn finds_nothing_wrong(&self) {
        let (violations, complaints) = (self.violations().await, self.complaints().await);
        let url = self.driver.current_url().await.map(String::from).unwrap_or_default();
        assert!(violations.is_empty(), "{url} at {}: {violations:#?}", self.looks);
        assert!(complaints.is_empty(), "{url} at {}: {complaints:#?}", self.looks);
    }

    /// Takes a picture of what is in view, as `target/screenshots/NAME-390-dark.png`.
    ///
    /// # Panics
    /// When it cannot be written.
    pub async fn takes_picture(&self, name: &str) -> PathBuf {
        let folder = repository().join("target/screenshots");
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let file = folder.join(format!("{name}-{}.png", self.looks));
        self.driver.screenshot(&file).await.expect("Chromium can take pictures");
        file
    }
}

impl Drop for Browser {
    /// Closes it, in plain HTTP: what the library does by itself here takes two minutes to give up. The
    /// driver keeps the line open after its answer, so we read that once and hang up.
    fn drop(&mut self) {
        let session = self.driver.session_id().to_string();
        let _ = self.driver.clone().leak();
        let Ok(mut line) = TcpStream::connect((Ipv4Addr::LOCALHOST, chromedriver().1)) else { return };
        let request =
            format!("DELETE /session/{session} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let _ = line.set_read_timeout(Some(PATIENCE));
        let _ = line.write_all(request.as_bytes());
        let _ = line.read(&mut [0; 512]);
    }
}

/// The driver of this test process and the port it listens on.
fn chromedriver() -> (&'static Kept, u16) {
    static DRIVER: OnceLock<(Kept, u16)> = OnceLock::new();
    let (kept, port) = DRIVER.get_or_init(|| {
        let kept = Kept::start(keeper::folder("browser"), START, STOP);
        let port = fs::read_to_string(kept.folder().join("port")).expect("the keeper wrote the port down");
        (kept, port.trim().parse().expect("the keeper wrote a number down"))
    });
    (kept, *port)
}

fn capabilities(profile: &Path, looks: Looks) -> WebDriverResult<thirtyfour::ChromeCapabilities> {
    let (width, height) = looks.screen.pixels();
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    capabilities.add_arg(&format!("--window-size={width},{height}"))?;
    capabilities.add_arg(&format!("--lang={}", looks.language))?;
    capabilities.add_arg(&format!("--accept-lang={}", looks.language))?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}
