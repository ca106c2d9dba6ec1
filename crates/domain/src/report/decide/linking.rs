//! Which matter a report is about, and which problem is its cause. Neither changes whose
//! turn it is nor any clock.

use super::super::{Event, Refusal, Report};
use crate::ids::{MatterId, ProblemId};
use crate::problem::shows;

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

pub(super) fn attribute(was: &Report, problem: ProblemId) -> Result<Vec<Event>, Refusal> {
    match was.problem {
        _ if !shows(was) => Err(Refusal::NotForProblem),
        Some(present) if present == problem => Err(Refusal::AlreadySo),
        _ => Ok(vec![Event::Attributed { problem }]),
    }
}

pub(super) fn release(was: &Report) -> Result<Vec<Event>, Refusal> {
    let problem = was.problem.ok_or(Refusal::NotInProblem)?;
    Ok(vec![Event::Released { problem }])
}
