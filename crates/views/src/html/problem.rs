//! What one reads when something is not there, not allowed, or went wrong: one sentence, one way back.

use domain::Role;
use maud::{Markup, html};

use super::{
    components::brand,
    icons::lamp,
    shell::{self, Frame},
};
use crate::Reader;

/// What is the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such page or thing, or it is somebody else's: we never say which.
    NotFound,
    /// The page is for people with another role.
    Forbidden {
        /// Which role it is for.
        needs: Role,
    },
    /// Somebody was faster.
    Conflict {
        /// Who, if it is known.
        by: Option<String>,
    },
    /// The form is too old, or came from elsewhere.
    StaleForm,
    /// Something was missing in what was sent.
    Unclear,
    /// What was sent is larger than any form.
    TooLarge,
    /// It cannot be done, for a reason the reader can act on.
    Refused {
        /// The reason.
        because: Refusal,
    },
    /// Asked too often.
    TooMany,
    /// The house made a mistake.
    Failed,
    /// There is no network.
    Offline,
}

/// Why something cannot be done: reasons a reader can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each has its sentence in `locales/*/problem.ftl`")]
pub enum Refusal {
    CodeIsWrong,
    CodeIsSpent,
    EmailIsWrong,
    MessageIsEmpty,
    MessageIsTooLong,
    PeriodIsWrong,
    PeriodIsTooLong,
    NotADraft,
    StillBuilding,
    RuleForbids,
    ReasonIsMissing,
    InThePast,
    CannotOrder,
    NoNeeds,
    TakenByAnother,
    NothingToSend,
    NotOnDuty,
    FieldIsWrong,
    OnHold,
    InvitationIsSpent,
    AlreadyOffered,
    HandoverIsTaken,
    HandoverIsOver,
    SwapIsWrong,
    TooLateToGiveBack,
    WishesAreClosed,
    LastOne,
}

/// The problem and the way back.
#[derive(Clone, Debug)]
pub struct Model {
    /// What is the matter.
    pub problem: Problem,
    /// Where the one button leads.
    pub back: String,
    /// A word to quote to whoever helps; shown with [`Problem::Failed`].
    pub trace: Option<String>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let (title, sentence) = said(reader, &model.problem);
    let main = html! {
        div.problem {
            @if frame.who.is_none() { p { (brand()) } }
            span.problem-mark { (lamp()) }
            h1 { (title) }
            p.lead { (sentence) }
            @if let Some(trace) = &model.trace { p.hint { (words.say("problem-trace")) " " code { (trace) } } }
            a.btn.primary href=(model.back) { (words.say("problem-back")) }
        }
    };
    shell::page(reader, frame, &title, main)
}

/// Title and sentence of a problem; the sentence alone fits into a toast or a fragment.
pub fn said(reader: &Reader, problem: &Problem) -> (String, String) {
    let words = reader.words();
    match problem {
        Problem::NotFound => (words.say("problem-not-found"), words.say("problem-not-found-why")),
        Problem::Forbidden { needs } => {
            let role = shell::role_name(reader, *needs);
            (
                words.say("problem-forbidden"),
                words.say_with("problem-forbidden-why", &[("role", role.into())]),
            )
        }
        Problem::Conflict { by: Some(name) } => (
            words.say("problem-conflict"),
            words.say_with("problem-conflict-by", &[("name", (&**name).into())]),
        ),
        Problem::Conflict { by: None } => (words.say("problem-conflict"), words.say("problem-conflict-why")),
        Problem::StaleForm => (words.say("problem-stale"), words.say("problem-stale-why")),
        Problem::Unclear => (words.say("problem-unclear"), words.say("problem-unclear-why")),
        Problem::TooLarge => (words.say("problem-too-large"), words.say("problem-too-large-why")),
        Problem::Refused { because } => (words.say("problem-refused"), refused(reader, *because)),
        Problem::TooMany => (words.say("problem-too-many"), words.say("problem-too-many-why")),
        Problem::Failed => (words.say("problem-failed"), words.say("problem-failed-why")),
        Problem::Offline => (words.say("problem-offline"), words.say("problem-offline-why")),
    }
}

/// The sentence for a refusal; it fits into a toast or under a field.
pub fn refused(reader: &Reader, because: Refusal) -> String {
    let words = reader.words();
    match because {
        Refusal::CodeIsWrong => words.say("refusal-code-is-wrong"),
        Refusal::CodeIsSpent => words.say("refusal-code-is-spent"),
        Refusal::EmailIsWrong => words.say("refusal-email-is-wrong"),
        Refusal::MessageIsEmpty => words.say("refusal-message-is-empty"),
        Refusal::MessageIsTooLong => words.say("refusal-message-is-too-long"),
        Refusal::PeriodIsWrong => words.say("refusal-period-is-wrong"),
        Refusal::PeriodIsTooLong => words.say("refusal-period-is-too-long"),
        Refusal::NotADraft => words.say("refusal-not-a-draft"),
        Refusal::StillBuilding => words.say("refusal-still-building"),
        Refusal::RuleForbids => words.say("refusal-rule-forbids"),
        Refusal::ReasonIsMissing => words.say("refusal-reason-is-missing"),
        Refusal::InThePast => words.say("refusal-in-the-past"),
        Refusal::CannotOrder => words.say("refusal-cannot-order"),
        Refusal::NoNeeds => words.say("refusal-no-needs"),
        Refusal::TakenByAnother => words.say("refusal-taken-by-another"),
        Refusal::NothingToSend => words.say("refusal-nothing-to-send"),
        Refusal::NotOnDuty => words.say("refusal-not-on-duty"),
        Refusal::FieldIsWrong => words.say("refusal-field-is-wrong"),
        Refusal::OnHold => words.say("refusal-on-hold"),
        Refusal::InvitationIsSpent => words.say("invitation-spent"),
        Refusal::AlreadyOffered => words.say("refusal-already-offered"),
        Refusal::HandoverIsTaken => words.say("refusal-handover-is-taken"),
        Refusal::HandoverIsOver => words.say("refusal-handover-is-over"),
        Refusal::SwapIsWrong => words.say("refusal-swap-is-wrong"),
        Refusal::TooLateToGiveBack => words.say("refusal-too-late-to-give-back"),
        Refusal::WishesAreClosed => words.say("refusal-wishes-are-closed"),
        Refusal::LastOne => words.say("refusal-last-one"),
    }
}
