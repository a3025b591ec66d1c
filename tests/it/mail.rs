//! E-mail for real: an ordinary client, Postfix, Dovecot, and the office's mailbox in between.

use acceptance::{
    eventually::eventually,
    keeper,
    mail::{GUESTS, Mailbox, Received, post_office},
    on_both_engines,
    town::{Engine, Line, Office, Person, Town},
};
use domain::{Because, ConversationStatus, Decision, Delivery, Direction};
use storage::messages::Message;

on_both_engines! {
    a_letter_reaches_the_advisor_on_duty_and_the_answer_comes_back_threaded_as_the_office,
    an_answer_to_the_conversations_own_address_finds_it_without_any_header,
    an_out_of_office_note_rings_nobody_is_not_answered_and_reopens_nothing,
    a_bounce_marks_the_answer_as_failed_in_the_servers_words,
    an_address_the_server_refuses_fails_at_once,
    our_own_letter_that_comes_back_is_ignored,
    nobody_there_is_said_by_mail_at_most_once_a_day,
    offices_do_not_answer_each_other_automatically,
    a_letter_delivered_twice_is_one_message,
    whoever_answered_a_guest_before_gets_their_next_letter,
    a_mailbox_that_cannot_be_read_says_so_and_stops_nobody_else,
}

const QUESTION: &str = "Guten Abend, fährt morgen früh das Schiff zur Insel?";
const ANSWER: &str = "Ja, um neun und um elf Uhr.";

/// A town on duty at nine in the evening, and the office's mailbox.
async fn on_duty(engine: Engine) -> (Town, Office, Mailbox, Person) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let mailbox = riquewihr.opens_mailbox().await;
    let ana = town.advisor("Ana").speaking(&["fr", "de"]).on_duty_for(&riquewihr).await;
    (town, riquewihr, mailbox, ana)
}

/// Waits until `count` letters lie in the office's mailbox, and lets the house fetch them.
async fn fetched(town: &Town, mailbox: &Mailbox, count: usize) {
    let what = format!("{count} letters lie in {}", mailbox.address);
    eventually(&what, async || (mailbox.letters().await.len() >= count).then_some(())).await;
    town.work_until_idle().await;
}

/// What was said in the one conversation about `text`.
async fn said_about(office: &Office, text: &str) -> Vec<Message> {
    office.messages(office.conversation_about(text).await.id).await
}

fn count(said: &[Message], direction: Direction) -> usize {
    said.iter().filter(|message| message.direction == direction).count()
}

async fn a_letter_reaches_the_advisor_on_duty_and_the_answer_comes_back_threaded_as_the_office(
    engine: Engine,
) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let jonas = post_office().guest("jonas");
    let id = jonas.write(&mailbox.address, "Schiff zur Insel", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.sees_in_inbox("Guten Abend").await;
    let open = ana.opens("Guten Abend").await;
    assert_eq!(
        (open.subject.as_deref(), open.email),
        (Some("Schiff zur Insel"), Some(jonas.address.clone()))
    );
    assert_eq!(open.messages[0].body.trim(), QUESTION);

    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    let letter = jonas.receives("the answer", |letter| letter.text().contains(ANSWER)).await;
    assert_eq!(letter.from(), ("Riquewihr".to_owned(), mailbox.address.clone()));
    assert_eq!(letter.subject(), "Re: Schiff zur Insel");
    assert_eq!((letter.in_reply_to(), letter.references()), (vec![id.clone()], vec![id.clone()]));
    assert!(letter.text().contains("Ana") && !letter.text().contains("Martin"), "{}", letter.text());
    assert_eq!(letter.header("Auto-Submitted"), None);
    let said = said_about(&riquewihr, "Insel").await;
    assert!(matches!(said[1].delivery, Delivery::Sent { .. }), "{:?}", said[1].delivery);

    let thanks = jonas.answer(&letter, "Vielen Dank, bis morgen am Hafen!").await;
    fetched(&town, &mailbox, 2).await;
    ana.sees_in_inbox("Vielen Dank").await;
    let said = said_about(&riquewihr, "Insel").await;
    let thread: Vec<(Direction, Option<&str>)> =
        said.iter().map(|message| (message.direction, message.provider_id.as_deref())).collect();
    let answer = letter.message_id();
    let expected = [
        (Direction::In, Some(id.as_str())),
        (Direction::Out, Some(answer.as_str())),
        (Direction::In, Some(thanks.as_str())),
    ];
    assert_eq!(thread, expected);
    assert_eq!(said[2].body.trim(), "Vielen Dank, bis morgen am Hafen!");
    assert_eq!(riquewihr.conversations().await.len(), 1);

    ana.answers("Vielen Dank", "Gute Fahrt!").await;
    town.work_until_idle().await;
    let second = jonas.receives("the second answer", |letter| letter.text().contains("Gute Fahrt")).await;
    assert_eq!((second.in_reply_to(), second.references()), (vec![thanks.clone()], vec![id, answer, thanks]));
    assert_eq!(jonas.letters().await.len(), 2, "nothing else was sent to the guest");
}

async fn an_answer_to_the_conversations_own_address_finds_it_without_any_header(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let (mailbox, _) = riquewihr.opens_mailbox_by(Line { plus: true, ..Line::direct() }).await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    let jonas = post_office().guest("jonas");
    jonas.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    let letter = jonas.receives("the answer", |letter| letter.text().contains(ANSWER)).await;
    assert_ne!(letter.reply_address(), mailbox.address);
    assert_eq!(letter.from().1, mailbox.address);
    jonas.write(&letter.reply_address(), "Etwas ganz anderes", "Und der Bus?").await;
    fetched(&town, &mailbox, 2).await;
    assert_eq!(riquewihr.conversations().await.len(), 1);
    ana.sees_in_inbox("Und der Bus?").await;

    // The address is no key: a stranger who knows it begins a conversation of their own.
    post_office().guest("thief").write(&letter.reply_address(), "Re: Schiff", "Was hat er gefragt?").await;
    fetched(&town, &mailbox, 3).await;
    assert_eq!(riquewihr.conversations().await.len(), 2);
    assert_eq!(count(&said_about(&riquewihr, "Insel").await, Direction::In), 2);
}

async fn an_out_of_office_note_rings_nobody_is_not_answered_and_reopens_nothing(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let jonas = post_office().guest("jonas");
    jonas.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    let letter = jonas.receives("the answer", |letter| letter.text().contains(ANSWER)).await;
    let note = |thread: &str, number: u32| {
        format!(
            "From: {}\r\nTo: {}\r\nSubject: Automatische Antwort: Schiff\r\n{thread}\
             Message-ID: <note-{number}-{}@client.test>\r\nDate: Sat, 04 Jul 2026 19:05:00 +0000\r\n\
             Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\n\r\nIch bin im Urlaub.\r\n",
            jonas.address,
            mailbox.address,
            letter.message_id().replace('@', "-"),
        )
    };
    let threaded = format!("In-Reply-To: <{}>\r\n", letter.message_id());
    jonas.hand_in(&mailbox.address, &note(&threaded, 1)).await.unwrap();
    jonas.hand_in(&mailbox.address, &note("", 2)).await.unwrap();
    // And once more at night, when the house would say that nobody is there.
    town.clock_shows("23:30").await;
    jonas.hand_in(&mailbox.address, &note("", 3)).await.unwrap();
    fetched(&town, &mailbox, 4).await;
    assert_eq!(ana.inbox().await.waiting.len(), 0);
    let conversation = riquewihr.conversation_about("Insel").await;
    assert_eq!(conversation.status, ConversationStatus::Answered);
    for conversation in riquewihr.conversations().await {
        assert_ne!(conversation.status, ConversationStatus::Waiting);
        assert_eq!(count(&riquewihr.messages(conversation.id).await, Direction::Automatic), 0);
    }
    assert_eq!(jonas.letters().await.len(), 1, "the note is not answered");
}

async fn a_bounce_marks_the_answer_as_failed_in_the_servers_words(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    // Postfix takes letters for this name; Dovecot, behind it, refuses them: that is a real bounce.
    let gone = post_office().mailbox(&post_office().address("jonas=gone", GUESTS));
    gone.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    fetched(&town, &mailbox, 2).await;
    let said = said_about(&riquewihr, "Insel").await;
    let Delivery::Failed { because } = &said[1].delivery else { panic!("it failed: {:?}", said[1].delivery) };
    assert!(because.contains(&gone.address), "the reason names whom it did not reach: {because}");
    assert_eq!((said.len(), riquewihr.conversations().await.len()), (2, 1));
    let open = ana.opens(ANSWER).await;
    assert!(matches!(open.messages[1].delivery, Delivery::Failed { .. }), "the page says so");
}

async fn an_address_the_server_refuses_fails_at_once(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let nobody = post_office().mailbox(&post_office().address("nobody", GUESTS));
    nobody.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    let said = said_about(&riquewihr, "Insel").await;
    let Delivery::Failed { because } = &said[1].delivery else { panic!("it failed: {:?}", said[1].delivery) };
    assert!(because.contains("User unknown"), "in the server's words: {because}");
}

async fn our_own_letter_that_comes_back_is_ignored(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let jonas = post_office().guest("jonas");
    jonas.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    town.work_until_idle().await;
    let letter = jonas.receives("the answer", |letter| letter.text().contains(ANSWER)).await;
    // Jonas's provider forwards everything to the office that he once wrote to.
    let before = said_about(&riquewihr, "Insel").await;
    jonas.hand_in(&mailbox.address, &raw(&letter)).await.unwrap();
    fetched(&town, &mailbox, 2).await;
    assert_eq!(said_about(&riquewihr, "Insel").await, before);
    assert_eq!(riquewihr.conversations().await.len(), 1);
    assert_eq!(riquewihr.conversation_about("Insel").await.status, ConversationStatus::Answered);
}

/// Every byte of a letter, as a client would pass it on.
fn raw(letter: &Received) -> String {
    String::from_utf8(letter.raw.clone()).unwrap()
}

async fn nobody_there_is_said_by_mail_at_most_once_a_day(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T22:30+02:00").await;
    let riquewihr = town.office("Riquewihr").own_desk("09:00–17:00").covered("18:00–22:00").await;
    let mailbox = riquewihr.opens_mailbox().await;
    let jonas = post_office().guest("jonas");
    let id = jonas.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    let note = jonas.receives("the automatic answer", |letter| letter.text().contains("112")).await;
    assert_eq!(note.header("Auto-Submitted").as_deref(), Some("auto-replied"));
    assert_eq!((note.from().1, note.in_reply_to()), (mailbox.address.clone(), vec![id]));
    assert!(note.text().contains("morgen") && note.text().contains("9:00"), "{}", note.text());

    jonas.write(&mailbox.address, "Noch etwas", "Und fährt morgen ein Bus zum Hafen?").await;
    town.clock_shows("23:00").await;
    fetched(&town, &mailbox, 2).await;
    let automatic = async || {
        let mut automatic = 0;
        for conversation in riquewihr.conversations().await {
            automatic += count(&riquewihr.messages(conversation.id).await, Direction::Automatic);
        }
        automatic
    };
    assert_eq!(automatic().await, 1, "once a day to each guest");

    town.clock_shows("2026-07-05T08:00+02:00").await;
    jonas.write(&mailbox.address, "Und noch etwas", "Hat das Museum heute geöffnet?").await;
    fetched(&town, &mailbox, 3).await;
    assert_eq!(automatic().await, 2, "and once the next day");
    // What the house said by itself comes back to it and is not answered again.
    jonas.hand_in(&mailbox.address, &raw(&note)).await.unwrap();
    fetched(&town, &mailbox, 4).await;
    assert_eq!((automatic().await, riquewihr.conversations().await.len()), (2, 3));
}

async fn offices_do_not_answer_each_other_automatically(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T23:30+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let eguisheim = town.office("Eguisheim").covered("18:00–22:00").await;
    let (here, there) = (riquewihr.opens_mailbox().await, eguisheim.opens_mailbox().await);
    here.write(&there.address, "Prospekte", "Habt ihr noch Prospekte vom Schloss für uns?").await;
    fetched(&town, &there, 1).await;
    let said = said_about(&eguisheim, "Prospekte vom Schloss").await;
    assert_eq!((said.len(), count(&said, Direction::Automatic)), (1, 0));
    let kept = eguisheim.conversation_about("Prospekte vom Schloss").await;
    assert_eq!(kept.status, ConversationStatus::Waiting, "but a person will answer it");
}

async fn a_letter_delivered_twice_is_one_message(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let jonas = post_office().guest("jonas");
    let letter = format!(
        "From: Jonas Weber <{}>\r\nTo: {}\r\nSubject: Schiff\r\nMessage-ID: <twice-{}>\r\n\
         Date: Sat, 04 Jul 2026 19:00:00 +0000\r\n\r\nFaehrt morgen frueh das Schiff zur Insel?\r\n",
        jonas.address, mailbox.address, jonas.address,
    );
    jonas.hand_in(&mailbox.address, &letter).await.unwrap();
    jonas.hand_in(&mailbox.address, &letter).await.unwrap();
    fetched(&town, &mailbox, 2).await;
    let said = said_about(&riquewihr, "Schiff zur Insel").await;
    assert_eq!(said.len(), 1);
    let row = ana.row("Faehrt morgen").await.unwrap();
    assert_eq!(row.visitor.as_deref(), Some("Jonas Weber"));
}

async fn whoever_answered_a_guest_before_gets_their_next_letter(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    ana.is_here().await;
    let jonas = post_office().guest("jonas");
    jonas.write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.answers("Guten Abend", ANSWER).await;
    let bert = town.advisor("Bert").speaking(&["de", "fr"]).who_is_here().on_duty_for(&riquewihr).await;
    // Ana is the busier of the two by now.
    for text in ["Wo parkt man?", "Gibt es WLAN?"] {
        post_office().guest("mia").write(&mailbox.address, text, text).await;
    }
    fetched(&town, &mailbox, 3).await;
    jonas.write(&mailbox.address, "Museum", "Hat das Museum am Sonntag geöffnet, und was kostet es?").await;
    fetched(&town, &mailbox, 4).await;
    let kept = riquewihr.conversation_about("Museum am Sonntag").await;
    assert_eq!(kept.decision, Some(Decision::Assign { to: ana.id, because: Because::KnowsTheVisitor }));
    assert!(kept.considered.iter().any(|one| one.person == bert.id));
}

async fn a_mailbox_that_cannot_be_read_says_so_and_stops_nobody_else(engine: Engine) {
    let (town, riquewihr, mailbox, ana) = on_duty(engine).await;
    let broken = town.office("Eguisheim").plain().await;
    // Nobody listens there.
    let (_, id) = broken.opens_mailbox_by(Line { imap_port: keeper::free_port(), ..Line::direct() }).await;
    post_office().guest("jonas").write(&mailbox.address, "Schiff", QUESTION).await;
    fetched(&town, &mailbox, 1).await;
    ana.sees_in_inbox("Guten Abend").await;
    let tx = town.app.store.read(storage::scope::System, town.now()).await.unwrap();
    let account = storage::channel_accounts::one(&tx, id).await.unwrap().unwrap();
    assert!(account.trouble.is_some(), "the mailbox's row says what is wrong");
    assert_eq!(riquewihr.conversations().await.len(), 1);
}
