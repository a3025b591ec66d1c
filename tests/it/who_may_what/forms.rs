//! What a question to each route carries: the fields of its form, or of its query.
//!
//! Names in braces are ids, or words that depend on who asks. Versions are ones that no row has, so
//! that the same question can be asked again.

use api::routes::{Route, Who};

/// Ids that belong to somebody, and the tables whose keys they are.
pub const IDS: &[(&str, &str)] = &[
    ("assignment", "assignments"),
    ("conversation", "conversations"),
    ("coverage", "coverage"),
    ("erasure", "erasures"),
    ("file", "attachments"),
    ("message", "messages"),
    ("note", "notes"),
    ("offer", "offers"),
    ("person", "people"),
    ("rota", "rotas"),
    ("session", "sessions"),
    ("visitor", "visitors"),
];

/// What is asked of a route.
#[derive(Debug)]
pub struct Question {
    /// The path, with names in braces.
    pub path: &'static str,
    /// The fields, with names in braces.
    pub fields: &'static [(&'static str, &'static str)],
}

impl Question {
    /// The ids it names.
    pub fn ids(&self) -> Vec<&'static str> {
        IDS.iter()
            .map(|(name, _)| *name)
            .filter(|name| self.in_path(name) || self.fields.iter().any(|(_, value)| holds(value, name)))
            .collect()
    }

    /// Whether the path names it.
    pub fn in_path(&self, name: &str) -> bool {
        holds(self.path, name)
    }
}

fn holds(text: &str, name: &str) -> bool {
    text.contains(&format!("{{{name}}}"))
}

/// What is asked of `route`.
///
/// # Panics
/// When it changes something and nobody has said here what its form carries.
pub fn question(route: &Route) -> Question {
    Question { path: route.path, fields: fields(route) }
}

const STALE: (&str, &str) = ("version", "-1");

fn fields(route: &Route) -> &'static [(&'static str, &'static str)] {
    match (route.method, route.path) {
        ("GET", "/inbox") => &[("find", "a")],
        ("GET", "/inbox/{conversation}") => &[("insert", "{note}"), ("q", "a")],
        ("GET", "/privacy") => &[("keep", "{conversation}")],
        ("GET", "/notebook") => &[("q", "a")],
        ("GET", "/rota/{rota}/preview") => &[("assignment", "{assignment}"), ("person", "{person}")],
        ("GET", _) => &[],
        (_, "/sign-in") => &[("email", "nobody@town.example")],
        (_, "/sign-in/code") => &[("email", "nobody@town.example"), ("code", "000000")],
        (_, "/demo/clock") => &[("to", "evening")],
        (_, "/me/language") => &[("language", "en")],
        (_, "/me/theme") => &[("theme", "auto")],
        (_, "/me/role") => &[("role", "{role}")],
        (_, "/rota") => &[("from", "2026-07-05"), ("until", "2026-07-04")],
        (_, "/rota/{rota}/build" | "/rota/{rota}/discard") => &[STALE],
        (_, "/rota/{rota}/assign") => &[("assignment", "{assignment}"), ("person", "{person}"), STALE],
        (_, "/rota/{rota}/pin") => &[("assignment", "{assignment}"), ("pinned", "true"), STALE],
        (_, "/rota/{rota}/publish") => &[("message", ""), STALE],
        (_, "/wishes") => &[("day", "2026-08-20"), ("kind", "free")],
        (_, "/coverage/order") => &[("offer", "{offer}")],
        (_, "/coverage/offers") => {
            &[("name", ""), ("days", ""), ("from", ""), ("until", ""), ("monthly", "")]
        }
        (_, "/inbox/{conversation}/reply") => &[("body", "Yes."), ("key", ""), ("seen", "{message}")],
        (_, "/inbox/{conversation}/note") => &[("body", "")],
        (_, "/inbox/{conversation}/take" | "/inbox/{conversation}/done" | "/inbox/{conversation}/reopen") => {
            &[STALE]
        }
        (_, "/inbox/{conversation}/resend" | "/inbox/{conversation}/drop") => &[("message", "{message}")],
        (_, "/notebook") => &[("office", "{slug}"), ("title", ""), ("body", ""), ("language", "en")],
        (_, "/exchange") => &[("kind", "people"), ("run", "try")],
        (_, "/here") => &[("away", "false")],
        (_, "/privacy/visitors") => &[("address", "jonas@example.org")],
        (_, "/privacy/retention") => &[("months", "12"), ("days", "30")],
        (_, "/privacy/export") => &[("visitor", "{visitor}"), ("as", "json")],
        (_, "/privacy/erase") => &[("visitor", "{visitor}")],
        (_, "/privacy/holds") => &[("conversation", "{conversation}"), ("reason", "A quarrel")],
        (_, "/c/{slug}/messages") => &[("body", ""), ("key", "a-key")],
        (_, "/c/{slug}/reach") => &[("email", "nobody")],
        (
            _,
            "/sign-out"
            | "/demo/enter/{door}"
            | "/sessions/end-others"
            | "/sessions/{session}/end"
            | "/rota/{rota}/stop"
            | "/rota/{rota}/undo"
            | "/shifts/feed"
            | "/shifts/feed/revoke"
            | "/coverage/offers/{offer}/close"
            | "/coverage/{coverage}/end"
            | "/inbox/{conversation}/writing"
            | "/notebook/{note}/checked"
            | "/privacy/holds/{conversation}/release"
            | "/c/{slug}/writing",
        ) => &[],
        // A program sends JSON; what its fields may hold is asked of the API's own description.
        _ if matches!(route.who, Who::Bearer(_)) => &[],
        _ => {
            panic!("{route:?} changes something: say in tests/it/who_may_what/forms.rs what its form carries")
        }
    }
}
