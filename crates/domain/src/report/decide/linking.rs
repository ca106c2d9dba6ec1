//! Which matter a report is about. Linking changes neither whose turn it is nor any clock.

use super::super::{Event, Refusal, Report};
use crate::ids::MatterId;

pub(super) fn link(was: &Report, matter: MatterId) -> Result<Vec<Event>, Refusal> {
    match was.matter {
        Some(present) if present == matter => Err(Refusal::AlreadySo),
        _ => Ok(vec![Event::Linked { matter }]),
    }
}

pub(super) fn unlink(was: &Report) -> Result<Vec<Event>, Refusal> {
    let matter = was.matter.ok_or(Refusal::NotLinked)?;
    Ok(vec![Event::Unlinked { matter }])
}
