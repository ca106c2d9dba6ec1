//! Answers that one person drafts and another one sends, and the setting by which an office wants that.

use crate::reading::Reading;
use crate::{App, Error, Result, Upload};
use domain::agency::AgencyTree;
use domain::policy::{Action, may};
use domain::report::{Approver, Command, CommandKind, Draft};
use domain::{Actor, AgencyId, Report, Role};
use store::access::log_change;
use store::answer::{self, Whose};
use store::event::Logged;
use store::report::Row;
use store::words::Words;
use store::{Tx, attachment, event, words};

/// Most waiting drafts that are shown at once.
const MOST_WAITING: u32 = 50;

/// A draft with its words, for those who may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftView {
    pub draft: Draft,
    pub text: String,
    pub legal_ground: Option<String>,
    pub attachments: Vec<attachment::Attachment>,
    /// Why it was sent back.
    pub reason: Option<String>,
}

impl App {
    /// Who approves answers in an office, and the office that says so.
    pub async fn approver(&self, agency: AgencyId) -> Result<(Approver, AgencyId)> {
        approver(&mut self.db.read().await?, &self.reference().rules.agencies, agency).await
    }

    /// Says who approves answers in the seat's own office and below it; for its admin.
    pub async fn set_approver(&self, by: &Actor, approver: Approver) -> Result<()> {
        let Actor::Officer { user, role: Role::AgencyAdmin, agency } = *by else { return Err(Error::Denied) };
        let (at, log) = (self.now(), self.id());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    answer::put_approver(tx, agency, approver, at).await?;
                    let change = format!("{{\"approver\":\"{}\"}}", approver.name());
                    let noun_id = agency.to_string();
                    Ok::<(), Error>(log_change(tx, log, at, Some(user), "answer_approval", &noun_id, &change).await?)
                })
            })
            .await
    }

    /// Reports with drafts that this seat may send, the longest waiting first.
    pub async fn waiting_drafts(&self, by: &Actor) -> Result<Vec<(Row, Option<String>)>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let Some(whose) = whose(agencies, by) else { return Ok(Vec::new()) };
        let mut tx = self.db.read().await?;
        let mut waiting = Vec::new();
        for (row, title) in answer::list_drafts(&mut tx, whose, MOST_WAITING).await? {
            let (setting, _) = approver(&mut tx, agencies, row.report.holder).await?;
            let own = row.report.draft.as_ref().is_none_or(|draft| Some(draft.author) == by.user());
            let allowed = may(agencies, by, Action::Do(CommandKind::ApproveAnswer), &row.report);
            if allowed && !own && setting.clears(by.role(), CommandKind::ApproveAnswer).is_ok() {
                waiting.push((row, title));
            }
        }
        Ok(waiting)
    }
}

fn whose(agencies: &AgencyTree, by: &Actor) -> Option<Whose> {
    let Actor::Officer { role, agency, .. } = *by else { return None };
    match role {
        Role::AgencyAdmin | Role::Leader if agencies.root_of(agency) == agency => Some(Whose::Root(agency)),
        Role::Inspector => Some(Whose::Root(agencies.root_of(agency))),
        Role::AgencyAdmin | Role::Leader | Role::LiaisonOfficer => Some(Whose::Holder(agency)),
        _ => None,
    }
}

/// The setting of the nearest office that has one.
pub(crate) async fn approver(tx: &mut Tx, agencies: &AgencyTree, agency: AgencyId) -> Result<(Approver, AgencyId)> {
    for office in agencies.line(agency) {
        if let Some(approver) = answer::approver(tx, office).await? {
            return Ok((approver, office));
        }
    }
    Ok((Approver::Nobody, agency))
}

/// Whether the setting of the office lets somebody do this now.
pub(crate) async fn clear(tx: &mut Tx, agencies: &AgencyTree, by: &Actor, row: &Row, kind: CommandKind) -> Result<()> {
    use CommandKind::{Answer, ApproveAnswer, SendBackAnswer};
    if matches!(kind, Answer | ApproveAnswer | SendBackAnswer) && by.role().is_some() {
        approver(tx, agencies, row.report.holder).await?.0.clears(by.role(), kind)?;
    }
    Ok(())
}

/// The words and files of a draft that is to be sent as it is.
pub(crate) async fn proposed(tx: &mut Tx, row: &Row, command: &Command) -> Result<Option<(Words, Vec<Upload>)>> {
    let Command::ApproveAnswer { draft } = command else { return Ok(None) };
    let said = words::load(tx, row.report.id, *draft).await?;
    let files = attachment::list(tx, row.report.id).await?;
    let upload =
        |file: attachment::Attachment| Upload { name: file.name, kind: file.kind, size: file.size, hash: file.hash };
    let files = files.into_iter().filter(|file| file.seq == *draft).map(upload).collect();
    Ok(said.map(|said| (said, files)))
}

/// Writes down whether a draft of a report waits, where that has changed.
pub(crate) async fn put(tx: &mut Tx, was: &Report, now: &Row) -> Result<()> {
    fn waiting(report: &Report) -> Option<&Draft> {
        report.draft.as_ref().filter(|draft| draft.sent_back.is_none())
    }
    match (waiting(was), waiting(&now.report)) {
        (_, Some(draft)) if waiting(was) != Some(draft) => {
            answer::put_draft(tx, now.report.id, now.report.holder, now.root, draft.at).await?;
        }
        (Some(_), None) => answer::drop_draft(tx, now.report.id).await?,
        _ => {}
    }
    Ok(())
}

/// The draft of a report, for who may read it.
pub(crate) async fn view(tx: &mut Tx, row: &Row, reading: &Reading<'_>) -> Result<Option<DraftView>> {
    let Some(draft) = &row.report.draft else { return Ok(None) };
    let proposed = event::load(tx, row.report.id, draft.seq).await?;
    if !proposed.is_some_and(|logged: Logged| reading.reads(&logged)) {
        return Ok(None);
    }
    let said = words::load(tx, row.report.id, draft.seq).await?.unwrap_or_default();
    let files = attachment::list(tx, row.report.id).await?;
    let reason = match draft.sent_back {
        Some(seq) => words::load(tx, row.report.id, seq).await?.map(|words| words.body),
        None => None,
    };
    Ok(Some(DraftView {
        draft: draft.clone(),
        text: said.body,
        legal_ground: said.legal_ground,
        attachments: files.into_iter().filter(|file| file.seq == draft.seq).collect(),
        reason,
    }))
}
