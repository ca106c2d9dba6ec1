//! Problems: one cause behind many reports.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, ListedColumns, listed};
use crate::{Error, Result, Tx, from_json, instant, json, millis, small};
use domain::problem::{PlanStep, ProblemStatus};
use domain::{AgencyId, ProblemId, ReportId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO problem (id, title, cause, owner, root, status, plan, reports, version, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1, $8, $8)";
    UPDATE = "UPDATE problem SET title = $1, cause = $2, owner = $3, root = $4, status = $5, plan = $6, version = version + 1, \
        updated_at = $7 WHERE id = $8 AND version = $9";
    LOAD = "SELECT id, title, cause, owner, status, plan, reports, version, created_at, updated_at FROM problem WHERE id = $1";
    LIST_ALL = "SELECT id, title, cause, owner, status, plan, reports, version, created_at, updated_at FROM problem \
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
    LIST_ROOT = "SELECT id, title, cause, owner, status, plan, reports, version, created_at, updated_at FROM problem \
        WHERE root = $3 AND id < $1 ORDER BY id DESC LIMIT $2";
    NOTE_WRITE = "INSERT INTO problem_write (client_key, fingerprint, problem_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    FIND_WRITE = "SELECT fingerprint, problem_id FROM problem_write WHERE client_key = $1";
    TELL = "INSERT INTO problem_news (problem_id, seq, at, status, body, agency) VALUES ($1, $2, $3, $4, $5, $6)";
    NEWS = "SELECT seq, at, status, body, agency FROM problem_news WHERE problem_id = $1 ORDER BY seq DESC LIMIT $2";
    PLACE = "INSERT INTO attributed (report_id, problem_id, shown) VALUES ($1, $2, $3) \
        ON CONFLICT (report_id) DO UPDATE SET problem_id = excluded.problem_id, shown = excluded.shown";
    REMOVE = "DELETE FROM attributed WHERE report_id = $1";
    COUNT_ON = "UPDATE problem SET reports = reports + $1 WHERE id = $2";
    SHOWN = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM attributed a \
        JOIN report r ON r.id = a.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE a.problem_id = $1 AND a.shown AND a.report_id < $2 ORDER BY a.report_id DESC LIMIT $3";
}

/// A problem as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub id: ProblemId,
    pub title: String,
    pub cause: String,
    pub owner: AgencyId,
    pub status: ProblemStatus,
    pub plan: Vec<PlanStep>,
    /// How many reports everybody may read on its page.
    pub reports: u32,
    /// Guards a change; grows with each.
    pub version: u32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What was told of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub seq: u32,
    pub at: Timestamp,
    pub status: ProblemStatus,
    pub text: String,
    /// Which office told it.
    pub agency: AgencyId,
}

type Columns = (i64, String, String, i64, String, String, i64, i64, i64, i64);

/// Records a new problem of a parent agency; it has no reports yet.
pub async fn insert(tx: &mut Tx, new: &Problem, root: AgencyId) -> Result<()> {
    let plan = json(&new.plan)?;
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id.0)
            .bind(&new.title)
            .bind(&new.cause)
            .bind(new.owner.0)
            .bind(root.0)
            .bind(new.status.name())
            .bind(&plan)
            .bind(millis(new.created_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Records a changed problem, whose `version` is the one that was seen. `false` when somebody was faster.
pub async fn update(tx: &mut Tx, now: &Problem, root: AgencyId) -> Result<bool> {
    let plan = json(&now.plan)?;
    let done = on!(tx, |link| {
        sqlx::query(UPDATE.on(engine_of(link)))
            .bind(&now.title)
            .bind(&now.cause)
            .bind(now.owner.0)
            .bind(root.0)
            .bind(now.status.name())
            .bind(&plan)
            .bind(millis(now.updated_at))
            .bind(now.id.0)
            .bind(i64::from(now.version))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One problem.
pub async fn load(tx: &mut Tx, id: ProblemId) -> Result<Option<Problem>> {
    let row: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    row.map(problem).transpose()
}

/// Problems, the newest first, before one; all of them or those of one parent agency.
pub async fn list(tx: &mut Tx, root: Option<AgencyId>, before: ProblemId, limit: usize) -> Result<Vec<Problem>> {
    let sql = if root.is_some() { LIST_ROOT } else { LIST_ALL };
    let rows: Vec<Columns> = on!(tx, |link| {
        let mut page = sqlx::query_as(sql.on(engine_of(link))).bind(before.0).bind(limit as i64);
        if let Some(root) = root {
            page = page.bind(root.0);
        }
        page.fetch_all(link).await
    })?;
    rows.into_iter().map(problem).collect()
}

/// Notes a write under its client key. `false` when there is one under the same key.
pub async fn note_write(tx: &mut Tx, key: &str, fingerprint: &str, id: ProblemId) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(NOTE_WRITE.on(engine_of(link)))
            .bind(key)
            .bind(fingerprint)
            .bind(id.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// What was written under a client key: its fingerprint and the problem.
pub async fn find_write(tx: &mut Tx, key: &str) -> Result<Option<(String, ProblemId)>> {
    let found: Option<(String, i64)> =
        on!(tx, |link| sqlx::query_as(FIND_WRITE.on(engine_of(link))).bind(key).fetch_optional(link).await)?;
    Ok(found.map(|(fingerprint, id)| (fingerprint, ProblemId(id))))
}

/// Notes what was told of a problem.
pub async fn tell(tx: &mut Tx, id: ProblemId, news: &News) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(TELL.on(engine_of(link)))
            .bind(id.0)
            .bind(i64::from(news.seq))
            .bind(millis(news.at))
            .bind(news.status.name())
            .bind(&news.text)
            .bind(news.agency.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What was told of a problem, the newest first.
pub async fn news(tx: &mut Tx, id: ProblemId, limit: usize) -> Result<Vec<News>> {
    let rows: Vec<(i64, i64, String, String, i64)> = on!(tx, |link| {
        sqlx::query_as(NEWS.on(engine_of(link))).bind(id.0).bind(limit as i64).fetch_all(link).await
    })?;
    let one = |(seq, at, status, text, agency): (i64, i64, String, String, i64)| {
        Ok(News { seq: small(seq)?, at: instant(at)?, status: known(status)?, text, agency: AgencyId(agency) })
    };
    rows.into_iter().map(one).collect()
}

/// Notes the problem that a report belongs to now, and whether everybody may read it there.
pub async fn place(tx: &mut Tx, report: ReportId, problem: ProblemId, shown: bool) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PLACE.on(engine_of(link))).bind(report.0).bind(problem.0).bind(shown).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Notes that a report belongs to no problem.
pub async fn remove(tx: &mut Tx, report: ReportId) -> Result<()> {
    on!(tx, |link| sqlx::query(REMOVE.on(engine_of(link))).bind(report.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Counts reports that everybody may read on the page of a problem, up or down.
pub async fn count_on(tx: &mut Tx, problem: ProblemId, by: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(COUNT_ON.on(engine_of(link))).bind(by).bind(problem.0).execute(link).await.map(drop))?;
    Ok(())
}

/// The reports of a problem that everybody may read there, with their titles, the newest first, before one.
pub async fn shown(tx: &mut Tx, problem: ProblemId, before: ReportId, limit: usize) -> Result<Vec<Listed>> {
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        sqlx::query_as(SHOWN.on(engine_of(link)))
            .bind(problem.0)
            .bind(before.0)
            .bind(limit as i64)
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(listed).collect()
}

fn problem(columns: Columns) -> Result<Problem> {
    let (id, title, cause, owner, status, plan, reports, version, created_at, updated_at) = columns;
    Ok(Problem {
        id: ProblemId(id),
        title,
        cause,
        owner: AgencyId(owner),
        status: known(status)?,
        plan: from_json(&plan)?,
        reports: small(reports)?,
        version: small(version)?,
        created_at: instant(created_at)?,
        updated_at: instant(updated_at)?,
    })
}

fn known(status: String) -> Result<ProblemStatus> {
    ProblemStatus::parse(&status).ok_or(Error::Corrupt(status))
}
