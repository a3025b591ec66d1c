//! Cells that a spreadsheet would run as a formula: made harmless on their way out, restored on their
//! way in.
//!
//! An apostrophe before such a cell tells a spreadsheet that it is text (OWASP, CSV injection). A
//! cell that has apostrophes there by itself gets one more, so that nothing is lost on the way back.
//! A number below zero is a number and stays one.

/// The cell as it may be opened in a spreadsheet.
pub(crate) fn harmless(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What [`harmless`] was given.
pub(crate) fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

fn is_risky(cell: &str) -> bool {
    let begins = cell.trim_start_matches('\'');
    begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && !is_number(begins)
}

/// Whether it is nothing but a number: a minus, digits, and at most one point or comma among them.
fn is_number(cell: &str) -> bool {
    let (whole, part) = cell.split_once(['.', ',']).unwrap_or((cell, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    whole.strip_prefix('-').is_some_and(digits) && digits(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_leaves_as_text() {
        assert_eq!(harmless("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(harmless("'=1"), "''=1");
        assert_eq!(harmless("-1+1"), "'-1+1");
        assert_eq!(harmless("l'été"), "l'été");
        assert_eq!(harmless("'t Zand"), "'t Zand");
    }

    #[test]
    fn an_amount_below_zero_leaves_as_a_number() {
        for number in ["-60,00", "-90", "-0.5"] {
            assert_eq!((harmless(number).as_str(), restored(number)), (number, number));
        }
        assert_eq!(harmless("-1,2,3"), "'-1,2,3");
    }

    proptest! {
        #[test]
        fn whatever_leaves_comes_back(cell in "['=+@-]{0,3}.{0,20}") {
            let written = harmless(&cell);
            prop_assert_eq!(restored(&written), cell.as_str());
            prop_assert!(is_number(&written) || !written.starts_with(['=', '+', '-', '@']));
        }
    }
}
