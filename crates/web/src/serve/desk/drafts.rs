//! A proposed answer: how it is shown on the page of a report, and what its forms ask for.

use super::case::CameBack;
use crate::desk::DraftCard;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::{self, Known};
use crate::serve::visit::Visit;
use crate::words::Message;
use app::View;
use domain::UserId;
use domain::report::{Command, CommandKind};
use domain::text::Remark;

/// The commands about a draft, by the last part of their address.
pub(super) fn kind_of(what: &str) -> Option<CommandKind> {
    Some(match what {
        "persetujuan" => CommandKind::ApproveAnswer,
        "pengembalian-draf" => CommandKind::SendBackAnswer,
        "penarikan-draf" => CommandKind::WithdrawAnswer,
        _ => return None,
    })
}

/// Whether a kind of command is about a draft.
pub(super) fn is_about(kind: CommandKind) -> bool {
    matches!(kind, CommandKind::ApproveAnswer | CommandKind::SendBackAnswer | CommandKind::WithdrawAnswer)
}

/// The command of a form about a draft.
pub(super) fn command(kind: CommandKind, form: &Form) -> Result<Command, Message> {
    let draft = form.get("draft").parse().map_err(|_| Message::new("slip-choice"))?;
    Ok(match kind {
        CommandKind::ApproveAnswer => Command::ApproveAnswer { draft },
        CommandKind::SendBackAnswer => {
            Command::SendBackAnswer { draft, text: Remark::parse(form.get("text")).map_err(told)? }
        }
        _ => Command::WithdrawAnswer { draft },
    })
}

/// The draft on the page of a report.
pub(super) fn card(
    visit: &Visit,
    own: UserId,
    view: &View,
    known: &Known<'_>,
    back: Option<&CameBack>,
) -> Option<DraftCard> {
    let found = view.draft.as_ref()?;
    let base = format!("/desk/laporan/{}", view.row.code);
    let back = back.filter(|back| is_about(back.kind));
    Some(DraftCard {
        code: view.row.code,
        key: visit.fresh_key(),
        seq: view.report().seq,
        draft: found.draft.seq,
        kind: found.draft.kind,
        text: found.text.clone(),
        legal_ground: found.legal_ground.clone(),
        planned_for: found.draft.planned_for,
        files: found.attachments.iter().map(|file| shape::file_link(file, &base)).collect(),
        author: known.officers.get(&found.draft.author).cloned(),
        sent_back: found.draft.sent_back.is_some(),
        reason: found.reason.clone(),
        can_approve: view.offers.contains(&CommandKind::ApproveAnswer),
        can_withdraw: found.draft.author == own && view.offers.contains(&CommandKind::WithdrawAnswer),
        refused: back.map(|back| back.why.clone()),
        typed: back.map(|back| back.words.clone()).unwrap_or_default(),
    })
}
