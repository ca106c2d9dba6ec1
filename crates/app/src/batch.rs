//! One deed to many reports: looked at first, undone until it is sent, then done one by one under the rules and with
//! the rights that hold when it is done.

use crate::act::Act;
use crate::advice::Heed;
use crate::jobs::run_batch;
use crate::view::present_title;
use crate::{App, Conflict, Error, Result, drafts, moment};
use domain::agency::AgencyTree;
use domain::check::Finding;
use domain::deadline::Deadline;
use domain::policy::{Action, may};
use domain::report::{AnswerKind, Command, CommandKind, Refusal, decide};
use domain::text::{Body, Remark};
use domain::{Actor, AgencyId, Code, UserId, due};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::batch::{self, BatchItem, BatchRow, BatchState};
use store::report::{self, Row};
use store::{Tx, seat};

/// Most reports of one batch.
pub const MOST_ITEMS: usize = batch::MOST_ITEMS;
/// What comes of an answer that grew too long when it was filled in.
const TOO_LONG: &str = "too-long";
/// How long a batch waits before it is sent, and can be undone.
pub const UNDO_TIME: SignedDuration = SignedDuration::from_mins(2);

/// What is done to each report of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    Assign {
        officer: Option<UserId>,
    },
    Dispose {
        to: AgencyId,
        note: Option<Remark>,
    },
    /// An answer to each, filled in from one text; where the office wants approval, each becomes a draft.
    Answer {
        kind: AnswerKind,
        /// The text with its placeholders.
        text: Body,
        planned_for: Option<Date>,
        legal_ground: Option<Remark>,
        /// Why the answers are sent against advice, where they are.
        #[serde(default)]
        despite: Option<Remark>,
    },
}

/// A report, as the text of an answer to many speaks of it.
pub struct Subject<'a> {
    pub row: &'a Row,
    pub title: &'a str,
    /// The clock that runs.
    pub clock: Option<Deadline>,
    pub at: Timestamp,
}

/// Fills the text of an answer in for one report; `None` where it grew too long.
pub type Fill<'a> = &'a (dyn Fn(&Subject<'_>) -> Option<Body> + Sync);

/// A report of a batch and what would become, or became, of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    pub code: Code,
    pub title: String,
    /// The version that was looked at.
    pub seq: u32,
    /// `ready`, `draft`, `done`, `waiting`, `denied`, `too-long`, `conflict`, `broken`, or a refusal's code after
    /// `refusal-`.
    pub outcome: String,
    /// What would be answered.
    pub text: Option<Body>,
    /// What is weak in that answer.
    pub advice: Vec<Finding>,
}

/// A batch as its officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchView {
    pub id: i64,
    /// What is done; `None` when it was kept by a version that knew other deeds.
    pub deed: Option<Deed>,
    pub state: BatchState,
    pub run_at: Timestamp,
    pub lines: Vec<BatchLine>,
}

impl Deed {
    /// The name in storage and in locale keys.
    pub fn name(&self) -> &'static str {
        match self {
            Deed::Assign { .. } => "assign",
            Deed::Dispose { .. } => "dispose",
            Deed::Answer { .. } => "answer",
        }
    }

    /// The command for one report; none for an answer that was not filled in for it.
    fn command(&self, own: Option<&Body>) -> Option<Command> {
        Some(match self {
            Deed::Assign { officer } => Command::Assign { officer: *officer },
            Deed::Dispose { to, note } => Command::Dispose { to: *to, note: note.clone() },
            Deed::Answer { kind, planned_for, legal_ground, .. } => Command::Answer {
                kind: *kind,
                text: own?.clone(),
                planned_for: *planned_for,
                legal_ground: legal_ground.clone(),
                evidence: 0,
                physical: false,
            },
        })
    }

    fn heed(&self) -> Heed {
        match self {
            Deed::Answer { despite: Some(reason), .. } => Heed::Despite(reason.clone()),
            _ => Heed::Advice,
        }
    }
}

/// Whether the office wants that somebody else sends what this one writes.
async fn needs_approval(tx: &mut Tx, agencies: &AgencyTree, by: &Actor, row: &Row, kind: CommandKind) -> Result<bool> {
    match drafts::clear(tx, agencies, by, row, kind).await {
        Err(Error::Refused(Refusal::NeedsApproval)) => Ok(true),
        cleared => cleared.map(|()| false),
    }
}

/// The same answer, to be approved by somebody else first.
fn drafted(command: Command) -> Command {
    match command {
        Command::Answer { kind, text, planned_for, legal_ground, evidence, physical } => {
            Command::ProposeAnswer { kind, text, planned_for, legal_ground, evidence, physical }
        }
        other => other,
    }
}

impl App {
    /// What a deed would come to for each report; nothing is changed. Reports that the officer may not read are left out.
    pub async fn try_batch(&self, by: &Actor, codes: &[Code], deed: &Deed, fill: Fill<'_>) -> Result<Vec<BatchLine>> {
        let mut lines = Vec::new();
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        for code in codes.iter().take(MOST_ITEMS) {
            let mut tx = self.db.read().await?;
            let found = report::find(&mut tx, *code).await?;
            let Some(row) = found.filter(|row| may(agencies, by, Action::Read, &row.report)) else { continue };
            let title = present_title(&mut tx, &row).await?.unwrap_or_default();
            let at = self.now();
            let clock = due::shown(&reference.rules, &row.report, at);
            let answers = matches!(deed, Deed::Answer { .. });
            let text = answers.then(|| fill(&Subject { row: &row, title: &title, clock, at })).flatten();
            let (outcome, advice) = match deed.command(text.as_ref()) {
                Some(command) => self.foresee(&mut tx, by, &row, deed, command).await?,
                None => (TOO_LONG.to_owned(), Vec::new()),
            };
            lines.push(BatchLine { code: *code, title, seq: row.report.seq, outcome, text, advice });
        }
        Ok(lines)
    }

    /// What a command would come to now, and what is weak in it.
    async fn foresee(
        &self,
        tx: &mut Tx,
        by: &Actor,
        row: &Row,
        deed: &Deed,
        command: Command,
    ) -> Result<(String, Vec<Finding>)> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let plain = |outcome: &str| Ok((outcome.to_owned(), Vec::new()));
        let needs_approval = needs_approval(tx, agencies, by, row, command.kind()).await?;
        let mut command = if needs_approval { drafted(command) } else { command };
        if !may(agencies, by, Action::Do(command.kind()), &row.report) {
            return plain("denied");
        }
        if let Command::Assign { officer: Some(id) } = command
            && !seat::is_seated(tx, id, row.report.holder, self.now()).await?
        {
            return plain("not-colleague");
        }
        if let Command::Answer { physical, .. } | Command::ProposeAnswer { physical, .. } = &mut command {
            *physical = row.report.category.is_some_and(|category| reference.categories.is_physical(category));
        }
        if let Err(refusal) = decide(&moment(&reference, self.now()), by, &row.report, &command) {
            return plain(&format!("refusal-{}", refusal.code()));
        }
        let advice: Vec<Finding> =
            self.look(tx, row, &command, 0).await?.into_iter().map(|advice| advice.finding).collect();
        let outcome = match deed.heed() {
            Heed::Advice if !advice.is_empty() => format!("refusal-{}", Refusal::Advised.code()),
            _ if needs_approval => "draft".to_owned(),
            _ => "ready".to_owned(),
        };
        Ok((outcome, advice))
    }

    /// Puts the lines of a batch into the outbox as they were looked at, to be done after [`UNDO_TIME`]. The same key is
    /// the same batch.
    pub async fn send_batch(&self, by: &Actor, deed: &Deed, lines: &[BatchLine], key: &str) -> Result<i64> {
        let officer = by.user().ok_or(Error::Denied)?;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut rows = Vec::new();
        for (nth, line) in (1..).zip(lines.iter().take(MOST_ITEMS)) {
            let found = report::find(&mut self.db.read().await?, line.code).await?;
            let row = found.filter(|row| may(agencies, by, Action::Read, &row.report)).ok_or(Error::NotFound)?;
            let words = line.text.as_ref().map(|text| text.as_str().to_owned());
            rows.push(BatchItem { nth, report: row.report.id, seq: line.seq, words, outcome: None });
        }
        let now = self.now();
        let row = BatchRow {
            id: self.id(),
            officer,
            deed: deed.name().to_owned(),
            details: serde_json::to_string(deed).map_err(|error| Error::Broken(error.to_string()))?,
            state: BatchState::Waiting,
            created_at: now,
            run_at: now.checked_add(UNDO_TIME).unwrap_or(now),
        };
        let (app, key) = (self.clone(), key.to_owned());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !batch::insert(tx, &row, &key, &rows).await? {
                        return batch::find_by_key(tx, officer, &key).await?.ok_or(Error::Busy);
                    }
                    run_batch::enqueue(tx, app.id(), row.id, row.run_at).await?;
                    Ok(row.id)
                })
            })
            .await
    }

    /// Takes a batch back that has not been sent. [`Conflict::Stale`] when it has.
    pub async fn undo_batch(&self, by: &Actor, id: i64) -> Result<()> {
        let own = self.own_batch(by, id).await?;
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    match batch::advance(tx, own.id, BatchState::Waiting, BatchState::Undone).await? {
                        true => Ok(()),
                        false if own.state == BatchState::Undone => Ok(()),
                        false => Err(Error::Conflict(Conflict::Stale { seq: 0 })),
                    }
                })
            })
            .await
    }

    /// One of an officer's own batches and what became of its reports.
    pub async fn batch(&self, by: &Actor, id: i64) -> Result<BatchView> {
        let own = self.own_batch(by, id).await?;
        let items = batch::items(&mut self.db.read().await?, id).await?;
        let mut lines = Vec::new();
        for item in items {
            let row = report::load(&mut self.db.read().await?, item.report).await?;
            let Some(row) = row else { continue };
            // What moved out of sight in the meantime is told by its number only.
            let title = self.title(item.report, by).await?.unwrap_or_default();
            let outcome = item.outcome.unwrap_or_else(|| "waiting".to_owned());
            let text = item.words.and_then(|words| Body::parse(&words).ok());
            lines.push(BatchLine { code: row.code, title, seq: item.seq, outcome, text, advice: Vec::new() });
        }
        let deed = serde_json::from_str(&own.details).ok();
        Ok(BatchView { id, deed, state: own.state, run_at: own.run_at, lines })
    }

    /// The latest batches of an officer.
    pub async fn batches(&self, by: &Actor) -> Result<Vec<BatchRow>> {
        let officer = by.user().ok_or(Error::Denied)?;
        Ok(batch::list(&mut self.db.read().await?, officer).await?)
    }

    async fn own_batch(&self, by: &Actor, id: i64) -> Result<BatchRow> {
        let found = batch::load(&mut self.db.read().await?, id).await?;
        found.filter(|batch| Some(batch.officer) == by.user()).ok_or(Error::NotFound)
    }

    /// Does a batch's deed to one report, once; what came of it.
    pub(crate) async fn do_item(&self, by: &Actor, batch: i64, deed: &Deed, item: &BatchItem) -> Result<String> {
        let Some(row) = report::load(&mut self.db.read().await?, item.report).await? else {
            return Ok("denied".to_owned());
        };
        let text = item.words.as_deref().and_then(|words| Body::parse(words).ok());
        let Some(command) = deed.command(text.as_ref()) else { return Ok(TOO_LONG.to_owned()) };
        let (mut tx, reference) = (self.db.read().await?, self.reference());
        let needs_approval = needs_approval(&mut tx, &reference.rules.agencies, by, &row, command.kind()).await?;
        drop(tx);
        let act = Act {
            seen: Some(item.seq),
            key: Some(format!("batch-{batch}")),
            heed: deed.heed(),
            ..Act::new(*by, if needs_approval { drafted(command) } else { command })
        };
        match self.act(row.code, act).await {
            Ok(_) => Ok("done".to_owned()),
            Err(Error::Refused(refusal)) => Ok(format!("refusal-{}", refusal.code())),
            Err(Error::Denied | Error::NotFound) => Ok("denied".to_owned()),
            Err(Error::Conflict(_)) => Ok("conflict".to_owned()),
            Err(Error::Busy | Error::Overtaken) => Err(Error::Busy),
            Err(error) => {
                tracing::error!(batch, report = %item.report, %error, "a report of a batch was passed over");
                Ok("broken".to_owned())
            }
        }
    }
}
