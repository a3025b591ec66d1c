//! The post: a real Postfix and a real Dovecot, in which every mailbox one names exists.
//!
//! Letters go in with `swaks`, an ordinary mail client that shares no code with ours, and come out
//! over IMAP. A story takes addresses nobody else has ([`PostOffice::address`]), so that tests may run
//! side by side.

use std::{fs, process::Stdio, sync::OnceLock};

use async_imap::Client;
use futures_util::TryStreamExt;
use mail_parser::{Message, MessageParser};
use tokio::{io::AsyncWriteExt, net::TcpStream, process::Command};
use uuid::Uuid;

use crate::{
    eventually::eventually,
    keeper::{self, Kept},
};

/// What opens every mailbox, over IMAP and SMTP.
pub const PASSWORD: &str = "lantern";

/// Where offices have their mailboxes.
pub const OFFICES: &str = "office.test";

/// Where everybody else has theirs.
pub const GUESTS: &str = "guest.test";

const START: &str = r#"
mkdir -p dovecot mail postfix/etc postfix/queue postfix/data
give dovecot mail
group=$(id -gn "$user")
sed -i "s/@USER@/$user/g; s/@GROUP@/$group/g" dovecot.conf
mv main.cf master.cf mailboxes postfix/etc/
as_user dovecot -c "$FOLDER/dovecot.conf"
as_root chown -R root postfix
as_root chown postfix postfix/data
as_root postfix -c "$FOLDER/postfix/etc" start
"#;

const STOP: &str = r#"
as_root sh -c 'kill $(cat postfix/queue/pid/master.pid)'
as_user sh -c 'kill $(cat dovecot/run/master.pid)'
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -e dovecot/run/master.pid ] || break
    sleep 0.2
done
"#;

/// The pair of servers of this test process.
#[derive(Debug)]
pub struct PostOffice {
    kept: Kept,
    /// Where a client hands letters in, on 127.0.0.1, without TLS.
    pub smtp_port: u16,
    /// Where a client reads letters, on 127.0.0.1, without TLS.
    pub imap_port: u16,
}

/// Somebody's mailbox, seen from their ordinary mail client.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Whose it is.
    pub address: String,
    post: &'static PostOffice,
}

/// A letter as it lies in a mailbox.
#[derive(Clone, Debug)]
pub struct Received {
    /// Every byte of it.
    pub raw: Vec<u8>,
}

/// The post, opened by whoever asks first.
pub fn post_office() -> &'static PostOffice {
    static POST: OnceLock<PostOffice> = OnceLock::new();
    POST.get_or_init(|| {
        let folder = keeper::folder("mail");
        let (smtp_port, imap_port) = (keeper::free_port(), keeper::free_port());
        let fill = |text: &str| {
            text.replace("@FOLDER@", folder.to_str().expect("the temporary folder's path is UTF-8"))
                .replace("@SMTP@", &smtp_port.to_string())
                .replace("@IMAP@", &imap_port.to_string())
                .replace("@PASSWORD@", PASSWORD)
                .replace("@DOMAINS@", &format!("{OFFICES}, {GUESTS}"))
        };
        for (name, text) in [
            ("dovecot.conf", include_str!("mail/dovecot.conf")),
            ("main.cf", include_str!("mail/main.cf")),
            ("master.cf", include_str!("mail/master.cf")),
            // Whoever one names lives here, except those whose name begins with `nobody`.
            ("mailboxes", "!/^nobody/ here\n"),
        ] {
            fs::write(folder.join(name), fill(text)).expect("the folder is ours");
        }
        PostOffice { kept: Kept::start(folder, START, STOP), smtp_port, imap_port }
    })
}

impl PostOffice {
    /// An address nobody else has: `jonas` at `guest.test` becomes `jonas-5f0c…@guest.test`.
    pub fn address(&self, name: &str, domain: &str) -> String {
        format!("{name}-{}@{domain}", &Uuid::new_v4().simple().to_string()[..12])
    }

    /// The mailbox of `address`, which exists as soon as it is named.
    pub fn mailbox(&'static self, address: &str) -> Mailbox {
        Mailbox { address: address.into(), post: self }
    }

    /// The mailbox of somebody who writes to offices.
    pub fn guest(&'static self, name: &str) -> Mailbox {
        self.mailbox(&self.address(name, GUESTS))
    }

    /// What both servers logged, for the message of a test that fails.
    pub fn log(&self) -> String {
        ["dovecot/dovecot.log", "postfix/postfix.log"]
            .map(|name| fs::read_to_string(self.kept.folder().join(name)).unwrap_or_default())
            .concat()
    }
}

impl Mailbox {
    /// Writes a letter to `to` and sends it; returns its Message-ID.
    ///
    /// # Panics
    /// When the server does not take it.
    pub async fn write(&self, to: &str, subject: &str, text: &str) -> String {
        self.send(to, subject, text, "").await
    }

    /// Answers a letter that came in, in its thread; returns the answer's Message-ID.
    ///
    /// # Panics
    /// When the server does not take it.
    pub async fn answer(&self, letter: &Received, text: &str) -> String {
        let id = letter.message_id();
        let references = [letter.references(), vec![id.clone()]].concat();
        let references: Vec<_> = references.iter().map(|id| format!("<{id}>")).collect();
        let thread = format!("In-Reply-To: <{id}>\r\nReferences: {}\r\n", references.join("\r\n "));
        self.send(&letter.reply_address(), &format!("Re: {}", letter.subject()), text, &thread).await
    }

    async fn send(&self, to: &str, subject: &str, text: &str, more_headers: &str) -> String {
        let id = format!("{}@client.test", Uuid::new_v4().simple());
        let letter = format!(
            "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{more_headers}\
             Date: Sat, 04 Jul 2026 19:00:00 +0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n",
            from = self.address,
            subject = encoded_word(subject),
        );
        self.hand_in(to, &letter).await.unwrap_or_else(|refusal| panic!("not taken:\n{refusal}"));
        id
    }

    /// Hands in a letter of which every byte is the caller's, headers included.
    ///
    /// # Errors
    /// The conversation with the server, when it does not take the letter.
    pub async fn hand_in(&self, to: &str, letter: &str) -> Result<(), String> {
        let mut client = Command::new("swaks")
            .args(["--server", "127.0.0.1", "--port", &self.post.smtp_port.to_string()])
            .args(["--helo", "client.test", "--from", &self.address, "--to", to])
            .args(["--no-strip-from", "--data", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("swaks is installed: run tests/run");
        let mut pipe = client.stdin.take().expect("the client's input is piped");
        pipe.write_all(letter.as_bytes()).await.expect("the client reads the whole letter");
        drop(pipe);
        let output = client.wait_with_output().await.expect("the client ends");
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()),
        }
    }

    /// Every letter in the mailbox, the oldest first.
    ///
    /// # Panics
    /// When the server does not open it.
    pub async fn letters(&self) -> Vec<Received> {
        let stream = TcpStream::connect(("127.0.0.1", self.post.imap_port)).await.expect("Dovecot listens");
        let mut client = Client::new(stream);
        client.read_response().await.expect("Dovecot greets").expect("Dovecot greets before it hangs up");
        let (address, password) = (&self.address, PASSWORD);
        let mut session =
            client.login(address, password).await.map_err(|(error, _)| error).expect("the password is right");
        let inbox = session.select("INBOX").await.expect("everybody has an inbox");
        let mut letters = Vec::new();
        if inbox.exists > 0 {
            let fetched = session.fetch("1:*", "BODY.PEEK[]").await.expect("an open inbox can be read");
            let fetched: Vec<_> = fetched.try_collect().await.expect("an open inbox can be read");
            letters.extend(fetched.iter().filter_map(|one| Some(Received { raw: one.body()?.to_vec() })));
        }
        session.logout().await.expect("Dovecot says goodbye");
        letters
    }

    /// Waits for a letter for which `is_it` holds, and returns the first.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn receives(&self, what: &str, is_it: impl Fn(&Received) -> bool) -> Received {
        let what = format!("{} receives {what}", self.address);
        eventually(&what, async || self.letters().await.into_iter().find(&is_it)).await
    }
}

impl Received {
    /// The subject, decoded.
    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().into()
    }

    /// The sender: the name shown, empty if there is none, and the address.
    pub fn from(&self) -> (String, String) {
        let parsed = self.parsed();
        let from = parsed.from().and_then(|from| from.first());
        let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
        (text(from.and_then(|from| from.name())), text(from.and_then(|from| from.address())))
    }

    /// Where a client would send an answer: `Reply-To`, or else the sender.
    pub fn reply_address(&self) -> String {
        let parsed = self.parsed();
        let reply_to = parsed.reply_to().and_then(|to| to.first()).and_then(|to| to.address());
        reply_to.map_or_else(|| self.from().1, Into::into)
    }

    /// The Message-ID, without its angle brackets.
    pub fn message_id(&self) -> String {
        self.parsed().message_id().unwrap_or_default().into()
    }

    /// What the letter says it answers, without angle brackets.
    pub fn in_reply_to(&self) -> Vec<String> {
        ids(self.parsed().in_reply_to())
    }

    /// The letters of the thread before it, the oldest first, without angle brackets.
    pub fn references(&self) -> Vec<String> {
        ids(self.parsed().references())
    }

    /// A header as it stands in the letter, unfolded and undecoded; none if it is not there.
    pub fn header(&self, name: &str) -> Option<String> {
        let parsed = self.parsed();
        Some(parsed.header_raw(name.to_owned())?.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The plain text, decoded, with line ends as `\n`.
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().replace("\r\n", "\n")
    }

    fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).expect("what Dovecot keeps is a letter")
    }
}

fn ids(value: &mail_parser::HeaderValue<'_>) -> Vec<String> {
    value.as_text_list().unwrap_or_default().iter().map(|id| id.to_string()).collect()
}

/// A header's text as clients write it: as it is, or in quoted words when it is not ASCII (RFC 2047).
fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        return text.into();
    }
    let quoted: String = text
        .bytes()
        .map(|byte| match byte {
            b' ' => "_".into(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("={byte:02X}"),
        })
        .collect();
    format!("=?utf-8?Q?{quoted}?=")
}
