//! An invitation, as whoever follows its link reads it: to what, as what, and one button.

use domain::Role;
use maud::{Markup, html};

use super::{
    components::{brand, csrf},
    shell::{self, Frame},
    team::names,
};
use crate::Reader;

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// To which organisation.
    pub organisation: String,
    /// As what.
    pub roles: Vec<Role>,
    /// Who is invited.
    pub given_name: String,
    /// To which address the letter went.
    pub email: String,
    /// What the address of this page ends in, where it can still be accepted.
    pub token: Option<String>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let roles = names(reader, &model.roles);
    let main = html! {
        div.sign-in {
            p { (brand()) }
            section.card {
                @if model.token.is_some() { h1 { (words.say_with("invitation-title", &[("name", (&*model.given_name).into())])) } }
                @else { h1 { (words.say("place-invitation")) } }
                p.lead { (words.say_with("invitation-lead", &[("organisation", (&*model.organisation).into()), ("roles", (&*roles).into())])) }
                @if let Some(token) = &model.token {
                    p { (words.say_with("invitation-what", &[("email", (&*model.email).into())])) }
                    form method="post" action=(format!("/invitation/{token}")) {
                        (csrf(reader))
                        button.btn.primary.wide { (words.say("invitation-accept")) }
                    }
                } @else {
                    p.wrong { (words.say("invitation-spent")) }
                    @if frame.who.is_some() { a.btn.wide href="/home" { (words.say("problem-back")) } }
                    @else { a.btn.wide href="/sign-in" { (words.say("place-sign-in")) } }
                }
            }
        }
    };
    shell::page(reader, frame, &words.say("place-invitation"), main)
}
