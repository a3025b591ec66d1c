//! Web chat: what a visitor may write into the page.
//!
//! The page belongs to us, so there is no signature to check here; whose conversation it is, the
//! visitor's token says, and that is the door's business.

use thiserror::Error;

/// The longest message a visitor may send, in characters.
pub const LONGEST: usize = 4000;

/// Why a visitor's message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BodyError {
    /// Nothing but blanks.
    #[error("the message is empty")]
    Empty,
    /// More than [`LONGEST`] characters.
    #[error("the message has {0} characters, more than {LONGEST}")]
    TooLong(usize),
}

/// A visitor's message as we keep it: trimmed, with line breaks as `\n`, and without NUL and the
/// other characters that show nothing but change how text around them is shown.
pub fn body(written: &str) -> Result<String, BodyError> {
    let unified = written.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| may_stay(*c)).collect();
    let trimmed = kept.trim();
    match trimmed.chars().count() {
        0 => Err(BodyError::Empty),
        n if n > LONGEST => Err(BodyError::TooLong(n)),
        _ if trimmed.chars().all(shows_nothing) => Err(BodyError::Empty),
        _ => Ok(trimmed.to_owned()),
    }
}

/// Line breaks and tabs are writing; other control characters are not, nor are the marks that turn
/// the direction of the text that follows (they can make a page show another order than was written).
/// The plain direction marks U+200E and U+200F stay: Arabic and Hebrew need them.
fn may_stay(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
        _ => !c.is_control(),
    }
}

/// Zero-width characters alone are not a message.
fn shows_nothing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_message_is_trimmed_and_keeps_its_lines() {
        assert_eq!(
            body("  Bonjour,\r\nle château est-il ouvert ?\r\n ").unwrap(),
            "Bonjour,\nle château est-il ouvert ?"
        );
        assert_eq!(body("a\tb\rc").unwrap(), "a\tb\nc");
    }

    #[test]
    fn nul_and_control_characters_are_dropped() {
        assert_eq!(body("a\0b\u{7}c\u{1b}[31m\u{202e}d").unwrap(), "abc[31md");
    }

    #[test]
    fn joined_emoji_and_arabic_marks_stay() {
        assert_eq!(body("👨‍👩‍👧 مرحبا\u{200f}!").unwrap(), "👨‍👩‍👧 مرحبا\u{200f}!");
    }

    #[test]
    fn an_empty_message_is_refused() {
        for nothing in ["", " \n\t ", "\0\0", "\u{200b}\u{200d}", "\u{feff}"] {
            assert_eq!(body(nothing), Err(BodyError::Empty), "{nothing:?}");
        }
    }

    #[test]
    fn four_thousand_characters_are_taken_and_one_more_is_not() {
        assert_eq!(body(&"é".repeat(LONGEST)).unwrap().chars().count(), LONGEST);
        assert_eq!(body(&"é".repeat(LONGEST + 1)), Err(BodyError::TooLong(LONGEST + 1)));
        assert!(body(&format!("  {}  ", "x".repeat(LONGEST))).is_ok(), "blanks around it do not count");
    }

    proptest! {
        #[test]
        fn what_was_taken_would_be_taken_unchanged(written in any::<String>()) {
            if let Ok(kept) = body(&written) {
                prop_assert_eq!(body(&kept), Ok(kept.clone()));
                prop_assert!(!kept.contains('\0'));
            }
        }
    }
}
