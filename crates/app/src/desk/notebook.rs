//! The notebooks: facts of the offices one answers for, and of one's own.

use std::collections::HashMap;

use domain::{Language, NoteId, PersonId, time};
use storage::{
    Tx,
    notes::{self, Note, Text},
    organisations, people,
    scope::{Duty, Home, Scope},
};
use uuid::Uuid;
use views::html::notebook::{self as shown_as, Model, Office};

use super::seat::{self, Watcher};
use crate::{Advisor, App, Caller, Error, Refusal};

/// How many facts stand beside a conversation.
const BESIDE: usize = 12;

/// A fact to be written down.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// The office, by its short name: the caller's own.
    pub office: String,
    /// What it is about.
    pub title: String,
    /// What there is to know.
    pub body: String,
    /// In which language.
    pub language: Language,
    /// Whether only the team may know it.
    pub team_only: bool,
}

/// The notebooks `who` may open now: the covered offices' while on duty, and always the own.
///
/// # Errors
/// If the database fails.
pub async fn notebook(
    app: &App,
    who: impl Into<Watcher>,
    office: Option<&str>,
    search: &str,
) -> Result<Model, Error> {
    let who = who.into();
    let standing = seat::standing(app, &who).await?;
    let mut found = Found::default();
    if let Some(shift) = standing.duty.as_ref().filter(|_| who.may_answer) {
        let tx = app.read(Duty { pool: shift.pool, person: who.person }).await?;
        found.add(&tx).await?;
    }
    found.add(&app.read(Home(who.office)).await?).await?;
    let own = standing.own.office.slug.clone();
    let chosen = office.filter(|slug| found.offices.iter().any(|(_, office)| office.slug == *slug));
    let mut facts = found.facts;
    facts.retain(|(_, office)| chosen.is_none_or(|slug| office.slug == slug));
    let wanted = terms(search);
    facts.retain(|(fact, _)| wanted.is_empty() || score(fact, &wanted) > 0);
    facts.sort_by_key(|(fact, _)| std::cmp::Reverse(score(fact, &wanted)));
    let mut offices: Vec<Office> = found.offices.into_iter().map(|(_, office)| office).collect();
    offices.sort_by_key(|office| (office.slug != own, office.name.clone()));
    Ok(Model {
        offices,
        office: chosen.map(str::to_owned),
        search: search.to_owned(),
        notes: facts.iter().map(|(fact, office)| shown(fact, office, &found.names)).collect(),
        may_write: who.may_answer && chosen.is_none_or(|slug| slug == own),
    })
}

/// What the scopes show together.
#[derive(Default)]
struct Found {
    offices: Vec<(domain::OrganisationId, Office)>,
    facts: Vec<(Note, Office)>,
    names: HashMap<PersonId, String>,
}

impl Found {
    async fn add<S: Scope>(&mut self, tx: &Tx<S>) -> Result<(), Error> {
        let seen = storage::desks::answered_for(tx);
        for organisation in organisations::all_in_sight(tx).await? {
            let new = !self.offices.iter().any(|(id, _)| *id == organisation.id);
            if new && seen.contains(&organisation.id) {
                self.offices.push((organisation.id, super::inbox::office(&organisation)));
                let office = super::inbox::office(&organisation);
                let facts = notes::of(tx, organisation.id).await?;
                self.facts.extend(facts.into_iter().map(|fact| (fact, office.clone())));
            }
        }
        let checkers: Vec<PersonId> = self.facts.iter().filter_map(|(fact, _)| fact.checked_by).collect();
        let known = people::named(tx, &checkers).await?;
        self.names.extend(known.into_iter().map(|person| (person.id, person.given_name)));
        Ok(())
    }
}

/// Writes a fact into the notebook of the caller's own office, checked today.
///
/// # Errors
/// [`Refusal::FieldIsWrong`] if a field is empty, too long, or names another office.
pub async fn add_note(app: &App, caller: &Caller<Advisor>, new: &NewNote) -> Result<NoteId, Error> {
    let (title, body) = (new.title.trim(), new.body.trim());
    let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
    let tx = app.write(Home(caller.organisation())).await?;
    let own = organisations::get(&tx, caller.organisation()).await?.ok_or(Error::NotFound("office"))?;
    if !fits(title, 120) || !fits(body, 2_000) || new.office != own.slug {
        return Err(Refusal::FieldIsWrong.into());
    }
    let note = Note {
        id: app.mint(),
        organisation: own.id,
        team_only: new.team_only,
        checked_on: time::day(tx.now(), own.zone),
        checked_by: Some(caller.person()),
        version: 1,
        created_at: tx.now(),
        texts: vec![Text { language: new.language, title: title.to_owned(), body: body.to_owned() }],
    };
    notes::add(&tx, &note, &[app.mint::<Uuid>()]).await?;
    tx.signal(crate::topics::inbox(own.id));
    tx.commit().await?;
    Ok(note.id)
}

/// The caller found a fact of their own office still true, today.
///
/// # Errors
/// [`Error::NotFound`] if it is not their office's.
pub async fn check_note(app: &App, caller: &Caller<Advisor>, note: NoteId) -> Result<(), Error> {
    let tx = app.write(Home(caller.organisation())).await?;
    let own = organisations::get(&tx, caller.organisation()).await?.ok_or(Error::NotFound("office"))?;
    if !notes::checked(&tx, note, caller.person(), time::day(tx.now(), own.zone)).await? {
        return Err(Error::NotFound("fact"));
    }
    tx.signal(crate::topics::inbox(own.id));
    Ok(tx.commit().await?)
}

/// The facts that help best: those that hold what is searched for, or else what the visitor asks.
pub(crate) fn best(facts: Vec<Note>, search: &str, asking: &str) -> Vec<Note> {
    let searched = terms(search);
    let mut scored: Vec<(usize, Note)> = if searched.is_empty() {
        let asked: Vec<String> = terms(asking).into_iter().filter(|term| term.chars().count() > 3).collect();
        facts.into_iter().map(|fact| (score(&fact, &asked), fact)).collect()
    } else {
        let found = facts.into_iter().map(|fact| (score(&fact, &searched), fact));
        found.filter(|(score, _)| *score > 0).collect()
    };
    // Stable: facts checked last come first among equals.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, fact)| fact).take(BESIDE).collect()
}

/// A fact as pages show it.
pub(crate) fn shown(fact: &Note, office: &Office, names: &HashMap<PersonId, String>) -> shown_as::Note {
    let text = |text: &Text| shown_as::Text {
        language: text.language,
        title: text.title.clone(),
        body: text.body.clone(),
    };
    shown_as::Note {
        id: fact.id,
        office: office.clone(),
        team_only: fact.team_only,
        checked_on: fact.checked_on,
        checked_by: fact.checked_by.and_then(|person| names.get(&person).cloned()),
        version: fact.version,
        texts: fact.texts.iter().map(text).collect(),
    }
}

/// The words of a text, folded: no capitals, no accents.
fn terms(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut terms: Vec<String> = words.map(str::to_owned).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Lower case without the accents of the languages visitors write in.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// How well a fact answers to some words: in its titles they count three times.
fn score(fact: &Note, terms: &[String]) -> usize {
    let titles = folded(&fact.texts.iter().map(|text| text.title.as_str()).collect::<Vec<_>>().join("\n"));
    let bodies = folded(&fact.texts.iter().map(|text| text.body.as_str()).collect::<Vec<_>>().join("\n"));
    let counts = |term: &String| {
        3 * usize::from(titles.contains(term.as_str())) + usize::from(bodies.contains(term.as_str()))
    };
    terms.iter().map(counts).sum()
}

#[cfg(test)]
mod tests {
    use domain::OrganisationId;

    use super::*;

    fn fact(id: u128, title: &str, body: &str) -> Note {
        Note {
            id: NoteId(Uuid::from_u128(id)),
            organisation: OrganisationId(Uuid::from_u128(1)),
            team_only: false,
            checked_on: "2026-11-18".parse().unwrap(),
            checked_by: None,
            version: 1,
            created_at: "2026-11-18T09:00:00Z".parse().unwrap(),
            texts: vec![Text { language: Language::FR, title: title.to_owned(), body: body.to_owned() }],
        }
    }

    fn titles(facts: &[Note]) -> Vec<&str> {
        facts.iter().map(|fact| fact.texts[0].title.as_str()).collect()
    }

    fn book() -> Vec<Note> {
        vec![
            fact(1, "Tarifs", "Adulte 14 €, bateau compris"),
            fact(2, "Bateau de l'île, hiver", "9 h 15, 10 h 45 du vieux port"),
            fact(3, "Château", "Fermé le lundi"),
        ]
    }

    #[test]
    fn a_search_finds_words_without_their_accents_and_titles_first() {
        assert_eq!(titles(&best(book(), "BATEAU", "")), ["Bateau de l'île, hiver", "Tarifs"]);
        assert_eq!(titles(&best(book(), "ile", "")), ["Bateau de l'île, hiver"]);
        assert_eq!(titles(&best(book(), "musée", "")), Vec::<&str>::new());
    }

    #[test]
    fn without_a_search_what_the_visitor_asks_comes_first_and_nothing_is_left_out() {
        let asked = best(book(), "", "Le château est-il ouvert demain ?");
        assert_eq!(titles(&asked), ["Château", "Tarifs", "Bateau de l'île, hiver"]);
    }
}
