//! What each page costs a browser that has never been here: bytes as they travel, and requests.

use acceptance::browser::{Browser, Looks};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, COOKIE};

use crate::demo::Demo;

/// Bytes a browser fetches, compressed with gzip, by what they are.
#[derive(Debug, Default)]
struct Weight {
    html: usize,
    css: usize,
    js: usize,
    other: usize,
    requests: usize,
}

const KILO: usize = 1000;

/// Fetches the page and everything it asked for, as the browser did.
async fn weight(browser: &Browser) -> Weight {
    let script = "return [location.href.split('#')[0], ...performance.getEntriesByType('resource').map(one => one.name)]
        .filter(url => !new URL(url).pathname.endsWith('/live') && !url.endsWith('/here'))";
    let urls: Vec<String> = browser.ask(script).await.unwrap();
    let cookies = browser.driver.get_all_cookies().await.unwrap();
    let cookies: Vec<String> =
        cookies.into_iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
    let client = reqwest::Client::new();
    let mut weight = Weight { requests: urls.len(), ..Weight::default() };
    for url in urls {
        let request = client.get(&url).header(ACCEPT_ENCODING, "gzip").header(COOKIE, cookies.join("; "));
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        let kind = answer.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
        let small = kind.contains("svg");
        assert!(small || answer.headers()[CONTENT_ENCODING] == "gzip", "{url} travels uncompressed");
        let bytes = answer.bytes().await.unwrap().len();
        match kind.split(';').next().unwrap() {
            "text/html" => weight.html += bytes,
            "text/css" => weight.css += bytes,
            "text/javascript" => weight.js += bytes,
            _ => weight.other += bytes,
        }
    }
    weight
}

/// Asserts that the page stays within kilobytes of HTML, style and script, and a number of requests.
async fn within(
    demo: &Demo,
    browser: &Browser,
    path: &str,
    (html, css, js, requests): (usize, usize, usize, usize),
) {
    browser.goes_to(&demo.at(path)).await;
    let weight = weight(browser).await;
    println!("{path}: {weight:?}");
    let kept = weight.html <= html * KILO && weight.css <= css * KILO && weight.js <= js * KILO;
    assert!(kept && weight.requests <= requests, "{path} is over its budget: {weight:?}");
    browser.finds_nothing_wrong().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_pages_stay_within_their_budgets() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    within(&demo, &ann, "/shifts", (10, 10, 12, 7)).await;
    within(&demo, &ann, "/wishes", (10, 10, 12, 7)).await;
    within(&demo, &ann, "/inbox", (15, 12, 18, 7)).await;
    ann.presses_at("#list a.entry").await;
    ann.stands_at(|path| path.starts_with("/inbox/")).await;
    let conversation = ann.path().await;
    within(&demo, &ann, &conversation, (15, 12, 18, 7)).await;
    within(&demo, &ann, "/notebook", (15, 12, 18, 7)).await;

    let maud = demo.entered_by("planner", Looks::DESK).await;
    within(&demo, &maud, "/today", (15, 12, 18, 7)).await;
    maud.goes_to(&demo.at("/rota")).await;
    let board = maud.path().await;
    within(&demo, &maud, &board, (60, 12, 20, 7)).await;
    within(&demo, &maud, "/coverage", (15, 12, 18, 7)).await;
    drop((ann, maud));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_visitor_page_is_at_most_fifteen_kilobytes_whole() {
    let demo = Demo::opens().await;
    let visitor = demo.opened_at("/c/vieux-port", Looks::PHONE.in_language("de")).await;
    let weight = weight(&visitor).await;
    println!("/c/vieux-port: {weight:?}");
    let whole = weight.html + weight.css + weight.js + weight.other;
    assert!(whole <= 15 * KILO && weight.requests <= 5, "over its budget: {weight:?}");
    visitor.finds_nothing_wrong().await;
    drop(visitor);
    demo.closes().await;
}
