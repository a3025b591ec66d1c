//! Files brought in at the page, as a manager does it: tried out with faults, mended, and kept.

use std::fs;

use acceptance::{browser::Looks, eventually::eventually, keeper};

use crate::demo::Demo;

const HEAD: &str = "email,given name,family name,languages,roles,from,until,law,weekly hours\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_faulty_lines_is_told_line_by_line_and_the_mended_one_is_kept() {
    let demo = Demo::opens().await;
    let folder = keeper::folder("files");
    let (faulty, good) = (folder.join("faulty.csv"), folder.join("good.csv"));
    let line = "nina@belrive.example,Nina,Faure,fr en,advisor,2026-12-01,,france_private,35\n";
    fs::write(&faulty, format!("{HEAD}{line}nina,,Faure,fr,advisor,soon,,france_private,35\n")).unwrap();
    fs::write(&good, format!("{HEAD}{line}")).unwrap();

    let pauline = demo.entered_by("manager", Looks::DESK).await;
    pauline.goes_to(&demo.at("/exchange")).await;
    let file = pauline.find("#file").await.unwrap();
    file.send_keys(faulty.to_str().unwrap()).await.unwrap();
    pauline.presses("Try it out").await;
    pauline.sees("3 faults. Nothing was kept.").await;
    for said in ["This is not an e-mail address", "This must not be empty", "This is not a date"] {
        pauline.sees(said).await;
    }
    let toasts = "return document.querySelectorAll('.toast').length";
    assert_eq!(pauline.ask::<u32>(toasts).await.unwrap(), 0, "the list says it, and nothing says otherwise");
    assert_eq!(pauline.violations().await, []);
    let complaints = pauline.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("status of 422")), "{complaints:?}");

    pauline.goes_to(&demo.at("/exchange")).await;
    let file = pauline.find("#file").await.unwrap();
    file.send_keys(good.to_str().unwrap()).await.unwrap();
    pauline.presses("Bring it in").await;
    pauline.sees("Brought in: 1 new, 0 changed, 0 there already.").await;
    pauline.goes_to(&demo.at("/team")).await;
    pauline.sees("Nina Faure").await;
    pauline.finds_nothing_wrong().await;

    let large = folder.join("large.csv");
    fs::write(&large, "x".repeat(5 << 20)).unwrap();
    let phone = demo.entered_by("manager", Looks::PHONE).await;
    phone.goes_to(&demo.at("/exchange")).await;
    let file = phone.find("#file").await.unwrap();
    file.send_keys(good.to_str().unwrap()).await.unwrap();
    // A driver scrolls no further than to the bar at the bottom, which lies over the button.
    phone.ask::<bool>("return !document.querySelector('[value=try]').scrollIntoView()").await.unwrap();
    phone.presses("Try it out").await;
    phone.sees("Nothing is wrong.").await;
    let in_sight = "const seen = document.getElementById('outcome').getBoundingClientRect();
        return seen.height > 0 && seen.top >= 0 && seen.bottom <= innerHeight";
    eventually("the outcome is in sight", async || phone.ask::<bool>(in_sight).await.ok()?.then_some(()))
        .await;
    file.send_keys(large.to_str().unwrap()).await.unwrap();
    phone.presses("Try it out").await;
    phone.shows(".toast.bad").await;
    phone.no_longer_sees("Nothing is wrong.").await;
    drop((pauline, phone));
    fs::remove_dir_all(folder).unwrap();
    demo.closes().await;
}
