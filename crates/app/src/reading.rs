//! Which events of a report its reader is told, and of which the words and files too.

use domain::agency::AgencyTree;
use domain::policy::{Action, hears_draft, hears_part, may};
use domain::report::EventKind;
use domain::{Actor, Report};
use store::event::Logged;

/// Somebody who reads a report.
pub(crate) struct Reading<'a> {
    agencies: &'a AgencyTree,
    by: &'a Actor,
    report: &'a Report,
    notes: bool,
}

impl<'a> Reading<'a> {
    pub fn new(agencies: &'a AgencyTree, by: &'a Actor, report: &'a Report) -> Reading<'a> {
        Reading { agencies, by, report, notes: may(agencies, by, Action::ReadNotes, report) }
    }

    /// Whether the reader is told of an event at all.
    pub fn hears(&self, logged: &Logged) -> bool {
        if logged.event.kind().is_of_draft() {
            return self.hears_draft(logged);
        }
        match logged.event.part() {
            Some(number) => hears_part(self.agencies, self.by, self.report, number),
            None => self.notes || by_everyone(logged, self.by),
        }
    }

    /// Whether the reader reads the words and files that came with an event.
    pub fn reads(&self, logged: &Logged) -> bool {
        if logged.event.kind().is_of_draft() {
            return self.hears_draft(logged);
        }
        if let Some(number) = logged.event.part() {
            return hears_part(self.agencies, self.by, self.report, number);
        }
        let kind = logged.event.kind();
        self.notes
            || kind == EventKind::Submitted
            || kind.has_public_text()
            || (*self.by == Actor::Reporter && kind.has_text_for_reporter())
    }
}

impl Reading<'_> {
    fn hears_draft(&self, logged: &Logged) -> bool {
        hears_draft(self.agencies, self.by, self.report, logged.by.agency())
    }
}

/// Steps that are told to everyone who may read the report; the reporter also sees files arrive, why
/// something was hidden, and who wanted to read an anonymous name.
fn by_everyone(logged: &Logged, by: &Actor) -> bool {
    let kind = logged.event.kind();
    let own = matches!(
        kind,
        EventKind::Attached
            | EventKind::Hidden
            | EventKind::Unhidden
            | EventKind::NameAsked
            | EventKind::NameOpened
            | EventKind::NameKept
    );
    kind.is_public() || (own && *by == Actor::Reporter)
}
