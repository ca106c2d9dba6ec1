//! Stories: given what happened, at an hour, by somebody, when they wish something, then …

use crate::fixture::{date, instant, rules};
use crate::wish::REPORT;
use domain::deadline::Deadline;
use domain::due;
use domain::policy::{Action, may};
use domain::report::{CommandKind, StageKind, decide, evolve};
use domain::{Actor, Command, Event, Moment, Refusal, Report};
use jiff::Timestamp;

pub struct Story {
    pub report: Report,
    pub now: Timestamp,
    by: Actor,
    wish: Option<Command>,
}

/// A report to which these things happened, each at its hour.
pub fn given<const N: usize>(log: [(&str, Event); N]) -> Story {
    let log: Vec<(Timestamp, Event)> = log.into_iter().map(|(at, event)| (instant(at), event)).collect();
    let report = Report::replay(REPORT, log.iter().map(|(at, event)| (*at, event))).expect("a submission first");
    Story { report, now: log.last().unwrap().0, by: Actor::System, wish: None }
}

impl Story {
    pub fn at(mut self, now: &str) -> Story {
        let now = instant(now);
        assert!(now >= self.now, "a story goes forward");
        self.now = now;
        self
    }

    pub fn by(mut self, actor: Actor) -> Story {
        self.by = actor;
        self
    }

    pub fn when(mut self, wish: Command) -> Story {
        self.wish = Some(wish);
        self
    }

    /// The actor may do it, and exactly these events follow.
    pub fn then<const N: usize>(self, events: [Event; N]) -> Story {
        assert_eq!(self.ask(), Ok(events.to_vec()));
        self.happen(&events)
    }

    /// The actor may do it; what follows matters less here.
    pub fn done(self) -> Story {
        let events = self.ask().expect("it is possible");
        self.happen(&events)
    }

    /// The actor might do it, were it not for the state of the report.
    pub fn refused(self, why: Refusal) -> Story {
        assert_eq!(self.ask(), Err(why));
        self
    }

    /// It is not for this actor to do.
    pub fn forbidden(self) -> Story {
        let kind = self.wish.as_ref().unwrap().kind();
        assert!(!self.may(Action::Do(kind)), "{:?} may {kind:?}", self.by);
        self
    }

    pub fn stands(self, stage: StageKind) -> Story {
        assert_eq!(self.report.stage.kind(), stage);
        self
    }

    /// The next thing the scheduler does, and when.
    pub fn next(self, at: &str, kind: CommandKind) -> Story {
        let next = due::next(rules(), &self.report, self.now).map(|(at, command)| (at, command.kind()));
        assert_eq!(next, Some((instant(at), kind)));
        self
    }

    /// The scheduler does the next thing at its time; it has to be possible.
    pub fn tick(self, at: &str, kind: CommandKind) -> Story {
        let (due, command) = due::next(rules(), &self.report, self.now).expect("something is due");
        assert_eq!((due, command.kind()), (instant(at), kind));
        Story { now: due.max(self.now), by: Actor::System, wish: Some(command), ..self }
    }

    /// A clock of the report ends on this day.
    pub fn due(self, clock: impl Fn(&Report, Timestamp) -> Option<Deadline>, day: &str) -> Story {
        assert_eq!(clock(&self.report, self.now).map(|clock| clock.due_day()), Some(date(day)));
        self
    }

    /// Something else that is true of the report.
    pub fn and(self, check: impl Fn(&Report) -> bool) -> Story {
        assert!(check(&self.report), "{:#?}", self.report);
        self
    }

    fn may(&self, action: Action) -> bool {
        may(&rules().agencies, &self.by, action, &self.report)
    }

    fn ask(&self) -> Result<Vec<Event>, Refusal> {
        let wish = self.wish.as_ref().expect("a wish");
        assert!(self.may(Action::Do(wish.kind())), "{:?} may not {:?}", self.by, wish.kind());
        decide(&Moment { now: self.now, rules: rules() }, &self.by, &self.report, wish)
    }

    fn happen(self, events: &[Event]) -> Story {
        let report = events.iter().fold(self.report, |was, event| evolve(was, self.now, event));
        Story { report, wish: None, ..self }
    }
}

pub fn verification(report: &Report, now: Timestamp) -> Option<Deadline> {
    due::verification(rules(), report, now)
}

pub fn answer_due(report: &Report, now: Timestamp) -> Option<Deadline> {
    due::answer(rules(), report, now)
}

pub fn completion(report: &Report, now: Timestamp) -> Option<Deadline> {
    due::completion(rules(), report, now)
}
