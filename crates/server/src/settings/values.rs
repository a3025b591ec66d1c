//! How each setting is written: a value that is none is refused with what is wrong and what to do.
//! What is refused is only repeated where it holds no secret.

use std::net::{SocketAddr, ToSocketAddrs};

use url::Url;

/// What is wrong, and what to do.
type Wrong = (String, String);

/// What to do when a setting is missing.
pub(super) fn remedy(name: &str) -> &'static str {
    match name {
        "key" => "make one with `openssl rand -hex 32`, and keep it apart from the backups",
        "public_url" => "give the address browsers use, such as https://veilleuse.example",
        "smtp" => "name a relay, such as smtps://name:password@host:465: without one nobody can sign in",
        "mail_from" => "give the address that letters of the house are written as",
        "owner_database" => "give the database's address as the owner of its tables",
        _ => "give it a value",
    }
}

pub(super) fn database(text: &str) -> Result<String, Wrong> {
    let remedy = || "begin it with sqlite: or postgres://".to_owned();
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        if path.is_empty() {
            return Err((
                "names no file".to_owned(),
                "write it as sqlite:/var/lib/veilleuse/veilleuse.sqlite".to_owned(),
            ));
        }
        return Ok(text.to_owned());
    }
    if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
        return Err(("is no database of ours".to_owned(), remedy()));
    }
    match Url::parse(text) {
        Ok(url) if url.path().len() > 1 => Ok(text.to_owned()),
        Ok(_) => Err((
            "names no database".to_owned(),
            "write it as postgres://role:password@host/database".to_owned(),
        )),
        Err(error) => Err((
            format!("cannot be read as an address ({error})"),
            "write @ : / and % in a password as %40 %3A %2F %25".to_owned(),
        )),
    }
}

pub(super) fn key(text: &str) -> Result<String, Wrong> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(text.to_owned());
    }
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let problem = format!(
        "has {} characters, {digits} of them hexadecimal, and must be 64 such digits",
        text.chars().count()
    );
    Err((problem, "make one with `openssl rand -hex 32`".to_owned()))
}

/// Keys with commas between, newest first; `derived` stands for the one that hangs on the master key.
pub(super) fn signing_keys(text: &str) -> Result<Vec<String>, Wrong> {
    let one = |text: &str| if text == app::secrets::DERIVED { Ok(text.to_owned()) } else { key(text) };
    text.split(',').map(|text| one(text.trim())).collect()
}

/// The origin browsers see: scheme, host, and a port that is not the usual one.
pub(super) fn public_url(text: &str) -> Result<String, Wrong> {
    let remedy = || "write it as https://veilleuse.example".to_owned();
    let url = Url::parse(text).map_err(|error| (format!("{text:?} is no address ({error})"), remedy()))?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none_or(str::is_empty) {
        return Err((format!("{text:?} is no address of the web"), remedy()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(("holds a name or a password".to_owned(), remedy()));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        let remedy = "give the house a name of its own, without a path".to_owned();
        return Err((format!("{text:?} goes on after the name"), remedy));
    }
    Ok(url.origin().ascii_serialization())
}

pub(super) fn writer(text: &str) -> Result<String, Wrong> {
    let whole = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    let clean = !text.contains(char::is_whitespace) && !text.contains(['<', '>', ',']);
    if whole && clean {
        return Ok(text.to_owned());
    }
    Err((format!("{text:?} is no mail address"), "write it as veilleuse@example.org".to_owned()))
}

pub(super) fn switch(text: &str) -> Result<bool, Wrong> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err((format!("{text:?} is neither true nor false"), "write true or false".to_owned())),
    }
}

/// Where to listen.
pub(super) fn address(text: &str) -> Result<SocketAddr, Wrong> {
    let found = text.to_socket_addrs().ok().and_then(|mut all| all.next());
    found.ok_or_else(|| {
        (format!("{text:?} is no place to listen"), "write it as 127.0.0.1:8080 or [::]:8080".to_owned())
    })
}

/// What a file with a certificate holds.
pub(super) fn certificate(path: &str) -> Result<String, Wrong> {
    let remedy = || "name a file that begins with -----BEGIN CERTIFICATE-----".to_owned();
    let text =
        std::fs::read_to_string(path).map_err(|error| (format!("cannot be read ({error})"), remedy()))?;
    match app::letters::certificates(&text) {
        Some(1..) => Ok(text),
        Some(0) => Err(("holds no certificate".to_owned(), remedy())),
        None => Err(("holds a certificate that cannot be read".to_owned(), remedy())),
    }
}

/// A setting as it may be shown to anybody.
pub(super) fn shown(name: &str, value: &str) -> String {
    match name {
        "key" | "signing_keys" => "…".to_owned(),
        "database" | "owner_database" | "smtp" => without_password(value),
        _ => value.to_owned(),
    }
}

/// An address with a dot where its password was. What cannot be read is not shown at all.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return if text.starts_with("sqlite:") { text.to_owned() } else { "…".to_owned() };
    };
    // A password in a query (`?password=`) is one as well.
    let rest = match rest.split_once('?') {
        Some((rest, query)) if query.contains("password") => format!("{rest}?…"),
        _ => rest.to_owned(),
    };
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let name = who.split_once(':').map_or(who, |(name, _)| name);
            let password = if who.contains(':') { ":…" } else { "" };
            format!("{scheme}://{name}{password}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}
