//! How fast programs may ask: counted in memory, by real time, in each process for itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use super::Problem;

const MINUTE: Duration = Duration::from_secs(60);
/// More keys than this are not remembered: minutes that are over are forgotten first.
const MOST_KEYS: usize = 20_000;

/// Requests a minute.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// With one token.
    pub token: u32,
    /// From one address, whatever the token.
    pub address: u32,
    /// From one address with tokens that are none.
    pub refused: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { token: 1_200, address: 12_000, refused: 1_200 }
    }
}

/// What was asked in the minute that runs; one a process, shared by its workers.
#[derive(Debug, Default)]
pub struct Counts {
    /// How much may be asked.
    pub limits: Limits,
    by_key: Mutex<HashMap<String, (Instant, u32)>>,
}

/// Where a counter stands after one more request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    most: u32,
    left: u32,
    seconds: u64,
}

impl Standing {
    /// Says it in the headers `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
    pub(crate) fn tell(self, headers: &mut HeaderMap) {
        let policy = format!("\"minute\";q={};w=60", self.most);
        let standing = format!("\"minute\";r={};t={}", self.left, self.seconds);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", standing)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl Counts {
    /// Counts one more request for `key`.
    ///
    /// # Errors
    /// With the seconds to wait, beyond `most` a minute.
    pub(crate) fn count(&self, key: String, most: u32) -> Result<Standing, (Standing, Problem)> {
        // A panic elsewhere leaves counts that are still counts.
        let mut counts = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let (standing, refused) = count_at(&mut counts, key, most, Instant::now());
        if !refused {
            return Ok(standing);
        }
        let seconds = standing.seconds;
        let detail = format!(
            "More than {most} requests in a minute. Wait {seconds} s; ask for larger pages (`limit`)."
        );
        Err((standing, Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).again_in(seconds)))
    }
}

fn count_at(
    counts: &mut HashMap<String, (Instant, u32)>,
    key: String,
    most: u32,
    now: Instant,
) -> (Standing, bool) {
    if counts.len() >= MOST_KEYS {
        counts.retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
    }
    let (since, asked) = counts.entry(key).or_insert((now, 0));
    if now.duration_since(*since) >= MINUTE {
        (*since, *asked) = (now, 0);
    }
    let refused = *asked >= most;
    if !refused {
        *asked += 1;
    }
    let seconds = (MINUTE.saturating_sub(now.duration_since(*since))).as_secs().max(1);
    (Standing { most, left: most - (*asked).min(most), seconds }, refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_limit_one_waits_for_the_next_minute() {
        let (mut counts, start) = (HashMap::new(), Instant::now());
        let mut ask =
            |second| count_at(&mut counts, "one".to_owned(), 2, start + Duration::from_secs(second));
        assert_eq!(ask(0), (Standing { most: 2, left: 1, seconds: 60 }, false));
        assert_eq!(ask(1), (Standing { most: 2, left: 0, seconds: 59 }, false));
        assert_eq!(ask(20), (Standing { most: 2, left: 0, seconds: 40 }, true));
        assert_eq!(ask(60), (Standing { most: 2, left: 1, seconds: 60 }, false));
    }
}
