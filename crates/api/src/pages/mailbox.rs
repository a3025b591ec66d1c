//! The demo's mailbox: every letter that left the house, newest first.

use actix_web::web::Data;
use app::{App, letters};
use views::html::{
    mailbox::{self, Letter, Model},
    shell::Place,
};

use crate::{Answer, Page, Problem, html};

pub(crate) async fn show(page: Page, app: Data<App>) -> Result<Answer, Problem> {
    let letters = letters::mailbox(&app).await?.into_iter().map(letter).collect();
    let frame = page.frame(Place::Mailbox).await?;
    Ok(html(mailbox::render(&page.reader, &frame, &Model { letters })))
}

fn letter(letter: letters::Letter) -> Letter {
    Letter {
        id: letter.id.to_string(),
        to: letter.recipient,
        from: "Veilleuse".to_owned(),
        code: code_in(&letter.text),
        subject: letter.subject,
        body: letter.text,
        at: letter.at,
    }
}

/// The six digits that stand alone on a line, in one group or two.
fn code_in(text: &str) -> Option<String> {
    text.lines().map(str::trim).find_map(|line| {
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        let alone = line.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
        (alone && digits.len() == 6).then_some(digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_alone_on_its_line() {
        assert_eq!(code_in("Hello\n\n    482 913\n\nbye").as_deref(), Some("482913"));
        assert_eq!(code_in("Call 482913 tonight"), None);
        assert_eq!(code_in("12345"), None);
    }
}
