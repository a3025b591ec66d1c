//! Today: who is on now, tonight's line, and what needs the planner.

use chrono::{DateTime, Utc};
use domain::{
    AssignmentId, ConversationId, Held, Language, Minutes, NeedId, RotaId, Rung, ShiftId, Skill, Span, time,
};
use maud::{Markup, html};

use self::timeline::tonight;
use super::{
    components::{Face, empty, lamp_dot, office_class, page_head, pill, rung_name, ticking, track},
    handovers::{Pending, pending},
    icons::{Icon, icon},
    open_duties::{Asking, asking},
    shell::{self, Frame},
    skills::{needs_words, skills_words},
};
use crate::Reader;

mod timeline;

/// One person's duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Which.
    pub shift: ShiftId,
    /// Who.
    pub face: Face,
    /// Lead or backup.
    pub rung: Rung,
    /// From when to when.
    pub span: Span,
    /// Whether they gave a sign of life in the last minutes; only told while the duty runs.
    pub present: bool,
}

/// A place in the rota that nobody fills.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The rota it stands in.
    pub rota: RotaId,
    /// The place.
    pub assignment: AssignmentId,
    /// The need it comes from.
    pub need: NeedId,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Languages the person must speak.
    pub languages: Vec<Language>,
    /// What else they must bring, and how well they must speak.
    pub skills: Vec<Skill>,
}

/// A duty to come whose holder does not bring what it asks for.
#[derive(Clone, Debug)]
pub struct Unfit {
    /// The duty.
    pub duty: Duty,
    /// What is lacking.
    pub lacks: Vec<Skill>,
}

/// A conversation nobody has.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// The visitor's name, or what stands for it.
    pub visitor: String,
    /// The office and its colour.
    pub office: (String, u8),
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why nobody has it.
    pub because: Held,
    /// When somebody will be there, if that is known.
    pub opens_at: Option<DateTime<Utc>>,
}

/// Somebody with a duty ahead who cannot be rung.
#[derive(Clone, Debug)]
pub struct Unreachable {
    /// Who.
    pub face: Face,
    /// Their next duty.
    pub next: Span,
    /// When they were last seen here, if ever.
    pub seen: Option<DateTime<Utc>>,
}

/// A rota being built or waiting to be published.
#[derive(Clone, Debug)]
pub struct Build {
    /// Which.
    pub rota: RotaId,
    /// First and last day.
    pub days: (chrono::NaiveDate, chrono::NaiveDate),
    /// Whether the solver is at work.
    pub building: bool,
    /// Places filled, and places there are.
    pub filled: (usize, usize),
}

/// What Today knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The pool.
    pub pool: String,
    /// Duties of today (and of the night into tomorrow), in order.
    pub duties: Vec<Duty>,
    /// The hours the pool watches today, in order.
    pub watched: Vec<Span>,
    /// The next duties when nobody is on now.
    pub next: Vec<Duty>,
    /// When visitors wrote today.
    pub arrivals: Vec<DateTime<Utc>>,
    /// How many of them a person has answered.
    pub answered: usize,
    /// Whether no rota is published for any of the next fourteen days.
    pub unplanned: bool,
    /// Gaps in the next fourteen days, soonest first.
    pub gaps: Vec<Gap>,
    /// Duties to come whose holder does not bring what they ask for, soonest first.
    pub unfit: Vec<Unfit>,
    /// Conversations held, longest wait first.
    pub waiting: Vec<Waiting>,
    /// People who cannot be rung, by their next duty.
    pub unreachable: Vec<Unreachable>,
    /// Rotas being built or drafted.
    pub builds: Vec<Build>,
    /// Duties on their way to somebody else that wait for the planner.
    pub handovers: Vec<Pending>,
    /// Who asks for an open duty.
    pub asking: Vec<Asking>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.pool, &capital(&words.day(reader.today())), html! {
            a.btn href="/rota" { (icon(Icon::Board)) (words.say("today-open-rota")) }
        }))
        div.today {
            div.today-main {
                (on_now(reader, model))
                (tonight(reader, model))
            }
            (needs(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("place-today"), main)
}

/// `text` with its first letter in upper case.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The lamp: who is on duty now, or who is next.
fn on_now(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let running = |rung| {
        model
            .duties
            .iter()
            .filter(move |duty| duty.rung == rung && duty.span.contains(reader.now))
            .collect::<Vec<_>>()
    };
    let (leads, backups) = (running(Rung::Lead), running(Rung::Backup));
    let watched = model.watched.iter().any(|span| span.contains(reader.now));
    html! {
        section #now .card .lamp-card .lit[!leads.is_empty()] data-live="today clock shifts" aria-labelledby="now-title" {
            @if leads.is_empty() {
                div.lamp-head {
                    h2 #now-title {
                        @if watched { (words.say("today-hole")) } @else { (words.say("today-nobody")) }
                    }
                }
                (next_duty(reader, model))
            } @else {
                div.lamp-head { (lamp_dot()) h2 #now-title { (words.say("today-on-now")) } }
                @for duty in &leads { (lit_duty(reader, duty)) }
            }
            @if !backups.is_empty() {
                div.lamp-backup {
                    span.muted { (words.say("today-backup")) }
                    @for duty in &backups {
                        span.person { (duty.face.avatar()) span { (duty.face.name) } (presence(reader, duty)) (hand_over(reader, duty)) }
                    }
                }
            }
        }
    }
}

fn lit_duty(reader: &Reader, duty: &Duty) -> Markup {
    let words = reader.words();
    let left = Minutes(u32::try_from((duty.span.end() - reader.now).num_minutes()).unwrap_or(0));
    let whole = duty.span.length().0.max(1);
    html! {
        div.lamp-duty {
            span class=(format!("av big {}", office_class(duty.face.colour))) aria-hidden="true" { (duty.face.initials) }
            div.grow {
                p.lamp-name {
                    (words.say_with("today-until", &[("name", (&*duty.face.name).into()), ("time", reader.time(duty.span.end()).into())]))
                }
                p.muted { (duty.face.office) " · " (words.say("today-left")) " " (ticking("until", duty.span.end(), &words.length(left))) }
            }
            (presence(reader, duty))
            (hand_over(reader, duty))
        }
        (track("lit", whole - left.0.min(whole), whole))
    }
}

/// The way to act for somebody who cannot come.
fn hand_over(reader: &Reader, duty: &Duty) -> Markup {
    html! {
        a.btn.sm.quiet href=(format!("/shifts/{}/change", duty.shift)) {
            (reader.words().say("handover-open")) span.vh { " " (duty.face.name) }
        }
    }
}

fn presence(reader: &Reader, duty: &Duty) -> Markup {
    let words = reader.words();
    html! { @if duty.present { (pill("moss", &words.say("today-present"))) } @else { (pill("", &words.say("today-absent"))) } }
}

fn next_duty(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        @for duty in &model.next {
            div.lamp-duty {
                (duty.face.avatar())
                p.grow {
                    (words.say_with("today-next", &[
                        ("name", (&*duty.face.name).into()),
                        ("day", reader.near_day(duty.span.start()).into()),
                        ("hours", reader.hours(duty.span).into()),
                    ]))
                    span.muted { " · " (rung_name(reader, duty.rung)) }
                }
                (hand_over(reader, duty))
            }
        }
        @if model.next.is_empty() { p.muted { (words.say("today-next-none")) } }
    }
}

fn needs(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let decisions = model.handovers.len() + model.asking.len();
    let urgent =
        model.gaps.len() + model.unfit.len() + model.waiting.len() + decisions + usize::from(model.unplanned);
    let other = model.unreachable.len() + model.builds.len();
    html! {
        section #needs .card data-live="today clock shifts inbox" aria-labelledby="needs-title" {
            div.card-head {
                h2 #needs-title { (words.say("today-needs")) }
                @if urgent > 0 { (pill("coral", &urgent.to_string())) }
                @if other > 0 { (pill("", &other.to_string())) }
            }
            @if model.unplanned { (unplanned_line(reader)) }
            @for waiting in &model.waiting { (waiting_line(reader, waiting)) }
            @for one in &model.handovers { (pending(reader, one)) }
            @for one in &model.asking { (asking(reader, one)) }
            @for gap in &model.gaps { (gap_line(reader, gap)) }
            @for unfit in &model.unfit { (unfit_line(reader, unfit)) }
            @for person in &model.unreachable { (unreachable_line(reader, person)) }
            @for build in &model.builds { (build_line(reader, build)) }
            @if urgent + other == 0 { (empty(Icon::Check, &words.say("today-needs-nothing"), None)) }
        }
    }
}

fn unplanned_line(reader: &Reader) -> Markup {
    let words = reader.words();
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div {
                strong { (words.say("today-unplanned")) }
                p { (words.say("today-unplanned-why")) " " a href="/rota" { (words.say("today-unplanned-do")) } }
            }
        }
    }
}

fn waiting_line(reader: &Reader, waiting: &Waiting) -> Markup {
    let words = reader.words();
    html! {
        div.issue.coral {
            (icon(Icon::Inbox))
            div {
                strong {
                    (words.say_with("today-waits", &[("visitor", (&*waiting.visitor).into()), ("office", (&*waiting.office.0).into())]))
                }
                p {
                    (words.say("today-waits-for")) " "
                    (ticking("since", waiting.since, &words.length(since(reader, waiting.since)))) ". "
                    @match waiting.because {
                        Held::Closed => (words.say("today-held-closed")),
                        Held::NobodyOnDuty => (words.say("today-held-hole")),
                    }
                    @if let Some(opens) = waiting.opens_at {
                        " " (words.say_with("today-opens", &[("day", reader.near_day(opens).into()), ("time", reader.time(opens).into())]))
                    }
                }
            }
        }
    }
}

fn since(reader: &Reader, instant: DateTime<Utc>) -> Minutes {
    Minutes(u32::try_from((reader.now - instant).num_minutes()).unwrap_or(0))
}

fn gap_line(reader: &Reader, gap: &Gap) -> Markup {
    let words = reader.words();
    let day = words.day_short(reader.day(gap.span.start()));
    let values = [("day", day.into()), ("hours", reader.hours(gap.span).into())];
    let monday = time::monday_of(reader.day(gap.span.start()));
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div {
                strong {
                    @match gap.rung {
                        Rung::Lead => (words.say_with("today-gap-lead", &values)),
                        Rung::Backup | Rung::Learner => (words.say_with("today-gap-backup", &values)),
                    }
                }
                p {
                    @for need in needs_words(reader, &gap.languages, &gap.skills) { (need) ". " }
                    @if gap.span.start() <= reader.now { (words.say("today-gap-running")) }
                    @else { a href=(format!("/rota/{}?from={monday}#a-{}", gap.rota, gap.assignment)) { (words.say("today-gap-fill")) } }
                }
            }
        }
    }
}

fn unfit_line(reader: &Reader, Unfit { duty, lacks }: &Unfit) -> Markup {
    let words = reader.words();
    let day = words.day_short(reader.day(duty.span.start()));
    let values =
        [("name", (&*duty.face.name).into()), ("day", day.into()), ("hours", reader.hours(duty.span).into())];
    let lacks = skills_words(reader, lacks);
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div {
                strong { (words.say_with("today-unfit", &values)) }
                p {
                    (words.say_with("today-unfit-lacks", &[("what", lacks.into())])) " "
                    a href=(format!("/shifts/{}/change", duty.shift)) { (words.say("today-gap-fill")) }
                }
            }
        }
    }
}

fn unreachable_line(reader: &Reader, person: &Unreachable) -> Markup {
    let words = reader.words();
    html! {
        div.issue {
            (icon(Icon::Bell))
            div {
                strong { (words.say_with("today-unreachable", &[("name", (&*person.face.name).into())])) }
                p {
                    @match person.seen {
                        Some(seen) => (words.say_with("today-seen", &[("day", reader.near_day(seen).into())])),
                        None => (words.say("today-never-seen")),
                    }
                    " "
                    (words.say_with("today-their-next", &[
                        ("day", words.day_short(reader.day(person.next.start())).into()),
                        ("hours", reader.hours(person.next).into()),
                    ]))
                }
            }
        }
    }
}

fn build_line(reader: &Reader, build: &Build) -> Markup {
    let words = reader.words();
    let values = [("filled", build.filled.0.into()), ("places", build.filled.1.into())];
    html! {
        div.issue {
            (icon(if build.building { Icon::Spark } else { Icon::Board }))
            div {
                strong { (words.say_with("today-rota", &[("days", words.days(build.days.0, build.days.1).into())])) }
                p {
                    @if build.building { (words.say_with("today-building", &values)) } @else { (words.say_with("today-draft", &values)) }
                    " "
                    a href=(format!("/rota/{}", build.rota)) { (words.say("today-open")) }
                }
            }
        }
    }
}
