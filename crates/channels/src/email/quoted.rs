//! What is new in a mail: its text without the mail it answers and without the signature.
//!
//! There is no standard for either; each mail program writes its own words. We know the common ones
//! in the languages visitors write, and keep the whole text beside, since a guess may cut too much.

/// The new part of `text`; the whole where nothing else would be left.
///
/// In a mail that passes another one on (`forwarded`) that other mail is the point, and stays.
pub(super) fn fresh(text: &str, forwarded: bool) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| is_signature_mark(line)).unwrap_or(lines.len());
    let lines = &lines[..end];
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match quotation(&lines[at..], forwarded) {
            Quotation::None => {
                kept.push(lines[at]);
                at += 1;
            }
            Quotation::Lines(count) => at += count,
            Quotation::Rest => break,
        }
    }
    let kept = without_device_line(&kept);
    let fresh = kept.join("\n").trim().to_owned();
    if fresh.is_empty() { text.trim().to_owned() } else { single_gaps(&fresh) }
}

enum Quotation {
    None,
    /// So many lines are quoted, or say what is.
    Lines(usize),
    /// All that follows is quoted.
    Rest,
}

/// What the first of `lines` begins.
fn quotation(lines: &[&str], forwarded: bool) -> Quotation {
    let quoted = lines.iter().take_while(|line| is_quoted(line)).count();
    if quoted > 0 && !forwarded {
        return Quotation::Lines(quoted);
    }
    if forwarded {
        return Quotation::None;
    }
    if is_original_message_rule(lines[0]) || is_header_block(lines) {
        return Quotation::Rest;
    }
    match attribution(lines) {
        // What follows may be marked with `>`, and our visitor's words may come after it.
        Some(count) if lines[count..].iter().any(|line| is_quoted(line)) => Quotation::Lines(count),
        Some(_) => Quotation::Rest,
        None => Quotation::None,
    }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

fn is_signature_mark(line: &str) -> bool {
    line == "-- " || line == "--" || line.trim_end() == "--"
}

/// Of how many lines "Le 3 juillet 2026 à 21:04, Office <…> a écrit :" is made; programs break it.
fn attribution(lines: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    for (number, line) in lines.iter().take(4).enumerate() {
        let line = line.trim();
        if line.is_empty() || joined.len() > 400 {
            return None;
        }
        joined.push_str(&line.to_lowercase().replace(['\u{a0}', '\u{202f}'], " "));
        let begins = ATTRIBUTIONS.iter().filter(|(start, _)| starts_with_word(&joined, start));
        let mut verbs = begins.flat_map(|(_, verbs)| verbs.iter());
        let complete = joined.ends_with([':', '：']) && joined.contains(|c: char| c.is_ascii_digit());
        if complete && verbs.any(|verb| joined.contains(verb)) {
            return Some(number + 1);
        }
        if !ATTRIBUTIONS.iter().any(|(start, _)| starts_with_word(&joined, start)) {
            return None;
        }
        joined.push(' ');
    }
    None
}

fn starts_with_word(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// How a line that names what is quoted begins, and a word it holds; in lower case. It also holds a
/// number (the date) and ends in a colon.
const ATTRIBUTIONS: [(&str, &[&str]); 12] = [
    ("le", &["a écrit", "a ecrit"]),
    ("on", &["wrote", "a écrit"]),
    ("am", &["schrieb"]),
    ("um", &["schrieb"]),
    ("el", &["escribió", "escribio", "va escriure"]),
    ("il", &["ha scritto"]),
    ("op", &["schreef"]),
    ("em", &["escreveu"]),
    ("a", &["escreveu", "escribió"]),
    ("den", &["skrev"]),
    ("dne", &["napsal"]),
    ("w", &["napisał"]),
];

/// "-----Original Message-----" and its kin.
fn is_original_message_rule(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', ' ']).to_lowercase().replace('’', "'");
    line.starts_with("--")
        && line.ends_with("--")
        && [
            "original message",
            "original appointment",
            "message d'origine",
            "message original",
            "message initial",
            "ursprüngliche nachricht",
            "originalnachricht",
            "ursprüngliche mail",
            "mensaje original",
            "messaggio originale",
            "mensagem original",
            "oorspronkelijk bericht",
        ]
        .contains(&inner.as_str())
}

/// Outlook repeats the header of the mail answered, under a rule or without one.
fn is_header_block(lines: &[&str]) -> bool {
    let ruled = lines[0].len() >= 10 && lines[0].trim().chars().all(|c| c == '_');
    let block: Vec<&str> = lines
        .iter()
        .skip(usize::from(ruled))
        .skip_while(|line| ruled && line.trim().is_empty())
        .copied()
        .collect();
    let Some(first) = block.first() else { return false };
    if !has_label(first, &["from", "de", "von", "da", "van"]) {
        return false;
    }
    let rest = &block[1..block.len().min(7)];
    let sent = [
        "sent",
        "date",
        "envoyé",
        "envoye",
        "gesendet",
        "datum",
        "enviado",
        "inviato",
        "data",
        "fecha",
        "verzonden",
    ];
    let to = ["to", "à", "a", "an", "para", "per", "aan"];
    let subject = ["subject", "objet", "betreff", "asunto", "oggetto", "assunto", "onderwerp"];
    [&sent[..], &to, &subject].iter().filter(|labels| rest.iter().any(|line| has_label(line, labels))).count()
        >= 2
}

/// Whether the line is `Label: something`, also as `*Label:*` (bold made into stars).
fn has_label(line: &str, labels: &[&str]) -> bool {
    let line = line.trim().trim_start_matches('*').replace('\u{a0}', " ");
    line.split_once(':').is_some_and(|(label, rest)| {
        labels.contains(&label.trim().to_lowercase().as_str()) && !rest.trim().trim_matches('*').is_empty()
    })
}

/// Leaves out "Sent from my iPhone" at the end.
fn without_device_line<'a, 'b>(lines: &'b [&'a str]) -> &'b [&'a str] {
    let Some(last) = lines.iter().rposition(|line| !line.trim().is_empty()) else { return lines };
    let line = lines[last].trim().to_lowercase();
    let device = DEVICE_LINES.iter().any(|(start, end)| line.starts_with(start) && line.contains(end))
        && line.len() < 120;
    if device { &lines[..last] } else { lines }
}

const DEVICE_LINES: [(&str, &str); 12] = [
    ("sent from my ", ""),
    ("sent from outlook", ""),
    ("sent from yahoo", ""),
    ("sent from mail for", ""),
    ("get outlook for", ""),
    ("envoyé de mon ", ""),
    ("envoyé depuis ", ""),
    ("envoyé à partir de ", ""),
    ("obtenir outlook pour", ""),
    ("téléchargez outlook pour", ""),
    ("von meinem ", " gesendet"),
    ("gesendet mit ", ""),
];

/// At most one empty line between lines, where quotations were taken out.
fn single_gaps(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !(line.trim().is_empty() && out.last().is_some_and(|last| last.trim().is_empty())) {
            out.push(line);
        }
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new_part(text: &str) -> String {
        fresh(text, false)
    }

    #[test]
    fn a_french_english_or_german_quotation_is_left_out() {
        for said in [
            "Le 3 juil. 2026 à 21:04, Office de Riquewihr <riquewihr@example.org> a écrit :",
            "Le\u{a0}ven. 3 juil. 2026 à\u{202f}21:04, Office de\nRiquewihr <riquewihr@example.org> a écrit\u{a0}:",
            "On Fri, Jul 3, 2026 at 9:04 PM Riquewihr <riquewihr@example.org> wrote:",
            "On Fri, Jul 3, 2026 at 9:04 PM Office du tourisme de\nRiquewihr <\nriquewihr@example.org> wrote:",
            "Am 03.07.2026 um 21:04 schrieb Riquewihr <riquewihr@example.org>:",
            "El vie, 3 jul 2026 a las 21:04, Riquewihr (<riquewihr@example.org>) escribió:",
            "Il giorno ven 3 lug 2026 alle ore 21:04 Riquewihr <riquewihr@example.org> ha scritto:",
            "Op vr 3 jul 2026 om 21:04 schreef Riquewihr <riquewihr@example.org>:",
        ] {
            assert_eq!(
                new_part(&format!("Merci !\n\n{said}\n> Bonjour,\n> Oui, de 9 h à 18 h.\n>\n")),
                "Merci !",
                "{said}"
            );
            assert_eq!(
                new_part(&format!("Merci !\n\n{said}\n\nBonjour,\nOui, de 9 h à 18 h.")),
                "Merci !",
                "unmarked: {said}"
            );
        }
    }

    #[test]
    fn an_outlook_block_is_left_out() {
        for block in [
            "-----Original Message-----\nFrom: Riquewihr\nHello",
            "-----Message d’origine-----\nDe : Riquewihr\nBonjour",
            "-----Ursprüngliche Nachricht-----\nVon: Riquewihr\nGuten Tag",
            "________________________________\nDe : Riquewihr <r@example.org>\nEnvoyé : vendredi 3 juillet 2026 21:04\nÀ : Ana\nObjet : Château\n\nBonjour",
            "From: Riquewihr <r@example.org>\nSent: Friday, July 3, 2026 9:04 PM\nTo: Ana\nSubject: Castle\n\nHello",
            "Von: Riquewihr <r@example.org>\nGesendet: Freitag, 3. Juli 2026 21:04\nAn: Ana\nBetreff: Burg\n\nGuten Tag",
            "*From:* Riquewihr\n*Date:* Friday\n*To:* Ana\n*Subject:* Castle\n\nHello",
        ] {
            assert_eq!(new_part(&format!("Thank you.\n\n{block}")), "Thank you.", "{block}");
        }
    }

    #[test]
    fn an_answer_below_or_between_the_quotation_is_kept() {
        assert_eq!(
            new_part("On 3 July 2026, Office wrote:\n> Two of you?\n\nYes, two.\n\n> With a dog?\nNo."),
            "Yes, two.\n\nNo."
        );
    }

    #[test]
    fn a_signature_and_the_device_are_left_out() {
        assert_eq!(new_part("Bonjour\n\n-- \nAna Lopez\nTél. 06"), "Bonjour");
        assert_eq!(new_part("Bonjour\n\nEnvoyé de mon iPhone"), "Bonjour");
        assert_eq!(new_part("Danke\n\nVon meinem iPhone gesendet\n"), "Danke");
        assert_eq!(new_part("Thanks\n\nGet Outlook for iOS"), "Thanks");
    }

    #[test]
    fn ordinary_words_are_not_a_quotation() {
        for text in [
            "Le château est-il ouvert ? Ma sœur a écrit que oui.",
            "On Monday we arrive.\nMy friend wrote: bring 2 coats.\nDo we need them?",
            "De : la gare\nComment y aller ?",
            "From: Paris\nTo: Colmar\nWhich train?",
            "Nous sommes 2 :\n- un adulte\n- un enfant",
            "5 > 3 et\n---\nfin",
        ] {
            assert_eq!(new_part(text), text);
        }
    }

    #[test]
    fn what_is_only_quotation_or_signature_stays_whole() {
        assert_eq!(new_part("> Bonjour"), "> Bonjour");
        assert_eq!(new_part("-- \nAna"), "-- \nAna");
        assert_eq!(new_part(""), "");
    }

    #[test]
    fn a_forwarded_mail_keeps_what_it_passes_on() {
        let text =
            "Voir ci-dessous.\n\nDe : Ana\nEnvoyé : hier\nÀ : Office\nObjet : Clé\n\nJ’ai perdu ma clé.";
        assert_eq!(fresh(text, true), text);
        assert_eq!(fresh(text, false), "Voir ci-dessous.");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_never_lost(text in any::<String>(), forwarded in any::<bool>()) {
            prop_assert_eq!(fresh(&text, forwarded).is_empty(), text.trim().is_empty());
        }
    }
}
