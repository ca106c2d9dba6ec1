//! Letters by e-mail: the outbox of the post. What a letter said and to whom is forgotten once it is settled.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Result, Tx, millis, small};
use domain::{ReportId, Way};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO letter (id, recipient, address, language, kind, args, report_id, account_id, first_seq, urgent, created_at, \
        not_before, way, state, attempts, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'queued', 0, 0) ON CONFLICT (id) DO NOTHING";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT id FROM letter WHERE state = 'queued' AND way = $5 AND not_before <= $3 AND claimed_until <= $3 \
        ORDER BY not_before, id LIMIT $4",
        ") UPDATE letter SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) \
        RETURNING id, recipient, address, language, kind, args, report_id, account_id, first_seq, last_seq, urgent, attempts, remote, failure"
    );
    SETTLE = "UPDATE letter SET state = $1, failure = $2, settled_at = $3, recipient = '', args = '{}', claimed_by = NULL, \
        remote = $6 WHERE id = $4 AND claimed_by = $5 AND state = 'queued'";
    BEGIN = "UPDATE letter SET remote = $1, failure = NULL WHERE id = $2 AND claimed_by = $3 AND state = 'queued'";
    DOUBT = "UPDATE letter SET not_before = $1, failure = 'doubtful', claimed_by = NULL, claimed_until = 0 \
        WHERE id = $2 AND claimed_by = $3 AND state = 'queued'";
    ARRIVED = "UPDATE letter SET state = 'sent', failure = $1, settled_at = $2, recipient = '', args = '{}', claimed_by = NULL \
        WHERE remote = $3 AND settled_at IS NULL";
    LOST = "UPDATE letter SET state = 'bounced', failure = $1 WHERE remote = $2 AND state = 'sent'";
    POSTPONE = "UPDATE letter SET not_before = $1, failure = $2, claimed_by = NULL, claimed_until = 0, remote = NULL \
        WHERE id = $3 AND claimed_by = $4 AND state = 'queued'";
    WAITING_NEWS = "SELECT id FROM letter WHERE report_id = $1 AND kind = 'news' AND state = 'queued' AND last_seq IS NULL \
        AND account_id IS NULL ORDER BY id DESC LIMIT 1";
    HAS_WAITING = "SELECT CAST(COUNT(*) AS BIGINT) FROM letter WHERE report_id = $1 AND account_id = $2 AND state = 'queued' \
        AND last_seq IS NULL";
    HASTEN = "UPDATE letter SET urgent = $1, not_before = $2 WHERE id = $3 AND not_before > $2 AND state = 'queued'";
    CLOSE = "UPDATE letter SET last_seq = $1 WHERE id = $2 AND claimed_by = $3 AND last_seq IS NULL";
    READDRESS = "UPDATE letter SET recipient = $1, address = $2, way = 'email' WHERE report_id = $3 AND account_id IS NULL AND state = 'queued'";
    REROUTE = "UPDATE letter SET way = $1, recipient = $2, address = $3, failure = NULL, claimed_by = NULL, claimed_until = 0, \
        remote = NULL WHERE id = $4 AND claimed_by = $5 AND state = 'queued'";
    BOUNCE = "UPDATE letter SET state = 'bounced', failure = $1 WHERE id = $2 AND state = 'sent'";
    REPORT_OF = "SELECT report_id FROM letter WHERE id = $1";
    ADDRESS = "SELECT address FROM letter WHERE id = $1";
    WAKE = "UPDATE letter SET not_before = $1 WHERE address = $2 AND failure = 'closed' AND state = 'queued'";
    FORGET = "DELETE FROM letter WHERE id IN (SELECT id FROM letter WHERE settled_at < $1 LIMIT 1000)";
    BURY = "INSERT INTO dead_address (address, at, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REVIVE = "DELETE FROM dead_address WHERE address = $1";
    IS_DEAD = "SELECT CAST(COUNT(*) AS BIGINT) FROM dead_address WHERE address = $1";
}

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    pub id: i64,
    pub way: Way,
    pub recipient: String,
    /// A digest of the recipient, which stays.
    pub address: String,
    /// `id` or `en`.
    pub language: String,
    /// What the letter is, e.g. `news`.
    pub kind: String,
    /// What belongs into its sentences, as JSON.
    pub args: String,
    pub report: Option<ReportId>,
    /// The account that it is for, where it is not for the reporter.
    pub account: Option<i64>,
    /// It tells the events of the report from this one on.
    pub first_seq: Option<u32>,
    /// It does not wait for the morning.
    pub urgent: bool,
    pub created_at: Timestamp,
    pub not_before: Timestamp,
}

/// A letter that this process has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: i64,
    pub way: Way,
    pub recipient: String,
    pub address: String,
    pub language: String,
    pub kind: String,
    pub args: String,
    pub report: Option<ReportId>,
    pub account: Option<i64>,
    pub first_seq: Option<u32>,
    /// The last event that it tells, fixed at the first try.
    pub last_seq: Option<u32>,
    pub urgent: bool,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// The name under which it was given away before, when nothing was heard of it.
    pub remote: Option<String>,
    /// What stood in its way the last time.
    pub failure: Option<String>,
}

impl Claimed {
    /// Whether it was given away before, nobody knows with what success, and that was not waited for yet.
    pub fn is_doubtful(&self) -> bool {
        self.remote.is_some() && self.failure.as_deref() != Some("doubtful")
    }
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Sent,
    /// The server will never take it.
    Failed,
    /// Nobody lives at the address.
    Bounced,
    /// It was not wanted any more when its time came.
    Dropped,
}

impl Fate {
    fn name(self) -> &'static str {
        match self {
            Fate::Sent => "sent",
            Fate::Failed => "failed",
            Fate::Bounced => "bounced",
            Fate::Dropped => "dropped",
        }
    }
}

/// Puts a letter into the outbox. `false` when there is one of this id already.
pub async fn insert(tx: &mut Tx, new: &NewLetter) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(&new.recipient)
            .bind(&new.address)
            .bind(&new.language)
            .bind(&new.kind)
            .bind(&new.args)
            .bind(new.report.map(|report| report.0))
            .bind(new.account)
            .bind(new.first_seq.map(i64::from))
            .bind(new.urgent)
            .bind(millis(new.created_at))
            .bind(millis(new.not_before))
            .bind(new.way.name())
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Claims due letters of a way for a process until an instant.
pub async fn claim(
    tx: &mut Tx,
    way: Way,
    process: &str,
    now: Timestamp,
    until: Timestamp,
    most: u32,
) -> Result<Vec<Claimed>> {
    let mut rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .bind(way.name())
            .fetch_all(link)
            .await
    })?;
    rows.sort_by_key(|row| row.0);
    rows.into_iter().map(|columns| claimed(way, columns)).collect()
}

type Number = Option<i64>;
type Text = Option<String>;
type Columns = (i64, String, String, String, String, String, Number, Number, Number, Number, bool, i64, Text, Text);

fn claimed(way: Way, columns: Columns) -> Result<Claimed> {
    let (id, recipient, address, language, kind, args, report, account, first, last, urgent, attempts, remote, failure) =
        columns;
    Ok(Claimed {
        id,
        way,
        recipient,
        address,
        language,
        kind,
        args,
        report: report.map(ReportId),
        account,
        first_seq: first.map(small).transpose()?,
        last_seq: last.map(small).transpose()?,
        urgent,
        attempts,
        remote,
        failure,
    })
}

/// What is written of a letter that is settled.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'a> {
    pub fate: Fate,
    /// Why, where it did not arrive.
    pub failure: Option<&'a str>,
    /// The name under which the other side knows it, and tells later what became of it.
    pub remote: Option<&'a str>,
    pub at: Timestamp,
}

/// Writes what became of a claimed letter. `false` when the claim had run out and somebody else has it.
pub async fn settle(tx: &mut Tx, id: i64, process: &str, settled: Settled<'_>) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(settled.fate.name())
            .bind(settled.failure)
            .bind(millis(settled.at))
            .bind(id)
            .bind(process)
            .bind(settled.remote)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Gives a letter back to be tried again later.
pub async fn postpone(tx: &mut Tx, id: i64, process: &str, not_before: Timestamp, failure: Option<&str>) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(POSTPONE.on(engine_of(link)))
            .bind(millis(not_before))
            .bind(failure)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The news of a report for its reporter that wait to leave, and may still take in what happens now.
pub async fn waiting_news(tx: &mut Tx, report: ReportId) -> Result<Option<i64>> {
    Ok(on!(tx, |link| sqlx::query_scalar(WAITING_NEWS.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?)
}

/// Whether news of a report wait to leave for an account.
pub async fn has_waiting(tx: &mut Tx, report: ReportId, account: i64) -> Result<bool> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(HAS_WAITING.on(engine_of(link))).bind(report.0).bind(account).fetch_one(link).await
    })?;
    Ok(n > 0)
}

/// Lets a waiting letter leave earlier, also at night.
pub async fn hasten(tx: &mut Tx, id: i64, urgent: bool, not_before: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(HASTEN.on(engine_of(link)))
            .bind(urgent)
            .bind(millis(not_before))
            .bind(id)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Fixes the last event that a claimed letter tells: what happens from now on is for another one.
pub async fn close(tx: &mut Tx, id: i64, process: &str, last_seq: u32) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CLOSE.on(engine_of(link)))
            .bind(i64::from(last_seq))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Sends a report's waiting letters to another address.
pub async fn readdress(tx: &mut Tx, report: ReportId, recipient: &str, address: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(READDRESS.on(engine_of(link)))
            .bind(recipient)
            .bind(address)
            .bind(report.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Lets a claimed letter go by another way.
pub async fn reroute(tx: &mut Tx, id: i64, process: &str, way: Way, recipient: &str, address: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(REROUTE.on(engine_of(link)))
            .bind(way.name())
            .bind(recipient)
            .bind(address)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Notes that a letter which had been taken came back. `false` when it is not known or came back before.
pub async fn bounce(tx: &mut Tx, id: i64, code: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(BOUNCE.on(engine_of(link))).bind(code).bind(id).execute(link).await.map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Notes, before a claimed letter is given away, under which name: whoever finds it so knows that it may have arrived.
pub async fn begin(tx: &mut Tx, id: i64, process: &str, remote: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(BEGIN.on(engine_of(link)))
            .bind(remote)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Gives a letter back that was perhaps taken: its receipt is awaited until an instant.
pub async fn doubt(tx: &mut Tx, id: i64, process: &str, not_before: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DOUBT.on(engine_of(link)))
            .bind(millis(not_before))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Notes that a letter, of which it was doubtful whether it had been taken, was taken. `false` for any other.
pub async fn arrived(tx: &mut Tx, remote: &str, failure: Option<&str>, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(ARRIVED.on(engine_of(link)))
            .bind(failure)
            .bind(millis(at))
            .bind(remote)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done > 0)
}

/// Notes that a letter which had been taken will not arrive. `false` when none is known under the name.
pub async fn lost(tx: &mut Tx, remote: &str, failure: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(LOST.on(engine_of(link)))
            .bind(failure)
            .bind(remote)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done > 0)
}

/// Lets letters leave that wait until their reader writes.
pub async fn wake(tx: &mut Tx, address: &str, now: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(WAKE.on(engine_of(link))).bind(millis(now)).bind(address).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// The report that a letter was about.
pub async fn report_of(tx: &mut Tx, id: i64) -> Result<Option<ReportId>> {
    let found: Option<Option<i64>> =
        on!(tx, |link| sqlx::query_scalar(REPORT_OF.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    Ok(found.flatten().map(ReportId))
}

/// The digest of the address to which a letter went.
pub async fn address(tx: &mut Tx, id: i64) -> Result<Option<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(ADDRESS.on(engine_of(link))).bind(id).fetch_optional(link).await)?)
}

/// Takes away letters that were settled before an instant, a thousand at a time. Returns how many.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let done = on!(tx, |link| {
        sqlx::query(FORGET.on(engine_of(link)))
            .bind(millis(before))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done)
}

/// Notes that nobody lives at an address, by its digest.
pub async fn bury(tx: &mut Tx, address: &str, at: Timestamp, code: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(BURY.on(engine_of(link))).bind(address).bind(millis(at)).bind(code).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Lets letters go to an address again.
pub async fn revive(tx: &mut Tx, address: &str) -> Result<()> {
    on!(tx, |link| sqlx::query(REVIVE.on(engine_of(link))).bind(address).execute(link).await.map(drop))?;
    Ok(())
}

/// Whether it is known that nobody lives at an address.
pub async fn is_dead(tx: &mut Tx, address: &str) -> Result<bool> {
    let n: i64 = on!(tx, |link| sqlx::query_scalar(IS_DEAD.on(engine_of(link))).bind(address).fetch_one(link).await)?;
    Ok(n > 0)
}
