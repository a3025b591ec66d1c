//! What is said about settings: everything that is wrong, at once, and nothing secret.

use super::*;

fn good() -> Common {
    Common {
        database: Some("postgres://veilleuse:lantern@db/veilleuse".to_owned()),
        key: Some("0f".repeat(32)),
        public_url: Some("https://Veilleuse.Example/".to_owned()),
        smtp: Some("smtps://house:oil@mail.example.org".to_owned()),
        mail_from: Some("veilleuse@example.org".to_owned()),
        ..Common::default()
    }
}

/// A file of settings that goes with the test.
struct File(PathBuf);

impl File {
    fn holding(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("veilleuse-{name}-{}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn all_mistakes_are_named_at_once() {
    let wrong = Common {
        database: Some("mysql://x".to_owned()),
        mail_from: Some("nobody".to_owned()),
        behind_proxy: Some("maybe".to_owned()),
        backstage: Some("9090".to_owned()),
        private_mailboxes: Some("no".to_owned()),
        ..Common::default()
    };
    let doors = Doors { listen: Some("here".to_owned()), no_worker: Some(String::new()) };
    let said = wrong.checked_with(doors).unwrap_err();
    for name in [
        "KEY",
        "PUBLIC_URL",
        "DATABASE",
        "SMTP",
        "MAIL_FROM",
        "BEHIND_PROXY",
        "PRIVATE_MAILBOXES",
        "BACKSTAGE",
        "LISTEN",
        "NO_WORKER",
    ] {
        assert!(said.contains(&format!("\n  - VEILLEUSE_{name}: ")), "{name} is not named: {said}");
    }
    assert_eq!(said.matches("\n  - ").count(), 10, "{said}");
}

#[test]
fn what_is_right_is_taken_and_the_public_address_is_the_one_browsers_say() {
    let checked = good().checked_with(Doors::default()).unwrap();
    assert_eq!(checked.house.public_url, "https://veilleuse.example");
    assert_eq!(checked.listen.to_string(), "127.0.0.1:8080");
    assert!(checked.works && checked.backstage.is_none() && !checked.house.behind_proxy);
    assert_eq!(checked.house.mailboxes, Reach::Public);
}

#[test]
fn a_public_address_is_an_origin_and_nothing_more() {
    for wrong in [
        "veilleuse.example",
        "ftp://veilleuse.example",
        "https://",
        "https://a.example/watch",
        "https://me:x@a.example",
    ] {
        let said = Common { public_url: Some(wrong.to_owned()), ..good() }.checked().unwrap_err();
        assert!(said.contains("VEILLEUSE_PUBLIC_URL: "), "{wrong}: {said}");
    }
    assert_eq!(values::public_url("http://localhost:8080").unwrap(), "http://localhost:8080");
}

#[test]
fn what_is_said_wins_over_the_file_and_unknown_keys_of_the_file_are_named() {
    let file = File::holding(
        "said",
        "public_url = \"https://file.example\"\nbehind_proxy = true\ncolour = \"red\"\nlisten = 80\n",
    );
    let common = Common { settings: Some(file.0.clone()), public_url: None, ..good() };
    let said = common.clone().checked().unwrap_err();
    assert!(said.contains("colour in ") && said.contains("is no setting"), "{said}");
    assert!(said.contains("listen in ") && said.contains("neither a text"), "{said}");
    std::fs::write(&file.0, "public_url = \"https://file.example\"\nbehind_proxy = true\n").unwrap();
    let settings = common.clone().checked().unwrap();
    assert_eq!((settings.public_url.as_str(), settings.behind_proxy), ("https://file.example", true));
    let said = Common { public_url: Some("https://said.example".to_owned()), ..common };
    assert_eq!(said.checked().unwrap().public_url, "https://said.example");
}

#[test]
fn a_mistake_tells_no_secret() {
    let file = File::holding("secret", "smtp = \"smtps://house:oil@mail\nkey = \"lamp");
    let wrong = Common {
        settings: Some(file.0.clone()),
        key: Some("lantern".to_owned()),
        smtp: Some("smtps://house:oil@mail:mail".to_owned()),
        database: Some("postgres://veilleuse:wick@db:port/veilleuse".to_owned()),
        ..Common::default()
    };
    let said = wrong.checked().unwrap_err();
    for secret in ["lantern", "oil", "wick", "lamp"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn settings_are_shown_without_their_secrets() {
    for (name, value, shown) in [
        ("database", "postgres://veilleuse:w@ick@db/veilleuse", "postgres://veilleuse:…@db/veilleuse"),
        ("database", "postgres://db/veilleuse?user=a&password=wick", "postgres://db/veilleuse?…"),
        ("database", "sqlite:/var/lib/veilleuse.sqlite", "sqlite:/var/lib/veilleuse.sqlite"),
        ("smtp", "smtps://house@mail", "smtps://house@mail"),
        ("smtp", "oil", "…"),
        ("key", "0f0f", "…"),
        ("listen", "127.0.0.1:8080", "127.0.0.1:8080"),
    ] {
        assert_eq!(values::shown(name, value), shown);
    }
}
