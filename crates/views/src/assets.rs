//! Assets: style sheets and scripts, embedded in the binary and served under names that hold a
//! hash of their content, so that a browser may keep them for ever.

use std::sync::LazyLock;

/// One file a browser may ask for.
#[derive(Debug)]
pub struct Asset {
    /// The name pages call it by, such as `app.css`.
    pub name: &'static str,
    /// The name browsers call it by, such as `app-0f3a….css`.
    pub hashed: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub mime: &'static str,
}

macro_rules! css {
    ($($part:literal),+ $(,)?) => { &[$(include_str!(concat!("../assets/css/", $part, ".css"))),+] };
}
macro_rules! js {
    ($part:literal) => {
        &[include_str!(concat!("../assets/js/", $part, ".js"))]
    };
}

/// The tokens of both themes. The dark ones stand twice: where the system asks for dark and the
/// reader did not choose light, and where the reader chose dark.
const TOKENS: &str = include_str!("../assets/css/tokens.css");
const DARK: &str = include_str!("../assets/css/dark.css");
const WHERE_THE_SYSTEM_IS_DARK: &str =
    "@media (prefers-color-scheme: dark) {\n:root:not([data-theme=light]) {\n";
const WHERE_DARK_WAS_CHOSEN: &str = "}\n}\n:root[data-theme=dark] {\n";

macro_rules! themed {
    ($($part:literal),+ $(,)?) => {
        &[TOKENS, WHERE_THE_SYSTEM_IS_DARK, DARK, WHERE_DARK_WAS_CHOSEN, DARK, "}\n",
            $(include_str!(concat!("../assets/css/", $part, ".css"))),+]
    };
}

/// Each asset and the files it is made of. Scripts come after the scripts they import.
const SOURCES: &[(&str, &[&str])] = &[
    ("app.css", themed!("base", "shell", "parts")),
    ("pages.css", css!("today", "pages", "handovers")),
    ("board.css", css!("board")),
    ("phone.css", css!("my_shifts", "my_ledger", "wishes", "handovers")),
    ("desk.css", css!("inbox", "notebook")),
    ("visitor.css", themed!("visitor")),
    ("live.js", js!("live")),
    ("board.js", js!("board")),
    ("inbox.js", js!("inbox")),
    ("wishes.js", js!("wishes")),
    ("visitor.js", js!("visitor")),
    ("mark.svg", &[include_str!("../assets/mark.svg")]),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    SOURCES.iter().fold(Vec::new(), |mut made, (name, parts)| {
        let asset = make(name, parts, &made);
        made.push(asset);
        made
    })
});

/// Every asset.
pub fn all() -> &'static [Asset] {
    &ASSETS
}

/// The asset a browser asked for by its hashed name.
pub fn find(hashed: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.hashed == hashed)
}

/// The address of an asset, as pages link to it.
///
/// # Panics
/// If there is no such asset: names are written in our own pages.
pub fn href(name: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    format!("/assets/{}", asset.unwrap_or_else(|| panic!("there is no asset {name}")).hashed)
}

fn make(name: &'static str, parts: &[&str], made: &[Asset]) -> Asset {
    let (stem, ending) = name.rsplit_once('.').expect("assets are named with an ending");
    let mut text = parts.iter().map(|part| slim(part, ending)).collect::<String>();
    for import in made {
        text = text.replace(&format!("\"./{}\"", import.name), &format!("\"./{}\"", import.hashed));
    }
    let hashed = format!("{stem}-{:016x}.{ending}", fnv1a(text.as_bytes()));
    let mime = match ending {
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
    Asset { name, hashed, bytes: text.into_bytes(), mime }
}

/// `text` without indentation, blank lines, comments that begin a line, and a style sheet's spaces
/// around braces, after colons and semicolons.
fn slim(text: &str, ending: &str) -> String {
    let mut in_comment = false;
    let mut slim = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        let code = match line.split_once("*/") {
            Some((_, code)) if in_comment || line.starts_with("/*") => {
                in_comment = false;
                code.trim_start()
            }
            None if in_comment || line.starts_with("/*") => {
                in_comment = true;
                ""
            }
            _ => line,
        };
        if !code.is_empty() && (ending != "js" || !code.starts_with("//")) {
            match ending {
                "css" => slim.push_str(
                    &code
                        .replace("; ", ";")
                        .replace(": ", ":")
                        .replace(" {", "{")
                        .replace("{ ", "{")
                        .replace(" }", "}"),
                ),
                _ => slim.push_str(code),
            }
            slim.push('\n');
        }
    }
    slim
}

/// The 64-bit FNV-1a hash: enough to tell versions of our own files apart.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
