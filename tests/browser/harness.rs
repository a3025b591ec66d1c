//! The browser of the harness does what the stories rely on.

use acceptance::browser::{Browser, Looks, Screen, Theme};

const FORM: &str = "data:text/html,<!doctype html><html lang=en><title>A form</title>\
    <meta name=viewport content=width=device-width>\
    <style>@media (prefers-color-scheme: dark) { body { background: black; color: white } }</style>\
    <main><h1>Sign in</h1><label for=mail>Your address</label><input id=mail>\
    <button onclick=\"document.querySelector('h1').textContent = 'Hello ' + mail.value\">Send me a code</button></main>";

#[tokio::test]
async fn a_person_fills_a_form_by_its_labels() {
    let browser = Browser::open(Looks::DESK).await;
    browser.goes_to(FORM).await;
    browser.sees("Sign in").await;
    browser.fills("Your address", "ana@office.test").await;
    browser.presses("Send me a code").await;
    browser.sees("Hello ana@office.test").await;
    browser.no_longer_sees("Sign in").await;
}

#[tokio::test]
async fn a_page_looks_as_its_reader_asked() {
    for looks in Looks::ALL.map(|looks| looks.in_language("fr")) {
        let browser = Browser::open(looks).await;
        browser.goes_to(FORM).await;
        let (width, height): (u32, u32) = browser.ask("return [innerWidth, innerHeight]").await.unwrap();
        let dark: bool =
            browser.ask("return matchMedia('(prefers-color-scheme: dark)').matches").await.unwrap();
        let finger: bool = browser.ask("return matchMedia('(pointer: coarse)').matches").await.unwrap();
        let language: String = browser.ask("return navigator.languages[0]").await.unwrap();
        assert_eq!((width, height), looks.screen.pixels(), "{looks}");
        assert_eq!((dark, finger), (looks.theme == Theme::Dark, looks.screen == Screen::Phone), "{looks}");
        assert_eq!(language, "fr");
    }
}

#[tokio::test]
async fn what_keeps_people_out_is_found() {
    let browser = Browser::open(Looks::PHONE).await;
    browser.goes_to(&FORM.replace(" lang=en", "").replace("Send me a code", "")).await;
    let found: Vec<_> = browser.violations().await.into_iter().map(|violation| violation.id).collect();
    assert_eq!(found, ["button-name", "html-has-lang"]);

    browser.goes_to(FORM).await;
    assert_eq!(browser.violations().await, []);
}

#[tokio::test]
async fn what_the_console_complains_about_is_heard_once() {
    let browser = Browser::open(Looks::DESK).await;
    browser.goes_to("data:text/html,<!doctype html><script>nothing.here()</script>").await;
    let complaints = browser.complaints().await;
    assert!(complaints.len() == 1 && complaints[0].contains("nothing is not defined"), "{complaints:?}");
    assert_eq!(browser.complaints().await, [""; 0]);
}

#[tokio::test]
async fn a_browser_that_is_dropped_is_closed() {
    let browser = Browser::open(Looks::DESK).await;
    let driver = browser.driver.clone();
    drop(browser);
    let gone = driver.title().await.unwrap_err();
    assert!(gone.to_string().contains("invalid session id"), "{gone}");
}

#[tokio::test]
async fn a_picture_is_as_large_as_the_screen() {
    let browser = Browser::open(Looks::PHONE).await;
    browser.goes_to(FORM).await;
    let picture = std::fs::read(browser.takes_picture("harness").await).unwrap();
    let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (2 * 390, 2 * 844), "a phone has two dots a pixel");
}
