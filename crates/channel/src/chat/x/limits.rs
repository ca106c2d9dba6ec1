//! How often each endpoint may be asked, as its answers say.

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Where an answer does not say how long.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// Windows are of a quarter of an hour or of a day; nobody is made to wait longer by a header.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// What has a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    Mentions,
    Direct,
    Posts,
    Own,
    Said,
    Reply,
    Write,
}

/// Until when endpoints are used up.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<BTreeMap<Endpoint, Timestamp>>);

impl Limits {
    /// When an endpoint may be asked again, where that is not now.
    pub(super) fn open_at(&self, endpoint: Endpoint, now: Timestamp) -> Option<Timestamp> {
        let closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        closed.get(&endpoint).copied().filter(|until| *until > now)
    }

    /// Notes what an answer says of the limit.
    pub(super) fn note(&self, endpoint: Endpoint, status: StatusCode, headers: &HeaderMap, now: Timestamp) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<i64>().ok();
        let refused = status == StatusCode::TOO_MANY_REQUESTS;
        if !refused && number("x-rate-limit-remaining").is_none_or(|left| left > 0) {
            return;
        }
        let reset = number("x-rate-limit-reset").and_then(|second| Timestamp::from_second(second).ok());
        let until = match reset {
            Some(reset) if reset > now => reset,
            // A clock that goes ahead of theirs.
            _ if refused => now + PAUSE,
            _ => return,
        };
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        closed.insert(endpoint, until.min(now + LONGEST));
    }
}
