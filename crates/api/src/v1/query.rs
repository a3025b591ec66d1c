//! What is asked for beside the body: filters, sorting, pages, and which state somebody saw.

use std::{
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use app::{Ask, Error, Page, Sought, kept::Seen};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::time::YEARS;
use serde::Serialize;
use uuid::Uuid;

use super::{Problem, problem::Faulty, reply};
use crate::Answer;

/// How many a page holds when nothing is said.
pub const USUAL: u64 = 50;
/// How many it holds at most.
pub const MOST: u64 = 200;

/// What a list may be sorted by: its name here, and the table's column. The first is the usual one.
pub type Sorts = &'static [(&'static str, &'static str)];

/// The query of a list: each parameter is taken once, and what is left over is refused.
#[derive(Debug, Default)]
pub struct Asked {
    path: String,
    query: String,
    left: Vec<(String, String)>,
    /// What cannot be read.
    faults: Vec<Faulty>,
    /// What can be read, and leads nowhere.
    astray: Vec<Faulty>,
}

impl Asked {
    /// The parameter `name`, if it was sent.
    pub fn take<T: FromStr>(&mut self, name: &str, what: &str) -> Option<T> {
        let at = self.left.iter().position(|(key, _)| key == name)?;
        let (_, text) = self.left.remove(at);
        if self.left.iter().any(|(key, _)| key == name) {
            self.left.retain(|(key, _)| key != name);
            self.faults.push(Faulty::parameter(name, "is there more than once"));
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.faults.push(Faulty::parameter(name, format!("must be {what}")));
        }
        value
    }

    /// A filter by id.
    pub fn id<T: From<Uuid>>(&mut self, name: &str) -> Option<T> {
        self.take::<Uuid>(name, "an id (a UUID)").map(T::from)
    }

    /// A filter by an instant.
    pub fn instant(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let at = self.take::<DateTime<Utc>>(name, "an instant such as 2026-07-04T21:00:00Z")?;
        self.lived_in(name, at)
    }

    /// A filter by a day.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let day = self.take(name, "a day such as 2026-07-04")?;
        self.lived_in(name, day)
    }

    /// `when`, if it lies in a year that people live in and databases know.
    fn lived_in<T: Datelike>(&mut self, name: &str, when: T) -> Option<T> {
        let lived_in = YEARS.contains(&when.year());
        if !lived_in {
            let said = format!("must lie between the years {} and {}", YEARS.start(), YEARS.end());
            self.astray.push(Faulty::parameter(name, said));
        }
        lived_in.then_some(when)
    }

    /// Filters by whose time it is, and when: `person`, `from` and `until`.
    pub fn sought(&mut self) -> Sought {
        Sought { person: self.id("person"), from: self.instant("from"), until: self.instant("until") }
    }

    /// A filter by one of a few words, which `what` lists.
    pub fn word<T>(&mut self, name: &str, what: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.take::<String>(name, what)?;
        let value = read(&text);
        if value.is_none() {
            self.faults.push(Faulty::parameter(name, format!("must be {what}")));
        }
        value
    }

    /// A filter by yes or no.
    pub fn yes(&mut self, name: &str) -> Option<bool> {
        self.take(name, "true or false")
    }

    /// Answers with the page that was asked for, of the list that `read` reads; nothing else may be asked.
    ///
    /// # Errors
    /// With every parameter that is unknown or wrong, or if the list cannot be read.
    pub async fn list<S: Serialize + From<T>, T>(
        self,
        sorts: Sorts,
        read: impl AsyncFnOnce(&Ask) -> Result<Page<T>, Error>,
    ) -> Result<Answer, Problem> {
        let (path, query) = (self.path.clone(), self.query.clone());
        let ask = self.page(sorts)?;
        let page = read(&ask).await?;
        Ok(reply::paged(&path, &query, sorts, &ask, page.map(S::from)))
    }

    /// Nothing else may be asked.
    ///
    /// # Errors
    /// With every parameter that is unknown or wrong.
    pub fn done(mut self) -> Result<(), Problem> {
        let unknown = std::mem::take(&mut self.left);
        let unknown =
            unknown.into_iter().map(|(name, _)| Faulty::parameter(name, "there is no such parameter here"));
        self.faults.extend(unknown);
        match (self.faults.is_empty(), self.astray.is_empty()) {
            (true, true) => Ok(()),
            (true, false) => Err(Problem::astray(self.astray)),
            (false, _) => {
                self.faults.extend(self.astray);
                Err(Problem::parameters(self.faults))
            }
        }
    }

    /// Which page, in which order; nothing else may be asked.
    ///
    /// # Errors
    /// With every parameter that is unknown or wrong.
    pub fn page(mut self, sorts: Sorts) -> Result<Ask, Problem> {
        let limit = self.take::<u64>("limit", "a number").unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            self.faults.push(Faulty::parameter("limit", format!("must lie between 1 and {MOST}")));
        }
        let (word, column, descending) = self.sort(sorts);
        let after = self.take::<String>("cursor", "a cursor").and_then(|text| {
            let after = read_cursor(&text, word, descending);
            if after.is_none() {
                let said = "is no cursor of this list in this order: begin again without it";
                self.astray.push(Faulty::parameter("cursor", said));
            }
            after
        });
        self.done()?;
        Ok(Ask { sort: column, descending, after, limit })
    }

    fn sort(&mut self, sorts: Sorts) -> (&'static str, &'static str, bool) {
        let usual = sorts.first().expect("every list has an order");
        let Some(asked) = self.take::<String>("sort", "a word") else { return (usual.0, usual.1, false) };
        let (word, descending) = match asked.strip_prefix('-') {
            Some(word) => (word, true),
            None => (asked.as_str(), false),
        };
        let known = sorts.iter().find(|(name, _)| *name == word);
        if known.is_none() {
            let words: Vec<&str> = sorts.iter().map(|(name, _)| *name).collect();
            let said =
                format!("must be one of {}, with - before it for the other way round", words.join(", "));
            self.faults.push(Faulty::parameter("sort", said));
        }
        let (word, column) = known.unwrap_or(usual);
        (word, column, descending)
    }
}

impl FromRequest for Asked {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = web::Query::<Vec<(String, String)>>::from_query(req.query_string());
        let Ok(web::Query(left)) = read else {
            return ready(Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "The query cannot be read: encode it as a form.",
            )));
        };
        let control = |(_, text): &&(String, String)| text.chars().any(char::is_control);
        let faults = left
            .iter()
            .filter(control)
            .map(|(name, _)| Faulty::parameter(name, "holds a control character: leave it out"))
            .collect();
        let (path, query) = (req.path().to_owned(), req.query_string().to_owned());
        ready(Ok(Self { path, query, left, faults, astray: Vec::new() }))
    }
}

/// What leads from the last row of a page to the next page, in the order it was read.
pub fn cursor(sorts: Sorts, ask: &Ask, next: &(String, Uuid)) -> String {
    let word = sorts.iter().find(|(_, column)| *column == ask.sort).map_or("", |(word, _)| *word);
    let json = serde_json::json!([word, ask.descending, next.0, next.1]);
    URL_SAFE_NO_PAD.encode(json.to_string())
}

fn read_cursor(text: &str, word: &str, descending: bool) -> Option<(String, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (sort, order, value, id): (String, bool, String, Uuid) = serde_json::from_slice(&bytes).ok()?;
    (sort == word && order == descending && !value.contains('\0')).then_some((value, id))
}

/// Which state somebody saw who wishes to change it (RFC 9110 §13.1.1).
#[derive(Debug)]
pub struct IfMatch(pub Seen);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(said) = req.headers().get(header::IF_MATCH) else {
            return ready(Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "Say which state you saw: send the ETag of your last reading as If-Match, or * for whatever it is.",
            )));
        };
        let seen = said.to_str().ok().and_then(seen);
        ready(seen.map(Self).ok_or_else(|| {
            Problem::parameters(vec![Faulty::parameter("If-Match", "must be an ETag in double quotes, or *")])
        }))
    }
}

/// Weak tags match nothing here, as the RFC says.
fn seen(said: &str) -> Option<Seen> {
    if said.trim() == "*" {
        return Some(Seen::Any);
    }
    let tags = said.split(',').map(str::trim).map(|tag| {
        let (weak, tag) = tag.strip_prefix("W/").map_or((false, tag), |tag| (true, tag));
        let bare = tag.strip_prefix('"')?.strip_suffix('"')?;
        Some(if weak { String::new() } else { bare.to_owned() })
    });
    tags.collect::<Option<Vec<String>>>().map(Seen::Tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

    fn page(query: &str) -> Result<Ask, Problem> {
        let web::Query(left) = web::Query::<Vec<(String, String)>>::from_query(query).unwrap();
        Asked { left, ..Asked::default() }.page(SORTS)
    }

    #[test]
    fn a_cursor_leads_on_in_the_order_it_was_read_and_in_no_other() {
        let ask = page("sort=-from&limit=2").unwrap();
        let next = ("2026-05-01".to_owned(), Uuid::nil());
        let cursor = cursor(SORTS, &ask, &next);
        assert_eq!(page(&format!("sort=-from&cursor={cursor}")).unwrap().after, Some(next));
        for other in ["sort=from", "sort=created", "limit=2"] {
            assert!(page(&format!("{other}&cursor={cursor}")).is_err(), "{other}");
        }
    }

    #[test]
    fn what_is_unknown_or_out_of_bounds_is_refused() {
        for query in ["limit=0", "limit=201", "limit=x", "sort=name", "colour=blue", "limit=1&limit=2"] {
            assert_eq!(page(query).unwrap_err().status, StatusCode::BAD_REQUEST, "{query}");
        }
        assert_eq!(page("cursor=%00").unwrap_err().status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page("").unwrap().limit, USUAL);
    }

    #[test]
    fn tags_stand_in_quotes_and_weak_ones_match_nothing() {
        assert_eq!(seen("*"), Some(Seen::Any));
        assert_eq!(seen("\"a\", \"b\""), Some(Seen::Tags(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(seen("W/\"a\""), Some(Seen::Tags(vec![String::new()])));
        assert_eq!(seen("a"), None);
    }
}
