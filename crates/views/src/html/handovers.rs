//! Handovers on the pages: what colleagues ask and offer on *My shifts*, and what waits on *Today*.

use domain::{Gravity, HandoverId, HandoverKind, HandoverStatus, PersonId, Rung, Span, WhyNot};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, hidden, pill, rung_name},
    icons::{Icon, icon},
    rota::finding_words,
};
use crate::Reader;

/// A duty as these pages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
}

/// What a colleague asks the reader alone, or offers to anybody.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Which.
    pub id: HandoverId,
    /// What is asked.
    pub kind: HandoverKind,
    /// Whose duty it is, by given name.
    pub holder: String,
    /// The duty.
    pub duty: Stretch,
    /// The reader's own duty that is wanted for it, of a swap.
    pub counter: Option<Stretch>,
    /// What they wrote.
    pub note: String,
    /// Who asked on their behalf, by given name.
    pub on_behalf: Option<String>,
    /// Whether the reader is its backup in these hours, and leaves that place open by taking it.
    pub behind: bool,
    /// Why the reader may not take it; nothing if they may.
    pub against: Vec<WhyNot>,
}

/// What the reader asked, or was asked on their behalf, and is under way.
#[derive(Clone, Debug)]
pub struct Own {
    /// Which.
    pub id: HandoverId,
    /// What is asked.
    pub kind: HandoverKind,
    /// Where it stands.
    pub status: HandoverStatus,
    /// The duty.
    pub duty: Stretch,
    /// Who alone is asked, by given name.
    pub to: Option<String>,
    /// Who takes it, if the planner's word is all that is missing.
    pub taker: Option<String>,
    /// Who asked on the reader's behalf, by given name.
    pub on_behalf: Option<String>,
    /// How many were asked to step in.
    pub called: usize,
    /// Whether that was everybody.
    pub all_called: bool,
}

/// What was handed over and can still be given back.
#[derive(Clone, Debug)]
pub struct Done {
    /// Which.
    pub id: HandoverId,
    /// The duty the reader has since.
    pub duty: Stretch,
    /// From whom.
    pub from: String,
}

/// Everything of it that concerns the reader.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// What the reader alone is asked.
    pub requests: Vec<Offer>,
    /// What is open to anybody.
    pub offers: Vec<Offer>,
    /// What the reader asked.
    pub own: Vec<Own>,
    /// What they may give back.
    pub done: Vec<Done>,
}

impl Exchange {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.offers.is_empty() && self.own.is_empty() && self.done.is_empty()
    }
}

/// The part of *My shifts* about it; an empty place for live parts where there is nothing.
pub fn exchange(reader: &Reader, model: &Exchange) -> Markup {
    let words = reader.words();
    html! {
        section #exchange data-live="shifts today" aria-label=(words.say("handover-section")) {
            @if !model.requests.is_empty() {
                h2 { (words.say("handover-requests")) }
                @for offer in &model.requests { (offer_card(reader, offer, true)) }
            }
            @if !model.own.is_empty() {
                h2 { (words.say("handover-own")) }
                @for own in &model.own { (own_card(reader, own)) }
            }
            @if !model.offers.is_empty() {
                h2 { (words.say("handover-offers")) }
                @for offer in &model.offers { (offer_card(reader, offer, false)) }
            }
            @if !model.done.is_empty() {
                h2 { (words.say("handover-done")) }
                @for done in &model.done { (done_card(reader, done)) }
            }
        }
    }
}

/// "Monday 7 December, 18:00–22:00, lead".
pub(super) fn told(reader: &Reader, duty: Stretch) -> String {
    let day = reader.words().day(reader.day(duty.span.start()));
    format!("{day}, {}, {}", reader.hours(duty.span), rung_name(reader, duty.rung))
}

fn offer_card(reader: &Reader, offer: &Offer, asked: bool) -> Markup {
    let words = reader.words();
    let name = [("name", (&*offer.holder).into())];
    let title = match offer.kind {
        HandoverKind::GiveAway => words.say_with("handover-gives-away", &name),
        HandoverKind::Swap => words.say_with("handover-swaps", &name),
        HandoverKind::Absence => words.say_with("handover-absent", &name),
        HandoverKind::GiveBack => words.say_with("handover-gives-back", &name),
    };
    html! {
        article.card.handover {
            h3 { (icon(icon_of(offer.kind))) (title) }
            p { (told(reader, offer.duty)) }
            @if let Some(counter) = offer.counter {
                p { (words.say_with("handover-for-yours", &[("duty", told(reader, counter).into())])) }
            }
            @if let Some(by) = &offer.on_behalf {
                p.muted { (words.say_with("handover-on-behalf", &[("name", (&**by).into())])) }
            }
            @if !offer.note.is_empty() { p.quote { (words.say_with("mail-quote", &[("text", (&*offer.note).into())])) } }
            @if offer.behind && offer.against.is_empty() { p { (words.say("handover-behind")) } }
            @if offer.against.is_empty() || asked {
                div.row {
                    @if offer.against.is_empty() {
                        (press(reader, offer.id, "accept", "btn primary", &words.say("handover-accept")))
                    }
                    @if asked { (press(reader, offer.id, "refuse", "btn", &words.say("handover-refuse"))) }
                }
            }
            @for reason in &offer.against {
                p.muted { (words.say("handover-not-you")) " " (why_not(reader, reason)) }
            }
        }
    }
}

fn own_card(reader: &Reader, own: &Own) -> Markup {
    let words = reader.words();
    let state = match (own.kind, own.status) {
        (_, HandoverStatus::AwaitingApproval) => {
            let name = own.taker.clone().unwrap_or_default();
            words.say_with("handover-awaits-approval", &[("name", name.into())])
        }
        (HandoverKind::Swap | HandoverKind::GiveBack, _) => {
            let name = own.to.clone().unwrap_or_default();
            words.say_with("handover-awaits", &[("name", name.into())])
        }
        (HandoverKind::Absence, _) if own.all_called => words.say("handover-all-called"),
        (HandoverKind::Absence, _) => words.say_with("handover-called", &[("count", own.called.into())]),
        (HandoverKind::GiveAway, _) => words.say("handover-awaits-anybody"),
    };
    html! {
        article.card.handover {
            h3 { (icon(icon_of(own.kind))) (told(reader, own.duty)) }
            p { (state) }
            p.muted { (words.say("handover-still-yours")) }
            @if let Some(by) = &own.on_behalf {
                p.muted { (words.say_with("handover-on-behalf", &[("name", (&**by).into())])) }
            }
            div.row { (press(reader, own.id, "withdraw", "btn", &words.say("handover-withdraw"))) }
        }
    }
}

fn done_card(reader: &Reader, done: &Done) -> Markup {
    let words = reader.words();
    let label = words.say("handover-give-back");
    html! {
        article.card.handover {
            h3 { (told(reader, done.duty)) }
            p.muted { (words.say_with("handover-from", &[("name", (&*done.from).into())])) }
            (careful(&label, &told(reader, done.duty), html! {
                p { (words.say_with("handover-give-back-effect", &[("name", (&*done.from).into())])) }
                (press(reader, done.id, "give-back", "btn primary", &words.say("handover-give-back-do")))
            }))
        }
    }
}

fn icon_of(kind: HandoverKind) -> Icon {
    match kind {
        HandoverKind::Absence => Icon::Warn,
        HandoverKind::GiveAway | HandoverKind::Swap | HandoverKind::GiveBack => Icon::Calendar,
    }
}

/// One press on a handover.
fn press(reader: &Reader, id: HandoverId, act: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(format!("/handovers/{id}/{act}")) {
            (csrf(reader))
            button class=(class) { (label) }
        }
    }
}

/// Why somebody may not take a duty, in a sentence.
pub fn why_not(reader: &Reader, reason: &WhyNot) -> String {
    let words = reader.words();
    match reason {
        WhyNot::Holds => words.say("handover-why-holds"),
        WhyNot::OnDuty { span } => {
            words.say_with("handover-why-on-duty", &[("hours", reader.hours(*span).into())])
        }
        WhyNot::Rule { finding } => finding_words(reader, finding),
        WhyNot::NotFree => words.say("handover-why-not-free"),
        WhyNot::Holder => words.say("handover-why-holder"),
        WhyNot::OthersFirst { until } => words.say_with(
            "open-others-first",
            &[("day", words.day(reader.day(*until)).into()), ("time", reader.time(*until).into())],
        ),
    }
}

/// What waits for the planner.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Which.
    pub id: HandoverId,
    /// What is asked.
    pub kind: HandoverKind,
    /// Whose duty it is, by given name.
    pub holder: String,
    /// The duty.
    pub duty: Stretch,
    /// What is wanted for it, of a swap.
    pub counter: Option<Stretch>,
    /// Who takes it, if the planner's word is all that is missing.
    pub taker: Option<String>,
    /// What stands against it by now.
    pub against: Vec<WhyNot>,
    /// How many were asked to step in, of an absence.
    pub called: usize,
    /// Whether that was everybody.
    pub all_called: bool,
    /// Who could take it, the best first: id and given name.
    pub could: Vec<(PersonId, String)>,
}

/// One line of what needs the planner.
pub fn pending(reader: &Reader, one: &Pending) -> Markup {
    let words = reader.words();
    let duty = told(reader, one.duty);
    let urgent = one.kind == HandoverKind::Absence;
    html! {
        div.issue .coral[urgent] {
            (icon(icon_of(one.kind)))
            div.handover-line {
                strong {
                    @match &one.taker {
                        Some(taker) => (words.say_with("today-handover", &[("from", (&*one.holder).into()), ("to", (&**taker).into())])),
                        None => (words.say_with("today-absent-holder", &[("name", (&*one.holder).into())])),
                    }
                }
                p {
                    (duty)
                    @if let Some(counter) = one.counter { " ⇄ " (told(reader, counter)) }
                }
                @if urgent {
                    p {
                        @if one.all_called { (words.say("today-all-called")) }
                        @else { (words.say_with("handover-called", &[("count", one.called.into())])) }
                    }
                }
                @for reason in &one.against { p { (pill("coral", &words.say("today-forbidden"))) " " (why_not(reader, reason)) } }
                div.row {
                    @if one.taker.is_some() {
                        @if one.against.is_empty() { (press(reader, one.id, "approve", "btn sm primary", &words.say("today-approve"))) }
                        @else if one.against.iter().all(may_be_accepted) { (approve_with_reason(reader, one.id)) }
                        (press(reader, one.id, "refuse", "btn sm", &words.say("today-refuse")))
                    }
                    @for (person, name) in &one.could {
                        form method="post" action=(format!("/handovers/{}/assign", one.id)) {
                            (csrf(reader))
                            (hidden("person", person))
                            button.btn.sm { (words.say_with("today-assign", &[("name", (&**name).into())])) }
                        }
                    }
                    @if urgent && one.could.is_empty() { span.muted { (words.say("today-nobody-could")) } }
                }
            }
        }
    }
}

/// Whether the law lets a named person accept what stands against it.
fn may_be_accepted(why: &WhyNot) -> bool {
    matches!(why, WhyNot::Rule { finding } if finding.gravity == Gravity::Overridable)
}

/// A yes to what the law allows only with a reason.
fn approve_with_reason(reader: &Reader, id: HandoverId) -> Markup {
    let words = reader.words();
    html! {
        form.stack method="post" action=(format!("/handovers/{id}/approve")) {
            (csrf(reader))
            div.field {
                label for=(format!("why-{id}")) { (words.say("today-approve-why")) }
                input id=(format!("why-{id}")) name="reason" type="text" maxlength="500" required autocomplete="off";
            }
            button.btn.sm.primary { (words.say("today-approve")) }
        }
    }
}
