//! The current state of reports: one row each, guarded by its version.

use crate::day_number;
use crate::db::{engine_of, on};
use crate::dialect::{locked, over_rows, statements};
use crate::queue::{Shift, Standing};
use crate::{Result, Tx, from_json, instant, json, millis};
use domain::{AgencyId, Code, Report, ReportId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO report (id, code, client_key, fingerprint, external_ref, seq, words_seq, received_at, received_day, \
        stage, holder, root, public, open, sealed, due_at, wake_at, state, officer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING";
    UPDATE = "UPDATE report SET seq = $1, words_seq = $2, stage = $3, holder = $4, root = $5, public = $6, open = $7, \
        sealed = $8, due_at = $9, wake_at = $10, state = $11, officer = $12, unmeasured = TRUE WHERE id = $13 AND seq = $14";
    STANDING = locked!("SELECT holder, root, officer, sealed, due_at FROM report WHERE id = $1 AND seq = $2 AND open");
    LOAD = "SELECT id, code, words_seq, root, external_ref, state FROM report WHERE id = $1";
    LOCK = locked!("SELECT id, code, words_seq, root, external_ref, state FROM report WHERE id = $1");
    FIND_BY_CODE = "SELECT id, code, words_seq, root, external_ref, state FROM report WHERE code = $1";
    FIND_BY_KEY = "SELECT code, fingerprint FROM report WHERE client_key = $1";
    FIND_BY_REF = "SELECT code FROM report WHERE external_ref = $1";
    OPEN_AT = over_rows!(
        "SELECT id FROM report WHERE open AND holder IN (SELECT CAST(value ->> 'holder' AS BIGINT) FROM ",
        ") LIMIT 1"
    );
    LIST_WAKING = "SELECT id FROM report WHERE wake_at IS NOT NULL AND wake_at <= $1 ORDER BY wake_at LIMIT $2";
    LIST_PUBLIC = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.public AND r.id < $1 ORDER BY r.id DESC LIMIT $2";
    SNOOZE = "UPDATE report SET wake_at = $1 WHERE id = $2 AND wake_at < $1";
    RETIME = "UPDATE report SET due_at = $1, wake_at = $2, unmeasured = TRUE WHERE id = $3 AND seq = $4";
    LIST_IDS = "SELECT id FROM report WHERE id > $1 ORDER BY id LIMIT $2";
    LIST_OPEN = "SELECT id, code, words_seq, root, external_ref, state, due_at, wake_at FROM report \
        WHERE open AND id > $1 ORDER BY id LIMIT $2";
    LIST_HELD = "SELECT id, code, words_seq, root, external_ref, state, due_at FROM report \
        WHERE open AND holder = $1 AND (due_at, id) > ($2, $3) ORDER BY due_at, id LIMIT $4";
    INBOX_NATION = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_STAGE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.stage = $4 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_HOLDER = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.holder = $4 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_HOLDER_STAGE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.holder = $4 AND r.stage = $5 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_ROOT = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.root = $4 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_ROOT_STAGE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.root = $4 AND r.stage = $5 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_OFFICER = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.officer = $4 \
        ORDER BY r.due_at, r.id LIMIT $3";
    INBOX_UNASSIGNED = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM report r \
        JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE r.open AND (r.due_at, r.id) > ($1, $2) AND r.officer IS NULL AND r.holder = $4 \
        ORDER BY r.due_at, r.id LIMIT $3";
}

/// A `due_at` for reports that press nobody: they come last in every inbox.
pub const NEVER: i64 = i64::MAX;

/// A report's row: the state, and what was made of it for lists and the scheduler.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub report: Report,
    pub code: Code,
    /// The event whose words are the present title and text.
    pub words_seq: u32,
    /// The parent agency of the holder.
    pub root: AgencyId,
    /// The number it had in an older system.
    pub external_ref: Option<String>,
}

/// A row together with its present title and text.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub row: Row,
    /// The deadline by which inboxes are sorted, as it is stored; [`NEVER`] where there is none.
    pub due_at: i64,
    pub title: Option<String>,
    pub body: String,
}

/// When the office whose turn it is must have acted, and when the scheduler looks next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    pub due_at: Option<Timestamp>,
    pub wake_at: Option<Timestamp>,
}

/// What makes a repeated submission the same submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKey {
    pub key: String,
    /// Digest of what was sent, to tell a repetition from a key used twice.
    pub fingerprint: String,
}

/// Where a page of an inbox goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxCursor {
    pub due_at: i64,
    pub id: ReportId,
}

impl InboxCursor {
    /// Before the first row.
    pub const START: InboxCursor = InboxCursor { due_at: i64::MIN, id: ReportId(0) };
}

/// Whose inbox is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inbox {
    /// One office's own, in all stages or in one.
    Holder(AgencyId, Option<&'static str>),
    /// A whole parent agency's.
    Root(AgencyId, Option<&'static str>),
    /// One stage's, in the whole country.
    Stage(&'static str),
    /// The whole country's.
    Nation,
    /// What is assigned to one officer.
    Officer(UserId),
    /// What is assigned to nobody at one office.
    Unassigned(AgencyId),
}

pub(crate) type Columns = (i64, i64, i64, i64, Option<String>, String);
pub(crate) type ListedColumns = (i64, i64, i64, i64, Option<String>, String, i64, Option<String>, String);

/// Records a new report. `false` when its code, client key or external reference is already taken.
pub async fn insert(tx: &mut Tx, row: &Row, key: &ClientKey, timing: Timing) -> Result<bool> {
    let report = &row.report;
    let day = report.zone.day(report.clocks.received);
    let state = json(report)?;
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.id.0)
            .bind(row.code.number())
            .bind(&key.key)
            .bind(&key.fingerprint)
            .bind(&row.external_ref)
            .bind(i64::from(report.seq))
            .bind(i64::from(row.words_seq))
            .bind(millis(report.clocks.received))
            .bind(day_number(day))
            .bind(report.stage.kind().name())
            .bind(report.holder.0)
            .bind(row.root.0)
            .bind(report.is_public())
            .bind(report.is_open())
            .bind(report.is_sealed())
            .bind(timing.due_at.map_or(NEVER, millis))
            .bind(timing.wake_at.map(millis))
            .bind(&state)
            .bind(report.officer.map(|officer| officer.0))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        let mut shift = Shift::default();
        shift.note(standing(row, timing), 1);
        tx.tally().queue(shift, report.id.0);
    }
    Ok(done == 1)
}

/// Where a report stands in the queues; nowhere once it has ended.
pub(crate) fn standing(row: &Row, timing: Timing) -> Option<Standing> {
    let report = &row.report;
    report.is_open().then(|| Standing {
        holder: report.holder.0,
        root: row.root.0,
        officer: report.officer.map(|officer| officer.0),
        sealed: report.is_sealed(),
        due_at: timing.due_at.map_or(NEVER, millis),
    })
}

/// Where a report stood at a version, which nobody changes until the transaction ends.
async fn stood(tx: &mut Tx, id: ReportId, seq: u32) -> Result<Option<Standing>> {
    let found: Option<(i64, i64, Option<i64>, bool, i64)> = on!(tx, |link| {
        sqlx::query_as(STANDING.on(engine_of(link))).bind(id.0).bind(i64::from(seq)).fetch_optional(link).await
    })?;
    Ok(found.map(|(holder, root, officer, sealed, due_at)| Standing { holder, root, officer, sealed, due_at }))
}

/// Records the state after a command. `false` when somebody else was faster.
pub async fn update(tx: &mut Tx, row: &Row, was_seq: u32, timing: Timing) -> Result<bool> {
    let report = &row.report;
    let state = json(report)?;
    let mut shift = Shift::default();
    shift.note(stood(tx, report.id, was_seq).await?, -1);
    shift.note(standing(row, timing), 1);
    let done = on!(tx, |link| {
        sqlx::query(UPDATE.on(engine_of(link)))
            .bind(i64::from(report.seq))
            .bind(i64::from(row.words_seq))
            .bind(report.stage.kind().name())
            .bind(report.holder.0)
            .bind(row.root.0)
            .bind(report.is_public())
            .bind(report.is_open())
            .bind(report.is_sealed())
            .bind(timing.due_at.map_or(NEVER, millis))
            .bind(timing.wake_at.map(millis))
            .bind(&state)
            .bind(report.officer.map(|officer| officer.0))
            .bind(report.id.0)
            .bind(i64::from(was_seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        tx.tally().queue(shift, report.id.0);
    }
    Ok(done == 1)
}

/// One report by id.
pub async fn load(tx: &mut Tx, id: ReportId) -> Result<Option<Row>> {
    let columns: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    columns.map(row).transpose()
}

/// One report by id, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, id: ReportId) -> Result<Option<Row>> {
    let columns: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOCK.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    columns.map(row).transpose()
}

/// One report by tracking number.
pub async fn find(tx: &mut Tx, code: Code) -> Result<Option<Row>> {
    let columns: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(FIND_BY_CODE.on(engine_of(link))).bind(code.number()).fetch_optional(link).await
    })?;
    columns.map(row).transpose()
}

/// The code and fingerprint of an earlier submission under the same client key.
pub async fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<(Code, String)>> {
    let found: Option<(i64, String)> =
        on!(tx, |link| sqlx::query_as(FIND_BY_KEY.on(engine_of(link))).bind(key).fetch_optional(link).await)?;
    found.map(|(number, fingerprint)| Ok((code(number)?, fingerprint))).transpose()
}

/// The code of a report that came from an older system.
pub async fn find_by_ref(tx: &mut Tx, external_ref: &str) -> Result<Option<Code>> {
    let found: Option<i64> = on!(tx, |link| {
        sqlx::query_scalar(FIND_BY_REF.on(engine_of(link))).bind(external_ref).fetch_optional(link).await
    })?;
    found.map(code).transpose()
}

/// Whether a report is open at one of these offices.
pub async fn is_open_at(tx: &mut Tx, holders: &[AgencyId]) -> Result<bool> {
    #[derive(serde::Serialize)]
    struct Holder {
        holder: i64,
    }
    let rows = json(&holders.iter().map(|id| Holder { holder: id.0 }).collect::<Vec<_>>())?;
    let found: Option<i64> =
        on!(tx, |link| sqlx::query_scalar(OPEN_AT.on(engine_of(link))).bind(&rows).fetch_optional(link).await)?;
    Ok(found.is_some())
}

/// Reports for which something is due, the longest waiting first.
pub async fn list_waking(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<Vec<ReportId>> {
    let ids: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(LIST_WAKING.on(engine_of(link)))
            .bind(millis(now))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    Ok(ids.into_iter().map(ReportId).collect())
}

/// Puts off the alarm of a report that would ring before an instant.
pub async fn snooze(tx: &mut Tx, id: ReportId, until: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(SNOOZE.on(engine_of(link))).bind(millis(until)).bind(id.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Open reports in the order of their ids, each with the timing that is kept for it. A row that cannot be read
/// is told in its place.
pub async fn list_open(tx: &mut Tx, after: ReportId, limit: u32) -> Result<Vec<(ReportId, Result<(Row, Timing)>)>> {
    type Columns = (i64, i64, i64, i64, Option<String>, String, i64, Option<i64>);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_OPEN.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let timed = |(id, code, words_seq, root, external_ref, state, due_at, wake_at): Columns| {
        let due_at = (due_at != NEVER).then(|| instant(due_at)).transpose()?;
        let wake_at = wake_at.map(instant).transpose()?;
        Ok((row((id, code, words_seq, root, external_ref, state))?, Timing { due_at, wake_at }))
    };
    Ok(rows.into_iter().map(|columns| (ReportId(columns.0), timed(columns))).collect())
}

/// Open reports with an office, without their words, in the order of their stored deadlines.
pub async fn list_held(tx: &mut Tx, holder: AgencyId, after: InboxCursor, limit: u32) -> Result<Vec<(Row, i64)>> {
    type Columns = (i64, i64, i64, i64, Option<String>, String, i64);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_HELD.on(engine_of(link)))
            .bind(holder.0)
            .bind(after.due_at)
            .bind(after.id.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let held = |(id, code, words_seq, root, external_ref, state, due_at): Columns| {
        Ok((row((id, code, words_seq, root, external_ref, state))?, due_at))
    };
    rows.into_iter().map(held).collect()
}

/// Records another timing for a report. `false` when it has changed since version `seq`.
pub async fn retime(tx: &mut Tx, id: ReportId, seq: u32, timing: Timing) -> Result<bool> {
    let was = stood(tx, id, seq).await?;
    let mut shift = Shift::default();
    shift.note(was, -1);
    shift.note(was.map(|was| Standing { due_at: timing.due_at.map_or(NEVER, millis), ..was }), 1);
    let done = on!(tx, |link| {
        sqlx::query(RETIME.on(engine_of(link)))
            .bind(timing.due_at.map_or(NEVER, millis))
            .bind(timing.wake_at.map(millis))
            .bind(id.0)
            .bind(i64::from(seq))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        tx.tally().queue(shift, id.0);
    }
    Ok(done == 1)
}

/// All reports in the order of their ids, for replays and exports.
pub async fn list_ids(tx: &mut Tx, after: ReportId, limit: u32) -> Result<Vec<ReportId>> {
    let ids: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(LIST_IDS.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    Ok(ids.into_iter().map(ReportId).collect())
}

/// Public reports, the newest first, before a report.
pub async fn list_public(tx: &mut Tx, before: ReportId, limit: u32) -> Result<Vec<Listed>> {
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        sqlx::query_as(LIST_PUBLIC.on(engine_of(link))).bind(before.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(listed).collect()
}

/// A page of an inbox: open reports in the order of their deadlines.
pub async fn list_inbox(tx: &mut Tx, inbox: &Inbox, after: InboxCursor, limit: u32) -> Result<Vec<Listed>> {
    let (sql, owner, stage) = match *inbox {
        Inbox::Holder(agency, None) => (INBOX_HOLDER, Some(agency.0), None),
        Inbox::Holder(agency, stage) => (INBOX_HOLDER_STAGE, Some(agency.0), stage),
        Inbox::Root(agency, None) => (INBOX_ROOT, Some(agency.0), None),
        Inbox::Root(agency, stage) => (INBOX_ROOT_STAGE, Some(agency.0), stage),
        Inbox::Stage(stage) => (INBOX_STAGE, None, Some(stage)),
        Inbox::Nation => (INBOX_NATION, None, None),
        Inbox::Officer(officer) => (INBOX_OFFICER, Some(officer.0), None),
        Inbox::Unassigned(agency) => (INBOX_UNASSIGNED, Some(agency.0), None),
    };
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        let mut page = sqlx::query_as(sql.on(engine_of(link)));
        page = page.bind(after.due_at).bind(after.id.0).bind(i64::from(limit));
        if let Some(owner) = owner {
            page = page.bind(owner);
        }
        if let Some(stage) = stage {
            page = page.bind(stage);
        }
        page.fetch_all(link).await
    })?;
    rows.into_iter().map(listed).collect()
}

pub(crate) fn listed(columns: ListedColumns) -> Result<Listed> {
    let (id, code, words_seq, root, external_ref, state, due_at, title, body) = columns;
    Ok(Listed { row: row((id, code, words_seq, root, external_ref, state))?, due_at, title, body })
}

pub(crate) fn row(columns: Columns) -> Result<Row> {
    let (_, number, words_seq, root, external_ref, state) = columns;
    Ok(Row {
        report: from_json(&state)?,
        code: code(number)?,
        words_seq: crate::small(words_seq)?,
        root: AgencyId(root),
        external_ref,
    })
}

fn code(number: i64) -> Result<Code> {
    Code::from_number(number).ok_or_else(|| crate::Error::Corrupt(format!("tracking number {number}")))
}
