//! Accounts of reporters: an address proved with a code, its sessions, and the reports that it keeps.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, ListedColumns, listed};
use crate::{Error, Result, Tx, millis};
use domain::{ReportId, Way};
use jiff::Timestamp;

statements! {
    PUT_CODE = "INSERT INTO account_code (address, code, expires_at, tries) VALUES ($1, $2, $3, 0) \
        ON CONFLICT (address) DO UPDATE SET code = $2, expires_at = $3, tries = 0";
    TRY_CODE = "UPDATE account_code SET tries = tries + 1 WHERE address = $1 AND expires_at > $2 AND tries < $3 RETURNING code";
    DROP_CODE = "DELETE FROM account_code WHERE address = $1";
    INSERT = "INSERT INTO account (id, address, language, created_at, way) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    FIND = "SELECT id, address, language, way FROM account WHERE address = $1";
    LOAD = "SELECT id, address, language, way FROM account WHERE id = $1";
    OPEN = "INSERT INTO account_session (hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    SESSION = "SELECT a.id, a.address, a.language, a.way FROM account_session s JOIN account a ON a.id = s.account_id \
        WHERE s.hash = $1 AND s.expires_at > $2";
    CLOSE = "DELETE FROM account_session WHERE hash = $1";
    KEEP = "INSERT INTO account_report (account_id, report_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    KEEPS = "SELECT CAST(COUNT(*) AS BIGINT) FROM account_report WHERE account_id = $1 AND report_id = $2";
    LIST_KEPT = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM account_report k \
        JOIN report r ON r.id = k.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE k.account_id = $1 AND k.report_id < $2 ORDER BY k.report_id DESC LIMIT $3";
    ERASE_SESSIONS = "DELETE FROM account_session WHERE account_id = $1";
    ERASE_REPORTS = "DELETE FROM account_report WHERE account_id = $1";
    ERASE_FOLLOWS = "DELETE FROM follow WHERE account_id = $1";
    ERASE_LETTERS = "DELETE FROM letter WHERE account_id = $1 AND state = 'queued'";
    ERASE = "DELETE FROM account WHERE id = $1";
    SWEEP_CODES = "DELETE FROM account_code WHERE address IN (SELECT address FROM account_code WHERE expires_at < $1 LIMIT 1000)";
    SWEEP_SESSIONS = "DELETE FROM account_session WHERE hash IN (SELECT hash FROM account_session WHERE expires_at < $1 LIMIT 1000)";
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: i64,
    pub way: Way,
    /// An e-mail address in small letters, or the digits of a telephone number.
    pub address: String,
    /// `id` or `en`.
    pub language: String,
}

type Columns = (i64, String, String, String);

fn account((id, address, language, way): Columns) -> Result<Account> {
    let way = Way::parse(&way).ok_or_else(|| Error::Corrupt(format!("way {way:?}")))?;
    Ok(Account { id, way, address, language })
}

/// Keeps a code for an address, by their digests, in place of an earlier one.
pub async fn put_code(tx: &mut Tx, address: &str, code: &str, expires_at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_CODE.on(engine_of(link)))
            .bind(address)
            .bind(code)
            .bind(millis(expires_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The digest of the code for an address, and counts the try; none when it is too old or was tried `most` times.
pub async fn try_code(tx: &mut Tx, address: &str, now: Timestamp, most: i64) -> Result<Option<String>> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(TRY_CODE.on(engine_of(link)))
            .bind(address)
            .bind(millis(now))
            .bind(most)
            .fetch_optional(link)
            .await
    })?)
}

/// Forgets the code for an address: it opens once.
pub async fn drop_code(tx: &mut Tx, address: &str) -> Result<()> {
    on!(tx, |link| sqlx::query(DROP_CODE.on(engine_of(link))).bind(address).execute(link).await.map(drop))?;
    Ok(())
}

/// Makes an account. `false` when there is one with this address already.
pub async fn insert(tx: &mut Tx, new: &Account, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(&new.address)
            .bind(&new.language)
            .bind(millis(at))
            .bind(new.way.name())
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The account with an address.
pub async fn find(tx: &mut Tx, address: &str) -> Result<Option<Account>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(address).fetch_optional(link).await)?;
    found.map(account).transpose()
}

/// An account by its id.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Account>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(account).transpose()
}

/// Opens a session, kept by the digest of its secret.
pub async fn open(tx: &mut Tx, hash: &str, account: i64, at: Timestamp, expires_at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(OPEN.on(engine_of(link)))
            .bind(hash)
            .bind(account)
            .bind(millis(at))
            .bind(millis(expires_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The account of a session that is not over.
pub async fn session(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<Account>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(SESSION.on(engine_of(link))).bind(hash).bind(millis(now)).fetch_optional(link).await
    })?;
    found.map(account).transpose()
}

/// Ends a session.
pub async fn close(tx: &mut Tx, hash: &str) -> Result<()> {
    on!(tx, |link| sqlx::query(CLOSE.on(engine_of(link))).bind(hash).execute(link).await.map(drop))?;
    Ok(())
}

/// Lets an account keep a report as its own.
pub async fn keep(tx: &mut Tx, account: i64, report: ReportId) -> Result<()> {
    on!(tx, |link| sqlx::query(KEEP.on(engine_of(link))).bind(account).bind(report.0).execute(link).await.map(drop))?;
    Ok(())
}

/// Whether an account keeps a report as its own.
pub async fn keeps(tx: &mut Tx, account: i64, report: ReportId) -> Result<bool> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(KEEPS.on(engine_of(link))).bind(account).bind(report.0).fetch_one(link).await
    })?;
    Ok(n > 0)
}

/// The reports that an account keeps, the newest first, before an id.
pub async fn list_kept(tx: &mut Tx, account: i64, before: ReportId, limit: u32) -> Result<Vec<Listed>> {
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        sqlx::query_as(LIST_KEPT.on(engine_of(link)))
            .bind(account)
            .bind(before.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(listed).collect()
}

/// Erases an account and all that is kept with it; its reports stay as they are.
pub async fn erase(tx: &mut Tx, id: i64) -> Result<()> {
    for sql in [ERASE_SESSIONS, ERASE_REPORTS, ERASE_FOLLOWS, ERASE_LETTERS, ERASE] {
        on!(tx, |link| sqlx::query(sql.on(engine_of(link))).bind(id).execute(link).await.map(drop))?;
    }
    Ok(())
}

/// Takes away codes and sessions that were over before an instant, a thousand of each at a time. Returns how many.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let mut swept = 0;
    for sql in [SWEEP_CODES, SWEEP_SESSIONS] {
        swept += on!(tx, |link| {
            sqlx::query(sql.on(engine_of(link)))
                .bind(millis(before))
                .execute(link)
                .await
                .map(|done| done.rows_affected())
        })?;
    }
    Ok(swept)
}
