//! What the chosen key settles, in sentences, and the offices' hours.

use domain::{Cents, HourWeights, Payment, ShareLine};
use maud::{Markup, html};

use super::{Model, key_name, office};
use crate::{Reader, words::Value};

/// What each office is owed or owes, and the payments that settle all of it.
pub(super) fn card(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let sharing = &model.sharing;
    let key = words.say(key_name(sharing.key));
    html! {
        section.card aria-labelledby="shares-settled" {
            h2 #shares-settled { (words.say_with("shares-settled", &[("key", key.into())])) }
            @if !sharing.knows(sharing.key) { p { (words.say("shares-unknown")) } }
            @else {
                ul.lines { @for line in &sharing.lines { (balance(reader, model, line)) } }
                h3 { (words.say("shares-payments")) }
                @if sharing.payments.is_empty() { p.muted { (words.say("shares-even")) } }
                ul.facts { @for one in &sharing.payments { li { (payment(reader, model, *one)) } } }
                p.hint { (words.say("shares-no-invoice")) }
            }
        }
    }
}

fn balance(reader: &Reader, model: &Model, line: &ShareLine) -> Markup {
    let words = reader.words();
    let amounts = [
        ("duties", model.money(reader, line.duties.unwrap_or_default()).into()),
        ("share", model.money(reader, line.share(model.sharing.key).unwrap_or_default()).into()),
    ];
    let balance = line.balance.unwrap_or_default();
    let key = match balance.0 {
        ..0 => "shares-owes",
        0 => "shares-is-even",
        _ => "shares-is-owed",
    };
    html! {
        li {
            div.grow {
                strong { (office(model, line.office)) }
                p.muted {
                    (words.say_with("shares-line", &amounts))
                    @if line.charged != Cents(0) {
                        " " (words.say_with("shares-price", &[("price", model.money(reader, line.charged).into())]))
                    }
                }
            }
            strong { (words.say_with(key, &[("amount", model.money(reader, Cents(balance.0.abs())).into())])) }
        }
    }
}

/// "Kaysersberg pays Riquewihr €80."
fn payment(reader: &Reader, model: &Model, one: Payment) -> String {
    let name = |whose: Option<_>| whose.map_or(model.board.clone(), |office| model.name(office).to_owned());
    reader.words().say_with(
        "shares-payment",
        &[
            ("from", name(one.from).into()),
            ("to", name(one.to).into()),
            ("amount", model.money(reader, one.amount).into()),
        ],
    )
}

/// The time bank: hours given, hours owed, what is left, and what that is worth.
pub(super) fn hours(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let key = words.say(key_name(model.sharing.key));
    html! {
        section.card aria-labelledby="shares-hours" {
            h2 #shares-hours { (words.say("shares-hours")) }
            p { (words.say_with("shares-hours-lead", &hours_counted(reader, model, key))) }
            @if !model.sharing.knows(model.sharing.key) { p { (words.say("shares-hours-alike")) } }
            div.wide tabindex="0" role="group" aria-labelledby="shares-hours" {
                table {
                    thead { tr {
                        th scope="col" { (words.say("shares-office")) }
                        @for column in ["shares-given", "shares-due", "shares-balance", "shares-worth"] {
                            th.num scope="col" { (words.say(column)) }
                        }
                    } }
                    tbody {
                        @for line in &model.sharing.lines {
                            @let bank = line.bank;
                            tr {
                                th scope="row" { (office(model, line.office)) }
                                td.num { (words.decimal_hours(bank.given)) }
                                td.num { (words.decimal_hours(bank.due)) }
                                td.num { (words.signed_hours(bank.balance)) "\u{a0}h" }
                                td.num { (model.money(reader, bank.worth)) }
                            }
                        }
                    }
                }
            }
            @if model.sharing.lines.iter().any(|line| line.days == 0) { p.hint { (words.say("shares-hours-price")) } }
        }
    }
}

/// The key, and what an hour counts by when it was given.
fn hours_counted(reader: &Reader, model: &Model, key: String) -> [(&'static str, Value<'static>); 5] {
    let times = |points: u32| reader.words().times(points);
    let HourWeights { evening, saturday, sunday, holiday } = model.sharing.weights;
    [
        ("key", key.into()),
        ("evening", times(evening).into()),
        ("saturday", times(saturday).into()),
        ("sunday", times(sunday).into()),
        ("holiday", times(holiday).into()),
    ]
}
