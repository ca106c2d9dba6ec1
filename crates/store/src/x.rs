//! X: how far its feeds were looked through, and which posts were heard, so that an edit or a deletion is known.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    DUE = "SELECT name FROM x_feed WHERE next_at <= $1 AND claimed_until <= $1";
    CLAIM = "UPDATE x_feed SET claimed_by = $1, claimed_until = $2 WHERE name = $3 AND next_at <= $4 AND claimed_until <= $4 \
        RETURNING cursor, failures";
    END = "UPDATE x_feed SET cursor = $1, next_at = $2, failures = $3, claimed_by = NULL, claimed_until = 0 \
        WHERE name = $4 AND claimed_by = $5";
    PUT = "INSERT INTO x_post (id, version, sender, message_id, posted_at, check_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT DO NOTHING";
    FIND = "SELECT id, version, sender, message_id, report_id, posted_at FROM x_post WHERE id = $1";
    EDITED = "UPDATE x_post SET version = $1 WHERE id = $2";
    REVISE = "UPDATE message SET text = $1, digest = $2, more = $3 WHERE id = $4 AND state = 'new' AND attempts = 0";
    UNSAY = "UPDATE message SET text = '', more = NULL, state = 'heard' WHERE id = $1 AND state = 'new' AND attempts = 0";
    OF_DRAFT = "UPDATE x_post SET report_id = $1 WHERE sender = $2 AND report_id IS NULL AND message_id <= $3";
    OF_REPORT = "UPDATE x_post SET report_id = $1 WHERE message_id = $2 AND report_id IS NULL";
    LIST_DUE = "SELECT id, version, sender, message_id, report_id, posted_at FROM x_post \
        WHERE check_at <= $1 AND deleted_at IS NULL ORDER BY check_at LIMIT $2";
    CHECKED = "UPDATE x_post SET check_at = $1 WHERE id = $2";
    DELETED = "UPDATE x_post SET deleted_at = $1 WHERE id = $2 AND deleted_at IS NULL";
    FORGET = "DELETE FROM x_post WHERE id IN (SELECT id FROM x_post WHERE posted_at < $1 LIMIT 1000)";
}

/// What is looked through again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    Mentions,
    Direct,
    /// Posts that were heard, whether they are still there.
    Posts,
}

impl Feed {
    const ALL: [Feed; 3] = [Feed::Mentions, Feed::Direct, Feed::Posts];

    fn name(self) -> &'static str {
        match self {
            Feed::Mentions => "mentions",
            Feed::Direct => "direct",
            Feed::Posts => "posts",
        }
    }
}

/// How far a feed was looked through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// The last that was seen; empty where there was nothing, `None` before the first look.
    pub cursor: Option<String>,
    /// Looks in a row that failed.
    pub failures: i64,
}

/// A post that was heard, by its first edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub id: i64,
    /// Its newest edition.
    pub version: i64,
    pub sender: String,
    pub message: i64,
    /// The report to which it belongs, where it belongs to one.
    pub report: Option<ReportId>,
    pub posted_at: Timestamp,
}

type Columns = (i64, i64, String, i64, Option<i64>, i64);

fn post((id, version, sender, message, report, at): Columns) -> Result<Post> {
    Ok(Post { id, version, sender, message, report: report.map(ReportId), posted_at: instant(at)? })
}

/// The feeds whose turn it is.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Feed>> {
    let names: Vec<String> =
        on!(tx, |link| sqlx::query_scalar(DUE.on(engine_of(link))).bind(millis(now)).fetch_all(link).await)?;
    Ok(Feed::ALL.into_iter().filter(|feed| names.iter().any(|name| name == feed.name())).collect())
}

/// Holds a feed for a process until an instant; `None` where it is not its turn, or another one has it.
pub async fn claim(tx: &mut Tx, feed: Feed, process: &str, now: Timestamp, until: Timestamp) -> Result<Option<Held>> {
    let found: Option<(Option<String>, i64)> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(feed.name())
            .bind(millis(now))
            .fetch_optional(link)
            .await
    })?;
    Ok(found.map(|(cursor, failures)| Held { cursor, failures }))
}

/// Gives a feed back, looked through as far as `held` says. `false` when another process has it by now.
pub async fn end(tx: &mut Tx, feed: Feed, process: &str, held: &Held, next_at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(END.on(engine_of(link)))
            .bind(&held.cursor)
            .bind(millis(next_at))
            .bind(held.failures)
            .bind(feed.name())
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Notes a post with the message that it became.
pub async fn put(tx: &mut Tx, post: &Post, check_at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(post.id)
            .bind(post.version)
            .bind(&post.sender)
            .bind(post.message)
            .bind(millis(post.posted_at))
            .bind(millis(check_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// A post by its first edition.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Post>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(post).transpose()
}

/// Notes the newest edition of a post.
pub async fn edited(tx: &mut Tx, id: i64, version: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(EDITED.on(engine_of(link))).bind(version).bind(id).execute(link).await.map(drop))?;
    Ok(())
}

/// Lets a message say something else. `false` when it was heard, or is being heard.
pub async fn revise(tx: &mut Tx, message: i64, text: &str, digest: &str, more: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(REVISE.on(engine_of(link)))
            .bind(text)
            .bind(digest)
            .bind(more)
            .bind(message)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Lets a message that was not heard yet say nothing. `false` when it was, or is being heard.
pub async fn unsay(tx: &mut Tx, message: i64) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(UNSAY.on(engine_of(link))).bind(message).execute(link).await.map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// What a sender posted up to a message, and belongs to no report, belongs to this one.
pub async fn of_draft(tx: &mut Tx, report: ReportId, sender: &str, message: i64) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(OF_DRAFT.on(engine_of(link)))
            .bind(report.0)
            .bind(sender)
            .bind(message)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The post of a message belongs to a report.
pub async fn of_report(tx: &mut Tx, report: ReportId, message: i64) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(OF_REPORT.on(engine_of(link))).bind(report.0).bind(message).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Posts that are to be looked for, the longest waiting first.
pub async fn list_due(tx: &mut Tx, now: Timestamp, most: u32) -> Result<Vec<Post>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_DUE.on(engine_of(link))).bind(millis(now)).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(post).collect()
}

/// Notes when a post is to be looked for again.
pub async fn checked(tx: &mut Tx, id: i64, next_at: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(CHECKED.on(engine_of(link)))
        .bind(millis(next_at))
        .bind(id)
        .execute(link)
        .await
        .map(drop))?;
    Ok(())
}

/// Notes that a post is gone. `false` when that was known.
pub async fn deleted(tx: &mut Tx, id: i64, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DELETED.on(engine_of(link)))
            .bind(millis(at))
            .bind(id)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Forgets posts of before an instant, a thousand at a time. Returns how many.
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
