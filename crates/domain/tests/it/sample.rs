//! One typical report in each stage, and one typical command of each kind.

use crate::fixture::*;
use crate::wish::*;
use domain::report::{ArchiveReason, Class, Closure, CommandKind, StageKind};
use domain::{Command, Event, MatterId, ProblemId, Report, UserId};
use jiff::Timestamp;

/// The event of a question, wherever it stands in a log.
pub const ASKED: u32 = 77;

/// A typical report in a stage, and the instant of its last event.
pub fn report(stage: StageKind) -> (Report, Timestamp) {
    let log = log(stage);
    let report = Report::replay(REPORT, log.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(report.stage.kind(), stage);
    (report, log.last().unwrap().0)
}

fn log(stage: StageKind) -> Vec<(Timestamp, Event)> {
    let verified = vec![submitted(), disposed(NATIONAL, KALSEL)];
    let answered = [verified.clone(), vec![answered()]].concat();
    let and = |log: &Vec<Event>, more: &[Event]| [log.as_slice(), more].concat();
    let events = match stage {
        StageKind::Submitted => vec![submitted()],
        StageKind::Returned => and(&verified, &[disposed(KALSEL, PUPR), returned(PUPR, KALSEL)]),
        StageKind::Disposed => verified,
        StageKind::Answered => answered,
        StageKind::Replied => and(&answered, &[Event::Replied]),
        StageKind::Objected => and(&answered, &[Event::Objected]),
        StageKind::Reopened => and(&answered, &[closed(Closure::ByOfficer), Event::Reopened]),
        StageKind::Held => and(&verified, &[held()]),
        StageKind::ClosedByOfficer => and(&answered, &[closed(Closure::ByOfficer)]),
        StageKind::ClosedBySystem => and(&answered, &[closed(Closure::BySystem)]),
        StageKind::ClosedConfirmed => and(&answered, &[Event::Confirmed { rating: 5 }, closed(Closure::Confirmed)]),
        StageKind::ArchivedAdmin => vec![submitted(), archived(ArchiveReason::Unclear)],
        StageKind::ArchivedSystem => and(&verified, &[held(), archived(ArchiveReason::NotCompleted)]),
    };
    let start = instant("2026-04-06T09:00");
    let hours = |n: usize| jiff::SignedDuration::from_hours(i64::try_from(n).unwrap());
    events.into_iter().enumerate().map(|(n, event)| (start + hours(n), event)).collect()
}

/// A typical command of a kind, for the reports above.
pub fn command(kind: CommandKind) -> Command {
    match kind {
        CommandKind::Dispose => dispose(DISHUB),
        CommandKind::Return => give_back(),
        CommandKind::Hold => hold(),
        CommandKind::Resume => resume(),
        CommandKind::Complete => complete(),
        CommandKind::Archive => archive(ArchiveReason::Duplicate),
        CommandKind::Contest => contest(),
        CommandKind::Answer => answer(),
        CommandKind::Reply => reply(),
        CommandKind::Confirm => confirm(5),
        CommandKind::Object => object(),
        CommandKind::Close => close(),
        CommandKind::Reopen => reopen(),
        CommandKind::Rewrite => rewrite(),
        CommandKind::Reclassify => reclassify(Class::Complaint, true),
        CommandKind::Assign => Command::Assign { officer: Some(UserId(7)) },
        CommandKind::Note => note(),
        CommandKind::Hide => hide(),
        CommandKind::Unhide => unhide(),
        CommandKind::AskName => ask_name(),
        CommandKind::OpenName => Command::OpenName { officer: UserId(KALSEL.0) },
        CommandKind::KeepName => keep_name(UserId(KALSEL.0)),
        CommandKind::Link => Command::Link { matter: MatterId(5) },
        CommandKind::Unlink => Command::Unlink,
        CommandKind::Attribute => Command::Attribute { problem: ProblemId(5) },
        CommandKind::Release => Command::Release,
        CommandKind::AskOutsider => ask_outsider(),
        CommandKind::AnswerOutside => answer_outside(ASKED),
        CommandKind::EndQuestion => Command::EndQuestion { question: ASKED },
        CommandKind::ProposeAnswer => propose(),
        CommandKind::ApproveAnswer => Command::ApproveAnswer { draft: 0 },
        CommandKind::SendBackAnswer => send_back(0),
        CommandKind::WithdrawAnswer => Command::WithdrawAnswer { draft: 0 },
        CommandKind::AskPart => ask_part(DISHUB),
        CommandKind::AnswerPart => answer_part(1),
        CommandKind::ReturnPart => return_part(1),
        CommandKind::WithdrawPart => withdraw_part(1),
        CommandKind::RemindPart => Command::RemindPart { part: 1 },
        CommandKind::EscalatePart => Command::EscalatePart { part: 1 },
        CommandKind::Support => Command::Support,
        CommandKind::AcceptOmbudsman => Command::AcceptOmbudsman,
        CommandKind::Remind => Command::Remind,
        CommandKind::RemindPromise => Command::RemindPromise,
        CommandKind::Escalate => Command::Escalate,
        CommandKind::Warn => Command::Warn,
        CommandKind::CloseSilent => Command::CloseSilent,
        CommandKind::Lapse => Command::Lapse,
        CommandKind::HandOver => Command::HandOver { to: DISHUB },
        CommandKind::OfferOmbudsman => Command::OfferOmbudsman,
    }
}
