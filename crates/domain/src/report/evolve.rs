//! How an event changes a report. Pure; every event applies to every report.

use super::stage::{AnswerKind, Open, Stage};
use super::{Clocks, Draft, Event, Nudges, Ombudsman, Opening, Part, PartState, Report};
use crate::deadline::Hold;
use crate::ids::{AgencyId, ReportId};
use jiff::Timestamp;
use jiff::civil::Date;

impl Report {
    /// The report that its first event makes; `None` when that is not a submission.
    pub fn begin(id: ReportId, at: Timestamp, event: &Event) -> Option<Report> {
        let Event::Submitted { class, category, region, zone, channel, anonymous, secret, holder, chosen } = event
        else {
            return None;
        };
        Some(Report {
            id,
            seq: 1,
            class: *class,
            supervisory: false,
            category: *category,
            region: region.clone(),
            zone: *zone,
            channel: *channel,
            anonymous: *anonymous,
            secret: *secret,
            hidden: None,
            stage: Stage::Open(Open::Submitted),
            holder: *holder,
            chosen: *chosen,
            officer: None,
            returns: 0,
            settled: false,
            rating: None,
            supports: 0,
            clocks: Clocks {
                received: at,
                disposed: None,
                answered: None,
                last_answer: None,
                asked_again: None,
                planned_for: None,
                ended: None,
                holds: Vec::new(),
            },
            objections: 0,
            openings: Vec::new(),
            matter: None,
            problem: None,
            asked: Vec::new(),
            parts: Vec::new(),
            draft: None,
            nudges: Nudges::default(),
            ombudsman: Ombudsman::NotOffered,
        })
    }

    /// A report from its whole log; `None` when the log does not begin with a submission.
    pub fn replay<'e>(id: ReportId, log: impl IntoIterator<Item = (Timestamp, &'e Event)>) -> Option<Report> {
        let mut log = log.into_iter();
        let (at, first) = log.next()?;
        Some(log.fold(Report::begin(id, at, first)?, |was, (at, event)| evolve(was, at, event)))
    }

    /// Another office's turn: nobody there was assigned it yet, and nobody opened a name to it.
    fn hand_to(&mut self, office: AgencyId) {
        self.holder = office;
        self.officer = None;
        self.openings.clear();
        self.draft = None;
    }

    fn go(&mut self, stage: Stage) {
        self.stage = stage;
        self.nudges = Nudges::default();
    }

    fn resume(&mut self, at: Timestamp) {
        self.end_hold(at);
        if let Stage::Held { was, .. } = self.stage {
            self.go(Stage::Open(was));
        }
    }

    fn end_hold(&mut self, at: Timestamp) {
        if let Some(hold) = self.clocks.holds.last_mut().filter(|hold| hold.to.is_none()) {
            hold.to = Some(at);
        }
    }

    /// The reporter, or somebody for them, asks again: a new answer clock, unless one runs already.
    fn ask_again(&mut self, at: Timestamp, open: Open) {
        self.clocks.ended = None;
        if self.is_asked_again() {
            self.stage = Stage::Open(open);
        } else {
            self.clocks.asked_again = Some(at);
            self.go(Stage::Open(open));
        }
    }

    fn is_asked_again(&self) -> bool {
        matches!(self.stage, Stage::Open(Open::Replied | Open::Objected | Open::Reopened))
    }

    fn end(&mut self, at: Timestamp, stage: Stage) {
        self.openings.clear();
        self.asked.clear();
        self.end_hold(at);
        self.withdraw_parts(at, |_| true);
        self.draft = None;
        self.clocks.ended = Some(at);
        self.go(stage);
    }
}

/// The report after one more event.
pub fn evolve(was: Report, at: Timestamp, event: &Event) -> Report {
    let mut report = was;
    report.seq += 1;
    match event {
        Event::Disposed { to, settled, .. } => {
            dispose(&mut report, at);
            report.hand_to(*to);
            report.settled = *settled;
        }
        Event::Returned { from, to, suggestion, .. } => {
            report.hand_to(*to);
            report.returns = report.returns.saturating_add(1);
            report.stage = Stage::Open(Open::Returned { by: *from, suggestion: *suggestion });
        }
        Event::HandedOver { to, .. } => report.hand_to(*to),
        Event::Held { missing } => {
            if let Stage::Open(open) = report.stage {
                report.clocks.holds.push(Hold { from: at, to: None });
                report.go(Stage::Held { missing: missing.clone(), was: open });
            }
        }
        Event::Resumed | Event::Completed => report.resume(at),
        Event::Archived { by_system, reason } => {
            report.end(at, Stage::Archived { by_system: *by_system, reason: *reason, at });
        }
        Event::Contested { to } => {
            report.hand_to(*to);
            report.ask_again(at, Open::Submitted);
        }
        Event::Answered { answer, planned_for, .. } => answered(&mut report, at, *answer, *planned_for),
        Event::Replied => replied(&mut report, at),
        Event::Objected => objected(&mut report, at),
        Event::Reopened => reopen(&mut report, at),
        Event::Confirmed { rating } | Event::Rated { rating } => report.rating = Some(*rating),
        Event::Closed { how } => report.end(at, Stage::Closed { how: *how, at }),
        Event::Reclassified { class, supervisory, category } => {
            report.class = *class;
            report.supervisory = *supervisory;
            report.category = *category;
        }
        Event::Assigned { officer } => report.officer = *officer,
        Event::Hidden { reason } => report.hidden = Some(*reason),
        Event::Unhidden => report.hidden = None,
        Event::NameAsked { .. } | Event::NameOpened { .. } | Event::NameKept { .. } => named(&mut report, at, event),
        Event::Linked { matter } => report.matter = Some(*matter),
        Event::Unlinked { .. } => report.matter = None,
        Event::Attributed { problem } => report.problem = Some(*problem),
        Event::Released { .. } => report.problem = None,
        Event::OutsiderAsked => report.asked.push(report.seq),
        Event::OutsiderAnswered { question } | Event::OutsiderEnded { question } => {
            report.asked.retain(|open| open != question);
        }
        Event::Supported => report.supports += 1,
        Event::Reminded { .. } => report.nudges.reminded = true,
        Event::PromiseReminded => report.nudges.promise = true,
        Event::Escalated { level, .. } => report.nudges.escalated = *level,
        Event::Warned => report.nudges.warned_at = Some(at),
        Event::OmbudsmanOffered => report.ombudsman = Ombudsman::Offered { at },
        Event::OmbudsmanAccepted => report.ombudsman = Ombudsman::Accepted { at },
        Event::Submitted { .. } | Event::Rewritten | Event::Noted | Event::Attached { .. } => {}
        Event::AdviceOverridden { .. } => {}
        Event::AnswerProposed { .. }
        | Event::AnswerSentBack { .. }
        | Event::AnswerApproved { .. }
        | Event::AnswerWithdrawn { .. } => drafted(&mut report, at, event),
        Event::PartAsked { .. }
        | Event::PartAnswered { .. }
        | Event::PartReturned { .. }
        | Event::PartWithdrawn { .. }
        | Event::PartReminded { .. }
        | Event::PartEscalated { .. } => parted(&mut report, at, event),
    }
    report
}

/// What happened to the request for an anonymous name.
fn named(report: &mut Report, at: Timestamp, event: &Event) {
    match event {
        Event::NameAsked { officer } => {
            report.openings.push(Opening { officer: *officer, asked: at, opened: None });
        }
        Event::NameOpened { officer, by } => {
            let asked = report.openings.iter_mut().filter(|opening| opening.officer == *officer);
            asked.for_each(|opening| opening.opened = Some(*by));
        }
        Event::NameKept { officer } => report.openings.retain(|opening| opening.officer != *officer),
        _ => {}
    }
}

/// What happened to a proposed answer.
fn drafted(report: &mut Report, at: Timestamp, event: &Event) {
    let seq = report.seq;
    match event {
        Event::AnswerProposed { author, answer, planned_for, evidence } => {
            let (author, kind, planned_for, evidence) = (*author, *answer, *planned_for, *evidence);
            report.draft = Some(Draft { author, seq, at, kind, planned_for, evidence, sent_back: None });
        }
        Event::AnswerSentBack { .. } => report.draft.iter_mut().for_each(|draft| draft.sent_back = Some(seq)),
        _ => report.draft = None,
    }
}

/// What happened to a part. One that came back and is asked for again keeps its first clock.
fn parted(report: &mut Report, at: Timestamp, event: &Event) {
    let seq = report.seq;
    let Some(number) = event.part() else { return };
    if let Event::PartAsked { office, compulsory, opened, day, .. } = event {
        let first = report.part(number).map_or(at, |part| part.asked);
        report.parts.retain(|part| part.number != number);
        report.parts.push(Part {
            number,
            office: *office,
            compulsory: *compulsory,
            opened: *opened,
            asked: first,
            asked_in: seq,
            day: *day,
            state: PartState::Open,
            reminded: false,
            escalated: 0,
        });
        report.parts.sort_by_key(|part| part.number);
    }
    let Some(part) = report.parts.iter_mut().find(|part| part.number == number) else { return };
    match event {
        Event::PartAnswered { .. } => part.state = PartState::Answered { at, seq },
        Event::PartReturned { reason, .. } => part.state = PartState::Returned { at, reason: *reason },
        Event::PartWithdrawn { .. } => part.state = PartState::Withdrawn { at },
        Event::PartReminded { .. } => part.reminded = true,
        Event::PartEscalated { level, .. } => part.escalated = *level,
        _ => {}
    }
}

/// A transfer to another office leaves the clocks alone, and what was done about them, also after an
/// answer; only a verification ends one clock and starts another.
fn dispose(report: &mut Report, at: Timestamp) {
    let verified = matches!(report.stage, Stage::Open(Open::Submitted));
    if verified || report.clocks.disposed.is_none() {
        report.clocks.disposed.get_or_insert(at);
        report.nudges = Nudges::default();
    }
    if matches!(report.stage, Stage::Open(Open::Submitted | Open::Returned { .. })) {
        let again = report.clocks.answered.is_some();
        report.stage = Stage::Open(if again { Open::Reopened } else { Open::Disposed });
    }
}

fn answered(report: &mut Report, at: Timestamp, kind: AnswerKind, planned_for: Option<Date>) {
    report.clocks.answered.get_or_insert(at);
    report.clocks.last_answer = Some(at);
    report.clocks.planned_for = planned_for;
    report.draft = None;
    report.withdraw_parts(at, |part| !part.compulsory);
    report.go(Stage::Open(Open::Answered { kind }));
}

/// An objection stays one, whatever is said after it.
fn replied(report: &mut Report, at: Timestamp) {
    if !report.is_asked_again() {
        report.ask_again(at, Open::Replied);
    }
}

/// The rating of an answer that the reporter does not accept after all is void.
fn objected(report: &mut Report, at: Timestamp) {
    report.objections = report.objections.saturating_add(1);
    report.rating = None;
    report.ask_again(at, Open::Objected);
}

/// A report that was never disposed goes back to verification.
fn reopen(report: &mut Report, at: Timestamp) {
    let open = if report.clocks.disposed.is_some() { Open::Reopened } else { Open::Submitted };
    report.ask_again(at, open);
}
