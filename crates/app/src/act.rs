//! The one shape of every command: begin → load → decide → fold → record → commit.

use crate::keys::digest;
use crate::record::Decided;
use crate::{App, Conflict, Error, Result, Upload, moment};
use domain::policy::{Action, may};
use domain::report::{Command, CommandKind, decide};
use domain::{Actor, Code, ReportId, UserId};
use jiff::Timestamp;
use store::report::Row;
use store::{Tx, event, officer, report, support};

/// A command on its way to a report.
#[derive(Debug, Clone)]
pub struct Act {
    pub by: Actor,
    pub command: Command,
    /// The version that the person saw; a report that moved on since is a [`Conflict::Stale`].
    pub seen: Option<u32>,
    /// The client's own key; the same key does nothing twice.
    pub key: Option<String>,
    pub uploads: Vec<Upload>,
    /// What tells one supporter from another; only for support.
    pub supporter: Option<String>,
    /// When an older system did it; now otherwise.
    pub at: Option<Timestamp>,
}

impl Act {
    /// A command without files, keys and versions.
    pub fn new(by: Actor, command: Command) -> Act {
        Act { by, command, seen: None, key: None, uploads: Vec::new(), supporter: None, at: None }
    }
}

/// How a report is named.
enum Target {
    Code(Code),
    Id(ReportId),
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub row: Row,
    /// It had been done before under the same key.
    pub repeated: bool,
}

impl App {
    /// Does a command to the report with a tracking number. When this returns, it is on disk.
    pub async fn act(&self, code: Code, act: Act) -> Result<Done> {
        self.act_at(Target::Code(code), act).await
    }

    /// Does a command of the system to a report.
    pub(crate) async fn act_by_id(&self, id: ReportId, act: Act) -> Result<Done> {
        self.act_at(Target::Id(id), act).await
    }

    async fn act_at(&self, target: Target, act: Act) -> Result<Done> {
        let app = self.clone();
        let kind = act.command.kind();
        let done = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let found = match target {
                        Target::Code(code) => report::find(tx, code).await?,
                        Target::Id(id) => report::load(tx, id).await?,
                    };
                    app.act_on(tx, found.ok_or(Error::NotFound)?, act).await
                })
            })
            .await;
        count(kind, &done);
        done
    }

    async fn act_on(&self, tx: &mut Tx, row: Row, act: Act) -> Result<Done> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let kind = act.command.kind();
        let key = act.key.as_deref().map(|key| digest(&format!("{:?}:{}:{key}", act.by, kind.name())));
        if is_done(tx, &row, key.as_deref()).await? {
            return Ok(Done { row, repeated: true });
        }
        if !may(agencies, &act.by, Action::Read, &row.report) {
            return Err(Error::NotFound);
        }
        if !may(agencies, &act.by, Action::Do(kind), &row.report) {
            return Err(Error::Denied);
        }
        if kind == CommandKind::Support && !is_new_supporter(tx, &row, &act).await? {
            return Ok(Done { row, repeated: true });
        }
        if act.seen.is_some_and(|seen| seen != row.report.seq) {
            return Err(Error::Conflict(Conflict::Stale { seq: row.report.seq }));
        }
        let at = act.at.unwrap_or_else(|| self.now());
        let mut command = act.command;
        if let Command::Answer { evidence, physical, .. } = &mut command {
            *evidence = u8::try_from(act.uploads.len()).unwrap_or(u8::MAX);
            *physical |= row.report.category.is_some_and(|category| reference.categories.is_physical(category));
        }
        if let Command::Assign { officer: Some(id) } = command {
            is_colleague(tx, &row, id).await?.then_some(()).ok_or(Error::NotFound)?;
        }
        let events = decide(&moment(&reference, at), &act.by, &row.report, &command)?;
        let uploads = act.uploads.into_iter().map(|upload| (self.id(), upload)).collect();
        let decided = Decided { by: act.by, at, command: &command, events, key, uploads };
        let row = self.record(tx, row, decided).await?;
        Ok(Done { row, repeated: false })
    }
}

/// Whether the same person did it before under this key; also when they may no longer do it.
async fn is_done(tx: &mut Tx, row: &Row, key: Option<&str>) -> Result<bool> {
    match key {
        Some(key) => Ok(event::is_done(tx, row.report.id, key).await?),
        None => Ok(false),
    }
}

/// Whether a report can be assigned to an account: an active one of the office that holds it.
async fn is_colleague(tx: &mut Tx, row: &Row, id: UserId) -> Result<bool> {
    let found = officer::load(tx, id).await?;
    Ok(found.is_some_and(|officer| officer.active && officer.agency == row.report.holder))
}

async fn is_new_supporter(tx: &mut Tx, row: &Row, act: &Act) -> Result<bool> {
    let supporter = act.supporter.as_deref().ok_or(Error::Denied)?;
    let at = act.at.unwrap_or(row.report.clocks.received);
    Ok(support::insert(tx, row.report.id, &digest(supporter), at).await?)
}

fn count(kind: CommandKind, done: &Result<Done>) {
    let outcome = match done {
        Ok(_) => "done",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Denied | Error::NotFound) => "denied",
        Err(Error::Conflict(_)) => "conflict",
        Err(Error::Busy) => "busy",
        Err(_) => "broken",
    };
    metrics::counter!("lapor_commands_total", "kind" => kind.name(), "outcome" => outcome).increment(1);
}
