//! Erlang's formulas: B (no queue), C (an endless queue), A (a queue that some leave).
//!
//! Load is in erlangs: arrivals a unit of time × mean handling time in that unit.

use super::Service;

/// Share of calls that find all `agents` busy and are lost: B(0) = 1, B(n) = aB(n−1) / (n + aB(n−1)).
pub fn b(load: f64, agents: u32) -> f64 {
    (1..=agents).fold(1.0, |before, n| load * before / (f64::from(n) + load * before))
}

/// Share of visitors who must wait in an endless queue; 1 when `agents` cannot carry `load`.
pub fn c(load: f64, agents: u32) -> f64 {
    let occupancy = load / f64::from(agents);
    // Also where there are no agents at all, and the occupancy is no number.
    if occupancy.is_nan() || occupancy >= 1.0 {
        return 1.0;
    }
    let lost = b(load, agents);
    lost / (1.0 - occupancy * (1.0 - lost))
}

/// Share of visitors answered within `target`; `handling` is in the same unit. Zero in overload.
pub fn answered_within(load: f64, agents: u32, target: f64, handling: f64) -> f64 {
    let spare = f64::from(agents) - load;
    if spare <= 0.0 { 0.0 } else { 1.0 - c(load, agents) * (-spare * target / handling).exp() }
}

/// Erlang C: nobody gives up.
pub fn patient(load: f64, agents: u32, handling: f64) -> Service {
    let spare = f64::from(agents) - load;
    let waiting = c(load, agents);
    let mean_wait = if spare <= 0.0 { f64::INFINITY } else { waiting * handling / spare };
    let occupancy = if agents == 0 { 1.0 } else { (load / f64::from(agents)).min(1.0) };
    Service { waiting, mean_wait, occupancy, giving_up: 0.0 }
}

/// The fewest agents with whom at least `share` are answered within `target`; `None` beyond ten
/// thousand, or if no number of people is enough (a share above 1).
pub fn agents_for(load: f64, handling: f64, target: f64, share: f64) -> Option<u32> {
    (1..=10_000).find(|agents| answered_within(load, *agents, target, handling) >= share)
}

/// Erlang A: visitors give up after `patience` on average.
///
/// Solved as a birth–death process: with n in the system, min(n, agents) are answered at the rate
/// 1/`handling` each, and the others leave at 1/`patience` each.
pub fn impatient(load: f64, agents: u32, handling: f64, patience: f64) -> Service {
    let arrivals = load / handling;
    let people = f64::from(agents);
    // Weights relative to the state in which everybody is busy and nobody waits, so that nothing
    // overflows: below it downwards, above it upwards, each until it no longer counts.
    let (mut below, mut busy_below) = (0.0, 0.0);
    let mut weight = 1.0;
    for n in (0..agents).rev() {
        weight *= f64::from(n + 1) / handling / arrivals;
        below += weight;
        busy_below += weight * f64::from(n);
    }
    let (mut above, mut queue) = (0.0, 0.0);
    let mut weight = 1.0;
    for waiting in 0_u32.. {
        above += weight;
        queue += weight * f64::from(waiting);
        weight *= arrivals / (people / handling + f64::from(waiting + 1) / patience);
        if weight * f64::from(waiting + 1) < above * 1e-18 {
            break;
        }
    }
    let all = below + above;
    let queue = queue / all;
    Service {
        waiting: above / all,
        mean_wait: queue / arrivals,
        occupancy: (busy_below + people * above) / all / people,
        giving_up: queue / patience / arrivals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: f64, other: f64) {
        assert!((one - other).abs() <= 1e-9 * other.abs().max(1.0), "{one} is not {other}");
    }

    #[test]
    fn four_messages_an_hour_are_answered_within_five_minutes_three_times_of_four_by_one_person() {
        close(answered_within(0.4, 1, 5.0, 6.0), 0.757_387_736_114_946_6);
    }

    #[test]
    fn ten_an_hour_with_two_people_wait_one_time_of_three() {
        close(c(1.0, 2), 1.0 / 3.0);
        close(b(1.0, 2), 0.2);
        close(patient(1.0, 2, 6.0).mean_wait, 2.0);
    }

    #[test]
    fn more_work_than_people_can_do_makes_everybody_wait_for_ever() {
        let service = patient(2.0, 2, 6.0);
        assert!(service.waiting == 1.0 && service.mean_wait.is_infinite());
        assert!(answered_within(2.0, 2, 5.0, 6.0) == 0.0);
    }

    #[test]
    fn whoever_is_very_patient_waits_as_if_nobody_gave_up() {
        let (patient, nearly) = (patient(1.0, 2, 6.0), impatient(1.0, 2, 6.0, 1e9));
        assert!((patient.waiting - nearly.waiting).abs() < 1e-6);
        assert!((patient.mean_wait - nearly.mean_wait).abs() < 1e-5);
    }

    #[test]
    fn those_who_give_up_are_those_who_wait_longer_than_their_patience() {
        // Little's law: giving up = mean wait / patience.
        let service = impatient(5.0, 5, 5.0, 2.0);
        close(service.giving_up, service.mean_wait / 2.0);
        close(service.waiting, 0.466_431_797_977_168_7);
    }
}
