//! What an officer does to a report: each a form posted below its page.

use super::case::{self, CameBack};
use super::{drafts, parts, verify};
use crate::kept::unseal;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Act, Conflict, Done, Error, Heed, MOST_FILES, Officer, Upload};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::check::Advice;
use domain::report::{AnswerKind, ArchiveReason, Class, Command, CommandKind, HideReason, Missing, ReturnReason};
use domain::text::{Body, Remark, TextError, Title};
use domain::{AgencyId, CategoryId, Code, Refusal, UserId};

/// Does what a form asks, and goes back to the report; a form that cannot be done comes back with
/// everything that was typed.
pub(in crate::serve) async fn send(
    visit: Visit,
    Path((typed, what)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = match visit.officer().await {
        Err(Failure::LoggedOut(_)) => {
            let form = Form::read_plain(&visit, request).await?;
            return Err(Failure::logged_out_keeping(&visit, form.words()));
        }
        other => other?,
    };
    let form = Form::read(&visit, request).await?;
    let Some(kind) = kind_of(&what, &form) else { return Err(Failure::page(&visit, 404, None, None)) };
    let files = files(&visit, &officer, &form);
    let back = |why| CameBack::of(kind, why, &form, &files);
    let acts = match commands(&visit, kind, &form) {
        Ok(commands) => acts(&officer, &form, commands, files.clone()),
        Err(why) => return again(&visit, &officer, code, back(why)).await,
    };
    match visit.web.app.act_together(code, acts.clone()).await {
        Ok(_) if form.get("go") == "next" => {
            let to = format!("/desk/verifikasi?lewati={code}");
            Ok((AppendHeaders([visit.told(done_key(kind))]), Redirect::to(&to)).into_response())
        }
        Ok(done) => after(&visit, &officer, code, &done, kind),
        Err(Error::Refused(refusal)) => {
            let why = Message::refusal(refusal);
            let advice = advice(&visit, code, refusal, &acts).await?;
            again(&visit, &officer, code, CameBack { advice, ..back(why) }).await
        }
        Err(Error::Conflict(Conflict::Stale { .. })) => {
            again(&visit, &officer, code, back(Message::new("conflict-seen"))).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

fn kind_of(what: &str, form: &Form) -> Option<CommandKind> {
    Some(match what {
        "disposisi" => CommandKind::Dispose,
        "pengembalian" => CommandKind::Return,
        "penundaan" => CommandKind::Hold,
        "pelanjutan" => CommandKind::Resume,
        "arsip" => CommandKind::Archive,
        "jawaban" => CommandKind::Answer,
        "penutupan" => CommandKind::Close,
        "pembukaan" => CommandKind::Reopen,
        "penugasan" => CommandKind::Assign,
        "catatan" => CommandKind::Note,
        "penyuntingan" => CommandKind::Rewrite,
        "klasifikasi" => CommandKind::Reclassify,
        "keterlihatan" if form.get("visible") == "1" => CommandKind::Unhide,
        "keterlihatan" => CommandKind::Hide,
        "permintaan-nama" => CommandKind::AskName,
        "pembukaan-nama" => CommandKind::OpenName,
        "penolakan-nama" => CommandKind::KeepName,
        "ombudsman" => CommandKind::OfferOmbudsman,
        "usulan-jawaban" => CommandKind::ProposeAnswer,
        other => return parts::kind_of(other).or_else(|| drafts::kind_of(other)),
    })
}

/// The commands of a form. While verifying, a disposition masks what is personal and judges class and category along
/// with it; any disposition may ask other units for support.
fn commands(visit: &Visit, kind: CommandKind, form: &Form) -> Result<Vec<Command>, Message> {
    let reference = visit.web.app.reference();
    let today = domain::time::Zone::Wib.day(visit.web.app.now());
    match kind {
        CommandKind::Dispose => {
            let judged = form.some("class").and_then(|_| reclassification(form).ok());
            let before = verify::masked(form)?.into_iter().chain(judged);
            let support = parts::asked(form, &reference, today)?;
            Ok(before.chain([command(kind, form)?]).chain(support).collect())
        }
        CommandKind::AskPart => {
            let support = parts::asked(form, &reference, today)?;
            if support.is_empty() { Err(Message::new("slip-unit-none")) } else { Ok(support) }
        }
        kind if drafts::is_about(kind) => Ok(vec![drafts::command(kind, form)?]),
        kind if parts::is_about(kind) => Ok(vec![parts::command(kind, form)?]),
        kind => Ok(vec![command(kind, form)?]),
    }
}

/// The command of a form, or what is wrong with it.
fn command(kind: CommandKind, form: &Form) -> Result<Command, Message> {
    let remark = || Remark::parse(form.get("text")).map_err(told);
    let choice = || Message::new("slip-choice");
    Ok(match kind {
        CommandKind::Dispose => {
            Command::Dispose { to: number(form, "to").map(AgencyId).ok_or_else(choice)?, note: optional(form, "note")? }
        }
        CommandKind::Return => Command::Return {
            reason: ReturnReason::parse(form.get("reason")).ok_or_else(choice)?,
            text: remark()?,
            suggestion: number(form, "suggestion").map(AgencyId),
        },
        CommandKind::Hold => {
            Command::Hold { missing: form.all("missing").filter_map(Missing::parse).collect(), text: remark()? }
        }
        CommandKind::Resume => Command::Resume { text: remark()? },
        CommandKind::Archive => {
            Command::Archive { reason: ArchiveReason::parse(form.get("reason")).ok_or_else(choice)?, text: remark()? }
        }
        CommandKind::Answer => answer(form)?,
        CommandKind::ProposeAnswer => proposal(answer(form)?),
        CommandKind::Close => Command::Close { text: optional(form, "text")? },
        CommandKind::Reopen => Command::Reopen { text: remark()? },
        CommandKind::Assign => Command::Assign { officer: number(form, "officer").map(UserId) },
        CommandKind::Note => Command::Note { text: remark()? },
        CommandKind::Rewrite => Command::Rewrite {
            title: Title::parse(form.get("title")).map_err(told)?,
            body: Body::parse(form.get("text")).map_err(told)?,
        },
        CommandKind::Reclassify => reclassification(form)?,
        CommandKind::Hide => {
            Command::Hide { reason: HideReason::parse(form.get("reason")).ok_or_else(choice)?, text: remark()? }
        }
        CommandKind::Unhide => Command::Unhide { text: remark()? },
        CommandKind::AskName => Command::AskName { text: remark()? },
        CommandKind::OpenName => Command::OpenName { officer: asker(form)? },
        CommandKind::KeepName => Command::KeepName { officer: asker(form)?, text: remark()? },
        _ => Command::OfferOmbudsman,
    })
}

fn asker(form: &Form) -> Result<UserId, Message> {
    number(form, "officer").map(UserId).ok_or_else(|| Message::new("slip-choice"))
}

fn answer(form: &Form) -> Result<Command, Message> {
    if let Some(slip) = &form.file_slip {
        return Err(slip.clone());
    }
    Ok(Command::Answer {
        kind: AnswerKind::parse(form.get("kind")).ok_or_else(|| Message::new("slip-choice"))?,
        text: Body::parse(form.get("text")).map_err(told)?,
        planned_for: form.some("planned_for").map(str::parse).transpose().map_err(|_| Message::new("slip-date"))?,
        legal_ground: optional(form, "legal_ground")?,
        evidence: 0,
        physical: form.is_ticked("physical"),
    })
}

/// The same answer for somebody else to send.
fn proposal(answer: Command) -> Command {
    match answer {
        Command::Answer { kind, text, planned_for, legal_ground, evidence, physical } => {
            Command::ProposeAnswer { kind, text, planned_for, legal_ground, evidence, physical }
        }
        other => other,
    }
}

fn reclassification(form: &Form) -> Result<Command, Message> {
    Ok(Command::Reclassify {
        class: Class::parse(form.get("class")).ok_or_else(|| Message::new("slip-choice"))?,
        supervisory: form.is_ticked("supervisory"),
        category: number(form, "category").map(CategoryId),
    })
}

fn number(form: &Form, name: &str) -> Option<i64> {
    form.get(name).parse().ok()
}

fn optional(form: &Form, name: &str) -> Result<Option<Remark>, Message> {
    form.some(name).map(Remark::parse).transpose().map_err(|error: TextError| told(error))
}

/// What a form asks for, all or nothing; its files belong to the last of it.
fn acts(officer: &Officer, form: &Form, commands: Vec<Command>, files: Vec<Upload>) -> Vec<Act> {
    let key = form.some("key");
    let act = |(n, command): (usize, Command)| {
        let about = if let Command::AskPart { .. } = command { format!("-{n}") } else { String::new() };
        Act { key: key.map(|key| format!("{key}{about}")), ..Act::new(actor(officer), command) }
    };
    let mut acts: Vec<Act> = commands.into_iter().enumerate().map(act).collect();
    if let Some(last) = acts.pop() {
        acts.push(Act { heed: heed(form), ..last }.with(files));
    }
    if let Some(first) = acts.first_mut() {
        first.seen = form.get("seq").parse().ok();
    }
    acts
}

/// An answer is looked at, unless it says why it is sent all the same.
fn heed(form: &Form) -> Heed {
    let reason = form.some("despite").and_then(|reason| Remark::parse(reason).ok());
    reason.map_or(Heed::Advice, Heed::Despite)
}

/// The files that came now, and those that came with the form before it was refused.
fn files(visit: &Visit, officer: &Officer, form: &Form) -> Vec<Upload> {
    let before = form.all("kept").filter_map(|token| unseal(&visit.web, &actor(officer), token));
    let before = before.filter(|upload| visit.web.app.is_kept(upload));
    before.chain(form.files.iter().cloned()).take(MOST_FILES).collect()
}

/// What the check found, where that is why an answer was not sent.
async fn advice(visit: &Visit, code: Code, refusal: Refusal, acts: &[Act]) -> Result<Vec<Advice>, Failure> {
    match acts.last() {
        Some(act) if refusal == Refusal::Advised => {
            visit.web.app.advice(code, act).await.map_err(|error| Failure::of(visit, error))
        }
        _ => Ok(Vec::new()),
    }
}

/// Back to the report, or to the inbox when it left this officer's hands.
fn after(visit: &Visit, officer: &Officer, code: Code, done: &Done, kind: CommandKind) -> Result<Response, Failure> {
    let reference = visit.web.app.reference();
    let stays =
        domain::policy::may(&reference.rules.agencies, &actor(officer), domain::policy::Action::Read, &done.row.report);
    let to = if stays { format!("/desk/laporan/{code}") } else { "/desk".to_owned() };
    Ok((AppendHeaders([visit.told(done_key(kind))]), Redirect::to(&to)).into_response())
}

fn done_key(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Dispose => "done-disposed",
        CommandKind::Return => "done-returned",
        CommandKind::Hold => "done-held",
        CommandKind::Resume => "done-resumed",
        CommandKind::Archive => "done-archived",
        CommandKind::Answer => "done-answered",
        CommandKind::Close => "done-closed",
        CommandKind::Reopen => "done-reopened",
        CommandKind::Assign => "done-assigned",
        CommandKind::Rewrite => "done-rewritten",
        CommandKind::Reclassify => "done-reclassified",
        CommandKind::Hide => "done-hidden",
        CommandKind::Unhide => "done-unhidden",
        CommandKind::AskName => "done-name_asked",
        CommandKind::OpenName => "done-name_opened",
        CommandKind::KeepName => "done-name_kept",
        CommandKind::OfferOmbudsman => "done-ombudsman_offered",
        CommandKind::ProposeAnswer => "done-answer_proposed",
        CommandKind::ApproveAnswer => "done-answered",
        CommandKind::SendBackAnswer => "done-answer_sent_back",
        CommandKind::WithdrawAnswer => "done-answer_withdrawn",
        CommandKind::AskPart => "done-part_asked",
        CommandKind::AnswerPart => "done-part_answered",
        CommandKind::ReturnPart => "done-part_returned",
        CommandKind::WithdrawPart => "done-part_withdrawn",
        _ => "done-noted",
    }
}

async fn again(visit: &Visit, officer: &Officer, code: Code, back: CameBack) -> Result<Response, Failure> {
    let status = if back.why.key == "conflict-seen" { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = case::page(visit, officer, code, Some(back)).await?;
    Ok((status, visit.show(&page)?).into_response())
}
