//! Content lines (RFC 5545 §3.1): escaped, folded at 75 octets, ended by CRLF.

/// The longest a line may be, in octets, its CRLF not counted.
const LONGEST: usize = 75;

/// `text` as the value of a TEXT property (§3.3.11): commas, semicolons, backslashes and line breaks
/// are escaped; other control characters may not stand there and are left out.
pub fn escape(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut escaped = String::with_capacity(unified.len());
    for letter in unified.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', letter]),
            '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// `line` with its CRLF, continued on further lines (which begin with a space) where it is longer
/// than 75 octets. It is never cut inside a character.
///
/// Expects a line without line breaks, which is what [`escape`] makes.
pub fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / LONGEST * 3 + 2);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(letter);
        octets += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

/// The content lines of `text`, as a calendar puts them together again.
pub fn unfold(text: &str) -> Vec<String> {
    let joined = text.replace("\r\n ", "").replace("\r\n\t", "");
    joined.split_terminator("\r\n").map(str::to_owned).collect()
}
