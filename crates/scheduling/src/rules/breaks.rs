//! Breaks: nobody works on beyond some hours without a pause (France L3121-16: twenty minutes once
//! six hours are reached). A run is counted within one civil day.

use chrono::Duration;
use domain::Span;

use super::Breach;
use crate::record::Record;

/// Runs of more than `at_most` of work in a civil day, no gap in them being as long as `pause`.
///
/// Measured is the work of the run; gaps too short to be a pause are not work.
pub fn breaches(record: &Record, at_most: Duration, pause: Duration) -> Vec<Breach> {
    let runs = record.days().into_values().flat_map(|worked| runs(&worked, pause));
    runs.filter(|run| run.measured > at_most).collect()
}

fn runs(worked: &[Span], pause: Duration) -> Vec<Breach> {
    let mut runs: Vec<Breach> = Vec::new();
    for work in worked {
        let length = work.end() - work.start();
        match runs.last_mut() {
            Some(run) if work.start() - run.span.end() < pause => {
                run.span = Span::new(run.span.start(), work.end()).expect("a run that grows ends later");
                run.measured += length;
            }
            _ => runs.push(Breach { span: *work, measured: length }),
        }
    }
    runs
}
