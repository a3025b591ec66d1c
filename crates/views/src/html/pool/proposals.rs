//! What the last weeks propose for a pool: what was missed, and needs that one press makes.

use domain::{Outlook, PoolId, Proposal, Reception};
use maud::{Markup, html};

use crate::{
    Reader,
    html::{
        components::{csrf, empty, hidden},
        coverage::window_words,
        icons::{Icon, icon},
    },
};

/// More than these are in the API alone.
const MOST: usize = 6;

/// The card of the pool `id`, whose name is `name`.
pub(super) fn card(reader: &Reader, (id, name): (PoolId, &str), outlook: &Outlook) -> Markup {
    let words = reader.words();
    let title = format!("proposals-{id}");
    html! {
        section.card.proposals aria-labelledby=(title) {
            h2 id=(title) { (icon(Icon::Chart)) (words.say("proposals-title")) span.vh { " " (name) } }
            @if outlook.is_founded() { (founded(reader, id, outlook)) }
            @else {
                @let few = [("count", outlook.messages.into()), ("fewest", Outlook::FEWEST.into())];
                (empty(Icon::Inbox, &words.say_with("proposals-thin", &few), None))
            }
        }
    }
}

fn founded(reader: &Reader, pool: PoolId, outlook: &Outlook) -> Markup {
    let words = reader.words();
    let terms = outlook.terms;
    let rests = [
        ("count", outlook.messages.into()),
        ("days", words.days(outlook.from, outlook.until).into()),
        ("handling", words.length(terms.handling).into()),
    ];
    let missed = [
        ("count", outlook.missed.into()),
        ("share", words.percent(outlook.missed as usize, outlook.messages as usize).into()),
    ];
    let enough = [
        ("share", words.percent(terms.percent as usize, 100).into()),
        ("within", words.length(terms.within).into()),
    ];
    html! {
        p { strong { (words.say_with("proposals-missed", &missed)) } }
        @if outlook.proposals.is_empty() { p { (words.say_with("proposals-none", &enough)) } }
        ul.lines {
            @for proposal in outlook.proposals.iter().take(MOST) { (line(reader, pool, outlook, proposal)) }
        }
        p.hint { (words.say_with("proposals-rest", &rests)) }
    }
}

fn line(reader: &Reader, pool: PoolId, outlook: &Outlook, one: &Proposal) -> Markup {
    let words = reader.words();
    let hours = window_words(reader, &one.window);
    let came = [("count", one.messages.into()), ("days", one.days.into())];
    html! {
        li {
            div.grow {
                strong { (hours) }
                p { (effect(reader, outlook, one)) }
                p.muted {
                    (words.say_with("proposals-came", &came))
                    " " (chats(reader, one))
                }
            }
            form method="post" action="/pool/needs" {
                (csrf(reader))
                (hidden("pool", pool))
                (hidden("days", one.window.days.0))
                (hidden("from", one.window.from.format("%H:%M")))
                (hidden("until", one.window.until.format("%H:%M")))
                (hidden("leads", one.people - one.now))
                (hidden("backups", 0))
                button.btn.sm {
                    (words.say_with("proposals-do", &[("count", (one.people - one.now).into())]))
                    span.vh { " " (hours) }
                }
            }
        }
    }
}

/// "A second person lifts answered within 5 min from 71 % to 93 %."
fn effect(reader: &Reader, outlook: &Outlook, one: &Proposal) -> String {
    let words = reader.words();
    let share = |met: Reception| words.percent(met.answered_bp as usize, 10_000);
    let mut values = vec![
        ("people", one.people.into()),
        ("more", (one.people - one.now).into()),
        ("within", words.length(outlook.terms.within).into()),
        ("after", share(one.after).into()),
    ];
    let Some(before) = one.before else { return words.say_with("proposals-first", &values) };
    values.push(("before", share(before).into()));
    let key = if one.people == one.now + 1 { "proposals-one-more" } else { "proposals-more" };
    words.say_with(key, &values)
}

/// What it does for chats, and who gives up.
fn chats(reader: &Reader, one: &Proposal) -> String {
    let words = reader.words();
    let share = |bp: u32| words.percent(bp as usize, 10_000);
    let giving_up = words.say_with("proposals-giving-up", &[("share", share(one.after.giving_up_bp).into())]);
    let at_once = one.after.chats_at_once_bp;
    let at_once = at_once.map(|bp| words.say_with("proposals-chats", &[("share", share(bp).into())]));
    [Some(giving_up), at_once].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
