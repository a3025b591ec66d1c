//! Compare and publish: who gains and loses what, who is told, how much notice they get, and what needs a
//! reason.

use chrono::NaiveDate;
use domain::{RotaId, RotaStatus, Rung, Span};
use maud::{Markup, html};

use super::{
    components::{Face, banner, csrf, empty, hidden, page_head, part_of_day, pill, rung_class, rung_name},
    icons::{Icon, icon},
    rota::{Remark, accepted_words, cure_words, finding_words, remark_title},
    shell::{self, Frame},
};
use crate::Reader;

/// One duty that comes, goes, or changes its rung or hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
}

/// What changes for one person.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub face: Face,
    /// Duties they get, in order.
    pub gains: Vec<Duty>,
    /// Duties they no longer have, in order.
    pub loses: Vec<Duty>,
    /// How many stay as they are.
    pub keeps: usize,
    /// Clear days between being told now and the first duty they get; nothing where they get none.
    pub notice: Option<i64>,
    /// Whether a law that binds them asks for more notice of one of their duties.
    pub short: bool,
}

/// The draft beside what is published.
#[derive(Clone, Debug)]
pub struct Model {
    /// The draft.
    pub rota: RotaId,
    /// Its version.
    pub version: i64,
    /// Whether it is a draft still.
    pub status: RotaStatus,
    /// The pool.
    pub pool: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Whether something of these days was published before.
    pub replaces: bool,
    /// Whom something changes for, by name.
    pub changes: Vec<Change>,
    /// People for whom nothing changes: they are not written to.
    pub untouched: usize,
    /// Places nobody fills.
    pub gaps: usize,
    /// Rules that refuse everywhere and are broken: publishing waits until there are none.
    pub refused: usize,
    /// What the judge finds of hours to come, the gravest first.
    pub remarks: Vec<Remark>,
    /// The fields of a publication that was refused because a reason was missing, as they were sent; empty
    /// where none was.
    pub given: Vec<(String, String)>,
    /// The message typed so far.
    pub message: String,
    /// Other drafts that share a day with it, and their numbers.
    pub others: Vec<(RotaId, u32)>,
}

impl Model {
    /// What was sent as `field` before; nothing on a fresh page.
    fn sent(&self, field: &str) -> &str {
        self.given.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let days = words.days(model.days.0, model.days.1);
    let main = html! {
        (page_head(&format!("{} · {days}", model.pool), &words.say("compare-title"), html! {
            @for (other, number) in &model.others {
                a.btn href=(format!("/rota/{}/compare?with={other}", model.rota)) { (words.say_with("beside-link", &[("number", (*number).into())])) }
            }
            a.btn href=(format!("/rota/{}", model.rota)) { (icon(Icon::Left)) (words.say("compare-back")) }
        }))
        div.compare {
            section.card aria-labelledby="changes-title" {
                div.card-head {
                    h2 #changes-title {
                        @if model.replaces { (words.say("compare-changes")) } @else { (words.say("compare-first")) }
                    }
                    span.muted { (words.say_with("compare-untouched", &[("count", model.untouched.into())])) }
                }
                @if model.changes.is_empty() { (empty(Icon::Check, &words.say("compare-nothing"), None)) }
                @for change in &model.changes { (person(reader, change)) }
            }
            (publish(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("compare-title"), main)
}

/// What one person gains, loses and keeps.
fn person(reader: &Reader, change: &Change) -> Markup {
    let words = reader.words();
    html! {
        article.diff {
            (change.face.avatar())
            div.grow {
                h3 { (change.face.name) " " span.muted { (change.face.office) } }
                @if !change.gains.is_empty() { (duties(reader, "gains", &words.say("compare-gains"), &change.gains)) }
                @if !change.loses.is_empty() { (duties(reader, "loses", &words.say("compare-loses"), &change.loses)) }
                @if change.keeps > 0 { p.muted { (words.say_with("compare-keeps", &[("count", change.keeps.into())])) } }
            }
            @if let Some(days) = change.notice {
                @let notice = words.say_with("compare-notice", &[("days", days.into())]);
                @if change.short { (pill("coral", &notice)) } @else { (pill("", &notice)) }
            }
        }
    }
}

pub(super) fn duties(reader: &Reader, tone: &str, label: &str, duties: &[Duty]) -> Markup {
    let words = reader.words();
    html! {
        p class=(format!("diff-line {tone}")) {
            @match tone {
                "gains" => span.sign aria-hidden="true" { "+" },
                "loses" => span.sign aria-hidden="true" { "−" },
                _ => {}
            }
            span.diff-label { (label) }
            @for duty in duties {
                span class=(chip_class(reader, duty)) {
                    (words.day_short(reader.day(duty.span.start()))) " " strong { (reader.hours_short(duty.span)) }
                    span.vh { " " (rung_name(reader, duty.rung)) }
                }
            }
        }
    }
}

fn chip_class(reader: &Reader, duty: &Duty) -> String {
    format!("chip {}{}", part_of_day(reader, duty.span), rung_class(duty.rung))
}

/// What stands in the way, the message, and the one button.
fn publish(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let short = model.changes.iter().filter(|change| change.short).count();
    html! {
        section #publish .card aria-labelledby="publish-title" tabindex="-1" {
            h2 #publish-title { (words.say("compare-publish-title")) }
            ul.facts {
                li { (icon(Icon::Mail)) (words.say_with("compare-told", &[("count", model.changes.len().into())])) }
                li { (icon(Icon::Calendar)) (words.say("compare-feeds")) }
                @if short > 0 {
                    li.wrong {
                        (icon(Icon::Warn))
                        (words.say_with("compare-short", &[("count", short.into())]))
                    }
                } @else { li { (icon(Icon::Check)) (words.say("compare-notice-kept")) } }
                @if model.gaps > 0 { li.wrong { (icon(Icon::Warn)) (words.say_with("compare-gaps", &[("count", model.gaps.into())])) } }
            }
            @if model.refused > 0 {
                (banner("coral", Icon::Warn, &words.say_with("compare-refused", &[("count", model.refused.into())])))
                ul.lines {
                    @for remark in model.remarks.iter().take(model.refused) { li { div.grow { (found(reader, remark)) } } }
                }
                a.btn href=(format!("/rota/{}", model.rota)) { (words.say("compare-back")) }
            } @else {
                form method="post" action=(format!("/rota/{}/publish", model.rota)) {
                    (csrf(reader)) (hidden("version", model.version))
                    (reasons(reader, model))
                    div.field {
                        label for="message" { (words.say("compare-message")) }
                        textarea #message name="message" rows="4" maxlength="1000" aria-describedby="message-hint" { @if model.given.is_empty() { (model.message) } @else { (model.sent("message")) } }
                        p #message-hint .hint { (words.say("compare-message-hint")) }
                    }
                    button.btn.primary.wide { (words.say_with("compare-publish", &[("count", model.changes.len().into())])) }
                }
                p.hint { (words.say("compare-invisible")) }
            }
            (known(reader, model))
        }
    }
}

/// What the law lets a named person accept: a reason for all of it, or for each.
fn reasons(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let open: Vec<&Remark> = model.remarks.iter().filter(|remark| remark.needs_a_reason()).collect();
    let (missing, several) = (!model.given.is_empty(), open.len() > 1);
    html! {
        @if !open.is_empty() {
            fieldset aria-describedby="reasons-why" {
                legend { (words.say_with("compare-reasons", &[("count", open.len().into())])) }
                div.stack {
                    @if missing { div role="alert" { (banner("coral", Icon::Warn, &words.say("refusal-reason-is-missing"))) } }
                    p #reasons-why .hint { (words.say("compare-reasons-why")) }
                    ul.lines {
                        @for (number, remark) in open.iter().enumerate() {
                            li { div.grow { (found(reader, remark)) @if several { (own_reason(reader, model, number, remark)) } } }
                        }
                    }
                    div.field {
                        label for="reason" {
                            @if several { (words.say("compare-reason-all")) } @else { (words.say("compare-reason")) }
                        }
                        textarea #reason name="reason" rows="2" maxlength="500" autofocus[missing] { (model.sent("reason")) }
                    }
                }
            }
        }
    }
}

/// A reason for one finding alone.
fn own_reason(reader: &Reader, model: &Model, number: usize, remark: &Remark) -> Markup {
    let field = format!("reason:{}", remark.finding.key());
    let id = format!("reason-{number}");
    html! {
        div.field {
            label for=(id) { (reader.words().say("compare-reason-one")) span.vh { " " (remark.name) } }
            input id=(id) name=(field) type="text" maxlength="500" autocomplete="off" value=(model.sent(&field));
        }
    }
}

/// What is merely shown, and what was accepted before.
fn known(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let known: Vec<&Remark> = model.remarks[model.refused.min(model.remarks.len())..]
        .iter()
        .filter(|remark| !remark.needs_a_reason())
        .collect();
    html! {
        @if !known.is_empty() {
            details.more {
                summary.btn.sm.quiet { (words.say_with("compare-known", &[("count", known.len().into())])) }
                ul.lines { @for remark in known { li { div.grow { (found(reader, remark)) } } } }
            }
        }
    }
}

/// One thing the judge found, and how it was accepted if it was.
fn found(reader: &Reader, remark: &Remark) -> Markup {
    html! {
        strong { (remark_title(reader, remark)) }
        p { (finding_words(reader, &remark.finding)) }
        @if let Some(cure) = cure_words(reader, &remark.finding.cure) { p.muted { (cure) } }
        @if let Some(accepted) = &remark.accepted { p.muted { (accepted_words(reader, accepted)) } }
    }
}
