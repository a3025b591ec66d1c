//! Import and export: a form for files that come in, what became of the last, and files to take away.

use domain::exchange::{FileFormat, FileKind, Report};
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
    /// The organisation, or the board's pool.
    pub name: String,
    /// What the reader may bring in and take out.
    pub kinds: Vec<FileKind>,
    /// What was chosen last.
    pub chosen: FileKind,
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
            (take_out(reader, &model.kinds))
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
                div.field {
                    label for="person" { (words.say("exchange-person")) }
                    input.input #person type="email" name="person" value=(model.person) autocomplete="off" aria-describedby="person-hint";
                    p.hint #person-hint { (words.say("exchange-person-hint")) }
                }
                div.row {
                    button.btn.primary name="run" value="try" { (words.say("exchange-try")) }
                    button.btn name="run" value="bring" { (words.say("exchange-bring")) }
                }
            }
            (outcome(reader, model))
        }
    }
}

fn take_out(reader: &Reader, kinds: &[FileKind]) -> Markup {
    let words = reader.words();
    let link = |kind: FileKind, format: FileFormat, label: &str, aloud: &str| {
        let what = words.file_kind(kind);
        html! {
            a.btn.sm href=(format!("/exchange/{}.{}", kind.word(), format.word())) download aria-label=(words.say_with(aloud, &[("what", what.into())])) {
                (words.say(label))
            }
        }
    };
    html! {
        section.card aria-labelledby="out-title" {
            h2 #out-title { (icon(Icon::Out)) (words.say("exchange-out")) }
            p { (words.say("exchange-out-why")) }
            p { a href="/statements" { (words.say("statements-link")) } }
            ul.lines {
                @for kind in kinds {
                    li {
                        strong.grow { (words.file_kind(*kind)) }
                        (link(*kind, FileFormat::Csv, "exchange-csv", "exchange-table"))
                        @if kind.has_calendar() { " " (link(*kind, FileFormat::Ics, "exchange-ics", "exchange-calendar")) }
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
                            th scope="row" { @if fault.line == 0 { (words.say("exchange-whole-file")) } @else { (fault.line) } }
                            td { @if fault.column.is_empty() { @if fault.line > 0 { (words.say("exchange-whole-line")) } } @else { code { (fault.column) } } }
                            td { (words.fault(fault)) }
                        }
                    }
                }
            }
        }
    }
}
