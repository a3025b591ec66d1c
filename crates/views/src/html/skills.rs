//! What somebody brings to a duty, and what a need asks of a lead: in words, and the fields that say it.

use std::collections::BTreeSet;

use domain::{ChannelKind, Language, Level, OrganisationId, PersonId, Skill, Spoken};
use maud::{Markup, html};

use super::{
    components::{csrf, page_head},
    coverage::channel_words,
    forms::{Choice, Form, NOTHING_SENT},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// The languages a form offers: those visitors read.
const OFFERED: [&str; 7] = ["fr", "en", "de", "it", "nl", "es", "zh"];
/// What a field says of a language at whatever level.
const ANY: &str = "any";

/// An office whose destination somebody may know.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Whether they say that they know it.
    pub known: bool,
    /// Whether they work there, and so know it anyway.
    pub works_there: bool,
}

/// What somebody brings.
#[derive(Clone, Debug)]
pub struct Model {
    /// Whether the reader is that person.
    pub oneself: bool,
    /// Who.
    pub person: PersonId,
    /// Given and family name.
    pub name: String,
    /// Languages they answer in, best first.
    pub languages: Vec<Spoken>,
    /// The offices of their pools.
    pub offices: Vec<Known>,
    /// Channels they answer on; none are all.
    pub channels: BTreeSet<ChannelKind>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "skills", &NOTHING_SENT);
    let (action, back) = if model.oneself {
        ("/me/skills".to_owned(), "/me")
    } else {
        (format!("/team/{}/skills", model.person), "/team")
    };
    let boxes: Vec<(String, String, bool)> = model
        .offices
        .iter()
        .filter(|office| !office.works_there)
        .map(|office| (office_field(office.id), office.name.clone(), office.known))
        .collect();
    let at_home: Vec<&str> =
        model.offices.iter().filter(|office| office.works_there).map(|office| &*office.name).collect();
    let all = model.channels.is_empty();
    let channels = channel_boxes(reader, |channel| all || model.channels.contains(&channel));
    let main = html! {
        (page_head(&model.name, &words.say("skills-title"), html! { a.btn href=(back) { (words.say("skills-back")) } }))
        div.column {
            section.card {
                p { (words.say(if model.oneself { "skills-why-own" } else { "skills-why" })) }
                form.stack method="post" action=(action) {
                    (csrf(reader))
                    (tongues(reader, form, &words.say("skills-languages"), &model.languages))
                    p.hint { (words.say("skills-level-hint")) }
                    @if !boxes.is_empty() { (form.boxes("destinations", &words.say("skills-destinations"), &borrowed(&boxes))) }
                    @if !at_home.is_empty() {
                        p.hint { (words.say_with("skills-at-home", &[("offices", at_home.join(", ").into())])) }
                    }
                    (form.boxes("channels", &words.say("skills-channels"), &channels))
                    button.btn.primary { (words.say("skills-do")) }
                }
            }
        }
    };
    shell::page(reader, frame, &words.say("skills-title"), main)
}

/// The card on one's own page that leads to it.
pub(super) fn card(reader: &Reader, spoken: &[Spoken]) -> Markup {
    let words = reader.words();
    html! {
        section.card {
            h2 { (icon(Icon::People)) (words.say("skills-title")) }
            p { (words.say("skills-why-own")) }
            div.row {
                span.grow { (spoken_row(spoken)) }
                a.btn href="/me/skills" { (words.say("skills-open")) }
            }
        }
    }
}

/// What a need may ask of a lead beside languages: destinations of its pool's members, and channels.
pub(super) fn asked(reader: &Reader, form: Form<'_>, offices: &[(OrganisationId, &str)]) -> Markup {
    let words = reader.words();
    let boxes: Vec<(String, String, bool)> =
        offices.iter().map(|(id, name)| (office_field(*id), (*name).to_owned(), false)).collect();
    html! {
        (tongues(reader, form, &words.say("pool-languages"), &[]))
        @if !boxes.is_empty() { (form.boxes("destinations", &words.say("pool-destinations"), &borrowed(&boxes))) }
        (form.boxes("channels", &words.say("pool-channels"), &channel_boxes(reader, |_| false)))
    }
}

fn channel_boxes(reader: &Reader, ticked: impl Fn(ChannelKind) -> bool) -> Vec<(&'static str, String, bool)> {
    let one = |channel: ChannelKind| (channel.word(), channel_words(reader, channel), ticked(channel));
    ChannelKind::ALL.map(one).into()
}

fn borrowed(boxes: &[(String, String, bool)]) -> Vec<(&str, String, bool)> {
    boxes.iter().map(|(field, label, ticked)| (&**field, label.clone(), *ticked)).collect()
}

/// One choice a language: not spoken, spoken, or at a level.
fn tongues(reader: &Reader, form: Form<'_>, legend: &str, spoken: &[Spoken]) -> Markup {
    let words = reader.words();
    let choices = |language: Language| {
        let said = spoken.iter().find(|one| one.language == language);
        let usual = match said.map(|one| one.level) {
            None => "",
            Some(None) => ANY,
            Some(Some(level)) => level.word(),
        };
        let named = [("", words.say("skills-no")), (ANY, words.say("skills-any"))].into_iter();
        let levels = Level::ALL.into_iter().map(|level| (level.word(), level.word().to_owned()));
        let choice = |(value, label): (&str, String)| Choice {
            value: value.to_owned(),
            label,
            chosen: value == usual,
        };
        named.chain(levels).map(choice).collect::<Vec<_>>()
    };
    html! {
        fieldset {
            legend { (legend) }
            div.checks {
                @for language in offered(spoken) {
                    (form.choose(language.code(), &words.language_name(language), &choices(language)))
                }
            }
        }
    }
}

/// The languages a form offers to somebody who speaks these.
pub fn offered(spoken: &[Spoken]) -> Vec<Language> {
    let mut offered: Vec<Language> = OFFERED.into_iter().filter_map(Language::parse).collect();
    for one in spoken {
        if !offered.contains(&one.language) {
            offered.push(one.language);
        }
    }
    offered
}

/// What the field of a language says: nothing where it is not chosen.
pub fn read_field(code: &str, value: &str) -> Option<Spoken> {
    let language = Language::parse(code).filter(Language::exists)?;
    match value {
        "" => None,
        level => Some(Spoken { language, level: Level::from_word(level) }),
    }
}

/// The name of the box of an office's destination.
pub fn office_field(office: OrganisationId) -> String {
    format!("knows-{office}")
}

/// The office whose box is named so.
pub fn office_of(field: &str) -> Option<OrganisationId> {
    field.strip_prefix("knows-")?.parse().ok()
}

/// Languages in a row, with their levels: "FR EN DE‑B2".
pub fn spoken_row(spoken: &[Spoken]) -> String {
    let one = |one: &Spoken| match one.level {
        Some(level) => format!("{}\u{2011}{}", one.language.badge(), level.word()),
        None => one.language.badge(),
    };
    spoken.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// One skill in words: "German (B2 at least)", "Riquewihr", "E-mail".
pub fn skill_words(reader: &Reader, skill: &Skill) -> String {
    let words = reader.words();
    match skill {
        Skill::Language { language, level: None, .. } => words.language_name(*language),
        Skill::Language { language, level: Some(level), .. } => {
            let language = words.language_name(*language);
            words.say_with("skill-level", &[("language", language.into()), ("level", level.word().into())])
        }
        Skill::Destination { name, .. } if name.is_empty() => words.say("skill-destination-gone"),
        Skill::Destination { name, .. } => name.clone(),
        Skill::Channel { channel } => channel_words(reader, *channel),
    }
}

/// Skills in words, with commas.
pub fn skills_words(reader: &Reader, skills: &[Skill]) -> String {
    skills.iter().map(|skill| skill_words(reader, skill)).collect::<Vec<_>>().join(", ")
}

/// What a place asks for, one sentence a skill: "Needs German (B2 at least)", "Must know Riquewihr".
pub fn needs_words(reader: &Reader, languages: &[Language], skills: &[Skill]) -> Vec<String> {
    let words = reader.words();
    let level = |language: Language| {
        skills.iter().find_map(|skill| match skill {
            Skill::Language { language: one, level, .. } if *one == language => *level,
            _ => None,
        })
    };
    let spoken = languages.iter().map(|language| Skill::of_language(*language, level(*language)));
    let others = skills.iter().filter(|skill| !matches!(skill, Skill::Language { .. })).cloned();
    let sentence = |skill: Skill| {
        let said = skill_words(reader, &skill);
        match skill {
            Skill::Language { .. } => words.say_with("rota-needs-language", &[("language", said.into())]),
            Skill::Destination { .. } => words.say_with("rota-needs-destination", &[("office", said.into())]),
            Skill::Channel { .. } => words.say_with("rota-needs-channel", &[("channel", said.into())]),
        }
    };
    spoken.chain(others).map(sentence).collect()
}
