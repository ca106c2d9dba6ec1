//! Random lives of reports: whatever people and the scheduler may do, in any order, at any time.

use crate::fixture::*;
use crate::wish::*;
use domain::due;
use domain::policy::{Action, may};
use domain::report::{
    AnswerKind, ArchiveReason, Class, CommandKind, HideReason, Missing, ReturnReason, decide, evolve, submit,
};
use domain::text::{Body, Remark};
use domain::time::Zone;
use domain::{Actor, AgencyId, Command, Event, MatterId, Moment, ProblemId, Refusal, Report, Role, UserId};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;

/// One thing that is tried, some minutes after the last.
#[derive(Debug, Clone)]
pub enum Step {
    Wish {
        minutes: i64,
        actor: prop::sample::Index,
        command: Command,
    },
    /// The scheduler does what is due next, at its time.
    Tick,
}

/// One event and the report before and after it.
#[derive(Debug, Clone)]
pub struct Turn {
    pub before: Report,
    pub at: Timestamp,
    pub event: Event,
    pub after: Report,
}

/// A whole life: the submission, and every event after it.
#[derive(Clone)]
pub struct Life {
    pub submitted: (Timestamp, Event),
    pub turns: Vec<Turn>,
    pub report: Report,
    pub now: Timestamp,
}

impl fmt::Debug for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.log().iter().try_for_each(|(at, event)| writeln!(f, "{at} {event:?}"))?;
        write!(f, "{} {:?}", self.now, self.report.stage)
    }
}

impl Life {
    pub fn log(&self) -> Vec<(Timestamp, Event)> {
        let turns = self.turns.iter().map(|turn| (turn.at, turn.event.clone()));
        std::iter::once(self.submitted.clone()).chain(turns).collect()
    }

    /// The report after each event, with the instant of the event.
    pub fn states(&self) -> impl Iterator<Item = (&Report, Timestamp)> {
        let first = self.turns.first().map_or(&self.report, |turn| &turn.before);
        std::iter::once((first, self.submitted.0)).chain(self.turns.iter().map(|turn| (&turn.after, turn.at)))
    }

    /// Tries a command; what it leads to becomes part of the life.
    pub fn try_it(&mut self, by: &Actor, command: &Command) -> Result<(), Refusal> {
        let moment = Moment { now: self.now, rules: rules() };
        for event in decide(&moment, by, &self.report, command)? {
            let before = self.report.clone();
            self.report = evolve(before.clone(), self.now, &event);
            self.turns.push(Turn { before, at: self.now, event, after: self.report.clone() });
        }
        Ok(())
    }

    /// The scheduler wakes for what is due next, or finds that a decree has moved it to a later day.
    pub fn tick(&mut self) -> Option<CommandKind> {
        let (at, command) = due::next(rules(), &self.report, self.now)?;
        self.now = self.now.max(at);
        match self.try_it(&Actor::System, &command) {
            Ok(()) | Err(Refusal::NotDue) => Some(command.kind()),
            Err(refusal) => panic!("{:?} is due and refused: {refusal}", command.kind()),
        }
    }

    /// The same command, with most promises for a day of this life.
    fn within_life(&self, command: &Command) -> Command {
        let mut command = command.clone();
        let waiting = self.report.draft.as_ref().map_or(0, |draft| draft.seq);
        if let Command::ApproveAnswer { draft } | Command::SendBackAnswer { draft, .. } = &mut command {
            *draft = waiting;
        }
        if let Command::WithdrawAnswer { draft } = &mut command {
            *draft = waiting;
        }
        if let Command::AskPart { day: Some(day), .. } = &mut command {
            *day = self.report.zone.day(self.now) + jiff::Span::new().days(i64::from(day.day() % 9));
        }
        if let Command::Answer { planned_for: Some(day), .. } | Command::ProposeAnswer { planned_for: Some(day), .. } =
            &mut command
            && day.month() > 2
        {
            *day = self.report.zone.day(self.now) + jiff::Span::new().days(i64::from(day.day()));
        }
        command
    }

    fn wish(&mut self, actor: &prop::sample::Index, command: &Command) {
        let command = &self.within_life(command);
        let able: Vec<Actor> = actors()
            .into_iter()
            .filter(|actor| may(&rules().agencies, actor, Action::Do(command.kind()), &self.report))
            .collect();
        if !able.is_empty() {
            let _refused_or_not = self.try_it(actor.get(&able), command);
        }
    }
}

pub fn actors() -> Vec<Actor> {
    vec![
        Actor::Public,
        Actor::Reporter,
        Actor::System,
        Actor::Outsider,
        national(),
        admin(KALSEL),
        admin(BANJARMASIN),
        liaison(PUPR),
        Actor::Officer { user: UserId(7), role: Role::LiaisonOfficer, agency: PUPR },
        liaison(DISHUB),
        liaison(BANJARMASIN_PUPR),
        officer(Role::Inspector, INSPECTORATE),
        supervisor(),
    ]
}

fn offices() -> impl Strategy<Value = AgencyId> {
    select(vec![NATIONAL, KALSEL, INSPECTORATE, PUPR, DISHUB, BANJARMASIN, BANJARMASIN_PUPR, AgencyId(99)])
}

fn remark() -> Remark {
    Remark::parse("karena demikian").unwrap()
}

fn body() -> Body {
    Body::parse("masih berlubang juga").unwrap()
}

pub fn commands() -> impl Strategy<Value = Command> {
    let returning = (select(ReturnReason::ALL), prop::option::of(offices()))
        .prop_map(|(reason, suggestion)| Command::Return { reason, text: remark(), suggestion });
    let holding =
        prop::collection::vec(select(Missing::ALL), 0..3).prop_map(|missing| Command::Hold { missing, text: remark() });
    let reclassifying = (select(Class::ALL), any::<bool>()).prop_map(|(class, yes)| reclassify(class, yes));
    let assigning = prop::option::of(1i64..4).prop_map(|user| Command::Assign { officer: user.map(UserId) });
    prop_oneof![
        9 => offices().prop_map(dispose),
        4 => returning,
        3 => holding,
        5 => select(vec![resume(), complete()]),
        1 => select(ArchiveReason::ALL).prop_map(archive),
        2 => Just(contest()),
        9 => answering(),
        6 => select(vec![reply(), object(), reopen(), close()]),
        2 => (0u8..8).prop_map(confirm),
        3 => reclassifying,
        1 => assigning,
        9 => naming(),
        9 => parting(),
        3 => proposing(),
        6 => select(vec![
            Command::ApproveAnswer { draft: 0 }, send_back(0), Command::WithdrawAnswer { draft: 0 },
        ]),
        1 => offices().prop_map(|to| Command::HandOver { to }),
        1 => select(HideReason::ALL).prop_map(|reason| Command::Hide { reason, text: remark() }),
        3 => select(vec![ask_outsider(), answer_outside(2), answer_outside(3), Command::EndQuestion { question: 3 }]),
        2 => select(vec![Command::Link { matter: MatterId(1) }, Command::Unlink]),
        2 => select(vec![Command::Attribute { problem: ProblemId(1) }, Command::Release]),
        2 => select(vec![unhide(), rewrite(), note(), Command::Support, Command::AcceptOmbudsman]),
        2 => select(vec![
            Command::Remind, Command::Escalate, Command::Warn, Command::CloseSilent, Command::Lapse,
            Command::OfferOmbudsman,
        ]),
    ]
}

/// Somebody asks for an anonymous name, or somebody judges the wish of one who may have asked.
fn naming() -> impl Strategy<Value = Command> {
    let askers = select(vec![NATIONAL, KALSEL, INSPECTORATE, BANJARMASIN]).prop_map(|agency| UserId(agency.0));
    prop_oneof![
        2 => Just(ask_name()),
        2 => askers.clone().prop_map(|officer| Command::OpenName { officer }),
        2 => askers.prop_map(keep_name),
    ]
}

fn proposing() -> impl Strategy<Value = Command> {
    answering().prop_map(|command| match command {
        Command::Answer { kind, text, planned_for, legal_ground, evidence, physical } => {
            Command::ProposeAnswer { kind, text, planned_for, legal_ground, evidence, physical }
        }
        other => other,
    })
}

/// A part of the work is asked for, answered, given back or withdrawn.
fn parting() -> impl Strategy<Value = Command> {
    let day = prop::option::weighted(0.3, (1i8..=28).prop_map(|day| jiff::civil::date(2026, 1, day)));
    let asking = (offices(), any::<bool>(), any::<bool>(), day).prop_map(|(office, compulsory, opened, day)| {
        Command::AskPart { office, compulsory, opened, day, text: remark() }
    });
    prop_oneof![
        4 => asking,
        3 => (1u8..4).prop_map(answer_part),
        3 => (1u8..4).prop_map(return_part),
        1 => (1u8..4).prop_map(withdraw_part),
        1 => (1u8..4).prop_map(|part| Command::RemindPart { part }),
        1 => (1u8..4).prop_map(|part| Command::EscalatePart { part }),
    ]
}

fn answering() -> impl Strategy<Value = Command> {
    let day = (2019i16..2028, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d));
    (select(AnswerKind::ALL), prop::option::of(day), any::<bool>(), 0u8..2, any::<bool>()).prop_map(
        |(kind, planned_for, ground, evidence, physical)| Command::Answer {
            kind,
            text: body(),
            planned_for,
            legal_ground: ground.then(remark),
            evidence,
            physical,
        },
    )
}

fn steps() -> impl Strategy<Value = Step> {
    let minutes = prop_oneof![3 => 1i64..600, 3 => 600i64..6_000, 1 => 6_000i64..30_000];
    let wish = (minutes, any::<prop::sample::Index>(), commands()).prop_map(|(minutes, actor, command)| Step::Wish {
        minutes,
        actor,
        command,
    });
    prop_oneof![9 => wish, 1 => Just(Step::Tick)]
}

/// Lives that begin on any day from 2019 to 2026.
pub fn lives() -> impl Strategy<Value = Life> {
    let chosen = prop::option::weighted(0.3, select(vec![KALSEL, PUPR, BANJARMASIN]));
    let zone = select(vec![Zone::Wib, Zone::Wita, Zone::Wit]);
    let flags = (select(Class::ALL), prop::bool::weighted(0.4), prop::bool::weighted(0.2));
    (0i64..2_800 * 1_440, chosen, zone, flags, prop::collection::vec(steps(), 0..90)).prop_map(
        |(minute, chosen, zone, (class, anonymous, secret), steps)| {
            let now = instant("2019-01-01T00:00:00Z") + SignedDuration::from_mins(minute);
            let new = domain::report::Submission { class, zone, anonymous, secret, ..submission(chosen) };
            live(now, submit(&Moment { now, rules: rules() }, new).unwrap(), &steps)
        },
    )
}

fn live(now: Timestamp, first: Event, steps: &[Step]) -> Life {
    let report = Report::begin(REPORT, now, &first).unwrap();
    let mut life = Life { submitted: (now, first), turns: vec![], report, now };
    for step in steps {
        match step {
            Step::Tick => drop(life.tick()),
            Step::Wish { minutes, actor, command } => {
                life.now += SignedDuration::from_mins(*minutes);
                life.wish(actor, command);
            }
        }
    }
    life
}
