//! The rota board: building live, moving shifts by keyboard, by clicks and by tapping, what refuses,
//! comparing and publishing.

use acceptance::{
    browser::{Browser, Looks},
    eventually::eventually,
};
use serde::Deserialize;
use thirtyfour::Key;

use crate::demo::Demo;

/// A shift on the board, as its reader sees it.
#[derive(Debug, Deserialize, PartialEq, Eq, Clone)]
struct Stands {
    /// The id of its chip.
    id: String,
    /// In whose row.
    row: String,
    /// On which day.
    day: String,
}

/// Where a chip stands now.
async fn stands(browser: &Browser, id: &str) -> Stands {
    let script = format!(
        "const chip = document.getElementById('{id}'), cell = chip.closest('.c');
         return {{ id: chip.id, row: cell.closest('.rw').dataset.name, day: cell.dataset.d }}"
    );
    browser.ask(&script).await.unwrap()
}

/// A shift one may move: the first on the board that somebody has.
async fn some_shift(browser: &Browser) -> Stands {
    let id: String =
        browser.ask("return document.querySelector('.rw[data-p]:not(.open) .c .chip').id").await.unwrap();
    stands(browser, &id).await
}

/// A shift on a day on which somebody else is away, and that person's name.
async fn shift_beside_an_absence(browser: &Browser) -> (Stands, String) {
    let script = "for (const away of document.querySelectorAll('.rw[data-p] .c.na')) {
            const chip = document.querySelector(`.rw[data-p]:not(.open) .c[data-d='${away.dataset.d}'] .chip`);
            if (chip && chip.closest('.rw') !== away.closest('.rw')) return [chip.id, away.closest('.rw').dataset.name];
        }";
    let (id, name): (String, String) = browser.ask(script).await.unwrap();
    (stands(browser, &id).await, name)
}

/// Goes to the draft that waits for its planner, in a browser of Maud's.
async fn at_the_draft(demo: &Demo, looks: Looks) -> (Browser, String) {
    let maud = demo.entered_by("planner", looks).await;
    let draft: String = maud
        .ask("return document.querySelector('a[href^=\"/rota/\"]:not([href*=\"#\"])').getAttribute('href')")
        .await
        .unwrap();
    maud.goes_to(&demo.at(&draft)).await;
    (maud, draft)
}

/// Puts the focus on a shift's cell, as the link "Show it on the board" does.
async fn focuses(browser: &Browser, shift: &Stands) {
    browser.ask::<()>(&format!("location.hash = '{}'", shift.id)).await.unwrap();
    let script = format!("return document.activeElement.querySelector('.chip')?.id === '{}'", shift.id);
    eventually("the shift has the focus", async || browser.ask::<bool>(&script).await.ok()?.then_some(()))
        .await;
}

/// The row in which the focus is.
async fn focused_row(browser: &Browser) -> String {
    browser.ask("return document.activeElement.closest('.rw')?.dataset.name ?? ''").await.unwrap()
}

/// What the preview says of the row in which the focus is: whether a drop there would be refused.
async fn refused_here(browser: &Browser) -> bool {
    let script = "const tip = document.querySelector('.tip .preview'), name = document.activeElement.closest('.rw').dataset.name;
        return tip && tip.querySelector('strong').textContent.includes(name.split(' ')[0]) ? [tip.dataset.refused === 'true'] : []";
    eventually("the consequences are shown before the drop", async || {
        browser.ask::<Vec<bool>>(script).await.ok()?.first().copied()
    })
    .await
}

/// Waits until a shift stands in a row of somebody.
async fn comes_to(browser: &Browser, shift: &Stands, row: &str) {
    let what = format!("the shift stands in the row of {row}");
    eventually(&what, async || (stands(browser, &shift.id).await.row == row).then_some(())).await;
}

/// What is read out, politely or not.
async fn is_said(browser: &Browser, text: &str) {
    let script = "return document.getElementById('polite').textContent + document.getElementById('assertive').textContent";
    let what = format!("it is said that {text}");
    eventually(&what, async || browser.ask::<String>(script).await.ok()?.contains(text).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shift_is_moved_by_keyboard_with_its_consequences_shown_and_undone() {
    let demo = Demo::opens().await;
    let (maud, _) = at_the_draft(&demo, Looks::DESK).await;
    let shift = some_shift(&maud).await;
    focuses(&maud, &shift).await;

    maud.types(Key::Enter).await;
    is_said(&maud, "Picked up").await;
    maud.types(Key::Escape).await;
    is_said(&maud, "Cancelled. Nothing moved.").await;
    assert_eq!(focused_row(&maud).await, shift.row);

    maud.types(Key::Enter).await;
    maud.types(Key::Down).await;
    while refused_here(&maud).await {
        maud.types(Key::Down).await;
    }
    maud.takes_picture("board-moving").await;
    let target = focused_row(&maud).await;
    assert_ne!(target, shift.row);
    maud.types(Key::Enter).await;
    comes_to(&maud, &shift, &target).await;
    let given = format!("Given to {target}");
    is_said(&maud, &given).await;
    assert_eq!(focused_row(&maud).await, target, "the focus stays on the moved shift");
    maud.finds_nothing_wrong().await;

    maud.goes_to(maud.driver.current_url().await.unwrap().as_str()).await;
    assert_eq!(stands(&maud, &shift.id).await.row, target, "it was saved");
    maud.types("u").await;
    comes_to(&maud, &shift, &shift.row).await;
    maud.finds_nothing_wrong().await;
    drop(maud);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shift_is_moved_by_two_clicks_and_colleagues_see_it() {
    let demo = Demo::opens().await;
    let (maud, draft) = at_the_draft(&demo, Looks::DESK).await;
    let other = demo.entered_by("planner", Looks::DESK).await;
    other.goes_to(&demo.at(&draft)).await;
    other.keeps_this_page().await;

    let shift = some_shift(&maud).await;
    maud.presses_at(&format!("#{}", shift.id)).await;
    is_said(&maud, "Picked up").await;
    maud.presses_at(&format!(".rw.open .c[data-d='{}']", shift.day)).await;
    comes_to(&maud, &shift, "Open shifts").await;
    comes_to(&other, &shift, "Open shifts").await;
    other.was_not_reloaded().await;

    // The gap is among what is still to look at, with people who could take it.
    maud.sees("ways to fix it").await;
    maud.presses_at("#look details.fix summary").await;
    maud.presses_at("#look details.fix .offer button").await;
    eventually("somebody has it again", async || {
        (stands(&maud, &shift.id).await.row != "Open shifts").then_some(())
    })
    .await;
    maud.finds_nothing_wrong().await;
    other.finds_nothing_wrong().await;
    drop((maud, other));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_mended_after_one_look_and_taken_back_with_one_key() {
    let demo = Demo::opens().await;
    let (maud, draft) = at_the_draft(&demo, Looks::DESK).await;
    let shift = some_shift(&maud).await;
    maud.presses_at(&format!("#{}", shift.id)).await;
    is_said(&maud, "Picked up").await;
    maud.presses_at(&format!(".rw.open .c[data-d='{}']", shift.day)).await;
    comes_to(&maud, &shift, "Open shifts").await;

    maud.presses_at("#look a[href$='/repair']").await;
    maud.sees("What would change").await;
    maud.takes_picture("repair").await;
    maud.finds_nothing_wrong().await;
    maud.presses_at("#publish form button").await;
    maud.sees("The draft is mended.").await;
    assert_eq!(maud.path().await.split('?').next(), Some(&*draft));
    let mended = stands(&maud, &shift.id).await;
    assert_ne!(mended.row, "Open shifts");
    maud.finds_nothing_wrong().await;
    maud.types("u").await;
    comes_to(&maud, &shift, "Open shifts").await;
    maud.finds_nothing_wrong().await;
    drop(maud);

    // On a phone the same page fits, in French too.
    let phone = demo.entered_by("planner", Looks::PHONE).await;
    phone.goes_to(&demo.at(&format!("{draft}/repair"))).await;
    phone.takes_picture("repair-phone").await;
    phone.finds_nothing_wrong().await;
    drop(phone);
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_given_a_shift_while_away_and_the_reason_is_said() {
    let demo = Demo::opens().await;
    let (maud, draft) = at_the_draft(&demo, Looks::DESK).await;
    let (shift, away) = shift_beside_an_absence(&maud).await;
    focuses(&maud, &shift).await;
    maud.types(Key::Enter).await;
    let rows: Vec<String> = maud
        .ask("return [...document.querySelectorAll('.rw[data-p]')].map(row => row.dataset.name)")
        .await
        .unwrap();
    let place = |name: &str| rows.iter().position(|row| row == name).unwrap();
    let (from, to) = (place(&shift.row), place(&away));
    let key = if from < to { Key::Down } else { Key::Up };
    for _ in 0..from.abs_diff(to) {
        maud.types(key.clone()).await;
    }
    assert_eq!(focused_row(&maud).await, away);
    assert!(refused_here(&maud).await, "refused before the drop");
    maud.sees("Cannot be dropped here").await;
    maud.types(Key::Enter).await;
    is_said(&maud, "Not possible. Nothing was changed. Away, or marked").await;
    assert_eq!(stands(&maud, &shift.id).await, shift);
    maud.finds_nothing_wrong().await;

    // On a phone the same is a list of days; there the server itself has the last word.
    let phone = demo.entered_by("planner", Looks::PHONE).await;
    phone.goes_to(&demo.at(&format!("{draft}#day-{}", shift.day))).await;
    let assignment = shift.id.trim_start_matches("a-");
    phone.presses_at(&format!("details:has(#d-{assignment}) > summary")).await;
    phone.presses_at(&format!("#d-{assignment}")).await;
    let option = format!("//select[@id='d-{assignment}']/option[.='{away}']");
    phone.driver.find(thirtyfour::By::XPath(&option)).await.unwrap().click().await.unwrap();
    phone.presses_at(&format!("form:has(#d-{assignment}) button")).await;
    phone.sees("Not possible. Nothing was changed. Away, or marked").await;
    assert_eq!(phone.violations().await, []);
    let complaints = phone.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("status of 422")), "{complaints:?}");
    drop((maud, phone));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_built_while_one_watches_and_published_to_whoever_it_concerns() {
    let demo = Demo::opens().await;
    let ann = demo.entered_by("advisor", Looks::PHONE).await;
    ann.sees("Good evening, Ann").await;
    assert!(!ann.text().await.contains("Jan"), "a draft is nobody's business yet");
    ann.keeps_this_page().await;

    let (maud, draft) = at_the_draft(&demo, Looks::DESK).await;
    maud.keeps_this_page().await;
    let watch = "window.panelSaid = []; new MutationObserver(() => panelSaid.push(document.getElementById('panel').innerText))
        .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })";
    maud.ask::<()>(watch).await.unwrap();
    maud.presses("Build again").await;
    eventually("the panel says that it builds, and then how it was built", async || {
        let said: Vec<String> = maud.ask("return panelSaid").await.ok()?;
        let began = said.iter().position(|text| text.contains("Building the rota"))?;
        said[began..].iter().any(|text| text.contains("How it was built")).then_some(())
    })
    .await;
    maud.was_not_reloaded().await;
    maud.sees("44 of 44").await;
    maud.finds_nothing_wrong().await;

    maud.goes_to(&demo.at(&format!("{draft}/compare"))).await;
    maud.sees("Until you publish, no advisor sees this draft.").await;
    maud.fills("Message to those concerned", "Bonne année à toutes et à tous !").await;
    maud.presses_at("#publish form button").await;
    maud.stands_at(|path| path == draft).await;
    maud.sees("Published").await;
    ann.sees("Jan").await;
    ann.was_not_reloaded().await;
    maud.finds_nothing_wrong().await;
    ann.finds_nothing_wrong().await;

    let mailbox = demo.opened_at("/mailbox", Looks::DESK).await;
    mailbox.sees("ann@belrive.example").await;
    let letter =
        "[...document.querySelectorAll('.letter')].find(one => one.textContent.includes('Bonne année'))";
    eventually("the message is in a letter", async || {
        mailbox.ask::<bool>(&format!("return Boolean({letter})")).await.ok()?.then_some(())
    })
    .await;
    mailbox.finds_nothing_wrong().await;
    drop((ann, maud, mailbox));
    demo.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_published_rota_is_changed_in_a_new_draft_that_appears_by_itself() {
    let demo = Demo::opens().await;
    let maud = demo.entered_by("planner", Looks::DESK).await;
    maud.goes_to(&demo.at("/rota")).await;
    let published = maud.path().await;
    maud.presses("Change it in a new draft").await;
    maud.stands_at(|path| path.starts_with("/rota/") && path != published).await;
    maud.keeps_this_page().await;
    maud.sees("not published").await;
    maud.sees("How it was built").await;
    maud.was_not_reloaded().await;
    maud.finds_nothing_wrong().await;
    drop(maud);
    demo.closes().await;
}
