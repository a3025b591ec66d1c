//! The right column: how the build goes, and what is still to be looked at.

use std::cmp::Reverse;

use chrono::{DateTime, Days, Utc};
use domain::{Gravity, RotaStatus, Rule, Rung};
use maud::{Markup, html};

use super::{
    Candidate, Consequence, Gap, KeptOut, Model, Place, Progress, Remark,
    days::offer,
    quality,
    rules::{accepted_words, cure_words, finding_words, remark_title, rule_words},
};
use crate::{
    Reader,
    html::{
        components::{csrf, empty, hidden, pill},
        icons::{Icon, icon},
        skills::needs_words,
    },
};

/// The build panel: a curve of the best plan so far, in words too.
pub(super) fn build(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let running = model.progress.as_ref().is_some_and(|progress| progress.running);
    let waits = model.progress.as_ref().is_some_and(Progress::waits);
    html! {
        section #panel .card.no-print data-live=(format!("rota:{}", model.rota)) aria-labelledby="build-title" {
            div.card-head {
                (icon(Icon::Spark))
                h2 #build-title {
                    @if waits { (words.say("rota-build-waits")) }
                    @else if running { (words.say("rota-build-running")) }
                    @else if model.progress.is_some() { (words.say("rota-built")) }
                    @else { (words.say("rota-build-title")) }
                }
                @if let Some(progress) = model.progress.as_ref().filter(|_| !waits) { (pill("lagoon", &clock(progress.seconds))) }
            }
            @if let Some(progress) = &model.progress {
                @if waits { p role="status" { (turn(reader, progress.before.unwrap_or(0))) } }
                @else { (how_it_goes(reader, progress)) }
                @if let Some(at) = progress.begun_again_at { p.muted { (begun_again(reader, at)) } }
            } @else if model.editable() {
                p { (words.say("rota-build-why")) }
            } @else {
                p { (words.say("rota-build-published")) }
            }
            (build_forms(reader, model, running, waits))
            (other_days(reader, model))
        }
    }
}

/// Asks for a draft of other days: the four weeks after this rota, or from today if it is long over, unless
/// one says otherwise.
fn other_days(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let from = (model.days.1 + Days::new(1)).max(reader.today());
    let until = from + Days::new(27);
    html! {
        details.other-days {
            summary { (words.say("rota-other-days")) }
            form.stack method="post" action="/rota" {
                (csrf(reader))
                div.two {
                    div.field {
                        label for="other-from" { (words.say("rota-other-from")) }
                        input #other-from type="date" name="from" value=(from) required;
                    }
                    div.field {
                        label for="other-until" { (words.say("rota-other-until")) }
                        input #other-until type="date" name="until" value=(until) required;
                    }
                }
                button.btn.sm { (icon(Icon::Plus)) (words.say("rota-other-do")) }
            }
        }
    }
}

fn build_forms(reader: &Reader, model: &Model, running: bool, waits: bool) -> Markup {
    let words = reader.words();
    let form = |verb: &str, class: &str, drawing: Icon, label: String| {
        html! {
            form method="post" action=(model.action(verb)) data-frag=[(verb != "discard").then_some("status panel board figures look days")] {
                (csrf(reader)) (hidden("version", model.version))
                button class=(class) { (icon(drawing)) (label) }
            }
        }
    };
    html! {
        @if model.editable() {
            div.row {
                @if running { (form("stop", "btn primary sm", Icon::Stop, words.say(if waits { "rota-stop-waiting" } else { "rota-stop" }))) }
                @else if model.status == RotaStatus::Draft {
                    (form("build", "btn primary sm", Icon::Play, if model.progress.is_some() { words.say("rota-build-again") } else { words.say("rota-build") }))
                }
                (form("discard", "btn quiet sm", Icon::Cross, words.say("rota-discard")))
            }
        }
    }
}

/// "0:42".
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Whose turn it is before.
fn turn(reader: &Reader, before: u32) -> String {
    let words = reader.words();
    if before == 0 {
        words.say("rota-begins")
    } else {
        words.say_with("rota-waits", &[("before", before.into())])
    }
}

fn begun_again(reader: &Reader, at: DateTime<Utc>) -> String {
    let words = reader.words();
    let (day, time) = (reader.day(at), reader.time(at));
    let when = if day == reader.today() { time } else { format!("{}, {time}", words.day_short(day)) };
    words.say_with("rota-begun-again", &[("time", when.into())])
}

fn how_it_goes(reader: &Reader, progress: &Progress) -> Markup {
    html! {
        (curve(reader, progress))
        p { (verdict(reader, progress)) }
        @if let Some(quality) = progress.quality.as_ref().filter(|_| !progress.curve.is_empty()) {
            (quality::lines(reader, quality))
        }
        @if progress.running { p.hint { (reader.words().say("rota-keep-working")) } }
    }
}

fn verdict(reader: &Reader, progress: &Progress) -> Markup {
    let words = reader.words();
    let score = progress.curve.last().map_or(0, |(_, score)| *score);
    html! {
        strong { (score) " / 100." } " "
        @if progress.proved { (words.say("rota-proved")) }
        @else if progress.stopped { (words.say("rota-stopped")) }
        @else if progress.running && progress.quiet >= 3 {
            (words.say_with("rota-quiet", &[("seconds", progress.quiet.into())]))
        }
    }
}

/// The best plan so far over time, as steps.
fn curve(reader: &Reader, progress: &Progress) -> Markup {
    let words = reader.words();
    let last = (progress.seconds * 10).max(1);
    let scores = || progress.curve.iter().map(|(_, score)| u32::from(*score));
    let (lowest, highest) = (scores().min().unwrap_or(0), scores().max().unwrap_or(100));
    // Four rules need four scores, also where the first plan was the best.
    let (bottom, top) = (lowest.min(97), highest.max(lowest.min(97) + 3));
    let x = |tenths: u32| 34 + tenths.min(last) * 232 / last;
    let y = |score: u32| 96 - (score - bottom) * 84 / (top - bottom);
    let mut path = if progress.curve.is_empty() { "M34 96".to_owned() } else { String::new() };
    for (at, (tenths, score)) in progress.curve.iter().enumerate() {
        let step = if at == 0 {
            format!("M{} {}", x(*tenths), y(u32::from(*score)))
        } else {
            format!("H{}V{}", x(*tenths), y(u32::from(*score)))
        };
        path.push_str(&step);
    }
    path.push_str(&format!("H{}", x(last)));
    let first = progress.curve.first().map_or(34, |(tenths, _)| x(*tenths));
    let ground = format!("{path}V96H{first}Z");
    let end = progress.curve.last().map_or(96, |(_, score)| y(u32::from(*score)));
    html! {
        svg.chart.curve viewBox="0 0 280 116" role="img" aria-labelledby="curve-title" {
            title #curve-title {
                (words.say_with("rota-curve", &[("from", lowest.into()), ("to", highest.into()), ("seconds", progress.seconds.into())]))
            }
            @for part in 0..4 {
                @let score = bottom + (top - bottom) * part / 3;
                line.rule x1="34" x2="272" y1=(y(score)) y2=(y(score)) {}
                text x="28" y=(y(score) + 4) text-anchor="end" { (score) }
            }
            path.area d=(ground) {}
            path.step d=(path) {}
            circle.end cx=(x(last)) cy=(end) r="4" {}
            text x="34" y="111" { "0\u{a0}s" }
            text x="150" y="111" text-anchor="middle" { (words.say("rota-best-so-far")) }
            text x="270" y="111" text-anchor="end" { (progress.seconds) "\u{a0}s" }
        }
    }
}

/// Gaps with ways to fill them, then what the judge found.
pub(super) fn still_to_look_at(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let to_mend = model.gaps.len() + model.remarks.iter().filter(|remark| grave(remark)).count();
    let heavy = to_mend + usize::from(model.stale);
    let light = model.remarks.iter().filter(|remark| !grave(remark)).count();
    html! {
        section #look .card.no-print data-live=(format!("rota:{}", model.rota)) aria-labelledby="look-title" {
            div.card-head {
                h2 #look-title { (words.say("rota-look")) }
                @if heavy > 0 { (pill("coral", &heavy.to_string())) }
                @if light > 0 { (pill("", &light.to_string())) }
            }
            @if model.status == RotaStatus::Draft && to_mend > 0 {
                a.btn.sm href=(model.action("repair")) { (icon(Icon::Swap)) (words.say("repair-link")) }
            }
            @if model.stale { (stale(reader)) }
            @for gap in model.gaps.iter().take(12) {
                @if let Some(place) = model.places.iter().find(|place| place.assignment == gap.assignment) {
                    (gap_issue(reader, model, gap, place))
                }
            }
            @for remark in model.remarks.iter().filter(|remark| grave(remark)) { (remark_issue(reader, model, remark)) }
            @for group in light_by_rule(model) { (light_issues(reader, model, &group)) }
            @if model.status == RotaStatus::Building { (empty(Icon::Clock, &words.say("rota-look-building"), None)) }
            @else if heavy + light == 0 { (empty(Icon::Check, &words.say("rota-look-nothing"), None)) }
        }
    }
}

fn stale(reader: &Reader) -> Markup {
    let words = reader.words();
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div.grow { strong { (words.say("rota-stale")) } p { (words.say("rota-stale-do")) } }
        }
    }
}

fn grave(remark: &Remark) -> bool {
    remark.finding.gravity.blocks() && remark.accepted.is_none()
}

/// What forbids nothing, or was accepted, rule by rule, each in the order of the remarks.
fn light_by_rule(model: &Model) -> Vec<Vec<&Remark>> {
    let mut groups: Vec<Vec<&Remark>> = Vec::new();
    for remark in model.remarks.iter().filter(|remark| !grave(remark)) {
        match groups.iter_mut().find(|group| group[0].finding.rule == remark.finding.rule) {
            Some(group) => group.push(remark),
            None => groups.push(vec![remark]),
        }
    }
    groups
}

/// From so many remarks of one rule on they are one line to open.
const FOLDED: usize = 3;

fn light_issues(reader: &Reader, model: &Model, group: &[&Remark]) -> Markup {
    if group.len() < FOLDED {
        return html! { @for remark in group { (remark_issue(reader, model, remark)) } };
    }
    let times = reader.words().say_with("rota-remarks", &[("count", group.len().into())]);
    html! {
        div.issue {
            (icon(Icon::Clock))
            div.grow {
                strong { (rule_words(reader, group[0].finding.rule)) }
                details.fix {
                    summary { (times) }
                    @for remark in group { (folded(reader, model, remark)) }
                }
            }
        }
    }
}

/// One of several remarks of a rule.
fn folded(reader: &Reader, model: &Model, remark: &Remark) -> Markup {
    html! {
        p {
            @match place_of(model, remark) {
                Some(place) => a href=(format!("#a-{}", place.assignment)) { (remark_title(reader, remark)) },
                None => strong { (remark_title(reader, remark)) },
            }
            br;
            (finding_words(reader, &remark.finding))
            @if let Some(accepted) = &remark.accepted { br; span.muted { (accepted_words(reader, accepted)) } }
        }
    }
}

/// Where on the shown days it stands, if it does.
fn place_of<'m>(model: &'m Model, remark: &Remark) -> Option<&'m Place> {
    let finding = &remark.finding;
    let there = |place: &&Place| place.person == Some(finding.person) && place.span.overlaps(&finding.span);
    model.places.iter().find(there)
}

fn gap_issue(reader: &Reader, model: &Model, gap: &Gap, place: &Place) -> Markup {
    let words = reader.words();
    let values =
        [("day", words.day_short(place.day).into()), ("hours", reader.hours_short(place.span).into())];
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div.grow {
                strong {
                    @match place.rung {
                        Rung::Lead => (words.say_with("rota-gap-lead", &values)),
                        Rung::Backup | Rung::Learner => (words.say_with("rota-gap-backup", &values)),
                    }
                }
                p {
                    @for asked in needs_words(reader, &place.languages, &place.skills) { (asked) ". " }
                    (kept_out(reader, gap))
                }
                @if gap.candidates.iter().all(with_reason) { p { (words.say(nobody(gap))) } }
                @if model.status == RotaStatus::Published { p.muted { (words.say("rota-gap-published")) } }
                @if model.status == RotaStatus::Draft && !gap.candidates.is_empty() {
                    details.fix {
                        summary { (words.say_with("rota-ways", &[("count", gap.candidates.len().into())])) }
                        @for candidate in &gap.candidates { (offer(reader, model, gap.assignment, candidate)) }
                    }
                }
            }
        }
    }
}

/// Whether somebody could stand there only with a reason.
fn with_reason(candidate: &Candidate) -> bool {
    candidate.consequences.iter().any(|one| matches!(one, Consequence::Breaks(_)))
}

/// That nobody could take it, or nobody unless somebody writes down why.
fn nobody(gap: &Gap) -> &'static str {
    let with_reason = gap.kept_out.iter().any(|kept| kept.gravity == Gravity::Overridable);
    if with_reason { "rota-no-candidate-reason" } else { "rota-no-candidate" }
}

/// Who is kept out by what, one sentence a rule, those whom a reason would let in first: "Away: Nadia, Paul."
fn kept_out(reader: &Reader, gap: &Gap) -> Markup {
    let mut rules: Vec<_> = gap.kept_out.iter().map(|kept| (Reverse(kept.gravity), kept.rule)).collect();
    rules.sort_unstable();
    rules.dedup();
    let names = |(gravity, rule): (Reverse<Gravity>, Rule)| {
        let alike = |kept: &&KeptOut| (kept.gravity, kept.rule) == (gravity.0, rule);
        let names: Vec<&str> = gap.kept_out.iter().filter(alike).map(|kept| &*kept.name).collect();
        let more = names.len().saturating_sub(4);
        let shown = names.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        if more == 0 { shown } else { format!("{shown} +{more}") }
    };
    html! {
        @for (gravity, rule) in rules {
            @let key = if gravity.0 == Gravity::Overridable { "rota-kept-out-reason" } else { "rota-kept-out" };
            @let values = [("why", rule_words(reader, rule).into()), ("names", names((gravity, rule)).into())];
            (reader.words().say_with(key, &values)) " "
        }
    }
}

fn remark_issue(reader: &Reader, model: &Model, remark: &Remark) -> Markup {
    let words = reader.words();
    let finding = &remark.finding;
    let place = place_of(model, remark);
    html! {
        div.issue .coral[grave(remark)] {
            (icon(if grave(remark) { Icon::Warn } else { Icon::Clock }))
            div.grow {
                strong { (remark_title(reader, remark)) }
                p { (finding_words(reader, finding)) }
                @if let Some(cure) = cure_words(reader, &finding.cure).filter(|_| remark.accepted.is_none()) { p.muted { (cure) } }
                @if let Some(accepted) = &remark.accepted { p.muted { (accepted_words(reader, accepted)) } }
                @if let Some(place) = place {
                    a href=(format!("#a-{}", place.assignment)) { (words.say("rota-see")) }
                }
            }
        }
    }
}
