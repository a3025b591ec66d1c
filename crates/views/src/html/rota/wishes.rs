//! Until when wishes of which days are taken: the planner's card beside the board.

use chrono::{Days, NaiveDate};
use domain::WishRound;
use maud::{Markup, html};

use super::Model;
use crate::{
    Reader,
    html::{
        components::{csrf, pill},
        icons::{Icon, icon},
    },
};

/// The rounds that are not over, and the form that sets one.
pub(super) fn card(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #wishes .card.no-print aria-labelledby="rounds-title" {
            h2 #rounds-title { (icon(Icon::Heart)) (words.say("wishes-rounds")) }
            p.muted { (words.say("wishes-rounds-lead")) }
            @if model.rounds.is_empty() { p.muted { (words.say("wishes-rounds-none")) } }
            ul.lines { @for round in &model.rounds { (line(reader, round)) } }
            details.more {
                summary.btn.sm { (words.say("wishes-round-set")) }
                (form(reader, model))
            }
        }
    }
}

fn line(reader: &Reader, round: &WishRound) -> Markup {
    let words = reader.words();
    let said = words.say_with(
        "wishes-round",
        &[("days", words.days(round.from, round.until).into()), ("day", words.date(round.closes_on).into())],
    );
    html! {
        li {
            span.grow { (said) @if round.closes_on < reader.today() { " " (pill("", &words.say("wishes-round-closed"))) } }
            form method="post" action=(format!("/wish-rounds/{}/remove", round.id)) {
                (csrf(reader))
                button.btn.sm.quiet { (words.say("wishes-round-remove")) span.vh { " " (said) } }
            }
        }
    }
}

fn form(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let (from, until) = days(model);
    let field = |name: &str, label: &str, value: NaiveDate| {
        html! {
            div.field {
                label for=(format!("round-{name}")) { (words.say(label)) }
                input id=(format!("round-{name}")) type="date" name=(name) value=(value) required;
            }
        }
    };
    html! {
        form.stack method="post" action=(model.action("wishes")) {
            (csrf(reader))
            div.two {
                (field("from", "wishes-round-from", from))
                (field("until", "wishes-round-until", until))
            }
            (field("closes_on", "wishes-round-closes", from - Days::new(21)))
            button.btn.primary.sm { (words.say("wishes-round-do")) }
        }
    }
}

/// Those of a draft; beside what is published, the four weeks after it.
fn days(model: &Model) -> (NaiveDate, NaiveDate) {
    if model.editable() {
        return model.days;
    }
    let from = model.days.1 + Days::new(1);
    (from, from + Days::new(27))
}
