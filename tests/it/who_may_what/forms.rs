//! What a question to each route carries: the fields of its form, or of its query.
//!
//! Names in braces are ids, or words that depend on who asks. Versions are ones that no row has, so
//! that the same question can be asked again.

use api::routes::Route;

/// Ids that belong to somebody, and the tables whose keys they are.
pub const IDS: &[(&str, &str)] = &[
    ("absence", "absences"),
    ("agreement", "agreements"),
    ("api_token", "api_tokens"),
    ("assignment", "assignments"),
    ("channel_account", "channel_accounts"),
    ("conversation", "conversations"),
    ("coverage", "coverage"),
    ("erasure", "erasures"),
    ("employment", "employments"),
    ("exemption", "exemptions"),
    ("file", "attachments"),
    ("handover", "handovers"),
    ("membership", "memberships"),
    ("intervention", "interventions"),
    ("invitation", "invitations"),
    ("job", "jobs"),
    ("message", "messages"),
    ("need", "needs"),
    ("note", "notes"),
    ("notice", "notices"),
    ("offer", "offers"),
    ("office_hours", "office_hours"),
    ("opening_hours", "opening_hours"),
    ("organisation", "organisations"),
    ("outside_hours", "outside_hours"),
    ("person", "people"),
    ("pool", "pools"),
    ("rate", "compensation"),
    ("rota", "rotas"),
    ("session", "sessions"),
    ("shift", "shifts"),
    ("taking", "takings"),
    ("visitor", "visitors"),
    ("wish_repeat", "wish_repeats"),
    ("wish_round", "wish_rounds"),
];

/// What is asked of a route.
#[derive(Debug)]
pub struct Question {
    /// The path, with names in braces.
    pub path: &'static str,
    /// The fields, with names in braces.
    pub fields: &'static [(&'static str, &'static str)],
    /// What a program sends, with names in angles.
    pub json: &'static str,
}

impl Question {
    /// The ids it names.
    pub fn ids(&self) -> Vec<&'static str> {
        IDS.iter()
            .map(|(name, _)| *name)
            .filter(|name| {
                self.in_path(name)
                    || self.fields.iter().any(|(_, value)| holds(value, name))
                    || self.says(name)
            })
            .collect()
    }

    fn says(&self, name: &str) -> bool {
        self.json.contains(&format!("<{name}>"))
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
    Question { path: route.path, fields: fields(route), json: json(route) }
}

const STALE: (&str, &str) = ("version", "-1");

fn fields(route: &Route) -> &'static [(&'static str, &'static str)] {
    match (route.method, route.path) {
        ("GET", "/inbox") => &[("find", "a")],
        ("GET", "/inbox/{conversation}") => &[("insert", "{note}"), ("q", "a")],
        ("GET", "/privacy") => &[("keep", "{conversation}")],
        ("GET", "/notebook") => &[("q", "a")],
        ("GET", "/rota/{rota}/preview") => &[("assignment", "{assignment}"), ("person", "{person}")],
        ("GET", "/api/v1/rotas") => &[("pool", "{pool}")],
        ("GET", "/api/v1/rotas/{rota}/side-by-side") => &[("with", "{rota}")],
        ("GET", "/api/v1/rotas/{rota}/assignments")
        | ("GET", "/api/v1/rotas/{rota}/assignments/{assignment}/what-if") => &[("person", "{person}")],
        ("GET", "/api/v1/handovers") => &[("pool", "{pool}"), ("person", "{person}")],
        ("GET", "/api/v1/shifts") => &[("pool", "{pool}"), ("person", "{person}")],
        ("GET", path) if path.starts_with("/api/v1/ledger") => &[("pool", "{pool}"), ("person", "{person}")],
        ("GET", "/api/v1/holidays") => &[("calendar", "vaud"), ("year", "2026")],
        ("GET", "/shares" | "/shares/file") => &[("pool", "{pool}")],
        ("GET", "/api/v1/statements") => &[("month", "2026-06"), ("person", "{person}")],
        ("GET", "/api/v1/statements/register/seals") => &[],
        ("GET", path) if path.starts_with("/api/v1/statements/") => &[("month", "2026-06")],
        ("GET", "/api/v1/interventions") => &[("person", "{person}")],
        ("GET", "/api/v1/exemptions") => &[("person", "{person}")],
        ("GET", "/api/v1/outside-hours") => &[("person", "{person}")],
        ("GET", "/api/v1/acceptances") => &[("rota", "{rota}")],
        ("GET", "/api/v1/offers") => &[("pool", "{pool}")],
        ("GET", "/api/v1/coverage") => &[("pool", "{pool}"), ("office", "{organisation}")],
        ("GET", "/api/v1/on-duty") => &[("pool", "{pool}"), ("office", "{organisation}")],
        ("GET", _) => &[],
        (_, "/sign-in") => &[("email", "nobody@town.example")],
        (_, "/sign-in/code") => &[("email", "nobody@town.example"), ("code", "000000")],
        (_, "/demo/clock") => &[("to", "evening")],
        (_, "/me/language") => &[("language", "en")],
        (_, "/me/theme") => &[("theme", "auto")],
        (_, "/me/letters") => &[("letters", "on")],
        (_, "/me/role") => &[("role", "{role}")],
        (_, "/me/skills" | "/team/{person}/skills") => &[("fr", "any"), ("de", "B2"), ("web_chat", "true")],
        (_, "/team/invitations") => &[
            ("given_name", ""),
            ("family_name", ""),
            ("email", "nobody"),
            ("law", "france_private"),
            ("weekly_hours", "35"),
            ("from", "2026-07-05"),
            ("language", "fr"),
        ],
        (_, "/team/leave") => &[("person", "{person}")],
        (_, "/agreements") => &[("term", "daily_rest"), ("amount", ""), ("document", ""), ("from", "")],
        (_, "/shifts/outside") => &[("mon", "true"), ("from_time", ""), ("until_time", ""), ("from", "")],
        (_, "/interventions") => {
            &[("person", "{person}"), ("day", ""), ("from_time", ""), ("until_time", "")]
        }
        (_, "/interventions/correct") => &[("intervention", "{intervention}"), ("day", "")],
        (_, "/ledger/terms") => &[("pool", "{pool}"), ("backup", ""), ("cap", "")],
        (_, "/ledger/exemptions") => &[("person", "{person}"), ("from", ""), ("until", "")],
        (_, "/ledger/rates") => &[("basis", "work"), ("from", ""), ("source", "")],
        (_, "/pool") => &[("name", "")],
        (_, "/pool/day") => &[("pool", "{pool}"), ("day", "2026-01-01"), ("instead", "nobody")],
        (_, "/pool/needs/{need}/as-usual") => &[("day", "2026-01-01")],
        (_, "/pool/calendar") => &[("pool", "{pool}"), ("calendar", "france")],
        (_, "/shares/figures") => &[("pool", "{pool}")],
        (_, "/pool/approval") => &[("pool", "{pool}")],
        (_, "/shifts/{shift}/change") => &[("kind", "give_away"), ("from", ""), ("until", ""), ("note", "")],
        (_, "/shifts/seen") => &[("notice", "{notice}")],
        (_, "/handovers/{handover}/assign") => &[("person", "{person}")],
        (_, "/pool/needs") => &[
            ("pool", "{pool}"),
            ("days", "workdays"),
            ("from", ""),
            ("until", ""),
            ("leads", "1"),
            ("backups", "1"),
        ],
        (_, "/pool/managers" | "/house/planners") => &[
            ("organisation", "{organisation}"),
            ("given_name", ""),
            ("family_name", ""),
            ("email", "nobody"),
        ],
        (_, "/pool/offices" | "/house/boards") => &[
            ("pool", "{pool}"),
            ("name", ""),
            ("slug", ""),
            ("zone", "Europe/Paris"),
            ("calendar", "france"),
            ("language", "fr"),
            ("emergency", "112"),
            ("given_name", ""),
            ("family_name", ""),
            ("email", "nobody"),
        ],
        (_, "/rota") => &[("from", "2026-07-05"), ("until", "2026-07-04")],
        (_, "/rota/{rota}/build" | "/rota/{rota}/discard") => &[STALE],
        (_, "/rota/{rota}/assign") => &[("assignment", "{assignment}"), ("person", "{person}"), STALE],
        (_, "/rota/{rota}/pin") => &[("assignment", "{assignment}"), ("pinned", "true"), STALE],
        (_, "/rota/{rota}/repair") => &[("seen", "")],
        (_, "/rota/{rota}/publish") => &[("message", ""), STALE],
        (_, "/rota/{rota}/learners") => &[("assignment", "{assignment}"), ("person", "{person}")],
        (_, "/wishes/repeats") => &[("kind", "cant"), ("weekday", "0"), ("from", ""), ("until", "")],
        (_, "/rota/{rota}/wishes") => {
            &[("from", "2026-08-03"), ("until", "2026-08-03"), ("closes_on", "2026-08-03")]
        }
        (_, "/wishes") => &[("day", "2026-08-20"), ("kind", "free")],
        (_, "/coverage/order") => &[("offer", "{offer}"), ("seen", "")],
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
        (_, "/rota/{rota}/undo") => &[("change", "01900000-0000-7000-8000-000000000000")],
        (_, "/here") => &[("away", "false")],
        (_, "/me/tokens") => &[("name", ""), ("may", "read")],
        (_, "/me/tokens/{api_token}/revoke") => &[],
        (_, "/privacy/visitors") => &[("address", "jonas@example.org")],
        (_, "/privacy/retention") => &[("months", "12"), ("days", "30")],
        (_, "/privacy/export") => &[("visitor", "{visitor}")],
        (_, "/privacy/erase") => &[("visitor", "{visitor}")],
        (_, "/privacy/holds") => &[("conversation", "{conversation}"), ("reason", "A quarrel")],
        (_, "/c/{slug}/messages") => &[("body", ""), ("key", "a-key")],
        (_, "/c/{slug}/reach") => &[("email", "nobody")],
        (
            _,
            "/sign-out"
            | "/demo/enter/{door}"
            | "/sessions/end-others"
            | "/team/invitations/{invitation}/again"
            | "/team/invitations/{invitation}/withdraw"
            | "/invitation/{token}"
            | "/pool/needs/{need}/end"
            | "/agreements/{agreement}/end"
            | "/shifts/outside/{outside_hours}/remove"
            | "/interventions/{intervention}/remove"
            | "/ledger/exemptions/{exemption}/remove"
            | "/ledger/rates/{rate}/remove"
            | "/sessions/{session}/end"
            | "/rota/{rota}/stop"
            | "/rota/{rota}/bring-back"
            | "/shifts/feed"
            | "/shifts/feed/revoke"
            | "/handovers/{handover}/accept"
            | "/handovers/{handover}/refuse"
            | "/handovers/{handover}/withdraw"
            | "/handovers/{handover}/approve"
            | "/handovers/{handover}/give-back"
            | "/rota/{rota}/learners/{assignment}/remove"
            | "/wishes/repeats/{wish_repeat}/remove"
            | "/wish-rounds/{wish_round}/remove"
            | "/open-duties/{assignment}/take"
            | "/takings/{taking}/give-back"
            | "/takings/{taking}/approve"
            | "/takings/{taking}/refuse"
            | "/coverage/offers/{offer}/close"
            | "/coverage/{coverage}/end"
            | "/inbox/{conversation}/writing"
            | "/notebook/{note}/checked"
            | "/privacy/holds/{conversation}/release"
            | "/c/{slug}/writing",
        ) => &[],
        // A program sends JSON instead.
        _ if route.who.scope().is_some() => &[],
        _ => {
            panic!("{route:?} changes something: say in tests/it/who_may_what/forms.rs what its form carries")
        }
    }
}

/// What a program sends to `route`.
fn json(route: &Route) -> &'static str {
    match (route.method, route.path) {
        ("POST", "/api/v1/tokens") => r#"{"name": "", "scopes": []}"#,
        ("POST", "/api/v1/needs") => {
            r#"{"pool": "<pool>", "hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"},
                "leads": 1, "backups": 0, "languages": [], "from": "2026-08-01"}"#
        }
        ("PUT", "/api/v1/needs/{need}") => {
            r#"{"hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"},
                "leads": 1, "backups": 0, "languages": [], "from": "2026-08-01"}"#
        }
        ("POST", "/api/v1/organisations") => {
            r#"{"pool": "<pool>", "member_from": "2026-08-01", "slug": "", "name": "New", "zone": "Europe/Paris",
                "calendar": "france", "language": "fr", "colour": 1, "promise_minutes": 5, "emergency": "112"}"#
        }
        ("POST", "/api/v1/organisations/{organisation}/manager") => {
            r#"{"email": "nobody", "given_name": "", "family_name": ""}"#
        }
        ("PUT", "/api/v1/organisations/{organisation}") => {
            r#"{"name": "New", "zone": "Europe/Paris", "calendar": "france", "language": "fr", "colour": 1,
                "promise_minutes": 5, "emergency": "112"}"#
        }
        ("PUT", "/api/v1/people/{person}") => {
            r#"{"given_name": "Ana", "family_name": "Martin", "languages": ["fr", "en"]}"#
        }
        ("POST", "/api/v1/employments") => {
            r#"{"person": "<person>", "from": "2026-08-01", "law": "france_private", "weekly_minutes": 2100}"#
        }
        ("PUT", "/api/v1/employments/{employment}") => {
            r#"{"from": "2026-01-01", "law": "france_private", "weekly_minutes": 2100}"#
        }
        ("POST", "/api/v1/pools") => r#"{"name": "", "zone": "Europe/Paris", "calendar": "france"}"#,
        ("PUT", "/api/v1/pools/{pool}/key-figures") => r#"{"offices": []}"#,
        ("PUT", "/api/v1/pools/{pool}/share-weights") => {
            r#"{"evening_bp": 10000, "saturday_bp": 12500, "sunday_bp": 15000, "holiday_bp": 20000}"#
        }
        ("PUT", "/api/v1/pools/{pool}") => {
            r#"{"name": "Lakes", "zone": "Europe/Paris", "calendar": "france"}"#
        }
        ("POST", "/api/v1/memberships") => {
            r#"{"pool": "<pool>", "organisation": "<organisation>", "from": "2026-08-01"}"#
        }
        ("PUT", "/api/v1/memberships/{membership}") => r#"{"from": "2026-01-01"}"#,
        ("POST", "/api/v1/absences") => {
            r#"{"person": "<person>", "starts_at": "2026-09-01T08:00:00Z", "ends_at": "2026-09-02T08:00:00Z"}"#
        }
        ("PUT", "/api/v1/absences/{absence}") => {
            r#"{"starts_at": "2026-09-01T08:00:00Z", "ends_at": "2026-09-02T08:00:00Z"}"#
        }
        ("PUT", "/api/v1/wishes/{day}") => r#"{"kind": "wish"}"#,
        ("POST", "/api/v1/office-hours") => {
            r#"{"employment": "<employment>", "hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"},
                "break_minutes": 0, "from": "2026-08-01"}"#
        }
        ("PUT", "/api/v1/office-hours/{office_hours}") => {
            r#"{"hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"}, "break_minutes": 0, "from": "2026-08-01"}"#
        }
        ("POST" | "PUT", path) if path.starts_with("/api/v1/agreements") => {
            r#"{"term": "daily_rest", "amount": 1, "document": "", "from": "2026-07-01"}"#
        }
        ("POST" | "PUT", path) if path.starts_with("/api/v1/outside-hours") => {
            r#"{"hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"}, "from": "2026-08-02", "until": "2026-08-01"}"#
        }
        ("POST" | "PUT", path) if path.starts_with("/api/v1/opening-hours") => {
            r#"{"hours": {"days": ["sunday"], "from": "10:00", "until": "12:00"}, "from": "2026-08-01"}"#
        }
        ("POST", "/api/v1/rotas") => r#"{"pool": "<pool>", "from": "2026-07-05", "until": "2026-07-04"}"#,
        ("POST", "/api/v1/rotas/{rota}/publish") => "{}",
        ("POST", "/api/v1/rotas/{rota}/learners") => {
            r#"{"assignment": "<assignment>", "person": "<person>"}"#
        }
        ("POST", path) if path.starts_with("/api/v1/rotas/{rota}/") => "",
        ("PUT", "/api/v1/rotas/{rota}/assignments/{assignment}") => {
            r#"{"person": "<person>", "pinned": true}"#
        }
        ("PUT", "/api/v1/pools/{pool}/ledger-terms") => r#"{"backup_bp": 5000, "cap_minutes": 960}"#,
        ("POST", "/api/v1/statements/register/check") => "",
        ("POST", "/api/v1/compensation") => {
            r#"{"basis": "work", "hourly_cents": 0, "rest_minutes": 0, "from": "2026-07-01", "source": ""}"#
        }
        ("POST", "/api/v1/interventions") => {
            r#"{"person": "<person>", "starts_at": "2026-07-01T18:00:00Z", "ends_at": "2026-07-01T17:00:00Z"}"#
        }
        ("PUT", "/api/v1/interventions/{intervention}") => {
            r#"{"starts_at": "2026-07-01T18:00:00Z", "ends_at": "2026-07-01T17:00:00Z"}"#
        }
        ("POST", "/api/v1/exemptions") => {
            r#"{"person": "<person>", "from": "2026-07-01", "until": "2026-07-31"}"#
        }
        ("POST", "/api/v1/handovers") => r#"{"shift": "<shift>", "kind": "give_away"}"#,
        ("POST", "/api/v1/handovers/{handover}/assign") => r#"{"person": "<person>"}"#,
        ("POST", path) if path.starts_with("/api/v1/handovers/") => "",
        ("POST", "/api/v1/notices/{notice}/confirm") => "",
        ("POST", "/api/v1/wish-repeats") => {
            r#"{"weekday": "tuesday", "kind": "cant", "until": "2026-01-01"}"#
        }
        ("POST", "/api/v1/wish-rounds") => {
            r#"{"pool": "<pool>", "from": "2026-08-03", "until": "2026-08-02", "closes_on": "2026-07-01"}"#
        }
        ("POST", "/api/v1/open-duties/{assignment}/take") => r#"{"person": "<person>"}"#,
        ("POST", path) if path.starts_with("/api/v1/takings/") => "",
        ("POST", "/api/v1/offers") => {
            r#"{"pool": "<pool>", "name": "", "summary": "", "hours": [], "channels": [], "monthly_cents": 1}"#
        }
        ("PUT", "/api/v1/offers/{offer}") => {
            r#"{"name": "Evenings", "summary": "", "channels": ["email"], "monthly_cents": 1, "open": true,
                "hours": [{"days": ["sunday"], "from": "10:00", "until": "12:00"}]}"#
        }
        ("POST", "/api/v1/coverage") => r#"{"offer": "<offer>"}"#,
        ("POST", "/api/v1/channel-accounts") => {
            r#"{"address": "nobody", "password": "x",
                "imap": {"host": "127.0.0.1", "port": 1, "security": "plain_on_loopback", "username": "x"},
                "smtp": {"host": "127.0.0.1", "port": 1, "security": "plain_on_loopback"}}"#
        }
        ("PUT", "/api/v1/channel-accounts/{channel_account}") => r#"{"active": true}"#,
        ("POST", "/api/v1/conversations/{conversation}/messages") => r#"{"text": "", "seen": "<message>"}"#,
        ("POST", path) if path.starts_with("/api/v1/conversations/") => "",
        ("POST", "/api/v1/notes") => r#"{"team_only": false, "texts": []}"#,
        ("PUT", "/api/v1/notes/{note}") => r#"{"team_only": false, "texts": []}"#,
        ("POST", "/api/v1/imports/{kind}" | "/api/v1/jobs/{job}/replay") => "",
        ("POST" | "PUT", path) if path.starts_with("/api/v1/") => {
            panic!("{route:?} takes JSON: say in tests/it/who_may_what/forms.rs what a program sends")
        }
        _ => "",
    }
}
