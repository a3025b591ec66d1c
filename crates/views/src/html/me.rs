//! Me: language, light, calendar address, and where one is signed in.

use chrono::{DateTime, Utc};
use domain::{Role, SessionId, Spoken, Tz};
use maud::{Markup, html};

use super::{
    api_tokens,
    components::{Face, csrf, machine, page_head, pill},
    icons::{Icon, icon},
    shell::{self, Frame, Place, place_name, role_name},
    skills,
};
use crate::{Reader, Theme};

/// One browser in which the person is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What it calls itself, such as "Firefox on Android"; empty when it does not say.
    pub device: String,
    /// The network it was first signed in from, such as "192.0.2.x"; empty where that is not known.
    pub place: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was last seen.
    pub seen: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The person and their settings.
#[derive(Clone, Debug)]
pub struct Model {
    /// Who.
    pub face: Face,
    /// The address codes go to.
    pub email: String,
    /// What they may do, and as what they look at pages now.
    pub roles: Vec<Role>,
    /// The languages they answer in, best first.
    pub spoken: Vec<Spoken>,
    /// As what they look at pages now; nothing where they only run the service.
    pub hat: Option<Role>,
    /// The secret calendar address, if one was made. Only advisors have one.
    pub feed: Option<String>,
    /// Whether they want letters about open duties. Only advisors get any.
    pub open_letters: bool,
    /// Where they are signed in, this browser first.
    pub sessions: Vec<Session>,
    /// Programs that act for them; nothing where they only run the service.
    pub programs: Option<api_tokens::Model>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.face.office, &words.say("me-title"), html! {
            form method="post" action="/sign-out" { (csrf(reader)) button.btn { (icon(Icon::Out)) (words.say("me-sign-out")) } }
        }))
        div.column.me {
            section.card.me-who {
                (model.face.avatar())
                div { h2 { (model.face.name) } p.muted { (model.email) } }
            }
            @if model.roles.len() > 1 { (hats(reader, model)) }
            (more(reader, frame))
            section.card { (language(reader)) (theme(reader)) }
            @if model.hat.is_some() { (skills::card(reader, &model.spoken)) }
            @if model.roles.contains(&Role::Advisor) {
                (feed(reader, model.feed.as_deref()))
                (letters(reader, model.open_letters))
            }
            (sessions(reader, &model.sessions))
            @if let Some(programs) = &model.programs { (api_tokens::part(reader, programs)) }
            @if let Some(hat) = model.hat {
                section.card {
                    h2 { (icon(Icon::Key)) (words.say("privacy-title")) }
                    div.row {
                        a.btn href="/privacy/mine" { (words.say("privacy-mine")) }
                        @if hat == Role::Manager { a.btn href="/privacy" { (words.say("privacy-retention")) } }
                    }
                }
            }
        }
    };
    shell::page(reader, frame, &words.say("me-title"), main)
}

/// The pages a phone's bottom bar has no room for.
fn more(reader: &Reader, frame: &Frame) -> Markup {
    let Some(who) = &frame.who else { return html! {} };
    let pages: &[(&str, Place)] = match who.hat {
        Some(Role::Planner) => &[("/pool", Place::Pool), ("/team", Place::Team)],
        Some(Role::Manager) => &[("/privacy", Place::Privacy), ("/team", Place::Team)],
        _ => &[],
    };
    let house = who.operator.then_some(("/house", Place::House));
    html! {
        @if !pages.is_empty() || house.is_some() {
            nav.card.row.narrow-only aria-label=(reader.words().say("me-more")) {
                @for (href, place) in pages.iter().copied().chain(house) { a.btn href=(href) { (place_name(reader, place)) } }
            }
        }
    }
}

/// One choice of a few, sent at a touch.
struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
    /// The language the label is written in, when it is not the reader's.
    lang: Option<&'static str>,
}

fn choices(reader: &Reader, action: &str, name: &str, label: &str, all: &[Choice]) -> Markup {
    html! {
        form method="post" action=(action) {
            (csrf(reader))
            div.seg role="group" aria-label=(label) {
                @for one in all {
                    button name=(name) value=(one.value) lang=[one.lang] aria-pressed=(if one.chosen { "true" } else { "false" }) {
                        (one.label)
                    }
                }
            }
        }
    }
}

fn hats(reader: &Reader, model: &Model) -> Markup {
    let label = reader.words().say("me-role");
    let one = |role: &Role| Choice {
        value: role.word(),
        label: role_name(reader, *role),
        chosen: Some(*role) == model.hat,
        lang: None,
    };
    let all: Vec<Choice> = model.roles.iter().map(one).collect();
    html! { section.card { h2 { (label) } (choices(reader, "/me/role", "role", &label, &all)) } }
}

fn language(reader: &Reader) -> Markup {
    let label = reader.words().say("me-language");
    let one = |code: &'static str, name: &str, chosen| Choice {
        value: code,
        label: name.to_owned(),
        chosen,
        lang: Some(code),
    };
    let french = reader.words().french();
    let all = [one("fr", "Français", french), one("en", "English", !french)];
    html! { h2 { (icon(Icon::Globe)) (label) } (choices(reader, "/me/language", "language", &label, &all)) }
}

fn theme(reader: &Reader) -> Markup {
    let words = reader.words();
    let label = words.say("me-theme");
    let name = |theme| match theme {
        Theme::Auto => words.say("me-theme-auto"),
        Theme::Light => words.say("me-theme-light"),
        Theme::Dark => words.say("me-theme-dark"),
    };
    let one = |theme: Theme| Choice {
        value: theme.word(),
        label: name(theme),
        chosen: theme == reader.theme,
        lang: None,
    };
    html! { h2 { (icon(Icon::Moon)) (label) } (choices(reader, "/me/theme", "theme", &label, &Theme::ALL.map(one))) }
}

/// Whether one is written to about open duties.
fn letters(reader: &Reader, wanted: bool) -> Markup {
    let words = reader.words();
    let label = words.say("me-letters");
    let one = |value: &'static str, key, chosen| Choice { value, label: words.say(key), chosen, lang: None };
    let all = [one("on", "me-letters-on", wanted), one("off", "me-letters-off", !wanted)];
    html! {
        section #letters .card {
            h2 { (icon(Icon::Mail)) (label) }
            p { (words.say("me-letters-why")) }
            (choices(reader, "/me/letters", "letters", &label, &all))
        }
    }
}

fn feed(reader: &Reader, address: Option<&str>) -> Markup {
    let words = reader.words();
    html! {
        section #feed .card {
            h2 { (icon(Icon::Calendar)) (words.say("me-feed")) }
            p { (words.say("me-feed-why")) }
            @if let Some(address) = address {
                div.field {
                    label for="feed-address" { (words.say("me-feed-address")) }
                    input #feed-address type="url" readonly value=(address) spellcheck="false" data-select;
                    p.hint { (words.say("me-feed-secret")) }
                }
            }
            div.row {
                form method="post" action="/shifts/feed" data-frag="feed" {
                    (csrf(reader))
                    button.btn .primary[address.is_none()] {
                        @if address.is_some() { (words.say("me-feed-replace")) } @else { (words.say("me-feed-make")) }
                    }
                }
                @if address.is_some() {
                    form method="post" action="/shifts/feed/revoke" data-frag="feed" {
                        (csrf(reader))
                        button.btn.quiet { (words.say("me-feed-revoke")) }
                    }
                }
            }
        }
    }
}

/// Since when a browser is signed in, and where that was.
fn since(reader: &Reader, session: &Session) -> String {
    let words = reader.words();
    let day = words.date_year(reader.day(session.since));
    if session.place.is_empty() {
        words.say_with("me-since", &[("day", day.into())])
    } else {
        words.say_with("me-since-from", &[("day", day.into()), ("place", (&*session.place).into())])
    }
}

fn sessions(reader: &Reader, sessions: &[Session]) -> Markup {
    let words = reader.words();
    html! {
        section #sessions .card {
            h2 { (icon(Icon::Key)) (words.say("me-sessions")) }
            ul.lines {
                @for session in sessions {
                    li {
                        div.grow {
                            strong {
                                @if session.device.is_empty() { (words.say("me-device")) } @else { (session.device) }
                            }
                            p.muted {
                                (since(reader, session)) " · "
                                time datetime=(machine(session.seen)) {
                                    (words.say_with("me-seen", &[("day", reader.near_day(session.seen).into()), ("time", reader.time(session.seen).into())]))
                                    @if reader.zone == Tz::UTC { " UTC" }
                                }
                            }
                        }
                        @if session.current { (pill("moss", &words.say("me-this"))) }
                        @else {
                            form method="post" action=(format!("/sessions/{}/end", session.id)) data-frag="sessions" {
                                (csrf(reader))
                                button.btn.sm aria-label=(words.say_with("me-end-of", &[("device", (&*session.device).into())])) { (words.say("me-end")) }
                            }
                        }
                    }
                }
            }
            @if sessions.len() > 1 {
                form method="post" action="/sessions/end-others" data-frag="sessions" {
                    (csrf(reader))
                    button.btn.quiet { (icon(Icon::Out)) (words.say("me-end-others")) }
                }
            }
        }
    }
}
