//! What a finding says of somebody, and why a rule keeps them out of a place. Each rule has two
//! sentences in `locales/*/rules.ftl`.

use domain::{Cure, Finding, Minutes, Unit, finding::Rule};

use super::{Accepted, Remark};
use crate::{Reader, Words, html::skills::skills_words};

/// What a finding says of "them", with its article where it has one.
pub fn finding_words(reader: &Reader, finding: &Finding) -> String {
    let words = reader.words();
    if let Some(key) = lacks_key(finding.rule).filter(|_| !finding.lacks.is_empty()) {
        return words.say_with(key, &[("what", skills_words(reader, &finding.lacks).into())]);
    }
    let values = [
        ("measured", amount_words(words, finding.unit, finding.measured).into()),
        ("limit", amount_words(words, finding.unit, finding.limit).into()),
    ];
    let key = if is_one_weeks_overtime(finding) { "rule-overtime-week" } else { keys(finding.rule).0 };
    let said = words.say_with(key, &values);
    if finding.article.is_empty() {
        said
    } else {
        format!("{said} ({})", finding.article.replace('-', "\u{2011}"))
    }
}

/// Whether a finding is of the hours of one week, not of those of a month or year.
fn is_one_weeks_overtime(finding: &Finding) -> bool {
    let whole_weeks = i64::from(Minutes::hours(30).0);
    finding.rule == Rule::Overtime
        && finding.span.length() < Minutes::hours(8 * 24)
        && finding.limit >= whole_weeks
}

/// Under which key a rule says what exactly is missing.
fn lacks_key(rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::Language => Some("rule-language-lacks"),
        Rule::Destination => Some("rule-destination-lacks"),
        Rule::Channel => Some("rule-channel-lacks"),
        _ => None,
    }
}

/// Whom a remark concerns, and on which day.
pub fn remark_title(reader: &Reader, remark: &Remark) -> String {
    let words = reader.words();
    let day = words.day_short(reader.day(remark.finding.span.start()));
    words.say_with("rota-remark", &[("name", (&*remark.name).into()), ("day", day.into())])
}

/// The smallest change that would cure a finding; nothing where only another plan would.
pub fn cure_words(reader: &Reader, cure: &Cure) -> Option<String> {
    let words = reader.words();
    match *cure {
        Cure::GiveAway(span) => {
            let day = words.day_short(reader.day(span.start()));
            let values = [("day", day.into()), ("hours", reader.hours(span).into())];
            Some(words.say_with("rota-cure-give-away", &values))
        }
        Cure::Pause { by, minutes } => {
            let values = [("length", words.length(minutes).into()), ("time", reader.time(by).into())];
            Some(words.say_with("rota-cure-pause", &values))
        }
        Cure::Replan => None,
    }
}

/// Who accepted a finding, when, and why.
pub fn accepted_words(reader: &Reader, accepted: &Accepted) -> String {
    let words = reader.words();
    let day = words.date_year(reader.day(accepted.at));
    let values =
        [("name", (&*accepted.by).into()), ("day", day.into()), ("reason", (&*accepted.reason).into())];
    words.say_with("rota-accepted", &values)
}

/// Why a rule keeps somebody out of a place, in a few words.
pub fn rule_words(reader: &Reader, rule: Rule) -> String {
    reader.words().say(keys(rule).1)
}

/// Under which keys its two sentences stand: what is wrong, and what keeps somebody out.
fn keys(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Overlap => ("rule-overlap", "keeps-overlap"),
        Rule::Absence => ("rule-absence", "keeps-absence"),
        Rule::DailyRest => ("rule-daily-rest", "keeps-daily-rest"),
        Rule::DailyMaximum => ("rule-daily-maximum", "keeps-daily-maximum"),
        Rule::DailySpan => ("rule-daily-span", "keeps-daily-span"),
        Rule::WeeklyRest => ("rule-weekly-rest", "keeps-weekly-rest"),
        Rule::Language => ("rule-language", "keeps-language"),
        Rule::Destination => ("rule-destination", "keeps-destination"),
        Rule::Channel => ("rule-channel", "keeps-channel"),
        Rule::NotEmployed => ("rule-not-employed", "keeps-not-employed"),
        Rule::Break => ("rule-break", "keeps-break"),
        Rule::WeeklyMaximum => ("rule-weekly-maximum", "keeps-weekly-maximum"),
        Rule::AverageMaximum => ("rule-average-maximum", "keeps-average-maximum"),
        Rule::WorkingDays => ("rule-working-days", "keeps-working-days"),
        Rule::ConsecutiveDays => ("rule-consecutive-days", "keeps-consecutive-days"),
        Rule::ExtraHours => ("rule-extra-hours", "keeps-extra-hours"),
        Rule::Interruption => ("rule-interruption", "keeps-interruption"),
        Rule::Minor => ("rule-minor", "keeps-minor"),
        Rule::NightMaximum => ("rule-night-maximum", "keeps-night-maximum"),
        Rule::NightAverage => ("rule-night-average", "keeps-night-average"),
        Rule::NightWork => ("rule-night-work", "keeps-night-work"),
        Rule::Sunday => ("rule-sunday", "keeps-sunday"),
        Rule::SundayRest => ("rule-sunday-rest", "keeps-sunday-rest"),
        Rule::SundaysInYear => ("rule-sundays-in-year", "keeps-sundays-in-year"),
        Rule::Holiday => ("rule-holiday", "keeps-holiday"),
        Rule::ShortDuty => ("rule-short-duty", "keeps-short-duty"),
        Rule::Notice => ("rule-notice", "keeps-notice"),
        Rule::StandbyDays => ("rule-standby-days", "keeps-standby-days"),
        Rule::StandbyPause => ("rule-standby-pause", "keeps-standby-pause"),
        Rule::StandbyKind => ("rule-standby-kind", "keeps-standby-kind"),
        Rule::StandbyRest => ("rule-standby-rest", "keeps-standby-rest"),
        Rule::StandbyRisk => ("rule-standby-risk", "keeps-standby-risk"),
        Rule::MayRefuse => ("rule-may-refuse", "keeps-may-refuse"),
        Rule::Overtime => ("rule-overtime", "keeps-overtime"),
        Rule::ShortContract => ("rule-short-contract", "keeps-short-contract"),
        Rule::Lending => ("rule-lending", "keeps-lending"),
    }
}

/// So much, in its unit: "10 h 30 min", "6 days", "29 %".
pub fn amount_words(words: Words, unit: Unit, amount: i64) -> String {
    match unit {
        Unit::Minutes => words.length(Minutes(u32::try_from(amount).unwrap_or(0))),
        Unit::Days => words.say_with("amount-days", &[("count", amount.into())]),
        Unit::Years => words.say_with("amount-years", &[("count", amount.into())]),
        Unit::Percent => format!("{amount}\u{a0}%"),
        Unit::BasisPoints => words.basis_points(amount),
        Unit::Times => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Gravity, Language, Level, PersonId, Skill, Span};
    use uuid::Uuid;

    use super::*;
    use crate::{Theme, html::samples};

    fn finding(rule: Rule, unit: Unit, measured: i64, limit: i64) -> Finding {
        let at = |hour: u32| format!("2026-06-02T{hour:02}:00:00Z").parse().unwrap();
        Finding {
            rule,
            article: "L3132-1".to_owned(),
            person: PersonId(Uuid::nil()),
            span: Span::new(at(8), at(18)).unwrap(),
            measured,
            limit,
            unit,
            lacks: Vec::new(),
            gravity: Gravity::Absolute,
            cure: Cure::Replan,
        }
    }

    #[test]
    fn every_rule_has_its_sentences_in_both_languages() {
        for language in [Language::FR, Language::EN] {
            let reader = samples::reader(language, Theme::Auto);
            for rule in Rule::ALL {
                assert!(!rule_words(&reader, rule).is_empty(), "{rule:?}");
                assert!(!finding_words(&reader, &finding(rule, Unit::Minutes, 700, 600)).contains('{'));
            }
        }
    }

    #[test]
    fn a_finding_names_what_exactly_is_missing() {
        let said = |reader: Language, rule, lacks: Vec<Skill>| {
            let finding = Finding { article: String::new(), lacks, ..finding(rule, Unit::Times, 1, 0) };
            finding_words(&samples::reader(reader, Theme::Auto), &finding)
        };
        let german = |level| Skill::of_language(Language::parse("de").unwrap(), level);
        let english = Skill::of_language(Language::EN, None);
        let office = |name: &str| Skill::Destination { office: Uuid::nil().into(), name: name.to_owned() };
        let chat = Skill::Channel { channel: domain::ChannelKind::WebChat };
        assert_eq!(
            said(Language::EN, Rule::Language, vec![german(Some(Level::B2)), english]),
            "Does not speak what is needed: German (B2 at least), English."
        );
        assert_eq!(
            said(Language::EN, Rule::Destination, vec![office("Riquewihr"), office("")]),
            "Does not know the destination: Riquewihr, an office you do not see."
        );
        assert_eq!(
            said(Language::FR, Rule::Destination, vec![office("Riquewihr")]),
            "Ne connaît pas la destination\u{202f}: Riquewihr."
        );
        assert!(said(Language::EN, Rule::Channel, vec![chat]).starts_with("Does not answer on: "));
    }

    #[test]
    fn a_finding_speaks_in_the_unit_of_its_rule() {
        let said = |rule, unit, measured, limit| {
            finding_words(&samples::reader(Language::EN, Theme::Auto), &finding(rule, unit, measured, limit))
        };
        assert_eq!(
            said(Rule::WorkingDays, Unit::Days, 7, 6),
            "7 days with work in the week; 6 days are allowed. (L3132\u{2011}1)"
        );
        assert_eq!(
            said(Rule::Overtime, Unit::Minutes, 38 * 60, 35 * 60),
            "38\u{a0}h of work in the week; from 35\u{a0}h on it is overtime. (L3132\u{2011}1)"
        );
        assert!(said(Rule::StandbyRisk, Unit::Percent, 29, 12).starts_with("29\u{a0}% of the standby"));
    }
}
