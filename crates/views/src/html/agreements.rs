//! The agreements of an organisation: each term in words, the law's own value and how far an agreement may
//! go, and the form that enters one.

mod terms;

use chrono::NaiveDate;
use domain::{Agreement, Latitude, Law, Term, Unit};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, empty, page_head, pill},
    forms::{Choice, Filled, Form},
    icons::{Icon, icon},
    rota::amount_words,
    shell::{self, Frame},
    team::law_key,
};
use crate::Reader;

/// One agreement.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was agreed.
    pub agreement: Agreement,
    /// What the law it is laid over says; `None` where that asks nothing.
    pub says: Option<Latitude>,
    /// Who entered it: given and family name.
    pub entered_by: String,
    /// Whether its last day is past.
    pub over: bool,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The organisation.
    pub organisation: String,
    /// Its agreements, in the order in which they begin.
    pub lines: Vec<Line>,
    /// What each law its people work under says, term by term.
    pub says: Vec<(Law, Vec<Latitude>)>,
    /// The day the form begins with.
    pub today: NaiveDate,
    /// The form that was sent and refused, if it was.
    pub filled: Filled,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.organisation, &words.say("agreements-title"), html! {
            a.btn href="/team" { (icon(Icon::Left)) (words.say("place-team")) }
        }))
        div.split {
            div.stack {
                (kept(reader, model))
                @for (law, says) in &model.says { (law_card(reader, *law, says)) }
            }
            (enter(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("agreements-title"), main)
}

fn kept(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #agreements .card aria-labelledby="agreements-kept" {
            h2 #agreements-kept { (icon(Icon::Files)) (words.say("agreements-kept")) }
            @if model.lines.is_empty() { (empty(Icon::Files, &words.say("agreements-none"), None)) }
            ul.lines { @for line in &model.lines { li { (one(reader, line)) } } }
        }
    }
}

fn one(reader: &Reader, line: &Line) -> Markup {
    let words = reader.words();
    let Agreement { id, law, term, amount, document, from, until, entered_at, .. } = &line.agreement;
    let days = match until {
        Some(until) => words.days(*from, *until),
        None => words.say_with("agreements-since", &[("day", words.date_year(*from).into())]),
    };
    let what = [
        ("term", term_words(reader, *term).into()),
        ("amount", amount_words(words, term.unit(), i64::from(*amount)).into()),
    ];
    let entered =
        [("name", (&*line.entered_by).into()), ("day", words.date_year(reader.day(*entered_at)).into())];
    html! {
        div.grow {
            strong { (words.say_with("agreements-one", &what)) }
            @if line.over { " " (pill("", &words.say("agreements-over"))) }
            p { (document) ", " (days) @if let Some(law) = law { " · " (words.say(law_key(*law))) } }
            @if let Some(says) = &line.says { p.muted { (latitude_words(reader, says)) } }
            p.muted { (words.say_with("agreements-entered", &entered)) }
        }
        @if !line.over {
            (careful(&words.say("agreements-end"), &term_words(reader, *term), html! {
                form.stack method="post" action=(format!("/agreements/{id}/end")) {
                    (csrf(reader))
                    p { (words.say("agreements-end-effect")) }
                    button.btn.danger { (words.say("agreements-end-do")) }
                }
            }))
        }
    }
}

/// What a law says of each term, for whoever looks for what may be agreed.
fn law_card(reader: &Reader, law: Law, says: &[Latitude]) -> Markup {
    let words = reader.words();
    html! {
        section.card {
            h2 { (words.say_with("agreements-law", &[("law", words.say(law_key(law)).into())])) }
            details.more {
                summary.btn.sm { (words.say_with("agreements-law-show", &[("count", says.len().into())])) span.vh { " " (words.say(law_key(law))) } }
                ul.lines {
                    @for one in says {
                        li { div.grow { strong { (term_words(reader, one.term)) } p.muted { (latitude_words(reader, one)) } } }
                    }
                }
            }
        }
    }
}

fn enter(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "agreement", &model.filled);
    let choice = |value: &str, label: String, chosen: bool| Choice { value: value.to_owned(), label, chosen };
    let terms: Vec<Choice> =
        Term::ALL.iter().map(|term| choice(term.word(), term_with_unit(reader, *term), false)).collect();
    let mut laws = vec![choice("", words.say("agreements-every-law"), true)];
    laws.extend(model.says.iter().map(|(law, _)| choice(law.word(), words.say(law_key(*law)), false)));
    html! {
        section #enter .card aria-labelledby="enter-title" {
            h2 #enter-title { (icon(Icon::Plus)) (words.say("agreements-enter")) }
            p { (words.say("agreements-lead")) }
            (form.refused())
            form.stack method="post" action="/agreements" {
                (csrf(reader))
                (form.choose("term", &words.say("agreements-term"), &terms))
                (form.hinted("amount", "text", &words.say("agreements-amount"), "", Some(&words.say("agreements-amount-hint"))))
                (form.hinted("document", "text", &words.say("agreements-document"), "", Some(&words.say("agreements-document-hint"))))
                div.two {
                    (form.input("from", "date", &words.say("form-from"), &model.today.to_string()))
                    (form.optional("until", "date", &words.say("agreements-until"), ""))
                }
                @if model.says.len() > 1 { (form.choose("law", &words.say("agreements-for"), &laws)) }
                button.btn.primary { (icon(Icon::Check)) (words.say("agreements-enter-do")) }
            }
        }
    }
}

/// What a term is called.
pub fn term_words(reader: &Reader, term: Term) -> String {
    reader.words().say(terms::key(term))
}

/// The same, with what its amounts count.
fn term_with_unit(reader: &Reader, term: Term) -> String {
    let unit = reader.words().say(match term.unit() {
        Unit::Minutes => "unit-hours",
        Unit::Days => "unit-days",
        Unit::Times => "unit-times",
        Unit::Percent | Unit::BasisPoints => "unit-percent",
        Unit::Years => "unit-years",
    });
    format!("{} ({unit})", term_words(reader, term))
}

/// What a law asks of a term, where that is written, and how far an agreement may go.
pub fn latitude_words(reader: &Reader, says: &Latitude) -> String {
    let words = reader.words();
    let amount = |amount: u32| amount_words(words, says.term.unit(), i64::from(amount));
    let article = |article: &str| article.replace('-', "\u{2011}");
    let mut values = vec![("amount", amount(says.amount).into()), ("article", article(&says.article).into())];
    let key = match (&says.bound, says.article.is_empty()) {
        (Some((bound, bound_article)), _) => {
            values.push(("bound", amount(*bound).into()));
            let named = !bound_article.is_empty();
            values.extend(named.then(|| ("where", article(bound_article).into())));
            if named { "agreements-says-bound" } else { "agreements-says-bound-alone" }
        }
        (None, false) => "agreements-says-fixed",
        (None, true) => "agreements-says-house",
    };
    words.say_with(key, &values)
}

/// Why an agreement is refused: what the law it is for allows.
pub fn beyond_words(reader: &Reader, says: &Latitude) -> String {
    let words = reader.words();
    let values =
        [("law", words.say(law_key(says.law)).into()), ("says", latitude_words(reader, says).into())];
    words.say_with("agreements-beyond", &values)
}

#[cfg(test)]
mod tests {
    use domain::Language;

    use super::*;
    use crate::{Theme, html::samples};

    #[test]
    fn every_term_and_its_unit_have_words_in_both_languages() {
        for language in [Language::FR, Language::EN] {
            let reader = samples::reader(language, Theme::Auto);
            for term in Term::ALL {
                assert!(term_with_unit(&reader, term).len() > 5, "{term:?}");
            }
        }
    }

    #[test]
    fn a_refusal_says_what_the_law_allows_and_where_that_is_written() {
        let says = Latitude {
            law: Law::FrancePrivate,
            term: Term::DailyRest,
            amount: 660,
            article: "L3131-1".to_owned(),
            bound: Some((540, "D3131-6".to_owned())),
        };
        let said = |language, says: &Latitude| beyond_words(&samples::reader(language, Theme::Auto), says);
        let english = said(Language::EN, &says);
        assert!(english.contains("9\u{a0}h") && english.contains("D3131\u{2011}6"), "{english}");
        assert!(english.contains("11\u{a0}h") && english.contains("L3131\u{2011}1"), "{english}");
        let fixed = said(Language::FR, &Latitude { bound: None, ..says });
        assert!(fixed.contains("France, droit privé") && fixed.contains("aucun accord"), "{fixed}");
    }
}
