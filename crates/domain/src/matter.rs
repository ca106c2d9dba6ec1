//! Several reports about one matter: which answers go to all of them, and who gets them.
//!
//! Each report keeps its number, its clocks, its reporter's objection and its rating; only the words of an
//! answer are shared, and only those that everybody may read anyhow.

use crate::report::{Open, Report, Stage};

/// Most reports that share one matter.
pub const MOST_MEMBERS: usize = 500;
/// Most reports that change their matter together when two matters turn out to be one.
pub const MOST_MOVED: usize = 100;

/// Why a report does not get an answer that was given to another one about the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Left {
    /// Another office has to answer it.
    OtherOffice,
    /// Nobody has verified it yet, or it came back as "not ours".
    NotDisposed,
    OnHold,
    /// Its reporter replied or objected, or it was reopened: that takes an answer of its own.
    OwnTalk,
    Ended,
    /// This officer may not answer it.
    NotYours,
}

impl Left {
    /// Every reason.
    pub const ALL: [Left; 6] =
        [Left::OtherOffice, Left::NotDisposed, Left::OnHold, Left::OwnTalk, Left::Ended, Left::NotYours];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Left::OtherOffice => "other_office",
            Left::NotDisposed => "not_disposed",
            Left::OnHold => "on_hold",
            Left::OwnTalk => "own_talk",
            Left::Ended => "ended",
            Left::NotYours => "not_yours",
        }
    }
}

/// Whether an answer given to this report now goes to others too: only from a report that everybody may read,
/// so that no word of a sealed one gets out, and only where it answers the matter and not a reply.
pub fn gives(source: &Report) -> bool {
    source.is_public() && is_of_the_matter(source)
}

/// Whether a report gets an answer that was given to `source`, or why not. A sealed report gets it: what
/// everybody may read tells nothing about it.
pub fn receives(source: &Report, member: &Report) -> Result<(), Left> {
    match member.stage {
        Stage::Closed { .. } | Stage::Archived { .. } => Err(Left::Ended),
        _ if member.holder != source.holder => Err(Left::OtherOffice),
        Stage::Held { .. } => Err(Left::OnHold),
        Stage::Open(Open::Submitted | Open::Returned { .. }) => Err(Left::NotDisposed),
        Stage::Open(_) if !is_of_the_matter(member) => Err(Left::OwnTalk),
        Stage::Open(_) => Ok(()),
    }
}

/// Whether an answer is awaited, or was given, for the matter as such.
fn is_of_the_matter(report: &Report) -> bool {
    matches!(report.stage, Stage::Open(Open::Disposed | Open::Answered { .. }))
}
