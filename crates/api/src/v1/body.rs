//! What comes in: JSON, field by field, so that every faulty field is named at once.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::StatusCode, web};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

use super::{Problem, files::content_type, problem::Faulty};

/// A body that was read.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A body that was read, or nothing where none was sent.
#[derive(Debug)]
pub struct MayBody<T>(pub Option<T>);

/// What a body can be read as; [`input!`] makes it.
pub trait Input: Sized {
    /// Takes every field; nothing if one was faulty, which `fields` keeps.
    fn read(fields: &mut Fields) -> Option<Self>;
}

/// A body's type: a struct whose fields are each read apart. A field that may be missing is an `Option`.
macro_rules! input {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$about:meta])* pub $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$about])* pub $field: $type,)*
        }

        impl $crate::v1::body::Input for $name {
            fn read(fields: &mut $crate::v1::body::Fields) -> Option<Self> {
                $(let $field = fields.take(stringify!($field));)*
                Some(Self { $($field: $field?,)* })
            }
        }
    };
}
pub(crate) use input;

/// The fields of a body that are not read yet, and what was wrong with those that were.
#[derive(Debug)]
pub struct Fields {
    left: Map<String, Value>,
    faults: Vec<Faulty>,
}

impl Fields {
    /// Takes the field `name`; what is wrong with it is kept.
    pub fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let found = self.left.remove(name);
        let missing = found.is_none();
        match serde_path_to_error::deserialize(found.unwrap_or(Value::Null)) {
            Ok(value) => Some(value),
            Err(_) if missing => {
                self.faults.push(Faulty::at(format!("/{name}"), "is missing"));
                None
            }
            Err(error) => {
                let at = inside(pointer("", name), error.path());
                self.faults.push(Faulty::at(at, in_words(error.inner())));
                None
            }
        }
    }
}

impl<T: Input + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = content_type(req) == "application/json";
        let bytes = web::Bytes::from_request(req, payload);
        Box::pin(async move { read(&whole(bytes.await)?, is_json).map(Self) })
    }
}

impl<T: Input + 'static> FromRequest for MayBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = content_type(req) == "application/json";
        let bytes = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = whole(bytes.await)?;
            let is_nothing = bytes.is_empty() || is_json && bytes.trim_ascii() == b"null";
            if is_nothing { Ok(Self(None)) } else { read(&bytes, is_json).map(|said| Self(Some(said))) }
        })
    }
}

fn whole(bytes: Result<web::Bytes, actix_web::Error>) -> Result<web::Bytes, Problem> {
    bytes.map_err(|error| Problem::by_status(error.as_response_error().status_code()))
}

fn read<T: Input>(bytes: &[u8], is_json: bool) -> Result<T, Problem> {
    if !is_json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Send the body as JSON, with `Content-Type: application/json`.",
        ));
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            format!("The body is no JSON: {error}. Mend it and send it again."),
        )
    })?;
    let mut faults = Vec::new();
    look_for_controls(&value, "", &mut faults);
    let Value::Object(left) = value else {
        return Err(Problem::fields(vec![Faulty::at("", "must be an object, in braces")]));
    };
    let mut fields = Fields { left, faults };
    let input = T::read(&mut fields);
    let unknown = fields.left.keys().map(|name| Faulty::at(pointer("", name), "there is no such field"));
    let mut faults = fields.faults;
    faults.extend(unknown);
    match input {
        Some(input) if faults.is_empty() => Ok(input),
        _ => Err(Problem::fields(faults)),
    }
}

/// Control characters other than line ends and tabs: nobody types them, and PostgreSQL keeps no NUL.
fn look_for_controls(value: &Value, at: &str, faults: &mut Vec<Faulty>) {
    match value {
        Value::String(text) if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) => {
            faults.push(Faulty::at(at, "holds a control character (such as NUL): leave it out"));
        }
        Value::Array(all) => {
            for (number, value) in all.iter().enumerate() {
                look_for_controls(value, &format!("{at}/{number}"), faults);
            }
        }
        Value::Object(all) => {
            for (name, value) in all {
                look_for_controls(value, &pointer(at, name), faults);
            }
        }
        _ => {}
    }
}

/// Where in a field something is wrong, as far as it can be told.
fn inside(field: String, path: &Path) -> String {
    path.iter().fold(field, |at, segment| match segment {
        Segment::Seq { index } => format!("{at}/{index}"),
        Segment::Map { key } => pointer(&at, key),
        Segment::Enum { .. } | Segment::Unknown => at,
    })
}

/// What is wrong; of days and times what to write instead, which their own words do not say.
fn in_words(error: &serde_json::Error) -> String {
    const OF_TIMES: [&str; 4] = [
        "input is out of range",
        "premature end of input",
        "input contains invalid characters",
        "trailing input",
    ];
    let said = error.to_string();
    if OF_TIMES.contains(&said.as_str()) {
        return format!(
            "{said}: write a day as 2026-07-14, a time as 18:00, an instant as 2026-07-14T18:00:00+02:00"
        );
    }
    said
}

fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    input! {
        /// For the tests.
        pub struct Thing {
            /// A name.
            pub name: String,
            /// A number.
            pub size: u8,
            /// A note.
            pub note: Option<String>,
            /// Days.
            pub days: Option<Vec<chrono::NaiveDate>>,
        }
    }

    fn told(body: &str) -> Value {
        let problem = read::<Thing>(body.as_bytes(), true).unwrap_err();
        let bytes = actix_web::body::MessageBody::try_into_bytes(problem.told(None).into_body()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn every_faulty_field_is_named_at_once() {
        let told = told(r#"{"name": 7, "note": "a\u0000b", "nmae": "x"}"#);
        let pointers: Vec<_> =
            told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/note", "/name", "/size", "/nmae"]);
    }

    #[test]
    fn what_is_wrong_within_a_field_is_named_where_it_stands_and_says_what_to_write() {
        let told = told(r#"{"name": "a", "size": 1, "days": ["2026-07-14", "2026-13-01"]}"#);
        assert_eq!(told["errors"][0]["pointer"], "/days/1");
        let detail = told["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("write a day as 2026-07-14"), "{detail}");
    }

    #[test]
    fn what_may_be_missing_may_be_null_too() {
        for body in [r#"{"name": "a", "size": 1}"#, r#"{"name": "a", "size": 1, "note": null}"#] {
            let thing: Thing = read(body.as_bytes(), true).unwrap();
            assert_eq!((thing.name.as_str(), thing.size, thing.note, thing.days), ("a", 1, None, None));
        }
    }

    #[test]
    fn what_is_no_json_or_no_object_is_refused() {
        assert_eq!(told("{")["status"], 400);
        assert_eq!(told("[]")["status"], 422);
    }
}
