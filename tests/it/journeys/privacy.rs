//! What visitors wrote is forgotten when it is old, shown to them and removed when they ask; and
//! whoever looked at it stands in a list.

use std::{collections::BTreeMap, fs, process::Command};

use acceptance::{
    broken_off::ends_within,
    eventually::eventually,
    keeper,
    mail::post_office,
    on_both_engines,
    town::{Engine, Office, Town, open_house},
    worlds::Seeder,
};
use app::{Anybody, Error, Manager, Refusal, privacy, settings::Post};
use domain::{ArrivalId, AttachmentId, ChannelKind, ConversationId, MessageId, VisitorId};
use serde_json::Value;
use storage::{
    arrivals::{self, Arrival},
    attachments::{self, Attachment},
    channel_accounts, conversations, messages,
    scope::{Home, System},
};
use uuid::Uuid;
use views::html::privacy::Looked;

on_both_engines! {
    what_is_older_than_the_office_keeps_is_forgotten_and_its_figures_stay,
    a_held_conversation_outlives_time_and_a_wish,
    a_visitor_who_wrote_by_mail_and_by_chat_gets_everything_and_then_it_is_gone_everywhere,
    whoever_opens_a_conversation_stands_in_the_log_once_an_hour,
    nobody_decides_for_another_office,
    mails_that_nobody_could_read_end_with_the_offices_files,
    a_boards_own_desk_forgets_after_a_year,
    a_visitor_with_more_conversations_than_a_page_holds_is_exported_and_erased_whole,
    a_conversation_of_a_thousand_messages_is_forgotten_like_any_other_and_keeps_none_from_it,
    an_erasure_that_is_broken_off_is_ended_by_whoever_works,
}

const CASTLE: &str = "Is the zanzibarite castle open tomorrow?";
const ANSWER: &str = "From nine to six, dear quokkamole.";

/// An evening on which somebody wrote and was answered.
async fn answered(town: &Town) -> (Office, ConversationId) {
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&office).await;
    let visitor = office.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.answers("Is the zanzibarite", ANSWER).await;
    town.work_until_idle().await;
    (office, visitor.conversation().await)
}

async fn sends_a_map(town: &Town, office: &Office, conversation: ConversationId) {
    let message = office.messages(conversation).await.first().unwrap().id;
    let tx = town.app.store.write(Home(office.id), town.now()).await.unwrap();
    let file = Attachment {
        id: AttachmentId(Uuid::now_v7()),
        message,
        name: "zanzibarite.png".to_owned(),
        mime: "image/png".to_owned(),
        size: 3,
    };
    attachments::add(&tx, office.id, conversation, &file, vec![1, 2, 3]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn files(town: &Town, office: &Office, conversation: ConversationId) -> usize {
    let tx = town.app.store.read(Home(office.id), town.now()).await.unwrap();
    attachments::of(&tx, conversation).await.unwrap().len()
}

async fn stands_in(town: &Town, words: &str) -> Vec<String> {
    Seeder::connect(&town.rows).await.columns_that_hold(words).await
}

async fn what_is_older_than_the_office_keeps_is_forgotten_and_its_figures_stay(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    sends_a_map(&town, &office, id).await;
    let before = office.conversations().await.remove(0);
    let manager = office.manager.caller::<Manager>().await;
    privacy::decide(&town.app, &manager, 2, 10).await.unwrap();

    town.clock_shows("2026-07-13T21:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(files(&town, &office, id).await, 1, "nine days are fewer than ten");
    town.clock_shows("2026-07-15T21:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(files(&town, &office, id).await, 0, "the file is gone");
    assert!(!stands_in(&town, "zanzibarite").await.is_empty(), "the words are not old yet");

    town.clock_shows("2026-09-05T21:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
    assert_eq!(stands_in(&town, "quokkamole").await, Vec::<String>::new());
    let after = office.conversations().await.remove(0);
    let figures = |one: &conversations::Conversation| {
        (one.id, one.channel, one.language, one.pool, one.opened_at, one.first_answer_at, one.last_message_at)
    };
    assert_eq!(figures(&after), figures(&before), "what figures are made of stays");
    assert_eq!(office.messages(id).await.len(), 2, "that there were two messages, too");
}

async fn a_held_conversation_outlives_time_and_a_wish(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    sends_a_map(&town, &office, id).await;
    let manager = office.manager.caller::<Manager>().await;
    privacy::keep(&town.app, &manager, id, "A quarrel over a booking").await.unwrap();
    let visitor = office.conversations().await.remove(0).visitor;

    town.clock_shows("2028-07-04T21:00+02:00").await;
    let manager = office.manager.caller::<Manager>().await;
    privacy::enforce(&town.app).await.unwrap();
    let refused = privacy::erase(&town.app, &manager, &[visitor]).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::OnHold)), "{refused:?}");
    assert_eq!(office.messages(id).await[0].body, CASTLE);
    assert_eq!(files(&town, &office, id).await, 1);

    privacy::release(&town.app, &manager, id).await.unwrap();
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
}

async fn a_visitor_who_wrote_by_mail_and_by_chat_gets_everything_and_then_it_is_gone_everywhere(
    engine: Engine,
) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&office).await;
    let mailbox = office.opens_mailbox().await;
    let jonas = post_office().guest("jonas");
    jonas.write(&mailbox.address, "Wombatisch", "Ist das Wombatschloss geöffnet?").await;
    eventually("the mail is taken in", async || {
        town.work_until_idle().await;
        (office.conversations().await.len() == 1).then_some(())
    })
    .await;
    let mut chat = office.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    chat.leaves_address(&jonas.address).await;
    chat.writes("And the wombat garden?").await;
    let stranger = office.receives_chat("Is there a numbat museum?").await;
    town.work_until_idle().await;
    // An answer that has not left yet: its job is queued.
    let mailed = office.conversation_about("Wombatschloss").await;
    sends_a_map(&town, &office, mailed.id).await;
    let key = Uuid::new_v4().to_string();
    ana.replies(mailed.id, "Ja, liebes Wombattier.", &key).await.unwrap();

    let manager = office.manager.caller::<Manager>().await;
    let found = privacy::found(&town.app, &manager, &jonas.address.to_uppercase()).await.unwrap();
    assert_eq!(found.iter().map(|one| one.proven).collect::<Vec<_>>(), [true, false], "{found:?}");
    let ids: Vec<VisitorId> = found.iter().map(|one| one.visitor).collect();

    let dossier = privacy::export(&town.app, &manager, &ids).await.unwrap();
    let unpacked = unpacked(&dossier.zip("<p>The page.</p>"));
    let names: Vec<_> = unpacked.keys().map(String::as_str).collect();
    assert_eq!(names, ["files/1-zanzibarite.png", "visitor.html", "visitor.json"]);
    assert_eq!(unpacked["files/1-zanzibarite.png"], [1, 2, 3]);
    assert_eq!(unpacked["visitor.html"], b"<p>The page.</p>");
    let data: Value = serde_json::from_slice(&unpacked["visitor.json"]).unwrap();
    assert_eq!(data["conversations"].as_array().unwrap().len(), 2);
    let text = data.to_string();
    for words in ["Wombatschloss", "zanzibarite", "wombat garden", "files/1-zanzibarite.png", &jonas.address]
    {
        assert!(text.contains(words), "{words} is in the export");
    }
    assert!(!text.contains("numbat"), "nobody else's words are");
    let linked: Vec<_> = dossier
        .model()
        .conversations
        .into_iter()
        .flat_map(|thread| thread.messages)
        .flat_map(|said| said.files)
        .collect();
    assert_eq!(linked[0].place, names[0], "the page links the file where it lies");

    let erasure = privacy::erase(&town.app, &manager, &ids).await.unwrap();
    for words in ["ombat", "zanzibarite", &*jonas.address] {
        assert_eq!(stands_in(&town, words).await, Vec::<String>::new(), "{words} is gone everywhere");
    }
    assert_eq!(office.conversation_about("numbat").await.id, stranger.conversation().await);
    let removed = &erasure.certificate["removed"];
    println!("{engine:?}: {removed}");
    assert_eq!((&removed["conversations"], &removed["visitors"]), (&2.into(), &2.into()), "{removed}");
    assert!(removed["jobs"].as_u64().unwrap() >= 1, "the queued answer will not leave: {removed}");
    assert_eq!(removed["attachments"], 1, "{removed}");
    let file = privacy::certificate(&town.app, &manager, erasure.id).await.unwrap();
    assert!(file.contains(&erasure.hash) && !file.contains(&jonas.address), "{file}");
    assert!(file.contains("the hash proves it"), "{file}");
    // With another key, because the first one was lost, it is handed out all the same.
    let other = open_house(&town.rows.url, &app::secrets::random_key(), Post::Mailbox).await;
    let file = privacy::certificate(&other, &manager, erasure.id).await.unwrap();
    assert!(file.contains(&erasure.hash) && file.contains("the hash proves nothing"), "{file}");
    other.store.close().await;
    town.work_until_idle().await;
    assert!(chat.messages().await.is_empty(), "the visitor's browser finds an empty page");
}

async fn whoever_opens_a_conversation_stands_in_the_log_once_an_hour(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&office).await;
    let visitor = office.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    let id = visitor.conversation().await;
    ana.opens_conversation(id).await.unwrap();
    ana.opens_conversation(id).await.unwrap();
    // Three days later she is nobody the office knows any more; that she looked stays known.
    town.clock_shows("2026-07-07T22:10+02:00").await;
    let manager = office.manager.caller::<Manager>().await;
    let page = privacy::page(&town.app, &manager, "", None).await.unwrap();
    let lines: Vec<_> = page.log.iter().map(|line| (line.who.as_str(), line.looked)).collect();
    assert_eq!(lines, [("Ana Martin", Looked::Opened(id))], "once, though she opened it twice");

    let mine = privacy::mine(&town.app, &ana.caller::<Anybody>().await).await.unwrap();
    let mine: Vec<_> = mine.iter().map(|line| (line.who.as_str(), line.looked)).collect();
    assert_eq!(mine, [("Riquewihr", Looked::Opened(id))]);
    let others = privacy::mine(&town.app, &office.manager.caller::<Anybody>().await).await.unwrap();
    assert!(others.is_empty(), "nobody else's lines are mine: {others:?}");
}

async fn nobody_decides_for_another_office(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    let neighbour = town.office("Kaysersberg").plain().await;
    let manager = neighbour.manager.caller::<Manager>().await;
    let visitor = office.conversations().await.remove(0).visitor;
    let nothing = |error: Error| assert!(matches!(error, Error::NotFound(_)), "{error:?}");
    nothing(privacy::keep(&town.app, &manager, id, "Mine").await.unwrap_err());
    nothing(privacy::release(&town.app, &manager, id).await.unwrap_err());
    nothing(privacy::export(&town.app, &manager, &[visitor]).await.unwrap_err());
    nothing(privacy::erase(&town.app, &manager, &[visitor]).await.unwrap_err());
    assert_eq!(office.messages(id).await[0].body, CASTLE);
    let refused = privacy::decide(&town.app, &manager, 0, 30).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::FieldIsWrong)), "{refused:?}");
}

/// The files of a ZIP as another library unpacks them, by name.
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let folder = keeper::folder("zip");
    fs::write(folder.join("visitor.zip"), zip).unwrap();
    let done = Command::new("python3")
        .args([
            "-c",
            "import zipfile; z = zipfile.ZipFile('visitor.zip'); assert not z.testzip(); z.extractall('out')",
        ])
        .current_dir(&folder)
        .status();
    assert!(done.unwrap().success(), "Python unpacks it");
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.join("out")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder.join("out")).unwrap().display().to_string();
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    fs::remove_dir_all(folder).unwrap();
    found
}

async fn mails_that_nobody_could_read_end_with_the_offices_files(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, neighbour) =
        (town.office("Riquewihr").plain().await, town.office("Kaysersberg").plain().await);
    let manager = office.manager.caller::<Manager>().await;
    privacy::decide(&town.app, &manager, 2, 10).await.unwrap();
    let torn = arrives(&town, &office, Some("no kind of mail")).await;
    let given_up = arrives(&town, &office, None).await;
    let elsewhere = arrives(&town, &neighbour, Some("no kind of mail")).await;

    let still_there = async |day: &str, which: &[ArrivalId]| {
        town.clock_shows(&format!("{day}T21:30+02:00")).await;
        privacy::enforce(&town.app).await.unwrap();
        let tx = town.app.store.read(System, town.now()).await.unwrap();
        for id in [torn, given_up, elsewhere] {
            let arrival = arrivals::one(&tx, id).await.unwrap().unwrap();
            assert_eq!(arrival.raw.is_some(), which.contains(&id), "{day}: {arrival:?}");
            assert_eq!(arrival.provider_id, id.to_string(), "it is not taken in again");
        }
    };
    still_there("2026-07-13", &[torn, given_up, elsewhere]).await;
    still_there("2026-07-14", &[given_up, elsewhere]).await;
    still_there("2026-08-05", &[given_up]).await;
    still_there("2026-09-05", &[]).await;
}

/// A mail reaches the office now, and is put aside for `trouble` if there is any.
async fn arrives(town: &Town, office: &Office, trouble: Option<&str>) -> ArrivalId {
    let tx = town.app.store.write(System, town.now()).await.unwrap();
    let account = channel_accounts::at(&tx, ChannelKind::WebChat, &office.slug).await.unwrap().unwrap();
    let id = ArrivalId(Uuid::now_v7());
    let arrival = Arrival {
        id,
        account: account.id,
        provider_id: id.to_string(),
        received_at: tx.now(),
        raw: Some(b"From: nobody can tell".to_vec()),
        taken_in_at: None,
        trouble: None,
    };
    assert!(arrivals::keep(&tx, &arrival).await.unwrap());
    if let Some(trouble) = trouble {
        arrivals::put_aside(&tx, id, trouble).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

async fn a_boards_own_desk_forgets_after_a_year(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    app::desk::accounts::open_web_chat(&town.app, town.board.id, "lacs").await.unwrap();
    let written = app::desk::Written {
        slug: "lacs".to_owned(),
        token: None,
        from: String::new(),
        body: CASTLE.to_owned(),
        key: Uuid::new_v4().to_string(),
        language: None,
        came_from: None,
    };
    app::desk::receive(&town.app, &written).await.unwrap();
    town.clock_shows("2027-07-04T20:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    assert!(!stands_in(&town, "zanzibarite").await.is_empty(), "it is not a year yet");
    town.clock_shows("2027-07-05T21:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
}

/// The visitor of a conversation, who wrote so many others like it.
async fn writes_often(town: &Town, office: &Office, id: ConversationId, others: usize) -> VisitorId {
    let tx = town.app.store.write(Home(office.id), town.now()).await.unwrap();
    let first = conversations::one(&tx, id).await.unwrap().unwrap();
    for number in 0..others {
        let other = conversations::Conversation {
            id: ConversationId(Uuid::now_v7()),
            token_hash: None,
            subject: Some(format!("The zanzibarite castle, number {number}")),
            ..first.clone()
        };
        assert!(conversations::add(&tx, &other).await.unwrap());
    }
    tx.commit().await.unwrap();
    first.visitor
}

async fn a_visitor_with_more_conversations_than_a_page_holds_is_exported_and_erased_whole(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    let visitor = writes_often(&town, &office, id, 51).await;
    let manager = office.manager.caller::<Manager>().await;
    let dossier = privacy::export(&town.app, &manager, &[visitor]).await.unwrap();
    assert_eq!(dossier.conversations.len(), 52);
    let erasure = privacy::erase(&town.app, &manager, &[visitor]).await.unwrap();
    assert_eq!(erasure.certificate["removed"]["conversations"], 52);
    assert_eq!(erasure.certificate["removed"]["visitors"], 1);
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
}

/// Somebody wrote so often in one conversation.
async fn goes_on_and_on(town: &Town, office: &Office, id: ConversationId, others: usize) {
    let first = office.messages(id).await.remove(0);
    let tx = town.app.store.write(Home(office.id), town.now()).await.unwrap();
    for _ in 0..others {
        let other = MessageId(Uuid::now_v7());
        let more = messages::Message { id: other, client_key: None, provider_id: None, ..first.clone() };
        assert!(messages::add(&tx, &more).await.unwrap());
    }
    tx.commit().await.unwrap();
}

async fn a_conversation_of_a_thousand_messages_is_forgotten_like_any_other_and_keeps_none_from_it(
    engine: Engine,
) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    goes_on_and_on(&town, &office, id, 1000).await;
    let manager = office.manager.caller::<Manager>().await;
    let visitor = writes_often(&town, &office, id, 1).await;
    town.clock_shows("2027-08-04T21:00+02:00").await;
    privacy::enforce(&town.app).await.unwrap();
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());

    let later = office.receives_chat(CASTLE).await.conversation().await;
    goes_on_and_on(&town, &office, later, 1000).await;
    let written = office.messages(later).await.len();
    let visitors = [visitor, visitor_of(&town, &office, later).await];
    let erasure = privacy::erase(&town.app, &manager, &visitors).await.unwrap();
    let says = |field: &str| erasure.certificate["removed"][field].clone();
    assert_eq!((says("conversations"), says("messages")), (1.into(), written.into()));
    assert_eq!(erasure.certificate["emptied_before"], 2, "what was gone already is told apart");
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
}

async fn visitor_of(town: &Town, office: &Office, id: ConversationId) -> VisitorId {
    let tx = town.app.store.read(Home(office.id), town.now()).await.unwrap();
    conversations::one(&tx, id).await.unwrap().unwrap().visitor
}

async fn an_erasure_that_is_broken_off_is_ended_by_whoever_works(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let (office, id) = answered(&town).await;
    let visitor = writes_often(&town, &office, id, 2).await;
    let manager = office.manager.caller::<Manager>().await;
    // Broken off later and later, until some words are gone and others are not.
    let mut waited = 0;
    let is_begun = async || {
        let subjects = office.conversations().await.into_iter().filter(|one| one.subject.is_some()).count();
        let emptied = office.messages(id).await.iter().all(|message| message.body.is_empty());
        subjects < 2 || emptied
    };
    while !is_begun().await {
        waited += 1;
        let whom = [visitor];
        let work = privacy::erase(&town.app, &manager, &whom);
        assert!(ends_within(waited, work).await.is_none(), "it was broken off before its end");
    }
    assert!(!stands_in(&town, "zanzibarite").await.is_empty(), "something is left after {waited} steps");
    let later = town.now() + chrono::Duration::minutes(3);
    town.put_clock_to(later).await;
    town.work_until_idle().await;
    assert_eq!(stands_in(&town, "zanzibarite").await, Vec::<String>::new());
    let page = privacy::page(&town.app, &office.manager.caller::<Manager>().await, "", None).await.unwrap();
    assert!(!page.proofs.is_empty(), "and there is proof of it");
}
