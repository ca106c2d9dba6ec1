//! How an office answers: who approves, which drafts wait, and its templates.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Columns, Row, row};
use crate::{Result, Tx, millis, small};
use domain::report::Approver;
use domain::{AgencyId, ReportId};
use jiff::Timestamp;

statements! {
    PUT_APPROVER = "INSERT INTO answer_approval (agency, approver, changed_at) VALUES ($1, $2, $3) \
        ON CONFLICT (agency) DO UPDATE SET approver = excluded.approver, changed_at = excluded.changed_at";
    APPROVER = "SELECT approver FROM answer_approval WHERE agency = $1";
    PUT_DRAFT = "INSERT INTO waiting_draft (report_id, holder, root, proposed_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (report_id) DO UPDATE SET holder = excluded.holder, root = excluded.root, proposed_at = excluded.proposed_at";
    DROP_DRAFT = "DELETE FROM waiting_draft WHERE report_id = $1";
    DRAFTS_OF_HOLDER = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, w.title FROM waiting_draft d \
        JOIN report r ON r.id = d.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE d.holder = $1 ORDER BY d.proposed_at, d.report_id LIMIT $2";
    DRAFTS_OF_ROOT = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, w.title FROM waiting_draft d \
        JOIN report r ON r.id = d.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE d.root = $1 ORDER BY d.proposed_at, d.report_id LIMIT $2";
    INSERT_TEMPLATE = "INSERT INTO answer_template (id, agency, name, body, version, active, changed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE_TEMPLATE = "UPDATE answer_template SET name = $1, body = $2, version = $3, active = $4, changed_at = $5 \
        WHERE id = $6 AND version = $7";
    TEMPLATES = "SELECT id, agency, name, body, version, active FROM answer_template WHERE agency = $1 ORDER BY id LIMIT $2";
    TEMPLATE = "SELECT id, agency, name, body, version, active FROM answer_template WHERE id = $1";
}

/// A template of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerTemplate {
    pub id: i64,
    pub agency: AgencyId,
    pub name: String,
    /// With its `{placeholders}`.
    pub body: String,
    /// Counts the changes, and guards the next one.
    pub version: u32,
    /// Whether it is offered; one that is not stays for the record.
    pub active: bool,
}

/// Whose drafts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Holder(AgencyId),
    /// A whole parent agency's.
    Root(AgencyId),
}

/// Says who approves in an office.
pub async fn put_approver(tx: &mut Tx, agency: AgencyId, approver: Approver, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_APPROVER.on(engine_of(link)))
            .bind(agency.0)
            .bind(approver.name())
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Who approves in an office, where it says so itself.
pub async fn approver(tx: &mut Tx, agency: AgencyId) -> Result<Option<Approver>> {
    let name: Option<String> =
        on!(tx, |link| sqlx::query_scalar(APPROVER.on(engine_of(link))).bind(agency.0).fetch_optional(link).await)?;
    name.map(|name| Approver::parse(&name).ok_or(crate::Error::Corrupt(name))).transpose()
}

/// Notes that a draft waits.
pub async fn put_draft(
    tx: &mut Tx,
    report: ReportId,
    holder: AgencyId,
    root: AgencyId,
    proposed_at: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_DRAFT.on(engine_of(link)))
            .bind(report.0)
            .bind(holder.0)
            .bind(root.0)
            .bind(millis(proposed_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Notes that no draft waits any more.
pub async fn drop_draft(tx: &mut Tx, report: ReportId) -> Result<()> {
    on!(tx, |link| sqlx::query(DROP_DRAFT.on(engine_of(link))).bind(report.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Reports with a waiting draft, the longest waiting first, with their titles.
pub async fn list_drafts(tx: &mut Tx, whose: Whose, limit: u32) -> Result<Vec<(Row, Option<String>)>> {
    type Found = (i64, i64, i64, i64, Option<String>, String, Option<String>);
    let (sql, agency) = match whose {
        Whose::Holder(agency) => (DRAFTS_OF_HOLDER, agency),
        Whose::Root(agency) => (DRAFTS_OF_ROOT, agency),
    };
    let rows: Vec<Found> = on!(tx, |link| {
        sqlx::query_as(sql.on(engine_of(link))).bind(agency.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let listed = |(id, code, words_seq, root, external_ref, state, title): Found| {
        let columns: Columns = (id, code, words_seq, root, external_ref, state);
        Ok((row(columns)?, title))
    };
    rows.into_iter().map(listed).collect()
}

/// Keeps a new template.
pub async fn insert_template(tx: &mut Tx, template: &AnswerTemplate, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT_TEMPLATE.on(engine_of(link)))
            .bind(template.id)
            .bind(template.agency.0)
            .bind(&template.name)
            .bind(&template.body)
            .bind(i64::from(template.version))
            .bind(template.active)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Changes a template from one version to the next. `false` when somebody else was faster.
pub async fn update_template(tx: &mut Tx, template: &AnswerTemplate, was: u32, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(UPDATE_TEMPLATE.on(engine_of(link)))
            .bind(&template.name)
            .bind(&template.body)
            .bind(i64::from(template.version))
            .bind(template.active)
            .bind(millis(at))
            .bind(template.id)
            .bind(i64::from(was))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

type TemplateColumns = (i64, i64, String, String, i64, bool);

/// The templates of one office.
pub async fn templates(tx: &mut Tx, agency: AgencyId, limit: u32) -> Result<Vec<AnswerTemplate>> {
    let rows: Vec<TemplateColumns> = on!(tx, |link| {
        sqlx::query_as(TEMPLATES.on(engine_of(link))).bind(agency.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(template_of).collect()
}

/// One template.
pub async fn template(tx: &mut Tx, id: i64) -> Result<Option<AnswerTemplate>> {
    let row: Option<TemplateColumns> =
        on!(tx, |link| sqlx::query_as(TEMPLATE.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    row.map(template_of).transpose()
}

fn template_of((id, agency, name, body, version, active): TemplateColumns) -> Result<AnswerTemplate> {
    Ok(AnswerTemplate { id, agency: AgencyId(agency), name, body, version: small(version)?, active })
}
