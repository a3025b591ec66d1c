//! Who gets a message, and that the reason is kept and shown.

use acceptance::{
    on_both_engines,
    town::{Engine, Office, Person, Town},
};
use app::{
    desk::threads::{self, Act},
    kept::Seen,
};
use domain::{Because, Decision, PersonId, Standing};
use views::html::inbox::Why;

on_both_engines! {
    the_visitors_language_decides_between_two_who_are_free,
    the_less_busy_of_two_gets_the_next_message,
    a_visitor_keeps_the_person_who_is_answering,
    the_backup_gets_it_while_the_lead_is_away,
    with_nobody_at_the_desk_the_lead_is_rung,
    a_message_leaves_whoever_shows_no_sign_of_life,
    the_fourth_chat_overflows_to_the_backup,
    a_visitor_is_told_if_nobody_is_there_to_whom_it_could_be_given_back,
}

/// Two leads with the inbox open.
async fn two_leads(town: &Town, office: &Office, languages: [&[&str]; 2]) -> (Person, Person) {
    let ana = town.advisor("Ana").speaking(languages[0]).who_is_here().on_duty_for(office).await;
    let berta = town.advisor("Berta").speaking(languages[1]).who_is_here().on_duty_for(office).await;
    (ana, berta)
}

/// To whom the message was given, and why, as it is kept.
async fn given(office: &Office, text: &str) -> (PersonId, Because, Vec<(PersonId, Standing)>) {
    let kept = office.conversation_about(text).await;
    let Some(Decision::Assign { to, because }) = kept.decision else {
        panic!("{text:?} is somebody's, not {:?}", kept.decision)
    };
    assert_eq!(kept.assigned_to, Some(to));
    (to, because, kept.considered.into_iter().map(|one| (one.person, one.standing)).collect())
}

async fn the_visitors_language_decides_between_two_who_are_free(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let (ana, berta) = two_leads(&town, &riquewihr, [&["fr", "en"], &["fr", "de"]]).await;
    for (text, speaker, other) in [
        ("Guten Abend, fährt morgen früh das Schiff zur Insel?", &berta, &ana),
        ("Good evening! Is the boat to the island running tomorrow morning?", &ana, &berta),
    ] {
        riquewihr.receives_chat(text).await;
        town.work_until_idle().await;
        let (to, because, considered) = given(&riquewihr, text).await;
        assert_eq!((to, because), (speaker.id, Because::SpeaksTheLanguage));
        let standings = [(speaker.id, Standing::Chosen), (other.id, Standing::DoesNotSpeakTheLanguage)];
        assert_eq!(considered, standings);
        assert_eq!(
            speaker.reads_why(text).await,
            Why::To { name: None, because: Because::SpeaksTheLanguage }
        );
        let name = Some(speaker.name.clone());
        assert_eq!(other.reads_why(text).await, Why::To { name, because: Because::SpeaksTheLanguage });
    }
}

async fn the_less_busy_of_two_gets_the_next_message(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let (ana, berta) = two_leads(&town, &riquewihr, [&["fr", "en"], &["fr", "en"]]).await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    let (first, _, _) = given(&riquewihr, "castle").await;
    riquewihr.receives_chat("Where can we park a camper van?").await;
    let (second, because, considered) = given(&riquewihr, "camper").await;
    assert_eq!(because, Because::LeastBusy);
    assert_ne!(first, second);
    assert!(considered.contains(&(first, Standing::Busier)), "{considered:?}");
    let mut both = [first, second];
    both.sort();
    let mut all = [ana.id, berta.id];
    all.sort();
    assert_eq!(both, all);
}

async fn a_visitor_keeps_the_person_who_is_answering(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let (ana, berta) = two_leads(&town, &riquewihr, [&["fr", "en"], &["fr", "en"]]).await;
    let mut visitor = riquewihr.receives_chat("Is the castle open tomorrow?").await;
    let (first, because, considered) = given(&riquewihr, "castle").await;
    let answering = if first == ana.id { &ana } else { &berta };
    answering.answers("Is the castle", "Yes, from nine.").await;
    // Busier than the colleague by now, and still the one whom this visitor knows.
    for text in ["Where can we park a camper van?", "Until when does the bakery sell bread?"] {
        riquewihr.receives_chat(text).await;
    }
    visitor.writes("And what does it cost for children?").await;
    // The reason for which it first came to them stays while they keep it.
    assert_eq!(given(&riquewihr, "cost for children").await, (answering.id, because, considered));
}

async fn the_backup_gets_it_while_the_lead_is_away(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty_for(&riquewihr).await;
    let bruno = town.advisor("Bruno").as_backup().who_is_here().on_duty_for(&riquewihr).await;
    ana.is_away(true).await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    let (to, because, considered) = given(&riquewihr, "castle").await;
    assert_eq!((to, because), (bruno.id, Because::LeadsAreAway));
    assert_eq!(considered, [(bruno.id, Standing::Chosen), (ana.id, Standing::Away)]);

    ana.is_away(false).await;
    riquewihr.receives_chat("Where can we park a camper van?").await;
    let (to, because, considered) = given(&riquewihr, "camper").await;
    assert_eq!((to, because), (ana.id, Because::Leads));
    assert_eq!(considered, [(ana.id, Standing::Chosen), (bruno.id, Standing::BehindTheLead)]);
}

async fn with_nobody_at_the_desk_the_lead_is_rung(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    town.advisor("Bruno").as_backup().on_duty_for(&riquewihr).await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    let (to, because, _) = given(&riquewihr, "castle").await;
    assert_eq!((to, because), (ana.id, Because::FirstToRing));
}

async fn a_message_leaves_whoever_shows_no_sign_of_life(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty_for(&riquewihr).await;
    let bruno = town.advisor("Bruno").as_backup().who_is_here().on_duty_for(&riquewihr).await;
    riquewihr.receives_chat("Is the castle open tomorrow?").await;
    assert_eq!(given(&riquewihr, "castle").await.0, ana.id);
    town.clock_shows("21:03").await;
    bruno.is_here().await;
    town.work_until_idle().await;
    let (to, because, _) = given(&riquewihr, "castle").await;
    assert_eq!((to, because), (bruno.id, Because::LeadsAreAway));
    bruno.sees_in_inbox("Is the castle").await;
}

async fn the_fourth_chat_overflows_to_the_backup(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty_for(&riquewihr).await;
    let bruno = town.advisor("Bruno").as_backup().who_is_here().on_duty_for(&riquewihr).await;
    for number in 1..=3 {
        let text = format!("Question number {number} about the castle");
        riquewihr.receives_chat(&text).await;
        assert_eq!(given(&riquewihr, &text).await.0, ana.id);
    }
    riquewihr.receives_chat("One question more, about the museum").await;
    let (to, because, considered) = given(&riquewihr, "museum").await;
    assert_eq!((to, because), (bruno.id, Because::LeadsAreFull));
    assert!(considered.contains(&(ana.id, Standing::Full)), "{considered:?}");
}

async fn a_visitor_is_told_if_nobody_is_there_to_whom_it_could_be_given_back(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:50+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty_for(&riquewihr).await;
    let visitor = riquewihr.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    ana.takes("Is the castle").await;

    town.clock_shows("22:10").await;
    let kept = riquewihr.conversation_about("castle").await;
    threads::act(&town.app, &ana.caller().await, kept.id, &Seen::Any, Act::GiveBack).await.unwrap();
    assert!(visitor.automatic_answers().await.is_empty());
    town.work_until_idle().await;
    let held = riquewihr.conversation_about("castle").await;
    assert!(matches!(held.decision, Some(Decision::Hold { .. })), "{:?}", held.decision);
    assert_eq!(visitor.automatic_answers().await.len(), 1);
}
