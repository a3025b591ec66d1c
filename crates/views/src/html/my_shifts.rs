//! My shifts: am I on, until when, and when next. Made for a phone held in one hand.

use chrono::Timelike;
use domain::{DutyKind, Minutes, Rung, ShiftId, Span};
use maud::{Markup, html};

use super::{
    components::{csrf, empty, lamp_dot, machine, part_of_day, ticking},
    handovers::{Exchange, exchange},
    icons::{Icon, icon},
    my_ledger, notices, open_duties, outside,
    shell::{self, Frame},
};
use crate::Reader;

/// One of the reader's duties.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Which.
    pub id: ShiftId,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Active or standby.
    pub kind: DutyKind,
    /// The others on duty meanwhile: given names and rungs.
    pub with: Vec<(String, Rung)>,
    /// Whether the reader wished for this day.
    pub wished: bool,
    /// Whether it never was another: then it is new where it is said to be changed.
    pub new: bool,
    /// Whether it was changed since the reader last looked.
    pub changed: bool,
    /// Whether the reader may hand it over under the role they wear.
    pub movable: bool,
}

/// The reader's secret calendar address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// None has been made yet.
    None,
    /// Its whole address, beginning with `https://` (in the demo `http://`).
    Address(String),
}

/// Whose shifts, and which.
#[derive(Clone, Debug)]
pub struct Model {
    /// The reader's given name.
    pub given_name: String,
    /// For how many offices the reader answers on duty.
    pub offices: u32,
    /// Conversations that wait for the reader.
    pub waiting: u32,
    /// What they were told and have not confirmed.
    pub unconfirmed: Option<notices::Unconfirmed>,
    /// The duty that runs now.
    pub now: Option<Duty>,
    /// The duties after that, soonest first.
    pub coming: Vec<Duty>,
    /// Until which day published rotas reach; says how far "nothing" can be trusted.
    pub published_until: Option<chrono::NaiveDate>,
    /// The calendar address.
    pub calendar: Calendar,
    /// The reader's account in the pool's ledger, if they have one.
    pub ledger: Option<my_ledger::Model>,
    /// What colleagues ask and offer.
    pub exchange: Exchange,
    /// What the reader works for employers who are not here.
    pub outside: outside::Model,
    /// Duties that nobody has yet.
    pub open: open_duties::Open,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        div.my-shifts {
            (hero(reader, model))
            div #now .hero-card data-live="shifts inbox" { (now_card(reader, model)) }
            (notices::press(reader, model.unconfirmed.as_ref()))
            (exchange(reader, &model.exchange))
            (open_duties::open(reader, &model.open))
            section #coming data-live="shifts" aria-labelledby="coming-title" {
                div.section-head {
                    h2 #coming-title { (words.say("shifts-coming")) }
                    a href="/wishes" { (words.say("shifts-wishes")) }
                }
                @if model.coming.is_empty() { (nothing(reader, model)) }
                @for duty in &model.coming { (row(reader, duty)) }
            }
            @if let Some(ledger) = &model.ledger { (my_ledger::card(reader, ledger)) }
            p { a href="/interventions" { (icon(Icon::Moon)) (words.say("interventions-link")) } }
            (outside::card(reader, &model.outside))
            (calendar(reader, &model.calendar))
        }
    };
    shell::page(reader, frame, &words.say("shifts-title"), main)
}

fn hero(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let name = [("name", (&*model.given_name).into())];
    let greeting = match reader.wall(reader.now).hour() {
        5..=11 => words.say_with("shifts-morning", &name),
        12..=17 => words.say_with("shifts-afternoon", &name),
        _ => words.say_with("shifts-evening", &name),
    };
    html! {
        header #sky .dusk-sky data-live="shifts" {
            p.dusk-day { (words.day(reader.today())) }
            h1 { (greeting) }
            p.dusk-line {
                @if model.now.as_ref().is_some_and(|duty| duty.rung.covers()) { (words.say_with("shifts-voice", &[("offices", model.offices.into())])) }
                @else if model.coming.is_empty() { (words.say("shifts-free")) }
                @else { (words.say("shifts-off")) }
            }
        }
    }
}

/// Card 1: the duty that runs, or the next one.
fn now_card(reader: &Reader, model: &Model) -> Markup {
    match (&model.now, model.coming.first()) {
        (Some(duty), _) => on_duty(reader, model, duty),
        (None, Some(next)) => next_duty(reader, next),
        (None, None) => html! {},
    }
}

fn on_duty(reader: &Reader, model: &Model, duty: &Duty) -> Markup {
    let words = reader.words();
    let left = words.length(Minutes(minutes(reader.now, duty.span.end())));
    let since = reader.time(duty.span.start());
    let until = reader.time(duty.span.end());
    html! {
        section.card.now aria-label=(words.say("shifts-now")) {
            p.now-line {
                (lamp_dot())
                (match duty.rung {
                    Rung::Lead => words.say_with("shifts-on-until", &[("time", until.into())]),
                    Rung::Backup => words.say_with("shifts-backup-until", &[("time", until.into())]),
                    Rung::Learner => words.say_with("learner-until", &[("time", until.into())]),
                })
            }
            (bar(reader, duty.span))
            p.now-ends {
                span { (words.say_with("shifts-since", &[("time", since.into())])) }
                span { (ticking("until", duty.span.end(), &left)) " " (words.say("shifts-left")) }
            }
            @if let Some(with) = with(reader, duty) { p.muted { (with) } }
            @if duty.rung.covers() {
                a.btn.primary.wide.tall href="/inbox" {
                    (words.say("shifts-answer"))
                    @if model.waiting > 0 { span.count { (model.waiting) span.vh { " " (words.say("shell-waiting")) } } }
                }
            } @else { p.muted { (words.say("learner-lead")) } }
            (hand_over(reader, duty))
        }
    }
}

fn next_duty(reader: &Reader, next: &Duty) -> Markup {
    let words = reader.words();
    let start = next.span.start();
    let soon = start - reader.now <= chrono::Duration::minutes(30);
    let away = (reader.day(start) - reader.today()).num_days();
    let hours = reader.hours(next.span);
    html! {
        section.card.now aria-label=(words.say("shifts-next-label")) {
            @if soon {
                p.now-line { (icon(Icon::Clock)) (words.say_with("shifts-starts-at", &[("time", reader.time(start).into())])) }
                p.muted { (words.say("shifts-starts-soon")) " " (ticking("until", start, &words.length(Minutes(minutes(reader.now, start))))) }
            } @else {
                p.now-line {
                    (icon(Icon::Moon))
                    (words.say_with("shifts-next", &[("day", reader.near_day(start).into()), ("hours", hours.into())]))
                }
                p.muted {
                    @if away >= 2 { (words.say_with("shifts-in-days", &[("days", away.into())])) }
                    @else { (words.say("shifts-in")) " " (ticking("until", start, &words.length(Minutes(minutes(reader.now, start))))) }
                }
            }
            p { (row_line(reader, next)) }
            (hand_over(reader, next))
        }
    }
}

/// How much of a duty is over, as a bar; in words for screen readers.
pub fn bar(reader: &Reader, span: Span) -> Markup {
    let words = reader.words();
    let done = minutes(span.start(), reader.now.clamp(span.start(), span.end()));
    let all = span.length().0.max(1);
    let said = words.say_with(
        "shifts-bar",
        &[
            ("done", words.length(Minutes(done)).into()),
            ("left", words.length(Minutes(all - done.min(all))).into()),
        ],
    );
    html! {
        svg.track viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label=(said)
            data-bar-from=(machine(span.start())) data-bar-until=(machine(span.end())) {
            rect.well width="1000" height="8" rx="4" {}
            rect.lit width=(u64::from(done) * 1000 / u64::from(all)) height="8" rx="4" {}
        }
    }
}

fn row(reader: &Reader, duty: &Duty) -> Markup {
    let words = reader.words();
    let day = reader.day(duty.span.start());
    html! {
        article.card.shift id=(format!("shift-{}", duty.id)) {
            time.date.(part_of_day(reader, duty.span)) datetime=(day.to_string()) {
                (words.weekday_short(day)) b { (chrono::Datelike::day(&day)) } (words.month_short(day))
            }
            div.grow {
                h3 { (reader.hours(duty.span)) @if duty.changed { " " span.pill.lagoon { (words.say(if duty.new { "shifts-new" } else { "shifts-changed" })) } } }
                p.muted { (row_line(reader, duty)) }
                @if duty.wished { p.wished { (icon(Icon::Heart)) (words.say("shifts-wished")) } }
                @if duty.kind == DutyKind::Standby { p.muted { (words.say("shifts-standby")) } }
            }
            (hand_over(reader, duty))
        }
    }
}

/// The way to give a duty away, swap it, or say that one cannot come.
fn hand_over(reader: &Reader, duty: &Duty) -> Markup {
    let day = reader.words().day(reader.day(duty.span.start()));
    html! {
        @if duty.movable {
            a.btn.sm.quiet href=(format!("/shifts/{}/change", duty.id)) {
                (reader.words().say("handover-open")) span.vh { " " (day) }
            }
        }
    }
}

/// "Evening, with Théo as backup", "Evening, you lead", "Evening, you are backup, Ann leads".
fn row_line(reader: &Reader, duty: &Duty) -> String {
    match (duty.rung, with(reader, duty)) {
        (Rung::Lead, Some(with)) => format!("{}, {with}", part_name(reader, duty)),
        (_, with) => std::iter::once(rung_line(reader, duty)).chain(with).collect::<Vec<_>>().join(", "),
    }
}

fn part_name(reader: &Reader, duty: &Duty) -> String {
    let words = reader.words();
    match part_of_day(reader, duty.span) {
        "dawn" => words.say("shifts-part-morning"),
        "day" => words.say("shifts-part-afternoon"),
        _ => words.say("shifts-part-evening"),
    }
}

/// "Evening, you lead" or "Evening, you are backup".
fn rung_line(reader: &Reader, duty: &Duty) -> String {
    let part = [("part", part_name(reader, duty).into())];
    match duty.rung {
        Rung::Lead => reader.words().say_with("shifts-lead", &part),
        Rung::Backup => reader.words().say_with("shifts-backup", &part),
        Rung::Learner => reader.words().say_with("learner-duty", &part),
    }
}

/// "with Théo as backup"; several are joined.
fn with(reader: &Reader, duty: &Duty) -> Option<String> {
    let words = reader.words();
    let said = duty.with.iter().map(|(name, rung)| {
        let name = [("name", (&**name).into())];
        match rung {
            Rung::Lead => words.say_with("shifts-with-lead", &name),
            Rung::Backup => words.say_with("shifts-with-backup", &name),
            Rung::Learner => words.say_with("learner-with", &name),
        }
    });
    let said = said.collect::<Vec<_>>().join(", ");
    (!said.is_empty()).then_some(said)
}

fn nothing(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let sentence = match model.published_until {
        Some(day) => words.say_with("shifts-none-until", &[("day", words.date(day).into())]),
        None => words.say("shifts-none"),
    };
    empty(Icon::Calendar, &sentence, Some(("/wishes", &words.say("shifts-to-wishes"))))
}

fn calendar(reader: &Reader, calendar: &Calendar) -> Markup {
    let words = reader.words();
    html! {
        section #calendar .card.feed aria-labelledby="calendar-title" {
            h2 #calendar-title { (icon(Icon::Calendar)) (words.say("shifts-calendar")) }
            p.muted { (words.say("shifts-calendar-lead")) }
            @match calendar {
                Calendar::None => {
                    form method="post" action="/shifts/feed" data-frag="calendar" {
                        (csrf(reader))
                        button.btn.wide { (words.say("shifts-calendar-make")) }
                    }
                }
                Calendar::Address(address) => (address_of_calendar(reader, address)),
            }
        }
    }
}

fn address_of_calendar(reader: &Reader, address: &str) -> Markup {
    let words = reader.words();
    html! {
        div.field {
            label for="calendar-https" { (words.say("shifts-calendar-address")) }
            input #calendar-https type="text" readonly value=(address) spellcheck="false";
        }
        p.row {
            a.btn.primary href=(webcal(address)) { (icon(Icon::Plus)) (words.say("shifts-calendar-subscribe")) }
            button.btn type="button" data-copy="calendar-https" data-copied=(words.say("shifts-calendar-copied")) {
                (words.say("shifts-calendar-copy"))
            }
        }
        p.hint { (words.say("shifts-calendar-google")) }
        p.hint { (words.say("shifts-calendar-secret")) }
        div.row {
            form method="post" action="/shifts/feed" data-frag="calendar" {
                (csrf(reader))
                button.btn.sm.quiet { (words.say("shifts-calendar-replace")) }
            }
            form method="post" action="/shifts/feed/revoke" data-frag="calendar" {
                (csrf(reader))
                button.btn.sm.quiet { (words.say("shifts-calendar-revoke")) }
            }
        }
    }
}

/// The same address under the scheme that opens a phone's calendar.
pub fn webcal(address: &str) -> String {
    let bare =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    format!("webcal://{bare}")
}

/// Whole minutes from `from` to `until`, rounded up; zero once it is past.
fn minutes(from: chrono::DateTime<chrono::Utc>, until: chrono::DateTime<chrono::Utc>) -> u32 {
    let seconds = (until - from).num_seconds().max(0);
    u32::try_from((seconds + 59) / 60).unwrap_or(u32::MAX)
}
