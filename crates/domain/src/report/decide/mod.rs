//! Whether a command may happen, and what follows from it. Pure.
//!
//! Who may do it is [`crate::policy`]'s question; here it is whether the report's stage allows it.

mod answering;
mod asking;
mod caring;
mod drafting;
mod linking;
mod naming;
mod parting;
mod reporting;
mod routing;
mod ticking;

use super::{Command, Event, Moment, Open, Refusal, Report, Stage};
use crate::person::Actor;

/// The events that a command leads to, or the reason why it leads to none.
pub fn decide(moment: &Moment<'_>, by: &Actor, was: &Report, command: &Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Dispose { to, .. } => routing::dispose(moment, by, was, *to),
        Command::Return { reason, suggestion, .. } => routing::return_up(moment, was, *reason, *suggestion),
        Command::HandOver { to } => routing::hand_over(moment, was, *to),
        Command::Hold { missing, .. } => routing::hold(was, missing),
        Command::Resume { .. } => routing::resume(was),
        Command::Archive { reason, .. } => routing::archive(was, *reason),
        Command::Answer { kind, planned_for, legal_ground, evidence, physical, .. } => {
            let support = answering::Support {
                planned_for: *planned_for,
                legal_ground: legal_ground.is_some(),
                evidence: *evidence,
                physical: *physical,
            };
            answering::answer(moment, was, *kind, support)
        }
        Command::ProposeAnswer { kind, planned_for, legal_ground, evidence, physical, .. } => {
            let support = answering::Support {
                planned_for: *planned_for,
                legal_ground: legal_ground.is_some(),
                evidence: *evidence,
                physical: *physical,
            };
            drafting::propose(moment, by, was, *kind, support)
        }
        Command::ApproveAnswer { draft } => drafting::approve(moment, by, was, *draft),
        Command::SendBackAnswer { draft, .. } => drafting::send_back(by, was, *draft),
        Command::WithdrawAnswer { draft } => drafting::withdraw(by, was, *draft),
        Command::Close { .. } => answering::close(was),
        Command::Reopen { .. } => answering::reopen(was),
        Command::Complete { .. } => reporting::complete(was),
        Command::Contest { .. } => reporting::contest(moment, was),
        Command::Reply { .. } => reporting::reply(was),
        Command::Confirm { rating, .. } => reporting::confirm(moment, was, *rating),
        Command::Object { .. } => reporting::object(moment, was),
        Command::Support => reporting::support(was),
        Command::AcceptOmbudsman => reporting::accept_ombudsman(was),
        Command::Rewrite { .. } => Ok(vec![Event::Rewritten]),
        Command::Reclassify { class, supervisory, category } => {
            caring::reclassify(was, *class, *supervisory, *category)
        }
        Command::Assign { officer } => caring::assign(was, *officer),
        Command::Note { .. } => Ok(vec![Event::Noted]),
        Command::Hide { reason, .. } => caring::hide(was, *reason),
        Command::Unhide { .. } => caring::unhide(was),
        Command::AskName { .. } => naming::ask(by, was),
        Command::OpenName { officer } => naming::open(by, was, *officer),
        Command::KeepName { officer, .. } => naming::keep(by, was, *officer),
        Command::Link { matter } => linking::link(was, *matter),
        Command::Unlink => linking::unlink(was),
        Command::Attribute { problem } => linking::attribute(was, *problem),
        Command::Release => linking::release(was),
        Command::AskOutsider { .. } => asking::ask(was),
        Command::AnswerOutside { question, .. } => asking::answer(was, *question),
        Command::EndQuestion { question } => asking::end(was, *question),
        Command::AskPart { office, compulsory, opened, day, .. } => {
            let wanted = parting::Wanted { office: *office, compulsory: *compulsory, opened: *opened, day: *day };
            parting::ask(moment, by, was, wanted)
        }
        Command::AnswerPart { part, evidence, .. } => parting::answer(moment, by, was, *part, *evidence),
        Command::ReturnPart { part, reason, .. } => parting::give_back(moment, by, was, *part, *reason),
        Command::WithdrawPart { part, .. } => parting::withdraw(was, *part),
        Command::RemindPart { part } => parting::remind(moment, was, *part),
        Command::EscalatePart { part } => parting::escalate(moment, was, *part),
        Command::Remind => ticking::remind(moment, was),
        Command::RemindPromise => ticking::remind_promise(moment, was),
        Command::Escalate => ticking::escalate(moment, was),
        Command::Warn => ticking::warn(moment, was),
        Command::CloseSilent => ticking::close_silent(moment, was),
        Command::Lapse => ticking::lapse(moment, was),
        Command::OfferOmbudsman => ticking::offer_ombudsman(moment, was),
    }
}

/// The open stage, or why there is none.
fn open(was: &Report) -> Result<Open, Refusal> {
    match &was.stage {
        Stage::Open(open) => Ok(*open),
        Stage::Held { .. } => Err(Refusal::OnHold),
        Stage::Closed { .. } | Stage::Archived { .. } => Err(Refusal::AlreadyEnded),
    }
}
