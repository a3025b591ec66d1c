//! What becomes of a mail when the server says no, says nothing, or goes away, at each step.

use std::sync::Mutex;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use super::*;
use crate::email::outgoing::tests::outgoing;

/// What the server does when a step comes.
#[derive(Clone, Copy)]
enum Does {
    Says(&'static str),
    HangsUp,
    Sleeps,
}

/// A mail server that does as it should, but for one step: `greeting`, a command's first word, `mail` in
/// the middle of the mail, or `.` after it. What it received is kept.
struct Server {
    port: u16,
    received: Arc<Mutex<Vec<String>>>,
}

async fn server(odd_step: &'static str, does: Does) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = Arc::new(Mutex::new(Vec::new()));
    let kept = received.clone();
    tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        let mut tcp = BufReader::new(tcp);
        let mut step = "greeting".to_owned();
        loop {
            let usual = match step.as_str() {
                "greeting" => "220 mx.example.org",
                "EHLO" => "250-mx.example.org\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN",
                "AUTH" => "235 welcome",
                "DATA" => "354 go on",
                "." => "250 2.0.0 queued as 4711",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            let now = if step == odd_step { does } else { Does::Says(usual) };
            match now {
                Does::HangsUp => return,
                Does::Sleeps => tokio::time::sleep(Duration::from_secs(60)).await,
                Does::Says(reply) => tcp.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap(),
            }
            if step == "DATA" && matches!(now, Does::Says(reply) if reply.starts_with('3')) {
                let mut line = String::new();
                while line != ".\r\n" {
                    line.clear();
                    if odd_step == "mail" || tcp.read_line(&mut line).await.unwrap_or(0) == 0 {
                        return;
                    }
                    kept.lock().unwrap().push(line.clone());
                }
                step = ".".to_owned();
                continue;
            }
            let mut line = String::new();
            if tcp.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            kept.lock().unwrap().push(line.clone());
            step = line.split_whitespace().next().unwrap_or_default().to_owned();
        }
    });
    Server { port, received }
}

fn account(port: u16) -> SmtpAccount {
    SmtpAccount {
        host: "localhost".into(),
        port,
        security: Security::PlainOnLoopback,
        username: Some("office".into()),
        trust: None,
        password: Secret::new("hunter2"),
        reach: Reach::Anywhere,
    }
}

const SHORT: Patience = Patience {
    connect: Duration::from_secs(5),
    command: Duration::from_millis(500),
    data: Duration::from_millis(500),
};

async fn sent(odd_step: &'static str, does: Does) -> Result<Accepted, SendError> {
    let server = server(odd_step, does).await;
    send_within(&account(server.port), &outgoing(), SHORT).await
}

#[tokio::test]
async fn a_mail_is_sent_and_dots_alone_survive() {
    let server = server("none", Does::HangsUp).await;
    let accepted = send_within(&account(server.port), &outgoing(), SHORT).await.unwrap();
    assert_eq!(accepted.said, "250 2.0.0 queued as 4711");
    let received = server.received.lock().unwrap().concat();
    assert!(received.contains("MAIL FROM:<riquewihr@example.org>"), "{received}");
    assert!(received.contains("RCPT TO:<ana@example.org>"), "{received}");
    assert!(received.contains("EHLO example.org"), "{received}");
    assert!(received.contains("\r\n.\r\nQUIT"), "{received}");
    assert_eq!(received.matches("\r\n.\r\n").count(), 1, "{received}");
}

#[tokio::test]
async fn a_refusal_for_good_and_one_for_now_are_told_apart() {
    for step in ["MAIL", "RCPT", "DATA", "."] {
        let good = sent(step, Does::Says("550 5.1.1 no such person")).await;
        let Err(SendError::Refused { permanent: true, said }) = good else { panic!("{step}: {good:?}") };
        assert!(said.starts_with("550") && said.contains("no such person"), "{said}");
        let now = sent(step, Does::Says("451 4.7.1 try later")).await;
        assert!(matches!(now, Err(SendError::Refused { permanent: false, .. })), "{step}: {now:?}");
    }
}

#[tokio::test]
async fn a_server_lost_before_it_had_the_mail_is_unreachable() {
    for step in ["greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] {
        let lost = sent(step, Does::HangsUp).await;
        assert!(matches!(lost, Err(SendError::Unreachable { .. })), "{step}: {lost:?}");
    }
    for step in ["greeting", "RCPT", "DATA"] {
        let silent = sent(step, Does::Sleeps).await;
        assert!(matches!(silent, Err(SendError::Unreachable { .. })), "{step}: {silent:?}");
    }
}

#[tokio::test]
async fn a_server_lost_in_the_middle_of_the_mail_is_unreachable() {
    let server = server("mail", Does::HangsUp).await;
    let text = format!("{}\n", "Bonjour. ".repeat(8)).repeat(300_000);
    let patience = Patience { data: Duration::from_secs(20), ..SHORT };
    let lost = send_within(&account(server.port), &Outgoing { text, ..outgoing() }, patience).await;
    assert!(matches!(lost, Err(SendError::Unreachable { .. })), "{lost:?}");
}

#[tokio::test]
async fn a_server_lost_after_it_had_the_mail_leaves_the_outcome_unknown() {
    for does in [Does::HangsUp, Does::Sleeps, Does::Says("what?")] {
        let lost = sent(".", does).await;
        assert!(matches!(lost, Err(SendError::OutcomeUnknown { .. })), "{lost:?}");
    }
}

#[tokio::test]
async fn credentials_refused_are_the_accounts_fault_and_not_the_mails() {
    let refused = sent("AUTH", Does::Says("535 5.7.8 no")).await;
    assert!(matches!(refused, Err(SendError::Credentials { .. })), "{refused:?}");
    let later = sent("AUTH", Does::Says("454 4.7.0 later")).await;
    assert!(matches!(later, Err(SendError::Refused { permanent: false, .. })), "{later:?}");
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let nobody = send_within(&account(port), &outgoing(), SHORT).await;
    assert!(matches!(nobody, Err(SendError::Unreachable { .. })), "{nobody:?}");
}

#[tokio::test]
async fn without_the_tls_it_asks_for_nothing_is_said() {
    let server = server("STARTTLS", Does::Says("454 not now")).await;
    let private = SmtpAccount { security: Security::StartTls, ..account(server.port) };
    let refused = send_within(&private, &outgoing(), SHORT).await;
    assert!(matches!(refused, Err(SendError::Unreachable { .. })), "{refused:?}");
    let received = server.received.lock().unwrap().concat();
    assert!(!received.contains("AUTH") && !received.contains("MAIL"), "{received}");
}

#[tokio::test]
async fn the_account_can_be_checked_without_sending() {
    let good = server("none", Does::HangsUp).await;
    assert_eq!(check(&account(good.port)).await, Ok(()));
    let bad = server("AUTH", Does::Says("535 no")).await;
    assert!(matches!(check(&account(bad.port)).await, Err(SendError::Credentials { .. })));
}

#[test]
fn the_password_is_neither_in_the_settings_nor_in_debug() {
    let account = account(25);
    let json = serde_json::to_string(&account).unwrap();
    assert!(!json.contains("hunter2") && !format!("{account:?}").contains("hunter2"), "{json}");
    let back: SmtpAccount = serde_json::from_str(&json).unwrap();
    assert_eq!(back, SmtpAccount { password: Secret::default(), reach: Reach::Public, ..account });
    let least: SmtpAccount = serde_json::from_str(r#"{"host":"mail.example.org","port":465}"#).unwrap();
    assert_eq!(least.security, Security::Tls);
}
