//! What an actor may do with a report now: so that a page shows every such action and no other.

use super::{
    AnswerKind, ArchiveReason, Command, CommandKind, HideReason, Missing, Moment, Refusal, Report, ReturnReason,
};
use super::{MOST_PARTS, Open, Part, Stage, decide};
use crate::ids::{MatterId, ProblemId, UserId};
use crate::person::Actor;
use crate::policy::{Action, may};
use crate::text::{Body, Remark, Title};

/// The kinds of commands that the policy allows and that the stage would not refuse, whatever is filled in.
pub fn offers(moment: &Moment<'_>, by: &Actor, report: &Report) -> Vec<CommandKind> {
    let allowed = |kind: &CommandKind| may(&moment.rules.agencies, by, Action::Do(*kind), report);
    CommandKind::ALL.iter().copied().filter(allowed).filter(|kind| is_possible(moment, by, report, *kind)).collect()
}

fn is_possible(moment: &Moment<'_>, by: &Actor, report: &Report, kind: CommandKind) -> bool {
    if kind == CommandKind::Dispose {
        return matches!(report.stage, Stage::Open(_));
    }
    if kind == CommandKind::AskPart {
        let owed = Stage::Open(Open::Answered { kind: AnswerKind::Planned });
        let works =
            matches!(report.stage, Stage::Open(Open::Disposed | Open::Replied | Open::Objected | Open::Reopened));
        return (works || report.stage == owed) && report.open_parts().count() < MOST_PARTS;
    }
    let mine = report.open_parts().find(|part| is_own(moment, by, part)).map(|part| part.number);
    let Some(sample) = sample(kind, by, report, mine) else { return false };
    match decide(moment, by, report, &sample) {
        Ok(_) => true,
        Err(refusal) => depends_on_input(refusal, kind),
    }
}

fn is_own(moment: &Moment<'_>, by: &Actor, part: &Part) -> bool {
    by.agency().is_some_and(|seat| moment.rules.agencies.within(part.office, seat))
}

/// Refusals that other words in the form would lift.
fn depends_on_input(refusal: Refusal, kind: CommandKind) -> bool {
    match refusal {
        Refusal::EvidenceMissing | Refusal::DateMissing | Refusal::LegalGroundMissing => true,
        Refusal::AlreadySo => matches!(kind, CommandKind::Reclassify | CommandKind::Assign),
        _ => false,
    }
}

/// A command of a kind with plausible words.
fn sample(kind: CommandKind, by: &Actor, report: &Report, mine: Option<u8>) -> Option<Command> {
    let asker = report.asker_besides(by.user()).unwrap_or(UserId(0));
    let remark = Remark::parse("contoh").ok()?;
    let body = Body::parse("contoh isian").ok()?;
    Some(match kind {
        CommandKind::Dispose | CommandKind::HandOver => return None,
        // A matter that no report has.
        CommandKind::Link => Command::Link { matter: MatterId(0) },
        CommandKind::Unlink => Command::Unlink,
        // A problem that no report has.
        CommandKind::Attribute => Command::Attribute { problem: ProblemId(0) },
        CommandKind::Release => Command::Release,
        CommandKind::AskOutsider => Command::AskOutsider { text: body },
        CommandKind::AnswerOutside => Command::AnswerOutside { question: *report.asked.first()?, text: body },
        CommandKind::EndQuestion => Command::EndQuestion { question: *report.asked.first()? },
        CommandKind::Return => Command::Return { reason: ReturnReason::OtherAgency, text: remark, suggestion: None },
        CommandKind::Hold => Command::Hold { missing: vec![Missing::Detail], text: remark },
        CommandKind::Resume => Command::Resume { text: remark },
        CommandKind::Complete => Command::Complete { text: body },
        CommandKind::Archive => Command::Archive { reason: ArchiveReason::Unclear, text: remark },
        CommandKind::Contest => Command::Contest { text: body },
        CommandKind::Answer => Command::Answer {
            kind: AnswerKind::Explained,
            text: body,
            planned_for: None,
            legal_ground: None,
            evidence: 0,
            physical: false,
        },
        CommandKind::Reply => Command::Reply { text: body },
        CommandKind::Confirm => Command::Confirm { rating: Some(5), text: None },
        CommandKind::Object => Command::Object { text: body },
        CommandKind::Close => Command::Close { text: None },
        CommandKind::Reopen => Command::Reopen { text: remark },
        CommandKind::Rewrite => Command::Rewrite { title: Title::parse("contoh").ok()?, body },
        CommandKind::Reclassify => {
            Command::Reclassify { class: report.class, supervisory: report.supervisory, category: report.category }
        }
        CommandKind::Assign => Command::Assign { officer: report.officer },
        CommandKind::Note => Command::Note { text: remark },
        CommandKind::Hide => Command::Hide { reason: HideReason::PersonalData, text: remark },
        CommandKind::Unhide => Command::Unhide { text: remark },
        CommandKind::AskName => Command::AskName { text: remark },
        CommandKind::OpenName => Command::OpenName { officer: asker },
        CommandKind::KeepName => Command::KeepName { officer: asker, text: remark },
        CommandKind::ProposeAnswer => Command::ProposeAnswer {
            kind: AnswerKind::Explained,
            text: body,
            planned_for: None,
            legal_ground: None,
            evidence: 0,
            physical: false,
        },
        CommandKind::ApproveAnswer => Command::ApproveAnswer { draft: report.draft.as_ref()?.seq },
        CommandKind::SendBackAnswer => Command::SendBackAnswer { draft: report.draft.as_ref()?.seq, text: remark },
        CommandKind::WithdrawAnswer => Command::WithdrawAnswer { draft: report.draft.as_ref()?.seq },
        CommandKind::AskPart => return None,
        CommandKind::AnswerPart => Command::AnswerPart { part: mine?, text: body, evidence: 0 },
        CommandKind::ReturnPart => Command::ReturnPart { part: mine?, reason: ReturnReason::OtherAgency, text: remark },
        CommandKind::WithdrawPart => Command::WithdrawPart { part: report.open_parts().next()?.number, text: remark },
        CommandKind::RemindPart => Command::RemindPart { part: report.open_parts().next()?.number },
        CommandKind::EscalatePart => Command::EscalatePart { part: report.open_parts().next()?.number },
        CommandKind::Support => Command::Support,
        CommandKind::AcceptOmbudsman => Command::AcceptOmbudsman,
        CommandKind::Remind => Command::Remind,
        CommandKind::RemindPromise => Command::RemindPromise,
        CommandKind::Escalate => Command::Escalate,
        CommandKind::Warn => Command::Warn,
        CommandKind::CloseSilent => Command::CloseSilent,
        CommandKind::Lapse => Command::Lapse,
        CommandKind::OfferOmbudsman => Command::OfferOmbudsman,
    })
}
