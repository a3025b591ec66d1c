//! Cells that a spreadsheet would run as a formula: made harmless on their way out, restored on their
//! way in.
//!
//! An apostrophe before such a cell tells a spreadsheet that it is text (OWASP, CSV injection). A
//! cell that has apostrophes there by itself gets one more, so that nothing is lost on the way back.

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
    begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_leaves_as_text() {
        assert_eq!(harmless("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(harmless("'=1"), "''=1");
        assert_eq!(harmless("l'été"), "l'été");
        assert_eq!(harmless("'t Zand"), "'t Zand");
    }

    proptest! {
        #[test]
        fn whatever_leaves_comes_back(cell in "['=+@-]{0,3}.{0,20}") {
            let written = harmless(&cell);
            prop_assert_eq!(restored(&written), cell.as_str());
            prop_assert!(!written.starts_with(['=', '+', '-', '@']));
        }
    }
}
