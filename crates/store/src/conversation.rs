//! What was said so far with each sender of short messages.

use crate::db::{engine_of, on};
use crate::dialect::{locked, statements};
use crate::{Error, Result, Tx, from_json, json, millis};
use domain::Way;
use domain::conversation::Conversation;
use jiff::Timestamp;

statements! {
    LOAD = locked!("SELECT state FROM conversation WHERE sender = $1");
    PUT = "INSERT INTO conversation (sender, way, state, open, heard_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (sender) DO UPDATE SET way = excluded.way, state = excluded.state, open = excluded.open, heard_at = excluded.heard_at";
    LIST_LEFT = "SELECT way, sender FROM conversation WHERE open AND heard_at < $1 AND (way NOT IN ('email', 'x') OR heard_at < $3) \
        ORDER BY heard_at LIMIT $2";
    FORGET = "DELETE FROM conversation WHERE sender IN (SELECT sender FROM conversation WHERE heard_at < $1 LIMIT 1000)";
}

/// What was said so far; it stays as it is read until the transaction ends.
pub async fn load(tx: &mut Tx, sender: &str) -> Result<Conversation> {
    let found: Option<String> =
        on!(tx, |link| sqlx::query_scalar(LOAD.on(engine_of(link))).bind(sender).fetch_optional(link).await)?;
    found.as_deref().map_or_else(|| Ok(Conversation::default()), from_json)
}

/// Keeps what was said so far; `heard_at` is when something was heard last.
pub async fn put(tx: &mut Tx, way: Way, sender: &str, talk: &Conversation, heard_at: Timestamp) -> Result<()> {
    let state = json(talk)?;
    on!(tx, |link| {
        sqlx::query(PUT.on(engine_of(link)))
            .bind(sender)
            .bind(way.name())
            .bind(&state)
            .bind(talk.pending.is_some())
            .bind(millis(heard_at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Senders who left a question open and have not been heard since an instant, by letter or post since another one; the longest
/// first.
pub async fn list_left(tx: &mut Tx, before: Timestamp, by_letter: Timestamp, most: u32) -> Result<Vec<(Way, String)>> {
    let rows: Vec<(String, String)> = on!(tx, |link| {
        sqlx::query_as(LIST_LEFT.on(engine_of(link)))
            .bind(millis(before))
            .bind(i64::from(most))
            .bind(millis(by_letter))
            .fetch_all(link)
            .await
    })?;
    let known = |(way, sender): (String, String)| {
        let known = Way::parse(&way).ok_or_else(|| Error::Corrupt(format!("way {way:?}")))?;
        Ok((known, sender))
    };
    rows.into_iter().map(known).collect()
}

/// Forgets conversations that ended before an instant, a thousand at a time. Returns how many.
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
