//! The personal calendar behind its secret address: no session, no cookie.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use app::{App, rota::feed};

use crate::{Answer, Problem};

pub(crate) async fn show(app: Data<App>, token: Path<String>, req: HttpRequest) -> Result<Answer, Problem> {
    let calendar = feed::feed(&app, &token).await?;
    let asked = req.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = asked.is_some_and(|asked| matches(asked, &calendar.etag));
    let mut answer = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::ETAG, calendar.etag.as_str()))
        .insert_header((header::CACHE_CONTROL, "private, max-age=300"));
    if same {
        return Ok(answer.finish());
    }
    Ok(answer
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"veilleuse.ics\""))
        .body(calendar.text))
}

/// RFC 9110 §13.1.2: any of the tags, compared weakly.
fn matches(asked: &str, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    asked.split(',').any(|tag| tag.trim() == "*" || bare(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_the_tags_asked_for_matches_whether_weak_or_strong() {
        assert!(matches("\"a-1\"", "\"a-1\""));
        assert!(matches("\"b\", W/\"a-1\"", "\"a-1\""));
        assert!(matches("*", "\"a-1\""));
        assert!(!matches("\"a-2\"", "\"a-1\""));
    }
}
