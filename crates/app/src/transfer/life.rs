//! The events that lead to the status in the file: each one that the rules know, a second apart.

use super::label::reason_of;
use crate::history::{History, said};
use crate::seed::calendar::plus;
use domain::agency::AgencyTree;
use domain::report::{AnswerKind, ArchiveReason, Class, Closure, Missing, ReturnReason, StageKind};
use domain::{Actor, AgencyId, Event, Role, UserId};

/// An officer of the older system, of whom the file does not tell.
const UNKNOWN: UserId = UserId(0);

/// What a row says about the life of its report.
#[derive(Debug, Clone)]
pub(super) struct Life<'a> {
    pub status: StageKind,
    /// Alasan Tunda/Arsip.
    pub reason: &'a str,
    /// Where it was disposed to.
    pub office: Option<AgencyId>,
    pub rating: Option<u8>,
    pub supervisory: bool,
    /// The text after editing, where it differs from the one that came.
    pub edited: Option<store::words::Words>,
}

/// Adds the events of a life to a submission.
pub(super) fn live(history: &mut History, life: Life<'_>, agencies: &AgencyTree) {
    let mut living = Living { history, agencies };
    let report = living.history.report();
    if life.supervisory && report.class == Class::Complaint {
        let category = report.category;
        living.verifier(Event::Reclassified { class: Class::Complaint, supervisory: true, category }, None);
    }
    if let Some(edited) = life.edited {
        living.verifier(Event::Rewritten, Some(edited));
    }
    if let Some(office) = life.office {
        living.dispose(office);
    }
    living.reach(life.status, life.reason, life.rating);
}

struct Living<'a> {
    history: &'a mut History,
    agencies: &'a AgencyTree,
}

impl Living<'_> {
    fn reach(&mut self, status: StageKind, reason: &str, rating: Option<u8>) {
        match status {
            StageKind::Submitted | StageKind::Disposed => {}
            StageKind::Held => self.verifier(Event::Held { missing: vec![Missing::Detail] }, words(reason)),
            StageKind::Returned => self.turn_back(reason),
            StageKind::ArchivedAdmin => self.archive(reason),
            StageKind::ArchivedSystem => {
                let event = Event::Archived { by_system: true, reason: ArchiveReason::NotCompleted };
                self.happen(Actor::System, event, words(reason));
            }
            StageKind::Answered => self.answer(),
            StageKind::Replied => self.reporter(Event::Replied),
            StageKind::Objected => self.reporter(Event::Objected),
            StageKind::Reopened => {
                self.close(Closure::ByOfficer);
                self.happen(self.seat(self.agencies.national()), Event::Reopened, None);
            }
            StageKind::ClosedByOfficer => self.close(Closure::ByOfficer),
            StageKind::ClosedBySystem => self.close(Closure::BySystem),
            StageKind::ClosedConfirmed => self.confirm(rating),
        }
        if let Some(rating) = rating.filter(|_| status != StageKind::ClosedConfirmed) {
            self.happen(Actor::Reporter, Event::Rated { rating }, None);
        }
    }

    fn dispose(&mut self, office: AgencyId) {
        let root = self.agencies.root_of(office);
        let from = self.history.report().holder;
        self.verifier(Event::Disposed { from, to: root, settled: false }, None);
        if office != root {
            self.verifier(Event::Disposed { from: root, to: office, settled: false }, None);
        }
    }

    fn turn_back(&mut self, reason: &str) {
        let from = self.history.report().holder;
        let to = self.agencies.parent(from).unwrap_or(self.agencies.national());
        let event = Event::Returned { from, to, reason: ReturnReason::OtherAgency, suggestion: None };
        self.happen(self.seat(from), event, words(reason));
    }

    fn archive(&mut self, text: &str) {
        let (reason, text) = reason_of(text).unwrap_or((ArchiveReason::Unclear, text));
        self.verifier(Event::Archived { by_system: false, reason }, words(text));
    }

    fn answer(&mut self) {
        let event = Event::Answered { answer: AnswerKind::Explained, planned_for: None, evidence: 0, alike: 0 };
        self.happen(self.seat(self.history.report().holder), event, None);
    }

    fn reporter(&mut self, event: Event) {
        self.answer();
        self.happen(Actor::Reporter, event, None);
    }

    fn close(&mut self, how: Closure) {
        self.answer();
        let by = match how {
            Closure::BySystem => Actor::System,
            _ => self.seat(self.agencies.root_of(self.history.report().holder)),
        };
        self.happen(by, Event::Closed { how }, None);
    }

    fn confirm(&mut self, rating: Option<u8>) {
        self.answer();
        if let Some(rating) = rating {
            self.happen(Actor::Reporter, Event::Confirmed { rating }, None);
        }
        self.happen(Actor::Reporter, Event::Closed { how: Closure::Confirmed }, None);
    }

    fn verifier(&mut self, event: Event, said: Option<store::words::Words>) {
        self.happen(self.seat(self.history.report().holder), event, said);
    }

    fn seat(&self, office: AgencyId) -> Actor {
        let role = match () {
            () if office == self.agencies.national() => Role::NationalAdmin,
            () if self.agencies.root_of(office) == office => Role::AgencyAdmin,
            () => Role::LiaisonOfficer,
        };
        Actor::Officer { user: UNKNOWN, role, agency: office }
    }

    fn happen(&mut self, by: Actor, event: Event, said: Option<store::words::Words>) {
        let at = plus(self.history.last(), 1);
        self.history.then(at, by, event, said);
    }
}

fn words(text: &str) -> Option<store::words::Words> {
    if text.is_empty() { None } else { said(text) }
}
