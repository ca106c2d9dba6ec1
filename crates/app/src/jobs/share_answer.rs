//! `ShareAnswer`: gives an answer to the other reports about the same matter, some at a time.
//!
//! Each report gets it by a command of its own under a key of its own, so that a process which dies in the middle
//! is followed by one that does the rest, and nobody is answered twice.

use crate::{Act, App, Conflict, Error, Result, Upload};
use domain::matter::receives;
use domain::report::{Command, Event};
use domain::text::{Body, Remark};
use domain::{Actor, ReportId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::attachment::Attachment;
use store::job::{Claimed, NewJob};
use store::report::Row;
use store::{Tx, attachment, event, matter, report, words};

/// The job's name in the outbox.
pub const KIND: &str = "share_answer";
/// Reports that one run of the job answers.
const BATCH: usize = 50;
/// How often a report is looked at anew that changes meanwhile.
const TRIES: usize = 3;

/// Which answer is shared, and how far that has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Course {
    source: ReportId,
    /// The event of the answer.
    seq: u32,
    /// The last report that was looked at.
    after: ReportId,
}

/// An answer as it was given.
struct Given {
    by: Actor,
    command: Command,
    uploads: Vec<Upload>,
}

/// Puts the job into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, source: ReportId, seq: u32, at: Timestamp) -> Result<()> {
    put(tx, id, Course { source, seq, after: ReportId(0) }, at).await
}

async fn put(tx: &mut Tx, id: i64, course: Course, at: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(&course).map_err(|error| Error::Broken(error.to_string()))?;
    super::put(tx, &NewJob { id, kind: KIND, report: Some(course.source), payload, run_at: at }).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    for job in claimed {
        let course = serde_json::from_str(&job.payload).map_err(|error| Error::Broken(error.to_string()))?;
        let next = go_on(app, course).await?;
        let (app, process) = (app.clone(), app.process.clone());
        let at = app.now();
        app.clone()
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let held = super::settle(tx, &[job], &process).await?;
                    match next.filter(|_| held) {
                        Some(course) => put(tx, app.id(), course, at).await,
                        None => Ok(()),
                    }
                })
            })
            .await?;
    }
    Ok(())
}

/// Answers the next reports; returns where to go on.
async fn go_on(app: &App, course: Course) -> Result<Option<Course>> {
    let mut tx = app.db.read().await?;
    let Some(source) = report::load(&mut tx, course.source).await? else { return Ok(None) };
    let Some(shared) = source.report.matter.filter(|_| source.report.is_public()) else { return Ok(None) };
    let Some(given) = given(&mut tx, &source, course.seq).await? else { return Ok(None) };
    let members = matter::members(&mut tx, shared, course.after, BATCH).await?;
    drop(tx);
    for member in members.iter().filter(|member| member.row.report.id != course.source) {
        share(app, &source, course.seq, member.row.report.id, &given).await?;
    }
    let last = members.last().filter(|_| members.len() == BATCH);
    Ok(last.map(|last| Course { after: last.row.report.id, ..course }))
}

/// Gives the answer to one report, unless that is left out by now; what the rules refuse is left to its office.
async fn share(app: &App, source: &Row, seq: u32, member: ReportId, given: &Given) -> Result<()> {
    for _ in 0..TRIES {
        let Some(row) = report::load(&mut app.db.read().await?, member).await? else { return Ok(()) };
        if row.report.matter != source.report.matter || receives(&source.report, &row.report).is_err() {
            return Ok(());
        }
        let act = Act {
            seen: Some(row.report.seq),
            key: Some(format!("shared:{}:{seq}", source.report.id)),
            uploads: given.uploads.clone(),
            shared: true,
            ..Act::new(given.by, given.command.clone())
        };
        match app.act_by_id(member, act).await {
            Err(Error::Conflict(Conflict::Stale { .. })) => {}
            Err(Error::Refused(_) | Error::Denied | Error::NotFound | Error::Conflict(_)) => {
                tracing::info!(report = %member, source = %source.report.id, "a shared answer was not taken");
                return Ok(());
            }
            done => return done.map(drop),
        }
    }
    Ok(())
}

/// The answer of an event, with its words and files.
async fn given(tx: &mut Tx, source: &Row, seq: u32) -> Result<Option<Given>> {
    let id = source.report.id;
    let Some(logged) = event::load(tx, id, seq).await? else { return Ok(None) };
    let Event::Answered { answer, planned_for, evidence, .. } = logged.event else { return Ok(None) };
    let Some(said) = words::load(tx, id, seq).await? else { return Ok(None) };
    let files = attachment::list(tx, id).await?.into_iter().filter(|file| file.seq == seq);
    let (Ok(text), ground) = (Body::parse(&said.body), said.legal_ground.as_deref()) else { return Ok(None) };
    let command = Command::Answer {
        kind: answer,
        text,
        planned_for,
        legal_ground: ground.and_then(|ground| Remark::parse(ground).ok()),
        evidence,
        physical: false,
    };
    Ok(Some(Given { by: logged.by, command, uploads: files.map(upload).collect() }))
}

fn upload(file: Attachment) -> Upload {
    Upload { name: file.name, kind: file.kind, size: file.size, hash: file.hash }
}
