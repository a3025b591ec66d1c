//! What a pool needs: each need with its season and the days it leaves out, a form for another, and one
//! for a day that is otherwise.

use chrono::{Datelike, NaiveDate};
use domain::{Days, DutyKind, Need, OrganisationId, YearPart};
use maud::{Markup, html};

use super::{Model, Needed};
use crate::{
    Reader,
    html::{
        components::{careful, csrf, hidden},
        coverage::{days_words, window_words},
        forms::{Choice, Filled, Form, NOTHING_SENT},
        icons::{Icon, icon},
        skills,
    },
};

/// The needs of a pool, and both forms.
pub(super) fn part(reader: &Reader, pool: &Needed, model: &Model) -> Markup {
    let words = reader.words();
    let sent = |form| {
        let form = Form::new(reader, form, &model.filled);
        form.was_refused() && form.holds("pool", &pool.id.to_string())
    };
    let filled = |refused: bool| if refused { &model.filled } else { &NOTHING_SENT };
    html! {
        h3 { (words.say("pool-needs")) }
        @if pool.needs.is_empty() { p.muted { (words.say("pool-no-needs")) } }
        ul.lines { @for need in &pool.needs { (line(reader, pool, need)) } }
        details.more open[sent("need") || pool.needs.is_empty()] {
            summary.btn { (icon(Icon::Plus)) (words.say("pool-need-add")) }
            (add(reader, pool, model, filled(sent("need"))))
        }
        @if !pool.needs.is_empty() {
            details.more open[sent("day")] {
                summary.btn { (words.say("pool-day")) }
                (one_day(reader, pool, filled(sent("day"))))
            }
        }
    }
}

fn line(reader: &Reader, pool: &Needed, need: &Need) -> Markup {
    let words = reader.words();
    let hours = hours(reader, need);
    html! {
        li {
            div.grow {
                strong { (hours) }
                p.muted {
                    (words.say_with("pool-people", &[("leads", u32::from(need.leads).into()), ("backups", u32::from(need.backups).into())]))
                    @if !need.languages.is_empty() { " · " (skills::spoken_row(&need.skills.spoken(&need.languages))) }
                    @for asked in beside(reader, pool, need) { " · " (asked) }
                    @if need.kind == DutyKind::Standby { " · " (words.say("shifts-standby")) }
                    @if let Some(season) = season(reader, &need.season.part) { " · " (season) }
                    @if need.until != Some(need.from) {
                        " · " (words.say_with("pool-need-from", &[("day", words.date_year(need.from).into())]))
                        @if let Some(last) = need.until { " " (words.say_with("pool-need-until", &[("day", words.date_year(last).into())])) }
                    }
                }
                @for day in need.season.except.iter().filter(|day| reader.today() <= **day) {
                    form.row method="post" action=(format!("/pool/needs/{}/as-usual", need.id)) {
                        (csrf(reader))
                        (hidden("day", day))
                        span.muted { (words.say_with("pool-not-on", &[("day", words.date_year(*day).into())])) }
                        button.btn.sm.quiet { (words.say("pool-as-usual")) span.vh { " " (hours) ", " (words.date_year(*day)) } }
                    }
                }
            }
            (careful(&words.say("pool-need-end"), &hours, html! {
                form.stack method="post" action=(format!("/pool/needs/{}/end", need.id)) {
                    (csrf(reader))
                    p { (words.say("pool-need-end-effect")) }
                    button.btn.danger { (words.say("pool-need-end-do")) }
                }
            }))
        }
    }
}

/// What a need asks of a lead beside languages: "Must know Riquewihr".
fn beside(reader: &Reader, pool: &Needed, need: &Need) -> Vec<String> {
    let names = pool.members.iter().map(|member| (member.id, member.name.clone())).collect();
    skills::needs_words(reader, &[], &need.skills.listed(&names))
}

/// "Monday to Friday 18:00–22:00", or the day of a need that is for one day.
fn hours(reader: &Reader, need: &Need) -> String {
    let words = reader.words();
    if need.until == Some(need.from) {
        let hours = words.hours(need.window.from, need.window.until);
        return format!("{} {hours}", words.date_year(need.from));
    }
    window_words(reader, &need.window)
}

/// "from 15 June to 15 September"; nothing for all the year.
fn season(reader: &Reader, part: &YearPart) -> Option<String> {
    let words = reader.words();
    match part {
        YearPart::Whole => None,
        YearPart::Yearly { from, until } => {
            let day = |day: domain::YearDay| day.in_year(2024).map(|day| words.date(day)).unwrap_or_default();
            Some(words.say_with(
                "pool-season-yearly",
                &[("from", day(*from).into()), ("until", day(*until).into())],
            ))
        }
        YearPart::School { zone, inside, .. } => {
            let key = if *inside { "pool-season-inside" } else { "pool-season-outside" };
            Some(words.say_with(key, &[("zone", zone.as_str().into())]))
        }
    }
}

fn choice(value: impl ToString, label: String, chosen: bool) -> Choice {
    Choice { value: value.to_string(), label, chosen }
}

fn add(reader: &Reader, pool: &Needed, model: &Model, filled: &Filled) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "need", filled).numbered(pool.id.0.as_u128());
    let mut days: Vec<Choice> = ["workdays", "free", "all"]
        .map(|days| choice(days, words.say(&format!("days-{days}")), days == "workdays"))
        .into();
    days.extend((0..8).map(|bit| choice(1 << bit, days_words(reader, Days(1 << bit)), false)));
    let kinds = [(DutyKind::Active, "pool-kind-active"), (DutyKind::Standby, "pool-kind-standby")]
        .map(|(kind, key)| choice(kind.word(), words.say(key), kind == DutyKind::Active));
    let offices: Vec<(OrganisationId, &str)> =
        pool.members.iter().map(|member| (member.id, &*member.name)).collect();
    html! {
        form.stack method="post" action="/pool/needs" {
            (csrf(reader))
            (hidden("pool", pool.id))
            (form.refused())
            (form.choose("days", &words.say("coverage-days"), &days))
            (times(reader, form))
            (form.choose("kind", &words.say("pool-kind"), &kinds))
            (skills::asked(reader, form, &offices))
            div.two {
                (form.hinted("first", "date", &words.say("pool-need-first"), &reader.today().to_string(), Some(&words.say("pool-need-first-hint"))))
                (form.may_stay_empty("last", "date", &words.say("pool-need-last"), &words.say("pool-need-last-hint")))
            }
            (form.choose("season", &words.say("pool-season"), &seasons(reader, &model.school)))
            div.two {
                (form.optional("season_from", "date", &words.say("pool-season-from"), ""))
                (form.optional("season_until", "date", &words.say("pool-season-until"), ""))
            }
            p.hint {
                (words.say("pool-season-hint"))
                @for (zone, last) in &model.school {
                    " " (words.say_with("pool-school-known", &[("zone", zone.as_str().into()), ("day", words.date_year(*last).into())]))
                }
                @if model.school.is_empty() { " " a href="/exchange" { (words.say("pool-school-none")) } }
            }
            button.btn.primary { (words.say("pool-need-do")) }
        }
    }
}

/// From when to when, and how many people.
fn times(reader: &Reader, form: Form<'_>) -> Markup {
    let words = reader.words();
    html! {
        div.two {
            (form.input("from", "time", &words.say("coverage-from-time"), "18:00"))
            (form.input("until", "time", &words.say("coverage-until-time"), "22:00"))
        }
        div.two {
            (form.input("leads", "number", &words.say("pool-leads"), "1"))
            (form.input("backups", "number", &words.say("pool-backups"), "1"))
        }
    }
}

/// All the year, a part of each, or inside or outside the school holidays of a zone.
fn seasons(reader: &Reader, school: &[(String, NaiveDate)]) -> Vec<Choice> {
    let words = reader.words();
    let mut all = vec![
        choice("", words.say("pool-season-whole"), true),
        choice("yearly", words.say("pool-season-part"), false),
    ];
    for (zone, _) in school {
        for (word, key) in [("in", "pool-season-inside"), ("out", "pool-season-outside")] {
            let label = words.say_with(key, &[("zone", zone.as_str().into())]);
            all.push(choice(format!("{word}:{zone}"), label, false));
        }
    }
    all
}

/// On one day nobody is asked for, or other hours are.
fn one_day(reader: &Reader, pool: &Needed, filled: &Filled) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "day", filled).numbered(pool.id.0.as_u128());
    let year = reader.today().year();
    let kinds = [
        choice("nobody", words.say("pool-day-nobody"), true),
        choice("hours", words.say("pool-day-hours"), false),
    ];
    html! {
        form.stack method="post" action="/pool/day" {
            (csrf(reader))
            (hidden("pool", pool.id))
            (form.refused())
            (form.input("day", "date", &words.say("pool-day-which"), &format!("{year}-12-24")))
            (form.choose("instead", &words.say("pool-day-instead"), &kinds))
            (times(reader, form))
            p.hint { (words.say("pool-day-effect")) }
            button.btn.primary { (words.say("pool-day-do")) }
        }
    }
}
