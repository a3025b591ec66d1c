//! Files in and out: a form for files that come in, what became of the last, and files to take away.

use domain::{
    PoolId,
    exchange::{FileFormat, FileKind, Report},
};
use maud::{Markup, html};

use super::{
    components::{banner, csrf, page_head},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The organisation.
    pub name: String,
    /// What the reader may bring in and take out.
    pub kinds: Vec<FileKind>,
    /// The pools whose duties may be brought in and taken out, by name.
    pub pools: Vec<(PoolId, String)>,
    /// What was chosen last.
    pub chosen: FileKind,
    /// The pool that was chosen last.
    pub pool: Option<PoolId>,
    /// Whose calendar it was said to be.
    pub person: String,
    /// What became of the last file.
    pub outcome: Option<Outcome>,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// None was chosen.
    NoFile,
    /// It was read.
    Read(Report),
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.name, &words.say("exchange-title"), html! {}))
        div.exchange {
            (bring_in(reader, model))
            (take_out(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("exchange-title"), main)
}

fn bring_in(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="in-title" {
            h2 #in-title { (icon(Icon::Plus)) (words.say("exchange-in")) }
            p { (words.say("exchange-in-why")) }
            form.stack method="post" action="/exchange" enctype="multipart/form-data" data-frag="outcome" {
                (csrf(reader))
                div.field {
                    label for="kind" { (words.say("exchange-kind")) }
                    select.input #kind name="kind" {
                        @for kind in &model.kinds {
                            option value=(kind.word()) selected[*kind == model.chosen] { (words.file_kind(*kind)) }
                        }
                    }
                }
                div.field {
                    label for="file" { (words.say("exchange-file")) }
                    input.input #file type="file" name="file" accept=".csv,.ics,text/csv,text/calendar" required aria-describedby="file-hint";
                    p.hint #file-hint { (words.say("exchange-file-hint")) }
                }
                div.field.whose {
                    label for="person" { (words.say("exchange-person")) }
                    input.input #person type="email" name="person" value=(model.person) autocomplete="off" aria-describedby="person-hint";
                    p.hint #person-hint { (words.say("exchange-person-hint")) }
                }
                @if model.pools.len() > 1 { (which_pool(reader, model)) }
                div.row {
                    button.btn.primary name="run" value="try" { (words.say("exchange-try")) }
                    button.btn name="run" value="bring" { (words.say("exchange-bring")) }
                }
            }
            (outcome(reader, model))
        }
    }
}

/// Of which pool past duties are, where a board plans several.
fn which_pool(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        div.field {
            label for="pool" { (words.say("exchange-pool")) }
            select.input #pool name="pool" {
                @for (id, name) in &model.pools {
                    option value=(id) selected[model.pool == Some(*id)] { (name) }
                }
            }
        }
    }
}

/// The files to be taken away: a line a kind; of duties a line a pool, where there are several.
fn take_out(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let lines = model.kinds.iter().flat_map(|kind| match &model.pools[..] {
        pools @ [_, _, ..] if *kind == FileKind::Duties => {
            pools.iter().map(|pool| (*kind, Some(pool))).collect()
        }
        _ => vec![(*kind, None)],
    });
    let name = |kind: FileKind, pool: Option<&(PoolId, String)>| match pool {
        Some((_, pool)) => format!("{} · {pool}", words.file_kind(kind)),
        None => words.file_kind(kind),
    };
    let link = |(kind, pool): (FileKind, Option<&(PoolId, String)>),
                format: FileFormat,
                label: &str,
                aloud: &str| {
        let what = name(kind, pool);
        let of = pool.map(|(id, _)| format!("?pool={id}")).unwrap_or_default();
        html! {
            a.btn.sm href=(format!("/exchange/{}.{}{of}", kind.word(), format.word())) download aria-label=(words.say_with(aloud, &[("what", what.into())])) {
                (words.say(label))
            }
        }
    };
    html! {
        section.card aria-labelledby="out-title" {
            h2 #out-title { (icon(Icon::Out)) (words.say("exchange-out")) }
            p { (words.say("exchange-out-why")) }
            p { a href="/statements" { (words.say("statements-link")) } }
            p { a href="/ledger" { (words.say("books-link")) } }
            ul.lines {
                @for (kind, pool) in lines {
                    li {
                        strong.grow { (name(kind, pool)) }
                        span.links {
                            (link((kind, pool), FileFormat::Csv, "exchange-csv", "exchange-table"))
                            @if kind.has_calendar() { (link((kind, pool), FileFormat::Ics, "exchange-ics", "exchange-calendar")) }
                        }
                    }
                }
            }
        }
    }
}

/// What became of the last file. There without one too, so that it can be put in its place.
fn outcome(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        div #outcome role="status" tabindex="-1" {
            @match &model.outcome {
                None => {}
                Some(Outcome::NoFile) => { (banner("coral", Icon::Warn, &words.say("exchange-no-file"))) }
                Some(Outcome::Read(report)) if report.faults.is_empty() => {
                    @let counts = [("added", report.added.into()), ("changed", report.changed.into()), ("same", report.same.into())];
                    @let key = if report.kept { "exchange-kept" } else { "exchange-would" };
                    (banner("moss", Icon::Check, &format!("{} · {}", words.file_kind(report.kind), words.say_with(key, &counts))))
                }
                Some(Outcome::Read(report)) => { (faults(reader, report)) }
            }
        }
    }
}

fn faults(reader: &Reader, report: &Report) -> Markup {
    let words = reader.words();
    let count = words.say_with("exchange-faults", &[("count", report.faults.len().into())]);
    html! {
        (banner("coral", Icon::Warn, &format!("{} · {count} {}", words.file_kind(report.kind), words.say_with("exchange-mend", &[("count", report.faults.len().into())]))))
        div.faults tabindex="0" role="region" aria-label=(count) {
            table {
                thead {
                    tr {
                        th scope="col" { (words.say("exchange-line")) }
                        th scope="col" { (words.say("exchange-column")) }
                        th scope="col" { (words.say("exchange-wrong")) }
                    }
                }
                tbody {
                    @for fault in &report.faults {
                        tr {
                            th scope="row" data-line=[(fault.line > 0).then(|| words.say("exchange-line"))] { @if fault.line == 0 { (words.say("exchange-whole-file")) } @else { (fault.line) } }
                            td { @if fault.column.is_empty() { @if fault.line > 0 { (words.say("exchange-whole-line")) } } @else { code { (fault.column) } } }
                            td { (words.fault(fault)) }
                        }
                    }
                }
            }
        }
    }
}
