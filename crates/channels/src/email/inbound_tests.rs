//! Mails as people's programs make them, and as nobody should.

use std::{env, fs, path::PathBuf};

use proptest::prelude::*;

use super::*;
use crate::email::loops::Automatic;

fn read(raw: &str) -> Incoming {
    parse(raw.replace('\n', "\r\n").as_bytes()).unwrap()
}

#[test]
fn a_mail_is_read_whole() {
    let mail = read(
        "Return-Path: <ana@example.org>\nDelivered-To: riquewihr@example.org\nX-Original-To: office@example.org\n\
         Message-ID: <abc@example.org>\nFrom: =?UTF-8?Q?Ana_L=C3=B3pez?= <ana@example.org>\nReply-To: home@example.org\n\
         To: \"Office, the\" <riquewihr@example.org>, b@example.org\nCc: c@example.org\nSubject: =?ISO-8859-1?Q?Ch=E2teau?=\n =?ISO-8859-1?Q?_ouvert?=\n\
         Date: Sat, 4 Jul 2026 21:00:00 +0200\nIn-Reply-To: <x@example.org>\nReferences: <w@example.org>\n <x@example.org>\n\
         Content-Type: text/plain; charset=ISO-8859-15\nContent-Transfer-Encoding: quoted-printable\n\n\
         Le ch=E2teau co=FBte 5 =A4 ?\n\n--=20\nAna\n",
    );
    assert_eq!(mail.message_id, "abc@example.org");
    assert_eq!(mail.from, Contact::named("Ana López", "ana@example.org"));
    assert_eq!(mail.answer_to(), &Contact::address("home@example.org"));
    assert_eq!(
        mail.to,
        [Contact::named("Office, the", "riquewihr@example.org"), Contact::address("b@example.org")]
    );
    assert_eq!(mail.cc, [Contact::address("c@example.org")]);
    assert_eq!(mail.delivered_to, ["riquewihr@example.org", "office@example.org"]);
    assert_eq!(mail.subject, "Château ouvert");
    assert_eq!(mail.date.unwrap().to_rfc3339(), "2026-07-04T19:00:00+00:00");
    assert_eq!(mail.in_reply_to, ["x@example.org"]);
    assert_eq!(mail.references, ["w@example.org", "x@example.org"]);
    assert_eq!(mail.text, "Le château coûte 5 € ?\n\n-- \nAna");
    assert_eq!(mail.fresh, "Le château coûte 5 € ?");
    assert_eq!(mail.origin, Origin::Person);
}

#[test]
fn a_mail_without_an_id_gets_the_same_one_each_time() {
    let raw = b"From: ana@example.org\r\n\r\nHello\r\n";
    let (first, again) = (parse(raw).unwrap(), parse(raw).unwrap());
    assert_eq!(first.message_id, again.message_id);
    assert!(first.message_id.ends_with("@no-message-id.invalid"));
    assert_ne!(first.message_id, parse(b"From: ana@example.org\r\n\r\nHello!\r\n").unwrap().message_id);
    assert_eq!(read("From: a@b.example\nMessage-ID: bare@example.org\n\nx").message_id, "bare@example.org");
    assert!(
        read(&format!("From: a@b.example\nMessage-ID: <{}@x>\n\nx", "y".repeat(900))).message_id.len() < 60
    );
}

#[test]
fn html_is_made_readable_where_there_is_no_other_text() {
    let mail = read(
        "From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>Bonjour&nbsp;!</p><script>x()</script><p>Ouvert&eacute;</p>",
    );
    assert_eq!(mail.text, "Bonjour !\n\nOuverté");
    assert!(mail.attachments.is_empty());
    let both = read(
        "From: a@b.example\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\nplain\n--B\nContent-Type: text/html\n\n<p>rich</p>\n--B--\n",
    );
    assert_eq!(both.text, "plain");
    let blank = read(
        "From: a@b.example\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n \n--B\nContent-Type: text/html\n\n<p>rich</p>\n--B--\n",
    );
    assert_eq!(blank.text, "rich");
    assert_eq!(both.attachments.len() + blank.attachments.len(), 0);
}

#[test]
fn an_html_answer_shows_only_what_is_new() {
    let mail = read(
        "From: a@b.example\nSubject: Re: x\nContent-Type: text/html; charset=utf-8\n\n<div>Merci !</div><br><div class=\"gmail_quote\"><div>Le sam. 4 juil. 2026 à 21:00, Office &lt;<a href=\"mailto:o@x.example\">o@x.example</a>&gt; a écrit&nbsp;:<br></div><blockquote><p>Oui.</p></blockquote></div>",
    );
    assert_eq!(mail.fresh, "Merci !");
    assert!(mail.text.contains("> Oui."), "{}", mail.text);
}

#[test]
fn lines_broken_for_width_are_joined() {
    let flowed = "From: a@b.example\nContent-Type: text/plain; format=flowed\n\nOne long \nline.\nNext.\n> quoted \n> on\n-- \nAna\n";
    let mail = read(flowed);
    assert_eq!(mail.text, "One long line.\nNext.\n> quoted on\n-- \nAna");
    assert_eq!(mail.fresh, "One long line.\nNext.");
}

#[test]
fn attachments_have_tame_names_and_types() {
    let mail = read(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nSee.\n\
         --B\nContent-Type: image/JPEG; name=\"x.jpg\"\nContent-Disposition: attachment; filename=\"../../etc/plan.jpg\"\nContent-Transfer-Encoding: base64\n\n/9j/4A==\n\
         --B\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''d%C3%A9pliant.pdf\n\nPDF\n\
         --B\nContent-Type: application/\"odd <x>\"\nContent-Disposition: attachment\n\n?\n\
         --B\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\n\nPNG\n\
         --B\nContent-Type: message/rfc822\n\nFrom: c@d.example\nSubject: inner\n\nInner text\n--B--\n",
    );
    let seen: Vec<_> = mail
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.mime.as_str(), file.bytes.len()))
        .collect();
    assert_eq!(seen[0], ("plan.jpg", "image/jpeg", 4));
    assert_eq!(seen[1].0, "dépliant.pdf");
    assert_eq!(seen[2].1, "application/octet-stream");
    assert_eq!((seen[3].0, mail.attachments[3].content_id.as_deref()), ("attachment-4.png", Some("logo@x")));
    assert_eq!((seen[4].0, seen[4].1), ("attachment-5.eml", "message/rfc822"));
    assert!(
        String::from_utf8_lossy(&mail.attachments[4].bytes).starts_with("From: c@d.example"),
        "{:?}",
        mail.attachments[4].bytes
    );
    assert_eq!(mail.text, "See.");
    assert_eq!(mail.from.address, "a@b.example");
}

#[test]
fn too_many_or_too_large_files_are_named_and_left_out() {
    let part = |body: &str| {
        format!(
            "--B\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n{body}\n"
        )
    };
    let many = read(&format!(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n{}--B--\n",
        part("x").repeat(23)
    ));
    assert_eq!((many.attachments.len(), many.left_out.len()), (ATTACHED_FILES, 3));
    let large = part(&"x".repeat(13 * 1024 * 1024));
    let two = read(&format!(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n{large}{large}{}--B--\n",
        part("small")
    ));
    assert_eq!((two.attachments.len(), two.left_out.len()), (2, 1));
    assert_eq!(two.attachments[1].bytes, b"small");
}

#[test]
fn old_charsets_are_read() {
    let mail = |charset: &str, body: &[u8]| {
        let mut raw =
            format!("From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n").into_bytes();
        raw.extend_from_slice(body);
        parse(&raw).unwrap().text
    };
    assert_eq!(mail("windows-1252", b"caf\xe9 \x80"), "café €");
    assert_eq!(mail("Shift_JIS", b"\x8f\xe9"), "城");
    assert_eq!(mail("gb2312", b"\xb3\xc7"), "城");
    assert_eq!(mail("iso-2022-jp", b"\x1b$B>k\x1b(B"), "城");
    assert_eq!(mail("koi8-r", b"\xda\xc1\xcd\xcf\xcb"), "замок");
    assert_eq!(mail("no-such-charset", "château".as_bytes()), "château");
    assert_eq!(mail("utf-8", b"caf\xe9"), "caf\u{fffd}");
}

#[test]
fn nul_and_control_characters_are_dropped() {
    let mail = read("From: \"A\0na\" <a@b.example>\nSubject: a\0b\u{7}c\n\nHel\0lo\u{1b}[2J\nyou");
    assert_eq!(mail.text, "Hello[2J\nyou");
    assert_eq!(mail.subject, "a b c");
    assert!(!format!("{mail:?}").contains("\\0"), "{mail:?}");
}

#[test]
fn bytes_that_are_no_mail_are_refused() {
    assert_eq!(parse(b"").unwrap_err(), ParseError::NotAMail);
    assert_eq!(parse(b"Subject: nobody\r\n\r\nHello").unwrap_err(), ParseError::NoSender);
    assert_eq!(
        parse(b"Return-Path: <a@b.example>\r\nSubject: x\r\n\r\nHello").unwrap().from.address,
        "a@b.example"
    );
}

#[test]
fn headers_alone_are_read_too() {
    let mail = read("From: a@b.example\nSubject: large\nContent-Type: multipart/mixed; boundary=B\n\n");
    assert_eq!((mail.subject.as_str(), mail.text.as_str(), mail.attachments.len()), ("large", "", 0));
}

/// The mails of the outside cases, or nothing but a loud word.
fn cases(channel: &str) -> Vec<(String, Vec<u8>)> {
    let Some(root) = env::var_os("VEILLEUSE_CASES") else {
        eprintln!("VEILLEUSE_CASES IS NOT SET: the outside cases of {channel} were NOT tested");
        return Vec::new();
    };
    let folder = PathBuf::from(root).join("channels").join(channel);
    let mut found: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "body"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no case in {}", folder.display());
    found
}

#[test]
fn mails_of_the_outside_cases_are_read() {
    for (name, raw) in cases("email-mime") {
        let mail = parse(&raw).unwrap_or_else(|error| panic!("{name}: {error}"));
        eprintln!("{name}: {:?}, {:?}, {:?}", mail.subject, mail.text, mail.attachments);
        assert!(!mail.subject.is_empty() && !mail.subject.contains("=?"), "{name}: {:?}", mail.subject);
        match name.as_str() {
            "message-1" => {
                assert_eq!(mail.text, "Hi");
                assert_eq!(mail.attachments.len(), 1);
                assert!(!mail.attachments[0].name.contains("=?"), "{:?}", mail.attachments);
                assert_eq!(mail.attachments[0].bytes, b"Hi!");
            }
            "message-5-iso-2022-jp" => assert!(mail.text.contains("アマゾン"), "{:?}", mail.text),
            _ => assert!(!mail.text.is_empty(), "{name}"),
        }
    }
}

#[test]
fn machines_of_the_outside_cases_are_recognised() {
    for (name, raw) in cases("email-autoreply") {
        if name == "header-cases" {
            header_cases(&raw);
        } else {
            let mail = parse(&raw).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(mail.origin, Origin::Automatic(Automatic::AutoSubmitted), "{name}");
        }
    }
}

fn header_cases(raw: &[u8]) {
    let cases: serde_json::Value = serde_json::from_slice(raw).unwrap();
    for case in cases.as_array().unwrap() {
        let fields = case["h"].as_object().unwrap();
        let headers: String =
            fields.iter().map(|(name, value)| format!("{name}: {}\n", value.as_str().unwrap())).collect();
        let mail =
            read(&format!("From: a@b.example\n{headers}Subject: {}\n\nx", case["s"].as_str().unwrap()));
        match &case["auto"] {
            serde_json::Value::Bool(machine) => {
                assert_eq!(mail.origin != Origin::Person, *machine, "{case}");
                assert!(!mail.no_automatic_answer, "{case}");
            }
            _ => assert!(mail.origin == Origin::Person && mail.no_automatic_answer, "{case}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_without_a_panic(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse(&raw);
    }

    #[test]
    fn mails_in_pieces_are_read_without_a_panic(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "From: a@b.example\r\n", "Subject: =?utf-8?Q?", "=?iso-2022-jp?B?GyRC", "\r\n", "\n", "\r\n\r\n", "--B", "--B--", "--", "B",
        "Content-Type: multipart/mixed; boundary=B\r\n", "Content-Type: multipart/report; boundary=B\r\n", "Content-Type: message/rfc822\r\n",
        "Content-Type: message/delivery-status\r\n", "Content-Type: text/html\r\n", "Content-Type: text/plain; format=flowed; charset=utf-7\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Message-ID: <", ">", "=E9=\r\n", "\0",
        "> ", " ", "é", "Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n", "<p>", "Status: 5.1.1\r\n", "Content-Disposition: attachment; filename*0=\"",
    ]), 0..60)) {
        if let Ok(mail) = parse(pieces.concat().as_bytes()) {
            prop_assert_eq!(mail.fresh.is_empty(), mail.text.trim().is_empty());
            prop_assert!(!mail.text.contains('\0') && !mail.subject.contains('\n'));
            prop_assert!(!mail.message_id.is_empty());
        }
    }
}

#[test]
fn of_a_mail_too_large_one_knows_how_large_it_was_and_a_sender_cannot_say_so() {
    let headers = b"From: a@b.example\r\nSubject: Photos\r\n\r\n";
    let mail = parse(&super::headers_only(headers, 40_000_000)).unwrap();
    assert_eq!((mail.too_large, mail.subject.as_str()), (Some(40_000_000), "Photos"));
    assert_eq!(parse(headers).unwrap().too_large, None);
    let forged = b"From: a@b.example\r\nX-Veilleuse-Too-Large: 5\r\n\r\nBonjour";
    assert_eq!(parse(forged).unwrap().too_large, None);
}
