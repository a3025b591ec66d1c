//! Plain text of an HTML mail: readable, its quotations marked with `> `, nothing that runs or hides.
//!
//! Not a browser: one pass over the tags, each of which only breaks lines, opens a list item or a
//! quotation, or is left out with what it holds.

use mail_parser::decoders::html::add_html_token;

/// The text a reader would see.
pub(super) fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut input = Input { html, at: 0, quotes_balance: true };
    while let Some(piece) = input.next() {
        match piece {
            Piece::Text(text) => page.text(text),
            Piece::Open { name, attributes } => {
                if UNSEEN.contains(&name.as_str()) {
                    input.skip_to_end_of(&name);
                } else {
                    page.open(&name, attributes);
                }
            }
            Piece::Close(name) => page.close(&name),
        }
    }
    page.finish()
}

/// Elements that are left out with everything in them.
const UNSEEN: [&str; 8] = ["script", "style", "title", "template", "svg", "object", "textarea", "select"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 18] = [
    "div", "section", "article", "header", "footer", "main", "address", "center", "form", "table", "tbody",
    "tr", "ul", "ol", "dl", "dd", "dt", "figure",
];

/// Elements with an empty line around them.
const PARAGRAPHS: [&str; 8] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"];

enum Piece<'a> {
    Text(&'a str),
    Open { name: String, attributes: &'a str },
    Close(String),
}

struct Input<'a> {
    html: &'a str,
    at: usize,
    /// Whether looking for a tag's end may still heed quotation marks; one that never closes would
    /// otherwise swallow the rest, and looking for it again and again would take for ever.
    quotes_balance: bool,
}

impl<'a> Input<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            let Some(start) = tag_start(rest) else {
                self.at = self.html.len();
                return Some(Piece::Text(rest));
            };
            if start > 0 {
                self.at += start;
                return Some(Piece::Text(&rest[..start]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at += comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
                continue;
            }
            let Some(end) = self.tag_end(rest) else {
                self.at = self.html.len();
                return Some(Piece::Text(rest));
            };
            self.at += end + 1;
            let inner = &rest[1..end];
            if let Some(closing) = inner.strip_prefix('/') {
                return Some(Piece::Close(name_of(closing).to_lowercase()));
            }
            if inner.starts_with(['!', '?']) {
                continue;
            }
            let name = name_of(inner);
            return Some(Piece::Open { name: name.to_lowercase(), attributes: &inner[name.len()..] });
        }
    }

    /// Where the tag at the start of `rest` ends: its `>`, not one within quotation marks.
    fn tag_end(&mut self, rest: &str) -> Option<usize> {
        if self.quotes_balance {
            let mut quote = None;
            for (at, byte) in rest.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(at),
                    (None, b'"' | b'\'') if rest[..at].ends_with(['=', ' ']) => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
            }
            self.quotes_balance = false;
        }
        rest.find('>')
    }

    fn skip_to_end_of(&mut self, name: &str) {
        let rest = &self.html[self.at..];
        let closing = rest.match_indices("</").find(|(at, _)| {
            rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        });
        self.at = closing.map_or(self.html.len(), |(at, _)| self.at + at);
    }
}

/// Where the first `<` stands that begins a tag.
fn tag_start(rest: &str) -> Option<usize> {
    rest.match_indices('<').map(|(at, _)| at).find(|at| {
        rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?')
    })
}

fn name_of(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace() || c == '/' || c == '>').next().unwrap_or_default()
}

/// The value of an attribute, entities decoded.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let (at, _) = lower.match_indices(wanted).find(|(at, _)| {
        let before = lower[..*at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        before && lower[at + wanted.len()..].trim_start().starts_with('=')
    })?;
    let value = attributes[at + wanted.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(char::is_whitespace).next()?,
    };
    Some(decoded(value))
}

/// `&eacute;` and its kin as what they mean.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest.bytes().take(33).position(|byte| byte == b';').filter(|end| {
            *end > 1 && rest[1..*end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        });
        match known {
            Some(end) => {
                add_html_token(&mut out, &rest.as_bytes()[..=end], false);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text being written.
#[derive(Default)]
struct Page {
    done: String,
    line: String,
    /// How many line breaks stand before the next text: 2 make an empty line.
    breaks: usize,
    blank: bool,
    quotations: usize,
    preformatted: usize,
    item: bool,
    link: Option<(String, usize)>,
}

impl Page {
    fn text(&mut self, raw: &str) {
        let text = decoded(raw);
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.break_line(1);
                }
                self.word(line);
            }
            return;
        }
        self.blank |= text.starts_with(char::is_whitespace);
        for word in text.split(char::is_whitespace).filter(|word| !word.is_empty()) {
            self.word(word);
            self.blank = true;
        }
        self.blank = text.ends_with(char::is_whitespace) || (self.blank && text.trim().is_empty());
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.breaks > 0 {
            self.end_line();
        }
        if self.item {
            self.line.push_str("- ");
            self.item = false;
        } else if self.blank && !self.line.is_empty() {
            self.line.push(' ');
        }
        self.blank = false;
        self.line.push_str(word);
    }

    fn break_line(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
        self.blank = false;
    }

    /// Writes the line out, and the empty line that follows it where one is due.
    fn end_line(&mut self) {
        let depth = self.quotations.min(5);
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.done.push_str(&"> ".repeat(depth));
            self.done.push_str(line.trim_end());
            self.done.push('\n');
        }
        let parted = self.done.is_empty() || self.done.ends_with("\n\n") || self.done.ends_with("\n>\n");
        if self.breaks > 1 && !parted {
            self.done.push_str(if depth > 0 { ">\n" } else { "\n" });
        }
        self.breaks = 0;
    }

    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "br" => {
                let breaks = if self.breaks > 0 && !self.line.is_empty() { 2 } else { 1 };
                self.break_line(breaks);
            }
            "hr" => self.break_line(2),
            "li" => {
                self.break_line(1);
                self.item = true;
            }
            "td" | "th" => self.blank = true,
            "a" => {
                if self.breaks > 0 {
                    self.end_line();
                }
                self.link =
                    attribute(attributes, "href").map(|href| (href, self.done.len() + self.line.len()));
            }
            "img" => {
                let shown = attribute(attributes, "alt").filter(|alt| !alt.trim().is_empty());
                if let Some(alt) = shown {
                    self.text(&format!("[{}]", alt.trim().replace('&', "&amp;")));
                }
            }
            "blockquote" => self.quote(1),
            _ => self.block(name, 1),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "li" => self.break_line(1),
            "blockquote" => self.quote(-1),
            _ => self.block(name, -1),
        }
    }

    fn block(&mut self, name: &str, step: isize) {
        if PARAGRAPHS.contains(&name) {
            self.break_line(2);
        } else if BLOCKS.contains(&name) {
            self.break_line(1);
        }
        if name == "pre" {
            self.preformatted = self.preformatted.saturating_add_signed(step);
        }
    }

    fn quote(&mut self, step: isize) {
        self.break_line(1);
        self.end_line();
        self.item = false;
        self.quotations = self.quotations.saturating_add_signed(step);
    }

    /// Writes a link's target after its words, unless they say it already.
    fn end_link(&mut self) {
        let Some((href, start)) = self.link.take() else { return };
        let worth_it =
            ["http://", "https://"].iter().any(|scheme| href.starts_with(scheme)) && href.len() <= 300;
        let words = if start >= self.done.len() { self.line.get(start - self.done.len()..) } else { None };
        let words = words.unwrap_or_default().trim();
        if worth_it && !words.is_empty() && bare(words) != bare(&href) {
            self.blank = true;
            self.word(&format!("({href})"));
        }
    }

    fn finish(mut self) -> String {
        self.breaks = 1;
        self.end_line();
        let mut text = self.done.trim_end();
        while let Some(shorter) = text.strip_suffix("\n>") {
            text = shorter.trim_end();
        }
        text.trim_start_matches('\n').to_owned()
    }
}

fn bare(link: &str) -> String {
    let lower = link.to_lowercase();
    let no_scheme = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    no_scheme.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shows(html: &str, text: &str) {
        assert_eq!(to_text(html), text, "{html}");
    }

    #[test]
    fn paragraphs_lists_and_tables_stay_readable() {
        shows(
            "<p>Bonjour,</p><p>deux\n questions&nbsp;:</p><ul><li>le château</li><li>le <b>bac</b></li></ul>Merci",
            "Bonjour,\n\ndeux questions :\n\n- le château\n- le bac\nMerci",
        );
        shows(
            "<table><tr><td>Lundi</td><td>9–12</td></tr><tr><td>Mardi</td><td>14–18</td></tr></table>",
            "Lundi 9–12\nMardi 14–18",
        );
        shows("a<br>b<br><br>c<div>d</div><pre>x\n  y</pre>", "a\nb\n\nc\nd\n\nx\n  y");
    }

    #[test]
    fn scripts_styles_and_comments_are_left_out() {
        shows(
            "<head><title>t</title><style>p{}</style></head><body><script>alert('<p>')</script>Hi<!-- <p>no</p> --> you</body>",
            "Hi you",
        );
        shows("<SCRIPT SRC=x>evil()</ScRiPt >ok<![endif]--><?xml x?>", "ok");
        shows("never closed <style>p { color: red }", "never closed");
    }

    #[test]
    fn quotations_are_marked() {
        shows(
            "<p>Yes.</p><blockquote><p>Open?</p><blockquote>When</blockquote></blockquote><p>Bye</p>",
            "Yes.\n\n> Open?\n>\n> > When\n\nBye",
        );
    }

    #[test]
    fn entities_are_what_they_mean() {
        shows(
            "Caf&eacute; &amp; th&#233; &lt;b&gt; &unknown; &#x1F600; A&B; &",
            "Café & thé <b> &unknown; 😀 A&B; &",
        );
    }

    #[test]
    fn links_keep_their_target_unless_it_is_said() {
        shows(
            r#"<a href="https://example.org/a?b=1&amp;c=2">Plan</a>, <a href='https://www.example.org/'>example.org</a>, <a href="javascript:x()">x</a>"#,
            "Plan (https://example.org/a?b=1&c=2), example.org, x",
        );
        shows(r#"<img src="cid:1" alt="Logo"> <img src=x>text"#, "[Logo] text");
    }

    #[test]
    fn broken_html_loses_no_text() {
        shows("1 < 2 and <3 <", "1 < 2 and <3 <");
        shows(r#"<a href="x>open</a> rest"#, "open rest");
        shows("text <unfinished", "text <unfinished");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(html in any::<String>()) {
            to_text(&html);
        }

        #[test]
        fn tag_soup_is_read_without_a_panic(bits in proptest::collection::vec(
            proptest::sample::select(vec!["<p>", "<a href=\"", "\"", "'", ">", "</a>", "<!--", "-->", "&eacute;", "&", "é", " ", "<blockquote>", "</blockquote>", "<pre>", "\n", "<script>", "</script", "<li>", "x", "<br", "/"]), 0..60)) {
            to_text(&bits.concat());
        }
    }

    #[test]
    fn a_megabyte_of_nonsense_is_read_in_a_moment() {
        for nonsense in ["<a \"", "<", "&", "<!--", "<script>", "</", "<blockquote>"] {
            let begun = std::time::Instant::now();
            to_text(&nonsense.repeat(1_000_000 / nonsense.len()));
            assert!(begun.elapsed().as_secs() < 5, "{nonsense}: {:?}", begun.elapsed());
        }
    }
}
