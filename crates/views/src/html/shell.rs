//! The frame around every staff page: rail or bottom bar, demo clock, live regions, toasts, help.

use chrono::{DateTime, NaiveTime, Utc};
use domain::Role;
use maud::{DOCTYPE, Markup, html};

use super::{
    components::{Face, csrf, hidden, machine},
    icons::{Icon, icon, lamp},
};
use crate::{Reader, assets};

/// Which page this is: lights the rail, and brings the page's own style and script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the pages' own")]
pub enum Place {
    Welcome,
    SignIn,
    Mailbox,
    Today,
    Rota,
    Compare,
    Coverage,
    Shifts,
    Wishes,
    Inbox,
    Notebook,
    Files,
    Privacy,
    Me,
    Team,
    Pool,
    House,
    Invitation,
    Problem,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Who {
    /// Name, initials, office and colour.
    pub face: Face,
    /// What the person may do; more than one shows a switcher.
    pub roles: Vec<Role>,
    /// As what they look at the page now; nothing where they only run the service.
    pub hat: Option<Role>,
    /// Whether they run the service.
    pub operator: bool,
    /// Until when they are on duty, if they are.
    pub on_duty_until: Option<DateTime<Utc>>,
}

/// What a page says once, after something was done.
#[derive(Clone, Debug)]
pub struct Toast {
    /// What was done, as a sentence.
    pub text: String,
    /// Where to send what takes it back, and its fields.
    pub undo: Option<(String, Vec<(String, String)>)>,
}

/// A place the demo's clock may jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// Next time the clocks show this.
    At(NaiveTime),
    /// This evening's duty.
    Evening,
    /// The middle of the next Saturday.
    Saturday,
    /// A moment at which nobody is on duty.
    Nobody,
}

/// The demo's clock, shown above every page.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Where it may jump to.
    pub jumps: Vec<Jump>,
}

impl Default for Demo {
    fn default() -> Self {
        let late = NaiveTime::from_hms_opt(21, 14, 0).expect("21:14 is a time of day");
        Self { jumps: vec![Jump::Evening, Jump::At(late), Jump::Saturday, Jump::Nobody] }
    }
}

/// Everything around a page that is not the page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Who is signed in, if anybody is.
    pub who: Option<Who>,
    /// Which page this is.
    pub place: Place,
    /// Conversations that wait for the reader.
    pub waiting: u32,
    /// Things on Today that need the reader.
    pub to_do: u32,
    /// The demo's clock.
    pub demo: Option<Demo>,
    /// The last signal the page has seen: live updates continue after it.
    pub last_signal: i64,
    /// What was just done.
    pub toast: Option<Toast>,
}

impl Frame {
    /// A frame for somebody who is not signed in.
    pub fn stranger(place: Place, demo: Option<Demo>) -> Self {
        Self { who: None, place, waiting: 0, to_do: 0, demo, last_signal: 0, toast: None }
    }
}

/// One entry of the rail.
struct Entry {
    place: Place,
    href: &'static str,
    drawing: Icon,
    /// Typed after `G`.
    letter: char,
    /// Left out of a phone's bottom bar, which has room for four.
    wide_only: bool,
}

const fn entry(place: Place, href: &'static str, drawing: Icon, letter: char) -> Entry {
    Entry { place, href, drawing, letter, wide_only: false }
}

const PLANNER: &[Entry] = &[
    entry(Place::Today, "/today", Icon::Sun, 'T'),
    entry(Place::Rota, "/rota", Icon::Board, 'R'),
    entry(Place::Coverage, "/coverage", Icon::Shield, 'C'),
    entry(Place::Files, "/exchange", Icon::Files, 'X'),
    Entry { wide_only: true, ..entry(Place::Pool, "/pool", Icon::Globe, 'P') },
    Entry { wide_only: true, ..entry(Place::Team, "/team", Icon::People, 'E') },
];
const ADVISOR: &[Entry] = &[
    entry(Place::Shifts, "/shifts", Icon::Calendar, 'S'),
    entry(Place::Wishes, "/wishes", Icon::Heart, 'W'),
    entry(Place::Inbox, "/inbox", Icon::Inbox, 'I'),
    Entry { wide_only: true, ..entry(Place::Notebook, "/notebook", Icon::Book, 'N') },
];
const MANAGER: &[Entry] = &[
    entry(Place::Coverage, "/coverage", Icon::Shield, 'C'),
    entry(Place::Inbox, "/inbox", Icon::Inbox, 'I'),
    entry(Place::Notebook, "/notebook", Icon::Book, 'N'),
    entry(Place::Files, "/exchange", Icon::Files, 'X'),
    Entry { wide_only: true, ..entry(Place::Privacy, "/privacy", Icon::Key, 'P') },
    Entry { wide_only: true, ..entry(Place::Team, "/team", Icon::People, 'E') },
];

/// Where an operator looks after the whole house.
const HOUSE: &[Entry] = &[entry(Place::House, "/house", Icon::Door, 'H')];
/// The same for one who wears a hat besides: a phone's bottom bar is full.
const HOUSE_TOO: &[Entry] = &[Entry { wide_only: true, ..entry(Place::House, "/house", Icon::Door, 'H') }];

fn entries(who: &Who) -> impl Iterator<Item = &'static Entry> {
    let own: &[Entry] = match who.hat {
        Some(Role::Planner) => PLANNER,
        Some(Role::Advisor) => ADVISOR,
        Some(Role::Manager) => MANAGER,
        None => &[],
    };
    let house: &[Entry] = match who.hat {
        _ if !who.operator => &[],
        None => HOUSE,
        Some(_) => HOUSE_TOO,
    };
    own.iter().chain(house)
}

/// The style sheets and scripts a page asks for beyond the common ones.
fn own_assets(place: Place) -> (&'static [&'static str], &'static [&'static str]) {
    match place {
        Place::Rota => (&["board.css"], &["board.js"]),
        Place::Inbox => (&["desk.css"], &["inbox.js"]),
        Place::Wishes | Place::Shifts => (&["phone.css"], &["wishes.js"]),
        Place::Notebook => (&["desk.css"], &[]),
        Place::Welcome
        | Place::SignIn
        | Place::Mailbox
        | Place::Today
        | Place::Compare
        | Place::Coverage
        | Place::Files
        | Place::Privacy
        | Place::Me
        | Place::Team
        | Place::Pool
        | Place::House
        | Place::Invitation
        | Place::Problem => (&["pages.css"], &[]),
    }
}

/// A whole page: `main` inside the frame.
///
/// `main` holds the page's only `h1`.
pub fn page(reader: &Reader, frame: &Frame, title: &str, main: Markup) -> Markup {
    let (styles, scripts) = own_assets(frame.place);
    html! {
        (DOCTYPE)
        html lang=(reader.words().language().code()) data-theme=(reader.theme.word()) {
            head { (head(title, styles, scripts)) }
            body class=(if frame.who.is_some() { "staff" } else { "stranger" })
                data-events=[live(frame)] data-csrf=(reader.csrf) data-here=[here(reader, frame)] data-now=(machine(reader.now)) data-zone=(reader.zone.name()) {
                a.skip href="#main" { (reader.words().say("shell-skip")) }
                @if let Some(demo) = &frame.demo { (demo_strip(reader, demo)) }
                div.shell {
                    @if let Some(who) = &frame.who { (rail(reader, frame, who)) }
                    main #main tabindex="-1" { (main) }
                }
                (after(reader, frame))
            }
        }
    }
}

/// Where the page listens. A problem does not: it would be replaced by the page whose address it stands at.
fn live(frame: &Frame) -> Option<String> {
    let listens = (frame.who.is_some() && frame.place != Place::Problem)
        || (frame.place == Place::Mailbox && frame.demo.is_some());
    listens.then(|| format!("/live?after={}", frame.last_signal))
}

/// Set while the reader is on duty: the page then says now and then that somebody is there.
fn here(reader: &Reader, frame: &Frame) -> Option<&'static str> {
    let until = frame.who.as_ref()?.on_duty_until?;
    (reader.now < until).then_some("/here")
}

/// What stands in `head`: the title, the assets, the colour of the browser's own bars.
pub fn head(title: &str, styles: &[&str], scripts: &[&str]) -> Markup {
    html! {
        meta charset="utf-8";
        title { (title) " · Veilleuse" }
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="theme-color" media="(prefers-color-scheme: light)" content="#10212B";
        meta name="theme-color" media="(prefers-color-scheme: dark)" content="#091318";
        link rel="icon" type="image/svg+xml" href=(assets::href("mark.svg"));
        link rel="stylesheet" href=(assets::href("app.css"));
        @for style in styles { link rel="stylesheet" href=(assets::href(style)); }
        script type="module" src=(assets::href("live.js")) {}
        @for script in scripts { script type="module" src=(assets::href(script)) {} }
    }
}

/// The demo's clock and its jumps, above everything.
pub fn demo_strip(reader: &Reader, demo: &Demo) -> Markup {
    let words = reader.words();
    html! {
        div #demo .demo role="region" aria-label=(words.say("demo-clock")) data-live="clock" {
            span.demo-now {
                (icon(Icon::Clock))
                span.demo-name { (words.say("demo-name")) }
                time datetime=(machine(reader.now)) data-time="clock" {
                    (words.day_short(reader.today())) " · " (reader.time(reader.now))
                }
            }
            form method="post" action="/demo/clock" {
                (csrf(reader))
                span.demo-to { (words.say("demo-jump")) }
                @for jump in &demo.jumps {
                    @let (to, label) = jump_words(reader, *jump);
                    button name="to" value=(to) { (label) }
                }
            }
            a.demo-mail href="/mailbox" { (icon(Icon::Mail)) span { (words.say("demo-mailbox")) } }
            a.demo-doors href="/" { (icon(Icon::Door)) span { (words.say("demo-doors")) } }
        }
    }
}

fn jump_words(reader: &Reader, jump: Jump) -> (String, String) {
    let words = reader.words();
    match jump {
        Jump::At(time) => (words.time(time), words.time(time)),
        Jump::Evening => ("evening".to_owned(), words.say("demo-evening")),
        Jump::Saturday => ("saturday".to_owned(), words.say("demo-saturday")),
        Jump::Nobody => ("nobody".to_owned(), words.say("demo-nobody")),
    }
}

fn rail(reader: &Reader, frame: &Frame, who: &Who) -> Markup {
    let words = reader.words();
    html! {
        nav #rail .rail aria-label=(words.say("shell-nav")) data-live="inbox today" {
            a.logo href="/" title="Veilleuse" { (lamp()) span.vh { "Veilleuse" } }
            @for entry in entries(who) { (rail_entry(reader, frame, entry)) }
            span.rail-space {}
            (rail_me(reader, frame, who))
        }
    }
}

fn rail_entry(reader: &Reader, frame: &Frame, entry: &Entry) -> Markup {
    let label = place_name(reader, entry.place);
    let count = match entry.place {
        Place::Inbox => frame.waiting,
        Place::Today => frame.to_do,
        _ => 0,
    };
    html! {
        a .wide-only[entry.wide_only] href=(entry.href) title=(label) data-go=(entry.letter)
            aria-current=[(frame.place == entry.place || parent(frame.place) == Some(entry.place)).then_some("page")] {
            (icon(entry.drawing))
            span { (label) }
            @if count > 0 { (counter(reader, count)) }
        }
    }
}

/// The page under which another stands in the rail.
fn parent(place: Place) -> Option<Place> {
    (place == Place::Compare).then_some(Place::Rota)
}

fn counter(reader: &Reader, count: u32) -> Markup {
    html! { span.badge { (count) span.vh { " " (reader.words().say("shell-waiting")) } } }
}

fn rail_me(reader: &Reader, frame: &Frame, who: &Who) -> Markup {
    let words = reader.words();
    let lit = who.on_duty_until.is_some_and(|until| reader.now < until);
    html! {
        @if who.roles.len() > 1 {
            details.hats {
                summary title=(words.say("shell-hats")) { (icon(Icon::Swap)) span { @if let Some(hat) = who.hat { (role_name(reader, hat)) } } }
                form method="post" action="/me/role" {
                    (csrf(reader))
                    @for role in &who.roles {
                        button name="role" value=(role.word()) aria-pressed=(if Some(*role) == who.hat { "true" } else { "false" }) {
                            (role_name(reader, *role))
                        }
                    }
                }
            }
        }
        a.rail-me href="/me" title=(place_name(reader, Place::Me)) .lit[lit]
            aria-current=[(frame.place == Place::Me).then_some("page")] {
            (who.face.avatar())
            span.rail-name { (who.face.given_name) }
            span.rail-word { (place_name(reader, Place::Me)) }
            @if lit { span.vh { ", " (words.say("shell-on-duty")) } }
        }
    }
}

/// What a page is called in the rail.
pub fn place_name(reader: &Reader, place: Place) -> String {
    let words = reader.words();
    match place {
        Place::Welcome => words.say("place-welcome"),
        Place::SignIn => words.say("place-sign-in"),
        Place::Mailbox => words.say("place-mailbox"),
        Place::Today => words.say("place-today"),
        Place::Rota | Place::Compare => words.say("place-rota"),
        Place::Coverage => words.say("place-coverage"),
        Place::Files => words.say("place-files"),
        Place::Shifts => words.say("place-shifts"),
        Place::Wishes => words.say("place-wishes"),
        Place::Inbox => words.say("place-inbox"),
        Place::Notebook => words.say("place-notebook"),
        Place::Privacy => words.say("place-privacy"),
        Place::Me => words.say("place-me"),
        Place::Team => words.say("place-team"),
        Place::Pool => words.say("place-pool"),
        Place::House => words.say("place-house"),
        Place::Invitation => words.say("place-invitation"),
        Place::Problem => words.say("place-problem"),
    }
}

/// What a role is called.
pub fn role_name(reader: &Reader, role: Role) -> String {
    match role {
        Role::Planner => reader.words().say("role-planner"),
        Role::Advisor => reader.words().say("role-advisor"),
        Role::Manager => reader.words().say("role-manager"),
    }
}

/// What comes after the page: toasts, live regions, banners that wait, and the list of keys.
fn after(reader: &Reader, frame: &Frame) -> Markup {
    let words = reader.words();
    html! {
        section #toasts .toasts aria-label=(words.say("shell-notices")) { @if let Some(toast) = &frame.toast { (toast_card(reader, toast)) } }
        div #polite .vh role="status" aria-live="polite" {}
        div #assertive .vh role="alert" aria-live="assertive" {}
        p #offline .banner.offline hidden { (icon(Icon::Warn)) span { (words.say("shell-offline")) } }
        div #phrases hidden data-failed=(words.say("shell-failed")) {}
        @if let Some(who) = &frame.who { (help(reader, frame, who)) }
    }
}

fn toast_card(reader: &Reader, toast: &Toast) -> Markup {
    html! {
        div.toast data-toast {
            p { (toast.text) }
            @if let Some((action, fields)) = &toast.undo {
                form method="post" action=(action) data-undo {
                    (csrf(reader))
                    @for (name, value) in fields { (hidden(name, value)) }
                    button { (reader.words().say("shell-undo")) }
                }
            }
        }
    }
}

fn help(reader: &Reader, frame: &Frame, who: &Who) -> Markup {
    let words = reader.words();
    html! {
        dialog #keys aria-labelledby="keys-title" {
            form method="dialog" {
                h2 #keys-title { (words.say("keys-title")) }
                dl {
                    dt { kbd { "?" } } dd { (words.say("keys-help")) }
                    @for entry in entries(who) {
                        dt { kbd { "G" } " " kbd { (entry.letter) } }
                        dd { (words.say_with("keys-go", &[("place", place_name(reader, entry.place).into())])) }
                    }
                    dt { kbd { "/" } } dd { (words.say("keys-search")) }
                    dt { kbd { "U" } } dd { (words.say("keys-undo")) }
                    @if frame.place == Place::Rota {
                        dt { kbd { "←↑→↓" } } dd { (words.say("keys-move")) }
                        dt { kbd { (words.say("keys-enter")) } } dd { (words.say("keys-pick")) }
                        dt { kbd { "Esc" } } dd { (words.say("keys-cancel")) }
                        dt { kbd { "P" } } dd { (words.say("keys-pin")) }
                        dt { kbd { "[" } " " kbd { "]" } } dd { (words.say("keys-period")) }
                    }
                    @if frame.place == Place::Inbox {
                        dt { kbd { "J" } " " kbd { "K" } } dd { (words.say("keys-next")) }
                        dt { kbd { "R" } } dd { (words.say("keys-reply")) }
                        dt { kbd { "E" } } dd { (words.say("keys-done")) }
                        dt { kbd { "N" } } dd { (words.say("keys-note")) }
                        dt { kbd { "Ctrl" } " " kbd { (words.say("keys-enter")) } } dd { (words.say("keys-send")) }
                    }
                }
                label.check { input type="checkbox" #keys-on checked; span { (words.say("keys-switch")) } }
                button.btn.primary { (words.say("shell-close")) }
            }
        }
    }
}
