//! The people of an organisation: who works there as what, who is invited, and the form that invites.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{InvitationId, Language, Law, Role, ShiftId, Span, Spoken};
use maud::{Markup, html};

use super::{
    components::{Face, careful, csrf, hidden, page_head, pill},
    forms::{Choice, Filled, Form},
    icons::{Icon, icon},
    shell::{self, Frame, role_name},
    skills::spoken_row,
};
use crate::Reader;

/// Somebody who works there.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub face: Face,
    /// As what.
    pub roles: Vec<Role>,
    /// Whether it is the reader.
    pub oneself: bool,
    /// The languages they answer in, best first.
    pub spoken: Vec<Spoken>,
    /// Their duties of the next two weeks, soonest first.
    pub duties: Vec<(ShiftId, Span)>,
}

/// Somebody who was invited and has not accepted.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation's id.
    pub id: InvitationId,
    /// Given and family name.
    pub name: String,
    /// To which address.
    pub email: String,
    /// As what.
    pub roles: Vec<Role>,
    /// Until when the link is good; nothing where it is too old.
    pub good_until: Option<DateTime<Utc>>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The organisation.
    pub organisation: String,
    /// Who works there.
    pub members: Vec<Member>,
    /// Who is invited.
    pub invited: Vec<Invited>,
    /// What the reader may give.
    pub gives: Vec<Role>,
    /// The law the form begins with.
    pub usual_law: Law,
    /// The language the form begins with.
    pub language: Language,
    /// The day the form begins with.
    pub today: NaiveDate,
    /// The form that was sent and refused, if it was.
    pub filled: Filled,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.organisation, &words.say("place-team"), html! {
            a.btn href="/agreements" { (icon(Icon::Files)) (words.say("agreements-link")) }
        }))
        div.split {
            div.stack {
                (members(reader, model))
                @if !model.invited.is_empty() { (invited(reader, model)) }
            }
            (invite(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("place-team"), main)
}

fn members(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #members .card aria-labelledby="members-title" {
            h2 #members-title { (icon(Icon::People)) (words.say("team-members")) }
            ul.lines {
                @for member in &model.members {
                    li {
                        (member.face.avatar())
                        div.grow {
                            strong { (member.face.name) }
                            @if member.oneself { " " (pill("moss", &words.say("team-you"))) }
                            p.muted {
                                (names(reader, &member.roles))
                                @if !member.spoken.is_empty() { " · " (spoken_row(&member.spoken)) }
                            }
                            @if !member.duties.is_empty() { (duties(reader, member)) }
                        }
                        (brings(reader, member))
                        (leave(reader, &member.face))
                    }
                }
            }
        }
    }
}

/// Somebody's duties, each with a way to act for them.
fn duties(reader: &Reader, member: &Member) -> Markup {
    let words = reader.words();
    html! {
        details.more {
            summary.btn.sm.quiet {
                (words.say_with("team-duties", &[("count", member.duties.len().into())]))
                span.vh { " " (member.face.name) }
            }
            ul.lines {
                @for (shift, span) in &member.duties {
                    li {
                        span.grow { (words.day_short(reader.day(span.start()))) ", " (reader.hours(*span)) }
                        a.btn.sm href=(format!("/shifts/{shift}/change")) { (words.say("handover-open")) }
                    }
                }
            }
        }
    }
}

/// The way to what they bring to a duty.
fn brings(reader: &Reader, member: &Member) -> Markup {
    let to =
        if member.oneself { "/me/skills".to_owned() } else { format!("/team/{}/skills", member.face.id) };
    html! { a.btn.sm.quiet href=(to) { (reader.words().say("skills-title")) span.vh { " " (member.face.name) } } }
}

fn leave(reader: &Reader, face: &Face) -> Markup {
    let words = reader.words();
    careful(
        &words.say("team-leave"),
        &face.name,
        html! {
            form.stack method="post" action="/team/leave" {
                (csrf(reader))
                (hidden("person", face.id))
                p { (words.say_with("team-leave-effect", &[("name", (&*face.given_name).into())])) }
                button.btn.danger { (words.say("team-leave-do")) }
            }
        },
    )
}

fn invited(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #invited .card aria-labelledby="invited-title" {
            h2 #invited-title { (icon(Icon::Mail)) (words.say("team-invited")) }
            ul.lines {
                @for one in &model.invited {
                    li {
                        div.grow {
                            strong { (one.name) }
                            p.muted { (one.email) " · " (names(reader, &one.roles)) }
                            p.muted {
                                @if let Some(until) = one.good_until { (words.say_with("team-good-until", &[("day", words.date_year(reader.day(until)).into())])) }
                                @else { (words.say("team-too-old")) }
                            }
                        }
                        div.row {
                            (press(reader, &format!("/team/invitations/{}/again", one.id), &words.say("team-again"), &one.name))
                            (press(reader, &format!("/team/invitations/{}/withdraw", one.id), &words.say("team-withdraw"), &one.name))
                        }
                    }
                }
            }
        }
    }
}

fn press(reader: &Reader, action: &str, label: &str, of: &str) -> Markup {
    html! {
        form method="post" action=(action) { (csrf(reader)) button.btn.sm { (label) span.vh { " " (of) } } }
    }
}

fn invite(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "invite", &model.filled);
    let gives = model.gives.iter();
    let roles: Vec<(&str, String, bool)> = gives
        .map(|role| (role.word(), role_name(reader, *role), model.gives.first() == Some(role)))
        .collect();
    let laws = Law::ALL.map(|law| Choice {
        value: law.word().to_owned(),
        label: words.say(law_key(law)),
        chosen: law == model.usual_law,
    });
    html! {
        section #invite .card aria-labelledby="invite-title" {
            h2 #invite-title { (icon(Icon::Plus)) (words.say("team-invite")) }
            p { (words.say("team-invite-lead")) }
            (form.refused())
            form.stack method="post" action="/team/invitations" {
                (csrf(reader))
                div.two {
                    (form.text("given_name", &words.say("form-given-name"), ""))
                    (form.text("family_name", &words.say("form-family-name"), ""))
                }
                (form.input("email", "email", &words.say("form-email"), ""))
                (form.boxes("roles", &words.say("team-as"), &roles))
                div.two {
                    (form.choose("law", &words.say("form-law"), &laws))
                    (form.input("weekly_hours", "number", &words.say("form-weekly-hours"), "35"))
                }
                div.two {
                    (form.input("from", "date", &words.say("form-from"), &model.today.to_string()))
                    (form.language(model.language))
                }
                button.btn.primary { (icon(Icon::Mail)) (words.say("team-invite-do")) }
            }
        }
    }
}

/// Roles in words, with commas.
pub fn names(reader: &Reader, roles: &[Role]) -> String {
    roles.iter().map(|role| role_name(reader, *role)).collect::<Vec<_>>().join(", ")
}

/// Under which key a law has its name.
pub(super) fn law_key(law: Law) -> &'static str {
    match law {
        Law::FrancePrivate => "law-france-private",
        Law::FrancePublic => "law-france-public",
        Law::AlsaceMoselle => "law-alsace-moselle",
        Law::Quebec => "law-quebec",
        Law::Switzerland => "law-switzerland",
        Law::Belgium => "law-belgium",
        Law::EuropeanUnion => "law-european-union",
    }
}
