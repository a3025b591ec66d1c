//! An order for coverage is honoured from that minute, and so is its end.

use acceptance::{
    doors::Doors,
    on_both_engines,
    town::{Engine, Town},
};
use app::{
    Error, Refusal,
    kept::Seen,
    pool::{self, NewOffer, offers},
};
use domain::{Cents, Decision, Held};

on_both_engines! {
    an_order_for_coverage_is_honoured_from_that_minute_and_ending_it_too,
    a_page_that_shows_an_old_price_orders_nothing_and_says_the_new_one,
    nobody_orders_twice_or_what_is_closed_or_what_is_sold_to_others,
    nobody_ends_what_another_office_bought,
}

async fn an_order_for_coverage_is_honoured_from_that_minute_and_ending_it_too(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let offer = town.board.sells("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty("2026-07-04", "18:00–22:00").await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    ana.does_not_see("Is the castle").await;

    town.clock_shows("21:10").await;
    let coverage = riquewihr.orders(offer).await;
    town.work_until_idle().await;
    ana.sees_in_inbox("Is the castle").await;

    town.clock_shows("21:20").await;
    riquewihr.ends(coverage).await;
    town.work_until_idle().await;
    riquewihr.receives_chat("Where can we park a camper van?").await;
    town.work_until_idle().await;
    ana.does_not_see("Where can we park").await;
    for text in ["castle", "camper"] {
        let kept = riquewihr.conversation_about(text).await;
        assert!(
            matches!(kept.decision, Some(Decision::Hold { because: Held::Closed, .. })),
            "{text}: {:?}",
            kept.decision
        );
    }
}

async fn a_page_that_shows_an_old_price_orders_nothing_and_says_the_new_one(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let offer = town.board.sells("18:00–22:00").await;
    let (planner, manager) = (town.board.caller().await, riquewihr.manager.caller::<app::Manager>().await);
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("manager", &riquewihr.manager).await;
    let page = async || pool::office_page(&town.app, &manager).await.unwrap();
    let form = async || [("offer", offer.to_string()), ("seen", page().await.offers[0].seen.clone())];
    let old = form().await;

    let was = offers::get(&town.app, &planner, offer).await.unwrap().is;
    let dearer = NewOffer {
        name: was.name,
        summary: was.summary,
        windows: was.windows,
        channels: was.channels,
        monthly: Cents(14_905),
    };
    offers::change(&town.app, &planner, offer, &Seen::Any, dearer, true).await.unwrap();
    let late = doors.asks(&asker, "POST", "/coverage/order", &old).await;
    assert_eq!(late.status, 409, "{}", late.body);
    assert!(late.body.contains("nothing was ordered. It costs €149.05 a month now"), "{}", late.body);
    assert_eq!(page().await.running.len(), 0);

    let done = doors.asks(&asker, "POST", "/coverage/order", &form().await).await;
    assert_eq!((done.status, page().await.running[0].coverage.monthly), (303, Cents(14_905)));
}

async fn nobody_orders_twice_or_what_is_closed_or_what_is_sold_to_others(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let manager = riquewihr.manager.caller::<app::Manager>().await;
    let planner = town.board.caller().await;
    let offer = town.board.sells("08:00–22:00").await;
    pool::order(&town.app, &manager, offer, &Seen::Any).await.unwrap();
    let twice = pool::order(&town.app, &manager, offer, &Seen::Any).await.unwrap_err();
    assert!(matches!(twice, Error::Refused(Refusal::CannotOrder)), "{twice}");

    let closed = town.board.sells("06:00–08:00").await;
    pool::close_offer(&town.app, &planner, closed).await.unwrap();
    let refused = pool::order(&town.app, &manager, closed, &Seen::Any).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::CannotOrder)), "{refused}");
}

async fn nobody_ends_what_another_office_bought(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    let eguisheim = town.office("Eguisheim").plain().await;
    let offer = town.board.sells("18:00–22:00").await;
    let coverage = riquewihr.orders(offer).await;
    let manager = eguisheim.manager.caller::<app::Manager>().await;
    let refused = pool::end(&town.app, &manager, coverage).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound("coverage")), "{refused}");
    let page = pool::office_page(&town.app, &riquewihr.manager.caller().await).await.unwrap();
    assert_eq!((page.running.len(), page.ended.len()), (1, 0));
}
