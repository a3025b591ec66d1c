//! From messages to people: queueing formulas that say how likely a quick answer is.
//!
//! A planning aid: arrivals by chance, answers of exponential length, visitors who give up after an
//! exponential patience. Floats are at home here: nothing of it is stored, paid, or refused by.

pub mod chat;
pub mod erlang;
pub mod outlook;

/// What a visitor meets when so many people are on duty. Times are in the unit that was handed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// Share of visitors who must wait, 0 to 1.
    pub waiting: f64,
    /// Mean wait of all visitors, those who give up included. Infinite when the queue grows for ever.
    pub mean_wait: f64,
    /// Share of the time, or of the places for chats, in use.
    pub occupancy: f64,
    /// Share of visitors who give up before an answer.
    pub giving_up: f64,
}
