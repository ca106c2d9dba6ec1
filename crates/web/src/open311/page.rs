//! Pages and stretches of time, as far as the specification lets a client ask at once.

use super::fault::Fault;
use super::input::Input;
use crate::words::Message;
use app::Span;
use jiff::{SignedDuration, Timestamp};

/// Most things that one question is answered with, on one page or on all of them.
pub const MOST: usize = app::MOST_GIVEN;
/// Things on a page where pages are asked for without a size.
const USUAL: usize = 50;
/// The longest stretch of time.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The longest one whose ends are whole days, the last of which is counted to its end.
const TOLERATED: SignedDuration = SignedDuration::from_hours(24 * 91);

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    number: usize,
    pub size: usize,
}

impl Page {
    /// Everything on one page, unless pages are asked for; the first is number one.
    pub fn of(input: &Input) -> Result<Page, Fault> {
        let number = input.within("page", 1, MOST)?;
        let size = input.within("page_size", 1, MOST)?;
        let usual = if number.is_some() { USUAL } else { MOST };
        Ok(Page { number: number.unwrap_or(1), size: size.unwrap_or(usual) })
    }

    /// How many come before it.
    pub fn skip(self) -> usize {
        (self.number - 1) * self.size
    }

    /// Leaves the page of a list.
    pub fn cut<T>(self, all: &mut Vec<T>) {
        all.drain(..self.skip().min(all.len()));
        all.truncate(self.size);
    }
}

/// The stretch of time between two parameters; where only one end is said, as long as it may be. Nothing where neither
/// is.
pub fn span(input: &Input, (from, to): (&'static str, &'static str), now: Timestamp) -> Result<Option<Span>, Fault> {
    let (first, last) = (input.instant(from, false)?, input.instant(to, true)?);
    let span = match (first, last) {
        (None, None) => return Ok(None),
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => (first, first.checked_add(LONGEST).unwrap_or(Timestamp::MAX).min(now).max(first)),
        (None, Some(last)) => (last.checked_sub(LONGEST).unwrap_or(Timestamp::MIN), last),
    };
    let length = span.1.duration_since(span.0);
    if length.is_negative() || length > TOLERATED {
        return Err(Fault::bad(Message::new("open311-span").with("from", from).with("to", to)));
    }
    Ok(Some(span))
}

/// The latest stretch of time that is given.
pub fn latest(now: Timestamp) -> Span {
    (now.checked_sub(LONGEST).unwrap_or(Timestamp::MIN), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Option<Span>, ()> {
        let now = "2026-11-09T02:00:00Z".parse().unwrap();
        span(&Input::of(query.as_bytes()), ("a", "b"), now).map_err(drop)
    }

    #[test]
    fn a_stretch_of_time_is_ninety_days_at_most() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("a=2026-11-01T00:00:00Z"), Ok(Some((at("2026-11-01T00:00:00Z"), at("2026-11-09T02:00:00Z")))));
        assert_eq!(read("a=2026-01-01T00:00:00Z"), Ok(Some((at("2026-01-01T00:00:00Z"), at("2026-04-01T00:00:00Z")))));
        assert_eq!(read("b=2026-11-01T00:00:00Z"), Ok(Some((at("2026-08-03T00:00:00Z"), at("2026-11-01T00:00:00Z")))));
        assert!(read("a=2026-08-01&b=2026-10-29").is_ok());
        assert_eq!(read("a=2026-01-01&b=2026-06-01"), Err(()));
        assert_eq!(read("a=2026-06-01&b=2026-01-01"), Err(()));
    }

    #[test]
    fn pages_are_counted_from_one() {
        let page = |query: &str| Page::of(&Input::of(query.as_bytes())).map(|page| (page.skip(), page.size)).ok();
        assert_eq!(page(""), Some((0, 1_000)));
        assert_eq!(page("page=3"), Some((100, 50)));
        assert_eq!(page("page=2&page_size=10"), Some((10, 10)));
        assert_eq!(page("page=0").or(page("page_size=1001")).or(page("page=x")), None);
    }
}
