//! Interventions out of what somebody does on standby: each taking up and each answer is the minute in
//! which it was done, and what lies less than a quarter of an hour apart is one.

use chrono::{DateTime, Duration, Timelike, Utc};
use domain::{Intervention, InterventionId, Minutes, Span};

/// What is done so much later than the end of an intervention begins another one.
pub const APART: Minutes = Minutes(15);

/// The minute in which something was done at `at`, by whatever clock: zones differ by whole minutes.
pub fn minute(at: DateTime<Utc>) -> Span {
    let start = at - Duration::seconds(at.second().into()) - Duration::nanoseconds(at.nanosecond().into());
    Span::new(start, start + Duration::minutes(1)).expect("a minute later is later")
}

/// What interventions become when something more was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// From the first of what is one to its end.
    pub span: Span,
    /// The known ones it is made of, by their start; none if it is new.
    pub of: Vec<InterventionId>,
}

/// The intervention that `act` lies in, of one person's `known` ones in whatever order. Whoever asks
/// for acts out of their order comes to the same end.
pub fn joined_with(act: Span, known: &[Intervention]) -> Joined {
    let apart = Duration::minutes(i64::from(APART.0));
    let mut near: Vec<&Intervention> = known
        .iter()
        .filter(|one| one.span.start() < act.end() + apart && act.start() < one.span.end() + apart)
        .collect();
    near.sort_by_key(|one| (one.span, one.id));
    let span = near.iter().fold(act, |all, one| {
        Span::new(all.start().min(one.span.start()), all.end().max(one.span.end()))
            .expect("what begins no later and ends no sooner is not empty")
    });
    Joined { span, of: near.into_iter().map(|one| one.id).collect() }
}

#[cfg(test)]
mod tests {
    use domain::{OrganisationId, PersonId, Source};
    use proptest::{collection::vec, prelude::*};
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-07-06T{text}Z").parse().unwrap()
    }

    fn span(from: &str, until: &str) -> Span {
        Span::new(at(from), at(until)).unwrap()
    }

    fn known(number: u128, span: Span) -> Intervention {
        Intervention {
            id: InterventionId(Uuid::from_u128(number)),
            person: PersonId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            span,
            source: Source::Answers,
        }
    }

    /// What is kept after all of `acts`, one after the other.
    fn kept(acts: &[DateTime<Utc>]) -> Vec<Span> {
        let mut all: Vec<Intervention> = Vec::new();
        for (number, act) in (1..).zip(acts) {
            let Joined { span, of } = joined_with(minute(*act), &all);
            all.retain(|one| !of.contains(&one.id));
            all.push(known(number, span));
        }
        let mut spans: Vec<Span> = all.into_iter().map(|one| one.span).collect();
        spans.sort_unstable();
        spans
    }

    #[test]
    fn an_answer_alone_is_the_minute_in_which_it_was_given() {
        assert_eq!(kept(&[at("19:10:30.250")]), [span("19:10:00", "19:11:00")]);
        assert_eq!(kept(&[at("19:10:00")]), [span("19:10:00", "19:11:00")]);
    }

    #[test]
    fn what_is_less_than_a_quarter_of_an_hour_apart_is_one_intervention() {
        assert_eq!(kept(&[at("19:10:05"), at("19:25:59")]), [span("19:10:00", "19:26:00")]);
        let apart = [span("19:10:00", "19:11:00"), span("19:26:00", "19:27:00")];
        assert_eq!(kept(&[at("19:10:05"), at("19:26:00")]), apart);
    }

    #[test]
    fn what_somebody_said_by_hand_grows_and_is_not_doubled() {
        let said = [known(1, span("19:00:00", "19:30:00"))];
        let inside = joined_with(minute(at("19:12:40")), &said);
        assert_eq!(inside, Joined { span: said[0].span, of: vec![said[0].id] });
        let after = joined_with(minute(at("19:40:00")), &said);
        assert_eq!(after, Joined { span: span("19:00:00", "19:41:00"), of: vec![said[0].id] });
    }

    #[test]
    fn an_answer_between_two_interventions_makes_one_of_both() {
        let both = [known(2, span("19:20:00", "19:21:00")), known(1, span("19:00:00", "19:01:00"))];
        let joined = joined_with(minute(at("19:10:00")), &both);
        assert_eq!(joined, Joined { span: span("19:00:00", "19:21:00"), of: vec![both[1].id, both[0].id] });
    }

    proptest! {
        #[test]
        fn in_whatever_order_acts_are_kept_and_however_often_the_end_is_the_same(
            seconds in vec(0..14_400_i64, 1..12),
            turn in 0..12_usize,
        ) {
            let acts: Vec<DateTime<Utc>> =
                seconds.iter().map(|one| at("18:00:00") + Duration::seconds(*one)).collect();
            let mut other = acts.clone();
            other.reverse();
            let turned = turn % acts.len();
            other.rotate_left(turned);
            other.extend(&acts);
            prop_assert_eq!(kept(&acts), kept(&other));
            // Each act lies in one of them, and no two are less than a quarter of an hour apart.
            let spans = kept(&acts);
            for act in &acts {
                prop_assert_eq!(spans.iter().filter(|span| span.contains(*act)).count(), 1);
            }
            for (one, next) in spans.iter().zip(spans.iter().skip(1)) {
                prop_assert!(next.start() - one.end() >= Duration::minutes(15));
            }
        }
    }
}
