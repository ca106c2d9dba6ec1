//! The parts of supporting units: how they are shown on the page of a report, and what its forms ask for.

use super::case::CameBack;
use crate::components::{Clock, ClockState};
use crate::desk::{PartRow, PartsView};
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::{self, Known};
use crate::serve::visit::Visit;
use crate::words::Message;
use app::reference::Reference;
use app::{Officer, PartView, Upload, View};
use domain::agency::Agency;
use domain::report::{Command, CommandKind, MOST_PARTS, ReturnReason, StageKind};
use domain::text::{Body, Remark};
use domain::{AgencyId, Role};
use jiff::civil::Date;

/// The commands about parts, by the last part of their address.
pub(super) fn kind_of(what: &str) -> Option<CommandKind> {
    Some(match what {
        "bagian" => CommandKind::AskPart,
        "bagian-jawaban" => CommandKind::AnswerPart,
        "bagian-pengembalian" => CommandKind::ReturnPart,
        "bagian-penarikan" => CommandKind::WithdrawPart,
        _ => return None,
    })
}

/// Whether a kind of command is about a part.
pub(super) fn is_about(kind: CommandKind) -> bool {
    matches!(kind, CommandKind::AskPart | CommandKind::AnswerPart | CommandKind::ReturnPart | CommandKind::WithdrawPart)
}

/// What units are asked for in the numbered rows of a form; rows left empty ask for nothing.
pub(super) fn asked(form: &Form, reference: &Reference, today: Date) -> Result<Vec<Command>, Message> {
    let typed = |field: &str, n: usize| form.get(&format!("{field}-{n}")).to_owned();
    let rows = (1..=MOST_PARTS).map(|n| (n, typed("unit", n), typed("task", n), typed("day", n)));
    let filled = rows.filter(|(_, unit, task, _)| !unit.is_empty() || !task.is_empty());
    let command = |(n, unit, task, day): (usize, String, String, String)| {
        let unknown = || Message::new("slip-unit").with("name", unit.as_str());
        Ok(Command::AskPart {
            office: shape::find_agency(reference, &unit, today).ok_or_else(unknown)?.id,
            compulsory: !form.is_ticked(&format!("spare-{n}")),
            opened: form.is_ticked("opened"),
            day: match day.as_str() {
                "" => None,
                day => Some(day.parse().map_err(|_| Message::new("slip-date"))?),
            },
            text: Remark::parse(&task).map_err(told)?,
        })
    };
    filled.map(command).collect()
}

/// The command of a unit's own form, or of the lead that does without.
pub(super) fn command(kind: CommandKind, form: &Form) -> Result<Command, Message> {
    let part = form.get("part").parse().map_err(|_| Message::new("slip-choice"))?;
    let remark = || Remark::parse(form.get("text")).map_err(told);
    Ok(match kind {
        CommandKind::AnswerPart => {
            if let Some(slip) = &form.file_slip {
                return Err(slip.clone());
            }
            Command::AnswerPart { part, text: Body::parse(form.get("text")).map_err(told)?, evidence: 0 }
        }
        CommandKind::ReturnPart => Command::ReturnPart {
            part,
            reason: ReturnReason::parse(form.get("reason")).ok_or_else(|| Message::new("slip-choice"))?,
            text: remark()?,
        },
        _ => Command::WithdrawPart { part, text: remark()? },
    })
}

/// The parts on the page of a report.
pub(super) fn view(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    known: &Known<'_>,
    back: Option<&CameBack>,
) -> PartsView {
    let report = view.report();
    let offers = |kind| view.offers.contains(&kind);
    let can_ask = offers(CommandKind::AskPart);
    let today = report.zone.day(view.at);
    let back = back.filter(|back| is_about(back.kind) || back.kind == CommandKind::Dispose);
    PartsView {
        code: view.row.code,
        key: visit.fresh_key(),
        seq: report.seq,
        rows: view.parts.iter().map(|part| row(view, part, known)).collect(),
        can_ask,
        can_split: offers(CommandKind::Dispose),
        units: match can_ask || offers(CommandKind::Dispose) {
            true => units(known, officer, report.holder)
                .filter(|unit| unit.is_active(today))
                .map(|unit| unit.name.clone())
                .collect(),
            false => Vec::new(),
        },
        sealed: report.is_sealed(),
        can_compose: offers(CommandKind::Answer) && view.parts.iter().any(|part| part.answer.is_some()),
        refused: back.filter(|back| is_about(back.kind)).map(|back| back.why.clone()),
        typed: back.map(|back| back.typed.clone()).unwrap_or_default(),
    }
}

/// Offices that a seat may ask for support, as `decide` says.
fn units<'a>(known: &'a Known<'_>, officer: &Officer, holder: AgencyId) -> impl Iterator<Item = &'a Agency> {
    let tree = &known.reference.rules.agencies;
    let top = match officer.role {
        Role::NationalAdmin => tree.national(),
        Role::AgencyAdmin | Role::Inspector => tree.root_of(officer.agency),
        _ => officer.agency,
    };
    let all = officer.role == Role::NationalAdmin;
    tree.iter().filter(move |unit| unit.id != holder && (all || tree.within(unit.id, top)))
}

fn row(view: &View, part: &PartView, known: &Known<'_>) -> PartRow {
    let report = view.report();
    let today = report.zone.day(view.at);
    let held = report.stage.kind() == StageKind::Held;
    let base = format!("/desk/laporan/{}", view.row.code);
    let clock = part.clock.as_ref().filter(|_| part.part.is_open());
    PartRow {
        number: part.part.number,
        office: shape::agency_name(known.reference, part.part.office),
        compulsory: part.part.compulsory,
        state: part.part.state.name(),
        task: part.task.clone(),
        answer: part.answer.clone(),
        files: part.attachments.iter().map(|file| shape::file_link(file, &base)).collect(),
        clock: clock.map(|clock| Clock::brief(clock, today, ClockState::running(clock, today, held))),
        can_answer: part.part.is_open() && part.is_own && view.offers.contains(&CommandKind::AnswerPart),
        can_withdraw: part.part.is_open() && view.offers.contains(&CommandKind::WithdrawPart),
    }
}

/// The answers of the units, each under the name of its unit, in the order of asking.
pub(super) fn composed(view: &View, reference: &Reference) -> String {
    let told = |part: &PartView| {
        let answer = part.answer.as_ref()?;
        Some(format!("{}:\n{answer}", shape::agency_name(reference, part.part.office)))
    };
    view.parts.iter().filter_map(told).collect::<Vec<_>>().join("\n\n")
}

/// The files that came with the answers of the units, to be sent on with the lead's.
pub(super) fn files(view: &View) -> Vec<Upload> {
    let files = view.parts.iter().flat_map(|part| &part.attachments);
    let upload = |file: &app::Attachment| Upload {
        name: file.name.clone(),
        kind: file.kind.clone(),
        size: file.size,
        hash: file.hash.clone(),
    };
    files.map(upload).take(app::MOST_FILES).collect()
}
