//! How far a mailbox is read, and what is said when it cannot be.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use super::*;

/// A mailbox with these mails (UID, size said, text), as a server shows it; what it was asked is kept.
#[derive(Clone)]
struct Mailbox {
    validity: u32,
    mails: Vec<(u32, u32, &'static str)>,
    login: &'static str,
    /// So many of the last mails are deleted: no search names them.
    hidden: usize,
}

struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    fn of(validity: u32, mails: &[(u32, u32, &'static str)]) -> Self {
        Self { validity, mails: mails.to_vec(), login: "OK welcome", hidden: 0 }
    }

    async fn open(self) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = asked.clone();
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let mut tcp = BufReader::new(tcp);
                tcp.write_all(b"* OK ready\r\n").await.unwrap();
                let mut line = String::new();
                while tcp.read_line(&mut line).await.unwrap_or(0) > 0 {
                    kept.lock().unwrap().push(line.trim().to_owned());
                    let answer = self.answer(line.trim());
                    line.clear();
                    if tcp.write_all(answer.as_bytes()).await.is_err() {
                        break;
                    }
                }
            }
        });
        Server { port, asked }
    }

    fn answer(&self, line: &str) -> String {
        let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
        let untagged = if command.starts_with("LOGIN") {
            return format!("{tag} {}\r\n", self.login);
        } else if command.starts_with("SELECT") {
            let next = self.mails.iter().map(|(uid, ..)| uid + 1).max().unwrap_or(1);
            format!(
                "* {} EXISTS\r\n* OK [UIDVALIDITY {}] ok\r\n* OK [UIDNEXT {next}] ok\r\n",
                self.mails.len(),
                self.validity
            )
        } else if command.starts_with("CAPABILITY") {
            "* CAPABILITY IMAP4rev1\r\n".to_owned()
        } else if let Some(query) = command.strip_prefix("UID SEARCH UID ") {
            let first: u32 = query.split(':').next().unwrap().parse().unwrap();
            // As real servers do, `n:*` also names the last mail.
            let named = &self.mails[..self.mails.len() - self.hidden];
            let last = named.last().map(|(uid, ..)| *uid);
            let found: String = named
                .iter()
                .filter(|(uid, ..)| *uid >= first || Some(*uid) == last)
                .map(|(uid, ..)| format!(" {uid}"))
                .collect();
            format!("* SEARCH{found}\r\n")
        } else if let Some(query) = command.strip_prefix("UID FETCH ") {
            self.fetched(query)
        } else {
            String::new()
        };
        format!("{untagged}{tag} OK done\r\n")
    }

    fn fetched(&self, query: &str) -> String {
        let (set, what) = query.split_once(' ').unwrap();
        let asked: Vec<u32> = set.split(',').map(|uid| uid.parse().unwrap()).collect();
        let mails = self.mails.iter().enumerate().filter(|(_, (uid, ..))| asked.contains(uid));
        mails
            .map(|(number, (uid, size, text))| {
                let number = number + 1;
                match what {
                    "(UID RFC822.SIZE)" => format!("* {number} FETCH (UID {uid} RFC822.SIZE {size})\r\n"),
                    "(UID BODY.PEEK[])" => {
                        format!("* {number} FETCH (UID {uid} BODY[] {{{}}}\r\n{text})\r\n", text.len())
                    }
                    "(UID BODY.PEEK[HEADER])" => {
                        format!("* {number} FETCH (UID {uid} BODY[HEADER] {{{}}}\r\n{text})\r\n", text.len())
                    }
                    other => panic!("{other}"),
                }
            })
            .collect()
    }
}

fn account(port: u16) -> ImapAccount {
    ImapAccount {
        host: "127.0.0.1".into(),
        port,
        security: Security::PlainOnLoopback,
        username: "office".into(),
        mailbox: inbox(),
        not_before: None,
        trust: None,
        password: Secret::new("hunter2"),
        reach: Reach::Anywhere,
    }
}

fn mark(uid_validity: u32, last_uid: u32) -> UidMark {
    UidMark { uid_validity, last_uid }
}

#[tokio::test]
async fn mails_come_in_order_and_a_few_at_a_time() {
    let server = Mailbox::of(7, &[(3, 1, "three"), (5, 1, "five"), (9, 1, "nine")]).open().await;
    let first = fetch(&account(server.port), UidMark::default(), 2).await.unwrap();
    assert_eq!(
        first.mails.iter().map(|mail| (mail.uid, &*mail.raw)).collect::<Vec<_>>(),
        [(3, &b"three"[..]), (5, b"five")]
    );
    assert_eq!((first.mark, first.more, first.started_over), (mark(7, 5), true, false));
    let second = fetch(&account(server.port), first.mark, 2).await.unwrap();
    assert_eq!((second.mails.len(), second.mark, second.more), (1, mark(7, 9), false));
    let none = fetch(&account(server.port), second.mark, 2).await.unwrap();
    assert_eq!(
        (none.mails.len(), none.mark, none.more),
        (0, mark(7, 9), false),
        "the last mail is named again, and not taken again"
    );
}

#[tokio::test]
async fn what_the_search_leaves_out_is_passed_over_once_and_not_looked_at_for_ever() {
    // The last mail is deleted: the server counts it, and its search does not name it.
    let server = Mailbox { hidden: 1, ..Mailbox::of(7, &[(3, 1, "three"), (5, 1, "five")]) }.open().await;
    let batch = fetch(&account(server.port), UidMark::default(), 10).await.unwrap();
    assert_eq!((batch.mails.len(), batch.mark, batch.more), (1, mark(7, 5), false));
    let news = wait_for_news(&account(server.port), batch.mark, Duration::from_secs(5)).await;
    assert_eq!(news, Ok(News::CannotTell), "not: something arrived");
}

#[tokio::test]
async fn a_mailbox_numbered_anew_is_read_from_its_beginning() {
    let server = Mailbox::of(8, &[(1, 1, "one")]).open().await;
    let again = fetch(&account(server.port), mark(7, 9), 10).await.unwrap();
    assert_eq!((again.mails.len(), again.mark, again.started_over), (1, mark(8, 1), true));
}

#[tokio::test]
async fn of_a_mail_too_large_only_the_headers_come() {
    let server = Mailbox::of(7, &[(1, LARGEST + 1, "From: a@b.example\r\n\r\n")]).open().await;
    let batch = fetch(&account(server.port), UidMark::default(), 10).await.unwrap();
    assert_eq!(batch.mails[0].too_large, Some(LARGEST + 1));
    assert!(server.asked.lock().unwrap().iter().all(|line| !line.contains("PEEK[])")));
}

#[tokio::test]
async fn mails_before_the_day_agreed_are_not_asked_for() {
    let server = Mailbox::of(7, &[]).open().await;
    let since = ImapAccount { not_before: Some("2026-07-04".parse().unwrap()), ..account(server.port) };
    fetch(&since, UidMark::default(), 10).await.unwrap();
    assert!(
        server
            .asked
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.ends_with("UID SEARCH UID 1:* UNDELETED SINCE 4-Jul-2026"))
    );
}

#[tokio::test]
async fn reading_marks_nothing_and_confirming_marks_what_was_stored() {
    let server = Mailbox::of(7, &[(3, 1, "three")]).open().await;
    fetch(&account(server.port), UidMark::default(), 10).await.unwrap();
    let stores = |server: &Server| {
        server.asked.lock().unwrap().iter().filter(|line| line.contains("STORE")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(stores(&server), Vec::<String>::new());
    confirm(&account(server.port), 6, &[3]).await.unwrap();
    assert_eq!(stores(&server), Vec::<String>::new(), "another generation of UIDs");
    confirm(&account(server.port), 7, &[3]).await.unwrap();
    assert!(stores(&server)[0].ends_with("UID STORE 3 +FLAGS.SILENT (\\Seen)"), "{:?}", stores(&server));
}

#[tokio::test]
async fn refused_credentials_and_a_server_out_of_order_are_told_apart() {
    let no = Mailbox { login: "NO [AUTHENTICATIONFAILED] no", ..Mailbox::of(7, &[]) }.open().await;
    let said = check(&account(no.port)).await;
    let Err(ImapError::Credentials { said }) = said else { panic!("{said:?}") };
    assert!(!said.contains("Some("), "{said}");
    let later = Mailbox { login: "NO [UNAVAILABLE] later", ..Mailbox::of(7, &[]) }.open().await;
    let said = check(&account(later.port)).await;
    assert!(matches!(said, Err(ImapError::Unreachable { .. })), "{said:?}");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert!(matches!(check(&account(port)).await, Err(ImapError::Unreachable { .. })));
}

#[tokio::test]
async fn waiting_ends_at_once_where_something_is_there_already() {
    let server = Mailbox::of(7, &[(3, 1, "three")]).open().await;
    let account = account(server.port);
    let news = wait_for_news(&account, mark(7, 2), Duration::from_secs(5)).await;
    assert_eq!(news, Ok(News::Arrived));
    assert_eq!(wait_for_news(&account, mark(6, 3), Duration::from_secs(5)).await, Ok(News::Arrived));
    assert_eq!(wait_for_news(&account, mark(7, 3), Duration::from_secs(5)).await, Ok(News::CannotTell));
    assert_eq!(check(&account).await, Ok(mark(7, 3)));
}

#[test]
fn the_password_is_neither_in_the_settings_nor_in_debug() {
    let account = account(143);
    let json = serde_json::to_string(&account).unwrap();
    assert!(!json.contains("hunter2") && !format!("{account:?}").contains("hunter2"), "{json}");
    let least: ImapAccount =
        serde_json::from_str(r#"{"host":"mail.example.org","port":993,"username":"office"}"#).unwrap();
    assert_eq!((least.security, least.mailbox.as_str()), (Security::Tls, "INBOX"));
}
