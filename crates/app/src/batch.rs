//! One deed to many reports: looked at first, undone until it is sent, then done one by one under the rules and with
//! the rights that hold when it is done.

use crate::act::Act;
use crate::jobs::run_batch;
use crate::view::present_title;
use crate::{App, Conflict, Error, Result, moment};
use domain::policy::{Action, may};
use domain::report::{AnswerKind, Command, decide};
use domain::text::{Body, Remark};
use domain::{Actor, AgencyId, Code, ReportId, UserId};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::batch::{self, BatchItem, BatchRow, BatchState};
use store::report::{self, Row};
use store::{Tx, seat};

/// Most reports of one batch.
pub const MOST_ITEMS: usize = batch::MOST_ITEMS;
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
    /// The same answer to each; `{nomor}` and `{judul}` in it become the report's own.
    Answer {
        kind: AnswerKind,
        text: Body,
        planned_for: Option<Date>,
        legal_ground: Option<Remark>,
    },
}

/// A report of a batch and what would become, or became, of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    pub code: Code,
    pub title: String,
    /// The version that was looked at.
    pub seq: u32,
    /// `ready`, `done`, `waiting`, `denied`, `conflict`, `broken`, or a refusal's code after `refusal-`.
    pub outcome: String,
}

/// A batch as its officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchView {
    pub id: i64,
    /// What is done; `None` when it was kept by a version that knew other deeds.
    pub deed: Option<Deed>,
    pub state: BatchState,
    pub run_at: jiff::Timestamp,
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

    /// The command for one report.
    pub(crate) fn command(&self, code: Code, title: &str) -> Command {
        match self {
            Deed::Assign { officer } => Command::Assign { officer: *officer },
            Deed::Dispose { to, note } => Command::Dispose { to: *to, note: note.clone() },
            Deed::Answer { kind, text, planned_for, legal_ground } => {
                let own = text.as_str().replace("{nomor}", &code.to_string()).replace("{judul}", title);
                Command::Answer {
                    kind: *kind,
                    text: Body::parse(&own).unwrap_or_else(|_| text.clone()),
                    planned_for: *planned_for,
                    legal_ground: legal_ground.clone(),
                    evidence: 0,
                    physical: false,
                }
            }
        }
    }
}

impl App {
    /// What a deed would come to for each report; nothing is changed. Reports that the officer may not read are left out.
    pub async fn try_batch(&self, by: &Actor, codes: &[Code], deed: &Deed) -> Result<Vec<BatchLine>> {
        let mut lines = Vec::new();
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        for code in codes.iter().take(MOST_ITEMS) {
            let mut tx = self.db.read().await?;
            let found = report::find(&mut tx, *code).await?;
            let Some(row) = found.filter(|row| may(agencies, by, Action::Read, &row.report)) else { continue };
            let title = present_title(&mut tx, &row).await?.unwrap_or_default();
            let command = deed.command(*code, &title);
            let outcome = self.foresee(&mut tx, by, &row, command).await?;
            lines.push(BatchLine { code: *code, title, seq: row.report.seq, outcome });
        }
        Ok(lines)
    }

    /// What a command would come to now.
    async fn foresee(&self, tx: &mut Tx, by: &Actor, row: &Row, mut command: Command) -> Result<String> {
        let reference = self.reference();
        if !may(&reference.rules.agencies, by, Action::Do(command.kind()), &row.report) {
            return Ok("denied".to_owned());
        }
        if let Command::Assign { officer: Some(id) } = command
            && !seat::is_seated(tx, id, row.report.holder, self.now()).await?
        {
            return Ok("not-colleague".to_owned());
        }
        if let Command::Answer { physical, .. } = &mut command {
            *physical = row.report.category.is_some_and(|category| reference.categories.is_physical(category));
        }
        Ok(match decide(&moment(&reference, self.now()), by, &row.report, &command) {
            Ok(_) => "ready".to_owned(),
            Err(refusal) => format!("refusal-{}", refusal.code()),
        })
    }

    /// Puts a batch into the outbox, to be done after [`UNDO_TIME`]. The same key is the same batch.
    pub async fn send_batch(&self, by: &Actor, deed: &Deed, items: &[(Code, u32)], key: &str) -> Result<i64> {
        let officer = by.user().ok_or(Error::Denied)?;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut rows = Vec::new();
        for (nth, (code, seq)) in (1..).zip(items.iter().take(MOST_ITEMS)) {
            let found = report::find(&mut self.db.read().await?, *code).await?;
            let row = found.filter(|row| may(agencies, by, Action::Read, &row.report)).ok_or(Error::NotFound)?;
            rows.push(BatchItem { nth, report: row.report.id, seq: *seq, outcome: None });
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
            lines.push(BatchLine { code: row.code, title, seq: item.seq, outcome });
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
        let Some((code, title)) = self.code_and_title(item.report, by).await? else { return Ok("denied".to_owned()) };
        let act = Act {
            seen: Some(item.seq),
            key: Some(format!("batch-{batch}")),
            ..Act::new(*by, deed.command(code, &title))
        };
        match self.act(code, act).await {
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

    async fn code_and_title(&self, id: ReportId, by: &Actor) -> Result<Option<(Code, String)>> {
        let row = report::load(&mut self.db.read().await?, id).await?;
        let title = self.title(id, by).await?;
        Ok(row.map(|row| (row.code, title.unwrap_or_default())))
    }
}
