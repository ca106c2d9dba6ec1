//! What is left of a quota, in the fields of draft-ietf-httpapi-ratelimit-headers.

use app::{PartnerVisit, Spent};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// A quota and what is left of it, as a client reads it.
#[derive(Debug, Clone)]
pub struct Rate {
    policy: String,
    left: String,
}

impl Rate {
    pub fn of(visit: &PartnerVisit) -> Rate {
        let stretches = [("minute", 60, Some(visit.minute)), ("day", 86_400, visit.day)];
        let known = || stretches.iter().filter_map(|(name, seconds, spent)| Some((name, seconds, spent.as_ref()?)));
        let policy = known().map(|(name, seconds, spent)| format!("\"{name}\";q={};w={seconds}", spent.limit));
        let left = known()
            .map(|(name, _, spent): (_, _, &Spent)| format!("\"{name}\";r={};t={}", spent.left(), spent.ends_in));
        Rate { policy: policy.collect::<Vec<_>>().join(", "), left: left.collect::<Vec<_>>().join(", ") }
    }

    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [(POLICY, &self.policy), (LEFT, &self.left)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
    }
}
