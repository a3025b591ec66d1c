//! How good a plan is, in words: proved the best there is, or what is between it and the best there can be.

use domain::{Aim, Known, Minutes, Quality, quality::Level};
use maud::{Markup, html};

use crate::{
    Reader,
    html::icons::{Icon, icon},
};

/// How wishes are told: proved, between, and with nothing known of the least.
const WISHES: [&str; 3] = ["quality-wishes-best", "quality-wishes-between", "quality-wishes-open"];
/// The same of shifts that change hands.
const MOVES: [&str; 3] = ["quality-moves-best", "quality-moves-between", "quality-moves-open"];

/// A line for each aim that something is known of, the gravest first.
pub(super) fn lines(reader: &Reader, quality: &Quality) -> Markup {
    let words = reader.words();
    let said: Vec<(bool, String)> = quality
        .known()
        .into_iter()
        .filter_map(|(aim, level, known)| {
            let best = match known {
                Known::Best => true,
                Known::Between => false,
                Known::Unweighed => return None,
            };
            Some((best, sentence(reader, quality, aim, level, best)?))
        })
        .collect();
    let counted = quality.wishes.cost > 0 || quality.fairness.cost > 0;
    html! {
        ul.lines-short.quality aria-label=(words.say("quality-title")) {
            @for (best, said) in said {
                li .open[!best] { (icon(if best { Icon::Check } else { Icon::Clock })) span { (said) } }
            }
        }
        @if counted { p.hint { (words.say("quality-hint")) } }
    }
}

/// Nothing where nobody was to be moved and nobody is.
fn sentence(reader: &Reader, quality: &Quality, aim: Aim, level: Level, best: bool) -> Option<String> {
    let words = reader.words();
    Some(match (aim, best) {
        (Aim::Cover, true) if level.cost == 0 => words.say("quality-cover-all"),
        (Aim::Cover, true) => words.say("quality-cover-best"),
        (Aim::Cover, false) => {
            let gap = words.thousandths(quality.cover_gap());
            words.say_with("quality-cover-within", &[("percent", gap.into())])
        }
        (Aim::Fairness, true) if level.cost == 0 => words.say("quality-fairness-all"),
        (Aim::Fairness, true) => words.say("quality-fairness-best"),
        (Aim::Fairness, false) => unfair(reader, quality),
        (Aim::Wishes, true) if level.cost == 0 => words.say("quality-wishes-all"),
        (Aim::Wishes, _) => counted(reader, WISHES, level, best),
        (Aim::Moves, true) if level.cost == 0 => return None,
        (Aim::Moves, _) => counted(reader, MOVES, level, best),
    })
}

/// In minutes a person; where those look the same, or nothing is known of the least, as a share.
fn unfair(reader: &Reader, quality: &Quality) -> String {
    let words = reader.words();
    let length = |minutes: i64| words.length(Minutes(u32::try_from(minutes).unwrap_or(u32::MAX)));
    let (now, least) = quality.typical_minutes();
    if now == least {
        let gap = words.thousandths(quality.fairness_gap());
        words.say_with("quality-fairness-within", &[("percent", gap.into())])
    } else if least == 0 {
        words.say_with("quality-fairness-open", &[("now", length(now).into())])
    } else {
        let values = [("now", length(now).into()), ("least", length(least).into())];
        words.say_with("quality-fairness-between", &values)
    }
}

/// "3 wishes are missed; at least 2 must be."
fn counted(reader: &Reader, [proved, between, open]: [&str; 3], level: Level, best: bool) -> String {
    let key = match (best, level.at_least) {
        (true, _) => proved,
        (false, ..=0) => open,
        (false, _) => between,
    };
    let values = [("count", level.cost.into()), ("least", level.at_least.into())];
    reader.words().say_with(key, &values)
}
