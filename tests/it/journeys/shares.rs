//! A board looks at what each office would bear, says the offices' sizes, and takes the table away.

use acceptance::{
    doors::Doors,
    on_both_engines,
    town::{Engine, Town},
};

on_both_engines! {
    a_board_compares_keys_says_sizes_and_an_office_sees_its_own_line,
}

async fn a_board_compares_keys_says_sizes_and_an_office_sees_its_own_line(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T09:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let kaysersberg = town.office("Kaysersberg").plain().await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors
        .asks(&planner, "GET", "/shares?from=2026-06&until=2026-06&key=population&standing=100,01", &[])
        .await;
    for said in
        ["€50.01", "€50", "Inhabitants: say them for each office first.", "This key cannot be used yet"]
    {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }

    let field = |name: &str, office: &acceptance::town::Office| -> &'static str {
        Box::leak(format!("{name}-{}", office.id).into_boxed_str())
    };
    let wrong = [("pool", town.pool.to_string()), (field("population", &riquewihr), "many".to_owned())];
    assert_eq!(doors.asks(&planner, "POST", "/shares/figures", &wrong).await.status, 422);
    let sizes = [
        ("pool", town.pool.to_string()),
        (field("population", &riquewihr), "1 000".to_owned()),
        (field("population", &kaysersberg), "3000".to_owned()),
    ];
    let kept = doors.asks(&planner, "POST", "/shares/figures", &sizes).await;
    assert_eq!((kept.status, kept.location.as_str()), (303, "/shares?done=figures"), "{}", kept.body);

    let asked = "/shares?from=2026-06&until=2026-06&key=population&standing=100";
    let page = doors.asks(&planner, "GET", asked, &[]).await;
    for said in ["Riquewihr pays Lacs &amp; Vallées €25.", "Kaysersberg pays Lacs &amp; Vallées €75."] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let manager = doors.signed_in("manager", &riquewihr.manager).await;
    let own = doors.asks(&manager, "GET", asked, &[]).await;
    assert!(own.body.contains("Riquewihr pays") && !own.body.contains("Kaysersberg"), "{}", own.body);
    let file =
        doors.asks(&manager, "GET", "/shares/file?from=2026-06&key=population&standing=100", &[]).await;
    assert!(file.body.contains("Riquewihr") && !file.body.contains("Kaysersberg"), "{}", file.body);
    let refused = doors.asks(&planner, "GET", "/shares?from=2026-07&until=2026-06&standing=cheap", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("cheap"), "the form comes back as it was sent: {}", refused.body);
}
