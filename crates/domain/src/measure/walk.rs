//! Walks along the log of a report and keeps what the statistics ask of it.

use super::{Fact, Timely, Veil};
use crate::check::Finding;
use crate::deadline::working_seconds;
use crate::due;
use crate::ids::AgencyId;
use crate::report::{AnswerKind, Closure, Event, Open, Report, Rulebook, Stage, evolve};
use jiff::Timestamp;
use jiff::civil::Date;

/// Whoever closes a report sooner after it came has hardly read it, as minutes of a clock.
const HASTE: i64 = 30;
/// Answers that read like so many earlier ones were not written for the report.
const OFTEN: u32 = 3;

/// Working time is given in full hours; a begun one does not count.
const HOUR: u64 = 3_600;

pub(super) struct Walk<'r> {
    rules: &'r Rulebook,
    report: Report,
    /// When the last event happened.
    last: Timestamp,
    verification: Option<u32>,
    /// Working seconds since it came to the present parent agency; `None` before the first disposition.
    answering: Option<u64>,
    response: Option<u32>,
    /// Working seconds in which it was an office's turn.
    working: u64,
    late: Option<AgencyId>,
    dispositions: u32,
    closed_once: bool,
    reopened: bool,
    evidence: bool,
    alike: bool,
    /// When it came to the present parent agency by a disposition.
    arrived: Option<Timestamp>,
    hasty: bool,
    passed_on: Vec<AgencyId>,
    holders: Vec<AgencyId>,
}

impl<'r> Walk<'r> {
    pub(super) fn begin(rules: &'r Rulebook, report: Report, at: Timestamp) -> Walk<'r> {
        Walk {
            rules,
            holders: vec![report.holder],
            report,
            last: at,
            verification: None,
            answering: None,
            response: None,
            working: 0,
            late: None,
            dispositions: 0,
            closed_once: false,
            reopened: false,
            evidence: false,
            alike: false,
            arrived: None,
            hasty: false,
            passed_on: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, at: Timestamp, event: &Event) {
        self.pass(at);
        let was_closed = matches!(self.report.stage, Stage::Closed { .. });
        let verifies = matches!(event, Event::Disposed { .. } | Event::Held { .. } | Event::Archived { .. });
        if verifies && self.verification.is_none() {
            self.verification = Some(hours(self.working_between(self.report.clocks.received, at)));
        }
        match event {
            Event::Disposed { from, to, .. } => self.disposed(at, *from, *to),
            Event::Answered { evidence, alike, .. } => {
                self.evidence |= *evidence > 0;
                self.alike |= *alike >= OFTEN;
                self.response = self.response.or(self.answering.map(hours));
            }
            Event::AdviceOverridden { findings } => self.alike |= findings.contains(&Finding::TemplateCopy),
            Event::Closed { how } => self.closed(at, *how),
            _ => {}
        }
        self.leave(event);
        // Told of by value: the fold takes the state and gives the next one.
        self.report = evolve(self.report.clone(), at, event);
        self.reopened |= was_closed && self.report.is_open();
        if !self.holders.contains(&self.report.holder) {
            self.holders.push(self.report.holder);
        }
    }

    /// A disposition within an agency starts nothing anew.
    fn disposed(&mut self, at: Timestamp, from: AgencyId, to: AgencyId) {
        self.dispositions += 1;
        let agencies = &self.rules.agencies;
        if self.answering.is_none() || agencies.root_of(from) != agencies.root_of(to) {
            self.answering = Some(0);
            self.response = None;
            self.alike = false;
            self.arrived = Some(at);
        }
    }

    fn closed(&mut self, at: Timestamp, how: Closure) {
        self.closed_once = true;
        let soon = |arrived: Timestamp| at.duration_since(arrived).as_mins() < HASTE;
        self.hasty |= how == Closure::ByOfficer && self.arrived.is_some_and(soon);
    }

    /// Notes the offices that give the report away after it was disposed to them: the holder and those above it, as far
    /// as it goes to none of their own. The desk that disposes for its agency gives nothing away within it.
    fn leave(&mut self, event: &Event) {
        let agencies = &self.rules.agencies;
        let (Event::Disposed { to, .. } | Event::Returned { to, .. }) = event else { return };
        let root = agencies.root_of(self.report.holder);
        if self.report.clocks.disposed.is_none() || root == agencies.national() {
            return;
        }
        let desk = agencies.main_admin_of(root);
        let kept = |office: &AgencyId| agencies.within(*to, *office) || (*office == desk && desk != root);
        self.passed_on.extend(agencies.line(self.report.holder).filter(|office| !kept(office)));
    }

    /// The time up to the next event.
    fn pass(&mut self, at: Timestamp) {
        let held = matches!(self.report.stage, Stage::Held { .. });
        if self.report.clocks.disposed.is_some() && !held && self.report.is_open() {
            let seconds = self.working_between(self.last, at);
            if self.response.is_none() {
                self.answering = self.answering.map(|sum| sum + seconds);
            }
            self.working += if self.awaits_reporter() { 0 } else { seconds };
            let passed = due::obligation(self.rules, &self.report, at).is_some_and(|clock| clock.due < at);
            if passed && self.late.is_none() {
                self.late = Some(self.report.holder);
            }
        }
        self.last = at;
    }

    fn awaits_reporter(&self) -> bool {
        matches!(self.report.stage, Stage::Open(Open::Answered { kind }) if kind != AnswerKind::Planned)
    }

    /// As the calendar was known when the stretch ended, so that a later decree changes nothing.
    fn working_between(&self, from: Timestamp, to: Timestamp) -> u64 {
        working_seconds(&self.rules.calendar, self.report.zone, from, to)
    }

    /// The last day of the limit that presses an office now.
    fn due(&self) -> Option<Date> {
        due::obligation(self.rules, &self.report, self.last).map(|clock| clock.due_day())
    }

    fn timely(&self) -> Timely {
        let archived = matches!(self.report.stage, Stage::Archived { .. });
        if self.report.clocks.disposed.is_none() || archived {
            return Timely::No;
        }
        match self.late {
            Some(_) => Timely::Late,
            None if self.report.clocks.answered.is_some() || self.closed_once => Timely::Done { until: self.due() },
            None => Timely::Waiting { until: self.due() },
        }
    }

    pub(super) fn end(self) -> Fact {
        let (report, agencies) = (&self.report, &self.rules.agencies);
        let root = agencies.root_of(report.holder);
        let timely = self.timely();
        let answerable = self.late.filter(|_| timely == Timely::Late).unwrap_or(report.holder);
        let closed = matches!(report.stage, Stage::Closed { .. });
        let mut past: Vec<AgencyId> = Vec::new();
        for office in self.holders.iter().flat_map(|office| [*office, agencies.root_of(*office)]) {
            if office != report.holder && office != root && !past.contains(&office) {
                past.push(office);
            }
        }
        Fact {
            report: report.id,
            day: report.zone.day(report.clocks.received),
            holder: report.holder,
            root,
            answerable: (answerable, agencies.root_of(answerable)),
            region: report.region.clone(),
            category: report.category,
            class: report.class,
            channel: report.channel,
            stage: report.stage.kind(),
            veil: Veil::of(report),
            verification: self.verification,
            response: self.response,
            completion: closed.then(|| hours(self.working)),
            timely,
            due: report.is_open().then(|| self.due()).flatten(),
            dispositions: self.dispositions,
            returned: report.returns > 0,
            closed_once: self.closed_once,
            reopened: self.reopened,
            evidence: self.evidence,
            alike: self.alike,
            rating: report.rating,
            hasty: self.hasty,
            passed_on: self.passed_on,
            past,
        }
    }
}

fn hours(seconds: u64) -> u32 {
    u32::try_from(seconds / HOUR).unwrap_or(u32::MAX)
}
