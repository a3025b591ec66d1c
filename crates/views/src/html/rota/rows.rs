//! What rows the board has in each of its views: a head, fourteen cells, and a figure at the end.

use chrono::NaiveDate;
use domain::{PersonId, Rung};
use maud::{Markup, html};

use super::{Advisor, Mark, Model, Place, View};
use crate::{
    Reader,
    html::{
        components::{language_row, office_class, percent, rung_class},
        icons::{Icon, icon},
        skills::needs_words,
    },
};

/// One row.
pub(super) struct Row<'a> {
    /// Whose row it is, where it is somebody's: targets of a move.
    pub(super) person: Option<PersonId>,
    /// What the row is called when it is read out.
    pub(super) name: String,
    /// The cell at its left.
    pub(super) head: Markup,
    /// What stands on each day shown.
    pub(super) places: Vec<(NaiveDate, Vec<&'a Place>)>,
    /// The cell at its right.
    pub(super) end: Markup,
    /// Whether it holds the gaps.
    pub(super) open: bool,
}

impl<'a> Row<'a> {
    fn new(
        model: &'a Model,
        name: String,
        head: Markup,
        end: Markup,
        belongs: impl Fn(&Place) -> bool,
    ) -> Self {
        let on =
            |day: NaiveDate| model.places.iter().filter(|place| place.day == day && belongs(place)).collect();
        let places = model.shown().into_iter().map(|day| (day, on(day))).collect();
        Self { person: None, name, head, places, end, open: false }
    }
}

/// The rows of the view that was asked for, gaps first.
pub(super) fn rows<'a>(reader: &Reader, model: &'a Model) -> Vec<Row<'a>> {
    let mut rows = vec![open_row(reader, model)];
    match model.view {
        View::Advisor => {
            rows.extend(model.advisors.iter().map(|advisor| advisor_row(reader, model, advisor)))
        }
        View::Shift => rows.extend(shift_rows(reader, model)),
        View::Office => rows.extend(office_rows(reader, model)),
    }
    rows
}

fn open_row<'a>(reader: &Reader, model: &'a Model) -> Row<'a> {
    let words = reader.words();
    let gaps: Vec<&Place> = model.places.iter().filter(|place| place.person.is_none()).collect();
    let leads = gaps.iter().filter(|place| place.rung == Rung::Lead).count();
    let mut languages: Vec<_> = gaps.iter().flat_map(|place| place.languages.iter().copied()).collect();
    languages.sort_unstable();
    languages.dedup();
    let head = html! {
        span.av.alert aria-hidden="true" { "!" }
        div {
            strong { (words.say("rota-open")) }
            span {
                @if gaps.is_empty() { (words.say("rota-open-none")) }
                @else { (words.say_with("rota-open-count", &[("count", gaps.len().into()), ("leads", leads.into())])) }
            }
        }
    };
    let end = html! {
        @for language in languages {
            span { (words.say_with("rota-needs-language", &[("language", words.language_name(language).into())])) }
        }
    };
    let row = Row::new(model, words.say("rota-open"), head, end, |place| place.person.is_none());
    Row { open: true, ..row }
}

fn advisor_row<'a>(reader: &Reader, model: &'a Model, advisor: &Advisor) -> Row<'a> {
    let person = advisor.face.id;
    let head = html! {
        (advisor.face.avatar())
        div { strong { (advisor.face.name) } span { (advisor.face.office) " · " (language_row(&advisor.languages)) } }
    };
    let end = share(reader, advisor.carried, advisor.fair);
    let row = Row::new(model, advisor.face.name.clone(), head, end, |place| place.person == Some(person));
    Row { person: Some(person), ..row }
}

/// A bar of what is carried, with a tick where the fair share lies.
pub(super) fn share(reader: &Reader, carried: i64, fair: i64) -> Markup {
    let words = reader.words();
    let over = carried - fair;
    let tone = if over > 120 {
        "over"
    } else if over < -120 {
        "under"
    } else {
        "even"
    };
    html! {
        svg.share aria-hidden="true" focusable="false" {
            rect.well y="3" width="100%" height="7" rx="3.5" {}
            rect class=(tone) y="3" width=(percent(carried * 2, fair.max(1) * 3)) height="7" rx="3.5" {}
            rect.tick x="66.66%" width="2" height="13" {}
        }
        span { strong { (words.decimal_hours(carried)) } " " (words.signed_hours(over)) span.vh { " " (words.say("rota-over-fair")) } }
    }
}

/// A row for each rung of each hours, in the order of the day.
fn shift_rows<'a>(reader: &Reader, model: &'a Model) -> Vec<Row<'a>> {
    let words = reader.words();
    let kind = |place: &Place| {
        (reader.wall(place.span.start()).time(), reader.wall(place.span.end()).time(), place.rung)
    };
    let mut kinds: Vec<_> = model.places.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let one = |(from, until, rung)| {
        let of = |place: &Place| kind(place) == (from, until, rung);
        let whole = model.places.iter().filter(|place| of(place)).count();
        let filled = model.places.iter().filter(|place| of(place) && place.person.is_some()).count();
        let rung_name = crate::html::components::rung_name(reader, rung);
        let head = html! { div { strong { (words.hours(from, until)) } span { (rung_name) } } };
        let end = html! { span { strong { (filled) } " / " (whole) } };
        let name = format!("{}, {rung_name}", words.hours(from, until));
        Row::new(model, name, head, end, |place| place.person.is_some() && of(place))
    };
    kinds.into_iter().map(one).collect()
}

/// A row for each office: what its people give.
fn office_rows<'a>(reader: &Reader, model: &'a Model) -> Vec<Row<'a>> {
    let of_office = |office: &str| {
        model.advisors.iter().filter(move |advisor| advisor.face.office == office).collect::<Vec<_>>()
    };
    let one = |(office, colour): &(String, u8)| {
        let people = of_office(office);
        let ids: Vec<PersonId> = people.iter().map(|advisor| advisor.face.id).collect();
        let carried = people.iter().map(|advisor| advisor.carried).sum();
        let fair = people.iter().map(|advisor| advisor.fair).sum();
        let head = html! {
            span class=(format!("dot {}", office_class(*colour))) {}
            div {
                strong { (office) }
                span { (reader.words().say_with("rota-people", &[("count", people.len().into())])) }
            }
        };
        Row::new(model, office.clone(), head, share(reader, carried, fair), |place| {
            place.person.is_some_and(|person| ids.contains(&person))
        })
    };
    model.offices.iter().map(one).collect()
}

/// One place as a chip; a link to its form for readers without scripts.
pub(super) fn chip(reader: &Reader, model: &Model, place: &Place) -> Markup {
    let part = crate::html::components::part_of_day(reader, place.span);
    let rung = rung_class(place.rung);
    let class = if place.person.is_none() { format!("chip gap{rung}") } else { format!("chip {part}{rung}") };
    let wished = place.person.is_some_and(|person| model.mark(person, place.day) == Some(Mark::Wish));
    let advisor = place.person.and_then(|person| model.advisor(person));
    let way = match place.shift {
        _ if !place.rung.covers() => "#learners".to_owned(),
        Some(shift) => format!("/shifts/{shift}/change"),
        None => format!("#d-{}", place.assignment),
    };
    // A learner is added and taken off, never dragged elsewhere.
    let dragged = place.rung.covers().then_some(place.assignment);
    html! {
        a class=(class) href=(way) id=(format!("a-{}", place.assignment))
            data-a=[dragged] aria-label=(said(reader, model, place)) {
            @match (model.view, advisor) {
                (View::Advisor, _) | (_, None) => span { (reader.hours_short(place.span)) },
                (View::Shift | View::Office, Some(advisor)) => span { (advisor.face.given_name) },
            }
            @if wished { em.w { (icon(Icon::Heart)) } }
            @if place.pinned { em.pn { (icon(Icon::Pin)) } }
        }
    }
}

/// A place in words, what is seen of it first: "18–22, Ann Leroy, Friday 4 December, lead, pinned".
pub(super) fn said(reader: &Reader, model: &Model, place: &Place) -> String {
    let words = reader.words();
    let who = place.person.and_then(|person| model.advisor(person)).map(|advisor| advisor.face.name.clone());
    let mut said = vec![
        reader.hours_short(place.span),
        who.unwrap_or_else(|| words.say("rota-nobody")),
        words.day(place.day),
        crate::html::components::rung_name(reader, place.rung),
    ];
    said.extend(needs_words(reader, &place.languages, &place.skills));
    if place.pinned {
        said.push(words.say("rota-pinned"));
    }
    if place.person.is_some_and(|person| model.mark(person, place.day) == Some(Mark::Wish)) {
        said.push(words.say("rota-wish-kept"));
    }
    said.join(", ")
}
