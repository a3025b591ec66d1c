//! Beside the conversation: the notebook of the visitor's office, what we know of the visitor, and
//! how the evening goes.

use chrono::Duration;
use maud::{Markup, html};

use super::{
    Model, Open,
    compose::{insert_href, wanted},
    short_length, visitor_name,
};
use crate::{
    Reader,
    html::{
        components::{language_badge, office_class},
        icons::{Icon, icon},
        notebook::{Note, marked, team_only},
    },
};

/// The whole column; on a phone a sheet that opens from below.
pub(super) fn render(reader: &Reader, model: &Model, open: &Open) -> Markup {
    let words = reader.words();
    let office = &open.row.office;
    html! {
        aside #notebook .beside aria-label=(words.say_with("inbox-beside", &[("office", (&*office.name).into())])) {
            section {
                h2 {
                    span class=(format!("square {}", office_class(office.colour))) aria-hidden="true" {}
                    (words.say_with("inbox-notebook", &[("office", (&*office.name).into())]))
                    a.btn.icon.sm.quiet.only-phone href="#thread" aria-label=(words.say("shell-close")) { (icon(Icon::Cross)) }
                }
                (search(reader, open))
                div #notebook-cards {
                    @if open.notes.is_empty() { p.muted { (words.say("inbox-no-facts")) } }
                    @for note in &open.notes { (card(reader, open, note)) }
                }
            }
            (visitor(reader, open))
            (evening(reader, model))
        }
    }
}

fn search(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    html! {
        form method="get" action=(format!("/inbox/{}#notebook", open.row.id)) role="search" aria-label=(words.say("notebook-search")) data-search-frag="notebook-cards" {
            label.search-box {
                (icon(Icon::Search))
                span.vh { (words.say("notebook-search")) }
                input type="search" name="q" value=(open.search) placeholder=(words.say("notebook-search")) autocomplete="off";
            }
        }
    }
}

fn card(reader: &Reader, open: &Open, note: &Note) -> Markup {
    let words = reader.words();
    let Some(text) = note.text_in(&wanted(reader, open)) else { return html! {} };
    let hit = !open.search.is_empty() && open.notes.first().is_some_and(|first| first.id == note.id);
    html! {
        article.fact .hit[hit] {
            h3 {
                span lang=(text.language) { (marked(&text.title, &open.search)) }
                span.fact-checked {
                    @if note.team_only { (team_only(reader)) }
                    @else { (words.say_with("inbox-checked", &[("day", words.date_short(note.checked_on).into())])) }
                }
            }
            p lang=(text.language) { (marked(&text.body, &open.search)) }
            @if !note.team_only && open.may_reply {
                p.fact-insert {
                    a.insert href=(insert_href(open, note, text.language)) data-insert=(text.body) { (words.say("inbox-insert")) }
                    @if note.texts.len() > 1 {
                        " " (words.say("inbox-insert-in")) " "
                        @for other in &note.texts {
                            a href=(insert_href(open, note, other.language)) data-insert=(other.body) { (language_badge(reader, other.language)) } " "
                        }
                    }
                }
            }
        }
    }
}

fn visitor(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    html! {
        section {
            h2 { (visitor_name(reader, &open.row)) }
            dl.facts {
                @if let Some(language) = open.row.language { dt { (words.say("inbox-writes-in")) } dd { (words.language_name(language)) } }
                dt { (words.say("inbox-by")) } dd { (match open.row.channel {
                    domain::ChannelKind::WebChat => words.say("channel-web-chat"),
                    domain::ChannelKind::Email => words.say("channel-email"),
                }) }
                @if let Some(email) = &open.email { dt { (words.say("inbox-address")) } dd { (email) } }
                @if let Some(from) = &open.came_from { dt { (words.say("inbox-came-from")) } dd { (from) } }
                @if let Some(day) = open.kept_until {
                    dt { (words.say("inbox-kept")) } dd { (words.say_with("inbox-kept-until", &[("day", words.date_year(day).into())])) }
                }
            }
        }
    }
}

/// How long visitors waited for each answer of this duty: bars, and a sentence.
fn evening(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let promised = model.promise.duration();
    let answers = &model.answers;
    let Some(half) = median(answers) else { return html! {} };
    let late = answers.iter().filter(|waited| **waited > promised).count();
    let longest = answers.iter().max().copied().unwrap_or_default().max(Duration::seconds(1));
    let sentence = words.say_with(
        "inbox-evening",
        &[("answers", answers.len().into()), ("half", short_length(reader, half).into())],
    );
    html! {
        section.evening {
            h2 { (words.say("inbox-your-evening")) }
            svg.spark viewBox=(format!("0 0 {} 46", answers.len().max(12) * 20)) preserveAspectRatio="none" role="img" aria-label=(sentence) {
                @for (at, waited) in answers.iter().enumerate() {
                    @let height = 4 + waited.num_seconds() * 42 / longest.num_seconds();
                    rect.late[*waited > promised] x=(at * 20) y=(46 - height) width="16" height=(height) rx="2" {}
                }
            }
            p.muted {
                (sentence)
                @if late > 0 {
                    " " (words.say_with("inbox-evening-late", &[("late", late.into()), ("minutes", model.promise.0.into())]))
                }
            }
        }
    }
}

/// The middle one; of two middle ones the longer.
fn median(lengths: &[Duration]) -> Option<Duration> {
    let mut sorted = lengths.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied()
}
