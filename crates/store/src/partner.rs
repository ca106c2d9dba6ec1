//! Partner systems: who they are, what their tokens may use, and the reports that they brought in.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Columns as RowColumns, Row, row};
use crate::{Error, Result, Tx, instant, millis, small};
use domain::partner::Quota;
use domain::{AgencyId, Code, ReportId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO partner (id, office, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (office, name) DO NOTHING";
    FIND = "SELECT id FROM partner WHERE office = $1 AND name = $2";
    NAME_OF = "SELECT p.name FROM partner_report r JOIN partner p ON p.id = r.partner_id WHERE r.report_id = $1";
    GRANT = "UPDATE pass SET partner_id = $1, per_minute = $2, per_day = $3 WHERE hash = $4";
    GRANTED = "SELECT p.id, p.office, p.name, t.per_minute, t.per_day FROM pass t JOIN partner p ON p.id = t.partner_id \
        WHERE t.hash = $1";
    LIST_GRANTED = "SELECT t.hash, p.id, p.office, p.name, t.per_minute, t.per_day FROM pass t JOIN partner p ON p.id = t.partner_id \
        WHERE t.officer_id = $1 LIMIT 1000";
    USE = "INSERT INTO pass_use (hash, span, starts, used) VALUES ($1, $2, $3, 1) ON CONFLICT (hash, span) DO UPDATE SET \
        used = CASE WHEN pass_use.starts = excluded.starts THEN pass_use.used + 1 ELSE 1 END, starts = excluded.starts \
        RETURNING used";
    BRING = "INSERT INTO partner_report (partner_id, external_ref, report_id, consent, changed_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING";
    BROUGHT = "SELECT r.code, r.fingerprint FROM partner_report p JOIN report r ON r.id = p.report_id \
        WHERE p.partner_id = $1 AND p.external_ref = $2";
    CHANGED = "UPDATE partner_report SET changed_at = $1 WHERE report_id = $2";
    BY_REF = "SELECT p.external_ref, p.changed_at, r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM partner_report p \
        JOIN report r ON r.id = p.report_id WHERE p.partner_id = $1 AND p.external_ref = $2";
    BY_CODE = "SELECT p.external_ref, p.changed_at, r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM report r \
        JOIN partner_report p ON p.report_id = r.id WHERE p.partner_id = $1 AND r.code = $2";
    LIST = "SELECT p.external_ref, p.changed_at, r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM partner_report p \
        JOIN report r ON r.id = p.report_id WHERE p.partner_id = $1 AND (p.changed_at, p.report_id) > ($2, $3) \
        AND p.changed_at <= $4 ORDER BY p.changed_at, p.report_id LIMIT $5";
}

/// A partner system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub id: i64,
    /// The office that answers for it.
    pub office: AgencyId,
    pub name: String,
}

/// A report that a partner brought in.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// Its number in the partner's books.
    pub external_ref: String,
    /// When something last changed that the partner may know.
    pub changed_at: Timestamp,
    pub row: Row,
}

/// Where a list of changes goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    pub changed_at: i64,
    pub report: ReportId,
}

impl Since {
    /// Before everything.
    pub const START: Since = Since { changed_at: i64::MIN, report: ReportId(0) };
}

/// The partner of an office with a name, made where there was none; `id` is for a new one.
pub async fn settle(tx: &mut Tx, id: i64, office: AgencyId, name: &str, at: Timestamp) -> Result<i64> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(id)
            .bind(office.0)
            .bind(name)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(on!(tx, |link| sqlx::query_scalar(FIND.on(engine_of(link))).bind(office.0).bind(name).fetch_one(link).await)?)
}

/// The name of the partner that brought a report in.
pub async fn name_of(tx: &mut Tx, report: ReportId) -> Result<Option<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(NAME_OF.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?)
}

/// Makes a pass one of a partner.
pub async fn grant(tx: &mut Tx, hash: &str, partner: i64, quota: Quota) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(GRANT.on(engine_of(link)))
            .bind(partner)
            .bind(i64::from(quota.per_minute))
            .bind(i64::from(quota.per_day))
            .bind(hash)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

type Granted = (i64, i64, String, i64, i64);

fn granted((id, office, name, per_minute, per_day): Granted) -> Result<(Partner, Quota)> {
    let quota = Quota { per_minute: small(per_minute)?, per_day: small(per_day)? };
    Ok((Partner { id, office: AgencyId(office), name }, quota))
}

/// Whose a pass is, and how much it may use; `None` where it is no partner's.
pub async fn granted_to(tx: &mut Tx, hash: &str) -> Result<Option<(Partner, Quota)>> {
    let found: Option<Granted> =
        on!(tx, |link| sqlx::query_as(GRANTED.on(engine_of(link))).bind(hash).fetch_optional(link).await)?;
    found.map(granted).transpose()
}

/// The partners of an officer's passes, by digest.
pub async fn list_granted(tx: &mut Tx, officer: domain::UserId) -> Result<Vec<(String, Partner, Quota)>> {
    type Columns = (String, i64, i64, String, i64, i64);
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST_GRANTED.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    let one = |(hash, id, office, name, minute, day): Columns| {
        let (partner, quota) = granted((id, office, name, minute, day))?;
        Ok((hash, partner, quota))
    };
    rows.into_iter().map(one).collect()
}

/// Counts one use of a pass in a stretch of time that began at `starts`. Returns how many there were with it.
pub async fn count_use(tx: &mut Tx, hash: &str, span: &str, starts: i64) -> Result<u32> {
    let used: i64 = on!(tx, |link| {
        sqlx::query_scalar(USE.on(engine_of(link))).bind(hash).bind(span).bind(starts).fetch_one(link).await
    })?;
    Ok(u32::try_from(used).unwrap_or(u32::MAX))
}

/// Records that a partner brought a report in. `false` when its number is taken.
pub async fn bring(
    tx: &mut Tx,
    partner: i64,
    external_ref: &str,
    report: ReportId,
    consent: bool,
    at: Timestamp,
) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(BRING.on(engine_of(link)))
            .bind(partner)
            .bind(external_ref)
            .bind(report.0)
            .bind(consent)
            .bind(millis(at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The code and fingerprint of what a partner brought in under a number.
pub async fn brought(tx: &mut Tx, partner: i64, external_ref: &str) -> Result<Option<(Code, String)>> {
    let found: Option<(i64, String)> = on!(tx, |link| {
        sqlx::query_as(BROUGHT.on(engine_of(link))).bind(partner).bind(external_ref).fetch_optional(link).await
    })?;
    let known = |number: i64| Code::from_number(number).ok_or_else(|| Error::Corrupt(number.to_string()));
    found.map(|(number, fingerprint)| Ok((known(number)?, fingerprint))).transpose()
}

/// Notes that something changed about a report that its partner may know.
pub async fn note_change(tx: &mut Tx, report: ReportId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CHANGED.on(engine_of(link))).bind(millis(at)).bind(report.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

type Columns = (String, i64, i64, i64, i64, i64, Option<String>, String);

fn one((external_ref, changed_at, id, code, words_seq, root, older, state): Columns) -> Result<Brought> {
    let columns: RowColumns = (id, code, words_seq, root, older, state);
    Ok(Brought { external_ref, changed_at: instant(changed_at)?, row: row(columns)? })
}

/// A partner's report by the partner's number.
pub async fn by_ref(tx: &mut Tx, partner: i64, external_ref: &str) -> Result<Option<Brought>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(BY_REF.on(engine_of(link))).bind(partner).bind(external_ref).fetch_optional(link).await
    })?;
    found.map(one).transpose()
}

/// A partner's report by its tracking number.
pub async fn by_code(tx: &mut Tx, partner: i64, code: Code) -> Result<Option<Brought>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(BY_CODE.on(engine_of(link))).bind(partner).bind(code.number()).fetch_optional(link).await
    })?;
    found.map(one).transpose()
}

/// A partner's reports that changed after `since` and not after `until`, in the order in which they did.
pub async fn list(tx: &mut Tx, partner: i64, since: Since, until: Timestamp, limit: u32) -> Result<Vec<Brought>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(partner)
            .bind(since.changed_at)
            .bind(since.report.0)
            .bind(millis(until))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(one).collect()
}
